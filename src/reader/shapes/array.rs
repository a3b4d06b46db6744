//! Records in a list: `[{…}, {…}]`, and the list inside a trail's file.

use super::Reading;
use crate::reader::json::Scan;

/// Takes the list whose bracket is next.
pub(super) fn read(reading: &mut Reading<'_, '_>) -> Scan<()> {
    reading.found.list = true;
    reading.scanner.at += 1;
    if reading.scanner.peek()? == b']' {
        reading.scanner.at += 1;
        return Ok(());
    }
    loop {
        reading.element()?;
        match reading.scanner.peek()? {
            b',' => reading.scanner.at += 1,
            b']' => {
                reading.scanner.at += 1;
                return Ok(());
            },
            _ => return reading.scanner.wrong(),
        }
    }
}
