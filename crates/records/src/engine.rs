//! The engine's parts, and the steps that every act shares.

use crate::news::rows_of;
use crate::of_partner::hidden_in_bin;
use crate::{Caller, News};
use access::{Action, Facts, ParentFacts, Policy, ReadPermit, WritePermit};
use arc_swap::ArcSwap;
use identity::{ActKind, Directory, Identity};
use index::{Index, IndexRow, Op};
use kernel::{
    ActId, Clock, Fault, FaultKind, Id, IdSource, Random, RecordId, Result, SessionId, SubjectId, Text, Time,
    Zone,
};
use ledger::{Act, Event, Outcome, Receipt, Who};
use schema::{Content, Entity, EntityCode};
use std::sync::Arc;
use store::{Batch, Committed, JobWrite, Row, Store};
use tokio::task::JoinHandle;
use tracing::Instrument;
use vault::Vault;

/// What an engine is put together from.
pub struct Parts {
    /// The truth.
    pub store: Store,
    /// The view that answers lists.
    pub index: Index,
    /// Sessions and passwords.
    pub identity: Identity,
    /// Keys.
    pub vault: Arc<Vault>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
}

/// The engine. Cheap to clone.
#[derive(Clone)]
pub struct Engine(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) store: Store,
    pub(crate) index: Index,
    pub(crate) identity: Identity,
    pub(crate) vault: Arc<Vault>,
    /// Those who wait for keys of new subjects.
    pub(crate) new_keys: Arc<crate::keys::NewKeys>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) ids: IdSource,
    pub(crate) directory: ArcSwap<Directory>,
    /// Held while policy, users, teams, roles or fields change, so that a snapshot is never older
    /// than what is stored.
    pub(crate) admin: tokio::sync::Mutex<()>,
    /// Held while they are loaded anew.
    pub(crate) reloading: tokio::sync::Mutex<()>,
    /// The hint of other servers up to which this one has looked at everything again.
    pub(crate) heard: std::sync::atomic::AtomicU64,
    /// Held while it does.
    pub(crate) hearing: tokio::sync::Mutex<()>,
    /// Held while an erasure is finished, which is tried again later if it was cut short.
    pub(crate) erasing: tokio::sync::Mutex<()>,
    /// What is being verified.
    pub(crate) verifying: crate::verify::Verifying,
    /// Grows around each destruction of keys: what was read before it is not to be kept.
    pub(crate) erasures: std::sync::atomic::AtomicU64,
    /// Held while the index is rebuilt or catches up: the two must not mix.
    pub(crate) following: tokio::sync::Mutex<()>,
    /// Held while the index learns which events showed which records.
    pub(crate) seeing: tokio::sync::Mutex<()>,
    /// How far the upkeep of grants is.
    pub(crate) grants_kept: std::sync::Mutex<crate::grant_upkeep::Kept>,
    /// Attempts outside rights that wait to be written together.
    pub(crate) attempts: crate::tried::Attempts,
    /// What was used of rights, as this server last read it.
    pub(crate) uses: ArcSwap<crate::rights_use::Uses>,
    /// Tells of changes.
    pub(crate) news: tokio::sync::broadcast::Sender<News>,
}

impl Engine {
    /// Puts an engine together from its parts and a directory already loaded.
    #[must_use]
    pub fn new(parts: Parts, directory: Directory) -> Self {
        parts.identity.heed(&directory);
        Self(Arc::new(Inner {
            store: parts.store,
            index: parts.index,
            identity: parts.identity,
            vault: parts.vault,
            new_keys: Arc::default(),
            clock: parts.clock,
            random: parts.random,
            ids: IdSource::new(),
            heard: std::sync::atomic::AtomicU64::new(directory.at),
            directory: ArcSwap::from_pointee(directory),
            admin: tokio::sync::Mutex::new(()),
            reloading: tokio::sync::Mutex::new(()),
            hearing: tokio::sync::Mutex::new(()),
            erasing: tokio::sync::Mutex::new(()),
            verifying: crate::verify::Verifying::default(),
            erasures: std::sync::atomic::AtomicU64::new(0),
            following: tokio::sync::Mutex::new(()),
            seeing: tokio::sync::Mutex::new(()),
            grants_kept: std::sync::Mutex::default(),
            attempts: crate::tried::Attempts::default(),
            uses: ArcSwap::default(),
            news: tokio::sync::broadcast::channel(crate::news::BEHIND).0,
        }))
    }

