//! What the page is showing, as signals; no DOM, no browser.
//!
//! [`App`] is everything: the view (which is what the URL holds), the data, the load. The page's
//! acts are [`command::Command`]s with one writer, [`App::send`]. [`ask`] is the only bridge from
//! signals to the engine; [`questions`] says what is asked for which view.

pub mod command;
pub mod host;
pub mod load;
pub mod choice;
pub mod schedule;
pub mod csv;
pub mod chain;
pub mod mute;
pub mod incidents;
pub mod insight_json;
pub mod ask;
pub mod screen;
pub mod questions;
pub mod repeats;

use std::rc::Rc;

use futures::future::AbortHandle;
use leptos::prelude::*;

use crate::{
    client::Client,
    model::{limits::Limits, question::Selection, report::Report, view::View},
    protocol::{DataStatus, failure::Failure},
};
use chain::Chain;
use choice::Choice;
use command::{Command, HistoryMode};
use host::{ExportForm, Host};
use load::{Load, Waiting};
use mute::Mute;

/// What the page knows. A handle: copies share everything.
#[derive(Clone, Copy)]
pub struct App {
    /// What is looked at; its print is the URL.
    pub view: RwSignal<View>,
    /// Which data the engine holds.
    pub data: RwSignal<DataStatus>,
    /// What is being taken in.
    pub load: RwSignal<Load>,
    /// What a person is to choose from before it is read.
    pub choice: RwSignal<Option<Choice>>,
    /// What came of everything that was taken in; of the state before while a load runs.
    pub report: RwSignal<Report>,
    /// Whether the engine answers.
    pub engine: RwSignal<EngineState>,
    /// Questions under way, for `data-busy`.
    pub waiting: RwSignal<usize>,
    /// Files read again under way: a record, an export. Counted here, not by the client.
    pub fetching: RwSignal<usize>,
    /// What became of the last export.
    pub export: RwSignal<Export>,
    /// The check of the digest chain.
    pub chain: RwSignal<Chain>,
    /// How often digests were checked: each time something is known of the time that they cover.
    pub checks: RwSignal<u32>,
    /// What waits for the load that runs, in its order.
    pub queue: RwSignal<Vec<Waiting>>,
    /// Names of what was given last, if it held no file.
    pub nothing_in: RwSignal<Option<Vec<String>>>,
    /// What a person chose for all visits.
    pub preferences: RwSignal<Preferences>,
    /// Incidents that are normal, says a person; kept in the browser.
    pub mutes: RwSignal<Vec<Mute>>,
    /// A newer build lies ready; reloading the page takes it.
    pub update_ready: RwSignal<bool>,
    /// Stops the check of the digest chain.
    chain_stop: StoredValue<Option<AbortHandle>>,
    /// Where typing in the filter began, for the history: before, and what it was typed into.
    typing: StoredValue<Option<(View, View)>>,
    client: StoredValue<Client, LocalStorage>,
    host: StoredValue<Rc<dyn Host>, LocalStorage>,
}

/// Whether the engine answers.
#[derive(Clone, Debug, PartialEq)]
pub enum EngineState {
    /// Its program is being loaded and compiled; questions wait.
    Starting,
    /// It answers.
    Ready,
    /// It died over the named question; a new one reads the files again.
    Restarted {
        /// What was being done.
        doing: String,
    },
    /// It cannot run here: no memory, a blocked worker, a stale cache.
    Failed {
        /// Why, for a person.
        message: String,
    },
}

/// What became of the last export.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Export {
    /// None was asked for, or its end was read.
    #[default]
    None,
    /// It is being written.
    Running,
    /// So many events are in the file.
    Done(u64),
    /// There is no file.
    Failed(Failure),
}

/// What a person chose for all visits; kept in the browser, not in the URL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// Of the page's own words.
    pub language: Language,
    /// Light or dark.
    pub theme: Theme,
    /// Whether to ask what of a drop is read before it is.
    pub choose_first: bool,
    /// How much is unpacked.
    pub limits: Limits,
}

