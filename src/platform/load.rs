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
use web_sys::File;

use super::{Inner, intake::Source, time};
use crate::{
    model::{
        problem::{Problem, ProblemKind},
        question::FileId,
        report::Report,
    },
    protocol::{Announce, DataStatus, Note, ReportQuery, Settle, failure::Failure},
    state::{
        load::{Load, Progress},
        schedule::{Schedule, Totals},
    },
};

/// How often a load says how far it is.
const TELL_MILLIS: i32 = 100;
/// A clock that jumps this far means that the page itself stood still.
const JUMP_MILLIS: f64 = 3_000.0;
/// Paths in one message.
const ANNOUNCED: usize = 4_096;

/// A file that was given, kept as long as its events.
pub(super) struct Given {
    pub(super) path: String,
    pub(super) bytes: u64,
    pub(super) handle: File,
}

pub(super) struct Loads {
    pub(super) schedule: RefCell<Schedule>,
    pub(super) files: RefCell<Vec<Given>>,
    /// What the engine was told of files that do not come; a new engine is told again.
    notes: RefCell<Vec<Note>>,
    queue: RefCell<VecDeque<Job>>,
    current: RefCell<Option<Rc<Running>>>,
    next_job: Cell<u32>,
    working: Cell<bool>,
    pumping: Cell<bool>,
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
    tell: Option<TellProgress>,
    done: oneshot::Sender<Result<Report, Failure>>,
    cancelled: bool,
}

/// The load that runs.
pub(super) struct Running {
    id: u32,
    epoch: u32,
    pub(super) stop: Cell<Option<Stop>>,
    pub(super) stage: Cell<Stage>,
    pub(super) found: Cell<u64>,
    started_millis: f64,
    /// What earlier loads had done.
    before: Cell<Totals>,
    left_out: Cell<u64>,
    tell: Option<TellProgress>,
}

/// Why a load ends before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    Cancelled,
    /// The engine takes no more.
    Full,
    /// No reader lives.
    NoReaders,
}

/// What a load is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Walking,
    Sampling,
    Reading,
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

    /// Forgets all files and all loads.
    pub(super) fn forget(&self, readers: usize) {
        self.epoch.set(self.epoch.get() + 1);
        *self.schedule.borrow_mut() = Schedule::new(readers);
        self.files.borrow_mut().clear();
        self.notes.borrow_mut().clear();
        self.queue.borrow_mut().clear();
        self.current.borrow_mut().take();
        self.elapsed_millis.set(0.0);
    }
}

impl Running {
    /// Whether nothing more is to be taken in.
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.get().is_some()
    }
}

impl Inner {
    /// Takes files in, after those that were given before.
    pub(super) fn open(self: &Rc<Inner>, source: Source, tell: Option<TellProgress>) -> Opening {
        let (done, over) = oneshot::channel();
        let id = self.load.next_job.replace(self.load.next_job.get() + 1);
        if !self.is_loading() {
            self.app().load.set(source.stage().show(0));
        }
        self.load.queue.borrow_mut().push_back(Job { id, source, tell, done, cancelled: false });
        if !self.load.working.replace(true) {
            let inner = Rc::clone(self);
            spawn_local(async move { inner.work().await });
        }
        Opening { id, done: over }
    }

    /// Stops one load, or all; what has arrived stays.
    pub(super) fn cancel(self: &Rc<Inner>, id: Option<u32>) {
        for job in self.load.queue.borrow_mut().iter_mut() {
            job.cancelled |= id.is_none_or(|it| it == job.id);
        }
        let current = self.load.current.borrow().as_ref().map(|it| it.id);
        if current.is_some() && id.is_none_or(|it| Some(it) == current) {
            self.stop_load(Stop::Cancelled);
        }
    }

    pub(super) fn is_loading(&self) -> bool {
        self.app().load.with_untracked(Load::is_running)
    }

    async fn work(self: Rc<Inner>) {
        while let Some(job) = self.next_job() {
            let (running, end) = self.run(job.0, job.1, job.2).await;
            let _same = running;
            if self.load.queue.borrow().is_empty() {
                self.app().load.set(Load::Idle);
                self.load.working.set(false);
            }
            job.3.send(end).ok();
        }
        self.load.working.set(false);
    }

