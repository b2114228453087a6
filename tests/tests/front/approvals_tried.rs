//! What was approved and cannot be done just now is not lost: it is tried again, or waits.

use super::approvals::{approvals, asked, bulk, people, post, set_rules, settled, standing};
use super::factors::{enrol, require};
use super::help::{api, make, named, problem};
use kernel::Clock;
use serde_json::json;

/// Something that refers to what is erased is saved at the same moment.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_saved_beside_it_at_that_moment_does_not_end_a_request() {
    let world = settled().await;
    set_rules(&world, json!({ "erase": 1 })).await;
    let anna = world.sign_in("anna.kowalska").await;
    let robert = world.sign_in("robert.szymanski").await;
    let zofia = world.sign_in("zofia.jablonska").await;
    for n in 0..8 {
        let company = make(&anna, "companies", json!({ "name": format!("Firma {n}") })).await;
        let mut workers = Vec::new();
        for m in 0..3 {
            let fields = json!({ "last_name": format!("Pracownik {n} {m}"), "company": company.id });
            workers.push(make(&anna, "people", fields).await);
        }
        let act =
            json!({ "erase": { "entities": "companies", "id": company.id, "reason": "wniosek firmy" } });
        let id = asked(&zofia, &act).await;
        let saves = async {
            for worker in &workers {
                // Unless the reference was taken out of it before: that is another version.
                let saved =
                    anna.patch(&worker.at, 1, &json!({ "fields": { "job_title": "Kierownik" } })).await;
                assert!([200, 412].contains(&saved.status.as_u16()), "{}", saved.text);
            }
        };
        let (approved, ()) = tokio::join!(post(&robert, &id, "approve"), saves);
        let _ = approved.expect(204);
        assert_eq!(standing(&zofia, &id).await["state"], "approved");
        problem(&anna.get(&company.at).await, 404);
        for worker in &workers {
            let now = anna.get(&worker.at).await.expect(200).json();
            assert!(now["fields"].get("company").is_none_or(serde_json::Value::is_null), "{now}");
        }
        world.clock.advance_ms(60_000);
        for client in [&zofia, &robert] {
            client.step_up(testkit::PASSWORD).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_waits_while_whoever_asked_lacks_a_factor() {
    let world = settled().await;
    set_rules(&world, json!({ "bulk_edit": 1 })).await;
    let anna = world.sign_in("anna.kowalska").await;
    let robert = world.sign_in("robert.szymanski").await;
    let all = people(&anna, 1).await;
    let act = bulk(&all, json!({ "change": { "fields": { "job_title": "Dyrektor" } } }));
    let id = asked(&anna, &act).await;
    let seller = named(&robert, "roles", "seller").await;
    let body = json!({ "everyone": "none", "roles": { (&seller): "any" }, "grace_days": 0 });
    let _ = require(&robert, 0, &body).await.expect(200);
    let refused = problem(&post(&robert, &id, "approve").await, 409);
    assert!(refused["detail"].as_str().unwrap().contains("The request waits"), "{refused}");
    let open = approvals(&robert, "to_decide").await;
    assert_eq!((open.len(), &open[0]["id"], &open[0]["state"]), (1, &json!(id), &json!("asked")));
    // It can still be looked at: nothing of it was lost.
    let shown = robert.get(&api(&format!("approvals/{id}"))).await.expect(200).json();
    assert_eq!((&shown["reason"], &shown["preview"]["count"]), (&json!("Porządki po kampanii"), &json!(1)));
    let _phone = enrol(&anna, world.clock.now().0).await;
    let _ = post(&robert, &id, "approve").await.expect(204);
    let job = super::jobs::ended(&anna, &json!({ "id": standing(&anna, &id).await["job"] })).await;
    assert_eq!(job["result"]["changed"], 1, "{job}");
}
