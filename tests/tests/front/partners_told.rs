//! Partner organisations: who of them is told what, what those who look after them see, and what of a disclosure is
//! written down.

use super::factors::finish;
use super::help::{api, ids, list, make, make_under, named, problem};
use super::links::NEW;
use super::partners::{DAY_MS, Stage, disclosed, guest, guest_with_phone, new_guest, partner};
use super::sign_on::Place;
use access::Actor;
use kernel::{Clock, Lang, SessionId};
use records::{Caller, ExportRequest};
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use testkit::Client;
use tokio::runtime::Handle;

/// What somebody was told of grants.
async fn codes(client: &Client) -> Vec<String> {
    let told = client.get(&api("notices")).await.expect(200).json();
    let codes = told["items"].as_array().unwrap().iter().map(|n| n["code"].as_str().unwrap().to_owned());
    codes.filter(|code| code.starts_with("grant-")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn all_users_of_a_partner_are_told_of_what_it_is_given_and_loses() {
    let stage = Stage::new().await;
    let Stage { world, admin, anna, agency, .. } = &stage;
    let (second, second_id, phone) = guest_with_phone(world, admin, "iza.gosc", agency).await;
    let (rival, _) = guest(world, admin, "ula.gosc", &stage.rival).await;
    assert_eq!(codes(&stage.guest).await, ["grant-given"], "of the grant that was given before");
    assert_eq!(codes(&second).await, Vec::<String>::new());
    let until = world.clock.now().plus_ms(7 * DAY_MS + 60_000).rfc3339();
    let given = stage.give(json!({ "until": until })).await.expect(201).json();
    for client in [&stage.guest, &second] {
        assert_eq!(codes(client).await, ["grant-given"]);
        let told = client.get(&api("notices")).await.json().to_string();
        assert!(
            !told.contains("Kowalska") && !told.contains("Teresa") && !told.contains("Kampania"),
            "{told}"
        );
    }
    // That it ends soon is told to all of them as well.
    world.clock.advance_ms(120_000);
    world.app().engine().keep_grants().await.unwrap();
    for client in [&stage.guest, &second] {
        assert!(codes(client).await.contains(&"grant-ends-soon".to_owned()));
    }
    // Nobody is told who may do nothing, and nobody of another partner.
    let at = api(&format!("users/{second_id}"));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = admin.patch(&at, version, &json!({ "active": false })).await.expect(200);
    let id = given["id"].as_str().unwrap();
    assert!(anna.delete(&api(&format!("grants/{id}")), 0).await.status.is_success());
    assert!(codes(&stage.guest).await.contains(&"grant-ended".to_owned()));
    assert_eq!(codes(&rival).await, Vec::<String>::new());
    // Let in again, that one was told nothing of it either.
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = admin.patch(&at, version, &json!({ "active": true })).await.expect(200);
    let back = world.client();
    let body = json!({ "login": "iza.gosc", "password": NEW });
    assert!(back.post(&api("sessions"), &body).await.status.is_success());
    let proof = json!({ "totp": phone.code(world.clock.now().0) });
    assert!(finish(&back, &proof).await.status.is_success());
    let told = codes(&back).await;
    assert!(told.contains(&"grant-given".to_owned()), "{told:?}");
    assert!(!told.contains(&"grant-ended".to_owned()), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shared_with_a_partner_is_listed_for_those_who_look_after_it_and_ended_there() {
    let stage = Stage::new().await;
    let Stage { admin, anna, guest, agency, shared, .. } = &stage;
    let single = stage.give(json!({ "to": { "user": stage.guest_id } })).await.expect(201).json();
    let at = api(&format!("partners/{agency}/grants"));
    let page = admin.get(&at).await.expect(200).json();
    let found: Vec<&Value> = page["items"].as_array().unwrap().iter().map(|grant| &grant["id"]).collect();
    assert_eq!(found, [&single["id"], &stage.grant["id"]], "{page}");
    let whole = &page["items"][1];
    assert_eq!((&whole["record"]["id"], &whole["may_end"]), (&json!(shared.id), &json!(true)));
    // Whoever manages users sees no business data: neither what the record is called, nor why it was shared.
    assert_eq!((&whole["record"]["title"], &whole["reason"]), (&Value::Null, &Value::Null));
    assert!(!page.to_string().contains("Zofia") && !page.to_string().contains("Kampania"), "{page}");
    let first = admin.get(&format!("{at}?limit=1")).await.expect(200).json();
    let next = admin.get(&format!("{at}?limit=1&cursor={}", first["next_cursor"].as_str().unwrap())).await;
    assert_eq!(next.expect(200).json()["items"][0]["id"], stage.grant["id"]);
    problem(&admin.get(&format!("{at}?limit=0")).await, 422);
    problem(&admin.get(&format!("{at}?direction=given")).await, 422);
    let other = admin.get(&api(&format!("partners/{}/grants", stage.rival))).await.expect(200).json();
    assert_eq!(other["items"], json!([]));
    let auditor = stage.world.sign_in("danuta.krol").await;
    assert_eq!(auditor.get(&at).await.expect(200).json()["items"].as_array().unwrap().len(), 2);
    problem(&anna.get(&at).await, 403);
    problem(&guest.get(&at).await, 404);
    problem(&admin.get(&api(&format!("partners/{}/grants", shared.id))).await, 404);
    let _ = guest.get(&shared.at).await.expect(200);
    let grant = api(&format!("grants/{}", stage.grant["id"].as_str().unwrap()));
    problem(&auditor.delete(&grant, 0).await, 404);
    assert!(admin.delete(&grant, 0).await.status.is_success());
    problem(&guest.get(&shared.at).await, 404);
    assert_eq!(admin.get(&at).await.json()["items"].as_array().unwrap().len(), 1);
    // And who signs in for it, with what they sign in.
    let view = admin.get(&api(&format!("partners/{agency}"))).await.expect(200).json();
    let user = &view["users"][0];
    assert_eq!(
        (&user["active"], &user["signs_in"], &user["has_factor"], &user["ended"]),
        (&json!(true), &json!(true), &json!(true), &json!(false))
    );
    let made = admin.post(&api("users"), &new_guest("nowy.gosc", agency)).await.expect(201).json();
    let view = admin.get(&api(&format!("partners/{agency}"))).await.expect(200).json();
    let users = view["users"].as_array().unwrap();
    let fresh = users.iter().find(|user| user["name"] == "Gość nowy.gosc").unwrap();
    assert_eq!((&fresh["signs_in"], &fresh["has_factor"]), (&json!(false), &json!(false)));
    // Whose time is over is told apart from who was suspended.
    let at = api(&format!("users/{}", made["id"].as_str().unwrap()));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let soon = stage.world.clock.now().plus_ms(60_000).rfc3339();
    let _ = admin.patch(&at, version, &json!({ "ends_at": soon })).await.expect(200);
    stage.world.clock.advance_ms(120_000);
    let view = admin.get(&api(&format!("partners/{agency}"))).await.expect(200).json();
    let users = view["users"].as_array().unwrap();
    let over = users.iter().find(|user| user["name"] == "Gość nowy.gosc").unwrap();
    assert_eq!((&over["active"], &over["ended"]), (&json!(false), &json!(true)), "{over}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disclosure_says_under_which_agreement_it_was() {
    let stage = Stage::new().await;
    let Stage { world, guest, shared, agency, .. } = &stage;
    let _ = guest.get(&shared.at).await.expect(200);
    let kept = stage.admin.get(&api(&format!("partners/{agency}"))).await.expect(200).json();
    let first = kept["agreements"][0]["id"].clone();
    let now = world.clock.now();
    let more = json!({ "add_agreement": {
        "ground": "joint_controllers", "number": "W/7", "signed_on": "2026-11-01",
        "valid_from": now.plus_ms(-1_000).rfc3339(), "valid_until": null,
    } });
    let _ = stage.change(agency, &more).await.expect(200);
    let soon = now.plus_ms(2_000).rfc3339();
    let end = json!({ "end_agreement": { "id": first, "valid_until": soon } });
    let _ = stage.change(agency, &end).await.expect(200);
    let _ = list(guest, "people", &[]).await.expect(200);
    world.clock.advance_ms(3_000);
    let _ = guest.get(&shared.at).await.expect(200);
    let dpo = world.sign_in("zofia.jablonska").await;
    let found = disclosed(&dpo, &format!("record={}", shared.id)).await;
    let numbers = |item: &Value| -> Vec<String> {
        let all = item["agreements"].as_array().unwrap().iter();
        all.map(|agreement| agreement["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(numbers(&found[0]), ["W/7"], "{found:?}");
    assert_eq!(numbers(&found[1]), ["UPP/1/2026", "W/7"], "{found:?}");
    assert_eq!(numbers(&found[2]), ["UPP/1/2026"], "{found:?}");
    let file = dpo.get(&api(&format!("disclosures/export?record={}", shared.id))).await.expect(200).text;
    assert!(file.lines().next().unwrap().contains("Agreements") && file.contains("UPP/1/2026 W/7"), "{file}");
    // Whoever may share the record but not open the partner reads what was shown, not on what ground.
    problem(&stage.anna.get(&api(&format!("partners/{agency}"))).await, 403);
    let found = disclosed(&stage.anna, &format!("record={}", shared.id)).await;
    assert_eq!(found.len(), 3);
    assert!(found.iter().all(|item| item["agreements"].is_null() && item["fields"].is_array()), "{found:?}");
    let file =
        stage.anna.get(&api(&format!("disclosures/export?record={}", shared.id))).await.expect(200).text;
    assert!(file.contains("first_name") && !file.contains("UPP/1") && !file.contains("W/7"), "{file}");
}

/// What goes into a file is written down as it was read, whatever becomes of the record and the agreement before the end.
#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_moves_while_it_is_taken_out_is_written_down_as_it_was_taken() {
    let stage = Stage::new().await;
    let Stage { world, admin, anna, agency, .. } = &stage;
    let rights = json!({ "scopes": { "read": "own", "export": "own" }, "level": "read" });
    let role = json!({ "name": "taking_out", "label": { "pl": "Eksport", "en": "Export" }, "entities": { "lead": rights, "note": rights } });
    let role = admin.post(&api("roles"), &role).await.expect(201).json()["id"].clone();
    let names = json!({ "first_name": "Iga", "last_name": "Ruchoma", "email": "iga@ruchoma.example" });
    let lead = make(anna, "leads", names).await;
    let note = make_under(anna, "notes", json!({ "body": "Chce oferty" }), "lead", &lead.id).await;
    let magda = world.sign_in("magdalena.wojcik").await;
    let until = world.clock.now().plus_ms(5 * DAY_MS).rfc3339();
    let body = json!({ "to": { "partner": agency }, "role": role, "reason": "Wysyłka", "until": until, "with_related": true });
    let grant = magda.post(&format!("{}/grants", lead.at), &body).await.expect(201).json();
    let kept = admin.get(&api(&format!("partners/{agency}"))).await.expect(200).json();
    let soon = world.clock.now().plus_ms(2_000).rfc3339();
    let end = json!({ "end_agreement": { "id": kept["agreements"][0]["id"], "valid_until": soon } });
    let _ = stage.change(agency, &end).await.expect(200);

    let engine = world.app().engine().clone();
    let user = stage.guest_id.parse().unwrap();
    let actor = Actor { user, session: SessionId::NIL, token: None, at: engine.now() };
    let caller = Caller::new(actor, Lang::En, engine.policy());
    let kind = caller.policy.catalog.get("note").unwrap();
    let (begun, cancel) = (AtomicBool::new(false), AtomicBool::new(false));
    let moves = |_: u64, _: Option<u64>| {
        if begun.swap(true, Ordering::Relaxed) {
            return;
        }
        let converted = async {
            let order = anna.request(Method::POST, &format!("{}/convert", lead.at));
            let _ = anna.send(order.header("if-match", "\"1\"").json(&json!({}))).await.expect(200);
            world.clock.advance_ms(3_000);
        };
        tokio::task::block_in_place(|| Handle::current().block_on(converted));
    };
    let table = engine.export(&caller, kind, &ExportRequest::default(), &cancel, &moves).await.unwrap();
    assert!(begun.load(Ordering::Relaxed) && format!("{:?}", table.get().rows).contains("Chce oferty"));
    let after = anna.get(&note.at).await.expect(200).json();
    assert_eq!(after["parent"]["entity"], "person", "{after}");
    let dpo = world.sign_in("zofia.jablonska").await;
    let found = disclosed(&dpo, &format!("record={}", note.id)).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0]["fields"].as_array().unwrap().contains(&json!("body")), "{found:?}");
    assert_eq!(found[0]["grants"], json!([grant["id"]]), "{found:?}");
    assert_eq!(found[0]["agreements"][0]["name"], "UPP/1/2026", "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_record_of_the_same_page_is_called_counts_as_shown() {
    let stage = Stage::new().await;
    let Stage { anna, guest, .. } = &stage;
    let above = make(anna, "companies", json!({ "name": "Huta Matka", "city": "Kielce" })).await;
    let fields = json!({ "name": "Huta Córka", "city": "Radom", "parent_company": above.id });
    let below = make(anna, "companies", fields).await;
    let until = stage.world.clock.now().plus_ms(5 * DAY_MS).rfc3339();
    for company in [&above, &below] {
        let body = json!({ "to": { "partner": stage.agency }, "role": stage.viewer, "reason": "Kampania", "until": until });
        let _ = anna.post(&format!("{}/grants", company.at), &body).await.expect(201);
    }
    let page =
        list(guest, "companies", &[("fields", "parent_company"), ("refs", "true")]).await.expect(200).json();
    assert_eq!(ids(&page).len(), 2);
    assert!(
        page["refs"].to_string().contains("Huta Matka") && !page["items"].to_string().contains("Huta"),
        "{page}"
    );
    let dpo = stage.world.sign_in("zofia.jablonska").await;
    let told = disclosed(&dpo, &format!("record={}", above.id)).await[0].clone();
    assert_eq!(told["fields"], json!(["name", "parent_company"]), "{told}");
    let told = disclosed(&dpo, &format!("record={}", below.id)).await[0].clone();
    assert_eq!(told["fields"], json!(["parent_company"]), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn disclosures_to_many_users_are_found_by_one_look_through_the_ledger() {
    let stage = Stage::new().await;
    let Stage { world, admin, guest, shared, agency, .. } = &stage;
    let _ = guest.get(&shared.at).await.expect(200);
    let _ = list(guest, "people", &[("fields", "first_name")]).await.expect(200);
    let dpo = world.sign_in("zofia.jablonska").await;
    let before = disclosed(&dpo, &format!("partner={agency}")).await;
    assert_eq!(before.len(), 2, "{before:?}");
    for n in 0..55 {
        let body = json!({ "login": format!("gosc.{n}"), "name": format!("Gość {n}"), "email": format!("gosc.{n}@sowa.example"), "partner": agency });
        let _ = admin.post(&api("users"), &body).await.expect(201);
    }
    assert_eq!(disclosed(&dpo, &format!("partner={agency}")).await, before);
    // Page by page the same, in order.
    let first = dpo.get(&api(&format!("disclosures?partner={agency}&limit=1"))).await.expect(200).json();
    assert_eq!(first["items"][0], before[0]);
    let next = disclosed(&dpo, &format!("partner={agency}&limit=1&before={}", first["next_before"])).await;
    assert_eq!(next[0], before[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signs_in_at_a_provider_alone_waits_for_no_invitation() {
    let place = Place::new(|_| ()).await;
    let admin = place.world.sign_in("robert.szymanski").await;
    let agency = partner(&place.world, &admin, "Agencja Sowa", true).await;
    let mut body = new_guest("jan.gosc", &agency);
    let _invite = body.as_object_mut().unwrap().remove("invite");
    let _ = admin.post(&api("users"), &body).await.expect(201);
    let user = async || {
        let opened = admin.get(&api(&format!("partners/{agency}"))).await.expect(200).json();
        let user = &opened["users"][0];
        (user["signs_in"].clone(), user["providers"].clone(), user["has_factor"].clone())
    };
    assert_eq!(user().await, (json!(false), json!([]), json!(false)));
    let account = place.link("jan.gosc", "firma", "gosc-1").await;
    assert_eq!(user().await, (json!(true), json!(["firma"]), json!(false)));
    // As the list of users has it.
    let id = named(&admin, "users", "jan.gosc").await;
    let at = api(&format!("users/{id}"));
    assert_eq!(admin.get(&at).await.expect(200).json()["state"], "provider");
    let _ = admin.delete(&format!("{at}/accounts/{}", account["id"].as_str().unwrap()), 1).await.expect(204);
    assert_eq!(user().await, (json!(false), json!([]), json!(false)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_shared_as_a_whole_is_called_by_what_is_and_that_is_disclosed() {
    let stage = Stage::new().await;
    let Stage { world, anna, guest, agency, viewer, .. } = &stage;
    let until = world.clock.now().plus_ms(5 * DAY_MS).rfc3339();
    let whole = json!({
        "first_name": "Ola", "last_name": "Leśna", "company_name": "Huta Leśna", "email": "ola@lesna.example", "city": "Radom",
    });
    let firm = json!({ "company_name": "Huta Bez Osoby", "email": "biuro@bez.example", "city": "Radom" });
    let mut given = Vec::new();
    for (fields, shared, title, told) in [
        (
            &whole,
            json!(["first_name", "last_name", "city"]),
            json!("Ola Leśna"),
            json!(["first_name", "last_name"]),
        ),
        (&whole, json!(["last_name", "email"]), json!("Leśna"), json!(["last_name"])),
        (&whole, json!(["company_name", "email"]), json!("Huta Leśna"), json!(["company_name"])),
        (&firm, json!(["city", "email"]), json!("biuro@bez.example"), json!(["email"])),
        (&whole, json!(["city"]), Value::Null, Value::Null),
    ] {
        let lead = make(anna, "leads", fields.clone()).await;
        let body = json!({ "to": { "partner": agency }, "role": viewer, "reason": "Kampania", "until": until, "fields": shared });
        let _ = anna.post(&format!("{}/grants", lead.at), &body).await.expect(201);
        given.push((lead, title, told));
    }
    let page = guest.get(&api("grants")).await.expect(200).json();
    let dpo = world.sign_in("zofia.jablonska").await;
    for (lead, title, told) in &given {
        let items = page["items"].as_array().unwrap();
        let item = items.iter().find(|item| item["record"]["id"] == json!(lead.id)).unwrap();
        assert_eq!(&item["record"]["title"], title, "{item}");
        let found = disclosed(&dpo, &format!("record={}", lead.id)).await;
        let fields = found.iter().map(|one| (&one["fields"], &one["version"])).next();
        match told {
            Value::Null => assert!(found.is_empty(), "{found:?}"),
            told => assert_eq!(fields, Some((told, &json!(1))), "{found:?}"),
        }
    }
    // Of the person that is shared in part it was the first name.
    let person =
        page["items"].as_array().unwrap().iter().find(|item| item["record"]["id"] == json!(stage.shared.id));
    assert_eq!(person.unwrap()["record"]["title"], "Zofia");
    // Nothing that is not shared shows in it, and another partner sees none of it.
    let text = page.to_string();
    assert!(!text.contains("Bez Osoby"), "{text}");
    let (rival, _) = self::guest(world, &stage.admin, "lis.gosc", &stage.rival).await;
    assert_eq!(rival.get(&api("grants")).await.expect(200).json()["items"], json!([]));
}

/// A grant whose role reads such records no more gives nothing: that it lasts longest is no access.
#[tokio::test(flavor = "multi_thread")]
async fn until_when_a_partner_has_access_goes_by_what_still_gives_something() {
    let stage = Stage::new().await;
    let Stage { world, admin, guest, .. } = &stage;
    let role = json!({
        "name": "for_long", "label": { "pl": "Na dłużej", "en": "For long" },
        "entities": { "person": { "scopes": { "read": "own" }, "level": "read" } },
    });
    let role = admin.post(&api("roles"), &role).await.expect(201).json();
    let later = world.clock.now().plus_ms(25 * DAY_MS).rfc3339();
    let _ = stage.give(json!({ "role": role["id"], "until": later })).await.expect(201);
    let own = || async { guest.get(&api("me")).await.expect(200).json()["partner"].clone() };
    assert_eq!(own().await["access_until"], later);
    let put = admin.request(Method::PUT, &api(&format!("roles/{}", role["id"].as_str().unwrap())));
    let nothing =
        json!({ "name": "for_long", "label": { "pl": "Na dłużej", "en": "For long" }, "entities": {} });
    let _ = admin.send(put.header("if-match", "\"1\"").json(&nothing)).await.expect(200);
    assert_eq!(own().await["access_until"], stage.grant["until"]);
    assert_eq!(own().await["ends_next"], stage.grant["until"]);
}

/// What became of sharing with the agreement that it rested on: ended for good, told to both sides, in the ledger.
#[tokio::test(flavor = "multi_thread")]
async fn a_later_agreement_does_not_bring_back_what_ended_with_an_earlier_one() {
    let stage = Stage::new().await;
    let Stage { world, admin, anna, guest, shared, agency, .. } = &stage;
    let kept = || async { admin.get(&api(&format!("partners/{agency}"))).await.expect(200).json() };
    let first = kept().await["agreements"][0]["id"].clone();
    let end = |until: String| json!({ "end_agreement": { "id": first, "valid_until": until } });
    let now = || world.clock.now();
    let granted =
        || async { anna.get(&format!("{}/grants", shared.at)).await.expect(200).json()["items"].clone() };
    // Before the end has come it can be moved: what is shared goes on, and the list says until when.
    let soon = now().plus_ms(5_000).rfc3339();
    let _ = stage.change(agency, &end(soon.clone())).await.expect(200);
    assert_eq!(
        (&granted().await[0]["until"], &granted().await[0]["state"]),
        (&json!(soon), &json!("in_force"))
    );
    assert_eq!(guest.get(&api("me")).await.expect(200).json()["partner"]["access_until"], soon);
    let later = now().plus_ms(10_000).rfc3339();
    let _ = stage.change(agency, &end(later.clone())).await.expect(200);
    world.clock.advance_ms(6_000);
    let _ = guest.get(&shared.at).await.expect(200);
    assert_eq!(granted().await[0]["until"], later);
    // At the end, and before the program has looked: nothing, whatever is entered now.
    world.clock.advance_ms(4_000);
    problem(&guest.get(&shared.at).await, 404);
    assert_eq!(granted().await[0]["state"], "ended", "{}", granted().await);
    let moved = problem(&stage.change(agency, &end(now().plus_ms(DAY_MS).rfc3339())).await, 422);
    assert_eq!(super::help::issue(&moved, "end_agreement.id")["code"], "agreement-over");
    let more = json!({ "add_agreement": {
        "ground": "joint_controllers", "number": "W/9", "signed_on": "2026-11-01",
        "valid_from": now().plus_ms(-20 * DAY_MS).rfc3339(), "valid_until": null,
    } });
    let _ = stage.change(agency, &more).await.expect(200);
    assert_eq!(kept().await["agreed"], true);
    problem(&guest.get(&shared.at).await, 404);
    world.clock.advance_ms(61_000);
    world.app().engine().keep_grants().await.unwrap();
    problem(&guest.get(&shared.at).await, 404);
    assert_eq!(granted().await, json!([]));
    assert_eq!(guest.get(&api("me")).await.expect(200).json()["partner"]["access_until"], Value::Null);
    for client in [guest, anna] {
        let told = client.get(&api("notices")).await.expect(200).json();
        let of = |code: &str| told["items"].as_array().unwrap().iter().filter(|n| n["code"] == code).count();
        assert_eq!(of("grant-ended"), 1, "{told}");
    }
    let auditor = world.sign_in("danuta.krol").await;
    let ended = auditor.get(&api("ledger/events?act=grant.end")).await.expect(200).json();
    assert_eq!(ended["items"].as_array().unwrap().len(), 1, "{ended}");
    let event = &ended["items"][0];
    assert_eq!((&event["who"], &event["detail"]["why"]), (&json!("system"), &json!("agreement")), "{event}");
    assert_eq!(
        (&event["record"], &event["detail"]["grant"]),
        (&json!(shared.id), &stage.grant["id"]),
        "{event}"
    );
    // Shared anew, it is seen.
    let until = now().plus_ms(DAY_MS).rfc3339();
    let body =
        json!({ "to": { "partner": agency }, "role": stage.viewer, "reason": "Od nowa", "until": until });
    let _ = anna.post(&format!("{}/grants", shared.at), &body).await.expect(201);
    let _ = guest.get(&shared.at).await.expect(200);
}

/// A day that is an end is given by its last second: an agreement from the next day on follows without a gap.
#[tokio::test(flavor = "multi_thread")]
async fn an_agreement_that_begins_the_day_after_goes_on_with_what_is_shared() {
    let stage = Stage::new().await;
    let Stage { world, admin, guest, shared, agency, .. } = &stage;
    let kept = admin.get(&api(&format!("partners/{agency}"))).await.expect(200).json();
    let end = world.clock.now().plus_ms(5_000);
    let cut = json!({ "id": kept["agreements"][0]["id"], "valid_until": end.rfc3339() });
    let _ = stage.change(agency, &json!({ "end_agreement": cut })).await.expect(200);
    let next = json!({ "add_agreement": {
        "ground": "joint_controllers", "number": "W/9", "signed_on": "2026-11-01",
        "valid_from": end.plus_ms(1_000).rfc3339(), "valid_until": null,
    } });
    let _ = stage.change(agency, &next).await.expect(200);
    for _ in 0..8 {
        world.clock.advance_ms(1_000);
        world.app().engine().keep_grants().await.unwrap();
        let _ = guest.get(&shared.at).await.expect(200);
    }
    let until = guest.get(&api("me")).await.expect(200).json()["partner"]["access_until"].clone();
    assert_eq!(until, stage.grant["until"]);
}

/// By itself, at its time: what was to begin later goes as well, and what another agreement goes on for stays.
#[tokio::test(flavor = "multi_thread")]
async fn the_program_ends_what_no_agreement_goes_on_for() {
    let stage = Stage::new().await;
    let Stage { world, admin, guest, shared, agency, .. } = &stage;
    let to_come = world.clock.now().plus_ms(2 * DAY_MS).rfc3339();
    let _ = stage.give(json!({ "from": to_come, "to": { "user": stage.guest_id } })).await.expect(201);
    let page = |of: String| async move {
        admin.get(&api(&format!("partners/{of}/grants"))).await.expect(200).json()
    };
    let count = |page: Value| page["items"].as_array().unwrap().len();
    assert_eq!(count(page(agency.clone()).await), 2);
    let kept = admin.get(&api(&format!("partners/{agency}"))).await.expect(200).json();
    let soon = world.clock.now().plus_ms(5_000).rfc3339();
    let end = json!({ "end_agreement": { "id": kept["agreements"][0]["id"], "valid_until": soon } });
    let _ = stage.change(agency, &end).await.expect(200);
    // What would begin after it is over at once.
    assert_eq!(count(page(agency.clone()).await), 1);
    let _ = guest.get(&shared.at).await.expect(200);
    world.app().engine().keep_grants().await.unwrap();
    let _ = guest.get(&shared.at).await.expect(200);
    world.clock.advance_ms(5_000);
    world.app().engine().keep_grants().await.unwrap();
    assert_eq!(count(page(agency.clone()).await), 0);
    let events = admin.get(&api("ledger/events?act=grant.end")).await.expect(200).json();
    assert_eq!(events["items"].as_array().unwrap().len(), 2, "{events}");
    world.app().engine().keep_grants().await.unwrap();
    let again = admin.get(&api("ledger/events?act=grant.end")).await.expect(200).json();
    assert_eq!(again["items"].as_array().unwrap().len(), 2, "each ends once: {again}");
}
