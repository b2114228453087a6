//! Colleagues: who there is, as everybody may know it, and who of them could be given records.

use crate::explain::as_user;
use crate::prepare::issue;
use crate::{Caller, Engine, Masked, Released};
use access::{Action, Facts, Scope, Thing, Verb};
use identity::Profile;
use kernel::{RecordId, Result, SubjectId, TeamId, Text, UserId};
use ledger::Act;
use schema::Entity;
use serde::Serialize;
use std::collections::HashMap;

/// A colleague as everybody may know: who can own records.
#[derive(Clone, Debug, Serialize)]
pub struct Colleague {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Log-in name: for whoever reads users, of the caller, and where nothing else tells apart two who could be given
    /// records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login: Option<String>,
    /// Team.
    pub team: TeamId,
    /// Whether the colleague may own records.
    pub active: bool,
    /// Whether it is a service account, and no person.
    pub service: bool,
}

/// Who of the users is asked for.
struct Choice<'a> {
    caller: &'a Caller,
    /// Whether the caller reads users.
    reads: bool,
}

impl Choice<'_> {
    /// Whether a user could be given records of this entity: as with each record, the user must see it, and the caller
    /// be able to make it for that user. Whoever makes none, and so gives none, but reads users, looks at what others
    /// could give.
    fn fits(&self, entity: &Entity, user: &Profile) -> bool {
        let (policy, actor) = (&self.caller.policy, &self.caller.actor);
        let (subject, parent) = (SubjectId::NIL, None);
        let (record, owner, team) = (RecordId::NIL, user.id, user.team);
        let there = Facts { record, entity: entity.code, subject, owner, team, parent };
        let given = match policy.scope(actor, Action::Create, &entity.name) {
            Scope::None => self.reads,
            _ => policy.decide(actor, Action::Create, &there).allow,
        };
        given && policy.decide(&as_user(self.caller, user.id), Action::Read, &there).allow
    }
}

impl Engine {
    /// Names and teams of all users; of those only who could be given records of any of these entities, if there are
    /// some: no service account, and nobody who has left.
    ///
    /// # Errors
    /// Invalid if there is no such entity; storage.
    pub async fn colleagues(&self, caller: &Caller, to_own: &[String]) -> Result<Released<Vec<Colleague>>> {
        let (directory, now) = (self.directory(), self.now());
        let find = |name: &String| caller.policy.catalog.get(name).ok_or_else(no_such_entity);
        let entities = to_own.iter().map(find).collect::<Result<Vec<_>>>()?;
        let reads = caller.policy.admin(&caller.actor, Thing::Users, Verb::Read).is_ok();
        let choice = Choice { caller, reads };
        let fits = |user: &&Profile| {
            let person = !user.is_service() && user.may_act(now);
            // Whoever is of a partner is no colleague.
            user.partner.is_none()
                && (entities.is_empty() || person && entities.iter().any(|entity| choice.fits(entity, user)))
        };
        let chosen: Vec<&Profile> = directory.users.values().filter(fits).collect();
        let called = |user: &Profile| (schema::fold(&user.name), user.team);
        let mut same: HashMap<_, u32> = HashMap::new();
        if !entities.is_empty() {
            chosen.iter().for_each(|user| *same.entry(called(user)).or_default() += 1);
        }
        let told = |user: &Profile| {
            reads || user.id == caller.actor.user || same.get(&called(user)).is_some_and(|count| *count > 1)
        };
        let colleague = |user: &Profile| Colleague {
            id: user.id,
            name: user.name.clone(),
            login: (told(user) && !user.is_service()).then(|| user.login.clone()),
            team: user.team,
            active: user.may_act(now),
            service: user.is_service(),
        };
        let mut all: Vec<Colleague> = chosen.into_iter().map(colleague).collect();
        all.sort_by_key(|c| c.id);
        let receipt = self.receipt(self.event(caller, Act::AdminRead)).await?;
        Ok(Masked::new(all).release(&receipt))
    }
}

fn no_such_entity() -> kernel::Fault {
    let text = Text::of("Nie ma takiego rodzaju rekordów.", "There is no such kind of records.");
    issue("to_own", "unknown-entity", text)
}
