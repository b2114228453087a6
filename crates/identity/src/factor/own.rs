//! What a user does with the user's own factors.

use super::ceremony::Purpose;
use super::verify::Proof;
use super::{
    FactorCount, FactorDoc, FactorId, FactorKind, Kept, MOST, NAME_CHARS, NewTotp, What, codes, passkey,
    told, totp,
};
use crate::seal::{bare_doc, put_doc};
use crate::service::by_session;
use crate::users::{User, set_factors};
use crate::{Client, Directory, Identity};
use access::Actor;
use kernel::{Fault, FaultKind, FieldIssue, Result, Text, Time};
use ledger::{Act, Event, Outcome, Who};
use serde::Serialize;
use serde_json::{Value, json};
use store::{Batch, Doc, DocKind};
use zeroize::Zeroizing;

/// A factor as its user sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FactorView {
    /// Id.
    pub id: FactorId,
    /// Of which kind.
    pub kind: FactorKind,
    /// What the user calls it; empty for recovery codes.
    pub name: String,
    /// Made when (RFC 3339).
    pub created_at: String,
    /// Last used when (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub used_at: Option<String>,
    /// Recovery codes that are left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<usize>,
    /// Whether what is asked of the user would still be met without it, and the user could still sign in.
    pub removable: bool,
}

impl Identity {
    /// The caller's factors, oldest first; recovery codes come last.
    ///
    /// # Errors
    /// Forbidden for a token; storage's.
    pub async fn own_factors(&self, directory: &Directory, actor: &Actor) -> Result<Vec<FactorView>> {
        by_session(actor)?;
        let (user, mut all) = (self.user_now(actor.user).await?, self.factors_of(actor.user).await?);
        // These lie under the user's id, which says nothing of when they were made.
        all.sort_by_key(is_recovery);
        let detail = json!({ "count": all.len() });
        let _receipt = self.0.store.record_event(self.did(actor, Act::FactorList, &detail)?).await?;
        let mut views = Vec::with_capacity(all.len());
        for kept in &all {
            views.push(self.view_of(directory, &user, kept).await?);
        }
        Ok(views)
    }

    async fn view_of(&self, directory: &Directory, user: &User, kept: &Kept) -> Result<FactorView> {
        let factor = &kept.factor;
        let kind = factor.what.kind();
        Ok(FactorView {
            id: kept.id(),
            kind,
            name: factor.name.clone(),
            created_at: factor.created_at.rfc3339(),
            used_at: factor.used_at.map(Time::rfc3339),
            left: match &factor.what {
                What::Recovery(codes) => Some(codes.len()),
                What::Totp { .. } | What::Passkey { .. } => None,
            },
            removable: self.spares(directory, user, kind) && !self.is_last_way(user, kept).await?,
        })
    }

    /// Whether what is asked of a user is met without one factor of this kind.
    fn spares(&self, directory: &Directory, user: &User, kind: FactorKind) -> bool {
        let need = directory.factor_state(user.doc.id, self.0.clock.now()).need;
        need.met_by(fewer(user.doc.factors, kind)) || !need.met_by(user.doc.factors)
    }

    /// Whether only passkeys of names that are served no more would be left without a factor: they would be asked for at
    /// each sign-in, and none could be shown. Such a passkey itself may always go.
    fn strands(&self, factor: &Kept, all: &[Kept]) -> bool {
        let dead = |kept: &Kept| match &kept.factor.what {
            What::Passkey { site, .. } => !self.ways().serves(site),
            What::Totp { .. } | What::Recovery(_) => false,
        };
        let mut left = all.iter().filter(|other| other.id() != factor.id() && !is_recovery(other)).peekable();
        !dead(factor) && left.peek().is_some() && left.all(dead)
    }

    /// Whether a factor is all that a user can sign in by: the last passkey, of those that are bound to a name that the
    /// server is asked under, of whoever has neither a password nor an account at a provider that counts.
    async fn is_last_way(&self, user: &User, factor: &Kept) -> Result<bool> {
        let works = |kept: &Kept| match &kept.factor.what {
            What::Passkey { site, .. } => self.ways().serves(site),
            What::Totp { .. } | What::Recovery(_) => false,
        };
        let all = self.factors_of(user.doc.id).await?;
        if self.strands(factor, &all) {
            return Ok(true);
        }
        if !works(factor) {
            return Ok(false);
        }
        let last = !all.iter().any(|other| other.id() != factor.id() && works(other));
        Ok(last && self.way_without_passkeys(user).await?.is_none())
    }

