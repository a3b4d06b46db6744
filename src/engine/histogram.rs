//! Counts over time, split by the values of a field.

use std::collections::HashMap;

use crate::{
    model::{
        derived::derive,
        field::Field,
        id::MISSING,
        question::{Histogram, HistogramShape, MAX_BUCKETS, OTHER, Series},
        time::{DAY, HOUR, MINUTE, SECOND, TimeRange},
    },
    reader::batch::NO_TIME,
};

use super::{
    facet::{FacetCount, Rare},
    mask::{Mask, for_each_bit},
    scan::Scan,
    table::{Slot, Table, slot},
};

/// Widths of a bar that a person can read off.
const STEPS: &[i64] = &[
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    28 * DAY,
    91 * DAY,
    364 * DAY,
];

/// Series that are shown by name.
const NAMED: usize = 10;

/// The bars that a span is cut into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bars {
    pub(crate) start_millis: i64,
    pub(crate) step_millis: i64,
    pub(crate) count: usize,
}

impl Bars {
    /// At most `buckets` bars of a round width, aligned to 1970, that cover the span. There are two
    /// at least where it lies on both sides of 1970, which is the edge of a bar of any width.
    pub(crate) fn cover(span: TimeRange, buckets: u32) -> Bars {
        let first = span.start_millis;
        let last = span.end_millis.saturating_sub(1).max(first);
        let bars = |step: i64| last.div_euclid(step) - first.div_euclid(step) + 1;
        let least = if first < 0 && last >= 0 { 2 } else { 1 };
        let buckets = i64::from(buckets.clamp(1, MAX_BUCKETS)).max(least);
        let longest = STEPS.last().copied().unwrap_or(DAY);
        // Shorter ones are too many; so long a one reaches from 1970 to either end.
        let few = (last.saturating_sub(first) / longest / buckets).max(1);
        let enough = first.saturating_abs().max(last.saturating_abs()) / longest + 1;
        let multiples = (few..=enough).map(|it| longest.saturating_mul(it));
        let step = STEPS.iter().copied().chain(multiples).find(|it| bars(*it) <= buckets);
        let step_millis = step.unwrap_or(longest);
        Bars {
            start_millis: first.div_euclid(step_millis) * step_millis,
            step_millis,
            count: bars(step_millis) as usize,
        }
    }

    fn index(&self, millis: i64) -> Option<usize> {
        let index = (millis - self.start_millis).div_euclid(self.step_millis);
        usize::try_from(index).ok().filter(|it| *it < self.count)
    }
}

/// Fills the bars, chunk after chunk.
pub(crate) struct HistogramCount {
    bars: Bars,
    split: Option<Field>,
    /// Which series a code belongs to.
    series_of: Vec<u32>,
    /// The same of times and ids, which have no codes; those that are named.
    rare: HashMap<Rare, u32>,
    /// Names of the series; the last two are the rest and the missing.
    names: Vec<Option<String>>,
    /// By series, then by bar.
    counts: Vec<Vec<u64>>,
    not_calls: Option<Scan>,
}

impl HistogramCount {
    /// Series are named after the largest values of `totals`, the counts of the split field; `calls`
    /// leaves out what is no call.
    pub(crate) fn new(
        table: &Table,
        bars: Bars,
        shape: &HistogramShape,
        totals: Option<FacetCount>,
        calls: Option<Scan>,
    ) -> HistogramCount {
        let (mut names, mut series_of, mut rare) =
            (vec![Some(String::new())], Vec::new(), HashMap::new());
        if let (Some(field), Some(totals)) = (shape.split, totals) {
            let largest;
            (largest, series_of, rare) = match slot(field) {
                Slot::Time | Slot::Id(_) => {
                    let (largest, numbers) = totals.into_most_frequent(table, NAMED);
                    (largest, Vec::new(), numbers)
                },
                _ => {
                    let (largest, series_of) = name_series(table, field, &totals.into_counts());
                    (largest, series_of, HashMap::new())
                },
            };
            names = largest.into_iter().map(Some).chain([Some(OTHER.to_owned()), None]).collect();
        }
        let counts = vec![vec![0; bars.count]; names.len()];
        HistogramCount {
            bars,
            split: shape.split,
            series_of,
            rare,
            names,
            counts,
            not_calls: calls,
        }
    }

    pub(crate) fn add(&mut self, table: &Table, mask: &Mask, chunk: usize) {
        let rows = mask.rows_in(chunk);
        let times = table.times.chunk(chunk);
        let mut bits = mask.chunk(chunk).to_vec();
        if let Some(calls) = &self.not_calls {
            let calls = calls.run(table, chunk, rows);
            bits.iter_mut().zip(calls).for_each(|(a, b)| *a &= b);
        }
        let missing = self.names.len() - 1;
        let rest = missing.saturating_sub(1);
        let (bars, counts, series_of) = (self.bars, &mut self.counts, &self.series_of);
        let rare = |it: Rare| self.rare.get(&it).map_or(rest, |it| *it as usize);
        let mut count = |row: usize, series: usize| {
            if times[row] != NO_TIME
                && let Some(bar) = bars.index(times[row])
            {
                counts[series][bar] += 1;
            }
        };
        match self.split.map(slot) {
            Some(Slot::Text(at) | Slot::Derived(at)) => {
                let codes = table.texts[at].codes.chunk(chunk);
                for_each_bit(&bits, |row| count(row, series_of[codes.get(row) as usize] as usize));
            },
            // An event with several values stands where its first one does, so that bars add up.
            Some(Slot::List(at)) => {
                let lists = table.lists[at].chunk(chunk);
                for_each_bit(&bits, |row| {
                    let first = lists.get(row).next();
                    count(row, first.map_or(missing, |it| series_of[it as usize] as usize));
                });
            },
            Some(Slot::File) => {
                let files = table.files.chunk(chunk);
                // A row may have moved to a file that is newer than the names: it is of the rest.
                let series =
                    |file: u32| series_of.get(file as usize).map_or(rest, |it| *it as usize);
                for_each_bit(&bits, |row| count(row, series(files[row])));
            },
            Some(Slot::Time) => for_each_bit(&bits, |row| count(row, rare(Rare::Time(times[row])))),
            Some(Slot::Id(at)) => {
                let column = &table.ids[at];
                let ids = column.chunk(chunk);
                for_each_bit(&bits, |row| match ids[row] {
                    MISSING => count(row, missing),
                    id => count(row, rare(Rare::of_id(column, id, chunk, row))),
                });
            },
            None => for_each_bit(&bits, |row| count(row, 0)),
        }
    }

