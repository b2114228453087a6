//! Routes of sharing.

use crate::openapi::route::{Answer, Body, Only, Route};

const SHARING: &str = "Sharing";

pub(super) const ROUTES: &[Route] = &[
    Route::get("/{entities}/{id}/grants", "list{Entity}Grants")
        .only(Only::All)
        .says(SHARING, "List to whom {a} was granted", "Those whose time has not come too, and the newest 200 of those whose time is over: they are kept for 30 days. Not those that somebody ended. Needs the right to share it, or to read users.")
        .params(&["Id"])
        .answers(Answer::Json("GrantList")),
    Route::post("/{entities}/{id}/grants", "grant{Entity}").fresh()
        .only(Only::All)
        .says(SHARING, "Grant a role on {a}", "To a user, or to whatever person is in a team at that moment, from a time until another, two years from now at the latest. It holds at the next request and ends by itself; whoever has it sees no more than the role and the chosen fields show. On what hangs on it others' records are only read. Needs the right to share it by a role; nobody gives more than roles give them there, nor a role that comes with conditions (a factor, networks, hours). A role that is widened later does not widen the grant; one that is narrowed does narrow it. Whom it is for is told. 409 if there are 200 grants on it, 5,000 for one user or team or by one giver, or 1,000 by that giver for these; those that ended do not count. Not for a token.")
        .params(&["Id"])
        .body(Body::Json("GrantCreate"))
        .answers(Answer::Made("Grant"))
        .errors(&[409]),
    Route::get("/{entities}/{id}/grantable-roles", "list{Entity}GrantableRoles")
        .only(Only::All)
        .says(SHARING, "List the roles that the caller may grant on {a}", "Those that give no more than the caller's roles give there, and come without conditions. Needs the right to share it.")
        .params(&["Id", "WithRelated", "ChosenFields"])
        .answers(Answer::Json("GrantableRoles")),
    Route::get("/grants", "listOwnGrants")
        .says(SHARING, "List what was granted to the caller, or by the caller", "The newest first. What was granted to the caller's team counts as the caller's. Those whose time is over are there for 30 days more. A record is named only where the caller sees it now. Not for a token.")
        .params(&["GrantDirection", "Limit", "GrantCursor"])
        .answers(Answer::Json("GrantPage")),
    Route::delete("/grants/{id}", "endGrant")
        .says(SHARING, "End a grant", "At once. For whoever gave it or has it, may share the record, or manages users, and where it is over what somebody owns also for that one; to all others it is not there. Whoever has or gave it is told, unless that one ends it. Not for a token.")
        .params(&["Id"]),
    Route::post("/grants/{id}/renewal", "renewGrant").fresh()
        .says(SHARING, "Renew a grant", "For another while, two years from now at the latest, in the caller's name. All is decided as if it were given now: role, fields, limits, and that nobody gives more than roles give. Also within 30 days after its end, and then from now on. Whom it is for is told. 404 for whoever may not share the record. Not for a token.")
        .params(&["Id", "IfMatch"])
        .body(Body::Json("GrantRenewal"))
        .answers(Answer::Json("Grant"))
        .headers(&["ETag"])
        .errors(&[409]),
];
