//! Routes of approvals.

use crate::openapi::route::{Answer, Body, Route};

const APPROVALS: &str = "Approvals";

pub(super) const ROUTES: &[Route] = &[
    Route::get("/approvals", "listApprovals")
        .says(APPROVALS, "List requests for a second person's approval", "One's own, kept for 30 days after they ended; or the open ones that one can decide on. A token sees those that were asked through it, and decides on none.")
        .params(&["AccessDirection"])
        .answers(Answer::Json("ApprovalList")),
    Route::post("/approvals", "askApproval").fresh()
        .says(APPROVALS, "Ask a second person to approve an act on many records", "For what is refused with 403 `approval-required`. The request is bound to what it is now: these records in these versions, fields, values and format. It waits for the days that the rules say and ends by itself; when whoever asked may not act any more, it ends too. Some of those who may approve are told: whoever leads the team of whoever asks and has the right to do the same, or manages users; for roles and for these rules whoever manages roles. Never whoever asks, nor who answers for the program that does, nor anybody who has not been that for a week, with the same roles and a password that nobody else gave. 409 if it needs nobody's approval, nobody could give it, or 10 requests wait; 429 after a few a minute.")
        .body(Body::Json("ApprovalAsk"))
        .answers(Answer::Made("Approval"))
        .headers(&["Location"])
        .errors(&[409, 429]),
    Route::post("/approvals/preview", "previewAct")
        .says(APPROVALS, "Say what an act on many records would do", "How many records, whose, about how many people and companies, the first names as far as the caller sees them, what leaves or changes, and whether a second person has to approve. Opens no record and changes nothing. Refused as the act itself would be.")
        .body(Body::Json("ActPreviewInput"))
        .answers(Answer::Json("ActPreview")),
    Route::get("/approvals/rules", "readApprovalRules")
        .says(APPROVALS, "What a second person has to approve", "Needs the right to read roles.")
        .answers(Answer::Json("ApprovalRulesRead"))
        .headers(&["ETag"]),
    Route::put("/approvals/rules", "putApprovalRules").fresh()
        .says(APPROVALS, "Decide what a second person has to approve", "By kind of act: never (null), always (1), or from so many records on; of roles, so many people. Holds from the next request on. Where changes of roles need approval, rules that ask less of any kind need it too: 403 `approval-required`. 409 if changes of roles were to be approved and nobody but the caller could do that. Needs the right to manage roles. Not for a token.")
        .params(&["IfMatch"])
        .body(Body::Json("ApprovalRules"))
        .answers(Answer::Json("ApprovalRulesRead"))
        .headers(&["ETag"])
        .errors(&[409]),
    Route::get("/approvals/{id}", "readApproval")
        .says(APPROVALS, "Look at a request for approval", "With what it would do as far as the caller may see that. For whoever asked, and for those who can decide or did. Not for a token.")
        .params(&["Id"])
        .answers(Answer::Json("ApprovalDetail")),
    Route::post("/approvals/{id}/approve", "approve").fresh()
        .says(APPROVALS, "Approve", "What was asked for is done in the name of whoever asked, with that one's rights at this moment, and exactly that: records that were changed since are left out and counted. Changes and exports become a job of whoever asked. If it cannot be done any more, 409 says why, and the request is over. Whoever asked is told. Not found for whoever cannot decide on it, and once somebody did. Not for a token.")
        .params(&["Id"])
        .errors(&[409]),
    Route::post("/approvals/{id}/decline", "decline")
        .says(APPROVALS, "Decline", "Whoever asked is told who declined and why. Not found for whoever cannot decide on it, and once somebody did. Not for a token.")
        .params(&["Id"])
        .body(Body::Json("ApprovalDecline")),
    Route::post("/approvals/{id}/withdraw", "withdrawApproval")
        .says(APPROVALS, "Take back a request of one's own", "Those who were told of it are told. Not found for anybody else's, and once it was decided.")
        .params(&["Id"]),
];
