//! A record by itself: `{"eventVersion": …}`. Insight, NetworkActivity and Aggregated events are
//! records too. S3 Select calls one `_1` that its query gives no name.

use super::{Reading, Took, object, object::Member};
use crate::reader::json::Scan;

const UNNAMED: &[u8] = b"_1";

/// By the keys that tell a record wherever it stands.
pub(super) fn looks_like(key: &[u8], first: u8) -> bool {
    key == UNNAMED && first == b'{' || tells(key)
}

fn tells(key: &[u8]) -> bool {
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
            | b"insightEventName"
    )
}

pub(super) fn read(reading: &mut Reading<'_, '_>, member: Member<'_>) -> Scan<Took> {
    if member.key == UNNAMED {
        return object::inner(reading);
    }
    reading.scanner.at = member.object;
    Ok(if reading.record()? { Took::Object } else { Took::NoObject })
}
