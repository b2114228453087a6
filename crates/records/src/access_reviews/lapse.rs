//! The date of a campaign: what nobody confirmed ends by itself, part by part, each in one commit with what is written down of
//! it. A stop in between loses nothing and does nothing twice; of several servers one comes through.

use super::{Now, grants_of};
use crate::Engine;
use crate::rights_taken::Taking;
use identity::{AccessReview, ReviewCounts, ReviewItem, ReviewPart, ReviewState, Right, RightState, WhyKept};
use kernel::{AccessReviewId, Fault, FaultKind, Result, Time, UserId};
use ledger::{Act, Event};
use serde_json::json;
use store::{Batch, DocKind, DocWrite};

const DAY_MS: i64 = 24 * 3_600_000;
/// How long before its date reviewers are reminded.
const TOLD: [i64; 2] = [7 * DAY_MS, DAY_MS];
/// Milliseconds for which a campaign is kept once it is over: three years.
const KEPT_MS: i64 = 3 * 365 * DAY_MS;

/// How often reviewers are to have been reminded, that long before the date.
pub(super) fn stage(ends_at: Time, now: Time) -> u8 {
    match ends_at.0 - now.0 {
        left if left <= TOLD[1] => 2,
        left if left <= TOLD[0] => 1,
        _ => 0,
    }
}

impl Engine {
    /// Reminds reviewers, ends campaigns whose date has come with what nobody confirmed, and clears away those that were
    /// over long ago.
    ///
    /// # Errors
    /// Storage: then all other campaigns were looked at nevertheless.
    pub async fn end_access_reviews(&self) -> Result<()> {
        let mut failed = Ok(());
        for doc in self.0.store.docs(DocKind::AccessReview).await? {
            let review = AccessReview::open(&self.0.vault, &doc)?;
            let now = self.now();
            let done = match review.state(now) {
                ReviewState::Ending => self.end_access_review(review.id).await,
                ReviewState::Open if review.told < stage(review.ends_at, now) => {
                    self.remind(review, doc.version).await
                }
                ReviewState::Open => Ok(()),
                ReviewState::Ended | ReviewState::Cancelled => self.clear_review(&review, doc.version).await,
            };
            match done {
                // Somebody decided meanwhile, or another server was faster.
                Err(fault) if matches!(fault.kind, FaultKind::Stale | FaultKind::Conflict) => {}
                Err(fault) => failed = Err(fault),
                Ok(()) => {}
            }
        }
        failed
    }

