//! Columns in chunks of [`CHUNK_ROWS`] rows. A chunk holds its codes in the smallest type that
//! fits them, so that a column that says the same for a whole chunk costs nothing.

use super::dictionary::Dictionary;

/// Rows of a chunk: a power of two, so that a row's chunk is a shift away.
pub(crate) const CHUNK_ROWS: usize = 1 << CHUNK_BITS;
pub(crate) const CHUNK_BITS: u32 = 16;

/// Codes of the rows of a chunk, or of the items of its lists.
pub(crate) enum Codes {
    /// The same code in every row so far.
    Same {
        code: u32,
        rows: usize,
    },
    U8(Vec<u8>),
    U16(Vec<u16>),
    U32(Vec<u32>),
}

impl Codes {
    pub(crate) fn new() -> Codes {
        Codes::Same { code: 0, rows: 0 }
    }

    pub(crate) fn rows(&self) -> usize {
        match self {
            Codes::Same { rows, .. } => *rows,
            Codes::U8(codes) => codes.len(),
            Codes::U16(codes) => codes.len(),
            Codes::U32(codes) => codes.len(),
        }
    }

    fn push(&mut self, code: u32) {
        match self {
            Codes::Same { code: same, rows } if *rows == 0 || *same == code => {
                *same = code;
                *rows += 1;
            },
            Codes::U8(codes) if code <= 0xff => codes.push(code as u8),
            Codes::U16(codes) if code <= 0xffff => codes.push(code as u16),
            Codes::U32(codes) => codes.push(code),
            _ => {
                self.widen(code);
                self.push(code);
            },
        }
    }

    /// The same as pushing each of them.
    pub(crate) fn extend(&mut self, codes: &[u32]) {
        let Some(first) = codes.first() else { return };
        let most = codes.iter().copied().max().unwrap_or(0);
        match self {
            Codes::Same { code, rows } => {
                if (*rows == 0 || code == first) && codes.iter().all(|it| it == first) {
                    *code = *first;
                    *rows += codes.len();
                    return;
                }
                self.widen(most);
            },
            Codes::U8(_) if most > 0xff => self.widen(most),
            Codes::U16(_) if most > 0xffff => self.widen(most),
            _ => {},
        }
        match self {
            Codes::Same { .. } => codes.iter().for_each(|it| self.push(*it)),
            Codes::U8(held) => held.extend(codes.iter().map(|it| *it as u8)),
            Codes::U16(held) => held.extend(codes.iter().map(|it| *it as u16)),
            Codes::U32(held) => held.extend_from_slice(codes),
        }
    }

    /// Gives back the room that was made for codes that did not come.
    pub(crate) fn shrink(&mut self) {
        match self {
            Codes::Same { .. } => {},
            Codes::U8(codes) => codes.shrink_to_fit(),
            Codes::U16(codes) => codes.shrink_to_fit(),
            Codes::U32(codes) => codes.shrink_to_fit(),
        }
    }

    /// Goes over to a type that holds the code beside all that are there.
    fn widen(&mut self, code: u32) {
        let held = match self {
            Codes::Same { code, .. } => *code,
            _ => 0,
        };
        let rows = self.rows();
        let old = std::mem::replace(self, Codes::new());
        *self = match (held.max(code), &old) {
            (0..=0xff, Codes::Same { .. }) => {
                let mut codes = Vec::with_capacity(CHUNK_ROWS);
                codes.resize(rows, held as u8);
                Codes::U8(codes)
            },
            (0..=0xffff, Codes::Same { .. } | Codes::U8(_)) => {
                let mut codes = Vec::with_capacity(CHUNK_ROWS);
                old.for_each(rows, |_, it| codes.push(it as u16));
                Codes::U16(codes)
            },
            _ => {
                let mut codes = Vec::with_capacity(CHUNK_ROWS);
                old.for_each(rows, |_, it| codes.push(it));
                Codes::U32(codes)
            },
        };
    }

    pub(crate) fn get(&self, row: usize) -> u32 {
        match self {
            Codes::Same { code, .. } => *code,
            Codes::U8(codes) => codes.get(row).copied().map_or(0, u32::from),
            Codes::U16(codes) => codes.get(row).copied().map_or(0, u32::from),
            Codes::U32(codes) => codes.get(row).copied().unwrap_or(0),
        }
    }

    /// Calls `each` with row and code of the first `rows` rows.
    pub(crate) fn for_each(&self, rows: usize, mut each: impl FnMut(usize, u32)) {
        match self {
            Codes::Same { code, .. } => (0..rows).for_each(|row| each(row, *code)),
            Codes::U8(codes) => {
                codes[..rows]
                    .iter()
                    .enumerate()
                    .for_each(|(row, code)| each(row, u32::from(*code)));
            },
            Codes::U16(codes) => {
                codes[..rows]
                    .iter()
                    .enumerate()
                    .for_each(|(row, code)| each(row, u32::from(*code)));
            },
            Codes::U32(codes) => {
                codes[..rows].iter().enumerate().for_each(|(row, code)| each(row, *code));
            },
        }
    }

    /// The rows among the first `rows` whose code is chosen, as bits.
    pub(crate) fn choose(&self, rows: usize, chosen: &[bool], bits: &mut [u64]) {
        fn fill<T: Copy>(codes: &[T], bits: &mut [u64], is_chosen: impl Fn(T) -> bool) {
            for (word, codes) in bits.iter_mut().zip(codes.chunks(64)) {
                let mut picked = 0_u64;
                for (bit, code) in codes.iter().enumerate() {
                    picked |= u64::from(is_chosen(*code)) << bit;
                }
                *word = picked;
            }
        }
        let is_chosen = |code: usize| chosen.get(code).copied().unwrap_or(false);
        match self {
            Codes::Same { code, .. } => super::mask::fill(bits, rows, is_chosen(*code as usize)),
            Codes::U8(codes) => fill(&codes[..rows], bits, |it| is_chosen(usize::from(it))),
            Codes::U16(codes) => fill(&codes[..rows], bits, |it| is_chosen(usize::from(it))),
            Codes::U32(codes) => fill(&codes[..rows], bits, |it| is_chosen(it as usize)),
        }
    }

