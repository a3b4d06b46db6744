//! The coverage ledger of what the engine holds: files by their paths and what became of them,
//! events by their own account, region and minute, digests by their names or by what they say.

use std::{collections::HashMap, rc::Rc};

use super::{
    Engine, Snapshot,
    column::CHUNK_BITS,
    mask,
    table::Table,
    tally::{Fate, Tally},
};
use crate::{
    model::{
        coverage::DigestCoverage,
        field::Field,
        ledger::{Coverage, FileState, Ledger},
        path::{PathFacts, PathKind},
        question::FileId,
        report::FileCounts,
        time::MINUTE,
    },
    reader::batch::NO_TIME,
};

/// No row.
const NONE: u32 = u32::MAX;

/// A ledger, and the state of the data that it is of.
pub(crate) struct Known {
    pub(crate) key: Key,
    pub(crate) ledger: Rc<(Ledger, Coverage)>,
}

/// Moves when the ledger does: files without events move no snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    snapshot: u64,
    files: FileCounts,
    announced: usize,
}

impl Key {
    pub(crate) fn of(engine: &Engine) -> Key {
        Key {
            snapshot: engine.snapshot.number,
            files: engine.tally.counts.files,
            announced: engine.table.paths.len(),
        }
    }
}

/// Makes the ledger of a state of the data, or takes the one that is known.
pub(crate) struct Making {
    key: Key,
    rows: u32,
    counter: PlaceCounter,
    chunk: usize,
}

impl Making {
    pub(crate) fn new(engine: &Engine, snapshot: &Snapshot) -> Making {
        Making {
            key: Key::of(engine),
            rows: snapshot.rows,
            counter: PlaceCounter::new(&engine.table),
            chunk: 0,
        }
    }

    /// Counts some chunks more; the ledger and what it covers, once all is counted. What was
    /// learnt meanwhile, of files that came or of digests, is in it, but for the events.
    pub(crate) fn step(
        &mut self,
        engine: &mut Engine,
        chunks: usize,
    ) -> Option<Rc<(Ledger, Coverage)>> {
        if let Some(known) = engine.ledger.as_ref().filter(|it| it.key == self.key) {
            return Some(Rc::clone(&known.ledger));
        }
        let all = mask::chunks(self.rows);
        let end = (self.chunk + chunks).min(all);
        for chunk in self.chunk..end {
            self.counter.add(&engine.table, chunk, mask::rows_in(self.rows, chunk));
        }
        self.chunk = end;
        if end < all {
            return None;
        }
        let ledger = self.counter.finish(engine);
        let coverage = ledger.coverage();
        let ledger = Rc::new((ledger, coverage));
        engine.ledger = Some(Known { key: self.key, ledger: Rc::clone(&ledger) });
        Some(ledger)
    }

    /// Chunks that are counted, and all.
    pub(crate) fn progress(&self) -> (u64, u64) {
        (self.chunk as u64, mask::chunks(self.rows) as u64)
    }
}

/// Counts events by account, region and minute, chunk after chunk.
struct PlaceCounter {
    cells: HashMap<(u32, u32, i64), u32>,
    /// The first row of each file.
    first_rows: Vec<u32>,
}

impl PlaceCounter {
    fn new(table: &Table) -> PlaceCounter {
        PlaceCounter { cells: HashMap::new(), first_rows: vec![NONE; table.paths.len()] }
    }

    /// Counts the first `rows` rows of the next chunk.
    fn add(&mut self, table: &Table, chunk: usize, rows: usize) {
        let accounts = table.codes(Field::RecipientAccountId).chunk(chunk);
        let regions = table.codes(Field::AwsRegion).chunk(chunk);
        let (times, files) = (table.times.chunk(chunk), table.files.chunk(chunk));
        let first = (chunk << CHUNK_BITS) as u32;
        // Events of one file lie together and are of a few minutes.
        let (mut last, mut count) = (None, 0);
        for row in 0..rows {
            if let Some(known) = self.first_rows.get_mut(files[row] as usize)
                && *known == NONE
            {
                *known = first + row as u32;
            }
            let minute = match times[row] {
                NO_TIME => NO_TIME,
                millis => millis.div_euclid(MINUTE),
            };
            let key = (accounts.get(row), regions.get(row), minute);
            if last != Some(key) {
                self.flush(last, count);
                (last, count) = (Some(key), 0);
            }
            count += 1;
        }
        self.flush(last, count);
    }

