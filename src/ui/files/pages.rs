//! To the next lines of a list and back.

use crate::ui::{
    context::page,
    format::{fill, grouped},
    widget::{Plain, button, plain},
};

/// The part of a list that is shown.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    /// The first line.
    pub(crate) offset: u32,
    /// How many lines are shown.
    pub(crate) shown: usize,
    /// How many lines there are.
    pub(crate) total: u64,
    /// How many lines are shown at once.
    pub(crate) size: u32,
}

/// Where the window lies, as the template says it, and buttons that move it; nothing where all
/// lines are shown.
pub(crate) fn pages(
    window: Window,
    template: &str,
    to: impl Fn(u32) + Copy + 'static,
) -> Option<Plain> {
    let Window { offset, shown, total, size } = window;
    let last = u64::from(offset) + shown as u64;
    let words = page().words;
    let text = fill(
        template,
        &[
            ("first", &grouped(u64::from(offset) + 1)),
            ("last", &grouped(last)),
            ("total", &grouped(total)),
        ],
    );
    let turn = |is_there: bool, text: &'static str, offset: u32| {
        is_there.then(|| button("button is-small", None, None, text, move || to(offset)))
    };
    let before = turn(offset > 0, words.previous_page(), offset.saturating_sub(size.max(1)));
    let after = turn(last < total, words.next_page(), offset.saturating_add(size));
    (offset > 0 || last < total).then(|| {
        let buttons = before.into_iter().chain(after);
        buttons.fold(plain("div", "list-pages").text(text), Plain::with_view)
    })
}
