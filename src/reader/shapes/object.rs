//! An object of any shape: its members tell which.

use super::{Foreign, Reading, SHAPES, Took, array};
use crate::reader::json::Scan;

/// Envelopes within envelopes, deeper than any that were seen.
const DEEPEST: u8 = 8;

/// A member that gave a shape away; its value is next.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member<'k> {
    /// Where its object begins.
    pub(super) object: usize,
    pub(super) key: &'k [u8],
    /// How its value begins.
    pub(super) first: u8,
}

/// Takes the object whose brace is next; false when it is of no shape.
pub(super) fn read(reading: &mut Reading<'_, '_>) -> Scan<bool> {
    if reading.depth == DEEPEST {
        reading.scanner.skip()?;
        return Ok(false);
    }
    reading.depth += 1;
    let taken = members(reading);
    reading.depth -= 1;
    taken
}

/// Takes a list that is an element of a list, as far as such lie in one another.
pub(super) fn list_in_list(reading: &mut Reading<'_, '_>) -> Scan<()> {
    let start = reading.scanner.at;
    if reading.depth == DEEPEST {
        reading.scanner.skip()?;
        reading.reject_unlike(start, "it is no object");
        return Ok(());
    }
    reading.depth += 1;
    let taken = array::read(reading);
    reading.depth -= 1;
    taken
}

fn members(reading: &mut Reading<'_, '_>) -> Scan<bool> {
    let object = reading.scanner.at;
    let (mut first, mut of_a_shape) = (true, false);
    // Shapes that looked at all of the object and were not it: a bit for each.
    let mut ruled_out = 0_u32;
    while let Some(key) = reading.scanner.member(&mut first)? {
        let member = Member { object, key: &key, first: reading.scanner.peek()? };
        let value = reading.scanner.at;
        let told = SHAPES.iter().position(|it| (it.looks_like)(member.key, member.first));
        let taken = match told.filter(|it| ruled_out >> it & 1 == 0) {
            Some(shape) => (SHAPES[shape].read)(reading, member)?,
            None => Took::Nothing,
        };
        match (taken, told) {
            (Took::Value, _) => {
                of_a_shape = true;
                continue;
            },
            // What stands beside a list of records tells nothing of them.
            (Took::Object, _) if !of_a_shape => return Ok(true),
            // Once is enough, however often the member stands there.
            (Took::Object | Took::NoObject, Some(shape)) => ruled_out |= 1 << shape,
            (_, None) => note_unread(reading, member.key),
            _ => {},
        }
        reading.scanner.at = value;
        reading.scanner.skip()?;
    }
    Ok(of_a_shape)
}

fn note_unread(reading: &mut Reading<'_, '_>, key: &[u8]) {
    if let (None, Some(what)) = (reading.found.foreign, unread_form(key)) {
        reading.found.foreign = Some(Foreign::Known(what));
    }
}

/// Takes the value of a member as an object of any shape.
pub(super) fn inner(reading: &mut Reading<'_, '_>) -> Scan<Took> {
    Ok(if read(reading)? { Took::Value } else { Took::Nothing })
}

/// Forms of events that are known and not read, by a key that gives them away.
fn unread_form(key: &[u8]) -> Option<&'static str> {
    Some(match key {
        b"metadata" | b"class_uid" => "an event in OCSF, as Security Lake writes them",
        b"ResultSet" => "the output of Athena's get-query-results",
        _ => return None,
    })
}
