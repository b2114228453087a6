//! What cannot work on any record is refused before anything is begun.

use super::{BulkChange, BulkOrder, BulkSelect};
use crate::prepare::{check_writable, issue};
use crate::{Caller, Engine, UpdateInput};
use access::{Action, Level, ListPermit};
use kernel::{Fault, RecordId, Result, Text};
use schema::{Content, Entity};
use serde_json::{Map, Value};

impl Engine {
    /// Refuses what cannot work on any record, before anything is begun.
    ///
    /// # Errors
    /// Forbidden without the right on any record; invalid fields, owner, conditions or number of records.
    pub async fn check_bulk(&self, caller: &Caller, order: &BulkOrder) -> Result<()> {
        if let (BulkSelect::OwnedBy(from), BulkChange::HandOver(to)) = (&order.select, &order.change) {
            return self.check_hand_over(caller, order, *from, to).await;
        }
        let name = order.entity.as_deref().unwrap_or_default();
        let entity = caller.policy.catalog.get(name).ok_or_else(Fault::not_found)?;
        let listed = caller.policy.list(&caller.actor, Action::Read, entity.code);
        let may = caller.policy.may_on_some(&caller.actor, order.change.action(), entity);
        let permit = match listed {
            Ok(permit) if may => permit,
            _ => {
                let fault = access::lacks_action(&caller.actor, order.change.action(), entity);
                return Err(self.refused(caller, entity.code.0, RecordId::NIL, fault).await);
            }
        };
        let (most, too_many) = order.most();
        match &order.select {
            BulkSelect::Ids(ids) if !(1..=most).contains(&ids.len()) => return Err(too_many()),
            BulkSelect::Ids(_) => {}
            BulkSelect::List(request) => drop(self.query(caller, entity, &permit, request)?),
            BulkSelect::OwnedBy(_) => return Err(Fault::bug("what a user owns is handed over only")),
        }
        let input = match &order.change {
            BulkChange::Update(input) => input,
            BulkChange::Share(input) => return self.check_share(caller, entity, &permit, input).await,
            BulkChange::Bin(_) | BulkChange::HandOver(_) => return Ok(()),
        };
        self.check_update(caller, entity, &permit, input)
    }

    fn check_update(
        &self,
        caller: &Caller,
        entity: &Entity,
        permit: &ListPermit,
        input: &UpdateInput,
    ) -> Result<()> {
        if input.owner.is_none()
            && input.fields.as_ref().is_none_or(|f| f.as_object().is_some_and(Map::is_empty))
        {
            let text =
                Text::of("Podaj, co zmienić: owner albo fields.", "Say what to change: owner or fields.");
            return Err(issue("change", "required", text));
        }
        if let Some(owner) = input.owner {
            self.team_of(caller, owner)?;
        }
        let Some(fields) = &input.fields else { return Ok(()) };
        let hidden =
            |name: &String| entity.field(name).is_some() && permit.most().level(name) == Level::Hidden;
        if fields.as_object().is_some_and(|map| map.keys().any(hidden)) {
            check_writable(entity, permit.most(), fields)?;
        }
        schema::check_patch(entity, &Content::new(), fields)
            .map(drop)
            .or_else(|fault| about_patch(fault, fields))
    }
}

/// A required value that merely is not named is no mistake of a change.
fn about_patch(fault: Fault, fields: &Value) -> Result<()> {
    let named = |name: &str| fields.get(name).is_some();
    if fault.issues.is_empty() {
        return Err(fault);
    }
    let issues: Vec<_> = fault.issues.into_iter().filter(|i| named(&i.field)).collect();
    if issues.is_empty() { Ok(()) } else { Err(Fault::fields(issues)) }
}
