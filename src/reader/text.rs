//! UTF-16 becomes UTF-8, so that everything after this reads bytes.

/// The most that stays allocated between files.
const KEPT_BYTES: usize = 64 << 20;

/// How UTF-16 is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Little,
    Big,
}

/// The text as UTF-8, put into `space` if it was not: places in a file count in this. Units that
/// are half of a letter are replaced.
pub(super) fn utf8<'a>(bytes: &'a [u8], space: &'a mut Vec<u8>) -> &'a [u8] {
    space.clear();
    if space.capacity() > KEPT_BYTES {
        *space = Vec::new();
    }
    let Some((order, start)) = utf16(bytes) else { return bytes };
    let (pairs, rest) = bytes[start..].as_chunks::<2>();
    let units = pairs.iter().map(|it| match order {
        Order::Little => u16::from_le_bytes(*it),
        Order::Big => u16::from_be_bytes(*it),
    });
    let len: usize = units.clone().map(utf8_len).sum();
    if space.try_reserve_exact(len + 3).is_err() {
        // There is no memory for it: it will be told to be no text.
        return bytes;
    }
    for letter in char::decode_utf16(units) {
        let letter = letter.unwrap_or(char::REPLACEMENT_CHARACTER);
        space.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
    }
    if !rest.is_empty() {
        space.extend_from_slice("\u{fffd}".as_bytes());
    }
    space
}

/// Whether the bytes begin as UTF-16 does.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    utf16(bytes).is_some()
}

/// The most that a unit takes: each half of a pair is counted as if it were alone.
fn utf8_len(unit: u16) -> usize {
    match unit {
        0..0x80 => 1,
        0x80..0x800 => 2,
        _ => 3,
    }
}

/// The order of the bytes, and where the text begins: told by the mark, or by the zeros beside the
/// first letters, which in a log are ASCII.
fn utf16(bytes: &[u8]) -> Option<(Order, usize)> {
    match bytes {
        [0xff, 0xfe, ..] => Some((Order::Little, 2)),
        [0xfe, 0xff, ..] => Some((Order::Big, 2)),
        [1..0x80, 0, 1..0x80, 0, ..] => Some((Order::Little, 0)),
        [0, 1..0x80, 0, 1..0x80, ..] => Some((Order::Big, 0)),
        _ => None,
    }
}
