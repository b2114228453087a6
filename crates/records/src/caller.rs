//! On whose behalf an act is done.

use access::{Actor, Policy};
use kernel::Lang;
use std::sync::Arc;

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
}
