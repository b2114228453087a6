//! `GET /api/v1/ledger/events`

use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use kernel::{Text, Time, limits};
use ledger::{Act, Outcome};
use records::{Caller, LedgerFilter};

const KNOWN: [&str; 10] =
    ["act", "except", "user", "outcome", "entity", "record", "from", "to", "before", "limit"];
/// What can be asked of one user's events.
pub(in crate::routes) const OF_USER: [&str; 4] = ["act", "except", "before", "limit"];

/// Events, newest first; needs the right to read the ledger.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let (filter, before, limit) = wanted(&caller, params, &KNOWN)?;
    Ok(Json(app.engine().ledger_events(&caller, &filter, before, limit).await?))
}

/// Which events, before which place, and how many; of the parameters only those are `known` that the caller names.
pub(in crate::routes) fn wanted(
    caller: &Caller,
    params: Params,
    known: &[&str],
) -> Result<(LedgerFilter, Option<u64>, u32), Refusal> {
    let (mut filter, mut before, mut limit) = (LedgerFilter::default(), None, limits::PAGE_DEFAULT);
    for (name, value) in params.0 {
        match known.iter().find(|known| **known == name).copied() {
            Some("act") => filter.acts.push(act("act", &value)?),
            Some("except") => filter.except.push(act("except", &value)?),
            Some("user") => filter.user = Some(Params::id("user", &value)?),
            Some("outcome") => filter.outcome = Some(outcome(&value)?),
            Some("entity") => filter.entity = Some(entity(caller, &value)?),
            Some("record") => filter.record = Some(Params::id("record", &value)?),
            Some("from") => filter.from = Some(moment("from", &value)?),
            Some("to") => filter.to = Some(moment("to", &value)?),
            Some("before") => before = Some(Params::number("before", &value)?),
            Some("limit") => limit = Params::number("limit", &value)?,
            _ => return Err(Params::unknown(&name, known)),
        }
    }
    Ok((filter, before, limit))
}

fn act(name: &str, value: &str) -> Result<Act, Refusal> {
    let found = Act::ALL.iter().find(|a| a.code() == value).copied();
    let reason = Text::of("Nie ma takiej czynności.", "There is no such action.");
    found.ok_or_else(|| Params::wrong(name, "unknown-act", reason, "record.read"))
}

fn outcome(value: &str) -> Result<Outcome, Refusal> {
    let all = [("done", Outcome::Done), ("refused", Outcome::Refused), ("failed", Outcome::Failed)];
    let found = all.into_iter().find(|(name, _)| *name == value).map(|(_, outcome)| outcome);
    let reason = Text::of("Ma być done, refused albo failed.", "Must be done, refused or failed.");
    found.ok_or_else(|| Params::wrong("outcome", "unknown-outcome", reason, "refused"))
}

fn entity(caller: &Caller, value: &str) -> Result<u16, Refusal> {
    let reason = Text::of("Nie ma takiego rodzaju rekordów.", "There is no such kind of record.");
    let found = caller.policy.catalog.get(value).map(|e| e.code.0);
    found.ok_or_else(|| Params::wrong("entity", "unknown-entity", reason, "person"))
}

fn moment(name: &str, value: &str) -> Result<Time, Refusal> {
    let reason = Text::of("Podaj datę i godzinę według RFC 3339.", "Give date and time by RFC 3339.");
    Time::parse(value).ok_or_else(|| Params::wrong(name, "not-a-moment", reason, "2026-11-23T08:00:00Z"))
}
