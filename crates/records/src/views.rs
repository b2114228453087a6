//! Saved views: a list's parameters under a name, of one user, shared with others if that one wants. A
//! view gives no right: the list it leads to is judged for whoever opens it.

use crate::admin::{short, short_or_kept};
use crate::prepare::issue;
use crate::{Caller, Engine, ListRequest, Masked, Released};
use access::Action;
use identity::{bare_doc, open_doc, put_doc};
use kernel::{ActId, Fault, Named, RecordId, Result, Text, UserId};
use ledger::{Act, Event};
use schema::Entity;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Batch, Doc, DocKind, DocWrite};

/// Views of one user.
pub(crate) const VIEWS: u32 = 200;
/// Characters of a view's query.
const QUERY_CHARS: usize = 2_000;

/// Reads the search part of a URL as a list is asked for.
pub type ParseQuery<'a> = &'a (dyn Fn(&str) -> Result<ListRequest> + Sync);

/// A view to be kept.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ViewInput {
    /// Name of the entity.
    pub entity: String,
    /// What people read.
    pub name: String,
    /// The search part of a URL, without `?`.
    pub query: String,
    /// Whether others are offered it.
    #[serde(default)]
    pub shared: bool,
}

/// A change of a view; what is `None` stays.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ViewChange {
    /// What people read.
    pub name: Option<String>,
    /// The search part of a URL.
    pub query: Option<String>,
    /// Whether others are offered it.
    pub shared: Option<bool>,
}

/// The content of a view's document. Its owner is the document's user; it has a key if it is shared, so that
/// nothing is opened of what others keep to themselves.
#[derive(Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) entity: String,
    pub(crate) name: String,
    pub(crate) query: String,
    /// How it came to whom it belongs, if it was handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) handed: Option<Handed>,
}

/// In which act a view came to another owner, and in which version: what was changed since does not go back.
#[derive(Serialize, Deserialize)]
pub(crate) struct Handed {
    pub(crate) act: ActId,
    pub(crate) version: u64,
}

/// A saved view as a user is offered it.
#[derive(Clone, Debug, Serialize)]
pub struct SavedView {
    /// Id.
    pub id: RecordId,
    /// Name of the entity.
    pub entity: String,
    /// What people read.
    pub name: String,
    /// The search part of a URL, without `?`.
    pub query: String,
    /// Whether others are offered it.
    pub shared: bool,
    /// Whether the caller's list opens with it.
    pub default: bool,
    /// Whose.
    pub owner: Named<UserId>,
    /// Whether it is the caller's.
    pub mine: bool,
    /// Version, for `If-Match`.
    pub version: u64,
}

impl Engine {
    /// The caller's views, and those that others share and the caller could have made too: a query by a
    /// field that is hidden from the caller would tell that the field is there.
    ///
    /// # Errors
    /// Forbidden for a token; unknown entity.
    pub async fn views(
        &self,
        caller: &Caller,
        entity: Option<&str>,
        parse: ParseQuery<'_>,
    ) -> Result<Released<Vec<SavedView>>> {
        self.not_by_token(caller).await?;
        if let Some(name) = entity {
            entity_of(caller, name)?;
        }
        let me = caller.actor.user;
        let mut docs = self.0.store.docs_of_user(DocKind::View, me, VIEWS).await?;
        let shared = self.0.store.docs_with_key(DocKind::View).await?;
        docs.extend(shared.into_iter().filter(|doc| doc.user != Some(me)));
        let mut found = Vec::new();
        for doc in docs {
            let kept: Kept = open_doc(&self.0.vault, &doc)?;
            if entity.is_none_or(|e| e == kept.entity) && self.offered(caller, &doc, &kept, parse) {
                found.push((doc, kept));
            }
        }
        found.sort_by_cached_key(|(doc, kept)| (schema::fold(&kept.name), doc.id));
        let defaults = self.kept_preferences(me).await?.0.default_views;
        let show = |(doc, kept): (Doc, Kept)| {
            let default = defaults.values().any(|id| *id == RecordId::from_bytes(doc.id));
            self.show(caller, &doc, kept, default)
        };
        let views = found.into_iter().map(show).collect();
        let receipt = self.receipt(self.event(caller, Act::AdminRead)).await?;
        Ok(Masked::new(views).release(&receipt))
    }

