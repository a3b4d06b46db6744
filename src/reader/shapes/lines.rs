//! Values one after the other: a record a line, also behind a time or another text as in
//! CloudWatch's exports to S3, and before other columns as in `filter-log-events --output text`; or
//! whole log files put together.

use memchr::{memchr, memrchr};

use super::{Reading, array, embedded, object};
use crate::reader::{
    json::{Fault, Scan},
    sniff::BOM,
};

/// After so many wrong lines without a record between them the rest will be no better.
const HOPELESS: u32 = 1000;

/// A torn value may run on to the end of the file. After so many times the file's length was looked
/// through for nothing, a value ends where its line does.
const MOST_VAIN: u64 = 4;

/// The name with which an envelope begins is not longer.
const LONGEST_HEAD: usize = 256;

/// Lines before the JSON are not longer in all.
const LONGEST_HEADER: usize = 4096;

/// A text before the JSON of a line is not longer.
const LONGEST_PREFIX: usize = 1024;

/// Where the first line with JSON begins, after some that a program or a person put before.
pub(in crate::reader) fn after_header(text: &[u8]) -> Option<usize> {
    let head = &text[..text.len().min(LONGEST_HEADER)];
    memchr::memchr_iter(b'\n', head).map(|it| it + 1).find(|at| {
        let line = &text[*at..];
        matches!(line.first(), Some(b'{' | b'[' | b'0'..=b'9')) && after_prefix(line).is_some()
    })
}

/// Whether a bracket opens a text before the JSON of its line, such as `[2024-05-01] {…}`, and no
/// list: what is of use in a list has braces or quotes.
fn is_label(line: &[u8]) -> bool {
    let head = &line[..line.len().min(LONGEST_PREFIX)];
    let end = memchr::memchr3(b']', b'{', b'"', head);
    let label = end.filter(|it| *it > 1 && head[*it] == b']').map(|it| &head[1..it]);
    label.is_some_and(|it| !it.contains(&b'[')) && after_prefix(line).is_some()
}

/// Where the JSON of a line begins that has some text before it.
pub(in crate::reader) fn after_prefix(line: &[u8]) -> Option<usize> {
    let at = memchr(b'{', &line[..line.len().min(LONGEST_PREFIX)])?;
    let inside = line[at + 1..].iter().find(|it| !it.is_ascii_whitespace())?;
    (memchr(b'\n', &line[..at]).is_none() && *inside == b'"').then_some(at)
}

pub(super) fn read(reading: &mut Reading<'_, '_>) -> Scan<()> {
    let mut lines = Lines::default();
    let bytes = reading.scanner.bytes;
    loop {
        reading.scanner.bytes = bytes;
        if bytes[reading.scanner.at..].starts_with(BOM) {
            reading.scanner.at += BOM.len();
        }
        let Ok(first) = reading.scanner.peek() else { return Ok(()) };
        let start = reading.scanner.at;
        let label = first == b'[' && is_label(&bytes[start..]);
        if matches!(first, b'{' | b'[') && !label {
            lines.first.get_or_insert(start);
        }
        if reading.vain > MOST_VAIN * bytes.len() as u64 {
            let end = memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |it| start + it);
            reading.scanner.bytes = &bytes[..end];
        }
        let value = match first {
            b'{' => foreign_or(reading),
            b'[' if !label => array::read(reading),
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
                None if is_after_a_tab(reading, start) => {
                    let rest = &bytes[start..];
                    reading.scanner.at += memchr(b'\n', rest).unwrap_or(rest.len());
                    Ok(())
                },
                None => reading.scanner.wrong(),
            },
        };
        if let Err(fault) = value {
            let reached = match fault {
                Fault::Wrong(at) => at,
                Fault::End => reading.scanner.bytes.len(),
            };
            reading.vain += reached.saturating_sub(start) as u64;
            reading.scanner.bytes = bytes;
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

/// Whether what follows a record on its line is one more column, as the AWS CLI writes them as text.
fn is_after_a_tab(reading: &Reading<'_, '_>, start: usize) -> bool {
    let line = reading.scanner.bytes[..start].strip_suffix(b"\t");
    let found = &reading.found;
    (found.kept > 0 || found.foreigners > 0) && line.is_some_and(|it| it.ends_with(b"}"))
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
    /// Where the first object or list begins.
    first: Option<usize>,
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
        let bytes = reading.scanner.bytes;
        // Lists have lines inside, too: only one that begins as the torn one does is the next.
        let own = || head(&bytes[start..]).or_else(|| head(&bytes[self.first?..]));
        let head = if reading.found.list { own() } else { Some(&b"{"[..]) };
        let head = head.filter(|_| self.wrong <= HOPELESS).ok_or(fault)?;
        // What was torn may have run into lines after it, and taken records there.
        let from = start.max(reading.last);
        let next = self.line(&bytes[from..], head).ok_or(fault)?;
        let byte = match fault {
            Fault::Wrong(at) => at,
            Fault::End => start,
        };
        reading.reject(byte, "its JSON is wrong");
        reading.scanner.at = from + next;
        Ok(())
    }

    /// Where the next line begins whose JSON begins so.
    fn line(&self, bytes: &[u8], head: &[u8]) -> Option<usize> {
        memchr::memchr_iter(b'\n', bytes).map(|it| it + 1).find(|at| {
            let line = &bytes[*at..];
            let json = || after_prefix(line).filter(|_| self.prefixed);
            line.starts_with(head) || json().is_some_and(|it| line[it..].starts_with(head))
        })
    }
}

/// A line up to its first name.
fn head(line: &[u8]) -> Option<&[u8]> {
    let mut quotes = memchr::memchr2_iter(b'"', b'\n', &line[..line.len().min(LONGEST_HEAD)]);
    let (open, close) = (quotes.next()?, quotes.next()?);
    (line[open] == b'"' && line[close] == b'"').then(|| &line[..=close])
}
