//! The joint with the engine: what it counts, and what it is asked afterwards.

use std::collections::{BTreeMap, HashMap};

use crate::model::{
    field::Field,
    insight::{Attribution, Level, Measure, SeriesKey},
    time::TimeRange,
};

/// Number of a text in [`Counts`]; 0 is no text.
pub type Text = u32;

/// What is counted apart: calls that are alike in all of this.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Group {
    pub account: Text,
    pub region: Text,
    pub event_source: Text,
    pub event_name: Text,
    pub principal: Text,
    /// Of failed calls: the error code, or the outcome where there is none. 0 for success.
    pub error: Text,
}

/// What happened in one minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MinuteCount {
    /// Minutes since 1970-01-01T00:00:00Z.
    pub minute: i32,
    /// All calls, failed ones too.
    pub calls: u32,
    /// The failed ones among them.
    pub errors: u32,
}

impl MinuteCount {
    pub(super) fn of(self, measure: Measure) -> u32 {
        match measure {
            Measure::Calls => self.calls,
            Measure::Errors => self.errors,
        }
    }
}

/// Counts of one series, minute by minute.
#[derive(Clone, Debug)]
pub(super) struct Series {
    /// The parts that its level has; the others are 0.
    pub(super) key: Group,
    /// Ascending; only minutes with calls, each once.
    pub(super) cells: Vec<MinuteCount>,
    dirty: bool,
}

impl Series {
    /// The minutes with such calls, and how many.
    pub(super) fn minutes(&self, measure: Measure) -> Vec<(i64, u32)> {
        let counts = self.cells.iter().map(|it| (i64::from(it.minute), it.of(measure)));
        counts.filter(|it| it.1 > 0).collect()
    }

    /// Errors and calls from a minute to before another.
    pub(super) fn sums(&self, start: i64, end: i64) -> (f64, f64) {
        let first = self.cells.partition_point(|it| i64::from(it.minute) < start);
        let inside = self.cells[first..].iter().take_while(|it| i64::from(it.minute) < end);
        inside.fold((0.0, 0.0), |(errors, calls), it| {
            (errors + f64::from(it.errors), calls + f64::from(it.calls))
        })
    }
}

/// All series of one level, in the order in which they were first seen.
#[derive(Clone, Debug, Default)]
pub(super) struct LevelCounts {
    pub(super) series: Vec<Series>,
    numbers: HashMap<Group, u32>,
    dirty: Vec<u32>,
}

impl LevelCounts {
    fn number(&mut self, key: Group) -> u32 {
        let next = self.series.len() as u32;
        let number = *self.numbers.entry(key).or_insert(next);
        if number == next {
            self.series.push(Series { key, cells: Vec::new(), dirty: false });
        }
        number
    }

    pub(super) fn find(&self, key: &Group) -> Option<&Series> {
        self.numbers.get(key).map(|at| &self.series[*at as usize])
    }

    fn add(&mut self, number: u32, cell: MinuteCount) {
        let series = &mut self.series[number as usize];
        if let Some(last) = series.cells.last_mut().filter(|it| it.minute == cell.minute) {
            last.calls = last.calls.saturating_add(cell.calls);
            last.errors = last.errors.saturating_add(cell.errors);
            return;
        }
        let late = series.cells.last().is_some_and(|it| it.minute > cell.minute);
        series.cells.push(cell);
        if late && !series.dirty {
            series.dirty = true;
            self.dirty.push(number);
        }
    }

    /// Puts the cells of touched series in order. The work is that of the touched ones only.
    fn settle(&mut self) {
        for number in std::mem::take(&mut self.dirty) {
            let series = &mut self.series[number as usize];
            series.dirty = false;
            // What came in is sorted runs: a stable sort joins them in linear time or nearly so.
            series.cells.sort_by_key(|it| it.minute);
            series.cells.dedup_by(|next, kept| {
                let same = next.minute == kept.minute;
                if same {
                    kept.calls = kept.calls.saturating_add(next.calls);
                    kept.errors = kept.errors.saturating_add(next.errors);
                }
                same
            });
        }
    }
}

/// Something that a principal or an account did: which value of which field. An account has no
/// principal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sight {
    pub account: Text,
    pub principal: Text,
    pub field: Field,
    pub value: Text,
}

