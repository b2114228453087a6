//! The one thread that writes. It holds the only connection that can and the only log, so the order of
//! commits, changes and events is one. All that waits is committed together: many callers share one
//! forced write.

use super::jobs;
use super::reserve::{Reserve, is_small};
use super::tree::restore;
use super::write::{Place, Trouble, apply, put_event, sweep};
use crate::activity::Counts;
use crate::contract::{Batch, Committed};
use crate::group::{Applied, Group, Source, hand_back, hand_out};
use crate::outside::Outside;
use crate::queue::{Job, answer};
use crate::resume::{CHECKPOINT, Identity, RESTORING};
use kernel::{Clock, FaultKind, Result, Time};
use ledger::{Log, NodeRow, Staged};
use rusqlite::{Connection, params};
use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use vault::{storage_fault, truncate_wal};

/// Sessions and kept answers that one sweep deletes at most, each, so that it holds nobody up.
const SWEEP: u32 = 1000;

/// How long the end of a reader's query is waited for when the log is emptied.
const READERS_WAIT: Duration = Duration::from_millis(250);
/// How long a lock is waited for otherwise, as `vault::open_database` sets it.
const LOCK_WAIT: Duration = Duration::from_secs(5);

/// The writer's state. `log` and `next_change` are those of what is durable.
pub struct Writer {
    pub connection: Connection,
    pub log: Log,
    pub next_change: u64,
    pub outside: Outside,
    pub reserve: Reserve,
    /// Tells the others that the reserve is spent.
    pub full: Arc<AtomicBool>,
    pub identity: Identity,
    pub clock: Arc<dyn Clock>,
    pub counts: Arc<Counts>,
    /// A commit failed in a way that may have left it in the file: look before the next.
    pub unsure: bool,
    /// Let go of when the writer ends.
    pub lock: File,
}

impl Writer {
    /// Works until the queue is closed, by a job or because nobody can send any more, and empty.
    pub fn run(mut self, mut jobs: Source) {
        let mut closers = Vec::new();
        while let Some(job) = jobs.next() {
            match job {
                Job::Write(first) => {
                    let mut group = Group::of(*first);
                    jobs.fill(&mut group);
                    self.write(group);
                }
                Job::Sweep(now, reply) => answer(reply, self.sweep(now)),
                Job::Take(take, reply) => {
                    answer(reply, jobs::take(&self.connection, &take, self.clock.now()))
                }
                Job::Renew(renew, reply) => {
                    answer(reply, jobs::renew(&self.connection, &renew, self.clock.now()));
                }
                Job::CheckRoom(reply) => answer(reply, self.check_room()),
                Job::SettleErasure(reply) => answer(reply, self.empty_log()),
                Job::Restored(reply) => answer(reply, self.restored()),
                // The file is locked already.
                Job::Alone(reply) => answer(reply, Ok(())),
                Job::Together => {}
                Job::Close(reply) => {
                    jobs.close();
                    closers.push(reply);
                }
            }
        }
        let result = self.finish();
        for reply in closers {
            answer(reply, result.clone());
        }
    }

    fn finish(mut self) -> Result<()> {
        let result = self.outside.put_durably(self.log.current());
        // A reader may still hold the log; the next start carries it over then.
        if let Err(fault) = self.empty_log() {
            tracing::info!(error = %fault, "the write-ahead log stays for the next start");
        }
        drop(self.connection);
        // By hand, as a child process may have taken over the descriptor.
        if let Err(e) = self.lock.unlock() {
            tracing::warn!(error = %e, "the lock file stays locked");
        }
        result
    }

    /// Carries the write-ahead log over and truncates it. Waits for readers no longer than other callers
    /// can wait for this.
    fn empty_log(&self) -> Result<()> {
        let wait = |time| self.connection.busy_timeout(time).map_err(|e| storage_fault(&e));
        wait(READERS_WAIT)?;
        let result = truncate_wal(&self.connection);
        wait(LOCK_WAIT)?;
        result
    }

    fn write(&mut self, mut group: Group) {
        let counts = Arc::clone(&self.counts);
        let done = counts.group(|| (group.batches.len(), self.commit(&mut group)));
        group.answer(done);
    }

