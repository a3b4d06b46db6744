//! Ids in sixteen bytes.
//!
//! Nearly every id of CloudTrail is a UUID, which is a number of sixteen bytes, or one of S3's for a
//! request, which is sixteen capital letters and digits. Both are kept as they are, without a text of
//! their own.

/// Sixteen bytes that stand for an id.
pub type Id = [u8; 16];

/// What stands for no id at all.
pub const MISSING: Id = [0; 16];

/// The bytes of a UUID in lower case, written 8-4-4-4-12, or those of a text of sixteen capital
/// letters and digits; `None` for all other texts, and for the few UUIDs whose bytes would be taken
/// for something else.
pub fn pack(text: &[u8]) -> Option<Id> {
    match text.len() {
        36 => uuid(text).filter(|it| *it != MISSING && is_uuid(*it)),
        16 => text.try_into().ok().filter(|it| !is_uuid(*it)),
        _ => None,
    }
}

/// Whether what was packed was a UUID.
#[inline]
pub fn is_uuid(id: Id) -> bool {
    !id.iter().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit())
}

/// Calls `read` with the text that was packed.
pub fn with_text<T>(id: Id, read: impl FnOnce(&str) -> T) -> T {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    if !is_uuid(id) {
        return read(str::from_utf8(&id).unwrap_or_default());
    }
    let mut text = [b'-'; 36];
    for (byte, at) in id.iter().zip(PAIRS) {
        text[at] = DIGITS[usize::from(byte >> 4)];
        text[at + 1] = DIGITS[usize::from(byte & 15)];
    }
    read(str::from_utf8(&text).unwrap_or_default())
}

/// Where the two digits of each byte of a UUID stand.
const PAIRS: [usize; 16] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

/// What each byte is worth as a hexadecimal digit in lower case; 16 and more: it is none.
const HEX: [u8; 256] = {
    let mut table = [0xff; 256];
    let mut digit = 0;
    while digit < 16 {
        table[b"0123456789abcdef"[digit] as usize] = digit as u8;
        digit += 1;
    }
    table
};

fn uuid(text: &[u8]) -> Option<Id> {
    let text: &[u8; 36] = text.try_into().ok()?;
    if [8, 13, 18, 23].iter().any(|at| text[*at] != b'-') {
        return None;
    }
    let mut wrong = 0;
    let bytes = PAIRS.map(|at| {
        let (high, low) = (HEX[usize::from(text[at])], HEX[usize::from(text[at + 1])]);
        wrong |= high | low;
        high << 4 | low & 15
    });
    (wrong < 16).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_has_its_text_and_no_two_texts_are_packed_alike() {
        let uuid_of_letters = "41424344-4546-4748-494a-4b4c4d4e4f50";
        for (text, packs) in [
            ("0df689a4-d6f4-41dd-ac37-040c6dcb8283", true),
            ("DGF3CNYBGD1JB6AC", true),
            ("0000000000000000", true),
            // Its bytes are those of ABCDEFGHIJKLMNOP.
            (uuid_of_letters, false),
            ("ABCDEFGHIJKLMNOP", true),
            ("00000000-0000-0000-0000-000000000000", false),
            ("0DF689A4-d6f4-41dd-ac37-040c6dcb8283", false),
            ("0df689a4d-6f4-41dd-ac37-040c6dcb8283", false),
            ("0df689a4-d6f4-41dd-ac37-040c6dcb828g", false),
            ("dgf3cnybgd1jb6ac", false),
            ("DGF3CNYBGD1JB6A=", false),
            ("", false),
        ] {
            let packed = pack(text.as_bytes());
            assert_eq!(packed.is_some(), packs, "{text}");
            if let Some(id) = packed {
                with_text(id, |it| assert_eq!(it, text));
            }
        }
        assert_eq!(uuid(uuid_of_letters.as_bytes()), pack(b"ABCDEFGHIJKLMNOP"));
    }
}
