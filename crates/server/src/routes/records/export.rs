//! `GET /api/v1/{entities}/export`

use super::entity;
use super::list::wish;
use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::header;
use kernel::Fault;

/// All that a list with the same parameters would show, as CSV (RFC 4180) in UTF-8 with a byte order mark,
/// which spreadsheets need to read Polish letters.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(plural): Path<String>,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let entity = entity(&caller, &plural)?;
    let table = app.engine().export(&caller, entity, &wish(params)?).await?.into_inner();
    let mut writer = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    for row in std::iter::once(&table.headings).chain(&table.rows) {
        writer.write_record(row).map_err(Fault::bug)?;
    }
    let file = writer.into_inner().map_err(Fault::bug)?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{plural}.csv\"")),
    ];
    Ok((headers, file))
}
