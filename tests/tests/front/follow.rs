//! How long another server on the same database takes to know of a change: measured and told, as it depends on the
//! machine; that it does get to know is what is asserted.

use super::help::make;
use super::servers::{Pair, rename};
use super::stream::Stream;
use serde_json::json;
use std::io::{Write, stderr};
use std::time::Instant;

const CHANGES: u64 = 50;

#[tokio::test(flavor = "multi_thread")]
async fn the_other_server_follows_each_change() {
    let pair = Pair::new().await;
    let [anna, anna_b] = pair.sign_in("anna.kowalska").await;
    let made = make(&anna, "people", json!({ "last_name": "Zmienna" })).await;
    let mut stream = Stream::open(&anna_b, &[&made]).await;
    let mut times = Vec::new();
    for version in 1..=CHANGES {
        let _ = rename(&anna, &made, version, &format!("Zmienna {version}")).await.expect(200);
        let answered = Instant::now();
        // It is told once the index there has it.
        while stream.until("record").await["version"].as_u64() < Some(version + 1) {}
        times.push(answered.elapsed());
    }
    let applied = pair.b.app().engine().index().applied();
    assert_eq!(applied, pair.a.app().engine().store().last_change().await.expect("a number"));
    times.sort_unstable();
    let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    let (half, most) = (at(50), at(99));
    writeln!(
        stderr(),
        "the other server follows: {half:.1} ms in the median, {most:.1} ms at most but for 1 %"
    )
    .expect("told");
    pair.stop().await;
}
