//! Looking at campaigns, and at what is one's own to decide on.

use super::{AccessReviewItem, AccessReviewItems, AccessReviewView, grants_of};
use crate::prepare::issue;
use crate::rights_use::Uses;
use crate::{Caller, Engine, Masked, OwnGrant, Released};
use access::{Grant, Thing, Verb};
use identity::{AccessReview, Day, ReviewItem, ReviewPart, ReviewState, Right, RightState};
use kernel::{AccessReviewId, Fault, GrantId, RecordId, Result, Text, UserId, limits};
use ledger::{Act, Event};
use serde_json::json;
use std::collections::HashMap;
use store::{Doc, DocKind};

/// Campaigns in a list.
const LISTED: usize = 200;

impl Engine {
    /// Campaigns, the newest first: those in which the caller is a reviewer, or all.
    ///
    /// # Errors
    /// Forbidden: all for whoever reads neither users nor the ledger, one's own for a token.
    pub async fn access_reviews(
        &self,
        caller: &Caller,
        all: bool,
    ) -> Result<Released<Vec<AccessReviewView>>> {
        match all {
            true => self.may_read_reviews(caller).await?,
            false => self.not_by_token(caller).await?,
        }
        let (me, mut views) = (caller.actor.user, Vec::new());
        for doc in self.0.store.docs(DocKind::AccessReview).await?.into_iter().rev() {
            let review = AccessReview::open(&self.0.vault, &doc)?;
            if all || review.is_reviewer(me) {
                views.push(self.access_review_view(caller, &review));
            }
            if views.len() == LISTED {
                break;
            }
        }
        let mut event = self.event(caller, Act::AccessReviewRead);
        self.set_detail(&mut event, &json!({ "count": views.len() }))?;
        Ok(Masked::new(views).release(&self.receipt(event).await?))
    }

    /// Leave to see campaigns of others: for whoever reads users or the ledger.
    pub(super) async fn may_read_reviews(&self, caller: &Caller) -> Result<()> {
        match self.reads_reviews(caller) {
            true => Ok(()),
            false => self.admin(caller, Thing::Users, Verb::Read).await.map(drop),
        }
    }

    /// One campaign.
    ///
    /// # Errors
    /// Not found for whoever is no reviewer and reads neither users nor the ledger; forbidden for a reviewer's token.
    pub async fn access_review(
        &self,
        caller: &Caller,
        id: AccessReviewId,
    ) -> Result<Released<AccessReviewView>> {
        let review = match self.reads_reviews(caller) {
            true => self.access_review_doc(id).await?.ok_or_else(Fault::not_found)?.1,
            false => self.reviewed_by(caller, id).await?.1,
        };
        let mut event = self.event(caller, Act::AccessReviewRead);
        self.set_detail(&mut event, &json!({ "review": id }))?;
        let view = Masked::new(self.access_review_view(caller, &review));
        Ok(view.release(&self.receipt(event).await?))
    }

    /// A campaign in which the caller is a reviewer.
    pub(super) async fn reviewed_by(
        &self,
        caller: &Caller,
        id: AccessReviewId,
    ) -> Result<(Doc, AccessReview)> {
        self.not_by_token(caller).await?;
        let found = self.access_review_doc(id).await?;
        match found.filter(|(_, review)| review.is_reviewer(caller.actor.user)) {
            Some(found) => Ok(found),
            None => Err(self.refused(caller, 0, RecordId::NIL, Fault::not_found()).await),
        }
    }

    /// Rights that are the caller's to decide on, with what is known of their use.
    ///
    /// # Errors
    /// Not found for whoever is no reviewer; forbidden for a token; invalid for a limit out of range.
    pub async fn access_review_items(
        &self,
        caller: &Caller,
        id: AccessReviewId,
        (state, limit, after): (Option<RightState>, u32, u32),
    ) -> Result<Released<AccessReviewItems>> {
        check_limit(limit)?;
        let (_, review) = self.reviewed_by(caller, id).await?;
        let me = caller.actor.user;
        let own = |place: &usize| review.parts[*place].reviewer == me;
        let (items, next_cursor) = self.some_items(&review, own, (state, limit, after)).await?;
        let policy = caller.policy.clone();
        // Once it is over there is nothing to decide, so what was decided is told and nothing of today.
        let open = review.state(self.now()) == ReviewState::Open;
        let grants = grants_of(&policy, items.iter().map(|(_, item)| item).filter(|_| open));
        let there: Vec<&Grant> = grants.values().copied().collect();
        let (views, touches) = self.own_views(caller, &there).await?;
        let mut views: HashMap<GrantId, OwnGrant> =
            views.into_iter().map(|view| (view.grant.id, view)).collect();
        let uses = self.uses().await?;
        let known = uses.day.0 > 0 && uses.day.0 + 1 >= Day::of(self.now()).0;
        let used_until = known.then(|| uses.day.begins().rfc3339());
        let items = items.iter().map(|(reviewer, item)| AccessReviewItem {
            right: self.right_view(caller, &review, *reviewer, item),
            last_used: self.last_used(&uses, &item.right).filter(|_| open).map(|day| day.begins().rfc3339()),
            grant: match item.right {
                Right::Grant { id, .. } => views.remove(&id),
                Right::Role { .. } => None,
            },
        });
        let page = AccessReviewItems { items: items.collect(), next_cursor, used_until };
        let mut event = Event { touches, ..self.event(caller, Act::AccessReviewRead) };
        self.set_detail(&mut event, &json!({ "review": id, "count": page.items.len() }))?;
        Ok(Masked::new(page).release(&self.receipt(event).await?))
    }

    fn last_used(&self, uses: &Uses, right: &Right) -> Option<Day> {
        let policy = self.policy();
        match right {
            Right::Role { user, role, .. } => {
                uses.of.get(user)?.last_of_role(policy.roles.get(role)?, &policy.catalog)
            }
            Right::Grant { id, .. } => uses.last_of_grant(*id),
        }
    }

    /// Some rights of a campaign with whose they are to decide, in order of their numbers, and the number to go on after.
    pub(super) async fn some_items(
        &self,
        review: &AccessReview,
        which: impl Fn(&usize) -> bool,
        (state, limit, after): (Option<RightState>, u32, u32),
    ) -> Result<(Vec<(UserId, ReviewItem)>, Option<String>)> {
        let (mut items, wanted) = (Vec::new(), limit as usize + 1);
        let further = |place: &usize| {
            let head = &review.parts[*place];
            head.first + head.counts.total > after + 1
        };
        let places = (0..review.parts.len()).filter(&which).filter(further);
        for place in places {
            let parts = ReviewPart::some(&self.0.store, &self.0.vault, review, &[place]).await?;
            for (part, _) in parts {
                let reviewer = part.reviewer;
                let fits =
                    |item: &ReviewItem| item.number > after && state.is_none_or(|state| item.state == state);
                items.extend(part.items.into_iter().filter(fits).map(|item| (reviewer, item)));
            }
            if items.len() >= wanted {
                break;
            }
        }
        let more = items.len() >= wanted;
        items.truncate(limit as usize);
        let next = items.last().filter(|_| more).map(|(_, item)| item.number.to_string());
        Ok((items, next))
    }
}

pub(super) fn check_limit(limit: u32) -> Result<()> {
    if (1..=limits::PAGE_MAX).contains(&limit) {
        return Ok(());
    }
    let max = limits::PAGE_MAX;
    Err(issue("limit", "out-of-range", Text::new(format!("Od 1 do {max}."), format!("From 1 to {max}."))))
}
