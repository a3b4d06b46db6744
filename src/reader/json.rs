//! A scanner over JSON text that copies nothing and never recurses.
//!
//! It checks what it walks over (brackets, commas, colons, literals) and is lenient where strictness
//! would lose events: raw control characters and bytes that are no UTF-8 may stand in strings.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

use super::escape::unescape;

/// Why a scan stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The text ended too early.
    End,
    /// This byte cannot stand where it stands.
    Wrong(usize),
}

pub(super) type Scan<T> = Result<T, Fault>;

/// A value of the text, not yet decoded.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Raw<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) form: Form,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Form {
    /// The bytes are the value.
    #[default]
    Plain,
    /// The bytes are the inside of a string with escapes.
    Escaped,
    /// The bytes are an object or an array.
    Json,
}

impl<'a> Raw<'a> {
    /// The value as text: escapes resolved, objects and arrays without blanks.
    pub(super) fn decode(self) -> Cow<'a, [u8]> {
        match self.form {
            Form::Plain => Cow::Borrowed(self.bytes),
            Form::Escaped => Cow::Owned(unescape(self.bytes)),
            Form::Json => {
                let mut text = Vec::with_capacity(self.bytes.len());
                minify(self.bytes, &mut text);
                Cow::Owned(text)
            },
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Scanner<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    /// Whether blanks were met between tokens since this was last set to false.
    pub(super) blanks: bool,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Scanner<'a> {
        Scanner { bytes, at, blanks: false }
    }

