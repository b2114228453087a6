//! `POST /api/v1/{entities}`

use super::entity;
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::{etag, idempotency_key};
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::{HeaderMap, StatusCode, header};
use kernel::FaultKind;
use records::CreateInput;

/// Makes a record; repeated under the same `Idempotency-Key`, answers with the one made before.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(plural): Path<String>,
    headers: HeaderMap,
    body: Body<CreateInput>,
) -> Result<impl IntoResponse, Refusal> {
    let entity = entity(&caller, &plural)?;
    let engine = app.engine();
    let repeat = idempotency_key(&headers)?.map(|key| engine.repeat_key(&caller, &plural, key, &body.bytes));
    let made = match repeat {
        None => engine.create(&caller, entity, &body.value, None).await?,
        Some(key) => match engine.repeated(&caller, entity, &key).await? {
            Some(before) => before,
            None => match engine.create(&caller, entity, &body.value, Some(key.clone())).await {
                // The same call ran beside this one and was first.
                Err(fault) if fault.kind == FaultKind::Conflict => {
                    engine.repeated(&caller, entity, &key).await?.ok_or(fault)?
                }
                other => other?,
            },
        },
    };
    let place = format!("/api/v1/{plural}/{}", made.get().id);
    let tag = etag(made.get().version);
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], [(header::ETAG, tag)], Json(made)))
}
