//! One job, and what its user sees of it.

use super::file::{File, FileView};
use crate::problem::Document;
use access::Actor;
use kernel::{Fault, FaultKind, JobId, Lang, Result, SessionId, Text, Time, UserId};
use records::{BulkKept, BulkReport, ImportList, ImportReport, Undone, Verified};
use serde::Serialize;
use serde_json::{Value, json};
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

    /// Whether it can be stopped once it runs.
    pub(super) const fn stops(self) -> bool {
        !matches!(self, Self::ImportUndo | Self::Verify | Self::Rebuild)
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

/// What came of a job.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    Nothing,
    Bulk(BulkReport),
    Export { records: usize },
    Import(Box<ImportReport>),
    ImportUndone(Undone),
    Verified(Verified),
    Rebuilt { records: u64 },
}

impl Outcome {
    fn forget_values(&mut self) {
        if let Self::Import(report) = self {
            report.forget_values();
        }
    }

    fn told(&self, lang: Lang) -> Option<Value> {
        match self {
            Self::Nothing => None,
            Self::Bulk(report) => Some(bulk(report, lang)),
            Self::Export { records } => Some(json!({ "records": records })),
            Self::Import(report) => serde_json::to_value(report).ok(),
            Self::ImportUndone(undone) => serde_json::to_value(undone).ok(),
            Self::Verified(verified) => Some(verification(verified, lang)),
            Self::Rebuilt { records } => Some(json!({ "records": records })),
        }
    }
}

fn bulk(report: &BulkReport, lang: Lang) -> Value {
    let problem =
        |p: &records::BulkProblem| json!({ "id": p.id, "code": p.code, "reason": p.reason.get(lang) });
    json!({
        "changed": report.changed,
        "unchanged": report.unchanged,
        "refused": report.refused,
        "problems": report.problems.iter().map(problem).collect::<Vec<_>>(),
    })
}

fn verification(verified: &Verified, lang: Lang) -> Value {
    let finding = |f: &records::VerifyFinding| json!({ "code": f.code, "text": f.text.get(lang) });
    json!({
        "events": verified.events,
        "rows": verified.rows,
        "findings": verified.findings.iter().map(finding).collect::<Vec<_>>(),
        "checkpoint": verified.checkpoint.as_ref().map(|(size, root)| json!({ "size": size, "root": root })),
    })
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
    outcome: Option<Outcome>,
    fault: Option<Fault>,
    pub(super) file: Option<File>,
    pub(super) undoing: bool,
    pub(super) undone: bool,
    pub(super) stop: Arc<Stop>,
}

impl Job {
    pub(super) fn new(
        id: JobId,
        actor: &Actor,
        kind: Kind,
        entity: Option<String>,
        (now, erasures): (Time, u64),
        stop: Arc<Stop>,
    ) -> Self {
        Self {
            id,
            user: actor.user,
            session: actor.session,
            kind,
            entity,
            state: State::Queued,
            done: 0,
            total: None,
            created_at: now,
            finished_at: None,
            erasures,
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

    /// Drops the values in its report if anybody was erased since they came.
    pub(super) fn forget_after(&mut self, erasures: u64) {
        if self.erasures != erasures
            && let Some(outcome) = &mut self.outcome
        {
            outcome.forget_values();
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
                self.outcome = Some(outcome);
                if stopped { State::Cancelled } else { State::Done }
            }
            Err(_) if stopped => State::Cancelled,
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
        let changed = match (&self.kind, &self.outcome) {
            (Kind::Bulk, Some(Outcome::Bulk(report))) => report.changed > 0,
            (Kind::Bulk, None) => self.done > 0,
            (Kind::Import, Some(Outcome::Import(r))) => r.made + r.updated + r.companies_made > 0,
            _ => false,
        };
        changed && self.state.ended() && !self.undone && !self.undoing
    }

    pub(super) fn view(&self, lang: Lang) -> JobView {
        JobView {
            id: self.id,
            kind: self.kind.name(),
            entity: self.entity.clone(),
            state: self.state.name(),
            done: self.done,
            total: self.total,
            created_at: self.created_at.rfc3339(),
            finished_at: self.finished_at.map(Time::rfc3339),
            result: self.outcome.as_ref().and_then(|o| o.told(lang)),
            problem: self.fault.as_ref().map(|f| Document::of(f, lang)),
            can_cancel: self.can_cancel() && !self.stop.flag.load(Ordering::Relaxed),
            can_undo: self.can_undo(),
            undone: self.undone,
            file: self.file.as_ref().map(|f| f.view.clone()),
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
