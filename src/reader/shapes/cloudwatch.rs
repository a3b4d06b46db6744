//! CloudWatch Logs. Logs Insights gives `[{"@timestamp": "…", "@message": "{…}"}]`, also with the
//! message as an object. `filter-log-events` and `get-log-events` print `{"events": [{"message":
//! "{…}"}]}`; a subscription sends `{"messageType": "DATA_MESSAGE", "logEvents": […]}`, which
//! Firehose puts together with nothing between. An export to S3 is lines ([`super::lines`]).

use super::{Reading, Took, array, embedded, object, object::Member};
use crate::reader::json::Scan;

pub(super) fn looks_like(key: &[u8], first: u8) -> bool {
    match key {
        b"events" | b"logEvents" => first == b'[',
        b"messageType" | b"message" => first == b'"',
        b"@message" => matches!(first, b'"' | b'{'),
        _ => false,
    }
}

pub(super) fn read(reading: &mut Reading<'_, '_>, member: Member<'_>) -> Scan<Took> {
    match member.key {
        b"messageType" => {
            if reading.scanner.string()?.bytes != b"CONTROL_MESSAGE" {
                return Ok(Took::Nothing);
            }
            // A sign of life of the subscription, by design without events.
            reading.found.list = true;
            reading.scanner.at = member.object;
            reading.scanner.skip()?;
            Ok(Took::Object)
        },
        b"@message" if member.first == b'{' => object::inner(reading),
        b"message" | b"@message" => {
            let found = embedded::in_object(reading, member.object)?;
            Ok(if found { Took::Object } else { Took::NoObject })
        },
        _ => {
            array::read(reading)?;
            Ok(Took::Value)
        },
    }
}
