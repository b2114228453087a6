//! Parameters and headers that several operations share.

use super::names::schema;
use crate::routes::stream::WATCHED;
use kernel::limits;
use schema::Catalog;
use serde_json::{Map, Value, json};

pub(super) fn query(name: &str, description: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "query", "required": false, "description": description, "schema": schema })
}

/// A parameter that must be there.
fn required(mut parameter: Value) -> Value {
    parameter["required"] = json!(true);
    parameter
}

/// A parameter that may stand several times.
pub(super) fn several(name: &str, description: &str, schema: Value) -> Value {
    let mut one = query(name, description, schema);
    (one["style"], one["explode"]) = (json!("form"), json!(true));
    one
}

fn header(name: &str, required: bool, description: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "header", "required": required, "description": description, "schema": schema })
}

fn path(name: &str, description: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "path", "required": true, "description": description, "schema": schema })
}

fn if_match(required: bool, description: &str) -> Value {
    let tag = json!({ "type": "string", "pattern": "^\\s*\"[0-9]+\"\\s*$", "examples": ["\"3\""] });
    header("If-Match", required, description, tag)
}

/// All parameters that do not depend on one entity.
pub fn all(catalog: &Catalog) -> Map<String, Value> {
    let entities: Vec<&str> = catalog.entities().iter().map(|e| e.name.as_str()).collect();
    let named = of_many_routes(&entities);
    let more = [
        of_explaining(&entities),
        of_lists(),
        of_totals(),
        of_imports(),
        of_ledger(&entities),
        of_sharing(),
        of_asking(),
    ];
    let all = named.into_iter().chain(more.into_iter().flatten());
    all.map(|(name, value)| (name.to_owned(), value)).collect()
}

fn of_explaining(entities: &[&str]) -> Vec<(&'static str, Value)> {
    let must = required;
    let named = json!({ "type": "string", "enum": entities });
    let time = json!({ "type": "string", "format": "date-time" });
    vec![
        ("OfPerson", query("user", "Who; the caller, if nobody is named.", schema("Id"))),
        ("Explained", must(query("entity", "Name of the record's entity, singular.", named))),
        ("OfRecord", must(query("record", "The record.", schema("Id")))),
        ("ToDo", query("action", "What is done to it; reading, if nothing is said.", schema("Action"))),
        ("OfField", query("field", "A field of it.", json!({ "type": "string" }))),
        ("At", query("at", "The moment; now, if nothing is said.", time)),
    ]
}

fn flag(name: &str, description: &str) -> Value {
    query(name, description, json!({ "type": "boolean", "default": false }))
}

/// What more than one route has.
fn of_many_routes(entities: &[&str]) -> Vec<(&'static str, Value)> {
    vec![
        ("Id", path("id", "The id.", schema("Id"))),
        ("Provider", path("provider", "Name of the provider.", json!({ "type": "string" }))),
        ("AccountId", path("account", "The id of an account at a provider.", schema("Id"))),
        ("OfUser", path("session", "The id of a session or token of that user.", schema("Id"))),
        ("OfAccount", path("token", "The id of a token of that account.", schema("Id"))),
        (
            "EntityName",
            path("entity", "Name of the entity, singular.", json!({ "type": "string", "enum": entities })),
        ),
        (
            "AcceptLanguage",
            header(
                "Accept-Language",
                false,
                "Language of problems and notices: Polish or English; Polish without a wish.",
                json!({ "type": "string", "examples": ["pl", "en"] }),
            ),
        ),
        (
            "IfMatch",
            if_match(
                true,
                "The `ETag` of the version that is to change. Missing: 428. No longer current: 412.",
            ),
        ),
        (
            "KnownVersion",
            if_match(false, "The `ETag` of the version that is to change; without it, whatever there is."),
        ),
        (
            "Watch",
            several(
                "watch",
                "A record on the page, `entity/id`; repeat it for more.",
                json!({ "type": "array", "maxItems": WATCHED, "items": { "type": "string", "examples": ["person/0190a6c2-7b1e-7c3d-8e4f-0123456789ab"] } }),
            ),
        ),
        (
            "ToOwn",
            several(
                "to_own",
                "Only who could be given records of this entity, singular; repeat it for one of several.",
                json!({ "type": "array", "items": { "type": "string", "enum": entities } }),
            ),
        ),
        (
            "OfEntity",
            query("entity", "Only of this entity, singular.", json!({ "type": "string", "enum": entities })),
        ),
        (
            "IdempotencyKey",
            header(
                "Idempotency-Key",
                false,
                "Makes the call safe to repeat: one key, one record.",
                json!({ "type": "string", "minLength": 1, "maxLength": limits::IDEMPOTENCY_KEY, "pattern": "^[\\x20-\\x7e]+$" }),
            ),
        ),
    ]
}

