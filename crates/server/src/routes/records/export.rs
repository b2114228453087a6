//! `GET /api/v1/{entities}/export`

use super::entity;
use super::list::wish;
use crate::app::App;
use crate::auth::Auth;
use crate::export::{Format, attachment};
use crate::params::Params;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use kernel::Fault;
use records::ExportRequest;
use std::sync::atomic::AtomicBool;

/// All that a list with the same parameters would show, as CSV (RFC 4180) in UTF-8 with a byte order mark,
/// which spreadsheets need to read Polish letters.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(plural): Path<String>,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let entity = entity(&caller, &plural)?;
    let mut list = wish(params)?;
    let request = ExportRequest {
        fields: list.fields.take(),
        list,
        max_bytes: Some(crate::jobs::FILE_MAX),
        ..ExportRequest::default()
    };
    let table = app.engine().export(&caller, entity, &request, &AtomicBool::new(false), &|_, _| {}).await?;
    let table = table.into_inner();
    let file = tokio::task::spawn_blocking(move || Format::Csv.write(&table)).await.map_err(Fault::bug)??;
    Ok((attachment(Format::Csv.media_type(), &format!("{plural}.csv")), file))
}
