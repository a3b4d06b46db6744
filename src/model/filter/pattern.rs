//! Text with wildcards, compared ignoring case.
//!
//! Patterns run over dictionaries of a million values, so the common case (plain ASCII) copies
//! nothing, and a star never makes the matcher go back: each piece between two stars is taken
//! where it first occurs.

use std::fmt;

use memchr::memchr2;
use serde::{Deserialize, Serialize};

/// What a value is compared with: text in which `*` stands for any text, also for none.
///
/// A backslash before `*`, `"` or another backslash takes away their meaning; before anything else
/// it is an ordinary sign. Two patterns that match the same values by the same pieces are equal,
/// whatever capitals they were written with.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Pattern {
    /// What stands between the stars, at least one; only the first and the last may be empty.
    pieces: Vec<Piece>,
    ascii: bool,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Piece {
    /// In lower case.
    text: String,
    /// Where in `text` its rarest byte lies: the search looks for this one first.
    anchor: usize,
}

impl Pattern {
    /// Reads wildcards and escapes.
    pub fn new(text: &str) -> Pattern {
        let mut pieces = Vec::new();
        let mut piece = String::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' => {
                    let escaped = chars.next_if(|it| matches!(it, '*' | '"' | '\\'));
                    fold_into(&mut piece, escaped.unwrap_or(c));
                },
                // Two stars in a row say no more than one.
                '*' if piece.is_empty() && !pieces.is_empty() => {},
                '*' => pieces.push(Piece::new(std::mem::take(&mut piece))),
                _ => fold_into(&mut piece, c),
            }
        }
        pieces.push(Piece::new(piece));
        Pattern::of(pieces)
    }

    /// The pattern that matches this text and nothing else, whatever signs are in it.
    pub fn literal(text: &str) -> Pattern {
        Pattern::of(vec![Piece::new(fold(text))])
    }

    fn of(pieces: Vec<Piece>) -> Pattern {
        let ascii = pieces.iter().all(|it| it.text.is_ascii());
        Pattern { pieces, ascii }
    }

    /// Whether the whole value is what the pattern says.
    pub fn matches(&self, value: &str) -> bool {
        self.with_folded(value, |value| self.is_whole(value).is_some())
    }

    /// Whether the pieces of the pattern occur in the value, in their order.
    pub fn found_in(&self, value: &str) -> bool {
        self.with_folded(value, |value| {
            self.pieces.iter().try_fold(0, |at, piece| piece.end_in(value, at)).is_some()
        })
    }

    /// Whether every text matches: the pattern is `*` alone.
    pub fn is_any(&self) -> bool {
        self.pieces.len() == 2 && self.pieces.iter().all(|it| it.text.is_empty())
    }

    /// The one text that matches, in lower case; `None` if there is a wildcard.
    pub fn as_literal(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [only] => Some(&only.text),
            _ => None,
        }
    }

    /// ASCII bytes are compared ignoring case anyway, so only other values need folding. A value
    /// of ASCII alone never matches a piece that is not.
    fn with_folded(&self, value: &str, decide: impl Fn(&[u8]) -> bool) -> bool {
        if value.is_ascii() {
            self.ascii && decide(value.as_bytes())
        } else {
            decide(fold(value).as_bytes())
        }
    }

    fn is_whole(&self, value: &[u8]) -> Option<()> {
        let (first, rest) = self.pieces.split_first()?;
        let (start, mut at) = (first.text.as_bytes(), first.text.len());
        let Some((last, middle)) = rest.split_last() else {
            return value.eq_ignore_ascii_case(start).then_some(());
        };
        // The two ends may not share a byte.
        let stop = value.len().checked_sub(last.text.len()).filter(|stop| at <= *stop)?;
        let ends = value[..at].eq_ignore_ascii_case(start)
            && value[stop..].eq_ignore_ascii_case(last.text.as_bytes());
        for piece in middle.iter().take_while(|_| ends) {
            at = piece.end_in(&value[..stop], at)?;
        }
        ends.then_some(())
    }
}

/// Signs that fill the values of CloudTrail, most frequent first.
const COMMON: &[u8] = b"eaisontrcmldpu-:/.1023456789gbkhfyvw";

impl Piece {
    fn new(text: String) -> Piece {
        let rarity = |byte: &u8| COMMON.iter().position(|it| it == byte).unwrap_or(COMMON.len());
        let bytes = text.bytes().enumerate();
        let anchor = bytes.max_by_key(|(_, byte)| rarity(byte)).map_or(0, |(at, _)| at);
        Piece { text, anchor }
    }

    /// Where the first occurrence at or after `from` ends.
    fn end_in(&self, value: &[u8], from: usize) -> Option<usize> {
        let needle = self.text.as_bytes();
        let Some(rarest) = needle.get(self.anchor) else { return Some(from) };
        let last = value.len().checked_sub(needle.len())?;
        let mut at = from + self.anchor;
        loop {
            let ahead = value.get(at..=last + self.anchor)?;
            let hit = at + memchr2(*rarest, rarest.to_ascii_uppercase(), ahead)?;
            let start = hit - self.anchor;
            let end = start + needle.len();
            if value[start..end].eq_ignore_ascii_case(needle) {
                return Some(end);
            }
            at = hit + 1;
        }
    }
}

