//! Events that came more than once, by the two files that hold them.
//!
//! Records of one name (eventID and account) are duplicates where their texts are the same: one is
//! kept. Where the texts differ they contradict each other, and each is kept.

use serde::{Deserialize, Serialize};

use super::question::{EventKey, FileId};

/// Which pairs of files hold the same events. Pairs that contradict each other come first, then
/// those with the most duplicates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilePairsQuery {
    pub offset: u64,
    pub limit: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilePairs {
    /// Of all pairs.
    pub duplicates: u64,
    /// Of all pairs.
    pub contradictions: u64,
    /// How many pairs there are.
    pub total: u64,
    pub pairs: Vec<FilePair>,
}

/// Two files that hold the same events, or a file that holds some of its own twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilePair {
    /// The file that comes first by its path.
    pub first: FileId,
    pub first_path: String,
    /// The other one.
    pub second: FileId,
    pub second_path: String,
    /// Records of the second file that are kept from the first.
    pub duplicates: u64,
    /// Records of the second file that have the name of another in the first, and another text.
    pub contradictions: u64,
}

/// The events that two files share. Contradictions come first, then by their place in the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepeatsQuery {
    pub first: FileId,
    pub second: FileId,
    pub offset: u64,
    pub limit: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeats {
    /// How many there are.
    pub total: u64,
    pub repeats: Vec<Repeat>,
}

/// An event that two files hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeat {
    pub time_millis: Option<i64>,
    pub event_name: String,
    pub key: EventKey,
    /// Whether the texts differ.
    pub differs: bool,
    /// Where its record begins in what the first file unpacks to.
    pub first_byte: u32,
    /// The same in the second file.
    pub second_byte: u32,
}
