use super::*;

fn contains(image: &[u8], needle: &str) -> bool {
    image.windows(needle.len()).any(|w| w == needle.as_bytes())
}

/// What of a canary could be left: the text, its folded form, and tokens that nothing else has.
const TRACES: [&str; 4] = ["Qxzvwjk", "qxzvwjk", "qxz", "=wyjqxv"];

#[tokio::test]
async fn what_is_removed_leaves_no_trace() {
    let w = World::new();
    w.put((1..400).map(|n| {
        w.row(
            "company",
            n,
            &[
                ("name", json!(format!("Firma {n}"))),
                ("description", json!("zwykły opis")),
            ],
        )
    }))
    .await;
    let canary = || {
        w.row(
            "company",
            1000,
            &[("name", json!("Qxzvwjk")), ("description", json!("Wyjqxv"))],
        )
    };
    w.put([canary()]).await;
    w.put((2000..2400).map(|n| w.row("company", n, &[("name", json!(format!("Inna {n}")))])))
        .await;
    assert_eq!(w.find("company", "qxzvwjk").await, [1000]);
    let before = vault::decrypted_image(&w.path(), &key()).unwrap();
    for trace in TRACES {
        assert!(
            contains(&before, trace),
            "the search for {trace} finds nothing even before"
        );
    }
    let entity = w.entity("company").code;
    let seq = w.index.applied() + 1;
    w.index
        .apply(vec![(
            seq,
            Op::Remove {
                id: record(1000),
                entity,
            },
        )])
        .await
        .unwrap();
    assert_eq!(w.find("company", "qxzvwjk").await, [] as [u32; 0]);
    let after = vault::decrypted_image(&w.path(), &key()).unwrap();
    for trace in TRACES {
        assert!(!contains(&after, trace), "{trace} is still there");
    }
    assert!(
        !after.windows(16).any(|b| b == record(1000).bytes()),
        "its id is still there"
    );
    assert!(contains(&after, "Firma 17"), "the image shows what is there");
}

#[tokio::test]
async fn what_is_overwritten_leaves_no_trace() {
    let w = World::new();
    w.put([w.row(
        "company",
        1,
        &[("name", json!("Qxzvwjk")), ("description", json!("Wyjqxv"))],
    )])
    .await;
    let changed = IndexRow {
        version: 2,
        ..w.row("company", 1, &[("name", json!("Zwykła"))])
    };
    w.put([changed]).await;
    // The log of the last change goes with the next removal.
    w.put([w.row("company", 2, &[])]).await;
    let seq = w.index.applied() + 1;
    w.index
        .apply(vec![(
            seq,
            Op::Remove {
                id: record(2),
                entity: w.entity("company").code,
            },
        )])
        .await
        .unwrap();
    let after = vault::decrypted_image(&w.path(), &key()).unwrap();
    for trace in TRACES {
        assert!(!contains(&after, trace), "{trace} is still there");
    }
    assert!(contains(&after, "Zwykła"));
}

#[tokio::test]
async fn special_values_are_never_there() {
    let w = World::new();
    w.put([w.row(
        "person",
        1,
        &[("name", json!("Jan")), ("pesel", json!("44051401359"))],
    )])
    .await;
    w.put([w.row("person", 2, &[])]).await;
    w.index
        .apply(vec![(
            3,
            Op::Remove {
                id: record(2),
                entity: w.entity("person").code,
            },
        )])
        .await
        .unwrap();
    let image = vault::decrypted_image(&w.path(), &key()).unwrap();
    assert!(contains(&image, "Jan") && !contains(&image, "44051401359"));
}
