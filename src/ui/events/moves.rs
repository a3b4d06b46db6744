//! Moving through the table: scrolling to rows, stepping with keys, opening.

use leptos::prelude::*;

use super::rows::{HEAD_PX, Window};
use crate::{
    model::question::{EventKey, Page as Rows},
    state::command::Command,
    ui::context::Page,
};

/// The table as it is now.
pub(crate) fn window(page: Page) -> Window {
    let total = page.look(|it| it.total).unwrap_or(0);
    Window { total, height_px: page.screen.height_px.get() }
}

fn window_untracked(page: Page) -> Window {
    untrack(|| window(page))
}

/// Takes over how large the table is.
pub(crate) fn measure(page: Page) {
    let Some(table) = page.table.get_untracked() else { return };
    let height = (f64::from(table.client_height()) - HEAD_PX).max(0.0);
    if height > 0.0 && (height - page.screen.height_px.get_untracked()).abs() > 0.5 {
        page.screen.height_px.set(height);
    }
}

/// The element was scrolled, by a person or by [`scroll_to`].
pub(crate) fn scrolled(page: Page) {
    let Some(table) = page.table.get_untracked() else { return };
    measure(page);
    let scroll_px = f64::from(table.scroll_top());
    // What `scroll_to` has set comes back rounded: the row that it set is the exact one.
    if (scroll_px - page.screen.scroll_px.get_untracked()).abs() < 1.5 {
        return;
    }
    let top_row = window_untracked(page).top_at(scroll_px);
    page.screen.wanted_row.set(None);
    page.screen.scroll_px.set(scroll_px);
    page.screen.top_row.set(top_row);
    page.app.scrolled_to(top_row as u64);
}

/// Goes to the row that the address asks for: after Back and Forward, and after a reload when its
/// rows are there. A person who scrolls meanwhile is left alone.
pub(crate) fn restore(page: Page) {
    let Some(row) = page.screen.wanted_row.get_untracked() else { return };
    measure(page);
    let reached = window_untracked(page).last_top() >= row as f64;
    scroll_to(page, row as f64);
    page.screen.wanted_row.set((!reached).then_some(row));
}

/// Brings a row to the upper edge.
pub(crate) fn scroll_to(page: Page, top_row: f64) {
    let window = window_untracked(page);
    let top_row = top_row.clamp(0.0, window.last_top());
    let scroll_px = window.scroll_at(top_row);
    page.screen.wanted_row.set(None);
    page.screen.top_row.set(top_row);
    page.screen.scroll_px.set(scroll_px);
    page.app.scrolled_to(top_row as u64);
    if let Some(table) = page.table.get_untracked() {
        table.set_scroll_top(scroll_px.round() as i32);
    }
}

/// Scrolls by so many pixels, row by row also where pixels of the scroll bar are many rows.
pub(crate) fn scroll_by(page: Page, pixels: f64) {
    scroll_to(page, page.screen.top_row.get_untracked() + pixels / super::rows::ROW_PX);
}

/// Puts the keyboard on a row and brings it into sight.
pub(crate) fn go_to(page: Page, row: u64) {
    measure(page);
    let window = window_untracked(page);
    if window.total == 0 {
        return;
    }
    let row = row.min(window.total - 1);
    page.screen.cursor.set(Some(row));
    let top = page.screen.top_row.get_untracked();
    let wanted = window.top_to_see(top, row);
    if (wanted - top).abs() > 1e-6 {
        scroll_to(page, wanted);
    }
}

/// So many rows on, or back. While an event is open, the next one opens.
pub(crate) fn step(page: Page, by: i64) {
    let top = page.screen.top_row.get_untracked().ceil() as u64;
    let next = match page.screen.cursor.get_untracked() {
        Some(row) => row.saturating_add_signed(by),
        None => top,
    };
    go_to(page, next);
    if page.app.view.with_untracked(|it| it.event.is_some()) {
        open_cursor(page);
    }
}

/// The event of a row, if its page is here.
pub(crate) fn event_of(rows: &Rows, row: u64) -> Option<(EventKey, u32)> {
    let at = usize::try_from(row.checked_sub(rows.offset)?).ok()?;
    let cells = rows.rows.get(at)?;
    // The last two cells are asked for as the event's name, see `KEY_COLUMNS`.
    let [.., account, event_id] = cells.as_slice() else { return None };
    let key = EventKey { account: account.text(), event_id: event_id.text() };
    Some((key, *rows.ids.get(at)?))
}

/// Opens the event that the keyboard is on.
pub(crate) fn open_cursor(page: Page) {
    let Some(row) = page.screen.cursor.get_untracked() else { return };
    let event = untrack(|| page.look(|it| event_of(&it.page, row))).flatten();
    if let Some((key, id)) = event {
        page.screen.opened.set(Some((key.clone(), id)));
        page.send(Command::Open(Some(key)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::cell::Cell;

    #[test]
    fn a_row_knows_its_event() {
        let text = |it: &str| Cell::Text(it.to_owned());
        let rows = Rows {
            total: 100,
            offset: 60,
            columns: vec![],
            rows: vec![
                vec![Cell::Time(0), text("1"), text("a")],
                vec![Cell::Time(0), Cell::Missing, text("b")],
            ],
            ids: vec![7, 8],
        };
        let key = |account: &str, event_id: &str| EventKey {
            account: account.to_owned(),
            event_id: event_id.to_owned(),
        };
        assert_eq!(event_of(&rows, 60), Some((key("1", "a"), 7)));
        assert_eq!(event_of(&rows, 61), Some((key("", "b"), 8)));
        assert_eq!(event_of(&rows, 59), None);
        assert_eq!(event_of(&rows, 62), None);
    }
}
