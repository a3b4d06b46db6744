//! Changes to the text of a filter that stand behind clicks on a value.
//!
//! All work on the conditions that the text joins by AND, outside of parentheses, and leave the
//! rest as it was typed. A value of `None` is the absence of one: "only" then means `-field:*`.
//! Text that is no filter is kept as it is, with the new condition after it.

use std::ops::Range;

use super::{
    Filter,
    parse::{self, is_end},
    pattern::escape,
};
use crate::model::field::Field;

/// What a filter says about a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// Nothing.
    No,
    /// Only events with it are wanted.
    Only,
    /// Events with it are not wanted.
    Not,
}

/// The condition that this field has just this value, whatever signs are in it.
pub fn term(field: Field, value: &str) -> String {
    let name = field.name();
    let escaped = escape(value);
    // A quote at the beginning is escaped, so it does not ask for quotes.
    if value.is_empty() || value.contains(|c: char| is_end(c) || c.is_control()) {
        format!("{name}:\"{escaped}\"")
    } else {
        format!("{name}:{escaped}")
    }
}

/// What the filter says about a value.
pub fn chosen(text: &str, field: Field, value: Option<&str>) -> Chosen {
    let wish = Wish::new(field, value);
    let Some(operands) = operands(text) else { return Chosen::No };
    let mut states = operands.iter().map(|it| wish.state_of(&it.filter));
    states.find(|it| *it != Chosen::No).unwrap_or(Chosen::No)
}

/// The next state of a value: not named, only it, without it, not named.
pub fn cycle(text: &str, field: Field, value: Option<&str>) -> String {
    let wish = Wish::new(field, value);
    let is_named = |it: &Filter| wish.state_of(it) != Chosen::No;
    match chosen(text, field, value) {
        Chosen::No => put(text, is_named, Some(&wish.only)),
        Chosen::Only => put(text, is_named, Some(&wish.not)),
        Chosen::Not => put(text, is_named, None),
    }
}

/// Only events with the value. Another value that was chosen for the field gives way to it.
pub fn only(text: &str, field: Field, value: Option<&str>) -> String {
    let wish = Wish::new(field, value);
    put(text, |it| wish.state_of(it) != Chosen::No || is_choice(it, field), Some(&wish.only))
}

/// No events with the value; other values that are chosen or not wanted stay so.
pub fn without(text: &str, field: Field, value: Option<&str>) -> String {
    let wish = Wish::new(field, value);
    put(text, |it| wish.state_of(it) != Chosen::No, Some(&wish.not))
}

/// Both conditions that a click can ask for.
struct Wish {
    only: String,
    not: String,
    filter: Option<Filter>,
}

impl Wish {
    fn new(field: Field, value: Option<&str>) -> Wish {
        let plain = value.map_or_else(|| format!("{}:*", field.name()), |it| term(field, it));
        let minus = format!("-{plain}");
        let (only, not) = if value.is_some() { (plain, minus) } else { (minus, plain) };
        // A time that cannot be read makes no filter; then nothing in the text is the value.
        let filter = Filter::parse(&only).ok();
        Wish { only, not, filter }
    }

    fn state_of(&self, filter: &Filter) -> Chosen {
        let Some(only) = &self.filter else { return Chosen::No };
        if filter == only {
            Chosen::Only
        } else if *filter == only.clone().negated() {
            Chosen::Not
        } else {
            Chosen::No
        }
    }
}

/// Whether a condition picks values of the field by name, or the events without any.
fn is_choice(filter: &Filter, field: Field) -> bool {
    match filter {
        Filter::Match { field: it, pattern } => *it == field && pattern.as_literal().is_some(),
        Filter::Or(list) => list.iter().all(|it| is_choice(it, field)),
        Filter::Not(inner) => {
            matches!(inner.as_ref(), Filter::Match { field: it, pattern } if *it == field && pattern.is_any())
        },
        _ => false,
    }
}

/// The conditions joined by AND; none if the text is no filter, or has an OR between them.
fn operands(text: &str) -> Option<Vec<parse::Operand>> {
    let mut branches = parse::branches(text).ok()?;
    if branches.len() > 1 { None } else { branches.pop() }
}

/// Puts a condition in the place of the first that `goes`, or at the end; the others that go, go.
fn put(text: &str, goes: impl Fn(&Filter) -> bool, new: Option<&str>) -> String {
    let mut text = text.trim().to_owned();
    // One at a time and read again, so that the places are always right.
    while let Some(operands) = operands(&text) {
        let mut going = operands.iter().enumerate().filter(|(_, it)| goes(&it.filter));
        let (first, second) = (going.next(), going.next());
        match (first, second, new) {
            (Some((_, only)), None, Some(new)) => return replaced(&text, only.span.clone(), new),
            (Some((at, _)), _, None) | (_, Some((at, _)), _) => {
                text = replaced(&text, with_gap(&operands, at, text.len()), "");
            },
            (None, ..) => return spaced(&text, new.unwrap_or_default()),
        }
    }
    let has_or = parse::branches(&text).is_ok();
    spaced(&if has_or { format!("({text})") } else { text }, new.unwrap_or_default())
}

/// The place of a condition with the blank or AND on one side of it.
fn with_gap(operands: &[parse::Operand], at: usize, text_len: usize) -> Range<usize> {
    match (operands.get(at + 1), at.checked_sub(1)) {
        (Some(next), _) => operands[at].span.start..next.span.start,
        (None, Some(before)) => operands[before].span.end..text_len,
        (None, None) => 0..text_len,
    }
}

/// Puts `new` in the place of a condition, with blanks where it would else touch its neighbours.
fn replaced(text: &str, span: Range<usize>, new: &str) -> String {
    spaced(&spaced(&text[..span.start], new), &text[span.end..])
}

/// The two, with a blank between them if there is none and both are something.
fn spaced(left: &str, right: &str) -> String {
    let apart = left.is_empty()
        || right.is_empty()
        || left.ends_with(char::is_whitespace)
        || right.starts_with(char::is_whitespace);
    if apart { format!("{left}{right}") } else { format!("{left} {right}") }
}

#[cfg(test)]
mod tests;
