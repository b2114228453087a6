// Made by `npm run types` from the server's OpenAPI document. Do not edit.
export interface paths {
    "/api/v1/access-requests": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List requests for access
         * @description One's own of the last 44 days, or the open ones that one can decide on: whoever may share the record. Only the latter say who asks and why. Not for a token.
         */
        get: operations["listAccessRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access-requests/{id}/approve": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Grant what was asked for
         * @description With every check of a grant, for whoever asked and with the reason given. Whoever asked is told. Not found for whoever cannot decide on it, and once somebody did. It counts under the rule of approval of sharing: 403 `approval-required`. Not for a token.
         */
        post: operations["approveAccessRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access-requests/{id}/decline": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decline a request for access
         * @description Nobody else can decide on it any more. Whoever asked is not told: it ends after 14 days like a request for what does not exist. Not for a token.
         */
        post: operations["declineAccessRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access-reviews": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List access reviews
         * @description The newest first, 200 at most: those in which one is a reviewer, or with `view=all` every one, for whoever reads users or the ledger. One's own not for a token.
         */
        get: operations["listAccessReviews"];
        put?: never;
        /**
         * Begin an access review
         * @description Over a team with the teams below it, or over a role: what is held and granted at this moment, by whoever is not suspended, 5,000 rights at most. Of a team: roles of its people and programs, and grants for them and for the teams. Of a role: who holds it, and grants by it. Each right goes to one reviewer: the one that is named; or whoever leads the team of whoever has it, who is somebody of that team that may share the records of all of it and below, or of a team above. Nobody reviews their own rights, those of a program that one answers for or grants for one's own team; nor does anybody of the same team those of somebody who leads it. What nobody is left for goes to `second`; otherwise 409 names whose it is. Where changes of roles need a second person, nobody reviews in a campaign of the own making, a reviewer has had a role and a way in that nobody else gave for a week, and the campaign lasts for 7 days at least. 409 also if 20 are open. Needs the right to manage users. Not for a token.
         */
        post: operations["createAccessReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access-reviews/{id}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Look at an access review
         * @description For its reviewers (not by a token), and for whoever reads users or the ledger. Whoever is only a reviewer sees the counts of own rights.
         */
        get: operations["readAccessReview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access-reviews/{id}/cancel": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an access review
         * @description Nothing more ends by it; what was withdrawn stays withdrawn. For whoever manages users. Not for a token. 409 once it is over.
         */
        post: operations["cancelAccessReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access-reviews/{id}/confirm": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm rights
         * @description Those stay. Until the date a right that was confirmed can be withdrawn. All of them or none: not found if one is not the caller's to decide on; 409 once the review is over, or one was withdrawn, ended, given again or renewed meanwhile. Not for a token.
         */
        post: operations["confirmAccess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access-reviews/{id}/export": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Take out what became of rights
         * @description As CSV, all of it. Rights as for the report.
         */
        get: operations["exportAccessReview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access-reviews/{id}/items": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List rights to decide on
         * @description The caller's own in this review, in order of their numbers, with since when each is held and when it was last used. A record is called by its title only where the caller sees it. Not found for whoever is no reviewer of it. Not for a token.
         */
        get: operations["listAccessReviewItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access-reviews/{id}/report": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Report what became of rights
         * @description Who decided on each, when, how and why; what ended by itself, and what was kept and why; with the numbers of the events in the ledger that prove it. Needs the right to read users or the ledger.
         */
        get: operations["readAccessReviewReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access-reviews/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw rights
         * @description They end at once: roles are taken, grants ended. The review gives its reviewers leave for exactly that. All of them or none: not found if one is not the caller's to decide on; 409 as for confirming, and if nobody would be left who manages users or roles and can sign in. Where changes of roles need a second person, the reviewer is it; 403 `approval-required` if the reviewer is whoever began the review, or was given another way in since. Not for a token.
         */
        post: operations["withdrawAccess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List, filter and search activities
         * @description One page of the activities that the caller may see. Rows leave out long texts and special fields: open the record for them. The search looks for all words given, by prefix and fragment, without regard to case and diacritics.
         */
        get: operations["listActivities"];
        put?: never;
        /**
         * Make an activity
         * @description Repeated with the same `Idempotency-Key` and body, answers with the record made before. A value of a unique field that another visible record has is refused with 409 unless `allow_duplicate` is set.
         */
        post: operations["createActivity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/bulk": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change many activities
         * @description Each record is written in the usual way, under the rights of that moment, as one act that can be undone. Records are chosen by ids or by the conditions of a list, at most 10,000. Exactly one of `change`, `action` and `share` must be given. By `share` each record is shared like a single one, with the same checks: at most 1,000, not by a token, and with a proof of the last minutes that the caller is there (403 `step-up-required`). Undoing ends the grants of the act that still stand and were not renewed since. From a size on that the rules set it needs a second person (403 `approval-required`): see Approvals.
         */
        post: operations["bulkActivities"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/export": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Export activities as CSV
         * @description All that a list with the same parameters would show, with long texts, masked like a page, at most 50,000 and 64 MiB. Needs the right to export; 409 if the rights change meanwhile. Every record is named in the ledger before the first byte leaves.
         */
        get: operations["exportActivities"];
        put?: never;
        /**
         * Export activities to a file
         * @description As a job. All that a list with the same conditions would show, or those of `ids` among it, with long texts, masked like a page, at most 50,000 and 64 MiB. Needs the right to export. The file is kept for an hour, sealed with a key of its own; it goes when the session ends in which it was made, when the caller's rights change, and at every erasure. Business cards (`vcf`) are for people only.
         */
        post: operations["exportActivitiesFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/totals": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Count and add up activities by group
         * @description Over what the caller may read; money is kept apart by currency. Without `sum`, records are only counted.
         */
        get: operations["totalActivities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{id}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Open an activity
         * @description Hidden fields are absent, masked ones marked; `access` lists both, and what the caller may do. `refs` names what it refers to, as far as the caller may read that; so do the answers to changes.
         */
        get: operations["readActivity"];
        put?: never;
        post?: never;
        /**
         * Put an activity into the bin
         * @description It can be restored. To remove it for good, erase its subject.
         */
        delete: operations["binActivity"];
        options?: never;
        head?: never;
        /**
         * Change an activity
         * @description `fields` is a JSON merge patch (RFC 7396): null removes a value, what is not named stays. With a new owner the record moves to the owner's team.
         */
        patch: operations["updateActivity"];
        trace?: never;
    };
    "/api/v1/activities/{id}/access": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Explain who can see an activity, and why
         * @description Active users who can read it, with what they may do to it, how they see its fields, and by which role. Whoever can read it may ask.
         */
        get: operations["listActivityAccess"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{id}/access-requests": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for access to an activity
         * @description The answer is the same whatever stands under the id: a record that is not seen, one that is, one that was erased, or none. If there is one, its owner, or who leads the team, is told and can grant it for 14 days. Whether it was declined is never said: after 14 days it is not granted. Asking again while it is open changes nothing. 409 with 20 open requests, 429 after a few a minute. Not for a token.
         */
        post: operations["askActivityAccess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{id}/changes": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List what changed in an activity
         * @description Old and new values, newest first, masked like the record itself.
         */
        get: operations["listActivityChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{id}/events": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List who has seen or changed an activity
         * @description Newest first; rows of lists count as seen.
         */
        get: operations["listActivityEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{id}/grantable-roles": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List the roles that the caller may grant on an activity
         * @description Those that give no more than the caller's roles give there, and come without conditions. Needs the right to share it.
         */
        get: operations["listActivityGrantableRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{id}/grants": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List to whom an activity was granted
         * @description Those whose time has not come too, and the newest 200 of those whose time is over: they are kept for 30 days. Not those that somebody ended. Needs the right to share it, or to read users.
         */
        get: operations["listActivityGrants"];
        put?: never;
        /**
         * Grant a role on an activity
         * @description To a user, or to whatever person is in a team or of a partner organisation at that moment, from a time until another, two years from now at the latest. It holds at the next request and ends by itself; whoever has it sees no more than the role and the chosen fields show. On what hangs on it others' records are only read. Needs the right to share it by a role; nobody gives more than roles give them there, nor a role that comes with conditions (a factor, networks, hours). To partners only roles that read and export are given, with an end within a year and within an agreement. A role that is widened later does not widen the grant; one that is narrowed does narrow it. Whom it is for is told. 409 if there are 200 grants on it, 5,000 for one user or team or by one giver, or 1,000 by that giver for these; those that ended within 30 days count towards 400 by one giver on it and 10,000 by one giver. Where the rules of approval say so it needs a second person (403 `approval-required`): it counts with what the caller shared within a day, and is asked for as an act on many with one id. Not for a token.
         */
        post: operations["grantActivity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{id}/restore": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an activity out of the bin
         * @description The record is as it was before.
         */
        post: operations["restoreActivity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{id}/reveal": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show one masked value of an activity in clear
         * @description Needs the right to reveal. The reason is kept in the ledger.
         */
        post: operations["revealActivityField"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List requests for a second person's approval
         * @description One's own, kept for 30 days after they ended; or the open ones that one can decide on. A token sees those that were asked through it, and decides on none.
         */
        get: operations["listApprovals"];
        put?: never;
        /**
         * Ask a second person to approve an act on many records
         * @description For what is refused with 403 `approval-required`. The request is bound to what it is now: these records in these versions, fields, values and format. It waits for the days that the rules say and ends by itself; when whoever asked may not act any more, it ends too. Some of those who may approve are told: whoever leads the team of whoever asks and has the right to do the same, or manages users; for roles and for these rules whoever manages roles. Never whoever asks, nor who answers for the program that does, nor anybody who has not been that for a week, with the same roles and a password that nobody else gave. 409 if it needs nobody's approval, nobody could give it, or 10 requests wait; 429 after a few a minute.
         */
        post: operations["askApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/preview": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say what an act on many records would do
         * @description How many records, whose, about how many people and companies, the first names as far as the caller sees them, what leaves or changes, and whether a second person has to approve. Opens no record and changes nothing. Refused as the act itself would be.
         */
        post: operations["previewAct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/rules": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * What a second person has to approve
         * @description Needs the right to read roles.
         */
        get: operations["readApprovalRules"];
        /**
         * Decide what a second person has to approve
         * @description By kind of act: never (null), always (1), or from so many records on; of roles, so many people. Holds from the next request on. Where changes of roles need approval, rules that ask less of any kind need it too: 403 `approval-required`. 409 if changes of roles were to be approved and nobody but the caller could do that. Needs the right to manage roles. Not for a token.
         */
        put: operations["putApprovalRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/{id}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Look at a request for approval
         * @description With what it would do as far as the caller may see that. For whoever asked, and for those who can decide or did. Not for a token.
         */
        get: operations["readApproval"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/{id}/approve": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve
         * @description What was asked for is done in the name of whoever asked, with that one's rights at this moment, and exactly that: records that were changed since are left out and counted. Changes and exports become a job of whoever asked. If it cannot be done any more, 409 says why, and the request is over. Whoever asked is told. Not found for whoever cannot decide on it, and once somebody did. Not for a token.
         */
        post: operations["approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/{id}/decline": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decline
         * @description Whoever asked is told who declined and why. Not found for whoever cannot decide on it, and once somebody did. Not for a token.
         */
        post: operations["decline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back a request of one's own
         * @description Those who were told of it are told. Not found for anybody else's, and once it was decided.
         */
        post: operations["withdrawApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/colleagues": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List who can own a record
         * @description Names and teams of all users, for everybody; usernames for whoever reads users. With `to_own` only people to whom the caller could give records of one of these entities: who may still act, and would see them. Who makes no such records but reads users is told of all who would see them. Of two of one name in one team the usernames are told then.
         */
        get: operations["listColleagues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/companies": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List, filter and search companies
         * @description One page of the companies that the caller may see. Rows leave out long texts and special fields: open the record for them. The search looks for all words given, by prefix and fragment, without regard to case and diacritics.
         */
        get: operations["listCompanies"];
        put?: never;
        /**
         * Make a company
         * @description Repeated with the same `Idempotency-Key` and body, answers with the record made before. A value of a unique field that another visible record has is refused with 409 unless `allow_duplicate` is set.
         */
        post: operations["createCompany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/companies/bulk": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change many companies
         * @description Each record is written in the usual way, under the rights of that moment, as one act that can be undone. Records are chosen by ids or by the conditions of a list, at most 10,000. Exactly one of `change`, `action` and `share` must be given. By `share` each record is shared like a single one, with the same checks: at most 1,000, not by a token, and with a proof of the last minutes that the caller is there (403 `step-up-required`). Undoing ends the grants of the act that still stand and were not renewed since. From a size on that the rules set it needs a second person (403 `approval-required`): see Approvals.
         */
        post: operations["bulkCompanies"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/companies/duplicates": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find records that may be the same
         * @description Companies, people and leads that the caller may see and that have the same e-mail, phone, NIP, unique value or name as the one described, at most 10, certain ones first. Fields that the caller may not read are not looked at.
         */
        post: operations["findCompanyDuplicates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/companies/export": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Export companies as CSV
         * @description All that a list with the same parameters would show, with long texts, masked like a page, at most 50,000 and 64 MiB. Needs the right to export; 409 if the rights change meanwhile. Every record is named in the ledger before the first byte leaves.
         */
        get: operations["exportCompanies"];
        put?: never;
        /**
         * Export companies to a file
         * @description As a job. All that a list with the same conditions would show, or those of `ids` among it, with long texts, masked like a page, at most 50,000 and 64 MiB. Needs the right to export. The file is kept for an hour, sealed with a key of its own; it goes when the session ends in which it was made, when the caller's rights change, and at every erasure. Business cards (`vcf`) are for people only.
         */
        post: operations["exportCompaniesFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/companies/totals": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Count and add up companies by group
         * @description Over what the caller may read; money is kept apart by currency. Without `sum`, records are only counted.
         */
        get: operations["totalCompanies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/companies/{id}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Open a company
         * @description Hidden fields are absent, masked ones marked; `access` lists both, and what the caller may do. `refs` names what it refers to, as far as the caller may read that; so do the answers to changes.
         */
        get: operations["readCompany"];
        put?: never;
        post?: never;
        /**
         * Put a company into the bin
         * @description It can be restored. To remove it for good, erase its subject.
         */
        delete: operations["binCompany"];
        options?: never;
        head?: never;
        /**
         * Change a company
         * @description `fields` is a JSON merge patch (RFC 7396): null removes a value, what is not named stays. With a new owner the record moves to the owner's team.
         */
        patch: operations["updateCompany"];
        trace?: never;
    };
    "/api/v1/companies/{id}/access": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Explain who can see a company, and why
         * @description Active users who can read it, with what they may do to it, how they see its fields, and by which role. Whoever can read it may ask.
         */
        get: operations["listCompanyAccess"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/companies/{id}/access-requests": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for access to a company
         * @description The answer is the same whatever stands under the id: a record that is not seen, one that is, one that was erased, or none. If there is one, its owner, or who leads the team, is told and can grant it for 14 days. Whether it was declined is never said: after 14 days it is not granted. Asking again while it is open changes nothing. 409 with 20 open requests, 429 after a few a minute. Not for a token.
         */
        post: operations["askCompanyAccess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/companies/{id}/changes": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List what changed in a company
         * @description Old and new values, newest first, masked like the record itself.
         */
        get: operations["listCompanyChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/companies/{id}/erase": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase a company for good
         * @description Removes every record about the same subject, takes references to them out of other records, and destroys the subject's key, so that backups and the ledger lose it too (GDPR Art. 17). Cannot be undone. At most 20,000 records at once.
         */
        post: operations["eraseCompany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/companies/{id}/events": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List who has seen or changed a company
         * @description Newest first; rows of lists count as seen.
         */
        get: operations["listCompanyEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/companies/{id}/grantable-roles": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List the roles that the caller may grant on a company
         * @description Those that give no more than the caller's roles give there, and come without conditions. Needs the right to share it.
         */
        get: operations["listCompanyGrantableRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/companies/{id}/grants": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List to whom a company was granted
         * @description Those whose time has not come too, and the newest 200 of those whose time is over: they are kept for 30 days. Not those that somebody ended. Needs the right to share it, or to read users.
         */
        get: operations["listCompanyGrants"];
        put?: never;
        /**
         * Grant a role on a company
         * @description To a user, or to whatever person is in a team or of a partner organisation at that moment, from a time until another, two years from now at the latest. It holds at the next request and ends by itself; whoever has it sees no more than the role and the chosen fields show. On what hangs on it others' records are only read. Needs the right to share it by a role; nobody gives more than roles give them there, nor a role that comes with conditions (a factor, networks, hours). To partners only roles that read and export are given, with an end within a year and within an agreement. A role that is widened later does not widen the grant; one that is narrowed does narrow it. Whom it is for is told. 409 if there are 200 grants on it, 5,000 for one user or team or by one giver, or 1,000 by that giver for these; those that ended within 30 days count towards 400 by one giver on it and 10,000 by one giver. Where the rules of approval say so it needs a second person (403 `approval-required`): it counts with what the caller shared within a day, and is asked for as an act on many with one id. Not for a token.
         */
        post: operations["grantCompany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/companies/{id}/restore": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a company out of the bin
         * @description The record is as it was before.
         */
        post: operations["restoreCompany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/companies/{id}/reveal": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show one masked value of a company in clear
         * @description Needs the right to reveal. The reason is kept in the ledger.
         */
        post: operations["revealCompanyField"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/covers": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List covers for absences
         * @description Those of one's own records, those by which one covers and those that one set up; or all over the records of one user, to whoever may set them up or reads users. Those that ended are listed for 30 days. Not for a token.
         */
        get: operations["listCovers"];
        put?: never;
        /**
         * Set up cover for somebody who is away
         * @description A role over all that this user owns, and on what hangs on it, for a colleague, for 92 days at most. For the user, for whoever leads the team or manages users, by the right to share all of these records; nobody gives more than roles give there. It is ended as a grant. Under the rule of approval of sharing it counts with all that this user owns (403 `approval-required`), unless whoever is away sets it up for somebody of the own team. 409 if the colleague covers at that time already, or there are ten. Not for a token.
         */
        post: operations["createCover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deals": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List, filter and search deals
         * @description One page of the deals that the caller may see. Rows leave out long texts and special fields: open the record for them. The search looks for all words given, by prefix and fragment, without regard to case and diacritics.
         */
        get: operations["listDeals"];
        put?: never;
        /**
         * Make a deal
         * @description Repeated with the same `Idempotency-Key` and body, answers with the record made before. A value of a unique field that another visible record has is refused with 409 unless `allow_duplicate` is set.
         */
        post: operations["createDeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deals/bulk": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change many deals
         * @description Each record is written in the usual way, under the rights of that moment, as one act that can be undone. Records are chosen by ids or by the conditions of a list, at most 10,000. Exactly one of `change`, `action` and `share` must be given. By `share` each record is shared like a single one, with the same checks: at most 1,000, not by a token, and with a proof of the last minutes that the caller is there (403 `step-up-required`). Undoing ends the grants of the act that still stand and were not renewed since. From a size on that the rules set it needs a second person (403 `approval-required`): see Approvals.
         */
        post: operations["bulkDeals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deals/export": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Export deals as CSV
         * @description All that a list with the same parameters would show, with long texts, masked like a page, at most 50,000 and 64 MiB. Needs the right to export; 409 if the rights change meanwhile. Every record is named in the ledger before the first byte leaves.
         */
        get: operations["exportDeals"];
        put?: never;
        /**
         * Export deals to a file
         * @description As a job. All that a list with the same conditions would show, or those of `ids` among it, with long texts, masked like a page, at most 50,000 and 64 MiB. Needs the right to export. The file is kept for an hour, sealed with a key of its own; it goes when the session ends in which it was made, when the caller's rights change, and at every erasure. Business cards (`vcf`) are for people only.
         */
        post: operations["exportDealsFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deals/totals": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Count and add up deals by group
         * @description Over what the caller may read; money is kept apart by currency. Without `sum`, records are only counted.
         */
        get: operations["totalDeals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deals/{id}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Open a deal
         * @description Hidden fields are absent, masked ones marked; `access` lists both, and what the caller may do. `refs` names what it refers to, as far as the caller may read that; so do the answers to changes.
         */
        get: operations["readDeal"];
        put?: never;
        post?: never;
        /**
         * Put a deal into the bin
         * @description It can be restored. To remove it for good, erase its subject.
         */
        delete: operations["binDeal"];
        options?: never;
        head?: never;
        /**
         * Change a deal
         * @description `fields` is a JSON merge patch (RFC 7396): null removes a value, what is not named stays. With a new owner the record moves to the owner's team.
         */
        patch: operations["updateDeal"];
        trace?: never;
    };
    "/api/v1/deals/{id}/access": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Explain who can see a deal, and why
         * @description Active users who can read it, with what they may do to it, how they see its fields, and by which role. Whoever can read it may ask.
         */
        get: operations["listDealAccess"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deals/{id}/access-requests": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for access to a deal
         * @description The answer is the same whatever stands under the id: a record that is not seen, one that is, one that was erased, or none. If there is one, its owner, or who leads the team, is told and can grant it for 14 days. Whether it was declined is never said: after 14 days it is not granted. Asking again while it is open changes nothing. 409 with 20 open requests, 429 after a few a minute. Not for a token.
         */
        post: operations["askDealAccess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deals/{id}/changes": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List what changed in a deal
         * @description Old and new values, newest first, masked like the record itself.
         */
        get: operations["listDealChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deals/{id}/events": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List who has seen or changed a deal
         * @description Newest first; rows of lists count as seen.
         */
        get: operations["listDealEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deals/{id}/grantable-roles": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List the roles that the caller may grant on a deal
         * @description Those that give no more than the caller's roles give there, and come without conditions. Needs the right to share it.
         */
        get: operations["listDealGrantableRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deals/{id}/grants": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List to whom a deal was granted
         * @description Those whose time has not come too, and the newest 200 of those whose time is over: they are kept for 30 days. Not those that somebody ended. Needs the right to share it, or to read users.
         */
        get: operations["listDealGrants"];
        put?: never;
        /**
         * Grant a role on a deal
         * @description To a user, or to whatever person is in a team or of a partner organisation at that moment, from a time until another, two years from now at the latest. It holds at the next request and ends by itself; whoever has it sees no more than the role and the chosen fields show. On what hangs on it others' records are only read. Needs the right to share it by a role; nobody gives more than roles give them there, nor a role that comes with conditions (a factor, networks, hours). To partners only roles that read and export are given, with an end within a year and within an agreement. A role that is widened later does not widen the grant; one that is narrowed does narrow it. Whom it is for is told. 409 if there are 200 grants on it, 5,000 for one user or team or by one giver, or 1,000 by that giver for these; those that ended within 30 days count towards 400 by one giver on it and 10,000 by one giver. Where the rules of approval say so it needs a second person (403 `approval-required`): it counts with what the caller shared within a day, and is asked for as an act on many with one id. Not for a token.
         */
        post: operations["grantDeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deals/{id}/restore": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a deal out of the bin
         * @description The record is as it was before.
         */
        post: operations["restoreDeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deals/{id}/reveal": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show one masked value of a deal in clear
         * @description Needs the right to reveal. The reason is kept in the ledger.
         */
        post: operations["revealDealField"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/disclosures": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List what was disclosed to partners
         * @description Read from the ledger, newest first: each record that a partner's user opened, saw in a list or took out, with the fields, the version and the grants; never values. What was disclosed about somebody erased stays, without the fields of records opened one by one. A page is of so many events and may be empty while `next_before` says where to go on. Needs the right to read the ledger or, with `record` and without `subject`, the right to share that record.
         */
        get: operations["listDisclosures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/disclosures/export": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Take out what was disclosed to partners
         * @description As CSV; 10,000 rows at most. Rights as for the list.
         */
        get: operations["exportDisclosures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/entities": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List entities with their fields
         * @description The descriptors that validation, lists and forms go by, custom fields included.
         */
        get: operations["listEntities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/entities/{entity}/fields": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a custom field
         * @description At once, without a restart. Its name starts with `cf_`. An entity has at most 300 fields. 409 if the name is taken.
         */
        post: operations["createField"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/explain": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Ask why somebody may do something to a record, or may not
         * @description Yes or no, all that had a say (roles, grants, denials, conditions, restrictions), and what would have to be other for the other answer: each way was tried before it is told, and any one is enough. With `at` the answer is that of that moment, from the versions of roles, users, teams and grants and from whose the record was; `allow` is null and `unknown` says why, where that cannot be known. About oneself, or with the right to read users; about records that the caller reads. Shows no value.
         */
        get: operations["explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/factors/requirement": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Which factors are asked of whom
         * @description Needs the right to read roles.
         */
        get: operations["readFactorRequirement"];
        /**
         * Decide which factors are asked of whom
         * @description Holds from the next request on. A user without the factor has the days of grace from when it began to hold for the user; then nothing is served but what adds one (403 `factor-required`). Passkeys can be asked for by whoever has one. Not for a token.
         */
        put: operations["putFactorRequirement"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/findings": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List what is found of rights
         * @description Of one kind: roles held for 90 days of which nothing was used as long; grants in force for 90 days that nobody used as long; grants of which whoever has them may do everything by roles; grants and covers whose giver is gone; users who hold two roles that do not go together; owners of records who are gone or of no team. What was used is found in the ledger once a day, so the last day counts as unknown and what cannot be told apart counts as used. Each page looks at a part: one without items may have a next. A record is named only where the caller sees it. Needs the right to read users.
         */
        get: operations["listFindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grants": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List what was granted to the caller, or by the caller
         * @description The newest first. What was granted to the caller's team or partner organisation counts as the caller's. Those whose time is over are there for 30 days more. A record is named only where the caller sees it now; somebody of a partner is told only of what was received, and not by whom. Not for a token.
         */
        get: operations["listOwnGrants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grants/{id}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a grant
         * @description At once. For whoever gave it or has it, may share the record, or manages users, and where it is over what somebody owns also for that one; to all others it is not there. These are told, unless they end it themselves. Not for a token.
         */
        delete: operations["endGrant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grants/{id}/renewal": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Renew a grant
         * @description For another while, two years from now at the latest, in the caller's name. All is decided as if it were given now: role, fields, limits, and that nobody gives more than roles give. Also within 30 days after its end, and then from now on. Whom it is for is told. 404 for whoever may not share the record. It counts under the rule of approval of sharing: 403 `approval-required`. Not for a token.
         */
        post: operations["renewGrant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List own imports
         * @description Newest first, 200 at most.
         */
        get: operations["listImports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/companies": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring in companies from a file
         * @description The body is the file itself: CSV (comma, semicolon or tab; UTF-8, UTF-16, Windows-1250, ISO-8859-2), XLSX or vCard, at most 64 MiB, 2,000,000 rows and 500 columns; larger files go in by the command line. Headings of common programs are recognised; `map` overrides them. Refused rows are listed with their reason, the others go in. The import is one act and can be undone as one.
         */
        post: operations["importCompanies"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/companies/preview": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look into a file of companies
         * @description What kind of file it is, its columns with their first values, and the fields that they would feed. Brings nothing in.
         */
        post: operations["previewImportOfCompanies"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/deals": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring in deals from a file
         * @description The body is the file itself: CSV (comma, semicolon or tab; UTF-8, UTF-16, Windows-1250, ISO-8859-2), XLSX or vCard, at most 64 MiB, 2,000,000 rows and 500 columns; larger files go in by the command line. Headings of common programs are recognised; `map` overrides them. Refused rows are listed with their reason, the others go in. The import is one act and can be undone as one.
         */
        post: operations["importDeals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/deals/preview": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look into a file of deals
         * @description What kind of file it is, its columns with their first values, and the fields that they would feed. Brings nothing in.
         */
        post: operations["previewImportOfDeals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/leads": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring in leads from a file
         * @description The body is the file itself: CSV (comma, semicolon or tab; UTF-8, UTF-16, Windows-1250, ISO-8859-2), XLSX or vCard, at most 64 MiB, 2,000,000 rows and 500 columns; larger files go in by the command line. Headings of common programs are recognised; `map` overrides them. Refused rows are listed with their reason, the others go in. The import is one act and can be undone as one.
         */
        post: operations["importLeads"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/leads/preview": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look into a file of leads
         * @description What kind of file it is, its columns with their first values, and the fields that they would feed. Brings nothing in.
         */
        post: operations["previewImportOfLeads"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/people": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring in people from a file
         * @description The body is the file itself: CSV (comma, semicolon or tab; UTF-8, UTF-16, Windows-1250, ISO-8859-2), XLSX or vCard, at most 64 MiB, 2,000,000 rows and 500 columns; larger files go in by the command line. Headings of common programs are recognised; `map` overrides them. Refused rows are listed with their reason, the others go in. The import is one act and can be undone as one.
         */
        post: operations["importPeople"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/people/preview": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look into a file of people
         * @description What kind of file it is, its columns with their first values, and the fields that they would feed. Brings nothing in.
         */
        post: operations["previewImportOfPeople"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Open an own import
         * @description What came of it, in numbers.
         */
        get: operations["readImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/undo": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo an own import
         * @description As one act: removes what it made and puts back what it changed, as far as nobody has touched it since. 409 if it was undone before.
         */
        post: operations["undoImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/index/rebuild": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rebuild the index
         * @description Answers when it is rebuilt, or at once with a job; lists are unavailable meanwhile. The store is not touched. 409 while one is running.
         */
        post: operations["rebuildIndex"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List own jobs
         * @description Newest first, 100 at most, without the rows of reports. Does not count as a use of the session. Ended jobs are kept for a day; changes to many records stay until a hundred newer ones. A token sees what was started through it.
         */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/dead": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List jobs that were given up
         * @description Of all users, oldest first, 100 at most: what failed again and again, or brought its servers down. Nothing of what they were to do. They are kept for 30 days. Needs the right to manage the system.
         */
        get: operations["listDeadJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/dead/{id}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Discard a job that was given up
         * @description What was ordered goes with its key. Needs the right to manage the system.
         */
        delete: operations["discardDeadJob"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/dead/{id}/retry": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry a job that was given up
         * @description It waits again as if it had never been tried, for its user and under that user's rights of then. 409 if what was ordered is gone: its session ended, rights changed or somebody was erased. Needs the right to manage the system.
         */
        post: operations["retryDeadJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Open an own job
         * @description How far it is and what came of it. The rows of an import's report go when the session ends in which it was ordered and when the caller's rights change, the values in them at every erasure.
         */
        get: operations["readJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop an own job
         * @description It stops after what it is at; what is done stays done. 409 if it has ended.
         */
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/file": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Take the file that an own job made
         * @description As an attachment; 404 once it is gone.
         */
        get: operations["readJobFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/undo": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo an own job
         * @description As a job of its own, under the rights that the caller has now: puts back what nobody has touched since. 409 if there is nothing to undo, or it was undone before.
         */
        post: operations["undoJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * The state of the keys
         * @description Counts and ages; never a key.
         */
        get: operations["readKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/rotate": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate the keys
         * @description Wraps every subject's key under a new epoch and destroys the old one; or finishes a rotation that was broken off. Content is not sealed again. 409 while one is running.
         */
        post: operations["rotateKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List, filter and search leads
         * @description One page of the leads that the caller may see. Rows leave out long texts and special fields: open the record for them. The search looks for all words given, by prefix and fragment, without regard to case and diacritics.
         */
        get: operations["listLeads"];
        put?: never;
        /**
         * Make a lead
         * @description Repeated with the same `Idempotency-Key` and body, answers with the record made before. A value of a unique field that another visible record has is refused with 409 unless `allow_duplicate` is set.
         */
        post: operations["createLead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/bulk": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change many leads
         * @description Each record is written in the usual way, under the rights of that moment, as one act that can be undone. Records are chosen by ids or by the conditions of a list, at most 10,000. Exactly one of `change`, `action` and `share` must be given. By `share` each record is shared like a single one, with the same checks: at most 1,000, not by a token, and with a proof of the last minutes that the caller is there (403 `step-up-required`). Undoing ends the grants of the act that still stand and were not renewed since. From a size on that the rules set it needs a second person (403 `approval-required`): see Approvals.
         */
        post: operations["bulkLeads"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/duplicates": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find records that may be the same
         * @description Companies, people and leads that the caller may see and that have the same e-mail, phone, NIP, unique value or name as the one described, at most 10, certain ones first. Fields that the caller may not read are not looked at.
         */
        post: operations["findLeadDuplicates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/export": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Export leads as CSV
         * @description All that a list with the same parameters would show, with long texts, masked like a page, at most 50,000 and 64 MiB. Needs the right to export; 409 if the rights change meanwhile. Every record is named in the ledger before the first byte leaves.
         */
        get: operations["exportLeads"];
        put?: never;
        /**
         * Export leads to a file
         * @description As a job. All that a list with the same conditions would show, or those of `ids` among it, with long texts, masked like a page, at most 50,000 and 64 MiB. Needs the right to export. The file is kept for an hour, sealed with a key of its own; it goes when the session ends in which it was made, when the caller's rights change, and at every erasure. Business cards (`vcf`) are for people only.
         */
        post: operations["exportLeadsFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/totals": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Count and add up leads by group
         * @description Over what the caller may read; money is kept apart by currency. Without `sum`, records are only counted.
         */
        get: operations["totalLeads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/{id}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Open a lead
         * @description Hidden fields are absent, masked ones marked; `access` lists both, and what the caller may do. `refs` names what it refers to, as far as the caller may read that; so do the answers to changes.
         */
        get: operations["readLead"];
        put?: never;
        post?: never;
        /**
         * Put a lead into the bin
         * @description It can be restored. To remove it for good, erase its subject.
         */
        delete: operations["binLead"];
        options?: never;
        head?: never;
        /**
         * Change a lead
         * @description `fields` is a JSON merge patch (RFC 7396): null removes a value, what is not named stays. With a new owner the record moves to the owner's team.
         */
        patch: operations["updateLead"];
        trace?: never;
    };
    "/api/v1/leads/{id}/access": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Explain who can see a lead, and why
         * @description Active users who can read it, with what they may do to it, how they see its fields, and by which role. Whoever can read it may ask.
         */
        get: operations["listLeadAccess"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/{id}/access-requests": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for access to a lead
         * @description The answer is the same whatever stands under the id: a record that is not seen, one that is, one that was erased, or none. If there is one, its owner, or who leads the team, is told and can grant it for 14 days. Whether it was declined is never said: after 14 days it is not granted. Asking again while it is open changes nothing. 409 with 20 open requests, 429 after a few a minute. Not for a token.
         */
        post: operations["askLeadAccess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/{id}/changes": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List what changed in a lead
         * @description Old and new values, newest first, masked like the record itself.
         */
        get: operations["listLeadChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/{id}/convert": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn a lead into a person, and if wanted a company and a deal
         * @description One act: what hangs on the lead moves to the person, and all of them refer to each other. A company is made when the lead names one and none is given; a deal is made when it is given a name. 409 if the lead was converted before.
         */
        post: operations["convertLead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/{id}/erase": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase a lead for good
         * @description Removes every record about the same subject, takes references to them out of other records, and destroys the subject's key, so that backups and the ledger lose it too (GDPR Art. 17). Cannot be undone. At most 20,000 records at once.
         */
        post: operations["eraseLead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/{id}/events": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List who has seen or changed a lead
         * @description Newest first; rows of lists count as seen.
         */
        get: operations["listLeadEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/{id}/grantable-roles": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List the roles that the caller may grant on a lead
         * @description Those that give no more than the caller's roles give there, and come without conditions. Needs the right to share it.
         */
        get: operations["listLeadGrantableRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/{id}/grants": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List to whom a lead was granted
         * @description Those whose time has not come too, and the newest 200 of those whose time is over: they are kept for 30 days. Not those that somebody ended. Needs the right to share it, or to read users.
         */
        get: operations["listLeadGrants"];
        put?: never;
        /**
         * Grant a role on a lead
         * @description To a user, or to whatever person is in a team or of a partner organisation at that moment, from a time until another, two years from now at the latest. It holds at the next request and ends by itself; whoever has it sees no more than the role and the chosen fields show. On what hangs on it others' records are only read. Needs the right to share it by a role; nobody gives more than roles give them there, nor a role that comes with conditions (a factor, networks, hours). To partners only roles that read and export are given, with an end within a year and within an agreement. A role that is widened later does not widen the grant; one that is narrowed does narrow it. Whom it is for is told. 409 if there are 200 grants on it, 5,000 for one user or team or by one giver, or 1,000 by that giver for these; those that ended within 30 days count towards 400 by one giver on it and 10,000 by one giver. Where the rules of approval say so it needs a second person (403 `approval-required`): it counts with what the caller shared within a day, and is asked for as an act on many with one id. Not for a token.
         */
        post: operations["grantLead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/{id}/restore": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a lead out of the bin
         * @description The record is as it was before.
         */
        post: operations["restoreLead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/{id}/reveal": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show one masked value of a lead in clear
         * @description Needs the right to reveal. The reason is kept in the ledger.
         */
        post: operations["revealLeadField"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger/checkpoint": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * The last signed checkpoint
         * @description C2SP tlog-checkpoint. Whoever keeps it can prove later that history was not rewritten. It holds a size and a hash, no data.
         */
        get: operations["readCheckpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger/events": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List events of the whole ledger
         * @description Newest first; all conditions must hold. Needs the right to read the ledger. At most 50,000 events are looked at for one answer: a page may hold fewer than asked, even none, while `next_before` says where to go on.
         */
        get: operations["listLedgerEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger/events/{id}/proof": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Make a proof of an event
         * @description A file that shows, without the data, that the event is in the ledger (RFC 6962 inclusion against a signed checkpoint). Check it with `klucznik ledger check`. Own events need no further right.
         */
        get: operations["readEventProof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger/verify": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify the ledger
         * @description As a job: every event against the signed checkpoint, and every row against the last event that wrote it. Needs the right to read the ledger. One at a time; it fails when an erasure is to be finished.
         */
        post: operations["verifyLedger"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/email": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm an e-mail address by a link
         * @description It is the user's from now on. The link works once. 404 as for `/links/look`.
         */
        post: operations["confirmEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/look": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask what a link is good for
         * @description `link` is what stands in it behind `#`. Uses nothing up. 404 for a link that was used, ran out, was withdrawn or never was.
         */
        post: operations["lookAtLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/password": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose a password by a link
         * @description Of an invitation, or of a forgotten password. The link works once. All sessions and tokens of the user end; it signs nobody in, and second factors stay as they are. 404 as for `/links/look`; a weak password is refused with the reason (422), and the link stays good. So it does where people sign in through providers alone, whose passwords do not count (409).
         */
        post: operations["setPasswordByLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/refuse-email": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse an e-mail address by a link
         * @description If it is the user's already, the one before is again. All sessions and tokens of the user end. The link works once. 404 as for `/links/look`.
         */
        post: operations["refuseEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Who is signed in
         * @description The caller, and what the caller's roles add up to.
         */
        get: operations["readMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/accounts": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List own accounts at providers
         * @description Those by which the caller can sign in. Not for a token.
         */
        get: operations["listOwnAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/email": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Open the own e-mail address
         * @description Whether mail reached it, and which one waits to be confirmed.
         */
        get: operations["readOwnEmail"];
        /**
         * Change or confirm the own e-mail address
         * @description A letter with a link goes to the address: `POST /links/email` confirms it, within a day. If it is not the present one, another letter goes there, with a link by which the change is refused (`POST /links/refuse-email`), until seven days after that day. A confirmed address gets links to another password. 409 where no mail leaves, and while the present address can still be refused. Not for a token.
         */
        put: operations["askForEmail"];
        post?: never;
        /**
         * Take back a change of the own e-mail address
         * @description Its link is good no more, and is not mailed if it still waits.
         */
        delete: operations["withdrawEmail"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/events": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List what the caller did
         * @description Newest first. A page may hold fewer events than asked, even none, while `next_before` says where to go on.
         */
        get: operations["listOwnEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/factors": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List own factors
         * @description Oldest first; recovery codes are one. Not for a token.
         */
        get: operations["listOwnFactors"];
        put?: never;
        /**
         * Finish adding a factor
         * @description In the session that began it, which was confirmed for that. With a proof that it works; a wrong code is refused (422), and another may be typed. 409 if nothing was begun in this session, or its time is over.
         */
        post: operations["addFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/factors/passkey": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to add a passkey
         * @description Gives what the browser makes it with; it is bound to the name that the server is asked under. What was begun is in the cookie `__Host-klucznik-pending`, for five minutes. 409 if there are ten already, or the server is asked under an IP address.
         */
        post: operations["beginPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/factors/recovery": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make new recovery codes
         * @description Ten, each good once in place of a factor; shown this once. All before are good no more. 409 without another factor.
         */
        post: operations["makeRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/factors/totp": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to add an application with codes
         * @description Gives its secret, which is shown this once; what was begun is in the cookie `__Host-klucznik-pending`, for five minutes. 409 if there are ten already.
         */
        post: operations["beginTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/factors/{id}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove an own factor
         * @description With the last one the recovery codes go too. 409 if what is asked of the user would not be met any more.
         */
        delete: operations["removeFactor"];
        options?: never;
        head?: never;
        /**
         * Rename an own factor
         * @description The name is for its user alone.
         */
        patch: operations["renameFactor"];
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change the own password
         * @description 15 to 256 characters; a weak one is refused with the reason (422), a wrong current one like a failed sign-in (401, then 429). All other sessions and tokens of the caller end, and all browsers are forgotten but this one, which gets its cookie anew.
         */
        put: operations["changeOwnPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/preferences": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * How the caller wants the interface
         * @description What was never set is absent, but for `idle_days`. `ETag` is 0 before anything was set. Not for a token.
         */
        get: operations["readPreferences"];
        /**
         * Change how the caller wants the interface
         * @description The body is all of it as it is to be. `lang` becomes the language of the user as well. Not for a token.
         */
        put: operations["putPreferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/service-accounts": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List service accounts that the caller answers for
         * @description Not for a token.
         */
        get: operations["listOwnServiceAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/step-up": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to confirm that it is still you
         * @description Says by what: a factor, or the password for whoever has none; whoever has nothing to show here confirms at one of `providers` (`POST /sign-on` with `confirm`). It is also what comes before anything else where a session is used in another browser than it was begun in: every other answer is then 403 `step-up-required`. What was begun is in the cookie `__Host-klucznik-pending`, for five minutes. Not for a token.
         */
        post: operations["beginStepUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/step-up/finish": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm that it is still you
         * @description The session goes on under another secret, and for five minutes nothing asks again. The secret before is good for requests under way: for ten seconds after the next one is first used, and a minute at most. Shown later it ends the session. Wrong: 401, then 429; the session stays.
         */
        post: operations["finishStepUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notes": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List, filter and search notes
         * @description One page of the notes that the caller may see. Rows leave out long texts and special fields: open the record for them. The search looks for all words given, by prefix and fragment, without regard to case and diacritics.
         */
        get: operations["listNotes"];
        put?: never;
        /**
         * Make a note
         * @description Repeated with the same `Idempotency-Key` and body, answers with the record made before. A value of a unique field that another visible record has is refused with 409 unless `allow_duplicate` is set.
         */
        post: operations["createNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notes/bulk": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change many notes
         * @description Each record is written in the usual way, under the rights of that moment, as one act that can be undone. Records are chosen by ids or by the conditions of a list, at most 10,000. Exactly one of `change`, `action` and `share` must be given. By `share` each record is shared like a single one, with the same checks: at most 1,000, not by a token, and with a proof of the last minutes that the caller is there (403 `step-up-required`). Undoing ends the grants of the act that still stand and were not renewed since. From a size on that the rules set it needs a second person (403 `approval-required`): see Approvals.
         */
        post: operations["bulkNotes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notes/export": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Export notes as CSV
         * @description All that a list with the same parameters would show, with long texts, masked like a page, at most 50,000 and 64 MiB. Needs the right to export; 409 if the rights change meanwhile. Every record is named in the ledger before the first byte leaves.
         */
        get: operations["exportNotes"];
        put?: never;
        /**
         * Export notes to a file
         * @description As a job. All that a list with the same conditions would show, or those of `ids` among it, with long texts, masked like a page, at most 50,000 and 64 MiB. Needs the right to export. The file is kept for an hour, sealed with a key of its own; it goes when the session ends in which it was made, when the caller's rights change, and at every erasure. Business cards (`vcf`) are for people only.
         */
        post: operations["exportNotesFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notes/totals": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Count and add up notes by group
         * @description Over what the caller may read; money is kept apart by currency. Without `sum`, records are only counted.
         */
        get: operations["totalNotes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notes/{id}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Open a note
         * @description Hidden fields are absent, masked ones marked; `access` lists both, and what the caller may do. `refs` names what it refers to, as far as the caller may read that; so do the answers to changes.
         */
        get: operations["readNote"];
        put?: never;
        post?: never;
        /**
         * Put a note into the bin
         * @description It can be restored. To remove it for good, erase its subject.
         */
        delete: operations["binNote"];
        options?: never;
        head?: never;
        /**
         * Change a note
         * @description `fields` is a JSON merge patch (RFC 7396): null removes a value, what is not named stays. With a new owner the record moves to the owner's team.
         */
        patch: operations["updateNote"];
        trace?: never;
    };
    "/api/v1/notes/{id}/access": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Explain who can see a note, and why
         * @description Active users who can read it, with what they may do to it, how they see its fields, and by which role. Whoever can read it may ask.
         */
        get: operations["listNoteAccess"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notes/{id}/access-requests": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for access to a note
         * @description The answer is the same whatever stands under the id: a record that is not seen, one that is, one that was erased, or none. If there is one, its owner, or who leads the team, is told and can grant it for 14 days. Whether it was declined is never said: after 14 days it is not granted. Asking again while it is open changes nothing. 409 with 20 open requests, 429 after a few a minute. Not for a token.
         */
        post: operations["askNoteAccess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notes/{id}/changes": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List what changed in a note
         * @description Old and new values, newest first, masked like the record itself.
         */
        get: operations["listNoteChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notes/{id}/events": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List who has seen or changed a note
         * @description Newest first; rows of lists count as seen.
         */
        get: operations["listNoteEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notes/{id}/grantable-roles": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List the roles that the caller may grant on a note
         * @description Those that give no more than the caller's roles give there, and come without conditions. Needs the right to share it.
         */
        get: operations["listNoteGrantableRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notes/{id}/grants": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List to whom a note was granted
         * @description Those whose time has not come too, and the newest 200 of those whose time is over: they are kept for 30 days. Not those that somebody ended. Needs the right to share it, or to read users.
         */
        get: operations["listNoteGrants"];
        put?: never;
        /**
         * Grant a role on a note
         * @description To a user, or to whatever person is in a team or of a partner organisation at that moment, from a time until another, two years from now at the latest. It holds at the next request and ends by itself; whoever has it sees no more than the role and the chosen fields show. On what hangs on it others' records are only read. Needs the right to share it by a role; nobody gives more than roles give them there, nor a role that comes with conditions (a factor, networks, hours). To partners only roles that read and export are given, with an end within a year and within an agreement. A role that is widened later does not widen the grant; one that is narrowed does narrow it. Whom it is for is told. 409 if there are 200 grants on it, 5,000 for one user or team or by one giver, or 1,000 by that giver for these; those that ended within 30 days count towards 400 by one giver on it and 10,000 by one giver. Where the rules of approval say so it needs a second person (403 `approval-required`): it counts with what the caller shared within a day, and is asked for as an act on many with one id. Not for a token.
         */
        post: operations["grantNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notes/{id}/restore": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a note out of the bin
         * @description The record is as it was before.
         */
        post: operations["restoreNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notes/{id}/reveal": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show one masked value of a note in clear
         * @description Needs the right to reveal. The reason is kept in the ledger.
         */
        post: operations["revealNoteField"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List own notices
         * @description Newest first. Does not count as a use of the session.
         */
        get: operations["listNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/read": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark several notices as read
         * @description All or none: 404 if one of them is not the caller's. Doing it twice changes nothing.
         */
        post: operations["markNoticesRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/{id}/read": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark a notice as read
         * @description Doing it twice changes nothing.
         */
        post: operations["markNoticeRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * This document
         * @description Made from the descriptors as they are now.
         */
        get: operations["readOpenapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List partner organisations
         * @description All of them for whoever reads users or the ledger; for whoever may share something, and not for a token, those with which something can be shared now, by name. Agreements and users are in one that is opened.
         */
        get: operations["listPartners"];
        put?: never;
        /**
         * Enter a partner organisation
         * @description Something can be shared with it, or with a user of it, only while an agreement with it is in force. At most 1,000. Needs the right to manage users. Not for a token.
         */
        post: operations["createPartner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/{id}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Open a partner organisation
         * @description Needs the right to read users or the ledger.
         */
        get: operations["readPartner"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a partner organisation
         * @description What is not named stays. `add_agreement` enters one, `end_agreement` moves the end of one that is not over; what is shared ends with the agreement, at the next request and for good. `registration` says how its users register deals, `null` that they do not; its caretaker has to be a person who may add leads and share them, and is told. Suspending (`active`) suspends its users and ends their sessions at once; letting it in again lets none of them in. Needs the right to manage users. Not for a token.
         */
        patch: operations["updatePartner"];
        trace?: never;
    };
    "/api/v1/partners/{id}/grants": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List what is shared with a partner organisation
         * @description With all of it, or with one of its users; that has not ended, the newest first. A record is called by its title only where the caller sees it. Needs the right to read users or the ledger.
         */
        get: operations["listPartnerGrants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/{id}/registrations": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List the deals that a partner organisation registered
         * @description The newest first, 1,000 at most. Company and state are told only where the caller sees them on the lead. Needs the right to read users or the ledger.
         */
        get: operations["listPartnerRegistrations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/password-resets": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a password was forgotten
         * @description The answer is the same whoever it is. A user who is not suspended, has a password and was reached by mail before gets a link that works once, for 30 minutes; another one not before five minutes, and twice as long after each that was not used, up to 30 minutes.
         */
        post: operations["askForPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List, filter and search people
         * @description One page of the people that the caller may see. Rows leave out long texts and special fields: open the record for them. The search looks for all words given, by prefix and fragment, without regard to case and diacritics.
         */
        get: operations["listPeople"];
        put?: never;
        /**
         * Make a person
         * @description Repeated with the same `Idempotency-Key` and body, answers with the record made before. A value of a unique field that another visible record has is refused with 409 unless `allow_duplicate` is set.
         */
        post: operations["createPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/bulk": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change many people
         * @description Each record is written in the usual way, under the rights of that moment, as one act that can be undone. Records are chosen by ids or by the conditions of a list, at most 10,000. Exactly one of `change`, `action` and `share` must be given. By `share` each record is shared like a single one, with the same checks: at most 1,000, not by a token, and with a proof of the last minutes that the caller is there (403 `step-up-required`). Undoing ends the grants of the act that still stand and were not renewed since. From a size on that the rules set it needs a second person (403 `approval-required`): see Approvals.
         */
        post: operations["bulkPeople"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/duplicates": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find records that may be the same
         * @description Companies, people and leads that the caller may see and that have the same e-mail, phone, NIP, unique value or name as the one described, at most 10, certain ones first. Fields that the caller may not read are not looked at.
         */
        post: operations["findPersonDuplicates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/export": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Export people as CSV
         * @description All that a list with the same parameters would show, with long texts, masked like a page, at most 50,000 and 64 MiB. Needs the right to export; 409 if the rights change meanwhile. Every record is named in the ledger before the first byte leaves.
         */
        get: operations["exportPeople"];
        put?: never;
        /**
         * Export people to a file
         * @description As a job. All that a list with the same conditions would show, or those of `ids` among it, with long texts, masked like a page, at most 50,000 and 64 MiB. Needs the right to export. The file is kept for an hour, sealed with a key of its own; it goes when the session ends in which it was made, when the caller's rights change, and at every erasure. Business cards (`vcf`) are for people only.
         */
        post: operations["exportPeopleFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/totals": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Count and add up people by group
         * @description Over what the caller may read; money is kept apart by currency. Without `sum`, records are only counted.
         */
        get: operations["totalPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Open a person
         * @description Hidden fields are absent, masked ones marked; `access` lists both, and what the caller may do. `refs` names what it refers to, as far as the caller may read that; so do the answers to changes.
         */
        get: operations["readPerson"];
        put?: never;
        post?: never;
        /**
         * Put a person into the bin
         * @description It can be restored. To remove it for good, erase its subject.
         */
        delete: operations["binPerson"];
        options?: never;
        head?: never;
        /**
         * Change a person
         * @description `fields` is a JSON merge patch (RFC 7396): null removes a value, what is not named stays. With a new owner the record moves to the owner's team.
         */
        patch: operations["updatePerson"];
        trace?: never;
    };
    "/api/v1/people/{id}/access": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Explain who can see a person, and why
         * @description Active users who can read it, with what they may do to it, how they see its fields, and by which role. Whoever can read it may ask.
         */
        get: operations["listPersonAccess"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/access-requests": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for access to a person
         * @description The answer is the same whatever stands under the id: a record that is not seen, one that is, one that was erased, or none. If there is one, its owner, or who leads the team, is told and can grant it for 14 days. Whether it was declined is never said: after 14 days it is not granted. Asking again while it is open changes nothing. 409 with 20 open requests, 429 after a few a minute. Not for a token.
         */
        post: operations["askPersonAccess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/changes": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List what changed in a person
         * @description Old and new values, newest first, masked like the record itself.
         */
        get: operations["listPersonChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/erase": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase a person for good
         * @description Removes every record about the same subject, takes references to them out of other records, and destroys the subject's key, so that backups and the ledger lose it too (GDPR Art. 17). Cannot be undone. At most 20,000 records at once.
         */
        post: operations["erasePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/events": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List who has seen or changed a person
         * @description Newest first; rows of lists count as seen.
         */
        get: operations["listPersonEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/grantable-roles": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List the roles that the caller may grant on a person
         * @description Those that give no more than the caller's roles give there, and come without conditions. Needs the right to share it.
         */
        get: operations["listPersonGrantableRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/grants": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List to whom a person was granted
         * @description Those whose time has not come too, and the newest 200 of those whose time is over: they are kept for 30 days. Not those that somebody ended. Needs the right to share it, or to read users.
         */
        get: operations["listPersonGrants"];
        put?: never;
        /**
         * Grant a role on a person
         * @description To a user, or to whatever person is in a team or of a partner organisation at that moment, from a time until another, two years from now at the latest. It holds at the next request and ends by itself; whoever has it sees no more than the role and the chosen fields show. On what hangs on it others' records are only read. Needs the right to share it by a role; nobody gives more than roles give them there, nor a role that comes with conditions (a factor, networks, hours). To partners only roles that read and export are given, with an end within a year and within an agreement. A role that is widened later does not widen the grant; one that is narrowed does narrow it. Whom it is for is told. 409 if there are 200 grants on it, 5,000 for one user or team or by one giver, or 1,000 by that giver for these; those that ended within 30 days count towards 400 by one giver on it and 10,000 by one giver. Where the rules of approval say so it needs a second person (403 `approval-required`): it counts with what the caller shared within a day, and is asked for as an act on many with one id. Not for a token.
         */
        post: operations["grantPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/restore": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a person out of the bin
         * @description The record is as it was before.
         */
        post: operations["restorePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/reveal": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show one masked value of a person in clear
         * @description Needs the right to reveal. The reason is kept in the ledger.
         */
        post: operations["revealPersonField"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registrations": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List the deals that one's own partner organisation registered
         * @description By whichever of its users, the newest first, 1,000 at most. The company is told as far as what is shared goes, and the state as long as it is shared. For users of partners alone. Not for a token.
         */
        get: operations["listOwnRegistrations"];
        put?: never;
        /**
         * Register a deal
         * @description Makes a lead of the caretaker whom the house named for the partner, and shares it with the partner until the days agreed on, or the agreement, are over. The answer is the same whatever the house has already. For users of partners alone. 409 while registration is closed; 429 after 20 by one user or 60 by one partner within 24 hours. Not for a token.
         */
        post: operations["registerDeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/csp": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a browser's report about the policy of a page
         * @description Which rule it was, and the kind of thing that was stopped, go to the program's log; no address does. Limited by network.
         */
        post: operations["reportCsp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/role-conflicts": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Which roles one person is not to hold together
         * @description Until something is decided: administrator beside auditor, and beside data-protection officer, told of and not refused. Needs the right to read roles.
         */
        get: operations["readRoleConflicts"];
        /**
         * Decide which roles one person is not to hold together
         * @description All pairs at once. Of a pair that is refused nobody is given both from then on, by whatever way (422 `conflicting-roles`; groups at a provider of single sign-on leave the newer one out); whoever holds both keeps them, and is found. Needs the right to manage roles. Not for a token.
         */
        put: operations["putRoleConflicts"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List roles
         * @description With all that they allow and deny.
         */
        get: operations["listRoles"];
        put?: never;
        /**
         * Make a role
         * @description What is not named is not allowed. At most 1,000 roles.
         */
        post: operations["createRole"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/export": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Take all roles out as a file
         * @description By their stable names, without any id, for another organisation or to be kept. Needs the right to read roles.
         */
        get: operations["exportRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/import": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring roles in from a file
         * @description The body is such a file, of at most 1 MiB and 1,000 roles. A role takes the place of the one of its name, built-in ones too; roles that the file does not name stay. Of each it is said what becomes of it, and for which reasons it is refused, and as in a preview of a role whom all of it concerns. With `dry_run` nothing is saved; without, all roles or none: 422 if any is refused. The checks are those of saving each, and somebody has to remain who manages users and roles. Needs the right to manage roles.
         */
        post: operations["importRoles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{id}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change a role
         * @description The body is the role as it is to be. Takes effect with the next request of whoever holds it. 409 if nobody could manage users any more.
         */
        put: operations["updateRole"];
        post?: never;
        /**
         * Remove a role
         * @description 409 if it is built in or somebody holds it.
         */
        delete: operations["deleteRole"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{id}/preview": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask whom a change of a role would concern
         * @description The body is the role as it would be. Says who would gain and who would lose what, by groups of people of one team with the same roles, and how many records the first of each read now and then; at most 50 groups, the largest first. Names and numbers are for whoever reads users. Decides and changes nothing. Needs the right to manage roles.
         */
        post: operations["previewRole"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{id}/rollback": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a role what it was
         * @description The content of that version becomes the next version, if it may be saved today: all that `PUT` refuses is refused here. 404 for a version that is not kept; 409 for the present one.
         */
        post: operations["rollBackRole"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{id}/versions": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List what a role was
         * @description Newest first, the present version too: who made it when, what was other than before, in words, and the role as it was. Every change is kept, by whatever way it came, as long as the ledger. Needs the right to read roles.
         */
        get: operations["listRoleVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Search everything
         * @description The latest changed records of each entity that the caller may read and that hold all words, found as in lists. Groups come in a fixed order; those without a record are absent.
         */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/service-accounts": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List service accounts
         * @description All of them, suspended ones too. Needs the right to read users.
         */
        get: operations["listServiceAccounts"];
        put?: never;
        /**
         * Make a service account
         * @description A program that acts by itself: without password, factors and sessions, through tokens alone, which its owner makes. It has roles of its own, an end, two years from now at the latest, and an owner, a person who is told. Without an owner who may act it can do nothing. 409 if there are 500. Needs the right to manage users. Not for a token.
         */
        post: operations["createServiceAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/service-accounts/{id}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Open a service account
         * @description For its owner, and with the right to read users. Not for a token.
         */
        get: operations["readServiceAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a service account
         * @description What is not named stays. Takes effect with its next request; suspending ends its tokens. Needs the right to manage users. Not for a token.
         */
        patch: operations["updateServiceAccount"];
        trace?: never;
    };
    "/api/v1/service-accounts/{id}/owner": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand a service account over
         * @description To another person, who is told. All its tokens end: the owner before knows them. For its owner, and with the right to manage users. Not for a token.
         */
        post: operations["handOverServiceAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/service-accounts/{id}/tokens": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List tokens of a service account
         * @description Those that have not ended, with their last use. For its owner, and with the right to read sessions. Not for a token.
         */
        get: operations["listServiceTokens"];
        put?: never;
        /**
         * Make a token of a service account
         * @description It does at most what its scope names and the account's roles allow, until it ends, after 365 days and with the account at the latest. Its secret is in this answer and never shown again. 409 if there are too many, and if the account can do nothing. For its owner alone. Not for a token.
         */
        post: operations["createServiceToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/service-accounts/{id}/tokens/{token}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a token of a service account
         * @description It ends at once. For its owner, and with the right to manage sessions. Not for a token.
         */
        delete: operations["endServiceToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List own sessions and tokens
         * @description Those that have not ended, oldest first; `current` marks the one of this request. Not for a token.
         */
        get: operations["listOwnSessions"];
        put?: never;
        /**
         * Sign in
         * @description Sets the cookie `__Host-klucznik`, in place of the session that the browser was in, which ends, and `__Host-klucznik-browser`, with which this browser is known later: what strangers try under the name does not make it wait. A wrong password, an unknown user and a suspended one get the same answer: 401. Repeated failures slow down and then lock, an hour at most: 429 with `Retry-After`. 202 if the user has a second factor: then it is finished with that.
         */
        post: operations["signIn"];
        /**
         * End all own sessions and tokens but this one
         * @description They end at once. All browsers are forgotten but this one, which gets its cookie anew.
         */
        delete: operations["endOtherSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/all": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End all sessions and tokens of everybody
         * @description But the session of this request. They end at once: for when it is not known what was stolen. Needs the right to manage sessions. Not for a token.
         */
        delete: operations["endAllSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/current": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign out
         * @description The session or token of this request ends at once; the cookie goes, and what the browser kept of us.
         */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/factor": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish signing in with a factor
         * @description What was begun is in the cookie `__Host-klucznik-pending`, for five minutes. Give exactly one way. A wrong code counts as a wrong password does: 401, then 429 with `Retry-After`; another may be typed. After a wrong passkey, begin anew.
         */
        post: operations["signInWithFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/passkey": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to sign in with a passkey alone
         * @description Gives what the browser asks for any passkey of this server with; finish with `POST /sessions/factor`. What was begun is in the cookie `__Host-klucznik-pending`, for five minutes. 409 if the server is not asked under a name.
         */
        post: operations["beginPasskeySignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/rules": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * How long sessions last, and from where and when they may be used
         * @description Needs the right to read roles.
         */
        get: operations["readSessionRules"];
        /**
         * Decide how long sessions last, and from where and when they may be used
         * @description Holds from the next request on, for sessions that are open too. Of all rules that concern a user the strictest holds; none makes sessions longer than the server's settings do. Networks and hours hold for tokens as well. Outside the hours of any role that has some everything but signing out is 403 `outside-hours` with `Retry-After`, and so is signing in after the right password; sessions do not end by it, and jobs that were begun go on. Whoever may manage users or roles is held to no hours, and they are refused for such roles (422 `not-for-administrators`). 409 if the caller could not go on working. Needs the right to manage roles. Not for a token.
         */
        put: operations["putSessionRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one own session or token
         * @description It ends at once. Not for a token, which can end itself.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-in": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Ask what can be done without a session
         * @description Whether a link to another password can be mailed.
         */
        get: operations["waysToSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-on": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Through whom one can sign in
         * @description For the page where nobody is signed in yet. `only` says that passwords do not count, but for the emergency account.
         */
        get: operations["listProviders"];
        put?: never;
        /**
         * Begin to sign in through a provider
         * @description Gives the address to which the browser is to go; what is needed when it comes back is kept for five minutes, for the browser with the cookie `__Host-klucznik-sign-on`. It comes back to the page `/sign-on/` with the name of the provider. `back` is where in the interface to go then; an address elsewhere is not. `invitation` is the secret of an invitation, which the account is linked by. With `anew` the provider asks the user whoever is signed in there. With `confirm` it does so too, and nobody is signed in by it: whoever is in a session here proves to be there, and that goes on; 401 without one. 503 if the provider does not answer.
         */
        post: operations["beginSignOn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-on/back-channel/{provider}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End sessions that a provider names
         * @description For the provider (OpenID Connect Back-Channel Logout 1.0): a form with `logout_token`. 400 if that is not right, 503 with `Retry-After` if it cannot be checked now.
         */
        post: operations["endByProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-on/finish": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish signing in through a provider
         * @description With what the provider put into the address of the page, and `provider`, whose page it is: the one that was begun at, or it is refused. Good once, whatever comes of it. The account with the issuer and subject of the provider's token is the user's to whom an administrator or an invitation linked it, or a new user's where the settings allow that; an e-mail address links nothing. Then as with a password: 201, or 202 if the user has a second factor and the provider's does not count. Where it was begun with `confirm`, the session goes on under another secret, for a user who has neither a factor nor a password to show; 401 if another account was signed in there, which changes nothing here.
         */
        post: operations["finishSignOn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-on/front-channel/{provider}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * End sessions where somebody signed out at a provider
         * @description For a frame of the provider's page (OpenID Connect Front-Channel Logout 1.0), with `iss` and `sid`.
         */
        get: operations["endByFrame"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-on/settings": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * How single sign-on is set up
         * @description As the operator wrote it into the settings of the server; no secret is in it. Needs the right to read users.
         */
        get: operations["readSignOnSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stream": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Be told of changes
         * @description Server-sent events whose data is JSON: ids, never values. `hello (policy_version)` first; `notice (unread)`; `job` with an own Job without `result` and `problem`, at most four a second each; `record (entity, id, version, by, at)` for a watched record that changed, judged by the rights of the moment, or `gone (entity, id)` when it is not to be seen (any more); `list (entity)` when something of an entity changed, at most once a second; `rights (policy_version)` when the caller's rights changed; `session-ended` at the end. At most 8 a session and 40 a user. Does not count as a use of the session. Not for a token.
         */
        get: operations["openStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/subjects/{id}/events": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List what happened about a person or company
         * @description Newest first; goes on after erasure. Needs the right to read the ledger.
         */
        get: operations["listSubjectEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * The state of the instance
         * @description Numbers and times of store, index, ledger, keys, certificate and jobs, and checks that say what to do. Needs the right to read the system.
         */
        get: operations["readSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List teams
         * @description The whole tree, flat.
         */
        get: operations["listTeams"];
        put?: never;
        /**
         * Make a team
         * @description A team sees what its own members own; a team above it sees that too where a role reaches below.
         */
        post: operations["createTeam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{id}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Rename or move a team
         * @description The body is the team as it is to be. It cannot stand below itself. Where it hangs decides whose records are seen, so a second person may have to approve that it hangs elsewhere.
         */
        put: operations["updateTeam"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{id}/preview": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask whom it would concern if a team hung elsewhere
         * @description The body is the team as it would be. It is told as for a role. Decides and changes nothing. Needs the right to manage teams.
         */
        post: operations["previewTeam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a bearer token
         * @description A token does at most what its scope names and its owner may, until it ends, after 365 days at the latest. Its secret is in this answer and never shown again. Tokens are listed and ended like sessions. 409 if there are too many. Not for a token.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List users
         * @description Suspended ones too, with roles and usernames. Needs the right to read users.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Make a user
         * @description Of the house, with a team, or of a `partner`, with neither team nor roles: such a user sees what was shared alone. 409 if the username is taken. Without a password nobody can sign in as this user until one is set; `invite` lets the user choose it, by a link that is mailed or, where no mail leaves, shown in this answer and never again.
         */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Open a user
         * @description Never with a hash.
         */
        get: operations["readUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a user
         * @description What is not named stays. Takes effect with the user's next request; where mail leaves, a letter tells of another address at the one before; suspending ends the user's sessions and tokens, and so does the moment `ends_at`. 409 if nobody could manage users any more.
         */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/api/v1/users/{id}/accounts": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List a user's accounts at providers
         * @description Needs the right to read users.
         */
        get: operations["listUserAccounts"];
        put?: never;
        /**
         * Link an account at a provider to a user
         * @description Whoever signs in there as this subject is the user here. 409 if it is somebody's already. Not for a token.
         */
        post: operations["linkAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/accounts/{account}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take an account at a provider from a user
         * @description Roles that only groups there gave go with it, and all sessions and tokens of the user end. Not for a token.
         */
        delete: operations["unlinkAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/events": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List what a user did
         * @description Newest first. A page may hold fewer events than asked, even none, while `next_before` says where to go on. Needs the right to read the ledger unless the user is the caller.
         */
        get: operations["listUserEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/factors": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Which kinds of factors a user has
         * @description And what is asked of the user. Needs the right to read users.
         */
        get: operations["readUserFactors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/factors/reset": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask to take a user's factors away after a loss
         * @description Another administrator must agree within 24 hours. Make sure who asks, and say how. 409 for oneself, without a factor, and if it was asked for already. Needs the right to manage users, and no fewer rights than the user has. Not for a token.
         */
        post: operations["askFactorReset"];
        /**
         * Withdraw or refuse that a user's factors are taken away
         * @description What was asked for ends. Not for a token.
         */
        delete: operations["withdrawFactorReset"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/factors/reset/confirm": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agree to take a user's factors away
         * @description Factors, sessions and tokens of the user end; the next sign-in, by password, only serves to add a factor. 409 for who asked and for the user. Not for a token.
         */
        post: operations["confirmFactorReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/grants": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List what was granted to a user
         * @description To the user alone, to the user's team or partner, or as cover; that has not ended, the newest first. A record is called by its title only where the caller sees it. Needs the right to read users.
         */
        get: operations["listUserGrants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/hand-over": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand over what a user owns
         * @description As a job. Each record outside the bin goes to the first of `to`, or to one of them: what is about the same person or company to the same one. It is written in the usual way, under the caller's rights of that moment, as one act that can be undone, also back to a user who left. What the caller may not change, or the new owner would not see, stays. With `dry_run` nothing is changed, and the result says what would become of the records. At most 100,000. Needs the right to manage users, or to add and change records of teams below the caller's.
         */
        post: operations["handOverRecords"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/hand-over/ask": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask others to hand over what a user owns
         * @description They are notified, with the user whom it is about. For an administrator who does not see these records; whoever could hand them over stands in `who_could` of the user's records. Not for a token.
         */
        post: operations["askToHandOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/invitation": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Invite a user, also anew
         * @description For a user without a password. The link is mailed to the user's address or, where no mail leaves, shown in this answer and never again; one that was made before is good no more. It works once, for the days that are asked for, and no longer than password, address, team and roles of the user stay as they are. 409 if the user has a password or is suspended. Not for a token.
         */
        post: operations["inviteUser"];
        /**
         * Withdraw an invitation
         * @description Its link is good no more, and is not mailed if it still waits.
         */
        delete: operations["withdrawInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/password": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a user's password away
         * @description For a password that is lost, or may be known to others: then invite the user to choose another one. All sessions and tokens of the user end. 404 if there is none. Not for a token.
         */
        delete: operations["takeUserPassword"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/preview": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask what a change of a user would give and take
         * @description The body is that of the change; team, roles and standing are looked at. It is told as for a role, of the user and of the service accounts that the user answers for. Decides and changes nothing. Needs the right to manage users.
         */
        post: operations["previewUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/records": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * How many records a user owns
         * @description By entity, outside the bin and in it. Shows no record. Needs the right to read users.
         */
        get: operations["countUserRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List a user's sessions and tokens
         * @description Those that have not ended.
         */
        get: operations["listUserSessions"];
        put?: never;
        post?: never;
        /**
         * End all sessions and tokens of a user
         * @description They end at once.
         */
        delete: operations["endUserSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/sessions/{session}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one session or token of a user
         * @description It ends at once. One of somebody else is not found.
         */
        delete: operations["endUserSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/view": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * What a user may see and do
         * @description All roles taken together: scopes, levels of fields, and how many records that is. Shows no record. Needs the right to read users unless the user is the caller.
         */
        get: operations["viewAsUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * List saved views
         * @description The caller's own, and those that others share and whose query the caller may ask, by name. Not for a token.
         */
        get: operations["listViews"];
        put?: never;
        /**
         * Save a view
         * @description `query` must be what the entity's list takes from the caller, without a cursor. At most 200 views. Not for a token.
         */
        post: operations["createView"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views/{id}": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove an own view
         * @description 403 for a shared view of somebody else.
         */
        delete: operations["deleteView"];
        options?: never;
        head?: never;
        /**
         * Change an own view
         * @description What is not named stays. 403 for a shared view of somebody else.
         */
        patch: operations["updateView"];
        trace?: never;
    };
    "/api/v1/views/{id}/default": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Let the caller's list open with a view
         * @description In place of the one before. For the caller alone.
         */
        put: operations["setDefaultView"];
        post?: never;
        /**
         * Let the caller's list open without a view
         * @description Doing it twice changes nothing.
         */
        delete: operations["unsetDefaultView"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process answers
         * @description Says nothing about the data.
         */
        get: operations["readLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Whether requests are served
         * @description 200 while the store answers and the index is up to it; 503 before, while the index is built anew, and once the server stops.
         */
        get: operations["readReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What is kept from the caller and what the caller may do. */
        Access: {
            /** @description Actions allowed on this record; absent in lists. */
            actions?: components["schemas"]["Action"][];
            hidden: string[];
            masked: string[];
            writable: string[];
        };
        AccessApproval: {
            /** @description Of the record itself no other fields than these; what is computed from them and what they are computed from comes along. */
            fields?: string[];
            role: components["schemas"]["Id"];
            /**
             * Format: date-time
             * @description Two years from now at the latest.
             */
            until: string;
            /** @description Whether over what hangs on the record too. */
            with_related?: boolean;
        };
        AccessAsk: {
            /**
             * @description Shown to those who decide alone, and kept under the key of whom the record is about.
             * @example Przejmuję tę sprawę po Annie
             */
            reason: string;
            /**
             * Format: date-time
             * @description Until when access is wanted: in the future, two years from now at the latest.
             */
            until?: string;
        };
        AccessDecision: {
            /** @description Numbers of rights. */
            items: number[];
            /** @description Stands in the report. No personal data. */
            reason?: string | null;
        };
        AccessReason: {
            /** @constant */
            action: "read";
            grant?: components["schemas"]["Id"];
            /** @description The reason as a sentence, in the caller's language. */
            label: string;
            /** @description What it hangs on, where that is how. */
            parent?: {
                /** @description Name of its entity. */
                entity: string;
                id: components["schemas"]["Id"];
            };
            role: components["schemas"]["RoleName"];
            /** @enum {string} */
            rule: "role" | "grant";
            scope?: components["schemas"]["Scope"];
            /**
             * Format: date-time
             * @description Until when the grant gives leave, if it ends by itself.
             */
            until?: string;
            /**
             * @description How the record is within that scope, or that it was granted.
             * @enum {string}
             */
            via: "owner" | "team" | "below" | "all" | "parent" | "grant";
        };
        AccessRequest: {
            /**
             * Format: date-time
             * @description When it was asked.
             */
            at: string;
            /**
             * Format: date-time
             * @description Until when it can be decided on.
             */
            ends_at: string;
            /** @description The kind of record; null if there is no such kind any more. */
            entity: string | null;
            id: components["schemas"]["Id"];
            /** @description Why: to those who decide alone. */
            reason?: string | null;
            record: components["schemas"]["Id"];
            /**
             * @description Asked until it is granted or 14 days have passed, whether somebody declined it or not.
             * @enum {string}
             */
            state: "asked" | "granted" | "not_granted";
            /**
             * Format: date-time
             * @description Until when access is wanted.
             */
            until: string | null;
            user?: components["schemas"]["Named"];
        };
        AccessRequestList: {
            items: components["schemas"]["AccessRequest"][];
        };
        AccessReview: {
            /**
             * Format: date-time
             * @description When it began.
             */
            at: string;
            by: components["schemas"]["Named"];
            /** @description Null until then. */
            closed_at: string | null;
            /** @description Who cancelled it. */
            closed_by: components["schemas"]["Named"] | null;
            counts: components["schemas"]["AccessReviewCounts"];
            /**
             * Format: date-time
             * @description Until when reviewers decide.
             */
            ends_at: string;
            id: components["schemas"]["Id"];
            may_cancel: boolean;
            may_report: boolean;
            name: string;
            /** @description Of the caller's own; null for whoever is no reviewer. */
            own: components["schemas"]["AccessReviewCounts"] | null;
            /** @description To somebody who is only a reviewer, oneself. */
            reviewers: components["schemas"]["AccessReviewer"][];
            /** @description Or the role. */
            role: components["schemas"]["RoleName"] | null;
            /**
             * @description `ending` from the date on, until the program has ended what nobody confirmed.
             * @enum {string}
             */
            state: "open" | "ending" | "ended" | "cancelled";
            /** @description The team that it is over. */
            team: components["schemas"]["Named"] | null;
        };
        AccessReviewCounts: {
            changed: number;
            confirmed: number;
            ended: number;
            gone: number;
            kept: number;
            open: number;
            total: number;
            withdrawn: number;
        };
        AccessReviewInput: {
            /**
             * Format: date-time
             * @description Until when reviewers decide: 1 to 90 days from now, and to the end of that day.
             */
            ends_at: string;
            /** @example Przegląd roczny 2026 */
            name: string;
            /** @description Who reviews; without, whoever leads each one's team. */
            reviewer?: components["schemas"]["Id"] | null;
            /** @description Over this role. */
            role?: components["schemas"]["Id"] | null;
            /** @description Who reviews what is a reviewer's own, or has nobody above. */
            second?: components["schemas"]["Id"] | null;
            /** @description Over this team, with the teams below it. This or a role. */
            team?: components["schemas"]["Id"] | null;
        };
        AccessReviewItem: {
            /** @description Null until then. */
            decided_at: string | null;
            /** @description Who decided; null of what nobody did. */
            decided_by: components["schemas"]["Named"] | null;
            /** @description The grant or cover; null of a role, and once it is gone. */
            grant: components["schemas"]["OwnGrant"] | null;
            /** @description Its number in the review. */
            item: number;
            /**
             * @description Why it was kept though nobody confirmed it: nobody would be left who manages users or roles and can sign in; the emergency account needs it; a change of roles would have needed a second person, which the reviewer was not; the role denies something, too.
             * @enum {string|null}
             */
            kept: "last_administrator" | "emergency" | "approval" | "denies" | null;
            /** @enum {string} */
            kind: "role" | "grant" | "cover";
            /** @description Null if it was not, as far as that is known. */
            last_used: string | null;
            /** @description The partner organisation of whoever has it, or that has the grant. */
            partner: components["schemas"]["Named"] | null;
            reason: string | null;
            /** @description What a grant is over, without its title. Null of a role and of cover. */
            record: {
                entity: string;
                id: components["schemas"]["Id"];
            } | null;
            reviewer: components["schemas"]["Named"];
            role: components["schemas"]["RoleName"];
            /** @description Whether that is a service account. */
            service: boolean;
            /**
             * Format: date-time
             * @description Since when it is held, or in force.
             */
            since: string;
            /** @enum {string} */
            state: "open" | "confirmed" | "withdrawn" | "ended" | "kept" | "gone" | "changed";
            /** @description The team of whoever has it, or that has the grant. */
            team: components["schemas"]["Named"] | null;
            /** @description Null of a role, and of a grant without an end. */
            until: string | null;
            /** @description Who has it. Null of a grant for a team or a partner organisation. */
            user: components["schemas"]["Named"] | null;
        };
        AccessReviewItems: {
            items: components["schemas"]["AccessReviewItem"][];
            /** @description Pass it as `cursor` to go on; null at the end. */
            next_cursor: string | null;
            /** @description Null while that is being found out. */
            used_until: string | null;
        };
        AccessReviewList: {
            items: components["schemas"]["AccessReview"][];
        };
        AccessReviewReport: {
            items: components["schemas"]["AccessReviewReportItem"][];
            /** @description Pass it as `cursor` to go on; null at the end. */
            next_cursor: string | null;
        };
        AccessReviewReportItem: {
            /** @description Null until then. */
            decided_at: string | null;
            /** @description Who decided; null of what nobody did. */
            decided_by: components["schemas"]["Named"] | null;
            /** @description The number in the ledger of the decision, or of the end by itself. */
            decision_event: number | null;
            /** @description The number in the ledger of the event by which the right ended. */
            end_event: number | null;
            /** @description Its number in the review. */
            item: number;
            /**
             * @description Why it was kept though nobody confirmed it: nobody would be left who manages users or roles and can sign in; the emergency account needs it; a change of roles would have needed a second person, which the reviewer was not; the role denies something, too.
             * @enum {string|null}
             */
            kept: "last_administrator" | "emergency" | "approval" | "denies" | null;
            /** @enum {string} */
            kind: "role" | "grant" | "cover";
            /** @description The partner organisation of whoever has it, or that has the grant. */
            partner: components["schemas"]["Named"] | null;
            reason: string | null;
            /** @description What a grant is over, without its title. Null of a role and of cover. */
            record: {
                entity: string;
                id: components["schemas"]["Id"];
            } | null;
            reviewer: components["schemas"]["Named"];
            role: components["schemas"]["RoleName"];
            /** @description Whether that is a service account. */
            service: boolean;
            /**
             * Format: date-time
             * @description Since when it is held, or in force.
             */
            since: string;
            /** @enum {string} */
            state: "open" | "confirmed" | "withdrawn" | "ended" | "kept" | "gone" | "changed";
            /** @description The team of whoever has it, or that has the grant. */
            team: components["schemas"]["Named"] | null;
            /** @description Null of a role, and of a grant without an end. */
            until: string | null;
            /** @description Who has it. Null of a grant for a team or a partner organisation. */
            user: components["schemas"]["Named"] | null;
        };
        AccessReviewer: {
            /** @description Rights that are this one's to decide on. */
            items: number;
            /** @description Whether this one may act at all. */
            may_act: boolean;
            /** @description Those of them that are undecided. */
            open: number;
            user: components["schemas"]["Named"];
        };
        Account: {
            /** @description Roles that the user has by groups there alone. */
            given: components["schemas"]["Id"][];
            id: components["schemas"]["Id"];
            /** @description The issuer. */
            issuer: string;
            /** @description Whether the user can sign in by it, and by nothing else. */
            last_way: boolean;
            /**
             * Format: date-time
             * @description Linked.
             */
            made_at: string;
            /**
             * @description Name of the provider.
             * @example firma
             */
            provider: string;
            /** @description Who, there. */
            subject: string;
        };
        AccountLink: {
            /**
             * @description Name of the provider.
             * @example firma
             */
            provider: string;
            /** @description `sub` of the provider. */
            subject: string;
        };
        AccountList: {
            items: components["schemas"]["Account"][];
        };
        ActPreview: {
            /** @description Some of those who could approve it, if somebody has to. */
            approvers: components["schemas"]["Named"][];
            can_undo: boolean;
            /** @description Records; of roles, people. */
            count: number;
            days: number;
            /** @description How many of that kind whoever does or asks for it, and the programs that this person answers for, did without approval in the last 24 hours; 0 where no rule asks. */
            done_before: number;
            entity: string | null;
            /** @enum {string} */
            kind: "bulk_edit" | "bulk_delete" | "bulk_share" | "export" | "erase" | "role_change";
            more_owners: number;
            /** @description The first of them, as far as the caller sees what they are called. */
            names: string[];
            /** @description What was done before counts. */
            needs_approval: boolean;
            /** @description Whose records they are: those who own most first. */
            owners: {
                count: number;
                user: components["schemas"]["Named"];
            }[];
            /** @description People, companies and leads that they are about. */
            subjects: number;
            /** @description What leaves or changes, in the caller's language. */
            what: string[];
        };
        ActPreviewInput: {
            act: components["schemas"]["ManyAct"];
        };
        /** @enum {string} */
        Action: "read" | "create" | "update" | "delete" | "export" | "import" | "share" | "merge" | "reveal" | "erase";
        /**
         * Activity
         * @description Activity (Aktywność).
         */
        Activity: components["schemas"]["RecordHead"] & {
            /** @constant */
            entity: "activity";
            fields: components["schemas"]["ActivityValues"];
        };
        /** Change of many Activity */
        ActivityBulk: {
            /** @enum {string} */
            action?: "delete" | "restore";
            change?: {
                fields?: components["schemas"]["ActivityFields"];
                /**
                 * Format: uuid
                 * @description The owner, an active user.
                 */
                owner?: string | null;
            };
            select: components["schemas"]["BulkSelect"];
            share?: components["schemas"]["GrantCreate"];
        };
        /** New Activity */
        ActivityCreate: {
            /**
             * @description Accept that another record has the same unique value.
             * @default false
             */
            allow_duplicate: boolean;
            fields: components["schemas"]["ActivityFields"] & unknown;
            /**
             * Format: uuid
             * @description The owner, an active user.
             */
            owner?: string | null;
            /** @description The record it hangs on; it is visible where that is. */
            parent?: {
                /** @enum {string} */
                entity: "company" | "person" | "lead" | "deal";
                id: components["schemas"]["Id"];
            } | null;
        };
        /** @description Values by field; null means that there is none. */
        ActivityFields: {
            /**
             * Assignee
             * Format: uuid
             * @description Assignee (Wykonawca).
             * @example 0190a6c2-7b1e-7c3d-8e4f-0123456789ab
             */
            assignee?: string | null;
            /**
             * Description
             * @description Description (Opis). Data about a person.
             * @example Kilka zdań.
             */
            description?: string | null;
            /**
             * Done
             * @description Done (Wykonana).
             * @default false
             * @example true
             */
            done: boolean;
            /**
             * Due
             * Format: date-time
             * @description Due (Termin). RFC 3339 with an offset; kept in UTC.
             * @example 2026-11-23T10:30:00.000Z
             */
            due?: string | null;
            /**
             * Kind
             * @description Kind (Rodzaj). One of: `task` Task, `meeting` Meeting, `call` Call, `event` Event, `letter` Letter.
             * @default task
             * @example task
             * @enum {string}
             */
            kind: "task" | "meeting" | "call" | "event" | "letter";
            /**
             * Place
             * @description Place (Miejsce). Data about a person.
             * @example Przykład
             */
            place?: string | null;
            /**
             * Priority
             * @description Priority (Priorytet). One of: `normal` Normal, `high` High, `low` Low.
             * @default normal
             * @example normal
             * @enum {string}
             */
            priority: "normal" | "high" | "low";
            /**
             * Subject
             * @description Subject (Temat). Data about a person.
             * @example Przykład
             */
            title?: string;
            /**
             * Until
             * Format: date-time
             * @description Until (Koniec). RFC 3339 with an offset; kept in UTC.
             * @example 2026-11-23T10:30:00.000Z
             */
            until?: string | null;
        };
        /** Page of Activities */
        ActivityPage: {
            access: components["schemas"]["Access"];
            /** @description Only when asked; stops at 10,000. */
            count?: number;
            items: components["schemas"]["ActivityRow"][];
            /** @description Pass as `cursor` to go on, with all other parameters as they were; null at the end. */
            next_cursor: string | null;
            refs?: components["schemas"]["Refs"];
        };
        /** Activity in a list */
        ActivityRow: components["schemas"]["RowHead"] & {
            fields: components["schemas"]["ActivityValues"];
        };
        /** Change of Activity */
        ActivityUpdate: {
            /**
             * @description Accept that another record has the same unique value.
             * @default false
             */
            allow_duplicate: boolean;
            /** @description A JSON merge patch (RFC 7396): null removes a value, what is not named stays. */
            fields?: components["schemas"]["ActivityFields"] | null;
            /**
             * Format: uuid
             * @description The owner, an active user.
             */
            owner?: string | null;
        };
        /** @description Values by field. A field without a value, or hidden from the caller, is absent. In rows of lists, long texts and special fields are absent too. */
        ActivityValues: {
            /**
             * Assignee
             * @description Assignee (Wykonawca).
             */
            assignee?: string | components["schemas"]["Masked"];
            /**
             * Description
             * @description Description (Opis). Data about a person.
             */
            description?: string | components["schemas"]["Masked"];
            /**
             * Done
             * @description Done (Wykonana).
             */
            done?: boolean | components["schemas"]["Masked"];
            /**
             * Done at
             * @description Done at (Data wykonania). Filled in by the system.
             */
            readonly done_at?: string | components["schemas"]["Masked"];
            /**
             * Due
             * @description Due (Termin).
             */
            due?: string | components["schemas"]["Masked"];
            /**
             * Kind
             * @description Kind (Rodzaj). One of: `task` Task, `meeting` Meeting, `call` Call, `event` Event, `letter` Letter.
             */
            kind?: ("task" | "meeting" | "call" | "event" | "letter") | components["schemas"]["Masked"];
            /**
             * Place
             * @description Place (Miejsce). Data about a person.
             */
            place?: string | components["schemas"]["Masked"];
            /**
             * Priority
             * @description Priority (Priorytet). One of: `normal` Normal, `high` High, `low` Low.
             */
            priority?: ("normal" | "high" | "low") | components["schemas"]["Masked"];
            /**
             * Subject
             * @description Subject (Temat). Data about a person.
             */
            title?: string | components["schemas"]["Masked"];
            /**
             * Until
             * @description Until (Koniec).
             */
            until?: string | components["schemas"]["Masked"];
        };
        Agreement: {
            /**
             * Format: date-time
             * @description When it was entered.
             */
            at: string;
            /**
             * @description The legal basis (GDPR Art. 6(1)); only where the partner decides for itself.
             * @enum {unknown}
             */
            basis: "consent" | "contract" | "legal_obligation" | "vital_interests" | "public_task" | "legitimate_interests" | null;
            by: components["schemas"]["Named"];
            /** @description Where the law says so. */
            citation: string;
            /**
             * @description On what ground data are shared (GDPR Art. 28, 26, 6).
             * @enum {string}
             */
            ground: "processing_agreement" | "sub_processing" | "joint_controllers" | "controller_to_controller";
            id: components["schemas"]["Id"];
            /** @example UPP/12/2027 */
            number: string;
            /** Format: date */
            signed_on: string;
            /** @enum {string} */
            state: "pending" | "in_force" | "ended";
            /**
             * Format: date-time
             * @description In force from then on.
             */
            valid_from: string;
            /**
             * Format: date-time
             * @description And before this; a processing agreement must have an end.
             */
            valid_until: string | null;
        };
        AgreementInput: {
            /**
             * @description The legal basis (GDPR Art. 6(1)); only where the partner decides for itself.
             * @enum {unknown}
             */
            basis?: "consent" | "contract" | "legal_obligation" | "vital_interests" | "public_task" | "legitimate_interests" | null;
            /**
             * @description On what ground data are shared (GDPR Art. 28, 26, 6).
             * @enum {string}
             */
            ground: "processing_agreement" | "sub_processing" | "joint_controllers" | "controller_to_controller";
            /** @example UPP/12/2027 */
            number: string;
            /** Format: date */
            signed_on: string;
            /**
             * Format: date-time
             * @description In force from then on.
             */
            valid_from: string;
            /**
             * Format: date-time
             * @description And before this; a processing agreement must have an end.
             */
            valid_until?: string | null;
        };
        Approval: {
            /**
             * Format: date-time
             * @description When it was asked.
             */
            at: string;
            /** @description Who decided. */
            by: components["schemas"]["Named"] | null;
            count: number;
            /** Format: date-time */
            decided_at: string | null;
            /**
             * Format: date-time
             * @description Until when it can be decided on.
             */
            ends_at: string;
            entity: string | null;
            id: components["schemas"]["Id"];
            /**
             * Format: uuid
             * @description The job that does it: to whoever asked.
             */
            job: string | null;
            /** @enum {string} */
            kind: "bulk_edit" | "bulk_delete" | "bulk_share" | "export" | "erase" | "role_change";
            /** @description Why; null once it was decided. */
            reason: string | null;
            /** @description Why it was declined, or could not be done. */
            said: string | null;
            /** @enum {string} */
            state: "asked" | "approved" | "declined" | "withdrawn" | "expired" | "ended" | "void";
            user: components["schemas"]["Named"];
        };
        ApprovalAsk: {
            act: components["schemas"]["ManyAct"];
            /**
             * @description Shown to those who decide, until it is decided. No personal data.
             * @example Wniosek klienta, sprawa 12/2026
             */
            reason: string;
        };
        ApprovalDecline: {
            /** @description Shown to whoever asked. No personal data. */
            reason: string;
        };
        ApprovalDetail: {
            /**
             * Format: date-time
             * @description When it was asked.
             */
            at: string;
            /** @description Who decided. */
            by: components["schemas"]["Named"] | null;
            count: number;
            /** Format: date-time */
            decided_at: string | null;
            /**
             * Format: date-time
             * @description Until when it can be decided on.
             */
            ends_at: string;
            entity: string | null;
            id: components["schemas"]["Id"];
            /**
             * Format: uuid
             * @description The job that does it: to whoever asked.
             */
            job: string | null;
            /** @enum {string} */
            kind: "bulk_edit" | "bulk_delete" | "bulk_share" | "export" | "erase" | "role_change";
            /** @description Null once it was decided. */
            preview: components["schemas"]["ActPreview"] | null;
            /** @description Why; null once it was decided. */
            reason: string | null;
            /** @description Why it was declined, or could not be done. */
            said: string | null;
            /** @enum {string} */
            state: "asked" | "approved" | "declined" | "withdrawn" | "expired" | "ended" | "void";
            user: components["schemas"]["Named"];
        };
        ApprovalList: {
            items: components["schemas"]["Approval"][];
        };
        ApprovalRules: {
            /** @description Records that one person moves to the bin within 24 hours by acts on many. */
            bulk_delete: number | null;
            /** @description Records that one person changes, hands over or brings back from the bin within 24 hours by acts on many. */
            bulk_edit: number | null;
            /** @description Records that one person shares within 24 hours: many at once, one by one, by answering requests for access, by renewing, or by cover for somebody who is away. */
            bulk_share: number | null;
            /** @description For which a request waits. */
            days: number;
            /** @description Records that go with whom they are about, within 24 hours. */
            erase: number | null;
            /** @description Records that one person takes out within 24 hours. */
            export: number | null;
            /** @description People who have the roles, or whose roles or team change, or whose team comes to hang elsewhere, within 24 hours. Also rules that ask less than these do. */
            role_change: number | null;
        };
        ApprovalRulesRead: {
            /** @description Records that one person moves to the bin within 24 hours by acts on many. */
            bulk_delete: number | null;
            /** @description Records that one person changes, hands over or brings back from the bin within 24 hours by acts on many. */
            bulk_edit: number | null;
            /** @description Records that one person shares within 24 hours: many at once, one by one, by answering requests for access, by renewing, or by cover for somebody who is away. */
            bulk_share: number | null;
            /** @description For which a request waits. */
            days: number;
            /** @description Records that go with whom they are about, within 24 hours. */
            erase: number | null;
            /** @description Records that one person takes out within 24 hours. */
            export: number | null;
            /** @description People who have the roles, or whose roles or team change, or whose team comes to hang elsewhere, within 24 hours. Also rules that ask less than these do. */
            role_change: number | null;
            version: components["schemas"]["Version"];
        };
        BulkProblem: {
            code: string;
            /** @description Name of its entity; `saved_view` for a view. */
            entity: string;
            id: components["schemas"]["Id"];
            reason: string;
        };
        BulkResult: {
            /**
             * Format: int64
             * @description Records changed; of a hand-over, shared views too.
             */
            changed: number;
            /** @description The same by entity, where records were handed over; looked at before, by new owner too. */
            parts?: components["schemas"]["HandOverPart"][];
            /** @description The first 200 of those. */
            problems: components["schemas"]["BulkProblem"][];
            /**
             * Format: int64
             * @description Records that could not be changed.
             */
            refused: number;
            /**
             * Format: int64
             * @description Records that were so already.
             */
            unchanged: number;
        };
        /** @description Records by `ids`, or all that a list with these conditions shows. */
        BulkSelect: {
            /** @description Records in the bin; so by itself when they are restored. */
            binned?: boolean;
            /** @description As of the list. */
            filter?: string[];
            ids?: components["schemas"]["Id"][];
            parent?: components["schemas"]["Id"];
            q?: string;
        };
        Colleague: {
            /** @description Whether this one may own records. */
            active: boolean;
            id: components["schemas"]["Id"];
            /** @description Username: for whoever reads users, of the caller, and of people of one name in one team who could be given records. */
            login?: string;
            name: string;
            /** @description Whether it is a service account, and no person. */
            service: boolean;
            team: components["schemas"]["Id"];
        };
        ColleagueList: {
            items: components["schemas"]["Colleague"][];
        };
        /**
         * Company
         * @description Company (Firma).
         */
        Company: components["schemas"]["RecordHead"] & {
            /** @constant */
            entity: "company";
            fields: components["schemas"]["CompanyValues"];
        };
        /** Change of many Company */
        CompanyBulk: {
            /** @enum {string} */
            action?: "delete" | "restore";
            change?: {
                fields?: components["schemas"]["CompanyFields"];
                /**
                 * Format: uuid
                 * @description The owner, an active user.
                 */
                owner?: string | null;
            };
            select: components["schemas"]["BulkSelect"];
            share?: components["schemas"]["GrantCreate"];
        };
        /** New Company */
        CompanyCreate: {
            /**
             * @description Accept that another record has the same unique value.
             * @default false
             */
            allow_duplicate: boolean;
            fields: components["schemas"]["CompanyFields"] & unknown;
            /**
             * Format: uuid
             * @description The owner, an active user.
             */
            owner?: string | null;
        };
        /** @description Values by field; null means that there is none. */
        CompanyFields: {
            /**
             * Bank account
             * @description Bank account (Rachunek bankowy). Spaces and dashes are dropped, check digits checked. Data about a person. Special: not searched, and masked or hidden for most. Trade data.
             * @example PL61109010140000071219812874
             */
            bank_account?: string | null;
            /**
             * City
             * @description City (Miejscowość).
             * @example Przykład
             */
            city?: string | null;
            /**
             * Country
             * @description Country (Kraj). ISO 3166-1 alpha-2.
             * @example PL
             */
            country?: string | null;
            /**
             * Description
             * @description Description (Opis).
             * @example Kilka zdań.
             */
            description?: string | null;
            /**
             * E-mail
             * Format: idn-email
             * @description E-mail (E-mail). Data about a person.
             * @example jan.kowalski@example.pl
             */
            email?: string | null;
            /**
             * Number of employees
             * Format: int64
             * @description Number of employees (Liczba pracowników).
             * @example 0
             */
            employees?: number | null;
            /**
             * Industry
             * @description Industry (Branża).
             * @example Przykład
             */
            industry?: string | null;
            /**
             * KRS number
             * @description KRS number (Numer KRS). Spaces and dashes are dropped, check digits checked.
             * @example 0000028860
             */
            krs?: string | null;
            /**
             * Name
             * @description Name (Nazwa).
             * @example Przykład
             */
            name?: string;
            /**
             * NIP
             * @description NIP (NIP). Spaces and dashes are dropped, check digits checked. Unique among records.
             * @example 5261040828
             */
            nip?: string | null;
            /**
             * Parent company
             * Format: uuid
             * @description Parent company (Firma nadrzędna).
             * @example 0190a6c2-7b1e-7c3d-8e4f-0123456789ab
             */
            parent_company?: string | null;
            /**
             * Phone
             * @description Phone (Telefon). With its country code; nine digits alone are a Polish number. Kept in E.164. Data about a person.
             * @example +48600100200
             */
            phone?: string | null;
            /**
             * Postal code
             * @description Postal code (Kod pocztowy). Polish unless the address has another country.
             * @example 00-950
             */
            postal_code?: string | null;
            /**
             * REGON
             * @description REGON (REGON). Spaces and dashes are dropped, check digits checked.
             * @example 000331501
             */
            regon?: string | null;
            /**
             * Size
             * @description Size (Wielkość). One of: `micro` Micro (up to 9 people), `small` Small (10–49 people), `medium` Medium (50–249 people), `large` Large (250 people and more).
             * @example micro
             * @enum {string|null}
             */
            size?: "micro" | "small" | "medium" | "large" | null;
            /**
             * Source
             * @description Source (Źródło). One of: `website` Website, `referral` Referral, `phone` Incoming call, `email` E-mail, `event` Fair or event, `advert` Advertisement, `social` Social media, `partner` Partner, `register` Public register, `prospecting` Own research, `import` Import, `other` Other.
             * @example website
             * @enum {string|null}
             */
            source?: "website" | "referral" | "phone" | "email" | "event" | "advert" | "social" | "partner" | "register" | "prospecting" | "import" | "other" | null;
            /**
             * Street and number
             * @description Street and number (Ulica i numer). Data about a person.
             * @example Przykład
             */
            street?: string | null;
            /**
             * Tags
             * @description Tags (Etykiety).
             * @example [
             *       "vip",
             *       "targi 2026"
             *     ]
             */
            tags?: string[] | null;
            /**
             * EU VAT number
             * @description EU VAT number (Numer VAT UE).
             * @example Przykład
             */
            vat_eu?: string | null;
            /**
             * Website
             * @description Website (Strona internetowa). `http` or `https`; without a scheme, `https`.
             * @example https://www.example.pl
             */
            website?: string | null;
        };
        /** Page of Companies */
        CompanyPage: {
            access: components["schemas"]["Access"];
            /** @description Only when asked; stops at 10,000. */
            count?: number;
            items: components["schemas"]["CompanyRow"][];
            /** @description Pass as `cursor` to go on, with all other parameters as they were; null at the end. */
            next_cursor: string | null;
            refs?: components["schemas"]["Refs"];
        };
        /** Company in a list */
        CompanyRow: components["schemas"]["RowHead"] & {
            fields: components["schemas"]["CompanyValues"];
            /** @description What is to be done next on it; only when asked, and if the caller reads activities. */
            next_activity?: components["schemas"]["NextActivity"] | null;
        };
        /** Change of Company */
        CompanyUpdate: {
            /**
             * @description Accept that another record has the same unique value.
             * @default false
             */
            allow_duplicate: boolean;
            /** @description A JSON merge patch (RFC 7396): null removes a value, what is not named stays. */
            fields?: components["schemas"]["CompanyFields"] | null;
            /**
             * Format: uuid
             * @description The owner, an active user.
             */
            owner?: string | null;
        };
        /** @description Values by field. A field without a value, or hidden from the caller, is absent. In rows of lists, long texts and special fields are absent too. */
        CompanyValues: {
            /**
             * Bank account
             * @description Bank account (Rachunek bankowy). Data about a person. Special: not searched, and masked or hidden for most. Trade data.
             */
            bank_account?: string | components["schemas"]["Masked"];
            /**
             * City
             * @description City (Miejscowość).
             */
            city?: string | components["schemas"]["Masked"];
            /**
             * Country
             * @description Country (Kraj).
             */
            country?: string | components["schemas"]["Masked"];
            /**
             * Description
             * @description Description (Opis).
             */
            description?: string | components["schemas"]["Masked"];
            /**
             * E-mail
             * @description E-mail (E-mail). Data about a person.
             */
            email?: string | components["schemas"]["Masked"];
            /**
             * Number of employees
             * @description Number of employees (Liczba pracowników).
             */
            employees?: number | components["schemas"]["Masked"];
            /**
             * Industry
             * @description Industry (Branża).
             */
            industry?: string | components["schemas"]["Masked"];
            /**
             * KRS number
             * @description KRS number (Numer KRS).
             */
            krs?: string | components["schemas"]["Masked"];
            /**
             * Name
             * @description Name (Nazwa).
             */
            name?: string | components["schemas"]["Masked"];
            /**
             * NIP
             * @description NIP (NIP). Unique among records.
             */
            nip?: string | components["schemas"]["Masked"];
            /**
             * Parent company
             * @description Parent company (Firma nadrzędna).
             */
            parent_company?: string | components["schemas"]["Masked"];
            /**
             * Phone
             * @description Phone (Telefon). Data about a person.
             */
            phone?: string | components["schemas"]["Masked"];
            /**
             * Postal code
             * @description Postal code (Kod pocztowy).
             */
            postal_code?: string | components["schemas"]["Masked"];
            /**
             * REGON
             * @description REGON (REGON).
             */
            regon?: string | components["schemas"]["Masked"];
            /**
             * Size
             * @description Size (Wielkość). One of: `micro` Micro (up to 9 people), `small` Small (10–49 people), `medium` Medium (50–249 people), `large` Large (250 people and more).
             */
            size?: ("micro" | "small" | "medium" | "large") | components["schemas"]["Masked"];
            /**
             * Source
             * @description Source (Źródło). One of: `website` Website, `referral` Referral, `phone` Incoming call, `email` E-mail, `event` Fair or event, `advert` Advertisement, `social` Social media, `partner` Partner, `register` Public register, `prospecting` Own research, `import` Import, `other` Other.
             */
            source?: ("website" | "referral" | "phone" | "email" | "event" | "advert" | "social" | "partner" | "register" | "prospecting" | "import" | "other") | components["schemas"]["Masked"];
            /**
             * Street and number
             * @description Street and number (Ulica i numer). Data about a person.
             */
            street?: string | components["schemas"]["Masked"];
            /**
             * Tags
             * @description Tags (Etykiety).
             */
            tags?: string[] | components["schemas"]["Masked"];
            /**
             * EU VAT number
             * @description EU VAT number (Numer VAT UE).
             */
            vat_eu?: string | components["schemas"]["Masked"];
            /**
             * Website
             * @description Website (Strona internetowa).
             */
            website?: string | components["schemas"]["Masked"];
        };
        Cover: {
            /**
             * Format: date-time
             * @description When it was set up.
             */
            at: string;
            by: components["schemas"]["Named"];
            /**
             * Format: date-time
             * @description In force from then on.
             */
            from: string;
            id: components["schemas"]["Id"];
            of: components["schemas"]["Named"];
            reason: string | null;
            /** @description Null if the role is no more: the cover gives nothing. */
            role: components["schemas"]["RoleName"] | null;
            /** @enum {string} */
            state: "pending" | "in_force" | "ended";
            to: components["schemas"]["Named"];
            /**
             * Format: date-time
             * @description And before this.
             */
            until: string | null;
        };
        CoverCreate: {
            /**
             * Format: date-time
             * @description From now on if absent.
             */
            from?: string;
            /**
             * Format: uuid
             * @description Whose records; one's own if absent.
             */
            of?: string;
            /** @example Urlop wypoczynkowy */
            reason: string;
            role: components["schemas"]["Id"];
            to: components["schemas"]["Id"];
            /**
             * Format: date-time
             * @description 92 days after the beginning at the latest.
             */
            until: string;
        };
        CoverList: {
            items: components["schemas"]["Cover"][];
        };
        /** @description A job that was given up. */
        DeadJob: {
            /**
             * Format: int64
             * @description How often it was tried.
             */
            attempts: number;
            /** @description Whether what was ordered is still there. */
            can_retry: boolean;
            /**
             * Format: date-time
             * @description Ordered.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description Given up.
             */
            finished_at: string | null;
            id: components["schemas"]["Id"];
            /** @enum {string} */
            kind: "bulk" | "bulk_undo" | "hand_over" | "hand_over_check" | "export" | "import" | "import_dry_run" | "import_undo" | "verify";
            /** @description Why the last attempt failed. */
            problem: components["schemas"]["Problem"] | null;
            user: components["schemas"]["Named"];
        };
        DeadJobList: {
            items: components["schemas"]["DeadJob"][];
        };
        /**
         * Deal
         * @description Deal (Szansa sprzedaży).
         */
        Deal: components["schemas"]["RecordHead"] & {
            /** @constant */
            entity: "deal";
            fields: components["schemas"]["DealValues"];
        };
        /** Change of many Deal */
        DealBulk: {
            /** @enum {string} */
            action?: "delete" | "restore";
            change?: {
                fields?: components["schemas"]["DealFields"];
                /**
                 * Format: uuid
                 * @description The owner, an active user.
                 */
                owner?: string | null;
            };
            select: components["schemas"]["BulkSelect"];
            share?: components["schemas"]["GrantCreate"];
        };
        /** New Deal */
        DealCreate: {
            /**
             * @description Accept that another record has the same unique value.
             * @default false
             */
            allow_duplicate: boolean;
            fields: components["schemas"]["DealFields"] & unknown;
            /**
             * Format: uuid
             * @description The owner, an active user.
             */
            owner?: string | null;
        };
        /** @description Values by field; null means that there is none. */
        DealFields: {
            /**
             * Company
             * Format: uuid
             * @description Company (Firma).
             * @example 0190a6c2-7b1e-7c3d-8e4f-0123456789ab
             */
            company?: string | null;
            /**
             * Description
             * @description Description (Opis). Data about a person.
             * @example Kilka zdań.
             */
            description?: string | null;
            /**
             * Expected close
             * Format: date
             * @description Expected close (Planowane zamknięcie). Years 1000 to 9999.
             * @example 2026-11-23
             */
            expected_close?: string | null;
            /**
             * Reason for loss
             * @description Reason for loss (Powód przegranej). Trade data.
             * @example Przykład
             */
            lost_reason?: string | null;
            /**
             * Name
             * @description Name (Nazwa).
             * @example Przykład
             */
            name?: string;
            /**
             * Next step
             * @description Next step (Następny krok).
             * @example Przykład
             */
            next_step?: string | null;
            /**
             * Person
             * Format: uuid
             * @description Person (Osoba). Data about a person.
             * @example 0190a6c2-7b1e-7c3d-8e4f-0123456789ab
             */
            person?: string | null;
            /**
             * Source
             * @description Source (Źródło). One of: `website` Website, `referral` Referral, `phone` Incoming call, `email` E-mail, `event` Fair or event, `advert` Advertisement, `social` Social media, `partner` Partner, `register` Public register, `prospecting` Own research, `import` Import, `other` Other.
             * @example website
             * @enum {string|null}
             */
            source?: "website" | "referral" | "phone" | "email" | "event" | "advert" | "social" | "partner" | "register" | "prospecting" | "import" | "other" | null;
            /**
             * Stage
             * @description Stage (Etap). One of: `lead_in` Lead in, `contact` Contact made, `offer` Offer made, `negotiation` Negotiation, `won` Won, `lost` Lost.
             * @default lead_in
             * @example lead_in
             * @enum {string}
             */
            stage: "lead_in" | "contact" | "offer" | "negotiation" | "won" | "lost";
            /**
             * Tags
             * @description Tags (Etykiety).
             * @example [
             *       "vip",
             *       "targi 2026"
             *     ]
             */
            tags?: string[] | null;
            /**
             * Value
             * @description Value (Wartość). Trade data.
             * @example {
             *       "amount": "1234.50",
             *       "currency": "PLN"
             *     }
             */
            value?: components["schemas"]["MoneyInput"] | null;
        };
        /** Page of Deals */
        DealPage: {
            access: components["schemas"]["Access"];
            /** @description Only when asked; stops at 10,000. */
            count?: number;
            items: components["schemas"]["DealRow"][];
            /** @description Pass as `cursor` to go on, with all other parameters as they were; null at the end. */
            next_cursor: string | null;
            refs?: components["schemas"]["Refs"];
        };
        /** Deal in a list */
        DealRow: components["schemas"]["RowHead"] & {
            fields: components["schemas"]["DealValues"];
            /** @description What is to be done next on it; only when asked, and if the caller reads activities. */
            next_activity?: components["schemas"]["NextActivity"] | null;
        };
        /** Change of Deal */
        DealUpdate: {
            /**
             * @description Accept that another record has the same unique value.
             * @default false
             */
            allow_duplicate: boolean;
            /** @description A JSON merge patch (RFC 7396): null removes a value, what is not named stays. */
            fields?: components["schemas"]["DealFields"] | null;
            /**
             * Format: uuid
             * @description The owner, an active user.
             */
            owner?: string | null;
        };
        /** @description Values by field. A field without a value, or hidden from the caller, is absent. In rows of lists, long texts and special fields are absent too. */
        DealValues: {
            /**
             * Closed at
             * @description Closed at (Data zamknięcia). Filled in by the system.
             */
            readonly closed_at?: string | components["schemas"]["Masked"];
            /**
             * Company
             * @description Company (Firma).
             */
            company?: string | components["schemas"]["Masked"];
            /**
             * Description
             * @description Description (Opis). Data about a person.
             */
            description?: string | components["schemas"]["Masked"];
            /**
             * Expected close
             * @description Expected close (Planowane zamknięcie).
             */
            expected_close?: string | components["schemas"]["Masked"];
            /**
             * Reason for loss
             * @description Reason for loss (Powód przegranej). Trade data.
             */
            lost_reason?: string | components["schemas"]["Masked"];
            /**
             * Name
             * @description Name (Nazwa).
             */
            name?: string | components["schemas"]["Masked"];
            /**
             * Next step
             * @description Next step (Następny krok).
             */
            next_step?: string | components["schemas"]["Masked"];
            /**
             * Person
             * @description Person (Osoba). Data about a person.
             */
            person?: string | components["schemas"]["Masked"];
            /**
             * Source
             * @description Source (Źródło). One of: `website` Website, `referral` Referral, `phone` Incoming call, `email` E-mail, `event` Fair or event, `advert` Advertisement, `social` Social media, `partner` Partner, `register` Public register, `prospecting` Own research, `import` Import, `other` Other.
             */
            source?: ("website" | "referral" | "phone" | "email" | "event" | "advert" | "social" | "partner" | "register" | "prospecting" | "import" | "other") | components["schemas"]["Masked"];
            /**
             * Stage
             * @description Stage (Etap). One of: `lead_in` Lead in, `contact` Contact made, `offer` Offer made, `negotiation` Negotiation, `won` Won, `lost` Lost.
             */
            stage?: ("lead_in" | "contact" | "offer" | "negotiation" | "won" | "lost") | components["schemas"]["Masked"];
            /**
             * Tags
             * @description Tags (Etykiety).
             */
            tags?: string[] | components["schemas"]["Masked"];
            /**
             * Value
             * @description Value (Wartość). Trade data.
             */
            value?: components["schemas"]["Money"] | components["schemas"]["Masked"];
        };
        Disclosure: {
            /** @description Those in force at that time, by their numbers; null once the key that sealed it is gone, and to whoever may not read partners. */
            agreements: components["schemas"]["Named"][] | null;
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /** @enum {string} */
            channel: "record" | "list" | "export";
            entity: string | null;
            event: components["schemas"]["Id"];
            /** @description Null once the key that sealed it is gone. */
            fields: string[] | null;
            grants: components["schemas"]["Id"][] | null;
            /** @description Null once the key that sealed it is gone. */
            masked: string[] | null;
            partner: components["schemas"]["Named"];
            record: components["schemas"]["Id"];
            /**
             * Format: int64
             * @description Place of the event in the ledger.
             */
            seq: number;
            user: components["schemas"]["Named"];
            /** Format: int64 */
            version: number | null;
        };
        DisclosurePage: {
            items: components["schemas"]["Disclosure"][];
            /**
             * Format: int64
             * @description Pass as `before` to go on; null at the end.
             */
            next_before: number | null;
        };
        Duplicate: {
            /** @description The same e-mail, phone, NIP or unique value; else only the same name. */
            certain: boolean;
            /** @enum {string} */
            entity: "company" | "person" | "lead";
            id: components["schemas"]["Id"];
            /** @description The fields given whose values it has too. */
            on: string[];
            owner: components["schemas"]["Named"];
            /** @description What it is called; empty if the caller may not read that. */
            title: string;
        };
        DuplicateList: {
            items: components["schemas"]["Duplicate"][];
        };
        DuplicatesInput: {
            /**
             * Format: uuid
             * @description The record that is being changed.
             */
            except?: string | null;
            /** @description Values by field, as far as they are known. Wrong and unknown ones are passed over. */
            fields: Record<string, never>;
        };
        EmailInput: {
            email: string;
        };
        EmailState: {
            /** @description Whether mail reached the user there. */
            confirmed: boolean;
            email: string;
            pending?: {
                email: string;
                /**
                 * Format: date-time
                 * @description It can be confirmed until.
                 */
                ends_at: string;
            };
        };
        EntityDescriptor: {
            code: number;
            fields: components["schemas"]["FieldDescriptor"][];
            label: components["schemas"]["Text"];
            label_plural: components["schemas"]["Text"];
            name: string;
            /** @description What it can hang on. */
            parents: string[];
            /** @description Its name in paths. */
            plural: string;
            schema: number;
            /** @description Whose key seals a record. */
            subject: unknown;
            /** @description The field that names a record. */
            title: string;
        };
        EntityList: {
            items: components["schemas"]["EntityDescriptor"][];
        };
        EntityReach: {
            /** @description How many records are read; stops at 10,000; null if none can be. */
            count: number | null;
            /** @description Name of the entity. */
            entity: string;
            /** @description Level of each field in lists; empty if nothing is read. */
            levels: {
                [key: string]: components["schemas"]["Level"];
            };
            /** @description Scope of each action; what is not named is not allowed. */
            scopes: {
                [key: string]: components["schemas"]["Scope"];
            };
            /** @description Actions that fewer than half of the team may do as far as this. */
            unusual: components["schemas"]["Action"][];
        };
        EntityRights: {
            /** @description Levels of single fields. */
            fields?: {
                [key: string]: components["schemas"]["Level"];
            };
            level?: components["schemas"]["Level"];
            /** @description Scope of each action; none for what is not named. */
            scopes?: {
                [key: string]: components["schemas"]["Scope"];
            };
            /** @description Level of special fields; hidden if absent. */
            special?: components["schemas"]["Level"] | null;
            /** @description Level of trade data; that of ordinary fields if absent. */
            trade?: components["schemas"]["Level"] | null;
        };
        Erase: {
            /** @description On what ground; kept in the ledger. Must not name the person. */
            reason: string;
        };
        Erased: {
            /**
             * Format: date-time
             * @description When the key was destroyed.
             */
            destroyed_at: string;
            /** @description Records removed. */
            removed: number;
            subject: components["schemas"]["Id"];
            /** @description Records of others from which a reference was taken out. */
            unlinked: number;
        };
        /** @description A proof file. Binary members are base64. */
        EventProof: {
            checkpoint: string;
            event: string;
            /** @constant */
            format: "klucznik event proof 1";
            /** Format: int64 */
            index: number;
            origin: string;
            path: string[];
            public_key: string;
        };
        ExportInput: {
            /** @default false */
            binned: boolean;
            /** @description Only these fields, in this order. */
            fields?: string[];
            /** @description As of the list. */
            filter?: string[];
            /** @enum {string} */
            format: "csv" | "xlsx" | "vcf";
            /** @description Only these. */
            ids?: components["schemas"]["Id"][];
            parent?: components["schemas"]["Id"];
            q?: string;
            sort?: string;
        };
        ExportResult: {
            /**
             * Format: int64
             * @description Records that were approved and are not in it: changed since, or not to be taken out any more. Absent from results of earlier releases.
             */
            left_out?: number;
            /**
             * Format: int64
             * @description Records in the file.
             */
            records: number;
        };
        Factor: {
            /**
             * Format: date-time
             * @description Added.
             */
            created_at: string;
            id: components["schemas"]["Id"];
            kind: components["schemas"]["FactorKind"];
            /** @description Recovery codes that were not used. */
            left?: number;
            /** @description What its user calls it; empty for recovery codes. */
            name: string;
            /** @description Whether what is asked of the user would still be met without it, and the user could still sign in. */
            removable: boolean;
            /**
             * Format: date-time
             * @description Last used.
             */
            used_at?: string;
        };
        FactorAdd: {
            /** @example telefon */
            name: string;
            /** @description What the browser made (`PublicKeyCredential.toJSON()`). */
            passkey?: {
                [key: string]: unknown;
            };
            /**
             * @description The code that the application shows.
             * @example 123456
             */
            totp?: string;
        };
        FactorAwaited: {
            /**
             * @description Where in the interface to go, if signing in was begun with a provider.
             * @example /people
             */
            back?: string;
            /** @description What can be used. */
            factors: components["schemas"]["FactorKind"][];
            /** @description What the browser is to ask for a passkey with (`PublicKeyCredentialRequestOptionsJSON`), if one can be used under this name. */
            passkey?: {
                [key: string]: unknown;
            };
            /** @description Where to confirm, if `factors` is empty and one does not sign in by this: those at which the user has an account. */
            providers?: components["schemas"]["Provider"][];
        };
        /** @enum {string} */
        FactorKind: "passkey" | "totp" | "recovery" | "password";
        FactorList: {
            items: components["schemas"]["Factor"][];
        };
        /**
         * @description What must be there: nothing, a passkey or an application with codes, or a passkey.
         * @enum {string}
         */
        FactorNeed: "none" | "any" | "passkey";
        FactorRename: {
            /** @example telefon */
            name: string;
        };
        FactorRequirement: {
            everyone: components["schemas"]["FactorNeed"];
            /** @description Days from when it began to hold for a user. */
            grace_days: number;
            /** @description By the id of a role. */
            roles: {
                [key: string]: components["schemas"]["FactorNeed"];
            };
        };
        FactorRequirementRead: {
            everyone: components["schemas"]["FactorNeed"];
            /** @description Days from when it began to hold for a user. */
            grace_days: number;
            /** @description By the id of a role. */
            roles: {
                [key: string]: components["schemas"]["FactorNeed"];
            };
            version: components["schemas"]["Version"];
        };
        FactorReset: {
            /**
             * Format: date-time
             * @description Asked for.
             */
            asked_at: string;
            asked_by: components["schemas"]["Id"];
            /**
             * Format: date-time
             * @description Nobody can agree from then on.
             */
            ends_at: string;
            reason: string;
        };
        FactorResetAsk: {
            /** @description Why, and how it was made sure who asks. */
            reason: string;
        };
        FieldChoice: {
            code: string;
            label: components["schemas"]["Text"];
            /**
             * @description Stages: the deal ends here.
             * @enum {string}
             */
            outcome?: "won" | "lost";
            /** @description Stages: chance of winning, in percent. */
            probability?: number;
        };
        FieldCreate: {
            /** @description Choices, in order. */
            choices?: components["schemas"]["FieldChoice"][];
            /** @description References: the entity referred to. */
            entity?: string;
            /** @enum {string} */
            kind: "text" | "long_text" | "email" | "phone" | "url" | "nip" | "regon" | "krs" | "pesel" | "iban" | "postal_code" | "country" | "integer" | "decimal" | "money" | "date" | "date_time" | "bool" | "choice" | "choices" | "tags" | "reference" | "user";
            label: components["schemas"]["Text"];
            /**
             * Format: int64
             * @description Texts: characters. Integers: greatest value.
             */
            max?: number;
            /**
             * Format: int64
             * @description Integers: least value.
             */
            min?: number;
            name: string;
            /** @default false */
            personal: boolean;
            /** @default false */
            searchable: boolean;
            /** @default false */
            special: boolean;
            /** @default false */
            trade: boolean;
        };
        FieldDescriptor: {
            /** @description Choices, in order. */
            choices?: components["schemas"]["FieldChoice"][];
            /** @description References: the entity referred to. */
            entity?: string;
            flags: {
                /** @default false */
                custom: boolean;
                /** @default false */
                personal: boolean;
                /** @default false */
                read_only: boolean;
                /** @default false */
                required: boolean;
                /** @default false */
                searchable: boolean;
                /** @default false */
                sorts_as_name: boolean;
                /** @default false */
                special: boolean;
                /** @default false */
                trade: boolean;
                /** @default false */
                unique: boolean;
            };
            /** @enum {string} */
            kind: "text" | "long_text" | "email" | "phone" | "url" | "nip" | "regon" | "krs" | "pesel" | "iban" | "postal_code" | "country" | "integer" | "decimal" | "money" | "date" | "date_time" | "bool" | "choice" | "choices" | "tags" | "reference" | "user";
            label: components["schemas"]["Text"];
            /**
             * Format: int64
             * @description Texts: characters. Integers: greatest value.
             */
            max?: number;
            /**
             * Format: int64
             * @description Integers: least value.
             */
            min?: number;
            name: string;
        };
        Finding: {
            /** @description The grant or cover. */
            grant: components["schemas"]["OwnGrant"] | null;
            /** @enum {string} */
            kind: "unused_role" | "unused_grant" | "needless_grant" | "giver_left" | "conflicting_roles" | "orphaned_records";
            /** @description Null if it was not, as far as that is known. */
            last_used: string | null;
            /** @description How many records, those in the bin too. */
            records: number | null;
            /** @description What can be done about it by other routes: changing the user, ending the grant, handing the records over. */
            remedies: ("withdraw_role" | "end_grant" | "hand_over")[];
            /** @description The role that is not used, or the two that do not go together. */
            roles: components["schemas"]["RoleName"][];
            /** @description Whether that is a service account. */
            service: boolean;
            /** @description Null where that is not known. */
            since: string | null;
            /**
             * @description Why they are nobody's.
             * @enum {string|null}
             */
            standing: "suspended" | "left" | "no_team" | null;
            /** @description Of which team. */
            team: components["schemas"]["Named"] | null;
            /** @description Who holds the roles, owns the records, has the grant, or gave it and is gone. Null of a grant for a team or a partner organisation. */
            user: components["schemas"]["Named"] | null;
        };
        FindingPage: {
            items: components["schemas"]["Finding"][];
            /** @description Pass it as `cursor` to go on; null at the end. */
            next_cursor: string | null;
            /** @description Null while that is being found out; until then nothing is listed that rests on it. */
            used_until: string | null;
        };
        ForgottenPassword: {
            login: string;
        };
        Grant: {
            /**
             * Format: date-time
             * @description When it was given.
             */
            at: string;
            by: components["schemas"]["Named"];
            /** @description Of the record itself no other fields than these; what is computed from them and what they are computed from comes along. */
            fields: string[] | null;
            /**
             * Format: date-time
             * @description In force from then on.
             */
            from: string;
            id: components["schemas"]["Id"];
            /** @description Whether the caller may end it. */
            may_end: boolean;
            /** @description Whether the caller may renew it now. */
            may_renew: boolean;
            /** @description The partner organisation that it is for, or that the user is of. */
            partner: components["schemas"]["Named"] | null;
            /** @description Null once whom the record is about was erased, and for whoever neither gave it nor sees the record. */
            reason: string | null;
            /** @description Null if the role is no more: the grant gives nothing. */
            role: components["schemas"]["RoleName"] | null;
            /** @enum {string} */
            state: "pending" | "in_force" | "ended";
            team: components["schemas"]["Named"] | null;
            /**
             * Format: date-time
             * @description And before this.
             */
            until: string | null;
            user: components["schemas"]["Named"] | null;
            /** @description For `If-Match`. */
            version: number;
            /** @description Whether over what hangs on the record too. */
            with_related: boolean;
        };
        GrantCreate: {
            /** @description Of the record itself no other fields than these; what is computed from them and what they are computed from comes along. */
            fields?: string[];
            /**
             * Format: date-time
             * @description From now on if absent.
             */
            from?: string;
            /**
             * @description Kept under the key of whom the record is about.
             * @example Pomoc przy ofercie
             */
            reason: string;
            role: components["schemas"]["Id"];
            /** @description For one user, or for whoever is in a team or of a partner organisation at that moment. */
            to: {
                user: components["schemas"]["Id"];
            } | {
                team: components["schemas"]["Id"];
            } | {
                partner: components["schemas"]["Id"];
            };
            /**
             * Format: date-time
             * @description Two years from now at the latest, and if absent.
             */
            until?: string;
            /** @description Whether over what hangs on the record too. */
            with_related?: boolean;
        };
        GrantList: {
            items: components["schemas"]["Grant"][];
        };
        GrantPage: {
            items: components["schemas"]["OwnGrant"][];
            /**
             * Format: uuid
             * @description Pass it as `cursor` to go on; null at the end.
             */
            next_cursor: string | null;
        };
        GrantRenewal: {
            /**
             * @description Kept under the key of whom the record is about.
             * @example Pomoc przy ofercie
             */
            reason?: string;
            /**
             * Format: date-time
             * @description Two years from now at the latest.
             */
            until: string;
        };
        GrantableRole: {
            /** @description What it lets be done to the record. */
            actions: components["schemas"]["Action"][];
            id: components["schemas"]["Id"];
            label: string;
            name: string;
        };
        GrantableRoles: {
            /** @description The fields asked for, with those that come along; null if none were. */
            fields: string[] | null;
            items: components["schemas"]["GrantableRole"][];
        };
        HandOver: {
            /**
             * @description Only look at what would become of them.
             * @default false
             */
            dry_run: boolean;
            /** @description Only records of this entity. */
            entity?: string;
            /** @description The new owners. */
            to: components["schemas"]["Id"][];
        };
        HandOverAsk: {
            /** @description Whom. */
            ask: components["schemas"]["Id"][];
        };
        HandOverPart: {
            /**
             * Format: int64
             * @description Of these, records in the bin.
             */
            binned: number;
            /**
             * Format: int64
             * @description Records, or views, that go.
             */
            changed: number;
            /** @description Name of the entity; `saved_view` for views that are shared with others. */
            entity: string;
            /** @description Records that stay, by reason. */
            stays: {
                code: string;
                /**
                 * Format: int64
                 * @description How many.
                 */
                count: number;
                reason: string;
            }[];
            /** @description To whom they go, where that is told. */
            to: components["schemas"]["Id"] | null;
        };
        /**
         * Format: uuid
         * @example 0190a6c2-7b1e-7c3d-8e4f-0123456789ab
         */
        Id: string;
        Import: {
            /**
             * Format: date-time
             * @description Last written.
             */
            at: string;
            /**
             * Format: int64
             * @description Companies made because a row named them.
             */
            companies_made?: number;
            /**
             * Format: int64
             * @description Rows left out as duplicates.
             */
            duplicates?: number;
            entity: string;
            /** @description Whether the file was read to its end. */
            finished: boolean;
            id: components["schemas"]["Id"];
            /**
             * Format: int64
             * @description Last line dealt with.
             */
            last_line?: number;
            /**
             * Format: int64
             * @description Records made.
             */
            made?: number;
            /** @description What kind of file it was, such as `people.csv`; what it was called is not kept. */
            name: string;
            /**
             * Format: int64
             * @description Rows refused.
             */
            refused?: number;
            /**
             * Format: int64
             * @description Rows read.
             */
            rows: number;
            undone: boolean;
            /**
             * Format: int64
             * @description Records changed.
             */
            updated?: number;
            user: components["schemas"]["Id"];
        };
        ImportColumn: {
            /** @description The field that it feeds; null if none. */
            field: string | null;
            heading: string;
            samples: string[];
        };
        /** @description A report without its rows, as lists of jobs have it. */
        ImportCounts: {
            /**
             * Format: int64
             * @description Companies made because a row named them.
             */
            companies_made?: number;
            /** @description Whether nothing was written. */
            dry_run: boolean;
            /**
             * Format: int64
             * @description Rows left out as duplicates.
             */
            duplicates?: number;
            entity: string;
            /** @description Whether the file was read to its end. */
            finished: boolean;
            id: components["schemas"]["Id"];
            /**
             * Format: int64
             * @description Last line dealt with.
             */
            last_line?: number;
            /**
             * Format: int64
             * @description Records made.
             */
            made?: number;
            /**
             * Format: int64
             * @description Rows refused.
             */
            refused?: number;
            /**
             * Format: int64
             * @description Rows read.
             */
            rows: number;
            unused_columns?: string[];
            /**
             * Format: int64
             * @description Records changed.
             */
            updated?: number;
        };
        ImportList: {
            items: components["schemas"]["Import"][];
        };
        ImportPreview: {
            columns: components["schemas"]["ImportColumn"][];
            delimiter?: string;
            encoding?: string;
            /** @description Names of the fields that the caller may have a column feed. */
            fields: string[];
            /** @enum {string} */
            kind: "csv" | "xlsx" | "vcard";
            /** @description Null if they are too many to count by the way. */
            rows: number | null;
            sheets?: string[];
        };
        ImportReport: {
            /**
             * Format: int64
             * @description Companies made because a row named them.
             */
            companies_made?: number;
            /** @description Whether nothing was written. */
            dry_run: boolean;
            /**
             * Format: int64
             * @description Rows left out as duplicates.
             */
            duplicates?: number;
            entity: string;
            /** @description Whether the file was read to its end. */
            finished: boolean;
            id: components["schemas"]["Id"];
            /**
             * Format: int64
             * @description Last line dealt with.
             */
            last_line?: number;
            /** @description Refusals and duplicates, the first 10,000. */
            listed: components["schemas"]["RefusedRow"][];
            /**
             * Format: int64
             * @description Records made.
             */
            made?: number;
            /**
             * Format: int64
             * @description Rows refused.
             */
            refused?: number;
            /**
             * Format: int64
             * @description Rows read.
             */
            rows: number;
            unused_columns?: string[];
            /**
             * Format: int64
             * @description Records changed.
             */
            updated?: number;
        };
        ImportUndone: {
            /**
             * Format: int64
             * @description Records left alone, because they were touched since.
             */
            kept: number;
            /**
             * Format: int64
             * @description Records removed, with their keys.
             */
            removed: number;
            /**
             * Format: int64
             * @description Records put back to what they were.
             */
            restored: number;
        };
        IndexRebuilt: {
            /**
             * Format: int64
             * @description Records in the index.
             */
            records: number;
        };
        Invitation: {
            /**
             * Format: date-time
             * @description Good until.
             */
            ends_at: string;
            /**
             * Format: uri
             * @description If it was not mailed; shown this once.
             */
            link?: string;
            mailed: boolean;
        };
        Invite: {
            /** @default 3 */
            days: number;
        };
        Issue: {
            /**
             * @description Stable, in kebab case.
             * @example wrong-check-digit
             */
            code: string;
            /**
             * @description A value that would be right.
             * @example 5261040828
             */
            example?: string;
            /**
             * @description A field, or a path such as `filter[2]`.
             * @example nip
             */
            field: string;
            reason: string;
        };
        /** @description A long work of the user who started it; nobody else sees it. */
        Job: {
            /** @description Whether it can be stopped. */
            can_cancel: boolean;
            /** @description Whether it can be undone. */
            can_undo: boolean;
            /**
             * Format: date-time
             * @description Ordered.
             */
            created_at: string;
            /**
             * Format: int64
             * @description How far it is.
             */
            done: number;
            /** @description Name of the entity, if it is about one. */
            entity?: string;
            file?: components["schemas"]["JobFile"];
            /** Format: date-time */
            finished_at: string | null;
            id: components["schemas"]["Id"];
            /** @enum {string} */
            kind: "bulk" | "bulk_undo" | "hand_over" | "hand_over_check" | "export" | "import" | "import_dry_run" | "import_undo" | "verify" | "rebuild";
            problem?: components["schemas"]["Problem"];
            /** @description What came of it. Not in messages of the stream; in lists without the rows of a report. */
            result?: components["schemas"]["BulkResult"] | components["schemas"]["ExportResult"] | components["schemas"]["ImportReport"] | components["schemas"]["ImportCounts"] | components["schemas"]["ImportUndone"] | components["schemas"]["Verification"] | components["schemas"]["IndexRebuilt"];
            /** @enum {string} */
            state: "queued" | "running" | "done" | "failed" | "cancelled";
            /**
             * Format: int64
             * @description Of how much; null while that is not known.
             */
            total: number | null;
            /** @description Whether it was undone. */
            undone: boolean;
        };
        /** @description The file that it made, while it is there. */
        JobFile: {
            /**
             * Format: date-time
             * @description Gone then.
             */
            expires_at: string;
            media_type: string;
            name: string;
            /**
             * Format: int64
             * @description Bytes.
             */
            size: number;
        };
        JobList: {
            items: components["schemas"]["Job"][];
        };
        KeyStatus: {
            /**
             * Format: int64
             * @description The epoch that wraps new keys.
             */
            current_epoch: number;
            /** @description Oldest first. */
            epochs: {
                /** Format: int64 */
                age_ms: number;
                /**
                 * Format: int64
                 * @description Milliseconds since 1970.
                 */
                created: number;
                /**
                 * Format: int64
                 * @description Its number.
                 */
                id: number;
                /**
                 * Format: int64
                 * @description Subject keys that it wraps.
                 */
                subject_keys: number;
            }[];
            organisation: components["schemas"]["Id"];
            /** @description Files that have a page key. */
            page_keys: string[];
            /** @enum {string} */
            root: "key-file" | "credential" | "passphrase";
            rotation_unfinished: boolean;
            /**
             * Format: int64
             * @description Subjects with a key.
             */
            subjects: number;
            /**
             * Format: int64
             * @description Destroyed keys.
             */
            tombstones: number;
        };
        KeysRotated: {
            /**
             * Format: int64
             * @description Epoch keys that were destroyed.
             */
            destroyed_epochs: number;
            /**
             * Format: int64
             * @description The epoch that wraps everything now.
             */
            epoch: number;
            /** @description Whether a rotation that was broken off was finished. */
            resumed: boolean;
            /**
             * Format: int64
             * @description Subject keys that were wrapped again.
             */
            rewrapped: number;
        };
        /**
         * Lead
         * @description Lead (Lead).
         */
        Lead: components["schemas"]["RecordHead"] & {
            /** @constant */
            entity: "lead";
            fields: components["schemas"]["LeadValues"];
        };
        /** Change of many Lead */
        LeadBulk: {
            /** @enum {string} */
            action?: "delete" | "restore";
            change?: {
                fields?: components["schemas"]["LeadFields"];
                /**
                 * Format: uuid
                 * @description The owner, an active user.
                 */
                owner?: string | null;
            };
            select: components["schemas"]["BulkSelect"];
            share?: components["schemas"]["GrantCreate"];
        };
        LeadConvert: {
            /**
             * Format: uuid
             * @description An existing company; else one is made if the lead names one.
             */
            company?: string | null;
            /** @description Name of the deal to be made; none is made without it. */
            deal?: string | null;
        };
        LeadConverted: {
            /**
             * Format: uuid
             * @description The company.
             */
            company: string | null;
            /**
             * Format: uuid
             * @description The deal.
             */
            deal: string | null;
            lead: components["schemas"]["Id"];
            person: components["schemas"]["Id"];
        };
        /** New Lead */
        LeadCreate: {
            /**
             * @description Accept that another record has the same unique value.
             * @default false
             */
            allow_duplicate: boolean;
            fields: components["schemas"]["LeadFields"] & (unknown | unknown | unknown | unknown | unknown);
            /**
             * Format: uuid
             * @description The owner, an active user.
             */
            owner?: string | null;
        };
        /** @description Values by field; null means that there is none. */
        LeadFields: {
            /**
             * City
             * @description City (Miejscowość). Data about a person.
             * @example Przykład
             */
            city?: string | null;
            /**
             * Company name
             * @description Company name (Nazwa firmy). Data about a person.
             * @example Przykład
             */
            company_name?: string | null;
            /**
             * Country
             * @description Country (Kraj). ISO 3166-1 alpha-2. Data about a person.
             * @example PL
             */
            country?: string | null;
            /**
             * Description
             * @description Description (Opis). Data about a person.
             * @example Kilka zdań.
             */
            description?: string | null;
            /**
             * E-mail
             * Format: idn-email
             * @description E-mail (E-mail). Data about a person.
             * @example jan.kowalski@example.pl
             */
            email?: string | null;
            /**
             * Estimated value
             * @description Estimated value (Szacowana wartość). Trade data.
             * @example {
             *       "amount": "1234.50",
             *       "currency": "PLN"
             *     }
             */
            estimated_value?: components["schemas"]["MoneyInput"] | null;
            /**
             * First name
             * @description First name (Imię). Data about a person.
             * @example Anna
             */
            first_name?: string | null;
            /**
             * Job title
             * @description Job title (Stanowisko). Data about a person.
             * @example Przykład
             */
            job_title?: string | null;
            /**
             * Last name
             * @description Last name (Nazwisko). Data about a person.
             * @example Łukasik
             */
            last_name?: string | null;
            /**
             * Mobile phone
             * @description Mobile phone (Telefon komórkowy). With its country code; nine digits alone are a Polish number. Kept in E.164. Data about a person.
             * @example +48600100200
             */
            mobile?: string | null;
            /**
             * NIP
             * @description NIP (NIP). Spaces and dashes are dropped, check digits checked. Data about a person.
             * @example 5261040828
             */
            nip?: string | null;
            /**
             * Phone
             * @description Phone (Telefon). With its country code; nine digits alone are a Polish number. Kept in E.164. Data about a person.
             * @example +48600100200
             */
            phone?: string | null;
            /**
             * Postal code
             * @description Postal code (Kod pocztowy). Polish unless the address has another country. Data about a person.
             * @example 00-950
             */
            postal_code?: string | null;
            /**
             * Rating
             * @description Rating (Ocena). One of: `hot` Hot, `warm` Warm, `cold` Cold.
             * @example hot
             * @enum {string|null}
             */
            rating?: "hot" | "warm" | "cold" | null;
            /**
             * Source
             * @description Source (Źródło). Data about a person. One of: `website` Website, `referral` Referral, `phone` Incoming call, `email` E-mail, `event` Fair or event, `advert` Advertisement, `social` Social media, `partner` Partner, `register` Public register, `prospecting` Own research, `import` Import, `other` Other.
             * @example website
             * @enum {string|null}
             */
            source?: "website" | "referral" | "phone" | "email" | "event" | "advert" | "social" | "partner" | "register" | "prospecting" | "import" | "other" | null;
            /**
             * Status
             * @description Status (Status). One of: `new` New, `contacted` Contacted, `qualified` Qualified, `disqualified` Disqualified, `converted` Converted.
             * @default new
             * @example new
             * @enum {string}
             */
            status: "new" | "contacted" | "qualified" | "disqualified" | "converted";
            /**
             * Street and number
             * @description Street and number (Ulica i numer). Data about a person.
             * @example Przykład
             */
            street?: string | null;
            /**
             * Tags
             * @description Tags (Etykiety). Data about a person.
             * @example [
             *       "vip",
             *       "targi 2026"
             *     ]
             */
            tags?: string[] | null;
            /**
             * Website
             * @description Website (Strona internetowa). `http` or `https`; without a scheme, `https`. Data about a person.
             * @example https://www.example.pl
             */
            website?: string | null;
        };
        /** Page of Leads */
        LeadPage: {
            access: components["schemas"]["Access"];
            /** @description Only when asked; stops at 10,000. */
            count?: number;
            items: components["schemas"]["LeadRow"][];
            /** @description Pass as `cursor` to go on, with all other parameters as they were; null at the end. */
            next_cursor: string | null;
            refs?: components["schemas"]["Refs"];
        };
        /** Lead in a list */
        LeadRow: components["schemas"]["RowHead"] & {
            fields: components["schemas"]["LeadValues"];
            /** @description What is to be done next on it; only when asked, and if the caller reads activities. */
            next_activity?: components["schemas"]["NextActivity"] | null;
        };
        /** Change of Lead */
        LeadUpdate: {
            /**
             * @description Accept that another record has the same unique value.
             * @default false
             */
            allow_duplicate: boolean;
            /** @description A JSON merge patch (RFC 7396): null removes a value, what is not named stays. */
            fields?: components["schemas"]["LeadFields"] | null;
            /**
             * Format: uuid
             * @description The owner, an active user.
             */
            owner?: string | null;
        };
        /** @description Values by field. A field without a value, or hidden from the caller, is absent. In rows of lists, long texts and special fields are absent too. */
        LeadValues: {
            /**
             * City
             * @description City (Miejscowość). Data about a person.
             */
            city?: string | components["schemas"]["Masked"];
            /**
             * Company name
             * @description Company name (Nazwa firmy). Data about a person.
             */
            company_name?: string | components["schemas"]["Masked"];
            /**
             * Converted at
             * @description Converted at (Data przekształcenia). Filled in by the system.
             */
            readonly converted_at?: string | components["schemas"]["Masked"];
            /**
             * Converted to company
             * @description Converted to company (Firma po przekształceniu). Filled in by the system.
             */
            readonly converted_company?: string | components["schemas"]["Masked"];
            /**
             * Converted to deal
             * @description Converted to deal (Szansa po przekształceniu). Filled in by the system.
             */
            readonly converted_deal?: string | components["schemas"]["Masked"];
            /**
             * Converted to person
             * @description Converted to person (Osoba po przekształceniu). Data about a person. Filled in by the system.
             */
            readonly converted_person?: string | components["schemas"]["Masked"];
            /**
             * Country
             * @description Country (Kraj). Data about a person.
             */
            country?: string | components["schemas"]["Masked"];
            /**
             * Description
             * @description Description (Opis). Data about a person.
             */
            description?: string | components["schemas"]["Masked"];
            /**
             * E-mail
             * @description E-mail (E-mail). Data about a person.
             */
            email?: string | components["schemas"]["Masked"];
            /**
             * Estimated value
             * @description Estimated value (Szacowana wartość). Trade data.
             */
            estimated_value?: components["schemas"]["Money"] | components["schemas"]["Masked"];
            /**
             * First name
             * @description First name (Imię). Data about a person.
             */
            first_name?: string | components["schemas"]["Masked"];
            /**
             * Job title
             * @description Job title (Stanowisko). Data about a person.
             */
            job_title?: string | components["schemas"]["Masked"];
            /**
             * Last name
             * @description Last name (Nazwisko). Data about a person.
             */
            last_name?: string | components["schemas"]["Masked"];
            /**
             * Mobile phone
             * @description Mobile phone (Telefon komórkowy). Data about a person.
             */
            mobile?: string | components["schemas"]["Masked"];
            /**
             * Name
             * @description Name (Nazwa). Data about a person. Filled in by the system.
             */
            readonly name?: string | components["schemas"]["Masked"];
            /**
             * NIP
             * @description NIP (NIP). Data about a person.
             */
            nip?: string | components["schemas"]["Masked"];
            /**
             * Phone
             * @description Phone (Telefon). Data about a person.
             */
            phone?: string | components["schemas"]["Masked"];
            /**
             * Postal code
             * @description Postal code (Kod pocztowy). Data about a person.
             */
            postal_code?: string | components["schemas"]["Masked"];
            /**
             * Rating
             * @description Rating (Ocena). One of: `hot` Hot, `warm` Warm, `cold` Cold.
             */
            rating?: ("hot" | "warm" | "cold") | components["schemas"]["Masked"];
            /**
             * Name for sorting
             * @description Name for sorting (Nazwa do sortowania). Data about a person. Filled in by the system.
             */
            readonly sort_name?: string | components["schemas"]["Masked"];
            /**
             * Source
             * @description Source (Źródło). Data about a person. One of: `website` Website, `referral` Referral, `phone` Incoming call, `email` E-mail, `event` Fair or event, `advert` Advertisement, `social` Social media, `partner` Partner, `register` Public register, `prospecting` Own research, `import` Import, `other` Other.
             */
            source?: ("website" | "referral" | "phone" | "email" | "event" | "advert" | "social" | "partner" | "register" | "prospecting" | "import" | "other") | components["schemas"]["Masked"];
            /**
             * Status
             * @description Status (Status). One of: `new` New, `contacted` Contacted, `qualified` Qualified, `disqualified` Disqualified, `converted` Converted.
             */
            status?: ("new" | "contacted" | "qualified" | "disqualified" | "converted") | components["schemas"]["Masked"];
            /**
             * Street and number
             * @description Street and number (Ulica i numer). Data about a person.
             */
            street?: string | components["schemas"]["Masked"];
            /**
             * Tags
             * @description Tags (Etykiety). Data about a person.
             */
            tags?: string[] | components["schemas"]["Masked"];
            /**
             * Website
             * @description Website (Strona internetowa). Data about a person.
             */
            website?: string | components["schemas"]["Masked"];
        };
        LedgerEvent: {
            /** @enum {string} */
            act: "instance.init" | "instance.start" | "instance.stop" | "instance.contract" | "record.read" | "record.list" | "record.count" | "record.create" | "record.update" | "record.delete" | "record.restore" | "lead.convert" | "field.reveal" | "record.history" | "record.import" | "import.undo" | "record.export" | "subject.erase" | "subject.history" | "record.duplicates" | "record.bulk" | "bulk.undo" | "record.search" | "access.refused" | "access.explain" | "session.start" | "session.end" | "login.refused" | "login.locked" | "token.create" | "token.revoke" | "session.list" | "password.change" | "user.create" | "user.update" | "team.create" | "team.update" | "role.create" | "role.update" | "field.create" | "admin.read" | "role.delete" | "notification.create" | "notification.read" | "ledger.read" | "ledger.proof" | "ledger.verify" | "keys.rotate" | "keys.status" | "index.rebuild" | "keys.export" | "job.read" | "job.cancel" | "job.file" | "job.start" | "job.end" | "job.retry" | "job.discard" | "job.forget" | "preferences.update" | "view.create" | "view.update" | "view.delete" | "session.stream" | "system.read" | "invitation.create" | "invitation.withdraw" | "link.use" | "link.refused" | "password.reset_ask" | "password.reset_send" | "mail.send" | "email.ask" | "email.confirm" | "email.refuse" | "user.leave" | "service_account.create" | "service_account.update" | "service_account.hand_over" | "service_account.end" | "backup.make" | "backup.restore" | "backup.finish" | "factor.begin" | "factor.add" | "factor.remove" | "factor.rename" | "factor.codes" | "factor.list" | "session.step_up" | "session.renew" | "session.replay" | "session.other_browser" | "session.rules" | "factor.require" | "factor.reset_ask" | "factor.reset" | "factor.reset_withdraw" | "sign_on.return" | "sign_on.refuse" | "sign_on.link" | "sign_on.unlink" | "sign_on.roles" | "sign_on.end" | "sign_on.list" | "session.emergency" | "grant.create" | "grant.end" | "grant.renew" | "grant.clear" | "grant.list" | "policy.preview" | "role.history" | "role.roll_back" | "role.export" | "role.import" | "approval.ask" | "approval.approve" | "approval.decline" | "approval.withdraw" | "approval.lapse" | "approval.read" | "approval.rules" | "approval.preview" | "approval.void" | "role.conflicts" | "findings.read" | "rights.used" | "access_review.create" | "access_review.read" | "access_review.confirm" | "access_review.withdraw" | "access_review.lapse" | "access_review.remind" | "access_review.end" | "access_review.cancel" | "access_review.report" | "access_review.clear" | "access.ask" | "access.route" | "access.requests" | "access.approve" | "access.decline" | "access.lapse" | "cover.create" | "cover.read" | "partner.create" | "partner.update" | "disclosure.read" | "registration.create" | "registration.refuse" | "registration.read" | "registration.close";
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /** @description Detail, as long as the key that seals it exists. */
            detail?: unknown;
            entity?: string;
            id: components["schemas"]["Id"];
            /** @enum {string} */
            outcome: "done" | "refused" | "failed";
            owner?: components["schemas"]["Named"];
            /**
             * Format: uuid
             * @description The larger act it belongs to, such as an import.
             */
            part_of?: string;
            record?: components["schemas"]["Id"];
            /**
             * Format: int64
             * @description Place in the ledger.
             */
            seq: number;
            /** @description How many records it touched. */
            touched: number;
            user?: components["schemas"]["Named"];
            /** @enum {string} */
            who: "user" | "nobody" | "system" | "operator";
        };
        LedgerEventPage: {
            items: components["schemas"]["LedgerEvent"][];
            /**
             * Format: int64
             * @description Pass as `before` to go on; null at the end.
             */
            next_before: number | null;
        };
        /**
         * @description How much of a field is seen.
         * @enum {string}
         */
        Level: "hidden" | "masked" | "read" | "write";
        Link: {
            /** @description The address that it is about. */
            email?: string;
            /**
             * Format: date-time
             * @description Good until.
             */
            ends_at: string;
            login?: string;
            organisation: string;
            /** @enum {string} */
            purpose: "invitation" | "reset" | "email" | "email_refusal";
        };
        LinkPassword: {
            /**
             * Format: password
             * @description What stands in it behind `#`.
             */
            link: string;
            /**
             * Format: password
             * @description The new password; weak ones are refused.
             */
            new: string;
        };
        LinkSecret: {
            /**
             * Format: password
             * @description What stands in it behind `#`.
             */
            link: string;
        };
        LinkUsed: {
            login: string;
        };
        /** @description Exactly one. */
        ManyAct: {
            bulk: {
                /**
                 * @description As in the address.
                 * @example people
                 */
                entities: string;
                request: {
                    /** @enum {string} */
                    action?: "delete" | "restore";
                    /** @description As for changing many records of this kind. */
                    change?: {
                        [key: string]: unknown;
                    };
                    select: components["schemas"]["BulkSelect"];
                    share?: components["schemas"]["GrantCreate"];
                };
            };
        } | {
            hand_over: {
                entity?: string;
                to: components["schemas"]["Id"][];
                user: components["schemas"]["Id"];
            };
        } | {
            export: {
                /**
                 * @description As in the address.
                 * @example people
                 */
                entities: string;
                request: components["schemas"]["ExportInput"];
            };
        } | {
            erase: {
                /**
                 * @description As in the address.
                 * @example people
                 */
                entities: string;
                id: components["schemas"]["Id"];
                /** @description The grounds, at least 3 characters; for a preview they may be empty. */
                reason: string;
            };
        } | {
            cover: components["schemas"]["CoverCreate"];
        } | {
            role: {
                /**
                 * Format: uuid
                 * @description Which; a new one without.
                 */
                id?: string | null;
                role: components["schemas"]["RoleInput"];
                version?: number | null;
            };
        } | {
            user_roles: {
                roles: components["schemas"]["Id"][];
                /**
                 * Format: uuid
                 * @description The team, if it is to be another one.
                 */
                team?: string | null;
                user: components["schemas"]["Id"];
                version: components["schemas"]["Version"];
            };
        } | {
            team: {
                id: components["schemas"]["Id"];
                team: components["schemas"]["TeamInput"];
                version: components["schemas"]["Version"];
            };
        } | {
            rules: {
                rules: components["schemas"]["ApprovalRules"];
                version: number;
            };
        };
        /** @description A value of which the caller may see a part at most. */
        Masked: {
            /** @example j•••@example.pl */
            display: string;
            /** @constant */
            masked: true;
        };
        Me: {
            /** @description Whom to ask for rights. */
            administrators: components["schemas"]["Named"][];
            /** @description Scope of each allowed action, by entity. */
            entities: {
                [key: string]: {
                    [key: string]: components["schemas"]["Scope"];
                };
            };
            factors: components["schemas"]["OwnFactors"];
            /** @description What grants in force let the caller do to some record of an entity; an entity without any is absent. */
            granted: {
                [key: string]: components["schemas"]["Action"][];
            };
            /** @description Whether the caller has a password that signs in. */
            has_password: boolean;
            /** @description Names of the fields that lists of an entity hide from the caller; an entity without any is absent. */
            hidden: {
                [key: string]: string[];
            };
            /** @description Name of the organisation. */
            organisation: string;
            /** @description Of a caller who is of a partner organisation: which, and until when something is shared as it is now. */
            partner?: {
                /** Format: date-time */
                access_until: string | null;
                /**
                 * Format: date-time
                 * @description When the first of what is shared now ends.
                 */
                ends_next: string | null;
                id: components["schemas"]["Id"];
                name: string;
                /** @description Whether some were registered. */
                registered: boolean;
                /** @description Whether deals can be registered now. */
                registers: boolean;
            };
            /**
             * Format: int64
             * @description Another number when the caller's rights are other ones; below 2^53.
             */
            policy_version: number;
            /** @description The caller's roles, the label in the language asked for. */
            roles: {
                id: components["schemas"]["Id"];
                label: string;
                name: string;
            }[];
            /**
             * Format: date-time
             * @description The session ends at the latest.
             */
            session_ends_at: string;
            /** @description A session ends after so many seconds without use. */
            session_idle_s: number;
            team: components["schemas"]["Named"];
            things: components["schemas"]["Things"];
            user: components["schemas"]["User"];
            /** @description When the hours of the caller's roles are over; absent if they are without end. */
            work_ends?: {
                /**
                 * Format: date-time
                 * @description Work begins again; null if it never does.
                 */
                again: string | null;
                /**
                 * Format: date-time
                 * @description The caller may work no more.
                 */
                at: string;
                /** @description By whose clocks the hours are. */
                zone: string;
            };
        };
        Money: {
            /** @example 1234.50 */
            amount: string;
            /**
             * @description ISO 4217.
             * @example PLN
             */
            currency: string;
        };
        /**
         * @description An amount with its currency, at most 4 decimal places, below 10^12. A change may name one of the two.
         * @example {
         *       "amount": "1234.50",
         *       "currency": "PLN"
         *     }
         */
        MoneyInput: {
            amount?: string | number;
            /** @description ISO 4217. */
            currency?: string;
        };
        Named: {
            id: components["schemas"]["Id"];
            name: string;
        };
        /** @description The earliest activity that is not done. */
        NextActivity: {
            /** Format: date-time */
            due: string | null;
            id: components["schemas"]["Id"];
            kind: string;
            overdue: boolean;
            /** @description Absent if the caller may not read it. */
            title?: string;
        };
        /**
         * Note
         * @description Note (Notatka).
         */
        Note: components["schemas"]["RecordHead"] & {
            /** @constant */
            entity: "note";
            fields: components["schemas"]["NoteValues"];
        };
        /** Change of many Note */
        NoteBulk: {
            /** @enum {string} */
            action?: "delete" | "restore";
            change?: {
                fields?: components["schemas"]["NoteFields"];
                /**
                 * Format: uuid
                 * @description The owner, an active user.
                 */
                owner?: string | null;
            };
            select: components["schemas"]["BulkSelect"];
            share?: components["schemas"]["GrantCreate"];
        };
        /** New Note */
        NoteCreate: {
            /**
             * @description Accept that another record has the same unique value.
             * @default false
             */
            allow_duplicate: boolean;
            fields: components["schemas"]["NoteFields"] & unknown;
            /**
             * Format: uuid
             * @description The owner, an active user.
             */
            owner?: string | null;
            /** @description The record it hangs on; it is visible where that is. */
            parent?: {
                /** @enum {string} */
                entity: "company" | "person" | "lead" | "deal";
                id: components["schemas"]["Id"];
            } | null;
        };
        /** @description Values by field; null means that there is none. */
        NoteFields: {
            /**
             * Text
             * @description Text (Treść). Data about a person.
             * @example Kilka zdań.
             */
            body?: string;
        };
        /** Page of Notes */
        NotePage: {
            access: components["schemas"]["Access"];
            /** @description Only when asked; stops at 10,000. */
            count?: number;
            items: components["schemas"]["NoteRow"][];
            /** @description Pass as `cursor` to go on, with all other parameters as they were; null at the end. */
            next_cursor: string | null;
            refs?: components["schemas"]["Refs"];
        };
        /** Note in a list */
        NoteRow: components["schemas"]["RowHead"] & {
            fields: components["schemas"]["NoteValues"];
        };
        /** Change of Note */
        NoteUpdate: {
            /**
             * @description Accept that another record has the same unique value.
             * @default false
             */
            allow_duplicate: boolean;
            /** @description A JSON merge patch (RFC 7396): null removes a value, what is not named stays. */
            fields?: components["schemas"]["NoteFields"] | null;
            /**
             * Format: uuid
             * @description The owner, an active user.
             */
            owner?: string | null;
        };
        /** @description Values by field. A field without a value, or hidden from the caller, is absent. In rows of lists, long texts and special fields are absent too. */
        NoteValues: {
            /**
             * Text
             * @description Text (Treść). Data about a person.
             */
            body?: string | components["schemas"]["Masked"];
            /**
             * Beginning
             * @description Beginning (Początek). Data about a person. Filled in by the system.
             */
            readonly title?: string | components["schemas"]["Masked"];
        };
        /** @description A message of the system to one user, in the user's language. */
        Notice: {
            about?: components["schemas"]["Id"];
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            body: string;
            /**
             * @description Stable, in kebab case.
             * @example login-locked
             */
            code: string;
            grant?: components["schemas"]["Id"];
            id: components["schemas"]["Id"];
            /** Format: date-time */
            read_at: string | null;
            /** @description The record that it is about, where its reader sees that now. */
            record?: {
                entity: string;
                id: components["schemas"]["Id"];
            };
            title: string;
        };
        NoticeList: {
            items: components["schemas"]["Notice"][];
        };
        NoticesRead: {
            ids: components["schemas"]["Id"][];
        };
        OwnFactors: {
            /**
             * Format: date-time
             * @description Until then a factor that is asked for must be there.
             */
            due?: string;
            /** @description Whether that time is over: nothing is served but what adds one. */
            enrol_only: boolean;
            /**
             * Format: date-time
             * @description Until then nothing asks to confirm again.
             */
            fresh_until: string;
            kinds: {
                /** @description Passkeys. */
                passkey: number;
                /** @description Recovery codes that were not used. */
                recovery: number;
                /** @description Applications that make codes. */
                totp: number;
            };
            need: components["schemas"]["FactorNeed"];
        };
        OwnGrant: {
            /**
             * Format: date-time
             * @description When it was given.
             */
            at: string;
            by: components["schemas"]["Named"];
            /** @description Of the record itself no other fields than these; what is computed from them and what they are computed from comes along. */
            fields: string[] | null;
            /**
             * Format: date-time
             * @description In force from then on.
             */
            from: string;
            id: components["schemas"]["Id"];
            /** @description Whether the caller may end it. */
            may_end: boolean;
            /** @description Whether the caller may renew it now. */
            may_renew: boolean;
            /** @description Whose records it is over, if it is not over one. */
            owner: components["schemas"]["Named"] | null;
            /** @description The partner organisation that it is for, or that the user is of. */
            partner: components["schemas"]["Named"] | null;
            /** @description Null once whom the record is about was erased, and for whoever neither gave it nor sees the record. */
            reason: string | null;
            /** @description The record that it is over; null if it is over what somebody owns. */
            record: {
                /** @description Name of its entity. */
                entity: string;
                id: components["schemas"]["Id"];
                /** @description Null if the caller does not see it now. */
                title: string | null;
            } | null;
            /** @description Null if the role is no more: the grant gives nothing. */
            role: components["schemas"]["RoleName"] | null;
            /** @enum {string} */
            state: "pending" | "in_force" | "ended";
            team: components["schemas"]["Named"] | null;
            /**
             * Format: date-time
             * @description And before this.
             */
            until: string | null;
            user: components["schemas"]["Named"] | null;
            /** @description For `If-Match`. */
            version: number;
            /** @description Whether over what hangs on the record too. */
            with_related: boolean;
        };
        OwnedRecords: {
            /**
             * Format: int64
             * @description Records outside the bin.
             */
            count: number;
            items: {
                /**
                 * Format: int64
                 * @description Records in the bin, counted up to 100,000.
                 */
                binned: number;
                /**
                 * Format: int64
                 * @description Records outside the bin, counted up to 100,000.
                 */
                count: number;
                /** @description Name of the entity. */
                entity: string;
            }[];
            /**
             * Format: int64
             * @description Views that the user shares with others.
             */
            views: number;
            /** @description Who could hand them over, those first who could hand over most of them. */
            who_could: components["schemas"]["Named"][];
        };
        Partner: {
            /** @description A suspended one may do nothing. */
            active: boolean;
            /** @description Whether something may be shared with it now. */
            agreed: boolean;
            /**
             * Format: date-time
             * @description Until when; null if an agreement in force does not end, or there is none.
             */
            agreed_until: string | null;
            agreements?: components["schemas"]["Agreement"][];
            contact?: components["schemas"]["PartnerContact"];
            id: components["schemas"]["Id"];
            /** @example Agencja Reklamowa Sowa */
            name: string;
            registration?: components["schemas"]["RegistrationRules"];
            users?: {
                active: boolean;
                /** @description Whether the time of the account is over. */
                ended: boolean;
                /** @description A second factor of the user's own; without one, or one that a provider asks for, nothing is served. */
                has_factor: boolean;
                id: components["schemas"]["Id"];
                name: string;
                /** @description Names of the providers whose accounts let the user in. */
                providers: string[];
                /** @description Whether there is something that lets the user in: a password, a passkey or an account at a provider; until then an invitation is open. */
                signs_in: boolean;
            }[];
            version: components["schemas"]["Version"];
        };
        PartnerContact: {
            email?: string;
            name?: string;
            phone?: string;
        };
        PartnerCreate: {
            agreement?: components["schemas"]["AgreementInput"];
            contact?: components["schemas"]["PartnerContact"];
            /** @example Agencja Reklamowa Sowa */
            name: string;
        };
        PartnerList: {
            items: components["schemas"]["Partner"][];
        };
        PartnerUpdate: {
            /** @description A suspended one may do nothing. */
            active?: boolean;
            add_agreement?: components["schemas"]["AgreementInput"];
            contact?: components["schemas"]["PartnerContact"];
            end_agreement?: {
                id: components["schemas"]["Id"];
                /**
                 * Format: date-time
                 * @description In force before this.
                 */
                valid_until: string;
            };
            /** @example Agencja Reklamowa Sowa */
            name?: string;
            /** @description How its users register deals; null if they do not. Closed at first. */
            registration?: components["schemas"]["RegistrationInput"] | null;
        };
        PasskeyBegun: {
            /** @description What the browser is to make it with (`PublicKeyCredentialCreationOptionsJSON`). */
            passkey: {
                [key: string]: unknown;
            };
        };
        PasswordChange: {
            /**
             * Format: password
             * @description The current password.
             */
            current: string;
            /**
             * Format: password
             * @description The new password; weak ones are refused.
             */
            new: string;
        };
        /**
         * Person
         * @description Person (Osoba).
         */
        Person: components["schemas"]["RecordHead"] & {
            /** @constant */
            entity: "person";
            fields: components["schemas"]["PersonValues"];
        };
        /** Change of many Person */
        PersonBulk: {
            /** @enum {string} */
            action?: "delete" | "restore";
            change?: {
                fields?: components["schemas"]["PersonFields"];
                /**
                 * Format: uuid
                 * @description The owner, an active user.
                 */
                owner?: string | null;
            };
            select: components["schemas"]["BulkSelect"];
            share?: components["schemas"]["GrantCreate"];
        };
        /** New Person */
        PersonCreate: {
            /**
             * @description Accept that another record has the same unique value.
             * @default false
             */
            allow_duplicate: boolean;
            fields: components["schemas"]["PersonFields"] & unknown;
            /**
             * Format: uuid
             * @description The owner, an active user.
             */
            owner?: string | null;
        };
        /** @description Values by field; null means that there is none. */
        PersonFields: {
            /**
             * Date of birth
             * Format: date
             * @description Date of birth (Data urodzenia). Years 1000 to 9999. Data about a person.
             * @example 2026-11-23
             */
            birthday?: string | null;
            /**
             * City
             * @description City (Miejscowość). Data about a person.
             * @example Przykład
             */
            city?: string | null;
            /**
             * Company
             * Format: uuid
             * @description Company (Firma). Data about a person.
             * @example 0190a6c2-7b1e-7c3d-8e4f-0123456789ab
             */
            company?: string | null;
            /**
             * Country
             * @description Country (Kraj). ISO 3166-1 alpha-2. Data about a person.
             * @example PL
             */
            country?: string | null;
            /**
             * Description
             * @description Description (Opis). Data about a person.
             * @example Kilka zdań.
             */
            description?: string | null;
            /**
             * E-mail
             * Format: idn-email
             * @description E-mail (E-mail). Data about a person. Unique among records.
             * @example jan.kowalski@example.pl
             */
            email?: string | null;
            /**
             * Second e-mail
             * Format: idn-email
             * @description Second e-mail (Drugi e-mail). Data about a person.
             * @example jan.kowalski@example.pl
             */
            email2?: string | null;
            /**
             * First name
             * @description First name (Imię). Data about a person.
             * @example Anna
             */
            first_name?: string | null;
            /**
             * Job title
             * @description Job title (Stanowisko). Data about a person.
             * @example Przykład
             */
            job_title?: string | null;
            /**
             * Language
             * @description Language (Język). Data about a person. One of: `pl` Polish, `en` English, `de` German, `uk` Ukrainian, `cs` Czech, `sk` Slovak, `fr` French, `es` Spanish, `it` Italian, `other` Other.
             * @example pl
             * @enum {string|null}
             */
            language?: "pl" | "en" | "de" | "uk" | "cs" | "sk" | "fr" | "es" | "it" | "other" | null;
            /**
             * Last name
             * @description Last name (Nazwisko). Data about a person.
             * @example Łukasik
             */
            last_name?: string;
            /**
             * LinkedIn profile
             * @description LinkedIn profile (Profil LinkedIn). `http` or `https`; without a scheme, `https`. Data about a person.
             * @example https://www.example.pl
             */
            linkedin?: string | null;
            /**
             * Mobile phone
             * @description Mobile phone (Telefon komórkowy). With its country code; nine digits alone are a Polish number. Kept in E.164. Data about a person.
             * @example +48600100200
             */
            mobile?: string | null;
            /**
             * PESEL
             * @description PESEL (PESEL). Spaces and dashes are dropped, check digits checked. Data about a person. Special: not searched, and masked or hidden for most.
             * @example 44051401359
             */
            pesel?: string | null;
            /**
             * Phone
             * @description Phone (Telefon). With its country code; nine digits alone are a Polish number. Kept in E.164. Data about a person.
             * @example +48600100200
             */
            phone?: string | null;
            /**
             * Postal code
             * @description Postal code (Kod pocztowy). Polish unless the address has another country. Data about a person.
             * @example 00-950
             */
            postal_code?: string | null;
            /**
             * Source
             * @description Source (Źródło). Data about a person. One of: `website` Website, `referral` Referral, `phone` Incoming call, `email` E-mail, `event` Fair or event, `advert` Advertisement, `social` Social media, `partner` Partner, `register` Public register, `prospecting` Own research, `import` Import, `other` Other.
             * @example website
             * @enum {string|null}
             */
            source?: "website" | "referral" | "phone" | "email" | "event" | "advert" | "social" | "partner" | "register" | "prospecting" | "import" | "other" | null;
            /**
             * Street and number
             * @description Street and number (Ulica i numer). Data about a person.
             * @example Przykład
             */
            street?: string | null;
            /**
             * Tags
             * @description Tags (Etykiety). Data about a person.
             * @example [
             *       "vip",
             *       "targi 2026"
             *     ]
             */
            tags?: string[] | null;
        };
        /** Page of People */
        PersonPage: {
            access: components["schemas"]["Access"];
            /** @description Only when asked; stops at 10,000. */
            count?: number;
            items: components["schemas"]["PersonRow"][];
            /** @description Pass as `cursor` to go on, with all other parameters as they were; null at the end. */
            next_cursor: string | null;
            refs?: components["schemas"]["Refs"];
        };
        /** Person in a list */
        PersonRow: components["schemas"]["RowHead"] & {
            fields: components["schemas"]["PersonValues"];
            /** @description What is to be done next on it; only when asked, and if the caller reads activities. */
            next_activity?: components["schemas"]["NextActivity"] | null;
        };
        /** Change of Person */
        PersonUpdate: {
            /**
             * @description Accept that another record has the same unique value.
             * @default false
             */
            allow_duplicate: boolean;
            /** @description A JSON merge patch (RFC 7396): null removes a value, what is not named stays. */
            fields?: components["schemas"]["PersonFields"] | null;
            /**
             * Format: uuid
             * @description The owner, an active user.
             */
            owner?: string | null;
        };
        /** @description Values by field. A field without a value, or hidden from the caller, is absent. In rows of lists, long texts and special fields are absent too. */
        PersonValues: {
            /**
             * Date of birth
             * @description Date of birth (Data urodzenia). Data about a person.
             */
            birthday?: string | components["schemas"]["Masked"];
            /**
             * City
             * @description City (Miejscowość). Data about a person.
             */
            city?: string | components["schemas"]["Masked"];
            /**
             * Company
             * @description Company (Firma). Data about a person.
             */
            company?: string | components["schemas"]["Masked"];
            /**
             * Country
             * @description Country (Kraj). Data about a person.
             */
            country?: string | components["schemas"]["Masked"];
            /**
             * Description
             * @description Description (Opis). Data about a person.
             */
            description?: string | components["schemas"]["Masked"];
            /**
             * E-mail
             * @description E-mail (E-mail). Data about a person. Unique among records.
             */
            email?: string | components["schemas"]["Masked"];
            /**
             * Second e-mail
             * @description Second e-mail (Drugi e-mail). Data about a person.
             */
            email2?: string | components["schemas"]["Masked"];
            /**
             * First name
             * @description First name (Imię). Data about a person.
             */
            first_name?: string | components["schemas"]["Masked"];
            /**
             * Job title
             * @description Job title (Stanowisko). Data about a person.
             */
            job_title?: string | components["schemas"]["Masked"];
            /**
             * Language
             * @description Language (Język). Data about a person. One of: `pl` Polish, `en` English, `de` German, `uk` Ukrainian, `cs` Czech, `sk` Slovak, `fr` French, `es` Spanish, `it` Italian, `other` Other.
             */
            language?: ("pl" | "en" | "de" | "uk" | "cs" | "sk" | "fr" | "es" | "it" | "other") | components["schemas"]["Masked"];
            /**
             * Last name
             * @description Last name (Nazwisko). Data about a person.
             */
            last_name?: string | components["schemas"]["Masked"];
            /**
             * LinkedIn profile
             * @description LinkedIn profile (Profil LinkedIn). Data about a person.
             */
            linkedin?: string | components["schemas"]["Masked"];
            /**
             * Mobile phone
             * @description Mobile phone (Telefon komórkowy). Data about a person.
             */
            mobile?: string | components["schemas"]["Masked"];
            /**
             * Full name
             * @description Full name (Imię i nazwisko). Data about a person. Filled in by the system.
             */
            readonly name?: string | components["schemas"]["Masked"];
            /**
             * PESEL
             * @description PESEL (PESEL). Data about a person. Special: not searched, and masked or hidden for most.
             */
            pesel?: string | components["schemas"]["Masked"];
            /**
             * Phone
             * @description Phone (Telefon). Data about a person.
             */
            phone?: string | components["schemas"]["Masked"];
            /**
             * Postal code
             * @description Postal code (Kod pocztowy). Data about a person.
             */
            postal_code?: string | components["schemas"]["Masked"];
            /**
             * Last name, first name
             * @description Last name, first name (Nazwisko i imię). Data about a person. Filled in by the system.
             */
            readonly sort_name?: string | components["schemas"]["Masked"];
            /**
             * Source
             * @description Source (Źródło). Data about a person. One of: `website` Website, `referral` Referral, `phone` Incoming call, `email` E-mail, `event` Fair or event, `advert` Advertisement, `social` Social media, `partner` Partner, `register` Public register, `prospecting` Own research, `import` Import, `other` Other.
             */
            source?: ("website" | "referral" | "phone" | "email" | "event" | "advert" | "social" | "partner" | "register" | "prospecting" | "import" | "other") | components["schemas"]["Masked"];
            /**
             * Street and number
             * @description Street and number (Ulica i numer). Data about a person.
             */
            street?: string | components["schemas"]["Masked"];
            /**
             * Tags
             * @description Tags (Etykiety). Data about a person.
             */
            tags?: string[] | components["schemas"]["Masked"];
        };
        /** @description Where an address is, by the table that comes with the server, or the one that it is given (`countries`); not there if that one cannot be used. It is where the address is registered: nobody has to be in that country. */
        Place: {
            /**
             * @description ISO 3166-1 alpha-2.
             * @example PL
             */
            country?: string;
            /**
             * @description In a network of one's own, in a country, or not in the table.
             * @enum {string}
             */
            kind: "local" | "country" | "unknown";
        };
        Preferences: {
            /** @description Columns of lists, by entity, in order. */
            columns?: {
                [key: string]: string[];
            };
            /** @enum {string} */
            density?: "compact" | "default" | "comfortable";
            /** @description A deal counts as idle after so many days; 14 unless set. */
            idle_days?: number;
            /** @enum {string} */
            lang?: "pl" | "en";
            /** @description Whether single keys are shortcuts. */
            shortcuts?: boolean;
            /** @enum {string} */
            theme?: "light" | "dark" | "auto";
        };
        Preview: {
            /** @description How many people and programs gain something. */
            gaining: number;
            /** @description Grants, in force or to come, that rest on the role and change with it. */
            grants: number;
            groups: components["schemas"]["PreviewGroup"][];
            /** @description How many lose something. */
            losing: number;
            /** @description How many groups there are besides. */
            more_groups: number;
        };
        PreviewCount: {
            /** @description Records read then. */
            after: number;
            /** @description Records read now; stops at 10,000. */
            before: number;
            /** @description Name of the entity. */
            entity: string;
            user: components["schemas"]["Named"];
        };
        PreviewGroup: {
            /** @description How many they are. */
            count: number;
            /** @description What they gain, in the caller's language. */
            gained: string[];
            /** @description What they lose. */
            lost: string[];
            /** @description What the first five read, as far as it changes and was counted; null for whoever may not read users. */
            records: components["schemas"]["PreviewCount"][] | null;
            roles: components["schemas"]["RoleName"][];
            team: components["schemas"]["Named"];
            /** @description The first 20; null for whoever may not read users. */
            users: components["schemas"]["Named"][] | null;
        };
        /** @description A problem document (RFC 9457), in the language that `Accept-Language` asks for: Polish or English. `type` is stable. */
        Problem: {
            /** @description Whom to ask after a refusal: the owner of the record, and administrators; where only an owner can help, that one alone, and where nobody else can, nobody. */
            ask?: components["schemas"]["Named"][];
            detail: string;
            /** @description The record that has a unique value already (409); its title, if the caller may read it. */
            duplicate?: {
                /** @example person */
                entity: string;
                id: components["schemas"]["Id"];
                title?: string;
            };
            /** @description By what the caller can confirm to be there (403 `step-up-required`). */
            factors?: components["schemas"]["FactorKind"][];
            /** @description What is wrong, field by field. */
            issues?: components["schemas"]["Issue"][];
            /** @description What the caller's rights lack, where a refusal (403) knows: an action on an entity, or a right over a thing. */
            missing?: {
                /**
                 * @example export
                 * @example manage
                 */
                action?: string;
                /** @example person */
                entity?: string;
                /** @example users */
                thing?: string;
            };
            /**
             * @description Which factor must be added first (403 `factor-required`).
             * @enum {string}
             */
            need?: "any" | "passkey";
            /**
             * @description As `X-Request-Id`: it stands in the server's log lines about this request.
             * @example 3f0c1b9a7d5e42868bc0d1f2a3e4b5c6
             */
            request_id?: string;
            status: number;
            title: string;
            /**
             * Format: uri
             * @enum {string}
             */
            type: "urn:klucznik:problem:invalid" | "urn:klucznik:problem:unauthenticated" | "urn:klucznik:problem:forbidden" | "urn:klucznik:problem:outside-hours" | "urn:klucznik:problem:factor-required" | "urn:klucznik:problem:step-up-required" | "urn:klucznik:problem:not-found" | "urn:klucznik:problem:stale" | "urn:klucznik:problem:conflict" | "urn:klucznik:problem:precondition-required" | "urn:klucznik:problem:too-many" | "urn:klucznik:problem:too-large" | "urn:klucznik:problem:unsupported" | "urn:klucznik:problem:storage-full" | "urn:klucznik:problem:unavailable" | "urn:klucznik:problem:corrupt" | "urn:klucznik:problem:internal";
        };
        Proof: {
            /** @description What the browser gave of a passkey (`PublicKeyCredential.toJSON()`). */
            passkey?: {
                [key: string]: unknown;
            };
            /**
             * Format: password
             * @description For whoever has no factor; not to sign in.
             */
            password?: string;
            /**
             * @description A recovery code.
             * @example abcd-efgh-ijkl-mnop
             */
            recovery?: string;
            /**
             * @description The code that the application shows.
             * @example 123456
             */
            totp?: string;
        };
        Provider: {
            /** @description What people read on the button. */
            label: string;
            /**
             * @description Name of the provider.
             * @example firma
             */
            name: string;
        };
        ProviderSettings: {
            /** @description Where the provider can end sessions. */
            back_channel: string;
            /** @description What this server is called there. */
            client_id: string;
            /** @description They are made only with an address in one of these domains, if there are any. */
            create_users_domains: string[];
            /** @description They are made only if they are in one of these groups, if there are any. */
            create_users_groups: string[];
            /** @description The team of users who are made when they first sign in; nobody is if absent. */
            create_users_in: string | null;
            /** @description Values of `acr` that count as a second factor. */
            factor_acr: string[];
            /** @description Values of `amr` of which one counts as a second factor. */
            factor_amr: string[];
            /** @description What the provider can open in a frame to end sessions. */
            front_channel: string;
            /** @description The claim that names groups. */
            groups_claim: string;
            /** @description The issuer, exactly. */
            issuer: string;
            /** @description What people read on the button. */
            label: string;
            /**
             * @description Name of the provider.
             * @example firma
             */
            name: string;
            /**
             * @description What it means that a token does not have that claim: roles stay as they are, or the user is in no group.
             * @enum {string}
             */
            no_groups: "keep" | "none";
            /** @description What the provider must know as the address to come back to. */
            redirect: string;
            /** @description Names of roles by group. */
            roles: {
                [key: string]: string[];
            };
            /** @description What is asked for beside `openid`. */
            scopes: string[];
            /** @description Whether an address is taken also where the provider does not say whether it made sure of it. */
            trust_email: boolean;
        };
        Providers: {
            /** @description Whether passwords do not count, but for the emergency account. */
            only: boolean;
            providers: components["schemas"]["Provider"][];
        };
        RecordAccess: {
            /** @description What the user may do to it. */
            actions: components["schemas"]["Action"][];
            /** @description How the user sees its fields. */
            fields: {
                hidden: string[];
                masked: string[];
                writable: string[];
            };
            reasons: components["schemas"]["AccessReason"][];
            team: components["schemas"]["Named"];
            user: components["schemas"]["Named"];
        };
        RecordAccessPage: {
            /** @description How many can read it in all. */
            count: number;
            items: components["schemas"]["RecordAccess"][];
            /**
             * Format: uuid
             * @description Pass as `after` to go on; null at the end.
             */
            next_after: string | null;
        };
        RecordChange: {
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /** @description There if it went into the bin (true) or came out of it. */
            binned?: boolean;
            by: components["schemas"]["Named"];
            /**
             * Format: int64
             * @description Place of its event in the ledger.
             */
            event: number;
            /** @enum {string} */
            kind: "insert" | "update" | "remove";
            /** @description Old and new owner, if that changed. */
            owner?: components["schemas"]["Named"][];
            /** @description By field: old value, new value; null for none. Masked like the record. */
            values: {
                [key: string]: unknown[];
            };
            version: components["schemas"]["Version"];
        };
        RecordChangePage: {
            items: components["schemas"]["RecordChange"][];
            /**
             * Format: int64
             * @description Pass as `before` to go on; null at the end.
             */
            next_before: number | null;
            refs: components["schemas"]["Refs"];
        };
        RecordHead: {
            access: components["schemas"]["Access"];
            /**
             * Format: date-time
             * @description Made.
             */
            created_at: string;
            created_by: components["schemas"]["Named"];
            /**
             * Format: date-time
             * @description In the bin since.
             */
            deleted_at: string | null;
            id: components["schemas"]["Id"];
            owner: components["schemas"]["Named"];
            parent: {
                entity: string;
                id: components["schemas"]["Id"];
            } | null;
            refs?: components["schemas"]["Refs"];
            registered_by?: components["schemas"]["Named"];
            /**
             * Format: uuid
             * @description Whom the record is about; its key seals it.
             */
            subject: string;
            team: components["schemas"]["Named"];
            /**
             * Format: date-time
             * @description Last changed.
             */
            updated_at: string;
            updated_by: components["schemas"]["Named"];
            version: components["schemas"]["Version"];
        };
        RecoveryCodes: {
            codes: string[];
        };
        /** @description By id: what is referred to, as far as the caller may read it. Only when a record is opened, beside its changes, and in lists that ask. */
        Refs: {
            [key: string]: {
                entity: string;
                title: string;
            };
        };
        RefusedRow: {
            code: string;
            column?: string;
            duplicate_of?: components["schemas"]["Id"];
            example?: string;
            /**
             * Format: int64
             * @description Line of the file, row of the sheet, or number of the card.
             */
            line: number;
            reason: components["schemas"]["Text"];
            /** @description What stood there, shortened. */
            value?: string;
        };
        Registration: {
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            by: components["schemas"]["Named"];
            /** @description As the lead has it, as far as the caller sees it. */
            company: string | null;
            id: components["schemas"]["Id"];
            /** @description Whether it is now. */
            shared: boolean;
            /**
             * @description How it stands; null for whoever does not see the lead, or not any more.
             * @enum {string|null}
             */
            state: "open" | "in_work" | "won" | "lost" | null;
            /**
             * Format: date-time
             * @description Shared with the partner until.
             */
            until: string;
        };
        RegistrationCreate: {
            city?: string;
            company_name: string;
            /** @description What it is about. */
            description: string;
            email?: string;
            first_name?: string;
            last_name?: string;
            phone?: string;
            website?: string;
        };
        RegistrationInput: {
            caretaker: components["schemas"]["Id"];
            /**
             * @description For so many days a deal is shared with the partner, if no agreement ends before.
             * @default 180
             */
            days: number;
            role: components["schemas"]["Id"];
        };
        RegistrationMade: {
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            id: components["schemas"]["Id"];
            /**
             * Format: date-time
             * @description Shared with the partner until.
             */
            until: string;
        };
        RegistrationPage: {
            count: number;
            items: components["schemas"]["Registration"][];
            /**
             * Format: uuid
             * @description Pass as `cursor` to go on; null at the end.
             */
            next_cursor: string | null;
        };
        RegistrationRules: {
            caretaker: components["schemas"]["Named"];
            /**
             * @description Why no deal can be registered all the same; null if one can.
             * @enum {string|null}
             */
            closed: "off" | "no_agreement" | "caretaker_gone" | "caretaker_may_not" | "role_unfit" | "full" | null;
            /**
             * @description For so many days a deal is shared with the partner, if no agreement ends before.
             * @default 180
             */
            days: number;
            /** @description Null if it is no more. */
            role: {
                id: components["schemas"]["Id"];
                label: string;
                name: string;
            } | null;
        };
        Reveal: {
            /** @example pesel */
            field: string;
            /** @description Why it is needed; kept in the ledger. */
            reason: string;
        };
        Revealed: {
            field: string;
            /** @description The value in clear; null if there is none. */
            value: unknown;
        };
        Role: {
            /** @description Cannot be removed or renamed. */
            built_in: boolean;
            /** @description Denied by entity. */
            denials: {
                [key: string]: components["schemas"]["Action"][];
            };
            entities: {
                [key: string]: components["schemas"]["EntityRights"];
            };
            id: components["schemas"]["Id"];
            label: components["schemas"]["Text"];
            name: string;
            things: components["schemas"]["Things"];
            version: components["schemas"]["Version"];
        };
        RoleConflictPair: {
            /** @description Whether giving both is refused. Otherwise it is found and told of. */
            refuse: boolean;
            roles: components["schemas"]["Id"][];
        };
        RoleConflicts: {
            pairs: components["schemas"]["RoleConflictPair"][];
        };
        RoleConflictsRead: {
            pairs: components["schemas"]["RoleConflictPair"][];
            version: components["schemas"]["Version"];
        };
        RoleFile: {
            /** @constant */
            format: "klucznik-roles";
            roles: Record<string, never>[];
            /** @constant */
            version: 1;
        };
        RoleImport: {
            items: components["schemas"]["RoleImportItem"][];
            preview: components["schemas"]["Preview"];
            /** @description Whether anything was. */
            saved: boolean;
        };
        RoleImportItem: {
            /** @description What is other than now, in the caller's language. */
            changes: string[];
            /**
             * @description What becomes of it.
             * @enum {string}
             */
            fate: "new" | "changed" | "same" | "refused";
            /** @description Its stable name, as far as it has one. */
            name: string;
            /** @description Why it cannot be saved, in the caller's language. */
            reasons: string[];
        };
        RoleInput: {
            /** @description Denied by entity, whatever other roles allow. */
            denials?: {
                [key: string]: components["schemas"]["Action"][];
            };
            /** @description Rights by entity. */
            entities?: {
                [key: string]: components["schemas"]["EntityRights"];
            };
            label: components["schemas"]["Text"];
            /**
             * @description Stable, in snake case.
             * @example sales_assistant
             */
            name: string;
            things?: components["schemas"]["Things"];
        };
        RoleList: {
            items: components["schemas"]["Role"][];
        };
        RoleName: {
            id: components["schemas"]["Id"];
            /** @description In the caller's language. */
            label: string;
            /** @description Stable. */
            name: string;
        };
        RoleVersion: {
            /** @description Null if it was made before changes were kept. */
            at: string | null;
            /** @description The user, if it was one. */
            by: components["schemas"]["Named"] | null;
            /** @description What is other than in the version before, in the caller's language. */
            changes: string[];
            /** @description The event in the ledger. */
            event: components["schemas"]["Id"] | null;
            role: components["schemas"]["RoleInput"];
            version: components["schemas"]["Version"];
            /** @description Who made it. */
            who: ("user" | "nobody" | "system" | "operator") | null;
        };
        RoleVersionPage: {
            items: components["schemas"]["RoleVersion"][];
            /** @description Null at the end of what is kept. */
            next_before: number | null;
        };
        RollBack: {
            version: components["schemas"]["Version"];
        };
        RowHead: {
            /**
             * Format: date-time
             * @description Made.
             */
            created_at: string;
            id: components["schemas"]["Id"];
            owner: components["schemas"]["Id"];
            parent?: components["schemas"]["Id"];
            team: components["schemas"]["Id"];
            /**
             * Format: date-time
             * @description Last changed.
             */
            updated_at: string;
            version: components["schemas"]["Version"];
        };
        /**
         * @description Over which records: none, own ones, those of one's team, also of teams below, all.
         * @enum {string}
         */
        Scope: "none" | "own" | "team" | "below" | "all";
        SearchGroup: {
            /** @description Name of the entity. */
            entity: string;
            items: components["schemas"]["SearchItem"][];
            /** @description Whether there are more. */
            more: boolean;
        };
        SearchItem: {
            id: components["schemas"]["Id"];
            /** @description Name of the field, other than the title, in which a word was found. */
            matched?: string;
            /** @description What tells it from others of the same name. */
            subtitle?: string;
            /** @description What it is called; empty if the caller may not read that. */
            title: string;
        };
        SearchResult: {
            groups: components["schemas"]["SearchGroup"][];
        };
        ServiceAccount: {
            /**
             * Format: date-time
             * @description It can do nothing from then on; two years from now at the latest.
             */
            ends_at: string;
            id: components["schemas"]["Id"];
            /** @example Integracja ze sklepem */
            name: string;
            owner: components["schemas"]["Named"];
            roles: components["schemas"]["Id"][];
            /**
             * @description Whether it can do anything.
             * @enum {string}
             */
            state: "active" | "ended" | "ownerless" | "suspended";
            team: components["schemas"]["Id"];
            /** @description Tokens that have not ended. */
            tokens: number;
            version: components["schemas"]["Version"];
        };
        ServiceAccountCreate: {
            /**
             * Format: date-time
             * @description It can do nothing from then on; two years from now at the latest.
             */
            ends_at: string;
            /** @example Integracja ze sklepem */
            name: string;
            owner: components["schemas"]["Id"];
            roles?: components["schemas"]["Id"][];
            team: components["schemas"]["Id"];
        };
        ServiceAccountList: {
            items: components["schemas"]["ServiceAccount"][];
        };
        ServiceAccountOwner: {
            owner: components["schemas"]["Id"];
        };
        ServiceAccountUpdate: {
            /** @description A suspended account may do nothing. */
            active?: boolean;
            /**
             * Format: date-time
             * @description It can do nothing from then on; two years from now at the latest.
             */
            ends_at?: string;
            /** @example Integracja ze sklepem */
            name?: string;
            roles?: components["schemas"]["Id"][];
            team?: components["schemas"]["Id"];
        };
        Session: {
            /** @description The program it was begun with, as it called itself. */
            client: string;
            /**
             * Format: date-time
             * @description Begun.
             */
            created_at: string;
            /** @description Whether this request uses it. */
            current: boolean;
            /**
             * Format: date-time
             * @description Ends at the latest.
             */
            ends_at: string;
            id: components["schemas"]["Id"];
            /** @enum {string} */
            kind: "session" | "token";
            /** @description What the owner called a token. */
            label: string;
            /** @description The address it was begun from. */
            network: string;
            /**
             * @description Addresses, and networks with the length of their prefix; none stands for any.
             * @example [
             *       "192.0.2.0/24",
             *       "2001:db8::/32"
             *     ]
             */
            networks?: string[];
            place?: components["schemas"]["Place"];
            scope?: components["schemas"]["TokenScope"];
            /**
             * Format: date-time
             * @description Last used.
             */
            seen_at: string;
            /** @description The address it was last used from, if it was used. */
            seen_from?: string;
            seen_place?: components["schemas"]["Place"];
        };
        SessionList: {
            items: components["schemas"]["Session"][];
        };
        SessionRule: {
            /** @description A session ends after so long, used or not. */
            absolute_minutes?: number | null;
            /** @description When one may work; nothing stands for always. Of roles only. */
            hours?: components["schemas"]["WorkingHours"] | null;
            /** @description A session ends after so long without use. */
            idle_minutes?: number | null;
            /**
             * @description Addresses, and networks with the length of their prefix; none stands for any.
             * @example [
             *       "192.0.2.0/24",
             *       "2001:db8::/32"
             *     ]
             */
            networks?: string[];
        };
        SessionRules: {
            everyone: components["schemas"]["SessionRule"];
            /** @description By the id of a role. */
            roles: {
                [key: string]: components["schemas"]["SessionRule"];
            };
        };
        SessionRulesRead: {
            everyone: components["schemas"]["SessionRule"];
            /** @description By the id of a role. */
            roles: {
                [key: string]: components["schemas"]["SessionRule"];
            };
            version: components["schemas"]["Version"];
        };
        SignIn: {
            login: string;
            /**
             * Format: password
             * @description The password.
             */
            password: string;
        };
        SignInWays: {
            resets: boolean;
        };
        SignOnBegin: {
            anew?: boolean;
            /** @example /people */
            back?: string;
            confirm?: boolean;
            /** @description The secret of an invitation. */
            invitation?: string;
            /**
             * @description Name of the provider.
             * @example firma
             */
            provider: string;
        };
        SignOnBegun: {
            /** Format: uri */
            address: string;
        };
        SignOnFinish: {
            /** @description `code` of the address. */
            code?: string;
            /** @description `error` of the address. */
            error?: string;
            /** @description `iss` of the address (RFC 9207). */
            iss?: string;
            /**
             * @description Name of the provider.
             * @example firma
             */
            provider: string;
            /** @description `state` of the address. */
            state: string;
        };
        SignOnSettings: {
            /** @description The user name of the emergency account. */
            emergency: string | null;
            /** @description Whether passwords do not count, but for the emergency account. */
            only: boolean;
            providers: components["schemas"]["ProviderSettings"][];
        };
        SignedIn: {
            /**
             * @description Where in the interface to go, if signing in was begun with a provider.
             * @example /people
             */
            back?: string;
            session: components["schemas"]["Session"];
            user: components["schemas"]["Id"];
        };
        SteppedUp: {
            session: components["schemas"]["Session"];
        };
        System: {
            backup: {
                /** @description The last that was made from this server. */
                made: {
                    /**
                     * Format: date-time
                     * @description Made, or proved.
                     */
                    at: string;
                    /** Format: int64 */
                    events: number;
                    /**
                     * Format: date-time
                     * @description Whose state it holds.
                     */
                    state_of: string;
                } | null;
                /** @description Whether the server makes backups by itself. */
                scheduled: boolean;
                /** @description The last that was proved from this server to restore. */
                verified: {
                    /**
                     * Format: date-time
                     * @description Made, or proved.
                     */
                    at: string;
                    /** Format: int64 */
                    events: number;
                    /**
                     * Format: date-time
                     * @description Whose state it holds.
                     */
                    state_of: string;
                } | null;
            };
            certificate: {
                days_left: number;
                /**
                 * Format: date-time
                 * @description Ends.
                 */
                not_after: string;
                /** @description Whether the instance's own authority made it. */
                own: boolean;
                subject: string;
            } | null;
            checks: {
                /**
                 * @description Stable, in kebab case.
                 * @example disk-room
                 */
                code: string;
                /** @enum {string} */
                level: "ok" | "warn" | "fail";
                ok: boolean;
                /** @description How it is, and what to do. */
                text: string;
            }[];
            /**
             * Format: date-time
             * @description Now, by the server's clock.
             */
            clock: string;
            /** Format: int64 */
            csp_reports: number;
            engine: {
                kind: string;
                version: string;
            };
            index: {
                /** Format: int64 */
                applied: number;
                /** Format: int64 */
                behind: number;
                /** Format: int64 */
                bytes: number;
                /** Format: int64 */
                last_change: number;
            };
            jobs: {
                /** Format: int64 */
                queued: number;
                /** Format: int64 */
                running: number;
            };
            keys: components["schemas"]["KeyStatus"];
            ledger: {
                /** Format: date-time */
                checkpoint_at: string | null;
                root: string;
                /** Format: int64 */
                size: number;
            };
            organisation: string;
            ready: boolean;
            /** Format: int64 */
            sessions: number;
            /**
             * Format: date-time
             * @description The server started.
             */
            started_at: string;
            store: {
                /** Format: int64 */
                bytes: number;
                /** Format: int64 */
                events: number;
                /** Format: int64 */
                free_bytes: number | null;
                /** Format: int64 */
                records: number;
                reserve_ok: boolean;
            };
            /** Format: int64 */
            uptime_s: number;
            version: string;
        };
        Team: {
            id: components["schemas"]["Id"];
            name: string;
            /** Format: uuid */
            parent: string | null;
            version: components["schemas"]["Version"];
        };
        TeamInput: {
            name: string;
            /**
             * Format: uuid
             * @description The team above it.
             */
            parent?: string | null;
        };
        TeamList: {
            items: components["schemas"]["Team"][];
        };
        /** @description The same in both languages. */
        Text: {
            en: string;
            pl: string;
        };
        /** @description Rights over what is administered; managing includes reading. */
        Things: {
            [key: string]: "read" | "manage";
        };
        TokenCreate: {
            /**
             * Format: date-time
             * @description Ends.
             */
            ends_at: string;
            /** @description What it is for. */
            label: string;
            /**
             * @description Addresses, and networks with the length of their prefix; none stands for any.
             * @example [
             *       "192.0.2.0/24",
             *       "2001:db8::/32"
             *     ]
             */
            networks?: string[];
            scope: components["schemas"]["TokenScope"];
        };
        TokenMade: {
            session: components["schemas"]["Session"];
            /** @description The secret; shown this once. */
            token: string;
        };
        /** @description What is not named is not allowed. */
        TokenScope: {
            /** @description Actions by entity. */
            entities: {
                [key: string]: components["schemas"]["Action"][];
            };
            things?: components["schemas"]["Things"];
        };
        Total: {
            count: number;
            /** @description Currency, if money was added up. */
            currency?: string;
            /** @description The value that the group shares; null for records without one. */
            group: unknown;
            /** @description The sum, as a decimal; absent if nothing was added up. */
            sum?: string;
        };
        TotalList: {
            items: components["schemas"]["Total"][];
        };
        TotpBegun: {
            qr: {
                /** @description The `d` of an SVG path of the dark squares. */
                path: string;
                /** @description Width and height of the code, in its squares, without a margin. */
                size: number;
            };
            /** @description In base 32. */
            secret: string;
            /**
             * Format: uri
             * @example otpauth://totp/Firma:anna?secret=…
             */
            uri: string;
        };
        User: {
            /** @description Suspended users may do nothing. */
            active: boolean;
            /** Format: idn-email */
            email: string;
            /**
             * Format: date-time
             * @description From then on the user may do nothing, if that is set.
             */
            ends_at?: string;
            id: components["schemas"]["Id"];
            /** @enum {string} */
            lang: "pl" | "en";
            login: string;
            /** @example Anna Kowalska */
            name: string;
            partner?: components["schemas"]["Id"];
            roles: components["schemas"]["Id"][];
            team: components["schemas"]["Id"];
            version: components["schemas"]["Version"];
        };
        UserCreate: {
            /** Format: idn-email */
            email: string;
            invite?: components["schemas"]["Invite"];
            /**
             * @default pl
             * @enum {string}
             */
            lang: "pl" | "en";
            /**
             * @description Without regard to case.
             * @example anna.kowalska
             */
            login: string;
            /** @example Anna Kowalska */
            name: string;
            partner?: components["schemas"]["Id"];
            roles?: components["schemas"]["Id"][];
            team?: components["schemas"]["Id"];
        };
        UserFactors: {
            /**
             * Format: date-time
             * @description Until then a factor that is asked for must be there.
             */
            due?: string;
            /** @description Whether that time is over: nothing is served but what adds one. */
            enrol_only: boolean;
            kinds: {
                /** @description Passkeys. */
                passkey: number;
                /** @description Recovery codes that were not used. */
                recovery: number;
                /** @description Applications that make codes. */
                totp: number;
            };
            need: components["schemas"]["FactorNeed"];
            reset?: components["schemas"]["FactorReset"];
        };
        UserList: {
            items: components["schemas"]["UserView"][];
        };
        UserMade: components["schemas"]["User"] & {
            invitation?: components["schemas"]["Invitation"];
        };
        UserReach: {
            entities: components["schemas"]["EntityReach"][];
            things: components["schemas"]["Things"];
            /** @description Of the things, those that fewer than half of the team have as much of. */
            unusual_things: string[];
            user: components["schemas"]["Named"];
        };
        UserUpdate: {
            /** @description Suspended users may do nothing. */
            active?: boolean;
            /** Format: idn-email */
            email?: string;
            /**
             * Format: date-time
             * @description From then on the user may do nothing; `null` takes that back.
             */
            ends_at?: string | null;
            /** @enum {string} */
            lang?: "pl" | "en";
            /** @example Anna Kowalska */
            name?: string;
            roles?: components["schemas"]["Id"][];
            team?: components["schemas"]["Id"];
        };
        UserView: components["schemas"]["User"] & {
            /**
             * Format: date-time
             * @description Until then an invitation is good.
             */
            invited_until?: string;
            /** @description Names of the providers whose accounts let the user in. */
            providers: string[];
            /**
             * @description Whether the user can sign in.
             * @enum {string}
             */
            state: "active" | "leaving" | "provider" | "invited" | "passwordless" | "suspended";
        };
        Verification: {
            checkpoint: {
                /** @description In hexadecimal digits. */
                root: string;
                /**
                 * Format: int64
                 * @description Events.
                 */
                size: number;
            } | null;
            /**
             * Format: int64
             * @description Events looked at.
             */
            events: number;
            findings: {
                code: string;
                text: string;
            }[];
            /**
             * Format: int64
             * @description Rows and documents compared.
             */
            rows: number;
        };
        /**
         * Format: int64
         * @description In quotes, the `ETag`.
         */
        Version: number;
        View: {
            /** @description Whether the caller's list opens with it. */
            default: boolean;
            /** @description Name of the entity, singular. */
            entity: string;
            id: components["schemas"]["Id"];
            mine: boolean;
            name: string;
            owner: components["schemas"]["Named"];
            /**
             * @description The search part of a URL, without `?`.
             * @example filter=stage%3Aeq%3Awon&sort=-value
             */
            query: string;
            /** @description Whether others are offered it. */
            shared: boolean;
            version: components["schemas"]["Version"];
        };
        ViewCreate: {
            /** @description Name of the entity, singular. */
            entity: string;
            name: string;
            /**
             * @description The search part of a URL, without `?`.
             * @example filter=stage%3Aeq%3Awon&sort=-value
             */
            query: string;
            /**
             * @description Whether others are offered it.
             * @default false
             */
            shared: boolean;
        };
        ViewList: {
            items: components["schemas"]["View"][];
        };
        ViewUpdate: {
            name?: string;
            /**
             * @description The search part of a URL, without `?`.
             * @example filter=stage%3Aeq%3Awon&sort=-value
             */
            query?: string;
            /** @description Whether others are offered it. */
            shared?: boolean;
        };
        Why: {
            action: components["schemas"]["Action"];
            /** @description Yes or no; null if it cannot be known. */
            allow: boolean | null;
            /**
             * Format: date-time
             * @description Of which moment the answer is.
             */
            at: string;
            /** @description The field asked for. */
            field: string | null;
            /** @description How much of the field is seen. */
            level: components["schemas"]["Level"] | null;
            /** @description Whose the record was. */
            owner: components["schemas"]["Named"] | null;
            steps: components["schemas"]["WhyStep"][];
            /** @description Of which team it was. */
            team: components["schemas"]["Named"] | null;
            /** @description Why it cannot be known, in the caller's language. */
            unknown: string | null;
            user: components["schemas"]["Named"];
            ways: components["schemas"]["WhyWay"][];
        };
        WhyStep: {
            /**
             * @description What it does to the answer.
             * @enum {string}
             */
            effect: "gives" | "takes" | "nothing";
            grant?: components["schemas"]["Id"];
            /** @description In the caller's language. */
            label: string;
            level?: components["schemas"]["Level"];
            /** @description Whether the caller may end that grant now. */
            may_end: boolean;
            role?: components["schemas"]["RoleName"];
            /** @enum {string} */
            rule: "standing" | "token" | "denial" | "role" | "grant" | "condition" | "restriction" | "field";
        };
        WhyWay: {
            grant?: components["schemas"]["Id"];
            /** @description In the caller's language. */
            label: string;
            role?: components["schemas"]["RoleName"];
        };
        WorkingHours: {
            /** @description In any of these one may work. */
            spans: {
                /** @description Days of the week on which it begins: 1 is Monday, 7 is Sunday. */
                days: number[];
                /**
                 * @description The first minute.
                 * @example 08:00
                 */
                from: string;
                /**
                 * @description The first minute after it; on the next day, if that is not later.
                 * @example 18:00
                 */
                until: string;
            }[];
            /**
             * @description Time zone by whose clocks, as IANA names it; `Europe/Warsaw` if none is named.
             * @example Europe/Warsaw
             */
            zone?: string;
        };
    };
    responses: {
        /** @description Contradicts what is there, such as a unique value that is taken. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "What happened, and what to do.",
                 *       "request_id": "3f0c1b9a7d5e42868bc0d1f2a3e4b5c6",
                 *       "status": 409,
                 *       "title": "Conflict with the current state",
                 *       "type": "urn:klucznik:problem:conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A fault of the program, or stored data that are not what was written (`corrupt`). Nothing was saved. */
        Failed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "What happened, and what to do.",
                 *       "request_id": "3f0c1b9a7d5e42868bc0d1f2a3e4b5c6",
                 *       "status": 500,
                 *       "title": "Server error",
                 *       "type": "urn:klucznik:problem:internal"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The caller's rights do not allow it, or another site made the browser ask. Never where it would confirm that something exists. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "What happened, and what to do.",
                 *       "request_id": "3f0c1b9a7d5e42868bc0d1f2a3e4b5c6",
                 *       "status": 403,
                 *       "title": "Not allowed",
                 *       "type": "urn:klucznik:problem:forbidden"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The input is wrong; `issues` name each field, the reason and a right value. */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "What happened, and what to do.",
                 *       "issues": [
                 *         {
                 *           "code": "wrong-check-digit",
                 *           "example": "5261040828",
                 *           "field": "nip",
                 *           "reason": "This is not a valid NIP: its check digit is wrong."
                 *         }
                 *       ],
                 *       "request_id": "3f0c1b9a7d5e42868bc0d1f2a3e4b5c6",
                 *       "status": 422,
                 *       "title": "Invalid data",
                 *       "type": "urn:klucznik:problem:invalid"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not there, or not to be seen by the caller: the two are not told apart. Also under a name that is not the server's. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "What happened, and what to do.",
                 *       "request_id": "3f0c1b9a7d5e42868bc0d1f2a3e4b5c6",
                 *       "status": 404,
                 *       "title": "Not found",
                 *       "type": "urn:klucznik:problem:not-found"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `If-Match` is needed. */
        PreconditionRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "What happened, and what to do.",
                 *       "request_id": "3f0c1b9a7d5e42868bc0d1f2a3e4b5c6",
                 *       "status": 428,
                 *       "title": "If-Match is missing",
                 *       "type": "urn:klucznik:problem:precondition-required"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The version of `If-Match` is no longer current. Load it again. */
        Stale: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "What happened, and what to do.",
                 *       "request_id": "3f0c1b9a7d5e42868bc0d1f2a3e4b5c6",
                 *       "status": 412,
                 *       "title": "Outdated version",
                 *       "type": "urn:klucznik:problem:stale"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No room to write. Nothing was saved. */
        StorageFull: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "What happened, and what to do.",
                 *       "request_id": "3f0c1b9a7d5e42868bc0d1f2a3e4b5c6",
                 *       "status": 507,
                 *       "title": "Storage is full",
                 *       "type": "urn:klucznik:problem:storage-full"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is larger than its limit. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "What happened, and what to do.",
                 *       "request_id": "3f0c1b9a7d5e42868bc0d1f2a3e4b5c6",
                 *       "status": 413,
                 *       "title": "Too much data",
                 *       "type": "urn:klucznik:problem:too-large"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests or failed sign-ins. */
        TooMany: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "What happened, and what to do.",
                 *       "request_id": "3f0c1b9a7d5e42868bc0d1f2a3e4b5c6",
                 *       "status": 429,
                 *       "title": "Too many attempts",
                 *       "type": "urn:klucznik:problem:too-many"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Nobody is signed in, or not any more. */
        Unauthenticated: {
            headers: {
                "WWW-Authenticate": components["headers"]["WwwAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "What happened, and what to do.",
                 *       "request_id": "3f0c1b9a7d5e42868bc0d1f2a3e4b5c6",
                 *       "status": 401,
                 *       "title": "Sign-in required",
                 *       "type": "urn:klucznik:problem:unauthenticated"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Cannot be served now; later it can. */
        Unavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "What happened, and what to do.",
                 *       "request_id": "3f0c1b9a7d5e42868bc0d1f2a3e4b5c6",
                 *       "status": 503,
                 *       "title": "Temporarily unavailable",
                 *       "type": "urn:klucznik:problem:unavailable"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The content type is not one that is read here. */
        Unsupported: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "What happened, and what to do.",
                 *       "request_id": "3f0c1b9a7d5e42868bc0d1f2a3e4b5c6",
                 *       "status": 415,
                 *       "title": "Unsupported content type",
                 *       "type": "urn:klucznik:problem:unsupported"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description Name of the entity that it is about. */
        AboutEntity: "company" | "person" | "lead" | "deal" | "activity" | "note";
        /** @description The record that it is about, or that it showed. */
        AboutRecord: components["schemas"]["Id"];
        /** @description Whatever is or was about this person or company. */
        AboutSubject: components["schemas"]["Id"];
        /** @description Language of problems and notices: Polish or English; Polish without a wish. */
        AcceptLanguage: string;
        /** @description One's own requests, or those that one can decide on. */
        AccessDirection: "mine" | "to_decide";
        /** @description The id of an account at a provider. */
        AccountId: components["schemas"]["Id"];
        /** @description The act; repeat it for one of several. */
        Act: ("instance.init" | "instance.start" | "instance.stop" | "instance.contract" | "record.read" | "record.list" | "record.count" | "record.create" | "record.update" | "record.delete" | "record.restore" | "lead.convert" | "field.reveal" | "record.history" | "record.import" | "import.undo" | "record.export" | "subject.erase" | "subject.history" | "record.duplicates" | "record.bulk" | "bulk.undo" | "record.search" | "access.refused" | "access.explain" | "session.start" | "session.end" | "login.refused" | "login.locked" | "token.create" | "token.revoke" | "session.list" | "password.change" | "user.create" | "user.update" | "team.create" | "team.update" | "role.create" | "role.update" | "field.create" | "admin.read" | "role.delete" | "notification.create" | "notification.read" | "ledger.read" | "ledger.proof" | "ledger.verify" | "keys.rotate" | "keys.status" | "index.rebuild" | "keys.export" | "job.read" | "job.cancel" | "job.file" | "job.start" | "job.end" | "job.retry" | "job.discard" | "job.forget" | "preferences.update" | "view.create" | "view.update" | "view.delete" | "session.stream" | "system.read" | "invitation.create" | "invitation.withdraw" | "link.use" | "link.refused" | "password.reset_ask" | "password.reset_send" | "mail.send" | "email.ask" | "email.confirm" | "email.refuse" | "user.leave" | "service_account.create" | "service_account.update" | "service_account.hand_over" | "service_account.end" | "backup.make" | "backup.restore" | "backup.finish" | "factor.begin" | "factor.add" | "factor.remove" | "factor.rename" | "factor.codes" | "factor.list" | "session.step_up" | "session.renew" | "session.replay" | "session.other_browser" | "session.rules" | "factor.require" | "factor.reset_ask" | "factor.reset" | "factor.reset_withdraw" | "sign_on.return" | "sign_on.refuse" | "sign_on.link" | "sign_on.unlink" | "sign_on.roles" | "sign_on.end" | "sign_on.list" | "session.emergency" | "grant.create" | "grant.end" | "grant.renew" | "grant.clear" | "grant.list" | "policy.preview" | "role.history" | "role.roll_back" | "role.export" | "role.import" | "approval.ask" | "approval.approve" | "approval.decline" | "approval.withdraw" | "approval.lapse" | "approval.read" | "approval.rules" | "approval.preview" | "approval.void" | "role.conflicts" | "findings.read" | "rights.used" | "access_review.create" | "access_review.read" | "access_review.confirm" | "access_review.withdraw" | "access_review.lapse" | "access_review.remind" | "access_review.end" | "access_review.cancel" | "access_review.report" | "access_review.clear" | "access.ask" | "access.route" | "access.requests" | "access.approve" | "access.decline" | "access.lapse" | "cover.create" | "cover.read" | "partner.create" | "partner.update" | "disclosure.read" | "registration.create" | "registration.refuse" | "registration.read" | "registration.close")[];
        /** @description Columns of fields, in this order; all without it. Parted by commas. Hidden ones count as unknown. */
        ActivityExportFields: ("kind" | "title" | "due" | "until" | "done" | "done_at" | "priority" | "assignee" | "place" | "description")[];
        /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
        ActivityFilter: string[];
        /** @description Fields that rows are to have, of those that the caller may see; all without it. Parted by commas. Hidden ones count as unknown. */
        ActivityRowFields: ("kind" | "title" | "due" | "until" | "done" | "done_at" | "priority" | "assignee" | "place")[];
        /** @description `field` ascending, `-field` descending. Names sort in Polish order. */
        ActivitySort: string;
        /** @description `next_after` of the page before. */
        After: components["schemas"]["Id"];
        /** @description The moment; now, if nothing is said. */
        At: string;
        /** @description Answer with a job at once. */
        Background: boolean;
        /** @description `next_before` of the page before. */
        Before: number;
        /** @description Records in the bin instead of those outside it. */
        Binned: boolean;
        /** @description The user who acted. */
        ByUser: components["schemas"]["Id"];
        /** @description Of the record itself no other fields than these, by commas. */
        ChosenFields: string;
        /** @description Columns of fields, in this order; all without it. Parted by commas. Hidden ones count as unknown. */
        CompanyExportFields: ("name" | "nip" | "regon" | "krs" | "vat_eu" | "email" | "phone" | "website" | "street" | "city" | "postal_code" | "country" | "industry" | "size" | "employees" | "parent_company" | "bank_account" | "source" | "tags" | "description")[];
        /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
        CompanyFilter: string[];
        /** @description Fields that rows are to have, of those that the caller may see; all without it. Parted by commas. Hidden ones count as unknown. */
        CompanyRowFields: ("name" | "nip" | "regon" | "krs" | "vat_eu" | "email" | "phone" | "website" | "street" | "city" | "postal_code" | "country" | "industry" | "size" | "employees" | "parent_company" | "source" | "tags")[];
        /** @description `field` ascending, `-field` descending. Names sort in Polish order. */
        CompanySort: string;
        /** @description Count too; counting stops at 10,000. */
        Count: boolean;
        /** @description Only those over the records of this user. */
        CoverOf: components["schemas"]["Id"];
        /** @description `next_cursor` of the page before; it fits the same list asked by the same user only. */
        Cursor: string;
        /** @description Columns of fields, in this order; all without it. Parted by commas. Hidden ones count as unknown. */
        DealExportFields: ("name" | "company" | "person" | "stage" | "value" | "expected_close" | "closed_at" | "lost_reason" | "next_step" | "source" | "tags" | "description")[];
        /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
        DealFilter: string[];
        /** @description Fields that rows are to have, of those that the caller may see; all without it. Parted by commas. Hidden ones count as unknown. */
        DealRowFields: ("name" | "company" | "person" | "stage" | "value" | "expected_close" | "closed_at" | "lost_reason" | "next_step" | "source" | "tags")[];
        /** @description `field` ascending, `-field` descending. Names sort in Polish order. */
        DealSort: string;
        /** @description Only say what would happen. */
        DryRun: boolean;
        /** @description Name of the entity, singular. */
        EntityName: "company" | "person" | "lead" | "deal" | "activity" | "note";
        /** @description An act to leave out; repeat it for several. */
        ExceptAct: ("instance.init" | "instance.start" | "instance.stop" | "instance.contract" | "record.read" | "record.list" | "record.count" | "record.create" | "record.update" | "record.delete" | "record.restore" | "lead.convert" | "field.reveal" | "record.history" | "record.import" | "import.undo" | "record.export" | "subject.erase" | "subject.history" | "record.duplicates" | "record.bulk" | "bulk.undo" | "record.search" | "access.refused" | "access.explain" | "session.start" | "session.end" | "login.refused" | "login.locked" | "token.create" | "token.revoke" | "session.list" | "password.change" | "user.create" | "user.update" | "team.create" | "team.update" | "role.create" | "role.update" | "field.create" | "admin.read" | "role.delete" | "notification.create" | "notification.read" | "ledger.read" | "ledger.proof" | "ledger.verify" | "keys.rotate" | "keys.status" | "index.rebuild" | "keys.export" | "job.read" | "job.cancel" | "job.file" | "job.start" | "job.end" | "job.retry" | "job.discard" | "job.forget" | "preferences.update" | "view.create" | "view.update" | "view.delete" | "session.stream" | "system.read" | "invitation.create" | "invitation.withdraw" | "link.use" | "link.refused" | "password.reset_ask" | "password.reset_send" | "mail.send" | "email.ask" | "email.confirm" | "email.refuse" | "user.leave" | "service_account.create" | "service_account.update" | "service_account.hand_over" | "service_account.end" | "backup.make" | "backup.restore" | "backup.finish" | "factor.begin" | "factor.add" | "factor.remove" | "factor.rename" | "factor.codes" | "factor.list" | "session.step_up" | "session.renew" | "session.replay" | "session.other_browser" | "session.rules" | "factor.require" | "factor.reset_ask" | "factor.reset" | "factor.reset_withdraw" | "sign_on.return" | "sign_on.refuse" | "sign_on.link" | "sign_on.unlink" | "sign_on.roles" | "sign_on.end" | "sign_on.list" | "session.emergency" | "grant.create" | "grant.end" | "grant.renew" | "grant.clear" | "grant.list" | "policy.preview" | "role.history" | "role.roll_back" | "role.export" | "role.import" | "approval.ask" | "approval.approve" | "approval.decline" | "approval.withdraw" | "approval.lapse" | "approval.read" | "approval.rules" | "approval.preview" | "approval.void" | "role.conflicts" | "findings.read" | "rights.used" | "access_review.create" | "access_review.read" | "access_review.confirm" | "access_review.withdraw" | "access_review.lapse" | "access_review.remind" | "access_review.end" | "access_review.cancel" | "access_review.report" | "access_review.clear" | "access.ask" | "access.route" | "access.requests" | "access.approve" | "access.decline" | "access.lapse" | "cover.create" | "cover.read" | "partner.create" | "partner.update" | "disclosure.read" | "registration.create" | "registration.refuse" | "registration.read" | "registration.close")[];
        /** @description Name of the record's entity, singular. */
        Explained: "company" | "person" | "lead" | "deal" | "activity" | "note";
        /** @description Name of the file. The register of imports keeps its ending alone. */
        FileName: string;
        /** @description `next_cursor` of the page before. */
        FindingCursor: string;
        /** @description What is looked for. */
        FindingKind: "unused_role" | "unused_grant" | "needless_grant" | "giver_left" | "conflicting_roles" | "orphaned_records";
        /** @description At this time or later. */
        From: string;
        /** @description `next_cursor` of the page before. */
        GrantCursor: components["schemas"]["Id"];
        /** @description Those that the caller was given, or gave. */
        GrantDirection: "received" | "given";
        /** @description Name of the field to group by, `owner` or `team` (by id); after a date, `:month` groups by month (`2026-11`, in UTC). */
        Group: string;
        /** @description The id. */
        Id: components["schemas"]["Id"];
        /** @description Makes the call safe to repeat: one key, one record. */
        IdempotencyKey: string;
        /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
        IfMatch: string;
        /** @description The `ETag` of the version that is to change; without it, whatever there is. */
        KnownVersion: string;
        /** @description Columns of fields, in this order; all without it. Parted by commas. Hidden ones count as unknown. */
        LeadExportFields: ("first_name" | "last_name" | "company_name" | "name" | "sort_name" | "job_title" | "nip" | "email" | "phone" | "mobile" | "website" | "street" | "city" | "postal_code" | "country" | "status" | "rating" | "source" | "estimated_value" | "tags" | "description" | "converted_at" | "converted_person" | "converted_company" | "converted_deal")[];
        /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
        LeadFilter: string[];
        /** @description Fields that rows are to have, of those that the caller may see; all without it. Parted by commas. Hidden ones count as unknown. */
        LeadRowFields: ("first_name" | "last_name" | "company_name" | "name" | "sort_name" | "job_title" | "nip" | "email" | "phone" | "mobile" | "website" | "street" | "city" | "postal_code" | "country" | "status" | "rating" | "source" | "estimated_value" | "tags" | "converted_at" | "converted_person" | "converted_company" | "converted_deal")[];
        /** @description `field` ascending, `-field` descending. Names sort in Polish order. */
        LeadSort: string;
        /** @description Entries of the page. */
        Limit: number;
        /** @description Records of each entity. */
        LimitEach: number;
        /** @description A column for a field, `heading=field`, or `#3=field` for the third column; repeat it for more. A heading may be about a person, a number never is. */
        Map: string[];
        /** @description Say for each row which activity comes next. */
        NextActivity: boolean;
        /** @description Columns of fields, in this order; all without it. Parted by commas. Hidden ones count as unknown. */
        NoteExportFields: ("body" | "title")[];
        /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
        NoteFilter: string[];
        /** @description Fields that rows are to have, of those that the caller may see; all without it. Parted by commas. Hidden ones count as unknown. */
        NoteRowFields: "title"[];
        /** @description `field` ascending, `-field` descending. Names sort in Polish order. */
        NoteSort: string;
        /** @description The id of a token of that account. */
        OfAccount: components["schemas"]["Id"];
        /** @description Only of this entity, singular. */
        OfEntity: "company" | "person" | "lead" | "deal" | "activity" | "note";
        /** @description A field of it. */
        OfField: string;
        /** @description Who; the caller, if nobody is named. */
        OfPerson: components["schemas"]["Id"];
        /** @description The record. */
        OfRecord: components["schemas"]["Id"];
        /** @description The id of a session or token of that user. */
        OfUser: components["schemas"]["Id"];
        /** @description What becomes of a row whose unique value a record has already. */
        OnDuplicate: "skip" | "update" | "create";
        /** @description How it ended. */
        Outcome: "done" | "refused" | "failed";
        /** @description Only what hangs on this record. */
        Parent: components["schemas"]["Id"];
        /** @description Columns of fields, in this order; all without it. Parted by commas. Hidden ones count as unknown. */
        PersonExportFields: ("first_name" | "last_name" | "name" | "sort_name" | "job_title" | "company" | "email" | "email2" | "phone" | "mobile" | "street" | "city" | "postal_code" | "country" | "birthday" | "pesel" | "linkedin" | "language" | "source" | "tags" | "description")[];
        /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
        PersonFilter: string[];
        /** @description Fields that rows are to have, of those that the caller may see; all without it. Parted by commas. Hidden ones count as unknown. */
        PersonRowFields: ("first_name" | "last_name" | "name" | "sort_name" | "job_title" | "company" | "email" | "email2" | "phone" | "mobile" | "street" | "city" | "postal_code" | "country" | "birthday" | "linkedin" | "language" | "source" | "tags")[];
        /** @description `field` ascending, `-field` descending. Names sort in Polish order. */
        PersonSort: string;
        /** @description Name of the provider. */
        Provider: string;
        /** @description Name the records that the rows refer to and hang on. */
        Refs: boolean;
        /** @description An import that was cut short: goes on after its last row. */
        Resume: components["schemas"]["Id"];
        /** @description `next_cursor` of the page before. */
        ReviewCursor: string;
        /** @description `mine`: those in which one is a reviewer. `all`: every one. */
        ReviewView: "mine" | "all";
        /** @description Only rights that stand so. */
        RightState: "open" | "confirmed" | "withdrawn" | "ended" | "kept" | "gone" | "changed";
        /** @description Words that all must occur; the first 8 are looked at. */
        Search: string;
        /** @description Name of the sheet of a workbook, or `#2` for the second; the first without one. */
        Sheet: string;
        /** @description Name of the number or amount to add up; without it, records are only counted. */
        Sum: string;
        /** @description Before this time. */
        To: string;
        /** @description What is done to it; reading, if nothing is said. */
        ToDo: components["schemas"]["Action"];
        /** @description Only who could be given records of this entity, singular; repeat it for one of several. */
        ToOwn: ("company" | "person" | "lead" | "deal" | "activity" | "note")[];
        /** @description The partner organisation. */
        ToPartner: components["schemas"]["Id"];
        /** @description A record on the page, `entity/id`; repeat it for more. */
        Watch: string[];
        /** @description Over what hangs on the record too. */
        WithRelated: boolean;
        /** @description Words that all must occur; the first 8 are looked at. */
        Words: string;
    };
    requestBodies: never;
    headers: {
        /** @description Only when the session of this request ends. */
        "Clear-Site-Data": string;
        /** @description `attachment`, with a name for the file. */
        "Content-Disposition": string;
        /** @description The version, for `If-Match`. */
        ETag: string;
        /** @description Where the new one is. */
        Location: string;
        /** @description Seconds to wait. */
        RetryAfter: number;
        /** @description `__Host-klucznik` or `__Host-klucznik-browser`, with `Secure`, `HttpOnly`, `SameSite=Strict` and `Path=/`. */
        SetCookie: string;
        /** @description `Bearer`. */
        WwwAuthenticate: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAccessRequests: {
        parameters: {
            query?: {
                /** @description One's own requests, or those that one can decide on. */
                direction?: components["parameters"]["AccessDirection"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessRequestList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    approveAccessRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccessApproval"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    declineAccessRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listAccessReviews: {
        parameters: {
            query?: {
                /** @description `mine`: those in which one is a reviewer. `all`: every one. */
                view?: components["parameters"]["ReviewView"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessReviewList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    createAccessReview: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccessReviewInput"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessReview"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    readAccessReview: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessReview"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelAccessReview: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessReview"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    confirmAccess: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccessDecision"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessReview"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    exportAccessReview: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAccessReviewItems: {
        parameters: {
            query?: {
                /** @description Only rights that stand so. */
                state?: components["parameters"]["RightState"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["ReviewCursor"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessReviewItems"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    readAccessReviewReport: {
        parameters: {
            query?: {
                /** @description Only rights that stand so. */
                state?: components["parameters"]["RightState"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["ReviewCursor"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessReviewReport"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    withdrawAccess: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccessDecision"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessReview"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listActivities: {
        parameters: {
            query?: {
                /** @description Words that all must occur; the first 8 are looked at. */
                q?: components["parameters"]["Search"];
                /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
                filter?: components["parameters"]["ActivityFilter"];
                /** @description `field` ascending, `-field` descending. Names sort in Polish order. */
                sort?: components["parameters"]["ActivitySort"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
                /** @description `next_cursor` of the page before; it fits the same list asked by the same user only. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Only what hangs on this record. */
                parent?: components["parameters"]["Parent"];
                /** @description Records in the bin instead of those outside it. */
                binned?: components["parameters"]["Binned"];
                /** @description Count too; counting stops at 10,000. */
                count?: components["parameters"]["Count"];
                /** @description Name the records that the rows refer to and hang on. */
                refs?: components["parameters"]["Refs"];
                /** @description Fields that rows are to have, of those that the caller may see; all without it. Parted by commas. Hidden ones count as unknown. */
                fields?: components["parameters"]["ActivityRowFields"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActivityPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    createActivity: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description Makes the call safe to repeat: one key, one record. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActivityCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Activity"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    bulkActivities: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActivityBulk"];
            };
        };
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    exportActivities: {
        parameters: {
            query?: {
                /** @description Words that all must occur; the first 8 are looked at. */
                q?: components["parameters"]["Search"];
                /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
                filter?: components["parameters"]["ActivityFilter"];
                /** @description `field` ascending, `-field` descending. Names sort in Polish order. */
                sort?: components["parameters"]["ActivitySort"];
                /** @description Only what hangs on this record. */
                parent?: components["parameters"]["Parent"];
                /** @description Records in the bin instead of those outside it. */
                binned?: components["parameters"]["Binned"];
                /** @description Columns of fields, in this order; all without it. Parted by commas. Hidden ones count as unknown. */
                fields?: components["parameters"]["ActivityExportFields"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportActivitiesFile: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportInput"];
            };
        };
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    totalActivities: {
        parameters: {
            query: {
                /** @description Name of the field to group by, `owner` or `team` (by id); after a date, `:month` groups by month (`2026-11`, in UTC). */
                group: components["parameters"]["Group"];
                /** @description Name of the number or amount to add up; without it, records are only counted. */
                sum?: components["parameters"]["Sum"];
                /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
                filter?: components["parameters"]["ActivityFilter"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotalList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    readActivity: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Activity"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    binActivity: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Activity"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Stale"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    updateActivity: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description What is to change. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActivityUpdate"];
                "application/merge-patch+json": components["schemas"]["ActivityUpdate"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Activity"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listActivityAccess: {
        parameters: {
            query?: {
                /** @description `next_after` of the page before. */
                after?: components["parameters"]["After"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordAccessPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    askActivityAccess: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccessAsk"];
            };
        };
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessRequest"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listActivityChanges: {
        parameters: {
            query?: {
                /** @description `next_before` of the page before. */
                before?: components["parameters"]["Before"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordChangePage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listActivityEvents: {
        parameters: {
            query?: {
                /** @description `next_before` of the page before. */
                before?: components["parameters"]["Before"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerEventPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listActivityGrantableRoles: {
        parameters: {
            query?: {
                /** @description Over what hangs on the record too. */
                with_related?: components["parameters"]["WithRelated"];
                /** @description Of the record itself no other fields than these, by commas. */
                fields?: components["parameters"]["ChosenFields"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantableRoles"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listActivityGrants: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    grantActivity: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrantCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    restoreActivity: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Activity"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    revealActivityField: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reveal"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Revealed"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listApprovals: {
        parameters: {
            query?: {
                /** @description One's own requests, or those that one can decide on. */
                direction?: components["parameters"]["AccessDirection"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    askApproval: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalAsk"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    previewAct: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActPreviewInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActPreview"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    readApprovalRules: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalRulesRead"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    putApprovalRules: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalRules"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalRulesRead"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    readApproval: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalDetail"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    approve: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    decline: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalDecline"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    withdrawApproval: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listColleagues: {
        parameters: {
            query?: {
                /** @description Only who could be given records of this entity, singular; repeat it for one of several. */
                to_own?: components["parameters"]["ToOwn"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ColleagueList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCompanies: {
        parameters: {
            query?: {
                /** @description Words that all must occur; the first 8 are looked at. */
                q?: components["parameters"]["Search"];
                /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
                filter?: components["parameters"]["CompanyFilter"];
                /** @description `field` ascending, `-field` descending. Names sort in Polish order. */
                sort?: components["parameters"]["CompanySort"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
                /** @description `next_cursor` of the page before; it fits the same list asked by the same user only. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Records in the bin instead of those outside it. */
                binned?: components["parameters"]["Binned"];
                /** @description Count too; counting stops at 10,000. */
                count?: components["parameters"]["Count"];
                /** @description Name the records that the rows refer to and hang on. */
                refs?: components["parameters"]["Refs"];
                /** @description Say for each row which activity comes next. */
                next_activity?: components["parameters"]["NextActivity"];
                /** @description Fields that rows are to have, of those that the caller may see; all without it. Parted by commas. Hidden ones count as unknown. */
                fields?: components["parameters"]["CompanyRowFields"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CompanyPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    createCompany: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description Makes the call safe to repeat: one key, one record. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompanyCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    bulkCompanies: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompanyBulk"];
            };
        };
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    findCompanyDuplicates: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["DuplicatesInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DuplicateList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    exportCompanies: {
        parameters: {
            query?: {
                /** @description Words that all must occur; the first 8 are looked at. */
                q?: components["parameters"]["Search"];
                /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
                filter?: components["parameters"]["CompanyFilter"];
                /** @description `field` ascending, `-field` descending. Names sort in Polish order. */
                sort?: components["parameters"]["CompanySort"];
                /** @description Records in the bin instead of those outside it. */
                binned?: components["parameters"]["Binned"];
                /** @description Columns of fields, in this order; all without it. Parted by commas. Hidden ones count as unknown. */
                fields?: components["parameters"]["CompanyExportFields"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportCompaniesFile: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportInput"];
            };
        };
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    totalCompanies: {
        parameters: {
            query: {
                /** @description Name of the field to group by, `owner` or `team` (by id); after a date, `:month` groups by month (`2026-11`, in UTC). */
                group: components["parameters"]["Group"];
                /** @description Name of the number or amount to add up; without it, records are only counted. */
                sum?: components["parameters"]["Sum"];
                /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
                filter?: components["parameters"]["CompanyFilter"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotalList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    readCompany: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    binCompany: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Stale"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    updateCompany: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description What is to change. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompanyUpdate"];
                "application/merge-patch+json": components["schemas"]["CompanyUpdate"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listCompanyAccess: {
        parameters: {
            query?: {
                /** @description `next_after` of the page before. */
                after?: components["parameters"]["After"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordAccessPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    askCompanyAccess: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccessAsk"];
            };
        };
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessRequest"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listCompanyChanges: {
        parameters: {
            query?: {
                /** @description `next_before` of the page before. */
                before?: components["parameters"]["Before"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordChangePage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    eraseCompany: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Erase"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erased"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listCompanyEvents: {
        parameters: {
            query?: {
                /** @description `next_before` of the page before. */
                before?: components["parameters"]["Before"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerEventPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCompanyGrantableRoles: {
        parameters: {
            query?: {
                /** @description Over what hangs on the record too. */
                with_related?: components["parameters"]["WithRelated"];
                /** @description Of the record itself no other fields than these, by commas. */
                fields?: components["parameters"]["ChosenFields"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantableRoles"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCompanyGrants: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    grantCompany: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrantCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    restoreCompany: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    revealCompanyField: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reveal"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Revealed"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listCovers: {
        parameters: {
            query?: {
                /** @description Only those over the records of this user. */
                of?: components["parameters"]["CoverOf"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoverList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    createCover: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CoverCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cover"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listDeals: {
        parameters: {
            query?: {
                /** @description Words that all must occur; the first 8 are looked at. */
                q?: components["parameters"]["Search"];
                /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
                filter?: components["parameters"]["DealFilter"];
                /** @description `field` ascending, `-field` descending. Names sort in Polish order. */
                sort?: components["parameters"]["DealSort"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
                /** @description `next_cursor` of the page before; it fits the same list asked by the same user only. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Records in the bin instead of those outside it. */
                binned?: components["parameters"]["Binned"];
                /** @description Count too; counting stops at 10,000. */
                count?: components["parameters"]["Count"];
                /** @description Name the records that the rows refer to and hang on. */
                refs?: components["parameters"]["Refs"];
                /** @description Say for each row which activity comes next. */
                next_activity?: components["parameters"]["NextActivity"];
                /** @description Fields that rows are to have, of those that the caller may see; all without it. Parted by commas. Hidden ones count as unknown. */
                fields?: components["parameters"]["DealRowFields"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DealPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    createDeal: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description Makes the call safe to repeat: one key, one record. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["DealCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deal"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    bulkDeals: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["DealBulk"];
            };
        };
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    exportDeals: {
        parameters: {
            query?: {
                /** @description Words that all must occur; the first 8 are looked at. */
                q?: components["parameters"]["Search"];
                /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
                filter?: components["parameters"]["DealFilter"];
                /** @description `field` ascending, `-field` descending. Names sort in Polish order. */
                sort?: components["parameters"]["DealSort"];
                /** @description Records in the bin instead of those outside it. */
                binned?: components["parameters"]["Binned"];
                /** @description Columns of fields, in this order; all without it. Parted by commas. Hidden ones count as unknown. */
                fields?: components["parameters"]["DealExportFields"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportDealsFile: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportInput"];
            };
        };
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    totalDeals: {
        parameters: {
            query: {
                /** @description Name of the field to group by, `owner` or `team` (by id); after a date, `:month` groups by month (`2026-11`, in UTC). */
                group: components["parameters"]["Group"];
                /** @description Name of the number or amount to add up; without it, records are only counted. */
                sum?: components["parameters"]["Sum"];
                /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
                filter?: components["parameters"]["DealFilter"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotalList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    readDeal: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deal"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    binDeal: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deal"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Stale"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    updateDeal: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description What is to change. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["DealUpdate"];
                "application/merge-patch+json": components["schemas"]["DealUpdate"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deal"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listDealAccess: {
        parameters: {
            query?: {
                /** @description `next_after` of the page before. */
                after?: components["parameters"]["After"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordAccessPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    askDealAccess: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccessAsk"];
            };
        };
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessRequest"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listDealChanges: {
        parameters: {
            query?: {
                /** @description `next_before` of the page before. */
                before?: components["parameters"]["Before"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordChangePage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDealEvents: {
        parameters: {
            query?: {
                /** @description `next_before` of the page before. */
                before?: components["parameters"]["Before"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerEventPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDealGrantableRoles: {
        parameters: {
            query?: {
                /** @description Over what hangs on the record too. */
                with_related?: components["parameters"]["WithRelated"];
                /** @description Of the record itself no other fields than these, by commas. */
                fields?: components["parameters"]["ChosenFields"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantableRoles"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDealGrants: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    grantDeal: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrantCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    restoreDeal: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deal"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    revealDealField: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reveal"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Revealed"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listDisclosures: {
        parameters: {
            query?: {
                /** @description The record that it is about, or that it showed. */
                record?: components["parameters"]["AboutRecord"];
                /** @description Whatever is or was about this person or company. */
                subject?: components["parameters"]["AboutSubject"];
                /** @description The partner organisation. */
                partner?: components["parameters"]["ToPartner"];
                /** @description At this time or later. */
                from?: components["parameters"]["From"];
                /** @description Before this time. */
                to?: components["parameters"]["To"];
                /** @description `next_before` of the page before. */
                before?: components["parameters"]["Before"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DisclosurePage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportDisclosures: {
        parameters: {
            query?: {
                /** @description The record that it is about, or that it showed. */
                record?: components["parameters"]["AboutRecord"];
                /** @description Whatever is or was about this person or company. */
                subject?: components["parameters"]["AboutSubject"];
                /** @description The partner organisation. */
                partner?: components["parameters"]["ToPartner"];
                /** @description At this time or later. */
                from?: components["parameters"]["From"];
                /** @description Before this time. */
                to?: components["parameters"]["To"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listEntities: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntityList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    createField: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description Name of the entity, singular. */
                entity: components["parameters"]["EntityName"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["FieldCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldDescriptor"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    explain: {
        parameters: {
            query: {
                /** @description Who; the caller, if nobody is named. */
                user?: components["parameters"]["OfPerson"];
                /** @description Name of the record's entity, singular. */
                entity: components["parameters"]["Explained"];
                /** @description The record. */
                record: components["parameters"]["OfRecord"];
                /** @description What is done to it; reading, if nothing is said. */
                action?: components["parameters"]["ToDo"];
                /** @description A field of it. */
                field?: components["parameters"]["OfField"];
                /** @description The moment; now, if nothing is said. */
                at?: components["parameters"]["At"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Why"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    readFactorRequirement: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorRequirementRead"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    putFactorRequirement: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["FactorRequirement"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorRequirementRead"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listFindings: {
        parameters: {
            query: {
                /** @description What is looked for. */
                kind: components["parameters"]["FindingKind"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["FindingCursor"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FindingPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listOwnGrants: {
        parameters: {
            query?: {
                /** @description Those that the caller was given, or gave. */
                direction?: components["parameters"]["GrantDirection"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["GrantCursor"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    endGrant: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    renewGrant: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrantRenewal"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listImports: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    importCompanies: {
        parameters: {
            query?: {
                /** @description Name of the file. The register of imports keeps its ending alone. */
                name?: components["parameters"]["FileName"];
                /** @description A column for a field, `heading=field`, or `#3=field` for the third column; repeat it for more. A heading may be about a person, a number never is. */
                map?: components["parameters"]["Map"];
                /** @description Only say what would happen. */
                dry_run?: components["parameters"]["DryRun"];
                /** @description What becomes of a row whose unique value a record has already. */
                on_duplicate?: components["parameters"]["OnDuplicate"];
                /** @description Name of the sheet of a workbook, or `#2` for the second; the first without one. */
                sheet?: components["parameters"]["Sheet"];
                /** @description An import that was cut short: goes on after its last row. */
                resume?: components["parameters"]["Resume"];
                /** @description Answer with a job at once. */
                background?: components["parameters"]["Background"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description The file as it is, at most 67108864 bytes. What it is shows from its content. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    previewImportOfCompanies: {
        parameters: {
            query?: {
                /** @description Name of the file. The register of imports keeps its ending alone. */
                name?: components["parameters"]["FileName"];
                /** @description A column for a field, `heading=field`, or `#3=field` for the third column; repeat it for more. A heading may be about a person, a number never is. */
                map?: components["parameters"]["Map"];
                /** @description Name of the sheet of a workbook, or `#2` for the second; the first without one. */
                sheet?: components["parameters"]["Sheet"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description The file as it is, at most 67108864 bytes. What it is shows from its content. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPreview"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    importDeals: {
        parameters: {
            query?: {
                /** @description Name of the file. The register of imports keeps its ending alone. */
                name?: components["parameters"]["FileName"];
                /** @description A column for a field, `heading=field`, or `#3=field` for the third column; repeat it for more. A heading may be about a person, a number never is. */
                map?: components["parameters"]["Map"];
                /** @description Only say what would happen. */
                dry_run?: components["parameters"]["DryRun"];
                /** @description What becomes of a row whose unique value a record has already. */
                on_duplicate?: components["parameters"]["OnDuplicate"];
                /** @description Name of the sheet of a workbook, or `#2` for the second; the first without one. */
                sheet?: components["parameters"]["Sheet"];
                /** @description An import that was cut short: goes on after its last row. */
                resume?: components["parameters"]["Resume"];
                /** @description Answer with a job at once. */
                background?: components["parameters"]["Background"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description The file as it is, at most 67108864 bytes. What it is shows from its content. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    previewImportOfDeals: {
        parameters: {
            query?: {
                /** @description Name of the file. The register of imports keeps its ending alone. */
                name?: components["parameters"]["FileName"];
                /** @description A column for a field, `heading=field`, or `#3=field` for the third column; repeat it for more. A heading may be about a person, a number never is. */
                map?: components["parameters"]["Map"];
                /** @description Name of the sheet of a workbook, or `#2` for the second; the first without one. */
                sheet?: components["parameters"]["Sheet"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description The file as it is, at most 67108864 bytes. What it is shows from its content. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPreview"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    importLeads: {
        parameters: {
            query?: {
                /** @description Name of the file. The register of imports keeps its ending alone. */
                name?: components["parameters"]["FileName"];
                /** @description A column for a field, `heading=field`, or `#3=field` for the third column; repeat it for more. A heading may be about a person, a number never is. */
                map?: components["parameters"]["Map"];
                /** @description Only say what would happen. */
                dry_run?: components["parameters"]["DryRun"];
                /** @description What becomes of a row whose unique value a record has already. */
                on_duplicate?: components["parameters"]["OnDuplicate"];
                /** @description Name of the sheet of a workbook, or `#2` for the second; the first without one. */
                sheet?: components["parameters"]["Sheet"];
                /** @description An import that was cut short: goes on after its last row. */
                resume?: components["parameters"]["Resume"];
                /** @description Answer with a job at once. */
                background?: components["parameters"]["Background"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description The file as it is, at most 67108864 bytes. What it is shows from its content. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    previewImportOfLeads: {
        parameters: {
            query?: {
                /** @description Name of the file. The register of imports keeps its ending alone. */
                name?: components["parameters"]["FileName"];
                /** @description A column for a field, `heading=field`, or `#3=field` for the third column; repeat it for more. A heading may be about a person, a number never is. */
                map?: components["parameters"]["Map"];
                /** @description Name of the sheet of a workbook, or `#2` for the second; the first without one. */
                sheet?: components["parameters"]["Sheet"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description The file as it is, at most 67108864 bytes. What it is shows from its content. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPreview"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    importPeople: {
        parameters: {
            query?: {
                /** @description Name of the file. The register of imports keeps its ending alone. */
                name?: components["parameters"]["FileName"];
                /** @description A column for a field, `heading=field`, or `#3=field` for the third column; repeat it for more. A heading may be about a person, a number never is. */
                map?: components["parameters"]["Map"];
                /** @description Only say what would happen. */
                dry_run?: components["parameters"]["DryRun"];
                /** @description What becomes of a row whose unique value a record has already. */
                on_duplicate?: components["parameters"]["OnDuplicate"];
                /** @description Name of the sheet of a workbook, or `#2` for the second; the first without one. */
                sheet?: components["parameters"]["Sheet"];
                /** @description An import that was cut short: goes on after its last row. */
                resume?: components["parameters"]["Resume"];
                /** @description Answer with a job at once. */
                background?: components["parameters"]["Background"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description The file as it is, at most 67108864 bytes. What it is shows from its content. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    previewImportOfPeople: {
        parameters: {
            query?: {
                /** @description Name of the file. The register of imports keeps its ending alone. */
                name?: components["parameters"]["FileName"];
                /** @description A column for a field, `heading=field`, or `#3=field` for the third column; repeat it for more. A heading may be about a person, a number never is. */
                map?: components["parameters"]["Map"];
                /** @description Name of the sheet of a workbook, or `#2` for the second; the first without one. */
                sheet?: components["parameters"]["Sheet"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description The file as it is, at most 67108864 bytes. What it is shows from its content. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPreview"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    readImport: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    undoImport: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportUndone"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    rebuildIndex: {
        parameters: {
            query?: {
                /** @description Answer with a job at once. */
                background?: components["parameters"]["Background"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IndexRebuilt"];
                };
            };
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listJobs: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDeadJobs: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadJobList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    discardDeadJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    retryDeadJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    readJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    readJobFile: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                    "text/vcard": unknown;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    undoJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    readKeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyStatus"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateKeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeysRotated"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listLeads: {
        parameters: {
            query?: {
                /** @description Words that all must occur; the first 8 are looked at. */
                q?: components["parameters"]["Search"];
                /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
                filter?: components["parameters"]["LeadFilter"];
                /** @description `field` ascending, `-field` descending. Names sort in Polish order. */
                sort?: components["parameters"]["LeadSort"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
                /** @description `next_cursor` of the page before; it fits the same list asked by the same user only. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Records in the bin instead of those outside it. */
                binned?: components["parameters"]["Binned"];
                /** @description Count too; counting stops at 10,000. */
                count?: components["parameters"]["Count"];
                /** @description Name the records that the rows refer to and hang on. */
                refs?: components["parameters"]["Refs"];
                /** @description Say for each row which activity comes next. */
                next_activity?: components["parameters"]["NextActivity"];
                /** @description Fields that rows are to have, of those that the caller may see; all without it. Parted by commas. Hidden ones count as unknown. */
                fields?: components["parameters"]["LeadRowFields"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeadPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    createLead: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description Makes the call safe to repeat: one key, one record. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["LeadCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lead"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    bulkLeads: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["LeadBulk"];
            };
        };
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    findLeadDuplicates: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["DuplicatesInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DuplicateList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    exportLeads: {
        parameters: {
            query?: {
                /** @description Words that all must occur; the first 8 are looked at. */
                q?: components["parameters"]["Search"];
                /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
                filter?: components["parameters"]["LeadFilter"];
                /** @description `field` ascending, `-field` descending. Names sort in Polish order. */
                sort?: components["parameters"]["LeadSort"];
                /** @description Records in the bin instead of those outside it. */
                binned?: components["parameters"]["Binned"];
                /** @description Columns of fields, in this order; all without it. Parted by commas. Hidden ones count as unknown. */
                fields?: components["parameters"]["LeadExportFields"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportLeadsFile: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportInput"];
            };
        };
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    totalLeads: {
        parameters: {
            query: {
                /** @description Name of the field to group by, `owner` or `team` (by id); after a date, `:month` groups by month (`2026-11`, in UTC). */
                group: components["parameters"]["Group"];
                /** @description Name of the number or amount to add up; without it, records are only counted. */
                sum?: components["parameters"]["Sum"];
                /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
                filter?: components["parameters"]["LeadFilter"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotalList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    readLead: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lead"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    binLead: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lead"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Stale"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    updateLead: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description What is to change. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["LeadUpdate"];
                "application/merge-patch+json": components["schemas"]["LeadUpdate"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lead"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listLeadAccess: {
        parameters: {
            query?: {
                /** @description `next_after` of the page before. */
                after?: components["parameters"]["After"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordAccessPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    askLeadAccess: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccessAsk"];
            };
        };
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessRequest"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listLeadChanges: {
        parameters: {
            query?: {
                /** @description `next_before` of the page before. */
                before?: components["parameters"]["Before"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordChangePage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    convertLead: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["LeadConvert"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeadConverted"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    eraseLead: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Erase"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erased"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listLeadEvents: {
        parameters: {
            query?: {
                /** @description `next_before` of the page before. */
                before?: components["parameters"]["Before"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerEventPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listLeadGrantableRoles: {
        parameters: {
            query?: {
                /** @description Over what hangs on the record too. */
                with_related?: components["parameters"]["WithRelated"];
                /** @description Of the record itself no other fields than these, by commas. */
                fields?: components["parameters"]["ChosenFields"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantableRoles"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listLeadGrants: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    grantLead: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrantCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    restoreLead: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lead"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    revealLeadField: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reveal"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Revealed"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    readCheckpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listLedgerEvents: {
        parameters: {
            query?: {
                /** @description The act; repeat it for one of several. */
                act?: components["parameters"]["Act"];
                /** @description An act to leave out; repeat it for several. */
                except?: components["parameters"]["ExceptAct"];
                /** @description The user who acted. */
                user?: components["parameters"]["ByUser"];
                /** @description How it ended. */
                outcome?: components["parameters"]["Outcome"];
                /** @description Name of the entity that it is about. */
                entity?: components["parameters"]["AboutEntity"];
                /** @description The record that it is about, or that it showed. */
                record?: components["parameters"]["AboutRecord"];
                /** @description At this time or later. */
                from?: components["parameters"]["From"];
                /** @description Before this time. */
                to?: components["parameters"]["To"];
                /** @description `next_before` of the page before. */
                before?: components["parameters"]["Before"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerEventPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    readEventProof: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventProof"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    verifyLedger: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    confirmEmail: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkSecret"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    lookAtLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkSecret"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    setPasswordByLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkPassword"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkUsed"];
                };
            };
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    refuseEmail: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkSecret"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    readMe: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listOwnAccounts: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    readOwnEmail: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailState"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    askForEmail: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmailInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailState"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    withdrawEmail: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listOwnEvents: {
        parameters: {
            query?: {
                /** @description The act; repeat it for one of several. */
                act?: components["parameters"]["Act"];
                /** @description An act to leave out; repeat it for several. */
                except?: components["parameters"]["ExceptAct"];
                /** @description `next_before` of the page before. */
                before?: components["parameters"]["Before"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerEventPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listOwnFactors: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    addFactor: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["FactorAdd"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Factor"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    beginPasskey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyBegun"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    makeRecoveryCodes: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    beginTotp: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotpBegun"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    removeFactor: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    renameFactor: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["FactorRename"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Factor"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    changeOwnPassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    readPreferences: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    putPreferences: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change; without it, whatever there is. */
                "If-Match"?: components["parameters"]["KnownVersion"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Preferences"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listOwnServiceAccounts: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceAccountList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    beginStepUp: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorAwaited"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    finishStepUp: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Proof"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SteppedUp"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listNotes: {
        parameters: {
            query?: {
                /** @description Words that all must occur; the first 8 are looked at. */
                q?: components["parameters"]["Search"];
                /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
                filter?: components["parameters"]["NoteFilter"];
                /** @description `field` ascending, `-field` descending. Names sort in Polish order. */
                sort?: components["parameters"]["NoteSort"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
                /** @description `next_cursor` of the page before; it fits the same list asked by the same user only. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Only what hangs on this record. */
                parent?: components["parameters"]["Parent"];
                /** @description Records in the bin instead of those outside it. */
                binned?: components["parameters"]["Binned"];
                /** @description Count too; counting stops at 10,000. */
                count?: components["parameters"]["Count"];
                /** @description Name the records that the rows refer to and hang on. */
                refs?: components["parameters"]["Refs"];
                /** @description Fields that rows are to have, of those that the caller may see; all without it. Parted by commas. Hidden ones count as unknown. */
                fields?: components["parameters"]["NoteRowFields"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotePage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    createNote: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description Makes the call safe to repeat: one key, one record. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    bulkNotes: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteBulk"];
            };
        };
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    exportNotes: {
        parameters: {
            query?: {
                /** @description Words that all must occur; the first 8 are looked at. */
                q?: components["parameters"]["Search"];
                /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
                filter?: components["parameters"]["NoteFilter"];
                /** @description `field` ascending, `-field` descending. Names sort in Polish order. */
                sort?: components["parameters"]["NoteSort"];
                /** @description Only what hangs on this record. */
                parent?: components["parameters"]["Parent"];
                /** @description Records in the bin instead of those outside it. */
                binned?: components["parameters"]["Binned"];
                /** @description Columns of fields, in this order; all without it. Parted by commas. Hidden ones count as unknown. */
                fields?: components["parameters"]["NoteExportFields"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportNotesFile: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportInput"];
            };
        };
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    totalNotes: {
        parameters: {
            query: {
                /** @description Name of the field to group by, `owner` or `team` (by id); after a date, `:month` groups by month (`2026-11`, in UTC). */
                group: components["parameters"]["Group"];
                /** @description Name of the number or amount to add up; without it, records are only counted. */
                sum?: components["parameters"]["Sum"];
                /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
                filter?: components["parameters"]["NoteFilter"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotalList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    readNote: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    binNote: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Stale"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    updateNote: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description What is to change. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteUpdate"];
                "application/merge-patch+json": components["schemas"]["NoteUpdate"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listNoteAccess: {
        parameters: {
            query?: {
                /** @description `next_after` of the page before. */
                after?: components["parameters"]["After"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordAccessPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    askNoteAccess: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccessAsk"];
            };
        };
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessRequest"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listNoteChanges: {
        parameters: {
            query?: {
                /** @description `next_before` of the page before. */
                before?: components["parameters"]["Before"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordChangePage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listNoteEvents: {
        parameters: {
            query?: {
                /** @description `next_before` of the page before. */
                before?: components["parameters"]["Before"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerEventPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listNoteGrantableRoles: {
        parameters: {
            query?: {
                /** @description Over what hangs on the record too. */
                with_related?: components["parameters"]["WithRelated"];
                /** @description Of the record itself no other fields than these, by commas. */
                fields?: components["parameters"]["ChosenFields"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantableRoles"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listNoteGrants: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    grantNote: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrantCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    restoreNote: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    revealNoteField: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reveal"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Revealed"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listNotices: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    markNoticesRead: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoticesRead"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    markNoticeRead: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    readOpenapi: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPartners: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartnerList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    createPartner: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Partner"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    readPartner: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Partner"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    updatePartner: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description What is to change. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerUpdate"];
                "application/merge-patch+json": components["schemas"]["PartnerUpdate"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Partner"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listPartnerGrants: {
        parameters: {
            query?: {
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["GrantCursor"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPartnerRegistrations: {
        parameters: {
            query?: {
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["GrantCursor"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    askForPassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForgottenPassword"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listPeople: {
        parameters: {
            query?: {
                /** @description Words that all must occur; the first 8 are looked at. */
                q?: components["parameters"]["Search"];
                /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
                filter?: components["parameters"]["PersonFilter"];
                /** @description `field` ascending, `-field` descending. Names sort in Polish order. */
                sort?: components["parameters"]["PersonSort"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
                /** @description `next_cursor` of the page before; it fits the same list asked by the same user only. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Records in the bin instead of those outside it. */
                binned?: components["parameters"]["Binned"];
                /** @description Count too; counting stops at 10,000. */
                count?: components["parameters"]["Count"];
                /** @description Name the records that the rows refer to and hang on. */
                refs?: components["parameters"]["Refs"];
                /** @description Say for each row which activity comes next. */
                next_activity?: components["parameters"]["NextActivity"];
                /** @description Fields that rows are to have, of those that the caller may see; all without it. Parted by commas. Hidden ones count as unknown. */
                fields?: components["parameters"]["PersonRowFields"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    createPerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description Makes the call safe to repeat: one key, one record. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    bulkPeople: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonBulk"];
            };
        };
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    findPersonDuplicates: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["DuplicatesInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DuplicateList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    exportPeople: {
        parameters: {
            query?: {
                /** @description Words that all must occur; the first 8 are looked at. */
                q?: components["parameters"]["Search"];
                /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
                filter?: components["parameters"]["PersonFilter"];
                /** @description `field` ascending, `-field` descending. Names sort in Polish order. */
                sort?: components["parameters"]["PersonSort"];
                /** @description Records in the bin instead of those outside it. */
                binned?: components["parameters"]["Binned"];
                /** @description Columns of fields, in this order; all without it. Parted by commas. Hidden ones count as unknown. */
                fields?: components["parameters"]["PersonExportFields"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportPeopleFile: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportInput"];
            };
        };
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    totalPeople: {
        parameters: {
            query: {
                /** @description Name of the field to group by, `owner` or `team` (by id); after a date, `:month` groups by month (`2026-11`, in UTC). */
                group: components["parameters"]["Group"];
                /** @description Name of the number or amount to add up; without it, records are only counted. */
                sum?: components["parameters"]["Sum"];
                /** @description A condition `field:op:value`; repeat it for more, all must hold, 16 at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, 100 at most. Fields that are hidden or masked count as unknown. */
                filter?: components["parameters"]["PersonFilter"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotalList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    readPerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    binPerson: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Stale"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    updatePerson: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description What is to change. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonUpdate"];
                "application/merge-patch+json": components["schemas"]["PersonUpdate"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listPersonAccess: {
        parameters: {
            query?: {
                /** @description `next_after` of the page before. */
                after?: components["parameters"]["After"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordAccessPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    askPersonAccess: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccessAsk"];
            };
        };
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessRequest"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listPersonChanges: {
        parameters: {
            query?: {
                /** @description `next_before` of the page before. */
                before?: components["parameters"]["Before"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordChangePage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    erasePerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Erase"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erased"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listPersonEvents: {
        parameters: {
            query?: {
                /** @description `next_before` of the page before. */
                before?: components["parameters"]["Before"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerEventPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPersonGrantableRoles: {
        parameters: {
            query?: {
                /** @description Over what hangs on the record too. */
                with_related?: components["parameters"]["WithRelated"];
                /** @description Of the record itself no other fields than these, by commas. */
                fields?: components["parameters"]["ChosenFields"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantableRoles"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPersonGrants: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    grantPerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrantCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    restorePerson: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    revealPersonField: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reveal"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Revealed"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listOwnRegistrations: {
        parameters: {
            query?: {
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["GrantCursor"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    registerDeal: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegistrationCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationMade"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    reportCsp: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 16384 bytes. */
        requestBody: {
            content: {
                "application/csp-report": unknown;
                "application/reports+json": unknown;
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    readRoleConflicts: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleConflictsRead"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    putRoleConflicts: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleConflicts"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleConflictsRead"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listRoles: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    createRole: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleInput"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    exportRoles: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleFile"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    importRoles: {
        parameters: {
            query?: {
                /** @description Only say what would happen. */
                dry_run?: components["parameters"]["DryRun"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleFile"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleImport"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    updateRole: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    deleteRole: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    previewRole: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    rollBackRole: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["RollBack"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listRoleVersions: {
        parameters: {
            query?: {
                /** @description `next_before` of the page before. */
                before?: components["parameters"]["Before"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleVersionPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    search: {
        parameters: {
            query: {
                /** @description Words that all must occur; the first 8 are looked at. */
                q: components["parameters"]["Words"];
                /** @description Records of each entity. */
                limit?: components["parameters"]["LimitEach"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResult"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listServiceAccounts: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceAccountList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    createServiceAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServiceAccountCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceAccount"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    readServiceAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceAccount"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateServiceAccount: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description What is to change. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServiceAccountUpdate"];
                "application/merge-patch+json": components["schemas"]["ServiceAccountUpdate"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceAccount"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    handOverServiceAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServiceAccountOwner"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceAccount"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listServiceTokens: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    createServiceToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenMade"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    endServiceToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
                /** @description The id of a token of that account. */
                token: components["parameters"]["OfAccount"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listOwnSessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorAwaited"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    endOtherSessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    endAllSessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    "Clear-Site-Data": components["headers"]["Clear-Site-Data"];
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    signInWithFactor: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Proof"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    beginPasskeySignIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorAwaited"];
                };
            };
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    readSessionRules: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionRulesRead"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    putSessionRules: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionRules"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionRulesRead"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    waysToSignIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInWays"];
                };
            };
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listProviders: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Providers"];
                };
            };
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    beginSignOn: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignOnBegin"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignOnBegun"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    endByProvider: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description Name of the provider. */
                provider: components["parameters"]["Provider"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    finishSignOn: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignOnFinish"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorAwaited"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    endByFrame: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description Name of the provider. */
                provider: components["parameters"]["Provider"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    readSignOnSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignOnSettings"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    openStream: {
        parameters: {
            query?: {
                /** @description A record on the page, `entity/id`; repeat it for more. */
                watch?: components["parameters"]["Watch"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Open. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSubjectEvents: {
        parameters: {
            query?: {
                /** @description `next_before` of the page before. */
                before?: components["parameters"]["Before"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerEventPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    readSystem: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["System"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listTeams: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    createTeam: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamInput"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    updateTeam: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    previewTeam: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenMade"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listUsers: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserMade"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    readUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description What is to change. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserUpdate"];
                "application/merge-patch+json": components["schemas"]["UserUpdate"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listUserAccounts: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    linkAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountLink"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    unlinkAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
                /** @description The id of an account at a provider. */
                account: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listUserEvents: {
        parameters: {
            query?: {
                /** @description The act; repeat it for one of several. */
                act?: components["parameters"]["Act"];
                /** @description An act to leave out; repeat it for several. */
                except?: components["parameters"]["ExceptAct"];
                /** @description `next_before` of the page before. */
                before?: components["parameters"]["Before"];
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerEventPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    readUserFactors: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserFactors"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    askFactorReset: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["FactorResetAsk"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorReset"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    withdrawFactorReset: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    confirmFactorReset: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listUserGrants: {
        parameters: {
            query?: {
                /** @description Entries of the page. */
                limit?: components["parameters"]["Limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["GrantCursor"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    handOverRecords: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandOver"];
            };
        };
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    askToHandOver: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandOverAsk"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    inviteUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Invite"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    withdrawInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    takeUserPassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    previewUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserUpdate"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    countUserRecords: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnedRecords"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listUserSessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    endUserSessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    endUserSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
                /** @description The id of a session or token of that user. */
                session: components["parameters"]["OfUser"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    viewAsUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserReach"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listViews: {
        parameters: {
            query?: {
                /** @description Only of this entity, singular. */
                entity?: components["parameters"]["OfEntity"];
            };
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    createView: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description JSON. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["View"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    deleteView: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Stale"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    updateView: {
        parameters: {
            query?: never;
            header: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description The `ETag` of the version that is to change. Missing: 428. No longer current: 412. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description What is to change. At most 1048576 bytes, nested at most 16 levels. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewUpdate"];
                "application/merge-patch+json": components["schemas"]["ViewUpdate"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["View"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    setDefaultView: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Stale"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    unsetDefaultView: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The id. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Stale"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    readLiveness: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            404: components["responses"]["NotFound"];
        };
    };
    readReadiness: {
        parameters: {
            query?: never;
            header?: {
                /** @description Language of problems and notices: Polish or English; Polish without a wish. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            404: components["responses"]["NotFound"];
        };
    };
}
