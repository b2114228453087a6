//! The document as a whole.

mod reach;
mod routes;

use super::{document, operations, schemas};
use kernel::{Fault, Text};
use schema::{Catalog, Choice, Field, FieldKind, Flags, example_of};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn catalog() -> Catalog {
    Catalog::new(1, schema::builtin())
}

fn custom(name: &str, kind: FieldKind) -> Field {
    let flags = Flags { personal: true, ..Flags::default() };
    Field { name: name.to_owned(), label: Text::of("Własne", "Own"), kind, flags }
}

/// Every kind of field as a custom one.
fn all_kinds() -> Vec<FieldKind> {
    use FieldKind as K;
    let choices = || {
        let choice = |code: &str| Choice {
            code: code.to_owned(),
            label: Text::same(code),
            probability: None,
            outcome: None,
        };
        vec![choice("one"), choice("two")]
    };
    vec![
        K::Text { max: 7 },
        K::LongText { max: 9 },
        K::Email,
        K::Phone,
        K::Url,
        K::Nip,
        K::Regon,
        K::Krs,
        K::Pesel,
        K::Iban,
        K::PostalCode,
        K::Country,
        K::Integer { min: 3, max: 8 },
        K::Decimal,
        K::Money,
        K::Date,
        K::DateTime,
        K::Bool,
        K::Choice { choices: choices() },
        K::Choices { choices: choices() },
        K::Tags,
        K::Reference { entity: "deal".to_owned() },
        K::User,
    ]
}

fn with_all_kinds() -> Catalog {
    let add = |catalog: Catalog, (i, kind): (usize, FieldKind)| {
        catalog.with_field("person", custom(&format!("cf_k{i}"), kind))
    };
    let made: Result<Catalog, Fault> = all_kinds().into_iter().enumerate().try_fold(catalog(), add);
    made.expect("names are right and free")
}

fn walk<'a>(value: &'a Value, see: &mut impl FnMut(&'a str, &'a Value)) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                see(key, inner);
                walk(inner, see);
            }
        }
        Value::Array(list) => list.iter().for_each(|inner| walk(inner, see)),
        _ => {}
    }
}

fn each_operation(document: &Value) -> Vec<(String, &Value)> {
    let mut out = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in ["get", "post", "put", "patch", "delete"] {
            if let Some(operation) = item.get(method) {
                out.push((format!("{method} {path}"), operation));
            }
        }
    }
    out
}

#[test]
fn every_reference_resolves_and_every_component_is_used() {
    let document = document(&with_all_kinds());
    let mut seen = BTreeSet::new();
    walk(&document, &mut |key, value| {
        if key == "$ref" {
            let target = value.as_str().expect("a reference is a text");
            let pointer = target.strip_prefix('#').expect("references stay in the document");
            assert!(document.pointer(pointer).is_some(), "{target}");
            seen.insert(target.to_owned());
        }
    });
    for part in ["schemas", "parameters", "headers", "responses"] {
        for name in document["components"][part].as_object().expect("components").keys() {
            let target = format!("#/components/{part}/{name}");
            assert!(seen.contains(&target), "{target} is not used");
        }
    }
}

#[test]
fn alternatives_are_schemas() {
    walk(&document(&with_all_kinds()), &mut |key, value| {
        if matches!(key, "oneOf" | "anyOf" | "allOf") {
            assert!(
                value.as_array().is_some_and(|all| all.len() > 1 && all.iter().all(Value::is_object)),
                "{value}"
            );
        }
    });
}

#[test]
fn every_field_of_every_entity_is_there() {
    let catalog = with_all_kinds();
    let document = document(&catalog);
    for entity in catalog.entities() {
        let name = super::names::pascal(&entity.name);
        let part = |suffix: &str| &document["components"]["schemas"][format!("{name}{suffix}")];
        for field in &entity.fields {
            let sent = &part("Fields")["properties"][&field.name];
            assert_eq!(sent.is_null(), field.flags.read_only, "{name} {}", field.name);
            assert!(part("Values")["properties"][&field.name]["oneOf"].is_array(), "{name} {}", field.name);
        }
        for suffix in ["Fields", "Create", "Update"] {
            assert_eq!(part(suffix)["additionalProperties"], json!(false), "{name}{suffix}");
        }
        assert_eq!(
            part("Fields")["properties"].as_object().map(serde_json::Map::len),
            Some(entity.fields.iter().filter(|f| !f.flags.read_only).count())
        );
        assert_eq!(part("Create")["properties"]["parent"].is_null(), !entity.is_child(), "{name}");
    }
}

#[test]
fn a_custom_field_appears_everywhere_at_once() {
    let with = catalog()
        .with_field("company", custom("cf_branch", FieldKind::Text { max: 42 }))
        .expect("a right field");
    let (before, after) = (document(&catalog()), document(&with));
    assert!(!before.to_string().contains("cf_branch"));
    assert_ne!(before["info"]["version"], after["info"]["version"]);
    let schemas = &after["components"]["schemas"];
    assert_eq!(schemas["CompanyFields"]["properties"]["cf_branch"]["maxLength"], 42);
    assert_eq!(schemas["CompanyFields"]["properties"]["cf_branch"]["type"], json!(["string", "null"]));
    assert!(schemas["CompanyValues"]["properties"]["cf_branch"].is_object());
    for parameter in ["CompanyFilter", "CompanySort"] {
        assert!(
            after["components"]["parameters"][parameter].to_string().contains("cf_branch"),
            "{parameter}"
        );
    }
    assert!(schemas["PersonFields"]["properties"]["cf_branch"].is_null());
}

