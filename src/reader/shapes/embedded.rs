//! Records that stand in the text as strings: `"{\"eventVersion\": …}"`. Their place is that of the
//! string's quote, or of the table's row.

use super::Reading;
use crate::reader::{
    json::{Raw, Scan, Scanner},
    record::Record,
};

/// The names under which other tools keep a whole record as a string, the surest first.
const NAMES: &[&[u8]] = &[
    b"CloudTrailEvent",
    b"eventJson",
    b"eventjson",
    b"event.original",
    b"_raw",
    b"message",
    b"@message",
];

/// The record of a text: the text itself, or the detail of an event of EventBridge.
pub(in crate::reader) fn of_string(text: &[u8]) -> Option<&[u8]> {
    let mut scanner = Scanner::new(text, 0);
    let mut record = Record::new();
    for _ in 0..2 {
        if scanner.peek().ok()? != b'{' {
            return None;
        }
        let start = scanner.at;
        record.read(&mut scanner).ok()?;
        if record.is_sure() {
            return Some(&text[start..scanner.at]);
        }
        scanner.at = start;
        let mut first = true;
        loop {
            match scanner.member(&mut first).ok()?? {
                key if *key == *b"detail" => break,
                _ => scanner.skip().ok()?,
            }
        }
    }
    None
}

/// Takes the string that is next; false when it holds no record.
pub(super) fn read(reading: &mut Reading<'_, '_>) -> Scan<bool> {
    let start = reading.scanner.at;
    let string = reading.scanner.string()?;
    Ok(take(reading, string, start))
}

/// Takes a string in a list of records.
pub(super) fn element(reading: &mut Reading<'_, '_>) -> Scan<()> {
    let start = reading.scanner.at;
    if !read(reading)? {
        reading.reject_unlike(start, "it is no object");
    }
    Ok(())
}

/// Takes the object at `start` if a member of it is a record as a string; false when none is.
pub(super) fn in_object(reading: &mut Reading<'_, '_>, start: usize) -> Scan<bool> {
    let mut scanner = Scanner::new(reading.scanner.bytes, start);
    let mut best: Option<(usize, usize)> = None;
    let mut first = true;
    while let Some(key) = scanner.member(&mut first)? {
        if scanner.peek()? == b'"' {
            let rank = NAMES.iter().position(|it| **it == *key);
            let found = rank.map(|rank| (rank, scanner.at));
            best = [best, found].into_iter().flatten().min();
        }
        scanner.skip()?;
    }
    let Some((_, at)) = best else { return Ok(false) };
    let string = Scanner::new(scanner.bytes, at).string()?;
    let taken = take(reading, string, at);
    if taken {
        reading.scanner.at = scanner.at;
    }
    Ok(taken)
}

/// Takes a string's text as a record, whose place is `at`; false when it is none.
pub(super) fn take(reading: &mut Reading<'_, '_>, string: Raw<'_>, at: usize) -> bool {
    let text = string.decode();
    // As strictly as `of_string` is, which finds it again.
    let mut text_at = |text: &[u8]| reading.within(false, |reading| reading.text(text, at));
    match text_at(&text) {
        Ok(true) => true,
        Ok(false) => of_string(&text).is_some_and(|it| text_at(it).unwrap_or(false)),
        Err(_) => {
            reading.torn = text.first() == Some(&b'{');
            false
        },
    }
}
