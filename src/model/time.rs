//! Moments as milliseconds since 1970-01-01T00:00:00Z, and their ISO 8601 text.
//!
//! Names that hold such a number end in `_millis`. There is no other clock in the program:
//! "now" is always an argument.

use serde::{Deserialize, Serialize};

pub const SECOND: i64 = 1000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// A half-open span: `start_millis <= t < end_millis`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TimeRange {
    pub start_millis: i64,
    pub end_millis: i64,
}

impl TimeRange {
    /// The span between two moments, in whichever order they are given.
    pub fn between(a_millis: i64, b_millis: i64) -> TimeRange {
        TimeRange { start_millis: a_millis.min(b_millis), end_millis: a_millis.max(b_millis) }
    }

    pub fn contains(self, millis: i64) -> bool {
        self.start_millis <= millis && millis < self.end_millis
    }

    pub fn len_millis(self) -> i64 {
        self.end_millis - self.start_millis
    }
}

/// Reads the moments that CloudTrail and people write: `2021-07-30T16:32:46Z`, with a fraction,
/// with an offset (`+02:00`) or ` UTC`, with a space for the `T`, cut after the minute, the hour or
/// the day. Without an offset it is UTC. Anything else is `None`.
pub fn parse(text: &str) -> Option<i64> {
    Partial::parse(text).map(|it| it.start_millis)
}

/// The same, and what other programs make of such moments: Kibana's `Jul 30, 2021 @ 16:32:46.000`,
/// and numbers of seconds or milliseconds since 1970.
pub fn parse_any(text: &str) -> Option<i64> {
    parse(text).or_else(|| of_kibana(text)).or_else(|| of_number(text))
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn of_kibana(text: &str) -> Option<i64> {
    let (date, of_day) = text.split_once(" @ ")?;
    let (month, date) = date.split_once(' ')?;
    let (day, year) = date.split_once(", ")?;
    let month = MONTHS.iter().position(|it| *it == month)? + 1;
    parse(&format!("{year}-{month:02}-{day:0>2}T{of_day}"))
}

/// Seconds of this century; the same number of milliseconds is larger than any of them.
const SECONDS: std::ops::Range<f64> = 946_684_800.0..4_102_444_800.0;

fn of_number(text: &str) -> Option<i64> {
    let number: f64 = text.parse().ok()?;
    let millis = if SECONDS.contains(&number) { number * 1000.0 } else { number };
    SECONDS.contains(&(millis / 1000.0)).then_some(millis.round() as i64)
}

/// A moment as it was written, with how much of it was said: `2021-07-30` is a whole day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partial {
    pub start_millis: i64,
    /// How long the written moment lasts: a day, an hour, a minute, a second or less.
    pub len_millis: i64,
}

impl Partial {
    pub fn parse(text: &str) -> Option<Partial> {
        let bytes = text.as_bytes();
        let number = |from: usize, len: usize| -> Option<i64> {
            let digits = bytes.get(from..from + len)?;
            digits.iter().try_fold(0_i64, |sum, digit| {
                digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0'))
            })
        };
        let is = |at: usize, wanted: &[u8]| bytes.get(at).is_some_and(|it| wanted.contains(it));
        if !is(4, b"-") || !is(7, b"-") {
            return None;
        }
        let (year, month, day) = (number(0, 4)?, number(5, 2)?, number(8, 2)?);
        let midnight = midnight(year, month, day)?;
        if bytes.len() == 10 {
            return Some(Partial { start_millis: midnight, len_millis: DAY });
        }
        if !is(10, b"Tt ") {
            return None;
        }
        let hour = number(11, 2)?;
        let mut at = 13;
        let (mut minute, mut second, mut millis, mut len_millis) = (0, 0, 0, HOUR);
        if is(at, b":") {
            minute = number(at + 1, 2)?;
            at += 3;
            len_millis = MINUTE;
            if is(at, b":") {
                second = number(at + 1, 2)?;
                at += 3;
                len_millis = SECOND;
                if is(at, b".,") {
                    let digits =
                        bytes[at + 1..].iter().take_while(|it| it.is_ascii_digit()).count();
                    if digits == 0 {
                        return None;
                    }
                    let kept = digits.min(3);
                    millis = number(at + 1, kept)? * 10_i64.pow(3 - kept as u32);
                    len_millis = 10_i64.pow(3 - kept as u32);
                    at += 1 + digits;
                }
            }
        }
        // A leap second is written as 60 and counts as the first moment of the next minute.
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let offset = match bytes.get(at..)? {
            [] | [b'Z' | b'z'] | b" UTC" => 0,
            [sign @ (b'+' | b'-'), rest @ ..] => {
                let colon = usize::from(rest.get(2) == Some(&b':'));
                if rest.len() != 4 + colon {
                    return None;
                }
                let (hours, minutes) = (number(at + 1, 2)?, number(at + 3 + colon, 2)?);
                let span = hours * HOUR + minutes * MINUTE;
                if *sign == b'-' { -span } else { span }
            },
            _ => return None,
        };
        let of_day = hour * HOUR + minute * MINUTE + second * SECOND + millis;
        Some(Partial { start_millis: midnight + of_day - offset, len_millis })
    }
}