    /// Adds one to the count of each code, for the rows whose bit is set.
    pub(crate) fn count(&self, rows: usize, bits: &[u64], counts: &mut [u32]) {
        match self {
            Codes::Same { code, .. } => {
                let picked: u32 = bits.iter().map(|it| it.count_ones()).sum();
                counts[*code as usize] += picked;
            },
            Codes::U8(codes) => count_picked(&codes[..rows], bits, counts, usize::from),
            Codes::U16(codes) => count_picked(&codes[..rows], bits, counts, usize::from),
            Codes::U32(codes) => count_picked(&codes[..rows], bits, counts, |it| it as usize),
        }
    }
}

fn count_picked<T: Copy>(
    codes: &[T],
    bits: &[u64],
    counts: &mut [u32],
    index: impl Fn(T) -> usize,
) {
    for (word, codes) in bits.iter().zip(codes.chunks(64)) {
        if *word == u64::MAX {
            codes.iter().for_each(|code| counts[index(*code)] += 1);
            continue;
        }
        let mut left = *word;
        while left != 0 {
            counts[index(codes[left.trailing_zeros() as usize])] += 1;
            left &= left - 1;
        }
    }
}

/// Codes of all rows.
#[derive(Default)]
pub(crate) struct CodeColumn {
    chunks: Vec<Codes>,
}

impl CodeColumn {
    pub(crate) fn push(&mut self, code: u32) {
        match self.chunks.last_mut() {
            Some(chunk) if chunk.rows() < CHUNK_ROWS => chunk.push(code),
            _ => {
                let mut chunk = Codes::new();
                chunk.push(code);
                self.chunks.push(chunk);
            },
        }
    }

    /// The same as pushing each of them.
    pub(crate) fn extend(&mut self, mut codes: &[u32]) {
        while !codes.is_empty() {
            if self.chunks.last().is_none_or(|it| it.rows() == CHUNK_ROWS) {
                self.chunks.push(Codes::new());
            }
            let Some(chunk) = self.chunks.last_mut() else { return };
            let (here, rest) = codes.split_at(codes.len().min(CHUNK_ROWS - chunk.rows()));
            chunk.extend(here);
            codes = rest;
        }
    }

    pub(crate) fn get(&self, row: u32) -> u32 {
        let chunk = self.chunks.get((row >> CHUNK_BITS) as usize);
        chunk.map_or(0, |it| it.get(row as usize & (CHUNK_ROWS - 1)))
    }

    pub(crate) fn chunk(&self, chunk: usize) -> &Codes {
        &self.chunks[chunk]
    }
}

/// A text a row.
#[derive(Default)]
pub(crate) struct TextColumn {
    pub(crate) dictionary: Dictionary,
    pub(crate) codes: CodeColumn,
}

impl TextColumn {
    pub(crate) fn get(&self, row: u32) -> Option<&str> {
        self.dictionary.get(self.codes.get(row))
    }
}

/// A value of a fixed size a row.
pub(crate) struct FixedColumn<T> {
    chunks: Vec<Vec<T>>,
}

impl<T> Default for FixedColumn<T> {
    fn default() -> FixedColumn<T> {
        FixedColumn { chunks: Vec::new() }
    }
}

impl<T: Copy> FixedColumn<T> {
    pub(crate) fn push(&mut self, value: T) {
        match self.chunks.last_mut() {
            Some(chunk) if chunk.len() < CHUNK_ROWS => chunk.push(value),
            // The first chunk grows as it must, so that a small log stays small.
            None => self.chunks.push(vec![value]),
            Some(_) => {
                let mut chunk = Vec::with_capacity(CHUNK_ROWS);
                chunk.push(value);
                self.chunks.push(chunk);
            },
        }
    }

    pub(crate) fn get(&self, row: u32) -> T {
        self.chunks[(row >> CHUNK_BITS) as usize][row as usize & (CHUNK_ROWS - 1)]
    }

    pub(crate) fn set(&mut self, row: u32, value: T) {
        self.chunks[(row >> CHUNK_BITS) as usize][row as usize & (CHUNK_ROWS - 1)] = value;
    }

    pub(crate) fn chunk(&self, chunk: usize) -> &[T] {
        &self.chunks[chunk]
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = T> {
        self.chunks.iter().flatten().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_widen_and_stay_the_same() {
        let mut column = CodeColumn::default();
        let codes: Vec<u32> = (0..CHUNK_ROWS as u32 + 1000)
            .map(|row| match row {
                0..100 => 7,
                100..1000 => row % 256,
                1000..5000 => row,
                _ => row * 100,
            })
            .collect();
        let mut extended = CodeColumn::default();
        codes.chunks(777).for_each(|some| extended.extend(some));
        codes.iter().for_each(|code| column.push(*code));
        for (row, code) in codes.iter().enumerate() {
            assert_eq!(column.get(row as u32), *code, "row {row}");
            assert_eq!(extended.get(row as u32), *code, "row {row}, extended");
        }
        let mut same = CodeColumn::default();
        (0..10).for_each(|_| same.push(70_000));
        same.push(1);
        assert_eq!((same.get(9), same.get(10)), (70_000, 1));
    }
}
