//! The table of all events and the questions it answers. Synchronous: no clock, no threads, no
//! browser; long questions go in steps.
//!
//! Start reading at [`Engine`]. Rows come in by `merge` (duplicates leave none, see `repeats`), become visible
//! by [`Engine::settle`] as a [`Snapshot`], and are asked about by the works of `work`. Filters
//! are decided once for each distinct value and then looked up row by row (`scan`), facets and
//! histograms are plain loops over codes, groups and sorts by many columns are Polars.

mod dictionary;
mod column;
mod ids;
mod names;
mod lists;
mod mask;
mod table;
mod merge;
mod repeats;
mod order;
mod scan;
mod facet;
mod histogram;
mod page;
mod group;
mod counts;
mod contents;
mod work;
mod replaced;
mod tally;
mod ledger;

use std::rc::Rc;

use crate::{
    model::{
        coverage::DigestCoverage,
        estimate::BUDGET_BYTES,
        insight::InsightsReport,
        note::Note,
        question::{EventKey, FileId, Place, Selection},
        repeat::{FilePairs, FilePairsQuery, RepeatsQuery},
        report::Report,
        time::TimeRange,
    },
    reader::batch::{Batch, NO_TIME},
};

pub use work::{
    CountWork, CoverageWork, FacetWork, GroupWork, HistogramWork, InsightsWork, LookWork, PageWork,
    PlacesWork, Step, Work,
};

use mask::Mask;
use names::Names;
use repeats::Repeats;
use replaced::Replaced;
use table::Table;
use tally::Tally;

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// The question makes no sense.
    #[error("{message}")]
    BadArgument { message: String },
    /// There is no such event.
    #[error("there is no event {id}")]
    NoSuchEvent { id: u32 },
    /// The answer is estimated to need more memory than is left.
    #[error("about {needed_bytes} bytes are needed, {free_bytes} are left")]
    OutOfMemory { needed_bytes: u64, free_bytes: u64 },
    /// Polars refused.
    #[error("{message}")]
    Polars { message: String },
}

impl From<polars::error::PolarsError> for Error {
    fn from(err: polars::error::PolarsError) -> Error {
        Error::Polars { message: err.to_string() }
    }
}

/// All that 32 bits can address.
pub const ADDRESSABLE_BYTES: u64 = 4_096 << 20;

