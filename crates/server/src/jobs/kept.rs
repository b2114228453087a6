//! What is kept of a job that is over: told in both languages, without a value of any record.

use super::file::KeptFile;
use super::job::{Kind, State};
use super::outcome::Outcome;
use crate::problem::Document;
use kernel::{Fault, JobId, Lang, Result};
use records::JOB_PLAIN_MAX;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Something told in both languages.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Both {
    pl: Value,
    en: Value,
}

impl Both {
    fn of(told: impl Fn(Lang) -> Option<Value>) -> Option<Self> {
        Some(Self { pl: told(Lang::Pl)?, en: told(Lang::En)? })
    }

    pub(super) fn take(self, lang: Lang) -> Value {
        match lang {
            Lang::Pl => self.pl,
            Lang::En => self.en,
        }
    }

    /// Drops the last of what a list in it names, or all of the list if it is short.
    fn shorten(&mut self) -> bool {
        let mut shorter = false;
        for told in [&mut self.pl, &mut self.en] {
            let Some(told) = told.as_object_mut() else { continue };
            for name in ["problems", "findings", "unused_columns", "issues"] {
                if let Some(list) = told.get_mut(name).and_then(Value::as_array_mut).filter(|l| !l.is_empty())
                {
                    list.truncate(list.len() / 2);
                    shorter = true;
                }
            }
        }
        shorter
    }
}

/// What else is kept of a job, in parts, and on what it rests.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Holds {
    /// Rows of its report.
    pub(super) rows: usize,
    /// The first parts, without values of records; the others have the job's own key.
    pub(super) open: usize,
    /// The rights of its user under which it was made.
    pub(super) rights: u64,
    /// How many keys had been destroyed when it was read or sent.
    pub(super) erased: u64,
    /// The file that the others are.
    pub(super) file: Option<KeptFile>,
}

/// What is kept of a job that is over.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) state: State,
    pub(super) done: u64,
    pub(super) total: Option<u64>,
    pub(super) told: Option<Both>,
    pub(super) problem: Option<Both>,
    /// The act that it is.
    pub(super) act: JobId,
    /// Whether it changed records, and can be taken back.
    pub(super) changed: bool,
    pub(super) holds: Option<Holds>,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            state: State::Cancelled,
            done: 0,
            total: None,
            told: None,
            problem: None,
            act: JobId::NIL,
            changed: false,
            holds: None,
        }
    }
}

impl Kept {
    /// Of a job of this kind that came so far and ended so; `stop` if it had been asked to stop.
    pub(super) fn of(
        (id, kind): (JobId, Kind),
        (done, total): (u64, Option<u64>),
        stop: bool,
        ended: &Result<Outcome>,
    ) -> Self {
        let whole = !kind.stops() || total == Some(done);
        let (mut act, mut problem) = (id, None);
        let state = match ended {
            Ok(_) if stop && !whole => State::Cancelled,
            Ok(_) => State::Done,
            Err(_) if kind.stops() && stop => State::Cancelled,
            Err(fault) => {
                problem = Both::of(|lang| told(fault, lang));
                State::Failed
            }
        };
        let changed = match (kind, ended) {
            (Kind::Bulk | Kind::HandOver, Ok(Outcome::Bulk(report))) => report.changed > 0,
            (Kind::Import, Ok(Outcome::Import(r))) => r.made + r.updated + r.companies_made > 0,
            _ => false,
        };
        if let Ok(Outcome::Import(report)) = ended {
            act = report.id.cast();
        }
        let told = ended.as_ref().ok().and_then(|o| Both::of(|lang| o.told(lang)));
        let mut kept = Self { state, done, total, told, problem, act, changed, holds: None };
        kept.fit();
        kept
    }

    /// Long lists are shortened until it can be kept.
    fn fit(&mut self) {
        // What is added to it later is small.
        while serde_json::to_vec(self).map_or(0, |plain| plain.len()) > JOB_PLAIN_MAX - 4_096 {
            let shorter = [&mut self.told, &mut self.problem].map(|b| b.as_mut().is_some_and(Both::shorten));
            if !shorter.contains(&true) {
                (self.told, self.problem) = (None, None);
            }
        }
    }
}

/// A failure without what it says of a record.
fn told(fault: &Fault, lang: Lang) -> Option<Value> {
    let mut told = json!(Document::of(fault, lang));
    told.as_object_mut()?.remove("duplicate");
    Some(told)
}
