//! The heat map: a row for each account and region, a cell for each day or hour.
//!
//! The map is one stop of the Tab key; arrow keys move a frame over its cells, so that thousands of
//! cells need no signal each.

use leptos::{ev::KeyboardEvent, prelude::*};

use crate::{
    model::{
        coverage::CoverageMap,
        field::Field,
        filter::edit,
        ledger::{Cell, HourState, Place, Row, Step},
        time::{DAY, TimeRange},
    },
    state::command::Command,
    ui::{
        context::page,
        format::{counted, day, fill, time_of_day, visible},
        words::Words,
    },
};

/// Columns between two labels of the axis, for each width of the cells.
const WIDTHS: [(u32, &str, usize); 3] =
    [(40, "is-wide", 3), (96, "is-middle", 6), (u32::MAX, "is-narrow", 12)];

/// The name of a state in classes and `data-state`.
pub(crate) fn state_name(state: HourState) -> &'static str {
    match state {
        HourState::Loaded => "loaded",
        HourState::Silent => "silent",
        HourState::Quiet => "quiet",
        HourState::Outside => "outside",
        HourState::Hole => "hole",
        HourState::Lacking => "lacking",
    }
}

/// What a state means.
pub(crate) fn state_word(state: HourState, words: Words) -> &'static str {
    match state {
        HourState::Loaded => words.coverage_loaded(),
        HourState::Silent => words.coverage_silent(),
        HourState::Quiet => words.coverage_quiet(),
        HourState::Outside => words.coverage_outside(),
        HourState::Hole => words.coverage_hole(),
        HourState::Lacking => words.coverage_lacking(),
    }
}

/// The name of the state of a cell in which a log lacks only what was left out, by choice or since
/// a load was stopped: nothing is wrong there.
pub(crate) const LEFT_OUT: &str = "left-out";

/// What a cell is called in classes and `data-state`, and what that means.
fn kind(cell: &Cell, words: Words) -> (&'static str, &'static str) {
    match cell.state() {
        HourState::Lacking if cell.failed == 0 && cell.missing == 0 => {
            (LEFT_OUT, words.coverage_only_left_out())
        },
        state => (state_name(state), state_word(state, words)),
    }
}

/// How dark a cell is, 1 to 5, by the magnitude of its count: one event is seen beside a million.
fn level(events: u64, most: u64) -> u32 {
    let magnitude = |it: u64| it.max(1).ilog2() + 1;
    (1 + 4 * magnitude(events) / magnitude(most)).min(5)
}

/// Where something is missing beside events, half of the cell shows them.
fn class(cell: &Cell, most: u64, words: Words) -> String {
    let has_events = (cell.events > 0).then(|| format!(" has-{}", level(cell.events, most)));
    match (cell.state(), has_events) {
        (HourState::Loaded, Some(_)) => format!("heat-cell is-{}", level(cell.events, most)),
        (HourState::Hole | HourState::Lacking, Some(events)) => {
            format!("heat-cell is-{}{events}", kind(cell, words).0)
        },
        _ => format!("heat-cell is-{}", kind(cell, words).0),
    }
}

/// A day, or a day and an hour.
fn when(millis: i64, step: Step) -> String {
    match step {
        Step::Day => day(millis),
        Step::Hour => format!("{} {}", day(millis), time_of_day(millis)),
    }
}

fn place_name(place: &Place, words: Words) -> String {
    let or = |text: &str| match text {
        "" => words.no_value().to_owned(),
        text => visible(text).into_owned(),
    };
    format!("{} {}", or(&place.account), or(&place.region))
}

/// All that is known of a cell, in a line.
fn numbers(cell: &Cell, step: Step, words: Words) -> String {
    let events = counted(words.events_n(), cell.events);
    let files = counted(words.coverage_files(), u64::from(cell.files));
    let mut parts = vec![format!("{events}, {files}")];
    let numbers = [
        (words.coverage_empty(), cell.empty),
        (words.coverage_failed(), cell.failed),
        (words.coverage_left_out(), cell.left_out),
        (words.coverage_missing(), cell.missing),
        (words.coverage_duplicates(), cell.duplicates),
    ];
    for (template, count) in numbers.into_iter().filter(|it| it.1 > 0) {
        parts.push(counted(template, u64::from(count)));
    }
    let hours = match cell.state() {
        HourState::Loaded => 0,
        HourState::Silent => cell.silent_hours,
        HourState::Quiet => cell.quiet_hours,
        HourState::Outside => cell.outside_hours,
        HourState::Hole => cell.hole_hours,
        HourState::Lacking => cell.lacking_hours,
    };
    if hours > 0 {
        let of = match step {
            Step::Day => {
                let of = [("n", hours.to_string()), ("of", "24".to_owned())];
                let of = of.each_ref().map(|(name, value)| (*name, value.as_str()));
                format!(" ({})", fill(words.coverage_hours(), &of))
            },
            Step::Hour => String::new(),
        };
        parts.push(format!("{}{of}", kind(cell, words).1));
    }
    parts.join("; ")
}

