//! Partner organisations: entered, changed, suspended; and who may know what of them.

use crate::explain::{RoleName, role_name};
use crate::grant_terms::partner_of;
use crate::registrations::Closed;
use crate::{Caller, Engine, GrantPage, Masked, PartnerUser, Released};
use access::{Action, Grant, Thing, Verb};
use identity::{
    AgreementDoc, Basis, Contact, Ground, NewPartner, PartnerChange, PartnerDoc, UserChange, update_user,
};
use kernel::{AgreementId, Fault, FaultKind, GrantId, Named, PartnerId, Result, Text, Time, UserId};
use ledger::{Act, Receipt};
use schema::Entity;
use serde::Serialize;
use serde_json::json;
use store::{Batch, DocKind};
use tracing::Instrument;

/// Partners of one organisation.
const PARTNERS: usize = 1_000;

/// How an agreement stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AgreementState {
    /// Its time has not come.
    Pending,
    /// It is in force.
    InForce,
    /// Its time is over.
    Ended,
}

/// An agreement, to whoever reads partners.
#[derive(Clone, Debug, Serialize)]
pub struct AgreementView {
    /// Id.
    pub id: AgreementId,
    /// On what ground data are shared.
    pub ground: Ground,
    /// Where the law says so, in the caller's language.
    pub citation: String,
    /// The legal basis, where the partner decides for itself.
    pub basis: Option<Basis>,
    /// Number or other reference.
    pub number: String,
    /// Signed on that day.
    pub signed_on: String,
    /// In force from then on (RFC 3339).
    pub valid_from: String,
    /// And before this (RFC 3339), if it ends.
    pub valid_until: Option<String>,
    /// How it stands.
    pub state: AgreementState,
    /// Who entered it.
    pub by: Named<UserId>,
    /// When (RFC 3339).
    pub at: String,
}

/// A partner organisation.
#[derive(Clone, Debug, Serialize)]
pub struct PartnerView {
    /// Id.
    pub id: PartnerId,
    /// Name.
    pub name: String,
    /// Whether it is not suspended.
    pub active: bool,
    /// Whether something may be shared with it now.
    pub agreed: bool,
    /// Until when its agreements last, the latest of those in force (RFC 3339); nothing if one does not end.
    pub agreed_until: Option<String>,
    /// Whom to talk to; for whoever reads partners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// Its agreements; of one that is opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreements: Option<Vec<AgreementView>>,
    /// Its users; of one that is opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub users: Option<Vec<PartnerUser>>,
    /// How its users register deals, if they may; of one that is opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration: Option<RegistrationRulesView>,
    /// Version, for `If-Match`.
    pub version: u64,
}

/// How users of a partner register deals, to whoever reads partners.
#[derive(Clone, Debug, Serialize)]
pub struct RegistrationRulesView {
    /// Whose the leads are.
    pub caretaker: Named<UserId>,
    /// The role that the partner gets on them; none if it is no more.
    pub role: Option<RoleName>,
    /// For how many days.
    pub days: u16,
    /// Why it is closed all the same, if it is.
    pub closed: Option<Closed>,
}

impl Caller {
    /// The organisation of a caller who is of a partner.
    #[must_use]
    pub fn partner(&self) -> Option<PartnerId> {
        self.policy.members.get(&self.actor.user).and_then(|member| member.partner)
    }

    /// The agreements with a partner by which it was decided what the caller is shown.
    pub(crate) fn agreements_in_force(&self, id: PartnerId) -> Vec<AgreementId> {
        let agreements = self.policy.partners.get(&id).map(|partner| &*partner.agreements);
        let in_force = agreements.unwrap_or_default().iter().filter(|a| a.holds_at(self.actor.at));
        in_force.map(|a| a.id).collect()
    }
}

impl Engine {
    /// The answer to somebody who is of a partner and asks for what no partner is served: as if it were not there.
    ///
    /// # Errors
    /// Not found, of whoever is of a partner.
    pub async fn check_of_house(&self, caller: &Caller) -> Result<()> {
        match caller.partner() {
            None => Ok(()),
            Some(_) => Err(self.refused_house(caller).await),
        }
    }

    /// The right by which the caller may know all of partners, if there is one: to read users or the ledger.
    pub(crate) fn reads_partners(&self, caller: &Caller) -> Option<Thing> {
        let may = |thing: &Thing| caller.policy.admin(&caller.actor, *thing, Verb::Read).is_ok();
        [Thing::Users, Thing::Ledger].into_iter().find(may)
    }

    /// As [`Engine::admin`], for whoever reads users or the ledger.
    pub(crate) async fn read_partners(&self, caller: &Caller) -> Result<Thing> {
        let by = self.reads_partners(caller).unwrap_or(Thing::Users);
        self.admin(caller, by, Verb::Read).await.map(|_| by)
    }