    #[expect(clippy::type_complexity, reason = "taken apart at once by its only caller")]
    fn next_job(
        &self,
    ) -> Option<(u32, Source, (Option<TellProgress>, bool), oneshot::Sender<Result<Report, Failure>>)> {
        let job = self.load.queue.borrow_mut().pop_front()?;
        Some((job.id, job.source, (job.tell, job.cancelled), job.done))
    }

    async fn run(
        self: &Rc<Inner>,
        id: u32,
        source: Source,
        (tell, cancelled): (Option<TellProgress>, bool),
    ) -> (u32, Result<Report, Failure>) {
        let running = Rc::new(Running {
            id,
            epoch: self.load.epoch.get(),
            stop: Cell::new(None),
            stage: Cell::new(source.stage()),
            found: Cell::new(0),
            started_millis: time::now_millis(),
            before: Cell::new(self.load.schedule.borrow().totals()),
            left_out: Cell::new(0),
            tell,
        });
        *self.load.current.borrow_mut() = Some(Rc::clone(&running));
        if cancelled {
            self.stop_load(Stop::Cancelled);
        } else if self.app().data.with_untracked(|it| it.full) {
            self.stop_load(Stop::Full);
        }
        spawn_local(Rc::clone(self).watch(Rc::clone(&running)));
        let end = self.take_all(&running, source).await;
        if self.is_current(&running) {
            self.load.current.borrow_mut().take();
            self.engine.calm_millis.set(time::now_millis());
        }
        (id, end)
    }

