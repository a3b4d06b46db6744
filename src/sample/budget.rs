//! How many events a kind of activity has, and how they are spread over the hours.

use super::dice::mix;
use crate::model::time::{self, DAY, HOUR};

/// Events of one kind, spread by weights over the hours of the log, to be made minute by minute.
#[derive(Debug)]
pub(super) struct Budget {
    total: u64,
    made: u64,
    /// The sums of the weights of all hours before each hour, and at the end of all.
    sums: Vec<u64>,
}

impl Budget {
    /// `weight(day_of_week, hour_of_day)` says how busy an hour is, Monday being 0, in UTC.
    pub(super) fn new(
        total: u64,
        start_millis: i64,
        days: u32,
        seed: u64,
        weight: impl Fn(u64, u64) -> u64,
    ) -> Budget {
        let mut sums = vec![0];
        let mut sum = 0;
        for hour in 0..u64::from(days) * 24 {
            let (day, of_day) = calendar(start_millis.saturating_add(hour as i64 * HOUR));
            // No two days are quite alike.
            sum += weight(day, of_day) * (88 + mix(seed, hour) % 25);
            sums.push(sum);
        }
        Budget { total, made: 0, sums }
    }

    /// How many events are still to be made until the end of this minute of the log.
    pub(super) fn due(&self, minute: u64) -> u64 {
        let hour = (minute / 60) as usize;
        let last = self.sums.last().copied().unwrap_or_default();
        let (before, after) = match (self.sums.get(hour), self.sums.get(hour + 1)) {
            (Some(before), Some(after)) => (*before, *after),
            _ => (last, last),
        };
        if last == 0 {
            return 0;
        }
        let share =
            u128::from(before) * 60 + u128::from(after - before) * u128::from(minute % 60 + 1);
        let wanted = u128::from(self.total) * share / (u128::from(last) * 60);
        (wanted as u64).saturating_sub(self.made)
    }

    /// How many events may still be made at all.
    pub(super) fn rest(&self) -> u64 {
        self.total.saturating_sub(self.made)
    }

    pub(super) fn made(&mut self, events: u64) {
        self.made += events;
    }
}

/// The day of the week, Monday being 0, and the hour of the day, in UTC.
pub(super) fn calendar(millis: i64) -> (u64, u64) {
    // 1970-01-01 was a Thursday.
    let day = (millis.div_euclid(DAY) + 3).rem_euclid(7);
    (day.unsigned_abs(), time::civil(millis).hour.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_events_are_due_by_the_last_minute_and_most_in_the_busy_hours() {
        let monday = time::parse("2026-03-02").unwrap();
        assert_eq!(calendar(monday), (0, 0));
        let mut budget =
            Budget::new(10_007, monday, 7, 1, |day, hour| u64::from(day < 5 && hour == 9));
        for minute in 0..7 * 24 * 60 {
            let due = budget.due(minute);
            assert!(due == 0 || (minute / 60 % 24 == 9 && minute < 5 * 24 * 60), "{minute}: {due}");
            budget.made(due);
        }
        assert_eq!(budget.rest(), 0);
    }

    #[test]
    fn an_empty_week_has_nothing_due() {
        assert_eq!(Budget::new(5, 0, 7, 1, |_, _| 0).due(3), 0);
        assert_eq!(Budget::new(5, 0, 0, 1, |_, _| 1).due(u64::MAX / 2), 0);
    }
}
