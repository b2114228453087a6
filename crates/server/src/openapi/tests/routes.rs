//! The routes of the document, of the router, and the list that both are held against.

use super::{catalog, each_operation};
use crate::openapi::{document, operations, table, templates};
use std::collections::BTreeSet;

#[test]
fn lists_of_operations_agree_with_the_document() {
    let catalog = catalog();
    let document = document(&catalog);
    let listed: BTreeSet<String> = operations(&catalog)
        .into_iter()
        .map(|(method, path)| format!("{} {path}", method.to_ascii_lowercase()))
        .collect();
    let there: BTreeSet<String> = each_operation(&document).into_iter().map(|(name, _)| name).collect();
    assert_eq!(listed, there);
    assert_eq!(templates().len(), table::all().count());
}

/// The routes of the interface. A change here is a change of what others build on.
#[test]
fn the_list_of_routes_is_known() {
    let list: String = templates().into_iter().map(|(method, path)| format!("{method} {path}\n")).collect();
    assert_eq!(list, include_str!("../routes.txt"), "\n{list}");
}

/// Methods and paths in the text of the router, with `{}` for every parameter.
fn routed() -> BTreeSet<(&'static str, String)> {
    let mut found = BTreeSet::new();
    let text = include_str!("../../routes.rs");
    for route in text.split(".route(").skip(1) {
        let mut parts = route.splitn(3, '"');
        let (path, handlers) = (parts.nth(1).expect("a path"), parts.next().expect("handlers"));
        let handlers = handlers.split(';').next().unwrap_or_default();
        let path = if path.starts_with("/health") { path.to_owned() } else { format!("/api/v1{path}") };
        for (call, method) in
            [("get(", "GET"), ("post(", "POST"), ("put(", "PUT"), ("patch(", "PATCH"), ("delete(", "DELETE")]
        {
            let calls = handlers.match_indices(call);
            let own = |at: usize| !handlers[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            if calls.into_iter().any(|(at, _)| own(at)) {
                found.insert((method, anonymous(&path)));
            }
        }
    }
    found
}

fn anonymous(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part }).collect::<Vec<_>>().join("/")
}

#[test]
fn the_router_and_the_document_have_the_same_routes() {
    let described: BTreeSet<_> =
        templates().into_iter().map(|(method, path)| (method, anonymous(&path))).collect();
    let routed = routed();
    assert!(routed.len() > 40, "the router's text was not understood: {routed:?}");
    assert_eq!(
        routed.difference(&described).collect::<Vec<_>>(),
        Vec::<&(&str, String)>::new(),
        "not described"
    );
    assert_eq!(
        described.difference(&routed).collect::<Vec<_>>(),
        Vec::<&(&str, String)>::new(),
        "not routed"
    );
}
