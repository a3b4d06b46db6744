//! Which gaps between the events of a log are holes: time that was not given, rather than time in
//! which nothing happened.
//!
//! A gap is a hole when it is longer than an hour and the same hours of other days, and of other
//! weeks where there are some, lead to expect at least 20 minutes with events in it. So a night or
//! a weekend without people is silence, and hours missing from a busy log are a hole. Of whole days
//! the days around them tell ([`days`]). What a log is too short to tell so is a hole when it is
//! longer than 100 times the mean of the gaps between minutes with events that are no longer; and,
//! where at least half of all hours have events, when it lasts for 20 hours. What lies further
//! apart than a year is of different logs.

use super::{
    Spans,
    days::{self, Verdict},
};

const HOUR_MINUTES: i64 = 60;
const DAY_MINUTES: i64 = 24 * HOUR_MINUTES;
const GAP_MINUTES: i64 = 60;
const GAP_MEANS: i64 = 100;
const BUSY_GAP_MINUTES: i64 = 20 * HOUR_MINUTES;
/// No log is silent for so long: one of its ends has a wrong time.
const APART_MINUTES: i64 = 366 * DAY_MINUTES;
/// So many hours without events every day are a night.
const NIGHT_HOURS: usize = 6;
/// So many minutes with events do not stay out by chance.
const NO_CHANCE_MINUTES: f64 = 20.0;
/// Fewer days tell nothing of the hours of a day, and fewer weeks nothing of those of a week.
const FEWEST_DAYS: i64 = 3;
const FEWEST_WEEKS: i64 = 3;

/// Whether a gap is so long that what lies before and after it are no parts of one log.
pub fn is_apart((start, end): (i64, i64)) -> bool {
    end - start >= APART_MINUTES
}

/// From the first minute with events to the last, without the holes. The minutes ascend, without
/// repeats.
pub(super) fn around(minutes: &[i64], is_busy: bool) -> Spans {
    let gaps = Gaps::of(minutes);
    let longest = |gap: i64| {
        let longest = GAP_MINUTES.max(GAP_MEANS * gaps.mean_up_to(gap));
        if is_busy { longest.min(BUSY_GAP_MINUTES) } else { longest }
    };
    let daily = Profile::of(minutes, DAY_MINUTES, FEWEST_DAYS);
    let weekly = Profile::of(minutes, 7 * DAY_MINUTES, FEWEST_WEEKS);
    let has_nights = daily.as_ref().is_some_and(Profile::has_nights);
    Spans::joined(minutes.iter().copied(), |from, to| {
        if to - from < GAP_MINUTES || is_apart((from, to)) {
            return to - from >= GAP_MINUTES;
        }
        let by_days = daily.as_ref().and_then(|it| it.is_missed(from, to));
        let by_weeks = weekly.as_ref().and_then(|it| it.is_missed(from, to));
        match (by_days, by_weeks, days::judge(minutes, from, to)) {
            (_, _, Verdict::Missed) => true,
            (None, None, Verdict::Weekend) if has_nights => false,
            (None, None, _) => to - from >= longest(to - from),
            (by_days, by_weeks, _) => by_days.unwrap_or(true) && by_weeks.unwrap_or(true),
        }
    })
}

/// From one minute with events to the next.
struct Gaps {
    /// Those of an hour and longer, ascending, and the sums of them up to each.
    long: Vec<i64>,
    sums: Vec<i64>,
    short_sum: i64,
    short_count: i64,
}

impl Gaps {
    fn of(minutes: &[i64]) -> Gaps {
        let all = || minutes.windows(2).map(|it| it[1] - it[0]);
        let mut long: Vec<i64> = all().filter(|it| *it >= GAP_MINUTES).collect();
        long.sort_unstable();
        let sum = |sum: &mut i64, it: &i64| {
            *sum += it;
            Some(*sum)
        };
        let sums = long.iter().scan(0, sum).collect();
        let short = || all().filter(|it| *it < GAP_MINUTES);
        Gaps { long, sums, short_sum: short().sum(), short_count: short().count() as i64 }
    }

    /// The mean of those that are silent for no longer than that: a longer one says nothing of these.
    fn mean_up_to(&self, silent: i64) -> i64 {
        let count = self.long.partition_point(|it| *it <= silent + 1);
        let sum = self.short_sum + count.checked_sub(1).map_or(0, |it| self.sums[it]);
        sum / (self.short_count + count as i64).max(1)
    }
}

