//! The table itself.

use std::hash::{DefaultHasher, Hash, Hasher};

use leptos::{
    ev::{self, KeyboardEvent, WheelEvent},
    prelude::*,
};

use super::{
    columns::ColumnsMenu,
    header::HeaderCell,
    moves,
    row::{RowData, RowView, row_element},
    rows::{Drawn, ROW_PX, drawn},
    tools::{CellTools, Hovered},
    widths::{left, template, widths},
};
use crate::{
    model::{field::Field, question::Page as Rows, time::TimeRange},
    state::{command::Command, load::Load, questions::columns},
    ui::{
        context::{Page, page},
        format::{fill, grouped},
        widget::Empty,
    },
};

/// So many rows are made in one frame while files arrive.
const FIRST_ROWS: usize = 16;

/// The part of the page with the events.
#[component]
pub(crate) fn Events() -> impl IntoView {
    let page = page();
    let words = page.words;
    let hovered = RwSignal::new(None::<Hovered>);
    let total = Memo::new(move |_| page.look(|it| it.total));
    let empty = move || {
        (total.get() == Some(0)).then(|| {
            let reset = move |_| {
                let range = None::<TimeRange>;
                page.send(Command::Focus { filter: String::new(), range, incident: None });
            };
            view! {
                <Empty title=words.table_empty() hint=words.table_empty_hint()>
                    <button type="button" class="button" on:click=reset>{words.reset_view()}</button>
                </Empty>
            }
        })
    };
    view! {
        <div class="table-frame" on:mouseleave=move |_| hovered.set(None)>
            <Grid hovered />
            <CellTools hovered />
            {empty}
        </div>
        <div class="table-foot">
            <Position />
            <ColumnsMenu />
        </div>
    }
}

/// Which rows are seen.
#[component]
fn Position() -> impl IntoView {
    let page = page();
    let words = page.words;
    let text = move || {
        let window = moves::window(page);
        let first = page.screen.top_row.get().ceil() as u64;
        let last = (first + window.rows() as u64).min(window.total);
        let first = (first + 1).min(window.total);
        let figures = [
            ("first", &*grouped(first)),
            ("last", &*grouped(last)),
            ("total", &*grouped(window.total)),
        ];
        // Nothing is said of nothing.
        if window.total == 0 { String::new() } else { fill(words.position(), &figures) }
    };
    view! { <p class="quiet position">{text}</p> }
}

/// What is drawn of a page of rows.
fn row_data(rows: &Rows, drawn: &Drawn) -> Vec<RowData> {
    let one = |(place, at): (u64, usize)| {
        let (key, id) = moves::event_of(rows, rows.offset + at as u64)?;
        let cells = rows.columns.iter().copied().zip(rows.rows[at].iter().cloned());
        let shown = rows.columns.len().saturating_sub(2);
        Some(RowData { row: place, id, key, cells: cells.take(shown).collect() })
    };
    let places = (drawn.at_row..).zip(drawn.from_page.clone());
    places.filter_map(one).collect()
}

/// The places of the rows, each with what its columns are: a place stays while other events come
/// to stand in it, since changing texts costs a third of making elements.
fn places(rows: &[RowData]) -> Vec<(u64, u64)> {
    let columns = |data: &RowData| {
        let mut hasher = DefaultHasher::new();
        data.cells.iter().for_each(|(field, _)| field.hash(&mut hasher));
        hasher.finish()
    };
    rows.iter().map(|it| (it.row, columns(it))).collect()
}

