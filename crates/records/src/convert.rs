//! A lead becomes a person, and if wanted a company and a deal, in one act.

use crate::engine::index_row;
use crate::prepare::{Prepared, issue, links_of};
use crate::read::about;
use crate::write::CreateInput;
use crate::{Caller, Engine, Masked, Released, content};
use access::{Action, Level};
use index::Op;
use kernel::{Fault, RecordId, Result, SubjectId, Text};
use ledger::Act;
use schema::{Content, Entity};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use store::{Batch, Row, RowWrite};

/// What is to become of a lead.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ConvertInput {
    /// An existing company; else one is made if the lead names one.
    pub company: Option<RecordId>,
    /// Name of the deal to be made; none is made without it.
    pub deal: Option<String>,
}

/// What a lead became.
#[derive(Clone, Debug, Serialize)]
pub struct Converted {
    /// The lead.
    pub lead: RecordId,
    /// The person; it keeps the lead's subject, so that one erasure reaches both.
    pub person: RecordId,
    /// The company, new or given.
    pub company: Option<RecordId>,
    /// The deal.
    pub deal: Option<RecordId>,
}

/// Notes and activities that move with the lead in one act.
const MAX_CHILDREN: u32 = 1_000;

fn pick(content: &Content, pairs: &[(&str, &str)]) -> Map<String, Value> {
    pairs.iter().filter_map(|(from, to)| content.get(*from).map(|v| ((*to).to_owned(), v.clone()))).collect()
}

impl Engine {
    /// Converts a lead.
    ///
    /// # Errors
    /// Not found; forbidden without the right to change the lead or to make what it becomes; conflict
    /// if it was converted before.
    pub async fn convert(
        &self,
        caller: &Caller,
        id: RecordId,
        version: u64,
        input: &ConvertInput,
    ) -> Result<Released<Converted>> {
        let entity_of =
            |name: &str| caller.policy.catalog.get(name).ok_or_else(|| Fault::bug("entity missing"));
        let lead = entity_of("lead")?;
        let (row, _, permit) = self.lookup_to(caller, lead, id, Action::Update).await?;
        let person = entity_of("person")?;
        if !self.may_make(caller, person, &row) {
            let fault = access::lacks_action(&caller.actor, Action::Create, person);
            return Err(self.refused(caller, row.entity, id, fault).await);
        }
        if row.version != version || row.deleted_at.is_some() {
            return Err(Fault::stale());
        }
        let before = content::open_to_write(&self.0.vault, &permit, &row)?;
        if before.contains_key("converted_person") {
            let text = Text::of("Ten lead jest już przekształcony.", "This lead has already been converted.");
            return Err(Fault::new(kernel::FaultKind::Conflict, text));
        }
        // Copied is only what the caller reads: another entity's mask must not uncover the rest.
        let mut shown = before.clone();
        shown.retain(|field, _| permit.mask().level(field) >= Level::Read);
        let made = async {
            let company = self.company_of_lead(caller, entity_of("company")?, &row, &shown, input).await?;
            let person = self.person_of_lead(caller, person, &row, &shown, input.company).await?;
            let deal = self.deal_of_lead(caller, entity_of("deal")?, &row, &shown, input).await?;
            Ok::<_, Fault>((company, person, deal))
        };
        let (company, person, deal) = match made.await {
            Err(fault) if fault.kind == kernel::FaultKind::Forbidden => {
                return Err(self.refused(caller, row.entity, id, fault).await);
            }
            other => other?,
        };
        let company_id = company.as_ref().map(|c| c.row.id).or(input.company);
        self.commit_conversion(caller, lead, &row, &before, [Some(person), company, deal], company_id).await
    }

    /// Whether the caller may make a record of `entity` for the owner of `lead`.
    fn may_make(&self, caller: &Caller, entity: &Entity, lead: &Row) -> bool {
        let facts = access::Facts {
            record: RecordId::NIL,
            entity: entity.code,
            subject: lead.subject,
            owner: lead.owner,
            team: lead.team,
            parent: None,
        };
        caller.policy.decide(&caller.actor, Action::Create, &facts).allow
    }

