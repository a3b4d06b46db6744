//! What stands behind the windows that the detector picks: their events by field, against the rest
//! of their series.

use std::collections::{BTreeMap, HashMap};

use crate::{
    insights::{DIMENSIONS, Window},
    model::{
        derived::derive,
        field::Field,
        insight::{Attribution, Level, Measure, Part},
    },
};

use super::{
    column::CHUNK_BITS,
    counts::{Counted, Map, NO_GROUP, PARTS},
    table::{Slot, Table, slot},
};

/// What rows are counted by; all other dimensions are known from their groups.
const BY_ROW: [Field; 3] = [Field::SourceIpAddress, Field::UserAgent, Field::IdentityAccessKeyId];
/// The place of the group beside [`BY_ROW`].
const GROUP: u32 = BY_ROW.len() as u32;
/// Values that are told although they do not occur inside: the most frequent of the baseline.
const MOST_OUTSIDE: usize = 5;

/// Counts the events of windows, chunk after chunk.
pub(crate) struct Contents {
    windows: Vec<Window>,
    /// The series (of a measure) of each window, and the windows of each.
    series: Vec<u32>,
    of_series: Vec<Vec<usize>>,
    /// The series that each group is in.
    of_group: Vec<Vec<u32>>,
    /// Rows of each group.
    rows: Vec<u32>,
    /// By series, place and code.
    totals: Map<[u32; 3], u32>,
    /// By window, place and code.
    inside: Map<[u32; 3], u32>,
}

type Names<'a> = (Level, Measure, [&'a str; 6]);

/// The names of a group's series at a level.
fn names<'a>(level: Level, measure: Measure, group: [&'a str; PARTS.len()]) -> Names<'a> {
    let [account, region, source, name, principal, code, outcome] = group;
    let error = if code.is_empty() { outcome } else { code };
    let names = match level {
        Level::Api => [account, region, source, name, "", ""],
        Level::PrincipalService => [account, "", source, "", principal, ""],
        Level::PrincipalApi => [account, "", source, name, principal, ""],
        Level::ApiError => [account, region, source, name, "", error],
    };
    (level, measure, names)
}

fn names_of(window: &Window) -> Names<'_> {
    let key = &window.key;
    let names: [&str; 6] = [
        &key.account,
        &key.region,
        &key.event_source,
        &key.event_name,
        &key.principal,
        &key.error_code,
    ];
    (window.level, window.measure, names)
}

impl Contents {
    pub(crate) fn new(table: &Table, counted: &Counted, windows: Vec<Window>) -> Contents {
        let mut numbers: BTreeMap<Names<'_>, u32> = BTreeMap::new();
        let mut series = Vec::new();
        let mut of_series: Vec<Vec<usize>> = Vec::new();
        for (at, window) in windows.iter().enumerate() {
            let number = *numbers.entry(names_of(window)).or_insert(of_series.len() as u32);
            if number as usize == of_series.len() {
                of_series.push(Vec::new());
            }
            of_series[number as usize].push(at);
            series.push(number);
        }
        let of_group: Vec<Vec<u32>> = counted
            .groups(table)
            .map(|group| {
                let failed = !group[6].is_empty();
                let measures = [Measure::Calls, Measure::Errors];
                let measures = &measures[..1 + usize::from(failed)];
                let all = Level::ALL.into_iter().flat_map(|level| {
                    measures.iter().map(move |measure| names(level, *measure, group))
                });
                all.filter_map(|names| numbers.get(&names).copied()).collect()
            })
            .collect();
        let rows = vec![0; of_group.len()];
        Contents {
            windows,
            series,
            of_series,
            of_group,
            rows,
            totals: Map::default(),
            inside: Map::default(),
        }
    }

    pub(crate) fn add(&mut self, table: &Table, counted: &Counted, chunk: usize, len: usize) {
        let columns = BY_ROW.map(|it| table.codes(it).chunk(chunk));
        let times = table.times.chunk(chunk);
        let groups = counted.of_rows(chunk << CHUNK_BITS, len);
        for (row, group) in groups.iter().enumerate() {
            if *group == NO_GROUP {
                continue;
            }
            self.rows[*group as usize] += 1;
            for series in &self.of_group[*group as usize] {
                let codes = columns.map(|it| it.get(row));
                for (at, code) in codes.iter().enumerate() {
                    *self.totals.entry([*series, at as u32, *code]).or_default() += 1;
                }
                for window in &self.of_series[*series as usize] {
                    if !self.windows[*window].range.contains(times[row]) {
                        continue;
                    }
                    let key = |at: u32, code: u32| [*window as u32, at, code];
                    *self.inside.entry(key(GROUP, *group)).or_default() += 1;
                    for (at, code) in codes.iter().enumerate() {
                        *self.inside.entry(key(at as u32, *code)).or_default() += 1;
                    }
                }
            }
        }
    }

