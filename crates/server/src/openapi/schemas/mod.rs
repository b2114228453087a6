//! Schemas that do not depend on the catalog.

pub(crate) mod access_reviews;
mod approvals;
mod common;
mod factors;
mod history;
mod identity;
mod insight;
mod interface;
mod jobs;
mod partners;
mod policy;
mod registrations;
pub(crate) mod review;
mod rights;
mod service_accounts;
mod sessions;
mod sharing;
mod sign_on;
mod system;

use serde_json::Value;

/// A schema with its name.
pub type Named = (&'static str, Value);

/// All of them.
pub fn all() -> Vec<Named> {
    let parts = [
        access_reviews::schemas,
        approvals::schemas,
        common::schemas,
        factors::schemas,
        history::schemas,
        identity::schemas,
        insight::schemas,
        jobs::schemas,
        interface::schemas,
        policy::schemas,
        partners::schemas,
        registrations::schemas,
        review::schemas,
        rights::schemas,
        service_accounts::schemas,
        sessions::schemas,
        sharing::schemas,
        sign_on::schemas,
        system::schemas,
    ];
    parts.into_iter().flat_map(|part| part()).collect()
}
