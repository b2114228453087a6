//! One search over everything that the caller may read.

use crate::beside::seen;
use crate::list::check_words;
use crate::prepare::issue;
use crate::view::plain_fields;
use crate::{Caller, Engine, Masked, Released};
use access::{Action, Level, ListPermit};
use index::{ListRow, Query};
use kernel::{Fault, Lang, RecordId, Result, Text};
use ledger::{Act, Event};
use schema::{Content, Entity, FieldKind, fold};
use serde::Serialize;
use serde_json::{Value, json};

/// Records found of one entity.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SearchGroup {
    /// Their entity.
    pub entity: String,
    /// The latest changed of them.
    pub items: Vec<SearchItem>,
    /// Whether there are more.
    pub more: bool,
}

/// One record found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SearchItem {
    /// Its id.
    pub id: RecordId,
    /// What it is called; empty if the caller may not read that.
    pub title: String,
    /// What tells it from others of the same name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// The field, other than the title, in which a word was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched: Option<String>,
}

/// What is searched, in this order, and what stands below a title: the first of these that has a value.
const ORDER: [(&str, &[&str]); 6] = [
    ("person", &["job_title", "email", "phone"]),
    ("company", &["city", "nip"]),
    ("deal", &["stage"]),
    ("lead", &["company_name", "job_title", "status"]),
    ("activity", &["kind"]),
    ("note", &[]),
];

/// Records of one entity in an answer.
const LIMIT_MAX: u32 = 20;

impl Engine {
    /// The latest changed records of every entity that hold all words of `search`, `limit` of each.
    ///
    /// # Errors
    /// Forbidden if the caller reads nothing at all; invalid without a word, or out of the limits.
    pub async fn search(
        &self,
        caller: &Caller,
        search: &str,
        limit: u32,
    ) -> Result<Released<Vec<SearchGroup>>> {
        let readable = |&(name, below): &(&str, &'static [&'static str])| {
            let entity = caller.policy.catalog.get(name)?;
            let permit = caller.policy.list(&caller.actor, Action::Read, entity.code).ok()?;
            Some((entity, permit, below))
        };
        let all: Vec<_> = ORDER.iter().filter_map(readable).collect();
        if all.is_empty() {
            let text = Text::of(
                "Twoje role nie pozwalają na odczyt żadnych rekordów.",
                "Your roles do not allow reading any records.",
            );
            let lack = kernel::Lack { action: Some("read"), ..kernel::Lack::default() };
            let fault = Fault::new(kernel::FaultKind::Forbidden, text).lacking(lack);
            return Err(self.refused(caller, 0, RecordId::NIL, fault).await);
        }
        check(search, limit)?;
        let (mut groups, mut touches) = (Vec::new(), Vec::new());
        for (entity, permit, below) in all {
            let query = Query { search: Some(search.to_owned()), limit, ..Query::default() };
            let page = self.0.index.query(&permit, query).await?;
            touches.extend(page.rows.iter().map(|r| seen(r.entity.0, r.id)));
            let item = |row: &ListRow| item(entity, &permit, below, row, search, caller.lang);
            let items = page.rows.iter().map(item).collect::<Result<Vec<_>>>()?;
            if !items.is_empty() {
                groups.push(SearchGroup { entity: entity.name.clone(), items, more: page.next.is_some() });
            }
        }
        let mut event = Event { touches, ..self.event(caller, Act::RecordSearch) };
        let found: Vec<_> = groups.iter().map(|g| (&g.entity, g.items.len())).collect();
        self.set_detail(&mut event, &json!({ "found": found }))?;
        let receipt = self.receipt(event).await?;
        Ok(Masked::new(groups).release(&receipt))
    }
}

fn check(search: &str, limit: u32) -> Result<()> {
    if !search.chars().any(char::is_alphanumeric) {
        let reason = Text::of("Podaj szukane słowa.", "Give the words to search for.");
        return Err(issue("q", "required", reason));
    }
    check_words(search)?;
    if !(1..=LIMIT_MAX).contains(&limit) {
        let reason = Text::new(format!("Od 1 do {LIMIT_MAX}."), format!("From 1 to {LIMIT_MAX}."));
        return Err(issue("limit", "out-of-range", reason));
    }
    Ok(())
}

fn item(
    entity: &Entity,
    permit: &ListPermit,
    below: &[&str],
    row: &ListRow,
    search: &str,
    lang: Lang,
) -> Result<SearchItem> {
    let content = plain_fields(row)?;
    let title = content.get(&entity.title).and_then(Value::as_str).unwrap_or_default().to_owned();
    let subtitle = below.iter().find_map(|name| shown(entity, &content, name, lang).filter(|t| *t != title));
    let matched = matched(entity, permit, &content, search);
    Ok(SearchItem { id: row.id, title, subtitle, matched })
}

/// The value of a field as people read it.
fn shown(entity: &Entity, content: &Content, name: &str, lang: Lang) -> Option<String> {
    let text = content.get(name)?.as_str().filter(|t| !t.is_empty())?;
    let label = match &entity.field(name)?.kind {
        FieldKind::Choice { choices } => choices.iter().find(|c| c.code == text).map(|c| c.label.get(lang)),
        _ => None,
    };
    Some(label.unwrap_or(text).to_owned())
}

/// The first field that has a word which the title does not have.
fn matched(entity: &Entity, permit: &ListPermit, content: &Content, search: &str) -> Option<String> {
    let folded = fold(search);
    let words = || folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let text = |name: &str| content.get(name).and_then(Value::as_str).map(fold);
    let title = text(&entity.title).unwrap_or_default();
    let searched = entity.fields.iter().filter(|f| {
        f.flags.searchable && f.name != entity.title && permit.most().level(&f.name) >= Level::Read
    });
    let mut missing = words().filter(|w| !title.contains(w)).peekable();
    missing.peek()?;
    let missing: Vec<&str> = missing.collect();
    let has = |name: &str| text(name).is_some_and(|t| missing.iter().any(|w| t.contains(w)));
    searched.map(|f| &f.name).find(|name| has(name)).cloned()
}
