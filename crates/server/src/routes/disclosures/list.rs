//! `GET /api/v1/disclosures`

use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use kernel::{Text, Time, limits};
use records::DisclosureFilter;

const KNOWN: [&str; 7] = ["record", "subject", "partner", "from", "to", "before", "limit"];

/// What was disclosed, newest first.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let (filter, before, limit) = wanted(params, &KNOWN)?;
    Ok(Json(app.engine().disclosures(&caller, &filter, before, limit).await?))
}

/// Which disclosures, before which place, and of how many events; of the parameters only those are `known` that the
/// caller names.
pub(super) fn wanted(
    params: Params,
    known: &[&str],
) -> Result<(DisclosureFilter, Option<u64>, u32), Refusal> {
    let (mut filter, mut before, mut limit) = (DisclosureFilter::default(), None, limits::PAGE_DEFAULT);
    for (name, value) in params.0 {
        match known.iter().find(|known| **known == name).copied() {
            Some("record") => filter.record = Some(Params::id("record", &value)?),
            Some("subject") => filter.subject = Some(Params::id("subject", &value)?),
            Some("partner") => filter.partner = Some(Params::id("partner", &value)?),
            Some("from") => filter.from = Some(moment("from", &value)?),
            Some("to") => filter.to = Some(moment("to", &value)?),
            Some("before") => before = Some(Params::number("before", &value)?),
            Some("limit") => limit = Params::number("limit", &value)?,
            _ => return Err(Params::unknown(&name, known)),
        }
    }
    Ok((filter, before, limit))
}

fn moment(name: &str, value: &str) -> Result<Time, Refusal> {
    let reason = Text::of("Podaj datę i godzinę według RFC 3339.", "Give date and time by RFC 3339.");
    Time::parse(value).ok_or_else(|| Params::wrong(name, "not-a-moment", reason, "2026-11-23T08:00:00Z"))
}
