//! Numbers for people. Digits stand in groups of three in both languages.

/// `1234567` as `1,234,567`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// An estimate: two digits are all that it is worth.
pub(crate) fn about(number: u64) -> String {
    let unit = 10_u64.pow(number.max(1).ilog10().saturating_sub(1));
    grouped((number + unit / 2) / unit * unit)
}

/// The words of `one|many` for a number; words without the bar are for any.
pub(crate) fn plural(words: &'static str, number: u64) -> &'static str {
    match words.split_once('|') {
        Some((one, _)) if number == 1 => one,
        Some((_, many)) => many,
        None => words,
    }
}

/// Three digits and a letter, for axes: `1.2k`, `35k`, `1.2M`.
pub(crate) fn compact(number: u64) -> String {
    scaled(number as f64, 1000.0, &["", "k", "M", "G", "T"])
}

/// Bytes in powers of 1000, as disks and networks count them.
pub(crate) fn bytes(number: u64) -> String {
    scaled(number as f64, 1000.0, &[" B", " kB", " MB", " GB", " TB"])
}

fn scaled(number: f64, base: f64, units: &[&str]) -> String {
    let mut value = number;
    let mut unit = 0;
    // 999.5 would be written as four digits.
    while value >= base - 0.5 && unit + 1 < units.len() {
        value /= base;
        unit += 1;
    }
    let text = if unit > 0 && value < 9.95 { format!("{value:.1}") } else { format!("{value:.0}") };
    format!("{}{}", text.trim_end_matches(".0"), units[unit])
}

/// A part of a whole in percent: `0.4 %` and `12 %`; what is not nothing is never `0 %`, what is
/// not all never `100 %`.
pub(crate) fn percent(part: u64, whole: u64) -> String {
    if whole == 0 { "–".to_owned() } else { share_percent(part as f64 / whole as f64) }
}

/// A share from 0 to 1 in percent, rounded as [`percent`] does.
pub(crate) fn share_percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent <= 0.0 {
        "0%".to_owned()
    } else if percent < 0.1 {
        "<0.1%".to_owned()
    } else if percent < 9.95 {
        format!("{percent:.1}%")
    } else if percent < 100.0 {
        format!("{}%", percent.round().min(99.0))
    } else {
        "100%".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_threes() {
        let texts = [0, 7, 999, 1000, 23_981, 1_234_567].map(grouped);
        assert_eq!(texts, ["0", "7", "999", "1,000", "23,981", "1,234,567"]);
    }

    #[test]
    fn an_estimate_has_two_digits() {
        let texts = [0, 7, 45, 446, 30_477].map(about);
        assert_eq!(texts, ["0", "7", "45", "450", "30,000"]);
    }

    #[test]
    fn axes_and_sizes_are_short() {
        let texts = [0, 999, 1000, 1234, 35_400, 999_700, 1_200_000].map(compact);
        assert_eq!(texts, ["0", "999", "1k", "1.2k", "35k", "1M", "1.2M"]);
        assert_eq!(bytes(512), "512 B");
        assert_eq!(bytes(2_700_000_000), "2.7 GB");
    }

    #[test]
    fn a_little_is_not_nothing_and_nearly_all_is_not_all() {
        assert_eq!(percent(0, 10), "0%");
        assert_eq!(percent(1, 100_000), "<0.1%");
        assert_eq!(percent(1, 30), "3.3%");
        assert_eq!(percent(1, 4), "25%");
        assert_eq!(percent(99_999, 100_000), "99%");
        assert_eq!(percent(10, 10), "100%");
        assert_eq!(percent(0, 0), "–");
    }
}
