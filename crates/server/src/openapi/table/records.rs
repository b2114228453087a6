//! Routes of records: one line stands for every entity that has it.

use crate::openapi::route::{Answer, Body, Only, Route};

const TAG: &str = "{Entities}";
const HISTORY: &str = "History";

pub(super) const ROUTES: &[Route] = &[
    Route::get("/{entities}", "list{Entities}").partners()
        .only(Only::All)
        .says(
            TAG,
            "List, filter and search {many}",
            "One page of the {many} that the caller may see. Rows leave out long texts and special fields: open the record for them. The search looks for all words given, by prefix and fragment, without regard to case and diacritics.",
        )
        .params(&[
            "Search", "{Entity}Filter", "{Entity}Sort", "Limit", "Cursor", "Parent", "Binned", "Count", "Refs", "NextActivity",
            "{Entity}RowFields",
        ])
        .answers(Answer::Json("{Entity}Page")),
    Route::post("/{entities}/query", "query{Entities}").partners()
        .only(Only::All)
        .says(
            TAG,
            "List, filter and search {many}, with words and values in the body",
            "As the list, and answered as it is, under the same rights; a cursor of one goes on in the other. What is searched for may be about people, and what stands in an address is in histories, logs and screenshots. It reads: repeated, it changes nothing.",
        )
        .body(Body::Json("{Entity}Query"))
        .answers(Answer::Json("{Entity}Page")),
    Route::post("/{entities}", "create{Entity}")
        .only(Only::All)
        .says(
            TAG,
            "Make {a}",
            "Repeated with the same `Idempotency-Key` and body, answers with the record made before. A value of a unique field that another visible record has is refused with 409 unless `allow_duplicate` is set.",
        )
        .params(&["IdempotencyKey"])
        .body(Body::Json("{Entity}Create"))
        .answers(Answer::Made("{Entity}"))
        .headers(&["ETag", "Location"])
        .errors(&[409]),
    Route::get("/{entities}/export", "export{Entities}").partners().fresh()
        .only(Only::All)
        .says(
            TAG,
            "Export {many} as CSV",
            "All that a list with the same parameters would show, with long texts, masked like a page, at most 50,000 and 64 MiB. Needs the right to export; 409 if the rights change meanwhile. Every record is named in the ledger before the first byte leaves.",
        )
        .params(&["Search", "{Entity}Filter", "{Entity}Sort", "Parent", "Binned", "{Entity}ExportFields"])
        .answers(Answer::Csv)
        .headers(&["Content-Disposition"])
        .errors(&[409]),
    Route::get("/{entities}/totals", "total{Entities}")
        .only(Only::All)
        .says(
            TAG,
            "Count and add up {many} by group",
            "Over what the caller may read; money is kept apart by currency. Without `sum`, records are only counted.",
        )
        .params(&["Group", "Sum", "{Entity}Filter"])
        .answers(Answer::Json("TotalList")),
    Route::post("/{entities}/totals", "query{Entity}Totals")
        .only(Only::All)
        .says(TAG, "Count and add up {many} by group, with conditions in the body", "As with parameters. It reads.")
        .body(Body::Json("{Entity}TotalsQuery"))
        .answers(Answer::Json("TotalList")),
    Route::post("/{entities}/duplicates", "find{Entity}Duplicates")
        .only(Only::Subjects)
        .says(
            TAG,
            "Find records that may be the same",
            "Companies, people and leads that the caller may see and that have the same e-mail, phone, NIP, unique value or name as the one described, at most 10, certain ones first. Fields that the caller may not read are not looked at.",
        )
        .body(Body::Json("DuplicatesInput"))
        .answers(Answer::Json("DuplicateList")),
    Route::get("/search", "search")
        .says(
            "Search",
            "Search everything",
            "The latest changed records of each entity that the caller may read and that hold all words, found as in lists. Groups come in a fixed order; those without a record are absent.",
        )
        .params(&["Words", "LimitEach"])
        .answers(Answer::Json("SearchResult")),
    Route::post("/search", "searchWords")
        .says("Search", "Search everything, with the words in the body", "As with parameters. It reads.")
        .body(Body::Json("SearchWords"))
        .answers(Answer::Json("SearchResult")),
    Route::get("/{entities}/{id}", "read{Entity}").partners()
        .only(Only::All)
        .says(TAG, "Open {a}", "Hidden fields are absent, masked ones marked; `access` lists both, and what the caller may do. `refs` names what it refers to, as far as the caller may read that; so do the answers to changes.")
        .opens("{Entity}"),
    Route::patch("/{entities}/{id}", "update{Entity}")
        .only(Only::All)
        .says(
            TAG,
            "Change {a}",
            "`fields` is a JSON merge patch (RFC 7396): null removes a value, what is not named stays. With a new owner the record moves to the owner's team.",
        )
        .changes("{Entity}")
        .body(Body::Patch("{Entity}Update"))
        .errors(&[409]),
    Route::delete("/{entities}/{id}", "bin{Entity}")
        .only(Only::All)
        .says(TAG, "Put {a} into the bin", "It can be restored. To remove it for good, erase its subject.")
        .changes("{Entity}"),
    Route::post("/{entities}/{id}/restore", "restore{Entity}")
        .only(Only::All)
        .says(TAG, "Take {a} out of the bin", "The record is as it was before.")
        .changes("{Entity}")
        .errors(&[409]),
    Route::post("/{entities}/{id}/reveal", "reveal{Entity}Field").fresh()
        .only(Only::All)
        .says(TAG, "Show one masked value of {a} in clear", "Needs the right to reveal. The reason is kept in the ledger.")
        .params(&["Id"])
        .body(Body::Json("Reveal"))
        .answers(Answer::Json("Revealed")),
    Route::post("/{entities}/{id}/erase", "erase{Entity}").fresh()
        .only(Only::Subjects)
        .says(
            TAG,
            "Erase {a} for good",
            "Removes every record about the same subject, takes references to them out of other records, and destroys the subject's key, so that backups and the ledger lose it too (GDPR Art. 17). Cannot be undone. At most 20,000 records at once.",
        )
        .params(&["Id"])
        .body(Body::Json("Erase"))
        .answers(Answer::Json("Erased")),
    Route::get("/{entities}/{id}/access", "list{Entity}Access")
        .only(Only::All)
        .says(
            TAG,
            "Explain who can see {a}, and why",
            "Active users who can read it, with what they may do to it, how they see its fields, and by which role. Whoever can read it may ask.",
        )
        .params(&["Id", "After", "Limit"])
        .answers(Answer::Json("RecordAccessPage")),
    Route::get("/{entities}/{id}/changes", "list{Entity}Changes")
        .only(Only::All)
        .says(HISTORY, "List what changed in {a}", "Old and new values, newest first, masked like the record itself.")
        .history("RecordChangePage"),
    Route::get("/{entities}/{id}/events", "list{Entity}Events")
        .only(Only::All)
        .says(HISTORY, "List who has seen or changed {a}", "Newest first; rows of lists count as seen.")
        .history("LedgerEventPage"),
    Route::post("/imports/{entities}", "import{Entities}")
        .only(Only::Standing)
        .says(
            "Imports",
            "Bring in {many} from a file",
            "The body is the file itself: CSV (comma, semicolon or tab; UTF-8, UTF-16, Windows-1250, ISO-8859-2), XLSX or vCard, at most 64 MiB, 2,000,000 rows and 500 columns; larger files go in by the command line. Headings of common programs are recognised; `map` overrides them. Refused rows are listed with their reason, the others go in. The import is one act and can be undone as one.",
        )
        .params(&["FileName", "Map", "DryRun", "OnDuplicate", "Sheet", "Resume", "Background"])
        .body(Body::File)
        .answers(Answer::JsonOr("ImportReport", "Job"))
        .errors(&[409]),
    Route::post("/leads/{id}/convert", "convertLead")
        .says(
            "Leads",
            "Turn a lead into a person, and if wanted a company and a deal",
            "One act: what hangs on the lead moves to the person, and all of them refer to each other. A company is made when the lead names one and none is given; a deal is made when it is given a name. 409 if the lead was converted before.",
        )
        .params(&["Id", "IfMatch"])
        .body(Body::Json("LeadConvert"))
        .answers(Answer::Json("LeadConverted"))
        .errors(&[409]),
];
