//! Writes the small pieces of a record: escaped text, numbers, moments, random ids.

use super::dice::Dice;
use crate::model::time::{self, Civil};

const HEX: &[u8; 16] = b"0123456789abcdef";
/// What S3 draws its request ids from.
const UPPER: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The inside of a JSON string.
pub(super) fn escaped(out: &mut Vec<u8>, text: &str) {
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(|byte| *byte < 0x20 || matches!(byte, b'"' | b'\\')) {
        let (clean, [byte, after @ ..]) = rest.split_at(at) else { break };
        out.extend_from_slice(clean);
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            _ => {
                out.extend_from_slice(b"\\u00");
                out.extend_from_slice(&[HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
            },
        }
        rest = after;
    }
    out.extend_from_slice(rest);
}

/// A JSON string, quotes and all.
pub(super) fn quoted(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    escaped(out, text);
    out.push(b'"');
}

/// A number in decimal digits, with zeros in front up to `width`.
pub(super) fn decimal(out: &mut Vec<u8>, number: u64, width: usize) {
    let mut digits = [b'0'; 20];
    let (mut rest, mut at) = (number, 20);
    while rest > 0 || (20 - at < width.clamp(1, 20)) {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    out.extend_from_slice(&digits[at..]);
}

/// The lowest `len` hexadecimal digits of a number, at most 16.
pub(super) fn hex(out: &mut Vec<u8>, number: u64, len: u32) {
    for place in (0..len.min(16)).rev() {
        out.push(HEX[(number >> (4 * place)) as usize & 15]);
    }
}

/// A random UUID of version 4.
pub(super) fn uuid(out: &mut Vec<u8>, dice: &mut Dice) {
    let high = dice.next() & !0xf000 | 0x4000;
    let low = dice.next() & (u64::MAX >> 2) | 1 << 63;
    let mut digits = [0; 32];
    for (at, digit) in digits.iter_mut().enumerate() {
        let word = if at < 16 { high } else { low };
        *digit = HEX[(word >> (60 - 4 * (at % 16))) as usize & 15];
    }
    for (from, to) in [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)] {
        out.extend_from_slice(&digits[from..to]);
        if to < 32 {
            out.push(b'-');
        }
    }
}

/// A request id as S3 gives it: 16 capitals and digits.
pub(super) fn s3_request_id(out: &mut Vec<u8>, dice: &mut Dice) {
    let word = dice.next();
    for place in 0..12 {
        out.push(UPPER[(word >> (5 * place)) as usize & 31]);
    }
    let word = dice.next();
    for place in 0..4 {
        out.push(UPPER[(word >> (5 * place)) as usize & 31]);
    }
}

/// The long id that S3 adds to each answer: 56 bytes in base64.
pub(super) fn s3_extended_id(out: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..7 {
        let word = dice.next();
        for place in 0..10 {
            out.push(BASE64[(word >> (6 * place)) as usize & 63]);
        }
    }
    let word = dice.next();
    for place in 0..5 {
        out.push(BASE64[(word >> (6 * place)) as usize & 63]);
    }
    out.push(b'=');
}

/// `2026-03-02T08:15:00Z`: whole seconds, as CloudTrail writes them.
pub(super) fn moment(out: &mut Vec<u8>, millis: i64) {
    let at = time::civil(millis);
    date(out, at, b"-");
    for (sign, part) in [(b'T', at.hour), (b':', at.minute), (b':', at.second)] {
        out.push(sign);
        decimal(out, part.unsigned_abs(), 2);
    }
    out.push(b'Z');
}

/// Year, month and day with this between them.
pub(super) fn date(out: &mut Vec<u8>, at: Civil, between: &[u8]) {
    decimal(out, at.year.unsigned_abs(), 4);
    out.extend_from_slice(between);
    decimal(out, at.month.unsigned_abs(), 2);
    out.extend_from_slice(between);
    decimal(out, at.day.unsigned_abs(), 2);
}

/// `Mar 5, 2026, 9:14:11 AM`: how IAM and STS write dates inside their answers.
pub(super) fn american(out: &mut Vec<u8>, millis: i64) {
    let at = time::civil(millis);
    let month = MONTHS[(at.month - 1).clamp(0, 11) as usize];
    out.extend_from_slice(month.as_bytes());
    out.push(b' ');
    decimal(out, at.day.unsigned_abs(), 1);
    out.extend_from_slice(b", ");
    decimal(out, at.year.unsigned_abs(), 4);
    out.extend_from_slice(b", ");
    decimal(out, ((at.hour + 11) % 12 + 1).unsigned_abs(), 1);
    for part in [at.minute, at.second] {
        out.push(b':');
        decimal(out, part.unsigned_abs(), 2);
    }
    out.extend_from_slice(if at.hour < 12 { b" AM" } else { b" PM" });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn any_text_survives_being_quoted() {
        for text in ["", "plain", "a \"b\" \\ c", "line\nbreak\u{1}", "이지호 é", "\\\\\""] {
            let json = written(|out| quoted(out, text));
            assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text, "{json}");
        }
    }

    #[test]
    fn numbers_and_moments_read_as_cloudtrail_writes_them() {
        assert_eq!(written(|out| decimal(out, 0, 1)), "0");
        assert_eq!(written(|out| decimal(out, 7, 3)), "007");
        assert_eq!(written(|out| decimal(out, u64::MAX, 1)), u64::MAX.to_string());
        assert_eq!(written(|out| hex(out, 0xab12, 6)), "00ab12");
        for text in ["2026-03-02T00:00:00Z", "2024-02-29T23:59:59Z"] {
            assert_eq!(written(|out| moment(out, time::parse(text).unwrap())), text);
        }
        let noon = time::parse("2026-03-05T12:04:09Z").unwrap();
        assert_eq!(written(|out| american(out, noon)), "Mar 5, 2026, 12:04:09 PM");
    }

    #[test]
    fn uuids_are_version_four() {
        let mut dice = Dice::new(1);
        for _ in 0..100 {
            let text = written(|out| uuid(out, &mut dice));
            assert_eq!(text.len(), 36);
            assert_eq!(text.as_bytes()[14], b'4');
            assert!(matches!(text.as_bytes()[19], b'8' | b'9' | b'a' | b'b'), "{text}");
            assert_eq!(text.matches('-').count(), 4);
        }
    }
}
