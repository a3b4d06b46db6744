//! Picking a span of bars: by pointer and by keys. Local until it is let go.

use leptos::{
    ev::{KeyboardEvent, PointerEvent},
    prelude::*,
};

use super::scale::Scale;
use crate::{
    state::command::Command,
    ui::{context::Page, histogram::scale::zoomed_out},
};

/// What is being picked: bars, both ends included.
#[derive(Clone, Copy)]
pub(crate) struct Brush {
    page: Page,
    /// The bars that are drawn now.
    pub(crate) scale: Memo<Option<Scale>>,
    /// The bar under the pointer, or that the keys are on.
    pub(crate) cursor: RwSignal<Option<usize>>,
    /// Where picking began.
    pub(crate) anchor: RwSignal<Option<usize>>,
    surface: NodeRef<leptos::html::Div>,
}

impl Brush {
    /// Nothing is picked yet.
    pub(crate) fn new(
        page: Page,
        scale: Memo<Option<Scale>>,
        surface: NodeRef<leptos::html::Div>,
    ) -> Brush {
        Brush { page, scale, cursor: RwSignal::new(None), anchor: RwSignal::new(None), surface }
    }

    /// First and last bar that are picked.
    pub(crate) fn picked(self) -> Option<(usize, usize)> {
        let (anchor, cursor) = (self.anchor.get()?, self.cursor.get()?);
        Some((anchor.min(cursor), anchor.max(cursor)))
    }

    fn bar_under(self, event: &PointerEvent) -> Option<usize> {
        let width = self.surface.get_untracked()?.client_width();
        let scale = self.scale.get_untracked()?;
        (width > 0).then(|| scale.bar_at(f64::from(event.offset_x()) / f64::from(width)))
    }

    /// The pointer moved.
    pub(crate) fn moved(self, event: &PointerEvent) {
        let bar = self.bar_under(event);
        if bar != self.cursor.get_untracked() {
            self.cursor.set(bar);
        }
    }

    /// The pointer went away.
    pub(crate) fn left(self) {
        if self.anchor.get_untracked().is_none() {
            self.cursor.set(None);
        }
    }

    /// The button went down.
    pub(crate) fn pressed(self, event: &PointerEvent) {
        if event.button() != 0 {
            return;
        }
        if let Some(surface) = self.surface.get_untracked() {
            surface.set_pointer_capture(event.pointer_id()).ok();
        }
        self.cursor.set(self.bar_under(event));
        self.anchor.set(self.cursor.get_untracked());
    }

    /// The button went up: the zoom is committed.
    pub(crate) fn released(self, event: &PointerEvent) {
        self.moved(event);
        self.commit();
    }

    /// Forgets what was being picked.
    pub(crate) fn dropped(self) {
        self.anchor.set(None);
        self.cursor.set(None);
    }

    fn commit(self) {
        let (anchor, cursor) = (self.anchor.get_untracked(), self.cursor.get_untracked());
        self.dropped();
        let (Some(scale), Some(cursor)) = (self.scale.get_untracked(), cursor) else { return };
        let range = scale.span_of(anchor.unwrap_or(cursor), cursor);
        self.page.send(Command::Zoom(Some(range)));
    }

    /// Twice the span.
    pub(crate) fn zoom_out(self) {
        let Some(range) = self.page.app.view.with_untracked(|it| it.range) else { return };
        let all = self.page.app.data.with_untracked(|it| it.range);
        self.page.send(Command::Zoom(zoomed_out(range, all)));
    }

    /// A key on the timeline.
    pub(crate) fn key(self, event: &KeyboardEvent) {
        let Some(scale) = self.scale.get_untracked() else { return };
        let last = scale.bars.saturating_sub(1);
        let cursor = self.cursor.get_untracked();
        let next = match event.key().as_str() {
            "ArrowLeft" => cursor.map_or(last, |it| it.saturating_sub(1)),
            "ArrowRight" => cursor.map_or(0, |it| (it + 1).min(last)),
            "Home" => 0,
            "End" => last,
            "Enter" if cursor.is_some() => {
                event.prevent_default();
                return self.commit();
            },
            "Backspace" => {
                event.prevent_default();
                return self.zoom_out();
            },
            "Escape" if cursor.is_some() => {
                event.prevent_default();
                return self.dropped();
            },
            _ => return,
        };
        event.prevent_default();
        if event.shift_key() {
            let anchor = self.anchor.get_untracked().or(cursor).unwrap_or(next);
            self.anchor.set(Some(anchor));
        } else {
            self.anchor.set(None);
        }
        self.cursor.set(Some(next));
    }
}
