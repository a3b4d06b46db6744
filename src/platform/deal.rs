//! Files in line: told to the engine, dealt to readers, left out where a load ends early.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use leptos::{prelude::*, task::spawn_local};
use web_sys::Blob;

use super::{
    Inner,
    given::{Given, Handle},
    intake::Source,
    running::{Asks, Running, Stop},
    time,
};
use crate::{
    model::{
        member::Member,
        note::{Absent, Note},
        problem::{Problem, ProblemKind},
        question::FileId,
    },
    protocol::{Announce, Call, reading::End},
    state::schedule::Totals,
};

/// Paths in one message.
const ANNOUNCED: usize = 4_096;
/// Names that a message lists.
const NAMED: usize = 5;

/// The path of a file in an archive.
pub(super) fn inside(archive: &str, member: &str) -> String {
    if member.is_empty() { archive.to_owned() } else { format!("{archive}/{member}") }
}

/// The names of what was given, for a message.
fn called(names: &[String]) -> String {
    let more = names.len().saturating_sub(NAMED);
    match names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ") {
        names if names.is_empty() => String::new(),
        names if more == 0 => format!(" of {names}"),
        names => format!(" of {names} and {more} more"),
    }
}

impl Inner {
    fn next_file(&self) -> FileId {
        FileId(u32::try_from(self.load.files.borrow().len()).unwrap_or(u32::MAX))
    }

    /// Adds files to the end of the line, and tells the engine their paths.
    pub(super) fn add_files(self: &Rc<Inner>, running: &Running, files: Vec<Given>) {
        let Some(paths) =
            (!files.is_empty()).then(|| files.iter().map(|it| it.path.clone()).collect())
        else {
            return;
        };
        let first = self.next_file();
        let before = running.expected.get();
        {
            let mut schedule = self.load.schedule.borrow_mut();
            let mut given = self.load.files.borrow_mut();
            for file in files {
                if Inner::is_chosen(running, &file.path) {
                    running.expect(&file);
                    schedule.add(file.bytes);
                } else {
                    let file = schedule.add_left_out(file.bytes);
                    running.unchosen.borrow_mut().push(file);
                }
                given.push(file);
            }
        }
        self.announce(first, paths, running.expected.get().without(before).events);
        self.hold_if_too_much(running);
        if running.is_stopped() {
            self.leave_out(running);
        }
        self.pump();
    }

    /// Takes in files of an archive, of which so many were told before; those that are known from an
    /// earlier reading are passed over. `packed` holds their bytes where the archive does not.
    pub(super) fn add_members(
        self: &Rc<Inner>,
        archive: FileId,
        first: u32,
        mut members: Vec<Member>,
        packed: Option<Blob>,
    ) {
        let files = {
            let mut given = self.load.files.borrow_mut();
            let Some(of) = given.get_mut(archive.0 as usize) else { return };
            let known = of.members.saturating_sub(first) as usize;
            if of.left && members.len() > known {
                members.truncate(known);
            }
            of.members = of.members.max(first + members.len() as u32);
            let Some(blob) = packed.or_else(|| of.blob()) else { return };
            let member = |it: Member| Given {
                bytes: it.end - it.start,
                handle: Handle::Part(blob.clone(), it.start as f64, it.end as f64),
                coding: it.coding,
                depth: of.depth + u8::from(!it.path.is_empty()),
                path: inside(&of.path, &it.path),
                members: 0,
                left: false,
            };
            members.into_iter().skip(known).map(member).collect()
        };
        if first == 0 {
            self.load.schedule.borrow_mut().unwrap(archive);
        }
        let current = self.load.current.borrow().clone();
        if let Some(running) = current {
            self.add_files(&running, files);
        }
    }

    /// All files of an archive were told that ever will be: if its load was stopped, no reader is
    /// to find more of them later, for another engine. The reader tells that to this one.
    pub(super) fn archive_listed(&self, archive: FileId, end: End) {
        self.load.schedule.borrow_mut().archive_listed(archive);
        let mut given = self.load.files.borrow_mut();
        let of = given.get_mut(archive.0 as usize).filter(|it| !it.left);
        let Some(of) = of.filter(|_| end == End::Stopped) else { return };
        of.left = true;
        let message = "The archive was not read whole, since the load was stopped. Drop it again.";
        let problems = vec![Problem::new(of.path.clone(), ProblemKind::Cancelled, message)];
        let of = Some(archive);
        self.load.notes.borrow_mut().push(Note { problems, of, ..Note::default() });
    }

    fn announce(&self, first: FileId, paths: Vec<String>, events: u64) {
        self.client.announce(Announce { first, paths, events });
    }

    /// Notes something for the engine, this one and the next.
    pub(super) fn note(self: &Rc<Inner>, note: Note) {
        self.load.notes.borrow_mut().push(note.clone());
        self.send(note);
    }

