//! What `aws cloudtrail lookup-events` prints: `{"Events": [{"EventId": …, "CloudTrailEvent":
//! "{…}"}]}`. The record is a text in each entry; of insights it is said to be the entry itself.
//! An entry whose record was left out is read by its own few fields.

use super::{Reading, Took, array, embedded, nested, object::Member};
use crate::reader::json::Scan;

pub(super) fn looks_like(key: &[u8], first: u8) -> bool {
    match key {
        b"Events" => first == b'[',
        b"CloudTrailEvent" | b"EventId" | b"EventName" => first == b'"',
        _ => false,
    }
}

pub(super) fn read(reading: &mut Reading<'_, '_>, member: Member<'_>) -> Scan<Took> {
    if member.key == b"Events" {
        array::read(reading)?;
        return Ok(Took::Value);
    }
    if embedded::in_object(reading, member.object)? {
        return Ok(Took::Object);
    }
    reading.scanner.at = member.object;
    Ok(if nested::object(reading)? { Took::Object } else { Took::NoObject })
}
