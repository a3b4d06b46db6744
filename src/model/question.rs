//! What the page may ask of the engine, and what it is answered: question and answer side by side.
//!
//! All questions take a parsed [`Filter`] and an optional span of time; all counts are exact.

use serde::{Deserialize, Serialize};

use super::{
    cell::Cell,
    field::{DEFAULT_COLUMNS, Field},
    filter::Filter,
    time::TimeRange,
};

/// More bars than any screen has.
pub const MAX_BUCKETS: u32 = 10_000;

/// More rows at once than anyone reads; larger answers go page by page.
pub const MAX_ROWS: u32 = 10_000;

/// Which events a question is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Selection {
    pub filter: Filter,
    /// The zoom of the page; `None` is all time, and includes events without a time.
    pub range: Option<TimeRange>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CountQuery {
    pub selection: Selection,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    pub events: u64,
}

/// Everything that one screen shows, from one state of the data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LookQuery {
    pub selection: Selection,
    pub histogram: HistogramShape,
    /// Each with how many values are wanted.
    pub facets: Vec<(Field, u32)>,
    pub page: PageShape,
    /// The newest state of the data that the page has heard of; a higher number is a new question.
    pub generation: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// The state that was counted; at least the one asked for.
    pub generation: u64,
    /// Events that match.
    pub total: u64,
    /// Events that are loaded.
    pub loaded: u64,
    pub histogram: Histogram,
    pub facets: Vec<Facet>,
    pub page: Page,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistogramShape {
    /// At most so many bars.
    pub buckets: u32,
    /// The field whose values stack up to a bar.
    pub split: Option<Field>,
    /// The span that the bars cover, where it is not that of the events.
    pub span: Option<TimeRange>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistogramQuery {
    pub selection: Selection,
    pub shape: HistogramShape,
}

/// Counts over time. All counts add up to the calls that match and have a time; Insight and
/// Aggregated records are no calls and count only where the filter asks for a `category`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    /// Start of the first bar, a multiple of the step.
    pub start_millis: i64,
    pub step_millis: i64,
    /// The ten largest values of the split field, then the rest, then the events without it.
    pub series: Vec<Series>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// `None`: the events that lack the field. [`OTHER`] collects what is past the tenth.
    pub value: Option<String>,
    pub counts: Vec<u64>,
}

/// The name of the series that holds all values past the ten largest.
pub const OTHER: &str = "…other";

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FacetQuery {
    pub selection: Selection,
    pub field: Field,
    pub limit: u32,
    /// Only values that hold this text, ignoring case; the counts of the whole do not change.
    pub containing: String,
}

/// How often each value of a field occurs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facet {
    pub field: Field,
    /// Events that match.
    pub total: u64,
    /// Different values among them.
    pub distinct: u64,
    /// Events that have none.
    pub missing: u64,
    /// Most frequent first, then by value.
    pub values: Vec<FacetValue>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    pub value: String,
    pub count: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sort {
    pub field: Field,
    pub descending: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageShape {
    /// Empty: newest first. Ties go by account, eventID and file, so the order is always the same.
    pub sort: Vec<Sort>,
    pub offset: u64,
    pub limit: u32,
    pub columns: Vec<Field>,
}

impl Default for PageShape {
    fn default() -> PageShape {
        PageShape { sort: Vec::new(), offset: 0, limit: 100, columns: DEFAULT_COLUMNS.to_vec() }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageQuery {
    pub selection: Selection,
    pub shape: PageShape,
}

/// A window of the rows that match.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Events that match.
    pub total: u64,
    pub offset: u64,
    pub columns: Vec<Field>,
    /// One cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// The event behind each row.
    pub ids: Vec<u32>,
}

/// A column of a [`Group`] that it can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum GroupColumn {
    /// The first or second field grouped by.
    By(u8),
    Count,
    Principals,
    First,
    Last,
    ErrorShare,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupQuery {
    pub selection: Selection,
    /// One or two.
    pub by: Vec<Field>,
    /// Empty: most events first. Ties go by the fields.
    pub sort: Vec<(GroupColumn, bool)>,
    pub offset: u64,
    pub limit: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    pub by: Vec<Field>,
    /// How many groups there are.
    pub total: u64,
    pub rows: Vec<GroupRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupRow {
    /// One for each field; `None` where events lack it. An event with several values of a field
    /// is in the group of each.
    pub by: Vec<Option<String>>,
    pub count: u64,
    /// Different principals.
    pub principals: u64,
    pub first_millis: Option<i64>,
    pub last_millis: Option<i64>,
    /// Events whose outcome is not `success`, of all: 0 to 1.
    pub error_share: f64,
}

/// Where an event lies: in which file, and at which byte of what it unpacks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceQuery {
    pub id: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub file: FileId,
    pub byte: u32,
    /// The lasting name of the event, for addresses.
    pub key: EventKey,
}

/// The places of all events that match, by file and byte.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlacesQuery {
    pub selection: Selection,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    /// In the order of the files' paths; byte offsets ascend.
    pub files: Vec<(FileId, Vec<u32>)>,
}

/// The name of an event that outlives a load.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EventKey {
    pub account: String,
    pub event_id: String,
}

/// Which row holds the event of that name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FindQuery {
    pub key: EventKey,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub id: Option<u32>,
}

/// A file that the page was given; its number in the order of giving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileId(pub u32);
