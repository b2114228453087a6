//! Roles as a file. OWASP API Security 2023: API3 (property level), API5 (function level), API6 (mass change).

use super::help::{api, endow, issue, named, problem};
use super::policy::{edit, helper};
use serde_json::{Value, json};
use testkit::{Client, World};

fn fates(done: &Value) -> Vec<(&str, &str)> {
    let items = done["items"].as_array().unwrap();
    items.iter().map(|i| (i["name"].as_str().unwrap(), i["fate"].as_str().unwrap())).collect()
}

async fn import(client: &Client, roles: &[Value], dry_run: bool) -> testkit::Answer {
    let file = json!({ "format": "klucznik-roles", "version": 1, "roles": roles });
    client.post(&api(&format!("roles/import?dry_run={dry_run}")), &file).await
}

fn find<'a>(file: &'a Value, name: &str) -> &'a Value {
    file["roles"].as_array().unwrap().iter().find(|r| r["name"] == name).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_leave_in_a_file_and_come_back_whole() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let id = endow(&world, "ewa.pusta", &helper()).await;
    let file = admin.get(&api("roles/export")).await.expect(200).json();
    assert_eq!((&file["format"], &file["version"]), (&json!("klucznik-roles"), &json!(1)));
    assert!(!file.to_string().contains(&id), "no ids: {file}");
    let roles = file["roles"].as_array().unwrap().clone();
    let same = import(&admin, &roles, false).await.expect(200).json();
    assert!(fates(&same).iter().all(|(_, fate)| *fate == "same") && same["saved"] == false, "{same}");

    let _ = edit(&admin, &id, |role| role["entities"]["person"]["scopes"] = json!({ "read": "all" })).await;
    let mut other = find(&file, "helper").clone();
    other["name"] = json!("helper_two");
    let wanted = [find(&file, "helper").clone(), other, find(&file, "seller").clone()];
    let dry = import(&admin, &wanted, true).await.expect(200).json();
    assert_eq!(fates(&dry), [("helper", "changed"), ("helper_two", "new"), ("seller", "same")]);
    assert_eq!(dry["items"][0]["changes"], json!(["people – reading: all → one's own"]));
    assert_eq!((&dry["saved"], &dry["preview"]["losing"]), (&json!(false), &json!(1)));
    let now = admin.get(&api("roles")).await.expect(200).json();
    assert!(!now.to_string().contains("helper_two"), "{now}");
    let done = import(&admin, &wanted, false).await.expect(200).json();
    assert_eq!((fates(&done), &done["saved"]), (fates(&dry), &json!(true)));
    let again = admin.get(&api("roles/export")).await.expect(200).json();
    assert_eq!(find(&again, "helper"), find(&file, "helper"));
    let versions = admin.get(&api(&format!("roles/{id}/versions"))).await.expect(200).json();
    assert_eq!(versions["items"].as_array().unwrap().len(), 3, "{versions}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_gives_nobody_more_than_saving_each_role_and_is_all_or_nothing() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let two = |name: &str, things: Value| json!({ "name": name, "label": { "pl": name, "en": name }, "things": things });
    let shaper = endow(&world, "piotr.zielinski", &two("shaper", json!({ "roles": "manage" }))).await;
    let piotr = world.sign_in("piotr.zielinski").await;
    let mut unknown = helper();
    unknown["entities"] = json!({ "person": { "fields": { "no_such": "read" } } });
    let mut thing = two("thing", json!({ "nothing": "manage" }));
    let good = two("good", json!({}));
    let file = [good.clone(), unknown, thing.clone(), two("more", json!({ "keys": "manage" })), good.clone()];
    let dry = import(&piotr, &file, true).await.expect(200).json();
    let refused = |name| (name, "refused");
    assert_eq!(
        fates(&dry),
        [("good", "new"), refused("helper"), refused("thing"), refused("more"), refused("good")]
    );
    assert_eq!(dry["items"][1]["reasons"], json!(["There is no field \"person.no_such\"."]));
    assert!(dry["preview"]["groups"].as_array().unwrap().is_empty(), "{dry}");
    let answer = problem(&import(&piotr, &file, false).await, 422);
    assert_eq!(issue(&answer, "roles.3")["code"], "refused");
    let now = admin.get(&api("roles")).await.expect(200).json();
    assert!(!now.to_string().contains("\"good\""), "all or nothing: {now}");

    // Two roles by which each alone could go, and not both: nobody would be left who manages roles.
    thing["things"] = json!({});
    let keeper = two("keeper", json!({ "roles": "manage", "users": "manage" }));
    let _ = endow(&world, "robert.szymanski", &keeper).await;
    let file = admin.get(&api("roles/export")).await.expect(200).json();
    let mut administrator = find(&file, "administrator").clone();
    administrator["things"].as_object_mut().unwrap().remove("users");
    let gone = [administrator, two("keeper", json!({ "roles": "manage" }))];
    let dry = import(&admin, &gone, true).await.expect(200).json();
    assert_eq!(fates(&dry), [("administrator", "changed"), refused("keeper")]);
    let _ = problem(&import(&admin, &gone, false).await, 422);
    assert!(admin.get(&api("users")).await.status.is_success());

    // Another format, and callers without the right.
    let wrong = json!({ "format": "other", "version": 1, "roles": [] });
    assert!(issue(&problem(&admin.post(&api("roles/import"), &wrong).await, 422), "format").is_object());
    let many = vec![json!({}); 1_001];
    assert!(issue(&problem(&import(&admin, &many, true).await, 422), "roles").is_object());
    let anna = world.sign_in("anna.kowalska").await;
    problem(&anna.get(&api("roles/export")).await, 403);
    problem(&import(&anna, &[], true).await, 403);
    assert_eq!(named(&admin, "roles", "shaper").await, shaper);
}
