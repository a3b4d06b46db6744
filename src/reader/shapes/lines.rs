//! Values one after the other: a record a line, also behind a time or another text as in
//! CloudWatch's exports to S3, or whole log files put together.

use memchr::{memchr, memrchr};

use super::{Reading, array, embedded, object};
use crate::reader::{
    json::{Fault, Scan},
    sniff::BOM,
};

/// After so many wrong lines without a record between them the rest will be no better.
const HOPELESS: u32 = 1000;

/// A text before the JSON of a line is not longer.
const LONGEST_PREFIX: usize = 1024;

/// Where the JSON of a line begins that has some text before it.
pub(in crate::reader) fn after_prefix(line: &[u8]) -> Option<usize> {
    let at = memchr(b'{', &line[..line.len().min(LONGEST_PREFIX)])?;
    let inside = line[at + 1..].iter().find(|it| !it.is_ascii_whitespace())?;
    (memchr(b'\n', &line[..at]).is_none() && *inside == b'"').then_some(at)
}

pub(super) fn read(reading: &mut Reading<'_, '_>) -> Scan<()> {
    let mut lines = Lines::default();
    loop {
        if reading.scanner.bytes[reading.scanner.at..].starts_with(BOM) {
            reading.scanner.at += BOM.len();
        }
        let Ok(first) = reading.scanner.peek() else { return Ok(()) };
        let start = reading.scanner.at;
        let value = match first {
            b'{' => foreign_or(reading),
            b'[' => array::read(reading),
            b'"' => embedded::element(reading),
            // Some write lists without their brackets.
            b',' if reading.found.kept > 0 => {
                reading.scanner.at += 1;
                Ok(())
            },
            _ => match prefix(reading, start) {
                Some(json) => {
                    lines.prefixed = true;
                    reading.scanner.at = json;
                    Ok(())
                },
                None => reading.scanner.wrong(),
            },
        };
        if let Err(fault) = value {
            lines.next(reading, start, fault)?;
        }
    }
}

/// Takes an object of any shape, or counts it as none of CloudTrail's.
fn foreign_or(reading: &mut Reading<'_, '_>) -> Scan<()> {
    let at = reading.scanner.at;
    reading.torn = false;
    let events = object::read(reading)?;
    if std::mem::take(&mut reading.torn) && !events {
        reading.reject(at, "its JSON is wrong");
    } else if !events {
        reading.found.foreigners += 1;
        reading.found.foreign.get_or_insert(super::Foreign::Unknown);
    }
    Ok(())
}

fn prefix(reading: &Reading<'_, '_>, start: usize) -> Option<usize> {
    let bytes = reading.scanner.bytes;
    let line = memrchr(b'\n', &bytes[..start]).map_or(0, |it| it + 1);
    let begins = bytes[line..start].trim_ascii_start().is_empty() || bytes[line..].starts_with(BOM);
    after_prefix(&bytes[start..]).filter(|_| begins).map(|it| start + it)
}

/// What was seen of the lines so far.
#[derive(Default)]
struct Lines {
    /// Whether they begin with a text.
    prefixed: bool,
    /// How many wrong ones came since a record was kept, and how many were kept by then.
    wrong: u32,
    kept: u32,
}

impl Lines {
    /// Leaves a wrong record out and goes to the next line, if that can be told from a break inside.
    fn next(&mut self, reading: &mut Reading<'_, '_>, start: usize, fault: Fault) -> Scan<()> {
        if std::mem::replace(&mut self.kept, reading.found.kept) < reading.found.kept {
            self.wrong = 0;
        }
        self.wrong += 1;
        let rest = &reading.scanner.bytes[start..];
        let of_lines = !reading.found.list && self.wrong <= HOPELESS;
        let next = line_of_record(rest, self.prefixed).filter(|_| of_lines).ok_or(fault)?;
        let byte = match fault {
            Fault::Wrong(at) => at,
            Fault::End => start,
        };
        reading.reject(byte, "its JSON is wrong");
        reading.scanner.at = start + next;
        Ok(())
    }
}

/// Where the next line begins that may hold a record.
fn line_of_record(bytes: &[u8], prefixed: bool) -> Option<usize> {
    memchr::memchr_iter(b'\n', bytes).map(|it| it + 1).find(|at| {
        let line = &bytes[*at..];
        line.first() == Some(&b'{') || prefixed && after_prefix(line).is_some()
    })
}