    async fn company_of_lead(
        &self,
        caller: &Caller,
        entity: &Entity,
        lead: &Row,
        before: &Content,
        input: &ConvertInput,
    ) -> Result<Option<Prepared>> {
        if input.company.is_some() || !before.contains_key("company_name") {
            return Ok(None);
        }
        let fields = pick(
            before,
            &[("company_name", "name"), ("nip", "nip"), ("website", "website"), ("source", "source")],
        );
        let fields = keep_known(entity, fields);
        let create = CreateInput {
            fields: Value::Object(fields),
            owner: Some(lead.owner),
            parent: None,
            allow_duplicate: false,
        };
        let made = self.prepare(caller, entity, &create, None).await?;
        self.check_unique(caller, entity, &Content::new(), &made.content, made.row.id).await?;
        Ok(Some(made))
    }

    async fn person_of_lead(
        &self,
        caller: &Caller,
        entity: &Entity,
        lead: &Row,
        before: &Content,
        company: Option<RecordId>,
    ) -> Result<Prepared> {
        let mut fields = pick(
            before,
            &[
                ("first_name", "first_name"),
                ("last_name", "last_name"),
                ("job_title", "job_title"),
                ("email", "email"),
                ("phone", "phone"),
                ("mobile", "mobile"),
                ("street", "street"),
                ("city", "city"),
                ("postal_code", "postal_code"),
                ("country", "country"),
                ("source", "source"),
                ("tags", "tags"),
                ("description", "description"),
            ],
        );
        if let Some(company) = company {
            fields.insert("company".to_owned(), json!(company));
        }
        if !fields.contains_key("last_name") {
            return Err(issue(
                "last_name",
                "required",
                Text::of(
                    "Uzupełnij nazwisko, zanim przekształcisz leada w osobę.",
                    "Give the last name before converting the lead into a person.",
                ),
            ));
        }
        let fields = keep_known(entity, fields);
        let create = CreateInput {
            fields: Value::Object(fields),
            owner: Some(lead.owner),
            parent: None,
            allow_duplicate: true,
        };
        self.prepare(caller, entity, &create, Some(lead.subject)).await
    }

    async fn deal_of_lead(
        &self,
        caller: &Caller,
        entity: &Entity,
        lead: &Row,
        before: &Content,
        input: &ConvertInput,
    ) -> Result<Option<Prepared>> {
        let Some(name) = &input.deal else { return Ok(None) };
        let mut fields = pick(before, &[("estimated_value", "value"), ("source", "source")]);
        fields.insert("name".to_owned(), Value::String(name.clone()));
        let stage = entity.field("stage").and_then(|f| match &f.kind {
            schema::FieldKind::Choice { choices } => choices.first().map(|c| c.code.clone()),
            _ => None,
        });
        fields.insert("stage".to_owned(), json!(stage));
        if let Some(company) = input.company {
            fields.insert("company".to_owned(), json!(company));
        }
        let fields = keep_known(entity, fields);
        let create = CreateInput {
            fields: Value::Object(fields),
            owner: Some(lead.owner),
            parent: None,
            allow_duplicate: true,
        };
        // Sealed for the lead's subject: it concerns that person until a company is set.
        let subject = if input.company.is_some() { None } else { Some(lead.subject) };
        self.prepare(caller, entity, &create, subject).await.map(Some)
    }

