//! Work that outlives the server that was asked for it.

use crate::postgres::{END_ALL, WAITING, holder, second, until};
use crate::support::{Engine, Place, START, kind, next, user, with};
use kernel::{FaultKind, Id, JobId, ServerId, UserId};
use std::collections::BTreeSet;
use std::time::Duration;
use store::{
    ATTEMPTS_MAX, Batch, JOB_NOTES_MAX, JOB_PART_MAX, JOB_PARTS_MAX, JOB_SEALED_MAX, JOBS_BYTES_MAX, JobHold,
    JobRow, JobState, JobWrite, NewJob, Renew, Store, Take,
};
use tokio::sync::watch;

const LEASE: i64 = 60_000;
const A: ServerId = Id::from_bytes([0xa; 16]);
const B: ServerId = Id::from_bytes([0xb; 16]);

fn job(place: &Place, of: UserId) -> NewJob {
    let (sealed, parts) = (vec![5; 30], Vec::new());
    NewJob { id: place.id(), kind: 1, user: of, created_at: START, after_ms: 0, most: 20, sealed, parts }
}

fn batch(place: &Place, writes: Vec<JobWrite>) -> Batch {
    with(place.batch(), |b| b.jobs = writes)
}

async fn order(store: &Store, place: &Place, job: NewJob) -> JobId {
    let id = job.id;
    store.commit(batch(place, vec![JobWrite::Add(job)])).await.unwrap();
    id
}

async fn take(store: &Store, server: ServerId) -> Option<JobRow> {
    store.take_job(Take { server, lease_ms: LEASE, kinds: vec![1, 2], of_user: 2 }).await.unwrap()
}

fn hold(job: &JobRow) -> JobHold {
    JobHold { id: job.id, server: job.held_by.unwrap(), attempt: job.attempts }
}

fn end(job: &JobRow) -> JobWrite {
    JobWrite::End { hold: hold(job), result: vec![6; 9], parts: Vec::new() }
}

fn later(job: &JobRow, after_ms: i64) -> JobWrite {
    JobWrite::Later { hold: hold(job), after_ms, result: vec![7; 9], spared: false }
}

fn give_up(job: &JobRow) -> JobWrite {
    JobWrite::GiveUp { hold: hold(job), result: vec![8; 9] }
}

/// Waits until a bell has rung all it had to: a database begins to be listened to, and repeats what was done, after a
/// while of its own.
async fn fall_silent(bell: &mut watch::Receiver<()>) {
    bell.mark_unchanged();
    while tokio::time::timeout(Duration::from_millis(500), bell.changed()).await.is_ok() {}
}

pub async fn a_job_is_ordered_with_its_act_taken_and_ended_once(place: Place) {
    let store = place.create();
    let new = NewJob { parts: vec![vec![1; 100], vec![2; 50]], ..job(&place, user(1)) };
    let refused =
        with(batch(&place, vec![JobWrite::Add(new.clone())]), |b| b.require = vec![(place.id(), 1)]);
    assert_eq!(kind(store.commit(refused).await), Some(FaultKind::Stale));
    assert_eq!((store.job(new.id).await.unwrap(), take(&store, A).await), (None, None));
    assert_eq!(store.job_part(new.id, 0).await.unwrap(), None);

    let mut bell = store.bell();
    order(&store, &place, new.clone()).await;
    assert!(bell.has_changed().unwrap());
    fall_silent(&mut bell).await;
    let again = batch(&place, vec![JobWrite::Add(new.clone())]);
    assert_eq!(kind(store.commit(again).await), Some(FaultKind::Conflict));
    let taken = take(&store, A).await.unwrap();
    assert_eq!((taken.id, taken.kind, taken.user, taken.parts), (new.id, 1, user(1), 2));
    assert_eq!((taken.state, taken.attempts, taken.held_by), (JobState::Held, 1, Some(A)));
    assert_eq!((&taken.sealed, taken.result.len(), taken.created_at), (&new.sealed, 0, START));
    assert_eq!(store.job_part(new.id, 1).await.unwrap(), Some(vec![2; 50]));
    assert_eq!(take(&store, B).await, None, "it is held");

    let done = JobWrite::End { hold: hold(&taken), result: vec![6; 9], parts: vec![vec![3; 70]] };
    store.commit(batch(&place, vec![done])).await.unwrap();
    assert!(!bell.has_changed().unwrap());
    assert_eq!(kind(store.commit(batch(&place, vec![end(&taken)])).await), Some(FaultKind::Stale));
    let ended = store.job(new.id).await.unwrap().unwrap();
    assert_eq!((ended.state, &ended.result, ended.parts), (JobState::Ended, &vec![6; 9], 1));
    assert_eq!(ended.ended_at, Some(START));
    assert_eq!(store.job_part(new.id, 0).await.unwrap(), Some(vec![3; 70]));
    assert_eq!(store.job_part(new.id, 1).await.unwrap(), None);
    assert_eq!(store.jobs_of_user(user(1), 5).await.unwrap(), [ended]);
    place.pass_ms(10 * 60_000);
    assert_eq!(take(&store, B).await, None, "it is over");
    // Also after a restart.
    drop(store);
    assert!(place.open().job(new.id).await.unwrap().is_some());
    place.assert_sound();
}

