//! Second factors: users' own, and what administrators ask for and see of others'.

use crate::prepare::issue;
use crate::things_used::over;
use crate::{Caller, Engine, Masked, Released, ResetView, Versioned};
use access::{Thing, Verb};
use identity::{
    Client, FactorId, FactorState, FactorView, FactorsHeld, Need, Proof, Requirement, RequirementInput,
    Session, Whence,
};
use kernel::{Fault, FaultKind, Refusal, Result, Text, Time, UserId};
use ledger::Act;
use serde::Serialize;
use serde_json::json;
use store::{Batch, DocKind};

/// Which factors a user has, and what is asked of the user.
#[derive(Clone, Debug, Serialize)]
pub struct FactorsView {
    /// How many of each kind.
    pub kinds: FactorsHeld,
    /// What must be there.
    pub need: Need,
    /// Until then, if it is not (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Whether that time is over: nothing can be done but to add one.
    pub enrol_only: bool,
}

/// As [`FactorsView`], as administrators see it.
#[derive(Clone, Debug, Serialize)]
pub struct UserFactors {
    /// What anybody's has.
    #[serde(flatten)]
    pub view: FactorsView,
    /// That they be taken away, if somebody asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reset: Option<ResetView>,
}

/// As [`FactorsView`], of the caller.
#[derive(Clone, Debug, Serialize)]
pub struct OwnFactors {
    /// What anybody's has.
    #[serde(flatten)]
    pub view: FactorsView,
    /// Until then the caller is not asked to prove anew to be there (RFC 3339).
    pub fresh_until: String,
}

/// What may be done without a proof of a short while ago.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fresh {
    /// It needs none.
    No,
    /// It needs one of whoever has a factor: the others prove their password with it.
    OfFactors,
    /// It needs one.
    Yes,
}

/// Refuses what a proof by one of these has to come before.
fn step_up(by: Vec<identity::FactorKind>, text: Text) -> Fault {
    let refusal =
        Refusal { factors: by.into_iter().map(identity::FactorKind::code).collect(), ..Refusal::default() };
    Fault { refusal: Some(Box::new(refusal)), ..Fault::new(FaultKind::StepUpRequired, text) }
}

impl Engine {
    /// What is asked of the caller now.
    #[must_use]
    pub fn factor_state(&self, user: UserId) -> FactorState {
        self.directory().factor_state(user, self.now())
    }

    /// Refuses a caller who must add a factor before anything else, unless it was shown elsewhere in this session.
    ///
    /// # Errors
    /// That refusal.
    pub fn check_enrolled(&self, caller: &Caller) -> Result<()> {
        let state = self.factor_state(caller.actor.user);
        // A factor that a provider asked for counts where the settings say so; whether it was a passkey, nobody knows.
        let elsewhere = || self.0.identity.factor_elsewhere(caller.actor.session);
        if !state.enrol_only || (state.need < Need::Passkey && elsewhere()) {
            return Ok(());
        }
        let text = Text::of(
            "Administrator wymaga składnika logowania, którego jeszcze nie masz. Dodaj go, aby dalej pracować.",
            "An administrator requires a sign-in factor that you do not have yet. Add it to go on working.",
        );
        let refusal = Refusal { need: Some(state.need.code()), ..Refusal::default() };
        Err(Fault { refusal: Some(Box::new(refusal)), ..Fault::new(FaultKind::FactorRequired, text) })
    }

    /// Refuses a caller whose last proof to be there is too old. A token is not asked: its scope names what it
    /// may do, and whoever made it proved to be there.
    ///
    /// # Errors
    /// That refusal; storage's.
    pub async fn check_fresh(&self, caller: &Caller, fresh: Fresh, is_fresh: bool) -> Result<()> {
        if fresh == Fresh::No || is_fresh || caller.actor.token.is_some() {
            return Ok(());
        }
        let by = self.0.identity.step_up_by(&self.directory(), &caller.actor).await?;
        if fresh == Fresh::OfFactors && by.contains(&identity::FactorKind::Password) {
            return Ok(());
        }
        let text = Text::of(
            "Potwierdź, że to nadal Ty: minęło ponad pięć minut od ostatniego potwierdzenia.",
            "Confirm that it is still you: more than five minutes have passed since the last confirmation.",
        );
        Err(step_up(by, text))
    }

    /// Whether a session is used in another browser than it is bound to; the first time that is written down, and told
    /// to the user, whatever else the caller is refused for.
    ///
    /// # Errors
    /// Storage's.
    pub async fn notice_browser(&self, session: &Session, client: &Client) -> Result<bool> {
        match session.whence(&client.agent) {
            Whence::Same => return Ok(false),
            Whence::Known => {}
            Whence::Other(device) => {
                self.0.identity.tell_of_other_browser(session, &device, client).await?;
            }
        }
        Ok(true)
    }

    /// Refuses what is asked in another browser, until the user proved there to be there.
    ///
    /// # Errors
    /// That refusal; storage's.
    pub async fn refuse_browser(&self, caller: &Caller) -> Result<()> {
        let text = Text::of(
            "Ta sesja zaczęła się w innej przeglądarce. Potwierdź, że to Ty.",
            "This session began in another browser. Confirm that it is you.",
        );
        Err(step_up(self.0.identity.step_up_by(&self.directory(), &caller.actor).await?, text))
    }

