//! Lists: pages, sorting, filters, search, counts, limits.

use super::help::{ENTITIES, api, column, ids, issue, list, make, named, problem, sample};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::{Client, World};

/// All ids, page by page.
async fn walk(client: &Client, plural: &str, parameters: &[(&str, &str)]) -> Vec<String> {
    let (mut all, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let mut asked = parameters.to_vec();
        if let Some(cursor) = &cursor {
            asked.push(("cursor", cursor));
        }
        let page = list(client, plural, &asked).await.expect(200).json();
        all.extend(ids(&page));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => return all,
        }
    }
}

const NAMES: [&str; 12] =
    ["Zyga", "Łabędź", "Ćwik", "Cygan", "Lis", "Źrebak", "Żuk", "Ósmy", "Osa", "Świt", "Sowa", "ąbc"];

#[tokio::test(flavor = "multi_thread")]
async fn pages_bring_everything_once_under_every_order() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    for (i, name) in NAMES.iter().enumerate() {
        // Some values are missing, some the same: both are where a keyset goes wrong.
        let mut fields = json!({ "last_name": name, "source": if i % 2 == 0 { "event" } else { "phone" } });
        if i % 3 == 0 {
            fields["city"] = json!("Łódź");
            fields["birthday"] = json!(format!("1980-01-{:02}", i + 1));
        }
        let _ = make(&anna, "people", fields).await;
        world.clock.advance_ms((i as i64 % 2) * 1000);
    }
    let all: BTreeSet<String> = walk(&anna, "people", &[]).await.into_iter().collect();
    assert_eq!(all.len(), NAMES.len());
    let described = anna.get(&api("entities")).await.expect(200).json();
    let person =
        described["items"].as_array().unwrap().iter().find(|e| e["name"] == "person").unwrap().clone();
    let fields = person["fields"].as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap());
    let mut sorted = 0;
    for field in fields.chain(["updated_at", "created_at"]) {
        for sort in [field.to_owned(), format!("-{field}")] {
            let first = list(&anna, "people", &[("sort", &sort), ("limit", "5")]).await;
            if first.status.as_u16() == 422 {
                assert_eq!(problem(&first, 422)["issues"].as_array().unwrap().len(), 1);
                continue;
            }
            let walked = walk(&anna, "people", &[("sort", &sort), ("limit", "5")]).await;
            assert_eq!(walked.len(), NAMES.len(), "{sort}");
            assert_eq!(walked.into_iter().collect::<BTreeSet<_>>(), all, "{sort}");
            sorted += 1;
        }
    }
    assert!(sorted >= 20, "{sorted}");
    let page = list(&anna, "people", &[("sort", "last_name")]).await.expect(200).json();
    let order =
        ["ąbc", "Cygan", "Ćwik", "Lis", "Łabędź", "Osa", "Ósmy", "Sowa", "Świt", "Zyga", "Źrebak", "Żuk"];
    assert_eq!(column(&page, "last_name"), order.map(|n| json!(n)), "Polish order");
    let back = list(&anna, "people", &[("sort", "-last_name"), ("limit", "3")]).await.expect(200).json();
    assert_eq!(column(&back, "last_name"), [json!("Żuk"), json!("Źrebak"), json!("Zyga")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn cursors_belong_to_their_list_and_say_nothing() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let piotr = world.sign_in("piotr.zielinski").await;
    for n in 0..4 {
        let _ =
            make(&anna, "people", json!({ "last_name": format!("Kursorowska{n}"), "city": "Kraków" })).await;
        let _ = make(&anna, "companies", sample("companies", n)).await;
    }
    let page = list(&anna, "people", &[("sort", "last_name"), ("limit", "2"), ("count", "true")])
        .await
        .expect(200)
        .json();
    assert_eq!(page["count"], 4);
    let cursor = page["next_cursor"].as_str().unwrap();
    let refused = [
        (&piotr, "people", vec![("sort", "last_name"), ("limit", "2")]),
        (&anna, "companies", vec![("limit", "2")]),
        (&anna, "people", vec![("limit", "2")]),
        (&anna, "people", vec![("sort", "-last_name")]),
        (&anna, "people", vec![("sort", "last_name"), ("q", "kurs")]),
        (&anna, "people", vec![("sort", "last_name"), ("filter", "city:eq:Kraków")]),
    ];
    for (client, plural, mut parameters) in refused {
        parameters.push(("cursor", cursor));
        assert_eq!(
            issue(&problem(&list(client, plural, &parameters).await, 422), "cursor")["code"],
            "bad-cursor",
            "{plural} {parameters:?}"
        );
    }
    // What follows is another page size of the same list.
    assert_eq!(
        ids(&list(&anna, "people", &[("sort", "last_name"), ("limit", "1"), ("cursor", cursor)])
            .await
            .expect(200)
            .json())
        .len(),
        1
    );
    let mut flipped = cursor.to_owned().into_bytes();
    flipped[20] = if flipped[20] == b'A' { b'B' } else { b'A' };
    for wrong in
        [String::from_utf8(flipped).unwrap(), String::new(), "x".repeat(10_000), cursor[1..].to_owned()]
    {
        problem(&list(&anna, "people", &[("sort", "last_name"), ("cursor", &wrong)]).await, 422);
    }
    // Nothing readable in a cursor, as text or as bytes.
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(cursor).unwrap();
    let text = String::from_utf8_lossy(&bytes).to_lowercase();
    assert!(!text.contains("kursor") && !text.contains("kowalsk"), "{text}");
    let made = make(&anna, "people", json!({ "last_name": "Adresowa" })).await;
    assert_eq!(made.at, api(&format!("people/{}", made.id)), "an address holds an id and nothing else");
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_of_every_operator() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let company =
        make(&anna, "companies", json!({ "name": "Filtrowa", "employees": 10, "tags": ["VIP", "targi"] }))
            .await;
    let _ = make(&anna, "companies", json!({ "name": "Druga Łódź", "employees": 200, "city": "Łódź" })).await;
    let _ = make(&anna, "companies", json!({ "name": "Trzecia" })).await;
    for (n, value) in [100, 2000, 30_000].iter().enumerate() {
        let money = json!({ "amount": format!("{value}.50"), "currency": "PLN" });
        let mut deal = json!({ "name": format!("Szansa {n}"), "value": money, "expected_close": format!("2026-12-0{}", n + 1) });
        if n == 0 {
            deal["company"] = json!(company.id);
            deal["stage"] = json!("won");
        }
        let _ = make(&anna, "deals", deal).await;
    }
    let me = named(&anna, "colleagues", "Anna Kowalska").await;
    let by_company = format!("company:eq:{}", company.id);
    let by_owner = format!("owner:eq:{me}");
    let cases: [(&str, &str, usize); 26] = [
        ("companies", "name:eq:filtrowa", 1),
        ("companies", "name:ne:filtrowa", 2),
        ("companies", "name:in:filtrowa,trzecia", 2),
        ("companies", "name:starts:DRUGA lo", 1),
        ("companies", "name:contains:lodz", 1),
        ("companies", "name:lt:e", 1),
        ("companies", "name:gte:f", 2),
        ("companies", "employees:eq:10", 1),
        ("companies", "employees:gt:10", 1),
        ("companies", "employees:gte:10", 2),
        ("companies", "employees:lt:10", 0),
        ("companies", "employees:lte:200", 2),
        ("companies", "employees:empty", 1),
        ("companies", "employees:filled", 2),
        ("companies", "tags:has:vip", 1),
        ("companies", "city:empty:", 2),
        ("companies", &by_owner, 3),
        ("companies", "created_at:gte:2026-11-23T00:00:00Z", 3),
        ("companies", "created_at:lt:2026-11-23T00:00:00Z", 0),
        ("deals", "value:gte:2000.5", 2),
        ("deals", "value:lt:2000.5", 1),
        ("deals", "expected_close:lte:2026-12-02", 2),
        ("deals", "stage:in:won,lost", 1),
        ("deals", "stage:ne:won", 2),
        ("deals", &by_company, 1),
        ("deals", "company:empty", 2),
    ];
    for (plural, filter, expected) in cases {
        let page = list(&anna, plural, &[("filter", filter), ("count", "true")]).await.expect(200).json();
        assert_eq!((ids(&page).len(), &page["count"]), (expected, &json!(expected)), "{plural} {filter}");
    }
    let both = list(&anna, "companies", &[("filter", "employees:filled"), ("filter", "city:eq:Łódź")])
        .await
        .expect(200)
        .json();
    assert_eq!(ids(&both).len(), 1, "all conditions hold");
    for (plural, filter) in [
        ("companies", "unicorn:eq:1"),
        ("companies", "name"),
        ("companies", "name:eq"),
        ("companies", "name:like:x"),
        ("companies", "employees:eq:ten"),
        ("companies", "employees:contains:1"),
        ("companies", "description:eq:x"),
        ("companies", "owner:eq:anna"),
        ("companies", "created_at:gt:dawno"),
        ("deals", "value:gte:dużo"),
        ("deals", "expected_close:gt:2026-02-30"),
        ("deals", "company:eq:Filtrowa"),
        ("companies", "bank_account:filled"),
        ("companies", ""),
        ("companies", ":::"),
        ("companies", "name:has:x"),
        ("activities", "done:eq:maybe"),
    ] {
        let refused = problem(&list(&anna, plural, &[("filter", filter)]).await, 422);
        assert_eq!(refused["issues"].as_array().unwrap().len(), 1, "{filter}: {refused}");
    }
    let many = vec![("filter", "name:filled"); 17];
    problem(&list(&anna, "companies", &many).await, 422);
    let _ = list(&anna, "companies", &many[..16]).await.expect(200);
    let values = format!("name:in:{}", vec!["x"; 101].join(","));
    problem(&list(&anna, "companies", &[("filter", &values)]).await, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn search_finds_what_people_type() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let fields = json!({ "first_name": "Grażyna", "last_name": "Żółtowska", "email": "grazyna@lodz.example", "mobile": "601 234 567" });
    let person = make(&anna, "people", fields).await.id;
    let _ = make(&anna, "people", json!({ "first_name": "Grażyna", "last_name": "Inna" })).await;
    let company =
        make(&anna, "companies", json!({ "name": "Spółka Łączności", "nip": "526-104-08-28" })).await.id;
    let note = make(&anna, "notes", json!({ "body": "Rozmowa o wdrożeniu.\nNastępna w piątek." })).await.id;
    for q in [
        "żółt",
        "ZOLT",
        "towsk",
        "grażyna żółtowska",
        "zolt graz",
        "Zoltowska  Grazyna",
        "lodz.example",
        "601234567",
        "601 234",
        "234567",
        "+48 601 234 567",
    ] {
        assert_eq!(
            ids(&list(&anna, "people", &[("q", q)]).await.expect(200).json()),
            [person.as_str()],
            "{q}"
        );
    }
    for (plural, q, id) in [
        ("companies", "laczn", &company),
        ("companies", "5261040828", &company),
        ("companies", "526-104-08-28", &company),
        ("notes", "wdroz", &note),
        ("notes", "piatek rozmowa", &note),
    ] {
        assert_eq!(ids(&list(&anna, plural, &[("q", q)]).await.expect(200).json()), [id.as_str()], "{q}");
    }
    for q in ["zupełnie nic", "żółtowska inna", "601234568"] {
        assert_eq!(
            ids(&list(&anna, "people", &[("q", q)]).await.expect(200).json()),
            Vec::<String>::new(),
            "{q}"
        );
    }
    for q in
        ["\"", "*", "' OR 1=1 --", "a\" OR b", "NEAR(x)", "(", "😀", "\u{0}", "%", "_", "-", "^x", "{x}:y"]
    {
        let _ = list(&anna, "people", &[("q", q)]).await.expect(200);
    }
    problem(&list(&anna, "people", &[("q", &"x".repeat(201))]).await, 422);
    let sorted =
        list(&anna, "people", &[("q", "grazyna"), ("sort", "last_name"), ("limit", "1"), ("count", "true")])
            .await
            .expect(200)
            .json();
    assert_eq!((column(&sorted, "last_name"), &sorted["count"]), (vec![json!("Inna")], &json!(2)));
}

#[tokio::test(flavor = "multi_thread")]
async fn parameters_have_bounds() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    for (_, plural) in ENTITIES {
        let page = anna.get(&api(plural)).await.expect(200).json();
        assert_eq!(
            (&page["items"], page.get("count")),
            (&json!([]), None::<&Value>),
            "{plural}: a count only when asked"
        );
    }
    for limit in ["0", "201", "-1", "x", "1.5", "99999999999", ""] {
        issue(&problem(&list(&anna, "people", &[("limit", limit)]).await, 422), "limit");
    }
    for limit in ["1", "200"] {
        let _ = list(&anna, "people", &[("limit", limit)]).await.expect(200);
    }
    for (name, value) in [("page", "2"), ("Limit", "1"), ("parent", "x"), ("binned", "tak"), ("count", "1")] {
        issue(&problem(&list(&anna, "people", &[(name, value)]).await, 422), name);
    }
    let many = vec![("q", "x"); 65];
    problem(&list(&anna, "people", &many).await, 422);
}

/// The details of the lists that these events tell of, the last first.
async fn listed(client: &Client, events: &str) -> Vec<Value> {
    let events = client.get(events).await.expect(200).json();
    let items = events["items"].as_array().unwrap().iter();
    items.filter(|e| e["act"] == "record.list").map(|e| e["detail"].clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_have_the_fields_asked_for_and_no_others() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let company = make(&anna, "companies", json!({ "name": "Nasza" })).await;
    let fields = json!({ "last_name": "Łoś", "city": "Łódź", "job_title": "Prezes", "company": company.id });
    let _ = make(&anna, "people", fields).await;

    let seen = format!("{}/events", company.at);
    let rows = async |more: &[(&str, &str)]| {
        let page = list(&anna, "people", &[&[("refs", "true")], more].concat()).await.expect(200).json();
        (page["items"][0]["fields"].clone(), page["refs"].clone(), page["access"].clone())
    };
    let named = json!({ company.id.as_str(): { "entity": "company", "title": "Nasza" } });
    let (all, refs, access) = rows(&[]).await;
    assert_eq!((&all["city"], &all["sort_name"], &refs), (&json!("Łódź"), &json!("Łoś"), &named));
    assert_eq!(listed(&anna, &seen).await.len(), 1);
    let narrow = rows(&[("fields", "last_name,company"), ("sort", "sort_name")]).await;
    assert_eq!(narrow, (json!({ "last_name": "Łoś", "company": company.id }), named, access.clone()));
    assert_eq!(listed(&anna, &seen).await.len(), 2);
    let none = rows(&[("fields", "last_name"), ("filter", "city:eq:łódź")]).await;
    assert_eq!(none, (json!({ "last_name": "Łoś" }), json!({}), access));
    // What was not asked for was not seen either, and the ledger says what was.
    assert_eq!(listed(&anna, &seen).await.len(), 2);
    let shown = [
        json!({ "search": false, "filters": ["city"], "fields": ["last_name"] }),
        json!({ "fields": ["last_name", "company"] }),
        Value::Null,
    ];
    assert_eq!(listed(&anna, &api("me/events")).await, shown);

    // Neither what is not there nor what no row has.
    for wrong in ["unicorn", "", "last_name,", "pesel", "last_name,description", "LAST_NAME", "owner"] {
        let refused = problem(&list(&anna, "people", &[("fields", wrong)]).await, 422);
        assert_eq!(issue(&refused, "fields")["code"], "unknown-field", "{wrong}");
    }
    let many = vec!["last_name"; 301].join(",");
    let refused = problem(&list(&anna, "people", &[("fields", &many)]).await, 422);
    assert_eq!(issue(&refused, "fields")["code"], "out-of-range");

    // An export takes them as its columns, long texts too.
    let magda = world.sign_in("magdalena.wojcik").await;
    let file = list(&magda, "people/export", &[("fields", "city,last_name")]).await.expect(200).text;
    let head: Vec<&str> = file.lines().next().unwrap().split(',').map(|c| c.trim_matches('"')).collect();
    assert_eq!(head[head.len() - 2..], ["City", "Last name"], "{file}");
    assert!(!file.contains("Prezes") && file.contains("Łódź"), "{file}");
}