pub async fn whoever_lost_the_lease_writes_nothing_more(place: Place) {
    let store = place.create();
    order(&store, &place, job(&place, user(1))).await;
    let row = place.row();
    store.commit(place.inserting([row.clone()])).await.unwrap();
    let first = take(&store, A).await.unwrap();
    let held = |job: &JobRow| with(place.updating(next(&row)), |b| b.jobs = vec![JobWrite::Held(hold(job))]);
    place.pass_ms(60_001);
    let second = take(&store, B).await.unwrap();
    assert_eq!((second.id, second.attempts, second.held_by), (first.id, 2, Some(B)));

    for write in [end(&first), later(&first, 0), give_up(&first)] {
        assert_eq!(kind(store.commit(batch(&place, vec![write])).await), Some(FaultKind::Stale));
    }
    assert_eq!(kind(store.commit(held(&first)).await), Some(FaultKind::Stale));
    assert_eq!(store.row(row.id).await.unwrap(), Some(row.clone()), "nothing of it was written");
    let renew = |job: &JobRow| Renew { hold: hold(job), lease_ms: LEASE, done: 1, total: None };
    assert_eq!(store.renew_job(renew(&first)).await.unwrap(), None);

    store.commit(held(&second)).await.unwrap();
    assert_eq!(store.row(row.id).await.unwrap(), Some(next(&row)));
    // The same server in another attempt is another holder.
    place.pass_ms(60_001);
    let third = take(&store, B).await.unwrap();
    assert_eq!(kind(store.commit(batch(&place, vec![end(&second)])).await), Some(FaultKind::Stale));
    store.commit(batch(&place, vec![JobWrite::Held(hold(&third)), end(&third)])).await.unwrap();
    place.assert_sound();
}

pub async fn a_lease_that_is_renewed_lasts_and_tells_how_far_it_is(place: Place) {
    let store = place.create();
    let id = order(&store, &place, job(&place, user(1))).await;
    let taken = take(&store, A).await.unwrap();
    for done in 1..4 {
        place.pass_ms(40_000);
        assert_eq!(take(&store, B).await, None);
        let renew = Renew { hold: hold(&taken), lease_ms: LEASE, done, total: Some(9) };
        assert_eq!(store.renew_job(renew).await.unwrap(), Some(false));
    }
    let told = store.job(id).await.unwrap().unwrap();
    assert_eq!((told.done, told.total, told.attempts), (3, Some(9), 1));
    // Nobody took it meanwhile: late is not too late.
    place.pass_ms(70_000);
    let renew = Renew { hold: hold(&taken), lease_ms: LEASE, done: 4, total: None };
    assert_eq!(store.renew_job(renew).await.unwrap(), Some(false));
    assert_eq!(take(&store, B).await, None);
    place.pass_ms(70_000);
    store.commit(batch(&place, vec![end(&taken)])).await.unwrap();
}

pub async fn what_failed_waits_and_what_is_given_up_can_be_revived(place: Place) {
    let store = place.create();
    let new = NewJob { parts: vec![vec![1; 10]], ..job(&place, user(1)) };
    let id = order(&store, &place, new).await;
    let taken = take(&store, A).await.unwrap();
    store.commit(batch(&place, vec![later(&taken, 30_000)])).await.unwrap();
    let waiting = store.job(id).await.unwrap().unwrap();
    assert_eq!((waiting.state, waiting.attempts, &waiting.result), (JobState::Waiting, 1, &vec![7; 9]));
    assert_eq!(take(&store, B).await, None, "its time has not come");
    place.pass_ms(30_001);
    let taken = take(&store, B).await.unwrap();
    assert_eq!(taken.attempts, 2);
    for write in [JobWrite::Revive(id), JobWrite::Discard(id)] {
        assert_eq!(kind(store.commit(batch(&place, vec![write])).await), Some(FaultKind::Stale));
    }
    store.commit(batch(&place, vec![give_up(&taken)])).await.unwrap();
    let dead = store.jobs_that(JobState::Dead, 5).await.unwrap();
    assert_eq!(dead.iter().map(|job| (job.id, job.attempts, job.parts)).collect::<Vec<_>>(), [(id, 2, 1)]);
    assert_eq!((take(&store, A).await, dead[0].ended_at), (None, Some(kernel::Clock::now(&*place.clock))));

    store.commit(batch(&place, vec![JobWrite::Revive(id)])).await.unwrap();
    let taken = take(&store, A).await.unwrap();
    // As if it had never been tried, and yet another attempt than those before.
    assert_eq!((taken.id, taken.attempts, taken.tries()), (id, 3, 1));
    assert_eq!((taken.ended_at, taken.result.len()), (None, 0));
    assert_eq!(store.job_part(id, 0).await.unwrap(), Some(vec![1; 10]));
    store.commit(batch(&place, vec![give_up(&taken)])).await.unwrap();
    store.commit(batch(&place, vec![JobWrite::Discard(id)])).await.unwrap();
    assert_eq!((store.job(id).await.unwrap(), store.job_part(id, 0).await.unwrap()), (None, None));
    assert_eq!(kind(store.commit(batch(&place, vec![JobWrite::Discard(id)])).await), Some(FaultKind::Stale));
    place.assert_sound();
}

