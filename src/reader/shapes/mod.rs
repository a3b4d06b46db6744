//! The shapes in which files hold CloudTrail's records, a file of code for each.
//!
//! A file is a table ([`table`]), or a row of JSON values, mostly one ([`lines`]). Each value may be
//! of another shape: what an object is, its members tell ([`object`], [`SHAPES`]). The records of
//! an ordinary trail go the short way: [`mod@array`] tries each as a record before all else.

mod object;
mod trail;
mod single;
mod lookup_events;
mod cloudwatch;
mod eventbridge;
mod lake;
mod splunk;
mod elastic;
mod digest;
mod array;
mod lines;
mod table;
mod athena;
mod unload;
mod embedded;
mod flat;
mod builder;
mod nested;

pub(super) use lines::{after_header, after_prefix};
pub(super) use table::{Table, looks_like as is_table};

use std::borrow::Cow;

use super::{
    columns::Columns,
    hash::Hasher,
    json::{Fault, Scan, Scanner, balanced_end},
    others,
    record::Record,
};
use object::Member;

/// A shape that an object can be of.
struct Shape {
    /// Whether a member of that name, with a value that begins so, gives the shape away.
    looks_like: fn(key: &[u8], first: u8) -> bool,
    /// Takes what the member, whose value is next, says there is.
    read: fn(&mut Reading<'_, '_>, Member<'_>) -> Scan<Took>,
}

/// How much a shape took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Took {
    /// The value of the member; others may follow.
    Value,
    /// The whole object.
    Object,
    /// Nothing of this member, wherever the scanner is now.
    Nothing,
    /// Nothing, and no other member will tell this shape more: the whole object was looked at.
    NoObject,
}

/// Every shape of objects, the most usual first.
const SHAPES: &[Shape] = &[
    Shape { looks_like: trail::looks_like, read: trail::read },
    Shape { looks_like: single::looks_like, read: single::read },
    Shape { looks_like: lookup_events::looks_like, read: lookup_events::read },
    Shape { looks_like: cloudwatch::looks_like, read: cloudwatch::read },
    Shape { looks_like: eventbridge::looks_like, read: eventbridge::read },
    Shape { looks_like: lake::looks_like, read: lake::read },
    Shape { looks_like: unload::looks_like, read: unload::read },
    Shape { looks_like: splunk::looks_like, read: splunk::read },
    Shape { looks_like: elastic::looks_like, read: elastic::read },
    Shape { looks_like: digest::looks_like, read: digest::read },
];

/// Reads everything that the text holds from byte `start` on into the columns: JSON values.
pub(super) fn read(
    bytes: &[u8],
    start: usize,
    columns: &mut Columns,
    hasher: &mut Hasher,
) -> Found {
    let mut reading = Reading::new(bytes, start, columns, hasher);
    let fault = lines::read(&mut reading).err();
    reading.finish(fault)
}

/// The same for a table.
pub(super) fn read_table(bytes: &[u8], columns: &mut Columns, hasher: &mut Hasher) -> Found {
    let mut reading = Reading::new(bytes, 0, columns, hasher);
    let fault = table::read(&mut reading).err();
    reading.finish(fault)
}

/// The text of the record that was read at byte `start`: as it stands there, or what is made of it
/// where a shape has no record as JSON. `None` when nothing is there.
pub(super) fn record_at(bytes: &[u8], start: usize) -> Option<Cow<'_, [u8]>> {
    match bytes.get(start)? {
        b'{' => {
            let mut scanner = Scanner::new(bytes, start);
            let end = match scanner.skip() {
                Ok(()) => scanner.at,
                Err(_) => balanced_end(bytes, start)?,
            };
            Some(Cow::Borrowed(&bytes[start..end]))
        },
        b'"' => {
            let text = Scanner::new(bytes, start).string().ok()?.decode();
            Some(Cow::Owned(embedded::of_string(&text)?.to_vec()))
        },
        b'[' => match lake::row(&mut Scanner::new(bytes, start)).ok()? {
            lake::Row::Event { record, .. } => Some(Cow::Owned(record)),
            _ => None,
        },
        _ => None,
    }
}

/// What was met in a file, beside the rows that went to the columns.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) kept: u32,
    pub(super) rejected: u32,
    /// The first of the records that were rejected.
    pub(super) rejects: Vec<Reject>,
    /// How many of the rejected are nothing like a record.
    unlike: u32,
    /// Whether a list of records was met, also an empty one.
    pub(super) list: bool,
    /// Whether a list was a trail's `Records`.
    trail: bool,
    /// What the last object was that holds no events by design.
    pub(super) eventless: Option<&'static str>,
    /// What the last object without records seems to be.
    pub(super) foreign: Option<Foreign>,
    /// How many objects were without records.
    pub(super) foreigners: u32,
    /// Where reading stopped before the end.
    pub(super) fault: Option<Fault>,
}

/// A record that could not be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reject {
    pub(super) record: u32,
    pub(super) byte: usize,
    pub(super) why: &'static str,
}

