//! Who could hand over what somebody owns, and asking them to: whoever administers users need not see any record.

use super::Owned;
use crate::explain::as_user;
use crate::prepare::issue;
use crate::{Caller, Engine};
use access::{Action, Facts, ParentFacts, Policy, Scope, Thing, Verb};
use identity::{NoticeDoc, bare_doc, put_doc};
use kernel::{Fault, Id, Kind, Named, Result, SubjectId, TeamId, Text, UserId};
use ledger::Act;
use schema::Entity;
use serde_json::json;
use store::{Batch, DocKind, DocWrite};

/// People who are named, and who are asked at once.
pub const ASKED_MAX: usize = 10;
/// The code of what they are told.
const CODE: &str = "hand-over-asked";

enum NoticeKind {}
impl Kind for NoticeKind {
    const NAME: &'static str = "notification";
}

/// Whether somebody could give records of this entity, which a user of this team owns, to others of that team.
fn could(policy: &Policy, by: UserId, entity: &Entity, (owner, team): (UserId, TeamId)) -> bool {
    let actor = as_user(by);
    let parent = entity.parents.first().and_then(|name| policy.catalog.get(name));
    let parent = parent.map(|above| ParentFacts { entity: above.code, owner, team });
    let facts = Facts { entity: entity.code, subject: SubjectId::NIL, owner, team, parent };
    [Action::Update, Action::Create].into_iter().all(|action| {
        policy.scope(&actor, action, &entity.name) >= Scope::Below
            && policy.decide(&actor, action, &facts).allow
    })
}

impl Engine {
    /// Who could hand over what this user owns, those first who could hand over most of its kinds.
    pub(super) fn who_could(&self, from: UserId, owned: &[Owned]) -> Vec<Named<UserId>> {
        let (policy, now, directory) = (self.policy(), self.now(), self.directory());
        let Some(team) = policy.members.get(&from).map(|member| member.team) else { return Vec::new() };
        let kinds: Vec<&Entity> =
            owned.iter().filter(|o| o.count > 0).filter_map(|o| policy.catalog.get(&o.entity)).collect();
        let people = directory.users.values().filter(|u| u.id != from && !u.is_service() && u.may_act(now));
        let count = |by| kinds.iter().filter(|kind| could(&policy, by, kind, (from, team))).count();
        let mut able: Vec<(usize, UserId)> = people.map(|user| (count(user.id), user.id)).collect();
        able.retain(|(count, _)| *count > 0);
        able.sort_unstable_by_key(|(count, id)| (usize::MAX - count, *id));
        able.into_iter().take(ASKED_MAX).map(|(_, id)| self.user_name(id)).collect()
    }

    /// Asks people who could hand over what a user owns to do so.
    ///
    /// # Errors
    /// Forbidden, also for a token; not found; invalid if somebody asked could not do it.
    pub async fn ask_hand_over(&self, caller: &Caller, from: UserId, asked: &[UserId]) -> Result<()> {
        self.admin(caller, Thing::Users, Verb::Manage).await?;
        self.not_by_token(caller).await?;
        let owned = self.owned_by(caller, from).await?;
        let able = self.who_could(from, &owned);
        let fits = |id: &UserId| *id != caller.actor.user && able.iter().any(|named| named.id == *id);
        if !(1..=ASKED_MAX).contains(&asked.len()) || !asked.iter().all(fits) {
            let text = Text::of(
                "Wskaż od 1 do 10 osób, które mogą przekazać te rekordy; wymienia je „who_could”.",
                "Name 1 to 10 people who can hand these records over; `who_could` names them.",
            );
            return Err(issue("ask", "not-able", text));
        }
        let mut event = self.event(caller, Act::NoticeCreate);
        self.set_detail(
            &mut event,
            &json!({ "code": CODE, "count": asked.len(), "user": from, "to": asked }),
        )?;
        let mut batch = Batch::new(event);
        let mut asked = asked.to_vec();
        asked.sort_unstable();
        asked.dedup();
        batch.docs = asked.iter().map(|to| self.asking_note(caller, from, *to)).collect::<Result<_>>()?;
        self.0.store.commit(batch).await.map(drop)
    }

    fn asking_note(&self, caller: &Caller, from: UserId, to: UserId) -> Result<DocWrite> {
        let directory = self.directory();
        let (by, whose, now) =
            (directory.user_name(caller.actor.user), directory.user_name(from), self.now());
        let notice = NoticeDoc {
            code: CODE.to_owned(),
            title: Text::new(
                format!("Prośba o przekazanie rekordów: {whose}"),
                format!("You are asked to hand over records: {whose}"),
            ),
            body: Text::new(
                format!(
                    "Prosi o to {by}: administrator tych rekordów nie widzi, a Ty tak. Zanim cokolwiek się zmieni, obejrzysz podgląd."
                ),
                format!(
                    "{by} asks for it: whoever administers users does not see these records, and you do. You see a preview before anything changes."
                ),
            ),
            at: now,
            read_at: None,
            about: Some(from),
        };
        let id: Id<NoticeKind> = self.id();
        put_doc(&self.0.vault, bare_doc(DocKind::Notice, *id.bytes(), 1, now, Some(to)), &notice)
    }

    /// How many records of each entity a user owns.
    pub(super) async fn owned_by(&self, caller: &Caller, id: UserId) -> Result<Vec<Owned>> {
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
