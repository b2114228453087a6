//! Confirming and withdrawing: by the reviewer alone, of what is that one's to review, until the date. What is withdrawn ends
//! at once, by the campaign's leave and no right of the reviewer's own.

use super::make::{at_once, over};
use super::{AccessReviewView, Now, grants_of, is_own};
use crate::approvals::Cleared;
use crate::grant_checks::tidy;
use crate::grants::TRIES;
use crate::prepare::issue;
use crate::rights_taken::{EndedBy, Taking};
use crate::{Caller, Engine, Masked, Released};
use identity::{AccessReview, ReviewCounts, ReviewItem, ReviewPart, ReviewState, Right, RightState};
use kernel::{AccessReviewId, Fault, FaultKind, RecordId, Result, Text};
use ledger::{Act, Event, EventId};
use serde::Deserialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use store::{Batch, Doc};

/// Rights in one decision.
const AT_ONCE: usize = 200;

/// What a reviewer decides on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessDecision {
    /// Numbers of rights.
    pub items: Vec<u32>,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A decision on rights that are there and are the caller's to decide on.
struct Deciding {
    doc: Doc,
    review: AccessReview,
    /// Parts with what is decided on, by their place, with their versions.
    parts: BTreeMap<usize, (ReviewPart, u64)>,
    numbers: BTreeSet<u32>,
    reason: Option<String>,
}

impl Deciding {
    fn items(&self) -> impl Iterator<Item = &ReviewItem> {
        let items = self.parts.values().flat_map(|(part, _)| &part.items);
        items.filter(|item| self.numbers.contains(&item.number))
    }
}

impl Engine {
    /// Confirms rights: they stay. Until the date it can be thought over.
    ///
    /// # Errors
    /// Not found, of anything that is not the caller's to decide on; forbidden for a token; invalid; conflict once the
    /// campaign is over, a right was decided on otherwise or is not the same any more.
    pub async fn confirm_access(
        &self,
        caller: &Caller,
        id: AccessReviewId,
        decision: &AccessDecision,
    ) -> Result<Released<AccessReviewView>> {
        self.decide_access(caller, id, (decision, RightState::Confirmed)).await
    }

    /// Takes rights away at once, all of them or none.
    ///
    /// # Errors
    /// As [`Engine::confirm_access`]; conflict if nobody would be left who manages users or roles; that a second person
    /// must approve.
    pub async fn withdraw_access(
        &self,
        caller: &Caller,
        id: AccessReviewId,
        decision: &AccessDecision,
    ) -> Result<Released<AccessReviewView>> {
        self.decide_access(caller, id, (decision, RightState::Withdrawn)).await
    }

    async fn decide_access(
        &self,
        caller: &Caller,
        id: AccessReviewId,
        what: (&AccessDecision, RightState),
    ) -> Result<Released<AccessReviewView>> {
        for _ in 0..TRIES {
            match self.decide_once(caller, id, what).await {
                // Another reviewer decided at the same moment, on another server.
                Err(fault) if fault.kind == FaultKind::Stale => {}
                done => return done,
            }
        }
        Err(at_once())
    }

    async fn decide_once(
        &self,
        caller: &Caller,
        id: AccessReviewId,
        (decision, next): (&AccessDecision, RightState),
    ) -> Result<Released<AccessReviewView>> {
        self.not_by_token(caller).await?;
        let held = self.administer().await?;
        let caller = &self.present(caller)?;
        let mut deciding = self.deciding(caller, id, decision).await?;
        let withdraws = next == RightState::Withdrawn;
        let act = if withdraws { Act::AccessReviewWithdraw } else { Act::AccessReviewConfirm };
        let mut event = Event { part_of: id.cast(), ..self.event(caller, act) };
        let about = json!({ "review": id, "items": deciding.numbers, "reason": deciding.reason });
        self.set_detail(&mut event, &about)?;
        let decided = event.id;
        let mut batch = Batch::new(event);
        batch.directory = held.at;
        let taking = self.weighed(&deciding, withdraws).await?;
        let mut ended = EndedBy::default();
        if withdraws {
            self.cleared_to_take(caller, &deciding.review, &taking).await?.join(&mut batch);
            ended = self.take_all(&mut batch, &taking).await?;
            let rights: Vec<&Right> = deciding.items().map(|item| &item.right).collect();
            batch.docs.extend(self.review_took(&deciding.review, Some(caller.actor.user), &rights)?);
        }
        self.note_decided(&mut batch, &mut deciding, (caller, next, decided), &ended)?;
        let receipt = match withdraws {
            true => self.commit_admin(batch, &held).await?,
            false => self.0.store.commit(batch).await?.receipt,
        };
        Ok(Masked::new(self.access_review_view(caller, &deciding.review)).release(&receipt))
    }

