//! A load that is put down: by a person, or until a person has chosen what of it is read.

use std::{collections::BTreeSet, rc::Rc};

use leptos::prelude::*;

use super::{
    Inner,
    given::Given,
    running::{Running, Stage, memory_of_events},
    time::Breath,
};
use crate::{
    model::{
        estimate::Estimate,
        note::{Absent, Note},
        path::{PathFacts, PathFilter},
        problem::ProblemKind,
        question::FileId,
        survey::Survey,
        time::{DAY, iso},
    },
    state::choice::{Choice, Reason},
};

/// Files that are looked at between two looks at the clock.
const HANDFUL: usize = 256;
/// Names that a message lists.
const LISTED: usize = 5;

impl Inner {
    /// Puts the load that runs down, or takes it up again.
    pub(super) fn pause_load(self: &Rc<Inner>, pause: bool) {
        let Some(running) = self.load.current.borrow().clone() else { return };
        running.paused.set(pause);
        // Who takes a load up again wants what is asked about.
        if !pause && self.app().choice.with_untracked(Option::is_none) {
            self.release(&running);
        }
        self.rest_or_go_on(&running);
    }

    /// Nothing more is read until a person has chosen, and they are asked when all was found.
    pub(super) async fn ask_what_to_read(self: &Rc<Inner>) {
        let Some(running) = self.load.current.borrow().clone() else { return };
        if running.held.get().is_none() && !running.is_stopped() {
            running.held.set(Some(Reason::Asked));
            self.rest_or_go_on(&running);
        }
        if running.stage.get() == Stage::Reading {
            self.open_choice(&running).await;
        }
    }

    /// Holds a load that grew past what the engine can take in.
    pub(super) fn hold_if_too_much(&self, running: &Running) {
        if running.held.get().is_none() && running.is_too_much(self.budget_bytes.get()) {
            running.held.set(Some(Reason::TooMuch));
            self.mind_rest(running);
        }
    }

    /// Asks a person, if the load is held.
    pub(super) async fn open_choice(self: &Rc<Inner>, running: &Rc<Running>) {
        if running.held.get().is_none() {
            return;
        }
        self.look_into_archives(running).await;
        if running.held.get().is_none() || !self.is_current(running) {
            return;
        }
        let waiting = self.load.schedule.borrow().waiting();
        let mut survey = Survey::default();
        let mut breath = Breath::new();
        for some in waiting.chunks(HANDFUL) {
            let inside = running.inside.borrow();
            self.each_given(some, |file, it| match inside.get(&file) {
                // Its members wait too.
                _ if it.members > 0 => (),
                Some(inside) => survey.add_all(inside),
                None => survey.add(&it.path, it.bytes, it.coding),
            });
            drop(inside);
            if breath.is_due() {
                breath.take().await;
            }
            if running.held.get().is_none() || !self.is_current(running) {
                return;
            }
        }
        let Some(reason) = running.held.get() else { return };
        if survey.all.files == 0 {
            self.release(running);
            return;
        }
        // What readers are at comes on top of what the engine holds.
        let under_way: Vec<FileId> = self.load.schedule.borrow().under_way().collect();
        let mut coming = Estimate::default();
        self.each_given(&under_way, |_, it| coming = coming.and(it.estimate()));
        let taken = memory_of_events(self.engine.memory_bytes.get())
            + memory_of_events(coming.memory_bytes());
        let room = self.budget_bytes.get().saturating_sub(taken);
        self.app().choice.set(Some(Choice::new(survey, reason, room)));
    }