    fn flush(&mut self, key: Option<(u32, u32, i64)>, count: u32) {
        if let Some(key) = key {
            *self.cells.entry(key).or_default() += count;
        }
    }

    /// Everything together.
    fn finish(&self, engine: &Engine) -> Ledger {
        let mut ledger = Ledger::default();
        let table = &engine.table;
        let text = |field: Field, code: u32| {
            table.text(field).dictionary.get(code).unwrap_or_default().to_owned()
        };
        let mut cells: Vec<((u32, u32, i64), u32)> =
            self.cells.iter().map(|(key, count)| (*key, *count)).collect();
        cells.sort_unstable();
        for place in cells.chunk_by(|a, b| (a.0.0, a.0.1) == (b.0.0, b.0.1)) {
            let (account, region, _) = place[0].0;
            let (account, region) =
                (text(Field::RecipientAccountId, account), text(Field::AwsRegion, region));
            let lane = ledger.lane(&account, &region);
            for ((_, _, minute), count) in place {
                match *minute {
                    NO_TIME => lane.add_undated_events(*count),
                    minute => lane.add_events(minute * MINUTE, *count),
                }
            }
        }
        add_files(&mut ledger, engine, &self.first_rows);
        add_digests(&mut ledger, table, &engine.tally, engine.digests.as_ref());
        ledger
    }
}

fn add_files(ledger: &mut Ledger, engine: &Engine, first_rows: &[u32]) {
    let (table, tally) = (&engine.table, &engine.tally);
    let replaced = engine.replaced();
    let duplicates = engine.repeats.duplicates_by_file(table, &replaced);
    for (at, path) in table.paths.iter().enumerate() {
        if replaced.has(FileId(u32::try_from(at).unwrap_or(u32::MAX))) {
            continue;
        }
        let facts = PathFacts::of(path);
        let is_log = facts.kind != Some(PathKind::Digest);
        let state = match tally.fate(at) {
            Fate::Read => FileState::Read,
            Fate::Empty => FileState::Empty,
            Fate::Failed => FileState::Failed,
            // Something else under the name of a log is a log that was lost.
            Fate::Foreign | Fate::NotReached if is_log && facts.stamp_millis.is_some() => {
                FileState::Failed
            },
            fate if fate.is_unread() && is_log && facts.stamp_millis.is_some() => {
                FileState::LeftOut
            },
            _ => continue,
        };
        let moment = facts.delivered_millis();
        if facts.account.is_some() && facts.region.is_some() && moment.is_some() {
            ledger.add_file(&facts, state, duplicates[at]);
            continue;
        }
        let row = first_rows.get(at).copied().filter(|it| *it != NONE);
        let of_row = |field: Field| row.and_then(|row| table.text(field).get(row));
        let account = facts.account.or_else(|| of_row(Field::RecipientAccountId));
        let region = facts.region.or_else(|| of_row(Field::AwsRegion));
        let of_event = || row.map(|row| table.times.get(row)).filter(|it| *it != NO_TIME);
        // Of a file of which nothing is known the list of problems tells.
        if account.is_some() || region.is_some() {
            let (account, region) = (account.unwrap_or_default(), region.unwrap_or_default());
            let millis = moment.or_else(of_event);
            ledger.add_file_at(account, region, millis, state, duplicates[at]);
        }
    }
}

fn add_digests(
    ledger: &mut Ledger,
    table: &Table,
    tally: &Tally,
    checked: Option<&DigestCoverage>,
) {
    let Some(checked) = checked else {
        let digests = table.paths.iter().enumerate().filter(|it| tally.fate(it.0) == Fate::Digest);
        for (_, path) in digests {
            let facts = PathFacts::of(path);
            if let (Some(account), Some(region), Some(range)) =
                (facts.account, facts.region, facts.digest_hour())
            {
                ledger.add_digest(account, region, range);
            }
        }
        return;
    };
    for it in &checked.spans {
        ledger.add_digest(&it.account, &it.region, it.range);
    }
    for key in &checked.missing {
        ledger.add_missing(&PathFacts::of(key));
    }
}
