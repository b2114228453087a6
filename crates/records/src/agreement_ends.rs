//! What was shared with a partner ends for good with the agreements that it rests on. The policy gives nothing by it from
//! that moment on; here the grants go, and both sides are told. A later agreement begins with nothing shared.

use crate::Engine;
use crate::grant_terms::partner_of;
use crate::others::Administering;
use access::Grant;
use identity::{NoticeDoc, bare_doc, once_id, put_doc};
use kernel::{Fault, FaultKind, PartnerId, RecordId, Result, Text, UserId};
use ledger::{Act, Event};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use store::{Batch, DocKind, DocWrite, Row};

/// Grants of one batch.
const AT_ONCE: usize = 200;
/// Batches each minute; and of one partner whose agreements are about to change, which may have 5,000 by one giver.
const BATCHES: usize = 5;
const ALL: usize = 500;
/// How often a change of a partner waits for what ends at the same moment.
const TRIES: usize = 3;
const CODE: &str = "grant-ended";

impl Engine {
    /// Ends some of what no agreement goes on for.
    ///
    /// # Errors
    /// Storage.
    pub(crate) async fn end_uncovered(&self) -> Result<()> {
        self.end_all_uncovered(None, BATCHES).await
    }

    /// The same of one partner, all of it: before its agreements are changed, so that no change brings back what is over,
    /// and after that.
    pub(crate) async fn end_uncovered_of(&self, partner: PartnerId) -> Result<()> {
        self.end_all_uncovered(Some(partner), ALL).await
    }

    /// Holds administration where nothing that is over is left of a partner.
    ///
    /// # Errors
    /// Storage; stale if something ended at the same moment again and again.
    pub(crate) async fn administer_settled(&self, partner: PartnerId) -> Result<Administering<'_>> {
        for _ in 0..TRIES {
            self.end_uncovered_of(partner).await?;
            let held = self.administer().await?;
            if self.uncovered(Some(partner)).is_empty() {
                return Ok(held);
            }
        }
        Err(Fault::stale())
    }

    fn uncovered(&self, of: Option<PartnerId>) -> Vec<Grant> {
        let (policy, now) = (self.policy(), self.now());
        let concerned = |grant: &&Grant| of.is_none_or(|of| partner_of(&policy, grant.to) == Some(of));
        let over = |grant: &&Grant| grant.lasts_at(now) && policy.is_uncovered(grant, now);
        policy.grants.all().filter(concerned).filter(over).take(AT_ONCE).cloned().collect()
    }

    async fn end_all_uncovered(&self, of: Option<PartnerId>, batches: usize) -> Result<()> {
        for _ in 0..batches {
            if self.uncovered(of).is_empty() {
                break;
            }
            let held = self.administer().await?;
            // Another server may have been faster.
            let due = self.uncovered(of);
            match self.end_covered_no_more(due, &held).await {
                Err(fault) if fault.kind == FaultKind::Stale => break,
                done => done?,
            }
        }
        Ok(())
    }

    async fn end_covered_no_more(&self, due: Vec<Grant>, held: &Administering<'_>) -> Result<()> {
        let records = due.iter().filter_map(Grant::record).map(|(_, id)| id).collect::<BTreeSet<RecordId>>();
        let rows = self.0.store.rows(records.into_iter().collect()).await?;
        let rows: BTreeMap<RecordId, Row> = rows.into_iter().map(|row| (row.id, row)).collect();
        let (mut events, mut docs, mut sides) = (Vec::new(), Vec::new(), BTreeSet::new());
        let policy = self.policy();
        for grant in &due {
            let row = grant.record().and_then(|(_, id)| rows.get(&id));
            let Some((mut event, gone)) =
                self.grant_end(self.system_event(Act::GrantEnd), grant, row).await?
            else {
                // Ended a moment ago.
                self.forget_grants(vec![grant.clone()]).await;
                continue;
            };
            let about = json!({ "grant": grant.id, "to": grant.to, "by": grant.by, "why": "agreement" });
            self.set_detail(&mut event, &about)?;
            events.push(event);
            docs.extend(gone);
            if let Some(partner) = partner_of(&policy, grant.to) {
                let has = self.told_of_it(grant.to).into_iter().map(|user| (user, partner, false));
                sides.extend(has.chain([(grant.by, partner, true)]));
            }
        }
        if events.is_empty() {
            return Ok(());
        }
        let mut batch = Batch::new(events.remove(0));
        batch.more_events = events;
        batch.docs = docs;
        self.tell_of_agreement(&mut batch, sides).await?;
        self.commit_admin(batch, held).await.map(drop)
    }

    /// Puts into the batch that both sides are told, each once: of a partner its users, of the house who shared.
    async fn tell_of_agreement(
        &self,
        batch: &mut Batch,
        sides: BTreeSet<(UserId, PartnerId, bool)>,
    ) -> Result<()> {
        let sides: Vec<_> = sides.into_iter().filter(|(user, ..)| self.may_act(*user)).collect();
        if sides.is_empty() {
            return Ok(());
        }
        let (vault, now) = (&self.0.vault, self.now());
        let id = |(user, partner, _): &(UserId, PartnerId, bool)| {
            once_id(vault, *user, CODE, &format!("agreement {partner}"))
        };
        let before = self.0.store.docs_by_id(DocKind::Notice, sides.iter().map(id).collect()).await?;
        let versions: BTreeMap<[u8; 16], u64> = before.into_iter().map(|doc| (doc.id, doc.version)).collect();
        for side in &sides {
            let (to, partner, gave) = *side;
            let id = id(side);
            let version = versions.get(&id).copied().unwrap_or_default() + 1;
            let (title, body) = self.ended_with_agreement(partner, gave);
            let notice = NoticeDoc::new(CODE, title, body, now);
            let write: DocWrite =
                put_doc(vault, bare_doc(DocKind::Notice, id, version, now, Some(to)), &notice)?;
            batch.docs.push(write);
        }
        let mut event: Event = self.system_event(Act::NoticeCreate);
        let users: Vec<UserId> = sides.iter().map(|(user, ..)| *user).collect();
        self.set_detail(&mut event, &json!({ "code": CODE, "count": users.len(), "to": users }))?;
        batch.more_events.push(event);
        Ok(())
    }

    fn ended_with_agreement(&self, partner: PartnerId, gave: bool) -> (Text, Text) {
        let title = Text::of("Udostępnianie skończyło się z umową", "Sharing ended with the agreement");
        let body = if gave {
            let name = self.partner_name(partner).name;
            Text::new(
                format!(
                    "Umowa z partnerem {name} się skończyła, a z nią Twoje udostępnienia dla niego. Nowa umowa ich nie przywróci: co ma być widoczne dalej, trzeba udostępnić od nowa."
                ),
                format!(
                    "The agreement with the partner {name} has ended, and with it what you shared with it. A new agreement does not bring that back: what is to be seen on has to be shared anew."
                ),
            )
        } else {
            let house = self.directory().organisation.clone();
            Text::new(
                format!(
                    "Umowa z organizacją {house} się skończyła, a z nią dostęp do tego, co Ci udostępniono."
                ),
                format!(
                    "The agreement with {house} has ended, and with it your access to what was shared with you."
                ),
            )
        };
        (title, body)
    }
}
