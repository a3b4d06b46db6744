//! What came in, added up.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{
        note::{Absent, Note},
        problem::{Problem, ProblemKind},
        question::FileId,
        report::{ByteCounts, FileCounts, Report},
    },
    reader::batch::{Batch, FileResult, FileStatus},
};

use super::{repeats::Repeats, replaced::Replaced, table::Table};

#[derive(Default)]
pub(crate) struct Tally {
    /// Everything, also what was replaced since; its problems stand in `problems`.
    pub(crate) counts: Report,
    /// By the number of the file.
    files: Vec<Fate>,
    /// With the files that they are of, where they are of one that was announced.
    problems: Vec<(Option<FileId>, Problem)>,
    /// What files added to the counts that another reading may replace.
    added: BTreeMap<FileId, Added>,
    absent: Vec<Absent>,
    /// Files that are read once more.
    pub(crate) again: BTreeSet<FileId>,
}

/// What one file added to the counts.
#[derive(Clone, Copy, Default)]
struct Added {
    files: FileCounts,
    rejected: u64,
    bytes: ByteCounts,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It was announced, and did not come yet.
    #[default]
    Unread,
    /// It will not come: a person left it out, or stopped the load.
    LeftOut,
    /// It will not come, since something else ended the load.
    NotReached,
    Read,
    Empty,
    /// Nothing was read, or not all.
    Failed,
    Digest,
    /// Something else than a log.
    Foreign,
    Archive,
    /// An archive that was not gone through to its end.
    TornArchive,
}

impl Fate {
    /// By its status and the kinds of its problems.
    fn of(status: FileStatus, mut kinds: impl Iterator<Item = ProblemKind> + Clone) -> Fate {
        use ProblemKind::{
            BadJson, Cancelled, CorruptGzip, Digest, Empty, NotCloudTrail, TooLarge, TruncatedGzip,
        };
        let has = |kind: ProblemKind| kinds.clone().any(|it| it == kind);
        match status {
            FileStatus::Container if kinds.clone().next().is_some() => Fate::TornArchive,
            FileStatus::Container => Fate::Archive,
            // An archive that was left before its first file.
            FileStatus::Skipped if has(Cancelled) => Fate::LeftOut,
            FileStatus::Skipped if has(Digest) => Fate::Digest,
            FileStatus::Skipped if has(Empty) => Fate::Empty,
            FileStatus::Skipped => Fate::Foreign,
            FileStatus::Failed if has(NotCloudTrail) => Fate::Foreign,
            FileStatus::Failed => Fate::Failed,
            FileStatus::Read => {
                let torn = [TruncatedGzip, CorruptGzip, BadJson, TooLarge];
                if kinds.any(|it| torn.contains(&it)) { Fate::Failed } else { Fate::Read }
            },
        }
    }

    /// Whether no reader had it.
    pub(crate) fn is_unread(self) -> bool {
        matches!(self, Fate::Unread | Fate::LeftOut | Fate::NotReached)
    }

    pub(crate) fn is_archive(self) -> bool {
        matches!(self, Fate::Archive | Fate::TornArchive)
    }

    /// Whether something of the file may not be there.
    pub(crate) fn lacks(self) -> bool {
        self.is_unread() || matches!(self, Fate::Failed | Fate::TornArchive)
    }
}

impl Tally {
    /// Adds a batch of which so many events were kept.
    pub(crate) fn add(&mut self, batch: &Batch, kept: u32, paths: &[String]) {
        // Problems come in the order of the files.
        let mut problems = batch.problems.as_slice();
        for file in &batch.files {
            let path = paths.get(file.file.0 as usize).map_or("", String::as_str);
            let own = problems.iter().take_while(|it| it.path == path).count();
            let (of_file, rest) = problems.split_at(own);
            problems = rest;
            let fate = Fate::of(file.status, of_file.iter().map(|it| it.kind));
            self.problems.extend(of_file.iter().map(|it| (Some(file.file), it.clone())));
            self.note_fate(file.file, fate);
            self.count(file, fate);
        }
        self.problems.extend(problems.iter().map(|it| (None, it.clone())));
        self.counts.events.kept += u64::from(kept);
        self.counts.events.duplicates += u64::from(batch.rows.saturating_sub(kept));
    }

    fn count(&mut self, file: &FileResult, fate: Fate) {
        let mut added = Added {
            files: FileCounts { found: 1, ..FileCounts::default() },
            rejected: u64::from(file.rejected),
            bytes: ByteCounts { compressed: file.compressed_bytes, json: file.json_bytes },
        };
        let counts = &mut self.counts;
        match file.status {
            FileStatus::Read => added.files.read = 1,
            FileStatus::Skipped => added.files.skipped = 1,
            FileStatus::Failed => added.files.failed = 1,
            // Its members are announced as files of their own.
            FileStatus::Container => {
                added.files.found = 0;
                take(&mut counts.files.found, 1);
            },
        }
        counts.files.read += added.files.read;
        counts.files.skipped += added.files.skipped;
        counts.files.failed += added.files.failed;
        counts.events.rejected += added.rejected;
        counts.events.read += u64::from(file.rows) + added.rejected;
        counts.bytes.compressed += added.bytes.compressed;
        counts.bytes.json += added.bytes.json;
        if fate.lacks() {
            self.added.insert(file.file, added);
        }
    }

