//! Jobs as their rows tell of them.

use super::Jobs;
use super::job::{Course, Kind, State};
use super::kept::Kept;
use super::order::Head;
use kernel::{Fault, Result};
use records::JobSeal;
use store::{JobRow, JobState};

/// How a job stands by its row.
const fn state_of(row: &JobRow) -> State {
    match row.state {
        JobState::Waiting => State::Queued,
        JobState::Held => State::Running,
        JobState::Ended | JobState::Dead => State::Failed,
    }
}

impl Jobs {
    /// Whose a job is.
    pub(super) fn head(&self, row: &JobRow) -> Result<Head> {
        self.0.engine.open_job(row.id, JobSeal::Head, &row.sealed)
    }

    /// A job as its row tells of it.
    pub(super) fn course(&self, row: &JobRow) -> Result<Course> {
        let head = self.head(row)?;
        let kept: Option<Kept> = match row.state {
            JobState::Ended | JobState::Dead => {
                Some(self.0.engine.open_job(row.id, JobSeal::Result, &row.result)?)
            }
            JobState::Waiting | JobState::Held => None,
        };
        let kind =
            Kind::of_number(row.kind).ok_or_else(|| Fault::corrupt(format!("job {}: kind", row.id)))?;
        Ok(Course {
            id: row.id,
            user: row.user,
            session: head.session,
            kind,
            entity: head.entity,
            state: kept.as_ref().map_or_else(|| state_of(row), |kept| kept.state),
            done: kept.as_ref().map_or(row.done, |kept| kept.done),
            total: kept.as_ref().map_or(row.total, |kept| kept.total),
            created_at: row.created_at,
            finished_at: row.ended_at,
            stopping: row.stop,
            of: head.of,
            parts: row.parts as usize,
            kept,
        })
    }
}
