//! An event of EventBridge: `{"detail-type": "AWS API Call via CloudTrail", …, "detail": {…}}`. The
//! detail is the record.

use super::{Foreign, Reading, Took, object, object::Member};
use crate::reader::json::Scan;

pub(super) fn looks_like(key: &[u8], first: u8) -> bool {
    match key {
        b"detail" => first == b'{',
        b"detail-type" => first == b'"',
        _ => false,
    }
}

pub(super) fn read(reading: &mut Reading<'_, '_>, member: Member<'_>) -> Scan<Took> {
    if member.key == b"detail" {
        return object::inner(reading);
    }
    if memchr::memmem::find(reading.scanner.string()?.bytes, b"CloudTrail").is_none() {
        let what = Foreign::Known("an event of EventBridge that is none of CloudTrail");
        reading.found.foreign.get_or_insert(what);
    }
    Ok(Took::Nothing)
}