    /// Writes all of it as one act: person, company and deal refer to each other, the lead to them, and
    /// what hung on the lead hangs on the person.
    async fn commit_conversion(
        &self,
        caller: &Caller,
        lead: &Entity,
        row: &Row,
        before: &Content,
        made: [Option<Prepared>; 3],
        company: Option<RecordId>,
    ) -> Result<Released<Converted>> {
        let [Some(mut person), new_company, mut deal] = made else { return Err(Fault::bug("no person")) };
        if let Some(company) = company {
            person.content.insert("company".to_owned(), json!(company));
        }
        if let Some(deal) = &mut deal {
            deal.content.insert("person".to_owned(), json!(person.row.id));
            if let Some(company) = company {
                deal.content.insert("company".to_owned(), json!(company));
            }
            if let Some(company) = &new_company {
                deal.row.subject = company.row.subject;
            }
        }
        let result =
            Converted { lead: row.id, person: person.row.id, company, deal: deal.as_ref().map(|d| d.row.id) };
        let mut batch = Batch::new(about(self.event(caller, Act::LeadConvert), row));
        let mut ops = Vec::new();
        for mut record in [new_company, Some(person), deal].into_iter().flatten() {
            let entity = entity_of(caller, record.row.entity)?;
            content::seal_into(&self.0.vault, &mut record.row, &record.content)?;
            batch.require.extend(record.require.iter().copied());
            ops.push(Op::Put(index_row(&record.row, record.content.clone())));
            batch.rows.push(RowWrite::Insert { links: links_of(entity, &record.content), row: record.row });
        }
        let after = self.lead_after(before, &result);
        self.push_update(caller, lead, row, [before, &after], row.parent, &mut batch, &mut ops)?;
        let children = self.0.store.children(row.id, None, MAX_CHILDREN + 1).await?;
        if children.len() > MAX_CHILDREN as usize {
            return Err(Fault::invalid(Text::new(
                format!("Ten lead ma więcej niż {MAX_CHILDREN} notatek i aktywności. Usuń część z nich."),
                format!("This lead has more than {MAX_CHILDREN} notes and activities. Remove some of them."),
            )));
        }
        for child in children {
            let entity = entity_of(caller, child.entity)?;
            let content = content::open_unseen(&self.0.vault, &child)?;
            let parent = Some(result.person);
            self.push_update(caller, entity, &child, [&content, &content], parent, &mut batch, &mut ops)?;
        }
        let done = self.commit(batch, ops).await?;
        Ok(Masked::new(result).release(&done.receipt))
    }

    /// The lead with what it became.
    fn lead_after(&self, before: &Content, became: &Converted) -> Content {
        let mut after = before.clone();
        after.insert("status".to_owned(), json!("converted"));
        after.insert("converted_at".to_owned(), json!(self.now().rfc3339()));
        after.insert("converted_person".to_owned(), json!(became.person));
        for (field, id) in [("converted_company", became.company), ("converted_deal", became.deal)] {
            if let Some(id) = id {
                after.insert(field.to_owned(), json!(id));
            }
        }
        after
    }

    /// Seals anew what hangs on a record that is about somebody else now. Otherwise it would stay behind
    /// when that subject is erased, and go with one that it is not about.
    pub(crate) async fn take_children(
        &self,
        caller: &Caller,
        id: RecordId,
        subject: SubjectId,
        batch: &mut Batch,
        ops: &mut Vec<Op>,
    ) -> Result<()> {
        let children = self.0.store.children(id, None, MAX_CHILDREN + 1).await?;
        if children.len() > MAX_CHILDREN as usize {
            return Err(Fault::invalid(Text::of(
                "Ten rekord ma zbyt wiele notatek i aktywności, aby zmienić, kogo dotyczy.",
                "This record has too many notes and activities to change whom it is about.",
            )));
        }
        for child in children {
            let entity = caller.policy.catalog.by_code(schema::EntityCode(child.entity));
            let entity = entity.ok_or_else(|| Fault::bug("entity"))?;
            let content = content::open_unseen(&self.0.vault, &child)?;
            let moved = Row { subject, ..child };
            self.push_update(caller, entity, &moved, [&content, &content], moved.parent, batch, ops)?;
        }
        Ok(())
    }

    #[allow(clippy::too_many_arguments, reason = "two states of one row and where the change goes")]
    fn push_update(
        &self,
        caller: &Caller,
        entity: &Entity,
        row: &Row,
        [before, after]: [&Content; 2],
        parent: Option<RecordId>,
        batch: &mut Batch,
        ops: &mut Vec<Op>,
    ) -> Result<()> {
        let mut next = Row {
            version: row.version + 1,
            updated_at: self.now(),
            updated_by: caller.actor.user,
            parent,
            ..row.clone()
        };
        content::seal_into(&self.0.vault, &mut next, after)?;
        let diff = content::seal_diff(&self.0.vault, &next, before, after)?;
        ops.push(Op::Put(index_row(&next, after.clone())));
        batch.rows.push(RowWrite::Update { links: links_of(entity, after), row: next, diff });
        Ok(())
    }
}

fn entity_of(caller: &Caller, code: u16) -> Result<&Entity> {
    caller.policy.catalog.by_code(schema::EntityCode(code)).ok_or_else(|| Fault::bug("unknown entity"))
}

/// Only fields that the target entity has and that may be given.
fn keep_known(entity: &Entity, fields: Map<String, Value>) -> Map<String, Value> {
    fields.into_iter().filter(|(name, _)| entity.field(name).is_some_and(|f| !f.flags.read_only)).collect()
}
