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
        Ok(Self { grant, at, subject, reason })
    }

    /// The same grant for another while, by whoever renews it and as it may be given now; for another reason, if there is one.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn renewed(
        &self,
        vault: &Vault,
        grant: Grant,
        subject: SubjectId,
        reason: Option<&str>,
    ) -> Result<Self> {
        match reason.map(str::to_owned).or_else(|| self.reason(vault)) {
            Some(reason) => Self::new(vault, grant, self.at, subject, &reason),
            None => Ok(Self { grant, ..self.clone() }),
        }
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

/// What is known of the end of a grant: beside it, so that whoever reads grants has nothing to do with it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GrantEnd {
    /// Which end: of another one nothing is said here.
    pub until: Time,
    /// When the grant was last renewed, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewed_at: Option<Time>,
    /// How often it was told that this end comes.
    #[serde(default)]
    pub told: u8,
}

impl GrantEnd {
    /// What is kept of a grant's end, if anything is, and the version of that; 0 if there is none.
    ///
    /// # Errors
    /// Corrupt; storage.
    pub async fn kept(store: &Store, vault: &Vault, id: GrantId) -> Result<(Option<Self>, u64)> {
        let Some(doc) = store.doc(DocKind::GrantEnd, *id.bytes()).await? else { return Ok((None, 0)) };
        Ok((Some(open_doc(vault, &doc)?), doc.version))
    }

    /// The write of it, in place of the version before; 0 if there is none.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn put(&self, vault: &Vault, id: GrantId, now: Time, version: u64) -> Result<DocWrite> {
        put_doc(vault, bare_doc(DocKind::GrantEnd, *id.bytes(), version + 1, now, None), self)
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

#[cfg(test)]
mod tests {
    use super::*;
    use access::{Grantee, Over};
    use kernel::UserId;

    /// Releases before open what this one writes: they refuse a field that they do not know.
    #[test]
    fn a_grant_has_no_field_that_earlier_releases_do_not_know() {
        let grant = Grant {
            id: GrantId::NIL,
            to: Grantee::User(UserId::NIL),
            by: UserId::NIL,
            role: RoleId::NIL,
            over: Over::OwnedBy(UserId::NIL),
            fields: None,
            from: Time(0),
            until: Some(Time(1)),
            most: None,
        };
        let doc = GrantDoc { grant, at: Time(0), subject: SubjectId::NIL, reason: Vec::new() };
        let written = serde_json::to_value(&doc).unwrap();
        let mut names: Vec<_> = written.as_object().unwrap().keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["at", "grant", "reason", "subject"]);
    }
}
