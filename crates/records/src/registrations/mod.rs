//! Deals that users of a partner register. What they type becomes a lead of a caretaker of the house, made by the
//! caretaker's right and shared with the partner in the caretaker's name, in one commit. Nothing is looked up for it:
//! whoever registers learns nothing of what the house has already.

mod bounds;
mod closed;
mod fit;
mod list;

pub use closed::Closed;
pub use list::{RegistrationPage, RegistrationState, RegistrationView};

use crate::engine::index_row;
use crate::prepare::Prepared;
use crate::read::about;
use crate::write::CreateInput;
use crate::{Caller, Engine, GrantInput, Masked, Released};
use access::{Grant, Grantee, Over};
use fit::Ready;
use identity::{GrantDoc, NoticeDoc, NoticeGrant, PartnerDoc, RegistrationDoc, bare_doc, put_doc};
use index::Op;
use kernel::{Fault, FaultKind, FieldIssue, PartnerId, RecordId, Result, Text, Time};
use ledger::{Act, Event};
use schema::{Content, Entity, EntityCode};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use store::{Batch, DocKind, DocWrite, Idempotent, RowWrite};
use tracing::Instrument;

/// What comes of a registration.
const LEAD: &str = "lead";
/// How often one is judged anew because others, on other servers, were faster.
const TRIES: usize = 16;

/// What is registered. No other field of the lead is filled by a partner, whatever the lead has.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RegistrationFields {
    company_name: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    website: Option<String>,
    city: Option<String>,
    description: Option<String>,
}

/// Their names, and those of the fields that are filled with it.
const FILLED: [&str; 10] = [
    "company_name",
    "first_name",
    "last_name",
    "email",
    "phone",
    "website",
    "city",
    "description",
    "source",
    "status",
];

impl RegistrationFields {
    /// The content of the lead that it makes.
    fn content(&self, lead: &Entity) -> Result<(Value, Content)> {
        let Self { company_name, first_name, last_name, email, phone, website, city, description } = self;
        let given = [company_name, first_name, last_name, email, phone, website, city, description];
        let filled = FILLED.into_iter().zip(given).filter_map(|(name, text)| {
            let text = text.as_deref().filter(|text| !text.trim().is_empty())?;
            Some((name.to_owned(), Value::from(text)))
        });
        let mut fields: Map<String, Value> = filled.collect();
        let missing: Vec<FieldIssue> = ["company_name", "description"]
            .into_iter()
            .filter(|name| !fields.contains_key(*name))
            .map(|name| FieldIssue {
                field: name.to_owned(),
                code: "required".to_owned(),
                reason: Text::of("To pole jest wymagane.", "This field is required."),
                example: None,
            })
            .collect();
        if !missing.is_empty() {
            return Err(Fault::fields(missing));
        }
        fields.insert("source".to_owned(), "partner".into());
        fields.insert("status".to_owned(), "new".into());
        let fields = Value::Object(fields);
        let content = schema::check_content(lead, &fields)?;
        Ok((fields, content))
    }
}

/// A registration that was made.
#[derive(Clone, Debug, Serialize)]
pub struct RegistrationMade {
    /// The id of the lead that came of it.
    pub id: RecordId,
    /// When (RFC 3339).
    pub at: String,
    /// Until when the partner sees it (RFC 3339).
    pub until: String,
}

impl RegistrationMade {
    fn of(doc: &RegistrationDoc) -> Self {
        Self { id: doc.lead, at: doc.at.rfc3339(), until: doc.until.rfc3339() }
    }
}

impl Engine {
    /// Registers a deal for the partner that the caller is of; repeated with the same key, answers with the one made before.
    ///
    /// # Errors
    /// Forbidden for the house and for a token; conflict while it is closed; invalid, field by field; too many within a day.
    pub async fn register_deal(
        &self,
        caller: &Caller,
        input: &RegistrationFields,
        repeat: Option<&Idempotent>,
    ) -> Result<Released<RegistrationMade>> {
        self.not_by_token(caller).await?;
        let partner = self.of_partner_alone(caller).await?;
        for _ in 0..TRIES {
            match self.register_now(caller, partner, input, repeat).await {
                Ok(Ok(made)) => return Ok(made),
                Ok(Err(why)) => return Err(self.closed_now(caller, partner, why).await),
                // Others took the turn, or the same call did what is asked for.
                Err(fault) if fault.kind == FaultKind::Stale => {}
                Err(fault) => return Err(fault),
            }
        }
        let text = Text::of(
            "W tej samej chwili zgłaszane są inne szanse. Spróbuj ponownie.",
            "Other deals are being registered at this moment. Try again.",
        );
        Err(Fault::new(FaultKind::TooMany, text).retry_after_s(1))
    }

