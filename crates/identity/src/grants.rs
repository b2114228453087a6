//! Grants as they are kept.

use crate::seal::{bare_doc, open_doc, put_doc};
use access::{Grant, Grants, Most};
use kernel::{Fault, GrantId, Result, RoleId, SubjectId, Time};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use store::{Doc, DocKind, DocWrite, Store};
use vault::{Context, Owner, Vault};

/// Number under which the reason of a grant is sealed.
const REASON: u16 = 61_030;

/// The content of a grant's document. The document's user is whoever gave it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantDoc {
    /// What decisions rest on.
    pub grant: Grant,
    /// When it was given.
    pub at: Time,
    /// When it was last renewed, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewed_at: Option<Time>,
    /// How often it was told that its end comes.
    #[serde(default)]
    pub told: u8,
    /// Whom the record is about, by whose key the reason is sealed; nil if it is over no single one.
    subject: SubjectId,
    reason: Vec<u8>,
}

impl GrantDoc {
    /// A grant for a reason. The reason goes with the subject's key.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn new(vault: &Vault, grant: Grant, at: Time, subject: SubjectId, reason: &str) -> Result<Self> {
        let reason = vault.seal(&context(subject, grant.id), reason.as_bytes())?;
        Ok(Self { grant, at, renewed_at: None, told: 0, subject, reason })
    }

    /// The same grant for another while, by whoever renews it and as it may be given now; for another reason, if there is one.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn renewed(
        &self,
        vault: &Vault,
        grant: Grant,
        now: Time,
        subject: SubjectId,
        reason: Option<&str>,
    ) -> Result<Self> {
        let next = match reason.map(str::to_owned).or_else(|| self.reason(vault)) {
            Some(reason) => Self::new(vault, grant, self.at, subject, &reason)?,
            None => Self { grant, ..self.clone() },
        };
        Ok(Self { renewed_at: Some(now), told: 0, ..next })
    }

    /// Whom the record is about.
    #[must_use]
    pub const fn subject(&self) -> SubjectId {
        self.subject
    }

    /// Why it was given; nothing once the subject's key is destroyed.
    #[must_use]
    pub fn reason(&self, vault: &Vault) -> Option<String> {
        let plain = vault.open(&context(self.subject, self.grant.id), &self.reason).ok()?;
        String::from_utf8(plain).ok()
    }

    /// Opens a grant's document.
    ///
    /// # Errors
    /// Corrupt if it is not this grant's.
    pub fn open(vault: &Vault, doc: &Doc) -> Result<Self> {
        let content: Self = open_doc(vault, doc)?;
        if *content.grant.id.bytes() != doc.id || doc.user != Some(content.grant.by) {
            return Err(Fault::corrupt(format!("grant {}: columns and content differ", content.grant.id)));
        }
        Ok(content)
    }

    /// The write of it, in place of the version before; 0 if there is none.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn put(&self, vault: &Vault, now: Time, version: u64) -> Result<DocWrite> {
        put_doc(
            vault,
            bare_doc(DocKind::Grant, *self.grant.id.bytes(), version + 1, now, Some(self.grant.by)),
            self,
        )
    }
}

/// All grants.
///
/// # Errors
/// Corrupt if one cannot be read.
pub async fn load_grants(store: &Store, vault: &Vault) -> Result<Grants> {
    let mut grants = Grants::default();
    // Many grants of one role give the same at most: they share it.
    let mut most: HashMap<RoleId, Vec<Arc<Most>>> = HashMap::new();
    for doc in store.docs(DocKind::Grant).await? {
        let mut grant = GrantDoc::open(vault, &doc)?.grant;
        if let Some(own) = &mut grant.most {
            let known = most.entry(grant.role).or_default();
            match known.iter().find(|known| *known == own) {
                Some(same) => own.clone_from(same),
                None => known.push(own.clone()),
            }
        }
        grants.put(grant);
    }
    Ok(grants)
}

fn context(subject: SubjectId, id: GrantId) -> Context {
    // Cover is about nobody's record.
    let owner = if subject.is_nil() { Owner::Organisation } else { Owner::Subject(subject) };
    Context { owner, entity: REASON, row: *id.bytes(), schema: 1 }
}
