//! What is known of each file, and what lies on each reader's desk.

use super::Group;

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
