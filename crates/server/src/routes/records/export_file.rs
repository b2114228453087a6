//! `POST /api/v1/{entities}/export`

use super::entity;
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::export::Format;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;
use kernel::{RecordId, Text};
use records::{Caller, ExportRequest, ListRequest};
use schema::Entity;
use serde::Deserialize;

/// Which records, and as what.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    format: Format,
    q: Option<String>,
    #[serde(default)]
    filter: Vec<String>,
    sort: Option<String>,
    parent: Option<RecordId>,
    #[serde(default)]
    binned: bool,
    ids: Option<Vec<RecordId>>,
    fields: Option<Vec<String>>,
}

impl Input {
    /// What is asked for, and as what.
    ///
    /// # Errors
    /// Invalid for business cards of what is no person.
    pub async fn checked(
        self,
        app: &App,
        caller: &Caller,
        entity: &Entity,
    ) -> Result<(Format, ExportRequest), Refusal> {
        let list = ListRequest {
            search: self.q,
            filters: self.filter,
            sort: self.sort,
            parent: self.parent,
            binned: self.binned,
            ..ListRequest::default()
        };
        let request = ExportRequest { list, ids: self.ids, fields: self.fields, ..ExportRequest::default() };
        if self.format == Format::Vcf && entity.name != "person" {
            app.engine().check_export(caller, entity, &request).await?;
            let reason = Text::of(
                "Jako wizytówki vCard można wyeksportować tylko osoby.",
                "Only people can be exported as vCards.",
            );
            return Err(Params::wrong("format", "people-only", reason, "csv"));
        }
        Ok((self.format, request))
    }
}

/// Makes a file of what a list with the same conditions would show, as a job.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(plural): Path<String>,
    Body { value: input, .. }: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    let entity = entity(&caller, &plural)?;
    let (format, request) = input.checked(&app, &caller, entity).await?;
    Ok((StatusCode::ACCEPTED, Json(app.jobs().export(&caller, entity, format, request).await?)))
}
