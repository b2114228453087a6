//! Registration that is closed: what the partner is told, which is always the same; what the house is told, which has to
//! see to it; and that it closes when the caretaker goes.

use super::beside;
use crate::tried::Tried;
use crate::{Caller, Engine};
use access::{Thing, Verb};
use identity::{NoticeDoc, PartnerDoc, RegistrationRules, bare_doc, put_doc, tell_once};
use kernel::{Fault, FaultKind, FieldIssue, PartnerId, RecordId, Result, Text, UserId};
use ledger::{Act, Event, Outcome};
use serde::Serialize;
use serde_json::json;
use store::{Batch, DocKind};

/// Why nobody of a partner can register a deal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Closed {
    /// It was not arranged.
    Off,
    /// The partner is suspended, or there is no agreement in force.
    NoAgreement,
    /// The caretaker may not act, or is no person of the house.
    CaretakerGone,
    /// The caretaker may not add leads of their own, fill what is registered, or share them.
    CaretakerMayNot,
    /// The role is gone, gives more than reading and exporting or than the caretaker has, or comes with conditions.
    RoleUnfit,
    /// The caretaker shares as much as may be shared.
    Full,
}

impl Closed {
    /// Whether somebody of the house has to see to it who does not know yet.
    const fn is_news(self) -> bool {
        !matches!(self, Self::Off | Self::NoAgreement)
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::NoAgreement => "no_agreement",
            Self::CaretakerGone => "caretaker_gone",
            Self::CaretakerMayNot => "caretaker_may_not",
            Self::RoleUnfit => "role_unfit",
            Self::Full => "full",
        }
    }

    const fn text(self) -> Text {
        match self {
            Self::Off | Self::NoAgreement => Text::of(
                "Nie ma ważnej umowy z partnerem albo zgłaszanie jest wyłączone.",
                "There is no agreement in force with the partner, or registering is off.",
            ),
            Self::CaretakerGone => Text::of(
                "Opiekun zgłoszeń musi być aktywną osobą z organizacji. Wybierz innego.",
                "The caretaker has to be an active person of the organisation. Choose another one.",
            ),
            Self::CaretakerMayNot => Text::of(
                "Role opiekuna nie pozwalają mu dodawać własnych leadów z polami zgłoszenia i ich udostępniać. Zmień role albo wybierz innego opiekuna.",
                "The caretaker's roles do not allow adding leads of their own with the fields of a registration and sharing them. Change the roles, or choose another caretaker.",
            ),
            Self::RoleUnfit => Text::of(
                "Rola dla partnera musi pozwalać na odczyt leadów, dawać tylko odczyt i eksport, nie więcej, niż ma opiekun, i nie stawiać warunków. Wybierz inną, na przykład „Wgląd”.",
                "The role for the partner has to allow reading leads, give only reading and exporting, no more than the caretaker has, and come without conditions. Choose another, such as “Viewer”.",
            ),
            Self::Full => Text::of(
                "Opiekun ma już tyle udostępnień, ile można. Zakończ te, które nie są potrzebne, albo wybierz innego opiekuna.",
                "The caretaker shares as much as may be shared. End what is not needed, or choose another caretaker.",
            ),
        }
    }

    /// What is wrong with rules that were asked for.
    pub(crate) fn issue(self) -> FieldIssue {
        let field = match self {
            Self::RoleUnfit => "registration.role",
            Self::Off | Self::NoAgreement => "registration",
            Self::CaretakerGone | Self::CaretakerMayNot | Self::Full => "registration.caretaker",
        };
        let code = self.code().replace('_', "-");
        FieldIssue { field: field.to_owned(), code, reason: self.text(), example: None }
    }
}

impl Engine {
    /// The refusal while registration is closed: the same whatever the reason, which the ledger keeps. Of what the house
    /// has to see to, the caretaker and whoever manages users are told once; all else is an attempt like any other, so that
    /// nobody fills the ledger with it. To be called without the lock of administration.
    pub(super) async fn closed_now(&self, caller: &Caller, partner: PartnerId, why: Closed) -> Fault {
        let text = Text::of(
            "Zgłaszanie szans jest teraz zamknięte. Zapytaj osobę, z którą współpracujecie.",
            "Registration is closed for now. Ask whoever you work with.",
        );
        let fault = Fault::new(FaultKind::Conflict, text);
        match self.tell_closed(caller, partner, why).await {
            Ok(true) => fault,
            Ok(false) => self.written_attempt(caller, &Tried::closed(why), fault).await,
            Err(failure) => failure,
        }
    }

