//! `GET /api/v1/ledger/checkpoint`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::response::IntoResponse;
use http::header;
use kernel::Fault;

/// The last signed checkpoint (C2SP tlog-checkpoint): whoever keeps it can prove later that history was
/// not rewritten. It holds a size and a hash, so every user may have it.
pub async fn handle(State(app): State<App>, Auth(_): Auth) -> Result<impl IntoResponse, Refusal> {
    let checkpoint = app.engine().store().checkpoint().await?.ok_or_else(Fault::not_found)?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], checkpoint.text().to_owned()))
}
