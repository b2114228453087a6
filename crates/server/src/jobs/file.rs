//! Files that jobs made. They lie in memory alone, for an hour, and go with whatever they rested on: the
//! session, the rights under which they were made, and everybody who is in them.

use super::job::Job;
use super::{Desk, Jobs};
use access::Policy;
use axum::body::Bytes;
use kernel::{Fault, FaultKind, Result, Text, Time};
use records::{Caller, Engine};
use serde::Serialize;
use std::sync::Arc;

/// A file is kept for so long, in seconds.
const KEPT_S: i64 = 3_600;
/// Bytes of one exported file.
pub(crate) const FILE_MAX: usize = 64 << 20;
/// Bytes of all that are kept.
const ALL: usize = 256 << 20;

/// A file.
pub(super) struct File {
    pub(super) view: FileView,
    pub(super) bytes: Bytes,
    expires_at: Time,
    policy: Arc<Policy>,
    erasures: u64,
}

/// What a file is called, and how long it stays.
#[derive(Clone, Debug, Serialize)]
pub struct FileView {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its size in bytes.
    pub size: usize,
    /// Gone then (RFC 3339).
    pub expires_at: String,
}

impl File {
    /// Whether it has expired, somebody was erased since, or its maker signed out or has other rights.
    pub(super) fn is_stale(&self, job: &Job, engine: &Engine, policy: &Policy) -> bool {
        self.expires_at <= engine.now()
            || self.erasures != engine.erasures()
            || !self.policy.same_rights(policy, job.user)
            || !engine.stands(job.session)
    }
}

impl Desk {
    /// Keeps a file, made from data read when there had been so many `erasures`.
    ///
    /// # Errors
    /// Too large; too many if there is no room for it.
    pub(super) fn keep(
        &self,
        caller: &Caller,
        name: String,
        media_type: &'static str,
        bytes: Vec<u8>,
        erasures: u64,
    ) -> Result<()> {
        if bytes.len() > FILE_MAX {
            return Err(Fault::invalid(Text::of(
                "Plik jest za duży. Zawęź warunki.",
                "The file is too large. Narrow the conditions.",
            )));
        }
        self.jobs.drop_stale();
        let expires_at = self.jobs.0.engine.now().plus_s(KEPT_S);
        let view = FileView { name, media_type, size: bytes.len(), expires_at: expires_at.rfc3339() };
        let mut state = self.jobs.state();
        let kept: usize = state.jobs.values().filter_map(|j| j.file.as_ref()).map(|f| f.bytes.len()).sum();
        if kept + bytes.len() > ALL {
            let text = Text::of(
                "Na pobranie czeka już zbyt wiele plików. Spróbuj ponownie później.",
                "Too many files are already waiting to be downloaded. Try again later.",
            );
            return Err(Fault::new(FaultKind::TooMany, text).retry_after_s(600));
        }
        if let Some(job) = state.jobs.get_mut(&self.id) {
            let policy = caller.policy.clone();
            job.file = Some(File { view, bytes: bytes.into(), expires_at, policy, erasures });
        }
        Ok(())
    }
}

impl Jobs {
    /// Drops files that expired, whose maker signed out or got other rights, and all after an erasure; with
    /// them what of reports went stale in the same way, and jobs that ended too long ago.
    pub(crate) fn drop_stale(&self) {
        let engine = &self.0.engine;
        let policy = engine.policy();
        let mut dropped = Vec::new();
        let mut state = self.state();
        state.shed_all(engine.now());
        for (id, job) in &mut state.jobs {
            let had = job.file.is_some();
            job.forget_stale(engine, &policy);
            if had && job.file.is_none() {
                dropped.push((job.user, *id));
            }
        }
        drop(state);
        for change in dropped {
            let _ = self.0.changed.send(change);
        }
    }
}
