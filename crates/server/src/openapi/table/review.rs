//! Routes of findings about rights, and of roles that do not go together.

use crate::openapi::route::{Answer, Body, Route};

const REVIEW: &str = "Review";

pub(super) const ROUTES: &[Route] = &[
    Route::get("/findings", "listFindings")
        .says(REVIEW, "List what is found of rights", "Of one kind: roles held for 90 days of which nothing was used as long; grants in force for 90 days that nobody used as long; grants of which whoever has them may do everything by roles; grants and covers whose giver is gone; users who hold two roles that do not go together; owners of records who are gone or of no team. What was used is found in the ledger once a day, so the last day counts as unknown and what cannot be told apart counts as used. Each page looks at a part: one without items may have a next. A record is named only where the caller sees it. Needs the right to read users.")
        .params(&["FindingKind", "Limit", "FindingCursor"])
        .answers(Answer::Json("FindingPage")),
    Route::get("/role-conflicts", "readRoleConflicts")
        .says(REVIEW, "Which roles one person is not to hold together", "Until something is decided: administrator beside auditor, and beside data-protection officer, told of and not refused. Needs the right to read roles.")
        .answers(Answer::Json("RoleConflictsRead"))
        .headers(&["ETag"]),
    Route::put("/role-conflicts", "putRoleConflicts").fresh()
        .says(REVIEW, "Decide which roles one person is not to hold together", "All pairs at once. Of a pair that is refused nobody is given both from then on, by whatever way (422 `conflicting-roles`; groups at a provider of single sign-on leave the newer one out); whoever holds both keeps them, and is found. Needs the right to manage roles. Not for a token.")
        .params(&["IfMatch"])
        .body(Body::Json("RoleConflicts"))
        .answers(Answer::Json("RoleConflictsRead"))
        .headers(&["ETag"]),
];
