//! What a partner registered and how that stands: to its own users, and to whoever of the house reads partners, each as
//! far as that one sees the lead.

use super::LEAD;
use crate::disclosed::{Rendered, Shown};
use crate::of_partner::hidden_in_bin;
use crate::prepare::issue;
use crate::{Caller, Engine, Masked, Released, content};
use access::{Action, Facts, Level};
use identity::RegistrationDoc;
use kernel::{Fault, Named, PartnerId, RecordId, Result, Text, UserId, limits};
use ledger::{Act, Event, Touch, TouchKind};
use schema::{Content, Entity, EntityCode, FieldKind, Outcome};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use store::Row;

/// The newest registrations of a partner that are listed.
const LISTED: usize = 1_000;

/// How a registration stands with the house.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RegistrationState {
    /// Nobody worked on it yet.
    Open,
    /// Somebody does.
    InWork,
    /// A deal that came of it was won.
    Won,
    /// That was lost, or the lead was turned down.
    Lost,
}

/// A registration.
#[derive(Clone, Debug, Serialize)]
pub struct RegistrationView {
    /// The id of the lead that came of it.
    pub id: RecordId,
    /// When (RFC 3339).
    pub at: String,
    /// By which user of the partner.
    pub by: Named<UserId>,
    /// The company, as the lead has it now and as far as the caller sees it.
    pub company: Option<String>,
    /// How it stands; nothing for whoever does not see the lead, or not any more.
    pub state: Option<RegistrationState>,
    /// Until when it is, or was, shared with the partner (RFC 3339).
    pub until: String,
    /// Whether it is shared with the partner now.
    pub shared: bool,
}

/// Some registrations, the newest first.
#[derive(Clone, Debug, Serialize)]
pub struct RegistrationPage {
    /// They.
    pub items: Vec<RegistrationView>,
    /// How many there are, up to 1,000; no others are listed.
    pub count: usize,
    /// Pass as `cursor` to go on; null at the end.
    pub next_cursor: Option<RecordId>,
}

/// What of the records was shown, for the ledger.
#[derive(Default)]
struct Seen {
    rows: Vec<(RecordId, u64)>,
    rendered: HashMap<RecordId, Rendered>,
    touches: Vec<Touch>,
}

impl Engine {
    /// What the caller's own partner registered.
    ///
    /// # Errors
    /// Forbidden for the house and for a token; invalid for a limit out of range.
    pub async fn own_registrations(
        &self,
        caller: &Caller,
        limit: u32,
        after: Option<RecordId>,
    ) -> Result<Released<RegistrationPage>> {
        self.not_by_token(caller).await?;
        let partner = self.of_partner_alone(caller).await?;
        self.registration_page(caller, partner, limit, after).await
    }

    /// What one partner registered, to whoever reads partners.
    ///
    /// # Errors
    /// Forbidden; not found; invalid for a limit out of range.
    pub async fn partner_registrations(
        &self,
        caller: &Caller,
        partner: PartnerId,
        limit: u32,
        after: Option<RecordId>,
    ) -> Result<Released<RegistrationPage>> {
        self.read_partners(caller).await.map(drop)?;
        if !self.directory().partners.contains_key(&partner) {
            return Err(Fault::not_found());
        }
        self.registration_page(caller, partner, limit, after).await
    }

    async fn registration_page(
        &self,
        caller: &Caller,
        partner: PartnerId,
        limit: u32,
        after: Option<RecordId>,
    ) -> Result<Released<RegistrationPage>> {
        if !(1..=limits::PAGE_MAX).contains(&limit) {
            let max = limits::PAGE_MAX;
            let reason = Text::new(format!("Od 1 do {max}."), format!("From 1 to {max}."));
            return Err(issue("limit", "out-of-range", reason));
        }
        let lead = caller.policy.catalog.get(LEAD).ok_or_else(|| Fault::bug("entity missing"))?;
        let mut docs = self.registrations_of(partner, LISTED).await?;
        let count = docs.len();
        docs.sort_unstable_by_key(|doc| std::cmp::Reverse(doc.lead));
        docs.retain(|doc| after.is_none_or(|after| doc.lead < after));
        let more = docs.len() > limit as usize;
        docs.truncate(limit as usize);
        let next_cursor = docs.last().filter(|_| more).map(|doc| doc.lead);
        let ids = docs.iter().map(|doc| doc.lead).collect();
        let rows: HashMap<RecordId, Row> =
            self.0.store.rows(ids).await?.into_iter().map(|row| (row.id, row)).collect();
        let (mut items, mut seen) = (Vec::new(), Seen::default());
        for doc in &docs {
            items.push(self.registration_view(caller, lead, (doc, rows.get(&doc.lead)), &mut seen).await?);
        }
        let page = Masked::new(RegistrationPage { items, count, next_cursor });
        let Seen { rows, rendered, touches } = seen;
        let (channel, action, only) = ("list", Action::Read, Some(Vec::new()));
        let shown = Shown { channel, action, entity: lead, rows, rendered, only, beside: &[] };
        let disclosed = self.disclosed(caller, shown).await?;
        let mut event = Event { touches, ..self.event(caller, Act::RegistrationRead) };
        let mut told = json!({ "partner": partner });
        if let Some(disclosed) = disclosed {
            told["disclosed"] = disclosed;
        }
        self.set_detail(&mut event, &told)?;
        let receipt = self.receipt(event).await?;
        Ok(page.release(&receipt))
    }