/// Lower case letter by letter, so that the pieces of a text fold as the whole does; that is why
/// the small sigma at the end of a word becomes the ordinary one.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    text.chars().for_each(|c| fold_into(&mut folded, c));
    folded
}

fn fold_into(folded: &mut String, c: char) {
    match c {
        'ς' => folded.push('σ'),
        _ if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
        _ => folded.extend(c.to_lowercase()),
    }
}

/// Writes `text` so that [`Pattern::new`] takes every sign of it for itself.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '*' | '"' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// What [`Pattern::new`] reads back as the same pattern.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pieces: Vec<String> = self.pieces.iter().map(|it| escape(&it.text)).collect();
        f.write_str(&pieces.join("*"))
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern({:?})", self.to_string())
    }
}

impl From<String> for Pattern {
    fn from(text: String) -> Pattern {
        Pattern::new(&text)
    }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> String {
        pattern.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_pattern_matches_the_whole_value_ignoring_case() {
        let check = |pattern: &str, yes: &[&str], no: &[&str]| {
            let it = Pattern::new(pattern);
            yes.iter()
                .for_each(|value| assert!(it.matches(value), "{pattern} should match {value}"));
            no.iter().for_each(|value| assert!(!it.matches(value), "{pattern} matches {value}"));
        };
        check("getobject", &["GetObject", "GETOBJECT"], &["GetObjectAcl", "", "Getobjec"]);
        check("Get*", &["Get", "getBucketAcl"], &["ForGet", "Ge"]);
        check("*Bucket*Acl", &["GetBucketAcl", "bucketacl"], &["GetBucketAcls", "GetBucketac"]);
        check("a*a", &["aa", "aba"], &["a"]);
        check("a*b*a", &["aba", "aabaa"], &["aba0", "aa", "ab"]);
        check("**", &["", "x", "한글"], &[]);
        check("", &[""], &["x"]);
        check(r"a\*b\\c\d", &[r"a*b\c\d"], &[r"axb\c\d"]);
        check("ÄRGER*한글", &["ärger mit 한글", "Ärger한글"], &["arger 한글", "ascii"]);
        check("ΟΔΟΣ", &["οδος", "ΟΔΟΣ"], &["οδο"]);
        check("k", &["\u{212a}"], &[]);
    }

    #[test]
    fn a_word_is_found_anywhere_and_its_pieces_in_order() {
        let check = |pattern: &str, value: &str, found: bool| {
            assert_eq!(Pattern::new(pattern).found_in(value), found, "{pattern} in {value}");
        };
        check("deny", "an explicit DENY in a policy", true);
        check("user*bucket", "User: x is not authorized on Bucket y", true);
        check("bucket*user", "User: x is not authorized on Bucket y", false);
        check("aab", "aaab", true);
        check("aba", "ab", false);
        check("", "x", true);
        check("길", "홍길동", true);
        check("길", "hong", false);
    }

    #[test]
    fn a_star_costs_no_more_than_a_walk_through_the_value() {
        let pattern = Pattern::new(&"a*".repeat(2000));
        assert!(!Pattern::new(&format!("{pattern}b")).matches(&"a".repeat(200_000)));
        assert!(pattern.matches(&"a".repeat(200_000)));
    }

    /// The plain definition, slow and without doubt.
    fn matches_slowly(pattern: &[char], value: &[char]) -> bool {
        match (pattern.split_first(), value.split_first()) {
            (None, _) => value.is_empty(),
            (Some(('*', rest)), _) => {
                (0..=value.len()).any(|at| matches_slowly(rest, &value[at..]))
            },
            (Some((p, rest)), Some((v, tail))) => p == v && matches_slowly(rest, tail),
            (Some(_), None) => false,
        }
    }

    proptest! {
        #[test]
        fn stars_mean_what_the_plain_definition_says(pattern in "[ab한*]{0,6}", value in "[ab한]{0,8}") {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            let (slow, around) = (chars(&pattern), chars(&format!("*{pattern}*")));
            let it = Pattern::new(&pattern.to_uppercase());
            prop_assert_eq!(it.matches(&value), matches_slowly(&slow, &chars(&value)));
            prop_assert_eq!(it.found_in(&value), matches_slowly(&around, &chars(&value)));
        }

        #[test]
        fn a_literal_matches_itself_in_any_case(value in any::<String>(), other in any::<String>()) {
            let it = Pattern::literal(&value);
            let within = format!("{other}{value}{other}");
            prop_assert!(it.matches(&value) && it.found_in(&within));
            prop_assert!(it.matches(&value.to_ascii_uppercase()));
            prop_assert_eq!(&it, &Pattern::new(&escape(&value)));
            prop_assert_eq!(&it, &Pattern::new(&it.to_string()));
        }

        #[test]
        fn a_pattern_crosses_the_wire(text in any::<String>()) {
            let it = Pattern::new(&text);
            let bytes = postcard::to_stdvec(&it).unwrap();
            prop_assert_eq!(&postcard::from_bytes::<Pattern>(&bytes).unwrap(), &it);
        }
    }
}
