//! What is wrong with a filter: where, why, and what to do.

use leptos::prelude::*;

use crate::{
    model::filter::FilterErrorKind,
    ui::{
        context::page,
        format::{fill, visible},
        words::Words,
    },
};

/// The reason in words.
pub(crate) fn in_words(kind: &FilterErrorKind, words: Words) -> String {
    use FilterErrorKind as Kind;
    let fill_one = |template: &str, name: &str, value: &str| fill(template, &[(name, value)]);
    match kind {
        Kind::UnknownField { name, nearest } => {
            fill(words.filter_unknown_field(), &[("name", name), ("nearest", nearest)])
        },
        Kind::JsonPath { name } => fill_one(words.filter_json_path(), "name", name),
        Kind::MissingValue { field } => fill_one(words.filter_missing_value(), "field", field),
        Kind::BadTime { text } => fill_one(words.filter_bad_time(), "text", text),
        Kind::BadNumber { text } => fill_one(words.filter_bad_number(), "text", text),
        Kind::UnclosedQuote => words.filter_unclosed_quote().to_owned(),
        Kind::UnclosedParenthesis => words.filter_unclosed_parenthesis().to_owned(),
        Kind::UnexpectedParenthesis => words.filter_unexpected_parenthesis().to_owned(),
        Kind::MissingOperand { operator } => {
            fill_one(words.filter_missing_operand(), "operator", operator)
        },
        Kind::OnlyOr { operator } => fill_one(words.filter_only_or(), "operator", operator),
        Kind::NotComparable { field } => fill_one(words.filter_not_comparable(), "field", field),
        Kind::TooDeep => words.filter_too_deep().to_owned(),
    }
}

/// The text before, in and after the place of the error. The place never splits a character, and
/// an empty one takes a blank, so that it can be seen.
pub(crate) fn around(text: &str, start: usize, end: usize) -> (String, String, String) {
    let at = |wanted: usize| {
        let wanted = wanted.min(text.len());
        (0..=wanted).rev().find(|it| text.is_char_boundary(*it)).unwrap_or(0)
    };
    let (start, end) = (at(start), at(end.max(start)));
    let marked = &text[start..end];
    let marked = if marked.is_empty() { " " } else { marked };
    (text[..start].to_owned(), marked.to_owned(), text[end..].to_owned())
}

/// Stands below the filter while it is wrong.
#[component]
pub(crate) fn FilterErrorNote() -> impl IntoView {
    let page = page();
    let words = page.words;
    move || {
        let error = page.asked.filter_error.get()?;
        let text = page.app.view.with(|it| it.filter.clone());
        let shown = |it: &str| visible(it).into_owned();
        let (before, marked, after) = around(&text, error.start, error.end);
        Some(view! {
            <div class="filter-error" data-testid="filter-error" role="alert">
                <p class="filter-error-text">
                    {shown(&before)}<mark>{shown(&marked)}</mark>{shown(&after)}
                </p>
                <p>{in_words(&error.kind, words)}</p>
                <p class="quiet">{words.filter_error_here()}</p>
            </div>
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_an_error_is_cut_out() {
        let check = |text: &str, start, end, wanted: (&str, &str, &str)| {
            let (before, marked, after) = around(text, start, end);
            assert_eq!((before.as_str(), marked.as_str(), after.as_str()), wanted);
        };
        check("a foo:1 b", 2, 5, ("a ", "foo", ":1 b"));
        check("a:", 2, 2, ("a:", " ", ""));
        check("가나", 1, 4, ("", "가", "나"));
        check("x", 9, 12, ("x", " ", ""));
    }
}
