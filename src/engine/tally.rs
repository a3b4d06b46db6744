//! What came in, added up.

use crate::{
    model::{
        problem::{Problem, ProblemKind},
        report::Report,
    },
    reader::batch::{Batch, FileStatus},
};

use super::merge::{Duplicate, Merged};

#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) report: Report,
    pub(crate) duplicates: Vec<Duplicate>,
}

impl Tally {
    /// Adds a batch of which so many events were kept.
    pub(crate) fn add(&mut self, batch: &Batch, kept: u64, merged: Merged) {
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
        report.events.kept += kept;
        report.events.duplicates += merged.duplicates.len() as u64;
        report.problems.extend(batch.problems.iter().cloned());
        report.problems.extend(merged.problems);
        self.duplicates.extend(merged.duplicates);
    }

    /// Counts the files of a batch that there is no room for.
    pub(crate) fn refuse(&mut self, batch: &Batch, paths: &[String]) {
        for file in &batch.files {
            self.report.files.failed += 1;
            let path = paths.get(file.file.0 as usize).cloned().unwrap_or_default();
            let message = "no memory is left for this file's events; load fewer days, regions or accounts at once";
            self.report.problems.push(Problem::new(path, ProblemKind::Memory, message));
        }
    }
}