    /// For each window, its events by each dimension.
    pub(crate) fn finish(self, table: &Table, counted: &Counted) -> Vec<Vec<Attribution>> {
        let groups: Vec<[&str; PARTS.len()]> = counted.groups(table).collect();
        let totals = sorted(&self.totals);
        let inside = sorted(&self.inside);
        let mut groups_of: Vec<Vec<u32>> = vec![Vec::new(); self.of_series.len()];
        for (group, series) in self.of_group.iter().enumerate() {
            for it in series {
                groups_of[*it as usize].push(group as u32);
            }
        }
        let named = |group: u32, place: usize| groups[group as usize][place].to_owned();
        let of_window = |window: u32, field: Field| match By::of(field) {
            By::Group(place) => {
                let parts = of(&inside, window, GROUP);
                sum(parts.map(|(group, count)| (named(group, place), count)))
            },
            By::Row { from, place } => {
                let parts = of(&inside, window, place);
                sum(parts.map(|(code, count)| (value(table, field, from, code), count)))
            },
        };
        let of_series = |series: u32, field: Field| match By::of(field) {
            By::Group(place) => {
                let rows = |group: &u32| u64::from(self.rows[*group as usize]);
                let groups = groups_of[series as usize].iter();
                sum(groups.map(|group| (named(*group, place), rows(group))))
            },
            By::Row { from, place } => {
                let parts = of(&totals, series, place);
                sum(parts.map(|(code, count)| (value(table, field, from, code), count)))
            },
        };
        // Many windows are of one series.
        let mut known: HashMap<(u32, Field), Whole> = HashMap::new();
        let mut all = Vec::with_capacity(self.windows.len());
        for (window, series) in (0..).zip(&self.series) {
            let attribution = |field: &Field| {
                let whole = known
                    .entry((*series, *field))
                    .or_insert_with(|| Whole::new(of_series(*series, *field)));
                Attribution { field: *field, values: whole.beside(of_window(window, *field)) }
            };
            all.push(DIMENSIONS.iter().map(attribution).collect());
        }
        all
    }
}

fn sum(values: impl Iterator<Item = (String, u64)>) -> BTreeMap<String, u64> {
    let mut sums = BTreeMap::new();
    for (value, count) in values {
        *sums.entry(value).or_default() += count;
    }
    sums
}

/// Where the values of a dimension are known from.
enum By {
    /// A part of the rows' groups.
    Group(usize),
    /// A place in [`BY_ROW`], which holds the field that the values are taken from.
    Row { from: Field, place: u32 },
}

impl By {
    fn of(field: Field) -> By {
        if let Some(place) = PARTS.iter().position(|it| *it == field) {
            return By::Group(place);
        }
        let from = if field == Field::Agent { Field::UserAgent } else { field };
        let place = BY_ROW.iter().position(|it| *it == from).unwrap_or(0) as u32;
        By::Row { from, place }
    }
}

/// What a series holds by one dimension.
struct Whole {
    counts: BTreeMap<String, u64>,
    /// The most frequent first.
    order: Vec<(String, u64)>,
}

impl Whole {
    fn new(counts: BTreeMap<String, u64>) -> Whole {
        let mut order: Vec<(String, u64)> =
            counts.iter().map(|(value, count)| (value.clone(), *count)).collect();
        order.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Whole { counts, order }
    }

    /// What occurs inside, and the most frequent of the rest.
    fn beside(&self, inside: BTreeMap<String, u64>) -> Vec<Part> {
        let rest = self.order.iter().filter(|it| !inside.contains_key(&it.0)).take(MOST_OUTSIDE);
        let rest: Vec<Part> = rest
            .map(|(value, count)| Part { value: value.clone(), inside: 0, outside: *count })
            .collect();
        let part = |(value, inside): (String, u64)| {
            let all = self.counts.get(&value).copied().unwrap_or(0);
            Part { value, inside, outside: all.saturating_sub(inside) }
        };
        inside.into_iter().map(part).chain(rest).collect()
    }
}

fn sorted(counts: &Map<[u32; 3], u32>) -> Vec<([u32; 3], u32)> {
    let mut all: Vec<([u32; 3], u32)> = counts.iter().map(|(key, it)| (*key, *it)).collect();
    all.sort_unstable();
    all
}

/// Codes and counts of one window or series at one place.
fn of(counts: &[([u32; 3], u32)], number: u32, place: u32) -> impl Iterator<Item = (u32, u64)> {
    let from = counts.partition_point(|it| it.0 < [number, place, 0]);
    let is = move |it: &&([u32; 3], u32)| it.0[0] == number && it.0[1] == place;
    counts[from..].iter().take_while(is).map(|(key, count)| (key[2], u64::from(*count)))
}

fn value(table: &Table, field: Field, from: Field, code: u32) -> String {
    let text = table.text(from).dictionary.get(code).unwrap_or_default();
    match slot(field) {
        Slot::Derived(_) => derive(field, text).unwrap_or_default().to_owned(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inside_is_told_whole_and_of_the_rest_the_most_frequent() {
        let counts = |all: &[(&str, u64)]| all.iter().map(|it| (it.0.to_owned(), it.1)).collect();
        let all = [("a", 3), ("b", 9), ("c", 9), ("d", 1), ("e", 1), ("f", 1), ("g", 1)];
        let told = Whole::new(counts(&all)).beside(counts(&[("d", 1), ("b", 2)]));
        let told: Vec<(&str, u64, u64)> =
            told.iter().map(|it| (it.value.as_str(), it.inside, it.outside)).collect();
        let rest = [("c", 0, 9), ("a", 0, 3), ("e", 0, 1), ("f", 0, 1), ("g", 0, 1)];
        assert_eq!(told, [&[("b", 2, 7), ("d", 1, 0)][..], &rest].concat());
    }
}
