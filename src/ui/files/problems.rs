//! Problems, by their kind, with what to do about each.

use std::{collections::BTreeMap, sync::Arc};

use leptos::prelude::*;

use super::group::{Group, Item};
use crate::{
    model::problem::{Problem, ProblemKind},
    state::{csv, load::Load},
    ui::{
        context::{Page, page},
        focus::{Places, hand_on},
        format::{fill, grouped},
        told::told,
        widget::{Plain, button, plain},
        words::Words,
    },
};

/// What a kind is called.
fn title(kind: ProblemKind, words: Words) -> &'static str {
    match kind {
        ProblemKind::Empty => words.problem_title_empty(),
        ProblemKind::NotCloudTrail => words.problem_title_not_cloudtrail(),
        ProblemKind::Digest => words.problem_title_digest(),
        ProblemKind::TruncatedGzip => words.problem_title_truncated(),
        ProblemKind::CorruptGzip => words.problem_title_corrupt(),
        ProblemKind::BadJson => words.problem_title_bad_json(),
        ProblemKind::BadRecord => words.problem_title_bad_record(),
        ProblemKind::TooLarge => words.problem_title_too_large(),
        ProblemKind::Unsupported => words.problem_title_unsupported(),
        ProblemKind::Unreadable => words.problem_title_unreadable(),
        ProblemKind::Cancelled => words.problem_title_cancelled(),
        ProblemKind::Memory => words.problem_title_memory(),
    }
}

/// What became of such files, and what to do.
fn advice(kind: ProblemKind, words: Words) -> &'static str {
    match kind {
        ProblemKind::Empty => words.problem_empty(),
        ProblemKind::NotCloudTrail => words.problem_not_cloudtrail(),
        ProblemKind::Digest => words.problem_digest(),
        ProblemKind::TruncatedGzip => words.problem_truncated(),
        ProblemKind::CorruptGzip => words.problem_corrupt(),
        ProblemKind::BadJson => words.problem_bad_json(),
        ProblemKind::BadRecord => words.problem_bad_record(),
        ProblemKind::TooLarge => words.problem_too_large(),
        ProblemKind::Unsupported => words.problem_unsupported(),
        ProblemKind::Unreadable => words.problem_unreadable(),
        ProblemKind::Cancelled => words.problem_cancelled(),
        ProblemKind::Memory => words.problem_memory(),
    }
}

/// Problems that need an act come first; what is so by design comes last.
fn weight(kind: ProblemKind) -> u8 {
    match kind {
        ProblemKind::Memory | ProblemKind::Cancelled => 0,
        ProblemKind::Digest | ProblemKind::Empty => 2,
        _ => 1,
    }
}

/// The kinds that occur, with how often.
fn kinds(problems: &[Problem]) -> Vec<(ProblemKind, usize)> {
    let mut counts: BTreeMap<ProblemKind, usize> = BTreeMap::new();
    problems.iter().for_each(|it| *counts.entry(it.kind).or_default() += 1);
    let mut some: Vec<(ProblemKind, usize)> = counts.into_iter().collect();
    some.sort_by_key(|(kind, count)| (weight(*kind), std::cmp::Reverse(*count)));
    some
}

/// Saves all problems as a table.
#[component]
pub(crate) fn SaveProblems() -> impl IntoView {
    let page = page();
    let any = Memo::new(move |_| page.app.report.with(|it| !it.problems.is_empty()));
    let save = move || {
        let text = page.app.report.with_untracked(|it| csv::problems(&it.problems));
        page.app.host().save_text("trailglass-problems.csv", "text/csv;charset=utf-8", text);
    };
    move || {
        let words = page.words;
        let save = || button("button is-small", Some("problems-csv"), None, words.save_csv(), save);
        any.get().then(save)
    }
}

/// Where the keyboard goes on where a list of problems is made anew.
const PROBLEMS: Places = &["problems-title", "start-said", "tab-panel", "content"];

