//! `GET /api/v1/stream`

use crate::app::App;
use crate::auth::{From, Peeking};
use crate::params::Params;
use crate::refusal::Refusal;
use crate::stream::{Place, Teller, Watched};
use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{Event, Sse};
use http::{HeaderName, header};
use kernel::{RecordId, Text};
use std::convert::Infallible;
use tokio::sync::mpsc;

/// Records that one page may watch.
pub const WATCHED: usize = 10;
/// Messages that wait for a slow client.
const WAITING: usize = 64;

/// Tells of changes as they happen, until the session ends.
pub async fn handle(
    State(app): State<App>,
    Peeking(caller, session): Peeking,
    From(client): From,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let mut records: Vec<(u16, RecordId)> = Vec::new();
    for (name, value) in params.0 {
        let record = match name.as_str() {
            "watch" => value
                .split_once('/')
                .and_then(|(entity, id)| Some((caller.policy.catalog.get(entity)?.code.0, id.parse().ok()?))),
            other => return Err(Params::unknown(other, &["watch"])),
        };
        records.push(record.ok_or_else(wrong)?);
    }
    if records.len() > WATCHED {
        return Err(wrong());
    }
    // Held before anything is written down: who is refused leaves no trace of having listened.
    let place = Place::take(&app, &caller.actor)?;
    app.engine().watching(&caller, &records).await?;
    let mut watched = Vec::with_capacity(records.len());
    for (entity, id) in records {
        // What changes from here on is told, also if it does before the first message.
        let last = app.engine().glimpse(&caller, entity, id).await?;
        watched.push(Watched { entity, id, last });
    }
    let (out, mut messages) = mpsc::channel(WAITING);
    tokio::spawn(Teller { app, caller, session, address: client.network, watched, out, place }.run());
    let stream = futures_util::stream::poll_fn(move |cx| {
        messages.poll_recv(cx).map(|event: Option<Event>| event.map(Ok::<_, Infallible>))
    });
    let headers = [
        // Proxies that gather an answer before they pass it on are asked not to.
        (HeaderName::from_static("x-accel-buffering"), "no"),
        // Nobody keeps it.
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Sse::new(stream)))
}

fn wrong() -> Refusal {
    let reason = Text::new(
        format!("Encja i identyfikator rekordu, najwyżej {WATCHED} razy."),
        format!("Entity and id of a record, at most {WATCHED} times."),
    );
    Params::wrong("watch", "malformed", reason, "person/0190a6c2-7b1e-7c3d-8e4f-0123456789ab")
}
