//! Acts on many records: looked at before, and from a size on that administrators set, approved by a second person.
//! Whoever asks never approves; what is done is exactly what was approved, in the name and with the rights of whoever
//! asked at that moment; and what nobody decides on ends by itself.

mod ask;
mod carry;
mod decide;
mod exact;
mod gate;
mod hanging;
mod lapse;
mod preview;
mod rules;
mod second;
mod shared;
mod weigh;
mod words;

pub use carry::Taken;
pub use exact::Exact;
pub use gate::Approved;
pub(crate) use gate::{ASK, Cleared, ROLES_LATER};
pub(crate) use hanging::Sharing;

use crate::{BulkOrder, BulkSelect, Caller, CoverInput, Engine, ExportRequest, RoleInput, TeamInput};
use identity::{ActKind, Approval, ApprovalRules, ApprovalState};
use kernel::{ApprovalId, JobId, Named, RecordId, RoleId, TeamId, Time, UserId};
use serde::{Deserialize, Serialize};

/// Requests of one user that wait.
const OPEN: usize = 10;
/// Requests that one user can make in a day: with those that wait, fewer in a month than are looked at.
const A_DAY: usize = 15;
/// Milliseconds of a day.
const DAY_MS: i64 = 24 * 3_600_000;
/// Requests of one user that are looked at.
const OF_ONE: u32 = 500;
/// Requests in a list.
const LISTED: usize = 200;
/// People who are told of one request.
const TOLD: usize = 10;

/// An act on many records, as it is asked for. One more kind of act is one more line here, and what the compiler then
/// asks for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ManyAct {
    /// Changing, binning, bringing back.
    Bulk(BulkOrder),
    /// Handing over what a user owns.
    HandOver(BulkOrder),
    /// Taking out in a file.
    Export {
        /// Name of the entity.
        entity: String,
        /// Name of the format.
        format: String,
        /// What.
        request: Box<ExportRequest>,
    },
    /// Erasing whom a record is about.
    Erase {
        /// Name of the entity.
        entity: String,
        /// Which.
        id: RecordId,
        /// On what ground.
        reason: String,
        /// All that went with it when it was asked for.
        #[serde(default)]
        exactly: Exact,
    },
    /// Cover for somebody who is away.
    Cover(CoverInput),
    /// A role as it is to be, in place of a version; a new one without.
    Role {
        /// Which, in which version.
        id: Option<(RoleId, u64)>,
        /// The role.
        role: RoleInput,
    },
    /// The roles of a user, and the team.
    UserRoles {
        /// Whose.
        user: UserId,
        /// In place of this version.
        version: u64,
        /// The roles.
        roles: Vec<RoleId>,
        /// The team, if it is to be another one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        team: Option<TeamId>,
    },
    /// A team that is to hang elsewhere, in place of a version.
    Team {
        /// Which, in which version.
        id: (TeamId, u64),
        /// The team.
        team: TeamInput,
    },
    /// The rules of approval themselves.
    Rules {
        /// In place of this version.
        version: u64,
        /// The rules.
        rules: ApprovalRules,
    },
}

impl ManyAct {
    /// Under which rule it comes.
    #[must_use]
    pub const fn kind(&self) -> ActKind {
        match self {
            Self::Bulk(order) => order.kind(),
            Self::HandOver(_) => ActKind::BulkEdit,
            Self::Export { .. } => ActKind::Export,
            Self::Erase { .. } => ActKind::Erase,
            Self::Cover(_) => ActKind::BulkShare,
            Self::Role { .. } | Self::UserRoles { .. } | Self::Team { .. } | Self::Rules { .. } => {
                ActKind::RoleChange
            }
        }
    }

    /// How many records it names one by one, there or not: what is changed by ids is judged by their number.
    fn named(&self) -> u64 {
        match self {
            Self::Bulk(BulkOrder { select: BulkSelect::Ids(ids), .. }) => {
                ids.iter().collect::<std::collections::HashSet<_>>().len() as u64
            }
            _ => 0,
        }
    }

    /// The entity that it is about, if it is one.
    fn entity(&self) -> Option<&str> {
        match self {
            Self::Bulk(order) | Self::HandOver(order) => order.entity.as_deref(),
            Self::Export { entity, .. } | Self::Erase { entity, .. } => Some(entity),
            Self::Cover(_)
            | Self::Role { .. }
            | Self::UserRoles { .. }
            | Self::Team { .. }
            | Self::Rules { .. } => None,
        }
    }
}

/// Records of one owner.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct OwnerCount {
    /// Whose.
    pub user: Named<UserId>,
    /// How many.
    pub count: u64,
}

/// What an act on many records would do.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ActPreview {
    /// Under which rule it comes.
    pub kind: ActKind,
    /// The entity, if it is one.
    pub entity: Option<String>,
    /// On how many records; of roles, how many people. What is shared counts with what hangs on it, and without what is
    /// shared like this already.
    pub count: u64,
    /// How many people, companies and leads they are about.
    pub subjects: u64,
    /// Whose records they are: those who own most first.
    pub owners: Vec<OwnerCount>,
    /// How many own some besides.
    pub more_owners: u64,
    /// The first of them, as far as the caller may see what they are called.
    pub names: Vec<String>,
    /// What leaves or changes, in the caller's language.
    pub what: Vec<String>,
    /// Whether it can be taken back as one.
    pub can_undo: bool,
    /// How many of that kind whoever does or asks for it did without approval in the last 24 hours.
    pub done_before: u64,
    /// Whether a second person has to approve it: what was done before counts.
    pub needs_approval: bool,
    /// Days for which a request would wait.
    pub days: u16,
    /// Some of those who could approve it, if somebody has to.
    pub approvers: Vec<Named<UserId>>,
}

/// A request as it is shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ApprovalView {
    /// Its id.
    pub id: ApprovalId,
    /// Under which rule it came.
    pub kind: ActKind,
    /// The entity, if it is one.
    pub entity: Option<String>,
    /// On how many.
    pub count: u64,
    /// How it stands.
    pub state: ApprovalState,
    /// Who asks.
    pub user: Named<UserId>,
    /// When (RFC 3339).
    pub at: String,
    /// Until when it can be decided on (RFC 3339).
    pub ends_at: String,
    /// Why; null once it was decided.
    pub reason: Option<String>,
    /// Who decided.
    pub by: Option<Named<UserId>>,
    /// When (RFC 3339).
    pub decided_at: Option<String>,
    /// Why it was declined, or could not be done.
    pub said: Option<String>,
    /// The job that does it: to whoever asked.
    pub job: Option<JobId>,
}

/// A request with what it would do.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ApprovalDetail {
    /// The request.
    #[serde(flatten)]
    pub approval: ApprovalView,
    /// What it would do; null once it was decided.
    pub preview: Option<ActPreview>,
}

impl Engine {
    fn approval_view(&self, caller: &Caller, approval: &Approval) -> ApprovalView {
        let open = approval.is_open(self.now());
        let late = approval.state == ApprovalState::Asked && !open;
        ApprovalView {
            id: approval.id,
            kind: approval.kind,
            entity: approval.entity.clone(),
            count: approval.count,
            state: if late { ApprovalState::Expired } else { approval.state },
            user: self.user_name(approval.user),
            at: approval.at.rfc3339(),
            ends_at: approval.ends_at.rfc3339(),
            reason: open.then(|| approval.reason(&self.0.vault)).flatten(),
            by: approval.by.map(|by| self.user_name(by)),
            decided_at: approval.decided_at.map(Time::rfc3339),
            said: approval.said.clone(),
            job: approval.job.filter(|_| approval.user == caller.actor.user),
        }
    }
}
