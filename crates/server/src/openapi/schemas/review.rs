//! Findings about rights, and roles that do not go together.

use super::Named;
use super::common::moment;
use super::factors::{open, strict};
use crate::openapi::names::schema;
use records::FindingKind;
use serde_json::{Value, json};

fn or_null(item: Value, description: &str) -> Value {
    json!({ "oneOf": [item, { "type": "null" }], "description": description })
}

pub(crate) fn kinds() -> Value {
    json!({ "type": "string", "enum": FindingKind::ALL.map(FindingKind::code) })
}

pub(super) fn schemas() -> Vec<Named> {
    [findings(), conflicts()].concat()
}

fn findings() -> Vec<Named> {
    let remedies = ["withdraw_role", "end_grant", "hand_over"];
    let finding = json!({
        "kind": kinds(),
        "user": or_null(schema("Named"), "Who holds the roles, owns the records, has the grant, or gave it and is gone. Null of a grant for a team or a partner organisation."),
        "service": { "type": "boolean", "description": "Whether that is a service account." },
        "team": or_null(schema("Named"), "Of which team."),
        "roles": { "type": "array", "maxItems": 2, "items": schema("RoleName"), "description": "The role that is not used, or the two that do not go together." },
        "since": or_null(moment("Since when it has been so, at least."), "Null where that is not known."),
        "last_used": or_null(moment("The beginning of the day on which it was last used."), "Null if it was not, as far as that is known."),
        "grant": or_null(schema("OwnGrant"), "The grant or cover."),
        "records": { "type": ["integer", "null"], "minimum": 0, "description": "How many records, those in the bin too." },
        "standing": { "type": ["string", "null"], "enum": ["suspended", "left", "no_team", null], "description": "Why they are nobody's." },
        "remedies": { "type": "array", "items": { "type": "string", "enum": remedies }, "description": "What can be done about it by other routes: changing the user, ending the grant, handing the records over." },
    });
    let all = [
        "kind",
        "user",
        "service",
        "team",
        "roles",
        "since",
        "last_used",
        "grant",
        "records",
        "standing",
        "remedies",
    ];
    let page = json!({
        "items": { "type": "array", "items": schema("Finding") },
        "next_cursor": { "type": ["string", "null"], "description": "Pass it as `cursor` to go on; null at the end." },
        "used_until": or_null(moment("Until then it is known what was used."), "Null while that is being found out; until then nothing is listed that rests on it."),
    });
    vec![
        ("Finding", open(&finding, &all)),
        ("FindingPage", open(&page, &["items", "next_cursor", "used_until"])),
    ]
}

fn conflicts() -> Vec<Named> {
    let pair = json!({
        "roles": { "type": "array", "minItems": 2, "maxItems": 2, "items": schema("Id") },
        "refuse": { "type": "boolean", "description": "Whether giving both is refused. Otherwise it is found and told of." },
    });
    let pairs = json!({ "type": "array", "maxItems": 200, "items": schema("RoleConflictPair") });
    let all = json!({ "pairs": pairs });
    let read = json!({ "pairs": pairs, "version": schema("Version") });
    vec![
        ("RoleConflictPair", strict(&pair, &["roles", "refuse"])),
        ("RoleConflicts", strict(&all, &["pairs"])),
        ("RoleConflictsRead", open(&read, &["pairs", "version"])),
    ]
}
