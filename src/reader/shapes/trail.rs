//! A trail's file, and Event history's JSON download: `{"Records": [{…}, …]}`, whatever stands
//! beside the list.

use super::{Reading, Took, array, object::Member};
use crate::reader::json::Scan;

pub(super) fn looks_like(key: &[u8], first: u8) -> bool {
    key == b"Records" && first == b'['
}

pub(super) fn read(reading: &mut Reading<'_, '_>, _: Member<'_>) -> Scan<Took> {
    reading.found.trail = true;
    reading.within(true, array::read)?;
    Ok(Took::Value)
}
