//! Partner organisations as they are kept: who they are, and on what ground data may be shared with them.

use crate::grounds::{Basis, Ground};
use crate::registrations::RegistrationRules;
use crate::seal::{bare_doc, open_doc, put_doc};
use crate::text::{issue, tidy_name};
use crate::{RegistrationInput, UserDoc};
use access::{Agreed, Partner};
use kernel::{AgreementId, Fault, FieldIssue, PartnerId, Result, Text, Time, UserId};
use serde::{Deserialize, Serialize};
use store::{Doc, DocKind, DocWrite};
use vault::Vault;

/// Characters of a name.
const NAME_CHARS: usize = 200;
/// Characters of a number of an agreement, and of each part of a contact.
const SHORT_CHARS: usize = 100;
/// Agreements with one partner.
const AGREEMENTS: usize = 50;

/// Whom to talk to at a partner.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Contact {
    /// First name and surname.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
}

/// What of it is changed; the rest stays.
#[derive(Clone, PartialEq, Eq, Default, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ContactChange {
    /// First name and surname.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
}

/// An agreement with a partner.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementDoc {
    /// Id.
    pub id: AgreementId,
    /// On what ground.
    pub ground: Ground,
    /// The legal basis, where the partner decides for itself.
    #[serde(default)]
    pub basis: Option<Basis>,
    /// Number or other reference.
    pub number: String,
    /// Signed on that day (`2027-01-31`).
    pub signed_on: String,
    /// In force from then on.
    pub from: Time,
    /// And before this, if it ends.
    pub until: Option<Time>,
    /// Who entered it.
    pub by: UserId,
    /// When.
    pub at: Time,
}

impl AgreementDoc {
    /// From when until when it is in force.
    #[must_use]
    pub const fn span(&self) -> Agreed {
        Agreed { id: self.id, from: self.from, until: self.until }
    }
}

/// The content of a partner's document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnerDoc {
    /// Id.
    pub id: PartnerId,
    /// Name.
    pub name: String,
    /// Whom to talk to.
    pub contact: Contact,
    /// Nothing can be shared with a suspended one, and its users may do nothing.
    pub active: bool,
    /// Agreements, as they were entered.
    pub agreements: Vec<AgreementDoc>,
    /// Made when.
    pub created_at: Time,
    /// How its users register deals, if they may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration: Option<RegistrationRules>,
}

/// An agreement to be entered.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementInput {
    /// On what ground.
    pub ground: Ground,
    /// The legal basis, where the partner decides for itself.
    pub basis: Option<Basis>,
    /// Number or other reference.
    pub number: String,
    /// Signed on that day (`2027-01-31`).
    pub signed_on: String,
    /// In force from then on (RFC 3339).
    pub valid_from: String,
    /// And before this (RFC 3339); `null` if it does not end.
    pub valid_until: Option<String>,
}

/// Another end of an agreement.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementEnd {
    /// Which.
    pub id: AgreementId,
    /// In force before this (RFC 3339).
    pub valid_until: String,
}

/// A partner to be made.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPartner {
    /// Name.
    pub name: String,
    /// Whom to talk to.
    #[serde(default)]
    pub contact: Contact,
    /// The first agreement, if there is one already.
    pub agreement: Option<AgreementInput>,
}

/// A change to a partner; what is `None` stays.
#[derive(Clone, PartialEq, Eq, Default, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PartnerChange {
    /// Name.
    pub name: Option<String>,
    /// Whom to talk to.
    pub contact: Option<ContactChange>,
    /// Whether it is not suspended.
    pub active: Option<bool>,
    /// One more agreement.
    pub add_agreement: Option<AgreementInput>,
    /// Another end of one.
    pub end_agreement: Option<AgreementEnd>,
    /// How its users register deals; `null` if they may not any more.
    #[serde(deserialize_with = "crate::users::given")]
    pub registration: Option<Option<RegistrationInput>>,
}

impl PartnerDoc {
    /// Makes a partner.
    ///
    /// # Errors
    /// Invalid, field by field.
    pub fn new(
        id: PartnerId,
        agreement: AgreementId,
        (by, now): (UserId, Time),
        input: NewPartner,
    ) -> Result<Self> {
        let (name, contact) = (input.name, input.contact);
        let (agreements, registration) = (Vec::new(), None);
        let mut doc = Self { id, name, contact, active: true, agreements, created_at: now, registration };
        let mut issues = doc.tidy();
        if let Some(input) = input.agreement {
            doc.add(agreement, (by, now), input, "agreement", &mut issues);
        }
        if issues.is_empty() { Ok(doc) } else { Err(Fault::fields(issues)) }
    }

