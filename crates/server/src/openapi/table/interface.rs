//! Routes that serve the web interface, whoever else may use them.

use crate::openapi::route::{Answer, Body, Route};

const ME: &str = "Me";
const VIEWS: &str = "Views";

pub(super) const ROUTES: &[Route] = &[
    Route::get("/me/preferences", "readPreferences").partners()
        .says(ME, "How the caller wants the interface", "What was never set is absent, but for `idle_days`. `ETag` is 0 before anything was set. Not for a token.")
        .answers(Answer::Json("Preferences"))
        .headers(&["ETag"]),
    Route::put("/me/preferences", "putPreferences").partners()
        .says(ME, "Change how the caller wants the interface", "The body is all of it as it is to be. `lang` becomes the language of the user as well. Not for a token.")
        .params(&["KnownVersion"])
        .body(Body::Json("Preferences"))
        .answers(Answer::Json("Preferences"))
        .headers(&["ETag"])
        .errors(&[409, 412]),
    Route::get("/stream", "openStream")
        .says(
            ME,
            "Be told of changes",
            "Server-sent events whose data is JSON: ids, never values. `hello (policy_version)` first; `notice (unread)`; `job` with an own Job without `result` and `problem`, at most four a second each; `record (entity, id, version, by, at)` for a watched record that changed, judged by the rights of the moment, or `gone (entity, id)` when it is not to be seen (any more); `list (entity)` when something of an entity changed, at most once a second; `rights (policy_version)` when the caller's rights changed; `session-ended` at the end. At most 8 a session and 40 a user. Does not count as a use of the session. Not for a token.",
        )
        .params(&["Watch"])
        .answers(Answer::Events),
    Route::get("/views", "listViews")
        .says(VIEWS, "List saved views", "The caller's own, and those that others share and whose query the caller may ask, by name. Not for a token.")
        .params(&["OfEntity"])
        .answers(Answer::Json("ViewList")),
    Route::post("/views", "createView")
        .says(VIEWS, "Save a view", "`query` must be what the entity's list takes from the caller, without a cursor. At most 200 views. Not for a token.")
        .body(Body::Json("ViewCreate"))
        .answers(Answer::Made("View"))
        .headers(&["ETag"]),
    Route::patch("/views/{id}", "updateView")
        .says(VIEWS, "Change an own view", "What is not named stays. 403 for a shared view of somebody else.")
        .changes("View")
        .body(Body::Patch("ViewUpdate")),
    Route::delete("/views/{id}", "deleteView").says(VIEWS, "Remove an own view", "403 for a shared view of somebody else.").params(&["Id", "IfMatch"]),
    Route::put("/views/{id}/default", "setDefaultView")
        .says(VIEWS, "Let the caller's list open with a view", "In place of the one before. For the caller alone.")
        .params(&["Id"])
        .errors(&[412]),
    Route::delete("/views/{id}/default", "unsetDefaultView")
        .says(VIEWS, "Let the caller's list open without a view", "Doing it twice changes nothing.")
        .params(&["Id"])
        .errors(&[412]),
];
