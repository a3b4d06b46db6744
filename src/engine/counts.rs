//! The log as minute counts, for the detector: one series for each API, and one for each
//! principal and service; and what stands behind the windows that it picks.

use std::collections::{BTreeMap, HashMap};

use crate::{
    insights::{DIMENSIONS, MinuteCount, Series, Window},
    model::{
        derived::derive,
        field::Field,
        insight::{Attribution, Level, Measure, Part, SeriesKey},
        outcome::Outcome,
        time::MINUTE,
    },
    reader::batch::NO_TIME,
};

use super::{
    column::CHUNK_BITS,
    mask::for_each_bit,
    scan::{Scan, calls},
    table::{Slot, Table, slot},
};

const LEVELS: [Level; 2] = [Level::Api, Level::PrincipalService];

/// A row that is in no series.
const NONE: u32 = u32::MAX;

/// Counts the log, chunk after chunk.
pub(crate) struct MinuteCounter {
    calls: Scan,
    success: Option<u32>,
    levels: [LevelCount; 2],
    /// The last row that is counted, plus one.
    rows: u32,
}

#[derive(Default)]
struct LevelCount {
    numbers: HashMap<[u32; 4], u32>,
    keys: Vec<[u32; 4]>,
    /// Calls and errors by series and minute.
    cells: HashMap<(u32, u32), (u32, u32)>,
    /// The series of each row.
    series: Vec<u32>,
}

impl MinuteCounter {
    pub(crate) fn new(table: &Table) -> MinuteCounter {
        let success = table.text(Field::Outcome).dictionary.find(Outcome::Success.as_str());
        MinuteCounter { calls: calls(table), success, levels: Default::default(), rows: 0 }
    }

    /// Counts the first `rows` rows of the next chunk.
    pub(crate) fn add(&mut self, table: &Table, chunk: usize, rows: usize) {
        let bits = self.calls.run(table, chunk, rows);
        let first = (chunk << CHUNK_BITS) as u32;
        let code = |field: Field, row: usize| table.codes(field).chunk(chunk).get(row);
        let times = table.times.chunk(chunk);
        self.rows = first + rows as u32;
        for level in &mut self.levels {
            level.series.resize(self.rows as usize, NONE);
        }
        for_each_bit(&bits, |row| {
            if times[row] == NO_TIME {
                return;
            }
            let minute = u32::try_from(times[row].div_euclid(MINUTE)).unwrap_or(0);
            let failed = u32::from(Some(code(Field::Outcome, row)) != self.success);
            let (account, source) =
                (code(Field::RecipientAccountId, row), code(Field::EventSource, row));
            let keys = [
                [account, code(Field::AwsRegion, row), source, code(Field::EventName, row)],
                [account, code(Field::Principal, row), source, 0],
            ];
            for (level, key) in self.levels.iter_mut().zip(keys) {
                let series = *level.numbers.entry(key).or_insert_with(|| {
                    level.keys.push(key);
                    level.keys.len() as u32 - 1
                });
                level.series[first as usize + row] = series;
                let cell = level.cells.entry((series, minute)).or_default();
                cell.0 += 1;
                cell.1 += failed;
            }
        });
    }

    /// All series, and what is needed to look into them again.
    pub(crate) fn finish(self, table: &Table) -> (Vec<Series>, RowSeries) {
        let mut all = Vec::new();
        let mut rows = Vec::new();
        let mut by_key = HashMap::new();
        for (level, count) in LEVELS.into_iter().zip(self.levels) {
            let mut cells: Vec<((u32, u32), (u32, u32))> = count.cells.into_iter().collect();
            cells.sort_unstable();
            let mut series: Vec<Series> = count
                .keys
                .iter()
                .map(|codes| Series { level, key: key(table, level, *codes), cells: Vec::new() })
                .collect();
            for ((at, minute), (calls, errors)) in cells {
                let cell = MinuteCount { minute: i64::from(minute), calls, errors };
                series[at as usize].cells.push(cell);
            }
            for (at, series) in series.iter().enumerate() {
                by_key.insert((level, series.key.clone()), at as u32);
            }
            all.extend(series);
            rows.push((level, count.series));
        }
        (all, RowSeries { rows, by_key, success: self.success })
    }
}

