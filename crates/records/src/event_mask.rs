//! What an event tells somebody of the record that it is about: no more than the reader's own rights show of the record.

use crate::EventView;
use access::{Level, Mask};
use serde_json::{Map, Value};

/// What of details a reader of the record is told, beside names of fields and words about them: who, whom, until when.
/// What is not named here stays in the ledger, also what later releases add.
const TOLD: [&str; 17] = [
    "action",
    "again",
    "at",
    "by",
    "by_before",
    "caretaker",
    "from",
    "grant",
    "owner_changed",
    "partner",
    "request",
    "role",
    "to",
    "until",
    "user",
    "was_until",
    "with_related",
];

/// Who reads the events of a record.
pub(crate) struct Reader<'a> {
    /// What of the record is seen.
    pub mask: &'a Mask,
    /// Whether the record may be shared: then why it was shared is told, too.
    pub shares: bool,
}

impl Reader<'_> {
    /// Takes away what the reader does not see of the record: names of hidden fields and what was said of them, what
    /// was shown beside it, and how many other records that were.
    pub fn keep(&self, view: &mut EventView) {
        view.touched = view.touched.min(1);
        let Some(Value::Object(detail)) = view.detail.take() else { return };
        let told = self.told(view.act, detail);
        view.detail = (!told.is_empty()).then_some(Value::Object(told));
    }

    fn told(&self, act: &str, detail: Map<String, Value>) -> Map<String, Value> {
        let names_hidden = self.is_hidden(detail.get("field"));
        let told = detail.into_iter().filter_map(|(key, value)| match key.as_str() {
            "fields" => Some((key, self.seen_of(value))),
            "field" => (!names_hidden).then_some((key, value)),
            "reason" => self.tells_why(act, names_hidden).then_some((key, value)),
            _ => TOLD.contains(&&*key).then_some((key, value)),
        });
        told.collect()
    }

    fn tells_why(&self, act: &str, names_hidden: bool) -> bool {
        if act.starts_with("grant.") { self.shares } else { !names_hidden }
    }

    fn seen_of(&self, names: Value) -> Value {
        let Value::Array(mut names) = names else { return names };
        names.retain(|name| !self.is_hidden(Some(name)));
        Value::Array(names)
    }

    fn is_hidden(&self, name: Option<&Value>) -> bool {
        name.and_then(Value::as_str).is_some_and(|name| self.mask.level(name) == Level::Hidden)
    }
}
