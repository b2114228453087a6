//! Taking a user's factors away after a loss. Who may ask for it, and who agrees, is decided before.

use super::{FactorCount, Kept, told};
use crate::seal::{bare_doc, open_doc, put_doc};
use crate::users::set_factors;
use crate::{Identity, Way};
use kernel::{Result, Time, UserId};
use serde::{Deserialize, Serialize};
use store::{Batch, DocKind, DocWrite};

/// How long a second administrator has to agree, in milliseconds: a day.
const OPEN_MS: i64 = 24 * 3_600_000;

/// That somebody's factors are to be taken away.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactorReset {
    /// Who asked for it.
    pub asked_by: UserId,
    /// When.
    pub asked_at: Time,
    /// Nobody can agree from then on.
    pub ends_at: Time,
    /// Why, and how it was made sure who asks.
    pub reason: String,
}

impl Identity {
    /// What was asked for about a user, if its time is not over, with the version of its document; 0 if there is none.
    ///
    /// # Errors
    /// Storage's.
    pub async fn factor_reset(&self, user: UserId) -> Result<(Option<FactorReset>, u64)> {
        let Some(doc) = self.0.store.doc(DocKind::FactorReset, *user.bytes()).await? else {
            return Ok((None, 0));
        };
        let reset: FactorReset = open_doc(&self.0.vault, &doc)?;
        Ok((Some(reset).filter(|reset| self.0.clock.now() < reset.ends_at), doc.version))
    }

    /// Puts into a batch that it is asked for, in place of what was asked for before under `version`; tells `told`.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn ask_factor_reset(
        &self,
        batch: &mut Batch,
        (user, version): (UserId, u64),
        (by, reason): (UserId, &str),
        told: &[UserId],
    ) -> Result<FactorReset> {
        let now = self.0.clock.now();
        let (asked_by, reason) = (by, reason.to_owned());
        let reset = FactorReset { asked_by, asked_at: now, ends_at: now.plus_ms(OPEN_MS), reason };
        let doc = bare_doc(DocKind::FactorReset, *user.bytes(), version + 1, now, Some(user));
        batch.docs.push(put_doc(&self.0.vault, doc, &reset)?);
        super::told::add(batch, told::reset_asked(&self.0.source(), told, reset.ends_at)?);
        Ok(reset)
    }

    /// Puts into a batch that a user has no factor any more and must add one before anything else; tells `told`, also
    /// by what the user comes in then, which comes back.
    ///
    /// # Errors
    /// Not found; storage's.
    pub async fn take_factors(
        &self,
        batch: &mut Batch,
        user: UserId,
        told: &[UserId],
    ) -> Result<Option<Way>> {
        let current = self.user_now(user).await?;
        let all = self.factors_of(user).await?;
        batch.docs.extend(all.iter().map(Kept::removal));
        let now = self.0.clock.now();
        let (_, put) = set_factors(&self.0.vault, now, &current, FactorCount::default(), true)?;
        batch.docs.push(put);
        if let (_, version @ 1..) = self.factor_reset(user).await? {
            batch.docs.push(DocWrite::Remove(DocKind::FactorReset, *user.bytes(), version));
        }
        let way = self.way_without_passkeys(&current).await?;
        super::told::add(batch, told::reset(&self.0.source(), told, way)?);
        Ok(way)
    }
}
