//! `POST /api/v1/imports/{entities}`

use crate::app::App;
use crate::auth::Auth;
use crate::jobs::ImportOrder;
use crate::params::Params;
use crate::refusal::Refusal;
use crate::routes::IMPORT_BODY;
use crate::routes::records::entity;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use intake::{Mapping, Options, Source};
use kernel::{Fault, FaultKind, Text};
use records::{ImportMode, ImportOptions};

/// Brings in the file in the body: CSV, XLSX or vCard. `name` is its name, `map` (repeatable) is
/// `heading=field`, `background` makes it a job, `on_duplicate` is `skip`, `update` or `create`.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(plural): Path<String>,
    params: Params,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let entity = entity(&caller, &plural)?;
    let mut options = ImportOptions { name: "file.csv".to_owned(), ..ImportOptions::default() };
    let (mut map, mut how, mut background) = (Vec::new(), Options::default(), false);
    for (name, value) in params.0 {
        match name.as_str() {
            "name" => options.name = value,
            "map" => map.push(value),
            "sheet" => how.sheet = Some(value),
            "dry_run" => options.dry_run = Params::flag("dry_run", &value)?,
            "resume" => options.resume = Some(Params::id("resume", &value)?),
            "background" => background = Params::flag("background", &value)?,
            "on_duplicate" => options.mode = mode(&value)?,
            other => {
                return Err(Params::unknown(
                    other,
                    &["name", "map", "sheet", "dry_run", "resume", "on_duplicate", "background"],
                ));
            }
        }
    }
    // What is hidden from the caller is no field here either.
    let shown = app.engine().shown_to_importer(&caller, entity).await?;
    let body = body.map_err(|_| too_large())?;
    // In the background it waits for its turn as a job.
    let _turn = if background { None } else { Some(app.tasks().import().await?) };
    // Held until it is in the queue.
    let room = background.then(|| app.tasks().hold_file(body.len())).transpose()?;
    let (name, sheet) = (options.name.clone(), how.sheet.clone());
    let source = {
        let _place = app.tasks().open_file().await?;
        open(body.clone(), name.clone(), how).await?
    };
    let filled = app.engine().filled_by_importer(&caller, &shown)?;
    let mapping = Mapping::guess(&filled, source.headings()).with(&shown, &map)?;
    if let Some(_room) = room {
        drop(source);
        let ImportOptions { mode, dry_run, resume, .. } = options;
        let order = ImportOrder { name, sheet, mapping, mode, dry_run, resume };
        let job = app.jobs().import(&caller, entity, order, &body).await?;
        return Ok((StatusCode::ACCEPTED, Json(job)).into_response());
    }
    Ok(Json(app.engine().import(&caller, entity, source, mapping, &options, &|_, _| {}).await?)
        .into_response())
}

pub(super) fn too_large() -> Fault {
    let text = Text::new(
        format!(
            "Plik ma więcej niż {most} MiB. Podziel go na mniejsze, każdy z wierszem nagłówków.",
            most = IMPORT_BODY >> 20
        ),
        format!(
            "The file is larger than {most} MiB. Split it into smaller ones, each with the row of headings.",
            most = IMPORT_BODY >> 20
        ),
    );
    Fault::new(FaultKind::TooLarge, text)
}

/// Opens the file off the threads that serve requests.
pub(super) async fn open(body: Bytes, name: String, how: Options) -> Result<Source, Fault> {
    let open = move || intake::open_bytes(body.into(), &name, &how);
    tokio::task::spawn_blocking(open).await.map_err(Fault::bug)?
}

fn mode(value: &str) -> Result<ImportMode, Refusal> {
    match value {
        "skip" => Ok(ImportMode::Skip),
        "update" => Ok(ImportMode::Update),
        "create" => Ok(ImportMode::Create),
        _ => {
            let reason = Text::of("Ma być skip, update albo create.", "Must be skip, update or create.");
            Err(Params::wrong("on_duplicate", "unknown-choice", reason, "skip"))
        }
    }
}