#[test]
fn what_must_be_given_is_what_the_check_asks_for() {
    let document = document(&catalog());
    let create = |name: &str| &document["components"]["schemas"][name]["properties"]["fields"]["allOf"];
    assert_eq!(create("PersonCreate")[1], json!({ "required": ["last_name"] }));
    assert_eq!(create("ActivityCreate")[1], json!({ "required": ["title"] }));
    assert_eq!(create("LeadCreate")[1]["anyOf"][2], json!({ "required": ["company_name"] }));
    let stage = &document["components"]["schemas"]["DealFields"]["properties"]["stage"];
    assert_eq!(stage["default"], "lead_in");
    // The descriptors' own check agrees.
    for entity in catalog().entities() {
        let name = format!("{}Create", super::names::pascal(&entity.name));
        let refused = schema::check_content(entity, &json!({})).expect_err("something is required");
        let asked: BTreeSet<String> = refused.issues.into_iter().map(|i| i.field).collect();
        let listed = create(&name)[1]["required"].as_array().map_or_else(
            || BTreeSet::from(["name".to_owned()]),
            |list| list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        );
        assert_eq!(asked, listed, "{name}");
    }
}

#[test]
fn examples_pass_the_check() {
    let catalog = with_all_kinds();
    let entity = catalog.get("person").expect("people");
    let document = document(&catalog);
    for (i, kind) in all_kinds().into_iter().enumerate() {
        let name = format!("cf_k{i}");
        let example = &document["components"]["schemas"]["PersonFields"]["properties"][&name]["examples"][0];
        if matches!(kind, FieldKind::Text { max } | FieldKind::LongText { max } if example_of(&custom(&name, kind.clone())).chars().count() > max)
        {
            continue;
        }
        let checked = schema::check_content(entity, &json!({ "last_name": "Nowak", name: example }));
        assert!(checked.is_ok(), "{kind:?} {example} {:?}", checked.err());
    }
}

#[test]
fn every_operation_says_what_it_does_and_how_it_fails() {
    let document = document(&with_all_kinds());
    let mut ids = BTreeSet::new();
    for (name, operation) in each_operation(&document) {
        let id = operation["operationId"].as_str().unwrap_or_default();
        assert!(!id.is_empty() && ids.insert(id), "{name}: id {id:?}");
        for text in ["summary", "description"] {
            let text = operation[text].as_str().unwrap_or_default();
            assert!(!text.is_empty() && !text.contains('{'), "{name}: {text:?}");
        }
        assert!(!operation["tags"][0].as_str().unwrap_or_default().is_empty(), "{name}");
        let answers = operation["responses"].as_object().expect("answers");
        assert!(answers.keys().any(|status| status.starts_with('2')), "{name}");
        let body = operation.get("requestBody").is_some();
        for status in ["413", "415"] {
            assert_eq!(answers.contains_key(status), body, "{name} {status}");
        }
        let versioned = operation["parameters"].to_string().contains("IfMatch");
        assert_eq!(answers.contains_key("428"), versioned, "{name}");
        assert!(answers.contains_key("412") || !versioned, "{name}");
        assert!(answers.contains_key("401") || operation["security"] == json!([]), "{name}");
        let (method, path) = name.split_once(' ').expect("two words");
        let names = operation["parameters"].to_string();
        let named = names.contains("parameters/Id\"") || names.contains("parameters/SessionId\"");
        assert_eq!(path.contains("{id}"), named, "{name}");
        if body {
            assert_ne!(method, "get", "{name}");
        }
    }
}

#[test]
fn errors_follow_from_what_a_route_takes() {
    let document = document(&catalog());
    let statuses = |path: &str, method: &str| -> Vec<String> {
        document["paths"][path][method]["responses"].as_object().expect("answers").keys().cloned().collect()
    };
    let changed =
        ["200", "401", "403", "404", "409", "412", "413", "415", "422", "428", "429", "500", "503", "507"];
    assert_eq!(statuses("/api/v1/people/{id}", "patch"), changed);
    assert_eq!(statuses("/api/v1/people/{id}", "get"), ["200", "401", "403", "404", "429", "500", "503"]);
    assert_eq!(statuses("/health/live", "get"), ["200", "404"]);
    assert!(document["paths"]["/api/v1/people/{id}/erase"].is_object());
    for none in [
        "/api/v1/deals/{id}/erase",
        "/api/v1/notes/{id}/erase",
        "/api/v1/imports/notes",
        "/api/v1/people/{id}/convert",
    ] {
        assert!(document["paths"][none].is_null(), "{none}");
    }
}

#[test]
fn names_of_entities_and_fixed_schemas_do_not_meet() {
    let catalog = catalog();
    let fixed: BTreeSet<&str> = schemas::all().into_iter().map(|(name, _)| name).collect();
    assert_eq!(fixed.len(), schemas::all().len());
    for entity in catalog.entities() {
        for (name, _) in super::entity::schemas(entity) {
            assert!(!fixed.contains(name.as_str()), "{name}");
        }
    }
    let paths: BTreeSet<_> = operations(&catalog).into_iter().collect();
    assert_eq!(paths.len(), operations(&catalog).len(), "a path is there twice");
}

#[test]
fn the_same_catalog_gives_the_same_document() {
    assert_eq!(document(&catalog()).to_string(), document(&catalog()).to_string());
}

#[test]
fn kinds_in_the_document_are_those_of_descriptors() {
    let kinds: Vec<String> = all_kinds()
        .into_iter()
        .filter_map(|kind| {
            serde_json::to_value(custom("cf_x", kind)).ok()?["kind"].as_str().map(str::to_owned)
        })
        .collect();
    let document = document(&catalog());
    assert_eq!(document["components"]["schemas"]["FieldCreate"]["properties"]["kind"]["enum"], json!(kinds));
}
