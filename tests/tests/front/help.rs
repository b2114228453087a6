//! Short forms that the tests share.

use serde_json::{Value, json};
use testkit::{Answer, Client, World};

/// A record just made.
pub struct Made {
    pub id: String,
    /// Its path.
    pub at: String,
    pub view: Value,
}

impl Made {
    pub fn of(answer: Answer) -> Self {
        let answer = answer.expect(201);
        let view = answer.json();
        let at = answer.headers["location"].to_str().unwrap().to_owned();
        Self { id: view["id"].as_str().unwrap().to_owned(), at, view }
    }
}

/// The path of an entity, or of what is behind it.
pub fn api(path: &str) -> String {
    format!("/api/v1/{path}")
}

pub async fn make(client: &Client, plural: &str, fields: Value) -> Made {
    Made::of(client.post(&api(plural), &json!({ "fields": fields })).await)
}

pub async fn make_under(client: &Client, plural: &str, fields: Value, entity: &str, parent: &str) -> Made {
    let body = json!({ "fields": fields, "parent": { "entity": entity, "id": parent } });
    Made::of(client.post(&api(plural), &body).await)
}

/// Values that make a record of each entity; `n` keeps what must be unique apart.
pub fn sample(plural: &str, n: u32) -> Value {
    match plural {
        "companies" => json!({ "name": format!("Firma {n}") }),
        "people" => {
            json!({ "first_name": "Jan", "last_name": format!("Próbny{n}"), "email": format!("jan{n}@proba.example") })
        }
        "leads" => {
            json!({ "last_name": format!("Leadowy{n}"), "company_name": format!("Lead {n} sp. z o.o.") })
        }
        "deals" => json!({ "name": format!("Szansa {n}") }),
        "activities" => json!({ "title": format!("Zadanie {n}") }),
        "notes" => json!({ "body": format!("Notatka {n}") }),
        other => panic!("no such entity: {other}"),
    }
}

/// Name and path of every entity.
pub const ENTITIES: [(&str, &str); 6] = [
    ("company", "companies"),
    ("person", "people"),
    ("lead", "leads"),
    ("deal", "deals"),
    ("activity", "activities"),
    ("note", "notes"),
];

/// Ids of the items of a page.
pub fn ids(page: &Value) -> Vec<String> {
    page["items"]
        .as_array()
        .unwrap_or_else(|| panic!("no page: {page}"))
        .iter()
        .map(|i| i["id"].as_str().unwrap().to_owned())
        .collect()
}

/// One field of the items of a page.
pub fn column(page: &Value, field: &str) -> Vec<Value> {
    page["items"]
        .as_array()
        .unwrap_or_else(|| panic!("no page: {page}"))
        .iter()
        .map(|i| i["fields"][field].clone())
        .collect()
}

/// The issue that a problem document has with a field.
pub fn issue(problem: &Value, field: &str) -> Value {
    let issues = problem["issues"].as_array().unwrap_or_else(|| panic!("no issues: {problem}"));
    issues
        .iter()
        .find(|i| i["field"] == field)
        .unwrap_or_else(|| panic!("no issue with {field}: {problem}"))
        .clone()
}

/// A problem document as it must be, whatever went wrong, without the id of the request.
pub fn problem(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
    assert_eq!(answer.headers["content-type"], "application/problem+json", "{}", answer.text);
    let mut body = answer.json();
    assert_eq!(body["status"], status);
    let id = body.as_object_mut().and_then(|all| all.remove("request_id")).unwrap_or_default();
    assert_eq!(id.as_str().map(str::as_bytes), answer.headers.get("x-request-id").map(|h| h.as_bytes()));
    assert!(body["type"].as_str().unwrap().starts_with("urn:klucznik:problem:"), "{body}");
    for key in ["title", "detail"] {
        assert!(!body[key].as_str().unwrap().is_empty(), "{body}");
    }
    body
}

/// A list with parameters, whatever characters are in them.
pub async fn list(client: &Client, plural: &str, parameters: &[(&str, &str)]) -> Answer {
    let escape = |text: &str| -> String {
        text.bytes()
            .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
            .collect()
    };
    let pairs: Vec<String> =
        parameters.iter().map(|(k, v)| format!("{}={}", escape(k).replace("%5F", "_"), escape(v))).collect();
    client.get(&api(&format!("{plural}?{}", pairs.join("&")))).await
}

/// The same list, asked with the parameters in a body.
pub async fn ask(client: &Client, plural: &str, parameters: &[(&str, &str)]) -> Answer {
    let mut body = json!({});
    for (name, value) in parameters {
        match *name {
            "filter" => match body[name].as_array_mut() {
                Some(all) => all.push(json!(value)),
                None => body[name] = json!([value]),
            },
            "fields" => body[name] = value.split(',').collect(),
            "limit" => body[name] = json!(value.parse::<u64>().unwrap()),
            "count" | "refs" | "next_activity" | "binned" => body[name] = json!(*value == "true"),
            _ => body[name] = json!(value),
        }
    }
    client.post(&api(&format!("{plural}/query")), &body).await
}

/// Id of the thing of this name in a list such as teams or roles.
pub async fn named(client: &Client, path: &str, name: &str) -> String {
    let list = client.get(&api(path)).await.expect(200).json();
    let found = list["items"].as_array().unwrap().iter().find(|i| i["name"] == name || i["login"] == name);
    found.unwrap_or_else(|| panic!("no {name} in {list}"))["id"].as_str().unwrap().to_owned()
}

/// Makes a role and gives it to a user beside the user's others. Gives the role's id.
pub async fn endow(world: &World, login: &str, role: &Value) -> String {
    let admin = world.sign_in("robert.szymanski").await;
    let made = admin.post(&api("roles"), role).await.expect(201).json();
    let id = made["id"].as_str().unwrap().to_owned();
    let user = named(&admin, "users", login).await;
    let at = api(&format!("users/{user}"));
    let now = admin.get(&at).await.expect(200).json();
    let mut roles = now["roles"].as_array().unwrap().clone();
    roles.push(json!(id));
    let _ = admin.patch(&at, now["version"].as_u64().unwrap(), &json!({ "roles": roles })).await.expect(200);
    id
}
