//! CSV of events: Event history's download, the results of Athena and of CloudTrail Lake, searches
//! of Splunk and Kibana. Columns are told by their names, in any order. A row is read by the column
//! that holds the whole record if there is one, else by what its columns say.

use std::borrow::Cow;

use super::{
    Foreign, Reading,
    builder::Builder,
    embedded,
    flat::{self, Column, Signs},
};
use crate::reader::{
    csv::{Rows, delimiter},
    json::{Fault, Scan},
    others,
    sniff::BOM,
};

/// Rows that seem to have no end are tried to be left out so many times.
const HOPELESS: u32 = 16;

/// So many lines may stand before the one that names the columns: a title, or a spreadsheet's `sep=,`.
const MOST_TITLES: usize = 4;
const LONGEST_TITLE: usize = 1024;

/// A table's columns, as its first line names them.
#[derive(Debug)]
pub(in crate::reader) struct Table {
    columns: Vec<Column>,
    /// Whether their names are CloudTrail's.
    of_cloudtrail: bool,
    /// The columns that hold whole records.
    records: Vec<usize>,
    delimiter: u8,
    /// Where the rows begin.
    body: usize,
}

/// Whether the text begins with a line that names columns of events, or with a few and then such a one.
pub(in crate::reader) fn looks_like(bytes: &[u8]) -> bool {
    Table::of(bytes).is_some()
}

impl Table {
    /// The table that the text is; `None` when no line at its beginning names columns of events.
    pub(in crate::reader) fn of(bytes: &[u8]) -> Option<Table> {
        let mut start = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
        if let Some(table) = Table::at(bytes, start) {
            return Some(table);
        }
        let is_sure = |it: &Table| it.of_cloudtrail && it.columns.iter().any(Column::is_of_event);
        for _ in 0..MOST_TITLES {
            let head = bytes[start..].get(..LONGEST_TITLE).unwrap_or(&bytes[start..]);
            start += memchr::memchr(b'\n', head)? + 1;
            if let Some(table) = Table::at(bytes, start).filter(is_sure) {
                return Some(table);
            }
        }
        None
    }

    /// The table whose columns the line there names.
    fn at(bytes: &[u8], start: usize) -> Option<Table> {
        let mut rows = Rows::new(bytes, start, delimiter(&bytes[start..]));
        let mut names = Vec::new();
        rows.next(&mut names).filter(|it| !it.torn)?;
        if names.len() > flat::MOST_COLUMNS || names.iter().any(|it| is_json(it)) {
            return None;
        }
        let table = Table {
            of_cloudtrail: Signs::of(names.iter().map(|it| &**it)).are_enough(),
            columns: Column::all(names.iter().map(|it| it.trim_ascii())),
            records: (0..names.len()).filter(|it| flat::holds_record(&names[*it])).collect(),
            delimiter: rows.delimiter,
            body: rows.at,
        };
        if names.len() > 1 && table.columns.iter().any(Column::tells) {
            return Some(table);
        }
        let mut cells = Vec::new();
        let whole = !table.records.is_empty() && rows.next(&mut cells).is_some();
        (whole && table.whole(&cells).is_some()).then_some(table)
    }

    /// The record that the row at byte `start` holds.
    pub(in crate::reader) fn record_at(&self, bytes: &[u8], start: usize) -> Option<Vec<u8>> {
        if start < self.body || !matches!(bytes.get(start.checked_sub(1)?)?, b'\n' | b'\r') {
            return None;
        }
        let mut cells = Vec::new();
        Rows::new(bytes, start, self.delimiter).next(&mut cells).filter(|it| it.start == start)?;
        self.record(&cells).map(Cow::into_owned)
    }

    fn record<'c>(&self, cells: &'c [Cow<'_, [u8]>]) -> Option<Cow<'c, [u8]>> {
        self.whole(cells).map(Cow::Borrowed).or_else(|| self.flat(cells).map(Cow::Owned))
    }

    fn whole<'c>(&self, cells: &'c [Cow<'_, [u8]>]) -> Option<&'c [u8]> {
        self.records.iter().find_map(|it| embedded::of_string(cells.get(*it)?))
    }

    fn is_of_events(&self) -> bool {
        self.of_cloudtrail && self.columns.iter().any(Column::is_of_event)
    }

    fn flat(&self, cells: &[Cow<'_, [u8]>]) -> Option<Vec<u8>> {
        if !self.is_of_events() {
            return None;
        }
        let mut record = Builder::default();
        for (at, cell) in cells.iter().enumerate().filter(|it| !it.1.is_empty()) {
            match self.columns.get(at) {
                Some(column) => record.put_column(column, cell),
                None => record.put(format!("column {}", at + 1).as_bytes(), cell),
            }
        }
        record.finish()
    }
}

/// Whether the name of a column is none; Splunk's names of lists have `{}` in them.
fn is_json(name: &[u8]) -> bool {
    memchr::memchr_iter(b'{', name).any(|at| name.get(at + 1) != Some(&b'}'))
}

/// Takes all rows.
pub(super) fn read(reading: &mut Reading<'_, '_>) -> Scan<()> {
    let bytes = reading.scanner.bytes;
    let Some(table) = Table::of(bytes) else { return Ok(()) };
    if table.records.is_empty() && !table.is_of_events() {
        let what = "a table with neither the time nor the ID of an event, such as counts by name";
        let counts = !table.columns.iter().any(Column::is_of_event);
        let is = if counts { Foreign::Known(what) } else { Foreign::Other(others::ONE_NAME) };
        reading.found.foreign = Some(is);
        return Ok(());
    }
    reading.found.list = true;
    let mut rows = Rows::new(bytes, table.body, table.delimiter);
    let (mut cells, mut torn) = (Vec::new(), 0);
    while let Some(row) = rows.next(&mut cells) {
        if row.torn {
            torn += 1;
            let line = memchr::memchr(b'\n', &bytes[row.start..]);
            let next = line.filter(|_| torn <= HOPELESS).ok_or(Fault::End)?;
            reading.reject(row.start, "its line has a quote without an end");
            rows.at = row.start + next + 1;
            continue;
        }
        let taken = match table.record(&cells) {
            Some(record) => {
                reading.within(true, |reading| reading.text(&record, row.start)).unwrap_or(false)
            },
            None => false,
        };
        if !taken {
            reading.reject_unlike(row.start, "it has nothing that a CloudTrail record has");
        }
    }
    Ok(())
}
