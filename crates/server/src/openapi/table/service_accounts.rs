//! Routes of programs that act by themselves.

use crate::openapi::route::{Answer, Body, Route};

const SERVICE: &str = "Service accounts";

pub(super) const ROUTES: &[Route] = &[
    Route::get("/service-accounts", "listServiceAccounts")
        .says(SERVICE, "List service accounts", "All of them, suspended ones too. Needs the right to read users.")
        .answers(Answer::Json("ServiceAccountList")),
    Route::post("/service-accounts", "createServiceAccount").fresh()
        .says(SERVICE, "Make a service account", "A program that acts by itself: without password, factors and sessions, through tokens alone, which its owner makes. It has roles of its own, an end, two years from now at the latest, and an owner, a person who is told. Without an owner who may act it can do nothing. 409 if there are 500. Needs the right to manage users. Not for a token.")
        .body(Body::Json("ServiceAccountCreate"))
        .answers(Answer::Made("ServiceAccount"))
        .headers(&["ETag", "Location"])
        .errors(&[409]),
    Route::get("/service-accounts/{id}", "readServiceAccount")
        .says(SERVICE, "Open a service account", "For its owner, and with the right to read users. Not for a token.")
        .opens("ServiceAccount"),
    Route::patch("/service-accounts/{id}", "updateServiceAccount").fresh()
        .says(SERVICE, "Change a service account", "What is not named stays. Takes effect with its next request; suspending ends its tokens. Needs the right to manage users. Not for a token.")
        .changes("ServiceAccount")
        .body(Body::Patch("ServiceAccountUpdate")),
    Route::post("/service-accounts/{id}/owner", "handOverServiceAccount").fresh()
        .says(SERVICE, "Hand a service account over", "To another person, who is told. All its tokens end: the owner before knows them. For its owner, and with the right to manage users. Not for a token.")
        .params(&["Id"])
        .body(Body::Json("ServiceAccountOwner"))
        .answers(Answer::Json("ServiceAccount"))
        .headers(&["ETag"]),
    Route::get("/service-accounts/{id}/tokens", "listServiceTokens")
        .says(SERVICE, "List tokens of a service account", "Those that have not ended, with their last use. For its owner, and with the right to read sessions. Not for a token.")
        .params(&["Id"])
        .answers(Answer::Json("SessionList")),
    Route::post("/service-accounts/{id}/tokens", "createServiceToken").fresh()
        .says(SERVICE, "Make a token of a service account", "It does at most what its scope names and the account's roles allow, until it ends, after 365 days and with the account at the latest. Its secret is in this answer and never shown again. 409 if there are too many, and if the account can do nothing. For its owner alone. Not for a token.")
        .params(&["Id"])
        .body(Body::Json("TokenCreate"))
        .answers(Answer::Made("TokenMade"))
        .errors(&[409]),
    Route::delete("/service-accounts/{id}/tokens/{token}", "endServiceToken").fresh()
        .says(SERVICE, "Revoke a token of a service account", "It ends at once. For its owner, and with the right to manage sessions. Not for a token.")
        .params(&["Id", "OfAccount"]),
    Route::get("/me/service-accounts", "listOwnServiceAccounts")
        .says(SERVICE, "List service accounts that the caller answers for", "Not for a token.")
        .answers(Answer::Json("ServiceAccountList")),
];
