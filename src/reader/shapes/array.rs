//! Records in a list: `[{…}, {…}]`, and the list inside a trail's file. An element may be of any
//! other shape too, also a record as a string.

use super::Reading;
use crate::reader::json::Scan;

/// Takes the list whose bracket is next.
pub(super) fn read(reading: &mut Reading<'_, '_>) -> Scan<()> {
    reading.found.list = true;
    let mut first = true;
    while reading.scanner.item(&mut first)? {
        reading.element()?;
    }
    Ok(())
}