fn key(table: &Table, level: Level, codes: [u32; 4]) -> SeriesKey {
    let text = |field: Field, at: usize| {
        table.text(field).dictionary.get(codes[at]).unwrap_or_default().to_owned()
    };
    let common = SeriesKey {
        account: text(Field::RecipientAccountId, 0),
        event_source: text(Field::EventSource, 2),
        ..SeriesKey::default()
    };
    match level {
        Level::Api => SeriesKey {
            region: text(Field::AwsRegion, 1),
            event_name: text(Field::EventName, 3),
            ..common
        },
        Level::PrincipalService => SeriesKey { principal: text(Field::Principal, 1), ..common },
    }
}

/// Which series each row is in.
pub(crate) struct RowSeries {
    rows: Vec<(Level, Vec<u32>)>,
    by_key: HashMap<(Level, SeriesKey), u32>,
    success: Option<u32>,
}

/// Counts the events behind windows by their fields, chunk after chunk.
pub(crate) struct Contents {
    windows: Vec<Window>,
    /// The windows of a series, by level and series.
    of_series: HashMap<(Level, u32), Vec<usize>>,
    /// By level, series, errors only, dimension and code.
    totals: HashMap<(Level, u32, bool, usize, u32), u32>,
    /// By window, dimension and code.
    inside: BTreeMap<(usize, usize, u32), u32>,
}

impl Contents {
    pub(crate) fn new(rows: &RowSeries, windows: Vec<Window>) -> Contents {
        let mut of_series: HashMap<(Level, u32), Vec<usize>> = HashMap::new();
        for (at, window) in windows.iter().enumerate() {
            if let Some(series) = rows.by_key.get(&(window.level, window.key.clone())) {
                of_series.entry((window.level, *series)).or_default().push(at);
            }
        }
        Contents { windows, of_series, totals: HashMap::new(), inside: BTreeMap::new() }
    }

    pub(crate) fn add(&mut self, table: &Table, rows: &RowSeries, chunk: usize, len: usize) {
        let first = chunk << CHUNK_BITS;
        for (level, series) in &rows.rows {
            for (at, series) in series[first..first + len].iter().enumerate() {
                let Some(windows) = self.of_series.get(&(*level, *series)) else { continue };
                let number = (first + at) as u32;
                let millis = table.times.get(number);
                let failed = Some(table.codes(Field::Outcome).get(number)) != rows.success;
                let here: Vec<usize> = windows
                    .iter()
                    .copied()
                    .filter(|at| {
                        let window = &self.windows[*at];
                        window.range.contains(millis)
                            && (failed || window.measure == Measure::Calls)
                    })
                    .collect();
                for (dimension, field) in DIMENSIONS.iter().enumerate() {
                    let code = table.codes(*field).get(number);
                    for only_failed in [false, true] {
                        if failed || !only_failed {
                            let key = (*level, *series, only_failed, dimension, code);
                            *self.totals.entry(key).or_default() += 1;
                        }
                    }
                    for at in &here {
                        *self.inside.entry((*at, dimension, code)).or_default() += 1;
                    }
                }
            }
        }
    }

    /// For each window, its events by each dimension.
    pub(crate) fn finish(self, table: &Table, rows: &RowSeries) -> Vec<Vec<Attribution>> {
        let mut parts: Vec<Vec<BTreeMap<String, Part>>> =
            vec![vec![BTreeMap::new(); DIMENSIONS.len()]; self.windows.len()];
        for ((at, dimension, code), inside) in &self.inside {
            let window = &self.windows[*at];
            let series =
                rows.by_key.get(&(window.level, window.key.clone())).copied().unwrap_or(NONE);
            let only_failed = window.measure == Measure::Errors;
            let total = self.totals.get(&(window.level, series, only_failed, *dimension, *code));
            let value = value(table, DIMENSIONS[*dimension], *code);
            let part = parts[*at][*dimension].entry(value.clone()).or_insert(Part {
                value,
                inside: 0,
                outside: 0,
            });
            part.inside += u64::from(*inside);
            part.outside += u64::from(total.copied().unwrap_or(*inside) - inside);
        }
        let attribution = |(field, parts): (&Field, BTreeMap<String, Part>)| Attribution {
            field: *field,
            values: parts.into_values().collect(),
        };
        parts.into_iter().map(|it| DIMENSIONS.iter().zip(it).map(attribution).collect()).collect()
    }
}

fn value(table: &Table, field: Field, code: u32) -> String {
    let text = table.text(field).dictionary.get(code).unwrap_or_default();
    match slot(field) {
        Slot::Derived(_) => derive(field, text).unwrap_or_default().to_owned(),
        _ => text.to_owned(),
    }
}
