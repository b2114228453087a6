//! The one thread of this server that writes. What it commits is put in one order with what other servers
//! commit by a lock inside the database, which is held for one transaction and ends with its connection.

use super::connect::Connector;
use super::fault::{fault, unavailable};
use super::judge::{enter, judge};
use super::known::Known;
use super::latest::Makers;
use super::lease;
use super::pending::Pending;
use super::read::{self, event_by_id, events_from, last_change};
use super::schema;
use super::tree::{Kept, restore};
use super::wait::wait;
use super::write::{put_all, sweep};
use crate::activity::Counts;
use crate::contract::{Batch, Committed};
use crate::group::{Applied, Group, Source, hand_back, hand_out};
use crate::outside::Outside;
use crate::queue::{Job, answer};
use crate::refusal;
use crate::resume::{self, Identity};
use crate::whole;
use deadpool_postgres::ClientWrapper;
use kernel::{Clock, Fault, FaultKind, Result, Time};
use ledger::{Event, Log, Staged};
use std::sync::Arc;
use std::time::Duration;
use tokio::try_join;

/// Begins a transaction that writes, and waits until no other does: "KLUCZNIK" in ASCII.
pub const BEGIN: &str =
    "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(5425805398840854859)";
/// Held with others by every server while it is open, and alone by who must be the only one. "KLUCZNIK" in
/// ASCII, and one.
const PRESENT: &str = "SELECT pg_try_advisory_lock_shared(5425805398840854860)";
const ALONE: &str = "SELECT pg_try_advisory_lock(5425805398840854860)";
pub const TOGETHER: &str = "SELECT pg_advisory_unlock(5425805398840854860)";
/// Sessions and kept answers that one sweep deletes at most, each, so that it holds nobody up.
const SWEEP: u32 = 1000;
/// Events of other servers that are followed one by one.
const AT_ONCE: u32 = 1_000;
/// How often it is asked what became of a commit whose answer was lost, and how long between.
const ASK_TIMES: u32 = 40;
const ASK_EVERY: Duration = Duration::from_millis(250);

/// Why a group was not committed.
enum Trouble {
    /// It is not there, and may be tried again.
    Again(Fault),
    /// It is not there, or nobody knows; trying again is up to the caller.
    Final(Fault),
}

/// The writer's state. `log` and `next_change` are those of what this server last saw durable.
pub struct Writer {
    pub connector: Connector,
    /// None after a failure: the next group gets a new one.
    pub client: Option<ClientWrapper>,
    pub log: Log,
    pub next_change: u64,
    pub makers: Arc<Makers>,
    pub outside: Outside,
    pub identity: Identity,
    pub clock: Arc<dyn Clock>,
    pub counts: Arc<Counts>,
}

impl Writer {
    /// Works until the queue is closed, by a job or because nobody can send any more, and empty.
    pub fn run(mut self, mut jobs: Source) {
        let mut closers = Vec::new();
        while let Some(job) = jobs.next() {
            match job {
                Job::Write(first) => self.write(Group::of(*first), &mut jobs),
                Job::Sweep(now, reply) => answer(reply, self.by_itself(async |c| sweep(c, now, SWEEP).await)),
                Job::Take(take, reply) => {
                    answer(reply, self.by_itself(async |c| lease::take(c, &take).await));
                }
                Job::Renew(renew, reply) => {
                    answer(reply, self.by_itself(async |c| lease::renew(c, &renew).await));
                }
                // Room is the server's affair, and so are its logs.
                Job::CheckRoom(reply) | Job::SettleErasure(reply) => answer(reply, Ok(())),
                Job::Restored(reply) => answer(reply, self.by_itself(schema::restored)),
                Job::Alone(reply) => answer(
                    reply,
                    self.ask(ALONE).and_then(|alone| if alone { Ok(()) } else { Err(refusal::not_alone()) }),
                ),
                Job::Together => {
                    if let Err(fault) = self.ask(TOGETHER) {
                        tracing::warn!(error = %fault, "the lock against other servers was lost before its end");
                    }
                }
                Job::Close(reply) => {
                    jobs.close();
                    closers.push(reply);
                }
            }
        }
        let result = self.outside.put_durably(self.log.current());
        for reply in closers {
            answer(reply, result.clone());
        }
    }

