//! The end of cover before its time: when the one who is away moves to another team.

use crate::Engine;
use access::{Grant, Grantee, Over};
use identity::{NoticeDoc, bare_doc, put_doc};
use kernel::{RecordId, Result, Text, UserId};
use ledger::{Act, Event, Who};
use serde_json::json;
use std::collections::BTreeSet;
use store::{Batch, DocKind, DocWrite};

impl Engine {
    /// Ends covers over what a user owns who moves to another team, if others set them up: they could share what came of
    /// the team before, and nobody looked at more. What the user set up stays. In the same batch.
    pub(crate) async fn end_covers_of_moved(&self, batch: &mut Batch, away: UserId) -> Result<()> {
        let (policy, now) = (self.policy(), self.now());
        let ends = |g: &&Grant| g.over == Over::OwnedBy(away) && g.by != away && g.lasts_at(now);
        let mut told = BTreeSet::new();
        for grant in policy.grants.covers().filter(ends) {
            let id = *grant.id.bytes();
            let Some(kept) = self.0.store.doc(DocKind::Grant, id).await? else { continue };
            let mut event = Event { id: self.id(), act: Act::GrantEnd, ..batch.event().clone() };
            let about = json!({ "grant": grant.id, "to": grant.to, "by": grant.by, "why": "team" });
            self.set_detail(&mut event, &about)?;
            batch.more_events.push(event);
            batch.docs.extend(self.grant_gone(grant.id, kept.version).await?);
            told.extend([away, grant.by]);
            if let Grantee::User(to) = grant.to {
                let _ = told.insert(to);
            }
        }
        let by = batch.event().who;
        told.retain(|user| by != Who::User(*user) && self.may_act(*user));
        for user in told {
            batch.docs.push(self.moved_notice(user, away)?);
        }
        Ok(())
    }

    fn moved_notice(&self, to: UserId, away: UserId) -> Result<DocWrite> {
        let (now, whose, id): (_, _, RecordId) = (self.now(), self.user_name(away).name, self.id());
        let title = Text::new(format!("Zastępstwo zakończone: {whose}"), format!("Cover has ended: {whose}"));
        let body = Text::new(
            format!(
                "Zmienił się zespół tej osoby: {whose}. Zastępstwo, które ustanowił ktoś inny, skończyło się z tą zmianą. Jeśli jest potrzebne, ustanów je od nowa."
            ),
            format!(
                "{whose} has moved to another team. Cover that somebody else set up has ended with that. If it is needed, set it up again."
            ),
        );
        let notice = NoticeDoc::new("cover-ended", title, body, now);
        put_doc(&self.0.vault, bare_doc(DocKind::Notice, *id.bytes(), 1, now, Some(to)), &notice)
    }
}
