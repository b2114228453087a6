//! Taking somebody's factors away after a loss: one administrator asks, another one agrees.

use crate::others::Administering;
use crate::post::Posting;
use crate::prepare::issue;
use crate::{Caller, Engine, Masked, Released};
use access::{Thing, Verb};
use identity::{FactorReset, Profile, Way};
use kernel::{Fault, FaultKind, Result, Text, Time, UserId};
use ledger::Act;
use mail::Taken;
use serde::Serialize;
use serde_json::json;
use store::{Batch, DocKind, DocWrite};

/// Characters of a reason.
const REASON: std::ops::RangeInclusive<usize> = 10..=500;
/// Milliseconds for which whoever asks, and whoever agrees, must have managed users: a week. Otherwise one
/// administrator could make another and be both.
pub(crate) const SETTLED_MS: i64 = 7 * 24 * 3_600_000;

/// What was asked for.
#[derive(Clone, Debug, Serialize)]
pub struct ResetView {
    /// By whom.
    pub asked_by: UserId,
    /// When (RFC 3339).
    pub asked_at: String,
    /// Nobody can agree from then on (RFC 3339).
    pub ends_at: String,
    /// Why.
    pub reason: String,
}

impl From<FactorReset> for ResetView {
    fn from(FactorReset { asked_by, asked_at, ends_at, reason }: FactorReset) -> Self {
        Self { asked_by, asked_at: Time::rfc3339(asked_at), ends_at: ends_at.rfc3339(), reason }
    }
}

impl Engine {
    /// Asks that a user's factors be taken away. It needs another administrator to agree within a day.
    ///
    /// # Errors
    /// Forbidden, also for a token and of a user with rights that the caller lacks; not found; conflict if it is
    /// the caller, has no factor, it was asked for already, or the caller has managed users for less than a week; a
    /// reason that is too short or long.
    pub async fn ask_factor_reset(
        &self,
        caller: &Caller,
        user: UserId,
        reason: &str,
    ) -> Result<Released<ResetView>> {
        self.may_reset(caller, user).await?;
        let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
        if !REASON.contains(&reason.chars().count()) || reason.contains(char::is_control) {
            let text = Text::of(
                "Napisz w 10 do 500 znakach, dlaczego i jak sprawdzono, kto o to prosi.",
                "Write in 10 to 500 characters why, and how it was made sure who asks.",
            );
            return Err(issue("reason", "malformed-reason", text));
        }
        if user == caller.actor.user {
            return Err(conflict(Text::of(
                "O odebranie własnych składników poproś innego administratora.",
                "Ask another administrator to have your own factors taken away.",
            )));
        }
        let held = self.administer().await?;
        self.settled(caller, self.now())?;
        if !self.0.identity.factors_held(user).await?.any() {
            return Err(conflict(Text::of(
                "Ta osoba nie ma żadnego składnika logowania.",
                "This user has no sign-in factor.",
            )));
        }
        let (open, version) = self.0.identity.factor_reset(user).await?;
        if open.is_some() {
            return Err(conflict(Text::of(
                "Poproszono o to już wcześniej; czeka na zgodę drugiego administratora.",
                "This was asked for already; it waits for a second administrator to agree.",
            )));
        }
        let mut event = self.event(caller, Act::FactorResetAsk);
        self.set_detail(&mut event, &json!({ "user": user, "reason": reason }))?;
        let mut batch = Batch::new(event);
        let by = (caller.actor.user, reason.as_str());
        let reset =
            self.0.identity.ask_factor_reset(&mut batch, (user, version), by, &self.concerned(user))?;
        let receipt = self.commit_admin(batch, &held).await?;
        Ok(Masked::new(ResetView::from(reset)).release(&receipt))
    }

    /// Agrees: the user's factors, sessions and tokens end, and the next sign-in can only add a factor.
    ///
    /// # Errors
    /// As asking; not found if nothing was asked for; conflict for whoever asked, for the user, for whoever had
    /// managed users for less than a week when it was asked, and if who asked may not do so any more.
    pub async fn confirm_factor_reset(&self, caller: &Caller, user: UserId) -> Result<()> {
        self.may_reset(caller, user).await?;
        let held = self.administer().await?;
        let reset = self.0.identity.factor_reset(user).await?.0.ok_or_else(Fault::not_found)?;
        let me = caller.actor.user;
        if me == reset.asked_by || me == user {
            return Err(conflict(Text::of(
                "Zgodzić się musi inny administrator niż ten, kto poprosił, i nie sama zainteresowana osoba.",
                "Another administrator than who asked must agree, and not the user.",
            )));
        }
        if !self.directory().holders(Thing::Users, Verb::Manage, self.now()).contains(&reset.asked_by) {
            return Err(conflict(Text::of(
                "Kto poprosił, nie zarządza już użytkownikami. Poproś od nowa.",
                "Who asked does not manage users any more. Ask anew.",
            )));
        }
        self.settled(caller, reset.asked_at)?;
        let mut event = self.event(caller, Act::FactorReset);
        self.set_detail(&mut event, &json!({ "user": user, "asked_by": reset.asked_by }))?;
        self.take_factors(Batch::new(event), user, &held).await.map(drop)
    }

