//! Beginning a campaign, and cancelling one.

use super::reviewers::{Choosing, Chosen};
use super::{AccessReviewInput, AccessReviewView};
use crate::admin::short;
use crate::prepare::issue;
use crate::{Caller, Engine, Masked, Released};
use access::{Grant, Grantee, Thing, Verb};
use identity::{
    AccessReview, PartHead, Profile, REVIEW_PART, ReviewCounts, ReviewItem, ReviewOver, ReviewPart,
    ReviewState, Right, RoleCalled,
};
use kernel::{AccessReviewId, Fault, FaultKind, Result, Text, Time, UserId};
use ledger::{Act, Event};
use serde_json::json;
use std::collections::{BTreeMap, HashSet};
use store::{Batch, DocKind, DocWrite};

const DAY_MS: i64 = 24 * 3_600_000;
/// Milliseconds for which a campaign lasts, at least and at most: the 90th day to its end, wherever that is.
const LASTS: [i64; 2] = [DAY_MS, 91 * DAY_MS];
/// Where changes of roles need a second person, reviewers have a week at least: what they do not look at ends.
const STRICT_MS: i64 = 7 * DAY_MS;
/// Rights in one campaign.
const ITEMS: usize = 5_000;
/// Campaigns that are open at a time.
const OPEN: usize = 20;

impl Engine {
    /// Begins a campaign over what is held now; its reviewers are told.
    ///
    /// # Errors
    /// Forbidden, also for a token; invalid, field by field, also with nothing to review or too much; conflict if nobody
    /// could review some of it, or 20 campaigns are open.
    pub async fn create_access_review(
        &self,
        caller: &Caller,
        input: AccessReviewInput,
    ) -> Result<Released<AccessReviewView>> {
        self.admin(caller, Thing::Users, Verb::Manage).await?;
        self.not_by_token(caller).await?;
        let name = short(&input.name, "name")?;
        let held = self.administer().await?;
        let caller = &self.present(caller)?;
        let (by, at) = (caller.actor.user, self.now());
        let strict = self.directory().approval_rules.role_change.is_some();
        let ends_at = ends_at(&input.ends_at, at, strict)?;
        let over = self.review_over(&input)?;
        self.room_for_review().await?;
        let chosen = Chosen { reviewer: input.reviewer, second: input.second };
        let choosing = Choosing::new(self, (by, at), chosen)?;
        let shared = choosing.share_out(self.rights_over(over)?)?;
        let (review, parts) = self.laid_out((name, over), (by, at, ends_at), shared);
        let mut event = Event { part_of: review.id.cast(), ..self.event(caller, Act::AccessReviewCreate) };
        self.set_detail(
            &mut event,
            &json!({
                "review": review.id, "over": over, "ends_at": ends_at.rfc3339(),
                "items": review.counts(None).total, "reviewers": review.reviewers(),
            }),
        )?;
        let mut batch = Batch::new(event);
        batch.directory = held.at;
        batch.docs.push(review.put(&self.0.vault, at, 0)?);
        for part in parts {
            batch.docs.push(part.put(&self.0.vault, at, 0)?);
        }
        batch.docs.extend(self.review_asked(&review)?);
        let done = self.0.store.commit(batch).await?;
        Ok(Masked::new(self.access_review_view(caller, &review)).release(&done.receipt))
    }

    fn review_over(&self, input: &AccessReviewInput) -> Result<ReviewOver> {
        let policy = self.policy();
        match (input.team, input.role) {
            (Some(team), None) if policy.teams.contains_key(&team) => Ok(ReviewOver::Team(team)),
            (Some(_), None) => {
                let text = Text::of("Nie ma takiego zespołu.", "There is no such team.");
                Err(issue("team", "unknown-team", text))
            }
            (None, Some(role)) if policy.roles.contains_key(&role) => Ok(ReviewOver::Role(role)),
            (None, Some(_)) => {
                Err(issue("role", "unknown-role", Text::of("Nie ma takiej roli.", "There is no such role.")))
            }
            _ => {
                let text = Text::of(
                    "Wskaż zespół albo rolę, jedno z dwojga.",
                    "Choose a team or a role, one of the two.",
                );
                Err(issue("team", "not-one", text))
            }
        }
    }

