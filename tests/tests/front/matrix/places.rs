//! What each role may do to records: its own, its team's, of a team below, of another team.

use super::stage::{Role, Stage, colleague, elsewhere};
use crate::front::help::{ENTITIES, api, ids, sample};
use kernel::RecordId;
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};
use testkit::Answer;

pub const INTRO: &str = "Whose record: the user's own, of a colleague in the team, of a team below, of another team. Activities and
notes hang on a company of the same team and owner; `own, under other's` hangs on a company of another
team. `list`: the record is in the list. `export`, `merge`, `share`: as the `access` block of the record
says (there is no other end point yet for the last two).

";

const HEADS: [&str; 13] = [
    "entity",
    "whose",
    "list",
    "read",
    "create",
    "change",
    "delete",
    "erase",
    "reveal",
    "convert",
    "import",
    "export",
    "merge, share",
];

pub fn heads() -> Vec<String> {
    HEADS.map(str::to_owned).to_vec()
}

/// Keeps unique values apart.
static COUNT: AtomicU32 = AtomicU32::new(1);

/// A record under test.
struct Place {
    whose: &'static str,
    owner: String,
    company: RecordId,
}

pub async fn all(stage: &Stage) -> Vec<(&'static str, Vec<Vec<String>>)> {
    let of = |n: usize| of_role(stage, &stage.roles[n]);
    // At once: each request waits for its receipt to be durable, and receipts share that.
    let (a, b, c, d, e, f, g, h) = tokio::join!(of(0), of(1), of(2), of(3), of(4), of(5), of(6), of(7));
    let all = [a, b, c, d, e, f, g, h];
    assert_eq!(all.len(), stage.roles.len());
    stage.roles.iter().map(|r| r.name).zip(all).collect()
}

async fn of_role(stage: &Stage, role: &Role) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut places = Vec::new();
    for (whose, owner, team) in whose(role) {
        let name = json!({ "name": format!("{} {whose}", role.name) });
        let company = stage.load("company", &owner, team, None, name).await;
        places.push((Place { whose, owner, company }, team));
    }
    let foreign = places.last().unwrap().0.company;
    for (entity, plural) in ENTITIES {
        let child = matches!(entity, "activity" | "note");
        for (place, team) in &places {
            let n = COUNT.fetch_add(1, Ordering::Relaxed);
            let parent = child.then_some(place.company);
            let id = match entity {
                "company" => place.company,
                _ => stage.load(entity, &place.owner, team, parent, sample(plural, n)).await,
            };
            rows.push(probe(stage, role, (entity, plural), place, parent, id).await);
        }
        if child {
            let n = COUNT.fetch_add(1, Ordering::Relaxed);
            let id = stage.load(entity, role.login, role.team, Some(foreign), sample(plural, n)).await;
            let place = Place { whose: "own, under other's", owner: role.login.to_owned(), company: foreign };
            rows.push(probe(stage, role, (entity, plural), &place, Some(foreign), id).await);
        }
    }
    rows
}

fn whose(role: &Role) -> Vec<(&'static str, String, &'static str)> {
    let mut places =
        vec![("own", role.login.to_owned(), role.team), ("team's", colleague(role.team), role.team)];
    if role.team == "Sprzedaż" {
        places.push(("below", colleague("Północ"), "Północ"));
    }
    let other = elsewhere(role.team);
    places.push(("other team's", colleague(other), other));
    places
}

/// The class of an answer.
pub fn class(answer: &Answer) -> String {
    match answer.status.as_u16() {
        code @ (401 | 403 | 404) => code.to_string(),
        200..=299 | 409 | 412 | 422 => "yes".to_owned(),
        other => panic!("{other}: {}", answer.text),
    }
}

