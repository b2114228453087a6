//! Campaigns in which rights are looked through: what is asked of whom, and what became of each right. The campaign is one
//! document, its rights lie in parts of one reviewer each.

mod rights;

pub use rights::{REVIEW_PART, ReviewCounts, ReviewItem, ReviewPart, Right, RightState, WhyKept};

use crate::seal::{bare_doc, open_doc, put_doc};
use kernel::{AccessReviewId, Fault, Result, RoleId, TeamId, Text, Time, UserId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Doc, DocKind, DocWrite};
use vault::Vault;

/// Over what a campaign is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewOver {
    /// Rights of those who were in this team, or one below, when it began.
    Team(TeamId),
    /// Who held this role, and grants by it.
    Role(RoleId),
}

/// How a campaign stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// Reviewers decide.
    Open,
    /// Its date is over: what is left is about to end.
    Ending,
    /// It came to its end.
    Ended,
    /// Somebody stopped it, and nothing more ended.
    Cancelled,
}

/// What a campaign knows of one of its parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartHead {
    /// Whose it is to decide.
    pub reviewer: UserId,
    /// The number of its first right; the others follow.
    pub first: u32,
    /// How many stand how.
    pub counts: ReviewCounts,
}

/// What a role was called when the campaign began: it may be gone when the report is read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleCalled {
    /// Its stable name.
    pub name: String,
    /// What people call it.
    pub label: Text,
}

/// A campaign.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessReview {
    /// Its id.
    pub id: AccessReviewId,
    /// What it is called.
    pub name: String,
    /// Over what.
    pub over: ReviewOver,
    /// Who made it.
    pub by: UserId,
    /// When it began.
    pub at: Time,
    /// Until when reviewers decide.
    pub ends_at: Time,
    /// How it stands, as far as somebody or the program wrote that down.
    pub state: ReviewState,
    /// How often reviewers were reminded.
    pub told: u8,
    /// Its parts.
    pub parts: Vec<PartHead>,
    /// What its roles were called.
    pub roles: BTreeMap<RoleId, RoleCalled>,
    /// When it was over.
    pub closed_at: Option<Time>,
    /// Who cancelled it.
    pub closed_by: Option<UserId>,
}

impl AccessReview {
    /// How it stands now.
    #[must_use]
    pub fn state(&self, now: Time) -> ReviewState {
        match self.state {
            ReviewState::Open if self.ends_at <= now => ReviewState::Ending,
            state => state,
        }
    }

    /// How many of all rights, or of those of one reviewer, stand how.
    #[must_use]
    pub fn counts(&self, of: Option<UserId>) -> ReviewCounts {
        let mut all = ReviewCounts::default();
        let parts = self.parts.iter().filter(|part| of.is_none_or(|of| part.reviewer == of));
        parts.for_each(|part| all += part.counts);
        all
    }

    /// Whether somebody is a reviewer of it.
    #[must_use]
    pub fn is_reviewer(&self, user: UserId) -> bool {
        self.parts.iter().any(|part| part.reviewer == user)
    }

    /// Its reviewers, each once, in the order of their parts.
    #[must_use]
    pub fn reviewers(&self) -> Vec<UserId> {
        let mut all: Vec<UserId> = Vec::new();
        for part in &self.parts {
            if !all.contains(&part.reviewer) {
                all.push(part.reviewer);
            }
        }
        all
    }

    /// The place of the part with this number among its parts.
    #[must_use]
    pub fn part_of(&self, number: u32) -> Option<usize> {
        self.parts.iter().position(|part| (part.first..part.first + part.counts.total).contains(&number))
    }

    /// Opens one.
    ///
    /// # Errors
    /// Corrupt if it is not this one.
    pub fn open(vault: &Vault, doc: &Doc) -> Result<Self> {
        let content: Self = open_doc(vault, doc)?;
        if *content.id.bytes() != doc.id {
            return Err(Fault::corrupt(format!("access review {}: columns and content differ", content.id)));
        }
        Ok(content)
    }

    /// The write of it, in place of the version before; 0 if it is new.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn put(&self, vault: &Vault, now: Time, version: u64) -> Result<DocWrite> {
        let doc = bare_doc(DocKind::AccessReview, *self.id.bytes(), version + 1, now, Some(self.by));
        put_doc(vault, doc, self)
    }
}
