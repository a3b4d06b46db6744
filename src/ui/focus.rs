//! Where the keyboard goes when what it was on goes away. Left alone it falls to the top of the page.

use leptos::prelude::*;

use super::context::Page;

/// Ids of elements, the best first.
pub(crate) type Places = &'static [&'static str];

/// Where to begin anew: at what a load came to, at the place to drop, at the content.
pub(crate) const HOME: Places = &["start-said", "drop-zone", "content"];

/// When this part of the page goes away or is made anew while the keyboard is inside of `within`
/// (a CSS selector), the keyboard goes to the first of these places that is there then.
pub(crate) fn hand_on(page: Page, within: &'static str, to: Places) {
    on_cleanup(move || {
        let focused = document().active_element();
        if focused.is_some_and(|it| it.closest(within).is_ok_and(|it| it.is_some())) {
            focus_if_lost(page, to);
        }
    });
}

/// Puts the keyboard on the first of these places that is there when what is under way is drawn.
pub(crate) fn focus_soon(page: Page, to: Places) {
    request_animation_frame(move || focus_first(page, to));
}

/// As [`focus_soon`], but only where the keyboard is on nothing by then.
pub(crate) fn focus_if_lost(page: Page, to: Places) {
    request_animation_frame(move || {
        if is_lost() {
            focus_first(page, to);
        }
    });
}

fn focus_first(page: Page, to: Places) {
    let is_there = |id: &&str| document().get_element_by_id(id).is_some();
    if let Some(id) = to.iter().copied().find(is_there) {
        page.app.host().focus(id);
    }
}

/// Whether the keyboard is on nothing in particular.
fn is_lost() -> bool {
    document().active_element().is_none_or(|it| it.tag_name() == "BODY" || it.id() == "content")
}
