//! One event in the table.

use leptos::prelude::*;

use super::{cell::CellView, moves, tools::Hovered};
use crate::{
    model::{cell::Cell, field::Field, question::EventKey},
    ui::context::page,
};

/// What is drawn of an event.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RowData {
    /// Its place among all that match.
    pub(crate) row: u64,
    /// Its row in the engine.
    pub(crate) id: u32,
    /// Its lasting name.
    pub(crate) key: EventKey,
    /// What is shown, with whose value it is.
    pub(crate) cells: Vec<(Field, Cell)>,
}

/// The id of a row's element.
pub(crate) fn row_element(row: u64) -> String {
    format!("row-{row}")
}

/// One event.
#[component]
pub(crate) fn RowView(
    /// What is drawn.
    data: RowData,
    /// The value under the pointer.
    hovered: RwSignal<Option<Hovered>>,
) -> impl IntoView {
    let page = page();
    let RowData { row, id, key, cells } = data;
    let is_cursor = Memo::new(move |_| page.screen.cursor.with(|it| *it == Some(row)));
    let is_open = Memo::new(move |_| page.app.view.with(|it| it.event.as_ref() == Some(&key)));
    let cells = cells.into_iter().enumerate().map(|(column, (field, cell))| {
        let value = match &cell {
            Cell::Missing => None,
            it => Some(it.text()),
        };
        let entered = move || {
            hovered.set(Some(Hovered { row, column, field, value: value.clone() }));
        };
        view! { <CellView field cell entered /> }
    });
    view! {
        <div
            role="row"
            class="row"
            class:is-cursor=move || is_cursor.get()
            class:is-open=move || is_open.get()
            id=row_element(row)
            data-testid="row"
            data-id=id.to_string()
            aria-rowindex=(row + 2).to_string()
            aria-selected=move || is_open.get().to_string()
            on:click=move |_| {
                page.screen.cursor.set(Some(row));
                moves::open_cursor(page);
            }
        >
            {cells.collect_view()}
        </div>
    }
}
