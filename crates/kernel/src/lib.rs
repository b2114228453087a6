//! What every other part of Klucznik shares: typed ids, time and randomness as parameters, errors
//! with a public and an internal message, limits. No I/O, no domain knowledge.

mod clock;
mod fault;
mod id;
pub mod limits;
mod random;
mod spans;
mod text;
mod zone;

pub use clock::{Clock, ManualClock, Stopwatch, SystemClock, Time};
pub use fault::{Fault, FaultKind, FieldIssue, Lack, Refusal, Result, Taken};
pub use id::{
    AccessRequestId, AccessReviewId, ActId, AgreementId, ApprovalId, GrantId, Id, IdSource, JobId, Kind,
    Named, ObjectId, OrgId, PartnerId, RecordId, RoleId, ServerId, SessionId, SubjectId, TeamId, UserId,
};
pub use random::{Random, SeededRandom, SystemRandom};
pub use spans::SPANS;
pub use text::{Lang, Text};
pub use zone::Zone;
