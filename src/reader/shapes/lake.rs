//! The rows of a query as `get-query-results` prints them. Of CloudTrail Lake: `{"QueryResultRows":
//! [[{"eventID": "…"}, {"eventName": "…"}], …]}`, each row a list of objects with one key. Of
//! CloudWatch Logs Insights: `{"results": [[{"field": "@message", "value": "{…}"}], …]}`. A row is read
//! by the column that holds the whole record if that was asked for, else by its columns.

use std::{borrow::Cow, collections::HashSet};

use super::{
    Reading, Took,
    builder::Builder,
    embedded, flat,
    object::{self, Member},
};
use crate::reader::json::{Fault, Scan, Scanner};

pub(super) fn looks_like(key: &[u8], first: u8) -> bool {
    match key {
        b"QueryResultRows" => first == b'[',
        b"eventJson" | b"eventjson" => first == b'"',
        _ => false,
    }
}

pub(super) fn read(reading: &mut Reading<'_, '_>, member: Member<'_>) -> Scan<Took> {
    if member.key != b"QueryResultRows" {
        let found = embedded::in_object(reading, member.object)?;
        return Ok(if found { Took::Object } else { Took::NoObject });
    }
    reading.found.list = true;
    let mut first = true;
    while reading.scanner.item(&mut first)? {
        reading.within(true, Reading::element)?;
    }
    Ok(Took::Value)
}

/// Takes the row that is next in a list, or a list of whatever else it is.
pub(super) fn element(reading: &mut Reading<'_, '_>) -> Scan<()> {
    let start = reading.scanner.at;
    let taken = match row(&mut reading.scanner) {
        Ok(Row::Event { record, is_sure }) if is_sure || reading.of_cloudtrail => {
            reading.within(true, |reading| reading.text(&record, start)).unwrap_or(false)
        },
        Ok(Row::Event { .. } | Row::Counts) => false,
        Ok(Row::None) | Err(Fault::Wrong(_)) => {
            reading.scanner.at = start;
            let Err(fault) = object::list_in_list(reading) else { return Ok(()) };
            // Only this list is lost, if it has an end.
            let Fault::Wrong(_) = fault else { return Err(fault) };
            reading.scanner.at = reading.balanced_end(start).ok_or(fault)?;
            reading.torn = true;
            false
        },
        Err(fault) => return Err(fault),
    };
    if !taken {
        reading.reject_unlike(start, "it has nothing that a CloudTrail record has");
    }
    Ok(())
}

/// What is in the place of a row.
pub(super) enum Row {
    /// The record of an event, and whether it is CloudTrail's for sure.
    Event { record: Vec<u8>, is_sure: bool },
    /// A row of a query that does not ask for events.
    Counts,
    /// Something else; the scanner may be anywhere in it.
    None,
}

/// Reads the row that is next: texts, each under a name of its own.
pub(super) fn row(scanner: &mut Scanner<'_>) -> Scan<Row> {
    if scanner.peek()? != b'[' {
        return Ok(Row::None);
    }
    let mut row = Cells::default();
    let mut first = true;
    while scanner.item(&mut first)? {
        if scanner.peek()? != b'{' {
            return Ok(Row::None);
        }
        let (mut field, mut value, mut members) = (None, None, 0);
        let mut first = true;
        while let Some(name) = scanner.member(&mut first)? {
            members += 1;
            let text = match scanner.peek()? {
                b'"' => Some(scanner.string()?.decode()),
                // A value that is not there.
                b'n' => {
                    scanner.skip()?;
                    None
                },
                _ => return Ok(Row::None),
            };
            match &*name {
                b"field" => field = text,
                b"value" => value = text.or(Some(Cow::Borrowed(b""))),
                _ if members > 1 => return Ok(Row::None),
                name => row.put(name, text.as_deref().unwrap_or_default()),
            }
        }
        match (field, value) {
            (Some(name), Some(text)) if members == 2 => row.put(&name, &text),
            _ if members != 1 => return Ok(Row::None),
            (Some(text), None) => row.put(b"field", &text),
            (None, Some(text)) => row.put(b"value", &text),
            _ => (),
        }
        if row.repeats {
            return Ok(Row::None);
        }
    }
    Ok(row.finish())
}

/// A row while it is read.
#[derive(Default)]
struct Cells {
    record: Builder<'static>,
    names: HashSet<Vec<u8>>,
    whole: Option<Vec<u8>>,
    /// Two cells have one name: those are no columns.
    repeats: bool,
}

impl Cells {
    fn put(&mut self, name: &[u8], text: &[u8]) {
        self.repeats |= !self.names.insert(name.to_vec());
        if text.is_empty() {
            return;
        }
        if flat::holds_record(name) && embedded::of_string(text).is_some() {
            self.whole = embedded::of_string(text).map(<[u8]>::to_vec);
        }
        self.record.put(name, text);
    }

    fn finish(self) -> Row {
        if self.names.is_empty() {
            return Row::None;
        }
        let is_sure = self.whole.is_some() || self.record.is_of_cloudtrail();
        let columns = || self.record.is_of_event().then(|| self.record.finish()).flatten();
        match self.whole.or_else(columns) {
            Some(record) => Row::Event { record, is_sure },
            None => Row::Counts,
        }
    }
}
