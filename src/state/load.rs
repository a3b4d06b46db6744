//! What is being taken in, and who reads it.

use crate::model::estimate::Estimate;

/// The load that runs, if one does.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Load {
    #[default]
    Idle,
    /// Folders are being walked; what was found in them is read meanwhile.
    Walking {
        /// Of what was found so far.
        progress: Progress,
        /// A person chooses what is read when all was found.
        asks: bool,
    },
    /// A person chooses what is read: archives are looked into before, to tell what there is.
    Looking(Looking),
    Reading(Progress),
    /// The sample organisation is being made.
    Sampling,
}

/// What waits for the load that runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Of folders and files, where they have names that say something.
    pub names: Vec<String>,
    /// How many files it is, where that is known.
    pub files: Option<u64>,
}

impl Load {
    pub fn is_running(&self) -> bool {
        *self != Load::Idle
    }

    /// How many files it has found so far; `None` where it does not say.
    pub fn found(&self) -> Option<u64> {
        match self {
            Load::Reading(progress) | Load::Walking { progress, .. } => Some(progress.files_total),
            Load::Idle => Some(0),
            Load::Looking(_) | Load::Sampling => None,
        }
    }

    /// Whether a person put it down; `None` of what cannot be put down.
    pub fn paused(&self) -> Option<bool> {
        match self {
            Load::Reading(progress) | Load::Walking { progress, asks: false } => {
                Some(progress.paused)
            },
            _ => None,
        }
    }

    /// Whether a person put it down.
    pub fn is_paused(&self) -> bool {
        self.paused() == Some(true)
    }

    /// Whether it runs and was not put down.
    pub fn is_at_work(&self) -> bool {
        match self {
            Load::Idle | Load::Walking { asks: true, .. } | Load::Looking(_) => false,
            Load::Reading(_) | Load::Walking { .. } | Load::Sampling => !self.is_paused(),
        }
    }
}

/// How far archives are looked into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looking {
    /// Files that were looked at.
    pub done: u64,
    /// Files to look at, which may be archives.
    pub of: u64,
    /// Files that were found in archives so far.
    pub files: u64,
}

/// How far a load is. Events are those that readers have read; duplicates among them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Progress {
    pub files_done: u64,
    pub files_total: u64,
    pub bytes_done: u64,
    pub bytes_total: u64,
    pub events: u64,
    /// How many events all files are likely to hold, and the memory that they will take.
    pub expected: Estimate,
    /// Without the time that it was put down.
    pub elapsed_millis: f64,
    /// It is put down.
    pub paused: bool,
    /// More files are found in archives meanwhile, so what there is in all is not known.
    pub growing: bool,
}

impl Progress {
    /// How long the rest takes at the pace so far; `None` before there is a pace.
    pub fn remaining_millis(&self) -> Option<f64> {
        let done = self.bytes_done as f64;
        let rest = self.bytes_total.saturating_sub(self.bytes_done) as f64;
        let known = done > 0.0 && self.elapsed_millis > 500.0 && !self.growing;
        known.then(|| self.elapsed_millis * rest / done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_takes_as_long_as_what_was_read_did() {
        let progress = Progress {
            bytes_done: 25,
            bytes_total: 100,
            elapsed_millis: 2_000.0,
            ..Progress::default()
        };
        assert_eq!(progress.remaining_millis(), Some(6_000.0));
        assert_eq!(Progress { growing: true, ..progress }.remaining_millis(), None);
        let over = Progress { bytes_done: 100, ..progress };
        assert_eq!(over.remaining_millis(), Some(0.0));
        let young = Progress { elapsed_millis: 100.0, ..progress };
        let without_a_byte = Progress { bytes_done: 0, ..progress };
        assert_eq!((young.remaining_millis(), without_a_byte.remaining_millis()), (None, None));
    }
}
