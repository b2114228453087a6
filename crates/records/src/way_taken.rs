//! Whoever loses the last way in cannot read a notification: a letter tells of it, where mail reached the user before.

use crate::Engine;
use crate::post::{Posted, Posting};
use identity::{Account, Profile, User, has_confirmed, put_ways, ways_before};
use kernel::{FaultKind, Result, UserId};
use ledger::Act;
use mail::{Letter, Taken};
use serde_json::json;
use std::collections::HashMap;
use store::{Batch, DocKind};

/// Milliseconds for which such a letter is of use.
const NEWS_MS: i64 = 3 * 24 * 3_600_000;
/// Letters at most that one change of the settings sends.
const MOST: usize = 500;

impl Engine {
    /// The letter for somebody who comes in by nothing any more, if mail reached the user at the present address and the
    /// user may do anything at all.
    pub(crate) async fn way_taken(&self, user: &User, what: Taken) -> Result<Option<Posting>> {
        if !user.doc.may_act(self.now()) || !has_confirmed(&self.0.store, &self.0.vault, user).await? {
            return Ok(None);
        }
        let posted = Posted {
            letter: Letter::WayTaken { what },
            user: user.doc.id,
            to: user.doc.email.clone(),
            lang: user.doc.lang,
            secret: None,
            purpose: None,
            until: self.now().plus_ms(NEWS_MS),
        };
        self.posting(&posted).await.map(Some)
    }

    /// As [`Engine::way_taken`], if the user came in before and does not once the user is `after`.
    pub(crate) async fn way_taken_by(
        &self,
        user: &User,
        after: &User,
        what: Taken,
    ) -> Result<Option<Posting>> {
        let comes_in = async |user: &User| self.comes_in(&Profile::from(user.clone()), None).await;
        if !comes_in(user).await? || comes_in(after).await? {
            return Ok(None);
        }
        self.way_taken(user, what).await
    }

    /// Writes to everybody who came in by what the settings said at the last start, and does not by those of now; says to
    /// how many. To be called at each start.
    ///
    /// # Errors
    /// Storage's; corrupt.
    pub async fn tell_of_ways(&self) -> Result<usize> {
        let (inner, ways) = (&self.0, self.0.identity.ways());
        let (before, version) = ways_before(&inner.store, &inner.vault).await?;
        if before.as_ref() == Some(ways) {
            return Ok(0);
        }
        let shut_out = match &before {
            Some(before) => self.shut_out(before).await?,
            None => Vec::new(),
        };
        let (mut jobs, mut letters) = (Vec::new(), Vec::new());
        for id in &shut_out {
            if letters.len() == MOST {
                tracing::warn!(
                    users = shut_out.len(),
                    letters = MOST,
                    "more users cannot sign in any more than are written to"
                );
                break;
            }
            let made = async { self.way_taken(&self.stored_user(*id).await?, Taken::Settings).await }.await;
            let letter = self.posted_all(&jobs, made).await?;
            jobs.extend(letter.as_ref().map(Posting::job));
            letters.extend(letter.map(|posting| posting.add));
        }
        let mut event = self.system_event(Act::SignOnWays);
        self.set_detail(&mut event, &json!({ "shut_out": shut_out.len(), "letters": letters.len() }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(put_ways(&inner.vault, self.now(), ways, version)?);
        batch.jobs = letters;
        let done = inner.store.commit(batch).await;
        match self.posted_all(&jobs, done).await {
            Ok(_) => Ok(jobs.len()),
            // Another server did it at the same time.
            Err(fault) if matches!(fault.kind, FaultKind::Stale | FaultKind::Conflict) => Ok(0),
            Err(fault) => Err(fault),
        }
    }

    /// Who came in by these ways, and does not by those of now.
    async fn shut_out(&self, before: &identity::Ways) -> Result<Vec<UserId>> {
        let inner = &self.0;
        let docs = inner.store.docs(DocKind::Account).await?;
        let mut accounts: HashMap<UserId, Vec<Account>> = HashMap::new();
        for doc in &docs {
            let account = Account::open(&inner.vault, doc)?;
            accounts.entry(account.doc.user).or_default().push(account);
        }
        let passkeys = self.all_passkeys().await?;
        let (directory, ways, now) = (self.directory(), inner.identity.ways(), self.now());
        let mut ids: Vec<UserId> = Vec::new();
        for user in directory.users.values().filter(|user| !user.is_service() && user.may_act(now)) {
            let own = accounts.get(&user.id).map(Vec::as_slice).unwrap_or_default();
            if before.let_in(user, &passkeys, own) && !ways.let_in(user, &passkeys, own) {
                ids.push(user.id);
            }
        }
        ids.sort_unstable();
        Ok(ids)
    }
}
