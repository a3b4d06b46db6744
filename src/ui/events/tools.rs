//! What can be done with the value under the pointer. One set of buttons for the whole table.

use leptos::prelude::*;

use super::{
    moves,
    rows::{HEAD_PX, ROW_PX},
    widths::{left, width, widths},
};
use crate::{
    model::field::Field,
    state::questions::columns,
    ui::{
        context::page,
        widget::{Icon, Shape},
    },
};

/// Width of the buttons in pixels.
const TOOLS_PX: f64 = 78.0;

/// The value under the pointer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hovered {
    /// Its row among all that match.
    pub(crate) row: u64,
    /// The event that stood there when the pointer came.
    pub(crate) id: u32,
    /// Its place among the columns.
    pub(crate) column: usize,
    /// Whose value.
    pub(crate) field: Field,
    /// `None`: the event has none.
    pub(crate) value: Option<String>,
}

/// Buttons over the end of the hovered value.
#[component]
pub(crate) fn CellTools(
    /// The value under the pointer.
    hovered: RwSignal<Option<Hovered>>,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let button = move |label: &'static str, shape: Shape, act: Callback<()>| {
        view! {
            <button
                type="button"
                class="cell-tool"
                tabindex="-1"
                aria-label=label
                title=label
                on:click=move |_| act.run(())
            >
                <Icon shape />
            </button>
        }
    };
    move || {
        let Hovered { row, id, column, field, value } = hovered.get()?;
        // Another event may have come to stand under the pointer.
        let stands = page.look(|it| moves::event_of(&it.page, row)).flatten();
        stands.filter(|(_, it)| *it == id)?;
        let table = page.table.get_untracked()?;
        let scrolled = f64::from(table.scroll_left());
        let top = HEAD_PX + (row as f64 - page.screen.top_row.get_untracked()) * ROW_PX;
        if top < HEAD_PX - 1.0 {
            return None;
        }
        let shown = page.app.view.with(|it| columns(it).to_vec());
        let end = {
            let widths = widths(page);
            left(&shown, column, &widths) + width(field, &widths)
        };
        // In sight also where the value's end is not.
        let seen = f64::from(table.client_width());
        let place = (end - scrolled).min(seen) - TOOLS_PX;
        let (only, not, text) = (value.clone(), value.clone(), value.unwrap_or_default());
        // A moment is a single event: picking it is of no use.
        let picks = field != Field::EventTime;
        let only = Callback::new(move |()| page.only(field, only.clone()));
        let not = Callback::new(move |()| page.without(field, not.clone()));
        Some(view! {
            <div
                class="cell-tools"
                style:top=format!("{top:.0}px")
                style:left=format!("{place:.0}px")
            >
                {picks.then(|| button(words.only_this(), Shape::Plus, only))}
                {picks.then(|| button(words.not_this(), Shape::Minus, not))}
                {button(words.copy(), Shape::Copy, Callback::new(move |()| page.copy(&text)))}
            </div>
        })
    }
}