    /// What the same call registered before.
    async fn registered_before(
        &self,
        caller: &Caller,
        partner: PartnerId,
        repeat: Option<&Idempotent>,
    ) -> Result<Option<Released<RegistrationMade>>> {
        let Some(key) = repeat else { return Ok(None) };
        let Some(id) = self.made_before(key).await? else { return Ok(None) };
        let kept = self.0.store.doc(DocKind::Registration, *id.bytes()).await?;
        let doc = RegistrationDoc::open(&self.0.vault, &kept.ok_or_else(Fault::not_found)?)?;
        if doc.partner != partner {
            return Err(Fault::not_found());
        }
        let mut event = self.event(caller, Act::RegistrationRead);
        self.set_detail(&mut event, &json!({ "partner": partner }))?;
        let view = Masked::new(RegistrationMade::of(&doc));
        Ok(Some(view.release(&self.receipt(event).await?)))
    }

    async fn register_now(
        &self,
        caller: &Caller,
        partner: PartnerId,
        input: &RegistrationFields,
        repeat: Option<&Idempotent>,
    ) -> Result<std::result::Result<Released<RegistrationMade>, Closed>> {
        // What is decided from here on is decided on what holds now: the agreement, the caretaker's rights, the limits.
        let held = self.administer().await?;
        let turns = self.turns(partner).await?;
        let caller = &self.present(caller)?;
        if let Some(made) = self.registered_before(caller, partner, repeat).await? {
            return Ok(Ok(made));
        }
        let partner = self.directory().partners.get(&partner).cloned().ok_or_else(Fault::not_found)?;
        let ready = match self.ready_to_register(&caller.policy, &partner) {
            Ok(ready) => ready,
            Err(why) => return Ok(Err(why)),
        };
        let lead = caller.policy.catalog.get(LEAD).ok_or_else(|| Fault::bug("entity missing"))?;
        let (fields, content) = input.content(lead)?;
        self.check_daily(caller, partner.id).await?;
        let (mut made, grant) =
            match self.prepare_registered(&ready, lead, fields, content, partner.id).await? {
                Ok(made) => made,
                Err(why) => return Ok(Err(why)),
            };
        // The caretaker answers for it, and whoever typed it made it.
        (made.row.created_by, made.row.updated_by) = (caller.actor.user, caller.actor.user);
        let (at, until) = (self.now(), ready.until);
        let (lead_id, by) = (made.row.id, caller.actor.user);
        let doc = RegistrationDoc { lead: lead_id, partner: partner.id, by, at, grant: grant.id, until };
        let mut batch = self.registered_batch(caller, &partner, &ready, (&made, &grant))?;
        batch.docs.push(doc.put(&self.0.vault)?);
        batch.docs.extend(turns.of(ready.rules.caretaker)?);
        batch.docs.push(self.registered_notice(caller, &partner, &ready, (lead, &made, &grant))?);
        batch.directory = held.at;
        batch.idempotent = repeat.map(|key| Idempotent { sealed: lead_id.bytes().to_vec(), ..key.clone() });
        batch.rows.push(RowWrite::Insert { row: made.row.clone(), links: made.links });
        let op = Op::Put(index_row(&made.row, made.content));
        let receipt = self.commit_registered(batch, op, grant.id).await?;
        Ok(Ok(Masked::new(RegistrationMade::of(&doc)).release(&receipt)))
    }

    /// The partner that the caller is of; whoever is of the house has other ways.
    async fn of_partner_alone(&self, caller: &Caller) -> Result<PartnerId> {
        let Some(partner) = caller.partner() else {
            let text = Text::of(
                "Szanse zgłaszają tylko użytkownicy partnerów. Dodaj leada.",
                "Deals are registered by users of partners alone. Add a lead instead.",
            );
            let fault = Fault::new(FaultKind::Forbidden, text);
            return Err(self.refused_to_all_but(caller, 0, RecordId::NIL, fault, &[]).await);
        };
        Ok(partner)
    }

    /// The lead and the grant over it, made ready by the caretaker's rights; or what is against it, which the house has
    /// to see to and the partner does not learn. Nothing is left of what is refused: the lead comes last.
    async fn prepare_registered(
        &self,
        ready: &Ready,
        lead: &Entity,
        fields: Value,
        content: Content,
        partner: PartnerId,
    ) -> Result<std::result::Result<(Prepared, Grant), Closed>> {
        let (caretaker, policy) = (&ready.caretaker, &*ready.caretaker.policy);
        let input = GrantInput {
            to: Grantee::Partner(partner),
            role: ready.rules.role,
            with_related: true,
            fields: None,
            reason: String::new(),
            from: None,
            until: Some(ready.until.rfc3339()),
        };
        let Ok((_, mut grant)) = self.checked(policy, caretaker, lead, &ready.facts, &input) else {
            return Ok(Err(Closed::NoAgreement));
        };
        if self.check_room(policy, &grant).is_err() {
            return Ok(Err(Closed::Full));
        }
        let owner = Some(caretaker.actor.user);
        let create = CreateInput { fields, owner, parent: None, allow_duplicate: true };
        let made = match self.prepare_checked(caretaker, lead, &create, content, None).await {
            Err(fault) if fault.kind == FaultKind::Forbidden => return Ok(Err(Closed::CaretakerMayNot)),
            other => other?,
        };
        grant.over = Over::Tree(lead.code, made.row.id);
        Ok(Ok((made, grant)))
    }

