//! Users, for administrators; names of colleagues, for everybody.

pub mod ask_hand_over;
pub mod colleagues;
pub mod create;
pub mod email_change;
pub mod end_session;
pub mod end_sessions;
pub mod events;
pub mod grants;
pub mod hand_over;
pub mod invite;
pub mod list;
pub mod password;
pub mod preview;
pub mod read;
pub mod records;
pub mod sessions;
pub mod update;
pub mod view;
pub mod withdraw;

use crate::refusal::Refusal;
use kernel::{Fault, UserId};

/// The user of a path: what is no id, is not found.
pub(crate) fn user(id: &str) -> Result<UserId, Refusal> {
    id.parse().map_err(|()| Refusal(Fault::not_found()))
}
