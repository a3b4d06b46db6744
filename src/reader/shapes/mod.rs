//! The shapes in which files hold CloudTrail's records. A file is a row of JSON values, mostly one;
//! each value may be of another shape.

mod array;
mod lines;
mod trail;

use super::{
    columns::Columns,
    hash::Hasher,
    json::{Fault, Scan, Scanner, balanced_end},
    record::Record,
};

/// Reads everything that the text holds from byte `start` on into the columns.
pub(super) fn read(
    bytes: &[u8],
    start: usize,
    columns: &mut Columns,
    hasher: &mut Hasher,
) -> Found {
    let scanner = Scanner::new(bytes, start);
    let mut reading =
        Reading { scanner, record: Record::new(), columns, hasher, found: Found::default() };
    let fault = lines::read(&mut reading).err();
    let mut found = Found { fault, ..reading.found };
    if !found.trail && found.kept == 0 && found.unlike > 0 && found.unlike == found.rejected {
        // A list of other things, not a log with wrong records.
        (found.rejected, found.foreign) = (0, found.foreign.or(Some(Foreign::Unknown)));
        found.rejects.clear();
    }
    found
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
    pub(super) trail: bool,
    pub(super) digest: bool,
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
    /// Known to hold events in a form that is not read.
    Known(&'static str),
    Unknown,
}

/// More rejected records than this are counted, not listed.
pub(super) const LISTED_REJECTS: usize = 20;

struct Reading<'a, 'r> {
    scanner: Scanner<'a>,
    record: Record<'a>,
    columns: &'r mut Columns,
    hasher: &'r mut Hasher,
    found: Found,
}

impl Reading<'_, '_> {
    fn reject(&mut self, byte: usize, why: &'static str) {
        if self.found.rejects.len() < LISTED_REJECTS {
            let record = self.found.kept + self.found.rejected;
            self.found.rejects.push(Reject { record, byte, why });
        }
        self.found.rejected += 1;
    }

    /// Takes a record out of a list. One that is wrong inside, but has an end, is left out.
    fn element(&mut self) -> Scan<()> {
        let first = self.scanner.peek()?;
        let start = self.scanner.at;
        if first != b'{' {
            self.scanner.skip()?;
            self.found.unlike += 1;
            self.reject(start, "it is no object");
            return Ok(());
        }
        let Err(fault) = self.record() else { return Ok(()) };
        let Fault::Wrong(byte) = fault else { return Err(fault) };
        self.scanner.at = balanced_end(self.scanner.bytes, start).ok_or(fault)?;
        if !matches!(self.scanner.peek(), Ok(b',' | b']')) {
            return Err(fault);
        }
        self.reject(byte, "its JSON is wrong");
        Ok(())
    }

    /// Takes the object that begins next as a record.
    fn record(&mut self) -> Scan<()> {
        let start = self.scanner.at;
        self.scanner.blanks = false;
        self.record.read(&mut self.scanner)?;
        if !self.record.is_known() {
            self.found.unlike += 1;
            self.reject(start, "it has nothing that a CloudTrail record has");
            return Ok(());
        }
        let text = &self.scanner.bytes[start..self.scanner.at];
        let hash = self.hasher.hash(text, self.scanner.blanks);
        self.columns.push(&self.record, start as u32, hash);
        self.columns.keep_insight(&self.record, text);
        self.found.kept += 1;
        Ok(())
    }
}
