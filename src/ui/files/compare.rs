//! Two records of one event, side by side.

use leptos::prelude::*;

use super::{difference::differences, repeats::roles};
use crate::{
    state::host::Record,
    ui::{
        context::page,
        detail::{Json, Raw},
        failure::Failure,
        told::told,
        widget::{Plain, plain},
        words::Words,
    },
};

/// The records of the event that is open, once they are read.
pub(crate) fn compared() -> AnyView {
    let page = page();
    let records = page.asked.repeats.records;
    let differ =
        page.asked.repeats.event.with_untracked(|it| it.as_ref().is_some_and(|it| it.differs));
    let body = move || {
        records.answer.with(|it| match it {
            None => plain("p", "quiet").text(page.words.detail_loading()).view(),
            Some(Err(reason)) => view! { <Failure reason=reason.clone() /> }.into_any(),
            Some(Ok((first, second))) => plain("div", "compared")
                .testid("compared")
                .with_all(table(first, second, differ, page.words))
                .with(
                    plain("div", "compared-texts")
                        .with(text(first.clone()))
                        .with(text(second.clone())),
                )
                .view(),
        })
    };
    body.into_any()
}

/// The values that are not the same in both.
fn table(first: &Record, second: &Record, differ: bool, words: Words) -> Option<Plain> {
    let (first, second) = (Json::parse(&first.text)?, Json::parse(&second.text)?);
    let different = differences(&first, &second);
    if different.is_empty() {
        return Some(plain("p", "").text(words.repeats_equal()));
    }
    let [first, second] = roles(differ, words);
    let heads = [words.repeats_field(), first, second];
    let head = plain("tr", "").with_all(heads.map(|it| plain("th", "").text(it)));
    let cell = |it: Option<String>| plain("td", "mono").text(it.unwrap_or_default());
    let line = |(path, first, second)| {
        plain("tr", "").with(plain("th", "mono").text(path)).with(cell(first)).with(cell(second))
    };
    let body = plain("tbody", "").with_all(different.into_iter().map(line));
    Some(plain("table", "differences").with(plain("thead", "").with(head)).with(body))
}

/// One record as it stands in its file.
fn text(record: Record) -> Plain {
    let words = page().words;
    let Record { path, text, problem } = record;
    plain("div", "compared-text")
        .with(plain("p", "problem-path").text(path))
        .with_all(
            problem
                .map(|it| plain("p", "notice is-warning").text(told(&it.message, words.language))),
        )
        .with_view(view! { <Raw text /> }.into_any())
}
