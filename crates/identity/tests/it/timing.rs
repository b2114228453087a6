//! What an answer costs tells nothing: measured as processor time of the whole process, and judged by a
//! statistic that finds a difference where there is one.

use crate::house::{House, PASSWORD, client};
use identity::{Cost, LOCK_AFTER, Proof, SignIn};
use kernel::{Clock, FaultKind, Random, SeededRandom, UserId};
use std::time::Duration;
use store::{Batch, DocKind, SessionKind};
use totp_rs::{Builder, Secret, Totp};
use zeroize::Zeroizing;

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

/// So many kinds of attempts, in an order that chance makes: whatever else changes while it goes on hits all
/// alike.
fn mixed(kinds: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..SAMPLES * kinds).map(|n| n % kinds).collect();
    let random = SeededRandom::new(7);
    for last in (1..order.len()).rev() {
        let mut drawn = [0; 8];
        random.fill(&mut drawn);
        order.swap(last, (u64::from_le_bytes(drawn) % (last as u64 + 1)) as usize);
    }
    order
}

/// Measures attempts under these names.
async fn measure(
    house: &House,
    names: &[(&str, &str)],
    expected: FaultKind,
    forget: bool,
) -> Vec<Vec<Duration>> {
    let mut taken = vec![Vec::new(); names.len()];
    for which in mixed(names.len()) {
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

/// That attempts under none of these names can be told from those under the first. What chance alone put apart is
/// measured once more: it does not do so twice.
async fn alike(house: &House, names: &[(&str, &str)]) {
    let mut told = Vec::new();
    for _ in 0..2 {
        let taken = measure(house, names, FaultKind::Unauthenticated, true).await;
        let far = taken.iter().map(|other| apart(&taken[0], other));
        told = names.iter().zip(far).filter(|(_, far)| far.abs() >= FAR).collect();
        if told.is_empty() {
            return;
        }
    }
    panic!("can be told from {:?}: {told:?}", names[0]);
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
    let wrong = ("anna.kowalska", "nie to hasło");
    alike(&house, &[wrong, ("nikt.taki", "nie to hasło"), ("szefowa", PASSWORD)]).await;
    change(&house, house.boss, |user| (user.active, user.password) = (true, None)).await;
    alike(&house, &[wrong, ("szefowa", "")]).await;
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

/// An application of Anna's that makes codes.
async fn enrol(house: &House) -> Totp {
    let session = house.anna().await;
    let anna = house.identity.authenticate(SessionKind::Session, &session.secret).unwrap().actor;
    let (secret, shown) = house.identity.begin_totp(&house.directory, &anna).await.unwrap();
    let totp = Builder::new().with_secret(Secret::try_from_base32(&*shown.secret).unwrap());
    let totp = totp.build_noncompliant();
    let proof = Proof::Totp(code(&totp, house, 0));
    house.identity.add_factor(&house.directory, &anna, &secret, "Telefon", &proof).await.unwrap();
    totp
}

/// The code of so many steps after now.
fn code(totp: &Totp, house: &House, later: u64) -> Zeroizing<String> {
    let seconds = u64::try_from(house.clock.now().0 / 1_000).unwrap() + 30 * later;
    Zeroizing::new(totp.generate(seconds).to_string())
}

/// What Anna's right password began.
async fn begun(house: &House) -> Zeroizing<String> {
    let directory = house.directory.clone();
    match house.identity.login(directory, "anna.kowalska", PASSWORD, &client(5)).await.unwrap() {
        SignIn::Pending(begun) => begun.secret,
        SignIn::Done(_) => panic!("no factor is awaited"),
    }
}

/// That a factor is awaited is told to who had the password, and nothing more: neither that a code was right and is
/// used, nor that it would be right but for the lock.
#[tokio::test]
async fn a_wrong_code_and_one_that_was_used_cost_the_same() {
    let house = House::build().await;
    let totp = enrol(&house).await;
    let finish = async |secret: &str, code: Zeroizing<String>| {
        let directory = house.directory.clone();
        house.identity.finish_sign_in(directory, secret, Proof::Totp(code), &client(5)).await
    };
    let mut taken = [const { Vec::new() }; 2];
    for which in mixed(2) {
        house.clock.advance_ms(25 * 3_600_000);
        let used = code(&totp, &house, 0);
        finish(&begun(&house).await, used.clone()).await.unwrap_or_else(|f| panic!("{f}"));
        let shown = if which == 0 { code(&totp, &house, 40) } else { used };
        let secret = begun(&house).await;
        let before = processor_time();
        let fault = finish(&secret, shown).await.err().unwrap();
        taken[which].push(processor_time() - before);
        assert_eq!(fault.kind, FaultKind::Unauthenticated, "{fault}");
    }
    let far = apart(&taken[0], &taken[1]);
    assert!(far.abs() < FAR, "a code that was used can be told from a wrong one: {far}");

    let mut taken = [const { Vec::new() }; 2];
    house.clock.advance_ms(25 * 3_600_000);
    let mut secret = Zeroizing::default();
    for _ in 0..LOCK_AFTER {
        house.clock.advance_ms(70_000);
        secret = begun(&house).await;
        finish(&secret, code(&totp, &house, 40)).await.err().unwrap();
    }
    for which in mixed(2) {
        let shown = code(&totp, &house, if which == 0 { 40 } else { 0 });
        let before = processor_time();
        let fault = finish(&secret, shown).await.err().unwrap();
        taken[which].push(processor_time() - before);
        assert_eq!(fault.kind, FaultKind::TooMany, "{fault}");
    }
    let far = apart(&taken[0], &taken[1]);
    assert!(far.abs() < FAR, "a lock tells whether a code is right: {far}");
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
