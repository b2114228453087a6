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
        .says(SHARING, "Grant a role on {a}", "To a user, or to whatever person is in a team or of a partner organisation at that moment, from a time until another, two years from now at the latest. It holds at the next request and ends by itself; whoever has it sees no more than the role and the chosen fields show. On what hangs on it others' records are only read. Needs the right to share it by a role; nobody gives more than roles give them there, nor a role that comes with conditions (a factor, networks, hours). To partners only roles that read and export are given, with an end within a year and within an agreement. A role that is widened later does not widen the grant; one that is narrowed does narrow it. Whom it is for is told. 409 if there are 200 grants on it, 5,000 for one user or team or by one giver, or 1,000 by that giver for these; those that ended within 30 days count towards 400 by one giver on it and 10,000 by one giver. Where the rules of approval say so it needs a second person (403 `approval-required`): it counts with what the caller shared within a day, and is asked for as an act on many with one id. Not for a token.")
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
        .says(SHARING, "List what was granted to the caller, or by the caller", "The newest first. What was granted to the caller's team or partner organisation counts as the caller's. Those whose time is over are there for 30 days more. A record is named only where the caller sees it now; somebody of a partner is told only of what was received, and not by whom. Not for a token.").partners()
        .params(&["GrantDirection", "Limit", "GrantCursor"])
        .answers(Answer::Json("GrantPage")),
    Route::post("/{entities}/{id}/access-requests", "ask{Entity}Access")
        .only(Only::All)
        .says(SHARING, "Ask for access to {a}", "The answer is the same whatever stands under the id: a record that is not seen, one that is, one that was erased, or none. If there is one, its owner, or who leads the team, is told and can grant it for 14 days. Whether it was declined is never said: after 14 days it is not granted. Asking again while it is open changes nothing. 409 with 20 open requests, 429 after a few a minute. Not for a token.")
        .params(&["Id"])
        .body(Body::Json("AccessAsk"))
        .answers(Answer::Accepted("AccessRequest"))
        .errors(&[409, 429]),
    Route::get("/access-requests", "listAccessRequests")
        .says(SHARING, "List requests for access", "One's own of the last 44 days, or the open ones that one can decide on: whoever may share the record. Only the latter say who asks and why. Not for a token.")
        .params(&["AccessDirection"])
        .answers(Answer::Json("AccessRequestList")),
    Route::post("/access-requests/{id}/approve", "approveAccessRequest").fresh()
        .says(SHARING, "Grant what was asked for", "With every check of a grant, for whoever asked and with the reason given. Whoever asked is told. Not found for whoever cannot decide on it, and once somebody did. It counts under the rule of approval of sharing: 403 `approval-required`. Not for a token.")
        .params(&["Id"])
        .body(Body::Json("AccessApproval"))
        .answers(Answer::Made("Grant"))
        .errors(&[409]),
    Route::post("/access-requests/{id}/decline", "declineAccessRequest")
        .says(SHARING, "Decline a request for access", "Nobody else can decide on it any more. Whoever asked is not told: it ends after 14 days like a request for what does not exist. Not for a token.")
        .params(&["Id"]),
    Route::get("/covers", "listCovers")
        .says(SHARING, "List covers for absences", "Those of one's own records, those by which one covers and those that one set up; or all over the records of one user, to whoever may set them up or reads users. Those that ended are listed for 30 days. Not for a token.")
        .params(&["CoverOf"])
        .answers(Answer::Json("CoverList")),
    Route::post("/covers", "createCover").fresh()
        .says(SHARING, "Set up cover for somebody who is away", "A role over all that this user owns, and on what hangs on it, for a colleague, for 92 days at most. For the user, for whoever leads the team or manages users, by the right to share all of these records; nobody gives more than roles give there. It is ended as a grant. Under the rule of approval of sharing it counts with all that this user owns (403 `approval-required`), unless whoever is away sets it up for somebody of the own team. 409 if the colleague covers at that time already, or there are ten. Not for a token.")
        .body(Body::Json("CoverCreate"))
        .answers(Answer::Made("Cover"))
        .errors(&[409]),
    Route::delete("/grants/{id}", "endGrant")
        .says(SHARING, "End a grant", "At once. For whoever gave it or has it, may share the record, or manages users, and where it is over what somebody owns also for that one; to all others it is not there. These are told, unless they end it themselves. Whoever ends what is not the own confirms to be there, as with `x-step-up`; giving back needs no proof. Not for a token.")
        .params(&["Id"]),
    Route::post("/grants/{id}/renewal", "renewGrant").fresh()
        .says(SHARING, "Renew a grant", "For another while, two years from now at the latest, in the caller's name. All is decided as if it were given now: role, fields, limits, and that nobody gives more than roles give. Also within 30 days after its end, and then from now on. Whom it is for is told. 404 for whoever may not share the record. It counts under the rule of approval of sharing: 403 `approval-required`. Not for a token.")
        .params(&["Id", "IfMatch"])
        .body(Body::Json("GrantRenewal"))
        .answers(Answer::Json("Grant"))
        .headers(&["ETag"])
        .errors(&[409]),
];