    async fn remind(&self, mut review: AccessReview, version: u64) -> Result<()> {
        let now = self.now();
        review.told = stage(review.ends_at, now);
        let notices = self.review_soon(&review)?;
        let mut event = Event { part_of: review.id.cast(), ..self.system_event(Act::AccessReviewRemind) };
        self.set_detail(&mut event, &json!({ "review": review.id, "count": notices.len() }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(review.put(&self.0.vault, now, version)?);
        batch.docs.extend(notices);
        self.0.store.commit(batch).await.map(drop)
    }

    async fn clear_review(&self, review: &AccessReview, version: u64) -> Result<()> {
        if review.closed_at.is_none_or(|at| at.plus_ms(KEPT_MS) > self.now()) {
            return Ok(());
        }
        let mut event = self.system_event(Act::AccessReviewClear);
        self.set_detail(&mut event, &json!({ "review": review.id }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(DocWrite::Remove(DocKind::AccessReview, *review.id.bytes(), version));
        let places: Vec<usize> = (0..review.parts.len()).collect();
        for (part, version) in ReviewPart::some(&self.0.store, &self.0.vault, review, &places).await? {
            let id = ReviewPart::id(&self.0.vault, review.id, part.place);
            batch.docs.push(DocWrite::Remove(DocKind::AccessReviewPart, id, version));
        }
        self.0.store.commit(batch).await.map(drop)
    }

    /// Ends what is left of a campaign. A part that cannot be ended holds up no other; the campaign waits for it.
    async fn end_access_review(&self, id: AccessReviewId) -> Result<()> {
        let Some((_, review)) = self.access_review_doc(id).await? else { return Ok(()) };
        let left = |place: &usize| review.parts[*place].counts.open > 0;
        let mut failed = Ok(());
        let mut places: Vec<Option<usize>> = (0..review.parts.len()).filter(left).map(Some).collect();
        if places.is_empty() {
            places.push(None);
        }
        for place in places {
            if let Err(fault) = self.end_part(id, place).await {
                failed = Err(fault);
            }
        }
        failed
    }

    /// Ends what is undecided in one part, and the campaign with the last of it.
    async fn end_part(&self, id: AccessReviewId, place: Option<usize>) -> Result<()> {
        let held = self.administer().await?;
        let now = self.now();
        let Some((doc, mut review)) = self.access_review_doc(id).await? else { return Ok(()) };
        if review.state(now) != ReviewState::Ending {
            return Ok(());
        }
        let event = |act| Event { part_of: id.cast(), ..self.system_event(act) };
        let mut batch = match place {
            Some(place) => self.lapse_part(event(Act::AccessReviewLapse), &mut review, place).await?,
            None => Batch::new(event(Act::AccessReviewLapse)),
        };
        if review.counts(None).open == 0 {
            (review.state, review.closed_at) = (ReviewState::Ended, Some(now));
            let mut event = event(Act::AccessReviewEnd);
            self.set_detail(&mut event, &json!({ "review": id, "counts": review.counts(None) }))?;
            match place {
                Some(_) => batch.more_events.push(event),
                None => batch = Batch::new(event),
            }
            batch.docs.extend(self.review_ended(&review)?);
        }
        batch.docs.push(review.put(&self.0.vault, now, doc.version)?);
        self.commit_admin(batch, &held).await.map(drop)
    }

    /// The batch by which all ends that nobody decided on in a part, with what is noted of it in the campaign.
    async fn lapse_part(&self, mut event: Event, review: &mut AccessReview, place: usize) -> Result<Batch> {
        let (now, vault, decision) = (self.now(), &self.0.vault, event.id);
        let mut parts = ReviewPart::some(&self.0.store, vault, review, &[place]).await?;
        let Some((mut part, version)) = parts.pop() else { return Err(Fault::not_found()) };
        let mut taking = Taking::default();
        for (number, (state, kept)) in self.outcomes(review, part.reviewer, &part.items, &mut taking).await? {
            for item in part.items.iter_mut().filter(|item| item.number == number) {
                (item.state, item.kept, item.at, item.decision) = (state, kept, Some(now), Some(decision));
            }
        }
        let of = |state: RightState| -> Vec<&ReviewItem> {
            let done = |item: &&ReviewItem| item.decision == Some(decision) && item.state == state;
            part.items.iter().filter(done).collect()
        };
        let numbers = |state| of(state).iter().map(|item| item.number).collect::<Vec<u32>>();
        let about = json!({
            "review": review.id, "ended": numbers(RightState::Ended), "kept": numbers(RightState::Kept),
            "gone": numbers(RightState::Gone), "changed": numbers(RightState::Changed),
        });
        self.set_detail(&mut event, &about)?;
        let mut batch = Batch::new(event);
        let ended = self.take_all(&mut batch, &taking).await?;
        let rights: Vec<&Right> = of(RightState::Ended).iter().map(|item| &item.right).collect();
        batch.docs.extend(self.review_took(review, None, &rights)?);
        for item in part.items.iter_mut().filter(|item| item.decision == Some(decision)) {
            item.end = ended.of(&item.right).filter(|_| item.state == RightState::Ended);
        }
        review.parts[place].counts = ReviewCounts::of(&part.items);
        batch.docs.push(part.put(vault, now, version)?);
        Ok(batch)
    }

    /// What becomes of each right of a part that nobody decided on; what ends is put among what is taken.
    async fn outcomes(
        &self,
        review: &AccessReview,
        reviewer: UserId,
        items: &[ReviewItem],
        taking: &mut Taking,
    ) -> Result<Vec<(u32, (RightState, Option<WhyKept>))>> {
        let directory = self.directory();
        let grants = grants_of(&directory.policy, items.iter());
        // Who cannot come in at all could not have spoken: the silence of such a one decides nothing.
        let comes = match directory.users.get(&reviewer) {
            Some(user) if user.may_act(self.now()) => self.comes_in(user, None).await?,
            _ => false,
        };
        let needs_second = directory.approval_rules.role_change.is_some()
            && !(comes && self.is_other_person(reviewer, review.by, review.at));
        let mut outcomes = Vec::new();
        for item in items.iter().filter(|item| item.state == RightState::Open) {
            let outcome = match (self.as_it_is(&directory, &grants, &item.right)?, &item.right) {
                (Now::Gone, _) => (RightState::Gone, None),
                (Now::Changed, _) => (RightState::Changed, None),
                (Now::Same(Some(grant)), _) => {
                    taking.grant(grant);
                    (RightState::Ended, None)
                }
                (Now::Same(None), _) if needs_second => (RightState::Kept, Some(WhyKept::Approval)),
                (Now::Same(None), Right::Role { user, role, .. }) => {
                    match self.take_role(taking, *user, *role).await? {
                        None => (RightState::Ended, None),
                        Some((why, _)) => (RightState::Kept, Some(why)),
                    }
                }
                (Now::Same(None), Right::Grant { .. }) => {
                    return Err(Fault::bug("a grant that is the same is there"));
                }
            };
            outcomes.push((item.number, outcome));
        }
        Ok(outcomes)
    }
}
