//! `GET /api/v1/disclosures/export`

use super::list::wanted;
use crate::app::App;
use crate::auth::Auth;
use crate::export::{Format, attachment};
use crate::params::Params;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::response::IntoResponse;
use kernel::Fault;

const KNOWN: [&str; 5] = ["record", "subject", "partner", "from", "to"];

/// All that a list with the same parameters would show, as CSV.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let (filter, ..) = wanted(params, &KNOWN)?;
    let table = app.engine().disclosure_table(&caller, &filter).await?.into_inner();
    let file = tokio::task::spawn_blocking(move || Format::Csv.write(&table)).await.map_err(Fault::bug)??;
    Ok((attachment(Format::Csv.media_type(), "disclosures.csv"), file))
}
