//! What the API tells of the catalog: the same for everybody, made once for each version of it, and therefore the one
//! kind of answer of the API that is compressed (`docs/decisions.md`).

use crate::interface::takes;
use crate::items::Items;
use arc_swap::ArcSwapOption;
use axum::body::Bytes;
use axum::response::{IntoResponse, Response};
use flate2::{Compression, write::GzEncoder};
use http::{HeaderMap, HeaderValue, header};
use kernel::{Fault, Result};
use schema::Catalog;
use std::io::Write;
use std::sync::Arc;

/// One answer, as it is and compressed.
#[derive(Clone)]
pub struct Packed {
    raw: Bytes,
    gz: Bytes,
}

/// The answer about the version of the catalog that was asked for last.
type Kept = ArcSwapOption<(u64, Packed)>;

/// What was told of the catalog.
#[derive(Default)]
pub struct Told {
    entities: Kept,
    openapi: Kept,
}

impl Told {
    /// The descriptors of all entities.
    ///
    /// # Errors
    /// None that input can cause.
    pub fn entities(&self, catalog: &Catalog) -> Result<Packed> {
        kept(&self.entities, catalog, || {
            serde_json::to_vec(&Items { items: catalog.entities() }).map_err(Fault::bug)
        })
    }

    /// The descriptors as one caller sees them: made anew, and kept for nobody.
    ///
    /// # Errors
    /// None that input can cause.
    pub fn entities_of_one(catalog: &Catalog) -> Result<Packed> {
        Packed::of(serde_json::to_vec(&Items { items: catalog.entities() }).map_err(Fault::bug)?)
    }

    /// The OpenAPI document.
    ///
    /// # Errors
    /// None that input can cause.
    pub fn openapi(&self, catalog: &Catalog) -> Result<Packed> {
        kept(&self.openapi, catalog, || Ok(crate::openapi::document(catalog).to_string().into_bytes()))
    }
}

fn kept(place: &Kept, catalog: &Catalog, make: impl FnOnce() -> Result<Vec<u8>>) -> Result<Packed> {
    if let Some(kept) = place.load_full().filter(|kept| kept.0 == catalog.version) {
        return Ok(kept.1.clone());
    }
    let made = Packed::of(make()?)?;
    place.store(Some(Arc::new((catalog.version, made.clone()))));
    Ok(made)
}

impl Packed {
    fn of(json: Vec<u8>) -> Result<Self> {
        let mut gz = GzEncoder::new(Vec::new(), Compression::best());
        gz.write_all(&json).map_err(Fault::bug)?;
        Ok(Self { gz: gz.finish().map_err(Fault::bug)?.into(), raw: json.into() })
    }

    /// The form that suits a request with these headers.
    pub fn answer(self, headers: &HeaderMap) -> Response {
        let packed = takes(headers, "gzip");
        let mut response = if packed { self.gz } else { self.raw }.into_response();
        let out = response.headers_mut();
        out.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if packed {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    }
}
