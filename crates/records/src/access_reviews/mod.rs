//! Campaigns in which rights are looked through: whoever answers for them confirms or withdraws each until a date, and what
//! nobody confirms ends by itself. A campaign gives its reviewers leave to take away exactly what is theirs to review, and
//! nothing else.

mod decide;
mod lapse;
mod make;
mod notices;
mod read;
mod replace;
mod report;
mod reviewers;

pub use decide::AccessDecision;
pub use replace::ReviewerChange;
pub use report::{AccessReviewReport, ReportItem};

use crate::explain::role_name;
use crate::{Caller, Engine, OwnGrant, RoleName};
use access::{Grant, Grantee, Policy, Thing, Verb};
use identity::{
    AccessReview, Directory, ReviewCounts, ReviewItem, ReviewOver, ReviewState, Right, RightState, WhyKept,
};
use kernel::{AccessReviewId, Named, PartnerId, RecordId, Result, RoleId, TeamId, Time, UserId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::{Doc, DocKind};

/// A campaign to begin.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessReviewInput {
    /// What it is called.
    pub name: String,
    /// Over a team, with those below it.
    #[serde(default)]
    pub team: Option<TeamId>,
    /// Or over a role.
    #[serde(default)]
    pub role: Option<RoleId>,
    /// Until when reviewers decide (RFC 3339).
    pub ends_at: String,
    /// One reviewer for all; without, whoever leads each one's team.
    #[serde(default)]
    pub reviewer: Option<UserId>,
    /// Who reviews what is a reviewer's own and nobody leads.
    #[serde(default)]
    pub second: Option<UserId>,
}

/// A reviewer of a campaign.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewerView {
    /// Who.
    pub user: Named<UserId>,
    /// How many rights are that one's to decide on.
    pub items: u32,
    /// How many of them are undecided.
    pub open: u32,
    /// Whether that one may act.
    pub may_act: bool,
}

/// A campaign as its reviewers, administrators and auditors see it.
#[derive(Clone, Debug, Serialize)]
pub struct AccessReviewView {
    /// Its id.
    pub id: AccessReviewId,
    /// What it is called.
    pub name: String,
    /// How it stands.
    pub state: ReviewState,
    /// Over which team, if over one.
    pub team: Option<Named<TeamId>>,
    /// Over which role, if over one.
    pub role: Option<RoleName>,
    /// Who began it.
    pub by: Named<UserId>,
    /// When (RFC 3339).
    pub at: String,
    /// Until when reviewers decide (RFC 3339).
    pub ends_at: String,
    /// When it was over (RFC 3339).
    pub closed_at: Option<String>,
    /// Who cancelled it.
    pub closed_by: Option<Named<UserId>>,
    /// How many rights stand how; to somebody who is only a reviewer, of own ones.
    pub counts: ReviewCounts,
    /// The same of those that are the caller's to decide on.
    pub own: Option<ReviewCounts>,
    /// Reviewers; to somebody who is only one, oneself.
    pub reviewers: Vec<ReviewerView>,
    /// Whether the caller may cancel it, or put another reviewer in the place of one.
    pub may_cancel: bool,
    /// Whether the caller may see what became of all rights.
    pub may_report: bool,
}

/// The record that a grant is over, without its title.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewedRecord {
    /// Name of its entity.
    pub entity: String,
    /// Its id.
    pub id: RecordId,
}