    /// The events of a registration, in the name of whoever registers, and the grant.
    fn registered_batch(
        &self,
        caller: &Caller,
        partner: &PartnerDoc,
        ready: &Ready,
        (made, grant): (&Prepared, &Grant),
    ) -> Result<Batch> {
        let (row, until) = (&made.row, grant.until.map(Time::rfc3339));
        let event = |act| about(self.event(caller, act), row);
        let mut batch = Batch::new(event(Act::RecordCreate));
        let mut registered = event(Act::RegistrationCreate);
        let caretaker = grant.by;
        let agreements = caller.agreements_in_force(partner.id);
        let told = json!({ "partner": partner.id, "caretaker": caretaker, "grant": grant.id, "agreements": agreements });
        self.set_detail(&mut registered, &told)?;
        let mut granted = event(Act::GrantCreate);
        let role = caller.policy.roles.get(&grant.role).map(|role| &role.name);
        let told = json!({
            "grant": grant.id, "to": grant.to, "by": caretaker, "role": role, "with_related": true,
            "fields": grant.fields, "from": grant.from.rfc3339(), "until": until,
        });
        self.set_detail(&mut granted, &told)?;
        batch.more_events.extend([registered, granted]);
        let reason = Text::new(
            format!("Szansę zgłosił partner: {}", partner.name),
            format!("The deal was registered by the partner {}", partner.name),
        );
        let reason = reason.get(ready.caretaker.lang);
        let doc = GrantDoc::new(&self.0.vault, grant.clone(), self.now(), row.subject, reason)?;
        batch.docs.push(doc.put(&self.0.vault, self.now(), 0)?);
        let mut noticed = self.system_event(Act::NoticeCreate);
        let told = json!({ "code": "registration-made", "count": 1, "grant": grant.id, "to": [caretaker] });
        self.set_detail(&mut noticed, &told)?;
        batch.more_events.push(noticed);
        Ok(batch)
    }

    /// What the caretaker is told: no word of what was typed.
    fn registered_notice(
        &self,
        caller: &Caller,
        partner: &PartnerDoc,
        ready: &Ready,
        (lead, made, grant): (&Entity, &Prepared, &Grant),
    ) -> Result<DocWrite> {
        let (now, id, who): (_, RecordId, _) =
            (self.now(), self.id(), self.user_name(caller.actor.user).name);
        let until = self.moment(ready.until);
        let title = Text::new(
            format!("Partner zgłosił szansę: {}", partner.name),
            format!("A partner registered a deal: {}", partner.name),
        );
        let body = Text::new(
            format!(
                "Zgłasza: {who}. Lead należy do Ciebie, a partner widzi go do {}. Sprawdź, czy nie ma go już pod inną nazwą.",
                until.pl
            ),
            format!(
                "Registered by {who}. The lead is yours, and the partner sees it until {}. See whether it is there already under another name.",
                until.en
            ),
        );
        let record: Option<(EntityCode, RecordId)> = Some((lead.code, made.row.id));
        let grant = Some(NoticeGrant { id: grant.id, record });
        let notice = NoticeDoc { grant, ..NoticeDoc::new("registration-made", title, body, now) };
        let to = Some(ready.caretaker.actor.user);
        put_doc(&self.0.vault, bare_doc(DocKind::Notice, *id.bytes(), 1, now, to), &notice)
    }

    /// Whether a partner registered anything.
    pub(crate) async fn has_registered(&self, partner: PartnerId) -> Result<bool> {
        Ok(!self.registrations_of(partner, 1).await?.is_empty())
    }

    /// The newest registrations of a partner.
    async fn registrations_of(&self, partner: PartnerId, most: usize) -> Result<Vec<RegistrationDoc>> {
        let (kind, under) = (DocKind::Registration, RegistrationDoc::found_under(partner));
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        let docs = self.0.store.docs_of_user_by_time(kind, under, most).await?;
        docs.iter().map(|doc| RegistrationDoc::open(&self.0.vault, doc)).collect()
    }

    /// Commits the lead with its grant, which is in force, and in the index, before it is answered.
    async fn commit_registered(
        &self,
        batch: Batch,
        op: Op,
        grant: kernel::GrantId,
    ) -> Result<ledger::Receipt> {
        let engine = self.clone();
        let committed = async move {
            let done = engine.commit(batch, vec![op]).await;
            if let Err(fault) = engine.look_at_grants(&[grant]).await {
                tracing::error!(%fault, %grant, "a grant could not be looked at, and gives nothing until it can");
            }
            match done {
                // The first turn was taken by somebody else, or the key by the same call: judged anew.
                Err(fault) if fault.kind == FaultKind::Conflict => Err(Fault::stale()),
                done => Ok(done?.receipt),
            }
        };
        tokio::spawn(committed.in_current_span()).await.map_err(Fault::bug)?
    }
}

/// The event of something else in the same act.
fn beside(batch: &Batch, id: ledger::EventId, act: Act) -> Event {
    Event { id, act, ..batch.event().clone() }
}
