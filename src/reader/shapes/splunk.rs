//! Splunk: a result a line, `{"result": {"_raw": "{…}", …}}`, or all in one, `{"results": […]}`, as
//! CloudWatch Logs Insights has its rows too ([`super::lake`]), or by row, `{"fields": ["_raw", …],
//! "rows": [["{…}", …]]}`; also what is sent to its collector, `{"sourcetype": …, "event": {…}}`. A
//! result without `_raw` is the row of a table ([`super::nested`]), and a CSV a table
//! ([`super::table`]).

use super::{Foreign, Reading, Took, array, embedded, object, object::Member};
use crate::reader::json::{Scan, Scanner};

pub(super) fn looks_like(key: &[u8], first: u8) -> bool {
    match key {
        b"result" => first == b'{',
        b"results" | b"rows" => first == b'[',
        b"_raw" => first == b'"',
        _ => false,
    }
}

pub(super) fn read(reading: &mut Reading<'_, '_>, member: Member<'_>) -> Scan<Took> {
    match member.key {
        b"result" => object::inner(reading),
        b"results" => {
            array::read(reading)?;
            Ok(Took::Value)
        },
        b"rows" => match columns(&mut Scanner::new(reading.scanner.bytes, member.object))? {
            Columns::Raw(column) => rows(reading, column),
            Columns::None => Ok(Took::NoObject),
            Columns::Others => {
                let what = "Splunk's rows without the column _raw";
                reading.found.foreign.get_or_insert(Foreign::Known(what));
                Ok(Took::NoObject)
            },
        },
        _ => {
            let found = embedded::in_object(reading, member.object)?;
            Ok(if found { Took::Object } else { Took::NoObject })
        },
    }
}

/// The columns that an object says its rows have.
enum Columns {
    /// Among them the one that holds the whole record.
    Raw(usize),
    Others,
    /// It says nothing of columns.
    None,
}

fn columns(scanner: &mut Scanner<'_>) -> Scan<Columns> {
    let (mut first, mut columns) = (true, Columns::None);
    while let Some(key) = scanner.member(&mut first)? {
        if *key != *b"fields" || scanner.peek()? != b'[' {
            scanner.skip()?;
            continue;
        }
        columns = Columns::Others;
        let (mut first, mut at) = (true, 0);
        while scanner.item(&mut first)? {
            match scanner.text()? {
                Some(name) if name.bytes == b"_raw" => return Ok(Columns::Raw(at)),
                _ => at += 1,
            }
        }
    }
    Ok(columns)
}

fn rows(reading: &mut Reading<'_, '_>, column: usize) -> Scan<Took> {
    reading.found.list = true;
    let mut first = true;
    while reading.scanner.item(&mut first)? {
        let start = reading.scanner.at;
        let mut taken = false;
        if reading.scanner.peek()? == b'[' {
            let (mut first, mut at) = (true, 0);
            while reading.scanner.item(&mut first)? {
                if at == column && reading.scanner.peek()? == b'"' {
                    taken = embedded::read(reading)?;
                } else {
                    reading.scanner.skip()?;
                }
                at += 1;
            }
        } else {
            reading.scanner.skip()?;
        }
        if !taken {
            reading.reject_unlike(start, "it has nothing that a CloudTrail record has");
        }
    }
    // No other member tells more.
    let mut first = false;
    while reading.scanner.member(&mut first)?.is_some() {
        reading.scanner.skip()?;
    }
    Ok(Took::Object)
}