    async fn room_for_review(&self) -> Result<()> {
        let mut open = 0;
        for doc in self.0.store.docs(DocKind::AccessReview).await? {
            open += usize::from(AccessReview::open(&self.0.vault, &doc)?.state == ReviewState::Open);
        }
        if open < OPEN {
            return Ok(());
        }
        let text = Text::of(
            "Trwa już 20 przeglądów. Poczekaj na koniec któregoś albo anuluj ten, który nie jest potrzebny.",
            "20 reviews are open already. Wait until one ends, or cancel one that is not needed.",
        );
        Err(Fault::new(FaultKind::Conflict, text))
    }

    /// All rights over which a campaign is: of whoever is not suspended, and grants that have not ended.
    fn rights_over(&self, over: ReviewOver) -> Result<Vec<Right>> {
        let (directory, now) = (self.directory(), self.now());
        let policy = &directory.policy;
        let teams: HashSet<_> = match over {
            ReviewOver::Team(team) => policy.team_and_below(team).into_iter().collect(),
            ReviewOver::Role(_) => HashSet::new(),
        };
        let within = |user: &&Profile| user.active && (teams.is_empty() || teams.contains(&user.team));
        let mut rights = Vec::new();
        for user in directory.users.values().filter(within) {
            let held = user.roles_since().filter(|(role, _)| match over {
                ReviewOver::Role(over) => *role == over,
                ReviewOver::Team(_) => policy.roles.contains_key(role),
            });
            // To take away what denies something would give.
            let held = held.filter(|(role, _)| !policy.denies(*role));
            rights.extend(held.map(|(role, since)| Right::Role { user: user.id, role, since }));
        }
        let active = |user| directory.users.get(&user).is_some_and(|user| user.active);
        let counts = |grant: &&Grant| match (over, grant.to) {
            (ReviewOver::Role(role), Grantee::User(user)) => grant.role == role && active(user),
            (ReviewOver::Role(role), _) => grant.role == role,
            (ReviewOver::Team(_), Grantee::User(user)) => {
                directory.users.get(&user).is_some_and(|user| within(&user))
            }
            (ReviewOver::Team(_), Grantee::Team(team)) => teams.contains(&team),
            (ReviewOver::Team(_), Grantee::Partner(_)) => false,
        };
        for grant in policy.grants.all().filter(|grant| grant.lasts_at(now)).filter(counts) {
            rights.push(Right::of_grant(&self.0.vault, grant)?);
        }
        let field = if matches!(over, ReviewOver::Team(_)) { "team" } else { "role" };
        match rights.len() {
            0 => {
                let text = Text::of(
                    "Nikt nie ma tu żadnej roli ani udostępnienia.",
                    "Nobody holds a role or has a grant here.",
                );
                Err(issue(field, "nothing-to-review", text))
            }
            count if count > ITEMS => Err(issue(field, "too-many", too_many(over, count))),
            _ => Ok(rights),
        }
    }

    /// The campaign with its parts, each of one reviewer.
    fn laid_out(
        &self,
        (name, over): (String, ReviewOver),
        (by, at, ends_at): (UserId, Time, Time),
        shared: BTreeMap<UserId, Vec<Right>>,
    ) -> (AccessReview, Vec<ReviewPart>) {
        let (id, policy): (AccessReviewId, _) = (self.id(), self.policy());
        let (mut parts, mut heads, mut roles, mut number) = (Vec::new(), Vec::new(), BTreeMap::new(), 1);
        for (reviewer, mut rights) in shared {
            rights.sort_by_key(order);
            for rights in rights.chunks(REVIEW_PART) {
                let first = number;
                let item = |right: &Right| {
                    if let Some(role) = policy.roles.get(&right.role()) {
                        let called = RoleCalled { name: role.name.clone(), label: role.label.clone() };
                        let _ = roles.insert(role.id, called);
                    }
                    number += 1;
                    ReviewItem::new(number - 1, right.clone())
                };
                let items: Vec<ReviewItem> = rights.iter().map(item).collect();
                heads.push(PartHead { reviewer, first, counts: ReviewCounts::of(&items) });
                parts.push(ReviewPart { review: id, place: parts.len(), reviewer, items });
            }
        }
        if let ReviewOver::Role(role) = over
            && let Some(role) = policy.roles.get(&role)
        {
            let called = RoleCalled { name: role.name.clone(), label: role.label.clone() };
            let _ = roles.insert(role.id, called);
        }
        let told = super::lapse::stage(ends_at, at);
        let (state, closed_at, closed_by) = (ReviewState::Open, None, None);
        let review = AccessReview {
            id,
            name,
            over,
            by,
            at,
            ends_at,
            state,
            told,
            parts: heads,
            roles,
            closed_at,
            closed_by,
        };
        (review, parts)
    }

