//! Sessions, tokens, users.

use super::Named;
use super::common::{back, moment};
use super::rights::list;
use super::sessions::networks;
use crate::openapi::names::schema;
use kernel::limits;
use serde_json::{Value, json};

pub(super) fn schemas() -> Vec<Named> {
    [signing_in(), tokens(), users(), links()].concat()
}

fn secret(description: &str, least: usize) -> Value {
    json!({
        "type": "string", "format": "password", "description": description,
        "minLength": least, "maxLength": limits::PASSWORD_MAX_CHARS,
    })
}

fn new_password() -> Value {
    secret("The new password; weak ones are refused.", limits::PASSWORD_MIN_CHARS)
}

fn signing_in() -> Vec<Named> {
    vec![
        (
            "SignIn",
            json!({
                "type": "object",
                "properties": { "login": { "type": "string" }, "password": secret("The password.", 0) },
                "required": ["login", "password"],
                "additionalProperties": false,
            }),
        ),
        ("Place", place()),
        ("Session", session()),
        (
            "SignedIn",
            json!({
                "type": "object",
                "properties": { "user": schema("Id"), "session": schema("Session"), "back": back() },
                "required": ["user", "session"],
            }),
        ),
        ("SessionList", list("Session")),
        (
            "PasswordChange",
            json!({
                "type": "object",
                "properties": { "current": secret("The current password.", 0), "new": new_password() },
                "required": ["current", "new"],
                "additionalProperties": false,
            }),
        ),
    ]
}

fn place() -> Value {
    json!({
        "type": "object",
        "properties": {
            "kind": { "type": "string", "enum": ["local", "country", "unknown"], "description": "In a network of one's own, in a country, or not in the table." },
            "country": { "type": "string", "pattern": "^[A-Z]{2}$", "description": "ISO 3166-1 alpha-2.", "examples": ["PL"] },
        },
        "required": ["kind"],
        "description": "Where an address is, by the table that comes with the server, or the one that it is given (`countries`); not there if that one cannot be used. It is where the address is registered: nobody has to be in that country.",
    })
}

fn session() -> Value {
    json!({
        "type": "object",
        "properties": {
            "id": schema("Id"),
            "kind": { "type": "string", "enum": ["session", "token"] },
            "label": { "type": "string", "description": "What the owner called a token." },
            "client": { "type": "string", "description": "The program it was begun with, as it called itself." },
            "network": { "type": "string", "description": "The address it was begun from." },
            "place": schema("Place"),
            "created_at": moment("Begun."),
            "seen_at": moment("Last used."),
            "seen_from": { "type": "string", "description": "The address it was last used from, if it was used." },
            "seen_place": schema("Place"),
            "ends_at": moment("Ends at the latest."),
            "scope": schema("TokenScope"),
            "networks": networks(),
            "current": { "type": "boolean", "description": "Whether this request uses it." },
        },
        "required": ["id", "kind", "label", "client", "network", "created_at", "seen_at", "ends_at", "current"],
    })
}

fn tokens() -> Vec<Named> {
    let label =
        json!({ "type": "string", "minLength": 1, "maxLength": 100, "description": "What it is for." });
    vec![
        (
            "TokenCreate",
            json!({
                "type": "object",
                "properties": { "label": label, "scope": schema("TokenScope"), "networks": networks(), "ends_at": moment("Ends.") },
                "required": ["label", "scope", "ends_at"],
                "additionalProperties": false,
            }),
        ),
        (
            "TokenMade",
            json!({
                "type": "object",
                "properties": {
                    "token": { "type": "string", "pattern": "^klk_", "description": "The secret; shown this once." },
                    "session": schema("Session"),
                },
                "required": ["token", "session"],
            }),
        ),
    ]
}

fn colleague() -> Value {
    json!({
        "type": "object",
        "properties": {
            "id": schema("Id"),
            "name": { "type": "string" },
            "login": { "type": "string", "description": "Username: for whoever reads users, of the caller, and of people of one name in one team who could be given records." },
            "team": schema("Id"),
            "active": { "type": "boolean", "description": "Whether this one may own records." },
            "service": { "type": "boolean", "description": "Whether it is a service account, and no person." },
        },
        "required": ["id", "name", "team", "active", "service"],
    })
}

