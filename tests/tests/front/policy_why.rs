//! Why somebody may do something to a record, or may not; also in the past. OWASP API Security 2023: API1 (object level),
//! API3 (property level), API5 (function level).

use super::help::{api, endow, issue, make, make_under, named, problem};
use super::policy::{edit, helper, set_user};
use kernel::Clock;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Client, World};

struct Stage {
    world: World,
    admin: Client,
    anna: Client,
    ewa: String,
    /// A person of Anna's.
    record: String,
    at: String,
}

impl Stage {
    /// The administrator manages, too, so that explanations of records can be asked for.
    async fn new() -> Self {
        let world = World::new().await;
        let all = json!({ "person": { "scopes": { "read": "all" }, "level": "read" }, "note": { "scopes": { "read": "all" }, "level": "read" } });
        let sees = json!({ "name": "sees", "label": { "pl": "Widzi", "en": "Sees" }, "entities": all });
        let _ = endow(&world, "robert.szymanski", &sees).await;
        let [admin, anna] = [world.sign_in("robert.szymanski").await, world.sign_in("anna.kowalska").await];
        let ewa = named(&admin, "users", "ewa.pusta").await;
        let made =
            make(&anna, "people", json!({ "last_name": "Dzielona", "email": "z@dzielona.example" })).await;
        Self { world, admin, anna, ewa, record: made.id, at: made.at }
    }

    fn now(&self) -> String {
        self.world.clock.now().rfc3339()
    }

    async fn why(&self, user: &str, more: &str) -> Value {
        let path = format!("explain?user={user}&entity=person&record={}{more}", self.record);
        self.admin.get(&api(&path)).await.expect(200).json()
    }

    async fn grant(&self, role: &str) -> String {
        let role = named(&self.admin, "roles", role).await;
        let body = json!({ "to": { "user": self.ewa }, "role": role, "reason": "Pomoc" });
        let made = self.anna.post(&format!("{}/grants", self.at), &body).await.expect(201).json();
        made["id"].as_str().unwrap().to_owned()
    }
}

fn steps<'a>(why: &'a Value, rule: &str) -> Vec<&'a Value> {
    why["steps"].as_array().unwrap().iter().filter(|s| s["rule"] == rule).collect()
}