pub async fn the_longest_due_is_taken_of_the_kinds_and_users_that_have_a_place(place: Place) {
    let store = place.create();
    let mut ordered = Vec::new();
    for n in 0..4 {
        let new = NewJob { after_ms: i64::from(n), ..job(&place, user(1)) };
        ordered.push(order(&store, &place, new).await);
    }
    let import = order(&store, &place, NewJob { kind: 3, after_ms: 5, ..job(&place, user(1)) }).await;
    let other = order(&store, &place, NewJob { after_ms: 6, ..job(&place, user(2)) }).await;
    let own = order(&store, &place, NewJob { after_ms: 7, ..job(&place, UserId::NIL) }).await;
    let second = order(&store, &place, NewJob { after_ms: 8, ..job(&place, UserId::NIL) }).await;
    place.pass_ms(60_000);
    let mut taken = Vec::new();
    while let Some(job) = take(&store, A).await {
        taken.push(job);
    }
    // Two of a user; the program itself has no such limit.
    let ids: Vec<_> = taken.iter().map(|job| job.id).collect();
    assert_eq!(ids[..], [ordered[0], ordered[1], other, own, second]);
    let imports = Take { server: B, lease_ms: LEASE, kinds: vec![3], of_user: 2 };
    assert_eq!(store.take_job(imports.clone()).await.unwrap().map(|job| job.id), Some(import));
    assert_eq!(store.take_job(Take { kinds: Vec::new(), ..imports }).await.unwrap(), None);
    store.commit(batch(&place, vec![end(&taken[0])])).await.unwrap();
    assert_eq!(take(&store, B).await.map(|job| job.id), Some(ordered[2]));
    assert_eq!(take(&store, B).await, None);
}

pub async fn a_stopped_job_is_due_at_once(place: Place) {
    let store = place.create();
    let id = order(&store, &place, NewJob { after_ms: 3_600_000, ..job(&place, user(1)) }).await;
    let stop = || batch(&place, vec![JobWrite::Stop(id)]);
    assert_eq!(take(&store, A).await, None);
    store.commit(stop()).await.unwrap();
    let taken = take(&store, A).await.unwrap();
    assert!(taken.stop);
    store.commit(batch(&place, vec![end(&taken)])).await.unwrap();
    assert_eq!(kind(store.commit(stop()).await), Some(FaultKind::Stale));

    let id = order(&store, &place, job(&place, user(1))).await;
    let taken = take(&store, A).await.unwrap();
    store.commit(batch(&place, vec![JobWrite::Stop(id)])).await.unwrap();
    assert_eq!(take(&store, B).await, None, "its lease lasts");
    let renew = Renew { hold: hold(&taken), lease_ms: LEASE, done: 0, total: None };
    assert_eq!(store.renew_job(renew).await.unwrap(), Some(true));
}

pub async fn what_waits_can_be_withdrawn_and_what_is_over_be_cut(place: Place) {
    let store = place.create();
    let parts = vec![vec![1; 10], vec![2; 20], vec![3; 30]];
    let new = || NewJob { parts: parts.clone(), ..job(&place, user(1)) };
    let withdraw = |id| batch(&place, vec![JobWrite::Withdraw { id, result: vec![9; 4] }]);
    let cut = |id, parts| batch(&place, vec![JobWrite::Cut { id, parts }]);
    let id = order(&store, &place, new()).await;
    assert_eq!(kind(store.commit(cut(id, 0)).await), Some(FaultKind::Stale));
    assert_eq!(store.job_part(id, 2).await.unwrap(), Some(vec![3; 30]), "it is still to be done");
    store.commit(withdraw(id)).await.unwrap();
    let ended = store.job(id).await.unwrap().unwrap();
    assert_eq!((ended.state, &ended.result, ended.parts), (JobState::Ended, &vec![9; 4], 0));
    assert_eq!((take(&store, A).await, store.job_part(id, 0).await.unwrap()), (None, None));
    assert_eq!(kind(store.commit(withdraw(id)).await), Some(FaultKind::Stale));

    let id = order(&store, &place, new()).await;
    let taken = take(&store, A).await.unwrap();
    assert_eq!(kind(store.commit(withdraw(id)).await), Some(FaultKind::Stale), "somebody is at it");
    let done = JobWrite::End { hold: hold(&taken), result: vec![6; 9], parts: parts.clone() };
    store.commit(batch(&place, vec![done])).await.unwrap();
    assert_eq!(store.jobs_with_parts(9).await.unwrap().iter().map(|j| j.id).collect::<Vec<_>>(), [id]);
    for left in [1, 2] {
        store.commit(cut(id, left)).await.unwrap();
        assert_eq!(store.job(id).await.unwrap().unwrap().parts, 1, "what went does not come back");
    }
    assert_eq!(store.job_part(id, 0).await.unwrap(), Some(vec![1; 10]));
    assert_eq!(store.job_part(id, 1).await.unwrap(), None);

    // What goes makes room.
    let full = format!("UPDATE job SET bytes = {} WHERE id = {}", JOBS_BYTES_MAX, hex(&place, id));
    place.alter(&full);
    assert_eq!(kind(store.commit(batch(&place, vec![JobWrite::Add(new())])).await), Some(FaultKind::TooMany));
    store.commit(cut(id, 0)).await.unwrap();
    assert_eq!(store.jobs_with_parts(9).await.unwrap(), []);
    order(&store, &place, new()).await;
    place.assert_sound();
}

