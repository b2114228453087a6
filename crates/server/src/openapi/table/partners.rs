//! Routes of partner organisations.

use crate::openapi::route::{Answer, Body, Route};

const PARTNERS: &str = "Partners";

pub(super) const ROUTES: &[Route] = &[
    Route::get("/partners", "listPartners")
        .says(PARTNERS, "List partner organisations", "All of them for whoever reads users or the ledger; for whoever may share something, and not for a token, those with which something can be shared now, by name. Agreements and users are in one that is opened.")
        .answers(Answer::Json("PartnerList")),
    Route::post("/partners", "createPartner").fresh()
        .says(PARTNERS, "Enter a partner organisation", "Something can be shared with it, or with a user of it, only while an agreement with it is in force. At most 1,000. Needs the right to manage users. Not for a token.")
        .body(Body::Json("PartnerCreate"))
        .answers(Answer::Made("Partner"))
        .headers(&["ETag", "Location"])
        .errors(&[409]),
    Route::get("/partners/{id}", "readPartner")
        .says(PARTNERS, "Open a partner organisation", "Needs the right to read users or the ledger.")
        .opens("Partner"),
    Route::patch("/partners/{id}", "updatePartner").fresh()
        .says(PARTNERS, "Change a partner organisation", "What is not named stays. `add_agreement` enters one, `end_agreement` moves the end of one that is not over; what is shared ends with the agreement, at the next request and for good. `registration` says how its users register deals, `null` that they do not; its caretaker has to be a person who may add leads and share them, and is told. Suspending (`active`) suspends its users and ends their sessions at once; letting it in again lets none of them in. Needs the right to manage users. Not for a token.")
        .changes("Partner")
        .body(Body::Patch("PartnerUpdate")),
    Route::get("/partners/{id}/grants", "listPartnerGrants")
        .says(PARTNERS, "List what is shared with a partner organisation", "With all of it, or with one of its users; that has not ended, the newest first. A record is called by its title only where the caller sees it. Needs the right to read users or the ledger.")
        .params(&["Id", "Limit", "GrantCursor"])
        .answers(Answer::Json("GrantPage")),
    Route::get("/partners/{id}/registrations", "listPartnerRegistrations")
        .says(PARTNERS, "List the deals that a partner organisation registered", "The newest first, 1,000 at most. Company and state are told only where the caller sees them on the lead. Needs the right to read users or the ledger.")
        .params(&["Id", "Limit", "GrantCursor"])
        .answers(Answer::Json("RegistrationPage")),
    Route::get("/registrations", "listOwnRegistrations").partners()
        .says(PARTNERS, "List the deals that one's own partner organisation registered", "By whichever of its users, the newest first, 1,000 at most. The company is told as far as what is shared goes, and the state as long as it is shared. For users of partners alone. Not for a token.")
        .params(&["Limit", "GrantCursor"])
        .answers(Answer::Json("RegistrationPage")),
    Route::post("/registrations", "registerDeal").partners()
        .says(PARTNERS, "Register a deal", "Makes a lead of the caretaker whom the house named for the partner, and shares it with the partner until the days agreed on, or the agreement, are over. The answer is the same whatever the house has already. For users of partners alone. Repeated with the same `Idempotency-Key` and body, answers with what was registered before. 409 while registration is closed; 429 after 20 by one user or 60 by one partner within 24 hours. Not for a token.")
        .params(&["IdempotencyKey"])
        .body(Body::Json("RegistrationCreate"))
        .answers(Answer::Made("RegistrationMade"))
        .errors(&[409, 429]),
    Route::get("/disclosures", "listDisclosures")
        .says(PARTNERS, "List what was disclosed to partners", "Read from the ledger, newest first: each record that a partner's user opened, saw in a list or took out, with the fields, the version and the grants; never values. What was disclosed about somebody erased stays, without the fields of records opened one by one. A page is of so many events and may be empty while `next_before` says where to go on. Needs the right to read the ledger or, with `record` and without `subject`, the right to share that record.")
        .params(&["AboutRecord", "AboutSubject", "ToPartner", "From", "To", "Before", "Limit"])
        .answers(Answer::Json("DisclosurePage")),
    Route::get("/disclosures/export", "exportDisclosures").fresh()
        .says(PARTNERS, "Take out what was disclosed to partners", "As CSV; 10,000 rows at most. Rights as for the list.")
        .params(&["AboutRecord", "AboutSubject", "ToPartner", "From", "To"])
        .answers(Answer::Csv),
];