fn me() -> Value {
    let role = json!({
        "type": "object",
        "properties": { "id": schema("Id"), "name": { "type": "string" }, "label": { "type": "string" } },
        "required": ["id", "name", "label"],
    });
    let scopes = json!({ "type": "object", "propertyNames": schema("Action"), "additionalProperties": schema("Scope") });
    let ends = json!({
        "type": "object",
        "description": "When the hours of the caller's roles are over; absent if they are without end.",
        "properties": {
            "at": moment("The caller may work no more."),
            "again": { "type": ["string", "null"], "format": "date-time", "description": "Work begins again; null if it never does." },
            "zone": { "type": "string", "description": "By whose clocks the hours are." },
        },
        "required": ["at", "again", "zone"],
    });
    json!({
        "type": "object",
        "properties": {
            "user": schema("User"),
            "session_ends_at": moment("The session ends at the latest."),
            "work_ends": ends,
            "entities": {
                "type": "object",
                "description": "Scope of each allowed action, by entity.",
                "additionalProperties": scopes,
            },
            "granted": {
                "type": "object",
                "description": "What grants in force let the caller do to some record of an entity; an entity without any is absent.",
                "additionalProperties": { "type": "array", "minItems": 1, "items": schema("Action") },
            },
            "hidden": {
                "type": "object",
                "description": "Names of the fields that lists of an entity hide from the caller; an entity without any is absent.",
                "additionalProperties": { "type": "array", "minItems": 1, "items": { "type": "string" } },
            },
            "things": schema("Things"),
            "session_idle_s": { "type": "integer", "minimum": 0, "description": "A session ends after so many seconds without use." },
            "policy_version": { "type": "integer", "format": "int64", "minimum": 0, "description": "Another number when the caller's rights are other ones; below 2^53." },
            "administrators": { "type": "array", "items": schema("Named"), "description": "Whom to ask for rights." },
            "organisation": { "type": "string", "description": "Name of the organisation." },
            "roles": { "type": "array", "items": role, "description": "The caller's roles, the label in the language asked for." },
            "team": schema("Named"),
            "partner": {
                "type": "object",
                "description": "Of a caller who is of a partner organisation: which, and until when something is shared as it is now.",
                "properties": {
                    "id": schema("Id"), "name": { "type": "string" },
                    "access_until": { "type": ["string", "null"], "format": "date-time" },
                    "registers": { "type": "boolean", "description": "Whether deals can be registered now." },
                    "registered": { "type": "boolean", "description": "Whether some were registered." },
                    "ends_next": { "type": ["string", "null"], "format": "date-time", "description": "When the first of what is shared now ends." },
                },
                "required": ["id", "name", "access_until", "ends_next", "registers", "registered"],
            },
            "has_password": { "type": "boolean", "description": "Whether the caller has a password that signs in." },
            "factors": schema("OwnFactors"),
        },
        "required": [
            "user", "session_ends_at", "entities", "granted", "hidden", "things", "session_idle_s", "policy_version", "administrators",
            "organisation", "roles", "team", "has_password", "factors",
        ],
    })
}

fn links() -> Vec<Named> {
    let link =
        json!({ "type": "string", "format": "password", "description": "What stands in it behind `#`." });
    let object = |properties: Value, required: &[&str]| json!({ "type": "object", "properties": properties, "required": required });
    let strict = |properties: Value, required: &[&str]| {
        let mut schema = object(properties, required);
        schema["additionalProperties"] = false.into();
        schema
    };
    let days = json!({ "type": "integer", "minimum": 1, "maximum": 14, "default": 3 });
    let invitation = json!({
        "ends_at": moment("Good until."), "mailed": { "type": "boolean" },
        "link": { "type": "string", "format": "uri", "description": "If it was not mailed; shown this once." },
    });
    let told = json!({
        "purpose": { "type": "string", "enum": ["invitation", "reset", "email", "email_refusal"] },
        "login": { "type": "string" }, "email": { "type": "string", "description": "The address that it is about." },
        "confirms": { "type": "boolean", "description": "Whether an address can be confirmed by it, and not only refused." },
        "ends_at": moment("Good until."), "organisation": { "type": "string" },
    });
    let email = json!({
        "email": { "type": "string" }, "pending": schema("EmailPending"),
        "confirmed": { "type": "boolean", "description": "Whether mail reached the user there." },
    });
    let states = json!({
        "type": "string", "enum": ["active", "leaving", "provider", "invited", "passwordless", "suspended"],
        "description": "Whether the user can sign in.",
    });
    let providers = json!({
        "type": "array", "items": { "type": "string" },
        "description": "Names of the providers whose accounts let the user in.",
    });
    let state = json!({
        "type": "object", "required": ["state", "providers"],
        "properties": { "state": states, "invited_until": moment("Until then an invitation is good."), "providers": providers, "email_change": schema("EmailPending") },
    });
    let made = json!({ "type": "object", "properties": { "invitation": schema("Invitation") } });
    let changed = json!({ "type": "object", "properties": { "together": super::policy::together() } });
    vec![
        ("Invite", strict(json!({ "days": days }), &[])),
        ("Invitation", object(invitation, &["ends_at", "mailed"])),
        ("UserView", json!({ "allOf": [schema("User"), state] })),
        ("UserChanged", json!({ "allOf": [schema("User"), changed] })),
        ("UserMade", json!({ "allOf": [schema("User"), made] })),
        ("LinkSecret", strict(json!({ "link": link }), &["link"])),
        ("Link", object(told, &["purpose", "confirms", "ends_at", "organisation"])),
        ("EmailInput", strict(json!({ "email": { "type": "string", "maxLength": 254 } }), &["email"])),
        ("EmailPending", email_pending()),
        (
            "EmailUsed",
            object(
                json!({ "made": { "type": "boolean", "description": "Whether it is the user's address now." } }),
                &["made"],
            ),
        ),
        (
            "EmailAnswer",
            strict(
                json!({ "answer": { "type": "string", "enum": ["lost", "agree", "decline"] } }),
                &["answer"],
            ),
        ),
        ("EmailState", object(email, &["email", "confirmed"])),
        ("LinkPassword", strict(json!({ "link": link, "new": new_password() }), &["link", "new"])),
        ("LinkUsed", object(json!({ "login": { "type": "string" } }), &["login"])),
        ("SignInWays", object(json!({ "resets": { "type": "boolean" } }), &["resets"])),
        ("ForgottenPassword", strict(json!({ "login": { "type": "string" } }), &["login"])),
    ]
}