    /// Commits the good batches of a group. On a full disk, those that may use the room kept back.
    ///
    /// # Errors
    /// If nothing at all was committed.
    fn commit(&mut self, group: &mut Group) -> Result<Vec<Result<Committed>>> {
        let small_only = self.reserve.is_spent() && !group.batches.iter().all(is_small) && !self.win_back();
        let mut done = self.group(&mut group.batches, small_only);
        if matches!(&done, Err(fault) if fault.kind == FaultKind::Full) && self.reserve.release() {
            group.reset();
            done = self.group(&mut group.batches, true);
        }
        self.full.store(self.reserve.is_spent(), Ordering::Release);
        if self.reserve.is_spent() {
            self.reuse_log();
        }
        done
    }

    /// Whether records are taken, as far as the disk's room goes.
    fn check_room(&mut self) -> Result<()> {
        let room = !self.reserve.is_spent() || self.win_back();
        self.full.store(!room, Ordering::Release);
        if room { Ok(()) } else { Err(vault::full_fault()) }
    }

    /// Takes the reserve back if the disk has room for it again, next to an empty log.
    fn win_back(&mut self) -> bool {
        if !self.reserve.is_due(self.clock.now()) {
            return false;
        }
        if let Err(fault) = self.empty_log() {
            tracing::info!(error = %fault, "the write-ahead log keeps its room");
        }
        self.reserve.restore()
    }

    /// Carries the write-ahead log over without waiting for anybody, so that the next commit begins it
    /// anew: while the disk is full the log must not grow.
    fn reuse_log(&self) {
        let sql = "PRAGMA wal_checkpoint(PASSIVE)";
        if let Err(e) = self.connection.query_row(sql, [], |_| Ok(())) {
            tracing::warn!(error = %storage_fault(&e), "the write-ahead log was not carried over");
        }
    }

    /// Commits the good batches of a group in one transaction; with `small_only`, refuses the others as
    /// full.
    fn group(&mut self, batches: &mut [Batch], small_only: bool) -> Result<Vec<Result<Committed>>> {
        if self.unsure {
            (self.log, self.next_change) = restore(&self.connection, &self.identity)?;
            self.unsure = false;
        }
        let now = self.clock.now();
        let mut staged = self.log.begin();
        let mut next_change = self.next_change;
        let done = self.transaction(batches, small_only, now, &mut staged, &mut next_change);
        let applied = match done {
            Ok(applied) => applied,
            Err(fault) => {
                self.abandon();
                return Err(fault);
            }
        };
        if staged.is_empty() {
            return Ok(hand_back(applied));
        }
        let receipts = staged.durable(&mut self.log)?;
        self.next_change = next_change;
        self.outside.put(self.log.current(), now);
        Ok(hand_out(applied, receipts))
    }

    fn transaction(
        &mut self,
        batches: &mut [Batch],
        small_only: bool,
        now: Time,
        staged: &mut Staged,
        next_change: &mut u64,
    ) -> Result<Vec<Result<Applied>>> {
        let fault = |e| storage_fault(&e);
        self.execute("BEGIN IMMEDIATE").map_err(fault)?;
        let mut applied = Vec::with_capacity(batches.len());
        for batch in batches {
            if small_only && !is_small(batch) {
                applied.push(Err(vault::full_fault()));
                continue;
            }
            match self.apply(batch, now, staged, *next_change) {
                Ok(one) => {
                    *next_change += one.changes;
                    applied.push(Ok(one));
                }
                Err(Trouble::Batch(fault)) => applied.push(Err(fault)),
                Err(Trouble::Group(fault)) => return Err(fault),
            }
        }
        if staged.is_empty() {
            self.execute("ROLLBACK").map_err(fault)?;
            return Ok(applied);
        }
        self.keep_tree(staged, now).map_err(fault)?;
        // A commit that fails may still be found in the log after a crash, or even by ourselves.
        self.unsure = true;
        self.execute("COMMIT").map_err(fault)?;
        self.unsure = false;
        Ok(applied)
    }