    /// Leaves out what was not chosen, and reads on.
    pub(super) async fn read_chosen(self: &Rc<Inner>, filter: PathFilter) {
        let Some(running) = self.load.current.borrow().clone() else { return };
        self.app().choice.set(None);
        self.note_unchosen(&running);
        // From now on what archives bring is chosen from too.
        running.chosen.replace(Some(filter.clone()));
        let waiting = self.load.schedule.borrow().waiting();
        let (mut unwanted, mut less) = (Vec::new(), Estimate::default());
        let mut breath = Breath::new();
        for some in waiting.chunks(HANDFUL) {
            let inside = running.inside.borrow();
            self.each_given(some, |file, it| match inside.get(&file) {
                _ if it.members > 0 => (),
                // What is chosen of it is seen when it is read.
                Some(inside) => less = less.and(inside.all.without(inside.chosen(&filter))),
                None if filter.accepts(&PathFacts::of(&it.path)) => (),
                None => {
                    unwanted.push(file);
                    less = less.and(it.estimate());
                },
            });
            drop(inside);
            if breath.is_due() {
                breath.take().await;
            }
        }
        if !self.is_current(&running) {
            return;
        }
        unwanted.sort_unstable();
        let is_wanted = |file: FileId| unwanted.binary_search(&file).is_err();
        let left = self.load.schedule.borrow_mut().keep_only(is_wanted);
        running.unchosen.borrow_mut().extend(left);
        running.expected.set(running.expected.get().without(less));
        running.paused.set(false);
        self.release(&running);
        self.wake_load();
    }

    /// The question was taken back.
    pub(super) fn close_choice(self: &Rc<Inner>) {
        let Some(running) = self.load.current.borrow().clone() else { return };
        let reason = running.held.get();
        running.paused.set(running.paused.get() || reason == Some(Reason::TooMuch));
        self.release(&running);
        if reason == Some(Reason::First) {
            self.cancel(Some(running.id));
        }
    }

    /// Nobody is asked any more.
    pub(super) fn release(self: &Rc<Inner>, running: &Running) {
        self.app().choice.set(None);
        running.held.set(None);
        running.asks.set(false);
        self.look_no_more();
        self.rest_or_go_on(running);
    }

    /// Whether a file that was just found is to be read, as was chosen.
    pub(super) fn is_chosen(running: &Running, path: &str) -> bool {
        running.chosen.borrow().as_ref().is_none_or(|it| it.accepts(&PathFacts::of(path)))
    }

    /// Tells the engine what was left out by choice since it was last told.
    pub(super) fn note_unchosen(self: &Rc<Inner>, running: &Running) {
        let files = running.unchosen.take();
        let chosen = running.chosen.borrow().clone().filter(|_| !files.is_empty());
        let Some(filter) = chosen else { return };
        let absent = Absent {
            files,
            unexplored: Vec::new(),
            kind: ProblemKind::Cancelled,
            why: left_out(&filter),
            by_choice: true,
        };
        self.note(Note { absent: Some(absent), ..Note::default() });
    }

    fn rest_or_go_on(self: &Rc<Inner>, running: &Running) {
        self.mind_rest(running);
        self.tell(running);
        self.pump();
    }

    fn mind_rest(&self, running: &Running) {
        running.mind_rest();
        self.pool.pace(running.pace());
    }

    pub(super) fn each_given(&self, files: &[FileId], mut look: impl FnMut(FileId, &Given)) {
        let given = self.load.files.borrow();
        for file in files {
            if let Some(it) = given.get(file.0 as usize) {
                look(*file, it);
            }
        }
    }
}

/// What a person is told of files that they did not choose.
fn left_out(filter: &PathFilter) -> String {
    let list = |what: &str, names: &Option<BTreeSet<String>>| {
        let names = names.as_ref()?;
        let shown: Vec<&str> = names.iter().take(LISTED).map(String::as_str).collect();
        let more = names.len().saturating_sub(LISTED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        Some(format!(
            "{what} {}{more}",
            if shown.is_empty() { "none".to_owned() } else { shown.join(", ") }
        ))
    };
    let day = |millis: i64| iso(millis)[..10].to_owned();
    let days = filter
        .range
        .map(|it| format!("days {} to {}", day(it.start_millis), day(it.end_millis - DAY)));
    let named = filter.named_only.then(|| "only paths that name all of these".to_owned());
    let parts = [list("accounts", &filter.accounts), list("regions", &filter.regions), days, named];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("left out, as you chose ({}). Drop the files again to read them.", parts.join("; "))
}