/// Where a key leads on a map of so many rows and columns.
fn moved(
    key: &str,
    (row, at): (usize, usize),
    rows: usize,
    columns: usize,
) -> Option<(usize, usize)> {
    let (last_row, last) = (rows.saturating_sub(1), columns.saturating_sub(1));
    Some(match key {
        "ArrowRight" => (row, (at + 1).min(last)),
        "ArrowLeft" => (row, at.saturating_sub(1)),
        "ArrowDown" => ((row + 1).min(last_row), at),
        "ArrowUp" => (row.saturating_sub(1), at),
        "Home" => (row, 0),
        "End" => (row, last),
        "PageDown" => (last_row, at),
        "PageUp" => (0, at),
        _ => return None,
    })
}

/// Only the events of that place and time.
fn focus(filter: &str, place: &Place, start_millis: i64, step: Step) -> Command {
    let value = |text: &'_ str| Some(text.to_owned()).filter(|it| !it.is_empty());
    let filter = edit::only(filter, Field::RecipientAccountId, value(&place.account).as_deref());
    let filter = edit::only(&filter, Field::AwsRegion, value(&place.region).as_deref());
    let range = TimeRange { start_millis, end_millis: start_millis + step.millis() };
    Command::Focus { filter, range: Some(range), incident: None }
}

/// The map.
#[component]
pub(crate) fn Heat(
    /// What is drawn.
    map: CoverageMap,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let CoverageMap { start_millis, step, columns, rows, most_events, .. } = map;
    let (_, width, between) =
        WIDTHS.into_iter().find(|it| columns <= it.0).unwrap_or((0, "is-narrow", 12));
    let at_millis = move |at: usize| start_millis + at as i64 * step.millis();
    let pick = move |place: &Place, at: usize, events: u64| {
        // Without events there is nothing to filter: the line below tells what is known.
        if events == 0 {
            return;
        }
        let filter = page.app.view.with_untracked(|it| it.filter.clone());
        page.send(focus(&filter, place, at_millis(at), step));
    };
    let cursor = RwSignal::new((0, 0));
    let known = StoredValue::new(rows);
    let lines = known.with_value(|rows| {
        let line = |(number, row): (usize, &Row)| {
            let cells = row.cells.iter().enumerate().map(|(at, cell)| {
                let (place, events) = (row.place.clone(), cell.events);
                let title = format!(
                    "{}, {}: {}",
                    place_name(&place, words),
                    when(at_millis(at), step),
                    numbers(cell, step, words)
                );
                view! {
                    <div
                        role="gridcell"
                        id=format!("heat-{number}-{at}")
                        class=class(cell, most_events, words)
                        data-testid="coverage-cell"
                        data-state=kind(cell, words).0
                        data-events=cell.events.to_string()
                        title=title
                        on:click=move |_| {
                            cursor.set((number, at));
                            pick(&place, at, events);
                        }
                    ></div>
                }
            });
            let name = place_name(&row.place, words);
            view! {
                <div role="row" class="heat-row" data-testid="coverage-row">
                    <div role="rowheader" class="heat-name" title=name.clone()>{name.clone()}</div>
                    {cells.collect_view()}
                </div>
            }
        };
        rows.iter().enumerate().map(line).collect_view()
    });
    let labels = (0..columns as usize).map(|at| {
        let label = (at % between == 0).then(|| axis_label(at_millis(at), at == 0, step));
        view! { <span class="heat-tick">{label}</span> }
    });
    let labels = labels.collect_view();
    let said = move || {
        let (row, at) = cursor.get();
        known.with_value(|rows| {
            let cell = rows.get(row).and_then(|it| Some((it, it.cells.get(at)?)));
            cell.map(|(row, cell)| {
                let (place, time) = (place_name(&row.place, words), when(at_millis(at), step));
                format!("{place}, {time}: {}", numbers(cell, step, words))
            })
        })
    };
    let on_key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let key = event.key();
        if key == "Enter" || key == " " {
            event.prevent_default();
            let (row, at) = cursor.get_untracked();
            known.with_value(|rows| {
                if let Some((row, cell)) =
                    rows.get(row).and_then(|it| Some((it, it.cells.get(at)?)))
                {
                    pick(&row.place, at, cell.events);
                }
            });
            return;
        }
        let rows = known.with_value(Vec::len);
        if let Some(next) = moved(&key, cursor.get_untracked(), rows, columns as usize) {
            event.prevent_default();
            cursor.set(next);
            page.app.host().reveal(&format!("heat-{}-{}", next.0, next.1));
        }
    };
    view! {
        <div class=format!("heat {width}")>
            <div class="heat-axis" aria-hidden="true">{labels}</div>
            <div
                class="heat-grid"
                id="heat-grid"
                role="grid"
                tabindex="0"
                aria-label=words.coverage_label()
                aria-activedescendant=move || {
                    let (row, at) = cursor.get();
                    format!("heat-{row}-{at}")
                }
                on:keydown=on_key
            >
                {lines}
                <div
                    class="heat-cursor"
                    aria-hidden="true"
                    style=("--heat-at-row", move || cursor.get().0.to_string())
                    style=("--heat-at", move || cursor.get().1.to_string())
                ></div>
            </div>
        </div>
        <p class="heat-said" aria-hidden="true">{said}</p>
    }
}

