//! Keys that work wherever the focus is, and drops on the whole window.

use leptos::{
    ev::{self, DragEvent, KeyboardEvent},
    prelude::*,
};

use super::{context::Page, events::moves, insights};
use crate::{model::view::Tab, state::command::Command};

/// One line of the help: the key as it is written on it, and what it does.
pub(crate) type Key = (&'static str, fn(super::words::Words) -> &'static str);

/// Every key of the page; the help is made from this list.
pub(crate) const KEYS: &[Key] = &[
    ("/", super::words::Words::key_filter),
    ("j ↓", super::words::Words::key_down),
    ("k ↑", super::words::Words::key_up),
    ("Enter", super::words::Words::key_open),
    ("Esc", super::words::Words::key_escape),
    ("Home End", super::words::Words::key_ends),
    ("PgDn PgUp", super::words::Words::key_pages),
    ("1 2 3 4", super::words::Words::key_tabs),
    ("?", super::words::Words::key_help),
];

/// Hears keys and drops as long as the page lives. `dropping` is whether files hover over it.
pub(crate) fn listen(page: Page, dropping: RwSignal<bool>) {
    let keys = window_event_listener(ev::keydown, move |event| on_key(page, &event));
    let over = window_event_listener(ev::dragover, move |event: DragEvent| {
        event.prevent_default();
        dropping.set(true);
    });
    // Leaving one element for another inside the page has a related target; leaving the page has none.
    let leave = window_event_listener(ev::dragleave, move |event: DragEvent| {
        if event.related_target().is_none() {
            dropping.set(false);
        }
    });
    let dropped = window_event_listener(ev::drop, move |event: DragEvent| {
        event.prevent_default();
        dropping.set(false);
        page.app.host().open_dropped(&event);
    });
    on_cleanup(move || {
        keys.remove();
        over.remove();
        leave.remove();
        dropped.remove();
    });
}

fn on_key(page: Page, event: &KeyboardEvent) {
    if event.default_prevented() || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    // A dialog has the keys for itself, and closes at Escape by itself.
    if document().query_selector("dialog[open]").is_ok_and(|it| it.is_some()) {
        return;
    }
    let key = event.key();
    if key == "Escape" {
        close_something(page);
        return;
    }
    if is_typing() {
        return;
    }
    let has_data = page.app.data.with_untracked(|it| it.events > 0);
    match key.as_str() {
        "/" => {
            if let Some(input) = page.filter_input.get_untracked() {
                input.focus().ok();
                input.select();
            }
        },
        "?" => page.screen.help.set(true),
        "Enter" if insights::unfold(page) => (),
        "j" if has_data => step(page, 1),
        "k" if has_data => step(page, -1),
        "1" | "2" | "3" | "4" if has_data => {
            let at = usize::from(key.as_bytes()[0] - b'1');
            page.send(Command::Show(Tab::ALL[at]));
        },
        _ => return,
    }
    event.prevent_default();
}

/// To the next event or the one before, or incident where those are shown; in the table its own
/// keys go on from there.
fn step(page: Page, by: i64) {
    if page.app.view.with_untracked(|it| it.tab == Tab::Insights) {
        insights::step(page, by);
        return;
    }
    if let Some(table) = page.table.get_untracked() {
        table.focus().ok();
    }
    moves::step(page, by);
}

/// The innermost open thing closes.
fn close_something(page: Page) {
    if page.screen.facets_shown.get_untracked() {
        page.screen.facets_shown.set(false);
    } else if page.app.view.with_untracked(|it| it.event.is_some()) {
        page.send(Command::Open(None));
    }
}

/// Whether keys go into a text now.
fn is_typing() -> bool {
    let focused = document().active_element().map(|it| it.tag_name().to_ascii_uppercase());
    focused.is_some_and(|it| ["INPUT", "TEXTAREA", "SELECT"].contains(&it.as_str()))
}