async fn probe(
    stage: &Stage,
    role: &Role,
    (entity, plural): (&str, &str),
    place: &Place,
    parent: Option<RecordId>,
    id: RecordId,
) -> Vec<String> {
    let client = &role.client;
    let at = api(&format!("{plural}/{id}"));
    let list = client.get(&api(&format!("{plural}?limit=200"))).await;
    let listed = match class(&list).as_str() {
        "yes" if ids(&list.json()).contains(&id.to_string()) => "yes".to_owned(),
        "yes" => "no".to_owned(),
        code => code.to_owned(),
    };
    let read = client.get(&at).await;
    let actions = read.json()["access"]["actions"].clone();
    let may = |action: &str| actions.as_array().is_some_and(|a| a.contains(&json!(action)));
    let old = |method, path: &str| client.request(method, path).header("if-match", "\"999\"");
    let change = class(&client.send(old(Method::PATCH, &at).json(&json!({ "fields": {} }))).await);
    let delete = class(&client.delete(&at, 999).await);
    assert_eq!(
        delete,
        class(&client.send(old(Method::POST, &format!("{at}/restore"))).await),
        "restoring is as deleting"
    );
    let erase = class(&client.post(&format!("{at}/erase"), &json!({ "reason": "" })).await);
    let reveal =
        class(&client.post(&format!("{at}/reveal"), &json!({ "field": "name", "reason": "" })).await);
    for path in ["changes", "events"] {
        assert_eq!(class(&client.get(&format!("{at}/{path}")).await), class(&read), "{path} follows reading");
    }
    // The interface never guesses: what the record says of itself is what the server does.
    for (action, probe) in [("update", &change), ("delete", &delete), ("erase", &erase), ("reveal", &reveal)]
    {
        assert_eq!(may(action), probe == "yes", "{} {action} {entity} {}: {actions}", role.name, place.whose);
    }
    assert_eq!(
        listed == "yes",
        class(&read) == "yes",
        "{} {entity} {}: a list shows what can be read",
        role.name,
        place.whose
    );
    let convert = match entity {
        "lead" => class(&client.send(old(Method::POST, &format!("{at}/convert")).json(&json!({}))).await),
        _ => "-".to_owned(),
    };
    let seen = |action| {
        if class(&read) != "yes" {
            "-"
        } else if may(action) {
            "yes"
        } else {
            "no"
        }
    };
    let create = create(stage, role, plural, place, parent).await;
    let import = if place.whose == "own" { import(role, plural).await } else { "-".to_owned() };
    vec![
        entity.to_owned(),
        place.whose.to_owned(),
        listed,
        class(&read),
        create,
        change,
        delete,
        erase,
        reveal,
        convert,
        import,
        seen("export").to_owned(),
        format!("{}, {}", seen("merge"), seen("share")),
    ]
}

async fn create(stage: &Stage, role: &Role, plural: &str, place: &Place, parent: Option<RecordId>) -> String {
    let mut body = json!({
        "fields": sample(plural, COUNT.fetch_add(1, Ordering::Relaxed) + 1_000_000),
        "owner": stage.users[&place.owner],
    });
    if let Some(parent) = parent {
        body["parent"] = json!({ "entity": "company", "id": parent });
    }
    let answer = role.client.post(&api(plural), &body).await;
    match (answer.status.as_u16(), parent) {
        (201, _) => "yes".to_owned(),
        // A parent that cannot be seen is a parent that is not there.
        (422, Some(_)) if answer.json()["issues"][0]["field"] == "parent" => "404".to_owned(),
        _ => {
            assert!(matches!(answer.status.as_u16(), 403 | 404), "{plural}: {}", answer.text);
            class(&answer)
        }
    }
}

async fn import(role: &Role, plural: &str) -> String {
    let fields: Value = sample(plural, 0);
    let (heads, cells): (Vec<&str>, Vec<&str>) =
        fields.as_object().unwrap().iter().map(|(k, v)| (k.as_str(), v.as_str().unwrap())).unzip();
    let file = format!("{}\n{}\n", heads.join(";"), cells.join(";"));
    let path = api(&format!("imports/{plural}?dry_run=true"));
    class(&role.client.send(role.client.request(Method::POST, &path).body(file)).await)
}