    /// The partner after a change; a new agreement gets this id.
    ///
    /// # Errors
    /// Invalid, field by field.
    pub fn changed(
        &self,
        agreement: AgreementId,
        (by, now): (UserId, Time),
        change: PartnerChange,
    ) -> Result<Self> {
        let mut doc = self.clone();
        doc.name = change.name.unwrap_or(doc.name);
        let ContactChange { name, email, phone } = change.contact.unwrap_or_default();
        let parts =
            [(name, &mut doc.contact.name), (email, &mut doc.contact.email), (phone, &mut doc.contact.phone)];
        for (new, kept) in parts {
            *kept = new.unwrap_or_else(|| std::mem::take(kept));
        }
        doc.active = change.active.unwrap_or(doc.active);
        let mut issues = doc.tidy();
        if let Some(input) = change.registration {
            issues.extend(input.as_ref().and_then(RegistrationInput::issue));
            doc.registration = input.map(|input| input.since(now));
        }
        if let Some(input) = change.add_agreement {
            doc.add(agreement, (by, now), input, "add_agreement", &mut issues);
        }
        if let Some(AgreementEnd { id, valid_until }) = change.end_agreement {
            match (doc.agreements.iter_mut().find(|a| a.id == id), Time::parse(&valid_until)) {
                (Some(agreement), _) if agreement.until.is_some_and(|until| until <= now) => {
                    issues.push(over())
                }
                (Some(agreement), Some(end)) if agreement.from < end => agreement.until = Some(end),
                (None, _) => issues.push(unknown_agreement()),
                _ => issues.push(wrong_end("end_agreement.valid_until")),
            }
        }
        if issues.is_empty() { Ok(doc) } else { Err(Fault::fields(issues)) }
    }

    fn tidy(&mut self) -> Vec<FieldIssue> {
        let length = Text::of("Podaj nazwę, najwyżej 200 znaków.", "Give the name, at most 200 characters.");
        let mut issues: Vec<FieldIssue> =
            tidy_name(&mut self.name, NAME_CHARS, length, "Agencja Reklamowa Sowa").into_iter().collect();
        let Contact { name, email, phone } = &mut self.contact;
        for (field, text, example) in
            [("contact.name", &mut *name, "Anna Kowalska"), ("contact.phone", phone, "+48 600 100 200")]
        {
            *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if text.chars().count() > SHORT_CHARS || text.contains(char::is_control) {
                let reason = Text::of("Najwyżej 100 znaków.", "At most 100 characters.");
                issues.push(issue(field, "malformed", reason, example));
            }
        }
        match schema::email(email) {
            _ if email.trim().is_empty() => email.clear(),
            Ok(tidy) => *email = tidy,
            Err(_) => {
                let reason = Text::of("To nie jest adres e-mail.", "This is not an e-mail address.");
                issues.push(issue("contact.email", "malformed-email", reason, "biuro@example.pl"));
            }
        }
        issues
    }

    fn add(
        &mut self,
        id: AgreementId,
        (by, at): (UserId, Time),
        input: AgreementInput,
        within: &str,
        issues: &mut Vec<FieldIssue>,
    ) {
        let named = |field: &str| format!("{within}.{field}");
        let before = issues.len();
        let number = input.number.split_whitespace().collect::<Vec<_>>().join(" ");
        if !(1..=SHORT_CHARS).contains(&number.chars().count()) || number.contains(char::is_control) {
            let reason = Text::of(
                "Podaj numer albo inne oznaczenie umowy, najwyżej 100 znaków.",
                "Give the number of the agreement, or what else it is known by, at most 100 characters.",
            );
            issues.push(issue(&named("number"), "malformed", reason, "UPP/12/2027"));
        }
        if !is_day(&input.signed_on) {
            let reason = Text::of("To nie jest data.", "This is not a date.");
            issues.push(issue(&named("signed_on"), "not-a-date", reason, "2027-01-31"));
        }
        let from = Time::parse(&input.valid_from);
        if from.is_none() {
            let reason = Text::of("To nie jest data z godziną (RFC 3339).", "This is no time (RFC 3339).");
            issues.push(issue(&named("valid_from"), "not-a-time", reason, "2027-02-01T00:00:00+01:00"));
        }
        let until = input.valid_until.as_deref().map(Time::parse);
        let ends = match until {
            None => !input.ground.must_end(),
            Some(until) => until.is_some() && from.is_none_or(|from| until > Some(from)),
        };
        if !ends {
            issues.push(wrong_end(&named("valid_until")));
        }
        let names_basis = input.ground == Ground::ControllerToController;
        if input.basis.is_some() != names_basis {
            let reason = Text::of(
                "Podstawę prawną (art. 6 ust. 1 RODO) podaje się wtedy, i tylko wtedy, gdy partner jest odrębnym administratorem.",
                "A legal basis (GDPR Art. 6(1)) is named if, and only if, the partner is a controller of its own.",
            );
            issues.push(issue(&named("basis"), "wrong-basis", reason, "legitimate_interests"));
        }
        if self.agreements.len() >= AGREEMENTS {
            let reason = Text::of("Partner ma najwyżej 50 umów.", "A partner has at most 50 agreements.");
            issues.push(FieldIssue { field: within.into(), code: "too-many".into(), reason, example: None });
        }
        if let Some(from) = from.filter(|_| issues.len() == before) {
            let AgreementInput { ground, basis, signed_on, .. } = input;
            let until = until.flatten();
            self.agreements.push(AgreementDoc { id, ground, basis, number, signed_on, from, until, by, at });
        }
    }

