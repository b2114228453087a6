//! One job, and what its user sees of it.

use super::file::{FileView, Stays};
use super::kept::{Both, Kept};
use super::outcome::{Detail, bulk};
use crate::problem::Document;
use access::Actor;
use kernel::{Fault, FaultKind, JobId, Lang, SessionId, Text, Time, UserId};
use records::{BulkKept, ImportList};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a job does. The number is part of the format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u16)]
pub(crate) enum Kind {
    Bulk = 1,
    BulkUndo = 2,
    Export = 3,
    Import = 4,
    ImportDryRun = 5,
    ImportUndo = 6,
    Verify = 7,
    /// Of one server's index: it is not in the queue.
    Rebuild = 8,
    HandOver = 9,
    HandOverCheck = 10,
    /// A letter of the program.
    Mail = records::MAIL,
    /// Of the program: it finds out who forgot a password.
    Reset = records::RESET,
    /// Of the program: it finds out whether a notice goes out as a letter.
    Alert = identity::ALERT,
    /// Of the program: it finds out who can decide on a request for access.
    AccessRequest = records::ACCESS_REQUEST,
}

impl Kind {
    /// Those that any server does.
    pub(super) const QUEUED: [Self; 9] = [
        Self::Bulk,
        Self::BulkUndo,
        Self::HandOver,
        Self::HandOverCheck,
        Self::Export,
        Self::Import,
        Self::ImportDryRun,
        Self::ImportUndo,
        Self::Verify,
    ];

    /// Those of the program, that are done one by one.
    pub(super) const POSTED: [Self; 3] = [Self::Mail, Self::Reset, Self::Alert];

    pub(super) fn of_number(number: u16) -> Option<Self> {
        Self::QUEUED
            .into_iter()
            .chain(Self::POSTED)
            .chain([Self::AccessRequest])
            .find(|kind| *kind as u16 == number)
    }

    /// Whether a failure is one that may not come again.
    pub(super) const fn tries_again(self, fault: &Fault) -> bool {
        match fault.kind {
            FaultKind::Internal => true,
            // A verification that gave way to an erasure is not begun again unasked.
            FaultKind::Unavailable => !matches!(self, Self::Verify),
            _ => false,
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Bulk => "bulk",
            Self::BulkUndo => "bulk_undo",
            Self::HandOver => "hand_over",
            Self::HandOverCheck => "hand_over_check",
            Self::Export => "export",
            Self::Import => "import",
            Self::ImportDryRun => "import_dry_run",
            Self::ImportUndo => "import_undo",
            Self::Verify => "verify",
            Self::Rebuild => "rebuild",
            Self::Mail => "mail",
            Self::Reset => "reset",
            Self::Alert => "alert",
            Self::AccessRequest => "access_request",
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
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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

    pub(super) const fn name(self) -> &'static str {
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
pub(super) struct Stop(pub(super) Arc<AtomicBool>);

impl Stop {
    pub(super) fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub(super) fn asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A job as it stands.
#[derive(Clone)]
pub(super) struct Course {
    pub(super) id: JobId,
    pub(super) user: UserId,
    pub(super) session: SessionId,
    pub(super) kind: Kind,
    pub(super) entity: Option<String>,
    pub(super) state: State,
    pub(super) done: u64,
    pub(super) total: Option<u64>,
    pub(super) created_at: Time,
    pub(super) finished_at: Option<Time>,
    /// Whether it was asked to stop.
    pub(super) stopping: bool,
    /// The job that it takes back.
    pub(super) of: Option<JobId>,
    /// Parts that are kept of it.
    pub(super) parts: usize,
    /// What came of it.
    pub(super) kept: Option<Kept>,
}

/// What is known of a job beside itself.
#[derive(Clone, Copy, Default)]
pub(super) struct Marks {
    pub(super) undone: bool,
    /// Whether a job that takes it back waits or runs.
    pub(super) undoing: bool,
}

impl Course {
    /// A token sees what was started through it, nothing else of its owner's.
    pub(super) fn seen_by(&self, actor: &Actor) -> bool {
        self.user == actor.user && (actor.token.is_none() || self.session == actor.session)
    }

    /// The act that it is: an import that went on where another was cut short is that other one.
    pub(super) fn act(&self) -> JobId {
        self.kept.as_ref().map_or(self.id, |kept| kept.act)
    }

    pub(super) fn can_cancel(&self) -> bool {
        let can = match self.state {
            State::Queued => true,
            State::Running => self.kind.stops(),
            _ => false,
        };
        can && !self.stopping
    }

    /// The rows of its report that are kept, and how many of the parts have them.
    pub(super) fn rows(&self) -> usize {
        let holds = self.kept.as_ref().and_then(|kept| kept.holds.as_ref());
        if self.parts > 0 { holds.map_or(0, |holds| holds.rows) } else { 0 }
    }

    /// As its user sees it; `rows` are those of its report, if they are asked for.
    pub(super) fn told(
        self,
        lang: Lang,
        detail: Detail,
        marks: Marks,
        stays: Stays,
        rows: Option<Value>,
    ) -> JobView {
        let can_cancel = self.can_cancel();
        let kept = self.kept.unwrap_or_default();
        let file = kept.holds.and_then(|holds| holds.file).filter(|_| stays.own);
        let (mut result, mut problem) = (None, None);
        if detail != Detail::Course {
            result = kept.told.map(|both: Both| both.take(lang));
            problem = kept.problem.map(|both| both.take(lang));
        }
        if let (Some(Value::Object(result)), Some(rows)) = (&mut result, rows) {
            result.insert("listed".to_owned(), rows);
        }
        JobView {
            id: self.id,
            kind: self.kind.name(),
            entity: self.entity,
            state: self.state.name(),
            done: self.done,
            total: self.total,
            created_at: self.created_at.rfc3339(),
            finished_at: self.finished_at.map(Time::rfc3339),
            result,
            problem,
            can_cancel,
            can_undo: kept.changed && self.state.ended() && !marks.undone && !marks.undoing,
            undone: marks.undone,
            file: file.map(|file| file.view()),
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
    pub problem: Option<Value>,
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
    /// A change to many records of which the job itself is no longer kept.
    pub(crate) fn of_kept(kept: BulkKept, lang: Lang) -> Self {
        let cut = kept.finished_at.is_none().then(|| {
            let text = Text::of(
                "Zadanie zostało przerwane, zanim się skończyło.",
                "The job was interrupted before it finished.",
            );
            json!(Document::of(&Fault::new(FaultKind::Unavailable, text), lang))
        });
        let counts = kept.counts();
        let seen = kept.changed + kept.unchanged + kept.refused;
        let state = match (&cut, seen < kept.total) {
            (Some(_), _) => State::Failed,
            (None, true) => State::Cancelled,
            (None, false) => State::Done,
        };
        Self {
            id: kept.id.cast(),
            kind: if kept.from.is_some() { Kind::HandOver } else { Kind::Bulk }.name(),
            entity: kept.entity,
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

    /// An import of which the job itself is no longer kept.
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
