//! Objects of other schemas: each value in them, however deep, is a column whose name is the way to
//! it, and the columns become a record ([`super::builder`]).

use super::{
    Reading,
    builder::Builder,
    embedded,
    flat::{FREE, is_column, known},
};
use crate::reader::{
    escape::write_string,
    json::{Form, Raw, Scan, Scanner},
};

/// Objects in objects, deeper than any schema has columns.
const DEEPEST: usize = 8;

/// Takes the object at `start` as the row of a table, if a name in it is one of a column; false when
/// it is none, with the scanner where it was.
pub(super) fn row(reading: &mut Reading<'_, '_>, start: usize) -> Scan<bool> {
    let end = reading.scanner.at;
    let mut scanner = Scanner::new(reading.scanner.bytes, start);
    let (mut first, mut is_row) = (true, false);
    while let Some(key) = scanner.member(&mut first)? {
        is_row |= is_column(&key);
        scanner.skip()?;
    }
    if !is_row {
        return Ok(false);
    }
    reading.scanner.at = start;
    let taken = embedded::in_object(reading, start)? || object(reading)?;
    reading.scanner.at = end;
    Ok(taken)
}

/// Takes the object that is next by its members, and those of the objects in it by their paths;
/// false when they make no record.
pub(super) fn object(reading: &mut Reading<'_, '_>) -> Scan<bool> {
    let start = reading.scanner.at;
    let mut record = Builder::default();
    members(&mut reading.scanner, &mut Vec::new(), DEEPEST, &mut record)?;
    if !reading.of_cloudtrail && !record.is_of_cloudtrail() {
        return Ok(false);
    }
    match record.finish() {
        // The names told more than what is made of them can.
        Some(record) => {
            Ok(reading.within(true, |reading| reading.text(&record, start)).unwrap_or(false))
        },
        None => Ok(false),
    }
}

fn members(
    scanner: &mut Scanner<'_>,
    path: &mut Vec<u8>,
    depth: usize,
    record: &mut Builder<'_>,
) -> Scan<()> {
    let mut first = true;
    while let Some(key) = scanner.member(&mut first)? {
        let outer = path.len();
        path.extend_from_slice(if outer > 0 { b"." } else { b"" });
        path.extend_from_slice(&key);
        let free = known(path).is_some_and(|it| FREE.contains(&it));
        if scanner.peek()? == b'{' && depth > 0 && !free {
            members(scanner, path, depth - 1, record)?;
        } else if let Some(value) = scanner.text()?.filter(|it| !it.bytes.is_empty()) {
            let is_list = value.form == Form::Json && value.bytes.first() == Some(&b'[');
            let is_of_objects = || value.bytes[1..].trim_ascii_start().first() == Some(&b'{');
            if is_list && known(path) == Some("resources") && is_of_objects() {
                let list = resources(&mut Scanner::new(value.bytes, 0))?;
                record.put_raw(path, Raw { bytes: &list, form: Form::Json });
            } else {
                record.put_raw(path, only(value));
            }
        }
        path.truncate(outer);
    }
    Ok(())
}

/// A list of resources, with CloudTrail's own names for what is known of them.
fn resources(scanner: &mut Scanner<'_>) -> Scan<Vec<u8>> {
    let mut json = vec![b'['];
    let mut first = true;
    while scanner.item(&mut first)? {
        json.extend_from_slice(if json.len() > 1 { b"," } else { b"" });
        let start = scanner.at;
        if scanner.peek()? != b'{' {
            scanner.skip()?;
            json.extend_from_slice(&scanner.bytes[start..scanner.at]);
            continue;
        }
        json.push(b'{');
        let (mut first, mut begun) = (true, false);
        while let Some(key) = scanner.member(&mut first)? {
            json.extend_from_slice(if begun { b"," } else { b"" });
            begun = true;
            let own = known(&[b"resources.", &*key].concat());
            let own = own.and_then(|it| it.strip_prefix("resources.")).map(str::as_bytes);
            write_string(own.unwrap_or(&key), &mut json);
            json.push(b':');
            scanner.peek()?;
            let start = scanner.at;
            scanner.skip()?;
            json.extend_from_slice(&scanner.bytes[start..scanner.at]);
        }
        json.push(b'}');
    }
    json.push(b']');
    Ok(json)
}

/// Of a list of one text that text: so Elastic's `fields` are written.
fn only(value: Raw<'_>) -> Raw<'_> {
    let one = || {
        let mut scanner = Scanner::new(value.bytes, 0);
        let mut first = true;
        if value.form != Form::Json || scanner.peek()? != b'[' || !scanner.item(&mut first)? {
            return Ok(None);
        }
        let item = scanner.text()?;
        Ok::<_, crate::reader::json::Fault>(item.filter(|_| scanner.item(&mut first) == Ok(false)))
    };
    one().ok().flatten().unwrap_or(value)
}