/// A right in a campaign, without what is known of its use.
#[derive(Clone, Debug, Serialize)]
pub struct RightView {
    /// Its number.
    pub item: u32,
    /// `role`, `grant` or `cover`.
    pub kind: &'static str,
    /// Who has it, if one does.
    pub user: Option<Named<UserId>>,
    /// Whether that is a service account.
    pub service: bool,
    /// The team of that one, or that has the grant.
    pub team: Option<Named<TeamId>>,
    /// The partner organisation of that one, or that has the grant.
    pub partner: Option<Named<PartnerId>>,
    /// The role that is held or given.
    pub role: RoleName,
    /// Since when (RFC 3339).
    pub since: String,
    /// Until when, of a grant that ends by itself (RFC 3339).
    pub until: Option<String>,
    /// What a grant is over.
    pub record: Option<ReviewedRecord>,
    /// How it stands.
    pub state: RightState,
    /// Why it was kept.
    pub kept: Option<WhyKept>,
    /// Whose it is to decide.
    pub reviewer: Named<UserId>,
    /// Who decided.
    pub decided_by: Option<Named<UserId>>,
    /// When it was decided on, or ended (RFC 3339).
    pub decided_at: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// A right that is the caller's to decide on.
#[derive(Clone, Debug, Serialize)]
pub struct AccessReviewItem {
    /// It.
    #[serde(flatten)]
    pub right: RightView,
    /// The beginning of the day on which it was last used, if it ever was, as far as that is known (RFC 3339).
    pub last_used: Option<String>,
    /// The grant, as long as it is there.
    pub grant: Option<OwnGrant>,
}

/// Some of them.
#[derive(Clone, Debug, Serialize)]
pub struct AccessReviewItems {
    /// They, in order of their numbers.
    pub items: Vec<AccessReviewItem>,
    /// Pass as `cursor` to go on; null at the end.
    pub next_cursor: Option<String>,
    /// Until when it is known what was used (RFC 3339); null while that is being found out.
    pub used_until: Option<String>,
}

/// Whether a right is somebody's own, so that this one does not decide on it: also of a program that one answers for, and of
/// one's team.
fn is_own(policy: &Policy, to: Grantee, user: UserId) -> bool {
    let member = |id: UserId| policy.members.get(&id);
    match to {
        Grantee::User(holder) => {
            holder == user || member(holder).is_some_and(|program| program.owner == Some(user))
        }
        Grantee::Team(team) => member(user).is_some_and(|member| member.team == team),
        Grantee::Partner(partner) => member(user).is_some_and(|member| member.partner == Some(partner)),
    }
}

/// How a right is, compared with what it was when its campaign began.
enum Now {
    /// The same; the grant, if it is one.
    Same(Option<Grant>),
    /// There is none any more.
    Gone,
    /// It is another one.
    Changed,
}

impl Engine {
    async fn access_review_doc(&self, id: AccessReviewId) -> Result<Option<(Doc, AccessReview)>> {
        let Some(doc) = self.0.store.doc(DocKind::AccessReview, *id.bytes()).await? else { return Ok(None) };
        let review = AccessReview::open(&self.0.vault, &doc)?;
        Ok(Some((doc, review)))
    }

    /// Whether the caller may see campaigns of others, and what became of rights.
    fn reads_reviews(&self, caller: &Caller) -> bool {
        let may = |thing| caller.policy.admin(&caller.actor, thing, Verb::Read).is_ok();
        may(Thing::Users) || may(Thing::Ledger)
    }

    fn access_review_view(&self, caller: &Caller, review: &AccessReview) -> AccessReviewView {
        let (me, reads) = (caller.actor.user, self.reads_reviews(caller));
        let own = review.is_reviewer(me).then(|| review.counts(Some(me)));
        let shown = |user: &UserId| reads || *user == me;
        let state = review.state(self.now());
        let manages = caller.policy.admin(&caller.actor, Thing::Users, Verb::Manage).is_ok();
        let open = matches!(state, ReviewState::Open | ReviewState::Ending);
        let reviewer = |user: UserId| {
            let counts = review.counts(Some(user));
            let (items, open, may_act) = (counts.total, counts.open, self.may_act(user));
            ReviewerView { user: self.user_name(user), items, open, may_act }
        };
        let (team, role) = match review.over {
            ReviewOver::Team(team) => (Some(self.team_name(team)), None),
            ReviewOver::Role(role) => (None, Some(self.role_called(caller, review, role))),
        };
        AccessReviewView {
            id: review.id,
            name: review.name.clone(),
            state,
            team,
            role,
            by: self.user_name(review.by),
            at: review.at.rfc3339(),
            ends_at: review.ends_at.rfc3339(),
            closed_at: review.closed_at.map(Time::rfc3339),
            closed_by: review.closed_by.map(|by| self.user_name(by)),
            counts: review.counts((!reads).then_some(me)),
            own,
            reviewers: review.reviewers().into_iter().filter(shown).map(reviewer).collect(),
            may_cancel: open && caller.actor.token.is_none() && manages,
            may_report: reads,
        }
    }