pub async fn jobs_have_limits(place: Place) {
    let store = place.create();
    let of = |most| NewJob { most, ..job(&place, user(1)) };
    let (first, second) = (of(2), of(2));
    // Also within one batch.
    let three = vec![JobWrite::Add(of(2)), JobWrite::Add(of(2)), JobWrite::Add(of(2))];
    assert_eq!(kind(store.commit(batch(&place, three)).await), Some(FaultKind::TooMany));
    order(&store, &place, first).await;
    order(&store, &place, second.clone()).await;
    let one_more = |job| batch(&place, vec![JobWrite::Add(job)]);
    assert_eq!(kind(store.commit(one_more(of(2))).await), Some(FaultKind::TooMany));
    order(&store, &place, NewJob { most: 1, ..job(&place, user(2)) }).await;
    // What ended makes room.
    let taken = take(&store, A).await.unwrap();
    store.commit(batch(&place, vec![end(&taken)])).await.unwrap();
    order(&store, &place, of(2)).await;

    let large = NewJob { sealed: vec![0; JOB_SEALED_MAX + 1], ..of(9) };
    assert_eq!(kind(store.commit(one_more(large)).await), Some(FaultKind::Internal));
    let wide = NewJob { parts: vec![vec![0; JOB_PART_MAX + 1]], ..of(9) };
    assert_eq!(kind(store.commit(one_more(wide)).await), Some(FaultKind::TooLarge));
    let many = NewJob { parts: vec![Vec::new(); JOB_PARTS_MAX + 1], ..of(9) };
    assert_eq!(kind(store.commit(one_more(many)).await), Some(FaultKind::TooLarge));

    // As if there were so much already.
    place.alter(&format!(
        "UPDATE job SET bytes = {} WHERE id = {}",
        JOBS_BYTES_MAX - 9,
        hex(&place, second.id)
    ));
    order(&store, &place, NewJob { parts: vec![vec![1; 9]], ..of(9) }).await;
    let over = NewJob { parts: vec![vec![1; 1]], ..of(9) };
    assert_eq!(kind(store.commit(one_more(over.clone())).await), Some(FaultKind::TooMany));
    assert_eq!(store.job(over.id).await.unwrap(), None);
    order(&store, &place, of(9)).await;
    place.assert_sound();
}

/// The id as the engine writes bytes.
fn hex(place: &Place, id: JobId) -> String {
    let hex: String = id.bytes().iter().map(|b| format!("{b:02x}")).collect();
    if place.is_file() { format!("x'{hex}'") } else { format!("'\\x{hex}'") }
}

pub async fn what_is_over_is_swept_with_its_parts(place: Place) {
    let store = place.create();
    let of = |part| NewJob { parts: vec![vec![part; 64]], ..job(&place, user(1)) };
    let (ended, dead, open) = (of(1), of(2), of(3));
    for new in [&ended, &dead, &open] {
        order(&store, &place, new.clone()).await;
    }
    let (first, second) = (take(&store, A).await.unwrap(), take(&store, A).await.unwrap());
    let kept = JobWrite::End { hold: hold(&first), result: Vec::new(), parts: vec![vec![4; 64]] };
    store.commit(batch(&place, vec![kept, give_up(&second)])).await.unwrap();
    let day = START.plus_s(86_400);
    assert_eq!(store.jobs_over(START.plus_s(86_399), 9).await.unwrap(), []);
    assert_eq!(store.sweep(START.plus_s(86_399)).await.unwrap(), 0);
    assert_eq!(store.jobs_over(day, 9).await.unwrap(), [ended.id]);
    assert_eq!(store.sweep(day).await.unwrap(), 1);
    assert_eq!(store.job(ended.id).await.unwrap(), None);
    assert_eq!(store.job_part(ended.id, 0).await.unwrap(), None);
    assert_eq!(store.job_part(dead.id, 0).await.unwrap(), Some(vec![2; 64]), "it can be revived");
    let month = START.plus_s(30 * 86_400);
    assert_eq!(store.jobs_over(month, 9).await.unwrap(), [dead.id]);
    assert_eq!(store.sweep(month).await.unwrap(), 1);
    assert_eq!(store.job_part(dead.id, 0).await.unwrap(), None);
    assert_eq!(store.job_part(open.id, 0).await.unwrap(), Some(vec![3; 64]));
}

