//! Which routes act on many records, and under which rule of approval they come. A route that is not listed fails: whoever
//! adds one says here what it reaches, and passes what acts on many through the one gate (`records::Engine`).

use identity::ActKind;
use std::collections::BTreeMap;

/// Those that a second person may have to approve.
const MANY: &[(&str, ActKind)] = &[
    ("GET {entities}/export", ActKind::Export),
    ("PATCH service-accounts/{id}", ActKind::RoleChange),
    ("PATCH users/{id}", ActKind::RoleChange),
    ("POST access-requests/{id}/approve", ActKind::BulkShare),
    // All that one user owns.
    ("POST covers", ActKind::BulkShare),
    // One by one, so that slices count.
    ("POST grants/{id}/renewal", ActKind::BulkShare),
    // In part: changing more records that exist than the rule allows is refused, and bringing in is not held.
    ("POST imports/{entities}", ActKind::BulkEdit),
    // In a review that somebody else began the reviewer is the second person.
    ("POST access-reviews/{id}/withdraw", ActKind::RoleChange),
    ("POST roles", ActKind::RoleChange),
    ("POST roles/import", ActKind::RoleChange),
    ("POST roles/{id}/rollback", ActKind::RoleChange),
    ("POST service-accounts", ActKind::RoleChange),
    ("POST users", ActKind::RoleChange),
    ("POST users/{id}/hand-over", ActKind::BulkEdit),
    // Moving to the bin and sharing are kinds of their own.
    ("POST {entities}/bulk", ActKind::BulkEdit),
    ("POST {entities}/export", ActKind::Export),
    ("POST {entities}/{id}/erase", ActKind::Erase),
    ("POST {entities}/{id}/grants", ActKind::BulkShare),
    ("PUT approvals/rules", ActKind::RoleChange),
    ("PUT roles/{id}", ActKind::RoleChange),
    // Where it comes to hang elsewhere.
    ("PUT teams/{id}", ActKind::RoleChange),
];

/// Those that reach many, and why nobody has to approve.
const EXEMPT: &[(&str, &str)] = &[
    ("DELETE roles/{id}", "nobody holds it, and no grants rest on it"),
    ("GET access-reviews/{id}/export", "no value of a record leaves, only who held what and who decided"),
    ("GET disclosures/export", "no value of a record leaves, only what was disclosed when"),
    ("GET roles/export", "roles are no records"),
    (
        "POST access-reviews",
        "asks reviewers, who are second persons where changes of roles need one, and have a week then",
    ),
    ("POST access-reviews/{id}/cancel", "ends nothing"),
    ("POST access-reviews/{id}/confirm", "changes no right"),
    ("POST access-reviews/{id}/replace", "changes no right, only who decides on it"),
    ("POST approvals", "asks only"),
    ("POST approvals/preview", "looks only"),
    ("POST approvals/{id}/approve", "is the second person"),
    ("POST search", "reads a few of each kind, as GET does"),
    ("POST {entities}/query", "reads a page, as the list does"),
    ("POST {entities}/totals", "reads counts and sums, as GET does"),
    ("POST imports/{id}/undo", "takes back what the same user brought in"),
    ("POST jobs/{id}/undo", "takes back what the same user did"),
];

/// Those that write one thing, or only what is the caller's own.
const ONE: &[&str] = &[
    "DELETE grants/{id}",
    "DELETE jobs/dead/{id}",
    "DELETE me/email",
    "DELETE me/factors/{id}",
    "DELETE service-accounts/{id}/tokens/{token}",
    "DELETE sessions",
    "DELETE sessions/all",
    "DELETE sessions/current",
    "DELETE sessions/{id}",
    "DELETE users/{id}/accounts/{account}",
    "DELETE users/{id}/factors/reset",
    "DELETE users/{id}/invitation",
    "DELETE users/{id}/password",
    "DELETE users/{id}/sessions",
    "DELETE users/{id}/sessions/{session}",
    "DELETE views/{id}",
    "DELETE views/{id}/default",
    "DELETE {entities}/{id}",
    "PATCH me/factors/{id}",
    "PATCH partners/{id}",
    "PATCH views/{id}",
    "PATCH {entities}/{id}",
    "POST access-requests/{id}/decline",
    "POST approvals/{id}/decline",
    "POST approvals/{id}/withdraw",
    "POST entities/{entity}/fields",
    "POST imports/{entities}/preview",
    "POST index/rebuild",
    "POST jobs/dead/{id}/retry",
    "POST jobs/{id}/cancel",
    "POST keys/rotate",
    "POST leads/{id}/convert",
    "POST ledger/verify",
    "POST links/email",
    "POST links/look",
    "POST links/password",
    "POST links/refuse-email",
    "POST me/email/lost",
    "POST me/factors",
    "POST me/factors/passkey",
    "POST me/factors/recovery",
    "POST me/factors/totp",
    "POST me/step-up",
    "POST me/step-up/finish",
    "POST notices/read",
    "POST notices/{id}/read",
    "POST partners",
    "POST password-resets",
    "POST registrations",
    "POST reports/csp",
    "POST roles/{id}/preview",
    "POST service-accounts/{id}/owner",
    "POST service-accounts/{id}/tokens",
    "POST sessions",
    "POST sessions/factor",
    "POST sessions/passkey",
    "POST sign-on",
    "POST sign-on/back-channel/{provider}",
    "POST sign-on/finish",
    "POST teams",
    "POST teams/{id}/preview",
    "POST tokens",
    "POST users/{id}/accounts",
    "POST users/{id}/email-change",
    "POST users/{id}/factors/reset",
    "POST users/{id}/factors/reset/confirm",
    "POST users/{id}/hand-over/ask",
    "POST users/{id}/invitation",
    "POST users/{id}/preview",
    "POST views",
    "POST {entities}",
    "POST {entities}/duplicates",
    "POST {entities}/{id}/access-requests",
    "POST {entities}/{id}/restore",
    "POST {entities}/{id}/reveal",
    "PUT factors/requirement",
    "PUT me/email",
    "PUT me/password",
    "PUT me/preferences",
    "PUT role-conflicts",
    "PUT sessions/rules",
    "PUT views/{id}/default",
];

#[test]
fn every_route_that_writes_or_takes_out_says_what_it_reaches() {
    let mut listed: BTreeMap<String, u32> = BTreeMap::new();
    let all = MANY.iter().map(|(route, _)| *route).chain(EXEMPT.iter().map(|(route, _)| *route));
    for route in all.chain(ONE.iter().copied()) {
        *listed.entry(route.to_owned()).or_default() += 1;
    }
    for route in include_str!("../routes.txt").lines() {
        let (method, path) = route.split_once(' ').unwrap();
        let Some(path) = path.strip_prefix("/api/v1/") else { continue };
        if method == "GET" && !path.ends_with("export") {
            continue;
        }
        let times = listed.remove(&format!("{method} {path}"));
        assert_eq!(times, Some(1), "{route}: say in this file what it reaches, and pass it through the gate");
    }
    assert!(listed.is_empty(), "no such route: {listed:?}");
    for kind in ActKind::ALL.into_iter().filter(|kind| *kind != ActKind::BulkDelete) {
        assert!(MANY.iter().any(|(_, of)| *of == kind), "{kind:?} has no route");
    }
}