    /// Commits that a user's factors, sessions and tokens end; a letter tells a user of it who comes in by nothing else.
    async fn take_factors(
        &self,
        mut batch: Batch,
        user: UserId,
        held: &Administering<'_>,
    ) -> Result<Option<Way>> {
        let current = self.stored_user(user).await?;
        let came_in = self.comes_in(&Profile::from(current.clone()), None).await?;
        let way = self.0.identity.take_factors(&mut batch, user, &self.concerned(user)).await?;
        let lost = came_in && way.is_none();
        let letter = if lost { self.way_taken(&current, Taken::Factors).await? } else { None };
        let job = letter.as_ref().map(Posting::job);
        batch.jobs.extend(letter.map(|p| p.add));
        let done = self.commit_ending(batch, user, held).await;
        self.posted(job, done).await.map(|_| way)
    }

    /// Withdraws or refuses what was asked for.
    ///
    /// # Errors
    /// Forbidden, also for a token; not found if nothing was asked for.
    pub async fn withdraw_factor_reset(&self, caller: &Caller, user: UserId) -> Result<()> {
        self.admin(caller, Thing::Users, Verb::Manage).await?;
        self.not_by_token(caller).await?;
        let (Some(reset), version) = self.0.identity.factor_reset(user).await? else {
            return Err(Fault::not_found());
        };
        let mut event = self.event(caller, Act::FactorResetWithdraw);
        self.set_detail(&mut event, &json!({ "user": user, "asked_by": reset.asked_by }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(DocWrite::Remove(DocKind::FactorReset, *user.bytes(), version));
        self.0.store.commit(batch).await.map(drop)
    }

    /// Takes a user's factors away, by who has the machine in hand. Says what the user comes in by then, if by anything.
    ///
    /// # Errors
    /// Not found; storage's.
    pub async fn operator_reset_factors(&self, user: UserId) -> Result<Option<Way>> {
        let held = self.administer().await?;
        let mut event = self.operator_event(Act::FactorReset);
        self.set_detail(&mut event, &json!({ "user": user }))?;
        self.take_factors(Batch::new(event), user, &held).await
    }

    /// Leave to take away the factors of a user whose rights are no more than the caller's.
    async fn may_reset(&self, caller: &Caller, user: UserId) -> Result<()> {
        self.admin(caller, Thing::Users, Verb::Manage).await?;
        self.not_by_token(caller).await?;
        let directory = self.directory();
        let profile = directory.users.get(&user).ok_or_else(Fault::not_found)?;
        self.within_own(caller, &profile.roles).await
    }

    /// Refuses a caller who, when it was asked, had managed users for less than a week.
    fn settled(&self, caller: &Caller, asked_at: Time) -> Result<()> {
        let since = self.directory().manages_users_since(caller.actor.user);
        if since.is_some_and(|since| since.plus_ms(SETTLED_MS) <= asked_at) {
            return Ok(());
        }
        Err(conflict(Text::of(
            "Poprosić i zgodzić się może tylko ktoś, kto w chwili prośby zarządza użytkownikami od tygodnia: jego role się w tym czasie nie zmieniły i nikt inny nie nadał mu hasła. Jeśli nie ma dwóch takich osób, zrobi to na serwerze polecenie: klucznik user factors reset LOGIN",
            "Only somebody can ask and agree who, when it was asked, has managed users for a week: with the same roles, and a password that nobody else gave. Where there are no two such people, this does it on the server: klucznik user factors reset USERNAME",
        )))
    }

    /// The user and everybody who manages users.
    fn concerned(&self, user: UserId) -> Vec<UserId> {
        let mut all = self.directory().holders(Thing::Users, Verb::Manage, self.now());
        all.retain(|other| *other != user);
        all.push(user);
        all
    }
}

pub(crate) const fn conflict(text: Text) -> Fault {
    Fault::new(FaultKind::Conflict, text)
}