/// JSON that is none of the shapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Foreign {
    /// Known, and not read.
    Known(&'static str),
    /// Records of another system.
    Other(&'static str),
    Unknown,
}

/// More rejected records than this are counted, not listed.
pub(super) const LISTED_REJECTS: usize = 20;

/// A file while it is read.
struct Reading<'a, 'r> {
    scanner: Scanner<'a>,
    record: Record<'a>,
    columns: &'r mut Columns,
    hasher: &'r mut Hasher,
    found: Found,
    /// Where the last record begins that was kept.
    last: usize,
    /// How many bytes were looked through without an end of what is torn there.
    vain: u64,
    /// How many objects of other shapes are around this place.
    depth: u8,
    /// Whether CloudTrail's records stand here, so that one that has little of them is one, too.
    of_cloudtrail: bool,
    /// Whether a record that stands here as a string is broken JSON.
    torn: bool,
}

impl<'a, 'r> Reading<'a, 'r> {
    fn new(
        bytes: &'a [u8],
        start: usize,
        columns: &'r mut Columns,
        hasher: &'r mut Hasher,
    ) -> Reading<'a, 'r> {
        let (scanner, record) = (Scanner::new(bytes, start), Record::new());
        Reading {
            scanner,
            record,
            columns,
            hasher,
            found: Found::default(),
            last: 0,
            vain: 0,
            depth: 0,
            of_cloudtrail: false,
            torn: false,
        }
    }

    /// Reads something of which is known whether it holds CloudTrail's records.
    fn within<T>(&mut self, of_cloudtrail: bool, read: impl FnOnce(&mut Self) -> T) -> T {
        let outside = std::mem::replace(&mut self.of_cloudtrail, of_cloudtrail);
        let result = read(self);
        self.of_cloudtrail = outside;
        result
    }

    fn finish(self, fault: Option<Fault>) -> Found {
        let mut found = Found { fault, ..self.found };
        let not_a_trail = !found.trail || matches!(found.foreign, Some(Foreign::Other(_)));
        if not_a_trail && found.kept == 0 && found.unlike > 0 && found.unlike == found.rejected {
            // A list of other things, not a log with wrong records.
            (found.rejected, found.foreign) = (0, found.foreign.or(Some(Foreign::Unknown)));
            found.rejects.clear();
        }
        found
    }

    fn reject(&mut self, byte: usize, why: &'static str) {
        if self.found.rejects.len() < LISTED_REJECTS {
            let record = self.found.kept + self.found.rejected;
            self.found.rejects.push(Reject { record, byte, why });
        }
        self.found.rejected += 1;
    }

    /// Counts what stands where a record should, and is none.
    fn reject_unlike(&mut self, byte: usize, why: &'static str) {
        if std::mem::take(&mut self.torn) {
            return self.reject(byte, "its JSON is wrong");
        }
        self.found.unlike += 1;
        self.reject(byte, why);
    }

    /// Where what is wrong inside, and begins at `start`, ends.
    fn balanced_end(&mut self, start: usize) -> Option<usize> {
        let end = balanced_end(self.scanner.bytes, start);
        self.vain += (end.unwrap_or(self.scanner.bytes.len()) - start) as u64;
        end
    }

    /// Takes an element of a list. One that is wrong inside, but has an end, is left out.
    fn element(&mut self) -> Scan<()> {
        let first = self.scanner.peek()?;
        let start = self.scanner.at;
        match first {
            b'{' => {},
            b'"' => return embedded::element(self),
            b'[' => return lake::element(self),
            _ => {
                self.scanner.skip()?;
                self.reject_unlike(start, "it is no object");
                return Ok(());
            },
        }
        let Err(fault) = self.record_or_other(start) else { return Ok(()) };
        let Fault::Wrong(byte) = fault else { return Err(fault) };
        self.scanner.at = self.balanced_end(start).ok_or(fault)?;
        if !matches!(self.scanner.peek(), Ok(b',' | b']')) {
            return Err(fault);
        }
        self.reject(byte, "its JSON is wrong");
        Ok(())
    }

    /// Takes the object at `start` as a record, and if it is none, as whatever else it is.
    fn record_or_other(&mut self, start: usize) -> Scan<()> {
        if self.record()? {
            return Ok(());
        }
        (self.scanner.at, self.torn) = (start, false);
        if !object::read(self)? {
            self.reject_unlike(start, "it has nothing that a CloudTrail record has");
        }
        Ok(())
    }

    /// Takes the object that begins next as a record; false when it is none.
    fn record(&mut self) -> Scan<bool> {
        let start = self.scanner.at;
        self.scanner.blanks = false;
        self.record.read(&mut self.scanner)?;
        if self.record.wraps() && embedded::in_object(self, start)? {
            return Ok(true);
        }
        if self.record.is_row() && nested::row(self, start)? {
            return Ok(true);
        }
        if !is_one(&self.record, self.of_cloudtrail) {
            let little = self.record.is_known().then_some(others::ONE_NAME);
            let foreign = self.record.foreign().or(little).map(Foreign::Other);
            self.found.foreign = self.found.foreign.or(foreign);
            return Ok(false);
        }
        let text = &self.scanner.bytes[start..self.scanner.at];
        let hash = self.hasher.hash(text, self.scanner.blanks);
        self.columns.push(&mut self.record, start as u32, hash);
        self.last = start;
        self.columns.keep_insight(&self.record, text);
        self.found.kept += 1;
        Ok(true)
    }

    /// Takes a text that stands, packed in some way, at byte `at` of the file; false when it is no
    /// record.
    fn text(&mut self, text: &[u8], at: usize) -> Scan<bool> {
        let mut scanner = Scanner::new(text, 0);
        let mut record = Record::new();
        if !matches!(scanner.peek(), Ok(b'{')) {
            return Ok(false);
        }
        let start = scanner.at;
        scanner.blanks = false;
        record.read(&mut scanner)?;
        if !is_one(&record, self.of_cloudtrail) {
            return Ok(false);
        }
        let text = &text[start..scanner.at];
        let hash = self.hasher.hash(text, scanner.blanks);
        self.columns.push(&mut record, at as u32, hash);
        self.columns.keep_insight(&record, text);
        self.last = at;
        self.found.kept += 1;
        Ok(true)
    }
}

fn is_one(record: &Record<'_>, of_cloudtrail: bool) -> bool {
    if of_cloudtrail { record.is_known() } else { record.is_sure() }
}
