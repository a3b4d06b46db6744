//! The coverage ledger as the page draws it: question and answer.

use serde::{Deserialize, Serialize};

use super::{
    ledger::{Hole, Row, Step},
    time::{DAY, TimeRange},
};

/// More cells than that are not drawn at once.
pub const MOST_CELLS: usize = 5_000;
/// More columns than that no screen shows.
pub const MOST_COLUMNS: i64 = 1_000;
/// More holes than that are counted, not listed.
pub const MOST_HOLES: usize = 50;
/// A time no longer than this is drawn by the hour.
pub const BY_THE_HOUR_MILLIS: i64 = 3 * DAY;

/// What was loaded, by account, region and time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageQuery {
    /// The time that is looked at; `None` is all that anything is known of.
    pub range: Option<TimeRange>,
    /// The first row that is wanted: rows are drawn page by page.
    pub offset: u32,
    /// Moves when files came in or digests were checked: a higher number is a new question.
    pub edition: u64,
}

/// A heat map, a row for each account and region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageMap {
    pub start_millis: i64,
    pub step: Step,
    /// Cells of each row.
    pub columns: u32,
    /// From `offset` on, by account and region; not more than [`MOST_CELLS`] cells.
    pub rows: Vec<Row>,
    pub offset: u32,
    /// Rows in all.
    pub total: u32,
    /// The most events of one cell.
    pub most_events: u64,
    /// The longest first.
    pub holes: Vec<Hole>,
    pub hole_count: u32,
    /// Files failed, were left out, or are known to be missing, in some hour of some place.
    pub is_incomplete: bool,
    /// Days before or after have no column: there would be too many.
    pub is_cut: bool,
}

/// What digest files say of the time that they cover; found when they are checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestCoverage {
    pub spans: Vec<DigestSpan>,
    /// Logs that a digest names and that were not given, by their keys.
    pub missing: Vec<String>,
}

/// The time that one digest covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestSpan {
    pub account: String,
    pub region: String,
    pub range: TimeRange,
}
