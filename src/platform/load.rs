//! Loads: what is taken in, one after the other, and the dealing of files to readers.
//!
//! Start reading at [`Inner::run`]. Who reads what is decided in `state::schedule`.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

use futures::channel::oneshot;
use leptos::{prelude::*, task::spawn_local};
use web_sys::FileSystemHandle;

use super::{
    Inner,
    given::Given,
    intake::Source,
    running::{Asks, Running, Stage, Stop},
    time,
};
use crate::{
    model::{note::Note, report::Report},
    protocol::{ReportQuery, Settle, failure::Failure},
    state::{
        load::{Load, Progress, Waiting},
        schedule::Schedule,
    },
};

/// How often a load says how far it is.
const TELL_MILLIS: i32 = 200;
/// A clock that jumps this far means that the page itself stood still.
const JUMP_MILLIS: f64 = 3_000.0;

pub(super) struct Loads {
    pub(super) schedule: RefCell<Schedule>,
    pub(super) files: RefCell<Vec<Given>>,
    /// What the engine was told of files that do not come; a new engine is told again.
    pub(super) notes: RefCell<Vec<Note>>,
    /// Handles of files, kept for nothing but to be kept (`walk`).
    handles: RefCell<Vec<FileSystemHandle>>,
    queue: RefCell<VecDeque<Job>>,
    pub(super) current: RefCell<Option<Rc<Running>>>,
    next_job: Cell<u32>,
    working: Cell<bool>,
    pub(super) pumping: Cell<bool>,
    wake: RefCell<Option<oneshot::Sender<()>>>,
    /// Counts the times that everything was forgotten.
    pub(super) epoch: Cell<u32>,
    /// Of all loads so far.
    elapsed_millis: Cell<f64>,
}

/// Is told how far a load is.
pub type TellProgress = Box<dyn Fn(Progress)>;

struct Job {
    id: u32,
    source: Source,
    asks: Asks,
    tell: Option<TellProgress>,
    /// Takes the end; none when it was told before.
    done: Option<oneshot::Sender<Result<Report, Failure>>>,
    cancelled: bool,
}

/// A load that was asked for.
pub struct Opening {
    /// For [`super::Browser::cancel`].
    pub id: u32,
    /// Its end.
    pub done: oneshot::Receiver<Result<Report, Failure>>,
}

impl Loads {
    pub(super) fn new(readers: usize) -> Loads {
        Loads {
            schedule: RefCell::new(Schedule::new(readers)),
            files: RefCell::default(),
            notes: RefCell::default(),
            handles: RefCell::default(),
            queue: RefCell::default(),
            current: RefCell::default(),
            next_job: Cell::new(0),
            working: Cell::new(false),
            pumping: Cell::new(false),
            wake: RefCell::default(),
            epoch: Cell::new(0),
            elapsed_millis: Cell::new(0.0),
        }
    }

    pub(super) fn keep_handle(&self, handle: Option<FileSystemHandle>, most: usize) {
        let mut handles = self.handles.borrow_mut();
        if handles.len() < most {
            handles.extend(handle);
        }
    }

    /// Forgets all files and all loads.
    pub(super) fn forget(&self, readers: usize) {
        self.epoch.set(self.epoch.get() + 1);
        *self.schedule.borrow_mut() = Schedule::new(readers);
        self.files.borrow_mut().clear();
        self.notes.borrow_mut().clear();
        self.handles.borrow_mut().clear();
        self.queue.borrow_mut().clear();
        self.current.borrow_mut().take();
        self.elapsed_millis.set(0.0);
    }
}

impl Inner {
    /// Takes files in, after those that were given before.
    pub(super) fn open(
        self: &Rc<Inner>,
        source: Source,
        asks: Asks,
        tell: Option<TellProgress>,
    ) -> Opening {
        let (done, over) = oneshot::channel();
        self.app().files_are_added();
        let id = self.load.next_job.replace(self.load.next_job.get() + 1);
        if !self.is_loading() {
            self.app().load.set(source.stage().begins());
        }
        self.app().nothing_in.set(None);
        let job = Job { id, source, asks, tell, done: Some(done), cancelled: false };
        self.load.queue.borrow_mut().push_back(job);
        self.tell_queue();
        if !self.load.working.replace(true) {
            let inner = Rc::clone(self);
            spawn_local(async move { inner.work().await });
        }
        Opening { id, done: over }
    }

