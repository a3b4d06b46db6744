//! What every part of the page may need; given by the root, read by [`page`].

use leptos::prelude::*;

use super::{events::moves, words::Words};
use crate::{
    model::{
        field::{FACETS, Field},
        question::Look,
    },
    state::{
        App,
        command::{Command, same_rows},
        load::Load,
        questions::Questions,
        screen::Screen,
    },
};

/// Handles and words; copies share everything.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    /// What the page knows.
    pub(crate) app: App,
    /// What it shows that no address holds.
    pub(crate) screen: Screen,
    /// What it asked.
    pub(crate) asked: Questions,
    /// Its words.
    pub(crate) words: Words,
    /// The hidden `<input>` that takes files.
    pub(crate) file_input: NodeRef<leptos::html::Input>,
    /// The hidden `<input>` that takes a folder.
    pub(crate) folder_input: NodeRef<leptos::html::Input>,
    /// What the table of events scrolls in.
    pub(crate) table: NodeRef<leptos::html::Div>,
    /// The box that the filter is typed into.
    pub(crate) filter_input: NodeRef<leptos::html::Input>,
}

/// The page that this component is in.
pub(crate) fn page() -> Page {
    expect_context::<Page>()
}

impl Page {
    /// Does what a person did. Other rows, or another order, are shown from their beginning.
    pub(crate) fn send(self, command: Command) {
        let before = self.app.view.get_untracked();
        self.app.send(command);
        if !self.app.view.with_untracked(|it| same_rows(it, &before)) {
            self.screen.cursor.set(None);
            self.screen.group_offset.set(0);
            moves::scroll_to(self, 0.0);
        }
    }

    /// Only events with this value.
    pub(crate) fn only(self, field: Field, value: Option<String>) {
        self.send(Command::OnlyValue { field, value });
    }

    /// No events with this value.
    pub(crate) fn without(self, field: Field, value: Option<String>) {
        self.send(Command::WithoutValue { field, value });
    }

    /// Puts a text into the clipboard and says so.
    pub(crate) fn copy(self, text: &str) {
        self.app.host().copy_text(text);
        self.screen.say(self.words.copied());
    }

    /// Reads what the screen shows; nothing before every list of values is filled, so that its parts
    /// always agree.
    pub(crate) fn look<T>(self, read: impl FnOnce(&Look) -> T) -> Option<T> {
        let filled = self.screen.filled_facets.with(|it| *it >= FACETS.len());
        if filled { self.asked.look.with(read) } else { None }
    }

    /// Whether a newer answer is waited for. While files arrive one always is: then nothing dims.
    pub(crate) fn is_waiting(self) -> bool {
        self.asked.look.waiting.get() && !self.app.load.with(Load::is_running)
    }

    /// Whether there are events to look at.
    pub(crate) fn has_data(self) -> Memo<bool> {
        Memo::new(move |_| self.app.data.with(|it| it.events > 0))
    }
}
