//! The load that runs.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use super::{given::Given, load::TellProgress, time};
use crate::{
    model::{estimate::Estimate, path::PathFilter, question::FileId, survey::Survey},
    protocol::reading::Pace,
    state::{
        choice::Reason,
        load::{Load, Looking, Progress},
        schedule::Totals,
    },
};

/// The load that runs.
pub(super) struct Running {
    pub(super) id: u32,
    pub(super) epoch: u32,
    pub(super) stop: Cell<Option<Stop>>,
    pub(super) stage: Cell<Stage>,
    /// What is likely to be in the files that were found, less those that were not chosen.
    pub(super) expected: Cell<Estimate>,
    /// Whether to ask when there is more than memory holds.
    pub(super) asks: Cell<bool>,
    /// A person chooses what is read: nothing is meanwhile.
    pub(super) held: Cell<Option<Reason>>,
    /// A person put it down.
    pub(super) paused: Cell<bool>,
    /// What a person chose; also for what is still to be found in archives.
    pub(super) chosen: RefCell<Option<PathFilter>>,
    /// Files that were left out by it and not told of yet.
    pub(super) unchosen: RefCell<Vec<FileId>>,
    /// What archives hold that were looked into and not read.
    pub(super) inside: RefCell<BTreeMap<FileId, Survey>>,
    /// How far looking into archives is.
    pub(super) looking: Cell<Looking>,
    /// What its files unpacked to so far.
    pub(super) json_bytes: Cell<u64>,
    /// What earlier loads had done.
    pub(super) before: Cell<Totals>,
    /// The engine's memory when this one began.
    memory_bytes: u64,
    pub(super) left_out: RefCell<Vec<FileId>>,
    /// What was given, by name.
    pub(super) names: Vec<String>,
    /// It looks through all that is called so.
    pub(super) explores: Cell<bool>,
    /// Folders were not looked through to their ends.
    pub(super) unexplored: Cell<bool>,
    pub(super) tell: Option<TellProgress>,
    started_millis: f64,
    /// Since when it rests, while it does.
    resting_millis: Cell<Option<f64>>,
    /// How long it rested before.
    rested_millis: Cell<f64>,
}

/// When a load asks what is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    /// Never: a script began it, or it is no one's files.
    Never,
    /// When there is more than memory holds.
    WhenTooMuch,
    /// Before anything is read.
    First,
}

/// Why a load ends before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    Cancelled,
    /// The engine takes no more.
    Full,
    /// More was unpacked than the limit of a load.
    TooLarge,
    /// No reader lives.
    NoReaders,
}

/// What a load is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Walking,
    Sampling,
    /// Into archives, before a person is asked.
    Looking,
    Reading,
}

impl Running {
    pub(super) fn new(
        id: u32,
        epoch: u32,
        stage: Stage,
        names: Vec<String>,
        asks: Asks,
        before: Totals,
        memory_bytes: u64,
        tell: Option<TellProgress>,
    ) -> Running {
        let running = Running {
            id,
            epoch,
            stop: Cell::new(None),
            stage: Cell::new(stage),
            expected: Cell::default(),
            asks: Cell::new(asks == Asks::WhenTooMuch),
            held: Cell::new((asks == Asks::First).then_some(Reason::First)),
            paused: Cell::new(false),
            chosen: RefCell::default(),
            unchosen: RefCell::default(),
            inside: RefCell::default(),
            looking: Cell::default(),
            json_bytes: Cell::new(0),
            before: Cell::new(before),
            memory_bytes,
            left_out: RefCell::default(),
            names,
            explores: Cell::new(false),
            unexplored: Cell::new(false),
            tell,
            started_millis: time::now_millis(),
            resting_millis: Cell::new(None),
            rested_millis: Cell::new(0.0),
        };
        running.mind_rest();
        running
    }

    /// Whether nothing more is to be taken in.
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.get().is_some()
    }

    /// Adds a file to what is expected. Of an archive that is the whole of it, not its members.
    pub(super) fn expect(&self, file: &Given) {
        if file.depth == 0 {
            self.expected.set(self.expected.get().and(file.estimate()));
        }
    }

    /// Whether the engine will not hold all that was found, which is to be asked about.
    pub(super) fn is_too_much(&self, budget_bytes: u64) -> bool {
        let more = self.expected.get().memory_bytes();
        self.asks.get() && memory_of_events(self.memory_bytes) + more > budget_bytes
    }

    /// Whether nothing new is given to readers.
    pub(super) fn rests(&self) -> bool {
        (self.paused.get() || self.held.get().is_some()) && !self.is_stopped()
    }

    /// How readers go through archives.
    pub(super) fn pace(&self) -> Pace {
        match (self.is_stopped(), self.rests()) {
            (true, _) => Pace::Stop,
            (false, true) => Pace::Rest,
            (false, false) => Pace::Go,
        }
    }

    /// Stops the clock of a load that rests, and lets it go on for one that does not.
    pub(super) fn mind_rest(&self) {
        let now = time::now_millis();
        match (self.rests(), self.resting_millis.get()) {
            (true, None) => self.resting_millis.set(Some(now)),
            (false, Some(since)) => {
                self.resting_millis.set(None);
                self.rested_millis.set(self.rested_millis.get() + now - since);
            },
            _ => (),
        }
    }

    /// How long it took so far, without its rests.
    pub(super) fn elapsed_millis(&self) -> f64 {
        let until = self.resting_millis.get().unwrap_or_else(time::now_millis);
        until - self.started_millis - self.rested_millis.get()
    }
}

/// What an engine of so much memory holds beyond an empty one.
pub(super) fn memory_of_events(memory_bytes: u64) -> u64 {
    memory_bytes.saturating_sub(Estimate::default().memory_bytes())
}

impl Stage {
    /// As the page shows it before anything is found.
    pub(super) fn begins(self) -> Load {
        match self {
            Stage::Walking => Load::Walking { progress: Progress::default(), asks: false },
            Stage::Sampling => Load::Sampling,
            Stage::Looking => Load::Looking(Looking::default()),
            Stage::Reading => Load::Reading(Progress::default()),
        }
    }
}
