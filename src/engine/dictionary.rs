//! Distinct texts, numbered. Code 0 is "missing", the first text is code 1.

use hashbrown::{HashTable, hash_table};
use xxhash_rust::xxh3::xxh3_64;

use crate::model::bytes;

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
    /// The block, and in its lower [`BLOCK_BITS`] where in it the text begins.
    place: u32,
    len: u32,
    /// Of the text: where many grow, they are not all read again.
    hash: u32,
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
        let Dictionary { blocks, entries, codes } = self;
        let hash = hash(value);
        let slot = codes.entry(
            spread(hash),
            |code| same(blocks, entries, *code, value, hash),
            |code| spread(entries[*code as usize - 1].hash),
        );
        let slot = match slot {
            hash_table::Entry::Occupied(code) => return *code.get(),
            hash_table::Entry::Vacant(slot) => slot,
        };
        if blocks.last().is_none_or(|it| it.len() + value.len() > BLOCK_BYTES) {
            blocks.push(String::with_capacity(value.len().max(BLOCK_BYTES.min(4096))));
        }
        let block = blocks.len() - 1;
        let start = blocks[block].len();
        blocks[block].push_str(value);
        let place = (block as u32) << BLOCK_BITS | start as u32;
        entries.push(Entry { place, len: value.len() as u32, hash });
        let code = entries.len() as u32;
        slot.insert(code);
        code
    }

    /// The code of a text that is known.
    pub(crate) fn find(&self, value: &str) -> Option<u32> {
        let (blocks, entries, hash) = (&self.blocks, &self.entries, hash(value));
        self.codes.find(spread(hash), |code| same(blocks, entries, *code, value, hash)).copied()
    }
}

fn hash(value: &str) -> u32 {
    xxh3_64(value.as_bytes()) as u32
}

/// A hash table takes its place from one end of a hash and a tag from the other.
fn spread(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
}

fn text(blocks: &[String], entry: Entry) -> Option<&str> {
    let start = entry.place as usize & (BLOCK_BYTES - 1);
    blocks.get((entry.place >> BLOCK_BITS) as usize)?.get(start..start + entry.len as usize)
}

fn same(blocks: &[String], entries: &[Entry], code: u32, value: &str, hash: u32) -> bool {
    let entry = entries[code as usize - 1];
    (entry.hash, entry.len as usize) == (hash, value.len())
        && text(blocks, entry).is_some_and(|it| bytes::same(it.as_bytes(), value.as_bytes()))
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
