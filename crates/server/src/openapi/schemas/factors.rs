//! Second factors and the proofs by them.

use super::Named;
use super::common::{back, moment};
use super::rights::list;
use crate::openapi::names::schema;
use identity::Requirement;
use serde_json::{Value, json};

pub(super) fn schemas() -> Vec<Named> {
    [proving(), own(), asked()].concat()
}

pub(super) fn strict(properties: &Value, required: &[&str]) -> Value {
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

pub(super) fn open(properties: &Value, required: &[&str]) -> Value {
    json!({ "type": "object", "properties": properties, "required": required })
}

fn code() -> Value {
    json!({ "type": "string", "description": "The code that the application shows.", "examples": ["123456"] })
}

/// What a browser reads or writes; W3C Web Authentication Level 3 says what is in it.
fn credential(what: &str) -> Value {
    json!({ "type": "object", "additionalProperties": true, "description": what })
}

fn proving() -> Vec<Named> {
    let recovery =
        json!({ "type": "string", "description": "A recovery code.", "examples": ["abcd-efgh-ijkl-mnop"] });
    let password = json!({ "type": "string", "format": "password", "description": "For whoever has no factor; not to sign in." });
    let passkey = credential("What the browser gave of a passkey (`PublicKeyCredential.toJSON()`).");
    let proof = json!({ "totp": code(), "recovery": recovery, "password": password, "passkey": passkey });
    let mut one = strict(&proof, &[]);
    one["minProperties"] = json!(1);
    one["maxProperties"] = json!(1);
    let usable =
        json!({ "type": "array", "items": schema("FactorKind"), "description": "What can be used." });
    let asked = credential(
        "What the browser is to ask for a passkey with (`PublicKeyCredentialRequestOptionsJSON`), if one can be used under this name.",
    );
    let providers = json!({
        "type": "array",
        "items": schema("Provider"),
        "description": "Where to confirm, if `factors` is empty and one does not sign in by this: those at which the user has an account.",
    });
    vec![
        ("FactorKind", json!({ "type": "string", "enum": ["passkey", "totp", "recovery", "password"] })),
        ("Proof", one),
        (
            "FactorAwaited",
            open(
                &json!({ "factors": usable, "passkey": asked, "back": back(), "providers": providers }),
                &["factors"],
            ),
        ),
        ("SteppedUp", open(&json!({ "session": schema("Session") }), &["session"])),
    ]
}

fn name() -> Value {
    json!({ "type": "string", "minLength": 1, "maxLength": 100, "examples": ["telefon"] })
}

fn own() -> Vec<Named> {
    let factor = json!({
        "id": schema("Id"),
        "kind": schema("FactorKind"),
        "name": { "type": "string", "description": "What its user calls it; empty for recovery codes." },
        "created_at": moment("Added."),
        "used_at": moment("Last used."),
        "left": { "type": "integer", "minimum": 0, "maximum": 10, "description": "Recovery codes that were not used." },
        "removable": { "type": "boolean", "description": "Whether what is asked of the user would still be met without it, and the user could still sign in." },
    });
    let qr = json!({
        "size": { "type": "integer", "minimum": 21, "description": "Width and height of the code, in its squares, without a margin." },
        "path": { "type": "string", "description": "The `d` of an SVG path of the dark squares." },
    });
    let totp = json!({
        "secret": { "type": "string", "description": "In base 32." },
        "uri": { "type": "string", "format": "uri", "examples": ["otpauth://totp/Firma:anna?secret=…"] },
        "qr": open(&qr, &["size", "path"]),
    });
    let codes = json!({ "codes": { "type": "array", "minItems": 10, "maxItems": 10, "items": { "type": "string" } } });
    let made = credential("What the browser made (`PublicKeyCredential.toJSON()`).");
    let begun = credential("What the browser is to make it with (`PublicKeyCredentialCreationOptionsJSON`).");
    vec![
        ("Factor", open(&factor, &["id", "kind", "name", "created_at", "removable"])),
        ("FactorList", list("Factor")),
        ("FactorAdd", strict(&json!({ "name": name(), "totp": code(), "passkey": made }), &["name"])),
        ("FactorRename", strict(&json!({ "name": name() }), &["name"])),
        ("PasskeyBegun", open(&json!({ "passkey": begun }), &["passkey"])),
        ("TotpBegun", open(&totp, &["secret", "uri", "qr"])),
        ("RecoveryCodes", open(&codes, &["codes"])),
    ]
}

fn asked() -> Vec<Named> {
    let count = |what: &str| json!({ "type": "integer", "minimum": 0, "maximum": 10, "description": what });
    let kinds = open(
        &json!({
            "passkey": count("Passkeys."),
            "totp": count("Applications that make codes."),
            "recovery": count("Recovery codes that were not used."),
        }),
        &["passkey", "totp", "recovery"],
    );
    let of_user = json!({
        "kinds": kinds,
        "need": schema("FactorNeed"),
        "due": moment("Until then a factor that is asked for must be there."),
        "enrol_only": { "type": "boolean", "description": "Whether that time is over: nothing is served but what adds one." },
    });
    let mut of_user_read = of_user.clone();
    of_user_read["reset"] = schema("FactorReset");
    let reset = json!({
        "asked_by": schema("Id"),
        "asked_at": moment("Asked for."),
        "ends_at": moment("Nobody can agree from then on."),
        "reason": { "type": "string" },
    });
    let reason = json!({ "reason": { "type": "string", "minLength": 10, "maxLength": 500, "description": "Why, and how it was made sure who asks." } });
    let mut own = of_user.clone();
    own["fresh_until"] = moment("Until then nothing asks to confirm again.");
    let requirement = json!({
        "everyone": schema("FactorNeed"),
        "roles": { "type": "object", "description": "By the id of a role.", "propertyNames": schema("Id"), "additionalProperties": schema("FactorNeed") },
        "grace_days": { "type": "integer", "minimum": 0, "maximum": Requirement::GRACE_DAYS, "description": "Days from when it began to hold for a user." },
    });
    let mut read = requirement.clone();
    read["version"] = schema("Version");
    let all = ["everyone", "roles", "grace_days"];
    vec![
        (
            "FactorNeed",
            json!({ "type": "string", "enum": ["none", "any", "passkey"], "description": "What must be there: nothing, a passkey or an application with codes, or a passkey." }),
        ),
        ("FactorReset", open(&reset, &["asked_by", "asked_at", "ends_at", "reason"])),
        ("FactorResetAsk", strict(&reason, &["reason"])),
        ("UserFactors", open(&of_user_read, &["kinds", "need", "enrol_only"])),
        ("OwnFactors", open(&own, &["kinds", "need", "enrol_only", "fresh_until"])),
        ("FactorRequirement", strict(&requirement, &all)),
        ("FactorRequirementRead", open(&read, &[&all[..], &["version"]].concat())),
    ]
}
