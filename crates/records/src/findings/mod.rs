//! What is wrong with rights, found by itself: rights and grants that nobody uses or needs, roles that do not go together,
//! records whose owner is gone. Found anew at each question, page by page; nothing is decided or changed here.

mod grants;
mod holders;

use crate::explain::RoleName;
use crate::prepare::issue;
use crate::rights_use::UNUSED_DAYS;
use crate::{Caller, Engine, Masked, OwnGrant, Released};
use access::{Thing, Verb};
use identity::Day;
use kernel::{Fault, Named, Result, TeamId, Text, Time, UserId, limits};
use ledger::{Act, Event, Touch};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// Somebody holds a role and did nothing for 90 days that it gives.
    UnusedRole,
    /// A grant has been in force for 90 days, and for as long nobody worked with what it is over.
    UnusedGrant,
    /// Whoever has a grant may do all of it by roles.
    NeedlessGrant,
    /// Whoever gave a grant or set up cover is gone.
    GiverLeft,
    /// Somebody holds two roles that do not go together.
    ConflictingRoles,
    /// Records whose owner is gone or of no team.
    OrphanedRecords,
}

impl FindingKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [
        Self::UnusedRole,
        Self::UnusedGrant,
        Self::NeedlessGrant,
        Self::GiverLeft,
        Self::ConflictingRoles,
        Self::OrphanedRecords,
    ];

    /// Its stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnusedRole => "unused_role",
            Self::UnusedGrant => "unused_grant",
            Self::NeedlessGrant => "needless_grant",
            Self::GiverLeft => "giver_left",
            Self::ConflictingRoles => "conflicting_roles",
            Self::OrphanedRecords => "orphaned_records",
        }
    }
}

/// What can be done about it, each by a route of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// Take the role away.
    WithdrawRole,
    /// End the grant.
    EndGrant,
    /// Hand the records over.
    HandOver,
}

/// Why somebody's records are nobody's.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The user was suspended.
    Suspended,
    /// The user's end has come.
    Left,
    /// The user is of no team.
    NoTeam,
}

/// Something found.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// What.
    pub kind: FindingKind,
    /// About whom: who holds the role, owns the records, gave the grant or set up the cover, or has the grant.
    pub user: Option<Named<UserId>>,
    /// Whether that is a service account.
    pub service: bool,
    /// Of which team.
    pub team: Option<Named<TeamId>>,
    /// The roles that it is about: one that is not used, or two that do not go together.
    pub roles: Vec<RoleName>,
    /// Since when it has been so, at least (RFC 3339).
    pub since: Option<String>,
    /// The day on which it was last used, if it ever was, as far as that is known.
    pub last_used: Option<String>,
    /// The grant.
    pub grant: Option<OwnGrant>,
    /// How many records.
    pub records: Option<u64>,
    /// Why they are nobody's.
    pub standing: Option<Standing>,
    /// What can be done about it. Whether the caller may, the routes say.
    pub remedies: Vec<Remedy>,
}

/// Some of what was found.
#[derive(Clone, Debug, Serialize)]
pub struct FindingPage {
    /// They. There may be none, and more on the next page: each page looks at a part of what there is.
    pub items: Vec<Finding>,
    /// Pass as `cursor` to go on; null at the end.
    pub next_cursor: Option<String>,
    /// Until when it is known what was used (RFC 3339). Null where that is being found out: until then nothing is told that
    /// rests on it.
    pub used_until: Option<String>,
}

/// Where a page ends: the last candidate that was looked at. Candidates are in the order of this text.
type Place = String;

/// What one look brings.
struct Looked {
    items: Vec<Finding>,
    /// Where it stopped, if there is more.
    upto: Option<Place>,
    touches: Vec<Touch>,
}

/// Characters of a cursor.
const CURSOR: usize = 120;

