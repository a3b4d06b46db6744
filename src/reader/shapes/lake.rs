//! The rows of a query as `get-query-results` prints them. Of CloudTrail Lake: `{"QueryResultRows":
//! [[{"eventID": "…"}, {"eventName": "…"}], …]}`, each row a list of objects with one key. Of
//! CloudWatch Logs Insights: `{"results": [[{"field": "@message", "value": "{…}"}], …]}`. A row is read
//! by the column that holds the whole record if that was asked for, else by its columns.

use super::{
    Reading, Took, embedded, flat,
    object::{self, Member},
};
use crate::reader::json::{Fault, Scan, Scanner};

pub(super) fn looks_like(key: &[u8], first: u8) -> bool {
    match key {
        b"QueryResultRows" => first == b'[',
        b"eventJson" => first == b'"',
        _ => false,
    }
}

pub(super) fn read(reading: &mut Reading<'_, '_>, member: Member<'_>) -> Scan<Took> {
    if member.key == b"eventJson" {
        let found = embedded::in_object(reading, member.object)?;
        return Ok(if found { Took::Object } else { Took::NoObject });
    }
    reading.found.list = true;
    let mut first = true;
    while reading.scanner.item(&mut first)? {
        element(reading)?;
    }
    Ok(Took::Value)
}

/// Takes the row that is next in a list, or whatever else it is.
pub(super) fn element(reading: &mut Reading<'_, '_>) -> Scan<()> {
    let start = reading.scanner.at;
    let taken = match row(&mut reading.scanner) {
        Err(Fault::Wrong(byte)) => {
            // Only the row is lost, if it has an end.
            let end = reading.balanced_end(start);
            reading.scanner.at = end.ok_or(Fault::Wrong(byte))?;
            reading.torn = true;
            false
        },
        Err(fault) => return Err(fault),
        Ok(Row::Event(record)) => reading.text(&record, start).unwrap_or(false),
        Ok(Row::Counts) => false,
        Ok(Row::None) => {
            reading.scanner.at = start;
            return object::list_in_list(reading);
        },
    };
    if !taken {
        reading.reject_unlike(start, "it has nothing that a CloudTrail record has");
    }
    Ok(())
}

/// What is in the place of a row.
pub(super) enum Row {
    /// The record of an event.
    Event(Vec<u8>),
    /// A row of a query that does not ask for events.
    Counts,
    /// Something else; the scanner may be anywhere in it.
    None,
}

/// Reads the row that is next.
pub(super) fn row(scanner: &mut Scanner<'_>) -> Scan<Row> {
    if scanner.peek()? != b'[' {
        return Ok(Row::None);
    }
    let mut record = flat::Builder::default();
    let mut whole = None;
    let mut first = true;
    while scanner.item(&mut first)? {
        if scanner.peek()? != b'{' {
            return Ok(Row::None);
        }
        let (mut field, mut value, mut cells) = (None, None, 0);
        let mut put = |name: &[u8], text: &[u8]| {
            if flat::holds_record(name) && embedded::of_string(text).is_some() {
                whole = embedded::of_string(text).map(<[u8]>::to_vec);
            }
            record.put(name, text);
        };
        let mut first = true;
        while let Some(name) = scanner.member(&mut first)? {
            cells += 1;
            if cells > 2 {
                return Ok(Row::None);
            }
            let Some(text) = scanner.text()? else { continue };
            match &*name {
                b"field" => field = Some(text.decode()),
                b"value" => value = Some(text.decode()),
                name => put(name, &text.decode()),
            }
        }
        match (field, value) {
            (Some(name), Some(text)) => put(&name, &text),
            _ if cells > 1 => return Ok(Row::None),
            _ => (),
        }
    }
    let columns = || record.is_of_event().then(|| record.finish()).flatten();
    Ok(whole.or_else(columns).map_or(Row::Counts, Row::Event))
}