    async fn registration_view(
        &self,
        caller: &Caller,
        lead: &Entity,
        (doc, row): (&RegistrationDoc, Option<&Row>),
        seen: &mut Seen,
    ) -> Result<RegistrationView> {
        let policy = &*caller.policy;
        let grants = policy.grants.on(doc.lead);
        let grant = grants.iter().find(|grant| grant.id == doc.grant);
        let agreed = policy.partners.get(&doc.partner).is_some_and(|p| p.agreed_at(self.now()));
        let there = row.is_some_and(|row| row.deleted_at.is_none());
        let mut view = RegistrationView {
            id: doc.lead,
            at: doc.at.rfc3339(),
            by: self.user_name(doc.by),
            company: None,
            state: None,
            until: grant.and_then(|grant| grant.until).unwrap_or(doc.until).rfc3339(),
            shared: there && agreed && grant.is_some_and(|grant| grant.holds_at(self.now())),
        };
        let Some(row) = row.filter(|row| row.entity == lead.code.0) else { return Ok(view) };
        let (facts, parent) = self.facts(row).await?;
        let permit = policy.read(&caller.actor, row.id, &facts).ok();
        let permit = permit.filter(|_| !hidden_in_bin(caller, row, parent.as_ref()));
        let Some(permit) = permit else { return Ok(view) };
        let content = content::open(&self.0.vault, &permit, row)?;
        let reads = |field: &str| permit.mask().level(field) >= Level::Read;
        let mut shown = Map::new();
        if let Some(company) = content.get("company_name").filter(|_| reads("company_name")) {
            view.company = company.as_str().map(str::to_owned);
            shown.insert("company_name".to_owned(), company.clone());
        }
        // How it stands belongs to registering, whatever role the partner has on the lead. Nobody of the house learns it
        // here who does not see it there.
        if caller.partner().is_some() || reads("status") {
            let deal = caller.partner().is_some() || reads("converted_deal");
            view.state = Some(self.state_of(caller, &content, deal).await?);
            shown.insert("status".to_owned(), content.get("status").cloned().unwrap_or_default());
        }
        seen.note(row, &shown, facts);
        Ok(view)
    }

    /// How a lead stands: by its status, and by the deal that it became, if the caller may be led on to that.
    async fn state_of(&self, caller: &Caller, content: &Content, deal: bool) -> Result<RegistrationState> {
        let text = |field: &str| content.get(field).and_then(Value::as_str);
        Ok(match text("status") {
            Some("new") | None => RegistrationState::Open,
            Some("disqualified") => RegistrationState::Lost,
            Some(_) => match text("converted_deal").filter(|_| deal).and_then(|id| id.parse().ok()) {
                Some(deal) => self.state_of_deal(caller, deal).await?,
                None => RegistrationState::InWork,
            },
        })
    }

    /// Of the deal nothing is told but how it ended: to the partner in any case, to the house as far as it sees the deal.
    async fn state_of_deal(&self, caller: &Caller, deal: RecordId) -> Result<RegistrationState> {
        let row = self.0.store.row(deal).await?;
        let Some(row) = row.filter(|row| row.deleted_at.is_none()) else {
            return Ok(RegistrationState::InWork);
        };
        let Some(entity) = caller.policy.catalog.by_code(EntityCode(row.entity)) else {
            return Ok(RegistrationState::InWork);
        };
        if caller.partner().is_none() {
            // The right to read leads and partners leads to no deal: what is not seen there is not told here either.
            let (facts, _) = self.facts(&row).await?;
            let permit = caller.policy.read(&caller.actor, row.id, &facts);
            if !permit.is_ok_and(|permit| permit.mask().level("stage") >= Level::Read) {
                return Ok(RegistrationState::InWork);
            }
        }
        let content = content::open_unseen(&self.0.vault, &row)?;
        let stage = content.get("stage").and_then(Value::as_str);
        let outcome = entity.field("stage").and_then(|field| match &field.kind {
            FieldKind::Choice { choices } => {
                choices.iter().find(|choice| Some(&*choice.code) == stage).and_then(|choice| choice.outcome)
            }
            _ => None,
        });
        Ok(match outcome {
            Some(Outcome::Won) => RegistrationState::Won,
            Some(Outcome::Lost) => RegistrationState::Lost,
            None => RegistrationState::InWork,
        })
    }
}

impl Seen {
    fn note(&mut self, row: &Row, shown: &Map<String, Value>, facts: Facts) {
        if shown.is_empty() {
            return;
        }
        self.rows.push((row.id, row.version));
        self.rendered.insert(row.id, Rendered::of(shown, facts));
        let id = *row.id.bytes();
        self.touches.push(Touch { entity: row.entity, id, kind: TouchKind::Seen, hash: None });
    }
}
