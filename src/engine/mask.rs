//! Which rows match: a bit a row.

use super::column::{CHUNK_BITS, CHUNK_ROWS};

/// Words of 64 bits for one chunk.
pub(crate) const CHUNK_WORDS: usize = CHUNK_ROWS / 64;

/// The rows of a selection. Bits past the last row are never set.
pub(crate) struct Mask {
    words: Vec<u64>,
    pub(crate) rows: u32,
    /// How many bits are set.
    pub(crate) count: u64,
}

impl Mask {
    pub(crate) fn new(rows: u32) -> Mask {
        Mask { words: vec![0; chunks(rows) * CHUNK_WORDS], rows, count: 0 }
    }

    pub(crate) fn chunks(&self) -> usize {
        chunks(self.rows)
    }

    /// How many rows a chunk has.
    pub(crate) fn rows_in(&self, chunk: usize) -> usize {
        rows_in(self.rows, chunk)
    }

    pub(crate) fn chunk(&self, chunk: usize) -> &[u64] {
        &self.words[chunk * CHUNK_WORDS..(chunk + 1) * CHUNK_WORDS]
    }

    pub(crate) fn set_chunk(&mut self, chunk: usize, bits: &[u64]) {
        self.count += bits.iter().map(|it| u64::from(it.count_ones())).sum::<u64>();
        self.words[chunk * CHUNK_WORDS..(chunk + 1) * CHUNK_WORDS].copy_from_slice(bits);
    }

    pub(crate) fn has(&self, row: u32) -> bool {
        row < self.rows && self.words[(row >> 6) as usize] >> (row & 63) & 1 == 1
    }

    /// Every row of a chunk whose bit is set.
    pub(crate) fn for_each_in(&self, chunk: usize, mut each: impl FnMut(u32)) {
        let first = (chunk << CHUNK_BITS) as u32;
        for_each_bit(self.chunk(chunk), |row| each(first + row as u32));
    }
}

/// How many chunks so many rows fill.
pub(crate) fn chunks(rows: u32) -> usize {
    (rows as usize).div_ceil(CHUNK_ROWS)
}

/// How many of `rows` rows lie in a chunk.
pub(crate) fn rows_in(rows: u32, chunk: usize) -> usize {
    (rows as usize).saturating_sub(chunk << CHUNK_BITS).min(CHUNK_ROWS)
}

/// The positions of the bits that are set.
pub(crate) fn for_each_bit(words: &[u64], mut each: impl FnMut(usize)) {
    for (index, word) in words.iter().enumerate() {
        let mut left = *word;
        while left != 0 {
            each(index * 64 + left.trailing_zeros() as usize);
            left &= left - 1;
        }
    }
}

/// Sets the first `rows` bits, or none, and clears the rest.
pub(crate) fn fill(bits: &mut [u64], rows: usize, set: bool) {
    for (index, word) in bits.iter_mut().enumerate() {
        let here = if set { rows.saturating_sub(index * 64).min(64) } else { 0 };
        *word = if here == 64 { u64::MAX } else { (1_u64 << here) - 1 };
    }
}

/// Turns the first `rows` bits over.
pub(crate) fn invert(bits: &mut [u64], rows: usize) {
    for (index, word) in bits.iter_mut().enumerate() {
        let here = rows.saturating_sub(index * 64).min(64);
        let valid = if here == 64 { u64::MAX } else { (1_u64 << here) - 1 };
        *word = !*word & valid;
    }
}