    /// Applies one batch. If it fails by itself, all of it is taken back and nothing else.
    fn apply(
        &self,
        batch: &mut Batch,
        now: Time,
        staged: &mut Staged,
        first_change: u64,
    ) -> std::result::Result<Applied, Trouble> {
        let mark = staged.mark();
        // One insertion is taken back by itself, so an event alone needs no savepoint.
        let alone = is_event_alone(batch);
        if !alone {
            self.execute("SAVEPOINT batch")?;
        }
        let result = self.apply_inside(batch, now, staged, first_change);
        if let Err(Trouble::Batch(_)) = &result {
            staged.roll_back(mark);
            if !alone {
                self.execute("ROLLBACK TO batch")?;
            }
        }
        if !alone && !matches!(result, Err(Trouble::Group(_))) {
            self.execute("RELEASE batch")?;
        }
        result
    }

    fn apply_inside(
        &self,
        batch: &mut Batch,
        now: Time,
        staged: &mut Staged,
        first_change: u64,
    ) -> std::result::Result<Applied, Trouble> {
        let event = staged.len();
        let place = Place { now, first_change, event: self.log.size() + event as u64 };
        let touches = apply(&self.connection, batch, place)?;
        batch.event.touches.extend(touches);
        for event in std::iter::once(&batch.event).chain(&batch.more_events) {
            staged.append(event).map_err(Trouble::Batch)?;
            if let Some(leaf) = staged.leaves().last() {
                put_event(&self.connection, event, leaf)?;
            }
        }
        Ok(Applied { event, first_change, changes: batch.rows.len() as u64 })
    }

    fn restored(&self) -> Result<()> {
        let sql = "DELETE FROM meta WHERE name = ?1";
        self.connection.execute(sql, [RESTORING]).map(drop).map_err(|e| storage_fault(&e))
    }

    fn keep_tree(&self, staged: &mut Staged, now: Time) -> rusqlite::Result<()> {
        put_nodes(&self.connection, staged.nodes())?;
        keep_checkpoint(&self.connection, staged.seal(now).text())
    }

    fn sweep(&mut self, now: Time) -> Result<u64> {
        // Each statement is a transaction of its own: half a sweep does no harm.
        let gone = sweep(&self.connection, now, SWEEP).map_err(|e| storage_fault(&e))?;
        Ok(gone as u64)
    }

    fn execute(&self, sql: &str) -> rusqlite::Result<()> {
        self.connection.prepare_cached(sql)?.execute([]).map(drop)
    }

    /// Ends a transaction that failed; the engine may have ended it already.
    fn abandon(&mut self) {
        if self.connection.is_autocommit() {
            return;
        }
        if let Err(e) = self.execute("ROLLBACK") {
            self.unsure = true;
            tracing::error!(error = %storage_fault(&e), "a failed transaction was not rolled back");
        }
    }
}

/// Keeps nodes of the tree.
///
/// # Errors
/// As the database fails.
pub fn put_nodes(c: &Connection, nodes: &[NodeRow]) -> rusqlite::Result<()> {
    let sql = "INSERT INTO node (level, idx, hash) VALUES (?1, ?2, ?3)";
    for node in nodes {
        let index = i64::try_from(node.index).unwrap_or(i64::MAX);
        c.prepare_cached(sql)?.execute(params![node.level, index, node.hash])?;
    }
    Ok(())
}

/// Keeps the text of a signed checkpoint in the database.
///
/// # Errors
/// As the database fails.
pub fn keep_checkpoint(c: &Connection, note: &str) -> rusqlite::Result<()> {
    put_meta(c, CHECKPOINT, note.as_bytes())
}

/// Keeps a value under a name.
///
/// # Errors
/// As the database fails.
pub fn put_meta(c: &Connection, name: &str, value: &[u8]) -> rusqlite::Result<()> {
    let sql = "INSERT INTO meta (name, value) VALUES (?1, ?2)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    c.prepare_cached(sql)?.execute(params![name, value]).map(drop)
}

fn is_event_alone(batch: &Batch) -> bool {
    batch.rows.is_empty()
        && batch.docs.is_empty()
        && batch.sessions.is_empty()
        && batch.jobs.is_empty()
        && batch.idempotent.is_none()
        && batch.more_events.is_empty()
}
