//! Values one after the other: a record a line, or whole log files put together.

use memchr::memmem;

use super::{Reading, array, trail};
use crate::reader::{
    json::{Fault, Scan},
    sniff::BOM,
};

/// After so many wrong lines the rest will be no better.
const HOPELESS: u32 = 1000;

pub(super) fn read(reading: &mut Reading<'_, '_>) -> Scan<()> {
    loop {
        if reading.scanner.bytes[reading.scanner.at..].starts_with(BOM) {
            reading.scanner.at += BOM.len();
        }
        let Ok(first) = reading.scanner.peek() else { return Ok(()) };
        let start = reading.scanner.at;
        let value = match first {
            b'{' => trail::read(reading),
            b'[' => array::read(reading),
            // Some write lists without their brackets.
            b',' if reading.found.kept > 0 => {
                reading.scanner.at += 1;
                Ok(())
            },
            _ => reading.scanner.wrong(),
        };
        if let Err(fault) = value {
            next_line(reading, start, fault)?;
        }
    }
}

/// Leaves a wrong record out and goes to the next line, if that can be told from a break inside.
fn next_line(reading: &mut Reading<'_, '_>, start: usize, fault: Fault) -> Scan<()> {
    let bytes = reading.scanner.bytes;
    let of_lines = !reading.found.list && reading.found.rejected < HOPELESS;
    let next = memmem::find(&bytes[start..], b"\n{").filter(|_| of_lines).ok_or(fault)?;
    let byte = match fault {
        Fault::Wrong(at) => at,
        Fault::End => start,
    };
    reading.reject(byte, "its JSON is wrong");
    reading.scanner.at = start + next + 1;
    Ok(())
}