    /// Keeps a view.
    ///
    /// # Errors
    /// Forbidden for a token; invalid if the query is none of this entity's list for the caller, or there
    /// are too many.
    pub async fn create_view(
        &self,
        caller: &Caller,
        input: ViewInput,
        parse: ParseQuery<'_>,
    ) -> Result<Released<SavedView>> {
        self.not_by_token(caller).await?;
        let name = short(&input.name, "name")?;
        let kept = Kept { name, entity: input.entity, query: input.query, handed: None };
        self.must_fit(caller, &kept, parse).await?;
        let user = caller.actor.user;
        if self.0.store.docs_of_user(DocKind::View, user, VIEWS).await?.len() >= VIEWS as usize {
            let text = Text::new(
                format!("Najwyżej {VIEWS} widoków. Usuń któryś z zapisanych."),
                format!("At most {VIEWS} views. Delete one of the saved ones."),
            );
            return Err(Fault::invalid(text));
        }
        let id: RecordId = self.id();
        let doc = Doc {
            key: input.shared.then(|| shared_key(id)),
            ..bare_doc(DocKind::View, *id.bytes(), 1, self.now(), Some(user))
        };
        self.write_view(caller, Act::ViewCreate, doc, kept, false).await
    }

    /// Changes one of the caller's views.
    ///
    /// # Errors
    /// Not found; forbidden if it is another's; stale; invalid.
    pub async fn update_view(
        &self,
        caller: &Caller,
        id: RecordId,
        version: u64,
        change: ViewChange,
        parse: ParseQuery<'_>,
    ) -> Result<Released<SavedView>> {
        let (doc, mut kept) = self.own_view(caller, id, parse).await?;
        if doc.version != version {
            return Err(Fault::stale());
        }
        if let Some(name) = change.name {
            kept.name = short_or_kept(&name, "name", Some(&kept.name))?;
        }
        kept.query = change.query.unwrap_or(kept.query);
        let key = change.shared.unwrap_or(doc.key.is_some()).then(|| shared_key(id));
        self.must_fit(caller, &kept, parse).await?;
        let defaults = self.kept_preferences(caller.actor.user).await?.0.default_views;
        let default = defaults.values().any(|d| *d == id);
        let doc = Doc { key, version: version + 1, updated_at: self.now(), ..doc };
        self.write_view(caller, Act::ViewUpdate, doc, kept, default).await
    }

    /// Removes one of the caller's views.
    ///
    /// # Errors
    /// Not found; forbidden if it is another's; stale.
    pub async fn remove_view(
        &self,
        caller: &Caller,
        id: RecordId,
        version: u64,
        parse: ParseQuery<'_>,
    ) -> Result<()> {
        let (doc, kept) = self.own_view(caller, id, parse).await?;
        let mut batch = Batch::new(self.view_event(caller, Act::ViewDelete, &doc, &kept)?);
        batch.docs.push(DocWrite::Remove(DocKind::View, doc.id, version));
        self.0.store.commit(batch).await.map(drop)
    }

    /// Lets the caller's list open with a view, or no longer.
    ///
    /// # Errors
    /// Not found; forbidden for a token.
    pub async fn set_default_view(
        &self,
        caller: &Caller,
        id: RecordId,
        on: bool,
        parse: ParseQuery<'_>,
    ) -> Result<()> {
        self.not_by_token(caller).await?;
        let (_, view) = self.view(caller, id, parse).await?;
        let change = |kept: &mut crate::preferences::Kept| match on {
            true => drop(kept.default_views.insert(view.entity.clone(), id)),
            false => kept.default_views.retain(|_, d| *d != id),
        };
        self.change_kept(caller, None, change).await.map(drop)
    }

    async fn view(&self, caller: &Caller, id: RecordId, parse: ParseQuery<'_>) -> Result<(Doc, Kept)> {
        let may = |doc: &Doc| doc.user == Some(caller.actor.user) || doc.key.is_some();
        if let Some(doc) = self.0.store.doc(DocKind::View, *id.bytes()).await?.filter(may) {
            let kept: Kept = open_doc(&self.0.vault, &doc)?;
            if self.offered(caller, &doc, &kept, parse) {
                return Ok((doc, kept));
            }
        }
        Err(self.refused(caller, 0, RecordId::NIL, Fault::not_found()).await)
    }

