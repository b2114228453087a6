//! Partner organisations.

use super::Named;
use super::common::moment;
use super::factors::{open, strict};
use super::history::page;
use super::rights::list;
use crate::openapi::names::schema;
use identity::Ground;
use serde_json::{Value, json};

pub(super) fn schemas() -> Vec<Named> {
    let name =
        json!({ "type": "string", "minLength": 1, "maxLength": 200, "examples": ["Agencja Reklamowa Sowa"] });
    let active = json!({ "type": "boolean", "description": "A suspended one may do nothing." });
    let create =
        json!({ "name": name, "contact": schema("PartnerContact"), "agreement": schema("AgreementInput") });
    let end = strict(
        &json!({ "id": schema("Id"), "valid_until": moment("In force before this.") }),
        &["id", "valid_until"],
    );
    let update = json!({
        "name": name, "contact": schema("PartnerContact"), "active": active,
        "add_agreement": schema("AgreementInput"), "end_agreement": end,
        "registration": {
            "oneOf": [schema("RegistrationInput"), { "type": "null" }],
            "description": "How its users register deals; null if they do not. Closed at first.",
        },
    });
    let user = open(
        &json!({
            "id": schema("Id"), "name": { "type": "string" }, "active": { "type": "boolean" },
            "ended": { "type": "boolean", "description": "Whether the time of the account is over." },
            "signs_in": { "type": "boolean", "description": "Whether there is something that lets the user in: a password, a passkey or an account at a provider; until then an invitation is open." },
            "providers": { "type": "array", "items": { "type": "string" }, "description": "Names of the providers whose accounts let the user in." },
            "has_factor": { "type": "boolean", "description": "A second factor of the user's own; without one, or one that a provider asks for, nothing is served." },
        }),
        &["id", "name", "active", "ended", "signs_in", "providers", "has_factor"],
    );
    let view = json!({
        "id": schema("Id"),
        "name": name,
        "active": active,
        "agreed": { "type": "boolean", "description": "Whether something may be shared with it now." },
        "agreed_until": until("Until when; null if an agreement in force does not end, or there is none."),
        "contact": schema("PartnerContact"),
        "agreements": { "type": "array", "maxItems": 50, "items": schema("Agreement") },
        "users": { "type": "array", "maxItems": 200, "items": user },
        "registration": schema("RegistrationRules"),
        "version": schema("Version"),
    });
    let all = ["id", "name", "active", "agreed", "agreed_until", "version"];
    vec![
        ("PartnerContact", contact()),
        ("AgreementInput", agreement(false)),
        ("Agreement", agreement(true)),
        ("PartnerCreate", strict(&create, &["name"])),
        ("PartnerUpdate", strict(&update, &[])),
        ("Partner", open(&view, &all)),
        ("PartnerList", list("Partner")),
        ("Disclosure", disclosure()),
        ("DisclosurePage", page("Disclosure")),
    ]
}

fn until(description: &str) -> Value {
    json!({ "type": ["string", "null"], "format": "date-time", "description": description })
}

fn contact() -> Value {
    let short = json!({ "type": "string", "maxLength": 100 });
    strict(&json!({ "name": short, "email": short, "phone": short }), &[])
}

fn agreement(view: bool) -> Value {
    let grounds: Vec<Value> = Ground::ALL.iter().map(|ground| json!(ground)).collect();
    let bases =
        ["consent", "contract", "legal_obligation", "vital_interests", "public_task", "legitimate_interests"];
    let bases: Vec<Value> = bases.into_iter().map(Value::from).chain([Value::Null]).collect();
    let mut fields = json!({
        "ground": { "type": "string", "enum": grounds, "description": "On what ground data are shared (GDPR Art. 28, 26, 6)." },
        "basis": { "enum": bases, "description": "The legal basis (GDPR Art. 6(1)); only where the partner decides for itself." },
        "number": { "type": "string", "minLength": 1, "maxLength": 100, "examples": ["UPP/12/2027"] },
        "signed_on": { "type": "string", "format": "date" },
        "valid_from": moment("In force from then on."),
        "valid_until": until("And before this; a processing agreement must have an end."),
    });
    if !view {
        return strict(&fields, &["ground", "number", "signed_on", "valid_from"]);
    }
    fields["id"] = schema("Id");
    fields["citation"] = json!({ "type": "string", "description": "Where the law says so." });
    fields["state"] = json!({ "type": "string", "enum": ["pending", "in_force", "ended"] });
    fields["by"] = schema("Named");
    fields["at"] = moment("When it was entered.");
    let all = [
        "id",
        "ground",
        "citation",
        "basis",
        "number",
        "signed_on",
        "valid_from",
        "valid_until",
        "state",
        "by",
        "at",
    ];
    open(&fields, &all)
}

fn disclosure() -> Value {
    let names = json!({ "type": ["array", "null"], "items": { "type": "string" }, "description": "Null once the key that sealed it is gone." });
    let view = json!({
        "seq": { "type": "integer", "format": "int64", "minimum": 0, "description": "Place of the event in the ledger." },
        "event": schema("Id"),
        "at": moment("When."),
        "user": schema("Named"),
        "partner": schema("Named"),
        "channel": { "type": "string", "enum": ["record", "list", "export"] },
        "entity": { "type": ["string", "null"] },
        "record": schema("Id"),
        "version": { "type": ["integer", "null"], "format": "int64", "minimum": 0 },
        "fields": names,
        "masked": names,
        "grants": { "type": ["array", "null"], "items": schema("Id") },
        "agreements": { "type": ["array", "null"], "items": schema("Named"), "description": "Those in force at that time, by their numbers; null once the key that sealed it is gone, and to whoever may not read partners." },
    });
    let all = [
        "seq",
        "event",
        "at",
        "user",
        "partner",
        "channel",
        "entity",
        "record",
        "version",
        "fields",
        "masked",
        "grants",
        "agreements",
    ];
    open(&view, &all)
}
