//! The bars: one path for each outcome.

use leptos::prelude::*;

use super::scale::round_up;
use crate::{
    model::question::{Histogram, OTHER},
    ui::{
        context::page,
        format::{compact, grouped, visible},
        words::Words,
    },
};

/// Height of the drawing in its own units; the style stretches it.
const HEIGHT: f64 = 100.0;

/// The name of a series, for people.
pub(crate) fn series_name(value: Option<&str>, words: Words) -> String {
    match value {
        None => words.no_outcome().to_owned(),
        Some(OTHER) => words.other_values().to_owned(),
        Some(value) => visible(value).into_owned(),
    }
}

/// The class that colours a series.
pub(crate) fn series_class(value: Option<&str>) -> String {
    match value {
        Some(it @ ("success" | "denied" | "throttled" | "not-found" | "invalid" | "error")) => {
            format!("outcome-{it}")
        },
        _ => "outcome-none".to_owned(),
    }
}

/// How many events fall into each bar, all series together.
pub(crate) fn totals(histogram: &Histogram) -> Vec<u64> {
    let bars = histogram.series.iter().map(|it| it.counts.len()).max().unwrap_or(0);
    let at = |bar: usize| histogram.series.iter().map(|it| it.counts.get(bar).unwrap_or(&0)).sum();
    (0..bars).map(at).collect()
}

/// The paths of all series, stacked; a bar is one wide and the tallest fits below `top`.
fn paths(histogram: &Histogram, top: u64) -> Vec<String> {
    let mut floor: Vec<u64> = vec![0; totals(histogram).len()];
    let unit = HEIGHT / top.max(1) as f64;
    let mut paths = Vec::with_capacity(histogram.series.len());
    for series in &histogram.series {
        let mut path = String::new();
        for (bar, count) in series.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let base = HEIGHT - floor[bar] as f64 * unit;
            // What is there is seen: a lone denied call among thousands is what is looked for.
            let tall = (*count as f64 * unit).max(1.2);
            path.push_str(&format!("M{bar}.06 {base:.2}v-{tall:.2}h.88v{tall:.2}z"));
            floor[bar] += *count;
        }
        paths.push(path);
    }
    paths
}

/// The drawing and the number at its top.
#[component]
pub(crate) fn StackedBars(
    /// What is drawn.
    #[prop(into)]
    histogram: Signal<Histogram>,
) -> impl IntoView {
    let top = Memo::new(move |_| {
        round_up(histogram.with(|it| totals(it).into_iter().max().unwrap_or(0)))
    });
    let bars = move || histogram.with(|it| totals(it).len().max(1));
    // An axis without bars has no scale.
    let scale = move || {
        let any = histogram.with(|it| totals(it).iter().any(|it| *it > 0));
        if any { compact(top.get()) } else { String::new() }
    };
    let drawn = move || {
        histogram.with(|histogram| {
            let classes = histogram.series.iter().map(|it| series_class(it.value.as_deref()));
            let paths = paths(histogram, top.get()).into_iter().zip(classes);
            paths.map(|(d, class)| view! { <path d=d class=class></path> }).collect_view()
        })
    };
    view! {
        <svg
            class="histogram-bars"
            viewBox=move || format!("0 0 {} {HEIGHT}", bars())
            preserveAspectRatio="none"
            aria-hidden="true"
        >
            {drawn}
        </svg>
        <span class="histogram-top" aria-hidden="true">{scale}</span>
    }
}

/// Which colour is which outcome.
#[component]
pub(crate) fn Legend(
    /// What is drawn.
    #[prop(into)]
    histogram: Signal<Histogram>,
) -> impl IntoView {
    let words = page().words;
    let entries = Memo::new(move |_| {
        histogram.with(|it| {
            let some = it.series.iter().filter(|it| it.counts.iter().any(|count| *count > 0));
            some.map(|it| (it.value.clone(), it.counts.iter().sum::<u64>())).collect::<Vec<_>>()
        })
    });
    let entry = move |(value, count): (Option<String>, u64)| {
        let class = format!("legend-colour {}", series_class(value.as_deref()));
        view! {
            <li>
                <i class=class></i>
                {series_name(value.as_deref(), words)}
                " "
                <span class="quiet">{grouped(count)}</span>
            </li>
        }
    };
    view! { <ul class="legend">{move || entries.get().into_iter().map(entry).collect_view()}</ul> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::question::Series;

    #[test]
    fn series_stand_on_each_other() {
        let series = |counts: &[u64]| Series { value: None, counts: counts.to_vec() };
        let histogram = Histogram {
            start_millis: 0,
            step_millis: 1,
            series: vec![series(&[10, 0]), series(&[10, 20])],
        };
        assert_eq!(totals(&histogram), [20, 20]);
        assert_eq!(
            paths(&histogram, 20),
            [
                "M0.06 100.00v-50.00h.88v50.00z",
                "M0.06 50.00v-50.00h.88v50.00zM1.06 100.00v-100.00h.88v100.00z"
            ]
        );
        assert_eq!(paths(&Histogram::default(), 0), Vec::<String>::new());
    }
}
