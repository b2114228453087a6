//! Acts on many records, and approvals of them.

use super::Named;
use super::common::moment;
use super::factors::{open, strict};
use super::rights::list;
use crate::openapi::names::schema;
use serde_json::{Value, json};

const KINDS: [&str; 6] = ["bulk_edit", "bulk_delete", "bulk_share", "export", "erase", "role_change"];

pub(super) fn schemas() -> Vec<Named> {
    let from = |what: &str| json!({ "type": ["integer", "null"], "minimum": 1, "maximum": 50_000, "description": what });
    let rules = json!({
        "bulk_edit": from("Records that one person changes, hands over or brings back from the bin within 24 hours by acts on many."),
        "bulk_delete": from("Records that one person moves to the bin within 24 hours by acts on many."),
        "bulk_share": from("Records that one person shares within 24 hours, with what hangs on them where that goes along: many at once, one by one, by answering requests for access, by renewing, or by cover for somebody who is away."),
        "export": from("Records that one person takes out within 24 hours."),
        "erase": from("Records that go with whom they are about, within 24 hours."),
        "role_change": from("People who have the roles, or whose roles or team change, or whose team comes to hang elsewhere, within 24 hours. Also rules that ask less than these do."),
        "days": { "type": "integer", "minimum": 1, "maximum": 30, "description": "For which a request waits." },
    });
    let all = ["bulk_edit", "bulk_delete", "bulk_share", "export", "erase", "role_change", "days"];
    let mut read = rules.clone();
    read["version"] = schema("Version");
    let reason = json!({ "type": "string", "minLength": 5, "maxLength": 500, "examples": ["Wniosek klienta, sprawa 12/2026"], "description": "Shown to those who decide, until it is decided. No personal data." });
    let ask = json!({ "act": schema("ManyAct"), "reason": reason });
    let decline = json!({ "reason": { "type": "string", "minLength": 5, "maxLength": 500, "description": "Shown to whoever asked. No personal data." } });
    let view = view();
    let required = [
        "id",
        "kind",
        "entity",
        "count",
        "state",
        "user",
        "at",
        "ends_at",
        "reason",
        "by",
        "decided_at",
        "said",
        "job",
    ];
    let mut detail = view.clone();
    detail["preview"] = json!({ "oneOf": [schema("ActPreview"), { "type": "null" }], "description": "Null once it was decided." });
    vec![
        ("ApprovalRules", strict(&rules, &all)),
        ("ApprovalRulesRead", open(&read, &[&all[..], &["version"]].concat())),
        ("ManyAct", act()),
        ("ActPreviewInput", strict(&json!({ "act": schema("ManyAct") }), &["act"])),
        ("ActPreview", preview()),
        ("ApprovalAsk", strict(&ask, &["act", "reason"])),
        ("ApprovalDecline", strict(&decline, &["reason"])),
        ("Approval", open(&view, &required)),
        ("ApprovalDetail", open(&detail, &[&required[..], &["preview"]].concat())),
        ("ApprovalList", list("Approval")),
    ]
}