    /// The next byte that is no blank, which is not taken.
    #[inline]
    pub(super) fn peek(&mut self) -> Scan<u8> {
        loop {
            match self.bytes.get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => {
                    self.blanks = true;
                    self.at += 1;
                },
                Some(byte) => return Ok(*byte),
                None => return Err(Fault::End),
            }
        }
    }

    pub(super) fn wrong<T>(&self) -> Scan<T> {
        Err(if self.at < self.bytes.len() { Fault::Wrong(self.at) } else { Fault::End })
    }

    /// Takes a string, whose opening quote is next.
    #[inline]
    pub(super) fn string(&mut self) -> Scan<Raw<'a>> {
        let start = self.at + 1;
        let mut form = Form::Plain;
        let mut at = start;
        loop {
            let rest = self.bytes.get(at..).ok_or(Fault::End)?;
            let step = memchr2(b'"', b'\\', rest).ok_or(Fault::End)?;
            at += step;
            if rest[step] == b'"' {
                self.at = at + 1;
                return Ok(Raw { bytes: &self.bytes[start..at], form });
            }
            form = Form::Escaped;
            at += 2;
        }
    }

    /// Takes a key and its colon.
    #[inline]
    fn key(&mut self) -> Scan<Raw<'a>> {
        if self.peek()? != b'"' {
            return self.wrong();
        }
        let key = self.string()?;
        if self.peek()? != b':' {
            return self.wrong();
        }
        self.at += 1;
        Ok(key)
    }

    /// The key of an object's next member, whose value is next then; `None` after the last.
    /// `first` is true before the first one, when the object's brace is next.
    pub(super) fn member(&mut self, first: &mut bool) -> Scan<Option<Cow<'a, [u8]>>> {
        if !self.more(first, b'}')? {
            return Ok(None);
        }
        self.key().map(|key| Some(key.decode()))
    }

    /// Whether an array has one more item, which is next then. `first` is true before the first
    /// one, when the array's bracket is next.
    pub(super) fn item(&mut self, first: &mut bool) -> Scan<bool> {
        self.more(first, b']')
    }

    fn more(&mut self, first: &mut bool, end: u8) -> Scan<bool> {
        if *first {
            self.at += 1;
            *first = false;
            if self.peek()? != end {
                return Ok(true);
            }
        }
        match self.peek()? {
            byte if byte == end => {
                self.at += 1;
                Ok(false)
            },
            b',' => {
                self.at += 1;
                self.peek().map(|_| true)
            },
            _ => self.wrong(),
        }
    }

    /// Walks over the members of an object, whose brace is next; `member` takes each value.
    #[inline]
    pub(super) fn object(
        &mut self,
        mut member: impl FnMut(&mut Scanner<'a>, &[u8]) -> Scan<()>,
    ) -> Scan<()> {
        self.at += 1;
        if self.peek()? == b'}' {
            self.at += 1;
            return Ok(());
        }
        loop {
            let key = self.key()?;
            match key.form {
                Form::Plain => member(self, key.bytes)?,
                _ => member(self, &key.decode())?,
            }
            match self.peek()? {
                b',' => self.at += 1,
                b'}' => {
                    self.at += 1;
                    return Ok(());
                },
                _ => return self.wrong(),
            }
        }
    }

    /// Like [`Scanner::object`], but a value that is no object is passed over.
    #[inline]
    pub(super) fn object_or_skip(
        &mut self,
        member: impl FnMut(&mut Scanner<'a>, &[u8]) -> Scan<()>,
    ) -> Scan<()> {
        match self.peek()? {
            b'{' => self.object(member),
            _ => self.skip(),
        }
    }

    /// Takes a value that should be text. Numbers and truth values are text as they are written;
    /// null is `None`.
    #[inline]
    pub(super) fn text(&mut self) -> Scan<Option<Raw<'a>>> {
        match self.peek()? {
            b'"' => self.string().map(Some),
            b'n' => self.skip().map(|()| None),
            first => {
                let start = self.at;
                self.skip()?;
                let bytes = &self.bytes[start..self.at];
                let form = if matches!(first, b'{' | b'[') { Form::Json } else { Form::Plain };
                Ok(Some(Raw { bytes, form }))
            },
        }
    }

    /// Passes over one value of any kind and any depth.
    pub(super) fn skip(&mut self) -> Scan<()> {
        let mut inside = Nesting::default();
        loop {
            match self.peek()? {
                b'"' => {
                    self.string()?;
                },
                b'{' => {
                    self.at += 1;
                    if self.peek()? != b'}' {
                        inside.push(true);
                        self.key()?;
                        continue;
                    }
                    self.at += 1;
                },
                b'[' => {
                    self.at += 1;
                    if self.peek()? != b']' {
                        inside.push(false);
                        continue;
                    }
                    self.at += 1;
                },
                b't' => self.literal(b"true")?,
                b'f' => self.literal(b"false")?,
                b'n' => self.literal(b"null")?,
                b'-' | b'0'..=b'9' => self.number(),
                _ => return self.wrong(),
            }
            loop {
                let Some(object) = inside.top() else { return Ok(()) };
                match (self.peek()?, object) {
                    (b',', true) => {
                        self.at += 1;
                        self.key()?;
                        break;
                    },
                    (b',', false) => {
                        self.at += 1;
                        break;
                    },
                    (b'}', true) | (b']', false) => {
                        self.at += 1;
                        inside.pop();
                    },
                    _ => return self.wrong(),
                }
            }
        }
    }

    fn literal(&mut self, word: &[u8]) -> Scan<()> {
        let rest = &self.bytes[self.at..];
        if rest.starts_with(word) {
            self.at += word.len();
            return Ok(());
        }
        if word.starts_with(rest) { Err(Fault::End) } else { self.wrong() }
    }

    pub(super) fn number(&mut self) {
        let rest = &self.bytes[self.at..];
        let end = rest
            .iter()
            .position(|it| !matches!(it, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'))
            .unwrap_or(rest.len());
        self.at += end;
    }
}

/// Which brackets are open: a bit for each, one word deep in nearly every record.
#[derive(Default)]
struct Nesting {
    bits: u64,
    depth: usize,
    below: Vec<u64>,
}

impl Nesting {
    fn push(&mut self, object: bool) {
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.below.push(self.bits);
        }
        self.bits = self.bits << 1 | u64::from(object);
        self.depth += 1;
    }

    fn top(&self) -> Option<bool> {
        (self.depth > 0).then_some(self.bits & 1 == 1)
    }

    fn pop(&mut self) {
        self.depth -= 1;
        self.bits >>= 1;
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.bits = self.below.pop().unwrap_or_default();
        }
    }
}

/// Where the object that begins at `start` ends, by its brackets and quotes alone: for objects
/// that are wrong inside.
pub(super) fn balanced_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut scanner = Scanner::new(bytes, start);
    let mut depth = 0_usize;
    loop {
        match bytes.get(scanner.at)? {
            b'"' => {
                scanner.string().ok()?;
                continue;
            },
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.checked_sub(1)?,
            _ => {},
        }
        scanner.at += 1;
        if depth == 0 {
            return Some(scanner.at);
        }
    }
}

/// Appends the JSON without the blanks between its tokens.
pub(super) fn minify(json: &[u8], into: &mut Vec<u8>) {
    let mut rest = json;
    while let Some(quote) = memchr(b'"', rest) {
        without_blanks(&rest[..quote], into);
        let mut scanner = Scanner::new(rest, quote);
        let end = if scanner.string().is_ok() { scanner.at } else { rest.len() };
        into.extend_from_slice(&rest[quote..end]);
        rest = &rest[end..];
    }
    without_blanks(rest, into);
}

fn without_blanks(between: &[u8], into: &mut Vec<u8>) {
    into.extend(between.iter().filter(|it| !matches!(it, b' ' | b'\n' | b'\r' | b'\t')));
}
