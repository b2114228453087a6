//! `POST /api/v1/imports/{entities}/preview`

use super::create::{open, too_large};
use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use crate::routes::records::entity;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use intake::{Mapping, Options};

/// What the file in the body holds, and which fields its columns would feed. Brings nothing in.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(plural): Path<String>,
    params: Params,
    body: Result<Bytes, BytesRejection>,
) -> Result<impl IntoResponse, Refusal> {
    let entity = entity(&caller, &plural)?;
    let (mut name, mut map, mut how) = ("file.csv".to_owned(), Vec::new(), Options::default());
    for (key, value) in params.0 {
        match key.as_str() {
            "name" => name = value,
            "map" => map.push(value),
            "sheet" => how.sheet = Some(value),
            other => return Err(Params::unknown(other, &["name", "map", "sheet"])),
        }
    }
    // What is hidden from the caller is no field here either.
    let shown = app.engine().shown_to_importer(&caller, entity).await?;
    let filled = app.engine().filled_by_importer(&caller, &shown)?;
    let body = body.map_err(|_| too_large())?;
    let _place = app.tasks().open_file().await?;
    let source = open(body, name, how).await?;
    let mapping = Mapping::guess(&filled, source.headings()).with(&shown, &map)?;
    Ok(Json(app.engine().preview_import(&caller, &filled, source, mapping).await?))
}
