//! Records of every entity, under the entity's plural: `/api/v1/people`.

pub mod access;
pub mod bin;
pub mod bulk;
pub mod changes;
pub mod create;
pub mod duplicates;
pub mod erase;
pub mod events;
pub mod export;
pub mod export_file;
pub mod grant;
pub mod grantable_roles;
pub mod grants;
pub mod list;
pub mod query;
pub mod read;
pub mod restore;
pub mod reveal;
pub mod totals;
pub mod totals_of;
pub mod update;

use crate::refusal::Refusal;
use kernel::{Fault, RecordId};
use records::Caller;
use schema::Entity;

/// The entity of a path.
pub(crate) fn entity<'a>(caller: &'a Caller, plural: &str) -> Result<&'a Entity, Refusal> {
    caller.policy.catalog.by_plural(plural).ok_or_else(|| Refusal(Fault::not_found()))
}

/// The record of a path: what is no id, is not found.
pub(crate) fn record(id: &str) -> Result<RecordId, Refusal> {
    id.parse().map_err(|()| Refusal(Fault::not_found()))
}
