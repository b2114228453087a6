//! Files brought in, looked at before, gone on with, and taken back.

use super::help::{api, column, ids, list, make, problem};
use kernel::Lang;
use records::{Caller, ImportOptions};
use reqwest::Method;
use serde_json::{Value, json};
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use testkit::{Answer, Client, World};

pub async fn import(client: &Client, what: &str, file: impl Into<String>) -> Answer {
    client.send(client.request(Method::POST, &api(&format!("imports/{what}"))).body(file.into())).await
}

async fn undo(client: &Client, report: &Value) -> Answer {
    let act = report["id"].as_str().unwrap();
    client.send(client.request(Method::POST, &api(&format!("imports/{act}/undo")))).await
}

fn counts(report: &Value) -> [u64; 6] {
    ["rows", "made", "updated", "companies_made", "duplicates", "refused"]
        .map(|k| report[k].as_u64().unwrap_or_else(|| panic!("{k}: {report}")))
}

async fn count(client: &Client, plural: &str) -> u64 {
    list(client, plural, &[("count", "true")]).await.expect(200).json()["count"].as_u64().unwrap()
}

const FILE: &str = "Imię;Nazwisko;E-mail;Firma;Telefon;Nieznana
Anna;Pierwsza;anna@plik.example;Stara Firma;601 234 567;x
Jan;Drugi;jan@plik.example;Nowa Firma;602 345 678;x
Zła;Trzecia;nie-adres;Nowa Firma;603 456 789;x
Ewa;Czwarta;ewa@plik.example;nowa firma;604 567 890;x
Ewa;Piąta;EWA@plik.example;;;x
;;;;;
Bez;;bez@plik.example;;12;x
";

#[tokio::test(flavor = "multi_thread")]
async fn good_rows_go_in_and_the_others_are_listed() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let old = make(&anna, "companies", json!({ "name": "Stara firma" })).await;
    let dry = import(&anna, "people?dry_run=true&name=plik.csv", FILE).await.expect(200).json();
    assert_eq!(
        (count(&anna, "people").await, count(&anna, "companies").await),
        (0, 1),
        "a dry run changes nothing"
    );
    assert_eq!(anna.get(&api("imports")).await.expect(200).json()["items"], json!([]));

    let report = import(&anna, "people?name=plik.csv", FILE).await.expect(200).json();
    assert_eq!(counts(&report), [6, 3, 0, 1, 1, 2], "{report}");
    assert_eq!(counts(&dry), counts(&report), "what was foretold is what happened");
    assert_eq!(
        (&dry["dry_run"], &report["dry_run"], &report["finished"]),
        (&json!(true), &json!(false), &json!(true))
    );
    assert_eq!(report["unused_columns"], json!(["Nieznana"]));
    let listed = |line: u64, column: Value| {
        let all = report["listed"].as_array().unwrap();
        all.iter()
            .find(|r| r["line"] == line && r["column"] == column)
            .unwrap_or_else(|| panic!("{line} {column}: {report}"))
            .clone()
    };
    let wrong = listed(4, json!("E-mail"));
    assert_eq!(wrong["value"], "nie-adres");
    assert!(
        !wrong["reason"]["pl"].as_str().unwrap().is_empty() && wrong["reason"]["pl"] != wrong["reason"]["en"]
    );
    assert!(wrong["example"].is_string());
    assert_eq!(listed(6, Value::Null)["code"], "duplicate");
    assert_eq!(listed(8, json!("Telefon"))["value"], "12");
    assert!(
        report["listed"].as_array().unwrap().iter().any(|r| r["line"] == 8 && r["code"] == "required"),
        "{report}"
    );

    let found = list(&anna, "people", &[("q", "Pierwsza")]).await.expect(200).json();
    assert_eq!(
        (column(&found, "company"), column(&found, "phone")),
        (vec![json!(old.id)], vec![json!("+48601234567")])
    );
    let [second, fourth] =
        [list(&anna, "people", &[("q", "Drugi")]).await, list(&anna, "people", &[("q", "Czwarta")]).await];
    assert_eq!(
        column(&second.json(), "company"),
        column(&fourth.json(), "company"),
        "one company is made once"
    );
    let kept =
        anna.get(&api(&format!("imports/{}", report["id"].as_str().unwrap()))).await.expect(200).json();
    assert_eq!(counts(&kept), counts(&report));
    problem(
        &world
            .sign_in("piotr.zielinski")
            .await
            .get(&api(&format!("imports/{}", report["id"].as_str().unwrap())))
            .await,
        404,
    );

    let events =
        world.sign_in("danuta.krol").await.get(&api("ledger/events?limit=200")).await.expect(200).json();
    let act: Vec<&Value> = events["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|e| e["act"] == "record.import" && e["part_of"] == report["id"])
        .collect();
    assert!(!act.is_empty() && act.iter().all(|e| e["user"]["name"] == "Anna Kowalska"));
    assert_eq!(act[0]["detail"]["made"], 3);
    assert!(!act.iter().any(|e| e.to_string().contains("plik.example")), "the receipt holds no values");
}