/// How many minutes of each hour of a period have events.
struct Profile {
    period: i64,
    hours: Vec<f64>,
    /// Periods but for the one that a gap lies in.
    others: f64,
}

impl Profile {
    /// None of a log that has fewer than so many periods.
    fn of(minutes: &[i64], period: i64, fewest: i64) -> Option<Profile> {
        let span = minutes.last()? - minutes.first()?;
        if span < fewest * period {
            return None;
        }
        let mut hours = vec![0.0; (period / HOUR_MINUTES) as usize];
        for minute in minutes {
            hours[(minute.rem_euclid(period) / HOUR_MINUTES) as usize] += 1.0;
        }
        Some(Profile { period, hours, others: (span / period - 1) as f64 })
    }

    /// Whether some hours of the day never have events.
    fn has_nights(&self) -> bool {
        let mut twice = self.hours.iter().chain(&self.hours).collect::<Vec<_>>();
        twice.truncate(self.hours.len() + NIGHT_HOURS);
        twice.windows(NIGHT_HOURS).any(|it| it.iter().all(|it| **it == 0.0))
    }

    /// Whether events were to be expected in a span that has none; `None` of a span of a period
    /// and longer, which is no matter of its hours.
    fn is_missed(&self, from: i64, to: i64) -> Option<bool> {
        if to - from >= self.period {
            return None;
        }
        let hours = from.div_euclid(HOUR_MINUTES)..=(to - 1).div_euclid(HOUR_MINUTES);
        let expected: f64 = hours
            .map(|hour| {
                let start = (hour * HOUR_MINUTES).max(from);
                let end = ((hour + 1) * HOUR_MINUTES).min(to);
                let share = (end - start) as f64 / HOUR_MINUTES as f64;
                self.hours[hour.rem_euclid(self.hours.len() as i64) as usize] * share
            })
            .sum();
        Some(expected >= NO_CHANCE_MINUTES * self.others)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(minutes: &[i64]) -> Vec<(i64, i64)> {
        around(minutes, false).iter().collect()
    }

    #[test]
    fn a_missing_day_is_a_hole_and_a_night_is_not() {
        let busy: Vec<i64> = (0..10 * 1440).filter(|it| !(4320..5760).contains(it)).collect();
        assert_eq!(spans(&busy), [(0, 4320), (5760, 14_400)]);
        let office: Vec<i64> = (0..10 * 1440).step_by(5).filter(|it| it % 1440 < 540).collect();
        assert_eq!(spans(&office).len(), 1);
        assert_eq!(spans(&[7]), [(7, 8)]);
        assert!(spans(&[]).is_empty());
    }

    #[test]
    fn a_wrong_time_is_not_part_of_the_log() {
        let (days, year) = (0..8 * 1440, 365 * 1440);
        let mut minutes: Vec<i64> = days.step_by(240).collect();
        minutes.extend([100 * year, 970 * year]);
        let alone = |it: i64| (it, it + 1);
        assert_eq!(spans(&minutes), [(0, 11_281), alone(100 * year), alone(970 * year)]);
    }

    #[test]
    fn weekends_are_silent_every_week_and_a_week_is_not() {
        // Minute 0 is a Thursday. Every other minute of working hours, and a job each night.
        let works =
            |it: &i64| ![2, 3].contains(&(it / 1440 % 7)) && (480..1080).contains(&(it % 1440));
        let minutes = |weeks: i64| {
            (0..weeks * 7 * 1440).filter(move |it| it % 1440 == 120 || it % 2 == 0 && works(it))
        };
        assert_eq!(spans(&minutes(5).collect::<Vec<_>>()).len(), 1);
        let week = 2 * 7 * 1440..3 * 7 * 1440;
        let without: Vec<i64> = minutes(5).filter(|it| !week.contains(it)).collect();
        assert_eq!(spans(&without).len(), 2);
    }

    #[test]
    fn hours_that_are_never_silent_are_missed() {
        let is_day = |it: &i64| (480..1080).contains(&(it % 1440));
        let missing = 4 * 1440 + 600..4 * 1440 + 700;
        let all: Vec<i64> = (0..10 * 1440).step_by(2).filter(is_day).collect();
        let some: Vec<i64> = all.iter().copied().filter(|it| !missing.contains(it)).collect();
        assert_eq!(spans(&all).len(), 1);
        assert_eq!(spans(&some), [(480, 4 * 1440 + 599), (4 * 1440 + 700, 9 * 1440 + 1079)]);
    }
}
