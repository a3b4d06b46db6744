//! What was loaded, and what was not: always adds up.

use serde::{Deserialize, Serialize};

use super::{
    problem::{Problem, ProblemKind},
    time::TimeRange,
};

/// `found = read + skipped + failed` once a load is over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileCounts {
    pub found: u64,
    pub read: u64,
    /// Holds no events by design, or was left out: by choice, or after a cancel.
    pub skipped: u64,
    pub failed: u64,
}

/// `read = kept + duplicates + rejected`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventCounts {
    pub read: u64,
    pub kept: u64,
    pub duplicates: u64,
    pub rejected: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByteCounts {
    /// As the files are.
    pub compressed: u64,
    /// As they unpack to.
    pub json: u64,
}

/// Everything since the page was opened or closed its data; more drops add to it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub files: FileCounts,
    pub events: EventCounts,
    pub bytes: ByteCounts,
    /// From the oldest to the newest event, both included; `None` before any.
    pub time_range: Option<TimeRange>,
    pub elapsed_millis: f64,
    /// Bytes of the engine's linear memory.
    pub memory_bytes: u64,
    pub problems: Vec<Problem>,
    /// How many of the problems tell of files that a person did not choose.
    pub by_choice: u64,
}

impl Report {
    /// Problems that a person should look at: a bucket is full of digests and of files without
    /// events, and what was left out by choice is known.
    pub fn faults(&self) -> u64 {
        let all = self.problems.iter().filter(|it| !it.kind.is_by_design()).count() as u64;
        all.saturating_sub(self.by_choice)
    }

    /// Files that were left out since a person said so; `None` where nobody did.
    pub fn left_out(&self) -> Option<u64> {
        let is_cancelled = self.problems.iter().any(|it| it.kind == ProblemKind::Cancelled);
        // What is skipped otherwise says why, file by file.
        let by_design = self.problems.iter().filter(|it| it.kind.is_by_design()).count() as u64;
        is_cancelled.then(|| self.files.skipped.saturating_sub(by_design))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_out_is_told_from_what_holds_no_events() {
        let problem = |kind| Problem::new("", kind, "");
        let files = FileCounts { found: 9, skipped: 8, failed: 1, read: 0 };
        let mut report = Report { files, ..Report::default() };
        report.problems = vec![problem(ProblemKind::Digest), problem(ProblemKind::Empty)];
        assert_eq!(report.left_out(), None);
        report.problems.push(problem(ProblemKind::Cancelled));
        assert_eq!(report.left_out(), Some(6));
    }
}