    /// By whose clocks times are told to users.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        self.0.identity.zone()
    }

    /// A moment by these clocks.
    pub(crate) fn moment(&self, at: Time) -> Text {
        self.zone().moment(at)
    }

    /// The present time.
    #[must_use]
    pub fn now(&self) -> Time {
        self.0.clock.now()
    }

    /// Where randomness comes from.
    #[must_use]
    pub fn random(&self) -> &dyn Random {
        &*self.0.random
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        &*self.0.clock
    }

    /// Users, teams, roles and fields as they are now.
    #[must_use]
    pub fn directory(&self) -> Arc<Directory> {
        self.0.directory.load_full()
    }

    /// The policy in force.
    #[must_use]
    pub fn policy(&self) -> Arc<Policy> {
        self.directory().policy.clone()
    }

    /// The store, for the server's own needs (sessions, health).
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The index, for health and rebuilding.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.0.index
    }

    /// Grows around each erasure: what was read under an earlier number may hold what is erased now.
    #[must_use]
    pub fn erasures(&self) -> u64 {
        self.0.erasures.load(std::sync::atomic::Ordering::Acquire)
    }

    pub(crate) fn note_erasure(&self) {
        self.0.erasures.fetch_add(1, std::sync::atomic::Ordering::AcqRel);
    }

    /// The keys, for status and rotation.
    #[must_use]
    pub fn vault(&self) -> &Arc<Vault> {
        &self.0.vault
    }

    /// An id that nothing has yet.
    #[must_use]
    pub fn id<K>(&self) -> Id<K> {
        self.0.ids.next(&*self.0.clock, &*self.0.random)
    }

    /// An event by `caller`, done, about nothing yet.
    pub(crate) fn event(&self, caller: &Caller, act: Act) -> Event {
        Event {
            who: Who::User(caller.actor.user),
            session: caller.actor.session,
            part_of: caller.part_of,
            ..self.system_event(act)
        }
    }

    /// An event by the program itself.
    #[must_use]
    pub fn system_event(&self, act: Act) -> Event {
        Event {
            id: self.id(),
            at: self.now(),
            who: Who::System,
            session: SessionId::NIL,
            act,
            outcome: Outcome::Done,
            entity: 0,
            record: RecordId::NIL,
            subject: SubjectId::NIL,
            part_of: ActId::NIL,
            touches: Vec::new(),
            detail: Vec::new(),
        }
    }

    /// Refuses a token what is its owner's alone and no scope can name; the attempt is written down.
    ///
    /// # Errors
    /// Forbidden; storage.
    pub async fn not_by_token(&self, caller: &Caller) -> Result<()> {
        if caller.actor.token.is_none() {
            return Ok(());
        }
        let text = Text::of(
            "Tego nie można zrobić tokenem. Zaloguj się.",
            "This cannot be done with a token. Sign in.",
        );
        let fault = Fault::new(FaultKind::Forbidden, text);
        Err(self.refused_to_all_but(caller, 0, RecordId::NIL, fault, &[]).await)
    }

    /// The receipt of an act on many records that changes none of them, if it may be done.
    pub(crate) async fn released_by(
        &self,
        caller: &Caller,
        what: (ActKind, u64),
        event: Event,
    ) -> Result<Receipt> {
        let mut batch = Batch::new(event);
        batch.sessions = self.0.identity.uses_for_others();
        self.commit_cleared(caller, what, batch).await
    }

    pub(crate) async fn receipt(&self, event: Event) -> Result<Receipt> {
        let mut batch = Batch::new(event);
        batch.sessions = self.0.identity.uses_for_others();
        Ok(self.0.store.commit(batch).await?.receipt)
    }

    /// What a decision needs to know of `row`, and the parent it was read with.
    pub(crate) async fn facts(&self, row: &Row) -> Result<(Facts, Option<Row>)> {
        let parent = match row.parent {
            None => None,
            Some(id) => Some(
                self.0
                    .store
                    .row(id)
                    .await?
                    .ok_or_else(|| Fault::corrupt(format!("{} hangs on nothing", row.id)))?,
            ),
        };
        Ok((facts_of(row, parent.as_ref()), parent))
    }

    /// Loads a record for reading, or answers that it does not exist and writes the attempt down.
    pub(crate) async fn lookup(
        &self,
        caller: &Caller,
        entity: &Entity,
        id: RecordId,
    ) -> Result<(Row, Facts, ReadPermit)> {
        let found = match self.0.store.row(id).await? {
            Some(row) if row.entity == entity.code.0 => {
                let (facts, parent) = self.facts(&row).await?;
                let hidden = hidden_in_bin(caller, &row, parent.as_ref());
                let permit = caller.policy.read(&caller.actor, id, &facts).ok();
                permit.filter(|_| !hidden).map(|permit| (row, facts, permit))
            }
            _ => None,
        };
        match found {
            Some(found) => Ok(found),
            None => Err(self.refused(caller, entity.code.0, id, Fault::not_found()).await),
        }
    }

    /// Loads a record for `action`, or refuses it and writes the attempt down.
    pub(crate) async fn lookup_to(
        &self,
        caller: &Caller,
        entity: &Entity,
        id: RecordId,
        action: Action,
    ) -> Result<(Row, Facts, WritePermit)> {
        let (row, facts, _) = self.lookup(caller, entity, id).await?;
        match caller.policy.write(&caller.actor, action, id, &facts) {
            Ok(permit) => Ok((row, facts, permit)),
            Err(fault) => Err(self.refused(caller, row.entity, id, fault).await),
        }
    }

    /// A batch of what `caller` does. As part of a job it is written only while the job is held.
    pub(crate) fn batch(caller: &Caller, event: Event) -> Batch {
        let mut batch = Batch::new(event);
        batch.jobs.extend(caller.hold.map(JobWrite::Held));
        batch
    }

    /// Commits a batch and brings the index up to it before it answers. Runs to its end even if the
    /// caller goes away meanwhile. `ops` belong to the batch's rows, one each, in order.
    pub(crate) async fn commit(&self, batch: Batch, ops: Vec<Op>) -> Result<Committed> {
        let (done, indexed) = self.commit_ahead(batch, ops).await?;
        indexed.await.map_err(|e| Fault::bug(format!("commit: {e}")))?;
        Ok(done)
    }

    /// As [`Engine::commit`], but answers as soon as the batch is durable; what is given besides ends when
    /// the index has it, whether anybody waits or not.
    pub(crate) async fn commit_ahead(
        &self,
        batch: Batch,
        ops: Vec<Op>,
    ) -> Result<(Committed, JoinHandle<()>)> {
        let engine = self.clone();
        let news = News::Rows(rows_of(&batch, &ops));
        let committed = async move {
            let done = engine.0.store.commit(batch).await?;
            let ops = ops.into_iter().enumerate().map(|(i, op)| (done.first_change + i as u64, op)).collect();
            let indexed = tokio::spawn(async move {
                if let Err(fault) = engine.0.index.apply(ops).await {
                    // The write is durable. The index is behind until it catches up from the change feed.
                    tracing::error!(%fault, "the index did not take a change");
                    if let Err(fault) = engine.catch_up(&|_, _| {}).await {
                        tracing::error!(%fault, "the index stays behind");
                    }
                }
                engine.tell(news);
            });
            Ok((done, indexed))
        };
        tokio::spawn(committed.in_current_span()).await.map_err(|e| Fault::bug(format!("commit: {e}")))?
    }
}

/// What a decision needs to know of a row.
pub(crate) fn facts_of(row: &Row, parent: Option<&Row>) -> Facts {
    Facts {
        record: row.id,
        entity: EntityCode(row.entity),
        subject: row.subject,
        owner: row.owner,
        team: row.team,
        parent: parent.map(|p| ParentFacts {
            record: p.id,
            entity: EntityCode(p.entity),
            owner: p.owner,
            team: p.team,
        }),
    }
}

/// The row as the index keeps it.
pub(crate) fn index_row(row: &Row, content: Content) -> IndexRow {
    IndexRow {
        id: row.id,
        entity: EntityCode(row.entity),
        subject: row.subject,
        owner: row.owner,
        team: row.team,
        parent: row.parent,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
        created_by: row.created_by,
        updated_by: row.updated_by,
        archived: row.deleted_at.is_some(),
        content,
    }
}
