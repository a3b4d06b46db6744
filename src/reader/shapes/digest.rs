//! A digest file of CloudTrail: names log files and holds no events.

use super::{Reading, Took, object::Member};
use crate::reader::json::Scan;

pub(super) fn looks_like(key: &[u8], _: u8) -> bool {
    matches!(key, b"digestStartTime" | b"digestEndTime" | b"logFiles")
}

pub(super) fn read(reading: &mut Reading<'_, '_>, member: Member<'_>) -> Scan<Took> {
    reading.scanner.at = member.object;
    reading.scanner.skip()?;
    reading.found.digest = true;
    Ok(Took::Object)
}
