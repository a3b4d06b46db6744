//! Text of logs and paths as it is shown: what is not seen, or turns what is seen around, is written
//! out. Only what is shown: what is copied, saved or filtered by stays the true value.

use std::borrow::Cow;

/// A text in one line.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    written_out(text, |_| false)
}

/// A text with its own line breaks and tabs.
pub(crate) fn visible_lines(text: &str) -> Cow<'_, str> {
    written_out(text, |it| matches!(it, '\n' | '\t'))
}

fn written_out(text: &str, keeps: fn(char) -> bool) -> Cow<'_, str> {
    let is_shown = |it: char| !is_unseen(it) || keeps(it);
    // Nearly all text has not even a byte that such a character begins with.
    if !text.bytes().any(may_begin_unseen) || text.chars().all(is_shown) {
        return Cow::Borrowed(text);
    }
    let mut written = String::with_capacity(text.len() + 16);
    for it in text.chars() {
        if is_shown(it) {
            written.push(it);
        } else {
            written.push_str(&format!("‹U+{:04X}›", u32::from(it)));
        }
    }
    Cow::Owned(written)
}

/// Whether one of these characters may begin with a byte, in UTF-8.
fn may_begin_unseen(byte: u8) -> bool {
    byte < 0x20 || matches!(byte, 0x7f | 0xc2 | 0xcd | 0xd8 | 0xe1..=0xe3 | 0xef | 0xf3)
}

/// Control characters, marks of direction, and what has no width.
fn is_unseen(it: char) -> bool {
    it.is_control()
        || matches!(
            it,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_forges_a_text_is_written_out() {
        assert_eq!(visible("\u{202e}1.2.3.4"), "‹U+202E›1.2.3.4");
        assert_eq!(visible("\u{202e}gnp.nosj.json"), "‹U+202E›gnp.nosj.json");
        assert_eq!(visible("ad\u{200b}min\u{85}\u{0}"), "ad‹U+200B›min‹U+0085›‹U+0000›");
        // What fills a place in Korean and is nothing.
        assert_eq!(visible("admin\u{3164}\u{ffa0}"), "admin‹U+3164›‹U+FFA0›");
        assert_eq!(visible("a\nb\u{e0041}"), "a‹U+000A›b‹U+E0041›");
        assert_eq!(visible_lines("a\n\tb\r"), "a\n\tb‹U+000D›");
    }

    #[test]
    fn every_such_character_is_found_by_its_first_byte() {
        let unseen =
            (0..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|it| is_unseen(*it));
        for it in unseen {
            let text = it.to_string();
            assert!(may_begin_unseen(text.as_bytes()[0]), "U+{:04X}", u32::from(it));
        }
    }

    #[test]
    fn all_other_text_stays_as_it_is() {
        for text in ["arn:aws:iam::1:user/a", "한국어 – “é” 🔥", "עברית العربية", "‹U+202E›"]
        {
            assert!(matches!(visible(text), Cow::Borrowed(it) if it == text));
        }
    }
}