    /// Begins to add an application that makes codes. Also gives the secret of what was begun, for the cookie.
    ///
    /// # Errors
    /// Conflict if there are too many; forbidden for a token.
    pub async fn begin_totp(
        &self,
        directory: &Directory,
        actor: &Actor,
    ) -> Result<(Zeroizing<String>, NewTotp)> {
        by_session(actor)?;
        let user = self.user_now(actor.user).await?;
        room(user.doc.factors.totp)?;
        let secret = totp::new_secret(&*self.0.random);
        let shown = totp::shown(&secret, &directory.organisation, &user.doc.login)?;
        let begun = self.begin_ceremony(Some(&user), actor.session, Purpose::Totp(secret)).await?;
        Ok((begun, shown))
    }

    /// Begins to add a passkey. Gives the secret of what was begun, for the cookie, and what the browser is to make it
    /// with (`PublicKeyCredentialCreationOptionsJSON`).
    ///
    /// # Errors
    /// Conflict if there are too many, and if the server is not asked under a name; forbidden for a token.
    pub async fn begin_passkey(
        &self,
        directory: &Directory,
        actor: &Actor,
        client: &Client,
    ) -> Result<(Zeroizing<String>, Value)> {
        by_session(actor)?;
        let user = self.user_now(actor.user).await?;
        room(user.doc.factors.passkey)?;
        let (wanted, options) = self.want_passkey(directory, &user, client).await?;
        let purpose = Purpose::Passkey(Box::new(wanted));
        Ok((self.begin_ceremony(Some(&user), actor.session, purpose).await?, options))
    }

    /// Finishes adding a factor that was begun in this session.
    ///
    /// # Errors
    /// Invalid name or code; conflict if nothing was begun, its time is over, or there are too many; stale if
    /// the user was changed meanwhile; forbidden for a token.
    pub async fn add_factor(
        &self,
        directory: &Directory,
        actor: &Actor,
        secret: &str,
        name: &str,
        proof: &Proof,
    ) -> Result<FactorView> {
        by_session(actor)?;
        let name = tidy(name)?;
        let user = self.user_now(actor.user).await?;
        let begun = self
            .pending(secret)
            .await?
            .filter(|p| p.is_of(actor.session) && p.fits(&user, self.0.clock.now()));
        let pending = begun.ok_or_else(nothing_begun)?;
        let now = self.0.clock.now();
        let (what, key) = match (pending.purpose(), proof) {
            (Purpose::Totp(secret), Proof::Totp(code)) => {
                let step = totp::check(secret, code, 0, now)?.ok_or_else(wrong_code)?;
                (What::Totp { secret: secret.clone(), step }, None)
            }
            (Purpose::Passkey(wanted), Proof::Passkey(made)) => {
                let (what, key) = passkey::registered(&self.0.vault, wanted, made)?;
                (what, Some(key))
            }
            _ => return Err(nothing_begun()),
        };
        let had = user.doc.factors;
        let has = match what.kind() {
            FactorKind::Passkey => FactorCount { passkey: room(had.passkey)?, ..had },
            _ => FactorCount { totp: room(had.totp)?, ..had },
        };
        let id: FactorId = self.0.ids.next(&*self.0.clock, &*self.0.random);
        let doc = Doc { key, ..bare_doc(DocKind::Factor, *id.bytes(), 1, now, Some(actor.user)) };
        let factor = FactorDoc { name, created_at: now, used_at: None, what };
        let put = put_doc(&self.0.vault, doc.clone(), &factor)?;
        let detail = json!({ "factor": id, "kind": factor.what.kind().code() });
        let mut batch = Batch::new(self.did(actor, Act::FactorAdd, &detail)?);
        let (user, user_put) = set_factors(&self.0.vault, now, &user, has, false)?;
        batch.docs = vec![pending.removal(), put, user_put];
        self.tell_by_letter(
            &mut batch,
            actor.user,
            told::added(&self.0.source(), actor.user, &factor.name)?,
        )?;
        self.0.store.commit(batch).await.map_err(there_already)?;
        self.view_of(directory, &user, &Kept { doc, factor }).await
    }

