//! The line above the bars: where in time one is, and what the pointer is on.

use leptos::prelude::*;

use super::{
    bars::{Legend, series_name, totals},
    brush::Brush,
};
use crate::{
    model::question::Histogram,
    state::command::Command,
    ui::{
        context::page,
        format::{counted, duration, fill, grouped, span},
        widget::{Icon, Shape},
    },
};

/// What a span of bars holds: its time, its events, and those by outcome.
fn readout(histogram: &Histogram, first: usize, last: usize) -> (u64, Vec<(Option<String>, u64)>) {
    let sum = |counts: &[u64]| counts.iter().skip(first).take(last + 1 - first).sum::<u64>();
    let parts = histogram.series.iter().map(|it| (it.value.clone(), sum(&it.counts)));
    (sum(&totals(histogram)), parts.filter(|(_, count)| *count > 0).collect())
}

/// Breadcrumbs, and beside them the legend or what the pointer is on.
#[component]
pub(crate) fn TimelineHead(
    /// What is drawn.
    #[prop(into)]
    histogram: Signal<Histogram>,
    /// What is being picked.
    brush: Brush,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let text = move || {
        let scale = brush.scale.get()?;
        let (first, last) = brush.picked().or_else(|| brush.cursor.get().map(|it| (it, it)))?;
        let (total, parts) = histogram.with(|it| readout(it, first, last));
        let mut text = format!(
            "{} UTC · {}",
            span(scale.span_of(first, last)),
            counted(words.events_n(), total)
        );
        for (value, count) in parts {
            text.push_str(&format!(
                " · {} {}",
                series_name(value.as_deref(), words),
                grouped(count)
            ));
        }
        Some(text)
    };
    let text = Memo::new(move |_| text());
    let right = move || match text.get() {
        Some(text) => view! { <p class="readout" aria-live="polite">{text}</p> }.into_any(),
        None => view! { <Legend histogram /> }.into_any(),
    };
    let step = move || {
        let scale = brush.scale.get()?;
        let step = duration(scale.step_millis, words.language);
        Some(fill(words.timeline_step(), &[("step", &step)]))
    };
    view! {
        <div class="timeline-head">
            <Crumbs brush />
            <span class="quiet timeline-step">{step}</span>
            {right}
            {move || page.is_waiting().then(|| view! { <span class="spinner" title=words.updating()></span> })}
        </div>
    }
}

/// From all of time to the span that is looked at.
#[component]
fn Crumbs(
    /// Knows how to zoom out.
    brush: Brush,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let range = Memo::new(move |_| page.app.view.with(|it| it.range));
    let all = move |_| page.send(Command::Zoom(None));
    move || match range.get() {
        None => {
            let whole = page.app.data.with(|it| it.range.map(span));
            view! { <p class="crumbs"><b>{words.all_time()}</b>" "<span class="quiet crumb-range">{whole}</span></p> }
                .into_any()
        },
        Some(range) => view! {
            <nav class="crumbs" aria-label=words.link_range()>
                <button type="button" class="crumb" on:click=all>{words.all_time()}</button>
                <Icon shape=Shape::Right />
                <b class="crumb-here">{span(range)}" UTC"</b>
                <button
                    type="button"
                    class="button is-icon is-small"
                    aria-label=words.zoom_out()
                    title=words.zoom_out()
                    on:click=move |_| brush.zoom_out()
                >
                    <Icon shape=Shape::ZoomOut />
                </button>
            </nav>
        }
        .into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::question::Series;

    #[test]
    fn a_readout_adds_up() {
        let series = |value: &str, counts: &[u64]| Series {
            value: Some(value.to_owned()),
            counts: counts.to_vec(),
        };
        let histogram = Histogram {
            start_millis: 0,
            step_millis: 1,
            series: vec![series("success", &[5, 1, 0]), series("denied", &[0, 2, 9])],
        };
        let (total, parts) = readout(&histogram, 0, 1);
        assert_eq!(total, 8);
        assert_eq!(parts, [(Some("success".to_owned()), 6), (Some("denied".to_owned()), 2)]);
        assert_eq!(readout(&histogram, 0, 0).1.len(), 1);
    }
}
