//! What is known of each file, and what lies on each reader's desk.

use super::{GROUP_BYTES, Group};
use crate::model::question::FileId;

/// A reader that says nothing for so long over a group of ordinary size is dead.
const SILENCE_MILLIS: f64 = 10_000.0;
/// What the slowest machine that counts takes in, beyond the first [`GROUP_BYTES`] of a file.
const SLOWEST_BYTES_PER_MILLI: f64 = 2_000.0;

#[derive(Clone, Copy, Debug)]
pub(super) struct Given {
    pub(super) bytes: u64,
    /// Killed a reader, or was left out: not read again when everything else is.
    pub(super) out: bool,
    /// Is read alone, since a reader died near it.
    pub(super) suspect: bool,
    pub(super) holds: Holds,
}

/// What a file turned out to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Events, for all that is known.
    Events,
    /// Files, of which some are known.
    Files,
    /// Files, which are all known.
    Listed,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Desk {
    pub(super) groups: Vec<Dealt>,
    /// Whether the reader listens: before that its silence means nothing.
    pub(super) ready: bool,
    pub(super) heard_millis: f64,
}

#[derive(Clone, Debug)]
pub(super) struct Dealt {
    pub(super) group: Group,
    pub(super) bytes: u64,
    pub(super) read: bool,
    pub(super) bytes_read: u64,
    pub(super) events: u64,
}

impl Desk {
    /// Whether its reader has been silent for too long over what it is at.
    pub(super) fn is_silent(&self, now_millis: f64, bytes: impl Fn(FileId) -> u64) -> bool {
        let Some(at) = self.groups.iter().find(|it| !it.read) else { return false };
        let large = at.group.files.iter().map(|it| bytes(*it)).max().unwrap_or(0);
        let allowed =
            SILENCE_MILLIS + large.saturating_sub(GROUP_BYTES) as f64 / SLOWEST_BYTES_PER_MILLI;
        self.ready && now_millis - self.heard_millis > allowed
    }
}
