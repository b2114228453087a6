//! Routes of second factors and of proving anew to be there.

use crate::openapi::route::{Answer, Body, Route};

const FACTORS: &str = "Factors";

pub(super) const ROUTES: &[Route] = &[
    Route::post("/sessions/factor", "signInWithFactor")
        .open()
        .says(
            FACTORS,
            "Finish signing in with a factor",
            "What was begun is in the cookie `__Host-klucznik-pending`, for five minutes. Give exactly one way. A wrong code counts as a wrong password does: 401, then 429 with `Retry-After`; another may be typed. After a wrong passkey, begin anew.",
        )
        .body(Body::Json("Proof"))
        .answers(Answer::Made("SignedIn"))
        .headers(&["SetCookie"])
        .errors(&[401]),
    Route::post("/sessions/passkey", "beginPasskeySignIn")
        .open()
        .says(
            FACTORS,
            "Begin to sign in with a passkey alone",
            "Gives what the browser asks for any passkey of this server with; finish with `POST /sessions/factor`. What was begun is in the cookie `__Host-klucznik-pending`, for five minutes. 409 if the server is not asked under a name.",
        )
        .answers(Answer::Json("FactorAwaited"))
        .headers(&["SetCookie"])
        .errors(&[409]),
    Route::get("/me/factors", "listOwnFactors").partners()
        .says(FACTORS, "List own factors", "Oldest first; recovery codes are one. Not for a token.")
        .enrols()
        .answers(Answer::Json("FactorList")),
    Route::post("/me/factors/totp", "beginTotp").partners()
        .says(
            FACTORS,
            "Begin to add an application with codes",
            "Gives its secret, which is shown this once; what was begun is in the cookie `__Host-klucznik-pending`, for five minutes. 409 if there are ten already.",
        )
        .enrols()
        .fresh()
        .answers(Answer::Json("TotpBegun"))
        .headers(&["SetCookie"])
        .errors(&[409]),
    Route::post("/me/factors/passkey", "beginPasskey").partners()
        .says(
            FACTORS,
            "Begin to add a passkey",
            "Gives what the browser makes it with; it is bound to the name that the server is asked under. What was begun is in the cookie `__Host-klucznik-pending`, for five minutes. 409 if there are ten already, or the server is asked under an IP address.",
        )
        .enrols()
        .fresh()
        .answers(Answer::Json("PasskeyBegun"))
        .headers(&["SetCookie"])
        .errors(&[409]),
    Route::post("/me/factors", "addFactor").partners()
        .says(
            FACTORS,
            "Finish adding a factor",
            "In the session that began it, which was confirmed for that. With a proof that it works; a wrong code is refused (422), and another may be typed. 409 if nothing was begun in this session, or its time is over.",
        )
        .enrols()
        .body(Body::Json("FactorAdd"))
        .answers(Answer::Made("Factor"))
        .headers(&["SetCookie"])
        .errors(&[409, 412]),
    Route::post("/me/factors/recovery", "makeRecoveryCodes").partners()
        .says(
            FACTORS,
            "Make new recovery codes",
            "Ten, each good once in place of a factor; shown this once. All before are good no more. 409 without another factor.",
        )
        .enrols()
        .fresh()
        .answers(Answer::Json("RecoveryCodes"))
        .errors(&[409, 412]),
    Route::patch("/me/factors/{id}", "renameFactor").partners()
        .says(FACTORS, "Rename an own factor", "The name is for its user alone.")
        .enrols()
        .fresh()
        .params(&["Id"])
        .body(Body::Json("FactorRename"))
        .answers(Answer::Json("Factor"))
        .errors(&[412]),
    Route::delete("/me/factors/{id}", "removeFactor").partners()
        .says(
            FACTORS,
            "Remove an own factor",
            "With the last one the recovery codes go too. 409 if what is asked of the user would not be met any more.",
        )
        .enrols()
        .fresh()
        .params(&["Id"])
        .errors(&[409, 412]),
    Route::post("/me/step-up", "beginStepUp").partners()
        .says(
            FACTORS,
            "Begin to confirm that it is still you",
            "Says by what: a factor, or the password for whoever has none; whoever has nothing to show here confirms at one of `providers` (`POST /sign-on` with `confirm`). It is also what comes before anything else where a session is used in another browser than it was begun in: every other answer is then 403 `step-up-required`. What was begun is in the cookie `__Host-klucznik-pending`, for five minutes. Not for a token.",
        )
        .enrols()
        .proves()
        .answers(Answer::Json("FactorAwaited"))
        .headers(&["SetCookie"]),
    Route::post("/me/step-up/finish", "finishStepUp").partners()
        .says(
            FACTORS,
            "Confirm that it is still you",
            "The session goes on under another secret, and for five minutes nothing asks again. The secret before is good for requests under way: for ten seconds after the next one is first used, and a minute at most. Shown later it ends the session. Wrong: 401, then 429; the session stays.",
        )
        .enrols()
        .proves()
        .body(Body::Json("Proof"))
        .answers(Answer::Json("SteppedUp"))
        .headers(&["SetCookie"]),
    Route::get("/factors/requirement", "readFactorRequirement")
        .says(FACTORS, "Which factors are asked of whom", "Needs the right to read roles.")
        .answers(Answer::Json("FactorRequirementRead"))
        .headers(&["ETag"]),
    Route::put("/factors/requirement", "putFactorRequirement")
        .says(
            FACTORS,
            "Decide which factors are asked of whom",
            "Holds from the next request on. A user without the factor has the days of grace from when it began to hold for the user; then nothing is served but what adds one (403 `factor-required`). Passkeys can be asked for by whoever has one. Not for a token.",
        )
        .fresh()
        .params(&["IfMatch"])
        .body(Body::Json("FactorRequirement"))
        .answers(Answer::Json("FactorRequirementRead"))
        .headers(&["ETag"]),
    Route::get("/users/{id}/factors", "readUserFactors")
        .says(FACTORS, "Which kinds of factors a user has", "And what is asked of the user. Needs the right to read users.")
        .params(&["Id"])
        .answers(Answer::Json("UserFactors")),
    Route::post("/users/{id}/factors/reset", "askFactorReset")
        .says(FACTORS, "Ask to take a user's factors away after a loss", "Another administrator must agree within 24 hours. Make sure who asks, and say how. 409 for oneself, without a factor, and if it was asked for already. Needs the right to manage users, and no fewer rights than the user has. Not for a token.")
        .fresh()
        .params(&["Id"])
        .body(Body::Json("FactorResetAsk"))
        .answers(Answer::Made("FactorReset"))
        .errors(&[409]),
    Route::post("/users/{id}/factors/reset/confirm", "confirmFactorReset")
        .says(FACTORS, "Agree to take a user's factors away", "Factors, sessions and tokens of the user end; the next sign-in, by password, only serves to add a factor. 409 for who asked and for the user. Not for a token.")
        .fresh()
        .params(&["Id"])
        .errors(&[409]),
    Route::delete("/users/{id}/factors/reset", "withdrawFactorReset")
        .says(FACTORS, "Withdraw or refuse that a user's factors are taken away", "What was asked for ends. Not for a token.")
        .params(&["Id"]),
];
