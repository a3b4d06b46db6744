//! Who reads which files next. Pure: the clock and all that happens come as arguments, what is to
//! be done comes back as values; `platform` does it.
//!
//! Files are dealt to readers in groups, a few a reader, so that a reader never waits for the page.
//! A group leaves its reader's desk when the engine has taken it in: a slow engine slows the
//! dealing, and memory stays bounded. When a reader dies, the group that it was at is dealt again
//! file by file, so that the file that kills is alone and can be named; nothing else is lost.

mod desk;

use std::collections::{BTreeSet, VecDeque};

use crate::model::question::FileId;
use desk::{Dealt, Desk, Given, Holds};

/// At most so many files travel in one message.
pub const GROUP_FILES: usize = 256;
/// A group holds at most so many bytes, unless one file alone has more.
pub const GROUP_BYTES: u64 = 16 << 20;
/// Groups on one reader's desk: one that it reads, one that is next.
const QUEUED: usize = 2;
/// One more where groups are small: to open their files takes longer than to read them.
const QUEUED_SMALL: usize = 3;
/// Smaller groups cost more than they win.
const SMALL_FILES: usize = 32;
const SMALL_BYTES: u64 = 1 << 20;

/// Files for one reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Never used twice.
    pub number: u32,
    /// In the order in which they were given.
    pub files: Vec<FileId>,
}

/// How far everything is that was added since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Read by a reader, or given up.
    pub files_done: u64,
    /// Added and not left out.
    pub files: u64,
    /// Bytes of `files_done`, and those of files under way.
    pub bytes_done: u64,
    /// Bytes of `files`.
    pub bytes: u64,
    /// Events that readers have read, duplicates among them.
    pub events: u64,
}

/// Which files wait, and who is at which.
#[derive(Clone, Debug, Default)]
pub struct Schedule {
    files: Vec<Given>,
    waiting: VecDeque<FileId>,
    waiting_bytes: u64,
    /// Groups of dead readers; first in line.
    again: VecDeque<Vec<FileId>>,
    desks: Vec<Desk>,
    /// Archives that the engine has heard of and whose members are not all here yet.
    unlisted: BTreeSet<FileId>,
    next_group: u32,
    done: Totals,
}

impl Schedule {
    /// Nothing to read yet, for so many readers.
    pub fn new(readers: usize) -> Schedule {
        Schedule { desks: vec![Desk::default(); readers], ..Schedule::default() }
    }

