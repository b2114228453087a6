//! Campaigns in which rights are looked through.

pub mod cancel;
pub mod confirm;
pub mod create;
pub mod export;
pub mod items;
pub mod list;
pub mod read;
pub mod replace;
pub mod report;
pub mod withdraw;

use crate::params::Params;
use crate::refusal::Refusal;
use identity::RightState;
use kernel::{AccessReviewId, Fault, Text, limits};

/// The id in an address.
fn review(id: &str) -> Result<AccessReviewId, Refusal> {
    id.parse().map_err(|()| Refusal(Fault::not_found()))
}

/// Which rights, how many, and the number after which they begin.
fn page(params: Params) -> Result<(Option<RightState>, u32, u32), Refusal> {
    let (mut state, mut limit, mut after) = (None, limits::PAGE_DEFAULT, 0);
    for (name, value) in params.0 {
        match name.as_str() {
            "state" => state = Some(which(&value)?),
            "limit" => limit = Params::number("limit", &value)?,
            "cursor" => after = number(&value)?,
            other => return Err(Params::unknown(other, &["state", "limit", "cursor"])),
        }
    }
    Ok((state, limit, after))
}

fn number(value: &str) -> Result<u32, Refusal> {
    let text = Text::of("To nie jest dalszy ciąg listy.", "This is no place in the list.");
    let number = value.parse().ok().filter(|number| *number < u32::MAX);
    number.ok_or_else(|| Params::wrong("cursor", "unknown-cursor", text, "50"))
}

fn which(value: &str) -> Result<RightState, Refusal> {
    RightState::ALL.into_iter().find(|state| state.code() == value).ok_or_else(|| {
        let all = RightState::ALL.map(RightState::code).join(", ");
        let text = Text::new(format!("Podaj jeden z: {all}."), format!("Give one of: {all}."));
        Params::wrong("state", "unknown-value", text, "open")
    })
}
