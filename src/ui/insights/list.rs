//! The part of the page with the incidents.

use leptos::prelude::*;

use super::card::IncidentCard;
use crate::{
    model::insight::{InsightsReport, Tested},
    state::load::Load,
    ui::{
        context::page,
        failure::Failure,
        format::{fill, grouped},
        widget::Empty,
        words::Words,
    },
};

/// What was looked at, so that "nothing found" says something.
fn tested(tested: &Tested, words: Words) -> String {
    let days = |days: f64| format!("{days:.1}").trim_end_matches(".0").to_owned();
    let mut text = fill(
        words.insights_tested(),
        &[("series", &grouped(tested.series)), ("days", &days(tested.covered_days))],
    );
    if tested.missing_days >= 0.1 {
        text.push(' ');
        text.push_str(&fill(words.insights_missing(), &[("days", &days(tested.missing_days))]));
    }
    text
}

/// The part of the page with the incidents.
#[component]
pub(crate) fn Insights() -> impl IntoView {
    let page = page();
    let words = page.words;
    let asked = page.asked.insights;
    let body = move || {
        asked.answer.with(|it| match it {
            None => {
                let loading = page.app.load.with(Load::is_running);
                let hint = if loading { words.insights_after_load() } else { "" };
                view! { <Empty title=words.insights_wait() hint=hint /> }.into_any()
            },
            Some(Err(reason)) => view! { <Failure reason=reason.clone() /> }.into_any(),
            Some(Ok(report)) => view! { <Incidents report=report.clone() /> }.into_any(),
        })
    };
    view! {
        <div
            class="insights"
            data-testid="insights"
            class:is-waiting=move || asked.waiting.get()
        >
            {body}
        </div>
    }
}

/// All incidents, the most surprising first.
#[component]
fn Incidents(
    /// What was found.
    report: InsightsReport,
) -> impl IntoView {
    let words = page().words;
    let tested = tested(&report.tested, words);
    let none = report.incidents.is_empty();
    let first = report.shown_first();
    let rest = report.incidents.len() - first;
    let all = RwSignal::new(false);
    let incidents = StoredValue::new(report.incidents);
    let cards = move || {
        let shown = if all.get() { usize::MAX } else { first };
        let incidents = incidents.get_value().into_iter().take(shown);
        incidents.map(|incident| view! { <IncidentCard incident /> }).collect_view()
    };
    let more = move || {
        let text = fill(words.insights_more(), &[("count", &grouped(rest as u64))]);
        (rest > 0 && !all.get()).then(|| {
            view! { <button type="button" class="link" on:click=move |_| all.set(true)>{text}</button> }
        })
    };
    view! {
        <header class="insights-head">
            <h2>{words.insights_title()}</h2>
            <p class="quiet">{tested}</p>
        </header>
        {none.then(|| view! { <Empty title=words.insights_none_title() hint=words.insights_none() /> })}
        <ol class="incidents">{cards}</ol>
        {more}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Language;

    #[test]
    fn holes_are_told_where_there_are_some() {
        let words = Words { language: Language::English };
        let mut it = Tested { series: 1234, covered_days: 4.0, ..Tested::default() };
        assert!(super::tested(&it, words).starts_with("1,234 series of counts over 4 days"));
        it.missing_days = 2.25;
        assert!(
            super::tested(&it, words)
                .ends_with("2.2 days without any log lie in between and were left out.")
        );
    }
}
