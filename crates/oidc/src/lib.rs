//! Signing in with the account of a provider that speaks OpenID Connect: what is asked of it, and whether its answers
//! are what they claim to be. Only the authorization code flow with PKCE (OpenID Connect Core 1.0, RFC 7636, RFC 9207,
//! RFC 9700), and tokens that end sessions (OpenID Connect Back-Channel Logout 1.0).
//!
//! Who of the organisation somebody is, is no affair of this crate: it says which subject an issuer vouches for.

mod fetch;
mod keys;
mod provider;
mod refused;
mod settings;
mod token;

pub use provider::{Asked, Metadata, Provider, Returned};
pub use refused::{Refused, Why};
pub use settings::{NoGroups, Settings};
pub use token::{Claims, LogOut};
