//! Another reviewer in place of one who leaves, or asks for it: by whoever manages users, while a campaign is open. What was
//! decided stays; the new one decides on what is left, and may think over what was confirmed.

use super::make::{at_once, over};
use super::reviewers::{Choosing, Chosen, name_of, no_second_person};
use super::{AccessReviewView, is_own};
use crate::grants::TRIES;
use crate::prepare::issue;
use crate::{Caller, Engine, Masked, Released};
use access::{Grantee, Thing, Verb};
use identity::{AccessReview, ReviewPart, ReviewState, RightState};
use kernel::{AccessReviewId, Fault, FaultKind, Result, Text, UserId};
use ledger::{Act, Event};
use serde::Deserialize;
use serde_json::json;
use store::Batch;

/// Where changes of roles need a second person, a new reviewer has so many milliseconds at least: a week, as at the beginning.
const STRICT_MS: i64 = 7 * 24 * 3_600_000;
/// People whom a refusal names.
const NAMED: usize = 10;

/// Who is to review in whose place.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewerChange {
    /// Whose rights to decide on go over.
    pub from: UserId,
    /// To whom.
    pub reviewer: UserId,
}

impl Engine {
    /// Puts another reviewer in the place of one; both, and whoever began the campaign, are told.
    ///
    /// # Errors
    /// Forbidden, also for a token; not found; invalid for somebody who is no reviewer or cannot be one; conflict once it is
    /// over, if nothing is left to decide, of rights of the new one's own, or without a second person where one is needed.
    pub async fn replace_reviewer(
        &self,
        caller: &Caller,
        id: AccessReviewId,
        change: ReviewerChange,
    ) -> Result<Released<AccessReviewView>> {
        self.admin(caller, Thing::Users, Verb::Manage).await?;
        self.not_by_token(caller).await?;
        for _ in 0..TRIES {
            match self.replace_once(caller, id, change).await {
                // Somebody decided at the same moment.
                Err(fault) if fault.kind == FaultKind::Stale => {}
                done => return done,
            }
        }
        Err(at_once())
    }

    async fn replace_once(
        &self,
        caller: &Caller,
        id: AccessReviewId,
        change: ReviewerChange,
    ) -> Result<Released<AccessReviewView>> {
        let held = self.administer().await?;
        let caller = &self.present(caller)?;
        let (doc, mut review) = self.access_review_doc(id).await?.ok_or_else(Fault::not_found)?;
        self.check_replaced(&review, change)?;
        self.check_replacing(caller, &review, change)?;
        let places: Vec<usize> =
            (0..review.parts.len()).filter(|at| review.parts[*at].reviewer == change.from).collect();
        let parts = ReviewPart::some(&self.0.store, &self.0.vault, &review, &places).await?;
        self.check_none_own(change.reviewer, &parts)?;
        let open = review.counts(Some(change.from)).open;
        let now = self.now();
        let mut event = Event { part_of: id.cast(), ..self.event(caller, Act::AccessReviewReplace) };
        let about = json!({ "review": id, "from": change.from, "to": change.reviewer, "open": open });
        self.set_detail(&mut event, &about)?;
        let mut batch = Batch::new(event);
        batch.directory = held.at;
        for (mut part, version) in parts {
            part.reviewer = change.reviewer;
            review.parts[part.place].reviewer = change.reviewer;
            batch.docs.push(part.put(&self.0.vault, now, version)?);
        }
        batch.docs.push(review.put(&self.0.vault, now, doc.version)?);
        batch.docs.extend(self.review_replaced(&review, caller.actor.user, change, open)?);
        let done = self.0.store.commit(batch).await?;
        Ok(Masked::new(self.access_review_view(caller, &review)).release(&done.receipt))
    }

    /// Whether there is something to take over.
    fn check_replaced(&self, review: &AccessReview, change: ReviewerChange) -> Result<()> {
        if review.state(self.now()) != ReviewState::Open {
            return Err(over());
        }
        if !review.is_reviewer(change.from) {
            let text = Text::of(
                "Ta osoba nie sprawdza w tym przeglądzie.",
                "This person is no reviewer of this review.",
            );
            return Err(issue("from", "unknown-reviewer", text));
        }
        if change.from == change.reviewer {
            let text = Text::of("Wskaż kogoś innego.", "Choose somebody else.");
            return Err(issue("reviewer", "same", text));
        }
        if review.counts(Some(change.from)).open > 0 {
            return Ok(());
        }
        let text = Text::of(
            "Ta osoba zdecydowała już o wszystkim, co miała sprawdzić.",
            "This person has decided on everything already.",
        );
        Err(Fault::new(FaultKind::Conflict, text))
    }

    /// Whether somebody can review instead: as at the beginning, and where changes of roles need a second person, to whoever
    /// began it and to whoever replaces alike, with a week left to look at what ends otherwise.
    fn check_replacing(&self, caller: &Caller, review: &AccessReview, change: ReviewerChange) -> Result<()> {
        let (now, chosen) = (self.now(), Chosen { reviewer: Some(change.reviewer), second: None });
        let _able = Choosing::new(self, (review.by, now), chosen)?;
        if self.directory().approval_rules.role_change.is_none() {
            return Ok(());
        }
        let is_second = |began| self.is_other_person(change.reviewer, began, review.at);
        if !(is_second(review.by) && is_second(caller.actor.user)) {
            return Err(no_second_person());
        }
        if review.ends_at.0 - now.0 >= STRICT_MS {
            return Ok(());
        }
        let text = Text::of(
            "Do końca przeglądu jest mniej niż tydzień, a zmiany ról wymagają tu zgody drugiej osoby: nowa osoba miałaby za mało czasu. Anuluj przegląd i zacznij nowy.",
            "Less than a week is left of the review, and changes of roles need a second person here: somebody new would have too little time. Cancel the review and begin another.",
        );
        Err(Fault::new(FaultKind::Conflict, text))
    }

    /// Nobody reviews their own: it is said whose that is.
    fn check_none_own(&self, reviewer: UserId, parts: &[(ReviewPart, u64)]) -> Result<()> {
        let policy = self.policy();
        let mut own: Vec<Grantee> = Vec::new();
        for item in parts.iter().flat_map(|(part, _)| &part.items) {
            let to = item.right.to();
            let decidable = matches!(item.state, RightState::Open | RightState::Confirmed);
            if decidable && is_own(&policy, to, reviewer) && !own.contains(&to) {
                own.push(to);
            }
        }
        if own.is_empty() {
            return Ok(());
        }
        let names: Vec<String> = own.iter().take(NAMED).map(|to| name_of(self, to)).collect();
        let names = names.join(", ");
        let text = Text::new(
            format!(
                "Swoich uprawnień nikt nie sprawdza, a wśród przejmowanych są te, które mają: {names}. Wskaż kogoś innego."
            ),
            format!(
                "Nobody reviews their own rights, and some of those taken over are of: {names}. Choose somebody else."
            ),
        );
        Err(Fault::new(FaultKind::Conflict, text))
    }
}
