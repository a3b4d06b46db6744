//! Distinct texts, numbered. Code 0 is "missing", the first text is code 1.

use hashbrown::HashTable;
use xxhash_rust::xxh3::xxh3_64;

/// Texts lie in blocks of this many bytes, since no single allocation may grow large.
const BLOCK_BITS: u32 = 22;
const BLOCK_BYTES: usize = 1 << BLOCK_BITS;

#[derive(Default)]
pub(crate) struct Dictionary {
    blocks: Vec<String>,
    entries: Vec<Entry>,
    codes: HashTable<u32>,
}

/// Where a text lies. An entry never crosses the end of its block; one that is longer than a
/// block has a block of its own.
#[derive(Clone, Copy)]
struct Entry {
    block: u32,
    start: u32,
    len: u32,
}

impl Dictionary {
    /// How many codes there are, "missing" among them: every code is below.
    pub(crate) fn codes(&self) -> usize {
        self.entries.len() + 1
    }

    /// The text of a code; `None` for "missing".
    pub(crate) fn get(&self, code: u32) -> Option<&str> {
        let entry = self.entries.get((code as usize).checked_sub(1)?)?;
        text(&self.blocks, *entry)
    }

    /// The code of a text, new or old.
    pub(crate) fn insert(&mut self, value: &str) -> u32 {
        let hash = xxh3_64(value.as_bytes());
        let (blocks, entries) = (&self.blocks, &self.entries);
        let found = self.codes.find(hash, |code| same(blocks, entries, *code, value));
        if let Some(code) = found {
            return *code;
        }
        if self.blocks.last().is_none_or(|it| it.len() + value.len() > BLOCK_BYTES) {
            self.blocks.push(String::with_capacity(value.len().max(BLOCK_BYTES.min(4096))));
        }
        let block = self.blocks.len() - 1;
        let start = self.blocks[block].len();
        self.blocks[block].push_str(value);
        self.entries.push(Entry {
            block: block as u32,
            start: start as u32,
            len: value.len() as u32,
        });
        let code = self.entries.len() as u32;
        let (blocks, entries) = (&self.blocks, &self.entries);
        self.codes.insert_unique(hash, code, |code| {
            let entry = entries[*code as usize - 1];
            xxh3_64(text(blocks, entry).unwrap_or_default().as_bytes())
        });
        code
    }

    /// The code of a text that is known.
    pub(crate) fn find(&self, value: &str) -> Option<u32> {
        let hash = xxh3_64(value.as_bytes());
        self.codes.find(hash, |code| same(&self.blocks, &self.entries, *code, value)).copied()
    }
}

fn text(blocks: &[String], entry: Entry) -> Option<&str> {
    let start = entry.start as usize;
    blocks.get(entry.block as usize)?.get(start..start + entry.len as usize)
}

fn same(blocks: &[String], entries: &[Entry], code: u32, value: &str) -> bool {
    let entry = entries[code as usize - 1];
    entry.len as usize == value.len() && text(blocks, entry) == Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_code_over_many_blocks() {
        let mut dictionary = Dictionary::default();
        let long = "x".repeat(BLOCK_BYTES + 5);
        let texts: Vec<String> = (0..5000)
            .map(|n| format!("value {n} {}", "y".repeat(1000)))
            .chain([long, String::new()])
            .collect();
        let codes: Vec<u32> = texts.iter().map(|it| dictionary.insert(it)).collect();
        for (text, code) in texts.iter().zip(codes) {
            assert_eq!(dictionary.insert(text), code);
            assert_eq!(dictionary.find(text), Some(code));
            assert_eq!(dictionary.get(code), Some(text.as_str()));
        }
        assert_eq!(dictionary.get(0), None);
        assert_eq!(dictionary.find("never seen"), None);
        assert_eq!(dictionary.codes(), texts.len() + 1);
    }
}
