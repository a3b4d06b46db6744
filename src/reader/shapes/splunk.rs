//! Splunk: a result a line, `{"result": {"_raw": "{…}", …}}`, or all in one, `{"results": […]}`, as
//! CloudWatch Logs Insights has its rows too ([`super::lake`]);
//! also what is sent to its collector, `{"sourcetype": …, "event": {…}}`. A CSV of Splunk's is a table
//! ([`super::table`]).

use super::{Reading, Took, array, embedded, object, object::Member};
use crate::reader::json::Scan;

pub(super) fn looks_like(key: &[u8], first: u8) -> bool {
    match key {
        b"result" => first == b'{',
        b"results" => first == b'[',
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
        _ => {
            let found = embedded::in_object(reading, member.object)?;
            Ok(if found { Took::Object } else { Took::NoObject })
        },
    }
}
