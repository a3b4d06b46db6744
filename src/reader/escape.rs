//! The escapes of JSON strings.

use memchr::memchr;

/// Appends the text as a JSON string.
pub(super) fn write_string(text: &[u8], json: &mut Vec<u8>) {
    json.push(b'"');
    text.iter().for_each(|it| write_byte(*it, json));
    json.push(b'"');
}

/// Appends a byte as it may stand in a JSON string.
pub(super) fn write_byte(byte: u8, json: &mut Vec<u8>) {
    match byte {
        b'"' | b'\\' => json.extend_from_slice(&[b'\\', byte]),
        b'\n' => json.extend_from_slice(b"\\n"),
        b'\r' => json.extend_from_slice(b"\\r"),
        b'\t' => json.extend_from_slice(b"\\t"),
        0..0x20 => json.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
        _ => json.push(byte),
    }
}

/// Resolves the escapes of a string; one that is none stays as it is, half of a surrogate pair
/// becomes U+FFFD.
pub(super) fn unescape(inside: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(at) = memchr(b'\\', rest) {
        text.extend_from_slice(&rest[..at]);
        let simple = match rest.get(at + 1) {
            Some(b'n') => Some(b'\n'),
            Some(b't') => Some(b'\t'),
            Some(b'r') => Some(b'\r'),
            Some(b'b') => Some(8),
            Some(b'f') => Some(12),
            Some(it @ (b'"' | b'\\' | b'/')) => Some(*it),
            _ => None,
        };
        rest = &rest[at..];
        if let Some(byte) = simple {
            text.push(byte);
            rest = &rest[2..];
        } else if let Some((letter, taken)) = unicode(rest) {
            text.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
            rest = &rest[taken..];
        } else {
            text.push(b'\\');
            rest = &rest[1..];
        }
    }
    text.extend_from_slice(rest);
    text
}

/// The letter of a `\u` escape, which may be a pair of them, and how many bytes it takes.
pub(super) fn unicode(rest: &[u8]) -> Option<(char, usize)> {
    let unit = |at: usize| -> Option<u32> {
        let digits = rest.get(at..at + 6)?.strip_prefix(b"\\u")?;
        digits.iter().try_fold(0, |sum, it| Some(sum << 4 | char::from(*it).to_digit(16)?))
    };
    let first = unit(0)?;
    if let Some(letter) = char::from_u32(first) {
        return Some((letter, 6));
    }
    let pair = unit(6).filter(|second| first < 0xdc00 && (0xdc00..0xe000).contains(second));
    let Some(second) = pair else { return Some((char::REPLACEMENT_CHARACTER, 6)) };
    let letter = char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
    Some((letter.unwrap_or(char::REPLACEMENT_CHARACTER), 12))
}
