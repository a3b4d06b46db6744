//! A record by itself: `{"eventVersion": …}`. Insight, NetworkActivity and Aggregated events are
//! records too.

use super::{Reading, Took, object::Member};
use crate::reader::json::Scan;

/// By the keys that tell a record wherever it stands.
pub(super) fn looks_like(key: &[u8], _: u8) -> bool {
    matches!(
        key,
        b"eventVersion"
            | b"eventTime"
            | b"eventName"
            | b"eventSource"
            | b"eventID"
            | b"eventType"
            | b"eventCategory"
            | b"userIdentity"
            | b"sourceIPAddress"
            | b"requestParameters"
            | b"recipientAccountId"
            | b"insightDetails"
    )
}

pub(super) fn read(reading: &mut Reading<'_, '_>, member: Member<'_>) -> Scan<Took> {
    reading.scanner.at = member.object;
    Ok(if reading.record()? { Took::Object } else { Took::NoObject })
}
