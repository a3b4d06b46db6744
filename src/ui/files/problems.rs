//! Problems, by their kind, with what to do about each.

use leptos::prelude::*;

use crate::{
    model::problem::{Problem, ProblemKind},
    state::csv,
    ui::{
        context::page,
        format::{fill, grouped},
        words::Words,
    },
};

/// Problems of one kind that are shown before "more", and with each "more".
const SHOWN: usize = 50;

/// What a kind means, and what to do.
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
    let count = |kind: ProblemKind| problems.iter().filter(|it| it.kind == kind).count();
    let all = ProblemKind::ALL.iter().map(|it| (*it, count(*it)));
    let mut some: Vec<(ProblemKind, usize)> = all.filter(|(_, count)| *count > 0).collect();
    some.sort_by_key(|(kind, count)| (weight(*kind), std::cmp::Reverse(*count)));
    some
}

/// Saves all problems as a table.
#[component]
pub(crate) fn SaveProblems() -> impl IntoView {
    let page = page();
    let any = Memo::new(move |_| page.app.report.with(|it| !it.problems.is_empty()));
    let save = move |_| {
        let text = page.app.report.with_untracked(|it| csv::problems(&it.problems));
        page.app.host().save_text("trailglass-problems.csv", "text/csv;charset=utf-8", text);
    };
    move || {
        any.get().then(|| {
            view! {
                <button type="button" class="button is-small" data-testid="problems-csv" on:click=save>
                    {page.words.save_csv()}
                </button>
            }
        })
    }
}

/// All problems.
#[component]
pub(crate) fn Problems() -> impl IntoView {
    let page = page();
    let words = page.words;
    let kinds = Memo::new(move |_| page.app.report.with(|it| kinds(&it.problems)));
    let list = move || {
        if kinds.with(Vec::is_empty) {
            return view! { <p class="quiet">{words.problems_none()}</p> }.into_any();
        }
        let groups = kinds.get().into_iter();
        groups.map(|(kind, count)| view! { <ProblemGroup kind count /> }).collect_view().into_any()
    };
    view! { <div class="problems" data-testid="problems">{list}</div> }
}

/// Problems of one kind.
#[component]
fn ProblemGroup(
    /// Which.
    kind: ProblemKind,
    /// How many.
    count: usize,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let limit = RwSignal::new(SHOWN);
    let shown = move || {
        page.app.report.with(|it| {
            let same = it.problems.iter().filter(|it| it.kind == kind);
            same.take(limit.get())
                .cloned()
                .map(|problem| view! { <ProblemLine problem /> })
                .collect_view()
        })
    };
    let more = move || {
        let rest = count.saturating_sub(limit.get());
        (rest > 0).then(|| {
            let label = fill(words.problems_more(), &[("n", &grouped(rest.min(500) as u64))]);
            view! {
                <button type="button" class="button is-small" on:click=move |_| limit.update(|it| *it += 500)>
                    {label}
                </button>
            }
        })
    };
    view! {
        <section class="problem-group">
            <h3>
                <code>{kind.as_str()}</code>
                <span class="tab-count">{grouped(count as u64)}</span>
            </h3>
            <p>{advice(kind, words)}</p>
            <ul>{shown}</ul>
            {more}
        </section>
    }
}

/// One problem. Paths and messages are text, whatever is in them.
#[component]
fn ProblemLine(
    /// What was wrong.
    problem: Problem,
) -> impl IntoView {
    let words = page().words;
    let Problem { path, kind, message, record, byte } = problem;
    let place = [
        record.map(|it| fill(words.at_record(), &[("n", &grouped(u64::from(it)))])),
        byte.map(|it| fill(words.at_byte(), &[("n", &grouped(it))])),
    ];
    let place: Vec<String> = place.into_iter().flatten().collect();
    let place = (!place.is_empty()).then(|| format!(" ({})", place.join(", ")));
    view! {
        <li class="problem" data-testid="problem" data-kind=kind.as_str()>
            <span class="problem-path">{path}</span>
            <span class="problem-message">{message}{place}</span>
        </li>
    }
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