fn ways(why: &Value) -> Vec<&str> {
    why["ways"].as_array().unwrap().iter().map(|w| w["label"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn why_is_answered_with_all_that_had_a_say_and_what_would_change_it() {
    let stage = Stage::new().await;
    let Stage { world, admin, anna, ewa, .. } = &stage;
    let why = stage.why(ewa, "").await;
    assert_eq!((&why["allow"], &why["owner"]["name"]), (&json!(false), &json!("Anna Kowalska")));
    let found = ways(&why);
    assert!(found.contains(&"somebody who may must share this record with the role “Viewer”"), "{found:?}");
    assert!(found.iter().any(|w| w.starts_with("the person must be given the role “")), "{found:?}");
    // A grant gives it; of a field it is said how much.
    let grant = stage.grant("viewer").await;
    let why = stage.why(ewa, "&field=email").await;
    assert_eq!((&why["allow"], &why["level"]), (&json!(true), &json!("read")));
    let [step] = steps(&why, "grant")[..] else { panic!("{why}") };
    assert_eq!(
        (&step["effect"], &step["grant"], &step["level"]),
        (&json!("gives"), &json!(grant), &json!("read"))
    );
    assert_eq!(ways(&why)[0], "the grant must end");
    assert_eq!(why["ways"][0]["grant"], json!(grant));
    assert!(!why.to_string().contains("dzielona.example"), "{why}");
    let why = stage.why(ewa, "&action=update&field=email").await;
    assert_eq!(why["allow"], false);
    assert!(
        ways(&why).contains(&"somebody who may must share this record with the role “Contributor”"),
        "{why}"
    );
    assert_eq!(steps(&why, "grant")[0]["label"], "The grant with the role “Viewer” does not allow it.");

    // What roles lack, right by right; and a denial, which stands in the way of all.
    let id = endow(world, "ewa.pusta", &helper()).await;
    let deny = json!({ "name": "denying", "label": { "pl": "Zakaz", "en": "Denying" }, "denials": { "person": ["read"] } });
    let why = stage.why(ewa, "&action=export").await;
    let wider = "in the role “Helper”: people – exporting: none → all, people – reading: one's own → all";
    assert!(ways(&why).contains(&wider), "{why}");
    let role_way = why["ways"].as_array().unwrap().iter().find(|w| w["label"] == wider).unwrap();
    assert_eq!(role_way["role"]["id"], json!(id));
    let _ = endow(world, "ewa.pusta", &deny).await;
    let why = stage.why(ewa, "").await;
    assert_eq!((&why["allow"], &steps(&why, "denial")[0]["effect"]), (&json!(false), &json!("takes")));
    assert_eq!(ways(&why), ["the role “Denying” must not deny reading (people)"]);
    // What is said works: the role as it would have to be gives it.
    set_user(admin, "ewa.pusta", &json!({ "roles": [id] })).await;
    let _ = edit(admin, &id, |role| {
        role["entities"]["person"]["scopes"] = json!({ "read": "all", "export": "all" })
    })
    .await;
    assert_eq!(stage.why(ewa, "&action=export").await["allow"], true);

    // About oneself whoever reads the record may ask, about others only who reads users, and of nothing unseen.
    let own =
        anna.get(&api(&format!("explain?entity=person&record={}", stage.record))).await.expect(200).json();
    assert_eq!((&own["allow"], &own["user"]["name"]), (&json!(true), &json!("Anna Kowalska")));
    problem(&anna.get(&api(&format!("explain?user={ewa}&entity=person&record={}", stage.record))).await, 403);
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    problem(&tomasz.get(&api(&format!("explain?entity=person&record={}", stage.record))).await, 404);
    for (more, field) in [("&field=nothing", "field"), ("&action=x", "action"), ("&at=yesterday", "at")] {
        let path = format!("explain?user={ewa}&entity=person&record={}{more}", stage.record);
        assert!(issue(&problem(&admin.get(&api(&path)).await, 422), field).is_object());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_past_is_explained_by_what_was_there_then() {
    let stage = Stage::new().await;
    let Stage { world, admin, anna, ewa, record, at } = &stage;
    let note = make_under(anna, "notes", json!({ "body": "x" }), "person", record).await;
    let anna_id = named(admin, "users", "anna.kowalska").await;
    let tomasz = named(admin, "users", "tomasz.lewandowski").await;
    let mut moments = vec![stage.now()];
    let pass = || world.clock.advance_ms(10_000);
    let mut then = |stage: &Stage| moments.push(stage.now());
    pass();
    // 1: granted; 2: ended; 3: a role of her own; 4: that role wider; 5: taken; 6: the record is Tomasz's; 7: he moved.
    let grant = stage.grant("viewer").await;
    then(&stage);
    pass();
    let _ = anna.send(anna.request(Method::DELETE, &api(&format!("grants/{grant}")))).await.expect(204);
    then(&stage);
    pass();
    let id = endow(world, "ewa.pusta", &helper()).await;
    then(&stage);
    pass();
    let _ = edit(admin, &id, |role| role["entities"]["person"]["scopes"] = json!({ "read": "all" })).await;
    then(&stage);
    pass();
    set_user(admin, "ewa.pusta", &json!({ "roles": [] })).await;
    then(&stage);
    pass();
    let lead = world.sign_in("magdalena.wojcik").await;
    let _ = lead.patch(at, 1, &json!({ "owner": tomasz })).await.expect(200);
    then(&stage);
    pass();
    let marketing = named(admin, "teams", "Marketing").await;
    set_user(admin, "anna.kowalska", &json!({ "team": marketing })).await;
    then(&stage);
    pass();
    let allows =
        async |user: &str, moment: &str| stage.why(user, &format!("&at={moment}")).await["allow"].clone();
    let mut seen = Vec::new();
    for moment in &moments {
        seen.push((allows(ewa, moment).await, allows(&anna_id, moment).await, allows(&tomasz, moment).await));
    }
    let row = |ewa, anna, tomasz| (json!(ewa), json!(anna), json!(tomasz));
    let expected = [
        row(false, true, false),
        row(true, true, false),
        row(false, true, false),
        row(false, true, false),
        row(true, true, false),
        row(false, true, false),
        row(false, false, true),
        row(false, false, true),
    ];
    assert_eq!(seen, expected);
    // The owner then, also of what the record is about.
    let why = stage.why(&anna_id, &format!("&at={}", moments[5])).await;
    assert_eq!((&why["owner"]["name"], &why["team"]["name"]), (&json!("Anna Kowalska"), &json!("Północ")));
    let path =
        |moment: &str| api(&format!("explain?user={tomasz}&entity=note&record={}&at={moment}", note.id));
    assert_eq!(admin.get(&path(&moments[5])).await.expect(200).json()["allow"], false);
    assert_eq!(admin.get(&path(&moments[6])).await.expect(200).json()["allow"], true);
    // Of a role that is wider since it is told what it was.
    let why = stage.why(ewa, &format!("&at={}", moments[3])).await;
    assert_eq!(
        steps(&why, "role")[0]["label"],
        "The role “Helper” allows reading (records: one's own); this record is not among them."
    );

    // What cannot be known is said, and what has not come is no question.
    let early = world.clock.now().plus_ms(-86_400_000).rfc3339();
    let why = stage.why(ewa, &format!("&at={early}")).await;
    assert_eq!((&why["allow"], &why["unknown"]), (&Value::Null, &json!("The record was not there yet.")));
    assert_eq!((&why["steps"], &why["ways"]), (&json!([]), &json!([])));
    let late = world.clock.now().plus_ms(1_000).rfc3339();
    let path = format!("explain?user={ewa}&entity=person&record={record}&at={late}");
    assert_eq!(issue(&problem(&admin.get(&api(&path)).await, 422), "at")["code"], "in-the-future");
}
