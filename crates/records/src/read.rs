//! Opening one record, and revealing one masked field.

use crate::disclosed::{Rendered, Shown};
use crate::tried::{Kind, Tried};
use crate::{Caller, Engine, Masked, RecordView, Released, content};
use access::{Action, Level};
use kernel::{Fault, FieldIssue, RecordId, Result, Text};
use ledger::{Act, Event};
use schema::Entity;
use serde_json::{Value, json};
use std::collections::HashMap;
use store::Row;

/// Shortest and longest reason for revealing, in characters.
pub const REVEAL_REASON: std::ops::RangeInclusive<usize> = 5..=500;

/// The event with the record it is about.
pub(crate) fn about(event: Event, row: &Row) -> Event {
    Event { entity: row.entity, record: row.id, subject: row.subject, ..event }
}

impl Engine {
    /// Opens one record.
    ///
    /// # Errors
    /// Not found if it is not there or not to be seen; corrupt if it is not what was written.
    pub async fn read(&self, caller: &Caller, entity: &Entity, id: RecordId) -> Result<Released<RecordView>> {
        let (row, facts, permit) = self.lookup(caller, entity, id).await?;
        let content = content::open(&self.0.vault, &permit, &row)?;
        let mut view = self.record_view(caller, entity, permit.mask(), &row, &facts, &content);
        let (refs, touches) = self.refs_of(caller, entity, permit.mask(), &row, &facts, &content).await?;
        view.refs = Some(refs);
        let rendered = HashMap::from([(row.id, Rendered::of(&view.fields, facts.clone()))]);
        let view = Masked::new(view);
        let (channel, action, rows) = ("record", Action::Read, vec![(row.id, row.version)]);
        let shown = Shown { channel, action, entity, rows, rendered, only: None, beside: &touches };
        let disclosed = self.disclosed(caller, shown).await?;
        let mut event = Event { touches, ..about(self.event(caller, Act::RecordRead), &row) };
        if let Some(disclosed) = disclosed {
            self.set_detail(&mut event, &json!({ "disclosed": disclosed }))?;
        }
        let receipt = self.receipt(event).await?;
        Ok(view.release(&receipt))
    }

    /// Shows one masked field in clear, for a stated reason.
    ///
    /// # Errors
    /// Not found as for reading; forbidden without the right to reveal; invalid without a reason, or
    /// for a field that is hidden or unknown (not told apart).
    pub async fn reveal(
        &self,
        caller: &Caller,
        entity: &Entity,
        id: RecordId,
        field: &str,
        reason: &str,
    ) -> Result<Released<Value>> {
        let (row, facts, permit) = self.lookup(caller, entity, id).await?;
        let reveals = match caller.policy.write(&caller.actor, Action::Reveal, row.id, &facts) {
            Ok(permit) => permit,
            Err(fault) => {
                return Err(self.refused(caller, row.entity, row.id, fault.naming(field)).await);
            }
        };
        if !REVEAL_REASON.contains(&reason.trim().chars().count()) {
            return Err(Fault::fields(vec![FieldIssue {
                field: "reason".to_owned(),
                code: "reason-needed".to_owned(),
                reason: Text::of(
                    "Podaj powód odsłonięcia wartości: od 5 do 500 znaków.",
                    "Give the reason for revealing the value: 5 to 500 characters.",
                ),
                example: Some("Weryfikacja tożsamości przed podpisaniem umowy".to_owned()),
            }]));
        }
        if permit.mask().level(field).min(reveals.mask().level(field)) < Level::Masked {
            let fault = Fault::not_found().naming(field);
            let tried = Tried::of(caller, row.entity, row.id, &fault);
            let tried = Tried { kind: Kind::Fields, ..tried };
            return Err(self.written_attempt(caller, &tried, fault.unnamed()).await);
        }
        let content = content::open(&self.0.vault, &permit, &row)?;
        let value = Masked::new(content.get(field).cloned().unwrap_or_default());
        let mut event = about(self.event(caller, Act::FieldReveal), &row);
        self.set_detail(&mut event, &json!({ "field": field, "reason": reason.trim() }))?;
        let receipt = self.receipt(event).await?;
        Ok(value.release(&receipt))
    }
}
