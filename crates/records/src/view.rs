//! What a caller gets to see of a record.

use crate::{Caller, Engine, Refs};
use access::{Action, Actor, Facts, Level, Mask, ParentFacts, Policy};
use index::{Body, ListRow};
use kernel::{Fault, Named, PartnerId, RecordId, Result, SubjectId, TeamId, Time, UserId};
use schema::{Content, Entity, Field, FieldKind};
use serde::Serialize;
use serde_json::{Map, Value, json};
use store::Row;

/// What the caller may do, and what is kept from the caller, so that no client has to guess.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct AccessBlock {
    /// Fields that are hidden.
    pub hidden: Vec<String>,
    /// Fields of which only a part is shown.
    pub masked: Vec<String>,
    /// Fields that may be changed, if the record may.
    pub writable: Vec<String>,
    /// Actions allowed on this record; empty for lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
}

/// The record that another hangs on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ParentView {
    /// Its entity.
    pub entity: String,
    /// Its id.
    pub id: RecordId,
}

/// One record, as far as the caller may see it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct RecordView {
    /// Id.
    pub id: RecordId,
    /// Entity.
    pub entity: String,
    /// The subject that it is about.
    pub subject: SubjectId,
    /// Owner.
    pub owner: Named<UserId>,
    /// Team.
    pub team: Named<TeamId>,
    /// The record it hangs on.
    pub parent: Option<ParentView>,
    /// Version, for `If-Match`.
    pub version: u64,
    /// Made when (RFC 3339).
    pub created_at: String,
    /// Made by.
    pub created_by: Named<UserId>,
    /// The partner that registered it, if one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered_by: Option<Named<PartnerId>>,
    /// Last changed when (RFC 3339).
    pub updated_at: String,
    /// Last changed by.
    pub updated_by: Named<UserId>,
    /// In the bin since (RFC 3339).
    pub deleted_at: Option<String>,
    /// Values by field. A masked one is `{"masked":true,"display":"…"}`.
    pub fields: Map<String, Value>,
    /// What it refers to and hangs on, as far as the caller may read it; not for rows of lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refs: Option<Refs>,
    /// Rights.
    pub access: AccessBlock,
}

/// The levels of a mask as lists of names.
pub(crate) fn access_block(entity: &Entity, mask: &Mask) -> AccessBlock {
    let mut block = AccessBlock::default();
    for field in &entity.fields {
        let list = match mask.level(&field.name) {
            Level::Hidden => &mut block.hidden,
            Level::Masked => &mut block.masked,
            Level::Read => continue,
            Level::Write if field.flags.read_only => continue,
            Level::Write => &mut block.writable,
        };
        list.push(field.name.clone());
    }
    block
}

/// What `actor`, who sees a record through `mask`, may see of it and do to it.
pub(crate) fn access_on(
    policy: &Policy,
    actor: &Actor,
    entity: &Entity,
    mask: &Mask,
    id: RecordId,
    facts: &Facts,
) -> AccessBlock {
    let mut access = access_block(entity, mask);
    // What may be changed is for the roles to say that let this record be changed.
    access.writable = match policy.write(actor, Action::Update, id, facts) {
        Ok(permit) => access_block(entity, permit.mask()).writable,
        Err(_) => Vec::new(),
    };
    let allowed = |a: &Action| *a != Action::Create && policy.decide(actor, *a, facts).allow;
    access.actions = Action::ALL.into_iter().filter(allowed).collect();
    access
}

/// The content as far as the mask lets it through.
pub(crate) fn masked_fields(entity: &Entity, mask: &Mask, content: &Content) -> Map<String, Value> {
    let mut out = Map::new();
    for field in &entity.fields {
        let Some(value) = content.get(&field.name) else {
            continue;
        };
        match mask.level(&field.name) {
            Level::Hidden => {}
            Level::Masked => {
                out.insert(field.name.clone(), masked_value(field, value));
            }
            Level::Read | Level::Write => {
                out.insert(field.name.clone(), value.clone());
            }
        }
    }
    out
}

