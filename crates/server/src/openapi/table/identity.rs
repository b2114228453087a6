//! Routes of signing in, of users and of what they may do.

use crate::openapi::route::{Answer, Body, Route};

const SESSIONS: &str = "Sessions";
const ME: &str = "Me";
const USERS: &str = "Users";
const TEAMS: &str = "Teams";
const ROLES: &str = "Roles";

pub(super) const ROUTES: &[Route] = &[
    Route::post("/sessions", "signIn")
        .open()
        .says(
            SESSIONS,
            "Sign in",
            "Sets the cookie `__Host-klucznik`, in place of the session that the browser was in, which ends, and `__Host-klucznik-browser`, with which this browser is known later: what strangers try under the name does not make it wait. A wrong password, an unknown user and a suspended one get the same answer: 401. Repeated failures slow down and then lock, an hour at most: 429 with `Retry-After`. 202 if the user has a second factor: then it is finished with that.",
        )
        .body(Body::Json("SignIn"))
        .answers(Answer::MadeOr("SignedIn", "FactorAwaited"))
        .headers(&["SetCookie"])
        .errors(&[401]),
    Route::get("/sessions", "listOwnSessions").partners()
        .says(
            SESSIONS,
            "List own sessions and tokens",
            "Those that have not ended, oldest first; `current` marks the one of this request. Not for a token.",
        )
        .answers(Answer::Json("SessionList")),
    Route::delete("/sessions", "endOtherSessions").partners().says(
        SESSIONS,
        "End all own sessions and tokens but this one",
        "They end at once. All browsers are forgotten but this one, which gets its cookie anew.",
    )
    .fresh()
    .headers(&["SetCookie"]),
    Route::delete("/sessions/{id}", "endSession").partners()
        .says(
            SESSIONS,
            "End one own session or token",
            "It ends at once. Not for a token, which can end itself.",
        )
        .fresh()
        .params(&["Id"]),
    Route::delete("/sessions/current", "signOut").partners()
        .says(
            SESSIONS,
            "Sign out",
            "The session or token of this request ends at once; the cookie goes, and what the browser kept of us.",
        )
        .enrols()
        .leaves()
        .headers(&["SetCookie", "Clear-Site-Data"]),
    Route::get("/sessions/rules", "readSessionRules")
        .says(SESSIONS, "How long sessions last, and from where and when they may be used", "Needs the right to read roles.")
        .answers(Answer::Json("SessionRulesRead"))
        .headers(&["ETag"]),
    Route::put("/sessions/rules", "putSessionRules")
        .says(
            SESSIONS,
            "Decide how long sessions last, and from where and when they may be used",
            "Holds from the next request on, for sessions that are open too. Of all rules that concern a user the strictest holds; none makes sessions longer than the server's settings do. Networks and hours hold for tokens as well. Outside the hours of any role that has some everything but signing out is 403 `outside-hours` with `Retry-After`, and so is signing in after the right password; sessions do not end by it, and jobs that were begun go on. Whoever may manage users or roles is held to no hours, and they are refused for such roles (422 `not-for-administrators`). 409 if the caller could not go on working. Needs the right to manage roles. Not for a token.",
        )
        .fresh()
        .params(&["IfMatch"])
        .body(Body::Json("SessionRules"))
        .answers(Answer::Json("SessionRulesRead"))
        .headers(&["ETag"])
        .errors(&[409]),
    Route::delete("/sessions/all", "endAllSessions")
        .says(
            SESSIONS,
            "End all sessions and tokens of everybody",
            "But the session of this request. They end at once: for when it is not known what was stolen. Needs the right to manage sessions. Not for a token.",
        )
        .fresh(),
    Route::post("/tokens", "createToken").fresh()
        .says(
            SESSIONS,
            "Make a bearer token",
            "A token does at most what its scope names and its owner may, until it ends, after 365 days at the latest. Its secret is in this answer and never shown again. Tokens are listed and ended like sessions. 409 if there are too many. Not for a token.",
        )
        .body(Body::Json("TokenCreate"))
        .answers(Answer::Made("TokenMade"))
        .errors(&[409]),
    Route::get("/me", "readMe").partners()
        .enrols()
        .says(ME, "Who is signed in", "The caller, and what the caller's roles add up to.")
        .answers(Answer::Json("Me")),
    Route::get("/me/events", "listOwnEvents").partners()
        .says(ME, "List what the caller did", "Newest first. A page may hold fewer events than asked, even none, while `next_before` says where to go on.")
        .params(&["Act", "ExceptAct", "Before", "Limit"])
        .answers(Answer::Json("LedgerEventPage")),
    Route::put("/me/password", "changeOwnPassword").partners().fresh_of_factors()
        .says(
            ME,
            "Change the own password",
            "15 to 256 characters; a weak one is refused with the reason (422), a wrong current one like a failed sign-in (401, then 429). All other sessions and tokens of the caller end, and all browsers are forgotten but this one, which gets its cookie anew.",
        )
        .body(Body::Json("PasswordChange"))
        .headers(&["SetCookie"])
        .errors(&[412]),
    Route::get("/me/email", "readOwnEmail").partners()
        .says(ME, "Open the own e-mail address", "Whether mail reached it, and which one waits to be confirmed.")
        .answers(Answer::Json("EmailState")),
    Route::put("/me/email", "askForEmail").partners().fresh()
        .says(ME, "Change or confirm the own e-mail address", "A letter with a link goes to the address: `POST /links/email` confirms it, within a day. If it is not the present one, another letter goes there. Where that one was confirmed, the change is made once both confirmed it, each by its link; either can refuse it (`POST /links/refuse-email`). Where it was not, the other alone confirms, and the present one can refuse until seven days after that day. A confirmed address gets links to another password. 409 where no mail leaves, and while an address before can still refuse. Not for a token.")
        .body(Body::Json("EmailInput"))
        .answers(Answer::Json("EmailState"))
        .errors(&[409]),
    Route::delete("/me/email", "withdrawEmail").partners()
        .says(ME, "Take back a change of the own e-mail address", "Its link is good no more, and is not mailed if it still waits."),
    Route::post("/me/email/lost", "lostEmail").partners().fresh()
        .says(ME, "Say that the present e-mail address is out of reach", "Somebody else who has managed users for a week, and has whatever rights over things the caller has, is asked to agree in its place, within seven days. Where there is nobody, the change waits for the other address alone, and can be refused from the present one for a week after it. 404 if nothing waits for the present one. Not for a token.")
        .answers(Answer::Json("EmailState"))
        .errors(&[404]),
    Route::get("/colleagues", "listColleagues")
        .says(USERS, "List who can own a record", "Names and teams of all users, for everybody; usernames for whoever reads users. With `to_own` only people to whom the caller could give records of one of these entities: who may still act, and would see them. Who makes no such records but reads users is told of all who would see them. Of two of one name in one team the usernames are told then.")
        .params(&["ToOwn"])
        .answers(Answer::Json("ColleagueList")),
    Route::get("/users", "listUsers").says(USERS, "List users", "Suspended ones too, with roles and usernames. Needs the right to read users.").answers(Answer::Json("UserList")),
    Route::post("/users", "createUser").fresh()
        .says(USERS, "Make a user", "Of the house, with a team, or of a `partner`, with neither team nor roles: such a user sees what was shared alone. 409 if the username is taken. Without a password nobody can sign in as this user until one is set; `invite` lets the user choose it, by a link that is mailed or, where no mail leaves, shown in this answer and never again.")
        .body(Body::Json("UserCreate"))
        .answers(Answer::Made("UserMade"))
        .headers(&["ETag", "Location"])
        .errors(&[409]),
    Route::get("/users/{id}", "readUser").says(USERS, "Open a user", "Never with a hash.").opens("UserView"),
    Route::patch("/users/{id}", "updateUser").fresh()
        .says(USERS, "Change a user", "What is not named stays. Takes effect with the user's next request; where mail leaves, another address is asked for as by the user (`PUT /me/email`) and stands in `email_change` until it is confirmed, but for whoever has no way in yet and was never reached by mail; suspending ends the user's sessions and tokens, and so does the moment `ends_at`. 409 if nobody could manage users any more.")
        .changes("UserChanged")
        .body(Body::Patch("UserUpdate"))
        .errors(&[409]),
    Route::post("/users/{id}/email-change", "answerEmailChange").fresh()
        .says(USERS, "Say something of a change of a user's e-mail address", "`lost`: the user does not read mail at the present one; as `POST /me/email/lost`, which somebody else has to agree to. `agree`: by somebody else than who said that, and not the user, who has managed users for a week (409). `decline`: it comes to nothing. 404 if nothing waits for that. Needs the right to manage users. Not for a token.")
        .params(&["Id"])
        .body(Body::Json("EmailAnswer"))
        .errors(&[409]),
    Route::get("/users/{id}/view", "viewAsUser")
        .says(USERS, "What a user may see and do", "All roles taken together: scopes, levels of fields, and how many records that is. Shows no record. Needs the right to read users unless the user is the caller.")
        .params(&["Id"])
        .answers(Answer::Json("UserReach")),
    Route::get("/users/{id}/records", "countUserRecords")
        .says(USERS, "How many records a user owns", "By entity, outside the bin and in it. Shows no record. Needs the right to read users.")
        .params(&["Id"])
        .answers(Answer::Json("OwnedRecords")),
    Route::post("/users/{id}/hand-over", "handOverRecords").fresh()
        .says(USERS, "Hand over what a user owns", "As a job. Each record outside the bin goes to the first of `to`, or to one of them: what is about the same person or company to the same one. It is written in the usual way, under the caller's rights of that moment, as one act that can be undone, also back to a user who left. What the caller may not change, or the new owner would not see, stays. With `dry_run` nothing is changed, and the result says what would become of the records. At most 100,000. Needs the right to manage users, or to add and change records of teams below the caller's.")
        .params(&["Id"])
        .body(Body::Json("HandOver"))
        .answers(Answer::Accepted("Job")),
    Route::post("/users/{id}/hand-over/ask", "askToHandOver")
        .says(USERS, "Ask others to hand over what a user owns", "They are notified, with the user whom it is about. For an administrator who does not see these records; whoever could hand them over stands in `who_could` of the user's records. Not for a token.")
        .params(&["Id"])
        .body(Body::Json("HandOverAsk")),
    Route::get("/users/{id}/events", "listUserEvents")
        .says(USERS, "List what a user did", "Newest first. A page may hold fewer events than asked, even none, while `next_before` says where to go on. Needs the right to read the ledger unless the user is the caller.")
        .params(&["Id", "Act", "ExceptAct", "Before", "Limit"])
        .answers(Answer::Json("LedgerEventPage")),
    Route::get("/users/{id}/sessions", "listUserSessions")
        .says(USERS, "List a user's sessions and tokens", "Those that have not ended.")
        .params(&["Id"])
        .answers(Answer::Json("SessionList")),
    Route::delete("/users/{id}/sessions", "endUserSessions")
        .says(USERS, "End all sessions and tokens of a user", "They end at once.")
        .fresh()
        .params(&["Id"]),
    Route::delete("/users/{id}/sessions/{session}", "endUserSession")
        .says(USERS, "End one session or token of a user", "It ends at once. One of somebody else is not found.")
        .fresh()
        .params(&["Id", "OfUser"]),
    Route::delete("/users/{id}/password", "takeUserPassword").fresh()
        .says(USERS, "Take a user's password away", "For a password that is lost, or may be known to others: then invite the user to choose another one. All sessions and tokens of the user end. 404 if there is none. Not for a token.")
        .params(&["Id"]),
    Route::post("/users/{id}/invitation", "inviteUser").fresh()
        .says(USERS, "Invite a user, also anew", "For a user without a password. The link is mailed to the user's address or, where no mail leaves, shown in this answer and never again; one that was made before is good no more. It works once, for the days that are asked for, and no longer than password, address, team and roles of the user stay as they are. 409 if the user has a password or is suspended. Not for a token.")
        .params(&["Id"])
        .body(Body::Json("Invite"))
        .answers(Answer::Made("Invitation"))
        .errors(&[409]),
    Route::delete("/users/{id}/invitation", "withdrawInvitation")
        .says(USERS, "Withdraw an invitation", "Its link is good no more, and is not mailed if it still waits.")
        .params(&["Id"]),
    Route::get("/sign-in", "waysToSignIn")
        .open()
        .says(SESSIONS, "Ask what can be done without a session", "Whether a link to another password can be mailed.")
        .answers(Answer::Json("SignInWays")),
    Route::post("/links/look", "lookAtLink")
        .open()
        .says(SESSIONS, "Ask what a link is good for", "`link` is what stands in it behind `#`. Uses nothing up. 404 for a link that was used, ran out, was withdrawn or never was.")
        .body(Body::Json("LinkSecret"))
        .answers(Answer::Json("Link"))
        .errors(&[404]),
    Route::post("/links/password", "setPasswordByLink")
        .open()
        .says(SESSIONS, "Choose a password by a link", "Of an invitation, or of a forgotten password. The link works once. All sessions and tokens of the user end; it signs nobody in, and second factors stay as they are. 404 as for `/links/look`; a weak password is refused with the reason (422), and the link stays good. So it does where people sign in through providers alone, whose passwords do not count (409).")
        .body(Body::Json("LinkPassword"))
        .answers(Answer::Json("LinkUsed"))
        .errors(&[404, 409]),
    Route::post("/links/email", "confirmEmail")
        .open()
        .says(SESSIONS, "Confirm an e-mail address by a link", "From the address to come, or from the one before. `made` says whether it is the user's now; otherwise somebody else has to confirm it, too. The link works once. 404 as for `/links/look`.")
        .body(Body::Json("LinkSecret"))
        .answers(Answer::Json("EmailUsed"))
        .errors(&[404]),
    Route::post("/links/refuse-email", "refuseEmail")
        .open()
        .says(SESSIONS, "Refuse an e-mail address by a link", "From the address before: if the other is the user's already, that one is again, and all sessions and tokens of the user end. From the address to come: nothing comes of it. The link works once. 404 as for `/links/look`.")
        .body(Body::Json("LinkSecret"))
        .errors(&[404]),
    Route::post("/password-resets", "askForPassword")
        .open()
        .says(SESSIONS, "Say that a password was forgotten", "The answer is the same whoever it is. A user who is not suspended, has a password and was reached by mail before gets a link that works once, for 30 minutes; another one not before five minutes, and twice as long after each that was not used, up to 30 minutes.")
        .body(Body::Json("ForgottenPassword")),
    Route::get("/teams", "listTeams").says(TEAMS, "List teams", "The whole tree, flat.").answers(Answer::Json("TeamList")),
    Route::post("/teams", "createTeam").fresh()
        .says(TEAMS, "Make a team", "A team sees what its own members own; a team above it sees that too where a role reaches below.")
        .body(Body::Json("TeamInput"))
        .answers(Answer::Made("Team"))
        .headers(&["ETag"]),
    Route::put("/teams/{id}", "updateTeam").fresh()
        .says(TEAMS, "Rename or move a team", "The body is the team as it is to be. It cannot stand below itself. Where it hangs decides whose records are seen, so a second person may have to approve that it hangs elsewhere.")
        .changes("Team")
        .body(Body::Json("TeamInput")),
    Route::get("/roles", "listRoles").says(ROLES, "List roles", "With all that they allow and deny.").answers(Answer::Json("RoleList")),
    Route::post("/roles", "createRole").fresh()
        .says(ROLES, "Make a role", "What is not named is not allowed. At most 1,000 roles.")
        .body(Body::Json("RoleInput"))
        .answers(Answer::Made("Role"))
        .headers(&["ETag"]),
    Route::put("/roles/{id}", "updateRole").fresh()
        .says(
            ROLES,
            "Change a role",
            "The body is the role as it is to be. Takes effect with the next request of whoever holds it. 409 if nobody could manage users any more.",
        )
        .changes("Role")
        .body(Body::Json("RoleInput"))
        .errors(&[409]),
    Route::delete("/roles/{id}", "deleteRole").fresh()
        .says(ROLES, "Remove a role", "409 if it is built in or somebody holds it.")
        .params(&["Id", "IfMatch"])
        .errors(&[409]),
];