    /// All partners; to whoever reads neither users nor the ledger, those alone with which something can be shared,
    /// by name, and none to who may share nothing or comes with a token.
    ///
    /// # Errors
    /// Storage.
    pub async fn partners(&self, caller: &Caller) -> Result<Released<Vec<PartnerView>>> {
        let by = self.reads_partners(caller);
        let whole = by.is_some();
        let (policy, actor) = (&*caller.policy, &caller.actor);
        let shares = |entity: &Entity| policy.may_on_some(actor, Action::Share, entity);
        let gives = actor.token.is_none() && policy.catalog.entities().iter().any(shares);
        let directory = self.directory();
        let view = |doc: &PartnerDoc| {
            let contact = whole.then(|| doc.contact.clone());
            PartnerView { contact, ..self.partner_view(caller, doc, false) }
        };
        let mut views: Vec<PartnerView> = directory.partners.values().map(view).collect();
        views.retain(|view| whole || gives && view.agreed);
        views.sort_by_key(|view| view.id);
        let receipt = self.receipt(self.looked_by(caller, by)).await?;
        Ok(Masked::new(views).release(&receipt))
    }

    /// One partner.
    ///
    /// # Errors
    /// Forbidden; not found.
    pub async fn partner(&self, caller: &Caller, id: PartnerId) -> Result<Released<PartnerView>> {
        let by = self.read_partners(caller).await?;
        let doc = self.directory().partners.get(&id).cloned().ok_or_else(Fault::not_found)?;
        let view = self.opened_partner(caller, &doc).await?;
        let receipt = self.receipt(self.looked_at(caller, by)).await?;
        Ok(Masked::new(view).release(&receipt))
    }

    /// What is shared with a partner or with users of it and has not ended, the newest first. A record is called by its
    /// title only where the caller sees it.
    ///
    /// # Errors
    /// Forbidden; not found; invalid for a limit out of range.
    pub async fn partner_grants(
        &self,
        caller: &Caller,
        id: PartnerId,
        limit: u32,
        after: Option<GrantId>,
    ) -> Result<Released<GrantPage>> {
        let by = self.read_partners(caller).await?;
        if !self.directory().partners.contains_key(&id) {
            return Err(Fault::not_found());
        }
        let policy = self.policy();
        let now = self.now();
        let of = |grant: &&Grant| grant.lasts_at(now) && partner_of(&policy, grant.to) == Some(id);
        let all = policy.grants.all().filter(of).collect();
        self.grant_page(caller, all, (limit, after), Some(by)).await
    }