    async fn take_all(self: &Rc<Inner>, running: &Rc<Running>, source: Source) -> Result<Report, Failure> {
        let taken = self.take_in(running, source).await;
        running.stage.set(Stage::Reading);
        loop {
            if !self.is_current(running) {
                return Err(Failure::Cancelled);
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
            match self.client.call(Settle).await {
                Ok(status) => self.settled(status),
                // Another engine reads everything again: so wait again.
                Err(Failure::EngineStopped { .. }) => continue,
                Err(failure) => return Err(failure),
            }
            let millis = time::now_millis() - running.started_millis;
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

    fn settled(&self, status: DataStatus) {
        self.app().data.set(status);
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

    fn tell(&self, running: &Running) {
        let (now, before) = (self.load.schedule.borrow().totals(), running.before.get());
        let progress = Progress {
            files_done: now.files_done.saturating_sub(before.files_done),
            files_total: now.files.saturating_sub(before.files),
            bytes_done: now.bytes_done.saturating_sub(before.bytes_done),
            bytes_total: now.bytes.saturating_sub(before.bytes),
            events: now.events.saturating_sub(before.events),
            elapsed_millis: time::now_millis() - running.started_millis,
        };
        let stage = running.stage.get();
        let show = if stage == Stage::Walking && progress.bytes_done == 0 {
            Load::Walking { found: running.found.get() }
        } else if stage == Stage::Sampling {
            Load::Sampling
        } else {
            Load::Reading(progress)
        };
        self.app().load.set(show);
        if let Some(tell) = &running.tell {
            tell(progress);
        }
    }

    /// Adds files to the end of the line, and tells the engine their paths.
    pub(super) fn add_files(self: &Rc<Inner>, running: &Running, files: Vec<(String, File)>) {
        let Some(paths) = (!files.is_empty()).then(|| files.iter().map(|it| it.0.clone()).collect()) else {
            return;
        };
        let first = FileId(u32::try_from(self.load.files.borrow().len()).unwrap_or(u32::MAX));
        running.found.set(running.found.get() + files.len() as u64);
        {
            let mut schedule = self.load.schedule.borrow_mut();
            let mut given = self.load.files.borrow_mut();
            for (path, handle) in files {
                let bytes = handle.size() as u64;
                schedule.add(bytes);
                given.push(Given { path, bytes, handle });
            }
        }
        self.announce(first, paths);
        if running.is_stopped() {
            self.leave_out(running);
        }
        self.pump();
    }

    fn announce(self: &Rc<Inner>, first: FileId, paths: Vec<String>) {
        self.send(Announce { first, paths });
    }

    /// Notes something for the engine, this one and the next.
    pub(super) fn note(self: &Rc<Inner>, note: Note) {
        self.load.notes.borrow_mut().push(note.clone());
        self.send(note);
    }

    /// Asks the engine for something whose answer says nothing.
    fn send(self: &Rc<Inner>, call: impl crate::protocol::Call + 'static) {
        let client = self.client.clone();
        spawn_local(async move {
            client.call(call).await.ok();
        });
    }

    /// Deals out whatever desks have room for, a group at a time: a message with hundreds of files
    /// takes the browser some milliseconds.
    pub(super) fn pump(self: &Rc<Inner>) {
        if self.load.pumping.replace(true) {
            return;
        }
        let inner = Rc::clone(self);
        spawn_local(async move {
            while inner.deal_one() {
                time::next_task().await;
            }
            inner.load.pumping.set(false);
        });
    }

    fn deal_one(&self) -> bool {
        let now = time::now_millis();
        for reader in 0..self.readers() {
            let group = self.load.schedule.borrow_mut().deal(reader, now);
            if let Some(group) = group {
                self.send_group(reader, group);
                return true;
            }
        }
        false
    }

    pub(super) fn wake_load(&self) {
        if let Some(wake) = self.load.wake.borrow_mut().take() {
            wake.send(()).ok();
        }
    }

    /// Ends the load that runs: readers drop what they are at, the engine keeps what it has.
    pub(super) fn stop_load(self: &Rc<Inner>, stop: Stop) {
        let Some(running) = self.load.current.borrow().clone() else { return };
        if running.stop.get().is_none() {
            running.stop.set(Some(stop));
            self.leave_out(&running);
            self.wake_load();
        }
    }

    fn leave_out(self: &Rc<Inner>, running: &Running) {
        let left_out = self.load.schedule.borrow_mut().stop();
        running.left_out.set(running.left_out.get() + left_out.files);
        for reader in left_out.readers {
            self.replace_reader(reader);
        }
    }

    fn note_left_out(self: &Rc<Inner>, running: &Running) {
        let files = running.left_out.replace(0);
        let Some(stop) = running.stop.get().filter(|_| files > 0) else { return };
        let count = if files == 1 { "1 file was".to_owned() } else { format!("{files} files were") };
        let (kind, message) = match stop {
            Stop::Cancelled => (
                ProblemKind::Cancelled,
                format!("{count} not read, since the load was stopped. Drop the folder again to add the rest."),
            ),
            Stop::Full => (
                ProblemKind::Memory,
                format!("{count} not read: the browser gives no more memory. Close the data and drop fewer days or accounts."),
            ),
            Stop::NoReaders => (
                ProblemKind::Unreadable,
                format!("{count} not read: the browser could not keep a reader alive. Close other tabs and reload the page."),
            ),
        };
        let (skipped, failed) = if stop == Stop::Cancelled { (files, 0) } else { (0, files) };
        self.note(Note { skipped, failed, problems: vec![Problem::new("", kind, message)] });
    }

    /// A file that ended its reader.
    pub(super) fn lost(self: &Rc<Inner>, file: FileId) {
        let path = self.load.files.borrow().get(file.0 as usize).map(|it| it.path.clone());
        let message = "The reader stopped over this file, twice. Nothing of it was kept; all other files are read. \
                       Look whether it is damaged or much too large.";
        let problem = Problem::new(path.unwrap_or_default(), ProblemKind::Unreadable, message);
        self.note(Note { skipped: 0, failed: 1, problems: vec![problem] });
    }

    /// No reader runs in this browser.
    pub(super) fn no_readers(self: &Rc<Inner>, _why: &str) {
        self.stop_load(Stop::NoReaders);
    }

    /// A new engine knows nothing: tells it everything, and has every file read again.
    pub(super) fn read_everything_again(self: &Rc<Inner>) {
        let paths: Vec<String> = self.load.files.borrow().iter().map(|it| it.path.clone()).collect();
        for (at, some) in paths.chunks(ANNOUNCED).enumerate() {
            let first = u32::try_from(at * ANNOUNCED).unwrap_or(u32::MAX);
            self.announce(FileId(first), some.to_vec());
        }
        for note in self.load.notes.borrow().iter() {
            self.send(note.clone());
        }
        self.load.schedule.borrow_mut().engine_died();
        let current = self.load.current.borrow().clone();
        match current {
            Some(running) => running.before.set(Totals::default()),
            None if paths.is_empty() => (),
            None => drop(self.open(Source::Again, None)),
        }
        self.pump();
        self.wake_load();
    }
}

impl Stage {
    /// As the page shows it before anything is read.
    pub(super) fn show(self, found: u64) -> Load {
        match self {
            Stage::Walking => Load::Walking { found },
            Stage::Sampling => Load::Sampling,
            Stage::Reading => Load::Reading(Progress::default()),
        }
    }
}
