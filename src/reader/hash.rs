//! The hash of a record, by which two copies of an event are known to be the same.

use xxhash_rust::xxh3::xxh3_64;

use super::json::minify;

#[derive(Debug, Default)]
pub(super) struct Hasher {
    /// The record without blanks.
    compact: Vec<u8>,
}

impl Hasher {
    /// Blanks between tokens do not count; `blanks` says whether there are any.
    pub(super) fn hash(&mut self, record: &[u8], blanks: bool) -> u64 {
        if !blanks {
            return xxh3_64(record);
        }
        self.compact.clear();
        minify(record, &mut self.compact);
        xxh3_64(&self.compact)
    }
}