    /// Stops one load, or all; what has arrived stays. Whether a load that runs was stopped.
    pub(super) fn cancel(self: &Rc<Inner>, id: Option<u32>) -> bool {
        for job in self.load.queue.borrow_mut().iter_mut() {
            if id.is_none_or(|it| it == job.id) {
                job.cancelled = true;
                // What it would have been is told when its turn comes; nobody need wait for that.
                if let Some(done) = job.done.take() {
                    done.send(Err(Failure::Cancelled)).ok();
                }
            }
        }
        self.tell_queue();
        let current = self.load.current.borrow().as_ref().map(|it| it.id);
        let runs = current.is_some() && id.is_none_or(|it| Some(it) == current);
        if runs {
            self.stop_load(Stop::Cancelled);
        }
        runs
    }

    pub(super) fn is_loading(&self) -> bool {
        self.app().load.with_untracked(Load::is_running)
    }

    /// Does one load after the other, until none waits.
    async fn work(self: Rc<Inner>) {
        while let Some(job) = self.next_job() {
            let end = self.run(job.id, job.source, job.asks, job.tell, job.cancelled).await;
            if self.load.queue.borrow().is_empty() {
                self.app().load.set(Load::Idle);
                self.load.working.set(false);
            }
            job.done.map(|it| it.send(end).ok());
        }
        self.load.working.set(false);
    }

    fn next_job(&self) -> Option<Job> {
        let next = self.load.queue.borrow_mut().pop_front();
        self.tell_queue();
        next
    }

    /// Shows what waits.
    fn tell_queue(&self) {
        let queue = self.load.queue.borrow();
        let waiting = queue.iter().filter(|it| !it.cancelled).map(|it| it.source.waiting());
        let waiting: Vec<Waiting> = waiting.collect();
        drop(queue);
        if self.app().queue.with_untracked(|it| *it != waiting) {
            self.app().queue.set(waiting);
        }
    }

    async fn run(
        self: &Rc<Inner>,
        id: u32,
        source: Source,
        asks: Asks,
        tell: Option<TellProgress>,
        cancelled: bool,
    ) -> Result<Report, Failure> {
        let epoch = self.load.epoch.get();
        let before = self.load.schedule.borrow().totals();
        let memory = self.app().data.with_untracked(|it| it.memory_bytes);
        let running = Rc::new(Running::new(
            id,
            epoch,
            source.stage(),
            source.waiting().names,
            asks,
            before,
            memory,
            tell,
        ));
        *self.load.current.borrow_mut() = Some(Rc::clone(&running));
        self.pool.pace(running.pace());
        if cancelled {
            self.stop_load(Stop::Cancelled);
        } else if self.app().data.with_untracked(|it| it.full) {
            self.stop_load(Stop::Full);
        } else if self.pool.broken.get() {
            self.stop_load(Stop::NoReaders);
        }
        spawn_local(Rc::clone(self).watch(Rc::clone(&running)));
        let end = self.take_all(&running, source).await;
        if self.is_current(&running) {
            self.load.current.borrow_mut().take();
            self.app().choice.set(None);
            self.engine.calm_millis.set(time::now_millis());
        }
        end
    }

    async fn take_all(
        self: &Rc<Inner>,
        running: &Rc<Running>,
        source: Source,
    ) -> Result<Report, Failure> {
        let before = self.given();
        let taken = self.take_in(running, source).await;
        if taken.is_ok()
            && running.explores.get()
            && self.given() == before
            && self.is_current(running)
            && !running.is_stopped()
        {
            self.app().nothing_in.set(Some(running.names.clone()));
        }
        running.stage.set(Stage::Reading);
        self.open_choice(running).await;
        loop {
            if !self.is_current(running) {
                return Err(Failure::Closed);
            }
            if self.engine.failed.get() {
                return Err(Failure::EngineStopped { doing: "load".to_owned() });
            }
            if running.is_stopped() {
                self.leave_out(running);
            }
            if !self.load.schedule.borrow().is_over() {
                let (wake, woken) = oneshot::channel();
                *self.load.wake.borrow_mut() = Some(wake);
                woken.await.ok();
                continue;
            }
            self.note_left_out(running);
            self.note_unchosen(running);
            self.note_explored(running);
            match self.client.call(Settle).await {
                Ok(status) => self.app().data.set(status),
                // Another engine reads everything again: so wait again.
                Err(Failure::EngineStopped { .. }) => continue,
                Err(failure) => return Err(failure),
            }
            let millis = running.elapsed_millis();
            match self.client.call(ReportQuery).await {
                Ok(report) if self.is_current(running) => {
                    self.load.elapsed_millis.set(self.load.elapsed_millis.get() + millis);
                    let report = self.with_elapsed(report);
                    self.app().report.set(report.clone());
                    taken?;
                    let cancelled = running.stop.get() == Some(Stop::Cancelled);
                    return if cancelled { Err(Failure::Cancelled) } else { Ok(report) };
                },
                Ok(_) | Err(Failure::EngineStopped { .. }) => (),
                Err(failure) => return Err(failure),
            }
        }
    }

