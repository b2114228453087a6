//! Routes of what rights were, would be, and why they are.

use crate::openapi::route::{Answer, Body, Route};

const ROLES: &str = "Roles";
const TEAMS: &str = "Teams";
const USERS: &str = "Users";

pub(super) const ROUTES: &[Route] = &[
    Route::get("/roles/export", "exportRoles")
        .says(ROLES, "Take all roles out as a file", "By their stable names, without any id, for another organisation or to be kept. Needs the right to read roles.")
        .answers(Answer::Json("RoleFile")),
    Route::post("/roles/import", "importRoles").fresh()
        .says(ROLES, "Bring roles in from a file", "The body is such a file, of at most 1 MiB and 1,000 roles. A role takes the place of the one of its name, built-in ones too; roles that the file does not name stay. Of each it is said what becomes of it, and for which reasons it is refused, and as in a preview of a role whom all of it concerns. With `dry_run` nothing is saved; without, all roles or none: 422 if any is refused. The checks are those of saving each, and somebody has to remain who manages users and roles. Needs the right to manage roles.")
        .params(&["DryRun"])
        .body(Body::Json("RoleFile"))
        .answers(Answer::Json("RoleImport")),
    Route::get("/roles/{id}/versions", "listRoleVersions")
        .says(ROLES, "List what a role was", "Newest first, the present version too: who made it when, what was other than before, in words, and the role as it was. Every change is kept, by whatever way it came, as long as the ledger. Needs the right to read roles.")
        .history("RoleVersionPage"),
    Route::post("/roles/{id}/preview", "previewRole")
        .says(ROLES, "Ask whom a change of a role would concern", "The body is the role as it would be. Says who would gain and who would lose what, by groups of people of one team with the same roles, and how many records the first of each read now and then; at most 50 groups, the largest first. Names and numbers are for whoever reads users. Decides and changes nothing. Needs the right to manage roles.")
        .params(&["Id"])
        .body(Body::Json("RoleInput"))
        .answers(Answer::Json("Preview")),
    Route::post("/roles/{id}/rollback", "rollBackRole").fresh()
        .says(ROLES, "Make a role what it was", "The content of that version becomes the next version, if it may be saved today: all that `PUT` refuses is refused here. 404 for a version that is not kept; 409 for the present one.")
        .changes("Role")
        .body(Body::Json("RollBack"))
        .errors(&[409]),
    Route::get("/users/{id}/grants", "listUserGrants")
        .says(USERS, "List what was granted to a user", "To the user alone, to the user's team or partner, or as cover; that has not ended, the newest first. A record is called by its title only where the caller sees it. Needs the right to read users.")
        .params(&["Id", "Limit", "GrantCursor"])
        .answers(Answer::Json("GrantPage")),
    Route::post("/users/{id}/preview", "previewUser")
        .says(USERS, "Ask what a change of a user would give and take", "The body is that of the change; team, roles and standing are looked at. It is told as for a role, of the user and of the service accounts that the user answers for. Decides and changes nothing. Needs the right to manage users.")
        .params(&["Id"])
        .body(Body::Json("UserUpdate"))
        .answers(Answer::Json("Preview")),
    Route::post("/teams/{id}/preview", "previewTeam")
        .says(TEAMS, "Ask whom it would concern if a team hung elsewhere", "The body is the team as it would be. It is told as for a role. Decides and changes nothing. Needs the right to manage teams.")
        .params(&["Id"])
        .body(Body::Json("TeamInput"))
        .answers(Answer::Json("Preview")),
    Route::get("/explain", "explain")
        .says(USERS, "Ask why somebody may do something to a record, or may not", "Yes or no, all that had a say (roles, grants, denials, conditions, restrictions), and what would have to be other for the other answer: each way was tried before it is told, and any one is enough. With `at` the answer is that of that moment, from the versions of roles, users, teams and grants and from whose the record was; `allow` is null and `unknown` says why, where that cannot be known. About oneself, or with the right to read users; about records that the caller reads. Shows no value.")
        .params(&["OfPerson", "Explained", "OfRecord", "ToDo", "OfField", "At"])
        .answers(Answer::Json("Why")),
];
