//! `GET /api/v1/explain`

use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use access::Action;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use kernel::{Text, Time};
use records::WhyAsked;

const KNOWN: [&str; 6] = ["user", "entity", "record", "action", "field", "at"];

/// Why a user may do something to a record, or may not.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let (mut user, mut entity, mut record) = (caller.actor.user, None, None);
    let (mut action, mut field, mut at) = (Action::Read, None, None);
    for (name, value) in params.0 {
        match name.as_str() {
            "user" => user = Params::id("user", &value)?,
            "entity" => entity = Some(value),
            "record" => record = Some(Params::id("record", &value)?),
            "action" => {
                action = Action::ALL.into_iter().find(|action| action.name() == value).ok_or_else(|| {
                    let text = Text::of("Nie ma takiej czynności.", "There is no such action.");
                    Params::wrong("action", "unknown-action", text, "read")
                })?;
            }
            "field" => field = Some(value),
            "at" => {
                let time = Time::parse(&value).ok_or_else(|| {
                    let text = Text::of(
                        "Podaj datę i godzinę ze strefą (RFC 3339).",
                        "Give a date and time with an offset (RFC 3339).",
                    );
                    Params::wrong("at", "malformed", text, "2027-01-31T12:00:00Z")
                })?;
                at = Some(time);
            }
            other => return Err(Params::unknown(other, &KNOWN)),
        }
    }
    let missing = |name: &str, example: &str| {
        Params::wrong(name, "required", Text::of("Tego brakuje.", "This is missing."), example)
    };
    let entity = entity.ok_or_else(|| missing("entity", "person"))?;
    let record = record.ok_or_else(|| missing("record", "0190a6c2-7b1e-7c3d-8e4f-0123456789ab"))?;
    let asked = WhyAsked { user, entity, record, action, field, at };
    Ok(Json(app.engine().why(&caller, asked).await?))
}
