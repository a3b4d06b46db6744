//! The series that make up an incident, folded at first.

use leptos::prelude::*;

use super::sentence::{filter, focus_range, series_name};
use crate::{
    model::insight::{Attribution, Incident, Insight},
    state::command::Command,
    ui::{
        context::page,
        format::{duration, fill, grouped, short_arn},
        words::Words,
    },
};

/// Values that are told of one field, and fields that are told of one series.
const VALUES: usize = 3;
const FIELDS: usize = 5;

/// How often it was, and how often it is otherwise.
fn rate(insight: &Insight, words: Words) -> String {
    let hourly = insight.baseline.average() * 60.0;
    let base = if hourly < 10.0 { format!("{hourly:.1}") } else { grouped(hourly.round() as u64) };
    let time = duration(insight.range.len_millis(), words.language);
    let count = grouped(insight.insight.count);
    fill(words.series_rate(), &[("count", &count), ("time", &time), ("base", &base)])
}

/// A field and its most telling values, new ones marked.
fn attribution(it: &Attribution, words: Words) -> String {
    let values = it.values.iter().take(VALUES).map(|part| {
        let name = short_arn(&part.value);
        let name = if name.is_empty() { words.no_value() } else { &*name };
        let mut number = grouped(part.inside);
        if part.outside == 0 {
            number.push_str(&format!(", {}", words.attribution_new()));
        }
        fill(words.attribution_part(), &[("value", name), ("n", &number)])
    });
    format!("{}: {}", it.field.name(), values.collect::<Vec<_>>().join(", "))
}

/// A list that unfolds.
#[component]
pub(crate) fn SeriesList(
    /// Whose series.
    incident: Incident,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let count = grouped(incident.insights.len() as u64);
    let line = |insight: &Insight| {
        let filter = filter(&incident, insight);
        let (range, id) = (focus_range(insight), incident.id.clone());
        let focus = move |_| {
            page.send(Command::Focus { filter: filter.clone(), range, incident: Some(id.clone()) });
        };
        let told = insight.attributions.iter().take(FIELDS);
        let told = told.map(|it| view! { <li>{attribution(it, words)}</li> }).collect_view();
        view! {
            <li class="series">
                <button type="button" class="link" on:click=focus>
                    {series_name(&incident, insight, words)}
                </button>
                <p class="quiet">{rate(insight, words)}</p>
                <ul class="attributions mono">{told}</ul>
            </li>
        }
    };
    let lines = incident.insights.iter().map(line).collect_view();
    view! {
        <details class="series-list">
            <summary>{fill(words.insights_series(), &[("n", &count)])}</summary>
            <ul>{lines}</ul>
        </details>
    }
}