    fn write(&mut self, mut group: Group, jobs: &mut Source) {
        // All who wait now share one answer, also if it is that the database cannot be reached.
        jobs.fill(&mut group);
        let counts = Arc::clone(&self.counts);
        let done = counts.group(|| {
            let done = self.commit(&mut group, jobs);
            (group.batches.len(), done)
        });
        group.answer(done);
    }

    /// Commits the good batches of a group. Once more if the connection was lost before anything was
    /// committed: it may have been dead for long.
    fn commit(&mut self, group: &mut Group, jobs: &mut Source) -> Result<Vec<Result<Committed>>> {
        match wait(self.group(group, jobs)) {
            Err(Trouble::Again(first)) => {
                tracing::info!(error = %first, "a group is tried again");
                group.reset();
                wait(self.group(group, jobs))
            }
            done => done,
        }
        .map_err(|trouble| match trouble {
            Trouble::Again(fault) | Trouble::Final(fault) => fault,
        })
    }

    /// A connection that was good when last used.
    async fn client(&mut self) -> Result<ClientWrapper> {
        match self.client.take() {
            Some(client) if !client.is_closed() => Ok(client),
            _ => be_present(self.connector.connect().await?).await,
        }
    }

    /// A question over the connection that writes, which holds the locks of this server.
    fn ask(&mut self, sql: &str) -> Result<bool> {
        wait(async {
            let client = self.client().await?;
            let answer = read::flag(&client, sql).await?;
            self.client = Some(client);
            Ok(answer)
        })
    }

    async fn group(
        &mut self,
        group: &mut Group,
        jobs: &mut Source,
    ) -> std::result::Result<Vec<Result<Committed>>, Trouble> {
        let client = self.client().await.map_err(Trouble::Final)?;
        let now = self.clock.now();
        let again = |fault: Fault| match fault.kind {
            FaultKind::Unavailable => Trouble::Again(fault),
            _ => Trouble::Final(fault),
        };
        // Whatever fails up to the commit ends the connection, and with it transaction and lock.
        let prepared = self.prepare(&client, group, jobs, now).await.map_err(again)?;
        let Prepared { applied, staged, next_change } = prepared;
        if staged.is_empty() {
            client.batch_execute("ROLLBACK").await.map_err(|e| again(fault(&e)))?;
            self.client = Some(client);
            return Ok(hand_back(applied));
        }
        match client.batch_execute("COMMIT").await {
            Ok(()) => self.client = Some(client),
            Err(e) => {
                drop(client);
                tracing::warn!(error = %fault(&e), "the answer to a commit was lost");
                if !self.is_committed(&staged)? {
                    return Err(again(fault(&e)));
                }
            }
        }
        let receipts = staged.durable(&mut self.log).map_err(Trouble::Final)?;
        self.next_change = next_change;
        self.makers.wrote(next_change.saturating_sub(1));
        self.outside.put(self.log.current(), now);
        Ok(hand_out(applied, receipts))
    }

    /// All but the commit.
    async fn prepare(
        &mut self,
        c: &ClientWrapper,
        group: &mut Group,
        jobs: &mut Source,
        now: Time,
    ) -> Result<Prepared> {
        // Sent at once, in this order: the checkpoint is read when the lock is held.
        let begin = async { c.batch_execute(BEGIN).await.map_err(|e| fault(&e)) };
        let ((), kept) = try_join!(biased; begin, read::checkpoint_text(c))?;
        // Also what came while the lock was waited for.
        jobs.fill(group);
        let batches = &mut group.batches;
        let (mut known, ()) = try_join!(Known::load(c, batches), self.catch_up(c, kept))?;
        let mut staged = self.log.begin();
        let (mut applied, mut next_change) = (Vec::with_capacity(batches.len()), self.next_change);
        for batch in &mut *batches {
            let one = apply(&mut known, batch, now, &mut staged, next_change);
            next_change += one.as_ref().map_or(0, |one| one.changes);
            applied.push(one);
        }
        if !staged.is_empty() {
            let (mut pending, mut events) = (Pending::default(), Vec::<&Event>::new());
            for (batch, one) in batches.iter().zip(&applied) {
                let Ok(one) = one else { continue };
                let event_seq = self.log.size() + one.event as u64;
                let own = batch.event.touches.len() - batch.rows.len() - batch.docs.len();
                pending.add(batch, &batch.event.touches[own..], one.first_change, event_seq);
                events.push(&batch.event);
                events.extend(&batch.more_events);
            }
            put_all(c, &pending, &events, &mut staged, now).await?;
        }
        Ok(Prepared { applied, staged, next_change })
    }

