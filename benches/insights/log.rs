//! A log as the benchmark has it: counts of calls by principal, API and error code, minute by
//! minute. No JSON: what is measured are the statistics.

use std::collections::BTreeMap;

/// Minutes of the log: 28 days from a Monday midnight.
pub const MINUTES: u32 = 28 * DAY;
pub const DAY: u32 = 1440;
/// The first days are history only, so that rivals which look back have something to look at.
pub const SCORED_FROM: u32 = 7 * DAY;
pub const SCORED_DAYS: f64 = 21.0;

/// Number of a principal, an API and an error code; error 0 is success.
pub type Principal = u16;
pub type Api = u16;
pub type ErrorCode = u8;

pub const ERRORS: [&str; 7] = [
    "",
    "AccessDenied",
    "ThrottlingException",
    "ResourceNotFoundException",
    "ValidationException",
    "InternalFailure",
    "ConditionalCheckFailedException",
];

/// What is counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Who {
    pub principal: Principal,
    pub api: Api,
    pub error: ErrorCode,
}

/// Some calls of one kind in one minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    pub who: Who,
    /// From the start of the log.
    pub minute: u32,
    pub calls: u32,
}

/// The names behind the numbers, and the counts.
#[derive(Clone, Debug, Default)]
pub struct Log {
    pub principals: Vec<String>,
    /// Service and name.
    pub apis: Vec<(String, String)>,
    /// Ascending, each kind and minute once, after [`Log::settle`].
    pub cells: Vec<Cell>,
}

/// Counts of one series in minutes, ascending.
pub type Minutes = Vec<(u32, u32)>;

impl Log {
    pub fn add(
        &mut self,
        principal: Principal,
        api: Api,
        error: ErrorCode,
        minute: u32,
        calls: u32,
    ) {
        if minute < MINUTES && calls > 0 {
            self.cells.push(Cell { who: Who { principal, api, error }, minute, calls });
        }
    }

    pub fn principal(&mut self, name: String) -> Principal {
        self.principals.push(name);
        (self.principals.len() - 1) as Principal
    }

    /// The API of a service and name, made if there is none.
    pub fn api(&mut self, service: &str, name: &str) -> Api {
        let is = |it: &(String, String)| it.0 == service && it.1 == name;
        if let Some(at) = self.apis.iter().position(is) {
            return at as Api;
        }
        self.apis.push((service.to_owned(), name.to_owned()));
        (self.apis.len() - 1) as Api
    }

    /// Sorts and adds up what was added.
    pub fn settle(&mut self) {
        self.cells.sort_unstable();
        let mut merged: Vec<Cell> = Vec::with_capacity(self.cells.len());
        for cell in &self.cells {
            match merged.last_mut() {
                Some(last) if last.who == cell.who && last.minute == cell.minute => {
                    last.calls += cell.calls;
                },
                _ => merged.push(*cell),
            }
        }
        self.cells = merged;
    }

    /// Forgets a span, as if its files were missing.
    pub fn cut(&mut self, start: u32, end: u32) {
        self.cells.retain(|cell| !(start..end).contains(&cell.minute));
    }

    pub fn calls(&self) -> u64 {
        self.cells.iter().map(|cell| u64::from(cell.calls)).sum()
    }

    /// Counts by any key.
    pub fn series<K: Ord>(&self, key: impl Fn(&Cell) -> Option<K>) -> BTreeMap<K, Minutes> {
        let mut all: BTreeMap<K, Minutes> = BTreeMap::new();
        for cell in &self.cells {
            if let Some(key) = key(cell) {
                all.entry(key).or_default().push((cell.minute, cell.calls));
            }
        }
        for minutes in all.values_mut() {
            minutes.sort_unstable();
            minutes.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                if same {
                    kept.1 += next.1;
                }
                same
            });
        }
        all
    }

    /// Calls of each API.
    pub fn by_api(&self) -> BTreeMap<Api, Minutes> {
        self.series(|cell| Some(cell.who.api))
    }
}
