//! What servers on one database tell each other, and how they know how far it is.

use crate::postgres::{END_ALL, WAITING, holder, second, until};
use crate::support::{Engine, Place, START, doc, kind, user, with};
use kernel::FaultKind;
use std::time::Duration;
use store::{About, Doc, DocKind, DocWrite, Hints, Newest, SessionWrite, Store};
use tokio::sync::watch;
use tokio::time::timeout;

/// Long enough for anything that does not wait for ever.
const LONG: Duration = Duration::from_secs(20);

fn put(kind: DocKind, n: u8, version: u64) -> DocWrite {
    DocWrite::Put(Doc { kind, version, ..doc(n) })
}

async fn write(store: &Store, place: &Place, docs: Vec<DocWrite>, sessions: Vec<SessionWrite>) {
    let batch = with(place.batch(), |batch| {
        batch.docs = docs;
        batch.sessions = sessions;
    });
    store.commit(batch).await.unwrap();
}

async fn since(store: &Store, after: u64) -> Hints {
    store.hints_since(after, 100).await.unwrap()
}

/// Waits until it is announced that the database is at least so far.
async fn told(heard: &mut watch::Receiver<Newest>, change: u64, hint: u64) {
    let far = heard.wait_for(|newest| newest.change >= change && newest.hint >= hint);
    timeout(LONG, far).await.expect("it is announced").expect("the store is open");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_others_hold_in_memory_is_hinted_at() {
    let place = Place::new(Engine::Postgres);
    let (a, b) = (place.create(), second(&place));
    let mut notices = b.notices();
    let later = START.plus_s(60);
    let [one, two, three] = [1, 1, 2].map(|n| place.session(user(n), later));
    let start = |session: &store::SessionRow| SessionWrite::Start(session.clone());
    write(&a, &place, vec![put(DocKind::User, 1, 1)], vec![start(&one), start(&two), start(&three)]).await;
    let about_user = About::Doc(DocKind::User, [1; 16]);
    let mut about = since(&b, 0).await;
    assert_eq!((about.upto, about.missed), (4, false));
    about.about.sort_by_key(|about| *about != About::Session(one.id));
    assert!([one.id, two.id, three.id].iter().all(|id| about.about.contains(&About::Session(*id))));
    assert!(about.about.contains(&about_user));
    // A last use tells nobody anything; of most documents nobody holds any.
    let quiet = [
        DocKind::Attempts,
        DocKind::Browsers,
        DocKind::Import,
        DocKind::Preferences,
        DocKind::View,
        DocKind::Bulk,
        DocKind::Link,
        DocKind::Address,
        DocKind::EmailChange,
        DocKind::Ways,
        DocKind::Factor,
        DocKind::Ceremony,
        DocKind::FactorReset,
        DocKind::Account,
        DocKind::GrantEnd,
        DocKind::Registration,
        DocKind::RegistrationTurn,
        DocKind::PolicyVersion,
        DocKind::PolicySince,
        DocKind::RightsUse,
        DocKind::RightsUseAt,
        DocKind::AccessReview,
        DocKind::AccessReviewPart,
        DocKind::AccessRequest,
        DocKind::AccessQuestion,
    ];
    write(
        &a,
        &place,
        quiet.map(|kind| put(kind, 1, 1)).to_vec(),
        vec![SessionWrite::Seen(one.id, later, None)],
    )
    .await;
    assert_eq!(since(&b, 4).await, Hints { upto: 4, missed: false, about: Vec::new() });
    // What ends is named one by one; what has ended before is not.
    write(&a, &place, Vec::new(), vec![SessionWrite::EndAll(user(1), Some(two.id))]).await;
    write(&a, &place, Vec::new(), vec![SessionWrite::End(one.id), SessionWrite::End(three.id)]).await;
    let ended = vec![About::Session(one.id), About::Session(three.id)];
    assert_eq!(since(&b, 4).await, Hints { upto: 6, missed: false, about: ended });
    // A document that is written and removed, and the notifications of a user, once each.
    write(&a, &place, vec![put(DocKind::Notice, 7, 1), put(DocKind::Notice, 8, 1)], Vec::new()).await;
    let gone = DocWrite::Remove(DocKind::User, [1; 16], 2);
    write(&a, &place, vec![put(DocKind::User, 1, 2), gone], Vec::new()).await;
    assert!(notices.try_recv().is_err());
    let about = vec![About::Notices(user(7)), About::Notices(user(8)), about_user];
    assert_eq!(since(&b, 6).await, Hints { upto: 9, missed: false, about });
    assert_eq!((notices.try_recv(), notices.try_recv()), (Ok(user(7)), Ok(user(8))));
    assert_eq!(b.hints_since(6, 2).await.unwrap().upto, 8, "a page at a time");
    place.assert_sound();
}

/// The file has one server, which pays nothing for others.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_only_server_of_a_file_is_told_nothing() {
    let place = Place::new(Engine::File);
    let store = place.create();
    let mut notices = store.notices();
    write(&store, &place, vec![put(DocKind::Notice, 7, 1), put(DocKind::User, 1, 1)], Vec::new()).await;
    assert_eq!(notices.try_recv(), Ok(user(7)), "the commit itself tells");
    assert!(!store.is_shared() && store.announced().is_none());
    assert_eq!(store.newest().await.unwrap(), None);
    assert_eq!(since(&store, 0).await, Hints { upto: 0, missed: false, about: Vec::new() });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hints_are_bounded_and_what_was_swept_shows() {
    let place = Place::new(Engine::Postgres);
    let store = place.create();
    write(&store, &place, vec![put(DocKind::User, 1, 1)], Vec::new()).await;
    let many = "INSERT INTO hint SELECT n, 60001, decode(lpad(to_hex(n), 32, '0'), 'hex')
        FROM generate_series(2, 10050) n";
    place.database().sql(many);
    store.sweep(START).await.unwrap();
    assert_eq!(place.database().sql("SELECT count(*), min(seq) FROM hint"), "10000|51");
    let missed = store.hints_since(49, 10).await.unwrap();
    assert_eq!((missed.missed, missed.upto), (true, 60));
    assert!(!store.hints_since(50, 10).await.unwrap().missed);
    write(&store, &place, vec![put(DocKind::User, 2, 1)], Vec::new()).await;
    assert_eq!(store.newest().await.unwrap(), Some(Newest { change: 0, hint: 10_051 }));
    // A kind of a later release: something is to be looked at again, and nobody here knows what.
    place.database().sql("INSERT INTO hint VALUES (10052, 77, '\\x00000000000000000000000000000001')");
    assert!(since(&store, 10_051).await.missed);
}

/// Whoever asks after a commit was answered, anywhere, is told of it, however many ask at a time.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_answer_is_never_older_than_the_question() {
    let place = Place::new(Engine::Postgres);
    let stores = [place.create(), second(&place)];
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..12 {
        let (writer, asker) = (stores[n % 2].clone(), stores[(n + 1) % 2].clone());
        let batches: Vec<_> = (0..10).map(|_| place.inserting([place.row()])).collect();
        tasks.spawn(async move {
            for batch in batches {
                let done = writer.commit(batch).await.unwrap();
                let asked = tokio::join!(asker.newest(), asker.newest(), writer.newest());
                for newest in [asked.0, asked.1, asked.2] {
                    assert!(newest.unwrap().unwrap().change >= done.first_change);
                }
            }
        });
    }
    tasks.join_all().await;
    let asked = place.database().log().matches("SELECT coalesce((SELECT max(seq) FROM change)").count();
    assert!(asked < 300, "360 questions share {asked} answers");
}

