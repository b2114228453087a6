//! `GET /api/v1/access-reviews/{id}/export`

use super::review;
use crate::app::App;
use crate::auth::Auth;
use crate::export::{Format, attachment};
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use kernel::Fault;

/// What became of all rights, as CSV.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let table = app.engine().access_review_table(&caller, review(&id)?).await?.into_inner();
    let file = tokio::task::spawn_blocking(move || Format::Csv.write(&table)).await.map_err(Fault::bug)??;
    Ok((attachment(Format::Csv.media_type(), "access-review.csv"), file))
}