/// The first and the last minute of a sight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) first: i32,
    pub(super) last: i32,
}

/// A log as counts: what [`super::Detector`] looks at. Grows as files arrive; only the series that
/// new events belong to are touched. Memory is linear in distinct (series, minute).
#[derive(Clone, Debug)]
pub struct Counts {
    texts: Vec<String>,
    /// Where each group is counted, by [`Level::ALL`]; [`NOWHERE`] for levels without it.
    places: Vec<[u32; Level::ALL.len()]>,
    failed: Vec<bool>,
    pub(super) levels: [LevelCounts; Level::ALL.len()],
    pub(super) sights: BTreeMap<Sight, Seen>,
}

const NOWHERE: u32 = u32::MAX;

impl Default for Counts {
    fn default() -> Counts {
        Counts {
            texts: vec![String::new()],
            places: Vec::new(),
            failed: Vec::new(),
            levels: Default::default(),
            sights: BTreeMap::new(),
        }
    }
}

impl Counts {
    /// Numbers a text. Each text must be given once.
    pub fn text(&mut self, text: String) -> Text {
        self.texts.push(text);
        (self.texts.len() - 1) as Text
    }

    /// Numbers a group, from 0 on. Each group must be given once.
    pub fn group(&mut self, group: Group) -> u32 {
        let places = Level::ALL.map(|level| match key_at(level, group) {
            Some(key) => self.levels[level as usize].number(key),
            None => NOWHERE,
        });
        self.places.push(places);
        self.failed.push(group.error != 0);
        (self.places.len() - 1) as u32
    }

    /// Counts calls of a group in a minute since 1970. Fastest in the order of time.
    pub fn add(&mut self, group: u32, minute: i32, calls: u32) {
        let at = group as usize;
        let errors = if self.failed[at] { calls } else { 0 };
        for (level, number) in self.levels.iter_mut().zip(self.places[at]) {
            if number != NOWHERE {
                level.add(number, MinuteCount { minute, calls, errors });
            }
        }
    }

    /// Notes that something was done from one minute to another, for what is new.
    pub fn see(&mut self, sight: Sight, first: i32, last: i32) {
        let seen = self.sights.entry(sight).or_insert(Seen { first, last });
        *seen = Seen { first: seen.first.min(first), last: seen.last.max(last) };
    }

    /// Puts what was added in order. Call before a detector looks.
    pub fn settle(&mut self) {
        self.levels.iter_mut().for_each(LevelCounts::settle);
    }

    pub(super) fn level(&self, level: Level) -> &LevelCounts {
        &self.levels[level as usize]
    }

    pub(super) fn name(&self, text: Text) -> &str {
        self.texts.get(text as usize).map_or("", String::as_str)
    }

    pub(super) fn key(&self, key: &Group) -> SeriesKey {
        let name = |text: Text| self.name(text).to_owned();
        SeriesKey {
            account: name(key.account),
            region: name(key.region),
            event_source: name(key.event_source),
            event_name: name(key.event_name),
            principal: name(key.principal),
            error_code: name(key.error),
        }
    }
}

/// The parts of a group that a level keeps apart; none if the group is not counted there.
fn key_at(level: Level, group: Group) -> Option<Group> {
    let Group { account, region, event_source, event_name, principal, error } = group;
    let none = Group { account, event_source, ..Group::default() };
    match level {
        Level::Api => Some(Group { region, event_name, ..none }),
        Level::PrincipalService => Some(Group { principal, ..none }),
        Level::PrincipalApi => Some(Group { principal, event_name, ..none }),
        Level::ApiError => (error != 0).then_some(Group { region, event_name, error, ..none }),
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
pub const DIMENSIONS: [Field; 8] = [
    Field::Principal,
    Field::EventName,
    Field::ErrorCode,
    Field::AwsRegion,
    Field::SourceIpAddress,
    Field::UserAgent,
    Field::Agent,
    Field::IdentityAccessKeyId,
];

/// Looks at single events again, for the few windows that stand out.
pub trait Events {
    /// For each window, in order: the events of its series by each of [`DIMENSIONS`]. Only values
    /// that occur inside the range, in any order; events without the field under empty text.
    fn look_into(&self, windows: &[Window]) -> Vec<Vec<Attribution>>;
}
