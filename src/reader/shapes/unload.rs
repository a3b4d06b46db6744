//! What Athena's UNLOAD writes as JSON: an object for each row of a table, with the names of its
//! columns, which are all lower case.

use super::{Reading, Took, nested, object::Member};
use crate::reader::json::Scan;

pub(super) fn looks_like(key: &[u8], first: u8) -> bool {
    matches!(key, b"eventtime" | b"eventid") && first == b'"'
}

pub(super) fn read(reading: &mut Reading<'_, '_>, member: Member<'_>) -> Scan<Took> {
    reading.scanner.at = member.object;
    Ok(if nested::object(reading)? { Took::Object } else { Took::NoObject })
}