/// A language of the page's own words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    /// English
    English,
    /// 한국어
    Korean,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl App {
    /// A page at rest, without data.
    pub fn new(client: Client, host: Rc<dyn Host>, view: View, preferences: Preferences) -> App {
        App {
            view: RwSignal::new(view),
            data: RwSignal::new(DataStatus::default()),
            load: RwSignal::new(Load::Idle),
            choice: RwSignal::new(None),
            report: RwSignal::new(Report::default()),
            engine: RwSignal::new(EngineState::Starting),
            waiting: RwSignal::new(0),
            fetching: RwSignal::new(0),
            export: RwSignal::new(Export::None),
            chain: RwSignal::new(Chain::None),
            checks: RwSignal::new(0),
            queue: RwSignal::new(Vec::new()),
            nothing_in: RwSignal::new(None),
            preferences: RwSignal::new(preferences),
            mutes: RwSignal::new(Vec::new()),
            update_ready: RwSignal::new(false),
            chain_stop: StoredValue::new(None),
            typing: StoredValue::new(None),
            client: StoredValue::new_local(client),
            host: StoredValue::new_local(host),
        }
    }

    /// The way to the engine.
    pub fn client(self) -> Client {
        self.client.get_value()
    }

    /// The browser.
    pub fn host(self) -> Rc<dyn Host> {
        self.host.get_value()
    }

    /// Does what a person did: the only place that changes the view.
    ///
    /// Typing changes the address in place. What was typed becomes a step of its own with the next
    /// committed act, so that Back leads to where the typing began.
    pub fn send(self, command: Command) {
        let history = command.history();
        let typed = matches!(command, Command::TypeFilter(_));
        let current = self.view.get_untracked();
        let next = command::apply(&current, command);
        let show = |view: &View, mode| self.host().show_in_url(&view.print(), mode);
        if typed {
            let before = self.typing_began(&current).unwrap_or_else(|| current.clone());
            self.typing.set_value(Some((before, next.clone())));
        } else if history == HistoryMode::Push {
            let before = self.typing_began(&current).filter(|it| *it != current);
            if let Some(before) = before {
                show(&before, HistoryMode::Replace);
                show(&current, HistoryMode::Push);
            }
            self.typing.set_value(None);
        }
        if next != current {
            show(&next, history);
            self.view.set(next);
        }
    }

    /// The table was scrolled to this row. The address follows when the scrolling rests; nobody
    /// else is told, since nothing else on the page depends on it.
    pub fn scrolled_to(self, row: u64) {
        if self.view.with_untracked(|it| it.row) != row {
            self.view.update_untracked(|it| it.row = row);
            let print = self.view.with_untracked(View::print);
            self.host().show_in_url(&print, HistoryMode::Rest);
        }
    }

    /// Where the typing began that led to this view, if typing did: Back and Forward end it.
    fn typing_began(self, current: &View) -> Option<View> {
        let typing = self.typing.get_value();
        typing.filter(|(_, typed)| typed == current).map(|(before, _)| before)
    }

    /// Takes up a choice and keeps it.
    pub fn prefer(self, change: impl FnOnce(&mut Preferences)) {
        self.preferences.update(change);
        self.host().keep_preferences(self.preferences.get_untracked());
    }

    /// Changes what is muted and keeps it.
    pub fn mute(self, change: impl FnOnce(&mut Vec<Mute>)) {
        self.mutes.update(change);
        self.host().keep_mutes(&self.mutes.with_untracked(|it| mute::print(it)));
    }

    /// Writes what is selected into a file. One export runs at a time.
    pub fn export(self, selection: Selection, form: ExportForm) {
        if self.export.get_untracked() == Export::Running {
            return;
        }
        self.export.set(Export::Running);
        let written = self.host().export(selection, form);
        self.fetching.update(|it| *it += 1);
        leptos::task::spawn_local(async move {
            let end = written.await.map_or_else(Export::Failed, Export::Done);
            self.fetching.update(|it| *it -= 1);
            self.export.set(end);
        });
    }

    /// Things under way: 0 when the page is at rest.
    pub fn busy(self) -> usize {
        let starting = usize::from(self.engine.get() == EngineState::Starting);
        let loading = usize::from(self.load.with(Load::is_running));
        starting + loading + self.waiting.get() + self.fetching.get()
    }
}