/// The year stands at the first label only.
fn axis_label(millis: i64, is_first: bool, step: Step) -> String {
    match step {
        Step::Day if is_first => day(millis),
        Step::Day => day(millis)[5..].to_owned(),
        Step::Hour if is_first || millis % DAY == 0 => day(millis)[5..].to_owned(),
        Step::Hour => time_of_day(millis),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::time::parse, state::Language};

    #[test]
    fn one_event_is_seen_beside_a_million() {
        assert_eq!(
            [1, 10, 1000, 100_000, 1_000_000].map(|it| level(it, 1_000_000)),
            [1, 1, 3, 4, 5]
        );
        assert_eq!((level(1, 1), level(7, 7)), (5, 5));
    }

    #[test]
    fn arrows_stay_on_the_map() {
        assert_eq!(moved("ArrowRight", (0, 2), 2, 3), Some((0, 2)));
        assert_eq!(moved("ArrowDown", (0, 2), 2, 3), Some((1, 2)));
        assert_eq!(moved("ArrowUp", (0, 2), 2, 3), Some((0, 2)));
        assert_eq!(moved("End", (1, 0), 2, 3), Some((1, 2)));
        assert_eq!(moved("x", (1, 0), 2, 3), None);
        assert_eq!(moved("PageDown", (0, 0), 0, 0), Some((0, 0)));
    }

    #[test]
    fn a_cell_is_told_in_a_line() {
        let words = Words { language: Language::English };
        let cell = Cell { files: 3, failed: 1, events: 1234, lacking_hours: 1, ..Cell::default() };
        assert_eq!(
            numbers(&cell, Step::Day, words),
            "1,234 events, 3 files; 1 file that could not be read; \
             incomplete: files failed or are missing (1 of 24 hours)"
        );
        let left = Cell { left_out: 2, lacking_hours: 2, ..Cell::default() };
        assert_eq!(kind(&left, words).0, LEFT_OUT);
        assert_eq!(kind(&Cell { failed: 1, ..left }, words).0, "lacking");
    }

    #[test]
    fn a_click_asks_for_place_and_day() {
        let place = Place { account: "111122223333".to_owned(), region: "eu-west-1".to_owned() };
        let start_millis = parse("2026-03-02").unwrap();
        let Command::Focus { filter, range, .. } =
            focus("awsRegion:us-east-1 outcome:denied", &place, start_millis, Step::Day)
        else {
            panic!("a click focuses");
        };
        assert_eq!(filter, "awsRegion:eu-west-1 outcome:denied recipientAccountId:111122223333");
        assert_eq!(range, Some(TimeRange { start_millis, end_millis: start_millis + DAY }));
    }
}
