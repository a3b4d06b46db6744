//! Which gaps between the events of a log are holes: time that was not given, rather than time in
//! which nothing happened.
//!
//! A gap is a hole when it is longer than an hour and the same hours of other days, and of other
//! weeks where there are some, lead to expect at least 20 minutes with events in it. So a night or
//! a weekend without people is silence, and hours missing from a busy log are a hole. What a log
//! is too short to tell so is a hole when it is longer than 100 times the mean gap between minutes
//! with events; and, where at least half of all hours have events, when it lasts for 20 hours.

use super::Spans;

const HOUR_MINUTES: i64 = 60;
const DAY_MINUTES: i64 = 24 * HOUR_MINUTES;
const GAP_MINUTES: i64 = 60;
const GAP_MEANS: i64 = 100;
const BUSY_GAP_MINUTES: i64 = 20 * HOUR_MINUTES;
/// So many minutes with events do not stay out by chance.
const NO_CHANCE_MINUTES: f64 = 20.0;
/// Fewer days tell nothing of the hours of a day, and fewer weeks nothing of those of a week.
const FEWEST_DAYS: i64 = 3;
const FEWEST_WEEKS: i64 = 3;

/// From the first minute with events to the last, without the holes. The minutes ascend, without
/// repeats.
pub(super) fn around(minutes: &[i64], is_busy: bool) -> Spans {
    let (Some(first), Some(last)) = (minutes.first(), minutes.last()) else {
        return Spans::default();
    };
    let gaps = (minutes.len() as i64 - 1).max(1);
    let mut longest = GAP_MINUTES.max(GAP_MEANS * (last - first) / gaps);
    if is_busy {
        longest = longest.min(BUSY_GAP_MINUTES);
    }
    let daily = Profile::of(minutes, DAY_MINUTES, FEWEST_DAYS);
    let weekly = Profile::of(minutes, 7 * DAY_MINUTES, FEWEST_WEEKS);
    Spans::joined(minutes.iter().copied(), |from, to| {
        let by_days = daily.as_ref().and_then(|it| it.is_missed(from, to));
        let by_weeks = weekly.as_ref().and_then(|it| it.is_missed(from, to));
        to - from >= GAP_MINUTES
            && match (by_days, by_weeks) {
                (None, None) => to - from >= longest,
                (by_days, by_weeks) => by_days.unwrap_or(true) && by_weeks.unwrap_or(true),
            }
    })
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
