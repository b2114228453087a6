//! Routes of sharing.

use crate::openapi::route::{Answer, Body, Only, Route};

const SHARING: &str = "Sharing";

pub(super) const ROUTES: &[Route] = &[
    Route::get("/{entities}/{id}/grants", "list{Entity}Grants")
        .only(Only::All)
        .says(SHARING, "List to whom {a} was granted", "Those whose time is over or has not come too, but not those that somebody ended. Needs the right to share it, or to read users.")
        .params(&["Id"])
        .answers(Answer::Json("GrantList")),
    Route::post("/{entities}/{id}/grants", "grant{Entity}").fresh()
        .only(Only::All)
        .says(SHARING, "Grant a role on {a}", "To a user, or to whatever person is in a team or of a partner organisation at that moment, from a time until another, two years from now at the latest. It holds at the next request and ends by itself; whoever has it sees no more than the role and the chosen fields show. On what hangs on it others' records are only read. Needs the right to share it by a role; nobody gives more than roles give them there, nor a role that comes with conditions (a factor, networks, hours). To partners only roles that read and export are given, with an end within a year and within an agreement. 409 if there are 200 grants on it, or 5,000 for one user or team. Not for a token.")
        .params(&["Id"])
        .body(Body::Json("GrantCreate"))
        .answers(Answer::Made("Grant"))
        .errors(&[409]),
    Route::delete("/grants/{id}", "endGrant")
        .says(SHARING, "End a grant", "At once. For whoever gave it or has it, may share the record, or manages users; to all others it is not there. Not for a token.")
        .params(&["Id"]),
];
