//! What a route asks of a caller beside rights: read from the same lines as the document.

use super::table;
use axum::extract::MatchedPath;
use http::request::Parts;
use records::Fresh;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a route asks of a caller.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gate {
    /// Whether it serves whoever must add a factor before anything else.
    pub enrols: bool,
    /// Whether it is the way out, which is open from anywhere.
    pub leaves: bool,
    /// Whether it is how a user proves to be there, which is open in any browser.
    pub proves: bool,
    /// Whether it serves those of partner organisations.
    pub partners: bool,
    /// Which proof it needs that the caller is there now.
    pub fresh: Fresh,
}

/// By method and path, every parameter as `{}`.
static GATES: LazyLock<HashMap<String, Gate>> = LazyLock::new(|| {
    let gate = |route: &super::route::Route| Gate {
        enrols: route.enrols,
        leaves: route.leaves,
        proves: route.proves,
        partners: route.partners,
        fresh: route.fresh,
    };
    table::all().map(|route| (key(route.method.name(), &route.full_path()), gate(route))).collect()
});

/// What the route of a request asks. A path that the table does not have asks for all there is.
pub fn of(parts: &Parts) -> Gate {
    let path = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let strict = Gate { enrols: false, leaves: false, proves: false, partners: false, fresh: Fresh::Yes };
    GATES.get(&key(parts.method.as_str(), path)).copied().unwrap_or(strict)
}

/// The router and the table name parameters differently.
fn key(method: &str, path: &str) -> String {
    // Whoever answers GET answers HEAD.
    let method = if method == "HEAD" { "GET" } else { method };
    let part = |part| if str::starts_with(part, '{') { "{}" } else { part };
    path.split('/').map(part).fold(format!("{method} "), |key, part| key + part + "/")
}
