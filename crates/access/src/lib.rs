//! Who may do what. Pure: policy, actor and facts in; decision, reasons and permits out; no I/O, no
//! clock. Everything that is not allowed is refused, and an error denies.
//!
//! One policy serves one record ([`Policy::decide`]) and many ([`Policy::predicate`]): the decision
//! *is* the predicate, evaluated for one record's [`Facts`]. Permits can be made here only, so a
//! function that takes one cannot be called without a decision.

mod builtin;
mod decide;
mod differences;
mod explain;
mod gain;
mod gift;
mod grant;
mod lists;
mod mask;
mod otherwise;
mod partner;
mod permit;
mod policy;
mod predicate;
mod refuse;
mod shards;

pub use builtin::{builtin_roles, role_ids};
pub use decide::{Decision, Reason};
pub use explain::{Effect, Explanation, Question, Rule, Step};
pub use grant::{Grant, Grantee, Grants, Most, Over};
pub use lists::Lists;
pub use mask::Mask;
pub use otherwise::Way;
pub use partner::{Agreed, Partner};
pub use permit::{AdminPermit, ListPermit, Masks, ReadPermit, Within, WritePermit};
pub use policy::{
    Action, Actor, EntityRights, Held, Level, Member, Policy, Role, Scope, Team, Thing, TokenScope, Verb,
};
pub use predicate::{Arm, Facts, ParentFacts, Place, Predicate};
pub use refuse::{lacks_action, lacks_thing, restricted};
