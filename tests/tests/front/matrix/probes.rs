//! Every route, as each caller.

use super::places::class;
use super::stage::{Stage, colleague, token};
use crate::front::help::{api, sample};
use crate::front::jobs::ended;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, PASSWORD};

pub const INTRO: &str = "For records: a person of the team Północ that a colleague of the seller owns; for `leads`, such a lead; for
`imports/{id}`, an import of the seller's own; for `jobs/{id}`, a job of the seller's own (for its file, one of
the team lead's); for `users/{id}`, another user; for `notices/{id}`, a notification of the administrator's; for
the proof, an event of the administrator's. The token is the seller's and may read people, nothing else; `views/{id}`
is one that the seller shares; `grants/{id}` and `access-requests/{id}` are none; `service-accounts/{id}` one that the administrator answers for; disclosures are those of that person. All callers but the first three are signed in.

";

pub fn heads(stage: &Stage) -> Vec<String> {
    let first = ["route", "not signed in", "suspended", "token"];
    first.into_iter().chain(stage.roles.iter().map(|r| r.name)).map(str::to_owned).collect()
}

/// What the paths of the probes name.
struct Names {
    person: String,
    lead: String,
    import: String,
    job: String,
    file: String,
    user: String,
    notice: String,
    event: String,
    team: String,
    role: String,
    view: String,
    account: String,
    partner: String,
}

async fn names(stage: &Stage) -> Names {
    let owner = colleague("Północ");
    let person = stage.load("person", &owner, "Północ", None, sample("people", 9_000_001)).await.to_string();
    let lead = stage.load("lead", &owner, "Północ", None, sample("leads", 9_000_002)).await.to_string();
    let file = "last_name;email\nZaimportowana;zaimportowana@proba.example\n";
    let seller = &stage.roles[0].client;
    let import =
        seller.send(seller.request(Method::POST, &api("imports/people")).body(file)).await.expect(200).json();
    let none = json!({ "select": { "ids": [stage.teams["Północ"]] }, "action": "delete" });
    let job = seller.post(&api("people/bulk"), &none).await.expect(202).json();
    let leader = &stage.roles[1].client;
    let file = leader.post(&api("people/export"), &json!({ "format": "csv" })).await.expect(202).json();
    let file = ended(leader, &file).await;
    // Wrong passwords until the log-in is locked, which the administrator is told.
    for _ in 0..10 {
        let body = json!({ "login": colleague("Marketing"), "password": "niewłaściwe" });
        let _ = stage.nobody.post(&api("sessions"), &body).await.expect(401);
        stage.world.clock.advance_ms(130_000);
    }
    let admin = &stage.roles.iter().find(|r| r.name == "administrator").unwrap().client;
    let notices = admin.get(&api("notices")).await.expect(200).json();
    let events = admin.get(&api("me/events")).await.expect(200).json();
    let roles = admin.get(&api("roles")).await.expect(200).json();
    let view = json!({ "entity": "person", "name": "Wspólny", "query": "", "shared": true });
    let view = seller.post(&api("views"), &view).await.expect(201).json();
    let account = json!({ "name": "Integracja", "owner": stage.users["robert.szymanski"], "team": stage.teams["Marketing"],
        "ends_at": "2027-06-30T12:00:00Z" });
    admin.step_up(PASSWORD).await;
    let account = admin.post(&api("service-accounts"), &account).await.expect(201).json();
    let partner = admin.post(&api("partners"), &json!({ "name": "Partner" })).await.expect(201).json();
    let text = |v: &Value| v.as_str().unwrap_or_else(|| panic!("{v}")).to_owned();
    Names {
        person,
        lead,
        import: text(&import["id"]),
        job: text(&job["id"]),
        file: text(&file["id"]),
        user: stage.users[&owner].clone(),
        notice: text(&notices["items"][0]["id"]),
        event: text(&events["items"][0]["id"]),
        team: stage.teams["Marketing"].clone(),
        role: text(&roles["items"][0]["id"]),
        view: text(&view["id"]),
        account: text(&account["id"]),
        partner: text(&partner["id"]),
    }
}

/// What is sent with a request.
enum With {
    Nothing,
    Json(Value),
    /// A version that is not the present one, and a body.
    Stale(Value),
    File(&'static str),
    /// The caller's own log-in name and password.
    OwnPassword,
    /// What a browser reports.
    Report,
}
use With::{File, Json, Nothing, OwnPassword, Report, Stale};

/// The path with names in it, and the path as the route's file has it.
type Probe = (&'static str, &'static str, String, With);

fn of_records(n: &Names) -> Vec<Probe> {
    let person = |tail: &str| format!("people/{}{tail}", n.person);
    let grant = json!({ "to": { "team": n.team }, "role": n.role, "reason": "" });
    vec![
        ("GET", "{entities}", "people".into(), Nothing),
        ("POST", "{entities}", "people".into(), Json(json!({ "fields": { "last_name": "Nowa" } }))),
        ("POST", "{entities}/bulk", "people/bulk".into(), Json(json!({ "select": {}, "change": {} }))),
        ("GET", "{entities}/export", "people/export?limit=1".into(), Nothing),
        ("POST", "{entities}/export", "people/export".into(), Json(json!({ "format": "csv", "fields": [] }))),
        ("GET", "{entities}/totals", "people/totals?group=source&sum=birthday".into(), Nothing),
        (
            "POST",
            "{entities}/query",
            "people/query".into(),
            Json(json!({ "q": "nowa", "filter": ["city:filled"] })),
        ),
        (
            "POST",
            "{entities}/totals",
            "people/totals".into(),
            Json(json!({ "group": "source", "sum": "birthday" })),
        ),
        (
            "POST",
            "{entities}/duplicates",
            "people/duplicates".into(),
            Json(json!({ "fields": { "last_name": "Nowa" } })),
        ),
        ("GET", "search", "search?q=nowa".into(), Nothing),
        ("POST", "search", "search".into(), Json(json!({ "q": "nowa" }))),
        ("GET", "{entities}/{id}", person(""), Nothing),
        ("PATCH", "{entities}/{id}", person(""), Stale(json!({ "fields": {} }))),
        ("DELETE", "{entities}/{id}", person(""), Stale(Value::Null)),
        ("POST", "{entities}/{id}/restore", person("/restore"), Stale(Value::Null)),
        (
            "POST",
            "{entities}/{id}/reveal",
            person("/reveal"),
            Json(json!({ "field": "pesel", "reason": "" })),
        ),
        ("POST", "{entities}/{id}/erase", person("/erase"), Json(json!({ "reason": "" }))),
        ("GET", "{entities}/{id}/access", person("/access"), Nothing),
        ("GET", "{entities}/{id}/grants", person("/grants"), Nothing),
        ("POST", "{entities}/{id}/grants", person("/grants"), Json(grant)),
        ("GET", "{entities}/{id}/grantable-roles", person("/grantable-roles"), Nothing),
        ("GET", "grants", "grants".to_owned(), Nothing),
        (
            "POST",
            "{entities}/{id}/access-requests",
            person("/access-requests"),
            Json(json!({ "reason": "" })),
        ),
        ("GET", "access-requests", "access-requests".into(), Nothing),
        (
            "POST",
            "access-requests/{id}/approve",
            format!("access-requests/{}/approve", n.user),
            Json(json!({ "role": n.role, "until": "2027-01-31T12:00:00Z" })),
        ),
        ("POST", "access-requests/{id}/decline", format!("access-requests/{}/decline", n.user), Nothing),
        ("GET", "covers", "covers".into(), Nothing),
        (
            "POST",
            "covers",
            "covers".into(),
            Json(json!({ "to": n.user, "role": n.role, "until": "2026-11-30T12:00:00Z", "reason": "" })),
        ),
        ("DELETE", "grants/{id}", format!("grants/{}", n.user), Nothing),
        (
            "POST",
            "grants/{id}/renewal",
            format!("grants/{}/renewal", n.user),
            Stale(json!({ "until": "2027-01-31T12:00:00Z" })),
        ),
        ("GET", "{entities}/{id}/changes", person("/changes"), Nothing),
        ("GET", "{entities}/{id}/events", person("/events"), Nothing),
        ("POST", "leads/{id}/convert", format!("leads/{}/convert", n.lead), Stale(json!({}))),
        ("GET", "explain", format!("explain?entity=person&record={}", n.person), Nothing),
        ("GET", "subjects/{id}/events", format!("subjects/{}/events", n.person), Nothing),
        // Before an undo destroys keys, which lets no file stay.
        ("GET", "jobs/{id}/file", format!("jobs/{}/file", n.file), Nothing),
        ("GET", "imports", "imports".into(), Nothing),
        ("POST", "imports/{entities}", "imports/people?dry_run=true".into(), File("last_name\nNowa\n")),
        ("POST", "imports/{entities}/preview", "imports/people/preview".into(), File("last_name\nNowa\n")),
        ("GET", "imports/{id}", format!("imports/{}", n.import), Nothing),
        ("POST", "imports/{id}/undo", format!("imports/{}/undo", n.import), Nothing),
        ("GET", "jobs", "jobs".into(), Nothing),
        ("GET", "jobs/dead", "jobs/dead".into(), Nothing),
        ("DELETE", "jobs/dead/{id}", format!("jobs/dead/{}", n.job), Nothing),
        ("POST", "jobs/dead/{id}/retry", format!("jobs/dead/{}/retry", n.job), Nothing),
        ("GET", "jobs/{id}", format!("jobs/{}", n.job), Nothing),
        ("POST", "jobs/{id}/cancel", format!("jobs/{}/cancel", n.job), Nothing),
        ("POST", "jobs/{id}/undo", format!("jobs/{}/undo", n.job), Nothing),
    ]
}

fn of_partners(n: &Names) -> Vec<Probe> {
    vec![
        ("GET", "partners", "partners".into(), Nothing),
        ("POST", "partners", "partners".into(), Json(json!({ "name": "" }))),
        ("GET", "partners/{id}", format!("partners/{}", n.partner), Nothing),
        ("GET", "partners/{id}/grants", format!("partners/{}/grants", n.partner), Nothing),
        ("GET", "partners/{id}/registrations", format!("partners/{}/registrations", n.partner), Nothing),
        ("PATCH", "partners/{id}", format!("partners/{}", n.partner), Stale(json!({}))),
        ("GET", "registrations", "registrations".into(), Nothing),
        (
            "POST",
            "registrations",
            "registrations".into(),
            Json(json!({ "company_name": "Nowa", "description": "Zapytanie" })),
        ),
        ("GET", "disclosures", format!("disclosures?record={}", n.person), Nothing),
        ("GET", "disclosures/export", format!("disclosures/export?record={}", n.person), Nothing),
    ]
}

fn of_approvals(n: &Names) -> Vec<Probe> {
    vec![
        ("GET", "approvals", "approvals".into(), Nothing),
        (
            "POST",
            "approvals",
            "approvals".into(),
            Json(
                json!({ "act": { "erase": { "entities": "people", "id": n.person, "reason": "" } }, "reason": "Wniosek" }),
            ),
        ),
        (
            "POST",
            "approvals/preview",
            "approvals/preview".into(),
            Json(
                json!({ "act": { "export": { "entities": "people", "request": { "format": "csv", "fields": [] } } } }),
            ),
        ),
        ("GET", "approvals/rules", "approvals/rules".into(), Nothing),
        (
            "PUT",
            "approvals/rules",
            "approvals/rules".into(),
            Stale(
                json!({ "bulk_edit": null, "bulk_delete": null, "bulk_share": null, "export": null, "erase": null, "role_change": null, "days": 7 }),
            ),
        ),
        ("GET", "approvals/{id}", format!("approvals/{}", n.user), Nothing),
        ("POST", "approvals/{id}/approve", format!("approvals/{}/approve", n.user), Nothing),
        (
            "POST",
            "approvals/{id}/decline",
            format!("approvals/{}/decline", n.user),
            Json(json!({ "reason": "Nie trzeba" })),
        ),
        ("POST", "approvals/{id}/withdraw", format!("approvals/{}/withdraw", n.user), Nothing),
    ]
}

fn of_reviews(n: &Names) -> Vec<Probe> {
    let review = |tail: &str| format!("access-reviews/{}{tail}", n.user);
    let decision = || Json(json!({ "items": [1] }));
    vec![
        ("GET", "access-reviews", "access-reviews?view=all".into(), Nothing),
        ("POST", "access-reviews", "access-reviews".into(), Json(json!({ "name": "", "ends_at": "" }))),
        ("GET", "access-reviews/{id}", review(""), Nothing),
        ("POST", "access-reviews/{id}/cancel", review("/cancel"), Nothing),
        ("POST", "access-reviews/{id}/confirm", review("/confirm"), decision()),
        ("GET", "access-reviews/{id}/export", review("/export"), Nothing),
        ("GET", "access-reviews/{id}/items", review("/items"), Nothing),
        (
            "POST",
            "access-reviews/{id}/replace",
            review("/replace"),
            Json(json!({ "from": n.user, "reviewer": n.user })),
        ),
        ("GET", "access-reviews/{id}/report", review("/report"), Nothing),
        ("POST", "access-reviews/{id}/withdraw", review("/withdraw"), decision()),
    ]
}

fn of_administration(n: &Names) -> Vec<Probe> {
    let user = |tail: &str| format!("users/{}{tail}", n.user);
    let account = |tail: &str| format!("service-accounts/{}{tail}", n.account);
    let program = json!({ "name": "", "owner": n.user, "team": n.team, "ends_at": "2027-01-31T12:00:00Z" });
    let token = json!({ "label": "", "ends_at": "2027-01-31T12:00:00Z" });
    let new = json!({
        "login": "nowa.osoba", "name": "Nowa Osoba", "email": "nowa@firma.example", "team": n.team, "invite": { "days": 0 },
    });
    let role = json!({ "name": "!", "label": { "pl": "Rola", "en": "Role" } });
    let kept = json!({ "name": "administrator", "label": { "pl": "Rola", "en": "Role" }, "things": { "users": "manage" } });
    let asked = json!({ "everyone": "none", "roles": {}, "grace_days": 0 });
    let linked = json!({ "provider": "nikt", "subject": "1" });
    let field = json!({ "name": "!", "label": { "pl": "Pole", "en": "Field" }, "kind": "bool" });
    vec![
        ("GET", "users", "users".into(), Nothing),
        ("POST", "users", "users".into(), Json(new)),
        ("GET", "users/{id}", user(""), Nothing),
        ("PATCH", "users/{id}", user(""), Stale(json!({}))),
        ("DELETE", "users/{id}/password", user("/password"), Nothing),
        ("POST", "users/{id}/invitation", user("/invitation"), Json(json!({}))),
        ("DELETE", "users/{id}/invitation", user("/invitation"), Nothing),
        ("GET", "users/{id}/view", user("/view"), Nothing),
        ("GET", "users/{id}/grants", user("/grants"), Nothing),
        ("POST", "users/{id}/preview", user("/preview"), Json(json!({}))),
        ("GET", "users/{id}/records", user("/records"), Nothing),
        ("POST", "users/{id}/hand-over", user("/hand-over"), Json(json!({ "to": [] }))),
        ("POST", "users/{id}/hand-over/ask", user("/hand-over/ask"), Json(json!({ "ask": [] }))),
        ("GET", "users/{id}/events", user("/events"), Nothing),
        ("GET", "users/{id}/sessions", user("/sessions"), Nothing),
        ("DELETE", "users/{id}/sessions", user("/sessions"), Nothing),
        ("DELETE", "users/{id}/sessions/{session}", user(&format!("/sessions/{}", n.person)), Nothing),
        ("GET", "service-accounts", "service-accounts".into(), Nothing),
        ("POST", "service-accounts", "service-accounts".into(), Json(program)),
        ("GET", "service-accounts/{id}", account(""), Nothing),
        ("PATCH", "service-accounts/{id}", account(""), Stale(json!({}))),
        ("POST", "service-accounts/{id}/owner", account("/owner"), Json(json!({ "owner": n.person }))),
        ("GET", "service-accounts/{id}/tokens", account("/tokens"), Nothing),
        ("POST", "service-accounts/{id}/tokens", account("/tokens"), Json(token)),
        (
            "DELETE",
            "service-accounts/{id}/tokens/{token}",
            account(&format!("/tokens/{}", n.person)),
            Nothing,
        ),
        ("GET", "teams", "teams".into(), Nothing),
        ("POST", "teams", "teams".into(), Json(json!({ "name": "" }))),
        ("PUT", "teams/{id}", format!("teams/{}", n.team), Stale(json!({ "name": "Marketing" }))),
        (
            "POST",
            "teams/{id}/preview",
            format!("teams/{}/preview", n.team),
            Json(json!({ "name": "Marketing" })),
        ),
        ("GET", "roles", "roles".into(), Nothing),
        ("POST", "roles", "roles".into(), Json(role)),
        ("PUT", "roles/{id}", format!("roles/{}", n.role), Stale(kept.clone())),
        ("DELETE", "roles/{id}", format!("roles/{}", n.role), Stale(Value::Null)),
        ("GET", "findings", "findings?kind=unused_role".into(), Nothing),
        ("GET", "role-conflicts", "role-conflicts".into(), Nothing),
        ("PUT", "role-conflicts", "role-conflicts".into(), Stale(json!({ "pairs": [] }))),
        ("GET", "roles/export", "roles/export".into(), Nothing),
        (
            "POST",
            "roles/import",
            "roles/import".into(),
            Json(json!({ "format": "", "version": 0, "roles": [] })),
        ),
        ("GET", "roles/{id}/versions", format!("roles/{}/versions", n.role), Nothing),
        ("POST", "roles/{id}/preview", format!("roles/{}/preview", n.role), Json(kept.clone())),
        ("POST", "roles/{id}/rollback", format!("roles/{}/rollback", n.role), Stale(json!({ "version": 1 }))),
        ("GET", "factors/requirement", "factors/requirement".into(), Nothing),
        ("PUT", "factors/requirement", "factors/requirement".into(), Stale(asked)),
        ("POST", "users/{id}/email-change", user("/email-change"), Json(json!({ "answer": "decline" }))),
        ("GET", "users/{id}/factors", user("/factors"), Nothing),
        ("POST", "users/{id}/factors/reset", user("/factors/reset"), Json(json!({ "reason": "" }))),
        ("POST", "users/{id}/factors/reset/confirm", user("/factors/reset/confirm"), Nothing),
        ("DELETE", "users/{id}/factors/reset", user("/factors/reset"), Nothing),
        ("GET", "sign-on/settings", "sign-on/settings".into(), Nothing),
        ("GET", "users/{id}/accounts", user("/accounts"), Nothing),
        ("POST", "users/{id}/accounts", user("/accounts"), Json(linked)),
        ("DELETE", "users/{id}/accounts/{account}", user(&format!("/accounts/{}", n.person)), Nothing),
        ("GET", "entities", "entities".into(), Nothing),
        ("POST", "entities/{entity}/fields", "entities/person/fields".into(), Json(field)),
        ("GET", "ledger/checkpoint", "ledger/checkpoint".into(), Nothing),
        ("GET", "ledger/events", "ledger/events".into(), Nothing),
        ("POST", "ledger/verify", "ledger/verify".into(), Nothing),
        ("GET", "ledger/events/{id}/proof", format!("ledger/events/{}/proof", n.event), Nothing),
        ("GET", "system", "system".into(), Nothing),
        ("POST", "reports/csp", "reports/csp".into(), Report),
        ("GET", "keys", "keys".into(), Nothing),
        ("POST", "keys/rotate", "keys/rotate".into(), Nothing),
        ("POST", "index/rebuild", "index/rebuild".into(), Nothing),
    ]
}

/// Those about the caller; the last ones end sessions.
fn of_oneself(n: &Names) -> Vec<Probe> {
    let password = json!({ "current": PASSWORD, "new": "słabe" });
    let token = json!({ "label": "", "ends_at": "2027-01-31T12:00:00Z" });
    vec![
        ("GET", "openapi.json", "openapi.json".into(), Nothing),
        ("GET", "colleagues", "colleagues".into(), Nothing),
        ("GET", "me", "me".into(), Nothing),
        ("GET", "me/service-accounts", "me/service-accounts".into(), Nothing),
        ("GET", "me/events", "me/events".into(), Nothing),
        ("GET", "me/preferences", "me/preferences".into(), Nothing),
        ("PUT", "me/preferences", "me/preferences".into(), Json(json!({}))),
        ("GET", "stream", "stream".into(), Nothing),
        ("GET", "views", "views?entity=person".into(), Nothing),
        ("POST", "views", "views".into(), Json(json!({ "entity": "person", "name": "Moje", "query": "" }))),
        ("PATCH", "views/{id}", format!("views/{}", n.view), Stale(json!({}))),
        ("DELETE", "views/{id}", format!("views/{}", n.view), Stale(Value::Null)),
        ("PUT", "views/{id}/default", format!("views/{}/default", n.view), Nothing),
        ("DELETE", "views/{id}/default", format!("views/{}/default", n.view), Nothing),
        ("PUT", "me/password", "me/password".into(), Json(password)),
        ("GET", "me/email", "me/email".into(), Nothing),
        ("PUT", "me/email", "me/email".into(), Json(json!({ "email": "nie-adres" }))),
        ("DELETE", "me/email", "me/email".into(), Nothing),
        ("POST", "me/email/lost", "me/email/lost".into(), Nothing),
        ("POST", "links/email", "links/email".into(), Json(json!({ "link": "" }))),
        ("POST", "links/refuse-email", "links/refuse-email".into(), Json(json!({ "link": "" }))),
        ("GET", "sign-in", "sign-in".into(), Nothing),
        ("POST", "links/look", "links/look".into(), Json(json!({ "link": "" }))),
        ("POST", "links/password", "links/password".into(), Json(json!({ "link": "", "new": "słabe" }))),
        ("POST", "password-resets", "password-resets".into(), Json(json!({ "login": "nikogo.takiego" }))),
        ("GET", "me/accounts", "me/accounts".into(), Nothing),
        ("GET", "sign-on", "sign-on".into(), Nothing),
        ("POST", "sign-on", "sign-on".into(), Json(json!({ "provider": "nikt" }))),
        ("POST", "sign-on/finish", "sign-on/finish".into(), Json(json!({ "provider": "nikt", "state": "" }))),
        ("POST", "sign-on/back-channel/{provider}", "sign-on/back-channel/nikt".into(), Nothing),
        ("GET", "sign-on/front-channel/{provider}", "sign-on/front-channel/nikt".into(), Nothing),
        ("GET", "me/factors", "me/factors".into(), Nothing),
        ("POST", "me/factors", "me/factors".into(), Json(json!({ "name": "", "totp": "1" }))),
        ("POST", "me/factors/totp", "me/factors/totp".into(), Nothing),
        ("POST", "me/factors/passkey", "me/factors/passkey".into(), Nothing),
        ("POST", "me/factors/recovery", "me/factors/recovery".into(), Nothing),
        ("PATCH", "me/factors/{id}", format!("me/factors/{}", n.person), Json(json!({ "name": "" }))),
        ("DELETE", "me/factors/{id}", format!("me/factors/{}", n.person), Nothing),
        ("POST", "me/step-up", "me/step-up".into(), Nothing),
        ("POST", "me/step-up/finish", "me/step-up/finish".into(), Json(json!({ "password": PASSWORD }))),
        ("GET", "notices", "notices".into(), Nothing),
        ("POST", "notices/read", "notices/read".into(), Json(json!({ "ids": [n.notice] }))),
        ("POST", "notices/{id}/read", format!("notices/{}/read", n.notice), Nothing),
        ("POST", "tokens", "tokens".into(), Json(token)),
        ("GET", "sessions", "sessions".into(), Nothing),
        ("POST", "sessions/passkey", "sessions/passkey".into(), Nothing),
        ("POST", "sessions/factor", "sessions/factor".into(), Json(json!({ "totp": "000000" }))),
        ("POST", "sessions", "sessions".into(), OwnPassword),
        ("DELETE", "sessions", "sessions".into(), Nothing),
        ("GET", "sessions/rules", "sessions/rules".into(), Nothing),
        ("PUT", "sessions/rules", "sessions/rules".into(), Stale(json!({ "everyone": {}, "roles": {} }))),
        ("DELETE", "sessions/{id}", format!("sessions/{}", n.person), Nothing),
        ("DELETE", "sessions/current", "sessions/current".into(), Nothing),
        ("DELETE", "sessions/all", "sessions/all".into(), Nothing),
    ]
}

async fn send(client: &Client, login: &str, method: &str, path: &str, with: &With) -> Answer {
    let request = client.request(Method::from_bytes(method.as_bytes()).unwrap(), path);
    let own = json!({ "login": login, "password": PASSWORD });
    if path.ends_with("/stream") {
        // Its body does not end.
        let response = request.send().await.unwrap();
        let text = String::new();
        return Answer { status: response.status(), headers: response.headers().clone(), text };
    }
    client
        .send(match with {
            Nothing => request,
            Json(body) => request.json(body),
            Stale(Value::Null) => request.header("if-match", "\"999\""),
            Stale(body) => request.header("if-match", "\"999\"").json(body),
            File(text) => request.body(*text),
            OwnPassword => request.json(&own),
            Report => request.header("content-type", "application/csp-report").body("{}"),
        })
        .await
}

pub async fn all(stage: &Stage) -> Vec<Vec<String>> {
    let names = names(stage).await;
    // The waiting of the locks took longer than a proof of being there is good for.
    for role in &stage.roles {
        role.client.step_up(PASSWORD).await;
    }
    let mut rows = Vec::new();
    let seller = stage.roles[0].login;
    for (method, pattern, path, with) in [
        of_records(&names),
        of_partners(&names),
        of_approvals(&names),
        of_reviews(&names),
        of_administration(&names),
        of_oneself(&names),
    ]
    .into_iter()
    .flatten()
    {
        // The seller has ended all tokens by then.
        let last = match pattern {
            "sessions/{id}" | "sessions/current" => Some(token(&stage.world, &stage.roles[0].client).await),
            _ => None,
        };
        let callers = [
            (&stage.nobody, "nikogo.takiego"),
            (&stage.suspended, "karol.zawieszony"),
            (last.as_ref().unwrap_or(&stage.token), seller),
        ];
        let callers = callers.into_iter().chain(stage.roles.iter().map(|r| (&r.client, r.login)));
        let mut cells = vec![format!("`{method} /api/v1/{pattern}`")];
        for (client, login) in callers {
            // All have signed out by then, or were.
            if path == "sessions/all" && stage.roles.iter().any(|r| r.login == login) && !client.is_token() {
                client.sign_in(login, PASSWORD).await;
            }
            cells.push(class(&send(client, login, method, &api(&path), &with).await));
        }
        rows.push(cells);
    }
    for path in ["/health/live", "/health/ready"] {
        let mut cells = vec![format!("`GET {path}`")];
        for client in [&stage.nobody, &stage.suspended, &stage.token]
            .into_iter()
            .chain(stage.roles.iter().map(|r| &r.client))
        {
            cells.push(class(&client.get(path).await));
        }
        rows.push(cells);
    }
    rows
}
