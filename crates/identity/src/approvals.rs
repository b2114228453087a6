//! Acts on many records that a second person has to approve: which, as administrators decide, and how requests are kept.

use crate::seal::{bare_doc, open_doc, put_doc};
use kernel::{ApprovalId, Fault, FieldIssue, JobId, Lang, Result, SessionId, SubjectId, Text, Time, UserId};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;
use store::{Doc, DocKind, DocWrite};
use vault::{Context, Owner, Vault};

/// Numbers under which the reason of a request, and what is asked for, are sealed.
const REASON: u16 = 61_140;
const ORDER: u16 = 61_141;
/// From how many records on an act may need approval.
const FROM: RangeInclusive<u32> = 1..=50_000;
/// Days for which a request may wait.
const DAYS: RangeInclusive<u16> = 1..=30;
/// Milliseconds of a day.
const DAY_MS: i64 = 24 * 3_600_000;
/// Milliseconds for which it is kept how a request went.
const KEPT_MS: i64 = 30 * DAY_MS;

/// A kind of act on many records.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    /// Changing many, bringing many back from the bin, handing over.
    BulkEdit,
    /// Moving many to the bin.
    BulkDelete,
    /// Sharing: many at once, one by one, or all that somebody owns.
    BulkShare,
    /// Taking records out in a file.
    Export,
    /// Erasing for good.
    Erase,
    /// Roles, and who has them; counted in people.
    RoleChange,
}

impl ActKind {
    /// All.
    pub const ALL: [Self; 6] =
        [Self::BulkEdit, Self::BulkDelete, Self::BulkShare, Self::Export, Self::Erase, Self::RoleChange];

    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BulkEdit => "bulk_edit",
            Self::BulkDelete => "bulk_delete",
            Self::BulkShare => "bulk_share",
            Self::Export => "export",
            Self::Erase => "erase",
            Self::RoleChange => "role_change",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn label(self) -> Text {
        match self {
            Self::BulkEdit => Text::of("Zmiana wielu rekordów", "Change of many records"),
            Self::BulkDelete => {
                Text::of("Przeniesienie wielu rekordów do kosza", "Moving many records to the bin")
            }
            Self::BulkShare => Text::of("Udostępnianie wielu rekordów", "Sharing many records"),
            Self::Export => Text::of("Eksport", "Export"),
            Self::Erase => Text::of("Trwałe usunięcie", "Erasure"),
            Self::RoleChange => Text::of("Zmiana ról", "Change of roles"),
        }
    }
}

/// From how many records on a second person has to approve: never, if absent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovalRules {
    /// Changing many.
    pub bulk_edit: Option<u32>,
    /// Moving many to the bin.
    pub bulk_delete: Option<u32>,
    /// Sharing. Rules that were decided before there was this one have what holds without anybody's deciding.
    #[serde(default = "shared_from")]
    pub bulk_share: Option<u32>,
    /// Taking out in a file.
    pub export: Option<u32>,
    /// Erasing: records that go with whom they are about.
    pub erase: Option<u32>,
    /// Roles: people concerned.
    pub role_change: Option<u32>,
    /// Days for which a request waits.
    pub days: u16,
}

/// From how many records on sharing needs approval, unless somebody decides otherwise.
#[allow(clippy::unnecessary_wraps)]
const fn shared_from() -> Option<u32> {
    Some(50)
}

impl Default for ApprovalRules {
    fn default() -> Self {
        Self {
            bulk_edit: Some(5_000),
            bulk_delete: Some(1_000),
            bulk_share: shared_from(),
            export: Some(1_000),
            erase: Some(500),
            role_change: None,
            days: 7,
        }
    }
}

impl ApprovalRules {
    /// Id of the one document.
    pub const ID: [u8; 16] = *b"approval rules\0\0";

    /// From how many on a kind of act needs approval.
    #[must_use]
    pub const fn from(&self, kind: ActKind) -> Option<u32> {
        match kind {
            ActKind::BulkEdit => self.bulk_edit,
            ActKind::BulkDelete => self.bulk_delete,
            ActKind::BulkShare => self.bulk_share,
            ActKind::Export => self.export,
            ActKind::Erase => self.erase,
            ActKind::RoleChange => self.role_change,
        }
    }

    /// Whether an act on so many needs approval. What is always approved is so even if it is about nobody yet.
    #[must_use]
    pub fn asks(&self, kind: ActKind, count: u64) -> bool {
        self.from(kind).is_some_and(|from| count.max(1) >= u64::from(from))
    }

