//! What administrators configure, and teams. Each change replaces the policy that the next request is judged by.

use crate::grant_memory::grants_removed;
use crate::others::Administering;
use crate::prepare::issue;
use crate::things_used::over;
use crate::{Caller, Engine, Masked, Released};
use access::{Action, AdminPermit, Level, Team, Thing, Verb};
use identity::{Directory, bare_doc, put_doc};
use kernel::{Fault, FaultKind, RecordId, Result, RoleId, Text};
use ledger::{Act, Event};
use schema::Catalog;
use serde::Serialize;
use std::sync::Arc;
use store::{Batch, DocKind, DocWrite};
use tracing::Instrument;

/// Something configured, with its version for `If-Match`.
#[derive(Clone, Debug, Serialize)]
pub struct Versioned<T> {
    /// It.
    #[serde(flatten)]
    pub value: T,
    /// Its version.
    pub version: u64,
}

/// Roles or teams of one organisation.
pub(crate) const MAX: usize = 1_000;

impl Engine {
    /// Leave to look at or change a thing; a refusal is written down.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn admin(&self, caller: &Caller, thing: Thing, verb: Verb) -> Result<AdminPermit> {
        match caller.policy.admin(&caller.actor, thing, verb) {
            Ok(permit) => Ok(permit),
            Err(fault) => Err(self.refused(caller, 0, RecordId::NIL, fault).await),
        }
    }

    /// The event of looking at a thing of administration, told apart from looking at what is one's own.
    pub(crate) fn looked_at(&self, caller: &Caller, thing: Thing) -> Event {
        over(thing, self.event(caller, Act::AdminRead))
    }

    /// The same, if a right was needed for it.
    pub(crate) fn looked_by(&self, caller: &Caller, right: Option<Thing>) -> Event {
        match right {
            Some(thing) => self.looked_at(caller, thing),
            None => self.event(caller, Act::AdminRead),
        }
    }

    /// Nobody gives away, or takes over by a password, rights over things that are not the giver's own.
    pub(crate) async fn within_own<'a>(
        &self,
        caller: &Caller,
        roles: impl IntoIterator<Item = &'a RoleId> + Send,
    ) -> Result<()> {
        self.owns(caller, &self.things_of(roles)).await
    }

    /// The rights over things that roles give.
    pub(crate) fn things_of<'a>(&self, roles: impl IntoIterator<Item = &'a RoleId>) -> Vec<(Thing, Verb)> {
        let policy = self.policy();
        let roles = roles.into_iter().filter_map(|id| policy.roles.get(id));
        roles.flat_map(|role| role.things.iter().map(|(thing, verb)| (*thing, *verb))).collect()
    }

    pub(crate) async fn owns(&self, caller: &Caller, things: &[(Thing, Verb)]) -> Result<()> {
        let own = |(thing, verb): &(Thing, Verb)| caller.policy.admin(&caller.actor, *thing, *verb).is_ok();
        if things.iter().all(own) {
            return Ok(());
        }
        let text = Text::of(
            "Nie możesz nadać ani przejąć uprawnień, których nie masz. Poproś kogoś, kto je ma.",
            "You cannot give or take rights that you do not have. Ask somebody who has them.",
        );
        Err(self.refused(caller, 0, RecordId::NIL, Fault::new(FaultKind::Forbidden, text)).await)
    }

    /// Commits a change of users, teams, roles or fields, and puts the new policy in force.
    pub(crate) async fn commit_admin(
        &self,
        mut batch: Batch,
        held: &Administering<'_>,
    ) -> Result<ledger::Receipt> {
        batch.directory = held.at;
        let (engine, ended) = (self.clone(), grants_removed(&batch));
        let committed = async move {
            let done = engine.0.store.commit(batch).await?;
            engine.look_at_grants(&ended).await?;
            engine.reload().await?;
            Ok(done.receipt)
        };
        tokio::spawn(committed.in_current_span()).await.map_err(Fault::bug)?
    }

    /// Loads users, teams, roles and fields anew, and puts them in force.
    ///
    /// # Errors
    /// A document that does not open: the old policy stays.
    pub async fn reload(&self) -> Result<()> {
        // One after the other: what was read earlier must not replace what was read later.
        let _alone = self.0.reloading.lock().await;
        let before = self.policy();
        let next = Directory::load(&self.0.store, &self.0.vault, Some(&before)).await?;
        if next.policy.catalog.version != before.catalog.version {
            self.0.index.set_catalog(next.policy.catalog.clone()).await?;
        }
        self.0.identity.heed(&next);
        self.0.directory.store(Arc::new(next));
        self.tell(crate::News::Policy);
        Ok(())
    }

    pub(crate) fn versioned<T>(&self, kind: DocKind, id: [u8; 16], value: T) -> Versioned<T> {
        Versioned { value, version: self.directory().versions.get(&(kind, id)).copied().unwrap_or_default() }
    }

    /// All teams. Every user may know them: they are in the form of every record.
    ///
    /// # Errors
    /// Storage.
    pub async fn teams(&self, caller: &Caller) -> Result<Released<Vec<Versioned<Team>>>> {
        let mut teams: Vec<Team> = caller.policy.teams.values().cloned().collect();
        teams.sort_by_key(|t| t.id);
        let teams = teams.into_iter().map(|t| self.versioned(DocKind::Team, *t.id.bytes(), t)).collect();
        let receipt = self.receipt(self.event(caller, Act::AdminRead)).await?;
        Ok(Masked::new(teams).release(&receipt))
    }

    /// The descriptors of all entities, custom fields included.
    ///
    /// # Errors
    /// Storage.
    pub async fn entities(&self, caller: &Caller) -> Result<Released<Arc<Catalog>>> {
        let receipt = self.receipt(self.event(caller, Act::AdminRead)).await?;
        let catalog = match caller.partner() {
            None => caller.policy.catalog.clone(),
            Some(_) => Arc::new(shown_catalog(caller)),
        };
        Ok(Masked::new(catalog).release(&receipt))
    }

    pub(crate) fn doc<T: Serialize>(
        &self,
        kind: DocKind,
        id: [u8; 16],
        version: u64,
        content: &T,
    ) -> Result<DocWrite> {
        put_doc(&self.0.vault, bare_doc(kind, id, version, self.now(), None), content)
    }
}