    /// Makes new recovery codes in place of all before, and gives them: they are shown this once.
    ///
    /// # Errors
    /// Conflict without a factor that they could stand in for; forbidden for a token.
    pub async fn new_recovery_codes(&self, actor: &Actor) -> Result<Vec<Zeroizing<String>>> {
        by_session(actor)?;
        let user = self.user_now(actor.user).await?;
        if !user.doc.factors.any() {
            let text = Text::of(
                "Najpierw dodaj klucz dostępu albo aplikację z kodami: kody odzyskiwania je zastępują.",
                "Add a passkey or an application with codes first: recovery codes stand in for one.",
            );
            return Err(Fault::new(FaultKind::Conflict, text));
        }
        let now = self.0.clock.now();
        let made = codes::new(&*self.0.random);
        let what = codes::kept(&self.0.vault, actor.user, &made);
        let old = self.factors_of(actor.user).await?.into_iter().find(is_recovery);
        let put = match old {
            Some(mut kept) => {
                kept.factor = FactorDoc { created_at: now, used_at: None, what, ..kept.factor };
                kept.put(&self.0.vault, now)?
            }
            None => {
                // Under the user's own id: of two that are made at once the second is refused.
                let doc = bare_doc(DocKind::Factor, *actor.user.bytes(), 1, now, Some(actor.user));
                put_doc(
                    &self.0.vault,
                    doc,
                    &FactorDoc { name: String::new(), created_at: now, used_at: None, what },
                )?
            }
        };
        let mut batch = Batch::new(self.did(actor, Act::FactorCodes, &json!({ "count": made.len() }))?);
        batch.docs.push(put);
        self.tell_by_letter(&mut batch, actor.user, told::codes_made(&self.0.source(), actor.user)?)?;
        self.0.store.commit(batch).await?;
        Ok(made)
    }

    /// Calls a factor something else.
    ///
    /// # Errors
    /// Invalid name; not found; forbidden for a token.
    pub async fn rename_factor(
        &self,
        directory: &Directory,
        actor: &Actor,
        id: FactorId,
        name: &str,
    ) -> Result<FactorView> {
        by_session(actor)?;
        let name = tidy(name)?;
        let user = self.user_now(actor.user).await?;
        let found = self.factors_of(actor.user).await?.into_iter().find(|k| k.id() == id && !is_recovery(k));
        let mut kept = found.ok_or_else(Fault::not_found)?;
        kept.factor.name = name;
        let mut batch = Batch::new(self.did(actor, Act::FactorRename, &json!({ "factor": id }))?);
        batch.docs.push(kept.put(&self.0.vault, self.0.clock.now())?);
        self.0.store.commit(batch).await?;
        self.view_of(directory, &user, &kept).await
    }

    /// Removes a factor; with the last one the recovery codes go too.
    ///
    /// # Errors
    /// Conflict if what is asked of the user would not be met any more, or the user could not sign in; not found;
    /// forbidden for a token.
    pub async fn remove_factor(&self, directory: &Directory, actor: &Actor, id: FactorId) -> Result<()> {
        by_session(actor)?;
        let user = self.user_now(actor.user).await?;
        let all = self.factors_of(actor.user).await?;
        let kept = all.iter().find(|kept| kept.id() == id).ok_or_else(Fault::not_found)?;
        let kind = kept.factor.what.kind();
        if !self.spares(directory, &user, kind) {
            let text = Text::of(
                "Administrator wymaga tego składnika. Najpierw dodaj inny, który go zastąpi.",
                "An administrator requires this factor. Add another one that replaces it first.",
            );
            return Err(Fault::new(FaultKind::Conflict, text));
        }
        if self.strands(kept, &all) {
            return Err(stranded());
        }
        if self.is_last_way(&user, kept).await? {
            return Err(last_way());
        }
        let now = self.0.clock.now();
        let detail = json!({ "factor": id, "kind": kind.code() });
        let mut batch = Batch::new(self.did(actor, Act::FactorRemove, &detail)?);
        batch.docs.push(kept.removal());
        if kind != FactorKind::Recovery {
            let has = fewer(user.doc.factors, kind);
            batch.docs.push(set_factors(&self.0.vault, now, &user, has, user.doc.must_enrol)?.1);
            if !has.any() {
                batch.docs.extend(all.iter().filter(|kept| is_recovery(kept)).map(Kept::removal));
            }
        }
        let name = match kind {
            FactorKind::Recovery => Text::of("kody odzyskiwania", "recovery codes"),
            _ => Text::new(kept.factor.name.clone(), kept.factor.name.clone()),
        };
        self.tell_by_letter(&mut batch, actor.user, told::removed(&self.0.source(), actor.user, &name)?)?;
        self.0.store.commit(batch).await.map(drop)
    }

