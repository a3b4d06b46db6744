//! One value of one event.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// The event has no such value.
    Missing,
    Text(String),
    Bool(bool),
    Number(f64),
    /// Milliseconds since 1970, UTC.
    Time(i64),
    List(Vec<String>),
}

impl Cell {
    /// As a person reads it, and as CSV holds it; lists are joined by a space, which no ARN has.
    pub fn text(&self) -> String {
        match self {
            Cell::Missing => String::new(),
            Cell::Text(it) => it.clone(),
            Cell::Bool(it) => it.to_string(),
            Cell::Number(it) => it.to_string(),
            Cell::Time(millis) => super::time::iso(*millis),
            Cell::List(items) => items.join(" "),
        }
    }
}
