//! The joint with the engine: what it counts, and what it is asked afterwards.

use crate::model::{
    field::Field,
    insight::{Attribution, Level, Measure, SeriesKey},
    time::TimeRange,
};

/// Counts of one series, minute by minute.
///
/// A detector is given every series of every level, each key once; order does not matter. Series
/// of fewer than three calls can raise nothing, but count as tested and say what time is covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// What `key` is made of.
    pub level: Level,
    /// `Api`: account, region, source and name. `PrincipalService`: account, principal and source.
    pub key: SeriesKey,
    /// Ascending; only minutes with calls.
    pub cells: Vec<MinuteCount>,
}

/// What happened in one minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MinuteCount {
    /// Minutes since 1970-01-01T00:00:00Z.
    pub minute: i64,
    /// All calls, failed ones too.
    pub calls: u32,
    /// The calls among them whose outcome is not `success`.
    pub errors: u32,
}

impl MinuteCount {
    pub(super) fn of(self, measure: Measure) -> u64 {
        u64::from(match measure {
            Measure::Calls => self.calls,
            Measure::Errors => self.errors,
        })
    }
}

/// A time in which one series left its baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// Of the series.
    pub level: Level,
    /// Of the series.
    pub key: SeriesKey,
    /// With `Errors`, only failed calls are meant, inside the range and outside.
    pub measure: Measure,
    /// Whole minutes.
    pub range: TimeRange,
}

/// The fields by which the events of a window are counted.
pub const DIMENSIONS: [Field; 6] = [
    Field::Principal,
    Field::EventName,
    Field::ErrorCode,
    Field::AwsRegion,
    Field::SourceIpAddress,
    Field::Agent,
];

/// Looks at single events again, for the few windows that stand out.
pub trait Events {
    /// For each window, in order: the events of its series by each of [`DIMENSIONS`]. Only values
    /// that occur inside the range, in any order; events without the field under empty text.
    fn look_into(&self, windows: &[Window]) -> Vec<Vec<Attribution>>;
}