    pub(super) fn did(&self, actor: &Actor, act: Act, detail: &Value) -> Result<Event> {
        self.0.source().event(Who::User(actor.user), actor.session, act, Outcome::Done, detail)
    }
}

const fn is_recovery(kept: &Kept) -> bool {
    matches!(kept.factor.what, What::Recovery(_))
}

const fn fewer(has: FactorCount, kind: FactorKind) -> FactorCount {
    match kind {
        FactorKind::Passkey => FactorCount { passkey: has.passkey.saturating_sub(1), ..has },
        FactorKind::Totp => FactorCount { totp: has.totp.saturating_sub(1), ..has },
        FactorKind::Recovery | FactorKind::Password => has,
    }
}

/// One more, if there is room for it.
fn room(count: u8) -> Result<u8> {
    if usize::from(count) < MOST {
        return Ok(count + 1);
    }
    let text = Text::new(
        format!("Masz już {MOST} składników tego rodzaju. Usuń któryś z nich."),
        format!("You already have {MOST} factors of this kind. Remove one of them."),
    );
    Err(Fault::new(FaultKind::Conflict, text))
}

fn tidy(name: &str) -> Result<String> {
    let name =
        schema::name(name).map_err(|refused| issue("name", refused.code, refused.reason, Some("telefon")))?;
    if (1..=NAME_CHARS).contains(&name.chars().count()) {
        return Ok(name);
    }
    let reason = Text::of("Nazwij go, w najwyżej 100 znakach.", "Name it, in at most 100 characters.");
    Err(issue("name", "malformed-name", reason, Some("telefon")))
}

const fn last_way() -> Fault {
    let text = Text::of(
        "To Twój jedyny sposób logowania: nie masz hasła ani konta u dostawcy, które się tu liczą. Najpierw dodaj drugi klucz dostępu albo poproś administratora o zaproszenie, z którym wybierzesz hasło.",
        "This is your only way to sign in: you have neither a password nor an account at a provider that counts here. Add a second passkey first, or ask an administrator for an invitation with which you choose a password.",
    );
    Fault::new(FaultKind::Conflict, text)
}

const fn stranded() -> Fault {
    let text = Text::of(
        "Zostałyby Ci tylko klucze dostępu do nazwy, której serwer już nie ma: system by o nie pytał, a nie da się ich użyć. Najpierw je usuń.",
        "Only passkeys of a name that the server has no more would be left: they would be asked for, and cannot be used. Remove them first.",
    );
    Fault::new(FaultKind::Conflict, text)
}

fn wrong_code() -> Fault {
    let reason = Text::of(
        "To nie jest obecny kod. Sprawdź, czy zegar telefonu idzie dobrze, i przepisz kod, który widać teraz.",
        "This is not the present code. See that the phone's clock is right, and type the code that is shown now.",
    );
    issue("totp", "wrong-code", reason, None)
}

fn nothing_begun() -> Fault {
    let text = Text::of(
        "Czas na dodanie składnika minął albo nie zaczęto go dodawać. Zacznij od nowa.",
        "The time to add the factor is over, or nothing was begun. Begin anew.",
    );
    Fault::new(FaultKind::Conflict, text)
}

/// A key is taken by a passkey that somebody has.
fn there_already(fault: Fault) -> Fault {
    if fault.kind != FaultKind::Conflict {
        return fault;
    }
    let text = Text::of("Ten klucz dostępu jest już dodany.", "This passkey was added already.");
    Fault::new(FaultKind::Conflict, text)
}

fn issue(field: &str, code: &str, reason: Text, example: Option<&str>) -> Fault {
    Fault::fields(vec![FieldIssue {
        field: field.to_owned(),
        code: code.to_owned(),
        reason,
        example: example.map(str::to_owned),
    }])
}
