//! A page of a list, and its JSON, which is put together from what the index keeps: the fields of a row
//! are JSON text already, and a page has many.

use crate::{AccessBlock, NextActivity, Refs};
use kernel::{Fault, RecordId, Result, TeamId, Time, UserId};
use std::fmt::Write;

/// One row of a list.
#[derive(Debug)]
pub struct RowView {
    /// Id.
    pub id: RecordId,
    /// Owner.
    pub owner: UserId,
    /// Team.
    pub team: TeamId,
    /// The record it hangs on; absent if none.
    pub parent: Option<RecordId>,
    /// Version.
    pub version: u64,
    /// Made when.
    pub created_at: Time,
    /// Last changed when.
    pub updated_at: Time,
    /// Values by field: the text of a JSON object.
    pub fields: String,
    /// What is to be done next on it; absent unless asked, or if the caller reads no activities.
    pub next_activity: Option<Option<NextActivity>>,
}

/// One page.
#[derive(Debug)]
pub struct ListPage {
    /// The rows.
    pub items: Vec<RowView>,
    /// Where to go on; null at the end.
    pub next_cursor: Option<String>,
    /// How many there are, at most 10,000; absent unless asked.
    pub count: Option<u32>,
    /// What the rows refer to and hang on, as far as the caller may read it; absent unless asked.
    pub refs: Option<Refs>,
    /// What is kept from the caller in all rows.
    pub access: AccessBlock,
}

/// Bytes of a row besides its fields, roughly.
const ROW: usize = 330;

impl RowView {
    fn write(&self, out: &mut String) -> Result<()> {
        self.write_head(out).map_err(Fault::bug)?;
        if let Some(next) = &self.next_activity {
            out.push_str(r#","next_activity":"#);
            out.push_str(&serde_json::to_string(next).map_err(Fault::bug)?);
        }
        out.push('}');
        Ok(())
    }

    fn write_head(&self, out: &mut String) -> std::fmt::Result {
        let Self { id, owner, team, version, .. } = self;
        write!(out, r#"{{"id":"{id}","owner":"{owner}","team":"{team}","#)?;
        if let Some(parent) = self.parent {
            write!(out, r#""parent":"{parent}","#)?;
        }
        let (created, updated) = (self.created_at, self.updated_at);
        write!(
            out,
            r#""version":{version},"created_at":"{created}","updated_at":"{updated}","fields":{}"#,
            self.fields
        )
    }
}

impl ListPage {
    /// The page as JSON.
    ///
    /// # Errors
    /// None that input can cause.
    pub fn to_json(&self) -> Result<String> {
        let text = self.items.iter().map(|row| row.fields.len() + ROW).sum::<usize>();
        let mut out = String::with_capacity(text + 1024);
        out.push_str(r#"{"items":["#);
        for (at, row) in self.items.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            row.write(&mut out)?;
        }
        let json = |value: serde_json::Result<String>| value.map_err(Fault::bug);
        out.push_str(r#"],"next_cursor":"#);
        out.push_str(&json(serde_json::to_string(&self.next_cursor))?);
        if let Some(count) = self.count {
            write!(out, r#","count":{count}"#).map_err(Fault::bug)?;
        }
        if let Some(refs) = &self.refs {
            out.push_str(r#","refs":"#);
            out.push_str(&json(serde_json::to_string(refs))?);
        }
        out.push_str(r#","access":"#);
        out.push_str(&json(serde_json::to_string(&self.access))?);
        out.push('}');
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RefView;
    use serde_json::{Value, json};

    fn row(n: u8, parent: Option<RecordId>, fields: &str) -> RowView {
        let id = RecordId::from_bytes([n; 16]);
        let (created_at, updated_at) = (Time(0), Time(1_795_420_800_000));
        RowView {
            id,
            owner: id.cast(),
            team: id.cast(),
            parent,
            version: 3,
            created_at,
            updated_at,
            fields: fields.to_owned(),
            next_activity: None,
        }
    }

    #[test]
    fn a_page_is_the_json_it_says() {
        let parent = Some(RecordId::from_bytes([9; 16]));
        let mut items = vec![row(1, None, r#"{"name":"\"Łoś\""}"#), row(2, parent, "{}")];
        items[0].next_activity = Some(None);
        let named = RefView { entity: "company".to_owned(), title: "\"".to_owned() };
        let refs = Some([(RecordId::from_bytes([9; 16]), named)].into());
        let access = AccessBlock { hidden: vec!["nip".to_owned()], ..AccessBlock::default() };
        let page = ListPage { items, next_cursor: Some("a\"b".to_owned()), count: Some(2), refs, access };
        let got: Value = serde_json::from_str(&page.to_json().unwrap()).unwrap();
        let id = |n: u8| RecordId::from_bytes([n; 16]).to_string();
        let times = ("1970-01-01T00:00:00.000Z", "2026-11-23T08:00:00.000Z");
        assert_eq!(
            got,
            json!({
                "items": [
                    { "id": id(1), "owner": id(1), "team": id(1), "version": 3, "created_at": times.0,
                      "updated_at": times.1, "fields": { "name": "\"Łoś\"" },
                      "next_activity": null },
                    { "id": id(2), "owner": id(2), "team": id(2), "parent": id(9), "version": 3,
                      "created_at": times.0, "updated_at": times.1, "fields": {} },
                ],
                "next_cursor": "a\"b", "count": 2, "refs": { id(9): { "entity": "company", "title": "\"" } },
                "access": { "hidden": ["nip"], "masked": [], "writable": [] },
            })
        );
        let access = AccessBlock::default();
        let empty = ListPage { items: Vec::new(), next_cursor: None, count: None, refs: None, access };
        let got: Value = serde_json::from_str(&empty.to_json().unwrap()).unwrap();
        assert_eq!(
            got,
            json!({ "items": [], "next_cursor": null, "access": { "hidden": [], "masked": [], "writable": [] } })
        );
    }
}