/// Names of columns and rows, in what scrolls.
#[component]
fn Grid(
    /// The value under the pointer.
    hovered: RwSignal<Option<Hovered>>,
) -> impl IntoView {
    let page = page();
    let screen = page.screen;
    let fields: Memo<Vec<Field>> =
        Memo::new(move |_| page.app.view.with(|it| columns(it).to_vec()));
    let widths = Memo::new(move |_| widths(page));
    let grid = move || widths.with(|widths| fields.with(|it| template(it, widths)));
    let width = move || {
        let px = widths.with(|widths| fields.with(|it| left(it, it.len(), widths)));
        format!("{px:.0}px")
    };
    let drawn = Memo::new(move |_| {
        let wanted = moves::window(page).rows_in_window(screen.top_row.get());
        page.look(|it| drawn(wanted, it.page.offset, it.page.rows.len()))
    });
    let rows = Memo::new(move |_| {
        let drawn = drawn.get()?;
        page.look(|it| row_data(&it.page, &drawn))
    });
    let shown = RwSignal::new(Vec::new());
    let show = move |most: usize| {
        // The table may be gone by then.
        let mut rows = rows.try_get_untracked().flatten().unwrap_or_default();
        rows.truncate(most);
        let is_news = |shown: &Vec<RowData>| *shown != rows && shown.len() <= most;
        if shown.try_with_untracked(is_news) == Some(true) {
            shown.set(rows);
        }
    };
    let content = move || format!("{:.0}px", moves::window(page).content_px());
    let top = move || {
        let at_row = drawn.with(|it| it.as_ref().map_or(0, |it| it.at_row)) as f64;
        if moves::window(page).is_capped() {
            let offset = (at_row - screen.top_row.get()) * ROW_PX;
            format!("{:.1}px", screen.scroll_px.get() + offset)
        } else {
            format!("{:.0}px", at_row * ROW_PX)
        }
    };
    // Only a row that exists can be pointed at.
    let cursor = move || {
        let row = screen.cursor.get()?;
        let drawn = drawn.get()?;
        let place = usize::try_from(row.checked_sub(drawn.at_row)?).ok()?;
        (place < drawn.from_page.len()).then_some(row)
    };
    let is_stale = move || drawn.with(|it| it.as_ref().is_some_and(|it| it.stale));
    let total = Memo::new(move |_| moves::window(page).total);
    page.table.on_load(move |_| {
        request_animation_frame(move || {
            moves::measure(page);
            if screen.wanted_row.get_untracked().is_some() {
                moves::restore(page);
            } else {
                moves::scroll_to(page, screen.top_row.get_untracked());
            }
        });
    });
    // What follows an answer. How far an element is scrolled lies outside of the signals, and can be
    // said only when what it holds is as high as it will be. While files arrive the rows come a frame
    // behind the rest: an answer changes every part of the page, they are half of it, and the page
    // must not be held. The first ones come in two halves: to make them takes longer than to change them.
    Effect::new(move |before: Option<Option<Drawn>>| {
        total.track();
        rows.track();
        let now = drawn.get();
        let is_first = before == Some(None);
        let is_scrolled = before.is_none_or(|it| it != now);
        let is_running = page.app.load.with_untracked(Load::is_running);
        let is_later = is_running && (is_first || !is_scrolled);
        if !is_later {
            show(usize::MAX);
        }
        let show_last = move || {
            show(usize::MAX);
            page.app.fetching.update(|it| *it = it.saturating_sub(1));
        };
        if is_later {
            page.app.fetching.update(|it| *it += 1);
        }
        request_animation_frame(move || {
            moves::restore(page);
            if is_later && is_first {
                request_animation_frame(move || {
                    show(FIRST_ROWS);
                    request_animation_frame(show_last);
                });
            } else if is_later {
                request_animation_frame(show_last);
            }
        });
        now
    });
    let revisited = window_event_listener(ev::popstate, move |_| {
        screen.wanted_row.set(Some(page.app.view.with_untracked(|it| it.row)));
        request_animation_frame(move || moves::restore(page));
    });
    on_cleanup(move || revisited.remove());
    let resized = window_event_listener(ev::resize, move |_| moves::measure(page));
    on_cleanup(move || resized.remove());
    view! {
        <div
            node_ref=page.table
            class="table"
            class:is-stale=is_stale
            role="grid"
            tabindex="0"
            data-testid="table"
            data-total=move || total.get().to_string()
            aria-label=page.words.table_label()
            aria-rowcount=move || (total.get() + 1).to_string()
            aria-activedescendant=move || cursor().map(row_element)
            style=("--columns", grid)
            style=("--table-width", width)
            on:scroll=move |_| {
                hovered.set(None);
                moves::scrolled(page);
            }
            on:wheel=move |event| on_wheel(page, &event)
            on:keydown=move |event| on_key(page, &event)
        >
            <div class="table-head" role="rowgroup">
                <div role="row" class="row-head" aria-rowindex="1">
                    <For each=move || fields.get() key=|it| *it let:field>
                        <HeaderCell field />
                    </For>
                </div>
            </div>
            <div class="table-rows" role="rowgroup" style:height=content>
                <div class="rows-layer" role="presentation" style:top=top>
                    <For each=move || shown.with(|it| places(it)) key=|it| *it let:place>
                        <RowView row=place.0 rows=shown hovered />
                    </For>
                </div>
            </div>
        </div>
    }
}

/// Where pixels of the scroll bar are many rows, the wheel goes row by row all the same.
fn on_wheel(page: Page, event: &WheelEvent) {
    let is_capped = untrack(|| moves::window(page)).is_capped();
    if !is_capped || event.ctrl_key() || event.shift_key() || event.delta_y() == 0.0 {
        return;
    }
    event.prevent_default();
    let unit = match event.delta_mode() {
        WheelEvent::DOM_DELTA_LINE => ROW_PX,
        WheelEvent::DOM_DELTA_PAGE => page.screen.height_px.get_untracked(),
        _ => 1.0,
    };
    moves::scroll_by(page, event.delta_y() * unit);
}

fn on_key(page: Page, event: &KeyboardEvent) {
    let window = untrack(|| moves::window(page));
    let rows = window.rows() as i64;
    match event.key().as_str() {
        "ArrowDown" => moves::step(page, 1),
        "ArrowUp" => moves::step(page, -1),
        "PageDown" => moves::step(page, rows),
        "PageUp" => moves::step(page, -rows),
        "Home" => moves::go_to(page, 0),
        "End" => moves::go_to(page, window.total.saturating_sub(1)),
        "Enter" | " " => moves::open_cursor(page),
        _ => return,
    }
    event.prevent_default();
}