    /// How many files were given, and how often something was said of others.
    fn given(&self) -> (usize, usize) {
        (self.load.files.borrow().len(), self.load.notes.borrow().len())
    }

    /// The report of the engine with the time that the page measured.
    pub(super) fn with_elapsed(&self, report: Report) -> Report {
        Report { elapsed_millis: self.load.elapsed_millis.get().round(), ..report }
    }

    /// Whether this load is still the one that runs: not since everything was closed.
    pub(super) fn is_current(&self, running: &Running) -> bool {
        running.epoch == self.load.epoch.get()
    }

    /// Looks after the readers and tells how far the load is, as long as it runs.
    async fn watch(self: Rc<Inner>, running: Rc<Running>) {
        let is_on = |inner: &Inner| {
            inner.load.current.borrow().as_ref().is_some_and(|it| Rc::ptr_eq(it, &running))
        };
        let mut before = time::now_millis();
        while is_on(&self) {
            let now = time::now_millis();
            if now - before > JUMP_MILLIS {
                self.load.schedule.borrow_mut().forgive(now);
            }
            before = now;
            let silent = self.load.schedule.borrow().silent(now);
            for reader in silent {
                self.replace_reader(reader);
            }
            self.tell(&running);
            time::sleep(TELL_MILLIS).await;
        }
    }

    pub(super) fn tell(&self, running: &Running) {
        let (now, before) = (self.load.schedule.borrow().totals(), running.before.get());
        let progress = Progress {
            files_done: now.files_done.saturating_sub(before.files_done),
            files_total: now.files.saturating_sub(before.files),
            bytes_done: now.bytes_done.saturating_sub(before.bytes_done),
            bytes_total: now.bytes.saturating_sub(before.bytes),
            events: now.events.saturating_sub(before.events),
            expected: running.expected.get(),
            elapsed_millis: running.elapsed_millis(),
            paused: running.rests(),
            growing: self.load.schedule.borrow().is_growing(),
        };
        let stage = running.stage.get();
        // While files are still being found a share of them says nothing.
        let show = match stage {
            Stage::Reading => Load::Reading(progress),
            Stage::Walking => Load::Walking { progress, asks: running.held.get().is_some() },
            Stage::Sampling => Load::Sampling,
            Stage::Looking => Load::Looking(running.looking.get()),
        };
        self.app().load.set(show);
        if let Some(tell) = &running.tell {
            tell(progress);
        }
    }

    pub(super) fn wake_load(&self) {
        if let Some(wake) = self.load.wake.borrow_mut().take() {
            wake.send(()).ok();
        }
    }

    /// Ends a load whose files unpacked to more than its limit.
    pub(super) fn unpacked(self: &Rc<Inner>, json_bytes: u64) {
        let Some(running) = self.load.current.borrow().clone() else { return };
        running.json_bytes.set(running.json_bytes.get().saturating_add(json_bytes));
        let limit = self.app().preferences.with_untracked(|it| it.limits.load_bytes);
        if running.json_bytes.get() > limit {
            self.stop_load(Stop::TooLarge);
        }
    }

    /// Ends the load that runs: readers drop what they are at, the engine keeps what it has.
    pub(super) fn stop_load(self: &Rc<Inner>, stop: Stop) {
        let Some(running) = self.load.current.borrow().clone() else { return };
        if running.stop.get().is_none() {
            running.stop.set(Some(stop));
            self.release(&running);
            self.leave_out(&running);
            self.wake_load();
        }
    }
}
