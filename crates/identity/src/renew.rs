//! Hashes of passwords that cost less than new ones, or are of an earlier make, are made anew when the
//! password is proved: only then it is known.

use crate::Identity;
use crate::event::Source;
use crate::login::refused;
use crate::passwords::{Asker, PasswordHash};
use crate::users::{User, load_user, renew_hash};
use kernel::{FaultKind, Result, SessionId};
use ledger::{Act, Outcome, Who};
use serde_json::json;
use std::sync::atomic::Ordering;
use store::{Batch, DocKind};

impl Identity {
    /// The user with a hash as new ones are, of the password that was just proved.
    ///
    /// # Errors
    /// Unauthenticated if the password was changed meanwhile; storage's.
    pub(crate) async fn renewed(&self, user: User, password: &str) -> Result<User> {
        let hasher = &self.0.hasher;
        if user.doc.password.as_ref().is_none_or(|kept| hasher.is_current(kept)) {
            return Ok(user);
        }
        let fresh = match hasher.hash(password).await {
            Ok(fresh) => fresh,
            // The next time will do.
            Err(fault) if fault.kind == FaultKind::TooMany => return Ok(user),
            Err(fault) => return Err(fault),
        };
        match self.put_hash(&user, fresh).await {
            Ok(renewed) => Ok(renewed),
            // Another log-in was quicker, or somebody changed the user: the password has to be that one's.
            Err(fault) if matches!(fault.kind, FaultKind::Stale | FaultKind::Conflict) => {
                let doc = self.0.store.doc(DocKind::User, *user.doc.id.bytes()).await?.ok_or_else(refused)?;
                let now = load_user(&self.0.vault, &doc)?;
                let usable = now.doc.password.as_ref().filter(|_| now.doc.may_act(self.0.clock.now()));
                let right = hasher.verify(Asker::Known, password, usable).await?;
                if right { Ok(now) } else { Err(refused()) }
            }
            Err(fault) => Err(fault),
        }
    }

    async fn put_hash(&self, user: &User, fresh: PasswordHash) -> Result<User> {
        let inner = &self.0;
        let source: Source<'_> = inner.source();
        let about = json!({ "user": user.doc.id, "fields": ["password hash"] });
        let event = source.event(Who::System, SessionId::NIL, Act::UserUpdate, Outcome::Done, &about)?;
        let mut batch = Batch::new(event);
        let (renewed, put) = renew_hash(&inner.vault, inner.clock.now(), user, fresh)?;
        batch.docs.push(put);
        let _held = inner.writes.lock().await;
        inner.store.commit(batch).await?;
        inner.renewed.store(true, Ordering::Release);
        Ok(renewed)
    }

    /// Whether users were changed here by themselves since this was last asked.
    #[must_use]
    pub fn take_renewed(&self) -> bool {
        self.0.renewed.load(Ordering::Acquire) && self.0.renewed.swap(false, Ordering::AcqRel)
    }
}