/// The descriptors as far as something of them is shared: what other fields and kinds of records the house keeps is not
/// told to a partner.
fn shown_catalog(caller: &Caller) -> Catalog {
    let all = &caller.policy.catalog;
    let shown = all.entities().iter().filter_map(|entity| {
        let permit = caller.policy.list(&caller.actor, Action::Read, entity.code).ok()?;
        let mut entity = entity.clone();
        entity.fields.retain(|field| permit.most().level(&field.name) > Level::Hidden);
        entity.parents.retain(|name| {
            let parent = all.get(name);
            parent.is_some_and(|p| caller.policy.list(&caller.actor, Action::Read, p.code).is_ok())
        });
        Some(entity)
    });
    Catalog::new(all.version, shown.collect())
}

pub(crate) fn short(text: &str, field: &str) -> Result<String> {
    let text = schema::name(text).map_err(|refused| issue(field, refused.code, refused.reason))?;
    if !(1..=100).contains(&text.chars().count()) {
        return Err(issue(field, "malformed", Text::of("Od 1 do 100 znaków.", "1 to 100 characters.")));
    }
    Ok(text)
}

/// As [`short`]; a name that was there before stays as it is, so that all else can be changed.
pub(crate) fn short_or_kept(text: &str, field: &str, old: Option<&str>) -> Result<String> {
    if old == Some(text) { Ok(text.to_owned()) } else { short(text, field) }
}
