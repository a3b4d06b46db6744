//! The series that make up an incident; the one that is picked is told of.

use leptos::prelude::*;

use super::sentence::series_name;
use crate::{
    model::insight::{Incident, Insight},
    ui::{
        context::page,
        format::{duration, fill, grouped},
        insights::why::figure,
        widget::plain,
        words::Words,
    },
};

/// How often it was, and how often it is otherwise.
fn rate(insight: &Insight, words: Words) -> String {
    let base = figure(insight.baseline.average() * 60.0);
    let time = duration(insight.range.len_millis(), words.language);
    let count = grouped(insight.insight.count);
    fill(words.series_rate(), &[("count", &count), ("time", &time), ("base", &base)])
}

/// A list that unfolds. `picked` is the place of the series that is told of.
pub(crate) fn series(incident: &Incident, picked: RwSignal<usize>) -> AnyView {
    let words = page().words;
    let count = grouped(incident.insights.len() as u64);
    let line = |(at, insight): (usize, &Insight)| {
        let button = view! {
            <button
                type="button"
                class="link"
                aria-pressed=move || (picked.get() == at).to_string()
                on:click=move |_| picked.set(at)
            >
                {series_name(incident, insight, words)}
            </button>
        };
        plain("li", "series")
            .with_view(button.into_any())
            .with(plain("p", "quiet").text(rate(insight, words)))
    };
    plain("details", "series-list")
        .with(plain("summary", "").text(fill(words.insights_series(), &[("n", &count)])))
        .with(plain("ul", "").with_all(incident.insights.iter().enumerate().map(line)))
        .view()
}
