//! Notifications to one user.

use crate::prepare::issue;
use crate::{Caller, Engine, Masked, Released};
use identity::{open_doc, put_doc};
use kernel::{Fault, RecordId, Result, Text, limits};
use ledger::Act;
use serde::Serialize;
use std::collections::BTreeSet;
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
    pub about: Option<kernel::UserId>,
}

impl Engine {
    /// The caller's notifications, newest first.
    ///
    /// # Errors
    /// Storage.
    pub async fn notices(&self, caller: &Caller) -> Result<Released<Vec<NoticeView>>> {
        self.not_by_token(caller).await?;
        let docs = self.0.store.docs_of_user(DocKind::Notice, caller.actor.user, limits::PAGE_MAX).await?;
        let open = |doc: &Doc| Ok((doc.id, open_doc::<identity::NoticeDoc>(&self.0.vault, doc)?));
        let mut notices = docs.iter().map(open).collect::<Result<Vec<_>>>()?;
        // Not every id begins with a time: there is one alone of what is told once.
        notices.sort_by_key(|(_, notice)| std::cmp::Reverse(notice.at));
        let view = |(id, notice): ([u8; 16], identity::NoticeDoc)| NoticeView {
            id: RecordId::from_bytes(id),
            code: notice.code,
            title: notice.title.get(caller.lang).to_owned(),
            body: notice.body.get(caller.lang).to_owned(),
            at: notice.at.rfc3339(),
            read_at: notice.read_at.map(kernel::Time::rfc3339),
            about: notice.about,
        };
        let views: Vec<_> = notices.into_iter().map(view).collect();
        let receipt = self.receipt(self.event(caller, Act::NoticeRead)).await?;
        Ok(Masked::new(views).release(&receipt))
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
            let next = Doc { version: doc.version + 1, updated_at: self.now(), ..doc };
            batch.docs.push(put_doc(&self.0.vault, next, &notice)?);
        }
        self.0.store.commit(batch).await.map(drop)
    }
}
