//! One incident.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    details::details,
    sentence::{filter, focus_range, sentence, tier, title},
};
use crate::{
    model::{
        insight::{Agreement, Chart, Incident, Tier},
        time::{TimeRange, iso},
    },
    state::command::Command,
    ui::{
        context::page,
        format::{counted, fill, grouped, visible},
        widget::{Bars, button},
        words::Words,
    },
};

/// The bars of a chart that lie in a span.
pub(crate) fn marked(chart: &Chart, range: TimeRange) -> std::ops::Range<usize> {
    let step = chart.step_millis.max(1);
    let bar = |millis: i64| ((millis - chart.start_millis).max(0) / step) as usize;
    let last = bar(range.end_millis.saturating_sub(1)) + 1;
    let last = if range.end_millis <= chart.start_millis { 0 } else { last };
    bar(range.start_millis).min(chart.counts.len())..last.min(chart.counts.len())
}

/// How often chance alone would show such an incident; `e` is as in [`Incident::e`].
pub(crate) fn expected(e: f64, words: Words) -> String {
    if e >= 9.0 {
        words.insights_expected_never().to_owned()
    } else if e >= 1.0 {
        // Two digits say as much as the model knows.
        let digits = 10_f64.powf(e.floor() - 1.0);
        let logs = ((10_f64.powf(e) / digits).round() * digits) as u64;
        fill(words.insights_expected(), &[("n", &grouped(logs))])
    } else {
        words.insights_expected_often().to_owned()
    }
}

/// Regions that are named; more are only counted.
const NAMED_REGIONS: usize = 3;

/// Accounts and regions.
fn places(incident: &Incident, words: Words) -> String {
    let mut places = incident.accounts.clone();
    if incident.regions.len() > NAMED_REGIONS {
        places.push(counted(words.insights_regions(), incident.regions.len() as u64));
    } else {
        places.extend(incident.regions.iter().cloned());
    }
    visible(&places.join(" · ")).into_owned()
}

/// A shape for each tier, so that colour is not all that tells them apart.
pub(crate) fn tier_shape(tier: Tier) -> &'static str {
    match tier {
        Tier::Info => "M8 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z",
        Tier::Low => "M3.5 5h9L8 12.5Z",
        Tier::Medium => "M8 3l5 5-5 5-5-5Z",
        Tier::High => "M8 3l5.5 10h-11Z",
        Tier::Critical => "M5.3 2h5.4L14 5.3v5.4L10.7 14H5.3L2 10.7V5.3Z",
    }
}

/// What a card's element is called, to be found and scrolled to.
pub(crate) fn element_id(incident: &str) -> String {
    format!("incident-{incident}")
}

/// Whether CloudTrail found it too.
fn agreement(incident: &Incident, words: Words) -> &'static str {
    if incident.insights.iter().any(|it| it.agreement == Agreement::Both) {
        words.agreement_both()
    } else {
        words.agreement_ours()
    }
}

/// One incident: a sentence and a small chart; unfolded, all that is known of it.
#[component]
pub(crate) fn IncidentCard(
    /// What is told.
    incident: Arc<Incident>,
    /// Whether CloudTrail's own insights are there to compare with.
    compared: bool,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let range = incident.insights.first().map_or(Some(incident.range), focus_range);
    let focus = {
        let filter = incident.insights.first().map(|it| filter(&incident, it)).unwrap_or_default();
        let id = incident.id.clone();
        move || {
            page.send(Command::Focus { filter: filter.clone(), range, incident: Some(id.clone()) });
        }
    };
    let id = incident.id.clone();
    let is_open =
        Memo::new(move |_| page.app.view.with(|it| it.incident.as_deref() == Some(id.as_str())));
    let id = incident.id.clone();
    let unfold = move |_| {
        let next = (!is_open.get_untracked()).then(|| id.clone());
        page.send(Command::Unfold(next));
    };
    let largest = incident.chart.counts.iter().copied().max().unwrap_or(0);
    let chart_label = fill(words.chart_label(), &[("n", &grouped(u64::from(largest)))]);
    let agreement =
        compared.then(|| view! { <span class="chip">{agreement(&incident, words)}</span> });
    let unfolded = {
        let incident = Arc::clone(&incident);
        move || is_open.get().then(|| details(&incident))
    };
    view! {
        <li
            class=format!("incident is-{}", incident.tier.as_str())
            class:is-open=move || is_open.get()
            id=element_id(&incident.id)
            tabindex="-1"
            data-testid="insight"
            data-id=incident.id.clone()
            data-start=iso(incident.range.start_millis)
            data-end=iso(incident.range.end_millis)
            data-e=incident.e.to_string()
            data-tier=incident.tier.as_str()
        >
            <div class="incident-head">
                <span class="tier">
                    <svg class="icon is-filled" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                        <path d=tier_shape(incident.tier)></path>
                    </svg>
                    {tier(incident.tier, words)}
                </span>
                <h3>{title(incident.title_kind, words)}</h3>
                {agreement}
                <span class="quiet incident-places">{places(&incident, words)}</span>
            </div>
            <div class="incident-body">
                <div>
                    <p class="incident-sentence">{sentence(&incident, words)}</p>
                    <p class="quiet incident-expected">{expected(incident.e, words)}</p>
                </div>
                <Bars
                    counts=incident.chart.counts.clone()
                    marked=marked(&incident.chart, incident.range)
                    label=chart_label
                />
            </div>
            <div class="incident-acts">
                {button("button is-small", None, None, words.insights_show(), focus)}
                <button
                    type="button"
                    class="button is-small"
                    data-testid="insight-details"
                    aria-expanded=move || is_open.get().to_string()
                    on:click=unfold
                >
                    {words.insights_details()}
                </button>
            </div>
            {unfolded}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_is_told_in_numbers_that_people_know() {
        let words = Words { language: crate::state::Language::English };
        assert!(expected(140.0, words).contains("a billion"));
        assert!(expected(4.0, words).contains("10,000 logs"));
        assert!(expected(1.64, words).contains("44 logs"));
        assert!(expected(0.6, words).contains("may show"));
    }

    #[test]
    fn bars_of_the_incident_are_marked() {
        let chart =
            Chart { start_millis: 100, step_millis: 10, counts: vec![0; 6], ..Chart::default() };
        assert_eq!(marked(&chart, TimeRange::between(120, 140)), 2..4);
        assert_eq!(marked(&chart, TimeRange::between(121, 141)), 2..5);
        assert_eq!(marked(&chart, TimeRange::between(0, 110)), 0..1);
        assert_eq!(marked(&chart, TimeRange::between(0, 50)), 0..0);
        assert_eq!(marked(&chart, TimeRange::between(150, 999)), 5..6);
    }
}