impl Engine {
    /// What is found of one kind, from a place on; for whoever reads users.
    ///
    /// # Errors
    /// Forbidden; invalid for a limit or a place that is none.
    pub async fn findings(
        &self,
        caller: &Caller,
        kind: FindingKind,
        limit: u32,
        after: Option<String>,
    ) -> Result<Released<FindingPage>> {
        self.admin(caller, Thing::Users, Verb::Read).await?;
        if !(1..=limits::PAGE_MAX).contains(&limit) {
            let max = limits::PAGE_MAX;
            return Err(issue(
                "limit",
                "out-of-range",
                Text::new(format!("Od 1 do {max}."), format!("From 1 to {max}.")),
            ));
        }
        let is_place = |text: &String| {
            text.len() <= CURSOR && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-' || b == b'.')
        };
        if after.as_ref().is_some_and(|text| !is_place(text)) {
            return Err(no_place());
        }
        let uses = self.uses().await?;
        let known = uses.are_known(Day::of(self.now()));
        let limit = limit as usize;
        let rests_on_use = matches!(kind, FindingKind::UnusedRole | FindingKind::UnusedGrant);
        let looked = match kind {
            _ if rests_on_use && !known => Looked { items: Vec::new(), upto: None, touches: Vec::new() },
            FindingKind::UnusedRole => self.unused_roles(caller, &uses, limit, after.as_deref()),
            FindingKind::ConflictingRoles => self.conflicting_roles(caller, limit, after.as_deref()),
            FindingKind::OrphanedRecords => self.orphaned_records(caller, limit, after.as_deref()).await?,
            FindingKind::UnusedGrant | FindingKind::NeedlessGrant | FindingKind::GiverLeft => {
                self.found_grants(caller, kind, &uses, limit, after.as_deref()).await?
            }
        };
        let Looked { items, upto: next_cursor, touches } = looked;
        let mut event = Event { touches, ..self.event(caller, Act::FindingsRead) };
        self.set_detail(&mut event, &json!({ "kind": kind.code(), "count": items.len() }))?;
        let used_until = known.then(|| uses.day.begins().rfc3339());
        let page = Masked::new(FindingPage { items, next_cursor, used_until });
        Ok(page.release(&self.receipt(event).await?))
    }

    /// What was not used since then was not used for long enough to be told of.
    fn unused_before(&self) -> Day {
        Day(Day::of(self.now()).0 - UNUSED_DAYS)
    }

    fn found(&self, kind: FindingKind, user: Option<UserId>) -> Finding {
        let directory = self.directory();
        let profile = user.and_then(|user| directory.users.get(&user));
        let team = profile.filter(|user| directory.policy.teams.contains_key(&user.team));
        Finding {
            kind,
            user: user.map(|user| self.user_name(user)),
            service: profile.is_some_and(identity::Profile::is_service),
            team: team.map(|user| self.team_name(user.team)),
            roles: Vec::new(),
            since: None,
            last_used: None,
            grant: None,
            records: None,
            standing: None,
            remedies: Vec::new(),
        }
    }
}

/// A page of what `look` finds among candidates, which are in order.
fn paged<C>(
    candidates: impl Iterator<Item = (Place, C)>,
    after: Option<&str>,
    limit: usize,
    mut look: impl FnMut(C) -> Option<Finding>,
) -> Looked {
    let mut items = Vec::new();
    let mut upto = None;
    let mut left =
        candidates.filter(|(place, _)| after.is_none_or(|after| place.as_str() > after)).peekable();
    while let Some((place, candidate)) = left.next() {
        items.extend(look(candidate));
        if items.len() >= limit && left.peek().is_some() {
            upto = Some(place);
            break;
        }
    }
    Looked { items, upto, touches: Vec::new() }
}

/// Of a cursor that none was told.
fn no_place() -> Fault {
    issue(
        "cursor",
        "unknown-cursor",
        Text::of("To nie jest dalszy ciąg listy.", "This is no place in the list."),
    )
}

/// A day as it is told.
fn told(day: Day) -> String {
    let at: Time = day.begins();
    at.rfc3339()
}
