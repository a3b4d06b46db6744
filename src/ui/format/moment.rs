//! Moments and spans of time, always UTC, written the same in every language.

use crate::model::time::{Civil, DAY, MINUTE, SECOND, TimeRange, civil};

/// `2021-07-30 16:32:46`.
pub(crate) fn instant(millis: i64) -> String {
    let Civil { hour, minute, second, .. } = civil(millis);
    format!("{} {hour:02}:{minute:02}:{second:02}", day(millis))
}

/// `2021-07-30`.
pub(crate) fn day(millis: i64) -> String {
    let Civil { year, month, day, .. } = civil(millis);
    format!("{year:04}-{month:02}-{day:02}")
}

/// `16:32`, or `16:32:46` where seconds say something.
pub(crate) fn time_of_day(millis: i64) -> String {
    let Civil { hour, minute, second, .. } = civil(millis);
    if second == 0 {
        format!("{hour:02}:{minute:02}")
    } else {
        format!("{hour:02}:{minute:02}:{second:02}")
    }
}

/// `2021-07-30 16:32–16:36`, `2021-07-28 – 2021-08-02`: no more than is needed. The end is the
/// first moment after.
pub(crate) fn span(range: TimeRange) -> String {
    let TimeRange { start_millis: start, end_millis: end } = range;
    let whole_days = start % DAY == 0 && end % DAY == 0 && start < end;
    if whole_days {
        let last = end - DAY;
        return if last == start {
            day(start)
        } else {
            format!("{} – {}", day(start), day(last))
        };
    }
    // Fractions of a second would lengthen the line and tell nothing.
    let end = end.div_euclid(SECOND) * SECOND;
    let write = |millis: i64| {
        if start % MINUTE == 0 && end % MINUTE == 0 { time_of_day(millis) } else { seconds(millis) }
    };
    if start.div_euclid(DAY) == end.div_euclid(DAY) {
        format!("{} {}–{}", day(start), write(start), write(end))
    } else {
        format!("{} {} – {} {}", day(start), write(start), day(end), write(end))
    }
}

fn seconds(millis: i64) -> String {
    let Civil { hour, minute, second, .. } = civil(millis);
    format!("{hour:02}:{minute:02}:{second:02}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::time::parse;

    #[test]
    fn spans_say_no_more_than_is_needed() {
        let check = |start: &str, end: &str, wanted: &str| {
            let range = TimeRange::between(parse(start).unwrap(), parse(end).unwrap());
            assert_eq!(span(range), wanted);
        };
        check("2021-07-30", "2021-07-31", "2021-07-30");
        check("2021-07-28", "2021-08-02", "2021-07-28 – 2021-08-01");
        check("2021-07-30T16:32", "2021-07-30T16:36", "2021-07-30 16:32–16:36");
        check("2021-07-30T16:32:05", "2021-07-30T16:36", "2021-07-30 16:32:05–16:36:00");
        check("2021-07-30T23:00", "2021-07-31T01:00", "2021-07-30 23:00 – 2021-07-31 01:00");
    }

    #[test]
    fn moments_are_utc() {
        let millis = parse("2021-07-30T16:32:46Z").unwrap();
        assert_eq!(instant(millis), "2021-07-30 16:32:46");
        assert_eq!(time_of_day(millis), "16:32:46");
        assert_eq!(day(-1), "1969-12-31");
    }
}
