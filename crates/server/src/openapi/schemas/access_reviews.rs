//! Campaigns in which rights are looked through.

use super::Named;
use super::common::moment;
use super::factors::{open, strict};
use super::rights::list;
use crate::openapi::names::schema;
use identity::RightState;
use serde_json::{Map, Value, json};

fn or_null(item: Value, description: &str) -> Value {
    json!({ "oneOf": [item, { "type": "null" }], "description": description })
}

pub(crate) fn states() -> Value {
    json!({ "type": "string", "enum": RightState::ALL.map(RightState::code) })
}

/// All names of these fields.
fn names(of: &Value) -> Vec<&str> {
    of.as_object().into_iter().flat_map(Map::keys).map(String::as_str).collect()
}

fn whole(of: &Value) -> Value {
    open(of, &names(of))
}

pub(super) fn schemas() -> Vec<Named> {
    let number = json!({ "type": "integer", "minimum": 0 });
    let counts = ["total", "open", "confirmed", "withdrawn", "ended", "kept", "gone", "changed"];
    let counts: Value = counts.into_iter().map(|name| (name.to_owned(), number.clone())).collect();
    let reviewer = json!({
        "user": schema("Named"),
        "items": { "type": "integer", "minimum": 0, "description": "Rights that are this one's to decide on." },
        "open": { "type": "integer", "minimum": 0, "description": "Those of them that are undecided." },
        "may_act": { "type": "boolean", "description": "Whether this one may act at all." },
    });
    let right = right();
    let mut item = right.clone();
    item["last_used"] = or_null(
        moment("The beginning of the day on which it was last used."),
        "Null if it was not, as far as that is known.",
    );
    item["grant"] = or_null(schema("OwnGrant"), "The grant or cover; null of a role, and once it is gone.");
    let mut reported = right;
    let event = |what: &str| json!({ "type": ["integer", "null"], "minimum": 0, "description": what });
    reported["decision_event"] = event("The number in the ledger of the decision, or of the end by itself.");
    reported["end_event"] = event("The number in the ledger of the event by which the right ended.");
    let next = json!({ "type": ["string", "null"], "description": "Pass it as `cursor` to go on; null at the end." });
    let items = json!({
        "items": { "type": "array", "items": schema("AccessReviewItem") },
        "next_cursor": next,
        "used_until": or_null(moment("Until then it is known what was used."), "Null while that is being found out."),
    });
    let report = json!({ "items": { "type": "array", "items": schema("AccessReviewReportItem") }, "next_cursor": next });
    let replaced = json!({ "from": schema("Id"), "reviewer": schema("Id") });
    let decision = json!({
        "items": { "type": "array", "minItems": 1, "maxItems": 200, "uniqueItems": true, "items": { "type": "integer", "minimum": 1 }, "description": "Numbers of rights." },
        "reason": { "type": ["string", "null"], "minLength": 5, "maxLength": 500, "description": "Stands in the report. No personal data." },
    });
    let review = review();
    vec![
        ("AccessReviewInput", input()),
        ("AccessReviewCounts", whole(&counts)),
        ("AccessReviewer", whole(&reviewer)),
        ("AccessReview", whole(&review)),
        ("AccessReviewList", list("AccessReview")),
        ("AccessReviewItem", whole(&item)),
        ("AccessReviewItems", whole(&items)),
        ("AccessReviewReportItem", whole(&reported)),
        ("AccessReviewReport", whole(&report)),
        ("ReviewerChange", strict(&replaced, &["from", "reviewer"])),
        ("AccessDecision", strict(&decision, &["items"])),
    ]
}

fn input() -> Value {
    let id = |what: &str| or_null(schema("Id"), what);
    let input = json!({
        "name": { "type": "string", "minLength": 1, "maxLength": 100, "examples": ["Przegląd roczny 2026"] },
        "team": id("Over this team, with the teams below it. This or a role."),
        "role": id("Over this role."),
        "ends_at": moment("Until when reviewers decide: 1 to 90 days from now, and to the end of that day."),
        "reviewer": id("Who reviews; without, whoever leads each one's team."),
        "second": id("Who reviews what is a reviewer's own, or has nobody above."),
    });
    strict(&input, &["name", "ends_at"])
}

fn review() -> Value {
    let state = json!({ "type": "string", "enum": ["open", "ending", "ended", "cancelled"], "description": "`ending` from the date on, until the program has ended what nobody confirmed." });
    json!({
        "id": schema("Id"),
        "name": { "type": "string" },
        "state": state,
        "team": or_null(schema("Named"), "The team that it is over."),
        "role": or_null(schema("RoleName"), "Or the role."),
        "by": schema("Named"),
        "at": moment("When it began."),
        "ends_at": moment("Until when reviewers decide."),
        "closed_at": or_null(moment("When it was over."), "Null until then."),
        "closed_by": or_null(schema("Named"), "Who cancelled it."),
        "counts": schema("AccessReviewCounts"),
        "own": or_null(schema("AccessReviewCounts"), "Of the caller's own; null for whoever is no reviewer."),
        "reviewers": { "type": "array", "items": schema("AccessReviewer"), "description": "To somebody who is only a reviewer, oneself." },
        "may_cancel": { "type": "boolean" },
        "may_report": { "type": "boolean" },
    })
}

fn right() -> Value {
    let record = json!({ "type": "object", "properties": { "entity": { "type": "string" }, "id": schema("Id") }, "required": ["entity", "id"] });
    json!({
        "item": { "type": "integer", "minimum": 1, "description": "Its number in the review." },
        "kind": { "type": "string", "enum": ["role", "grant", "cover"] },
        "user": or_null(schema("Named"), "Who has it. Null of a grant for a team or a partner organisation."),
        "service": { "type": "boolean", "description": "Whether that is a service account." },
        "team": or_null(schema("Named"), "The team of whoever has it, or that has the grant."),
        "partner": or_null(schema("Named"), "The partner organisation of whoever has it, or that has the grant."),
        "role": schema("RoleName"),
        "since": moment("Since when it is held, or in force."),
        "until": or_null(moment("When a grant ends by itself."), "Null of a role, and of a grant without an end."),
        "record": or_null(record, "What a grant is over, without its title. Null of a role and of cover."),
        "state": states(),
        "kept": { "type": ["string", "null"], "enum": ["last_administrator", "emergency", "approval", "denies", null], "description": "Why it was kept though nobody confirmed it: nobody would be left who manages users or roles and can sign in; the emergency account needs it; a change of roles would have needed a second person, which the reviewer was not; the role denies something, too." },
        "reviewer": schema("Named"),
        "decided_by": or_null(schema("Named"), "Who decided; null of what nobody did."),
        "decided_at": or_null(moment("When it was decided on, or ended."), "Null until then."),
        "reason": { "type": ["string", "null"] },
    })
}
