//! The composition root: one instance on one machine, served over TLS.

mod app;
mod auth;
pub mod backup;
mod beginning;
mod body;
mod catalog;
mod config;
mod config_fault;
mod config_uses;
mod data;
mod export;
mod folder;
mod headers;
mod instance;
mod interface;
mod items;
mod jobs;
mod link;
mod metrics;
mod openapi;
pub mod operator;
mod origin;
mod params;
mod password_config;
mod peer;
mod preconditions;
mod problem;
mod promptly;
mod proof;
mod rates;
mod refusal;
mod renewed;
mod routes;
pub mod secret;
mod serve;
mod sign_on;
pub mod sign_on_check;
mod stream;
mod system;
mod tasks;
mod telemetry;
pub mod tls;
mod trace;
mod tried;

pub use app::App;
pub use auth::{Auth, COOKIE};
pub use config::{
    BackupConfig, Config, DatabaseConfig, KeySource, MetricsConfig, ObjectsConfig, StoreConfig,
    TelemetryConfig,
};
pub use data::{migrate, open_vault, snapshot};
pub use folder::{io_fault, lock_folder};
pub use instance::{FirstUser, Instance, Layout, New};
pub use jobs::{JobView, Jobs};
pub use link::Invitation;
pub use openapi::document as openapi_document;
pub use password_config::PasswordsConfig;
pub use peer::ProxyConfig;
pub use promptly::runtime;
pub use routes::router;
pub use serve::{Running, serve};
pub use sign_on::SignOnConfig;
pub use telemetry::{Telemetry, check as check_telemetry};
