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

/// The row at one place. Other events come to stand in it; its elements stay.
#[component]
pub(crate) fn RowView(
    /// Its place among all that match.
    row: u64,
    /// All rows that are drawn; this one is among them.
    #[prop(into)]
    rows: Signal<Vec<RowData>>,
    /// The value under the pointer.
    hovered: RwSignal<Option<Hovered>>,
) -> impl IntoView {
    let page = page();
    let data = Memo::new(move |before: Option<&Option<RowData>>| {
        let at = |rows: &[RowData]| {
            let first = rows.first()?.row;
            rows.get(usize::try_from(row.checked_sub(first)?).ok()?).cloned()
        };
        // While it is being taken away it shows what it showed.
        rows.with(|it| at(it)).or_else(|| before.cloned().flatten())
    });
    let read = move |tell: fn(&RowData) -> String| {
        move || data.with(|it| it.as_ref().map(tell).unwrap_or_default())
    };
    let is_cursor = Memo::new(move |_| page.screen.cursor.with(|it| *it == Some(row)));
    let is_open = Memo::new(move |_| {
        data.with(|it| {
            let key = it.as_ref().map(|it| &it.key);
            key.is_some() && page.app.view.with(|it| it.event.as_ref() == key)
        })
    });
    let columns = data.with_untracked(|it| it.as_ref().map_or(0, |it| it.cells.len()));
    let cells = (0..columns).map(|column| {
        let cell = Memo::new(move |_| {
            data.with(|it| it.as_ref().and_then(|it| it.cells.get(column).cloned()))
        });
        let entered = move || {
            let of = |data: &RowData| {
                let (field, cell) = data.cells.get(column)?;
                let value = (*cell != Cell::Missing).then(|| cell.text());
                Some(Hovered { row, id: data.id, column, field: *field, value })
            };
            hovered.set(data.with_untracked(|it| it.as_ref().and_then(of)));
        };
        view! { <CellView cell entered /> }
    });
    view! {
        <div
            role="row"
            class="row"
            class:is-cursor=move || is_cursor.get()
            class:is-open=move || is_open.get()
            id=row_element(row)
            data-testid="row"
            data-id=read(|it| it.id.to_string())
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