    /// Goes on from what another server committed meanwhile: the events that are new, up to the checkpoint as
    /// it is kept. What does not go on from what this server saw is refused: the database was rolled back
    /// under it.
    async fn catch_up(&mut self, c: &ClientWrapper, kept: Option<String>) -> Result<()> {
        if kept.as_deref() == Some(self.log.current().text()) {
            return Ok(());
        }
        let (newer, last) = try_join!(events_from(c, self.log.size(), AT_ONCE), last_change(c))?;
        if resume::follow(&mut self.log, kept.as_deref(), &newer) {
            self.next_change = last + 1;
        } else {
            // Too many for that, or what is wrong is to be found out.
            let (log, next_change) = restore(c, &self.identity).await?;
            log.check_outside(self.log.current(), &Kept(c)).map_err(|fault| match fault.kind {
                FaultKind::Corrupt => refusal::rolled_back(fault.internal.as_deref().unwrap_or_default()),
                _ => fault,
            })?;
            (self.log, self.next_change) = (log, next_change);
        }
        self.makers.others_wrote(last);
        Ok(())
    }

    /// What became of a group whose commit was not answered. Who asks waits for the lock, which the lost
    /// connection may still hold: after it, nothing can come of the commit any more.
    fn is_committed(&self, staged: &Staged) -> std::result::Result<bool, Trouble> {
        let Some(last) = staged.leaves().last() else {
            return Ok(false);
        };
        for _ in 0..ASK_TIMES {
            let asked = wait(async {
                let client = self.connector.connect().await?;
                client.batch_execute(BEGIN).await.map_err(|e| fault(&e))?;
                event_by_id(&client, &last.id).await
            });
            match asked {
                Ok(found) => return Ok(found.is_some_and(|row| row.hash == last.hash)),
                Err(fault) => tracing::info!(error = %fault, "it is not known yet whether a group is there"),
            }
            std::thread::sleep(ASK_EVERY);
        }
        Err(Trouble::Final(unavailable().internal("it is not known whether a group was committed")))
    }

    /// Runs statements outside of a group, each a transaction of its own: half of them does no harm.
    fn by_itself<T>(&mut self, statements: impl AsyncFnOnce(&ClientWrapper) -> Result<T>) -> Result<T> {
        wait(async {
            let client = self.client().await?;
            let done = statements(&client).await?;
            self.client = Some(client);
            Ok(done)
        })
    }
}

/// The connection of a server that is open: as long as it lives, nobody is alone with the database.
///
/// # Errors
/// Unavailable if somebody is.
pub async fn be_present(client: ClientWrapper) -> Result<ClientWrapper> {
    if !read::flag(&client, PRESENT).await? {
        return Err(refusal::set_apart());
    }
    // While there was no connection, a newer release may have taken away what this one writes.
    schema::format(&client).await?.with(&schema::STEPS)?;
    Ok(client)
}

/// Keeps servers and restores away until the connection ends, or unlocks. The database takes a moment to notice
/// that an earlier one has ended.
///
/// # Errors
/// Conflict if others still work on the database after two seconds.
pub async fn be_alone(c: &ClientWrapper) -> Result<()> {
    for _ in 1..whole::ASK_TIMES {
        if read::flag(c, ALONE).await? {
            return Ok(());
        }
        std::thread::sleep(whole::ASK_EVERY);
    }
    if read::flag(c, ALONE).await? { Ok(()) } else { Err(refusal::not_alone()) }
}

/// A group up to its commit.
struct Prepared {
    applied: Vec<Result<Applied>>,
    staged: Staged,
    next_change: u64,
}

/// Judges one batch and stages its events. If it fails, all of it is taken back and nothing else.
fn apply(
    known: &mut Known,
    batch: &mut Batch,
    now: Time,
    staged: &mut Staged,
    first_change: u64,
) -> Result<Applied> {
    let mut accepted = judge(known, batch, now)?;
    let (mark, event) = (staged.mark(), staged.len());
    batch.event.touches.append(&mut accepted.touches);
    for event in std::iter::once(&batch.event).chain(&batch.more_events) {
        if let Err(fault) = staged.append(event) {
            staged.roll_back(mark);
            return Err(fault);
        }
    }
    enter(known, batch, accepted);
    Ok(Applied { event, first_change, changes: batch.rows.len() as u64 })
}
