//! Files that jobs make: what is in them, for whom, and what makes them go.

use super::help::{api, endow, issue, make, named, problem, sample};
use super::jobs::ended;
use reqwest::Method;
use serde_json::{Value, json};
use std::io::Read;
use std::sync::atomic::AtomicBool;
use testkit::{Answer, Client, World};

async fn export(client: &Client, plural: &str, body: &Value) -> Answer {
    client.post(&api(&format!("{plural}/export")), body).await
}

fn at(job: &Value) -> String {
    api(&format!("jobs/{}/file", job["id"].as_str().unwrap()))
}

async fn bytes(client: &Client, job: &Value) -> Vec<u8> {
    let answer = client.request(Method::GET, &at(job)).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.bytes().await.unwrap().to_vec()
}

/// Everything that is written in a workbook.
fn parts(book: Vec<u8>) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let mut all = String::new();
    for at in 0..zip.len() {
        zip.by_index(at).unwrap().read_to_string(&mut all).unwrap();
    }
    all
}

/// A finished export of people as CSV.
async fn made(client: &Client) -> Value {
    ended(client, &export(client, "people", &json!({ "format": "csv" })).await.expect(202).json()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_a_file_of_ones_own() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    for n in 0..3 {
        let _ = make(&anna, "people", sample("people", n)).await;
    }
    let odd = make(&anna, "people", json!({ "last_name": "=1+1", "birthday": "1980-02-29" })).await;
    problem(&export(&anna, "people", &json!({ "format": "csv" })).await, 403);
    let leader = world.sign_in("magdalena.wojcik").await;
    let job = made(&leader).await;
    assert_eq!(
        (&job["kind"], &job["state"], &job["result"]),
        (&json!("export"), &json!("done"), &json!({ "records": 4, "left_out": 0 }))
    );
    assert_eq!((&job["file"]["name"], &job["can_undo"]), (&json!("people.csv"), &json!(false)), "{job}");
    let file = leader.get(&at(&job)).await.expect(200);
    assert_eq!(file.headers["content-disposition"], "attachment; filename=\"people.csv\"");
    assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
    assert!(file.text.starts_with('\u{feff}') && file.text.lines().count() == 5, "{}", file.text);
    assert!(file.text.contains("'=1+1"));
    assert_eq!(job["file"]["size"].as_u64().unwrap() as usize, file.text.len());
    for other in ["anna.kowalska", "barbara.dabrowska", "robert.szymanski"] {
        problem(&world.sign_in(other).await.get(&at(&job)).await, 404);
    }

    let body = json!({ "format": "xlsx", "fields": ["last_name", "birthday"], "ids": [odd.id] });
    let job = ended(&leader, &export(&leader, "people", &body).await.expect(202).json()).await;
    assert_eq!(job["result"]["records"], 1, "{job}");
    let book = bytes(&leader, &job).await;
    let source = intake::open_bytes(book, "people.xlsx", &intake::Options::default()).unwrap();
    assert_eq!(source.headings()[3..], ["Last name", "Date of birth"]);
    let text = parts(bytes(&leader, &job).await);
    assert!(text.contains("<t>=1+1</t>") && !text.contains("<f>"), "a text is no formula: {text}");
    assert!(
        text.contains("<v>29280</v>") && text.contains("state=\"frozen\"") && text.contains("<b/>"),
        "{text}"
    );
    let body = json!({ "format": "vcf", "filter": ["last_name:starts:Próbny"] });
    let job = ended(&leader, &export(&leader, "people", &body).await.expect(202).json()).await;
    let cards = leader.get(&at(&job)).await.expect(200).text;
    assert_eq!(cards.matches("BEGIN:VCARD").count(), 3);
    assert!(
        cards.contains("N:Próbny1;Jan;;;\r\n") && cards.contains("EMAIL;TYPE=INTERNET:jan1@proba.example"),
        "{cards}"
    );
    issue(&problem(&export(&leader, "companies", &json!({ "format": "vcf" })).await, 422), "format");
    for ids in [vec![], vec![odd.id.as_str(); 25_001]] {
        let refused = problem(&export(&leader, "people", &json!({ "format": "csv", "ids": ids })).await, 422);
        assert_eq!(issue(&refused, "ids")["reason"], "Choose 1 to 25,000 records.");
    }
    issue(
        &problem(&export(&leader, "people", &json!({ "format": "csv", "fields": ["nonsense"] })).await, 422),
        "fields",
    );

    let events =
        world.sign_in("danuta.krol").await.get(&api("ledger/events?limit=200")).await.expect(200).json();
    let of = |act: &str| {
        let all = events["items"].as_array().unwrap();
        all.iter().filter(|e| e["act"] == act && e["part_of"] == job["id"]).count()
    };
    assert_eq!((of("record.export"), of("job.file"), of("job.start")), (1, 1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_holds_what_the_mask_lets_through() {
    let world = World::new().await;
    let role = json!({
        "name": "taker", "label": { "pl": "Biorca", "en": "Taker" },
        "entities": { "person": {
            "scopes": { "read": "own", "create": "own", "export": "own" }, "level": "write", "special": "masked",
            "fields": { "phone": "hidden", "email": "masked" },
        } },
    });
    let staff = json!({
        "name": "staff", "label": { "pl": "Kadry", "en": "Staff" },
        "entities": { "person": { "scopes": { "read": "all", "create": "all" }, "level": "write", "special": "write" } },
    });
    endow(&world, "marta.nowak", &staff).await;
    endow(&world, "ewa.pusta", &role).await;
    let marta = world.sign_in("marta.nowak").await;
    let owner = named(&marta, "colleagues", "Ewa Pusta").await;
    let fields = json!({ "last_name": "Skryta", "phone": "601234567", "email": "skryta@proba.example", "pesel": "44051401359" });
    let _ = marta.post(&api("people"), &json!({ "fields": fields, "owner": owner })).await.expect(201);
    let ewa = world.sign_in("ewa.pusta").await;
    for format in ["csv", "xlsx", "vcf"] {
        let job = export(&ewa, "people", &json!({ "format": format })).await.expect(202).json();
        let job = ended(&ewa, &job).await;
        assert_eq!(job["result"]["records"], 1, "{job}");
        let file = bytes(&ewa, &job).await;
        let text = if format == "xlsx" { parts(file) } else { String::from_utf8(file).unwrap() };
        assert!(text.contains("Skryta"), "{text}");
        for secret in ["601234567", "skryta@proba", "44051401359", "Phone"] {
            assert!(!text.contains(secret), "{format} {secret}: {text}");
        }
    }
    let hidden = export(&ewa, "people", &json!({ "format": "csv", "fields": ["phone"] })).await;
    issue(&problem(&hidden, 422), "fields");
    problem(&export(&ewa, "people", &json!({ "format": "csv", "filter": ["phone:filled"] })).await, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_names_what_its_reader_may_read_and_goes_in_again() {
    let world = World::new().await;
    let role = json!({
        "name": "taker", "label": { "pl": "Biorca", "en": "Taker" },
        "entities": {
            "person": {
                "scopes": { "read": "own", "create": "own", "export": "own", "import": "own" }, "level": "write",
            },
            "company": { "scopes": { "read": "own", "create": "own" }, "level": "write" },
        },
    });
    let staff = json!({
        "name": "staff", "label": { "pl": "Kadry", "en": "Staff" },
        "entities": {
            "person": { "scopes": { "read": "all", "create": "all" }, "level": "write" },
            "company": { "scopes": { "read": "all", "create": "all" }, "level": "write" },
        },
    });
    endow(&world, "marta.nowak", &staff).await;
    endow(&world, "ewa.pusta", &role).await;
    let marta = world.sign_in("marta.nowak").await;
    let ewa = world.sign_in("ewa.pusta").await;
    let owner = named(&marta, "colleagues", "Ewa Pusta").await;
    let open = make(&ewa, "companies", json!({ "name": "Jawna Spółka" })).await;
    let secret = make(&marta, "companies", json!({ "name": "Tajna Spółka" })).await;
    for (n, company) in [&open, &open, &secret].into_iter().enumerate() {
        let fields =
            json!({ "last_name": format!("Wywożony{n}"), "company": company.id, "source": "website" });
        let _ = marta.post(&api("people"), &json!({ "fields": fields, "owner": owner })).await.expect(201);
    }
    for format in ["csv", "xlsx"] {
        let job = export(&ewa, "people", &json!({ "format": format })).await.expect(202).json();
        let job = ended(&ewa, &job).await;
        assert_eq!(job["result"]["records"], 3, "{job}");
        let file = bytes(&ewa, &job).await;
        let text =
            if format == "xlsx" { parts(file.clone()) } else { String::from_utf8(file.clone()).unwrap() };
        assert!(text.contains("Jawna Spółka") && text.contains("Website"), "{text}");
        for absent in ["Tajna", &secret.id, &open.id, "website"] {
            assert!(!text.contains(absent), "{format} {absent}: {text}");
        }
        // Who saw the company is known of the company too, and once for all that name it; the fifth is the count of what
        // she took out within a day.
        let auditor = world.sign_in("danuta.krol").await;
        let events = auditor.get(&api("ledger/events?act=record.export&limit=1")).await.expect(200).json();
        assert_eq!(events["items"][0]["touched"], 5, "{events}");

        let at = api(&format!("imports/people?dry_run=true&name=people.{format}"));
        let report = ewa.send(ewa.request(Method::POST, &at).body(file)).await.expect(200).json();
        assert_eq!((&report["refused"], &report["companies_made"]), (&json!(0), &json!(0)), "{report}");
    }
    let shown = json!({ "format": "csv", "fields": ["last_name"] });
    let job = ended(&ewa, &export(&ewa, "people", &shown).await.expect(202).json()).await;
    let _ = bytes(&ewa, &job).await;
    let auditor = world.sign_in("danuta.krol").await;
    let events = auditor.get(&api("ledger/events?act=record.export&limit=1")).await.expect(200).json();
    assert_eq!(
        events["items"][0]["touched"], 4,
        "only what stands in the file was seen, and counted: {events}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn files_go_with_what_they_rest_on() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let person = make(&anna, "people", sample("people", 1)).await;
    let leader = world.sign_in("magdalena.wojcik").await;

    // An erasure, of whomever.
    let job = made(&leader).await;
    let dpo = world.sign_in("zofia.jablonska").await;
    let _ =
        dpo.post(&format!("{}/erase", person.at), &json!({ "reason": "Żądanie osoby" })).await.expect(200);
    problem(&leader.get(&at(&job)).await, 404);
    let now = leader.get(&api(&format!("jobs/{}", job["id"].as_str().unwrap()))).await.expect(200).json();
    assert!(now.get("file").is_none() && now["state"] == "done", "{now}");

    // The end of the session, seen from another one of the same user.
    let job = made(&leader).await;
    let other = world.sign_in("magdalena.wojcik").await;
    let _ = other.get(&at(&job)).await.expect(200);
    let _ = leader.send(leader.request(Method::DELETE, &api("sessions/current"))).await.expect(204);
    problem(&other.get(&at(&job)).await, 404);

    // An hour.
    let job = made(&other).await;
    world.clock.advance_ms(29 * 60_000);
    other.step_up(testkit::PASSWORD).await;
    let _ = other.get(&at(&job)).await.expect(200);
    world.clock.advance_ms(29 * 60_000);
    other.step_up(testkit::PASSWORD).await;
    let _ = other.get(&at(&job)).await.expect(200);
    world.clock.advance_ms(3 * 60_000);
    let listed = other.get(&api("jobs")).await.expect(200).json();
    assert!(listed["items"].as_array().unwrap().iter().all(|job| job.get("file").is_none()), "{listed}");
    other.step_up(testkit::PASSWORD).await;
    problem(&other.get(&at(&job)).await, 404);

    // Other rights, also if they are more than before.
    let job = made(&other).await;
    let role = json!({
        "name": "more", "label": { "pl": "Więcej", "en": "More" },
        "entities": { "person": { "scopes": { "read": "all" }, "level": "read" } },
    });
    endow(&world, "anna.kowalska", &role).await;
    let _ = other.get(&at(&job)).await.expect(200);
    let role = json!({ "name": "yet_more", "label": { "pl": "Jeszcze", "en": "Yet" }, "entities": {} });
    endow(&world, "magdalena.wojcik", &role).await;
    problem(&other.get(&at(&job)).await, 404);
}

/// However it is asked for, a table ends where a file does.
#[tokio::test(flavor = "multi_thread")]
async fn a_table_has_a_limit_of_bytes() {
    let world = World::new().await;
    let leader = world.sign_in("magdalena.wojcik").await;
    for n in 0..3 {
        let _ = make(&leader, "people", sample("people", n)).await;
    }
    let engine = world.app().engine();
    let policy = engine.policy();
    let user = engine.directory().by_login("magdalena.wojcik").unwrap().id;
    let actor = access::Actor { user, session: kernel::SessionId::NIL, token: None, at: kernel::Time(0) };
    let caller = records::Caller::new(actor, kernel::Lang::En, policy.clone());
    let person = policy.catalog.get("person").unwrap();
    let export = async |max_bytes: usize| {
        let request = records::ExportRequest { max_bytes: Some(max_bytes), ..Default::default() };
        engine.export(&caller, person, &request, &AtomicBool::new(false), &|_, _| {}).await
    };
    assert_eq!(export(1 << 20).await.unwrap().get().rows.len(), 3);
    assert_eq!(export(200).await.unwrap_err().kind, kernel::FaultKind::Invalid);
}
