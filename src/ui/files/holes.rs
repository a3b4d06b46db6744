//! Times of which nothing is there, as a list.

use leptos::prelude::*;

use crate::{
    model::{
        ledger::{Hole, HoleKind},
        time::TimeRange,
    },
    state::command::Command,
    ui::{
        context::page,
        format::{duration, fill, grouped, span},
    },
};

/// The hole with as much before and after it, so that its borders are seen.
fn around(range: TimeRange) -> TimeRange {
    let pad = range.len_millis();
    TimeRange { start_millis: range.start_millis - pad, end_millis: range.end_millis + pad }
}

/// All holes, or the longest.
#[component]
pub(crate) fn Holes(
    /// The longest first.
    holes: Vec<Hole>,
    /// How many there are in all.
    count: u32,
) -> impl IntoView {
    let words = page().words;
    let title = match count {
        0 => words.holes_title_none().to_owned(),
        1 => words.holes_title_1().to_owned(),
        count => fill(words.holes_title(), &[("n", &grouped(u64::from(count)))]),
    };
    let first = holes.len();
    let note = if count == 0 {
        Some(words.holes_none().to_owned())
    } else if (count as usize) > first {
        Some(fill(words.holes_first(), &[("n", &grouped(first as u64))]))
    } else {
        None
    };
    let lines = holes.into_iter().map(|hole| view! { <HoleLine hole /> }).collect_view();
    view! {
        <h3>{title}</h3>
        {note.map(|it| view! { <p class="quiet">{it}</p> })}
        <ul class="holes">{lines}</ul>
    }
}

/// One hole; a click looks at its time.
#[component]
fn HoleLine(
    /// Which.
    hole: Hole,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let kind = match hole.kind {
        HoleKind::Account => words.hole_account(),
        HoleKind::Region => words.hole_region(),
        HoleKind::NoDigest => words.hole_no_digest(),
    };
    let region = hole.region.unwrap_or_else(|| words.hole_all_regions().to_owned());
    let range = hole.range;
    let long = duration(range.len_millis(), words.language);
    view! {
        <li class="hole" data-testid="hole">
            <button
                type="button"
                class="link"
                title=words.hole_show()
                on:click=move |_| page.send(Command::Zoom(Some(around(range))))
            >
                {span(range)}
            </button>
            <span class="hole-place">{hole.account} " " {region}</span>
            <span class="quiet">{long} " · " {kind}</span>
        </li>
    }
}
