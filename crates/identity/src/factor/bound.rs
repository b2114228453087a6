//! To which names passkeys are bound: one that is bound to a name that the server is not asked under is no way in.

use super::{FactorDoc, What};
use crate::Identity;
use crate::seal::open_doc;
use kernel::{Result, UserId};
use std::collections::HashMap;
use store::{Doc, DocKind};
use vault::Vault;

/// The names that users' passkeys are bound to, one for each passkey.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Passkeys(HashMap<UserId, Vec<String>>);

impl Passkeys {
    /// Those among the documents of factors.
    ///
    /// # Errors
    /// Corrupt if one cannot be read.
    pub fn of(docs: &[Doc], vault: &Vault) -> Result<Self> {
        let name = |doc: &Doc| {
            let factor: FactorDoc = open_doc(vault, doc)?;
            Ok(match factor.what {
                What::Passkey { site, .. } => doc.user.map(|user| (user, site)),
                What::Totp { .. } | What::Recovery(_) => None,
            })
        };
        let factors = docs.iter().filter(|doc| doc.kind == DocKind::Factor);
        factors.filter_map(|doc| name(doc).transpose()).collect()
    }

    /// The names of one user's.
    #[must_use]
    pub fn names(&self, user: UserId) -> &[String] {
        self.0.get(&user).map_or(&[], Vec::as_slice)
    }
}

impl FromIterator<(UserId, String)> for Passkeys {
    fn from_iter<T: IntoIterator<Item = (UserId, String)>>(all: T) -> Self {
        let mut found = Self::default();
        all.into_iter().for_each(|(user, name)| found.0.entry(user).or_default().push(name));
        found
    }
}

impl Identity {
    /// The names that a user's passkeys are bound to.
    ///
    /// # Errors
    /// Storage's.
    pub async fn passkeys(&self, user: UserId) -> Result<Passkeys> {
        let kept = self.factors_of(user).await?;
        Passkeys::of(&kept.into_iter().map(|kept| kept.doc).collect::<Vec<_>>(), &self.0.vault)
    }
}