/// The values of a row that may be read.
pub(crate) fn plain_fields(row: &ListRow) -> Result<Content> {
    match &row.body {
        Body::Json(text) => {
            serde_json::from_str(text).map_err(|_| Fault::corrupt("a body in the index is no JSON"))
        }
        Body::Fields { content, .. } => Ok(content.clone()),
    }
}

/// The marked form of a masked value: the last four digits of a number, the first letter and the
/// domain of an address, nothing at all of anything else.
pub(crate) fn masked_value(field: &Field, value: &Value) -> Value {
    let text = value.as_str().unwrap_or_default();
    let display = match &field.kind {
        FieldKind::Phone | FieldKind::Iban | FieldKind::Nip | FieldKind::Pesel if text.len() > 6 => {
            let tail: String =
                text.chars().rev().take(if matches!(field.kind, FieldKind::Pesel) { 2 } else { 4 }).collect();
            format!("•••{}", tail.chars().rev().collect::<String>())
        }
        FieldKind::Email => match text.split_once('@') {
            Some((local, domain)) => format!("{}•••@{domain}", local.chars().next().unwrap_or('•')),
            None => "•••".to_owned(),
        },
        _ => "•••".to_owned(),
    };
    json!({ "masked": true, "display": display })
}

/// Whether the caller reads the record that another hangs on. It has nothing above itself.
fn reads_above(caller: &Caller, above: &ParentFacts) -> bool {
    let facts = Facts {
        record: above.record,
        entity: above.entity,
        subject: SubjectId::NIL,
        owner: above.owner,
        team: above.team,
        parent: None,
    };
    caller.policy.decide(&caller.actor, Action::Read, &facts).allow
}

impl Engine {
    pub(crate) fn user_name(&self, user: UserId) -> Named<UserId> {
        Named { id: user, name: self.directory().user_name(user) }
    }

    /// The partner of whoever made a record: its users make none but by registering.
    fn registrant(&self, made_by: UserId) -> Option<Named<PartnerId>> {
        let partner = self.policy().members.get(&made_by).and_then(|member| member.partner)?;
        Some(self.partner_name(partner))
    }

    pub(crate) fn team_name(&self, team: TeamId) -> Named<TeamId> {
        let name = self.policy().teams.get(&team).map(|t| t.name.clone()).unwrap_or_default();
        Named { id: team, name }
    }

    /// The whole view of one record.
    pub(crate) fn record_view(
        &self,
        caller: &Caller,
        entity: &Entity,
        mask: &Mask,
        row: &Row,
        facts: &Facts,
        content: &Content,
    ) -> RecordView {
        let mut access = access_on(&caller.policy, &caller.actor, entity, mask, row.id, facts);
        let house = caller.partner().is_none();
        if !house {
            access.hidden.clear();
        }
        let told = |above: &&ParentFacts| house || reads_above(caller, above);
        let parent = facts.parent.as_ref().filter(told).zip(row.parent).map(|(p, id)| ParentView {
            entity: caller.policy.catalog.by_code(p.entity).map(|e| e.name.clone()).unwrap_or_default(),
            id,
        });
        // Of a partner's users nobody learns who works here, but by the fields that are shared.
        let user =
            |id| if house { self.user_name(id) } else { Named { id: UserId::NIL, name: String::new() } };
        let team = if house { row.team } else { TeamId::NIL };
        RecordView {
            id: row.id,
            entity: entity.name.clone(),
            subject: if house { row.subject } else { SubjectId::NIL },
            owner: user(row.owner),
            team: self.team_name(team),
            parent,
            version: row.version,
            created_at: row.created_at.rfc3339(),
            created_by: user(row.created_by),
            registered_by: self.registrant(row.created_by).filter(|_| house),
            updated_at: row.updated_at.rfc3339(),
            updated_by: user(row.updated_by),
            deleted_at: row.deleted_at.map(Time::rfc3339),
            fields: masked_fields(entity, mask, content),
            refs: None,
            access,
        }
    }
}
