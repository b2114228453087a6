//! The composition root: one instance on one machine, served over TLS.

mod app;
mod auth;
mod body;
mod catalog;
mod config;
mod data;
mod export;
mod headers;
mod instance;
mod interface;
mod items;
mod jobs;
mod openapi;
mod origin;
mod params;
mod preconditions;
mod problem;
mod rates;
mod refusal;
mod routes;
pub mod secret;
mod serve;
mod stream;
mod system;
mod tasks;
pub mod tls;

pub use app::App;
pub use auth::COOKIE;
pub use config::{Config, DatabaseConfig, KeySource, StoreConfig};
pub use data::{open_vault, snapshot};
pub use instance::{FirstUser, Instance, Layout, New};
pub use jobs::{JobView, Jobs};
pub use openapi::document as openapi_document;
pub use routes::router;
pub use serve::{Running, serve};