pub async fn every_job_is_taken_by_one(place: Place) {
    let store = place.create();
    let mut ordered = BTreeSet::new();
    for _ in 0..30 {
        ordered.insert(order(&store, &place, NewJob { most: 99, ..job(&place, UserId::NIL) }).await);
    }
    let mut takers = tokio::task::JoinSet::new();
    for n in 0..4 {
        let store = store.clone();
        takers.spawn(async move {
            let mut own = Vec::new();
            while let Some(job) = take(&store, Id::from_bytes([n; 16])).await {
                own.push(job.id);
            }
            own
        });
    }
    let taken: Vec<_> = takers.join_all().await.into_iter().flatten().collect();
    assert_eq!((taken.len(), taken.into_iter().collect::<BTreeSet<_>>()), (30, ordered));
}

/// Tries it at its time, again and again.
pub async fn what_always_fails_is_given_up(place: Place) {
    let store = place.create();
    let id = order(&store, &place, job(&place, user(1))).await;
    let mut waited = Vec::new();
    while let Some(taken) = take(&store, A).await {
        let write = hold(&taken).failed(taken.tries(), vec![7], &place.random);
        if let JobWrite::Later { after_ms, .. } = &write {
            waited.push(*after_ms);
        }
        store.commit(batch(&place, vec![write])).await.unwrap();
        assert_eq!(take(&store, B).await, None, "not at once");
        place.pass_ms(750_000);
    }
    let dead = store.jobs_that(JobState::Dead, 9).await.unwrap();
    assert_eq!(dead.iter().map(|job| (job.id, job.attempts)).collect::<Vec<_>>(), [(id, ATTEMPTS_MAX)]);
    let least = [2_000, 4_000, 8_000, 16_000, 32_000];
    assert_eq!(waited.len(), least.len());
    assert!(waited.iter().zip(least).all(|(ms, least)| (least..least * 5 / 4).contains(ms)), "{waited:?}");
    // Of a job that may be tried for ever, no wait would be above its limit.
    let (id, server) = (dead[0].id, A);
    let late = JobHold { id, server, attempt: 99 }.failed(ATTEMPTS_MAX - 1, Vec::new(), &place.random);
    assert!(matches!(late, JobWrite::Later { after_ms, .. } if after_ms <= 750_000));
}

/// A job of which server after server died, as it is taken after that.
pub async fn what_kills_its_servers(store: &Store, place: &Place) -> JobRow {
    let id = order(store, place, job(place, user(1))).await;
    for attempt in 1..=ATTEMPTS_MAX {
        let taken = take(store, A).await.unwrap();
        assert_eq!((taken.id, taken.attempts, taken.is_spent()), (id, attempt, false));
        place.pass_ms(60_001);
    }
    take(store, B).await.unwrap()
}

/// A job that was put off more often than one may be tried, and waits.
pub async fn what_was_put_off_often(store: &Store, place: &Place) -> JobId {
    let id = order(store, place, job(place, user(2))).await;
    for _ in 0..=ATTEMPTS_MAX {
        let taken = take(store, A).await.unwrap();
        assert_eq!(taken.id, id);
        store.commit(batch(place, vec![hold(&taken).put_off(vec![7], &place.random)])).await.unwrap();
        place.pass_ms(750_000);
    }
    id
}

/// What puts a job off for longer than a test lasts.
pub async fn put_far_off(store: &Store, place: &Place, id: JobId) -> Batch {
    let taken = take(store, A).await.unwrap();
    assert_eq!(taken.id, id);
    batch(
        place,
        vec![JobWrite::Later { hold: hold(&taken), after_ms: 1 << 40, result: vec![7], spared: true }],
    )
}

/// Nobody tells of an attempt whose server died: it is counted when the job is taken.
pub async fn what_kills_its_servers_is_known_by_it(place: Place) {
    let store = place.create();
    let taken = what_kills_its_servers(&store, &place).await;
    let id = taken.id;
    assert!(taken.is_spent());
    let failed = hold(&taken).failed(taken.tries(), vec![7], &place.random);
    assert!(matches!(failed, JobWrite::GiveUp { .. }));
    store.commit(batch(&place, vec![failed])).await.unwrap();
    assert_eq!(store.job(id).await.unwrap().map(|job| job.state), Some(JobState::Dead));
}

