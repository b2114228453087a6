//! Requests for access as they are kept: one document as whoever asked knows it, which is the same whatever there is
//! under the id, and one for those who decide, if there is anything to decide on.

use crate::seal::{bare_doc, open_doc, put_doc};
use kernel::{AccessRequestId, Fault, RecordId, Result, SubjectId, Time, UserId};
use serde::{Deserialize, Serialize};
use store::{Doc, DocKind, DocWrite};
use vault::{Context, Owner, Vault};

/// Number under which the reason of a request is sealed.
const REASON: u16 = 61_033;
/// Milliseconds for which a request can be decided on.
const OPEN_MS: i64 = 14 * 24 * 3_600_000;
/// Milliseconds for which whoever asked sees how it went.
const KEPT_MS: i64 = 44 * 24 * 3_600_000;

/// How a request stands for whoever asked. That it was declined is not told before its time is over, for what does not
/// exist is never declined.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessState {
    /// Asked.
    Asked,
    /// Granted.
    Granted,
    /// Nobody granted it in time.
    NotGranted,
}

/// A request as whoever asked knows it: nothing of it depends on what there is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessRequest {
    /// Its id.
    pub id: AccessRequestId,
    /// Who asks.
    pub user: UserId,
    /// The number of the kind of record.
    pub entity: u16,
    /// Which.
    pub record: RecordId,
    /// When it was asked.
    pub at: Time,
    /// Until when access is wanted.
    pub until: Option<Time>,
    /// Whether it was granted.
    pub granted: bool,
    /// Whether its user was told that nobody granted it in time.
    pub told: bool,
}

impl AccessRequest {
    /// Until when it can be decided on.
    #[must_use]
    pub const fn ends_at(&self) -> Time {
        self.at.plus_ms(OPEN_MS)
    }

    /// How it stands.
    #[must_use]
    pub fn state(&self, now: Time) -> AccessState {
        match self.granted {
            true => AccessState::Granted,
            false if now < self.ends_at() => AccessState::Asked,
            false => AccessState::NotGranted,
        }
    }

    /// Whether it is of no use any more.
    #[must_use]
    pub fn is_over(&self, now: Time) -> bool {
        self.at.plus_ms(KEPT_MS) <= now
    }

    /// Opens one.
    ///
    /// # Errors
    /// Corrupt if it is not this one.
    pub fn open(vault: &Vault, doc: &Doc) -> Result<Self> {
        let content: Self = open_doc(vault, doc)?;
        if *content.id.bytes() != doc.id || doc.user != Some(content.user) {
            return Err(Fault::corrupt(format!("access request {}: columns and content differ", content.id)));
        }
        Ok(content)
    }

    /// The write of a new one of a user who has these already. Of several at the same time that know no more than these,
    /// one comes through: the others are in conflict with it.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn put_new(&self, vault: &Vault, now: Time, own: &[Self]) -> Result<DocWrite> {
        let before: Vec<u8> = own.iter().flat_map(|request| *request.id.bytes()).collect();
        let key = vault.mac("access-request-next", &[&self.user.bytes()[..], &before].concat());
        let doc = bare_doc(DocKind::AccessRequest, *self.id.bytes(), 1, now, Some(self.user));
        put_doc(vault, Doc { key: Some(key), ..doc }, self)
    }

    /// The write of it, in place of the version before.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn put(&self, vault: &Vault, now: Time, version: u64) -> Result<DocWrite> {
        let doc = bare_doc(DocKind::AccessRequest, *self.id.bytes(), version + 1, now, Some(self.user));
        put_doc(vault, doc, self)
    }
}

/// A request for those who decide. There is one only while the record is there and nobody decided.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessQuestion {
    /// What was asked.
    pub request: AccessRequest,
    /// Who was told of it.
    pub told: Vec<UserId>,
    /// Whom the record is about, by whose key the reason is sealed.
    subject: SubjectId,
    reason: Vec<u8>,
}

impl AccessQuestion {
    /// A request for a reason. The reason goes with the subject's key.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn new(
        vault: &Vault,
        request: AccessRequest,
        told: Vec<UserId>,
        subject: SubjectId,
        reason: &str,
    ) -> Result<Self> {
        let reason = vault.seal(&context(subject, request.id), reason.as_bytes())?;
        Ok(Self { request, told, subject, reason })
    }

    /// Why access is wanted; nothing once the subject's key is destroyed.
    #[must_use]
    pub fn reason(&self, vault: &Vault) -> Option<String> {
        let plain = vault.open(&context(self.subject, self.request.id), &self.reason).ok()?;
        String::from_utf8(plain).ok()
    }

    /// Opens one.
    ///
    /// # Errors
    /// Corrupt if it is not this one.
    pub fn open(vault: &Vault, doc: &Doc) -> Result<Self> {
        let content: Self = open_doc(vault, doc)?;
        let request = &content.request;
        if *request.id.bytes() != doc.id || doc.user != Some(request.user) {
            return Err(Fault::corrupt(format!(
                "access question {}: columns and content differ",
                request.id
            )));
        }
        Ok(content)
    }

    /// The write of a new one.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn put(&self, vault: &Vault, now: Time) -> Result<DocWrite> {
        let AccessRequest { id, user, .. } = self.request;
        put_doc(vault, bare_doc(DocKind::AccessQuestion, *id.bytes(), 1, now, Some(user)), self)
    }
}

const fn context(subject: SubjectId, id: AccessRequestId) -> Context {
    Context { owner: Owner::Subject(subject), entity: REASON, row: *id.bytes(), schema: 1 }
}
