//! A drop by what its paths say: what a person may choose from before anything is read.

use std::{collections::BTreeMap, fmt::Write};

use super::{
    estimate::Estimate,
    member::Coding,
    path::{DELIVERY_MILLIS, PathFacts, PathFilter},
    time::{DAY, TimeRange},
};

/// Files that no one has read yet, added up by account, region and day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    pub all: Estimate,
    /// By account and region, as one text.
    places: BTreeMap<String, Place>,
}

/// The files of one account and region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Place {
    account: Option<String>,
    region: Option<String>,
    /// By the moment of [`moment_of`]; none for files of no known day.
    moments: BTreeMap<Option<i64>, Estimate>,
}

/// Files of one account, region and moment, as a path would say it.
type Cell<'a> = (PathFacts<'a>, Estimate);

impl Survey {
    /// Of files with their sizes.
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, u64)>) -> Survey {
        let mut survey = Survey::default();
        for (path, bytes) in files {
            survey.add(path, bytes, Coding::Plain);
        }
        survey
    }

    /// One more file.
    pub fn add(&mut self, path: &str, bytes: u64, coding: Coding) {
        let facts = PathFacts::of(path);
        let one = Estimate::of(path, &facts, bytes, coding);
        self.all = self.all.and(one);
        let (account, region) = (facts.account, facts.region);
        let mut key = String::with_capacity(32);
        write!(key, "{} {}", account.unwrap_or_default(), region.unwrap_or_default()).ok();
        let place = self.places.entry(key).or_insert_with(|| Place {
            account: account.map(str::to_owned),
            region: region.map(str::to_owned),
            moments: BTreeMap::new(),
        });
        let of_moment = place.moments.entry(moment_of(&facts)).or_default();
        *of_moment = of_moment.and(one);
    }

    /// All files of another.
    pub fn add_all(&mut self, other: &Survey) {
        self.all = self.all.and(other.all);
        for (key, others) in &other.places {
            let place = self
                .places
                .entry(key.clone())
                .or_insert_with(|| Place { moments: BTreeMap::new(), ..others.clone() });
            for (moment, of) in &others.moments {
                let of_moment = place.moments.entry(*moment).or_default();
                *of_moment = of_moment.and(*of);
            }
        }
    }

    /// What of it the filter accepts. Exact where the filter's range is of whole days.
    pub fn chosen(&self, filter: &PathFilter) -> Estimate {
        self.by_place(filter).fold(Estimate::default(), |sum, it| sum.and(it.1))
    }

    /// By account, what the rest of the filter accepts, also where that is nothing; files whose
    /// paths name none stand under none.
    pub fn accounts(&self, filter: &PathFilter) -> BTreeMap<&str, Estimate> {
        let others = PathFilter { accounts: None, ..filter.clone() };
        sums(self.by_place(&others).map(|(place, of)| (place.account.as_deref(), of)))
    }

    /// By region, in the same way.
    pub fn regions(&self, filter: &PathFilter) -> BTreeMap<&str, Estimate> {
        let others = PathFilter { regions: None, ..filter.clone() };
        sums(self.by_place(&others).map(|(place, of)| (place.region.as_deref(), of)))
    }

    /// By midnight, what the filter accepts; files whose paths name no day stand under none.
    pub fn days(&self, filter: &PathFilter) -> BTreeMap<i64, Estimate> {
        let places = self.places.values();
        let accepted = places.filter(|it| it.is_accepted(filter)).flat_map(Place::cells);
        let accepted = accepted.filter(|it| filter.accepts_of_place(&it.0));
        sums(accepted.map(|(facts, of)| (facts.day_millis, of)))
    }

    /// Files whose paths do not name an account, a region and a day.
    pub fn unnamed(&self) -> Estimate {
        let cells = self.places.values().flat_map(Place::cells);
        let unnamed = cells.filter(|it| !it.0.names_all());
        unnamed.fold(Estimate::default(), |sum, it| sum.and(it.1))
    }

    /// The newest days that fit into so much memory, together with the files of no known day;
    /// `None` when not even one day does.
    pub fn newest_days(&self, budget_bytes: u64) -> Option<TimeRange> {
        let days = self.days(&PathFilter::default());
        let dated = days.values().fold(Estimate::default(), |sum, it| sum.and(*it));
        let mut taken = self.all.without(dated);
        let mut range = None;
        for (day, estimate) in days.iter().rev() {
            taken = taken.and(*estimate);
            if taken.memory_bytes() > budget_bytes {
                break;
            }
            let end_millis = range.map_or(*day + DAY, |it: TimeRange| it.end_millis);
            range = Some(TimeRange { start_millis: *day, end_millis });
        }
        range
    }

    /// What the filter accepts of each place, also where that is nothing.
    fn by_place(&self, filter: &PathFilter) -> impl Iterator<Item = (&Place, Estimate)> {
        self.places.values().map(|place| {
            if !place.is_accepted(filter) {
                return (place, Estimate::default());
            }
            let accepted = place.cells().filter(|it| filter.accepts_of_place(&it.0));
            (place, accepted.fold(Estimate::default(), |sum, it| sum.and(it.1)))
        })
    }
}

impl Place {
    fn is_accepted(&self, filter: &PathFilter) -> bool {
        filter.accepts_place(self.account.as_deref(), self.region.as_deref())
    }

    fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        self.moments.iter().map(|(moment, of)| {
            let facts = PathFacts {
                account: self.account.as_deref(),
                region: self.region.as_deref(),
                stamp_millis: *moment,
                day_millis: moment.map(|it| it.div_euclid(DAY) * DAY),
                ..PathFacts::default()
            };
            (facts, *of)
        })
    }
}

