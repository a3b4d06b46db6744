//! Text inside of an address's fragment: what must not stand there is written as `%` and two digits.
//!
//! Browsers write some signs of a fragment so themselves (blanks, quotes, `<`, `>`, the backtick, all
//! that is not ASCII); since those are written so from the start, an address stays as it was printed.

/// Signs that stay readable besides letters and digits. Not among them: `&` and `+`, which have a
/// meaning in addresses, and parentheses, which end a link in Markdown.
const KEPT: &[u8] = b"-_.~:*/,@=";

/// Writes `text` so that nothing on the way to another browser changes it.
pub(super) fn encode(text: &str) -> String {
    encode_but(text, KEPT)
}

/// Like [`encode`], without any of these signs.
pub(super) fn encode_without(text: &str, signs: &[u8]) -> String {
    let kept: Vec<u8> = KEPT.iter().copied().filter(|it| !signs.contains(it)).collect();
    encode_but(text, &kept)
}

fn encode_but(text: &str, kept: &[u8]) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            push_byte(&mut encoded, byte);
        }
    }
    encoded
}

fn push_byte(encoded: &mut String, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    encoded.push('%');
    for digit in [byte >> 4, byte & 15] {
        encoded.push(char::from(DIGITS[usize::from(digit)]));
    }
}

/// Signs that programs leave out when they make a link of text, if they stand at its end.
const LEFT_OUT: &[u8] = b"-_.~:*,@";

/// Writes the last sign of a whole fragment so that it is not taken for the end of a sentence.
pub(super) fn guard_end(mut fragment: String) -> String {
    if let Some(last) = fragment.bytes().last().filter(|it| LEFT_OUT.contains(it)) {
        fragment.pop();
        push_byte(&mut fragment, last);
    }
    fragment
}

/// Reads what [`encode`] wrote and what browsers made of it. A `%` without two digits is itself.
pub(super) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let digit = |at: usize| tail.get(at).and_then(|it| char::from(*it).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &tail[2..];
            },
            _ => {
                bytes.push(*first);
                rest = tail;
            },
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn readable_signs_stay() {
        assert_eq!(encode("eventName:Get* -a,b/c"), "eventName:Get*%20-a,b/c");
        assert_eq!(encode("한&+%#\"<`"), "%ED%95%9C%26%2B%25%23%22%3C%60");
        assert_eq!(decode("100%, %zz%4 +%eD%95%9c %ff"), "100%, %zz%4 +한 \u{fffd}");
        assert_eq!(guard_end("a=Get*".to_owned()), "a=Get%2A");
    }

    proptest! {
        #[test]
        fn text_comes_back(text in any::<String>()) {
            prop_assert_eq!(&decode(&encode(&text)), &text);
            prop_assert_eq!(&decode(&guard_end(encode(&text))), &text);
            prop_assert_eq!(&decode(&encode_without(&text, b"/")), &text);
        }
    }
}
