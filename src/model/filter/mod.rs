//! The filter language: what a person types, what it means.
//!
//! ```text
//! eventName:Delete* -outcome:success (awsRegion:us-east-1 OR awsRegion:eu-west-1) eventTime>=2021-07-30T16:00
//! ```
//!
//! A space means AND; NOT (or `-`) binds tightest, then AND, then OR, in capitals. `field:value`
//! matches the whole value ignoring case, `*` stands for any text, quotes keep spaces and signs,
//! `field:(a OR b)` is any of several values. A bare word matches anywhere inside the text columns.
//! On fields with several values any one matches. A negation is the exact complement: it includes
//! events that lack the field.
//!
//! Start reading at [`Filter::parse`]; [`edit`] changes the text for a click.

use serde::{Deserialize, Serialize};

use super::field::Field;

mod error;
mod number;
mod parse;
mod pattern;
pub mod edit;

pub use error::{FilterError, FilterErrorKind};
pub use number::{Number, Operator};
pub use pattern::Pattern;

/// A filter that was understood. It is never nested more than a few hundred deep.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Filter {
    /// Every event.
    #[default]
    All,
    /// All of them hold; at least two, none of them an `And`.
    And(Vec<Filter>),
    /// Any of them holds; at least two, none of them an `Or`.
    Or(Vec<Filter>),
    /// The events that the filter leaves out; never of another `Not`.
    Not(Box<Filter>),
    /// The field has a value that the pattern matches whole. `Pattern` `*` alone: it has a value.
    Match {
        /// Where to look.
        field: Field,
        /// What to look for.
        pattern: Pattern,
    },
    /// A bare word or quoted phrase: anywhere inside any text column; may hold `*`.
    Word(Pattern),
    /// `eventTime` lies in the half-open span; an open end is `i64::MIN` or `i64::MAX`.
    Time {
        /// The first moment.
        start_millis: i64,
        /// The first moment after.
        end_millis: i64,
    },
    /// A comparison of a field's values as numbers; a value that is no number never matches.
    Compare {
        /// Where to look.
        field: Field,
        /// On its left stands the value, on its right the number.
        operator: Operator,
        /// What to compare with.
        number: Number,
    },
}

impl Filter {
    /// Understands what a person typed; empty text is [`Filter::All`].
    pub fn parse(text: &str) -> Result<Filter, FilterError> {
        parse::branches(text).map(parse::join)
    }

    /// Whether the filter says anything about the field, wanted or unwanted. Bare words do not count.
    pub fn names(&self, field: Field) -> bool {
        match self {
            Filter::All | Filter::Word(_) => false,
            Filter::And(list) | Filter::Or(list) => list.iter().any(|it| it.names(field)),
            Filter::Not(inner) => inner.names(field),
            Filter::Match { field: it, .. } | Filter::Compare { field: it, .. } => *it == field,
            Filter::Time { .. } => field == Field::EventTime,
        }
    }

    /// All of them; one alone is itself.
    fn all_of(list: Vec<Filter>) -> Filter {
        let mut flat = Vec::with_capacity(list.len());
        for it in list {
            match it {
                Filter::All => {},
                Filter::And(inner) => flat.extend(inner),
                _ => flat.push(it),
            }
        }
        if flat.len() > 1 { Filter::And(flat) } else { flat.pop().unwrap_or_default() }
    }

    /// Any of them; one alone is itself.
    fn any_of(list: Vec<Filter>) -> Filter {
        let mut flat = Vec::with_capacity(list.len());
        for it in list {
            match it {
                Filter::Or(inner) => flat.extend(inner),
                _ => flat.push(it),
            }
        }
        if flat.len() > 1 { Filter::Or(flat) } else { flat.pop().unwrap_or_default() }
    }

    fn negated(self) -> Filter {
        match self {
            Filter::Not(inner) => *inner,
            _ => Filter::Not(Box::new(self)),
        }
    }
}
