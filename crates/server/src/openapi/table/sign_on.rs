//! Routes of single sign-on.

use crate::openapi::route::{Answer, Body, Route};

const SIGN_ON: &str = "Single sign-on";

pub(super) const ROUTES: &[Route] = &[
    Route::get("/sign-on", "listProviders")
        .open()
        .says(SIGN_ON, "Through whom one can sign in", "For the page where nobody is signed in yet. `only` says that passwords do not count, but for the emergency account.")
        .answers(Answer::Json("Providers")),
    Route::post("/sign-on", "beginSignOn")
        .open()
        .says(
            SIGN_ON,
            "Begin to sign in through a provider",
            "Gives the address to which the browser is to go; what is needed when it comes back is kept for five minutes, for the browser with the cookie `__Host-klucznik-sign-on`. It comes back to the page `/sign-on/` with the name of the provider. `back` is where in the interface to go then; an address elsewhere is not. `invitation` is the secret of an invitation, which the account is linked by. With `anew` the provider asks the user whoever is signed in there. With `confirm` it does so too, and nobody is signed in by it: whoever is in a session here proves to be there, and that goes on; 401 without one. 503 if the provider does not answer.",
        )
        .body(Body::Json("SignOnBegin"))
        .answers(Answer::Made("SignOnBegun"))
        .headers(&["SetCookie"])
        .errors(&[401]),
    Route::post("/sign-on/finish", "finishSignOn")
        .open()
        .says(
            SIGN_ON,
            "Finish signing in through a provider",
            "With what the provider put into the address of the page, and `provider`, whose page it is: the one that was begun at, or it is refused. Good once, whatever comes of it. The account with the issuer and subject of the provider's token is the user's to whom an administrator or an invitation linked it, or a new user's where the settings allow that; an e-mail address links nothing. Then as with a password: 201, or 202 if the user has a second factor and the provider's does not count. Where it was begun with `confirm`, the session goes on under another secret, for a user who has neither a factor nor a password to show; 401 if another account was signed in there, which changes nothing here.",
        )
        .body(Body::Json("SignOnFinish"))
        .answers(Answer::MadeOr("SignedIn", "FactorAwaited"))
        .headers(&["SetCookie"])
        .errors(&[401, 409]),
    Route::get("/sign-on/settings", "readSignOnSettings")
        .says(SIGN_ON, "How single sign-on is set up", "As the operator wrote it into the settings of the server; no secret is in it. Needs the right to read users.")
        .answers(Answer::Json("SignOnSettings")),
    Route::post("/sign-on/back-channel/{provider}", "endByProvider")
        .open()
        .says(SIGN_ON, "End sessions that a provider names", "For the provider (OpenID Connect Back-Channel Logout 1.0): a form with `logout_token`. 400 if that is not right, 503 with `Retry-After` if it cannot be checked now.")
        .params(&["Provider"])
        .answers(Answer::Any),
    Route::get("/sign-on/front-channel/{provider}", "endByFrame")
        .open()
        .says(SIGN_ON, "End sessions where somebody signed out at a provider", "For a frame of the provider's page (OpenID Connect Front-Channel Logout 1.0), with `iss` and `sid`.")
        .params(&["Provider"]),
    Route::get("/me/accounts", "listOwnAccounts").partners()
        .says(SIGN_ON, "List own accounts at providers", "Those by which the caller can sign in. Not for a token.")
        .answers(Answer::Json("AccountList")),
    Route::get("/users/{id}/accounts", "listUserAccounts")
        .says(SIGN_ON, "List a user's accounts at providers", "Needs the right to read users.")
        .params(&["Id"])
        .answers(Answer::Json("AccountList")),
    Route::post("/users/{id}/accounts", "linkAccount")
        .fresh()
        .says(SIGN_ON, "Link an account at a provider to a user", "Whoever signs in there as this subject is the user here. 409 if it is somebody's already. Not for a token.")
        .params(&["Id"])
        .body(Body::Json("AccountLink"))
        .answers(Answer::Made("Account"))
        .errors(&[409]),
    Route::delete("/users/{id}/accounts/{account}", "unlinkAccount")
        .fresh()
        .says(SIGN_ON, "Take an account at a provider from a user", "Roles that only groups there gave go with it, and all sessions and tokens of the user end. Not for a token.")
        .params(&["Id", "AccountId"])
        .errors(&[409]),
];