/// What waits for something that is away waits longer and longer, and for ever; what kills its servers, or fails,
/// meanwhile is known all the same.
pub async fn what_is_put_off_in_order_is_no_try(place: Place) {
    let store = place.create();
    let id = order(&store, &place, job(&place, user(1))).await;
    let mut waited = Vec::new();
    for attempt in 1..=2 * ATTEMPTS_MAX {
        let taken = take(&store, A).await.unwrap();
        assert_eq!((taken.attempts, taken.tries(), taken.is_spent()), (attempt, 1, false));
        let later = hold(&taken).put_off(vec![7], &place.random);
        if let JobWrite::Later { after_ms, .. } = &later {
            waited.push(*after_ms);
        }
        store.commit(batch(&place, vec![later])).await.unwrap();
        assert_eq!(take(&store, B).await, None, "not at once");
        place.pass_ms(750_000);
    }
    assert!(waited.is_sorted_by_key(|ms| *ms.min(&600_000)), "{waited:?}");
    assert!(waited[0] < 2_500 && waited.iter().all(|ms| *ms <= 750_000), "{waited:?}");
    let failed = take(&store, A).await.unwrap();
    let again = hold(&failed).failed(failed.tries(), vec![7], &place.random);
    store.commit(batch(&place, vec![again])).await.unwrap();
    place.pass_ms(750_000);
    for tries in 2..=ATTEMPTS_MAX {
        let taken = take(&store, B).await.unwrap();
        assert_eq!((taken.tries(), taken.is_spent()), (tries, false));
        place.pass_ms(60_001);
    }
    assert!(take(&store, B).await.unwrap().is_spent());
    let row = store.job(id).await.unwrap().unwrap();
    assert_eq!((row.attempts, row.spared), (3 * ATTEMPTS_MAX + 1, 2 * ATTEMPTS_MAX));
    place.assert_sound();
}

pub async fn what_is_noted_lasts_until_the_job_is_over(place: Place) {
    let store = place.create();
    let id = order(&store, &place, NewJob { parts: vec![vec![1; 10]], ..job(&place, user(1)) }).await;
    let other = order(&store, &place, job(&place, UserId::NIL)).await;
    let first = take(&store, A).await.unwrap();
    let note = |job: &JobRow, at, sealed| batch(&place, vec![JobWrite::Note { hold: hold(job), at, sealed }]);
    let noted = async |at| store.job_note(id, at).await.unwrap();
    // There is room for it.
    let full = |bytes| {
        place.alter(&format!("UPDATE job SET bytes = {bytes} WHERE id = {}", hex(&place, other)));
    };
    full(JOBS_BYTES_MAX);
    for (at, sealed) in [(0, vec![2; 30]), (JOB_NOTES_MAX - 1, vec![3; 5]), (0, vec![4; 20])] {
        store.commit(note(&first, at, sealed)).await.unwrap();
    }
    assert_eq!((noted(0).await, noted(1).await), (Some(vec![4; 20]), None));
    for wrong in [note(&first, JOB_NOTES_MAX, vec![2]), note(&first, 0, vec![2; JOB_PART_MAX + 1])] {
        assert_eq!(kind(store.commit(wrong).await), Some(FaultKind::Internal));
    }
    // It takes up as much as it is now.
    full(JOBS_BYTES_MAX - 10 - 20 - 5 - 7);
    let of = |bytes| NewJob { parts: vec![vec![1; bytes]], ..job(&place, user(2)) };
    let too_much = batch(&place, vec![JobWrite::Add(of(8))]);
    assert_eq!(kind(store.commit(too_much).await), Some(FaultKind::TooMany));
    order(&store, &place, of(7)).await;
    full(0);

    // Whoever goes on finds it, and whoever lost the job notes nothing more.
    place.pass_ms(60_001);
    let second = loop {
        let taken = take(&store, B).await.unwrap();
        if taken.id == id {
            break taken;
        }
    };
    assert_eq!(kind(store.commit(note(&first, 0, vec![5])).await), Some(FaultKind::Stale));
    assert_eq!((noted(0).await, second.parts), (Some(vec![4; 20]), 1));
    assert_eq!(store.job_part(id, 0).await.unwrap(), Some(vec![1; 10]));
    // Also after it was given up, and revived.
    store.commit(batch(&place, vec![give_up(&second), JobWrite::Revive(id)])).await.unwrap();
    let third = take(&store, B).await.unwrap();
    assert_eq!((third.id, noted(JOB_NOTES_MAX - 1).await), (id, Some(vec![3; 5])));
    let done = JobWrite::End { hold: hold(&third), result: vec![6; 9], parts: vec![vec![7; 9]] };
    store.commit(batch(&place, vec![done])).await.unwrap();
    assert_eq!((noted(0).await, noted(JOB_NOTES_MAX - 1).await), (None, None));
    place.assert_sound();
}

