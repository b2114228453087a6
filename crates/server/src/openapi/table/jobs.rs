//! Routes of long works.

use crate::openapi::route::{Answer, Body, Only, Route};

const TAG: &str = "Jobs";

pub(super) const ROUTES: &[Route] = &[
    Route::post("/{entities}/bulk", "bulk{Entities}")
        .only(Only::All)
        .says(
            "{Entities}",
            "Change many {many}",
            "Each record is written in the usual way, under the rights of that moment, as one act that can be undone. Records are chosen by ids or by the conditions of a list, at most 10,000. Exactly one of `change`, `action` and `share` must be given. By `share` each record is shared like a single one, with the same checks: at most 1,000, not by a token, and with a proof of the last minutes that the caller is there (403 `step-up-required`). Undoing ends the grants of the act that still stand and were not renewed since. From a size on that the rules set it needs a second person (403 `approval-required`): see Approvals.",
        )
        .body(Body::Json("{Entity}Bulk"))
        .answers(Answer::Accepted("Job")),
    Route::post("/{entities}/export", "export{Entities}File").fresh()
        .only(Only::All)
        .says(
            "{Entities}",
            "Export {many} to a file",
            "As a job. All that a list with the same conditions would show, or those of `ids` among it, with long texts, masked like a page, at most 50,000 and 64 MiB. Needs the right to export. The file is kept for an hour, sealed with a key of its own; it goes when the session ends in which it was made, when the caller's rights change, and at every erasure. Business cards (`vcf`) are for people only.",
        )
        .body(Body::Json("ExportInput"))
        .answers(Answer::Accepted("Job")),
    Route::post("/imports/{entities}/preview", "previewImportOf{Entities}")
        .only(Only::Standing)
        .says(
            "Imports",
            "Look into a file of {many}",
            "What kind of file it is, its columns with their first values, and the fields that they would feed. Brings nothing in.",
        )
        .params(&["FileName", "Map", "Sheet"])
        .body(Body::File)
        .answers(Answer::Json("ImportPreview")),
    Route::post("/ledger/verify", "verifyLedger")
        .says(
            "History",
            "Verify the ledger",
            "As a job: every event against the signed checkpoint, and every row against the last event that wrote it. Needs the right to read the ledger. One at a time; it fails when an erasure is to be finished.",
        )
        .answers(Answer::Accepted("Job")),
    Route::get("/jobs", "listJobs")
        .says(TAG, "List own jobs", "Newest first, 100 at most, without the rows of reports. Does not count as a use of the session. Ended jobs are kept for a day; changes to many records stay until a hundred newer ones. A token sees what was started through it.")
        .answers(Answer::Json("JobList")),
    Route::get("/jobs/dead", "listDeadJobs")
        .says(TAG, "List jobs that were given up", "Of all users, oldest first, 100 at most: what failed again and again, or brought its servers down. Nothing of what they were to do. They are kept for 30 days. Needs the right to manage the system.")
        .answers(Answer::Json("DeadJobList")),
    Route::delete("/jobs/dead/{id}", "discardDeadJob")
        .says(TAG, "Discard a job that was given up", "What was ordered goes with its key. Needs the right to manage the system.")
        .params(&["Id"]),
    Route::post("/jobs/dead/{id}/retry", "retryDeadJob")
        .says(TAG, "Retry a job that was given up", "It waits again as if it had never been tried, for its user and under that user's rights of then. 409 if what was ordered is gone: its session ended, rights changed or somebody was erased. Needs the right to manage the system.")
        .params(&["Id"])
        .errors(&[409]),
    Route::get("/jobs/{id}", "readJob")
        .says(TAG, "Open an own job", "How far it is and what came of it. The rows of an import's report go when the session ends in which it was ordered and when the caller's rights change, the values in them at every erasure.")
        .params(&["Id"])
        .answers(Answer::Json("Job")),
    Route::post("/jobs/{id}/cancel", "cancelJob")
        .says(TAG, "Stop an own job", "It stops after what it is at; what is done stays done. 409 if it has ended.")
        .params(&["Id"])
        .answers(Answer::Json("Job"))
        .errors(&[409]),
    Route::get("/jobs/{id}/file", "readJobFile").fresh()
        .says(TAG, "Take the file that an own job made", "As an attachment; 404 once it is gone.")
        .params(&["Id"])
        .answers(Answer::File)
        .headers(&["Content-Disposition"]),
    Route::post("/jobs/{id}/undo", "undoJob")
        .says(TAG, "Undo an own job", "As a job of its own, under the rights that the caller has now: puts back what nobody has touched since. 409 if there is nothing to undo, or it was undone before.")
        .params(&["Id"])
        .answers(Answer::Accepted("Job"))
        .errors(&[409]),
];
