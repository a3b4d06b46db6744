//! What came in, added up.

use crate::{
    model::{
        problem::{Problem, ProblemKind},
        question::FileId,
        report::Report,
    },
    reader::batch::{Batch, FileStatus},
};

#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) report: Report,
    /// By the number of the file.
    files: Vec<Fate>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It was announced, and did not come.
    #[default]
    Unread,
    Read,
    Empty,
    /// Nothing was read, or not all.
    Failed,
    Digest,
    /// Something else than a log.
    Foreign,
    Archive,
}

impl Fate {
    /// By its status and the kinds of its problems.
    fn of(status: FileStatus, mut kinds: impl Iterator<Item = ProblemKind> + Clone) -> Fate {
        use ProblemKind::{
            BadJson, CorruptGzip, Digest, Empty, NotCloudTrail, TooLarge, TruncatedGzip,
        };
        let has = |kind: ProblemKind| kinds.clone().any(|it| it == kind);
        match status {
            FileStatus::Container => Fate::Archive,
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
            self.note(file.file, Fate::of(file.status, of_file.iter().map(|it| it.kind)));
        }
        let report = &mut self.report;
        for file in &batch.files {
            match file.status {
                FileStatus::Read => report.files.read += 1,
                FileStatus::Skipped => report.files.skipped += 1,
                FileStatus::Failed => report.files.failed += 1,
                // Its members are announced as files of their own.
                FileStatus::Container => report.files.found -= 1,
            }
            report.events.rejected += u64::from(file.rejected);
            report.events.read += u64::from(file.rows) + u64::from(file.rejected);
            report.bytes.compressed += file.compressed_bytes;
            report.bytes.json += file.json_bytes;
        }
        report.events.kept += u64::from(kept);
        report.events.duplicates += u64::from(batch.rows.saturating_sub(kept));
        report.problems.extend(batch.problems.iter().cloned());
    }

    /// What became of a file.
    pub(crate) fn fate(&self, file: usize) -> Fate {
        self.files.get(file).copied().unwrap_or_default()
    }

    fn note(&mut self, file: FileId, fate: Fate) {
        let at = file.0 as usize;
        if self.files.len() <= at {
            self.files.resize(at + 1, Fate::default());
        }
        self.files[at] = fate;
    }

    /// Counts the files of a batch that there is no room for.
    pub(crate) fn refuse(&mut self, batch: &Batch, paths: &[String]) {
        for file in &batch.files {
            self.report.files.failed += 1;
            self.note(file.file, Fate::Failed);
            let path = paths.get(file.file.0 as usize).cloned().unwrap_or_default();
            let message = "no memory is left for this file's events; load fewer days, regions or accounts at once";
            self.report.problems.push(Problem::new(path, ProblemKind::Memory, message));
        }
    }
}