    /// Whether these ask less than others do, of any kind.
    #[must_use]
    pub fn loosens(&self, before: &Self) -> bool {
        let weaker = |kind: &ActKind| match (before.from(*kind), self.from(*kind)) {
            (Some(_), None) => true,
            (Some(was), Some(is)) => is > was,
            (None, _) => false,
        };
        ActKind::ALL.iter().any(weaker)
    }

    /// The rules, if they make sense.
    ///
    /// # Errors
    /// Invalid, field by field.
    pub fn check(self) -> Result<Self> {
        let mut issues = Vec::new();
        for kind in ActKind::ALL {
            if self.from(kind).is_some_and(|from| !FROM.contains(&from)) {
                let reason = Text::of("Od 1 do 50 000 albo nigdy.", "From 1 to 50,000, or never.");
                issues.push(wrong(kind.name(), reason, "1000"));
            }
        }
        if !DAYS.contains(&self.days) {
            issues.push(wrong("days", Text::of("Od 1 do 30 dni.", "From 1 to 30 days."), "7"));
        }
        if issues.is_empty() { Ok(self) } else { Err(Fault::fields(issues)) }
    }
}

fn wrong(field: &str, reason: Text, example: &str) -> FieldIssue {
    let (field, code) = (field.to_owned(), "out-of-range".to_owned());
    FieldIssue { field, code, reason, example: Some(example.to_owned()) }
}

/// How a request stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalState {
    /// It waits.
    Asked,
    /// Somebody approved, and it was done or is being.
    Approved,
    /// Somebody declined.
    Declined,
    /// Whoever asked took it back.
    Withdrawn,
    /// Nobody decided in time.
    Expired,
    /// Whoever asked may not act any more.
    Ended,
    /// Somebody approved, and it could not be done any more.
    Void,
}

/// A request as it is kept: without what it asks for, which lies sealed in a document of its own.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// Its id.
    pub id: ApprovalId,
    /// The key that seals reason and order, which goes when it is decided.
    pub key: SubjectId,
    /// Who asks.
    pub user: UserId,
    /// The token by which it was asked; nil, if it was in a session.
    pub token: SessionId,
    /// The language of whoever asks.
    pub lang: Lang,
    /// What kind of act.
    pub kind: ActKind,
    /// On which entity, if on one.
    pub entity: Option<String>,
    /// On how many.
    pub count: u64,
    /// A mark of exactly what was asked for.
    pub digest: String,
    /// When.
    pub at: Time,
    /// Until when it can be decided on.
    pub ends_at: Time,
    /// Who was told.
    pub told: Vec<UserId>,
    /// How it stands.
    pub state: ApprovalState,
    /// Who decided.
    pub by: Option<UserId>,
    /// When it was decided on, or ended.
    pub decided_at: Option<Time>,
    /// Why it was declined, or could not be done.
    pub said: Option<String>,
    /// The job that does it.
    pub job: Option<JobId>,
    /// Why it is asked, sealed.
    pub reason: Vec<u8>,
}

/// What a new request is about.
pub struct NewApproval {
    /// Its id.
    pub id: ApprovalId,
    /// The key, which is there already.
    pub key: SubjectId,
    /// Who asks, in which language, and by which token.
    pub by: (UserId, Lang, SessionId),
    /// What kind of act, and on which entity.
    pub what: (ActKind, Option<String>),
    /// On how many.
    pub count: u64,
    /// From when until when it can be decided on.
    pub span: (Time, Time),
    /// Who is told.
    pub told: Vec<UserId>,
}

