//! Lines of cells: commas, or what some spreadsheets write for them; quotes, `""` for a quote in
//! quotes, newlines in quotes. Every text is taken for something; a row knows where it begins.

use std::borrow::Cow;

use memchr::{memchr, memchr3};

pub(super) struct Rows<'a> {
    bytes: &'a [u8],
    /// Where the next row begins, or an empty line before it.
    pub(super) at: usize,
    pub(super) delimiter: u8,
}

/// Where a row was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) start: usize,
    /// Whether the text ends within quotes.
    pub(super) torn: bool,
}

/// The delimiter of a table, by its first line.
pub(super) fn delimiter(bytes: &[u8]) -> u8 {
    let line = &bytes[..memchr(b'\n', bytes).unwrap_or(bytes.len())];
    let count = |delimiter: u8| line.iter().filter(|it| **it == delimiter).count();
    let [commas, semicolons, tabs] = [b',', b';', b'\t'].map(count);
    match (commas >= semicolons, commas.max(semicolons) >= tabs) {
        (_, false) => b'\t',
        (true, true) => b',',
        (false, true) => b';',
    }
}

impl<'a> Rows<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize, delimiter: u8) -> Rows<'a> {
        Rows { bytes, at, delimiter }
    }

    /// Takes the next row that is no empty line.
    pub(super) fn next(&mut self, cells: &mut Vec<Cow<'a, [u8]>>) -> Option<Row> {
        cells.clear();
        while matches!(self.bytes.get(self.at)?, b'\n' | b'\r') {
            self.at += 1;
        }
        let start = self.at;
        loop {
            let Some(cell) = self.cell() else {
                self.at = self.bytes.len();
                return Some(Row { start, torn: true });
            };
            cells.push(cell);
            match self.bytes.get(self.at) {
                // A cell follows, be it an empty one at the end of the text.
                Some(byte) if *byte == self.delimiter => self.at += 1,
                end => {
                    self.at += usize::from(end.is_some());
                    return Some(Row { start, torn: false });
                },
            }
        }
    }

    /// Takes a cell up to the delimiter or the end of the line; `None` when it has no end.
    fn cell(&mut self) -> Option<Cow<'a, [u8]>> {
        let rest = &self.bytes[self.at..];
        if rest.first() != Some(&b'"') {
            let end = self.end(0);
            self.at += end;
            return Some(Cow::Borrowed(&rest[..end]));
        }
        let mut text: Cow<'a, [u8]> = Cow::Borrowed(b"");
        let mut from = 1;
        loop {
            let quote = from + memchr(b'"', &rest[from..])?;
            let doubled = rest.get(quote + 1) == Some(&b'"');
            join(&mut text, &rest[from..quote + usize::from(doubled)]);
            if doubled {
                from = quote + 2;
                continue;
            }
            // What follows the closing quote belongs to the cell, as all readers have it.
            let end = self.end(quote + 1);
            join(&mut text, &rest[quote + 1..end]);
            self.at += end;
            return Some(text);
        }
    }

    /// Where the unquoted text at `from` of what is left ends.
    fn end(&self, from: usize) -> usize {
        let rest = &self.bytes[self.at..];
        memchr3(self.delimiter, b'\n', b'\r', &rest[from..]).map_or(rest.len(), |it| from + it)
    }
}

fn join<'a>(text: &mut Cow<'a, [u8]>, more: &'a [u8]) {
    if text.is_empty() {
        *text = Cow::Borrowed(more);
    } else if !more.is_empty() {
        text.to_mut().extend_from_slice(more);
    }
}