    /// Tells the house what it has to see to, with the event; whether there was anybody who had not been told.
    async fn tell_closed(&self, caller: &Caller, partner: PartnerId, why: Closed) -> Result<bool> {
        let directory = self.directory();
        let partner = directory.partners.get(&partner).filter(|_| why.is_news());
        let Some((partner, rules)) = partner.and_then(|doc| Some((doc, doc.registration?))) else {
            return Ok(false);
        };
        let mut users = directory.holders(Thing::Users, Verb::Manage, self.now());
        users.push(rules.caretaker);
        users.retain(|user| self.may_act(*user) && self.is_of_house(*user));
        users.sort_unstable();
        users.dedup();
        let title = Text::new(
            format!("Partner nie może zgłaszać szans: {}", partner.name),
            format!("A partner cannot register deals: {}", partner.name),
        );
        // Rules that are set anew, and another reason, are told anew.
        let about = format!("{} {} {}", partner.id, rules.since.0, why.code());
        let (store, vault) = (&self.0.store, &self.0.vault);
        let told = (&*users, "registration-closed", &*about);
        let docs = tell_once(store, vault, self.now(), told, title, why.text()).await?;
        if docs.is_empty() {
            return Ok(false);
        }
        let mut event = Event { outcome: Outcome::Refused, ..self.event(caller, Act::RegistrationRefuse) };
        self.set_detail(&mut event, &json!({ "partner": partner.id, "why": why }))?;
        let mut batch = Batch::new(event);
        batch.docs = docs;
        match store.commit(batch).await {
            // Somebody else told them in this moment.
            Err(fault) if matches!(fault.kind, FaultKind::Stale | FaultKind::Conflict) => Ok(false),
            done => done.map(|_| true),
        }
    }

    fn is_of_house(&self, user: UserId) -> bool {
        self.directory().users.get(&user).is_some_and(identity::Profile::is_of_house)
    }

    /// Closes what somebody answers for who may not act any more, and tells whoever manages users. In the same batch.
    pub(crate) async fn close_registrations_by(&self, batch: &mut Batch, caretaker: UserId) -> Result<()> {
        let (directory, now) = (self.directory(), self.now());
        let by = |partner: &&PartnerDoc| partner.registration.is_some_and(|r| r.caretaker == caretaker);
        let mut closing: Vec<&PartnerDoc> = directory.partners.values().filter(by).collect();
        closing.sort_unstable_by_key(|partner| partner.id);
        let mut told = directory.holders(Thing::Users, Verb::Manage, now);
        // Whoever did this is told too: suspending somebody is not closing registration knowingly, and there may be
        // nobody else to tell.
        told.retain(|user| *user != caretaker);
        for partner in closing {
            let kept = self.0.store.doc(DocKind::Partner, *partner.id.bytes()).await?;
            let kept = kept.ok_or_else(Fault::not_found)?;
            let doc = PartnerDoc { registration: None, ..PartnerDoc::open(&self.0.vault, &kept)? };
            batch.docs.push(doc.put(&self.0.vault, now, kept.version + 1)?);
            let mut event = beside(batch, self.id(), Act::RegistrationClose);
            self.set_detail(&mut event, &json!({ "partner": partner.id, "caretaker": caretaker }))?;
            batch.more_events.push(event);
            let title = Text::new(
                format!("Zgłaszanie szans zamknięte: {}", partner.name),
                format!("Registration of deals is closed: {}", partner.name),
            );
            let body = Text::of(
                "Opiekun zgłoszeń tego partnera nie pracuje już w systemie. Wyznacz innego na stronie partnera, jeśli partner ma zgłaszać dalej.",
                "The caretaker of this partner's registrations no longer works in the system. Name another one on the partner's page if the partner is to go on registering.",
            );
            let notice = NoticeDoc::new("registration-closed", title, body, now);
            for user in &told {
                let id: RecordId = self.id();
                let write = bare_doc(DocKind::Notice, *id.bytes(), 1, now, Some(*user));
                batch.docs.push(put_doc(&self.0.vault, write, &notice)?);
            }
        }
        Ok(())
    }

    /// Checks rules that are to hold, and tells a caretaker who was not it before.
    pub(crate) fn arrange_registration(
        &self,
        batch: &mut Batch,
        (before, after): (Option<RegistrationRules>, &PartnerDoc),
        by: UserId,
    ) -> Result<()> {
        let Some(rules) = after.registration else { return Ok(()) };
        self.fit_caretaker(&self.policy(), after.id, &rules)
            .map_err(|why| Fault::fields(vec![why.issue()]))?;
        let caretaker = rules.caretaker;
        if caretaker == by || before.is_some_and(|before| before.caretaker == caretaker) {
            return Ok(());
        }
        let (now, id): (_, RecordId) = (self.now(), self.id());
        let title = Text::new(
            format!("Opiekujesz się zgłoszeniami partnera: {}", after.name),
            format!("You are the caretaker of a partner's registrations: {}", after.name),
        );
        let body = Text::of(
            "Leady, które zgłosi ten partner, będą należeć do Ciebie i będą mu udostępniane w Twoim imieniu, razem z notatkami i zadaniami, na ile pozwala wybrana rola.",
            "Leads that this partner registers will be yours, and shared with it in your name, with notes and tasks as far as the chosen role goes.",
        );
        let notice = NoticeDoc::new("registration-caretaker", title, body, now);
        let write = bare_doc(DocKind::Notice, *id.bytes(), 1, now, Some(caretaker));
        batch.docs.push(put_doc(&self.0.vault, write, &notice)?);
        Ok(())
    }
}
