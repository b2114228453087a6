//! One route as an operation of the document.

use super::names::{Words, schema};
use super::responses;
use super::route::{Answer, Body, Method, Route};
use crate::export::Format;
use crate::routes::IMPORT_BODY;
use crate::routes::reports::csp::BODY as REPORT_BODY;
use kernel::limits;
use records::Fresh;
use schema::Entity;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The operation of `route`, for `entity` where it stands for one.
pub fn operation(route: &Route, entity: Option<&Entity>) -> Value {
    let words = Words::of(entity);
    let mut out = json!({
        "operationId": words.fill(route.id),
        "tags": [words.fill(route.tag)],
        "summary": words.fill(route.summary),
        "description": words.fill(route.description),
        "responses": answers(route, &words),
    });
    let parameters = parameters(route, entity, &words);
    if !parameters.is_empty() {
        out["parameters"] = Value::Array(parameters);
    }
    if let Some(body) = body(route.body, &words) {
        out["requestBody"] = body;
    }
    if route.enrols {
        out["x-enrol"] = json!(true);
    }
    if route.partners {
        out["x-partners"] = json!(true);
    }
    if route.fresh != Fresh::No {
        out["x-step-up"] = json!(if route.fresh == Fresh::Yes { "always" } else { "with-factors" });
    }
    if route.open {
        out["security"] = json!([]);
    }
    out
}

fn parameters(route: &Route, entity: Option<&Entity>, words: &Words) -> Vec<Value> {
    let fits = |name: &&&str| match **name {
        "Parent" => entity.is_some_and(Entity::is_child),
        "NextActivity" => entity.is_some_and(|e| !e.is_child()),
        _ => true,
    };
    let names = route.params.iter().filter(fits).map(|name| words.fill(name));
    names.map(|name| json!({ "$ref": format!("#/components/parameters/{name}") })).collect()
}

fn body(body: Body, words: &Words) -> Option<Value> {
    let limit = |text: &str| {
        format!("{text} At most {} bytes, nested at most {} levels.", limits::BODY, limits::JSON_DEPTH)
    };
    let json_of = |name: &str| json!({ "schema": schema(&words.fill(name)) });
    let (description, content) = match body {
        Body::None => return None,
        Body::Json(name) => (limit("JSON."), json!({ "application/json": json_of(name) })),
        Body::Patch(name) => {
            let content =
                json!({ "application/json": json_of(name), "application/merge-patch+json": json_of(name) });
            (limit("What is to change."), content)
        }
        Body::Report => (
            format!("At most {REPORT_BODY} bytes."),
            json!({ "application/csp-report": {}, "application/reports+json": {} }),
        ),
        Body::File => (
            format!("The file as it is, at most {IMPORT_BODY} bytes. What it is shows from its content."),
            json!({ "application/octet-stream": {} }),
        ),
    };
    Some(json!({ "required": true, "description": description, "content": content }))
}

fn answers(route: &Route, words: &Words) -> Map<String, Value> {
    let (status, description, content) = match route.answer {
        Answer::None => (204, "Done.", None),
        Answer::Json(name) | Answer::JsonOr(name, _) => {
            (200, "Done.", Some(json!({ "application/json": { "schema": schema(&words.fill(name)) } })))
        }
        Answer::Made(name) | Answer::MadeOr(name, _) => {
            (201, "Made.", Some(json!({ "application/json": { "schema": schema(&words.fill(name)) } })))
        }
        Answer::Accepted(name) => {
            (202, "Begun.", Some(json!({ "application/json": { "schema": schema(&words.fill(name)) } })))
        }
        Answer::Any => {
            (200, "Done.", Some(json!({ "application/json": { "schema": { "type": "object" } } })))
        }
        Answer::File => {
            let bare = |f: &Format| f.media_type().split(';').next().unwrap_or_default();
            (200, "The file.", Some(Format::ALL.iter().map(|f| (bare(f), json!({}))).collect()))
        }
        Answer::Csv => (200, "Done.", Some(json!({ "text/csv": { "schema": { "type": "string" } } }))),
        Answer::Events => {
            (200, "Open.", Some(json!({ "text/event-stream": { "schema": { "type": "string" } } })))
        }
        Answer::Text => (200, "Done.", Some(json!({ "text/plain": { "schema": { "type": "string" } } }))),
    };
    let mut good = json!({ "description": description });
    if let Some(content) = content {
        good["content"] = content;
    }
    for name in route.headers {
        let header = if *name == "SetCookie" { "Set-Cookie" } else { name };
        good["headers"][header] = json!({ "$ref": format!("#/components/headers/{name}") });
    }
    let mut out = Map::from_iter([(status.to_string(), good)]);
    if let Answer::JsonOr(_, name) | Answer::MadeOr(_, name) = route.answer {
        let content = json!({ "application/json": { "schema": schema(&words.fill(name)) } });
        out.insert("202".to_owned(), json!({ "description": "Begun.", "content": content }));
    }
    for status in failures(route) {
        if let Some(response) = responses::of(status) {
            out.insert(status.to_string(), response);
        }
    }
    out
}

/// The statuses with which a route can fail.
pub fn failures(route: &Route) -> BTreeSet<u16> {
    let mut all: BTreeSet<u16> = route.errors.iter().copied().collect();
    if route.path.starts_with("/health") {
        all.insert(404);
        return all;
    }
    all.extend([403, 404, 429, 500, 503]);
    if !route.open {
        all.insert(401);
    }
    if route.method != Method::Get {
        all.insert(507);
    }
    let query = |name: &&str| {
        !matches!(*name, "Id" | "AccountId" | "Provider" | "EntityName" | "IfMatch" | "KnownVersion")
    };
    if route.params.iter().any(query) {
        all.insert(422);
    }
    if route.params.contains(&"IfMatch") {
        all.extend([412, 428]);
    }
    match route.body {
        Body::None => {}
        Body::Json(_) | Body::Patch(_) | Body::File | Body::Report => all.extend([413, 415, 422]),
    }
    all
}