    async fn own_view(&self, caller: &Caller, id: RecordId, parse: ParseQuery<'_>) -> Result<(Doc, Kept)> {
        self.not_by_token(caller).await?;
        let (doc, kept) = self.view(caller, id, parse).await?;
        if doc.user == Some(caller.actor.user) {
            return Ok((doc, kept));
        }
        let text = Text::of("Ten widok należy do kogoś innego.", "This view is somebody else's.");
        let fault = Fault::new(kernel::FaultKind::Forbidden, text);
        Err(self.refused_to_all_but(caller, 0, RecordId::NIL, fault, doc.user.as_slice()).await)
    }

    fn offered(&self, caller: &Caller, doc: &Doc, kept: &Kept, parse: ParseQuery<'_>) -> bool {
        // Others' words about many records are not for whoever was granted some of them.
        let by_roles = Caller { actor: caller.actor.by_roles_alone(), ..caller.clone() };
        doc.user == Some(caller.actor.user)
            || (doc.key.is_some() && self.fits(&by_roles, kept, parse).is_ok())
    }

    /// As [`Engine::fits`]; a missing right is written down.
    async fn must_fit(&self, caller: &Caller, kept: &Kept, parse: ParseQuery<'_>) -> Result<()> {
        match self.fits(caller, kept, parse) {
            Err(fault) if fault.kind == kernel::FaultKind::Forbidden => {
                let entity = caller.policy.catalog.get(&kept.entity).map_or(0, |e| e.code.0);
                Err(self.refused(caller, entity, RecordId::NIL, fault).await)
            }
            other => other.map_err(|fault| fault.within(&kept.entity)),
        }
    }

    /// Whether the caller could ask for this list.
    pub(crate) fn fits(&self, caller: &Caller, kept: &Kept, parse: ParseQuery<'_>) -> Result<()> {
        let entity = entity_of(caller, &kept.entity)?;
        let permit = caller.policy.list(&caller.actor, Action::Read, entity.code)?;
        let chars = kept.query.chars().count();
        let request = (chars <= QUERY_CHARS).then(|| parse(&kept.query)).transpose()?;
        match request {
            Some(request) if request.cursor.is_none() => {
                self.query(caller, entity, &permit, &request).map(drop)
            }
            _ => Err(issue(
                "query",
                "malformed",
                Text::new(
                    format!("Parametry listy bez kursora, najwyżej {QUERY_CHARS} znaków."),
                    format!("Parameters of a list without a cursor, at most {QUERY_CHARS} characters."),
                ),
            )),
        }
    }

    async fn write_view(
        &self,
        caller: &Caller,
        act: Act,
        doc: Doc,
        kept: Kept,
        default: bool,
    ) -> Result<Released<SavedView>> {
        let event = self.view_event(caller, act, &doc, &kept)?;
        let mut batch = Batch::new(event);
        batch.docs.push(put_doc(&self.0.vault, doc.clone(), &kept)?);
        let done = self.0.store.commit(batch).await?;
        Ok(Masked::new(self.show(caller, &doc, kept, default)).release(&done.receipt))
    }

    /// Without name and query, which may hold values.
    pub(crate) fn view_event(&self, caller: &Caller, act: Act, doc: &Doc, kept: &Kept) -> Result<Event> {
        let code = caller.policy.catalog.get(&kept.entity).map_or(0, |e| e.code.0);
        let mut event = Event { entity: code, ..self.event(caller, act) };
        let id = RecordId::from_bytes(doc.id);
        self.set_detail(&mut event, &json!({ "view": id, "shared": doc.key.is_some() }))?;
        Ok(event)
    }

    fn show(&self, caller: &Caller, doc: &Doc, kept: Kept, default: bool) -> SavedView {
        let owner = doc.user.unwrap_or(UserId::NIL);
        let Kept { entity, name, query, handed: _ } = kept;
        SavedView {
            id: RecordId::from_bytes(doc.id),
            entity,
            name,
            query,
            shared: doc.key.is_some(),
            default,
            owner: self.user_name(owner),
            mine: owner == caller.actor.user,
            version: doc.version,
        }
    }
}

/// The key of a shared view's document. The id is no secret.
fn shared_key(id: RecordId) -> [u8; 32] {
    vault::sha256(&[b"shared view", id.bytes()])
}

fn entity_of<'a>(caller: &'a Caller, name: &str) -> Result<&'a Entity> {
    caller.policy.catalog.get(name).ok_or_else(|| {
        issue(
            "entity",
            "unknown-entity",
            Text::of("Nie ma takiego rodzaju rekordów.", "There is no such kind of record."),
        )
    })
}