/// All problems, and below what is as it should be.
#[component]
pub(crate) fn Problems(
    /// It is told already that nothing came of it: then nothing is said of no problems.
    #[prop(optional)]
    is_answer: bool,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let kinds = Memo::new(move |_| page.app.report.with(|it| kinds(&it.problems)));
    let loading = Memo::new(move |_| page.app.load.with(Load::is_running));
    let list = move || {
        hand_on(page, ".problems", PROBLEMS);
        let (notes, problems): (Vec<_>, Vec<_>) =
            kinds.get().into_iter().partition(|it| it.0.is_by_design());
        let groups = |list: Plain, kinds: Vec<(ProblemKind, usize)>| {
            let groups = kinds.into_iter().map(|(kind, count)| of_kind(page, kind, count));
            groups.fold(list, Plain::with_view)
        };
        let list = plain("div", "problems");
        let none = if loading.get() { words.problems_none_yet() } else { words.problems_none() };
        let list = match problems.is_empty() {
            true if is_answer => list,
            true => list.with(plain("p", "quiet").text(none)),
            false => groups(list, problems),
        };
        if notes.is_empty() {
            return list.view();
        }
        groups(list.with(plain("h2", "").text(words.notes_title())), notes).view()
    };
    view! { <div class="problems" data-testid="problems">{list}</div> }
}

/// Problems of one kind.
fn of_kind(page: Page, kind: ProblemKind, count: usize) -> AnyView {
    let words = page.words;
    let items = move || {
        page.app.report.with(|it| {
            let same = it.problems.iter().enumerate().filter(|it| it.1.kind == kind);
            let item = |(at, it): (usize, &Problem)| {
                Item::new(at, (&it.message, it.record, it.byte), !it.path.is_empty())
            };
            same.map(item).collect()
        })
    };
    let line = move |at: u32| {
        page.app.report.with_untracked(|it| it.problems.get(at as usize).map(|it| line(it, words)))
    };
    Group {
        head: plain("h3", "").text(title(kind, words)),
        advice: Some(advice(kind, words)),
        act: (kind == ProblemKind::TooLarge).then(|| raise(page)),
        count: count as u64,
        testid: "problem",
        kind: kind.as_str(),
        items: Arc::new(items),
        line: Arc::new(line),
    }
    .view()
}

/// Raises the limits that were met, and reads what was cut off at one.
fn raise(page: Page) -> AnyView {
    let act = move || {
        let too_large = |it: &&Problem| it.kind == ProblemKind::TooLarge && !it.path.is_empty();
        let cut: Vec<Problem> = page
            .app
            .report
            .with_untracked(|it| it.problems.iter().filter(too_large).cloned().collect());
        let paths: Vec<String> = cut.iter().map(|it| it.path.clone()).collect();
        let messages = || cut.iter().map(|it| it.message.as_str());
        page.app.prefer(|it| it.limits = it.limits.raised_for(messages()));
        page.app.host().read_again(&paths);
    };
    let label = page.words.limits_raise();
    button("button is-small", Some("limits-raise"), None, label, act)
}

/// The file, and what was wrong with it.
fn line(problem: &Problem, words: Words) -> (String, String) {
    let Problem { path, message, record, byte, .. } = problem;
    // Many a message names the place itself.
    let is_news = |number: &u64| !message.contains(&number.to_string());
    let record = record.map(|it| u64::from(it) + 1).filter(is_news);
    let byte = byte.filter(is_news);
    let place = [
        record.map(|it| fill(words.at_record(), &[("n", &grouped(it))])),
        byte.map(|it| fill(words.at_byte(), &[("n", &grouped(it))])),
    ];
    let place: Vec<String> = place.into_iter().flatten().collect();
    let place = if place.is_empty() { String::new() } else { format!(" ({})", place.join(", ")) };
    (path.clone(), format!("{}{place}", told(message, words.language)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_an_act_comes_first() {
        let problem = |kind| Problem::new("a", kind, "b");
        let problems = [
            problem(ProblemKind::Digest),
            problem(ProblemKind::Digest),
            problem(ProblemKind::BadJson),
            problem(ProblemKind::CorruptGzip),
            problem(ProblemKind::CorruptGzip),
            problem(ProblemKind::Memory),
        ];
        assert_eq!(
            kinds(&problems),
            [
                (ProblemKind::Memory, 1),
                (ProblemKind::CorruptGzip, 2),
                (ProblemKind::BadJson, 1),
                (ProblemKind::Digest, 2),
            ]
        );
    }
}