#[tokio::test(flavor = "multi_thread")]
async fn duplicates_are_skipped_filled_or_made_again() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let person = make(
        &anna,
        "people",
        json!({ "last_name": "Znana", "email": "znana@plik.example", "city": "Kraków" }),
    )
    .await;
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let _ = make(&tomasz, "people", json!({ "last_name": "Obca", "email": "obca@plik.example" })).await;
    let file = "Nazwisko;E-mail;Stanowisko;Firma\nZnana;znana@plik.example;Prezes;Jej Firma\nObca;obca@plik.example;;\n";
    let skipped = import(&anna, "people", file).await.expect(200).json();
    assert_eq!(counts(&skipped), [2, 1, 0, 0, 1, 0], "another team's record is no duplicate");
    assert_eq!(skipped["listed"][0]["duplicate_of"], json!(person.id));
    let _ = undo(&anna, &skipped).await.expect(200);

    // Two rows for one record: the first fills it, the second is a duplicate of the first.
    let twice = "Nazwisko;E-mail;Stanowisko;Firma\nZnana;znana@plik.example;Prezes;Jej Firma\nZnana;znana@plik.example;Dyrektor;\n";
    let filled = import(&anna, "people?on_duplicate=update", twice).await.expect(200).json();
    assert_eq!(counts(&filled), [2, 0, 1, 1, 1, 0], "{filled}");
    let now = anna.get(&person.at).await.expect(200).json();
    assert_eq!(
        (&now["fields"]["job_title"], &now["fields"]["city"], &now["version"]),
        (&json!("Prezes"), &json!("Kraków"), &json!(2))
    );
    let company = now["fields"]["company"].as_str().expect("the file names a company").to_owned();
    assert_eq!(
        anna.get(&api(&format!("companies/{company}"))).await.expect(200).json()["fields"]["name"],
        "Jej Firma"
    );
    let undone = undo(&anna, &filled).await.expect(200).json();
    assert_eq!(
        (&undone["restored"], &undone["removed"], &undone["kept"]),
        (&json!(1), &json!(1), &json!(0)),
        "{undone}"
    );
    let back = anna.get(&person.at).await.expect(200).json();
    assert_eq!((back["fields"].get("job_title"), back["fields"].get("company")), (None, None));
    problem(&anna.get(&api(&format!("companies/{company}"))).await, 404);

    // A row that may not be written is refused alone.
    let pesel = "Nazwisko;E-mail;PESEL\nZnana;znana@plik.example;44051401359\nInna;inna@plik.example;\n";
    let partly =
        import(&anna, "people?on_duplicate=update&map=PESEL%3Dpesel", pesel).await.expect(200).json();
    assert_eq!(counts(&partly), [2, 1, 0, 0, 0, 1], "{partly}");
    let again = import(&anna, "people?on_duplicate=create", file).await.expect(200).json();
    assert_eq!(counts(&again)[1], 2);
    assert_eq!(ids(&list(&anna, "people", &[("q", "znana")]).await.expect(200).json()).len(), 2);
    problem(&import(&anna, "people?on_duplicate=destroy", file).await, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_undone_as_one_act_while_untouched() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let piotr = world.sign_in("piotr.zielinski").await;
    let report = import(&anna, "people", FILE).await.expect(200).json();
    assert_eq!((count(&anna, "people").await, count(&anna, "companies").await), (3, 2));
    let touched = ids(&list(&anna, "people", &[("q", "Drugi")]).await.json())[0].clone();
    let _ = piotr
        .patch(&api(&format!("people/{touched}")), 1, &json!({ "fields": { "city": "Gdynia" } }))
        .await
        .expect(200);
    problem(&undo(&piotr, &report).await, 404);
    let undone = undo(&anna, &report).await.expect(200).json();
    // Stays: the one that was changed, and the company that it works for.
    assert_eq!((&undone["removed"], &undone["kept"]), (&json!(3), &json!(2)), "{undone}");
    assert_eq!(ids(&list(&anna, "people", &[]).await.json()), [touched]);
    assert_eq!(column(&list(&anna, "companies", &[]).await.json(), "name"), [json!("Nowa Firma")]);
    problem(&undo(&anna, &report).await, 409);
    let events =
        world.sign_in("danuta.krol").await.get(&api("ledger/events?limit=200")).await.expect(200).json();
    let undos: Vec<&Value> =
        events["items"].as_array().unwrap().iter().filter(|e| e["act"] == "import.undo").collect();
    assert!(!undos.is_empty() && undos.iter().all(|e| e["part_of"] == report["id"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_was_cut_short_goes_on() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let mut file = "last_name;email\n".to_owned();
    for n in 0..2_500 {
        writeln!(file, "Wiersz{n};wiersz{n}@plik.example").unwrap();
    }
    // Stopped behind the front door after the first rows, as a lost connection would.
    let engine = world.app().engine();
    let policy = engine.policy();
    let person = policy.catalog.get("person").unwrap();
    let user = engine.directory().by_login("anna.kowalska").unwrap().id;
    let actor = access::Actor { user, session: kernel::SessionId::NIL, token: None, at: kernel::Time(0) };
    let caller = Caller::new(actor, Lang::Pl, policy.clone());
    let source =
        intake::open_bytes(file.clone().into_bytes(), "plik.csv", &intake::Options::default()).unwrap();
    let mapping = intake::Mapping::guess(person, source.headings());
    let options = ImportOptions {
        name: "plik.csv".into(),
        cancel: Arc::new(AtomicBool::new(true)),
        ..ImportOptions::default()
    };
    let cut =
        engine.import(&caller, person, source, mapping, &options, &|_, _| {}).await.unwrap().into_inner();
    assert!(!cut.finished && cut.made > 0 && cut.made < 2_500, "{}", cut.made);
    assert_eq!(count(&anna, "people").await, cut.made);

    let act = cut.id.to_string();
    problem(&import(&anna, &format!("companies?resume={act}"), file.clone()).await, 404);
    let piotr = world.sign_in("piotr.zielinski").await;
    problem(&import(&piotr, &format!("people?resume={act}"), file.clone()).await, 404);
    let tried = piotr.get(&api("me/events")).await.expect(200).json();
    assert!(tried["items"].as_array().unwrap().iter().any(|e| e["act"] == "access.refused"), "{tried}");
    let rest = import(&anna, &format!("people?resume={act}"), file.clone()).await.expect(200).json();
    assert_eq!((&rest["id"], counts(&rest)), (&json!(act), [2_500, 2_500, 0, 0, 0, 0]), "{rest}");
    assert_eq!(count(&anna, "people").await, 2_500);
    problem(&import(&anna, &format!("people?resume={act}"), file).await, 409);
    let undone = undo(&anna, &rest).await.expect(200).json();
    assert_eq!(undone["removed"], 2_500, "one act, however many steps it took");
    assert_eq!(count(&anna, "people").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_cannot_be_read_are_refused_whole() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    for file in ["", "nic;tu;nie;pasuje\n1;2;3;4\n", "\u{0}\u{1}\u{2}"] {
        problem(&import(&anna, "people", file).await, 422);
    }
    problem(&import(&anna, "people?map=Nazwisko=unicorn", FILE).await, 422);
    problem(&import(&anna, "people?unknown=1", FILE).await, 422);
    problem(&import(&anna, "notes", "body\nx\n").await, 403);
    problem(&import(&anna, "unicorns", FILE).await, 404);
    let mapped =
        import(&anna, "people?map=Kto=last_name&name=x.csv", "Kto\nMapowana\n").await.expect(200).json();
    assert_eq!(counts(&mapped)[1], 1);
    for (file, expected) in [
        (
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Wizytówka;Ola;;;\r\nFN:Ola Wizytówka\r\nEMAIL:ola@plik.example\r\nEND:VCARD\r\n",
            "Wizytówka",
        ),
        ("\u{feff}Nazwisko,E-mail\r\n\"Zażółć, gęślą\",zazolc@plik.example\r\n", "Zażółć, gęślą"),
    ] {
        let report = import(&anna, "people", file).await.expect(200).json();
        assert_eq!(counts(&report)[1], 1, "{report}");
        assert!(column(&list(&anna, "people", &[]).await.json(), "last_name").contains(&json!(expected)));
    }
    let windows: Vec<u8> = b"Nazwisko;Miejscowo\x9c\xe6\n\xa3ukasik;\xa3\xf3d\x9f\n".to_vec();
    let _ = anna.send(anna.request(Method::POST, &api("imports/people")).body(windows)).await.expect(200);
    assert!(
        column(&list(&anna, "people", &[]).await.json(), "city").contains(&json!("Łódź")),
        "Windows-1250"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_that_one_may_not_write_are_not_proposed() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let file = "Nazwisko;PESEL\nBez Praw;44051401359\n";
    let at = api("imports/people/preview?name=plik.csv");
    let preview = anna.send(anna.request(Method::POST, &at).body(file)).await.expect(200).json();
    let fields = preview["fields"].as_array().unwrap();
    assert!(fields.contains(&json!("last_name")) && fields.contains(&json!("name")), "{preview}");
    assert!(!fields.contains(&json!("pesel")) && !fields.contains(&json!("sort_name")), "{preview}");
    assert_eq!(
        (&preview["columns"][0]["field"], &preview["columns"][1]["field"]),
        (&json!("last_name"), &Value::Null),
        "{preview}"
    );
    // What was proposed is what happens: the column is left out, and that is said.
    let report = import(&anna, "people?name=plik.csv", file).await.expect(200).json();
    assert_eq!((&report["made"], &report["unused_columns"]), (&json!(1), &json!(["PESEL"])), "{report}");
    // Whoever names the field is told why that cannot be.
    let report = import(&anna, "people?name=plik.csv&map=PESEL%3Dpesel", file).await.expect(200).json();
    assert_eq!((&report["made"], &report["refused"]), (&json!(0), &json!(1)), "{report}");
}
