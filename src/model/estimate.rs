//! How much a drop is, judged before anything is read: files, events, memory, by their paths and
//! sizes; and which of its days fit.
//!
//! The ratios are those of real logs. Of 3,872 files of one bucket (7.96 MB, 30,477 events) and 55
//! of another (0.43 MB, 2,900 events), a file of `b` gzip bytes holds about `(b - 900) / 145`
//! events: the first event of a file costs its whole dictionary. That gives 31,000 and 2,600. Not
//! packed, an event has 1,454 and 1,262 bytes. They are of two small buckets: what is shown is
//! "about".

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    path::{PathFacts, PathKind},
    time::{DAY, TimeRange},
};

/// What the first event of a packed file costs beyond the bytes of an event.
const FIRST_PACKED_BYTES: u64 = 900;
/// A further event in a packed file.
const PACKED_BYTES: u64 = 145;
/// An event as JSON.
const JSON_BYTES: u64 = 1_400;
/// An event as a row of a table: what the engine may take, and about what it does (BENCHMARKS.md).
const ROW_BYTES: u64 = 250;
/// An engine that holds nothing: what its program and a few dictionaries need; not measured.
const EMPTY_ENGINE_BYTES: u64 = 12 << 20;

/// What some files come to. All but `files` and `bytes` is "about".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    pub files: u64,
    /// As the files are.
    pub bytes: u64,
    /// Before duplicates are dropped, of which real buckets hold up to a fifth.
    pub events: u64,
}

impl Estimate {
    /// Of one file.
    pub fn of_file(path: &str, bytes: u64) -> Estimate {
        Estimate { files: 1, bytes, events: events(path, PathFacts::of(path).kind, bytes) }
    }

    /// Linear memory of an engine that holds this and nothing else.
    pub fn memory_bytes(self) -> u64 {
        EMPTY_ENGINE_BYTES + self.events.saturating_mul(ROW_BYTES)
    }

    /// Of both together.
    pub fn and(self, other: Estimate) -> Estimate {
        Estimate {
            files: self.files + other.files,
            bytes: self.bytes.saturating_add(other.bytes),
            events: self.events.saturating_add(other.events),
        }
    }
}

fn events(path: &str, kind: Option<PathKind>, bytes: u64) -> u64 {
    let ends = |end: &str| {
        let at = path.len().saturating_sub(end.len());
        path.get(at..).is_some_and(|it| it.eq_ignore_ascii_case(end))
    };
    if bytes == 0 || kind == Some(PathKind::Digest) {
        return 0;
    }
    // Anything else that is not text is taken to be packed about as well as gzip does it.
    if [".json", ".jsonl", ".ndjson", ".csv", ".txt", ".log"].into_iter().any(ends) {
        return (bytes / JSON_BYTES).max(1);
    }
    (bytes.saturating_sub(FIRST_PACKED_BYTES) / PACKED_BYTES).max(1)
}

/// A drop by what its paths say: what a person may choose from before anything is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    pub all: Estimate,
    /// Files whose paths name no account, no region or no day stand under none.
    pub accounts: BTreeMap<String, Estimate>,
    pub regions: BTreeMap<String, Estimate>,
    /// By midnight.
    pub days: BTreeMap<i64, Estimate>,
    /// Files of no known day: they are read whatever days are chosen.
    pub undated: Estimate,
}

impl Survey {
    /// Of files with their sizes.
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, u64)>) -> Survey {
        let mut survey = Survey::default();
        for (path, bytes) in files {
            survey.add(path, bytes);
        }
        survey
    }

    /// One more file.
    pub fn add(&mut self, path: &str, bytes: u64) {
        let facts = PathFacts::of(path);
        let one = Estimate { files: 1, bytes, events: events(path, facts.kind, bytes) };
        self.all = self.all.and(one);
        if let Some(account) = facts.account {
            add_under(&mut self.accounts, account, one);
        }
        if let Some(region) = facts.region {
            add_under(&mut self.regions, region, one);
        }
        let of_day = match facts.day_millis {
            Some(day) => self.days.entry(day).or_default(),
            None => &mut self.undated,
        };
        *of_day = of_day.and(one);
    }

    /// The newest days that fit into so much memory, with the files of no known day; `None` when
    /// not even one day does. All that is there when all of it fits.
    pub fn newest_days(&self, budget_bytes: u64) -> Option<Fit> {
        let mut taken = self.undated;
        let mut range = None;
        for (day, estimate) in self.days.iter().rev() {
            let more = taken.and(*estimate);
            if more.memory_bytes() > budget_bytes {
                break;
            }
            taken = more;
            let end_millis = range.map_or(*day + DAY, |it: TimeRange| it.end_millis);
            range = Some(TimeRange { start_millis: *day, end_millis });
        }
        range.map(|range| Fit { range, taken })
    }
}

