//! Requests for access end by themselves. That is judged when they are used; what is done here clears away and tells.

use crate::Engine;
use identity::{AccessQuestion, AccessRequest};
use kernel::{FaultKind, Result, Text};
use ledger::Act;
use serde_json::json;
use store::{Batch, Doc, DocKind, DocWrite, Row};

impl Engine {
    /// Tells of requests whose time is over, the same of all that nobody granted; and takes away those of users who may
    /// not act any more, and those that nobody needs to see any more.
    ///
    /// # Errors
    /// Storage.
    pub async fn end_access_requests(&self) -> Result<()> {
        for doc in self.0.store.docs(DocKind::AccessRequest).await? {
            match self.end_access_request(&doc).await {
                // Somebody decided meanwhile, or another server was faster.
                Err(fault) if matches!(fault.kind, FaultKind::Stale | FaultKind::Conflict) => {}
                done => done?,
            }
        }
        Ok(())
    }

    async fn end_access_request(&self, doc: &Doc) -> Result<()> {
        let (now, request) = (self.now(), AccessRequest::open(&self.0.vault, doc)?);
        let (late, gone) = (request.ends_at() <= now, !self.may_act(request.user));
        let tells = late && !request.granted && !request.told;
        if !(tells || gone || request.is_over(now)) {
            return Ok(());
        }
        let mut event = self.system_event(Act::AccessLapse);
        self.set_detail(&mut event, &json!({ "request": request.id, "user": request.user }))?;
        let mut batch = Batch::new(event);
        if let Some(kept) = self.0.store.doc(DocKind::AccessQuestion, doc.id).await? {
            let question = AccessQuestion::open(&self.0.vault, &kept)?;
            batch.docs.push(DocWrite::Remove(DocKind::AccessQuestion, kept.id, kept.version));
            if tells && !gone {
                batch.docs.extend(self.lapse_notices(&question)?);
            }
        }
        if gone || request.is_over(now) {
            batch.docs.push(DocWrite::Remove(DocKind::AccessRequest, doc.id, doc.version));
        } else {
            let told = AccessRequest { told: true, ..request.clone() };
            batch.docs.push(told.put(&self.0.vault, now, doc.version)?);
            batch.docs.push(self.not_granted_notice(&request)?);
        }
        self.0.store.commit(batch).await.map(drop)
    }

    /// The same for what was declined, for what nobody looked at and for what never was.
    fn not_granted_notice(&self, request: &AccessRequest) -> Result<DocWrite> {
        let at = self.moment(request.at);
        let title = Text::of("Prośba o dostęp wygasła", "A request for access has ended");
        let body = Text::new(
            format!("Na prośbę z {} nie udzielono dostępu w ciągu 14 dni. Możesz poprosić ponownie.", at.pl),
            format!("The request of {} was not granted within 14 days. You can ask again.", at.en),
        );
        self.access_notice(request.user, "access-not-granted", title, body)
    }

    /// To those who were told of it, if nobody decided.
    fn lapse_notices(&self, question: &AccessQuestion) -> Result<Vec<DocWrite>> {
        let who = self.user_name(question.request.user).name;
        let title = Text::new(
            format!("Prośba o dostęp wygasła bez odpowiedzi: {who}"),
            format!("A request for access ended without an answer: {who}"),
        );
        let body = Text::of(
            "Nikt nie odpowiedział na nią w ciągu 14 dni. Udostępnić rekord możesz nadal, na jego stronie.",
            "Nobody answered it within 14 days. You can still share the record, on its page.",
        );
        let told = question.told.iter().filter(|user| self.may_act(**user));
        told.map(|user| self.access_notice(*user, "access-lapsed", title.clone(), body.clone())).collect()
    }

    /// Requests for records that are about to be erased: nobody decides on them any more, in the same batch.
    pub(crate) async fn questions_about(&self, rows: &[Row], batch: &mut Batch) -> Result<()> {
        for doc in self.0.store.docs(DocKind::AccessQuestion).await? {
            let question = AccessQuestion::open(&self.0.vault, &doc)?;
            if rows.iter().any(|row| row.id == question.request.record) {
                batch.docs.push(DocWrite::Remove(DocKind::AccessQuestion, doc.id, doc.version));
            }
        }
        Ok(())
    }
}
