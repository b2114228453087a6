//! Routes of everything else.

use crate::openapi::route::{Answer, Body, Route};

const FIELDS: &str = "Fields";
const NOTICES: &str = "Notices";
const HISTORY: &str = "History";
const IMPORTS: &str = "Imports";
const SYSTEM: &str = "System";

pub(super) const ROUTES: &[Route] = &[
    Route::get("/entities", "listEntities").partners()
        .says(FIELDS, "List entities with their fields", "The descriptors that validation, lists and forms go by, custom fields included.")
        .answers(Answer::Json("EntityList")),
    Route::post("/entities/{entity}/fields", "createField")
        .says(
            FIELDS,
            "Add a custom field",
            "At once, without a restart. Its name starts with `cf_`. An entity has at most 300 fields. 409 if the name is taken.",
        )
        .params(&["EntityName"])
        .body(Body::Json("FieldCreate"))
        .answers(Answer::Made("FieldDescriptor"))
        .errors(&[409]),
    Route::get("/notices", "listNotices").partners().says(NOTICES, "List own notices", "Newest first. Does not count as a use of the session.").answers(Answer::Json("NoticeList")),
    Route::post("/notices/read", "markNoticesRead").partners()
        .says(NOTICES, "Mark several notices as read", "All or none: 404 if one of them is not the caller's. Doing it twice changes nothing.")
        .body(Body::Json("NoticesRead")),
    Route::post("/notices/{id}/read", "markNoticeRead").partners().says(NOTICES, "Mark a notice as read", "Doing it twice changes nothing.").params(&["Id"]),
    Route::get("/ledger/events", "listLedgerEvents")
        .says(
            HISTORY,
            "List events of the whole ledger",
            "Newest first; all conditions must hold. Needs the right to read the ledger. At most 50,000 events are looked at for one answer: a page may hold fewer than asked, even none, while `next_before` says where to go on.",
        )
        .params(&["Act", "ExceptAct", "ByUser", "Outcome", "AboutEntity", "AboutRecord", "From", "To", "Before", "Limit"])
        .answers(Answer::Json("LedgerEventPage")),
    Route::get("/ledger/events/{id}/proof", "readEventProof")
        .says(
            HISTORY,
            "Make a proof of an event",
            "A file that shows, without the data, that the event is in the ledger (RFC 6962 inclusion against a signed checkpoint). Check it with `klucznik ledger check`. Own events need no further right.",
        )
        .params(&["Id"])
        .answers(Answer::Json("EventProof")),
    Route::get("/ledger/checkpoint", "readCheckpoint")
        .says(
            HISTORY,
            "The last signed checkpoint",
            "C2SP tlog-checkpoint. Whoever keeps it can prove later that history was not rewritten. It holds a size and a hash, no data.",
        )
        .answers(Answer::Text),
    Route::get("/subjects/{id}/events", "listSubjectEvents")
        .says(HISTORY, "List what happened about a person or company", "Newest first; goes on after erasure. Needs the right to read the ledger.")
        .history("LedgerEventPage"),
    Route::get("/imports", "listImports").says(IMPORTS, "List own imports", "Newest first, 200 at most.").answers(Answer::Json("ImportList")),
    Route::get("/imports/{id}", "readImport").says(IMPORTS, "Open an own import", "What came of it, in numbers.").params(&["Id"]).answers(Answer::Json("Import")),
    Route::post("/imports/{id}/undo", "undoImport")
        .says(IMPORTS, "Undo an own import", "As one act: removes what it made and puts back what it changed, as far as nobody has touched it since. 409 if it was undone before.")
        .params(&["Id"])
        .answers(Answer::Json("ImportUndone"))
        .errors(&[409]),
    Route::get("/system", "readSystem")
        .says(SYSTEM, "The state of the instance", "Numbers and times of store, index, ledger, keys, certificate and jobs, and checks that say what to do. Needs the right to read the system.")
        .answers(Answer::Json("System")),
    Route::post("/reports/csp", "reportCsp")
        .open()
        .says(SYSTEM, "Take a browser's report about the policy of a page", "Which rule it was, and the kind of thing that was stopped, go to the program's log; no address does. Limited by network.")
        .body(Body::Report),
    Route::get("/keys", "readKeys").says(SYSTEM, "The state of the keys", "Counts and ages; never a key.").answers(Answer::Json("KeyStatus")),
    Route::post("/keys/rotate", "rotateKeys").fresh()
        .says(
            SYSTEM,
            "Rotate the keys",
            "Wraps every subject's key under a new epoch and destroys the old one; or finishes a rotation that was broken off. Content is not sealed again. 409 while one is running.",
        )
        .answers(Answer::Json("KeysRotated"))
        .errors(&[409]),
    Route::post("/index/rebuild", "rebuildIndex")
        .says(SYSTEM, "Rebuild the index", "Answers when it is rebuilt, or at once with a job; lists are unavailable meanwhile. The store is not touched. 409 while one is running.")
        .params(&["Background"])
        .answers(Answer::JsonOr("IndexRebuilt", "Job"))
        .errors(&[409]),
    Route::get("/openapi.json", "readOpenapi").says(SYSTEM, "This document", "Made from the descriptors as they are now.").answers(Answer::Any),
    Route::get("/health/live", "readLiveness")
        .open()
        .says(SYSTEM, "Whether the process answers", "Says nothing about the data.")
        .answers(Answer::Text),
    Route::get("/health/ready", "readReadiness")
        .open()
        .says(SYSTEM, "Whether requests are served", "200 while the store answers and the index is up to it; 503 before, while the index is built anew, and once the server stops.")
        .answers(Answer::Text),
];
