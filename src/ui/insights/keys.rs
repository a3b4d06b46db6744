//! Moving through the incidents by keys: the cards themselves take the focus.

use leptos::prelude::*;

use super::card::element_id;
use crate::{state::command::Command, ui::context::Page};

const CARD: &str = ".incident";

/// To the next incident, or the one before; to the first where the keyboard is on none.
pub(crate) fn step(page: Page, by: i64) {
    let focused = document().active_element();
    let next = match focused.and_then(|it| it.closest(CARD).ok().flatten()) {
        Some(card) if by > 0 => card.next_element_sibling(),
        Some(card) => card.previous_element_sibling(),
        None => document().query_selector(CARD).ok().flatten(),
    };
    if let Some(card) = next {
        page.app.host().focus(&card.id());
    }
}

/// Unfolds the incident that the keyboard is on, or folds it; whether it is on one.
pub(crate) fn unfold(page: Page) -> bool {
    let Some(card) = document().active_element() else { return false };
    let Some(id) = card.get_attribute("data-id").filter(|it| card.id() == element_id(it)) else {
        return false;
    };
    let is_open = page.app.view.with_untracked(|it| it.incident.as_ref() == Some(&id));
    page.send(Command::Unfold((!is_open).then_some(id)));
    true
}
