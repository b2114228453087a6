//! `GET /api/v1/findings`

use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use kernel::{Text, limits};
use records::FindingKind;

/// What is found of rights, of one kind.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let (mut kind, mut limit, mut cursor) = (None, limits::PAGE_DEFAULT, None);
    for (name, value) in params.0 {
        match name.as_str() {
            "kind" => kind = Some(which(&value)?),
            "limit" => limit = Params::number("limit", &value)?,
            "cursor" => cursor = Some(value),
            other => return Err(Params::unknown(other, &["kind", "limit", "cursor"])),
        }
    }
    let Some(kind) = kind else { return Err(unknown()) };
    Ok(Json(app.engine().findings(&caller, kind, limit, cursor).await?))
}

fn which(value: &str) -> Result<FindingKind, Refusal> {
    FindingKind::ALL.into_iter().find(|kind| kind.code() == value).ok_or_else(unknown)
}

fn unknown() -> Refusal {
    let all = FindingKind::ALL.map(FindingKind::code).join(", ");
    let text = Text::new(format!("Podaj jeden z: {all}."), format!("Give one of: {all}."));
    Params::wrong("kind", "unknown-value", text, "unused_role")
}