fn email_pending() -> Value {
    let old = json!({
        "type": "string", "enum": ["unasked", "awaited", "confirmed", "second", "settled"],
        "description": "What it waits for from the present address: nothing, as mail never reached the user there; its link; nothing, as it was confirmed from there; a second person who manages users, as it is out of reach; nothing, as one agreed or there is none.",
    });
    json!({
        "type": "object", "required": ["email", "ends_at", "reached", "old"],
        "properties": {
            "email": { "type": "string" }, "ends_at": moment("It comes to nothing from then on."),
            "reached": { "type": "boolean", "description": "Whether it was confirmed there." }, "old": old,
            "asked_by": schema("Id"), "lost_by": schema("Id"),
        },
    })
}

fn users() -> Vec<Named> {
    let ids = json!({ "type": "array", "maxItems": 32, "uniqueItems": true, "items": schema("Id") });
    let lang = json!({ "type": "string", "enum": ["pl", "en"] });
    let name = json!({ "type": "string", "minLength": 1, "maxLength": limits::TEXT_CHARS, "examples": ["Anna Kowalska"] });
    let email = json!({ "type": "string", "format": "idn-email", "maxLength": 254 });
    let login = json!({
        "type": "string", "pattern": r"^\s*[A-Za-z0-9._@+-]{3,100}\s*$", "examples": ["anna.kowalska"],
        "description": "Without regard to case.",
    });
    let mut change = json!({
        "name": name, "email": email, "lang": lang, "team": schema("Id"), "roles": ids,
        "active": { "type": "boolean", "description": "Suspended users may do nothing." },
    });
    let mut view = change.clone();
    change["ends_at"] = json!({
        "type": ["string", "null"], "format": "date-time",
        "description": "From then on the user may do nothing; `null` takes that back.",
    });
    view["ends_at"] = moment("From then on the user may do nothing, if that is set.");
    view["id"] = schema("Id");
    view["login"] = json!({ "type": "string" });
    view["partner"] = schema("Id");
    view["version"] = schema("Version");
    vec![
        (
            "UserCreate",
            json!({
                "type": "object",
                "properties": {
                    "login": login, "name": name, "email": email, "roles": ids,
                    "team": schema("Id"),
                    "partner": schema("Id"),
                    "lang": { "type": "string", "enum": ["pl", "en"], "default": "pl" },
                    "invite": schema("Invite"),
                },
                "required": ["login", "name", "email"],
                "additionalProperties": false,
            }),
        ),
        ("UserUpdate", json!({ "type": "object", "properties": change, "additionalProperties": false })),
        (
            "User",
            json!({
                "type": "object",
                "properties": view,
                "required": ["id", "login", "name", "email", "lang", "team", "roles", "active", "version"],
            }),
        ),
        ("UserList", list("UserView")),
        ("Colleague", colleague()),
        ("ColleagueList", list("Colleague")),
        ("Me", me()),
    ]
}