/// A day in two parts: what is delivered at its beginning may hold the last events of the day
/// before, and is read with that day too.
fn moment_of(facts: &PathFacts<'_>) -> Option<i64> {
    let delivered = facts.delivered_millis()?;
    let midnight = delivered.div_euclid(DAY) * DAY;
    let is_late = delivered - midnight >= DELIVERY_MILLIS;
    Some(if is_late { midnight + DELIVERY_MILLIS } else { midnight })
}

fn sums<K: Ord>(parts: impl Iterator<Item = (Option<K>, Estimate)>) -> BTreeMap<K, Estimate> {
    let mut sums = BTreeMap::new();
    for (key, of) in parts {
        let Some(key) = key else { continue };
        let sum: &mut Estimate = sums.entry(key).or_default();
        *sum = sum.and(of);
    }
    sums
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::time::parse;

    fn name(day: &str, at: usize) -> String {
        format!("111122223333_CloudTrail_us-east-1_{day}T{:02}00Z_{at}.json.gz", at % 24)
    }

    fn whole(from: &str, to: &str) -> TimeRange {
        TimeRange { start_millis: parse(from).unwrap(), end_millis: parse(to).unwrap() + DAY }
    }

    #[test]
    fn a_name_is_counted_by_what_else_is_chosen() {
        let file = |account: &str, region: &str| {
            format!("{account}_CloudTrail_{region}_20210728T0100Z_x.json.gz")
        };
        let (one, two) = ("111122223333", "444455556666");
        let files = [file(one, "us-east-1"), file(one, "eu-west-1"), file(two, "eu-west-1")];
        let survey = Survey::of(files.iter().map(|it| (it.as_str(), 900)));
        let filter = PathFilter {
            accounts: Some([two.to_owned()].into()),
            regions: Some(["us-east-1".to_owned()].into()),
            ..PathFilter::default()
        };
        let counts =
            |of: BTreeMap<&str, Estimate>| of.values().map(|it| it.files).collect::<Vec<_>>();
        assert_eq!(counts(survey.accounts(&filter)), [1, 0]);
        // Of regions eu-west-1 comes first.
        assert_eq!(counts(survey.regions(&filter)), [1, 0]);
    }

    #[test]
    fn the_newest_days_that_fit_are_offered() {
        let mut survey = Survey::default();
        for (day, bytes) in [("20210728", 14_500_900), ("20210729", 1_450_900), ("20210731", 900)] {
            survey.add(&name(day, 0), bytes, Coding::Plain);
        }
        survey.add("undated.json.gz", 145_900, Coding::Plain);
        let fit = |events: u64| survey.newest_days((12 << 20) + events * 250);
        let chosen = |range| survey.chosen(&PathFilter { range, ..PathFilter::default() });
        assert_eq!(fit(200_000), Some(whole("2021-07-28", "2021-07-31")));
        assert_eq!(chosen(fit(200_000)), survey.all);
        assert_eq!(fit(50_000), Some(whole("2021-07-29", "2021-07-31")));
        assert_eq!((chosen(fit(50_000)).files, chosen(fit(50_000)).events), (3, 11_001));
        assert_eq!(fit(5_000), Some(whole("2021-07-31", "2021-07-31")));
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
        let accounts: Vec<&str> = survey.accounts(&PathFilter::default()).into_keys().collect();
        assert_eq!(accounts, ["111122223333", "444455556666"]);
        assert_eq!(survey.regions(&PathFilter::default())["eu-west-1"].bytes, 1_000);
        assert_eq!(survey.days(&PathFilter::default()).len(), 1);
        assert_eq!((survey.unnamed().files, survey.all.files), (1, 3));
    }

    fn paths() -> impl Strategy<Value = Vec<(String, u64)>> {
        let account = prop::sample::select(vec!["", "111122223333", "444455556666"]);
        let region = prop::sample::select(vec!["x", "eu-west-1", "us-east-1"]);
        let stamped = (0_u32..5, 0_u32..24, 0_u32..60)
            .prop_map(|(day, hour, minute)| format!("2021070{}T{hour:02}{minute:02}Z", day + 1));
        let of_day = (1_u32..6).prop_map(|day| format!("/2021/07/0{day}/a"));
        let when = prop_oneof![stamped, of_day, Just("undated".to_owned())];
        let file =
            (account, region, when, 0_u64..100_000).prop_map(|(account, region, when, bytes)| {
                (format!("{account}_CloudTrail_{region}_{when}.json.gz"), bytes)
            });
        prop::collection::vec(file, 0..60)
    }

    proptest! {
        #[test]
        fn what_is_chosen_is_what_will_be_read(
            files in paths(),
            first in 0_i64..6,
            days in 0_i64..4,
            one_account: bool,
            one_region: bool,
            named_only: bool,
        ) {
            let some = |it: &str| Some([it.to_owned()].into());
            let start_millis = parse("2021-07-01").unwrap() + first * DAY;
            let filter = PathFilter {
                accounts: if one_account { some("111122223333") } else { None },
                regions: if one_region { some("eu-west-1") } else { None },
                range: (days > 0).then_some(TimeRange { start_millis, end_millis: start_millis + days * DAY }),
                named_only,
            };
            let (some, rest) = files.split_at(files.len() / 3);
            let survey = |of: &[(String, u64)]| Survey::of(of.iter().map(|it| (it.0.as_str(), it.1)));
            let all = survey(&files);
            let mut both = survey(some);
            both.add_all(&survey(rest));
            prop_assert_eq!(&both, &all);
            let read = files.iter().filter(|it| filter.accepts(&PathFacts::of(&it.0)));
            let read = Survey::of(read.map(|it| (it.0.as_str(), it.1)));
            prop_assert_eq!(all.chosen(&filter), read.all);
        }
    }
}