impl Approval {
    /// A request for a reason, and the document with what is asked for.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn new(vault: &Vault, new: NewApproval, reason: &str, order: &[u8]) -> Result<(Self, DocWrite)> {
        let NewApproval { id, key, by: (user, lang, token), what: (kind, entity), count, span, told } = new;
        let sealed = vault.seal(&context(REASON, key, id), reason.as_bytes())?;
        let digest = hex::encode(vault.mac("approval", &[&id.bytes()[..], order].concat()));
        let (at, ends_at) = span;
        let (state, by, decided_at, said, job) = (ApprovalState::Asked, None, None, None, None);
        let approval = Self {
            id,
            key,
            user,
            token,
            lang,
            kind,
            entity,
            count,
            digest,
            at,
            ends_at,
            told,
            state,
            by,
            decided_at,
            said,
            job,
            reason: sealed,
        };
        let doc = bare_doc(DocKind::ApprovalOrder, *id.bytes(), 1, at, Some(user));
        let sealed = vault.seal(&context(ORDER, key, id), order)?;
        Ok((approval, DocWrite::Put(Doc { sealed, ..doc })))
    }

    /// Whether it can be decided on.
    #[must_use]
    pub fn is_open(&self, now: Time) -> bool {
        self.state == ApprovalState::Asked && now < self.ends_at
    }

    /// Whether nobody needs to see any more how it went.
    #[must_use]
    pub fn is_over(&self, now: Time) -> bool {
        self.decided_at.is_some_and(|at| at.plus_ms(KEPT_MS) <= now)
    }

    /// Why it is asked; nothing once it was decided.
    #[must_use]
    pub fn reason(&self, vault: &Vault) -> Option<String> {
        let plain = vault.open(&context(REASON, self.key, self.id), &self.reason).ok()?;
        String::from_utf8(plain).ok()
    }

    /// What is asked for.
    ///
    /// # Errors
    /// Corrupt if it is another one than was asked for.
    pub fn order(&self, vault: &Vault, doc: &Doc) -> Result<Vec<u8>> {
        let order = vault.open(&context(ORDER, self.key, self.id), &doc.sealed)?;
        let digest = hex::encode(vault.mac("approval", &[&self.id.bytes()[..], &order].concat()));
        if digest != self.digest {
            return Err(Fault::corrupt(format!("approval {}: its order is another one", self.id)));
        }
        Ok(order)
    }

    /// Milliseconds from now until then, for a rule of so many days.
    #[must_use]
    pub fn ends_after(now: Time, days: u16) -> Time {
        now.plus_ms(i64::from(days) * DAY_MS)
    }

    /// Opens one.
    ///
    /// # Errors
    /// Corrupt if it is not this one.
    pub fn open(vault: &Vault, doc: &Doc) -> Result<Self> {
        let content: Self = open_doc(vault, doc)?;
        if *content.id.bytes() != doc.id || doc.user != Some(content.user) {
            return Err(Fault::corrupt(format!("approval {}: columns and content differ", content.id)));
        }
        Ok(content)
    }

    /// The write of a new one of a user who has these open already: of several at the same time one comes through.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn put_new(&self, vault: &Vault, open: &[Self]) -> Result<DocWrite> {
        let before: Vec<u8> = open.iter().flat_map(|one| *one.id.bytes()).collect();
        let key = vault.mac("approval-next", &[&self.user.bytes()[..], &before].concat());
        let doc = bare_doc(DocKind::Approval, *self.id.bytes(), 1, self.at, Some(self.user));
        put_doc(vault, Doc { key: Some(key), ..doc }, self)
    }

    /// The write of it, in place of the version before.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn put(&self, vault: &Vault, now: Time, version: u64) -> Result<DocWrite> {
        put_doc(vault, bare_doc(DocKind::Approval, *self.id.bytes(), version + 1, now, Some(self.user)), self)
    }
}

const fn context(entity: u16, key: SubjectId, id: ApprovalId) -> Context {
    Context { owner: Owner::Subject(key), entity, row: *id.bytes(), schema: 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_less_is_looser_and_nothing_else_is() {
        let before = ApprovalRules::default();
        let with = |export, role_change| ApprovalRules { export, role_change, ..before.clone() };
        for (rules, looser) in [
            (with(Some(1_000), None), false),
            (with(Some(999), None), false),
            (with(Some(1), Some(1)), false),
            (with(Some(1_001), None), true),
            (with(None, Some(1)), true),
        ] {
            assert_eq!(rules.loosens(&before), looser, "{rules:?}");
        }
        let kept = serde_json::json!({
            "bulk_edit": 7, "bulk_delete": null, "export": 8, "erase": 9, "role_change": null, "days": 3,
        });
        let kept: ApprovalRules = serde_json::from_value(kept).unwrap();
        assert_eq!((kept.bulk_share, kept.bulk_edit), (before.bulk_share, Some(7)));
        assert!(!before.asks(ActKind::BulkShare, 49) && before.asks(ActKind::BulkShare, 50));
        assert!(!before.asks(ActKind::Export, 999) && before.asks(ActKind::Export, 1_000));
        assert!(!before.asks(ActKind::RoleChange, 9) && with(None, Some(1)).asks(ActKind::RoleChange, 0));
        assert!(with(Some(0), None).check().is_err() && with(Some(50_001), None).check().is_err());
        assert!(ApprovalRules { days: 31, ..before.clone() }.check().is_err() && before.check().is_ok());
    }
}
