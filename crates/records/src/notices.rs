//! Notifications to one user.

use crate::prepare::issue;
use crate::{Caller, Engine, Masked, Released};
use identity::{open_doc, put_doc};
use kernel::{Fault, GrantId, RecordId, Result, Text, UserId, limits};
use ledger::Act;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use store::{Batch, Doc, DocKind};

/// A notification in the caller's language.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeView {
    /// Id.
    pub id: RecordId,
    /// Stable code.
    pub code: String,
    /// Title.
    pub title: String,
    /// What happened, and what to do.
    pub body: String,
    /// When (RFC 3339).
    pub at: String,
    /// Read when (RFC 3339).
    pub read_at: Option<String>,
    /// Which user it is about, where something is to be done about that one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<UserId>,
    /// Which record it is about, where the caller sees it now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<NoticeRecord>,
    /// Which grant it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant: Option<GrantId>,
}

/// A record by its kind and id.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeRecord {
    /// Name of its entity.
    pub entity: String,
    /// Its id.
    pub id: RecordId,
}

impl Engine {
    /// The caller's notifications, newest first.
    ///
    /// # Errors
    /// Storage.
    pub async fn notices(&self, caller: &Caller) -> Result<Released<Vec<NoticeView>>> {
        self.not_by_token(caller).await?;
        let docs =
            self.0.store.docs_of_user_by_time(DocKind::Notice, caller.actor.user, limits::PAGE_MAX).await?;
        let open = |doc: &Doc| Ok((doc.id, open_doc::<identity::NoticeDoc>(&self.0.vault, doc)?));
        let mut notices = docs.iter().map(open).collect::<Result<Vec<_>>>()?;
        // Not every id begins with a time: there is one alone of what is told once.
        notices.sort_by_key(|(_, notice)| std::cmp::Reverse(notice.at));
        let seen = self.told_records(caller, &notices).await?;
        let view = |(id, notice): ([u8; 16], identity::NoticeDoc)| {
            let record = notice.grant.as_ref().and_then(|grant| grant.record);
            NoticeView {
                id: RecordId::from_bytes(id),
                code: notice.code,
                title: notice.title.get(caller.lang).to_owned(),
                body: notice.body.get(caller.lang).to_owned(),
                at: notice.at.rfc3339(),
                read_at: notice.read_at.map(kernel::Time::rfc3339),
                about: notice.about,
                record: record.and_then(|(_, id)| Some(NoticeRecord { entity: seen.get(&id)?.clone(), id })),
                grant: notice.grant.map(|grant| grant.id),
            }
        };
        let views: Vec<_> = notices.into_iter().map(view).collect();
        let receipt = self.receipt(self.event(caller, Act::NoticeRead)).await?;
        Ok(Masked::new(views).release(&receipt))
    }

    /// Those of the records that notifications are about which the caller sees now, with the names of their entities.
    async fn told_records(
        &self,
        caller: &Caller,
        notices: &[([u8; 16], identity::NoticeDoc)],
    ) -> Result<HashMap<RecordId, String>> {
        let record = |notice: &identity::NoticeDoc| Some(notice.grant.as_ref()?.record?.1);
        let ids: BTreeSet<RecordId> = notices.iter().filter_map(|(_, notice)| record(notice)).collect();
        let mut seen = HashMap::new();
        for row in self.0.store.rows(ids.into_iter().collect()).await? {
            let (facts, _) = self.facts(&row).await?;
            if let Some(entity) = caller.policy.catalog.by_code(facts.entity)
                && caller.policy.read(&caller.actor, row.id, &facts).is_ok()
            {
                seen.insert(row.id, entity.name.clone());
            }
        }
        Ok(seen)
    }

    /// Marks some of the caller's notifications as read, all or none; doing it twice changes nothing.
    ///
    /// # Errors
    /// Not found; invalid without ids and with more than a list has.
    pub async fn read_notices(&self, caller: &Caller, ids: &[RecordId]) -> Result<()> {
        self.not_by_token(caller).await?;
        if !(1..=limits::PAGE_MAX as usize).contains(&ids.len()) {
            let max = limits::PAGE_MAX;
            let reason = Text::new(
                format!("Wskaż od 1 do {max} powiadomień."),
                format!("Choose 1 to {max} notifications."),
            );
            return Err(issue("ids", "out-of-range", reason));
        }
        let mut batch = Batch::new(self.event(caller, Act::NoticeRead));
        for id in ids.iter().collect::<BTreeSet<_>>() {
            let doc = self.0.store.doc(DocKind::Notice, *id.bytes()).await?;
            let Some(doc) = doc.filter(|d| d.user == Some(caller.actor.user)) else {
                return Err(self.refused(caller, 0, RecordId::NIL, Fault::not_found()).await);
            };
            let mut notice: identity::NoticeDoc = open_doc(&self.0.vault, &doc)?;
            if notice.read_at.is_some() {
                continue;
            }
            notice.read_at = Some(self.now());
            // It keeps its time, by which the newest are listed.
            let next = Doc { version: doc.version + 1, ..doc };
            batch.docs.push(put_doc(&self.0.vault, next, &notice)?);
        }
        self.0.store.commit(batch).await.map(drop)
    }
}
