//! Saved views.

pub mod create;
pub mod list;
pub mod remove;
pub mod set_default;
pub mod unset_default;
pub mod update;

use crate::params::Params;
use crate::routes::records::list::wish;
use axum::extract::Query;
use http::Uri;
use kernel::{Fault, Text};
use records::ListRequest;

/// Reads the search part of a URL as lists read theirs.
pub fn parse(query: &str) -> kernel::Result<ListRequest> {
    let unreadable = || {
        Fault::invalid(Text::of(
            "Nieczytelne parametry adresu.",
            "The parameters of the address cannot be read.",
        ))
    };
    let uri: Uri = format!("/?{query}").parse().map_err(|_| unreadable())?;
    // A fragment would be cut off: what is kept is what is read.
    let whole = uri.query().unwrap_or_default() == query;
    let pairs = Query::try_from_uri(&uri).map_err(|_| unreadable())?.0;
    if !whole || Vec::len(&pairs) > Params::MAX {
        return Err(unreadable());
    }
    wish(Params(pairs)).map_err(|refusal| refusal.0)
}
