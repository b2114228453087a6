//! On whose behalf an act is done.

use crate::Approved;
use access::{Actor, Policy};
use kernel::{ActId, Lang};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use store::JobHold;

/// An authenticated caller with the policy in force when the request began, so that one request is
/// judged by one policy.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who acts.
    pub actor: Actor,
    /// The language of answers.
    pub lang: Lang,
    /// The policy in force.
    pub policy: Arc<Policy>,
    /// The larger act that all of this is part of; nil if none.
    pub part_of: ActId,
    /// The job that is being done, and in which attempt: what is written for it is written only while this
    /// attempt holds it.
    pub hold: Option<JobHold>,
    /// Where the request comes from; none for jobs and commands.
    pub from: Option<Arc<crate::Origin>>,
    /// Whether an attempt was written down in this request; none where there is no request.
    pub noted: Option<Arc<AtomicBool>>,
    /// That a second person approved what is done in this caller's name.
    pub approved: Option<Arc<Approved>>,
}

impl Caller {
    /// A caller of single acts.
    #[must_use]
    pub const fn new(actor: Actor, lang: Lang, policy: Arc<Policy>) -> Self {
        Self { actor, lang, policy, part_of: ActId::NIL, hold: None, from: None, noted: None, approved: None }
    }

    /// Whether this may go on with a job that another attempt began: some of it may be done already.
    #[must_use]
    pub const fn again(&self) -> bool {
        self.hold.is_some()
    }
}