    /// The parts of what is decided on, if all of it is the caller's and can be decided on.
    async fn deciding(
        &self,
        caller: &Caller,
        id: AccessReviewId,
        decision: &AccessDecision,
    ) -> Result<Deciding> {
        let (doc, review) = self.reviewed_by(caller, id).await?;
        let numbers = numbers(&decision.items)?;
        let reason = decision.reason.as_deref().map(tidy).transpose()?;
        if review.state(self.now()) != ReviewState::Open {
            return Err(over());
        }
        let me = caller.actor.user;
        let place = |number: &u32| review.part_of(*number).filter(|at| review.parts[*at].reviewer == me);
        let places: Option<BTreeSet<usize>> = numbers.iter().map(place).collect();
        let Some(places) = places else {
            return Err(self.refused(caller, 0, RecordId::NIL, Fault::not_found()).await);
        };
        let places: Vec<usize> = places.into_iter().collect();
        let parts = ReviewPart::some(&self.0.store, &self.0.vault, &review, &places).await?;
        let parts = places.into_iter().zip(parts).collect();
        let deciding = Deciding { doc, review, parts, numbers, reason };
        // Whoever moved to another team, or answers for another program by now, may have come to own some of it.
        let policy = self.policy();
        if deciding.items().any(|item| is_own(&policy, item.right.to(), me)) {
            let text = Text::of(
                "To są teraz Twoje własne uprawnienia. Swoich nikt nie sprawdza: zwróć się do osoby, która prowadzi ten przegląd.",
                "These are rights of your own by now. Nobody reviews their own: turn to whoever runs this review.",
            );
            return Err(self.refused(caller, 0, RecordId::NIL, Fault::new(FaultKind::Forbidden, text)).await);
        }
        Ok(deciding)
    }

    /// What is to be taken away, if each right is undecided or confirmed, and the same as when the campaign began.
    async fn weighed(&self, deciding: &Deciding, withdraws: bool) -> Result<Taking> {
        let (directory, mut taking) = (self.directory(), Taking::default());
        let grants = grants_of(&directory.policy, deciding.items());
        for item in deciding.items() {
            if !matches!(item.state, RightState::Open | RightState::Confirmed) {
                return Err(decided(item.number));
            }
            match (self.as_it_is(&directory, &grants, &item.right)?, &item.right) {
                (Now::Same(Some(grant)), _) => taking.grant(grant),
                (Now::Same(None), Right::Role { user, role, .. }) if withdraws => {
                    if let Some((_, fault)) = self.take_role(&mut taking, *user, *role).await? {
                        return Err(fault);
                    }
                }
                (Now::Same(None), _) => {}
                _ => return Err(another(item.number)),
            }
        }
        Ok(taking)
    }

    /// Leave to take it away: somebody remains who manages users and roles, and where changes of roles need a second person,
    /// there is one.
    async fn cleared_to_take<'a>(
        &self,
        caller: &'a Caller,
        review: &AccessReview,
        taking: &Taking,
    ) -> Result<Cleared<'a>> {
        let people = taking.people();
        if people == 0 {
            return Ok(Cleared::unasked());
        }
        let is_second = self.is_other_person(caller.actor.user, review.by, review.at);
        self.cleared_review(caller, is_second, people).await
    }

    /// Puts into the batch what became of the rights.
    fn note_decided(
        &self,
        batch: &mut Batch,
        deciding: &mut Deciding,
        (caller, next, decided): (&Caller, RightState, EventId),
        ended: &EndedBy,
    ) -> Result<()> {
        let (now, vault) = (self.now(), &self.0.vault);
        let Deciding { doc, review, parts, numbers, reason } = deciding;
        for (place, (part, version)) in parts {
            for item in part.items.iter_mut().filter(|item| numbers.contains(&item.number)) {
                (item.state, item.by, item.at) = (next, Some(caller.actor.user), Some(now));
                (item.reason, item.decision) = (reason.clone(), Some(decided));
                item.end = ended.of(&item.right);
            }
            review.parts[*place].counts = ReviewCounts::of(&part.items);
            batch.docs.push(part.put(vault, now, *version)?);
        }
        batch.docs.push(review.put(vault, now, doc.version)?);
        Ok(())
    }
}

fn numbers(items: &[u32]) -> Result<BTreeSet<u32>> {
    if !(1..=AT_ONCE).contains(&items.len()) {
        let text = Text::of("Wskaż od 1 do 200 uprawnień.", "Choose 1 to 200 rights.");
        return Err(issue("items", "out-of-range", text));
    }
    let all: BTreeSet<u32> = items.iter().copied().collect();
    if all.len() < items.len() {
        let text = Text::of("Każde uprawnienie wskaż raz.", "Choose each right once.");
        return Err(issue("items", "repeated", text));
    }
    Ok(all)
}

fn decided(number: u32) -> Fault {
    let text = Text::new(
        format!("Uprawnienie nr {number} już odebrano w tym przeglądzie. Odśwież listę."),
        format!("Right no. {number} was withdrawn in this review already. Load the list again."),
    );
    Fault::new(FaultKind::Conflict, text)
}

fn another(number: u32) -> Fault {
    let text = Text::new(
        format!(
            "Uprawnienie nr {number} zmieniło się od początku przeglądu: skończyło się, nadano je od nowa albo przedłużono. Ten przegląd już go nie dotyczy; pomiń je."
        ),
        format!(
            "Right no. {number} has changed since the review began: it ended, was given again or was renewed. This review is not about it any more; leave it out."
        ),
    );
    Fault::new(FaultKind::Conflict, text)
}
