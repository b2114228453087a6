//! Routes of long works.

use crate::openapi::route::{Answer, Body, Only, Route};

const TAG: &str = "Jobs";

pub(super) const ROUTES: &[Route] = &[
    Route::post("/{entities}/bulk", "bulk{Entities}")
        .only(Only::All)
        .says(
            "{Entities}",
            "Change many {many}",
            "Each record is written in the usual way, under the rights of that moment, as one act that can be undone. Records are chosen by ids or by the conditions of a list, at most 10,000. Exactly one of `change` and `action` must be given.",
        )
        .body(Body::Json("{Entity}Bulk"))
        .answers(Answer::Accepted("Job")),
    Route::get("/jobs", "listJobs")
        .says(TAG, "List own jobs", "Newest first, 100 at most. Ended jobs are kept for a day; changes to many records stay until a hundred newer ones. A token sees what was started through it.")
        .answers(Answer::Json("JobList")),
    Route::get("/jobs/{id}", "readJob")
        .says(TAG, "Open an own job", "How far it is and what came of it.")
        .params(&["Id"])
        .answers(Answer::Json("Job")),
    Route::post("/jobs/{id}/cancel", "cancelJob")
        .says(TAG, "Stop an own job", "It stops after what it is at; what is done stays done. 409 if it has ended.")
        .params(&["Id"])
        .answers(Answer::Json("Job"))
        .errors(&[409]),
    Route::post("/jobs/{id}/undo", "undoJob")
        .says(TAG, "Undo an own job", "As a job of its own, under the rights that the caller has now: puts back what nobody has touched since. 409 if there is nothing to undo, or it was undone before.")
        .params(&["Id"])
        .answers(Answer::Accepted("Job"))
        .errors(&[409]),
];
