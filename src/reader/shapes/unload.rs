//! What Athena's UNLOAD writes as JSON: an object for each row of a table, with the names of its
//! columns, which are all lower case.

use super::{Reading, Took, embedded, nested, object::Member};
use crate::reader::json::{Scan, Scanner};

/// Columns one of which stands beside the time or the ID of an event: other programs log those too.
const OTHERS: &[&[u8]] = &[
    b"eventname",
    b"eventsource",
    b"eventversion",
    b"useridentity",
    b"awsregion",
    b"sourceipaddress",
    b"recipientaccountid",
    b"requestparameters",
];

pub(super) fn looks_like(key: &[u8], first: u8) -> bool {
    matches!(key, b"eventtime" | b"eventid") && first == b'"'
}

pub(super) fn read(reading: &mut Reading<'_, '_>, member: Member<'_>) -> Scan<Took> {
    if embedded::in_object(reading, member.object)? {
        return Ok(Took::Object);
    }
    let mut scanner = Scanner::new(reading.scanner.bytes, member.object);
    let (mut first, mut told) = (true, false);
    while let Some(key) = scanner.member(&mut first)? {
        told |= OTHERS.contains(&&*key);
        scanner.skip()?;
    }
    reading.scanner.at = member.object;
    Ok(if told && nested::object(reading)? { Took::Object } else { Took::NoObject })
}
