//! How much somebody did to many records without anybody's approval, over a day: so that what is too much at once is not
//! done in slices.

use crate::ActKind;
use crate::seal::{bare_doc, open_doc, put_doc};
use kernel::{Fault, Result, Time, UserId};
use serde::{Deserialize, Serialize};
use store::{Doc, DocKind, DocWrite};
use vault::Vault;

/// Milliseconds for which an act counts: a day.
const COUNTS_MS: i64 = 24 * 3_600_000;
/// Milliseconds of acts that are kept as one. All of them count until the last does not any more.
const TOGETHER_MS: i64 = 15 * 60_000;

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    from: Time,
    until: Time,
    count: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    user: UserId,
    kind: ActKind,
    parts: Vec<Part>,
}

/// What one user did of one kind. Of programs it is kept with whoever answers for them.
#[derive(Clone, Debug)]
pub struct DoneAlone {
    content: Content,
    version: u64,
}

impl DoneAlone {
    /// Where it is kept.
    #[must_use]
    pub fn id(vault: &Vault, user: UserId, kind: ActKind) -> [u8; 16] {
        let mac = vault.mac("done-alone-id", &[user.bytes(), kind.name().as_bytes()].concat());
        let mut id = [0; 16];
        id.copy_from_slice(&mac[..16]);
        id
    }

    /// What is kept; nothing done, if nothing is.
    ///
    /// # Errors
    /// Corrupt if it is another one.
    pub fn open(vault: &Vault, doc: Option<&Doc>, user: UserId, kind: ActKind) -> Result<Self> {
        let Some(doc) = doc else {
            return Ok(Self { content: Content { user, kind, parts: Vec::new() }, version: 0 });
        };
        let content: Content = open_doc(vault, doc)?;
        if content.user != user || content.kind != kind {
            return Err(Fault::corrupt(format!("what was done alone {}: another one", hex::encode(doc.id))));
        }
        Ok(Self { content, version: doc.version })
    }

    /// The version that was opened; 0 if none is kept.
    #[must_use]
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// How many in the last 24 hours.
    #[must_use]
    pub fn count(&self, now: Time) -> u64 {
        self.counting(now).map(|part| part.count).fold(0, u64::saturating_add)
    }

    fn counting(&self, now: Time) -> impl Iterator<Item = &Part> {
        self.content.parts.iter().filter(move |part| part.until.plus_ms(COUNTS_MS) > now)
    }

    /// The write with so many more, in place of the version that was opened: of two at the same moment, one comes through.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn more(&self, vault: &Vault, now: Time, count: u64) -> Result<DocWrite> {
        let mut parts: Vec<Part> = self.counting(now).copied().collect();
        match parts.last_mut().filter(|last| now < last.from.plus_ms(TOGETHER_MS)) {
            Some(last) => {
                last.until = last.until.max(now);
                last.count = last.count.saturating_add(count);
            }
            None => parts.push(Part { from: now, until: now, count }),
        }
        let Content { user, kind, .. } = self.content;
        let id = Self::id(vault, user, kind);
        let doc = bare_doc(DocKind::DoneAlone, id, self.version + 1, now, Some(user));
        put_doc(vault, doc, &Content { user, kind, parts })
    }

    /// Whether nothing of a document counts any more.
    ///
    /// # Errors
    /// Corrupt.
    pub fn is_over(vault: &Vault, doc: &Doc, now: Time) -> Result<bool> {
        let content: Content = open_doc(vault, doc)?;
        Ok(Self { content, version: doc.version }.counting(now).next().is_none())
    }
}
