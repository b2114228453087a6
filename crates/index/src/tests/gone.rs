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
        w.row("company", n, &[("name", json!(format!("Firma {n}"))), ("description", json!("zwykły opis"))])
    }))
    .await;
    let canary = || w.row("company", 1000, &[("name", json!("Qxzvwjk")), ("description", json!("Wyjqxv"))]);
    w.put([canary()]).await;
    w.put((2000..2400).map(|n| w.row("company", n, &[("name", json!(format!("Inna {n}")))]))).await;
    assert_eq!(w.find("company", "qxzvwjk").await, [1000]);
    let before = vault::decrypted_image(&w.path(), &key()).unwrap();
    for trace in TRACES {
        assert!(contains(&before, trace), "the search for {trace} finds nothing even before");
    }
    let entity = w.entity("company").code;
    let seq = w.index.applied() + 1;
    w.index.apply(vec![(seq, Op::Remove { id: record(1000), entity })]).await.unwrap();
    assert_eq!(w.find("company", "qxzvwjk").await, [] as [u32; 0]);
    let after = vault::decrypted_image(&w.path(), &key()).unwrap();
    for trace in TRACES {
        assert!(!contains(&after, trace), "{trace} is still there");
    }
    assert!(!after.windows(16).any(|b| b == record(1000).bytes()), "its id is still there");
    assert!(contains(&after, "Firma 17"), "the image shows what is there");
}

#[tokio::test]
async fn what_is_overwritten_leaves_no_trace() {
    let w = World::new();
    w.put([w.row("company", 1, &[("name", json!("Qxzvwjk")), ("description", json!("Wyjqxv"))])]).await;
    let changed = IndexRow { version: 2, ..w.row("company", 1, &[("name", json!("Zwykła"))]) };
    w.put([changed]).await;
    // The log of the last change goes with the next removal.
    w.put([w.row("company", 2, &[])]).await;
    let seq = w.index.applied() + 1;
    w.index.apply(vec![(seq, Op::Remove { id: record(2), entity: w.entity("company").code })]).await.unwrap();
    let after = vault::decrypted_image(&w.path(), &key()).unwrap();
    for trace in TRACES {
        assert!(!contains(&after, trace), "{trace} is still there");
    }
    assert!(contains(&after, "Zwykła"));
}

#[tokio::test]
async fn special_values_are_never_there() {
    let w = World::new();
    w.put([w.row("person", 1, &[("name", json!("Jan")), ("pesel", json!("44051401359"))])]).await;
    w.put([w.row("person", 2, &[])]).await;
    w.index.apply(vec![(3, Op::Remove { id: record(2), entity: w.entity("person").code })]).await.unwrap();
    let image = vault::decrypted_image(&w.path(), &key()).unwrap();
    assert!(contains(&image, "Jan") && !contains(&image, "44051401359"));
}

/// Pages that were split, merged and rebuilt, and tokens merged again and again, keep no copy either.
#[tokio::test]
async fn what_is_removed_leaves_no_trace_whatever_went_before() {
    let w = World::new();
    let random = SeededRandom::new(7);
    let dice = |sides: usize| {
        let mut b = [0u8; 4];
        random.fill(&mut b);
        u32::from_le_bytes(b) as usize % sides
    };
    // Letters alone, and different from each other in every part that is looked for.
    let canary = |n: usize, version: usize| {
        let letters: String = (0..5).map(|i| char::from(b'a' + (n / 26usize.pow(i) % 26) as u8)).collect();
        let salt: String = (0..3).map(|i| char::from(b'a' + (version / 26usize.pow(i) % 26) as u8)).collect();
        format!("q{letters}x{salt}v")
    };
    let (mut live, mut gone, mut seq) = (BTreeMap::new(), Vec::new(), 0);
    for round in 0..40 {
        let mut ops = Vec::new();
        for _ in 0..30 {
            seq += 1;
            let n = dice(600);
            let text = canary(n, round);
            let long = format!("{text} {}", "słowo ".repeat(dice(400)));
            let row = IndexRow {
                version: seq,
                ..w.row("company", n as u32, &[("name", json!(text)), ("description", json!(long))])
            };
            if let Some(old) = live.insert(n, text) {
                gone.push(old);
            }
            ops.push((seq, Op::Put(row)));
        }
        for n in live.keys().copied().filter(|_| dice(3) == 0).collect::<Vec<_>>() {
            seq += 1;
            gone.extend(live.remove(&n));
            ops.push((seq, Op::Remove { id: record(n as u32), entity: w.entity("company").code }));
        }
        gone.retain(|text| !live.values().any(|l| l == text));
        w.index.apply(ops).await.unwrap();
    }
    w.index.settle_erasure().await.unwrap();
    let image = vault::decrypted_image(&w.path(), &key()).unwrap();
    let parts: std::collections::HashSet<&[u8]> = image.windows(11).collect();
    for text in live.values() {
        assert!(parts.contains(text.as_bytes()), "the search finds what is there");
    }
    let left: Vec<&String> = gone.iter().filter(|t| parts.contains(t.as_bytes())).collect();
    assert!(left.is_empty(), "{} of {} are left: {:?}", left.len(), gone.len(), &left[..left.len().min(5)]);
}