/// A place in a list; one that the address space does not reach is past the end of any.
fn index(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// A state of the data that questions are answered from.
#[derive(Clone)]
pub struct Snapshot {
    /// Counts the states, from 0 for no data.
    pub number: u64,
    pub rows: u32,
    order: Rc<Vec<u32>>,
    /// From the first event to past the last.
    pub span: Option<TimeRange>,
}

/// The rows of a selection, kept for the next question about it.
struct Selected {
    selection: Selection,
    number: u64,
    mask: Rc<Mask>,
}

/// What the detector found in a state of the data, down to a threshold.
struct Detected {
    number: u64,
    threshold: f64,
    found: Rc<InsightsReport>,
}

/// All events, and what was learnt of them.
pub struct Engine {
    table: Table,
    names: Names,
    /// About how many events the files hold that were announced.
    expected: u64,
    repeats: Repeats,
    tally: Tally,
    snapshot: Snapshot,
    /// Rows came in, or moved, since the snapshot was taken.
    stale: bool,
    selected: Vec<Selected>,
    parts: Option<work::KnownParts>,
    counted: counts::Counted,
    detected: Option<Detected>,
    /// The records of CloudTrail Insights, as they stand in their files.
    insight_records: Vec<String>,
    /// What digests say, once they were checked.
    digests: Option<DigestCoverage>,
    ledger: Option<ledger::Known>,
    /// Bytes of linear memory in use, as the worker last measured them.
    memory_bytes: u64,
}

impl Default for Engine {
    fn default() -> Engine {
        Engine::new(0)
    }
}

impl Engine {
    /// An engine without events. Whoever writes a log must not know the secret: with it ids can be made
    /// that take hours to tell apart.
    pub fn new(secret: u64) -> Engine {
        Engine {
            table: Table::new(),
            names: Names::new(secret),
            expected: 0,
            repeats: Repeats::default(),
            tally: Tally::default(),
            snapshot: Snapshot { number: 0, rows: 0, order: Rc::default(), span: None },
            stale: false,
            selected: Vec::new(),
            parts: None,
            counted: counts::Counted::default(),
            detected: None,
            insight_records: Vec::new(),
            digests: None,
            ledger: None,
            memory_bytes: 0,
        }
    }

    /// Files `first`, `first + 1`, … have these paths, and count as found.
    pub fn announce(&mut self, first: FileId, paths: Vec<String>) {
        self.tally.counts.files.found += paths.len() as u64;
        self.table.announce(first, paths);
    }

    /// Whether the paths of all files of a batch are known.
    pub fn is_announced(&self, batch: &Batch) -> bool {
        batch.files.iter().all(|it| (it.file.0 as usize) < self.table.paths.len())
    }

    /// Makes ready for about so many events more.
    pub fn expect(&mut self, events: u64) {
        self.expected = self.expected.saturating_add(events);
        self.names.expect(&self.table, self.expected);
    }

    /// Takes in a batch, whose files were announced. Its events are seen after [`Engine::settle`].
    pub fn take(&mut self, batch: &Batch) {
        if self.is_full() {
            self.tally.refuse(batch, &self.table.paths);
            return;
        }
        let before = self.table.rows;
        merge::merge(&mut self.table, &mut self.names, &mut self.repeats, batch);
        self.stale |= batch.rows > 0;
        self.insight_records.extend(batch.insight_records.iter().cloned());
        self.tally.add(batch, self.table.rows - before, &self.table.paths);
    }

    /// Takes in what digests say of the time that they cover: better than what their names tell.
    pub fn know_digests(&mut self, digests: DigestCoverage) {
        self.digests = Some(digests);
        self.ledger = None;
        // Where the log is known to be silent, and where it has holes, may be others now.
        self.detected = None;
    }

    /// Takes in what the page knows of files that no reader tells of.
    pub fn note(&mut self, note: Note) {
        self.tally.note(note);
    }

    fn replaced(&self) -> Replaced {
        Replaced::of(&self.table.paths, &self.tally)
    }

    /// Makes what came in visible, as a new state of the data.
    pub fn settle(&mut self) {
        if !self.stale {
            return;
        }
        self.stale = false;
        let rows = self.table.rows;
        let order = order::extend(&self.table, &self.snapshot.order, rows);
        self.table.moved = Vec::new();
        let newest = order.first().map(|row| self.table.times.get(*row));
        // Events without a time come last.
        let timed = order.partition_point(|row| self.table.times.get(*row) != NO_TIME);
        let oldest = timed.checked_sub(1).map(|at| self.table.times.get(order[at]));
        let span = match (oldest, newest) {
            (Some(oldest), Some(newest)) => {
                Some(TimeRange { start_millis: oldest, end_millis: newest + 1 })
            },
            _ => None,
        };
        let number = self.snapshot.number + 1;
        self.snapshot = Snapshot { number, rows, order: Rc::new(order), span };
        self.selected.clear();
        self.parts = None;
        self.detected = None;
    }

    /// Whether something came in that the snapshot does not show.
    pub fn is_stale(&self) -> bool {
        self.stale
    }

    /// The state that questions are answered from.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Tells the engine how much linear memory is in use.
    pub fn set_memory_bytes(&mut self, bytes: u64) {
        self.memory_bytes = bytes;
    }

    pub fn memory_bytes(&self) -> u64 {
        self.memory_bytes
    }

    /// No more events are taken in.
    pub fn is_full(&self) -> bool {
        self.memory_bytes >= BUDGET_BYTES
    }

    fn free_bytes(&self) -> u64 {
        ADDRESSABLE_BYTES.saturating_sub(self.memory_bytes + (256 << 20))
    }

    /// What was loaded since the start; `elapsed_millis` is the page's to fill.
    pub fn report(&self) -> Report {
        let mut report = self.tally.report(&self.replaced(), &self.table, &self.repeats);
        report.memory_bytes = self.memory_bytes;
        report.time_range = self.snapshot.span;
        report.problems.extend(self.repeats.problems(&self.table));
        // Files come in as readers are done with them; those of one file are in order.
        report.problems.sort_by(|a, b| a.path.cmp(&b.path));
        report
    }

    /// Where an event lies.
    pub fn place(&self, id: u32) -> Result<Place, Error> {
        if id >= self.table.rows {
            return Err(Error::NoSuchEvent { id });
        }
        let (file, byte) = self.table.place(id);
        Ok(Place { file, byte, key: self.table.key(id) })
    }

    /// The pairs of files that hold the same events.
    pub fn file_pairs(&self, query: &FilePairsQuery) -> Result<FilePairs, Error> {
        work::check_rows(query.limit)?;
        Ok(self.repeats.file_pairs(&self.table, &self.replaced(), query))
    }

    /// The events that two files share.
    pub fn repeats(&self, query: &RepeatsQuery) -> Result<crate::model::repeat::Repeats, Error> {
        work::check_rows(query.limit)?;
        Ok(self.repeats.between(&self.table, query))
    }

    /// The event of that lasting name.
    pub fn find(&self, key: &EventKey) -> Option<u32> {
        self.names.row(&self.table, &key.account, &key.event_id)
    }
}
