//! The whole of it.

use leptos::prelude::*;

use super::{
    bars::StackedBars,
    brush::Brush,
    head::TimelineHead,
    marks::{Axis, IncidentMarks},
    scale::Scale,
};
use crate::{model::question::Histogram, ui::context::page};

/// Events over time.
#[component]
pub(crate) fn Timeline() -> impl IntoView {
    let page = page();
    let words = page.words;
    let surface = NodeRef::<leptos::html::Div>::new();
    let histogram: Memo<Histogram> =
        Memo::new(move |_| page.look(|it| it.histogram.clone()).unwrap_or_default());
    let scale = Memo::new(move |_| histogram.with(Scale::of));
    let brush = Brush::new(page, scale, surface);
    let picked = move || {
        let scale = scale.get()?;
        let (first, last) = brush.picked().or_else(|| brush.cursor.get().map(|it| (it, it)))?;
        let one = 100.0 / scale.bars.max(1) as f64;
        let (left, width) = (first as f64 * one, (last + 1 - first) as f64 * one);
        Some(view! {
            <div
                class="brush"
                class:is-picked=brush.anchor.get().is_some()
                style:left=format!("{left:.3}%")
                style:width=format!("{width:.3}%")
            ></div>
        })
    };
    let is_empty = move || scale.get().is_none() && page.look(|_| ()).is_some();
    let empty = move || {
        is_empty().then(|| view! { <p class="timeline-empty">{words.timeline_empty()}</p> })
    };
    view! {
        <section class="timeline" data-testid="histogram" aria-label=words.timeline()>
            <TimelineHead histogram brush />
            <div class="timeline-body">
                <IncidentMarks scale />
                <StackedBars histogram />
                {picked}
                {empty}
                <div
                    node_ref=surface
                    class="timeline-surface"
                    tabindex="0"
                    role="group"
                    aria-label=words.timeline_keys()
                    title=words.timeline_drag()
                    on:pointermove=move |event| brush.moved(&event)
                    on:pointerleave=move |_| brush.left()
                    on:pointerdown=move |event| brush.pressed(&event)
                    on:pointerup=move |event| brush.released(&event)
                    on:pointercancel=move |_| brush.dropped()
                    on:keydown=move |event| brush.key(&event)
                    on:blur=move |_| brush.dropped()
                ></div>
            </div>
            <Axis scale />
        </section>
    }
}