fn of_asking() -> Vec<(&'static str, Value)> {
    let direction = json!({ "type": "string", "enum": ["mine", "to_decide"], "default": "mine" });
    vec![
        (
            "AccessDirection",
            query("direction", "One's own requests, or those that one can decide on.", direction),
        ),
        ("CoverOf", query("of", "Only those over the records of this user.", schema("Id"))),
    ]
}

pub(super) fn of_lists() -> Vec<(&'static str, Value)> {
    let search = query(
        "q",
        "Words that all must occur; the first 8 are looked at.",
        json!({ "type": "string", "maxLength": limits::SEARCH_CHARS }),
    );
    let mut words = search.clone();
    (words["required"], words["schema"]["minLength"]) = (json!(true), json!(1));
    vec![
        ("Search", search),
        ("Words", words),
        (
            "LimitEach",
            query(
                "limit",
                "Records of each entity.",
                json!({ "type": "integer", "minimum": 1, "maximum": 20, "default": 5 }),
            ),
        ),
        (
            "Limit",
            query(
                "limit",
                "Entries of the page.",
                json!({ "type": "integer", "minimum": 1, "maximum": limits::PAGE_MAX, "default": limits::PAGE_DEFAULT }),
            ),
        ),
        (
            "Cursor",
            query(
                "cursor",
                "`next_cursor` of the page before; it fits the same list asked by the same user only.",
                json!({ "type": "string" }),
            ),
        ),
        ("After", query("after", "`next_after` of the page before.", schema("Id"))),
        ("Parent", query("parent", "Only what hangs on this record.", schema("Id"))),
        ("Binned", flag("binned", "Records in the bin instead of those outside it.")),
        ("Count", flag("count", "Count too; counting stops at 10,000.")),
        ("Refs", flag("refs", "Name the records that the rows refer to and hang on.")),
        ("NextActivity", flag("next_activity", "Say for each row which activity comes next.")),
        (
            "Before",
            query(
                "before",
                "`next_before` of the page before.",
                json!({ "type": "integer", "format": "int64", "minimum": 0 }),
            ),
        ),
    ]
}

pub(super) fn of_totals() -> Vec<(&'static str, Value)> {
    let mut group = query(
        "group",
        "Name of the field to group by, `owner` or `team` (by id); after a date, `:month` groups by month (`2026-11`, in UTC).",
        json!({ "type": "string", "examples": ["stage", "owner", "expected_close:month"] }),
    );
    group["required"] = json!(true);
    vec![
        ("Group", group),
        (
            "Sum",
            query(
                "sum",
                "Name of the number or amount to add up; without it, records are only counted.",
                json!({ "type": "string" }),
            ),
        ),
    ]
}

fn of_imports() -> Vec<(&'static str, Value)> {
    let map = json!({ "type": "array", "maxItems": 64, "items": { "type": "string", "examples": ["Nazwisko=last_name"] } });
    vec![
        (
            "FileName",
            query(
                "name",
                "Name of the file. The register of imports keeps its ending alone.",
                json!({ "type": "string", "maxLength": 200 }),
            ),
        ),
        (
            "Map",
            several(
                "map",
                "A column for a field, `heading=field`, or `#3=field` for the third column; repeat it for more. A heading may be about a person, a number never is.",
                map,
            ),
        ),
        ("DryRun", flag("dry_run", "Only say what would happen.")),
        (
            "OnDuplicate",
            query(
                "on_duplicate",
                "What becomes of a row whose unique value a record has already.",
                json!({ "type": "string", "enum": ["skip", "update", "create"], "default": "skip" }),
            ),
        ),
        (
            "Sheet",
            query(
                "sheet",
                "Name of the sheet of a workbook, or `#2` for the second; the first without one.",
                json!({ "type": "string" }),
            ),
        ),
        ("Background", flag("background", "Answer with a job at once.")),
        (
            "Resume",
            query("resume", "An import that was cut short: goes on after its last row.", schema("Id")),
        ),
    ]
}