    /// Cancels a campaign: what was withdrawn stays withdrawn, and nothing more ends. By whoever began it, or manages users.
    ///
    /// # Errors
    /// Forbidden, also for a token; not found; conflict once it is over.
    pub async fn cancel_access_review(
        &self,
        caller: &Caller,
        id: AccessReviewId,
    ) -> Result<Released<AccessReviewView>> {
        self.not_by_token(caller).await?;
        let _held = self.administer().await?;
        let found = self.access_review_doc(id).await?;
        // By right alone: it may have been taken away in this review from whoever began it.
        self.admin(&self.present(caller)?, Thing::Users, Verb::Manage).await?;
        let (doc, mut review) = found.ok_or_else(Fault::not_found)?;
        if review.state != ReviewState::Open {
            return Err(over());
        }
        let now = self.now();
        (review.state, review.closed_at, review.closed_by) =
            (ReviewState::Cancelled, Some(now), Some(caller.actor.user));
        let mut event = Event { part_of: review.id.cast(), ..self.event(caller, Act::AccessReviewCancel) };
        self.set_detail(&mut event, &json!({ "review": id, "counts": review.counts(None) }))?;
        let mut batch = Batch::new(event);
        let docs: Vec<DocWrite> = self.review_cancelled(&review, caller.actor.user)?;
        batch.docs.push(review.put(&self.0.vault, now, doc.version)?);
        batch.docs.extend(docs);
        let done = self.0.store.commit(batch).await.map_err(|fault| match fault.kind {
            FaultKind::Stale => at_once(),
            _ => fault,
        })?;
        Ok(Masked::new(self.access_review_view(caller, &review)).release(&done.receipt))
    }
}

/// What one user has lies together, roles first.
fn order(right: &Right) -> (Grantee, bool, [u8; 16]) {
    match right {
        Right::Role { role, .. } => (right.to(), false, *role.bytes()),
        Right::Grant { id, .. } => (right.to(), true, *id.bytes()),
    }
}

/// Until when reviewers decide.
fn ends_at(text: &str, now: Time, strict: bool) -> Result<Time> {
    let Some(ends_at) = Time::parse(text) else {
        let text = Text::of("To nie jest data z godziną według RFC 3339.", "This is not a time of RFC 3339.");
        return Err(issue("ends_at", "not-a-time", text));
    };
    let lasts = ends_at.0.saturating_sub(now.0);
    let least = if strict { STRICT_MS } else { LASTS[0] };
    if (least..=LASTS[1]).contains(&lasts) {
        return Ok(ends_at);
    }
    let text = match strict {
        true => Text::of(
            "Od 7 do 90 dni od teraz: zmiany ról wymagają tu zgody drugiej osoby, więc sprawdzający ma co najmniej tydzień.",
            "7 to 90 days from now: changes of roles need a second person here, so reviewers have a week at least.",
        ),
        false => Text::of("Od 1 do 90 dni od teraz.", "1 to 90 days from now."),
    };
    Err(issue("ends_at", "out-of-range", text))
}

fn too_many(over: ReviewOver, count: usize) -> Text {
    match over {
        ReviewOver::Team(_) => Text::new(
            format!(
                "To {count} uprawnień, a w jednym przeglądzie jest najwyżej 5000. Przejrzyj osobno zespoły podległe."
            ),
            format!(
                "These are {count} rights, and one review has at most 5,000. Review the teams below one by one."
            ),
        ),
        ReviewOver::Role(_) => Text::new(
            format!(
                "To {count} uprawnień, a w jednym przeglądzie jest najwyżej 5000. Przejrzyj zespoły po kolei."
            ),
            format!("These are {count} rights, and one review has at most 5,000. Review team by team."),
        ),
    }
}

/// Of a campaign that is over.
pub(super) fn over() -> Fault {
    let text = Text::of(
        "Ten przegląd już się zakończył. Uprawnienia zmienisz w Administracji.",
        "This review is over. Rights are changed in Administration.",
    );
    Fault::new(FaultKind::Conflict, text)
}

pub(super) fn at_once() -> Fault {
    let text = Text::of(
        "W tej samej chwili ktoś inny zmienił to samo. Spróbuj ponownie.",
        "Somebody else changed the same at this moment. Try again.",
    );
    Fault::new(FaultKind::Conflict, text)
}
