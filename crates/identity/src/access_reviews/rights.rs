//! Rights in a campaign, and how each stands.

use super::AccessReview;
use crate::seal::{bare_doc, open_doc, put_doc};
use access::{Grant, Grantee};
use kernel::{AccessReviewId, Fault, GrantId, RecordId, Result, RoleId, Time, UserId};
use ledger::EventId;
use schema::EntityCode;
use serde::{Deserialize, Serialize};
use std::ops::AddAssign;
use store::{DocKind, DocWrite, Store};
use vault::Vault;

/// Rights in one part.
pub const REVIEW_PART: usize = 100;

/// How a right stands in a campaign.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RightState {
    /// Nobody decided.
    Open,
    /// It stays.
    Confirmed,
    /// A reviewer took it away.
    Withdrawn,
    /// It ended by itself.
    Ended,
    /// It could not end.
    Kept,
    /// It had ended otherwise.
    Gone,
    /// It was given again or renewed since: that is another right.
    Changed,
}

impl RightState {
    /// All.
    pub const ALL: [Self; 7] =
        [Self::Open, Self::Confirmed, Self::Withdrawn, Self::Ended, Self::Kept, Self::Gone, Self::Changed];

    /// The stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Confirmed => "confirmed",
            Self::Withdrawn => "withdrawn",
            Self::Ended => "ended",
            Self::Kept => "kept",
            Self::Gone => "gone",
            Self::Changed => "changed",
        }
    }
}

/// Why a right was kept though nobody confirmed it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyKept {
    /// Nobody would be left who manages users, or roles.
    LastAdministrator,
    /// The emergency account needs it.
    Emergency,
    /// A second person would have had to approve, and the reviewer is none.
    Approval,
    /// The role denies something, too: to take it away would give.
    Denies,
}

impl WhyKept {
    /// The stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::LastAdministrator => "last_administrator",
            Self::Emergency => "emergency",
            Self::Approval => "approval",
            Self::Denies => "denies",
        }
    }
}

/// A right as it was when the campaign began.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// A role that a user holds since then: given again, it is held since another moment.
    Role {
        /// Who holds it.
        user: UserId,
        /// Which.
        role: RoleId,
        /// Since when.
        since: Time,
    },
    /// A grant, exactly as it was: renewed, it is another one.
    Grant {
        /// Which.
        id: GrantId,
        /// For whom.
        to: Grantee,
        /// By which role.
        role: RoleId,
        /// Over which record, if it is over one.
        record: Option<(EntityCode, RecordId)>,
        /// From when.
        from: Time,
        /// Until when.
        until: Option<Time>,
        /// A mark of all of it.
        mark: String,
    },
}

impl Right {
    /// A grant as it is.
    ///
    /// # Errors
    /// Internal.
    pub fn of_grant(vault: &Vault, grant: &Grant) -> Result<Self> {
        let Grant { id, to, role, from, until, .. } = *grant;
        let mark = Self::mark(vault, grant)?;
        Ok(Self::Grant { id, to, role, record: grant.record(), from, until, mark })
    }

    /// The mark of a grant as it is.
    ///
    /// # Errors
    /// Internal.
    pub fn mark(vault: &Vault, grant: &Grant) -> Result<String> {
        let bytes = serde_json::to_vec(grant).map_err(Fault::bug)?;
        Ok(hex::encode(vault.mac("review-grant", &bytes)))
    }

    /// Who has it.
    #[must_use]
    pub const fn to(&self) -> Grantee {
        match *self {
            Self::Role { user, .. } => Grantee::User(user),
            Self::Grant { to, .. } => to,
        }
    }

    /// The role that is held or given.
    #[must_use]
    pub const fn role(&self) -> RoleId {
        match *self {
            Self::Role { role, .. } | Self::Grant { role, .. } => role,
        }
    }
}

/// A right in a campaign.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewItem {
    /// Its number in the campaign, from 1.
    pub number: u32,
    /// What it is.
    pub right: Right,
    /// How it stands.
    pub state: RightState,
    /// Why it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<WhyKept>,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<UserId>,
    /// When it was decided on, or ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The event of the decision, or of the end by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<EventId>,
    /// The event by which the right ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<EventId>,
}

