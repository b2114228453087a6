//! What became of the rights of a campaign, with the numbers of the events that prove it.

use super::RightView;
use super::read::check_limit;
use crate::{Caller, Cell, Column, Engine, Masked, Released, Table};
use identity::{AccessReview, ReviewItem, RightState};
use kernel::{AccessReviewId, Fault, Result, Text};
use ledger::{Act, EventId};
use serde::Serialize;
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// A right with what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct ReportItem {
    /// It.
    #[serde(flatten)]
    pub right: RightView,
    /// The number in the ledger of the decision, or of the end by itself.
    pub decision_event: Option<u64>,
    /// The number in the ledger of the event by which the right ended.
    pub end_event: Option<u64>,
}

/// Some of them.
#[derive(Clone, Debug, Serialize)]
pub struct AccessReviewReport {
    /// They, in order of their numbers.
    pub items: Vec<ReportItem>,
    /// Pass as `cursor` to go on; null at the end.
    pub next_cursor: Option<String>,
}

impl Engine {
    /// What became of rights, for whoever reads users or the ledger.
    ///
    /// # Errors
    /// Forbidden; not found; invalid for a limit out of range.
    pub async fn access_review_report(
        &self,
        caller: &Caller,
        id: AccessReviewId,
        (state, limit, after): (Option<RightState>, u32, u32),
    ) -> Result<Released<AccessReviewReport>> {
        check_limit(limit)?;
        let review = self.reported(caller, id).await?;
        let (items, next_cursor) = self.some_items(&review, |_| true, (state, limit, after)).await?;
        let items = self.proved(caller, &review, items).await?;
        let mut event = self.event(caller, Act::AccessReviewReport);
        self.set_detail(&mut event, &json!({ "review": id, "count": items.len() }))?;
        let page = Masked::new(AccessReviewReport { items, next_cursor });
        Ok(page.release(&self.receipt(event).await?))
    }

    async fn reported(&self, caller: &Caller, id: AccessReviewId) -> Result<AccessReview> {
        self.may_read_reviews(caller).await?;
        Ok(self.access_review_doc(id).await?.ok_or_else(Fault::not_found)?.1)
    }

    /// Rights as they are told, with the numbers of their events.
    async fn proved(
        &self,
        caller: &Caller,
        review: &AccessReview,
        items: Vec<(kernel::UserId, ReviewItem)>,
    ) -> Result<Vec<ReportItem>> {
        let ids = items.iter().flat_map(|(_, item)| [item.decision, item.end]).flatten();
        let ids: HashSet<EventId> = ids.collect();
        let mut numbers: HashMap<EventId, u64> = HashMap::new();
        for id in ids {
            if let Some(event) = self.0.store.event_by_id(id).await? {
                let _ = numbers.insert(id, event.seq);
            }
        }
        let number = |id: Option<EventId>| id.and_then(|id| numbers.get(&id).copied());
        let told = items.iter().map(|(reviewer, item)| ReportItem {
            right: self.right_view(caller, review, *reviewer, item),
            decision_event: number(item.decision),
            end_event: number(item.end),
        });
        Ok(told.collect())
    }

    /// All of it as a table.
    ///
    /// # Errors
    /// Forbidden; not found.
    pub async fn access_review_table(&self, caller: &Caller, id: AccessReviewId) -> Result<Released<Table>> {
        let review = self.reported(caller, id).await?;
        let (items, _) = self.some_items(&review, |_| true, (None, u32::MAX - 1, 0)).await?;
        let items = self.proved(caller, &review, items).await?;
        let mut event = self.event(caller, Act::AccessReviewReport);
        self.set_detail(&mut event, &json!({ "review": id, "rows": items.len(), "file": true }))?;
        let column = |(name, label): (&str, Text)| Column {
            name: name.to_owned(),
            label: label.get(caller.lang).to_owned(),
        };
        let columns = COLUMNS.into_iter().map(column).collect();
        let table = Table { columns, rows: items.into_iter().map(cells).collect(), left_out: 0 };
        Ok(Masked::new(table).release(&self.receipt(event).await?))
    }
}

const COLUMNS: [(&str, Text); 19] = [
    ("item", Text::of("Nr", "No.")),
    ("kind", Text::of("Rodzaj", "Kind")),
    ("user", Text::of("Osoba", "Person")),
    ("team", Text::of("Zespół", "Team")),
    ("partner", Text::of("Organizacja partnera", "Partner organisation")),
    ("role", Text::of("Rola", "Role")),
    ("entity", Text::of("Rodzaj rekordu", "Kind of record")),
    ("record", Text::of("Rekord", "Record")),
    ("since", Text::of("Od kiedy", "Since")),
    ("until", Text::of("Do kiedy", "Until")),
    ("state", Text::of("Stan", "State")),
    ("kept", Text::of("Dlaczego zostało", "Why it was kept")),
    ("reviewer", Text::of("Sprawdza", "Reviewer")),
    ("decided_by", Text::of("Kto zdecydował", "Decided by")),
    ("decided_at", Text::of("Kiedy", "When")),
    ("reason", Text::of("Powód", "Reason")),
    ("decision_event", Text::of("Zdarzenie decyzji w dzienniku", "Event of the decision in the ledger")),
    ("end_event", Text::of("Zdarzenie końca w dzienniku", "Event of the end in the ledger")),
    ("user_id", Text::of("Identyfikator osoby", "Id of the person")),
];

fn cells(item: ReportItem) -> Vec<Cell> {
    let text = |text: Option<String>| text.map_or(Cell::None, Cell::Text);
    let moment = |at: Option<String>| at.map_or(Cell::None, Cell::Moment);
    let number = |number: Option<u64>| number.map_or(Cell::None, |number| Cell::Number(number.to_string()));
    let (right, user) = (item.right, |user: &kernel::Named<kernel::UserId>| user.id.to_string());
    vec![
        number(Some(right.item.into())),
        Cell::Text(right.kind.to_owned()),
        text(right.user.as_ref().map(|user| user.name.clone())),
        text(right.team.map(|team| team.name)),
        text(right.partner.map(|partner| partner.name)),
        Cell::Text(right.role.label),
        text(right.record.as_ref().map(|record| record.entity.clone())),
        text(right.record.as_ref().map(|record| record.id.to_string())),
        Cell::Moment(right.since),
        moment(right.until),
        Cell::Text(right.state.code().to_owned()),
        text(right.kept.map(|why| why.code().to_owned())),
        Cell::Text(right.reviewer.name),
        text(right.decided_by.map(|by| by.name)),
        moment(right.decided_at),
        text(right.reason),
        number(item.decision_event),
        number(item.end_event),
        text(right.user.as_ref().map(user)),
    ]
}
