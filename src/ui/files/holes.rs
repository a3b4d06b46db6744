//! Times of which nothing is there, as a list.

use crate::{
    model::{
        coverage::CoverageMap,
        ledger::{Hole, HoleKind},
        time::TimeRange,
    },
    state::command::Command,
    ui::{
        context::{Page, page},
        format::{counted, duration, fill, grouped, span},
        widget::{Plain, button, plain},
    },
};

/// The hole with as much before and after it, so that its borders are seen.
fn around(range: TimeRange) -> TimeRange {
    let pad = range.len_millis();
    TimeRange { start_millis: range.start_millis - pad, end_millis: range.end_millis + pad }
}

/// All holes of a map, or the longest.
pub(crate) fn holes(map: &CoverageMap) -> Vec<Plain> {
    let (holes, count) = (&map.holes, map.hole_count);
    let page = page();
    let words = page.words;
    let title = match count {
        0 => words.holes_title_none().to_owned(),
        count => counted(words.holes_title(), u64::from(count)),
    };
    let note = if count == 0 && map.is_incomplete {
        Some(words.holes_none_but_incomplete().to_owned())
    } else if count == 0 {
        Some(words.holes_none().to_owned())
    } else if count as usize > holes.len() {
        Some(fill(words.holes_first(), &[("n", &grouped(holes.len() as u64))]))
    } else {
        None
    };
    let mut parts = vec![plain("h3", "").text(title)];
    parts.extend(note.map(|it| plain("p", "quiet").text(it)));
    parts.push(plain("ul", "holes").with_all(holes.iter().map(|it| line(page, it))));
    parts
}

/// One hole; a click looks at its time.
fn line(page: Page, hole: &Hole) -> Plain {
    let words = page.words;
    let kind = match hole.kind {
        HoleKind::Account => words.hole_account(),
        HoleKind::Region => words.hole_region(),
        HoleKind::NoDigest => words.hole_no_digest(),
    };
    let region = hole.region.as_deref().unwrap_or(words.hole_all_regions());
    let range = hole.range;
    let long = duration(range.len_millis(), words.language);
    let look = move || page.send(Command::Zoom(Some(around(range))));
    plain("li", "hole")
        .testid("hole")
        .with_view(button("link", None, Some(words.hole_show()), span(range), look))
        .with(plain("span", "hole-place").text(format!("{} {region}", hole.account)))
        .with(plain("span", "quiet").text(format!("{long} · {kind}")))
}
