//! How long something lasts.

use super::grouped;
use crate::{
    model::time::{DAY, HOUR, MINUTE, SECOND},
    state::Language,
};

/// In words, as a sentence needs it: `4 minutes`, `1 hour`, `3 days`; `4분`.
/// Rounded to the unit that leaves a small number.
pub(crate) fn duration(millis: i64, language: Language) -> String {
    const UNITS: [(i64, &str, &str); 4] = [
        (DAY, "day", "일"),
        (HOUR, "hour", "시간"),
        (MINUTE, "minute", "분"),
        (SECOND, "second", "초"),
    ];
    let millis = millis.max(0);
    // Two days are days; 36 hours are hours.
    let fits = |unit: i64| millis >= 2 * unit || (millis >= unit && millis % unit == 0);
    let (unit, english, korean) =
        UNITS.into_iter().find(|(unit, ..)| fits(*unit)).unwrap_or(UNITS[UNITS.len() - 1]);
    let number = (millis + unit / 2) / unit;
    match language {
        Language::English => {
            let ending = if number == 1 { "" } else { "s" };
            format!("{} {english}{ending}", grouped(number.unsigned_abs()))
        },
        Language::Korean => format!("{}{korean}", grouped(number.unsigned_abs())),
    }
}

/// How long something took: `2.4 s`, `2.4초`, from a minute on as a stopwatch shows it.
pub(crate) fn elapsed(millis: f64, language: Language) -> String {
    if millis >= 60_000.0 {
        return clock(millis);
    }
    let seconds = format!("{:.1}", millis.max(0.0) / 1000.0);
    match language {
        Language::English => format!("{seconds} s"),
        Language::Korean => format!("{seconds}초"),
    }
}

/// As a stopwatch shows it: `0:07`, `12:30`, `1:02:03`.
pub(crate) fn clock(millis: f64) -> String {
    let seconds = (millis.max(0.0) / 1000.0).round() as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_a_small_number_of_something() {
        let check = |millis: i64, english: &str, korean: &str| {
            assert_eq!(duration(millis, Language::English), english);
            assert_eq!(duration(millis, Language::Korean), korean);
        };
        check(0, "0 seconds", "0초");
        check(SECOND, "1 second", "1초");
        check(MINUTE, "1 minute", "1분");
        check(90 * SECOND, "90 seconds", "90초");
        check(4 * MINUTE, "4 minutes", "4분");
        check(HOUR, "1 hour", "1시간");
        check(36 * HOUR, "36 hours", "36시간");
        check(DAY, "1 day", "1일");
        check(49 * HOUR, "2 days", "2일");
        check(3_276 * DAY, "3,276 days", "3,276일");
        check(-5, "0 seconds", "0초");
    }

    #[test]
    fn a_clock_counts_up_to_hours() {
        assert_eq!(clock(7_400.0), "0:07");
        assert_eq!(clock(750_000.0), "12:30");
        assert_eq!(clock(3_723_000.0), "1:02:03");
        assert_eq!(elapsed(2_440.0, Language::English), "2.4 s");
        assert_eq!(elapsed(61_000.0, Language::Korean), "1:01");
    }
}
