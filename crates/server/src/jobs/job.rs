//! One job, and what its user sees of it.

use super::file::{File, FileView};
use super::outcome::{Detail, Outcome, bulk};
use crate::problem::Document;
use access::{Actor, Policy};
use kernel::{Fault, FaultKind, JobId, Lang, Result, SessionId, Text, Time, UserId};
use records::{BulkKept, BulkReport, Caller, Engine, ImportList};
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Notify;

/// What a job does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Bulk,
    BulkUndo,
    Export,
    Import,
    ImportDryRun,
    ImportUndo,
    Verify,
    Rebuild,
}

impl Kind {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Bulk => "bulk",
            Self::BulkUndo => "bulk_undo",
            Self::Export => "export",
            Self::Import => "import",
            Self::ImportDryRun => "import_dry_run",
            Self::ImportUndo => "import_undo",
            Self::Verify => "verify",
            Self::Rebuild => "rebuild",
        }
    }

    /// Whether it takes a place of imports.
    pub(super) const fn imports(self) -> bool {
        matches!(self, Self::Import | Self::ImportDryRun)
    }

    /// Whether it can be stopped once it runs.
    pub(super) const fn stops(self) -> bool {
        !matches!(self, Self::ImportUndo | Self::Rebuild)
    }
}

/// How a job goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,
}

