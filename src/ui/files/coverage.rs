//! What was loaded as a map, with its legend and its holes.

use leptos::prelude::*;

use super::{
    heat::{Heat, LEFT_OUT, state_name, state_word},
    holes::holes,
    pages::{Window, pages},
};
use crate::{
    model::{
        coverage::CoverageMap,
        ledger::{HourState, Step},
    },
    ui::{
        context::page,
        failure::Failure,
        focus::hand_on,
        format::{fill, grouped},
        widget::{Plain, plain},
        words::Words,
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
                plain("p", "quiet").text(words.insights_after_load()).view()
            },
            None => plain("div", "skeleton").view(),
            Some(Err(reason)) => view! { <Failure reason=reason.clone() /> }.into_any(),
            Some(Ok(map)) if map.total == 0 || map.columns == 0 => {
                plain("p", "quiet").text(words.coverage_none()).view()
            },
            Some(Ok(map)) => drawn(map.clone()),
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
fn drawn(map: CoverageMap) -> AnyView {
    let page = page();
    let words = page.words;
    hand_on(page, ".coverage-map", &["heat-grid", "tab-panel"]);
    let lead = match map.step {
        Step::Day => words.coverage_lead_days(),
        Step::Hour => words.coverage_lead_hours(),
    };
    let cut =
        map.is_cut.then(|| fill(words.coverage_cut(), &[("n", &grouped(u64::from(map.columns)))]));
    let window = Window {
        offset: map.offset,
        shown: map.rows.len(),
        total: u64::from(map.total),
        size: map.rows.len() as u32,
    };
    let to = page.screen.coverage_offset;
    let below = pages(window, words.coverage_rows(), move |offset| to.set(offset))
        .into_iter()
        .chain([legend(words)])
        .chain(holes(&map));
    plain("div", "coverage-map")
        .with(plain("p", "quiet").text(lead))
        .with_all(cut.map(|it| plain("p", "quiet").text(it)))
        .with_view(view! { <Heat map=map.clone() /> }.into_any())
        .with_all(below)
        .view()
}

/// What the colours mean.
fn legend(words: Words) -> Plain {
    let key = |name: &str| plain("i", format!("heat-key is-{name}"));
    let states = [
        HourState::Loaded,
        HourState::Silent,
        HourState::Quiet,
        HourState::Hole,
        HourState::Lacking,
        HourState::Outside,
    ];
    let left_out = (LEFT_OUT, words.coverage_only_left_out());
    let states = states.into_iter().map(|it| (state_name(it), state_word(it, words)));
    let states =
        states.chain([left_out]).map(|(name, word)| plain("li", "").with(key(name)).text(word));
    let scale = plain("li", "")
        .text(words.coverage_fewer())
        .with_all(["1", "2", "3", "4", "5"].map(key))
        .text(words.coverage_more());
    plain("ul", "heat-legend").with(scale).with_all(states)
}