    /// One more file, to be read last.
    pub fn add(&mut self, bytes: u64) -> FileId {
        let file = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Given { bytes, out: false, suspect: false, holds: Holds::Events });
        self.done.files += 1;
        self.done.bytes += bytes;
        self.wait(file);
        file
    }

    /// One more file, which is left out.
    pub fn add_left_out(&mut self, bytes: u64) -> FileId {
        let file = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Given { bytes, out: true, suspect: false, holds: Holds::Events });
        file
    }

    /// How many files were ever added.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether no file was ever added.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The next group for a reader, if its desk has room and a file waits.
    pub fn deal(&mut self, reader: usize, now_millis: f64) -> Option<Group> {
        let groups = &self.desks.get(reader)?.groups;
        let are_small = groups.iter().map(|it| it.bytes).sum::<u64>() <= SMALL_BYTES;
        if groups.len() >= if are_small { QUEUED_SMALL } else { QUEUED } {
            return None;
        }
        let files = self.again.pop_front().or_else(|| self.cut())?;
        let group = Group { number: self.next_group, files };
        self.next_group = self.next_group.wrapping_add(1);
        let bytes = group.files.iter().map(|it| self.bytes(*it)).sum();
        let desk = self.desks.get_mut(reader)?;
        if desk.groups.iter().all(|it| it.read) {
            desk.heard_millis = now_millis;
        }
        desk.groups.push(Dealt {
            group: group.clone(),
            bytes,
            read: false,
            bytes_read: 0,
            events: 0,
        });
        Some(group)
    }

    /// The reader said that it listens.
    pub fn ready(&mut self, reader: usize, now_millis: f64) {
        if let Some(desk) = self.desks.get_mut(reader) {
            desk.ready = true;
            desk.heard_millis = now_millis;
        }
    }

    /// The reader gave a sign of life.
    pub fn heard(&mut self, reader: usize, now_millis: f64) {
        if let Some(desk) = self.desks.get_mut(reader) {
            desk.heard_millis = now_millis;
        }
    }

    /// So many bytes and events of a group are read by now.
    pub fn reading(&mut self, reader: usize, group: u32, bytes: u64, events: u64) {
        if let Some(dealt) = self.dealt(reader, group) {
            dealt.bytes_read = bytes.min(dealt.bytes);
            dealt.events = events;
        }
    }

    /// The reader sent the group's batch to the engine.
    pub fn read(&mut self, reader: usize, group: u32) {
        if let Some(dealt) = self.dealt(reader, group).filter(|it| !it.read) {
            dealt.read = true;
            let (bytes, events) = (dealt.bytes, dealt.events);
            let group = dealt.group.files.clone();
            self.done.files_done += group.iter().filter(|it| self.counts(**it)).count() as u64;
            self.done.bytes_done += bytes;
            self.done.events += events;
        }
    }

    /// The engine took the group in. Groups of an earlier engine are unknown and change nothing.
    pub fn merged(&mut self, group: u32) {
        for reader in 0..self.desks.len() {
            // The engine can be faster than the reader's own word.
            self.read(reader, group);
            self.desks[reader].groups.retain(|it| it.group.number != group);
        }
    }

    /// The engine took in these archives, whose members are files of their own. The page may have
    /// heard of all their members before.
    pub fn archives_met(&mut self, archives: &[FileId]) {
        let files = &self.files;
        let is_unlisted =
            |it: &&FileId| files.get(it.0 as usize).is_some_and(|it| it.holds != Holds::Listed);
        self.unlisted.extend(archives.iter().filter(is_unlisted));
    }

    /// All members of an archive were added.
    pub fn archive_listed(&mut self, archive: FileId) {
        if let Some(given) = self.files.get_mut(archive.0 as usize) {
            given.holds = Holds::Listed;
        }
        self.unlisted.remove(&archive);
    }

    /// A file turns out to be an archive: from now on its members count, and it does not. A reader
    /// that takes over for a dead one says it again.
    pub fn unwrap(&mut self, archive: FileId) {
        let Some(given) = self.files.get_mut(archive.0 as usize) else { return };
        if given.holds != Holds::Events || given.out {
            return;
        }
        given.holds = Holds::Files;
        let bytes = std::mem::take(&mut given.bytes);
        self.done.bytes -= bytes;
        self.done.files -= 1;
        let groups = self.desks.iter_mut().flat_map(|it| &mut it.groups);
        for dealt in groups.filter(|it| it.group.files.contains(&archive)) {
            dealt.bytes -= bytes;
        }
    }

    /// The reader is dead; its successor begins with an empty desk. Gives back the file that killed
    /// it, if it was alone: it will not be read again.
    pub fn reader_died(&mut self, reader: usize) -> Option<FileId> {
        let desk = self.desks.get_mut(reader)?;
        desk.ready = false;
        let (sent, mut unread): (Vec<Dealt>, Vec<Dealt>) =
            std::mem::take(&mut desk.groups).into_iter().partition(|it| it.read);
        desk.groups = sent;
        if unread.is_empty() {
            return None;
        }
        let killer = unread.remove(0).group.files;
        for innocent in unread.into_iter().rev() {
            self.again.push_front(innocent.group.files);
        }
        if let [file] = killer[..]
            && self.files.get(file.0 as usize).is_some_and(|it| it.suspect)
        {
            self.leave_out(file);
            self.done.files_done += u64::from(self.counts(file));
            self.done.bytes_done += self.bytes(file);
            return Some(file);
        }
        for file in killer.into_iter().rev() {
            if let Some(given) = self.files.get_mut(file.0 as usize) {
                given.suspect = true;
            }
            self.again.push_front(vec![file]);
        }
        None
    }

    /// The engine is dead with all that it held: everything is to be read again, by new readers,
    /// but for the files that were left out or that kill.
    pub fn engine_died(&mut self) {
        for desk in &mut self.desks {
            *desk = Desk::default();
        }
        self.again.clear();
        self.waiting.clear();
        self.waiting_bytes = 0;
        self.unlisted.clear();
        self.done = Totals::default();
        for at in 0..self.files.len() {
            let given = self.files[at];
            if given.out {
                continue;
            }
            self.done.files += u64::from(given.holds == Holds::Events);
            self.done.bytes += given.bytes;
            let file = FileId(u32::try_from(at).unwrap_or(u32::MAX));
            if given.suspect {
                self.again.push_back(vec![file]);
            } else {
                self.wait(file);
            }
        }
    }

    /// What no reader was given yet.
    pub fn waiting(&self) -> Vec<FileId> {
        self.again.iter().flatten().chain(&self.waiting).copied().collect()
    }

    /// What readers and the engine are at.
    pub fn under_way(&self) -> impl Iterator<Item = FileId> {
        self.desks.iter().flat_map(|it| &it.groups).flat_map(|it| &it.group.files).copied()
    }

    /// Leaves out whatever no reader was given yet; which files that is. What readers are at
    /// is finished, but for archives: a batch may be with the engine before the page hears of it.
    pub fn stop(&mut self) -> Vec<FileId> {
        self.keep_only(|_| false)
    }

    /// Of what no reader was given yet, leaves out what is not wanted; which files that is.
    pub fn keep_only(&mut self, is_wanted: impl Fn(FileId) -> bool) -> Vec<FileId> {
        let mut left_out = Vec::new();
        let mut keep = |file: &FileId| {
            let wanted = is_wanted(*file);
            left_out.extend((!wanted).then_some(*file));
            wanted
        };
        self.waiting.retain(&mut keep);
        self.again.iter_mut().for_each(|it| it.retain(&mut keep));
        self.again.retain(|it| !it.is_empty());
        self.waiting_bytes = self.waiting.iter().map(|it| self.bytes(*it)).sum();
        self.leave_out_all(&left_out);
        left_out
    }

    /// Leaves out whatever the engine was not given: no reader lives that could finish it.
    pub fn abandon(&mut self) -> Vec<FileId> {
        let mut unread = Vec::new();
        for desk in &mut self.desks {
            desk.ready = false;
            let groups = std::mem::take(&mut desk.groups).into_iter();
            let (sent, left): (Vec<Dealt>, Vec<Dealt>) = groups.partition(|it| it.read);
            desk.groups = sent;
            unread.extend(left.into_iter().flat_map(|it| it.group.files));
        }
        self.leave_out_all(&unread);
        unread.extend(self.stop());
        unread
    }

    fn leave_out_all(&mut self, files: &[FileId]) {
        for file in files {
            self.leave_out(*file);
            self.done.files -= u64::from(self.counts(*file));
            self.done.bytes -= self.bytes(*file);
        }
    }

    /// Readers that have been silent for too long over what they are at.
    pub fn silent(&self, now_millis: f64) -> Vec<usize> {
        let is_silent = |it: &usize| self.desks[*it].is_silent(now_millis, |it| self.bytes(it));
        (0..self.desks.len()).filter(is_silent).collect()
    }

    /// The page itself stood still: silence until now proves nothing.
    pub fn forgive(&mut self, now_millis: f64) {
        for desk in &mut self.desks {
            desk.heard_millis = now_millis;
        }
    }

    /// Whether every file is with the engine or left out.
    pub fn is_over(&self) -> bool {
        self.unlisted.is_empty()
            && self.waiting.is_empty()
            && self.again.is_empty()
            && self.desks.iter().all(|it| it.groups.is_empty())
    }

    /// Whether a reader goes through an archive, and so finds more files.
    pub fn is_growing(&self) -> bool {
        let holds = |it: FileId| self.files.get(it.0 as usize).map(|it| it.holds);
        self.under_way().any(|it| holds(it) == Some(Holds::Files))
    }

    /// How far everything is.
    pub fn totals(&self) -> Totals {
        let under_way = self.desks.iter().flat_map(|it| &it.groups).filter(|it| !it.read);
        under_way.fold(self.done, |sum, it| Totals {
            bytes_done: sum.bytes_done + it.bytes_read,
            events: sum.events + it.events,
            ..sum
        })
    }

    fn wait(&mut self, file: FileId) {
        self.waiting_bytes += self.bytes(file);
        self.waiting.push_back(file);
    }

    /// The next files in line: a fair share, so that all readers end at about the same time.
    fn cut(&mut self) -> Option<Vec<FileId>> {
        let shares = (self.desks.len() * QUEUED).max(1);
        let most_files = self.waiting.len().div_ceil(shares).clamp(SMALL_FILES, GROUP_FILES);
        let most_bytes = (self.waiting_bytes / shares as u64).clamp(SMALL_BYTES, GROUP_BYTES);
        let mut files = Vec::new();
        let mut bytes = 0;
        while let Some(next) = self.waiting.front().copied() {
            let size = self.bytes(next);
            if !files.is_empty() && (files.len() >= most_files || bytes + size > most_bytes) {
                break;
            }
            self.waiting.pop_front();
            files.push(next);
            bytes += size;
        }
        self.waiting_bytes -= bytes;
        (!files.is_empty()).then_some(files)
    }

    /// Whether the file is one by itself: an archive's members are, and it is not.
    fn counts(&self, file: FileId) -> bool {
        self.files.get(file.0 as usize).is_some_and(|it| it.holds == Holds::Events)
    }

    fn bytes(&self, file: FileId) -> u64 {
        self.files.get(file.0 as usize).map_or(0, |it| it.bytes)
    }

    fn leave_out(&mut self, file: FileId) {
        if let Some(given) = self.files.get_mut(file.0 as usize) {
            given.out = true;
        }
    }

    fn dealt(&mut self, reader: usize, group: u32) -> Option<&mut Dealt> {
        self.desks.get_mut(reader)?.groups.iter_mut().find(|it| it.group.number == group)
    }
}

#[cfg(test)]
mod tests;
