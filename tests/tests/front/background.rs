//! Imports looked into before, run in the background, stopped and taken back; the program's own long works.

use super::help::{api, endow, issue, list, make, named, problem};
use super::jobs::{act, ended};
use reqwest::Method;
use serde_json::{Value, json};
use std::fmt::Write;
use testkit::{Answer, Client, World};

const FILE: &str = "Imię;Nazwisko;E-mail;Telefon;Nieznana
Anna;Pierwsza;anna@plik.example;601 234 567;x
Jan;Drugi;jan@plik.example;602 345 678;y
Zła;Trzecia;nie-adres;603 456 789;
";

pub async fn send(client: &Client, path: &str, file: impl Into<String>) -> Answer {
    client.send(client.request(Method::POST, &api(&format!("imports/{path}"))).body(file.into())).await
}

pub async fn count(client: &Client) -> u64 {
    list(client, "people", &[("count", "true")]).await.expect(200).json()["count"].as_u64().unwrap()
}

pub fn rows(count: u32) -> String {
    let mut file = String::from("last_name;email\n");
    for n in 0..count {
        writeln!(file, "Wiersz{n};wiersz{n}@plik.example").unwrap();
    }
    file
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_looked_into_before() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let seen =
        send(&anna, "people/preview?name=plik.csv&map=Nieznana%3Djob_title", FILE).await.expect(200).json();
    assert_eq!(
        (&seen["kind"], &seen["encoding"], &seen["delimiter"], &seen["rows"]),
        (&json!("csv"), &json!("UTF-8"), &json!(";"), &json!(3))
    );
    let column = |n: usize| &seen["columns"][n];
    assert_eq!(column(1)["field"], "last_name");
    assert_eq!(column(4), &json!({ "heading": "Nieznana", "field": "job_title", "samples": ["x", "y"] }));
    assert_eq!(count(&anna).await, 0);
    problem(&send(&anna, "people/preview?map=Nie%3Dma", FILE).await, 422);
    problem(&send(&anna, "people/preview", "%PDF-1.7 plik").await, 415);
    problem(&send(&world.sign_in("ewa.pusta").await, "people/preview", FILE).await, 403);

    // A hidden field is no field.
    let role = json!({
        "name": "blind", "label": { "pl": "Ślepa", "en": "Blind" },
        "entities": { "person": { "scopes": { "read": "own", "create": "own", "import": "own" }, "level": "write", "fields": { "phone": "hidden" } } },
    });
    endow(&world, "ewa.pusta", &role).await;
    let ewa = world.sign_in("ewa.pusta").await;
    let seen = send(&ewa, "people/preview", FILE).await.expect(200).json();
    assert_eq!((&seen["columns"][3]["field"], &seen["columns"][2]["field"]), (&Value::Null, &json!("email")));
    for path in ["people/preview?map=Nieznana%3D", "people?background=true&map=Nieznana%3D"] {
        for field in ["phone", "nonsense"] {
            problem(&send(&ewa, &format!("{path}{field}"), FILE).await, 422);
        }
    }
    // Its column is left out as any that fits nothing, and its rows go in.
    let report = send(&ewa, "people", FILE).await.expect(200).json();
    assert_eq!((&report["made"], &report["refused"]), (&json!(2), &json!(1)), "{report}");
    assert_eq!(report["unused_columns"], json!(["Telefon", "Nieznana"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_runs_beside_and_is_taken_back() {
    let mut world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let dry = send(&anna, "people?background=true&dry_run=true", FILE).await.expect(202).json();
    assert_eq!(dry["kind"], "import_dry_run");
    let dry = ended(&anna, &dry).await;
    assert_eq!(
        (&dry["state"], &dry["result"]["made"], &dry["can_undo"]),
        (&json!("done"), &json!(2), &json!(false))
    );
    assert_eq!(count(&anna).await, 0, "a dry run changes nothing");

    let job = send(&anna, "people?background=true&name=plik.csv", FILE).await.expect(202).json();
    let job = ended(&anna, &job).await;
    assert_eq!(
        (&job["kind"], &job["state"], &job["can_undo"]),
        (&json!("import"), &json!("done"), &json!(true)),
        "{job}"
    );
    assert_eq!((&job["result"]["made"], &job["result"]["refused"]), (&json!(2), &json!(1)));
    assert_eq!(job["result"]["id"], job["id"], "the job is the act");
    assert_eq!(count(&anna).await, 2);
    problem(&act(&world.sign_in("piotr.zielinski").await, &job, "undo").await, 404);

    // What was imported by earlier starts can be taken back too.
    world.stop().await;
    world.start().await.unwrap();
    let anna = world.sign_in("anna.kowalska").await;
    problem(&act(&world.sign_in("piotr.zielinski").await, &job, "undo").await, 404);
    let undo = act(&anna, &job, "undo").await.expect(202).json();
    assert_eq!(undo["kind"], "import_undo");
    let undo = ended(&anna, &undo).await;
    assert_eq!(undo["result"], json!({ "removed": 2, "restored": 0, "kept": 0 }), "{undo}");
    assert_eq!(count(&anna).await, 0);
    problem(&act(&anna, &job, "undo").await, 409);
    let kept = anna.get(&api(&format!("jobs/{}", job["id"].as_str().unwrap()))).await.expect(200).json();
    assert_eq!((&kept["undone"], &kept["can_undo"]), (&json!(true), &json!(false)));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_taken_back_at_once_is_no_job_to_take_back() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let job = send(&anna, "people?background=true", FILE).await.expect(202).json();
    let job = ended(&anna, &job).await;
    let at = api(&format!("imports/{}/undo", job["id"].as_str().unwrap()));
    let _ = anna.send(anna.request(Method::POST, &at)).await.expect(200);
    let now = anna.get(&api(&format!("jobs/{}", job["id"].as_str().unwrap()))).await.expect(200).json();
    assert_eq!((&now["undone"], &now["can_undo"]), (&json!(true), &json!(false)));
    problem(&act(&anna, &job, "undo").await, 409);
}

/// What stood in rows that were refused belongs to no record, so an erasure of whomever takes it all.
#[tokio::test(flavor = "multi_thread")]
async fn values_of_refused_rows_go_at_any_erasure() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let person = make(&anna, "people", json!({ "last_name": "Dawna" })).await;
    let mut jobs = Vec::new();
    for more in ["&dry_run=true", "&on_duplicate=skip"] {
        let job = send(&anna, &format!("people?background=true{more}"), FILE).await.expect(202).json();
        let job = ended(&anna, &job).await;
        let row = &job["result"]["listed"][0];
        assert_eq!((&row["line"], &row["value"]), (&json!(4), &json!("nie-adres")), "{job}");
        jobs.push(job);
    }
    let zofia = world.sign_in("zofia.jablonska").await;
    let _ =
        zofia.post(&format!("{}/erase", person.at), &json!({ "reason": "Żądanie osoby" })).await.expect(200);
    for job in jobs {
        let now = anna.get(&api(&format!("jobs/{}", job["id"].as_str().unwrap()))).await.expect(200);
        assert!(!now.text.contains("nie-adres"), "{}", now.text);
        let mut expected = job["result"].clone();
        expected["listed"][0].as_object_mut().unwrap().remove("value");
        assert_eq!(now.json()["result"], expected, "all else stays");
    }
    let listed = anna.get(&api("jobs")).await.expect(200);
    assert!(!listed.text.contains("nie-adres"), "{}", listed.text);
    // What comes after it stays until the next one.
    let job = send(&anna, "people?background=true&on_duplicate=create", FILE).await.expect(202).json();
    assert!(ended(&anna, &job).await["result"]["listed"].to_string().contains("nie-adres"));
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_a_report_are_shown_one_job_at_a_time_and_go_with_the_session() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let job = send(&anna, "people?background=true&dry_run=true", FILE).await.expect(202).json();
    let job = ended(&anna, &job).await;
    assert_eq!(job["result"]["listed"][0]["value"], "nie-adres");
    let listed = anna.get(&api("jobs")).await.expect(200).json();
    assert_eq!(listed["items"][0]["result"]["refused"], 1);
    assert!(listed["items"][0]["result"].get("listed").is_none(), "{listed}");
    let _ = anna.send(anna.request(Method::DELETE, &api("sessions/current"))).await.expect(204);
    let again = world.sign_in("anna.kowalska").await;
    let kept = again.get(&api(&format!("jobs/{}", job["id"].as_str().unwrap()))).await.expect(200).json();
    assert_eq!((&kept["result"]["refused"], &kept["result"]["listed"]), (&json!(1), &json!([])));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_stops_when_asked() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let job = send(&anna, "people?background=true", rows(30_000)).await.expect(202).json();
    let at = api(&format!("jobs/{}", job["id"].as_str().unwrap()));
    for _ in 0..2_000 {
        let now = anna.get(&at).await.expect(200).json();
        if now["done"].as_u64().unwrap() > 0 || now["finished_at"].is_string() {
            break;
        }
    }
    let _ = act(&anna, &job, "cancel").await.expect(200);
    let job = ended(&anna, &job).await;
    assert_eq!(
        (&job["state"], &job["result"]["finished"]),
        (&json!("cancelled"), &json!(false)),
        "{}",
        job["state"]
    );
    let made = job["result"]["made"].as_u64().unwrap();
    assert!(made > 0 && made < 30_000, "{made}");
    assert_eq!(job["can_undo"], true);
    problem(&send(&anna, "people?background=true&on_duplicate=x", FILE).await, 422);
    issue(&problem(&send(&anna, "people?background=maybe", FILE).await, 422), "background");
}

#[tokio::test(flavor = "multi_thread")]
async fn verifying_and_rebuilding_are_jobs() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let _ = send(&anna, "people", FILE).await.expect(200);
    let post = |client: &Client, path: &str| client.request(Method::POST, &api(path));
    problem(&anna.send(post(&anna, "ledger/verify")).await, 403);
    let auditor = world.sign_in("danuta.krol").await;
    let job = auditor.send(post(&auditor, "ledger/verify")).await.expect(202).json();
    let job = ended(&auditor, &job).await;
    assert_eq!(
        (&job["kind"], &job["state"], &job["result"]["findings"]),
        (&json!("verify"), &json!("done"), &json!([])),
        "{job}"
    );
    assert!(job["result"]["events"].as_u64().unwrap() > 10 && job["result"]["rows"].as_u64().unwrap() > 10);
    assert_eq!(job["result"]["checkpoint"]["root"].as_str().unwrap().len(), 64);
    assert_eq!(job["done"], job["total"]);

    problem(&anna.send(post(&anna, "index/rebuild?background=true")).await, 403);
    let admin = world.sign_in("robert.szymanski").await;
    let job = admin.send(post(&admin, "index/rebuild?background=true")).await.expect(202).json();
    let job = ended(&admin, &job).await;
    assert_eq!((&job["kind"], &job["state"]), (&json!("rebuild"), &json!("done")), "{job}");
    assert!(job["result"]["records"].as_u64().unwrap() >= 2);
    assert_eq!(count(&anna).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_back_ends_where_the_right_to_it_does() {
    const ROWS: u64 = 5_000;
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let job = send(&anna, "people?background=true", rows(5_000)).await.expect(202).json();
    let job = ended(&anna, &job).await;
    assert_eq!(job["result"]["made"], ROWS, "{}", job["state"]);
    let (leader, admin) = (world.sign_in("magdalena.wojcik").await, world.sign_in("robert.szymanski").await);
    let user = named(&admin, "users", "anna.kowalska").await;
    let set = async |active: bool| {
        let at = api(&format!("users/{user}"));
        let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
        let _ = admin.patch(&at, version, &json!({ "active": active })).await.expect(200);
    };
    let undo = act(&anna, &job, "undo").await.expect(202).json();
    while count(&leader).await == ROWS {}
    set(false).await;
    let id = undo["id"].as_str().unwrap().parse().unwrap();
    let jobs = world.app().jobs().clone();
    let state = loop {
        let view = jobs.get(user.parse().unwrap(), id).await.unwrap().unwrap();
        if view.finished_at.is_some() {
            break view.state;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    };
    assert_eq!(state, "failed");
    // What was not taken back stays, and of what was there is no key.
    let left = count(&leader).await;
    assert!(left > 0 && left < ROWS, "{left}");
    assert_eq!(admin.get(&api("system")).await.expect(200).json()["keys"]["subjects"], left);
    set(true).await;
    let anna = world.sign_in("anna.kowalska").await;
    let undo = act(&anna, &job, "undo").await.expect(202).json();
    let undone = ended(&anna, &undo).await;
    assert_eq!(undone["result"], json!({ "removed": left, "restored": 0, "kept": 0 }), "{undone}");
    assert_eq!(admin.get(&api("system")).await.expect(200).json()["keys"]["subjects"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_names_no_hidden_field_in_any_way() {
    let world = World::new().await;
    let file = "name;value;currency;phone\nDostawa;100,00;PLN;601 234 567\n";
    let fields = |role: &str, entities: Value| json!({ "name": role, "label": { "pl": role, "en": role }, "entities": entities });
    let scopes = json!({ "read": "own", "create": "own", "import": "own" });
    let columns = async |client: &Client, path: &str| {
        let seen = send(client, path, file).await.expect(200).json();
        let all = seen["columns"].as_array().unwrap().iter();
        all.map(|c| c["field"].clone()).collect::<Vec<Value>>()
    };
    let open = json!({ "deal": { "scopes": scopes, "level": "write" } });
    endow(&world, "piotr.zielinski", &fields("open", open)).await;
    let piotr = world.sign_in("piotr.zielinski").await;
    let shown = columns(&piotr, "deals/preview").await;
    assert_eq!(shown[..3], [json!("name"), json!("value"), json!("value.currency")], "{shown:?}");
    // An amount that is hidden is so with its currency.
    let hides = json!({ "deal": { "scopes": scopes, "level": "write", "fields": { "value": "hidden" } } });
    endow(&world, "ewa.pusta", &fields("hides", hides)).await;
    let ewa = world.sign_in("ewa.pusta").await;
    assert_eq!(columns(&ewa, "deals/preview").await[..3], [json!("name"), Value::Null, Value::Null]);
    for field in ["value", "value.currency", "nonsense"] {
        problem(&send(&ewa, &format!("deals/preview?map=phone%3D{field}"), file).await, 422);
    }
    // Whoever makes records and reads none is shown what may be written.
    let blind = json!({ "company": {
        "scopes": { "create": "own", "import": "own" }, "level": "write", "fields": { "phone": "hidden" },
    } });
    endow(&world, "danuta.krol", &fields("blind", blind)).await;
    let danuta = world.sign_in("danuta.krol").await;
    problem(&danuta.get(&api("companies")).await, 403);
    let shown = columns(&danuta, "companies/preview").await;
    assert_eq!((&shown[0], &shown[3]), (&json!("name"), &Value::Null));
    for field in ["phone", "nonsense"] {
        problem(&send(&danuta, &format!("companies/preview?map=value%3D{field}"), file).await, 422);
    }
}