    /// What the policy needs to know of it. An agreement that begins in the second in which another ends follows it
    /// without a gap: a day is given as an end by its last second.
    #[must_use]
    pub fn in_policy(&self) -> Partner {
        let mut agreements: Vec<Agreed> = self.agreements.iter().map(AgreementDoc::span).collect();
        let starts: Vec<Time> = agreements.iter().map(|agreed| agreed.from).collect();
        for agreed in &mut agreements {
            let Some(end) = agreed.until.filter(|end| agreed.from < *end) else { continue };
            let next = starts.iter().copied().filter(|from| end < *from && *from <= end.plus_s(1)).max();
            agreed.until = Some(next.unwrap_or(end));
        }
        Partner { id: self.id, active: self.active, agreements }
    }

    /// Opens a partner's document.
    ///
    /// # Errors
    /// Corrupt if it is not this partner's.
    pub fn open(vault: &Vault, doc: &Doc) -> Result<Self> {
        let content: Self = open_doc(vault, doc)?;
        if *content.id.bytes() == doc.id {
            return Ok(content);
        }
        Err(Fault::corrupt(format!("partner {}: columns and content differ", content.id)))
    }

    /// The write of it as this version.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn put(&self, vault: &Vault, now: Time, version: u64) -> Result<DocWrite> {
        put_doc(vault, bare_doc(DocKind::Partner, *self.id.bytes(), version, now, None), self)
    }
}

/// Whether a text is a day: `2027-01-31`.
fn is_day(text: &str) -> bool {
    text.len() == 10 && Time::parse(&format!("{text}T12:00:00Z")).is_some()
}

fn over() -> FieldIssue {
    let reason = Text::of(
        "Ta umowa już się skończyła, a z nią udostępnianie. Wpisz nową i udostępnij od nowa to, co trzeba.",
        "This agreement has ended, and sharing with it. Enter a new one, and share anew what is needed.",
    );
    FieldIssue { field: "end_agreement.id".into(), code: "agreement-over".into(), reason, example: None }
}

fn unknown_agreement() -> FieldIssue {
    let reason = Text::of("Partner nie ma takiej umowy.", "The partner has no such agreement.");
    FieldIssue { field: "end_agreement.id".into(), code: "unknown-agreement".into(), reason, example: None }
}

fn wrong_end(field: &str) -> FieldIssue {
    let reason = Text::of(
        "Podaj koniec późniejszy niż początek: datę z godziną (RFC 3339). Umowa powierzenia i podpowierzenia musi mieć koniec; inne mogą go nie mieć (null).",
        "Give an end after the beginning: a time of RFC 3339. An agreement on processing or sub-processing must have an end; others may have none (null).",
    );
    issue(field, "wrong-end", reason, "2028-02-01T00:00:00+01:00")
}

/// What somebody who is of a partner was given that only people of the house have.
pub fn of_the_house(doc: &UserDoc) -> Vec<FieldIssue> {
    let has = |field: &str, code: &str, has: bool| {
        let reason = Text::of(
            "Użytkownik partnera nie ma ról ani zespołu: widzi tylko to, co mu udostępniono.",
            "A partner's user has neither roles nor a team: such a user sees only what was shared.",
        );
        has.then(|| FieldIssue { field: field.into(), code: code.into(), reason, example: None })
    };
    let is = doc.partner.is_some();
    let roles = has("roles", "partner-has-no-roles", is && !doc.roles.is_empty());
    roles.into_iter().chain(has("team", "partner-has-no-team", is && !doc.team.is_nil())).collect()
}