    async fn factors_view(&self, user: UserId) -> Result<FactorsView> {
        let FactorState { need, due, enrol_only } = self.factor_state(user);
        let kinds = self.0.identity.factors_held(user).await?;
        Ok(FactorsView { kinds, need, due: due.map(Time::rfc3339), enrol_only })
    }

    pub(crate) async fn own_factors(&self, user: UserId, session: &Session) -> Result<OwnFactors> {
        Ok(OwnFactors { view: self.factors_view(user).await?, fresh_until: session.fresh_until().rfc3339() })
    }

    /// Which kinds of factors a user has, and what is asked of the user.
    ///
    /// # Errors
    /// Forbidden; not found.
    pub async fn factors_of_user(&self, caller: &Caller, user: UserId) -> Result<Released<UserFactors>> {
        self.admin(caller, Thing::Users, Verb::Read).await?;
        if !self.directory().users.contains_key(&user) {
            return Err(Fault::not_found());
        }
        let reset = self.0.identity.factor_reset(user).await?.0.map(ResetView::from);
        let view = UserFactors { view: self.factors_view(user).await?, reset };
        let mut event = over(Thing::Users, self.event(caller, Act::FactorList));
        self.set_detail(&mut event, &json!({ "user": user }))?;
        let receipt = self.receipt(event).await?;
        Ok(Masked::new(view).release(&receipt))
    }

    /// Finishes adding a factor of the caller's.
    ///
    /// # Errors
    /// As [`identity::Identity::add_factor`].
    pub async fn add_factor(
        &self,
        caller: &Caller,
        secret: &str,
        name: &str,
        proof: Proof,
    ) -> Result<FactorView> {
        let (engine, actor) = (self.clone(), caller.actor.clone());
        let (secret, name) = (zeroize::Zeroizing::new(secret.to_owned()), name.to_owned());
        let task = tokio::spawn(async move {
            let identity = &engine.0.identity;
            let added = identity.add_factor(&engine.directory(), &actor, &secret, &name, &proof).await?;
            engine.reload_under_lock().await?;
            Ok(added)
        });
        task.await.map_err(Fault::bug)?
    }

    /// Removes a factor of the caller's.
    ///
    /// # Errors
    /// As [`identity::Identity::remove_factor`].
    pub async fn remove_factor(&self, caller: &Caller, id: FactorId) -> Result<()> {
        let (engine, actor) = (self.clone(), caller.actor.clone());
        let task = tokio::spawn(async move {
            engine.0.identity.remove_factor(&engine.directory(), &actor, id).await?;
            engine.reload_under_lock().await
        });
        task.await.map_err(Fault::bug)?
    }

    async fn reload_under_lock(&self) -> Result<()> {
        let _held = self.administer().await?;
        self.reload().await
    }

    /// Which factors are asked of whom.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn requirement(&self, caller: &Caller) -> Result<Released<Versioned<RequirementInput>>> {
        self.admin(caller, Thing::Roles, Verb::Read).await?;
        let directory = self.directory();
        let version = directory.version_of(DocKind::Setting, Requirement::ID).unwrap_or_default();
        let receipt = self.receipt(self.looked_at(caller, Thing::Roles)).await?;
        Ok(Masked::new(Versioned { value: directory.requirement.view(), version }).release(&receipt))
    }

    /// Decides which factors are asked of whom: it holds from the next request on.
    ///
    /// # Errors
    /// Forbidden, also for a token; an unknown role; too long a grace; stale.
    pub async fn put_requirement(
        &self,
        caller: &Caller,
        version: u64,
        input: &RequirementInput,
    ) -> Result<Released<Versioned<RequirementInput>>> {
        self.admin(caller, Thing::Roles, Verb::Manage).await?;
        self.not_by_token(caller).await?;
        let held = self.administer().await?;
        let directory = self.directory();
        if input.grace_days > Requirement::GRACE_DAYS {
            let reason = Text::of("Najwyżej 30 dni.", "At most 30 days.");
            return Err(issue("grace_days", "out-of-range", reason));
        }
        if !input.roles.keys().all(|role| directory.policy.roles.contains_key(role)) {
            return Err(issue(
                "roles",
                "unknown-role",
                Text::of("Nie ma takiej roli.", "There is no such role."),
            ));
        }
        // It shows that passkeys work under the name that the server is asked under here; nobody could work otherwise.
        let asks = input.roles.values().chain([&input.everyone]).any(|need| *need == Need::Passkey);
        if asks && self.0.identity.factors_held(caller.actor.user).await?.passkey == 0 {
            let reason = Text::of(
                "Najpierw dodaj klucz dostępu do własnego konta: pokaże to, że klucze tu działają.",
                "Add a passkey to your own account first: that shows that passkeys work here.",
            );
            return Err(issue("everyone", "own-passkey-first", reason));
        }
        let present = directory.version_of(DocKind::Setting, Requirement::ID).unwrap_or_default();
        if version != present {
            return Err(Fault::stale());
        }
        let next = directory.requirement.then(input, self.now());
        let mut event = self.event(caller, Act::FactorRequire);
        self.set_detail(
            &mut event,
            &json!({ "before": directory.requirement.view(), "after": next.view() }),
        )?;
        let mut batch = Batch::new(event);
        batch.docs.push(self.doc(DocKind::Setting, Requirement::ID, present + 1, &next)?);
        let receipt = self.commit_admin(batch, &held).await?;
        Ok(Masked::new(Versioned { value: next.view(), version: present + 1 }).release(&receipt))
    }
}
