//! Refusals of what may or may not be there: each is written down in the same way, by whatever route it came, and takes
//! the same time.

use crate::app::App;
use axum::extract::{MatchedPath, Request};
use http::request::Parts;
use kernel::{Fault, FaultKind, RecordId};
use records::Caller;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::time::Sleep;

/// No such refusal is answered sooner. To look for what is hidden takes longer than to look for what is not there, by
/// less than this.
pub const FLOOR: Duration = Duration::from_millis(10);

/// Who asks, as soon as that is known.
#[derive(Clone, Default)]
pub struct Asking(Arc<OnceLock<Caller>>);

impl Asking {
    /// Notes who asks.
    pub fn is(parts: &Parts, caller: &Caller) {
        if let Some(Self(place)) = parts.extensions.get() {
            let _first = place.set(caller.clone());
        }
    }
}

/// A request that may come to such a refusal.
pub struct Looking {
    asking: Asking,
    /// The name of the entity in its path.
    plural: Option<String>,
    /// The last id in its path.
    id: Option<RecordId>,
    floor: Sleep,
}

impl Looking {
    /// Begins with a request.
    pub fn begin(request: &mut Request) -> Self {
        let asking = Asking::default();
        request.extensions_mut().insert(asking.clone());
        Self { asking, plural: None, id: None, floor: tokio::time::sleep(FLOOR) }
    }

    /// With the entity that the path names.
    pub fn of(mut self, path: &str) -> Self {
        let mut parts = path.split('/').skip(3);
        let first = parts.next().unwrap_or_default();
        let name = if first == "imports" { parts.next().unwrap_or_default() } else { first };
        self.plural = Some(name.to_owned());
        self.id = path.rsplit('/').find_map(|part| part.parse().ok());
        self
    }

    /// The refusal, once it is written down and its time has come.
    pub async fn end(self, app: &App, fault: Fault) -> Fault {
        let Some(caller) = self.asking.0.get() else { return fault };
        let of_fields = !fault.named().is_empty() || !fault.issues.is_empty();
        if fault.kind != FaultKind::NotFound && !of_fields {
            return fault;
        }
        let plural = self.plural.unwrap_or_default();
        let fault = match of_fields {
            true => app.engine().refused_fields(caller, &plural, fault).await,
            false => match self.id {
                Some(id) => app.engine().refused_id(caller, id, fault).await,
                None => fault,
            },
        };
        self.floor.await;
        fault
    }
}

/// Method and path of the route of a request.
pub fn route(parts: &Parts) -> String {
    let path = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
    format!("{} {path}", parts.method)
}
