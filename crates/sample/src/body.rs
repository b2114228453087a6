//! The body of a creating call.

use serde_json::{Map, Value, json};

/// Fields and their values.
pub struct Body(Map<String, Value>);

impl Body {
    pub fn new() -> Self {
        Self(Map::new())
    }

    /// Sets a field.
    pub fn set(&mut self, field: &str, value: impl Into<Value>) {
        self.0.insert(field.to_owned(), value.into());
    }

    /// Sets an amount of whole złoty.
    pub fn money(&mut self, field: &str, amount: u64) {
        let mut text = String::with_capacity(12);
        crate::numbers::push_number(&mut text, amount, 1);
        text.push_str(".00");
        self.set(field, json!({ "amount": text, "currency": "PLN" }));
    }

    pub fn done(self) -> Value {
        Value::Object(self.0)
    }
}