impl State {
    pub(super) const fn ended(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// The wish that a job stop.
#[derive(Default)]
pub(super) struct Stop {
    pub(super) flag: Arc<AtomicBool>,
    bell: Notify,
}

impl Stop {
    pub(super) fn ask(&self) {
        self.flag.store(true, Ordering::Relaxed);
        self.bell.notify_waiters();
    }

    pub(super) async fn asked(&self) {
        loop {
            let rung = self.bell.notified();
            if self.flag.load(Ordering::Relaxed) {
                return;
            }
            rung.await;
        }
    }
}

/// A job.
pub(super) struct Job {
    id: JobId,
    pub(super) user: UserId,
    pub(super) session: SessionId,
    kind: Kind,
    entity: Option<String>,
    pub(super) state: State,
    pub(super) done: u64,
    pub(super) total: Option<u64>,
    created_at: Time,
    pub(super) finished_at: Option<Time>,
    /// How many erasures there had been when what it holds was read or sent.
    erasures: u64,
    /// Under which it was ordered.
    policy: Arc<Policy>,
    pub(super) told_at: Option<Time>,
    outcome: Option<Arc<Outcome>>,
    fault: Option<Fault>,
    pub(super) file: Option<File>,
    pub(super) undoing: bool,
    pub(super) undone: bool,
    pub(super) stop: Arc<Stop>,
}

impl Job {
    pub(super) fn new(
        id: JobId,
        caller: &Caller,
        kind: Kind,
        entity: Option<String>,
        (now, erasures): (Time, u64),
        stop: Arc<Stop>,
    ) -> Self {
        Self {
            id,
            user: caller.actor.user,
            session: caller.actor.session,
            kind,
            entity,
            state: State::Queued,
            done: 0,
            total: None,
            created_at: now,
            finished_at: None,
            erasures,
            policy: caller.policy.clone(),
            told_at: None,
            outcome: None,
            fault: None,
            file: None,
            undoing: false,
            undone: false,
            stop,
        }
    }

    /// A token sees what was started through it, nothing else of its owner's.
    pub(super) fn seen_by(&self, actor: &Actor) -> bool {
        self.user == actor.user && (actor.token.is_none() || self.session == actor.session)
    }

    /// The rows of reports that it holds.
    pub(super) fn rows(&self) -> usize {
        self.outcome.as_ref().map_or(0, |outcome| outcome.rows())
    }

    /// Drops the rows of its report, and all that was in them.
    pub(super) fn forget_rows(&mut self) {
        if let Some(Outcome::Import(report)) = self.outcome.as_mut().map(Arc::make_mut) {
            report.listed = Vec::new();
        }
    }

    /// Drops its file if that went stale, and the values in its report if anybody was erased since they came;
    /// all of the report's rows if whoever ordered it signed out since or has other rights.
    pub(super) fn forget_stale(&mut self, engine: &Engine, policy: &Policy) {
        if self.file.as_ref().is_some_and(|file| file.is_stale(self, engine, policy)) {
            self.file = None;
        }
        if self.rows() == 0 {
            return;
        }
        if !self.policy.same_rights(policy, self.user) || !engine.stands(self.session) {
            return self.forget_rows();
        }
        let erasures = engine.erasures();
        if self.erasures != erasures {
            if let Some(Outcome::Import(report)) = self.outcome.as_mut().map(Arc::make_mut) {
                report.forget_values();
            }
            self.erasures = erasures;
        }
    }

    pub(super) fn end(&mut self, done: Result<Outcome>, now: Time) {
        let begun = self.state == State::Running;
        let whole = begun && (!self.kind.stops() || self.total == Some(self.done));
        let stopped = self.stop.flag.load(Ordering::Relaxed) && !whole;
        self.finished_at = Some(now);
        self.state = match done {
            Ok(outcome) => {
                self.outcome = Some(Arc::new(outcome));
                if stopped { State::Cancelled } else { State::Done }
            }
            Err(_) if self.kind.stops() && self.stop.flag.load(Ordering::Relaxed) => State::Cancelled,
            Err(fault) => {
                self.fault = Some(fault);
                State::Failed
            }
        };
    }

    pub(super) fn can_cancel(&self) -> bool {
        match self.state {
            State::Queued => true,
            State::Running => self.kind.stops(),
            _ => false,
        }
    }

    /// Whether there is something to undo. What failed on its way may have changed records before.
    pub(super) fn can_undo(&self) -> bool {
        let changed = match (&self.kind, self.outcome.as_deref()) {
            (Kind::Bulk, Some(Outcome::Bulk(report))) => report.changed > 0,
            (Kind::Bulk | Kind::Import, None) => self.done > 0,
            (Kind::Import, Some(Outcome::Import(r))) => r.made + r.updated + r.companies_made > 0,
            _ => false,
        };
        changed && self.state.ended() && !self.undone && !self.undoing
    }

    /// The act that it is: an import that went on where another was cut short is that other one.
    pub(super) fn act(&self) -> JobId {
        match self.outcome.as_deref() {
            Some(Outcome::Import(report)) => report.id.cast(),
            _ => self.id,
        }
    }

    /// How it goes.
    pub(super) fn course(&self) -> JobView {
        JobView {
            id: self.id,
            kind: self.kind.name(),
            entity: self.entity.clone(),
            state: self.state.name(),
            done: self.done,
            total: self.total,
            created_at: self.created_at.rfc3339(),
            finished_at: self.finished_at.map(Time::rfc3339),
            result: None,
            problem: None,
            can_cancel: self.can_cancel() && !self.stop.flag.load(Ordering::Relaxed),
            can_undo: self.can_undo(),
            undone: self.undone,
            file: self.file.as_ref().map(|f| f.view.clone()),
        }
    }

    /// What is cheap to take while others wait.
    pub(super) fn glance(&self) -> Glance {
        Glance { view: self.course(), outcome: self.outcome.clone(), fault: self.fault.clone() }
    }
}

/// A job as it was at one moment.
pub(super) struct Glance {
    view: JobView,
    outcome: Option<Arc<Outcome>>,
    fault: Option<Fault>,
}

impl Glance {
    pub(super) fn told(self, lang: Lang, detail: Detail) -> JobView {
        if detail == Detail::Course {
            return self.view;
        }
        JobView {
            result: self.outcome.and_then(|o| o.told(lang, detail)),
            problem: self.fault.as_ref().map(|f| Document::of(f, lang)),
            ..self.view
        }
    }
}

/// A job as its user sees it.
#[derive(Clone, Debug, Serialize)]
pub struct JobView {
    /// Id; also that of the act.
    pub id: JobId,
    /// What it does.
    pub kind: &'static str,
    /// Name of the entity, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// `queued`, `running`, `done`, `failed` or `cancelled`.
    pub state: &'static str,
    /// How far it is.
    pub done: u64,
    /// Of how much, once that is known.
    pub total: Option<u64>,
    /// Ordered when (RFC 3339).
    pub created_at: String,
    /// Ended when (RFC 3339).
    pub finished_at: Option<String>,
    /// What came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<Value>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Document>,
    /// Whether it can be stopped.
    pub can_cancel: bool,
    /// Whether it can be undone.
    pub can_undo: bool,
    /// Whether it was undone.
    pub undone: bool,
    /// The file that it made, while it is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<FileView>,
}

impl JobView {
    /// A change to many records from before the last start: what is kept of it.
    pub(crate) fn of_kept(kept: BulkKept, lang: Lang) -> Self {
        let cut = kept.finished_at.is_none().then(|| {
            let text = Text::of(
                "Zadanie zostało przerwane, zanim się skończyło.",
                "The job was interrupted before it finished.",
            );
            Document::of(&Fault::new(FaultKind::Unavailable, text), lang)
        });
        let seen = kept.changed + kept.unchanged + kept.refused;
        let state = match (&cut, seen < kept.total) {
            (Some(_), _) => State::Failed,
            (None, true) => State::Cancelled,
            (None, false) => State::Done,
        };
        let counts = BulkReport {
            changed: kept.changed,
            unchanged: kept.unchanged,
            refused: kept.refused,
            problems: Vec::new(),
        };
        Self {
            id: kept.id.cast(),
            kind: Kind::Bulk.name(),
            entity: Some(kept.entity),
            state: state.name(),
            done: seen,
            total: Some(kept.total),
            created_at: kept.created_at,
            finished_at: kept.finished_at,
            result: cut.is_none().then(|| bulk(&counts, lang)),
            can_cancel: false,
            can_undo: !kept.undone && (kept.changed > 0 || cut.is_some()),
            undone: kept.undone,
            problem: cut,
            file: None,
        }
    }

    /// An import from before the last start.
    pub(crate) fn of_import(kept: ImportList) -> Self {
        Self {
            id: kept.id.cast(),
            kind: Kind::Import.name(),
            state: if kept.finished { State::Done } else { State::Cancelled }.name(),
            done: kept.rows,
            total: kept.finished.then_some(kept.rows),
            created_at: kept.at.clone(),
            finished_at: Some(kept.at),
            result: None,
            problem: None,
            can_cancel: false,
            can_undo: !kept.undone && kept.made + kept.updated + kept.companies_made > 0,
            undone: kept.undone,
            entity: Some(kept.entity),
            file: None,
        }
    }
}
