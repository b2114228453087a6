//! Who could hand over what somebody owns, and asking them to: whoever administers users need not see any record.

use super::Owned;
use super::hand_over::leads;
use crate::explain::as_user;
use crate::prepare::issue;
use crate::things_used::over;
use crate::{Caller, Engine};
use access::{Action, Actor, Facts, Policy, Thing, Verb};
use identity::{NoticeDoc, bare_doc, once_id, open_doc, put_doc};
use kernel::{Fault, FaultKind, Named, Result, Text, UserId};
use ledger::Act;
use schema::Entity;
use serde_json::json;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use store::{Batch, DocKind, DocWrite};

/// People who are named, and who are asked at once.
pub const ASKED_MAX: usize = 10;
/// The code of what they are told.
const CODE: &str = "hand-over-asked";

/// Whether somebody could give records with these facts to others of their team.
fn could(policy: &Policy, by: &Actor, facts: &Facts) -> bool {
    [Action::Update, Action::Create].into_iter().all(|action| policy.decide(by, action, facts).allow)
}

impl Engine {
    /// Who could hand over what this user owns, those first who could hand over most of it. A record is in the team that
    /// its owner was of when it came to that owner, so the facts are those of the records and not the owner's. Views that
    /// the user shares are decided on by the facts `shared`.
    pub(super) async fn who_could(
        &self,
        caller: &Caller,
        from: UserId,
        owned: &[Owned],
        shared: &[Facts],
    ) -> Result<Vec<Named<UserId>>> {
        let (policy, now, directory) = (&*caller.policy, self.now(), self.directory());
        let mut places: Vec<(Facts, u64)> = shared.iter().cloned().map(|facts| (facts, 1)).collect();
        for entity in owned.iter().filter_map(|o| policy.catalog.get(&o.entity)) {
            let permit = policy.count_all(&caller.actor, entity)?;
            places.extend(self.0.index.owned(&permit, from).await?);
        }
        let all: Vec<&Entity> = policy.catalog.entities().iter().collect();
        let may_ask = |actor: &Actor| {
            leads(policy, actor, &all) || policy.admin(actor, Thing::Users, Verb::Manage).is_ok()
        };
        let people = directory.users.values().filter(|u| u.id != from && u.is_of_house() && u.may_act(now));
        let count = |actor: &Actor| -> u64 {
            places.iter().filter(|(facts, _)| could(policy, actor, facts)).map(|(_, count)| count).sum()
        };
        let able = people
            .map(|user| (as_user(caller, user.id).by_roles_alone(), user.id))
            .filter(|(actor, _)| may_ask(actor));
        let mut able: Vec<(u64, UserId)> = able.map(|(actor, id)| (count(&actor), id)).collect();
        able.retain(|(count, _)| *count > 0);
        able.sort_unstable_by_key(|(count, id)| (Reverse(*count), *id));
        Ok(able.into_iter().take(ASKED_MAX).map(|(_, id)| self.user_name(id)).collect())
    }

    /// Asks people who could hand over what a user owns to do so. Whoever was asked by the same person and has not read
    /// that yet is not told again.
    ///
    /// # Errors
    /// Forbidden, also for a token; not found; invalid if somebody asked could not do it.
    pub async fn ask_hand_over(&self, caller: &Caller, from: UserId, asked: &[UserId]) -> Result<()> {
        self.admin(caller, Thing::Users, Verb::Manage).await?;
        self.not_by_token(caller).await?;
        let owned = self.owned_by(caller, from).await?;
        let shared = self.facts_of_shared(caller, from).await?;
        let able = self.who_could(caller, from, &owned, &shared).await?;
        let fits = |id: &UserId| *id != caller.actor.user && able.iter().any(|named| named.id == *id);
        if !(1..=ASKED_MAX).contains(&asked.len()) || !asked.iter().all(fits) {
            let text = Text::of(
                "Wskaż od 1 do 10 osób, które mogą przekazać te rekordy; wymienia je „who_could”.",
                "Name 1 to 10 people who can hand these records over; `who_could` names them.",
            );
            return Err(issue("ask", "not-able", text));
        }
        let asked: BTreeSet<UserId> = asked.iter().copied().collect();
        match self.tell_asked(caller, from, &asked).await {
            // Somebody else's request, or this one a second time, was faster; or it was read meanwhile.
            Err(fault) if fault.kind == FaultKind::Stale => self.tell_asked(caller, from, &asked).await,
            other => other,
        }
    }

    async fn tell_asked(&self, caller: &Caller, from: UserId, asked: &BTreeSet<UserId>) -> Result<()> {
        let (mut told, mut docs) = (Vec::new(), Vec::new());
        for to in asked {
            if let Some(doc) = self.asking_note(caller, from, *to).await? {
                told.push(*to);
                docs.push(doc);
            }
        }
        if docs.is_empty() {
            return Ok(());
        }
        let mut event = over(Thing::Users, self.event(caller, Act::NoticeCreate));
        self.set_detail(&mut event, &json!({ "code": CODE, "count": told.len(), "user": from, "to": told }))?;
        let mut batch = Batch::new(event);
        batch.docs = docs;
        self.0.store.commit(batch).await.map(drop)
    }

    /// What one is told; nothing while the same request is there and unread.
    async fn asking_note(&self, caller: &Caller, from: UserId, to: UserId) -> Result<Option<DocWrite>> {
        let (vault, by) = (&self.0.vault, caller.actor.user);
        let id = once_id(vault, to, CODE, &format!("{by} {from}"));
        let mut version = 1;
        if let Some(before) = self.0.store.doc(DocKind::Notice, id).await? {
            if open_doc::<NoticeDoc>(vault, &before)?.read_at.is_none() {
                return Ok(None);
            }
            version = before.version + 1;
        }
        let (by, whose, now) = (self.user_name(by).name, self.user_name(from).name, self.now());
        let notice = NoticeDoc {
            about: Some(from),
            ..NoticeDoc::new(
                CODE,
                Text::new(
                    format!("Prośba o przekazanie rekordów: {whose}"),
                    format!("You are asked to hand over records: {whose}"),
                ),
                Text::new(
                    format!(
                        "Prosi o to {by}. Przekażesz te rekordy, na które pozwalają Twoje role; zanim cokolwiek się zmieni, obejrzysz podgląd."
                    ),
                    format!(
                        "{by} asks for it. You hand over those records that your roles let you; you see a preview before anything changes."
                    ),
                ),
                now,
            )
        };
        put_doc(vault, bare_doc(DocKind::Notice, id, version, now, Some(to)), &notice).map(Some)
    }

    /// How many records of each entity a user owns.
    pub(crate) async fn owned_by(&self, caller: &Caller, id: UserId) -> Result<Vec<Owned>> {
        if !caller.policy.members.contains_key(&id) {
            return Err(Fault::not_found());
        }
        let mut items = Vec::new();
        for entity in caller.policy.catalog.entities() {
            let [count, binned] = self.count_owned(caller, entity, id).await?;
            if count + binned > 0 {
                items.push(Owned { entity: entity.name.clone(), count, binned });
            }
        }
        Ok(items)
    }
}
