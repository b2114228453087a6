//! Routes of campaigns in which rights are looked through.

use crate::openapi::route::{Answer, Body, Route};

const REVIEWS: &str = "Access reviews";

pub(super) const ROUTES: &[Route] = &[
    Route::get("/access-reviews", "listAccessReviews")
        .says(REVIEWS, "List access reviews", "The newest first, 200 at most: those in which one is a reviewer, or with `view=all` every one, for whoever reads users or the ledger. One's own not for a token.")
        .params(&["ReviewView"])
        .answers(Answer::Json("AccessReviewList")),
    Route::post("/access-reviews", "createAccessReview").fresh()
        .says(REVIEWS, "Begin an access review", "Over a team with the teams below it, or over a role: what is held and granted at this moment, by whoever is not suspended, 5,000 rights at most. Of a team: roles of its people and programs, and grants for them and for the teams. Of a role: who holds it, and grants by it. Each right goes to one reviewer: the one that is named; or whoever leads the team of whoever has it, who is somebody of that team that may share the records of all of it and below, or of a team above. Nobody reviews their own rights, those of a program that one answers for or grants for one's own team; nor does anybody of the same team those of somebody who leads it. What nobody is left for goes to `second`; otherwise 409 names whose it is. Where changes of roles need a second person, nobody reviews in a campaign of the own making, a reviewer has had a role and a way in that nobody else gave for a week, and the campaign lasts for 7 days at least. 409 also if 20 are open. Needs the right to manage users. Not for a token.")
        .body(Body::Json("AccessReviewInput"))
        .answers(Answer::Made("AccessReview"))
        .headers(&["Location"])
        .errors(&[409]),
    Route::get("/access-reviews/{id}", "readAccessReview")
        .says(REVIEWS, "Look at an access review", "For its reviewers (not by a token), and for whoever reads users or the ledger. Whoever is only a reviewer sees the counts of own rights.")
        .params(&["Id"])
        .answers(Answer::Json("AccessReview")),
    Route::post("/access-reviews/{id}/cancel", "cancelAccessReview")
        .says(REVIEWS, "Cancel an access review", "Nothing more ends by it; what was withdrawn stays withdrawn. For whoever manages users. Not for a token. 409 once it is over.")
        .params(&["Id"])
        .answers(Answer::Json("AccessReview"))
        .errors(&[409]),
    Route::post("/access-reviews/{id}/confirm", "confirmAccess")
        .says(REVIEWS, "Confirm rights", "Those stay. Until the date a right that was confirmed can be withdrawn. All of them or none: not found if one is not the caller's to decide on; 409 once the review is over, or one was withdrawn, ended, given again or renewed meanwhile. Not for a token.")
        .params(&["Id"])
        .body(Body::Json("AccessDecision"))
        .answers(Answer::Json("AccessReview"))
        .errors(&[409]),
    Route::get("/access-reviews/{id}/export", "exportAccessReview").fresh()
        .says(REVIEWS, "Take out what became of rights", "As CSV, all of it. Rights as for the report.")
        .params(&["Id"])
        .answers(Answer::Csv),
    Route::get("/access-reviews/{id}/items", "listAccessReviewItems")
        .says(REVIEWS, "List rights to decide on", "The caller's own in this review, in order of their numbers, with since when each is held and when it was last used. A record is called by its title only where the caller sees it. Not found for whoever is no reviewer of it. Not for a token.")
        .params(&["Id", "RightState", "Limit", "ReviewCursor"])
        .answers(Answer::Json("AccessReviewItems")),
    Route::post("/access-reviews/{id}/replace", "replaceReviewer").fresh()
        .says(REVIEWS, "Put another reviewer in the place of one", "`reviewer` decides from now on what was for `from` to decide; what was decided stays. Both are told, and whoever began the review. Nobody takes over rights of their own, as at the beginning. Where changes of roles need a second person, the new one is neither whoever began the review nor the caller, has had a role and a way in that nobody else gave for a week before it began, and has a week left. Needs the right to manage users. Not for a token. 409 once the review is over, and if nothing is left to decide.")
        .params(&["Id"])
        .body(Body::Json("ReviewerChange"))
        .answers(Answer::Json("AccessReview"))
        .errors(&[409]),
    Route::get("/access-reviews/{id}/report", "readAccessReviewReport")
        .says(REVIEWS, "Report what became of rights", "Who decided on each, when, how and why; what ended by itself, and what was kept and why; with the numbers of the events in the ledger that prove it. Needs the right to read users or the ledger.")
        .params(&["Id", "RightState", "Limit", "ReviewCursor"])
        .answers(Answer::Json("AccessReviewReport")),
    Route::post("/access-reviews/{id}/withdraw", "withdrawAccess").fresh()
        .says(REVIEWS, "Withdraw rights", "They end at once: roles are taken, grants ended. The review gives its reviewers leave for exactly that. All of them or none: not found if one is not the caller's to decide on; 409 as for confirming, and if nobody would be left who manages users or roles and can sign in. Where changes of roles need a second person, the reviewer is it; 403 `approval-required` if the reviewer is whoever began the review, or was given another way in since. Not for a token.")
        .params(&["Id"])
        .body(Body::Json("AccessDecision"))
        .answers(Answer::Json("AccessReview"))
        .errors(&[409]),
];
