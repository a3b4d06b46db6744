//! Texts of a batch, each kept once: columns of codes while they grow.

use hashbrown::HashTable;
use xxhash_rust::xxh3::xxh3_64;

use super::{
    batch::{Codes, Dictionary, ListColumn, TextColumn},
    json::{Form, Raw},
};
use crate::model::bytes::same;

/// So many codes that were given lately each dictionary knows.
const RECENT: usize = 32;

/// Values that could not be read, as they are no UTF-8 or no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lossy {
    pub(super) values: u32,
    /// Where the record of the first of them begins; while it grows, its row.
    pub(super) first: u32,
}

impl Lossy {
    /// One more, in a row that is not before those that were met.
    pub(super) fn add(lossy: &mut Option<Lossy>, row: u32) {
        lossy.get_or_insert(Lossy { values: 0, first: row }).values += 1;
    }
}

/// A text column while it grows.
#[derive(Debug, Default)]
pub(super) struct Texts {
    pub(super) words: Words,
    /// One for each row up to the last that has a value.
    pub(super) codes: Vec<u32>,
}

impl Texts {
    pub(super) fn put_raw(&mut self, row: u32, value: Raw<'_>) {
        match value.form {
            Form::Plain => self.put(row, value.bytes),
            _ => self.put(row, &value.decode()),
        }
    }

    pub(super) fn put(&mut self, row: u32, text: &[u8]) {
        let code = self.words.code(text, row);
        self.put_code(row, code);
    }

    pub(super) fn put_code(&mut self, row: u32, code: u32) {
        self.codes.resize(row as usize, 0);
        self.codes.push(code);
    }

    pub(super) fn finish(&mut self, rows: u32) -> TextColumn {
        let codes = if self.codes.is_empty() {
            Codes::Constant(0)
        } else {
            self.codes.resize(rows as usize, 0);
            Codes::pack(&self.codes)
        };
        self.codes.clear();
        TextColumn { dictionary: self.words.finish(), codes }
    }
}

/// A list column while it grows.
#[derive(Debug, Default)]
pub(super) struct Lists {
    pub(super) words: Words,
    /// One for each row up to the last that has any.
    lengths: Vec<u32>,
    codes: Vec<u32>,
}

impl Lists {
    pub(super) fn put<'a>(&mut self, row: u32, values: impl Iterator<Item = Raw<'a>>) {
        self.lengths.resize(row as usize, 0);
        let start = self.codes.len();
        for value in values {
            let code = self.words.code(&value.decode(), row);
            if code != 0 && !self.codes[start..].contains(&code) {
                self.codes.push(code);
            }
        }
        self.lengths.push((self.codes.len() - start) as u32);
    }

    pub(super) fn finish(&mut self, rows: u32) -> ListColumn {
        self.lengths.resize(rows as usize, 0);
        let column = ListColumn {
            dictionary: self.words.finish(),
            lengths: Codes::pack(&self.lengths),
            codes: Codes::pack(&self.codes),
            items: self.codes.len() as u32,
        };
        self.lengths.clear();
        self.codes.clear();
        column
    }
}

/// A dictionary while it grows: text to code, 0 being none.
#[derive(Debug, Default)]
pub(super) struct Words {
    dictionary: Dictionary,
    /// The codes, found by the hash of their text.
    table: HashTable<u32>,
    hashes: Vec<u64>,
    /// The code given last: values often stand in runs.
    last: u32,
    /// Codes given lately, by [`glance`] of their text: a text is compared faster than it is hashed,
    /// which takes products of 128 bits, and WebAssembly has none.
    recent: [u32; RECENT],
    pub(super) lossy: Option<Lossy>,
}

impl Words {
    /// The code of a text that stands in that row.
    fn code(&mut self, text: &[u8], row: u32) -> u32 {
        if self.last != 0 && same(word(&self.dictionary, self.last), text) {
            return self.last;
        }
        let place = glance(text);
        let recent = self.recent[place];
        self.last = match recent != 0 && same(word(&self.dictionary, recent), text) {
            true => recent,
            false => self.find_or_add(text, row),
        };
        self.recent[place] = self.last;
        self.last
    }

    fn find_or_add(&mut self, text: &[u8], row: u32) -> u32 {
        let hash = xxh3_64(text);
        let Words { dictionary, table, hashes, .. } = self;
        if let Some(code) = table.find(hash, |it| same(word(dictionary, *it), text)) {
            return *code;
        }
        let Ok(valid) = std::str::from_utf8(text) else {
            Lossy::add(&mut self.lossy, row);
            // What replaces the bytes that are no UTF-8 may be in the dictionary already.
            return self.find_or_add(String::from_utf8_lossy(text).as_bytes(), row);
        };
        let Ok(end) = u32::try_from(dictionary.text.len() + valid.len()) else { return 0 };
        dictionary.text.push_str(valid);
        dictionary.ends.push(end);
        hashes.push(hash);
        let code = dictionary.ends.len() as u32;
        table.insert_unique(hash, code, |it| hashes[*it as usize - 1]);
        code
    }

    fn finish(&mut self) -> Dictionary {
        self.table.clear();
        self.hashes.clear();
        self.last = 0;
        self.recent = [0; RECENT];
        std::mem::take(&mut self.dictionary)
    }
}

/// A number below [`RECENT`] by the beginning, middle and end of a text.
fn glance(text: &[u8]) -> usize {
    let at = |start: usize| text.get(start..).and_then(|it| it.first_chunk()).copied();
    let mixed = match text.len().checked_sub(8) {
        Some(last) => [0, last / 2, last].iter().fold(0, |mixed: u64, start| {
            mixed.rotate_left(21) ^ at(*start).map_or(0, u64::from_le_bytes)
        }),
        None => text.iter().fold(0, |mixed, byte| mixed << 8 | u64::from(*byte)),
    };
    let spread = (mixed ^ text.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (spread >> (u64::BITS - RECENT.ilog2())) as usize
}

/// The text of a code that is not 0.
fn word(dictionary: &Dictionary, code: u32) -> &[u8] {
    let at = code as usize - 1;
    let start = if at == 0 { 0 } else { dictionary.ends[at - 1] as usize };
    &dictionary.text.as_bytes()[start..dictionary.ends[at] as usize]
}