/// A server that stops in order has not failed at what it leaves.
pub async fn what_is_left_in_order_is_no_try(place: Place) {
    let store = place.create();
    let id = order(&store, &place, job(&place, user(1))).await;
    let mut bell = store.bell();
    for attempt in 1..=ATTEMPTS_MAX + 2 {
        let taken = take(&store, A).await.unwrap();
        assert_eq!((taken.attempts, taken.tries(), taken.is_spent()), (attempt, 1, false));
        bell.mark_unchanged();
        let leave = || batch(&place, vec![JobWrite::Leave(hold(&taken))]);
        store.commit(leave()).await.unwrap();
        assert!(bell.has_changed().unwrap(), "others may take it at once");
        assert_eq!(kind(store.commit(leave()).await), Some(FaultKind::Stale));
    }
    // One that kills its servers is known all the same.
    for tries in 1..=ATTEMPTS_MAX {
        let taken = take(&store, B).await.unwrap();
        assert_eq!((taken.tries(), taken.is_spent()), (tries, false));
        place.pass_ms(60_001);
    }
    assert!(take(&store, B).await.unwrap().is_spent());
    // Also after a restart.
    drop(store);
    let row = place.open().job(id).await.unwrap().unwrap();
    assert_eq!((row.attempts, row.spared), (2 * ATTEMPTS_MAX + 3, ATTEMPTS_MAX + 2));
    place.assert_sound();
}

/// What a frozen server has handed over already waits behind others, and by the time that it is its turn
/// somebody else is at the job.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lease_that_runs_out_while_a_commit_waits_is_lost() {
    let place = Place::new(Engine::Postgres);
    let (store, second) = (place.create(), second(&place));
    let id = order(&store, &place, job(&place, user(1))).await;
    let first = take(&store, A).await.unwrap();
    let other = holder(&place).await;
    let (writing, late) = (store.clone(), batch(&place, vec![end(&first)]));
    let writing = tokio::spawn(async move { writing.commit(late).await });
    until(&place, WAITING, "1").await;
    place.pass_ms(60_001);
    // The thread that writes is waiting, as that of a frozen server would be: another server takes the job.
    let taken = take(&second, B).await.unwrap();
    assert_eq!((taken.id, taken.attempts), (id, 2));
    other.batch_execute("ROLLBACK").await.unwrap();
    assert_eq!(kind(writing.await.unwrap()), Some(FaultKind::Stale));
    second.commit(batch(&place, vec![end(&taken)])).await.unwrap();
    assert_eq!(store.job(id).await.unwrap().map(|job| job.state), Some(JobState::Ended));
    place.assert_sound();
}

/// Between the look at who holds a job and the commit nobody can take it, however late the commit is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_is_not_taken_while_something_is_committed_for_it() {
    let place = Place::new(Engine::Postgres);
    let (store, second) = (place.create(), second(&place));
    order(&store, &place, job(&place, user(1))).await;
    let row = place.row();
    store.commit(place.inserting([row.clone()])).await.unwrap();
    let first = take(&store, A).await.unwrap();
    place.pass_ms(60_001);
    // Events are written last of all: there the commit is held up.
    place.alter(
        "CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            PERFORM pg_advisory_xact_lock(7);
            RETURN NULL;
        END $$;
        CREATE TRIGGER hold AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION hold()",
    );
    let (other, connection) =
        tokio_postgres::connect(&place.database().address(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    other.batch_execute("BEGIN; SELECT pg_advisory_xact_lock(7)").await.unwrap();
    let held = with(place.updating(next(&row)), |b| b.jobs = vec![JobWrite::Held(hold(&first))]);
    let writing = store.clone();
    let writing = tokio::spawn(async move { writing.commit(held).await });
    until(&place, WAITING, "1").await;
    assert_eq!(take(&second, B).await, None, "it is being written for");
    other.batch_execute("ROLLBACK").await.unwrap();
    writing.await.unwrap().unwrap();
    assert_eq!(take(&second, B).await.map(|job| job.attempts), Some(2));
    place.assert_sound();
}

/// What one server orders the others hear of, and look for after they heard nothing for a while.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_rings_on_every_server() {
    let place = Place::new(Engine::Postgres);
    let (store, second) = (place.create(), second(&place));
    // By then it listens, and has rung for what it may have missed.
    store.commit(place.inserting([place.row()])).await.unwrap();
    let mut announced = second.announced().unwrap();
    let listens = announced.wait_for(|newest| newest.change == 1);
    tokio::time::timeout(Duration::from_secs(20), listens).await.expect("it listens").unwrap();
    let mut bell = second.bell();
    let rung = async |bell: &mut tokio::sync::watch::Receiver<()>| {
        tokio::time::timeout(Duration::from_secs(20), bell.changed()).await.expect("it rings").unwrap();
    };
    let id = order(&store, &place, job(&place, user(1))).await;
    rung(&mut bell).await;
    let taken = take(&second, B).await.unwrap();
    assert_eq!(taken.id, id);
    store.commit(batch(&place, vec![JobWrite::Stop(id)])).await.unwrap();
    rung(&mut bell).await;
    store.commit(batch(&place, vec![JobWrite::Held(hold(&taken))])).await.unwrap();
    assert!(!bell.has_changed().unwrap(), "nothing to look for");
    // Nobody heard what was ordered while nobody listened.
    assert_ne!(place.database().sql(END_ALL), "0");
    rung(&mut bell).await;
}