/// Days that fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fit {
    /// From midnight to midnight, as the days of delivery; what `PathFilter` takes.
    pub range: TimeRange,
    /// What they hold, the files of no known day included.
    pub taken: Estimate,
}

fn add_under(map: &mut BTreeMap<String, Estimate>, key: &str, one: Estimate) {
    // Nearly all keys are there already: no text is made for them.
    match map.get_mut(key) {
        Some(known) => *known = known.and(one),
        None => drop(map.insert(key.to_owned(), one)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::time::parse;

    fn name(day: &str, at: usize) -> String {
        format!("111122223333_CloudTrail_us-east-1_{day}T{:02}00Z_{at}.json.gz", at % 24)
    }

    #[test]
    fn the_bucket_that_the_ratios_come_from_is_estimated_well() {
        // Its files in seven classes of size, as they were counted.
        let classes = [
            (384, 772),
            (1439, 1_396),
            (1032, 1_704),
            (330, 2_595),
            (591, 3_720),
            (90, 6_274),
            (6, 45_000),
        ];
        let mut survey = Survey::default();
        for (files, bytes) in classes {
            for at in 0..files {
                survey.add(&name("20210730", at), bytes);
            }
        }
        assert_eq!(survey.all.files, 3_872);
        assert!((27_000..34_000).contains(&survey.all.events), "{:?}", survey.all);
        assert!((19_000_000..22_000_000).contains(&survey.all.memory_bytes()));
    }

    #[test]
    fn digests_hold_no_events_and_text_is_not_packed() {
        let events = |path: &str, bytes| Estimate::of_file(path, bytes).events;
        let digest =
            "111122223333_CloudTrail-Digest_us-east-1_t_us-east-1_20210730T150131Z.json.gz";
        assert_eq!(events(digest, 2_000), 0);
        assert_eq!(events("a.JSON", 1_400_000), 1_000);
        assert_eq!(events("a.json.gz", 145_900), 1_000);
        assert_eq!(events("a.json.gz", 700), 1);
        assert_eq!(events("a.json.gz", 0), 0);
        assert_eq!(events("ü", 1_000), 1);
        assert_eq!(events("a.zip", u64::MAX), (u64::MAX - 900) / 145);
    }

    #[test]
    fn the_newest_days_that_fit_are_offered() {
        let mut survey = Survey::default();
        for (day, bytes) in [("20210728", 14_500_900), ("20210729", 1_450_900), ("20210731", 900)] {
            survey.add(&name(day, 0), bytes);
        }
        survey.add("undated.json.gz", 145_900);
        let whole = |from: &str, to: &str| TimeRange {
            start_millis: parse(from).unwrap(),
            end_millis: parse(to).unwrap() + DAY,
        };
        let fit = |events: u64| survey.newest_days((12 << 20) + events * 250);
        assert_eq!(fit(200_000).unwrap().range, whole("2021-07-28", "2021-07-31"));
        assert_eq!(fit(200_000).unwrap().taken, survey.all);
        let some = fit(50_000).unwrap();
        assert_eq!(some.range, whole("2021-07-29", "2021-07-31"));
        assert_eq!((some.taken.files, some.taken.events), (3, 11_001));
        assert_eq!(fit(5_000).unwrap().range, whole("2021-07-31", "2021-07-31"));
        assert_eq!(fit(500), None);
        assert_eq!(Survey::default().newest_days(u64::MAX), None);
    }

    #[test]
    fn a_survey_tells_what_there_is_to_choose_from() {
        let survey = Survey::of([
            ("a/444455556666/CloudTrail/eu-west-1/2021/07/30/x.json.gz", 1_000),
            (name("20210730", 3).as_str(), 2_000),
            ("notes.txt", 10),
        ]);
        assert_eq!(survey.accounts.keys().collect::<Vec<_>>(), ["111122223333", "444455556666"]);
        assert_eq!(survey.regions["eu-west-1"].bytes, 1_000);
        assert_eq!(survey.days.len(), 1);
        assert_eq!((survey.undated.files, survey.all.files), (1, 3));
    }
}
