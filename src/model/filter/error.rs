//! Why a filter was not understood, and where in its text.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A text that is no filter. Its message tells a person what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{kind}")]
pub struct FilterError {
    /// Where the trouble begins: a byte offset into the text.
    pub start: usize,
    /// Where it ends; never less than `start`, both lie between two characters.
    pub end: usize,
    /// What it is.
    pub kind: FilterErrorKind,
}

/// What is wrong with a filter.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum FilterErrorKind {
    /// A name without a dot that is in no table.
    #[error(
        "there is no field `{name}`; did you mean `{nearest}`? To search for the text itself, put it in quotes"
    )]
    UnknownField {
        /// As it was typed.
        name: String,
        /// The known field that comes closest.
        nearest: String,
    },
    /// A dotted name that is no column.
    #[error(
        "`{name}` is not a column; filter by a column of the table, since paths into a record's JSON are not understood yet"
    )]
    JsonPath {
        /// As it was typed.
        name: String,
    },
    /// Nothing stands after the operator.
    #[error(
        "`{field}` lacks its value; write one right after the sign, without a blank, or `{field}:*` for any value"
    )]
    MissingValue {
        /// The field's own spelling.
        field: String,
    },
    /// A value of eventTime that is no time.
    #[error(
        "`{text}` is not a time; write it like 2021-07-30, 2021-07-30T16:05 or 2021-07-30T16:05:09Z"
    )]
    BadTime {
        /// As it was typed.
        text: String,
    },
    /// A comparison with something that is no number.
    #[error("`{text}` is not a number; `<` and `>` compare numbers, and eventTime with times")]
    BadNumber {
        /// As it was typed.
        text: String,
    },
    /// A quote that is never closed.
    #[error("this quote is not closed; add a `\"` at its end, or write `\\\"` for the sign itself")]
    UnclosedQuote,
    /// A parenthesis that is never closed.
    #[error("this parenthesis is not closed; add a `)`, or put the text in quotes")]
    UnclosedParenthesis,
    /// A parenthesis that closes nothing, holds nothing, or stands inside a list of values.
    #[error("this parenthesis does not belong here; take it away, or put the text in quotes")]
    UnexpectedParenthesis,
    /// An operator with nothing to work on.
    #[error(
        "`{operator}` needs a condition to work on; add one, or put `{operator}` in quotes to search for it"
    )]
    MissingOperand {
        /// `AND`, `OR`, `NOT` or `-`.
        operator: String,
    },
    /// Something other than OR between the values of one field.
    #[error(
        "only OR can stand between the values of one field; give `{operator}` its own condition outside the parentheses, or put the value in quotes"
    )]
    OnlyOr {
        /// `AND`, `NOT` or `-`.
        operator: String,
    },
    /// An order is asked of a field whose values have none.
    #[error(
        "values of `{field}` are neither larger nor smaller than others; write `{field}:value` instead"
    )]
    NotComparable {
        /// The field's own spelling.
        field: String,
    },
    /// Parentheses in parentheses, too many.
    #[error("these parentheses are nested too deeply; write the filter with fewer of them")]
    TooDeep,
}
