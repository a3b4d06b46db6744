//! Strict JSON out of what the scanner takes, which is more than JSON allows.

use super::{
    escape::{unicode, write_byte, write_string},
    json::Scanner,
};

/// Appends what the scanner passed over as strict JSON without blanks, which every other program
/// reads: JSON that is strict stays as it is, and numbers that are none become texts.
pub(super) fn write_strict(json: &[u8], into: &mut Vec<u8>) {
    let mut scanner = Scanner::new(json, 0);
    while let Ok(first) = scanner.peek() {
        let start = scanner.at;
        match first {
            b'"' => match scanner.string() {
                Ok(string) => write_strictly(string.bytes, into),
                Err(_) => return write_strictly(&json[start + 1..], into),
            },
            b'-' | b'0'..=b'9' => {
                scanner.number();
                let number = &json[start..scanner.at];
                match is_number(number) {
                    true => into.extend_from_slice(number),
                    false => write_string(number, into),
                }
            },
            other => {
                into.push(other);
                scanner.at += 1;
            },
        }
    }
}

/// Whether it is a number as JSON has them: the scanner takes what is made of a number's letters.
fn is_number(text: &[u8]) -> bool {
    let digits = |text: &[u8]| text.iter().take_while(|it| it.is_ascii_digit()).count();
    let text = text.strip_prefix(b"-").unwrap_or(text);
    let whole = digits(text);
    if whole == 0 || whole > 1 && text[0] == b'0' {
        return false;
    }
    let mut rest = &text[whole..];
    if let Some(part) = rest.strip_prefix(b".") {
        rest = &part[digits(part)..];
        if part.len() == rest.len() {
            return false;
        }
    }
    let [b'e' | b'E', power @ ..] = rest else { return rest.is_empty() };
    let power = power.strip_prefix(b"+").or(power.strip_prefix(b"-")).unwrap_or(power);
    !power.is_empty() && digits(power) == power.len()
}

/// Appends a string by its inside, with what is right of it as it stands, and what JSON does not
/// allow escaped: control characters, and backslashes that begin no escape.
fn write_strictly(inside: &[u8], json: &mut Vec<u8>) {
    json.push(b'"');
    let mut rest = inside;
    while let Some(at) = rest.iter().position(|it| *it < 0x20 || *it == b'\\') {
        json.extend_from_slice(&rest[..at]);
        rest = &rest[at..];
        let taken = match rest {
            [b'\\', b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 2,
            [b'\\', b'u', ..] if unicode(rest).is_some() => 6,
            _ => {
                write_byte(rest[0], json);
                rest = &rest[1..];
                continue;
            },
        };
        json.extend_from_slice(&rest[..taken]);
        rest = &rest[taken..];
    }
    json.extend_from_slice(rest);
    json.push(b'"');
}