/// A server need not wait for its own writes, and must for those of others.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_others_are_the_changes_that_another_server_made() {
    let place = Place::new(Engine::Postgres);
    let (a, b) = (place.create(), second(&place));
    let of_others = async |store: &Store| store.newest_of_others().await.unwrap().unwrap().change;
    for round in 0..3 {
        let before = of_others(&a).await;
        for _ in 0..2 {
            a.commit(place.inserting([place.row()])).await.unwrap();
        }
        assert_eq!(of_others(&a).await, before, "its own do not count, round {round}");
        let newest = a.last_change().await.unwrap();
        assert_eq!(of_others(&b).await, newest);
        b.commit(place.inserting([place.row()])).await.unwrap();
        assert_eq!((of_others(&a).await, of_others(&b).await), (newest + 1, newest));
        // Its next commit sees what the other did.
        a.commit(place.inserting([place.row()])).await.unwrap();
        assert_eq!(of_others(&a).await, newest + 1);
    }
    assert_eq!(Place::new(Engine::File).create().newest_of_others().await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_gets_no_answer_is_refused_in_time_and_answered_afterwards() {
    let place = Place::new(Engine::Postgres);
    let store = place.create();
    let other = holder(&place).await;
    other.batch_execute("LOCK TABLE hint IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let asked = tokio::join!(store.newest(), store.newest());
    for answer in [asked.0, asked.1] {
        assert_eq!(kind(answer), Some(FaultKind::Unavailable));
    }
    other.batch_execute("ROLLBACK").await.unwrap();
    assert_eq!(store.newest().await.unwrap(), Some(Newest::default()));
    // A connection that died meanwhile is made again within the question.
    assert_ne!(place.database().sql(END_ALL), "0");
    assert_eq!(store.newest().await.unwrap(), Some(Newest::default()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commits_are_announced_and_a_lost_announcement_is_made_up_for() {
    let place = Place::new(Engine::Postgres);
    let (a, b) = (place.create(), second(&place));
    let mut heard = b.announced().unwrap();
    a.commit(place.inserting([place.row(), place.row()])).await.unwrap();
    told(&mut heard, 2, 0).await;
    write(&a, &place, vec![put(DocKind::Team, 1, 1)], Vec::new()).await;
    told(&mut heard, 2, 1).await;
    // Nobody listens while this is committed.
    assert_ne!(place.database().sql(END_ALL), "0");
    a.commit(place.inserting([place.row()])).await.unwrap();
    told(&mut heard, 3, 1).await;
    a.commit(place.inserting([place.row()])).await.unwrap();
    told(&mut heard, 4, 1).await;
    drop((a, b));
    let ended = async { while heard.changed().await.is_ok() {} };
    timeout(LONG, ended).await.expect("nobody listens any more");
}

/// What was decided on before another server changed rights, or another batch of the same group, is refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_of_rights_is_judged_with_what_it_was_decided_on() {
    let place = Place::new(Engine::Postgres);
    let (a, b) = (place.create(), second(&place));
    let decided = |n: u8, at: u64| {
        with(place.batch(), |batch| {
            batch.docs = vec![put(DocKind::Team, n, 1)];
            batch.directory = Some(at);
        })
    };
    write(&a, &place, vec![put(DocKind::Role, 1, 1)], Vec::new()).await;
    assert_eq!(kind(b.commit(decided(1, 0)).await), Some(FaultKind::Stale));
    b.commit(decided(1, 1)).await.unwrap();
    // Sessions and notifications are no rights.
    let session = SessionWrite::Start(place.session(user(1), START.plus_s(60)));
    write(&a, &place, vec![put(DocKind::Notice, 2, 1)], vec![session]).await;
    b.commit(decided(3, 2)).await.unwrap();
    assert_eq!(b.newest().await.unwrap().map(|newest| newest.hint), Some(5));
    let other = holder(&place).await;
    let [one, two] = [4, 5].map(|n| {
        let (store, batch) = (b.clone(), decided(n, 5));
        tokio::spawn(async move { store.commit(batch).await })
    });
    until(&place, WAITING, "1").await;
    other.batch_execute("ROLLBACK").await.unwrap();
    let done = [kind(one.await.unwrap()), kind(two.await.unwrap())];
    assert!(done.contains(&None) && done.contains(&Some(FaultKind::Stale)), "{done:?}");
    // The only server of a file asks nobody.
    let file = Place::new(Engine::File);
    file.create().commit(decided(6, 0)).await.unwrap();
    place.assert_sound();
}