    /// Asks the engine for something whose answer says nothing.
    fn send(self: &Rc<Inner>, call: impl Call + 'static) {
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
        if self.load.current.borrow().as_ref().is_some_and(|it| it.rests()) {
            return false;
        }
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

    /// Leaves out what will not be read any more.
    pub(super) fn leave_out(self: &Rc<Inner>, running: &Running) {
        let mut schedule = self.load.schedule.borrow_mut();
        let files = match running.stop.get() {
            Some(Stop::NoReaders) => schedule.abandon(),
            _ => schedule.stop(),
        };
        running.left_out.borrow_mut().extend(files);
    }

    /// Tells the engine what a load left out, once.
    pub(super) fn note_left_out(self: &Rc<Inner>, running: &Running) {
        let files = running.left_out.take();
        let unexplored = match running.unexplored.replace(false) {
            true => running.names.clone(),
            false => Vec::new(),
        };
        let is_any = !files.is_empty() || !unexplored.is_empty();
        let Some(stop) = running.stop.get().filter(|_| is_any) else { return };
        let (kind, why) = match stop {
            Stop::Cancelled => (
                ProblemKind::Cancelled,
                format!(
                    "not read, since the load{} was stopped. Drop the folder again to add the rest.",
                    called(&running.names)
                ),
            ),
            Stop::Full => (
                ProblemKind::Memory,
                "not read: the browser gives no more memory. Close the data and drop fewer days or accounts.".to_owned(),
            ),
            Stop::TooLarge => (
                ProblemKind::TooLarge,
                "not read: the files before unpacked to more than the limit of a load. \
                 If they are logs, raise it in the Files tab and drop the folder again.".to_owned(),
            ),
            Stop::NoReaders => (
                ProblemKind::Unreadable,
                "not read: the browser could not keep a reader alive. Close other tabs and reload the page.".to_owned(),
            ),
        };
        let absent = Absent { files, unexplored, kind, why, by_choice: false };
        self.note(Note { absent: Some(absent), ..Note::default() });
    }

    /// Tells the engine what was looked through to its end, once.
    pub(super) fn note_explored(self: &Rc<Inner>, running: &Running) {
        if running.explores.replace(false) && !running.is_stopped() {
            self.note(Note { explored: running.names.clone(), ..Note::default() });
        }
    }

    /// The files of these paths; of those that were given several times the newest.
    pub(super) fn files_of(&self, paths: &[String]) -> Vec<FileId> {
        let wanted: BTreeSet<&str> = paths.iter().map(String::as_str).collect();
        let mut files = BTreeMap::new();
        for (at, it) in self.load.files.borrow().iter().enumerate() {
            if wanted.contains(it.path.as_str()) {
                files.insert(it.path.clone(), FileId(u32::try_from(at).unwrap_or(u32::MAX)));
            }
        }
        files.into_values().collect()
    }

    /// These files, to be read once more.
    pub(super) fn given_again(&self, files: &[FileId]) -> Vec<Given> {
        let given = self.load.files.borrow();
        let files = files.iter().filter_map(|it| given.get(it.0 as usize));
        files.map(|it| Given { members: 0, left: false, ..it.clone() }).collect()
    }

    /// A file that ended its reader.
    pub(super) fn lost(self: &Rc<Inner>, file: FileId) {
        let path = self.load.files.borrow().get(file.0 as usize).map(|it| it.path.clone());
        let message = "The reader stopped over this file, twice. Nothing of it was kept; all other files are read. \
                       Look whether it is damaged or much too large.";
        let problem = Problem::new(path.unwrap_or_default(), ProblemKind::Unreadable, message);
        let (problems, of) = (vec![problem], Some(file));
        self.note(Note { problems, of, is_lost: true, ..Note::default() });
    }

    /// No reader runs in this browser.
    pub(super) fn no_readers(self: &Rc<Inner>) {
        self.pool.broken.set(true);
        self.stop_load(Stop::NoReaders);
    }

    /// A new engine knows nothing: tells it everything, and has every file read again.
    pub(super) fn read_everything_again(self: &Rc<Inner>) {
        let given = self.load.files.borrow();
        for (at, some) in given.chunks(ANNOUNCED).enumerate() {
            let first = u32::try_from(at * ANNOUNCED).unwrap_or(u32::MAX);
            let about = some.iter().filter(|it| it.depth == 0).map(|it| it.estimate().events);
            let paths = some.iter().map(|it| it.path.clone()).collect();
            self.announce(FileId(first), paths, about.sum());
        }
        let is_empty = given.is_empty();
        drop(given);
        for note in self.load.notes.borrow().iter() {
            self.send(note.clone());
        }
        self.load.schedule.borrow_mut().engine_died();
        let current = self.load.current.borrow().clone();
        match current {
            Some(running) => {
                running.before.set(Totals::default());
                // What waits is not what it was.
                if self.app().choice.with_untracked(Option::is_some) {
                    let inner = Rc::clone(self);
                    spawn_local(async move { inner.open_choice(&running).await });
                }
            },
            None if is_empty => (),
            None => drop(self.open(Source::Forgotten, Asks::Never, None)),
        }
        self.pump();
        self.wake_load();
    }
}