    /// Enters a partner.
    ///
    /// # Errors
    /// Forbidden, also for a token; invalid, field by field; conflict if there are 1,000.
    pub async fn create_partner(&self, caller: &Caller, input: NewPartner) -> Result<Released<PartnerView>> {
        self.admin(caller, Thing::Users, Verb::Manage).await?;
        self.not_by_token(caller).await?;
        let held = self.administer().await?;
        if self.directory().partners.len() >= PARTNERS {
            let text = Text::of("Najwyżej 1000 partnerów.", "At most 1,000 partners.");
            return Err(Fault::new(FaultKind::Conflict, text));
        }
        let by = (caller.actor.user, self.now());
        let doc = PartnerDoc::new(self.id(), self.id(), by, input)?;
        let mut event = self.event(caller, Act::PartnerCreate);
        let agreements: Vec<AgreementId> = doc.agreements.iter().map(|a| a.id).collect();
        self.set_detail(&mut event, &json!({ "partner": doc.id, "agreements": agreements }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(doc.put(&self.0.vault, self.now(), 1)?);
        let receipt = self.commit_admin(batch, &held).await?;
        Ok(Masked::new(self.opened_partner(caller, &doc).await?).release(&receipt))
    }

    /// Changes a partner whose version the caller knows. Suspending it suspends its users and ends their sessions and
    /// links in the same commit; letting it in again lets none of them in. What was shared ends with the agreement that it
    /// rests on, for good.
    ///
    /// # Errors
    /// Forbidden, also for a token; not found; stale; invalid, field by field.
    pub async fn update_partner(
        &self,
        caller: &Caller,
        id: PartnerId,
        version: u64,
        change: PartnerChange,
    ) -> Result<Released<PartnerView>> {
        self.admin(caller, Thing::Users, Verb::Manage).await?;
        self.not_by_token(caller).await?;
        let agrees = change.add_agreement.is_some() || change.end_agreement.is_some();
        let held = if agrees { self.administer_settled(id).await? } else { self.administer().await? };
        let kept = self.0.store.doc(DocKind::Partner, *id.bytes()).await?.ok_or_else(Fault::not_found)?;
        if kept.version != version {
            return Err(Fault::stale());
        }
        let before = PartnerDoc::open(&self.0.vault, &kept)?;
        let arranges = matches!(change.registration, Some(Some(_)));
        let doc = before.changed(self.id(), (caller.actor.user, self.now()), change)?;
        let suspends = before.active && !doc.active;
        let mut event = self.event(caller, Act::PartnerUpdate);
        let spans = |doc: &PartnerDoc| -> Vec<_> {
            let until = |a: &AgreementDoc| a.until.map(Time::rfc3339);
            doc.agreements.iter().map(|a| json!([a.id, a.ground, a.from.rfc3339(), until(a)])).collect()
        };
        let mut users = Vec::new();
        let mut batch_docs = Vec::new();
        if suspends {
            for user in self.users_of(id) {
                let current = self.stored_user(user).await?;
                users.push(user);
                batch_docs.extend(self.end_links(user).await?);
                if current.doc.active {
                    let change = UserChange { active: Some(false), ..UserChange::default() };
                    batch_docs.push(update_user(&self.0.vault, self.now(), &current, change)?.1);
                }
            }
        }
        let about = json!({
            "partner": id, "active": [before.active, doc.active], "agreements": [spans(&before), spans(&doc)],
            "registration": [before.registration, doc.registration], "name": before.name != doc.name, "contact": before.contact != doc.contact, "users": users,
        });
        self.set_detail(&mut event, &about)?;
        let mut batch = Batch::new(event);
        if before != doc {
            batch.docs.push(doc.put(&self.0.vault, self.now(), version + 1)?);
        }
        batch.docs.extend(batch_docs);
        if arranges {
            self.arrange_registration(&mut batch, (before.registration, &doc), caller.actor.user)?;
        }
        batch.directory = held.at;
        let receipt = self.commit_partner(batch, users).await?;
        drop(held);
        if agrees && let Err(fault) = self.end_uncovered_of(id).await {
            tracing::warn!(%fault, partner = %id, "what was shared under an agreement that ended is ended within a minute");
        }
        Ok(Masked::new(self.opened_partner(caller, &doc).await?).release(&receipt))
    }

    async fn commit_partner(&self, batch: Batch, ending: Vec<UserId>) -> Result<Receipt> {
        let engine = self.clone();
        let committed = async move {
            let done = engine.0.identity.commit_ending_all(batch, &ending).await?;
            engine.reload().await?;
            Ok(done.receipt)
        };
        tokio::spawn(committed.in_current_span()).await.map_err(Fault::bug)?
    }

    pub(crate) fn partner_name(&self, id: PartnerId) -> Named<PartnerId> {
        let name = self.directory().partners.get(&id).map(|p| p.name.clone()).unwrap_or_default();
        Named { id, name }
    }

    fn partner_view(&self, caller: &Caller, doc: &PartnerDoc, whole: bool) -> PartnerView {
        let now = self.now();
        let in_force: Vec<_> = doc.agreements.iter().filter(|a| a.span().holds_at(now)).collect();
        let endless = in_force.iter().any(|a| a.until.is_none());
        let last = in_force.iter().filter_map(|a| a.until).max().filter(|_| !endless);
        let agreements = || doc.agreements.iter().map(|a| self.agreement_view(caller, a)).collect();
        PartnerView {
            id: doc.id,
            name: doc.name.clone(),
            active: doc.active,
            agreed: doc.in_policy().agreed_at(now),
            agreed_until: last.map(Time::rfc3339),
            contact: whole.then(|| doc.contact.clone()),
            agreements: whole.then(agreements),
            users: None,
            registration: whole.then(|| self.rules_view(caller, doc)).flatten(),
            version: self.directory().version_of(DocKind::Partner, *doc.id.bytes()).unwrap_or(1),
        }
    }

    /// As whoever opens it sees it.
    async fn opened_partner(&self, caller: &Caller, doc: &PartnerDoc) -> Result<PartnerView> {
        let users = Some(self.partner_users(doc.id).await?);
        Ok(PartnerView { users, ..self.partner_view(caller, doc, true) })
    }

    fn rules_view(&self, caller: &Caller, doc: &PartnerDoc) -> Option<RegistrationRulesView> {
        let (rules, policy) = (doc.registration?, self.policy());
        Some(RegistrationRulesView {
            caretaker: self.user_name(rules.caretaker),
            role: policy.roles.get(&rules.role).map(|role| role_name(role, caller.lang)),
            days: rules.days,
            closed: self.registration_closed(&policy, doc),
        })
    }

    fn agreement_view(&self, caller: &Caller, doc: &AgreementDoc) -> AgreementView {
        let now = self.now();
        let state = match doc.until {
            Some(until) if until <= now => AgreementState::Ended,
            _ if now < doc.from => AgreementState::Pending,
            _ => AgreementState::InForce,
        };
        AgreementView {
            id: doc.id,
            ground: doc.ground,
            citation: doc.ground.citation().get(caller.lang).to_owned(),
            basis: doc.basis,
            number: doc.number.clone(),
            signed_on: doc.signed_on.clone(),
            valid_from: doc.from.rfc3339(),
            valid_until: doc.until.map(Time::rfc3339),
            state,
            by: self.user_name(doc.by),
            at: doc.at.rfc3339(),
        }
    }
}