/// Batches that build on each other, some to be refused, over five jobs that are held.
fn script(place: &Place, held: &[JobRow]) -> Vec<Vec<JobWrite>> {
    let of = |n, most| NewJob { most, parts: vec![vec![n; 9]], ..job(place, user(n)) };
    let (a, b, c, d) = (of(1, 5), of(2, 2), of(2, 2), of(2, 2));
    let again = NewJob { id: held[0].id, ..of(3, 1) };
    let ended = |n: usize| JobWrite::End { hold: hold(&held[n]), result: vec![6], parts: vec![vec![6; 20]] };
    let add = |new: &NewJob| JobWrite::Add(new.clone());
    let note = |n: usize, bytes| JobWrite::Note { hold: hold(&held[n]), at: 0, sealed: vec![8; bytes] };
    let free = |most| NewJob { kind: 2, most, ..job(place, UserId::NIL) };
    let (x, y, z) = (free(5), free(3), free(4));
    vec![
        vec![add(&x)],
        vec![JobWrite::Leave(hold(&held[4]))],
        vec![JobWrite::Leave(hold(&held[4]))],
        vec![add(&a)],
        vec![add(&a)],
        vec![add(&b), add(&c)],
        vec![add(&d)],
        vec![JobWrite::Stop(a.id), JobWrite::Discard(a.id)],
        vec![JobWrite::Stop(a.id)],
        vec![note(0, 30), note(3, 30)],
        vec![note(3, 20)],
        vec![JobWrite::Held(hold(&held[0])), ended(0)],
        vec![note(0, 40)],
        vec![ended(0)],
        // What is over made room.
        vec![add(&x)],
        vec![JobWrite::Held(hold(&held[0]))],
        vec![JobWrite::Discard(held[0].id)],
        vec![JobWrite::Discard(held[0].id)],
        // The id is free again.
        vec![add(&again)],
        vec![ended(1), JobWrite::Discard(held[1].id), ended(2)],
        vec![JobWrite::Revive(held[1].id)],
        vec![give_up(&held[3])],
        vec![add(&y)],
        vec![later(&held[3], 5_000)],
        vec![JobWrite::Revive(held[3].id)],
        vec![JobWrite::Revive(held[3].id)],
        vec![add(&z)],
        vec![JobWrite::Withdraw { id: x.id, result: vec![9] }],
        vec![add(&z)],
        vec![JobWrite::Stop(held[3].id)],
        vec![JobWrite::Cut { id: a.id, parts: 0 }],
        vec![JobWrite::Withdraw { id: a.id, result: vec![9] }, JobWrite::Cut { id: a.id, parts: 0 }],
        vec![JobWrite::Withdraw { id: a.id, result: vec![9] }],
        vec![JobWrite::Cut { id: held[2].id, parts: 0 }],
    ]
}

/// Five jobs that are held, then the script: by one batch after the other, or all in one group.
async fn play(place: &Place, store: &Store, grouped: bool) -> (Vec<Option<FaultKind>>, String) {
    let mut held = Vec::new();
    for n in 0..5 {
        order(store, place, NewJob { kind: 2, parts: vec![vec![n; 5]], ..job(place, UserId::NIL) }).await;
        held.push(take(store, A).await.unwrap());
    }
    let batches: Vec<_> = script(place, &held).into_iter().map(|writes| batch(place, writes)).collect();
    let mut found = Vec::new();
    if grouped {
        let other = holder(place).await;
        let commit = |batch| {
            let store = store.clone();
            tokio::spawn(async move { store.commit(batch).await })
        };
        let tasks: Vec<_> = batches.into_iter().map(commit).collect();
        until(place, WAITING, "1").await;
        other.batch_execute("ROLLBACK").await.unwrap();
        for task in tasks {
            found.push(kind(task.await.unwrap()));
        }
    } else {
        for batch in batches {
            found.push(kind(store.commit(batch).await));
        }
    }
    let mut seen = String::new();
    for state in [JobState::Waiting, JobState::Held, JobState::Ended, JobState::Dead] {
        for job in store.jobs_that(state, 99).await.unwrap() {
            let parts = [store.job_part(job.id, 0).await.unwrap(), store.job_note(job.id, 0).await.unwrap()];
            // Each runs by a clock of its own.
            seen.push_str(&format!("{:?} {parts:?}\n", JobRow { due_at: START, ..job }));
        }
    }
    (found, seen)
}

/// In one thread, so that tasks begin in the order in which they are made.
#[tokio::test]
async fn a_group_does_to_jobs_what_its_batches_do_one_by_one() {
    let (file, place) = (Place::new(Engine::File), Place::new(Engine::Postgres));
    let expected = play(&file, &file.create(), false).await;
    let found = play(&place, &place.create(), true).await;
    assert_eq!(found, expected);
    assert_eq!(expected.0.iter().flatten().count(), 15, "{expected:?}");
    place.assert_sound();
}
