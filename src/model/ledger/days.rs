//! Whether whole days without events are missing, by the days around them.
//!
//! Days are counted from the beginning of the gap, so that a night is cut by no midnight. How
//! likely a day without events is follows from how many of the other days have none (Laplace's
//! rule of succession). Where weekends differ, a weekend's day is compared with the same days of
//! other weeks only; where a log has none, nothing follows.

const DAY_MINUTES: i64 = 24 * 60;
const WEEK_MINUTES: i64 = 7 * DAY_MINUTES;
/// A day that begins when people stop working has its middle at some six in the morning of theirs. So
/// much later it is still the same day wherever they are, from UTC-10 to UTC+13, in UTC too.
const EVERYWHERE_MINUTES: i64 = 7 * 60;
/// From Monday on.
const WEEKEND_STARTS: i64 = 5 * DAY_MINUTES;
/// Days further away tell little of these.
const NEAR_DAYS: i64 = 60;
/// No chance is smaller with the 5 working days of a week.
const NO_CHANCE: f64 = 0.12;
/// So many minutes with events must be expected.
const FEWEST_MINUTES: f64 = 5.0;
/// As many days of one kind must be known.
const FEWEST_SAME: usize = 2;

/// What the other days say of a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// There is no whole day in it, or there are too few others.
    Unknown,
    /// Its days are of a weekend, and the log holds no other.
    Weekend,
    Missed,
}

/// A day beside the gap.
struct Day {
    /// Days from the gap's beginning.
    at: i64,
    is_weekend: bool,
    /// With events.
    minutes: usize,
}

/// Of the gap between two minutes with events; `from` is past the first. The minutes ascend.
pub(super) fn judge(minutes: &[i64], from: i64, to: i64) -> Verdict {
    let days = (to - from) / DAY_MINUTES;
    if days == 0 {
        return Verdict::Unknown;
    }
    let others = others(minutes, from, days);
    let differs = others.iter().filter(|it| it.is_weekend).any(|it| it.minutes == 0)
        || !others.iter().any(|it| it.is_weekend);
    let (mut chance, mut expected, mut judged) = (1.0, 0.0, [0; 8]);
    for at in 0..days {
        let is_weekend = differs && is_weekend(from, at);
        let same = |it: &&Day| match is_weekend {
            true => (it.at - at) % 7 == 0,
            false => !(differs && it.is_weekend),
        };
        let (mut silent, mut all, mut sum) = (0, 0, 0);
        for it in others.iter().filter(same) {
            silent += usize::from(it.minutes == 0);
            all += 1;
            sum += it.minutes;
        }
        if all < FEWEST_SAME {
            continue;
        }
        let before = &mut judged[if is_weekend { at.rem_euclid(7) as usize } else { 7 }];
        chance *= (silent + *before + 1) as f64 / (all + *before + 2) as f64;
        *before += 1;
        expected += sum as f64 / all as f64;
    }
    if judged == [0; 8] && (0..days).all(|at| is_weekend(from, at)) {
        Verdict::Weekend
    } else if judged != [0; 8] && chance <= NO_CHANCE && expected >= FEWEST_MINUTES {
        Verdict::Missed
    } else {
        Verdict::Unknown
    }
}

/// The days before and after the gap. At the ends of the log only those with events are whole enough.
fn others(minutes: &[i64], from: i64, days: i64) -> Vec<Day> {
    let (first, last) = (minutes.first().copied(), minutes.last().copied());
    let near = (-NEAR_DAYS..0).chain(days..days + NEAR_DAYS);
    let day = |at: i64| {
        let (start, end) = (from + at * DAY_MINUTES, from + (at + 1) * DAY_MINUTES);
        let before = |minute: i64| minutes.partition_point(|it| *it < minute);
        let count = before(end) - before(start);
        let is_inside = first.is_some_and(|it| it <= start) && last.is_some_and(|it| end <= it);
        (count > 0 || is_inside).then(|| Day {
            at,
            is_weekend: is_weekend(from, at),
            minutes: count,
        })
    };
    near.filter_map(day).collect()
}

fn is_weekend(from: i64, at: i64) -> bool {
    let middle = from + at * DAY_MINUTES + DAY_MINUTES / 2;
    // 1970 began on a Thursday.
    (middle + EVERYWHERE_MINUTES + 3 * DAY_MINUTES).rem_euclid(WEEK_MINUTES) >= WEEKEND_STARTS
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday, 5 January 1970.
    const MONDAY: i64 = 4 * DAY_MINUTES;

    /// One letter a day from a Monday: `o` for each 10th minute of office hours, `.` for none.
    fn judged(days: &str, offset_hours: i64) -> Vec<(i64, Verdict)> {
        let at = |day: i64| MONDAY + day * DAY_MINUTES - offset_hours * 60;
        let days = days.chars().filter(|it| *it != ' ').enumerate().filter(|it| it.1 == 'o');
        let office = |day: usize| (9 * 60..18 * 60).step_by(10).map(move |it| at(day as i64) + it);
        let minutes: Vec<i64> = days.flat_map(|it| office(it.0)).collect();
        let gaps = minutes.windows(2).filter(|it| it[1] - it[0] > DAY_MINUTES);
        gaps.map(|it| ((it[1] - at(0)) / DAY_MINUTES, judge(&minutes, it[0] + 1, it[1]))).collect()
    }

    #[test]
    fn a_working_day_is_missed_and_a_weekend_is_not() {
        use Verdict::{Missed, Unknown, Weekend};
        for offset in [-8, 0, 9] {
            assert_eq!(judged("oo.oo.. ooooo", offset), [(3, Missed), (7, Weekend)], "{offset}");
            // A weekend day that has events in each other week; two such days do not differ.
            let found = judged("ooooo.. ooooo.. ooooo.. o.ooo.. ooooo", offset);
            let weekends = [7, 14, 21].map(|it| (it, Unknown));
            assert_eq!(found, [&weekends[..], &[(23, Missed), (28, Unknown)]].concat());
            assert_eq!(judged("ooooooo ooooo..oo ooooo", offset), [(14, Missed)], "{offset}");
        }
        // Too few other days to say so.
        assert_eq!(judged("oo.oo", 0), [(3, Unknown)]);
        // Fridays are a weekend too, somewhere.
        assert_eq!(judged("oooo..o oooo..o oooo", 0), [(6, Unknown), (13, Unknown)]);
    }
}