    /// A role by the name that it has now, or had when the campaign began.
    fn role_called(&self, caller: &Caller, review: &AccessReview, id: RoleId) -> RoleName {
        if let Some(role) = self.policy().roles.get(&id) {
            return role_name(role, caller.lang);
        }
        match review.roles.get(&id) {
            Some(role) => {
                RoleName { id, name: role.name.clone(), label: role.label.get(caller.lang).to_owned() }
            }
            None => RoleName { id, name: String::new(), label: String::new() },
        }
    }

    fn right_view(
        &self,
        caller: &Caller,
        review: &AccessReview,
        reviewer: UserId,
        item: &ReviewItem,
    ) -> RightView {
        let (policy, directory) = (self.policy(), self.directory());
        let to = item.right.to();
        let user = if let Grantee::User(user) = to { directory.users.get(&user) } else { None };
        let team = match to {
            Grantee::Team(team) => Some(team),
            _ => user.map(|user| user.team).filter(|team| policy.teams.contains_key(team)),
        };
        let (kind, since, until, record) = match item.right {
            Right::Role { since, .. } => ("role", since, None, None),
            Right::Grant { from, until, record, .. } => {
                (if record.is_some() { "grant" } else { "cover" }, from, until, record)
            }
        };
        let entity =
            |code| policy.catalog.by_code(code).map(|entity| entity.name.clone()).unwrap_or_default();
        RightView {
            item: item.number,
            kind,
            user: user.map(|user| self.user_name(user.id)),
            service: user.is_some_and(identity::Profile::is_service),
            team: team.map(|team| self.team_name(team)),
            partner: crate::grant_terms::partner_of(&policy, to).map(|id| self.partner_name(id)),
            role: self.role_called(caller, review, item.right.role()),
            since: since.rfc3339(),
            until: until.map(Time::rfc3339),
            record: record.map(|(code, id)| ReviewedRecord { entity: entity(code), id }),
            state: item.state,
            kept: item.kept,
            reviewer: self.user_name(reviewer),
            decided_by: item.by.map(|by| self.user_name(by)),
            decided_at: item.at.map(Time::rfc3339),
            reason: item.reason.clone(),
        }
    }

    /// How rights are now: a role held since another moment was given again, and a grant of which anything is other was
    /// renewed or given again.
    fn as_it_is(
        &self,
        directory: &Directory,
        grants: &HashMap<kernel::GrantId, &Grant>,
        right: &Right,
    ) -> Result<Now> {
        Ok(match right {
            Right::Role { user, role, since } => {
                let held = directory.users.get(user).and_then(|user| {
                    user.roles_since().find(|(held, _)| held == role).map(|(_, since)| since)
                });
                match held {
                    None => Now::Gone,
                    Some(held) if held == *since => Now::Same(None),
                    Some(_) => Now::Changed,
                }
            }
            Right::Grant { id, mark, .. } => match grants.get(id) {
                None => Now::Gone,
                Some(grant) if Right::mark(&self.0.vault, grant)? != *mark => Now::Changed,
                Some(grant) if !grant.lasts_at(self.now()) => Now::Gone,
                Some(grant) => Now::Same(Some((*grant).clone())),
            },
        })
    }
}

/// The grants among these rights, as they are now.
fn grants_of<'p>(
    policy: &'p Policy,
    items: impl Iterator<Item = &'p ReviewItem>,
) -> HashMap<kernel::GrantId, &'p Grant> {
    let of = |item: &ReviewItem| match item.right {
        Right::Grant { id, .. } => policy.grants.find(id),
        Right::Role { .. } => None,
    };
    items.filter_map(of).map(|grant| (grant.id, grant)).collect()
}
