//! What was loaded as a map, with its legend and its holes.

use leptos::prelude::*;

use super::{
    heat::{Heat, state_name, state_word},
    holes::Holes,
};
use crate::{
    model::{
        coverage::CoverageMap,
        ledger::{HourState, Step},
    },
    ui::{
        context::page,
        failure::Failure,
        format::{fill, grouped},
        widget::{Icon, Shape},
    },
};

/// Account by region by day: what is there, and what is not.
#[component]
pub(crate) fn Coverage() -> impl IntoView {
    let page = page();
    let words = page.words;
    let asked = page.asked.coverage;
    let body = move || {
        asked.answer.with(|it| match it {
            None if page.app.load.with(crate::state::load::Load::is_running) => {
                view! { <p class="quiet">{words.insights_after_load()}</p> }.into_any()
            },
            None => view! { <div class="skeleton"></div> }.into_any(),
            Some(Err(reason)) => view! { <Failure reason=reason.clone() /> }.into_any(),
            Some(Ok(map)) if map.total == 0 || map.columns == 0 => {
                view! { <p class="quiet">{words.coverage_none()}</p> }.into_any()
            },
            Some(Ok(map)) => view! { <Drawn map=map.clone() /> }.into_any(),
        })
    };
    view! {
        <h2>{words.coverage_title()}</h2>
        <div class="coverage" data-testid="coverage" class:is-waiting=move || asked.waiting.get()>
            {body}
        </div>
    }
}

/// A map that is there.
#[component]
fn Drawn(
    /// What is drawn.
    map: CoverageMap,
) -> impl IntoView {
    let words = page().words;
    let lead = match map.step {
        Step::Day => words.coverage_lead_days(),
        Step::Hour => words.coverage_lead_hours(),
    };
    let cut = map.is_cut.then(|| {
        let text = fill(words.coverage_cut(), &[("n", &grouped(u64::from(map.columns)))]);
        view! { <p class="quiet">{text}</p> }
    });
    let (holes, hole_count) = (map.holes.clone(), map.hole_count);
    let (offset, shown, total) = (map.offset, map.rows.len() as u32, map.total);
    view! {
        <p class="quiet">{lead}</p>
        {cut}
        <Heat map />
        <Pages offset shown total />
        <Legend />
        <Holes holes count=hole_count />
    }
}

/// To the next rows and back, where there are too many for one map.
#[component]
fn Pages(
    /// The first row that is shown.
    offset: u32,
    /// How many are shown.
    shown: u32,
    /// How many there are.
    total: u32,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let to = page.screen.coverage_offset;
    (shown < total).then(|| {
        let text = fill(
            words.coverage_rows(),
            &[
                ("first", &grouped(u64::from(offset) + 1)),
                ("last", &grouped(u64::from(offset + shown))),
                ("total", &grouped(u64::from(total))),
            ],
        );
        view! {
            <div class="heat-pages">
                <button
                    type="button"
                    class="button is-icon is-small"
                    aria-label=words.previous_page()
                    disabled=offset == 0
                    on:click=move |_| to.set(offset.saturating_sub(shown.max(1)))
                >
                    <Icon shape=Shape::Left />
                </button>
                <span>{text}</span>
                <button
                    type="button"
                    class="button is-icon is-small"
                    aria-label=words.next_page()
                    disabled=offset + shown >= total
                    on:click=move |_| to.set(offset + shown)
                >
                    <Icon shape=Shape::Right />
                </button>
            </div>
        }
    })
}

/// What the colours mean.
#[component]
fn Legend() -> impl IntoView {
    let words = page().words;
    let scale = (1..=5).map(|level| view! { <i class=format!("heat-key is-{level}")></i> });
    let states = [
        HourState::Loaded,
        HourState::Silent,
        HourState::Quiet,
        HourState::Hole,
        HourState::Lacking,
        HourState::Outside,
    ];
    let one = |state| {
        let class = format!("heat-key is-{}", state_name(state));
        view! { <li><i class=class></i>{state_word(state, words)}</li> }
    };
    view! {
        <ul class="heat-legend">
            <li>{words.coverage_fewer()} {scale.collect_view()} {words.coverage_more()}</li>
            {states.map(one).collect_view()}
        </ul>
    }
}