    /// What became of a file.
    pub(crate) fn fate(&self, file: usize) -> Fate {
        self.files.get(file).copied().unwrap_or_default()
    }

    fn note_fate(&mut self, file: FileId, fate: Fate) {
        let at = file.0 as usize;
        if self.files.len() <= at {
            self.files.resize(at + 1, Fate::default());
        }
        self.files[at] = fate;
    }

    /// Counts the files of a batch that there is no room for.
    pub(crate) fn refuse(&mut self, batch: &Batch, paths: &[String]) {
        for file in &batch.files {
            let path = paths.get(file.file.0 as usize).cloned().unwrap_or_default();
            let message = "no memory is left for this file's events; load fewer days, regions or accounts at once";
            self.problems.push((Some(file.file), Problem::new(path, ProblemKind::Memory, message)));
            self.lose(file.file);
        }
    }

    fn lose(&mut self, file: FileId) {
        self.note_fate(file, Fate::Failed);
        self.counts.files.failed += 1;
        let files = FileCounts { found: 1, failed: 1, ..FileCounts::default() };
        self.added.insert(file, Added { files, ..Added::default() });
    }

    /// Takes in what the page knows of files.
    pub(crate) fn note(&mut self, note: Note) {
        let Note { withheld, absent, problems, of, is_lost, again, explored } = note;
        self.counts.files.found += withheld;
        self.counts.files.failed += withheld;
        self.problems.extend(problems.into_iter().map(|it| (of, it)));
        if let Some(lost) = of.filter(|_| is_lost) {
            self.lose(lost);
        }
        self.again.extend(again);
        for absent in &mut self.absent {
            absent.unexplored.retain(|it| !explored.contains(it));
        }
        let Some(absent) = absent else { return };
        let (fate, count) = match absent.kind {
            ProblemKind::Cancelled => (Fate::LeftOut, &mut self.counts.files.skipped),
            _ => (Fate::NotReached, &mut self.counts.files.failed),
        };
        *count += absent.files.len() as u64;
        for file in &absent.files {
            self.note_fate(*file, fate);
        }
        self.absent.push(absent);
    }

    /// What stands of everything that came in.
    pub(crate) fn report(&self, replaced: &Replaced, table: &Table, repeats: &Repeats) -> Report {
        let mut report = self.counts.clone();
        for at in replaced.files() {
            let added = self.added.get(&at).copied().unwrap_or_default();
            let of_fate = match self.fate(at.0 as usize) {
                Fate::LeftOut => FileCounts { found: 1, skipped: 1, ..FileCounts::default() },
                Fate::NotReached => FileCounts { found: 1, failed: 1, ..FileCounts::default() },
                _ => added.files,
            };
            take(&mut report.files.found, of_fate.found);
            take(&mut report.files.read, of_fate.read);
            take(&mut report.files.skipped, of_fate.skipped);
            take(&mut report.files.failed, of_fate.failed);
            take(&mut report.events.rejected, added.rejected);
            take(&mut report.events.read, added.rejected);
            take(&mut report.bytes.compressed, added.bytes.compressed);
            take(&mut report.bytes.json, added.bytes.json);
        }
        let twice = repeats.read_again(table, replaced);
        take(&mut report.events.read, twice);
        take(&mut report.events.duplicates, twice);
        let stands = |it: &&(Option<FileId>, Problem)| !it.0.is_some_and(|it| replaced.has(it));
        report.problems.extend(self.problems.iter().filter(stands).map(|it| it.1.clone()));
        for absent in &self.absent {
            let problem = problem(absent, replaced);
            report.by_choice += u64::from(absent.by_choice && problem.is_some());
            report.problems.extend(problem);
        }
        report
    }
}

/// Takes what was replaced off a count, which never wraps.
fn take(count: &mut u64, replaced: u64) {
    *count = count.saturating_sub(replaced);
}

/// What is told of files that are still absent; nothing where none is.
fn problem(absent: &Absent, replaced: &Replaced) -> Option<Problem> {
    let files = absent.files.iter().filter(|it| !replaced.has(**it)).count();
    let count = match (files, !absent.unexplored.is_empty()) {
        (0, false) => return None,
        (0, true) => "Files that were not found yet were".to_owned(),
        (1, false) => "1 file was".to_owned(),
        (_, false) => format!("{files} files were"),
        (1, true) => "1 file, and those that were not found yet, were".to_owned(),
        (_, true) => format!("{files} files, and those that were not found yet, were"),
    };
    Some(Problem::new("", absent.kind, format!("{count} {}", absent.why)))
}
