//! The OpenAPI 3.1 document of the interface, made from the descriptors of all entities, custom fields
//! included, and from a table of the routes. Pure: the same catalog gives the same document.

mod entity;
pub mod gate;
mod names;
mod operation;
mod parameters;
mod responses;
mod route;
mod schemas;
mod table;
#[cfg(test)]
mod tests;
mod value;

use kernel::limits;
use names::Words;
use route::{Only, Route};
use schema::{Catalog, Entity, SubjectRule};
use serde_json::{Map, Value, json};

/// The whole document.
#[must_use]
pub fn document(catalog: &Catalog) -> Value {
    let mut paths = Map::new();
    for (route, entity) in routes(catalog) {
        let path = Words::of(entity).path(route);
        let language = || json!({ "parameters": [{ "$ref": "#/components/parameters/AcceptLanguage" }] });
        let item = paths.entry(path).or_insert_with(language);
        item[route.method.name().to_ascii_lowercase()] = operation::operation(route, entity);
    }
    json!({
        "openapi": "3.1.1",
        "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
        "info": {
            "title": "Klucznik",
            "version": format!("1.{}", catalog.version),
            "summary": "A self-hosted CRM whose first job is to protect the people in it.",
            "description": description(),
            "license": { "name": "EUPL-1.2", "identifier": "EUPL-1.2" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "cookie": [] }, { "bearer": [] }],
        "tags": tags(catalog),
        "paths": paths,
        "components": components(catalog),
    })
}

/// Method and path of every operation, in the order of the document; entities' names are in the paths.
#[cfg(test)]
#[must_use]
pub fn operations(catalog: &Catalog) -> Vec<(&'static str, String)> {
    let mut all: Vec<_> =
        routes(catalog).map(|(route, entity)| (route.method.name(), Words::of(entity).path(route))).collect();
    all.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
    all
}

/// Method and path of every route as the router has it: `{entities}` stands for any entity.
#[cfg(test)]
#[must_use]
pub fn templates() -> Vec<(&'static str, String)> {
    let mut all: Vec<_> = table::all().map(|route| (route.method.name(), route.full_path())).collect();
    all.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
    all
}

/// Every route with every entity that has it.
fn routes(catalog: &Catalog) -> impl Iterator<Item = (&'static Route, Option<&Entity>)> {
    table::all().flat_map(|route| {
        let fixed = (route.only == Only::Fixed).then_some((route, None));
        let each = catalog.entities().iter().filter(|e| has(route.only, e)).map(move |e| (route, Some(e)));
        fixed.into_iter().chain(each)
    })
}

fn has(only: Only, entity: &Entity) -> bool {
    match only {
        Only::Fixed => false,
        Only::All => true,
        Only::Subjects => entity.subject == SubjectRule::Own && !entity.is_child(),
        Only::Standing => !entity.is_child(),
    }
}

fn description() -> String {
    format!(
        "Everything that the program can do, it does through this interface, over TLS.\n\n\
         **Signing in.** A session in the cookie `__Host-klucznik`, or a bearer token. Requests that another site makes a browser send are refused by `Sec-Fetch-Site` and `Origin` (403).\n\n\
         **Rights.** What the caller may not see answers 404, like what does not exist. Hidden fields are absent, masked ones are objects with `masked: true`. Every request is written to the ledger before it is answered.\n\n\
         **Changes.** `ETag` holds the version; a change names it in `If-Match`.\n\n\
         **Failures.** Problem documents (RFC 9457) in Polish or English, by `Accept-Language`. `type` and the codes of `issues` are stable.\n\n\
         **Limits.** Bodies: {} bytes, JSON nested {} levels. Pages: {} entries, {} when nothing is asked. Unknown query parameters and members of a body are refused (422). Who asks too often gets 429 with `Retry-After`.",
        limits::BODY,
        limits::JSON_DEPTH,
        limits::PAGE_MAX,
        limits::PAGE_DEFAULT,
    )
}

/// The tags in use, in the order in which they come.
fn tags(catalog: &Catalog) -> Vec<Value> {
    let mut names: Vec<String> = Vec::new();
    for (route, entity) in routes(catalog) {
        let name = Words::of(entity).fill(route.tag);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.into_iter().map(|name| json!({ "name": name })).collect()
}

fn components(catalog: &Catalog) -> Value {
    let mut schemas: Map<String, Value> =
        schemas::all().into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
    let mut parameters = parameters::all(catalog);
    for entity in catalog.entities() {
        schemas.extend(entity::schemas(entity));
        parameters.extend(entity::parameters(entity));
    }
    json!({
        "schemas": schemas,
        "parameters": parameters,
        "headers": parameters::headers(),
        "responses": responses::all(),
        "securitySchemes": {
            "cookie": {
                "type": "apiKey", "in": "cookie", "name": "__Host-klucznik",
                "description": "A session, begun by `POST /api/v1/sessions`. It ends after a time without use, and at the latest after twelve hours unless set otherwise.",
            },
            "bearer": {
                "type": "http", "scheme": "bearer",
                "description": "A token made by `POST /api/v1/tokens`: limited to its scope and its end.",
            },
        },
    })
}