/// `2021-07-30T16:32:46Z`; milliseconds are written only when there are some. A year that four
/// digits do not hold has a sign and six of them, as JavaScript reads it.
pub fn iso(millis: i64) -> String {
    let Civil { year, month, day, hour, minute, second, milli } = civil(millis);
    let fraction = if milli == 0 { String::new() } else { format!(".{milli:03}") };
    let year = match year {
        0..=9999 => format!("{year:04}"),
        _ => format!("{year:+07}"),
    };
    format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
}

/// A moment taken apart, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    pub year: i64,
    /// 1 to 12.
    pub month: i64,
    /// 1 to 31.
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    pub milli: i64,
}

pub fn civil(millis: i64) -> Civil {
    let (days, of_day) = (millis.div_euclid(DAY), millis.rem_euclid(DAY));
    let (year, month, day) = civil_from_days(days);
    Civil {
        year,
        month,
        day,
        hour: of_day / HOUR,
        minute: of_day / MINUTE % 60,
        second: of_day / SECOND % 60,
        milli: of_day % SECOND,
    }
}

/// The first moment of a day in UTC; `None` for a day that no calendar has.
pub fn midnight(year: i64, month: i64, day: i64) -> Option<i64> {
    let exists = (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
    exists.then(|| days_from_civil(year, month, day) * DAY)
}

/// Days since 1970-01-01 of a day in the Gregorian calendar, counted in years that begin in March
/// so that the leap day is the last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march_month + 2) / 5 + 1;
    let month = (march_month + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cloudtrail_writes_comes_back() {
        for text in [
            "2021-07-28T15:28:12Z",
            "2024-02-29T23:59:59Z",
            "1969-12-31T23:59:59Z",
            "2000-03-01T00:00:00.250Z",
        ] {
            assert_eq!(iso(parse(text).unwrap()), text);
        }
        assert_eq!(parse("1970-01-01T00:00:00Z"), Some(0));
    }

    #[test]
    fn years_of_more_or_less_than_four_digits_have_a_sign_and_six() {
        let new_year = |year: i64| iso(midnight(year, 1, 1).unwrap());
        assert_eq!(
            [-5000, -1, 0, 9999, 10_000].map(new_year),
            [
                "-005000-01-01T00:00:00Z",
                "-000001-01-01T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "9999-01-01T00:00:00Z",
                "+010000-01-01T00:00:00Z"
            ]
        );
    }

    #[test]
    fn what_people_write_is_read_with_its_length() {
        let check = |text: &str, start: &str, len_millis: i64| {
            let start_millis = parse(start).unwrap();
            assert_eq!(Partial::parse(text), Some(Partial { start_millis, len_millis }), "{text}");
        };
        check("2021-07-30", "2021-07-30T00:00:00Z", DAY);
        check("2021-07-30T16", "2021-07-30T16:00:00Z", HOUR);
        check("2021-07-30 16:05", "2021-07-30T16:05:00Z", MINUTE);
        check("2021-07-30T16:05:09", "2021-07-30T16:05:09Z", SECOND);
        check("2021-07-30T16:05:09.5Z", "2021-07-30T16:05:09.500Z", 100);
        check("2021-07-30T16:05:09+02:00", "2021-07-30T14:05:09Z", SECOND);
        check("2021-07-30T16:05:09-0330", "2021-07-30T19:35:09Z", SECOND);
        check("2021-07-30 16:05:09 UTC", "2021-07-30T16:05:09Z", SECOND);
        check("2021-07-30 16:05:09.120 UTC", "2021-07-30T16:05:09.120Z", 1);
    }

    #[test]
    fn what_other_programs_write_is_read() {
        let check = |text: &str, wanted: &str| {
            assert_eq!(parse_any(text).map(iso).as_deref(), Some(wanted), "{text}");
        };
        check("2024-05-01T10:00:00Z", "2024-05-01T10:00:00Z");
        check("2024-05-01 10:00:00.000 UTC", "2024-05-01T10:00:00Z");
        check("Jul 30, 2021 @ 16:32:46.000", "2021-07-30T16:32:46Z");
        check("Feb 1, 2021 @ 06:32:46.250", "2021-02-01T06:32:46.250Z");
        check("1714557600", "2024-05-01T10:00:00Z");
        check("1714557600.25", "2024-05-01T10:00:00.250Z");
        check("1714557600000", "2024-05-01T10:00:00Z");
        check("1.714557600123E12", "2024-05-01T10:00:00.123Z");
        for text in [
            "Feb 30, 2021 @ 16:32:46.000",
            "Foo 30, 2021 @ 16:32:46.000",
            "Jul 123, 2021 @ 16:32:46.000",
            "Jul 30, 21 @ 16:32:46.000",
            "Jul 30, 2021 @ ",
            "Jul , 2021 @ 16:32",
            "7",
            "-1714557600",
            "20240501",
            "99999999999999999",
            "1e999",
            "nan",
            "2024-05-01 10:00:00 CET",
        ] {
            assert_eq!(parse_any(text), None, "{text:?}");
        }
    }

    #[test]
    fn nonsense_is_no_time() {
        for text in [
            "",
            "2021",
            "2021-13-01",
            "2021-02-29",
            "2021-07-30T25:00",
            "2021-07-30T10:61",
            "2021-07-30Tx",
            "30-07-2021",
            "2021-07-30T10:00:00X",
            "2021-07-30T10:00:00.",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn every_day_of_four_centuries_survives() {
        for days in (-73_000..73_000).step_by(7) {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
    }
}