    pub(crate) fn finish(self) -> Histogram {
        let last = self.names.len().saturating_sub(2);
        let split = self.split.is_some();
        let series = self.names.into_iter().zip(self.counts).enumerate();
        let series = series.filter(|(at, (_, counts))| {
            // The rest and the missing are shown only where there are some.
            !split || *at < last || counts.iter().any(|it| *it > 0)
        });
        let series = series
            .map(|(_, (value, counts))| Series { value: if split { value } else { None }, counts });
        Histogram {
            start_millis: self.bars.start_millis,
            step_millis: self.bars.step_millis,
            series: series.collect(),
        }
    }
}

/// The largest values, and the series of each code: that of its value, the rest, the missing.
fn name_series(table: &Table, field: Field, totals: &[u32]) -> (Vec<String>, Vec<u32>) {
    let value = |code: usize| -> Option<&str> {
        match slot(field) {
            Slot::Text(at) => table.texts[at].dictionary.get(code as u32),
            Slot::Derived(at) => derive(field, table.texts[at].dictionary.get(code as u32)?),
            Slot::List(at) => table.lists[at].dictionary.get(code as u32),
            Slot::File => table.paths.get(code).map(String::as_str),
            Slot::Time | Slot::Id(_) => None,
        }
    };
    let mut sums: std::collections::BTreeMap<&str, u64> = std::collections::BTreeMap::new();
    for (code, count) in totals.iter().enumerate().filter(|it| *it.1 > 0) {
        if let Some(value) = value(code) {
            *sums.entry(value).or_default() += u64::from(*count);
        }
    }
    let mut largest: Vec<(&str, u64)> = sums.into_iter().collect();
    largest.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    largest.truncate(NAMED);
    let (rest, missing) = (largest.len() as u32, largest.len() as u32 + 1);
    let series = |code: usize| match value(code) {
        None => missing,
        Some(value) => {
            let at = largest.iter().position(|it| it.0 == value);
            at.map_or(rest, |it| it as u32)
        },
    };
    let series_of = (0..totals.len()).map(series).collect();
    (largest.iter().map(|it| it.0.to_owned()).collect(), series_of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::time::parse;

    #[test]
    fn bars_are_round_aligned_and_few() {
        let check = |from: &str, to: &str, buckets: u32, step_millis: i64, start: &str| {
            let least = if from < "1970" && "1970" < to { 2 } else { 1 };
            let span =
                TimeRange { start_millis: parse(from).unwrap(), end_millis: parse(to).unwrap() };
            let bars = Bars::cover(span, buckets);
            assert_eq!((bars.step_millis, bars.start_millis), (step_millis, parse(start).unwrap()));
            assert!(bars.count <= buckets.max(least) as usize);
            assert!(bars.start_millis <= span.start_millis);
            assert!(span.end_millis <= bars.start_millis + bars.step_millis * bars.count as i64);
        };
        check("2021-07-28T15:28:12Z", "2021-08-02T09:50:04Z", 60, 2 * HOUR, "2021-07-28T14:00:00Z");
        check("2021-07-30T16:32:46Z", "2021-07-30T16:32:47Z", 60, SECOND, "2021-07-30T16:32:46Z");
        check("2021-07-30T16:32:46Z", "2021-07-30T16:33:11Z", 60, SECOND, "2021-07-30T16:32:46Z");
        check(
            "1990-01-01T00:00:00Z",
            "2021-07-30T16:33:11Z",
            4,
            9 * 364 * DAY,
            "1987-12-10T00:00:00Z",
        );
        // No bar reaches over the epoch; its neighbours may be far off.
        let before = "1969-12-31T23:59:59Z";
        check(before, "1970-01-01T00:00:01Z", 1, SECOND, before);
        check(before, "2024-05-01T00:00:00Z", 1, 55 * 364 * DAY, "1915-03-11T00:00:00Z");
        check("2024-05-01T00:00:00Z", "2024-05-02T00:00:00Z", 1, DAY, "2024-05-01T00:00:00Z");
        check("2024-04-30T23:59:59Z", "2024-05-01T00:00:01Z", 1, 7 * DAY, "2024-04-25T00:00:00Z");
        let span = TimeRange {
            start_millis: parse("0000-01-01").unwrap(),
            end_millis: parse("9999-12-31").unwrap(),
        };
        let bars = Bars::cover(span, 1);
        assert_eq!((bars.step_millis, bars.count), (8058 * 364 * DAY, 2));
    }
}
