//! What of a load is read: a person may choose before it is.

use std::{collections::BTreeSet, sync::Arc};

use crate::model::{estimate::Estimate, path::PathFilter, survey::Survey};

/// A question that waits for a person; nothing is read meanwhile.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What is not read yet.
    pub survey: Arc<Survey>,
    pub reason: Reason,
    /// What is proposed.
    pub filter: PathFilter,
    /// Memory for it, as [`Estimate::memory_bytes`] counts.
    pub room_bytes: u64,
}

/// Why a person is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It was wanted before this load began, and nothing was read.
    First,
    /// There is more than memory holds.
    TooMuch,
    /// It was wanted while the load ran.
    Asked,
}

impl Choice {
    /// Proposes all, or the newest days that fit where not all of it does.
    pub fn new(survey: Survey, reason: Reason, room_bytes: u64) -> Choice {
        let fits = survey.all.memory_bytes() <= room_bytes;
        let range = if fits { None } else { survey.newest_days(room_bytes) };
        let filter = PathFilter { range, ..PathFilter::default() };
        Choice { survey: Arc::new(survey), reason, filter, room_bytes }
    }

    /// Whether so much can be held.
    pub fn fits(&self, estimate: Estimate) -> bool {
        estimate.memory_bytes() <= self.room_bytes
    }
}

/// Takes a name in or out of those that are wanted; `None` stands for all that there are.
pub fn toggle(wanted: &mut Option<BTreeSet<String>>, name: &str, all: &[String]) {
    let mut names = wanted.take().unwrap_or_else(|| all.iter().cloned().collect());
    if !names.remove(name) {
        names.insert(name.to_owned());
    }
    *wanted = (names.len() < all.len()).then_some(names);
}

/// Takes these in, or out.
pub fn set_all(wanted: &mut Option<BTreeSet<String>>, names: &[String], on: bool, all: &[String]) {
    let is_wanted = |wanted: &Option<BTreeSet<String>>, name: &str| {
        wanted.as_ref().is_none_or(|it| it.contains(name))
    };
    for name in names {
        if is_wanted(wanted, name) != on {
            toggle(wanted, name, all);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::time::{DAY, parse};

    #[test]
    fn what_fits_is_proposed_whole_and_else_its_newest_days() {
        let of =
            |day: u32| format!("111122223333_CloudTrail_us-east-1_2021070{day}T1200Z_a.json.gz");
        let survey = || Survey::of([(of(1).as_str(), 14_500_900), (of(2).as_str(), 14_500_900)]);
        let all = survey().all.memory_bytes();
        assert_eq!(Choice::new(survey(), Reason::Asked, all).filter, PathFilter::default());
        let part = Choice::new(survey(), Reason::TooMuch, all - 1);
        let range = part.filter.range.unwrap();
        assert_eq!(range.start_millis, parse("2021-07-02").unwrap());
        assert_eq!(range.len_millis(), DAY);
        assert!(part.fits(part.survey.chosen(&part.filter)) && !part.fits(part.survey.all));
    }

    #[test]
    fn names_are_taken_out_and_in() {
        let all = ["a", "b", "c"].map(str::to_owned);
        let mut wanted = None;
        toggle(&mut wanted, "b", &all);
        assert_eq!(wanted, Some(["a".to_owned(), "c".to_owned()].into()));
        toggle(&mut wanted, "b", &all);
        assert_eq!(wanted, None, "all again, also those that come later");
        set_all(&mut wanted, &all, false, &all);
        assert_eq!(wanted, Some(BTreeSet::new()));
        set_all(&mut wanted, &all[..1], true, &all);
        assert_eq!(wanted, Some(["a".to_owned()].into()));
    }
}