/// One act, by its name: with the body of the request that would do it.
fn act() -> Value {
    let entities = json!({ "type": "string", "description": "As in the address.", "examples": ["people"] });
    let on = |body: &str| {
        strict(&json!({ "entities": entities, "request": schema(body) }), &["entities", "request"])
    };
    let ids = json!({ "type": "array", "items": schema("Id") });
    let bulk = json!({
        "select": schema("BulkSelect"),
        "change": { "type": "object", "additionalProperties": true, "description": "As for changing many records of this kind." },
        "action": { "type": "string", "enum": ["delete", "restore"] },
        "share": schema("GrantCreate"),
    });
    let bulk = strict(
        &json!({ "entities": entities, "request": strict(&bulk, &["select"]) }),
        &["entities", "request"],
    );
    let hand_over = json!({ "user": schema("Id"), "to": ids, "entity": { "type": "string" } });
    let erase = json!({ "entities": entities, "id": schema("Id"), "reason": { "type": "string", "maxLength": 500, "description": "The grounds, at least 3 characters; for a preview they may be empty." } });
    let role = json!({
        "id": { "type": ["string", "null"], "format": "uuid", "description": "Which; a new one without." },
        "version": { "type": ["integer", "null"], "minimum": 1 },
        "role": schema("RoleInput"),
    });
    let roles = json!({
        "user": schema("Id"), "version": schema("Version"), "roles": ids,
        "team": { "type": ["string", "null"], "format": "uuid", "description": "The team, if it is to be another one." },
    });
    let team = json!({ "id": schema("Id"), "version": schema("Version"), "team": schema("TeamInput") });
    let rules = json!({ "version": { "type": "integer", "minimum": 0 }, "rules": schema("ApprovalRules") });
    let one = |name: &str, of: Value| strict(&json!({ (name): of }), &[name]);
    json!({
        "description": "Exactly one.",
        "oneOf": [
            one("bulk", bulk),
            one("hand_over", strict(&hand_over, &["user", "to"])),
            one("export", on("ExportInput")),
            one("erase", strict(&erase, &["entities", "id", "reason"])),
            one("cover", schema("CoverCreate")),
            one("role", strict(&role, &["role"])),
            one("user_roles", strict(&roles, &["user", "version", "roles"])),
            one("team", strict(&team, &["id", "version", "team"])),
            one("rules", strict(&rules, &["version", "rules"])),
        ],
    })
}

fn preview() -> Value {
    let owner = json!({ "user": schema("Named"), "count": { "type": "integer" } });
    let all = json!({
        "kind": { "type": "string", "enum": KINDS },
        "entity": { "type": ["string", "null"] },
        "count": { "type": "integer", "description": "Records; of roles, people. What is shared counts with what hangs on it, and without what is shared like this already." },
        "subjects": { "type": "integer", "description": "People, companies and leads that they are about." },
        "owners": { "type": "array", "maxItems": 10, "items": open(&owner, &["user", "count"]), "description": "Whose records they are: those who own most first." },
        "more_owners": { "type": "integer" },
        "names": { "type": "array", "maxItems": 5, "items": { "type": "string" }, "description": "The first of them, as far as the caller sees what they are called." },
        "what": { "type": "array", "items": { "type": "string" }, "description": "What leaves or changes, in the caller's language." },
        "can_undo": { "type": "boolean" },
        "done_before": { "type": "integer", "description": "How many of that kind whoever does or asks for it, and the programs that this person answers for, did without approval in the last 24 hours; 0 where no rule asks." },
        "needs_approval": { "type": "boolean", "description": "What was done before counts." },
        "days": { "type": "integer" },
        "approvers": { "type": "array", "maxItems": 5, "items": schema("Named"), "description": "Some of those who could approve it, if somebody has to." },
    });
    let names = [
        "kind",
        "entity",
        "count",
        "subjects",
        "owners",
        "more_owners",
        "names",
        "what",
        "can_undo",
        "done_before",
        "needs_approval",
        "days",
        "approvers",
    ];
    open(&all, &names)
}

fn view() -> Value {
    json!({
        "id": schema("Id"),
        "kind": { "type": "string", "enum": KINDS },
        "entity": { "type": ["string", "null"] },
        "count": { "type": "integer" },
        "state": { "type": "string", "enum": ["asked", "approved", "declined", "withdrawn", "expired", "ended", "void"] },
        "user": schema("Named"),
        "at": moment("When it was asked."),
        "ends_at": moment("Until when it can be decided on."),
        "reason": { "type": ["string", "null"], "description": "Why; null once it was decided." },
        "by": { "oneOf": [schema("Named"), { "type": "null" }], "description": "Who decided." },
        "decided_at": { "type": ["string", "null"], "format": "date-time" },
        "said": { "type": ["string", "null"], "description": "Why it was declined, or could not be done." },
        "job": { "type": ["string", "null"], "format": "uuid", "description": "The job that does it: to whoever asked." },
    })
}