impl ReviewItem {
    /// One that nobody decided on.
    #[must_use]
    pub const fn new(number: u32, right: Right) -> Self {
        let state = RightState::Open;
        Self { number, right, state, kept: None, by: None, at: None, reason: None, decision: None, end: None }
    }
}

/// How many rights stand how.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ReviewCounts {
    /// All.
    pub total: u32,
    /// Undecided.
    pub open: u32,
    /// Confirmed.
    pub confirmed: u32,
    /// Taken away by reviewers.
    pub withdrawn: u32,
    /// Ended by themselves.
    pub ended: u32,
    /// Kept, though nobody confirmed them.
    pub kept: u32,
    /// Ended otherwise.
    pub gone: u32,
    /// Another right by then.
    pub changed: u32,
}

impl ReviewCounts {
    /// Of these.
    #[must_use]
    pub fn of(items: &[ReviewItem]) -> Self {
        let mut counts = Self::default();
        for item in items {
            counts.total += 1;
            *match item.state {
                RightState::Open => &mut counts.open,
                RightState::Confirmed => &mut counts.confirmed,
                RightState::Withdrawn => &mut counts.withdrawn,
                RightState::Ended => &mut counts.ended,
                RightState::Kept => &mut counts.kept,
                RightState::Gone => &mut counts.gone,
                RightState::Changed => &mut counts.changed,
            } += 1;
        }
        counts
    }
}

impl AddAssign for ReviewCounts {
    fn add_assign(&mut self, other: Self) {
        self.total += other.total;
        self.open += other.open;
        self.confirmed += other.confirmed;
        self.withdrawn += other.withdrawn;
        self.ended += other.ended;
        self.kept += other.kept;
        self.gone += other.gone;
        self.changed += other.changed;
    }
}

/// Rights of a campaign, of one reviewer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewPart {
    /// Of which campaign.
    pub review: AccessReviewId,
    /// Its place among the parts.
    pub place: usize,
    /// Whose it is to decide.
    pub reviewer: UserId,
    /// They, in order of their numbers.
    pub items: Vec<ReviewItem>,
}

impl ReviewPart {
    /// The id of a part.
    #[must_use]
    pub fn id(vault: &Vault, review: AccessReviewId, place: usize) -> [u8; 16] {
        let of = [&review.bytes()[..], &(place as u64).to_be_bytes()].concat();
        let mac = vault.mac("review-part", &of);
        let mut id = [0; 16];
        id.copy_from_slice(&mac[..16]);
        id
    }

    /// Those of a campaign's parts, with their versions.
    ///
    /// # Errors
    /// Corrupt if one is missing or another one; storage.
    pub async fn some(
        store: &Store,
        vault: &Vault,
        review: &AccessReview,
        places: &[usize],
    ) -> Result<Vec<(Self, u64)>> {
        let ids = places.iter().map(|place| Self::id(vault, review.id, *place)).collect();
        let docs = store.docs_by_id(DocKind::AccessReviewPart, ids).await?;
        let parts = docs.iter().map(|doc| Ok((open_doc::<Self>(vault, doc)?, doc.version)));
        let parts: Vec<(Self, u64)> = parts.collect::<Result<_>>()?;
        let right = |((part, _), place): (&(Self, u64), &usize)| {
            part.review == review.id
                && part.place == *place
                && review.parts.get(*place).is_some_and(|head| head.reviewer == part.reviewer)
        };
        if parts.len() != places.len() || !parts.iter().zip(places).all(right) {
            return Err(Fault::corrupt(format!("access review {}: its parts are other ones", review.id)));
        }
        Ok(parts)
    }

    /// The write of it, in place of the version before; 0 if it is new.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn put(&self, vault: &Vault, now: Time, version: u64) -> Result<DocWrite> {
        let id = Self::id(vault, self.review, self.place);
        let doc = bare_doc(DocKind::AccessReviewPart, id, version + 1, now, Some(self.reviewer));
        put_doc(vault, doc, self)
    }
}
