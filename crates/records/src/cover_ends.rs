//! The end of cover before its time: when the one who is away moves to another team, and when somebody else who set it up
//! may not act any more.

use crate::Engine;
use access::{Grant, Grantee, Over};
use identity::{NoticeDoc, bare_doc, put_doc};
use kernel::{RecordId, Result, Text, UserId};
use ledger::{Act, Event, Who};
use serde_json::json;
use std::collections::BTreeSet;
use store::{Batch, DocKind, DocWrite};

/// Why cover ends before its time.
#[derive(Clone, Copy)]
enum Why {
    /// The covered user is of another team.
    Moved,
    /// Whoever set it up for somebody else is gone.
    GiverLeft,
}

impl Engine {
    /// Ends covers over what a user owns who moves to another team, if others set them up: they could share what came of
    /// the team before, and nobody looked at more. What the user set up stays. In the same batch.
    pub(crate) async fn end_covers_of_moved(&self, batch: &mut Batch, away: UserId) -> Result<()> {
        let ends = |g: &Grant| g.over == Over::OwnedBy(away) && g.by != away;
        self.end_covers(batch, Why::Moved, ends).await
    }

    /// Ends covers that somebody who may not act any more set up for others: nobody answers for them. What one set up over
    /// what one owns stays until its end: it is needed until that is handed over. In the same batch.
    pub(crate) async fn end_covers_by(&self, batch: &mut Batch, giver: UserId) -> Result<()> {
        self.end_covers(batch, Why::GiverLeft, |g| g.by == giver && g.over != Over::OwnedBy(giver)).await
    }

    async fn end_covers(
        &self,
        batch: &mut Batch,
        why: Why,
        ends: impl Fn(&Grant) -> bool + Send,
    ) -> Result<()> {
        let (policy, now) = (self.policy(), self.now());
        let ending: Vec<&Grant> = policy.grants.covers().filter(|g| g.lasts_at(now) && ends(g)).collect();
        // Whom it concerns, and whose records.
        let mut told: BTreeSet<(UserId, UserId)> = BTreeSet::new();
        for grant in ending {
            let Over::OwnedBy(away) = grant.over else { continue };
            let id = *grant.id.bytes();
            let Some(kept) = self.0.store.doc(DocKind::Grant, id).await? else { continue };
            let mut event = Event { id: self.id(), act: Act::GrantEnd, ..batch.event().clone() };
            let why = match why {
                Why::Moved => "team",
                Why::GiverLeft => "giver",
            };
            let about = json!({ "grant": grant.id, "to": grant.to, "by": grant.by, "why": why });
            self.set_detail(&mut event, &about)?;
            batch.more_events.push(event);
            batch.docs.extend(self.grant_gone(grant.id, kept.version).await?);
            let sides = [Some(away), Some(grant.by), user_of(grant)];
            told.extend(sides.into_iter().flatten().map(|user| (user, away)));
        }
        let gone = match why {
            Why::GiverLeft => policy.grants.covers().find(|g| ends(g)).map(|g| g.by),
            Why::Moved => None,
        };
        let by = batch.event().who;
        for (user, away) in told {
            if by != Who::User(user) && gone != Some(user) && self.may_act(user) {
                batch.docs.push(self.cover_end_notice(user, away, why)?);
            }
        }
        Ok(())
    }

    fn cover_end_notice(&self, to: UserId, away: UserId, why: Why) -> Result<DocWrite> {
        let (now, whose, id): (_, _, RecordId) = (self.now(), self.user_name(away).name, self.id());
        let title = Text::new(format!("Zastępstwo zakończone: {whose}"), format!("Cover has ended: {whose}"));
        let body = match why {
            Why::Moved => Text::new(
                format!(
                    "Zmienił się zespół tej osoby: {whose}. Zastępstwo, które ustanowił ktoś inny, skończyło się z tą zmianą. Jeśli jest potrzebne, ustanów je od nowa."
                ),
                format!(
                    "{whose} has moved to another team. Cover that somebody else set up has ended with that. If it is needed, set it up again."
                ),
            ),
            Why::GiverLeft => Text::new(
                format!(
                    "Kto ustanowił zastępstwo za: {whose}, nie pracuje już w systemie. Zastępstwo skończyło się, bo nikt za nie nie odpowiada. Jeśli jest potrzebne, niech ustanowi je ktoś, kto może udostępniać te rekordy."
                ),
                format!(
                    "Whoever set up the cover for {whose} no longer works in the system. The cover has ended, because nobody answers for it. If it is needed, somebody who may share these records can set it up."
                ),
            ),
        };
        let notice = NoticeDoc::new("cover-ended", title, body, now);
        put_doc(&self.0.vault, bare_doc(DocKind::Notice, *id.bytes(), 1, now, Some(to)), &notice)
    }
}

const fn user_of(grant: &Grant) -> Option<UserId> {
    match grant.to {
        Grantee::User(user) => Some(user),
        Grantee::Team(_) | Grantee::Partner(_) => None,
    }
}
