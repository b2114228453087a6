//! What an answer costs tells nothing: measured as processor time of the whole process, and judged by a
//! statistic that finds a difference where there is one.

use crate::house::{House, PASSWORD, client};
use identity::{Cost, LOCK_AFTER};
use kernel::{FaultKind, Random, SeededRandom, UserId};
use std::time::Duration;
use store::{Batch, DocKind};

/// Samples of each kind.
const SAMPLES: usize = 120;
/// Of equal things, one comparison in 15,000 is further apart than this many standard deviations.
const FAR: f64 = 4.0;
/// Long enough to be nearly all that an attempt takes, as it is with what the program has.
const COST: Cost = Cost { memory_kib: 4 << 10, passes: 1, lanes: 1 };

fn processor_time() -> Duration {
    let spent = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(spent.tv_sec.cast_unsigned(), spent.tv_nsec.try_into().unwrap())
}

/// How far two samples are apart: Mann and Whitney's U as standard deviations from its mean under the
/// hypothesis that both are of one distribution (no ties to speak of among nanoseconds).
fn apart(a: &[Duration], b: &[Duration]) -> f64 {
    let mut all: Vec<(Duration, bool)> =
        a.iter().map(|d| (*d, true)).chain(b.iter().map(|d| (*d, false))).collect();
    all.sort();
    let ranks: usize = all.iter().zip(1..).filter(|((_, first), _)| *first).map(|(_, rank)| rank).sum();
    let (n, m) = (a.len() as f64, b.len() as f64);
    let u = ranks as f64 - n * (n + 1.0) / 2.0;
    (u - n * m / 2.0) / (n * m * (n + m + 1.0) / 12.0).sqrt()
}

/// Measures attempts under these names, in an order that chance makes: whatever else changes while it
/// goes on hits all alike.
async fn measure(
    house: &House,
    names: &[(&str, &str)],
    expected: FaultKind,
    forget: bool,
) -> Vec<Vec<Duration>> {
    let mut order: Vec<usize> = (0..SAMPLES * names.len()).map(|n| n % names.len()).collect();
    let random = SeededRandom::new(7);
    for last in (1..order.len()).rev() {
        let mut drawn = [0; 8];
        random.fill(&mut drawn);
        order.swap(last, (u64::from_le_bytes(drawn) % (last as u64 + 1)) as usize);
    }
    let mut taken = vec![Vec::new(); names.len()];
    for which in order {
        let (login, password) = names[which];
        let before = processor_time();
        let fault =
            house.identity.login(house.directory.clone(), login, password, &client(5)).await.err().unwrap();
        taken[which].push(processor_time() - before);
        assert_eq!(fault.kind, expected, "{login}");
        if forget {
            house.clock.advance_ms(25 * 3_600_000);
        }
    }
    taken
}

/// A user who is suspended, and one who has no password.
async fn change(house: &House, id: UserId, to: impl FnOnce(&mut identity::UserDoc)) {
    let doc = house.store.doc(DocKind::User, *id.bytes()).await.unwrap().unwrap();
    let mut user = identity::load_user(&house.vault, &doc).unwrap();
    to(&mut user.doc);
    let put = store::Doc { version: doc.version + 1, ..doc };
    let ids = kernel::IdSource::new();
    let mut batch = Batch::new(crate::house::event(&ids, &*house.clock, ledger::Act::UserUpdate));
    batch.docs.push(identity::put_doc(&house.vault, put, &user.doc).unwrap());
    house.store.commit(batch).await.unwrap();
}

#[tokio::test]
async fn nobody_a_wrong_password_and_a_suspended_user_cost_the_same() {
    let house = House::with(COST, 2, 64).await;
    change(&house, house.boss, |user| user.active = false).await;
    let names = [("anna.kowalska", "nie to hasło"), ("nikt.taki", "nie to hasło"), ("szefowa", PASSWORD)];
    let taken = measure(&house, &names, FaultKind::Unauthenticated, true).await;
    for (at, (name, _)) in names.iter().enumerate().skip(1) {
        let far = apart(&taken[0], &taken[at]);
        assert!(far.abs() < FAR, "{name} can be told from a wrong password: {far}");
    }
    change(&house, house.boss, |user| (user.active, user.password) = (true, None)).await;
    let names = [("anna.kowalska", "nie to hasło"), ("szefowa", "")];
    let taken = measure(&house, &names, FaultKind::Unauthenticated, true).await;
    let far = apart(&taken[0], &taken[1]);
    assert!(far.abs() < FAR, "a user without a password can be told: {far}");
}

#[tokio::test]
async fn a_lock_costs_the_same_whoever_has_the_name() {
    let house = House::build().await;
    house.fail("anna.kowalska", LOCK_AFTER).await;
    house.fail("nikt.taki", LOCK_AFTER).await;
    let names = [("anna.kowalska", PASSWORD), ("nikt.taki", PASSWORD)];
    let taken = measure(&house, &names, FaultKind::TooMany, false).await;
    let far = apart(&taken[0], &taken[1]);
    assert!(far.abs() < FAR, "a lock tells whether somebody has the name: {far}");
}

#[tokio::test]
async fn the_statistic_finds_what_is_different() {
    let house = House::with(COST, 2, 64).await;
    let names = [("anna.kowalska", "nie to hasło")];
    let hashed = measure(&house, &names, FaultKind::Unauthenticated, true).await;
    house.fail("anna.kowalska", LOCK_AFTER).await;
    let not = measure(&house, &names, FaultKind::TooMany, false).await;
    assert!(apart(&hashed[0], &not[0]) > 2.0 * FAR, "{}", apart(&hashed[0], &not[0]));
    // A quarter of the work more is found, too, and equal things are not told apart.
    let more: Vec<_> = hashed[0].iter().map(|d| *d + *d / 4).collect();
    assert!(apart(&more, &hashed[0]) > FAR, "{}", apart(&more, &hashed[0]));
    let (even, odd): (Vec<_>, Vec<_>) = hashed[0].iter().enumerate().partition(|(n, _)| n % 2 == 0);
    let only = |half: Vec<(usize, &Duration)>| half.into_iter().map(|(_, d)| *d).collect::<Vec<_>>();
    let far = apart(&only(even), &only(odd));
    assert!(far.abs() < FAR, "{far}");
}
