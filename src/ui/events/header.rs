//! The names of the columns: a click sorts, a drag of the edge sets the width.

use leptos::{
    ev::{KeyboardEvent, PointerEvent},
    prelude::*,
};

use super::widths::{width, widths};
use crate::{
    model::{field::Field, question::Sort},
    state::command::Command,
    ui::{
        context::page,
        format::fill,
        widget::{Icon, Shape},
    },
};

/// The order after a click on a column: times begin with the newest, all else with A; a second
/// click turns it round.
fn sorted_by(field: Field, now: &[Sort]) -> Vec<Sort> {
    let newest_first = field == Field::EventTime;
    let current = match now.first() {
        Some(sort) if sort.field == field => Some(sort.descending),
        None if newest_first => Some(true),
        _ => None,
    };
    let descending = current.map_or(newest_first, |it| !it);
    // Newest first is how every table begins: nothing is said of it.
    if newest_first && descending { Vec::new() } else { vec![Sort { field, descending }] }
}

/// How the rows are sorted by this column.
fn direction(field: Field, now: &[Sort]) -> Option<bool> {
    match now.first() {
        Some(sort) => (sort.field == field).then_some(sort.descending),
        None => (field == Field::EventTime).then_some(true),
    }
}

/// One column's name.
#[component]
pub(crate) fn HeaderCell(
    /// Whose values stand below.
    field: Field,
) -> impl IntoView {
    let page = page();
    let direction = Memo::new(move |_| page.app.view.with(|it| direction(field, &it.sort)));
    let sort = move |_| {
        let next = page.app.view.with_untracked(|it| sorted_by(field, &it.sort));
        page.send(Command::SortRows(next));
    };
    let arrow = move || {
        direction.get().map(|descending| {
            let shape = if descending { Shape::Down } else { Shape::Up };
            view! { <Icon shape /> }
        })
    };
    view! {
        <div
            role="columnheader"
            class="head-cell"
            aria-sort=move || match direction.get() {
                Some(true) => "descending",
                Some(false) => "ascending",
                None => "none",
            }
        >
            <button type="button" class="head-name" tabindex="-1" title=field.name() on:click=sort>
                <span>{field.name()}</span>
                {arrow}
            </button>
            <Edge field />
        </div>
    }
}

/// The edge that is dragged. The width is the column's own until it is let go.
#[component]
fn Edge(
    /// Whose width.
    field: Field,
) -> impl IntoView {
    let page = page();
    let dragged = page.screen.dragged;
    let edge = NodeRef::<leptos::html::Div>::new();
    // Where the pointer was when the drag began, and how wide the column.
    let drag: RwSignal<Option<(f64, f64)>> = RwSignal::new(None);
    let now = move || width(field, &widths(page));
    let set = move |px: f64| dragged.set(Some((field, px)));
    let keep = move || {
        if dragged.get_untracked().is_some() {
            page.send(Command::Width(field, untrack(now).round() as u32));
            dragged.set(None);
        }
    };
    let released = move |_: PointerEvent| {
        drag.set(None);
        keep();
    };
    let pressed = move |event: PointerEvent| {
        event.prevent_default();
        if let Some(edge) = edge.get_untracked() {
            edge.set_pointer_capture(event.pointer_id()).ok();
        }
        drag.set(Some((f64::from(event.client_x()), untrack(now))));
    };
    let moved = move |event: PointerEvent| {
        if let Some((from, px)) = drag.get_untracked() {
            set(px + f64::from(event.client_x()) - from);
        }
    };
    let key = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowLeft" => -16.0,
            "ArrowRight" => 16.0,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        set(untrack(now) + by);
        keep();
    };
    view! {
        <div
            node_ref=edge
            class="head-edge"
            role="separator"
            tabindex="-1"
            aria-orientation="vertical"
            aria-label=fill(page.words.resize_column(), &[("field", field.name())])
            aria-valuenow=move || format!("{:.0}", now())
            on:pointerdown=pressed
            on:pointermove=moved
            on:pointerup=released
            on:pointercancel=released
            on:keydown=key
        ></div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_click_sorts_and_another_turns_it_round() {
        let sort = |field, descending| vec![Sort { field, descending }];
        let once = sorted_by(Field::EventName, &[]);
        assert_eq!(once, sort(Field::EventName, false));
        assert_eq!(sorted_by(Field::EventName, &once), sort(Field::EventName, true));
        assert_eq!(sorted_by(Field::EventTime, &[]), sort(Field::EventTime, false));
        assert_eq!(sorted_by(Field::EventTime, &sort(Field::EventTime, false)), []);
        assert_eq!(sorted_by(Field::EventTime, &once), []);
        assert_eq!(direction(Field::EventTime, &[]), Some(true));
        assert_eq!(direction(Field::EventTime, &once), None);
    }
}