fn of_ledger(entities: &[&str]) -> Vec<(&'static str, Value)> {
    let acts: Vec<&str> = ledger::Act::ALL.iter().map(|a| a.code()).collect();
    let moment = || json!({ "type": "string", "format": "date-time" });
    vec![
        (
            "Act",
            several(
                "act",
                "The act; repeat it for one of several.",
                json!({ "type": "array", "items": { "type": "string", "enum": acts } }),
            ),
        ),
        (
            "ExceptAct",
            several(
                "except",
                "An act to leave out; repeat it for several.",
                json!({ "type": "array", "items": { "type": "string", "enum": acts } }),
            ),
        ),
        ("ByUser", query("user", "The user who acted.", schema("Id"))),
        (
            "Outcome",
            query(
                "outcome",
                "How it ended.",
                json!({ "type": "string", "enum": ["done", "refused", "failed"] }),
            ),
        ),
        (
            "AboutEntity",
            query(
                "entity",
                "Name of the entity that it is about.",
                json!({ "type": "string", "enum": entities }),
            ),
        ),
        ("AboutRecord", query("record", "The record that it is about, or that it showed.", schema("Id"))),
        ("AboutSubject", query("subject", "Whatever is or was about this person or company.", schema("Id"))),
        ("ToPartner", query("partner", "The partner organisation.", schema("Id"))),
        ("From", query("from", "At this time or later.", moment())),
        ("To", query("to", "Before this time.", moment())),
    ]
}

/// Headers of answers.
pub fn headers() -> Value {
    let text = |description: &str| json!({ "description": description, "schema": { "type": "string" } });
    json!({
        "ETag": text("The version, for `If-Match`."),
        "Location": text("Where the new one is."),
        "Content-Disposition": text("`attachment`, with a name for the file."),
        "Clear-Site-Data": text("Only when the session of this request ends."),
        "SetCookie": text("`__Host-klucznik` or `__Host-klucznik-browser`, with `Secure`, `HttpOnly`, `SameSite=Strict` and `Path=/`."),
        "RetryAfter": { "description": "Seconds to wait.", "schema": { "type": "integer", "minimum": 0 } },
        "WwwAuthenticate": text("`Bearer`."),
    })
}

/// Parameters of sharing.
fn of_sharing() -> Vec<(&'static str, Value)> {
    vec![
        (
            "WithRelated",
            query(
                "with_related",
                "Over what hangs on the record too.",
                json!({ "type": "boolean", "default": false }),
            ),
        ),
        (
            "ChosenFields",
            query(
                "fields",
                "Of the record itself no other fields than these, by commas.",
                json!({ "type": "string" }),
            ),
        ),
        (
            "GrantDirection",
            query(
                "direction",
                "Those that the caller was given, or gave.",
                json!({ "type": "string", "enum": ["received", "given"], "default": "received" }),
            ),
        ),
        ("FindingKind", required(query("kind", "What is looked for.", super::schemas::review::kinds()))),
        (
            "FindingCursor",
            query(
                "cursor",
                "`next_cursor` of the page before.",
                json!({ "type": "string", "maxLength": 120 }),
            ),
        ),
        (
            "ReviewView",
            query(
                "view",
                "`mine`: those in which one is a reviewer. `all`: every one.",
                json!({ "type": "string", "enum": ["mine", "all"], "default": "mine" }),
            ),
        ),
        (
            "RightState",
            query("state", "Only rights that stand so.", super::schemas::access_reviews::states()),
        ),
        (
            "ReviewCursor",
            query(
                "cursor",
                "`next_cursor` of the page before.",
                json!({ "type": "string", "maxLength": 10 }),
            ),
        ),
        ("GrantCursor", query("cursor", "`next_cursor` of the page before.", schema("Id"))),
    ]
}
