//! A column of lists.

use super::{
    column::{CHUNK_BITS, CHUNK_ROWS, Codes},
    dictionary::Dictionary,
};

/// Any number of texts a row.
#[derive(Default)]
pub(crate) struct ListColumn {
    pub(crate) dictionary: Dictionary,
    chunks: Vec<Lists>,
}

/// The lists of one chunk, one after the other.
pub(crate) struct Lists {
    /// Where each row's list ends in `codes`.
    ends: Codes,
    codes: Codes,
}

impl ListColumn {
    /// Appends lists of these lengths, whose codes follow one another.
    pub(crate) fn extend(&mut self, mut lengths: &[u32], mut codes: &[u32]) {
        while !lengths.is_empty() {
            if self.chunks.last().is_none_or(|it| it.ends.rows() == CHUNK_ROWS) {
                if let Some(full) = self.chunks.last_mut() {
                    full.codes.shrink();
                }
                self.chunks.push(Lists { ends: Codes::new(), codes: Codes::new() });
            }
            let Some(chunk) = self.chunks.last_mut() else { return };
            let free = CHUNK_ROWS - chunk.ends.rows();
            let here;
            (here, lengths) = lengths.split_at(lengths.len().min(free));
            let start = chunk.codes.rows();
            let most = start + codes.len();
            let mut end = start;
            let mut append = |len: &u32| {
                end = (end + *len as usize).min(most);
                end as u32
            };
            let ends: Vec<u32> = here.iter().map(&mut append).collect();
            let these;
            (these, codes) = codes.split_at(end - start);
            chunk.ends.extend(&ends);
            chunk.codes.extend(these);
        }
    }

    pub(crate) fn get(&self, row: u32) -> impl Iterator<Item = u32> {
        let chunk = self.chunks.get((row >> CHUNK_BITS) as usize);
        chunk.into_iter().flat_map(move |it| it.get(row as usize & (CHUNK_ROWS - 1)))
    }

    pub(crate) fn chunk(&self, chunk: usize) -> &Lists {
        &self.chunks[chunk]
    }
}

impl Lists {
    pub(crate) fn get(&self, row: usize) -> impl Iterator<Item = u32> {
        let start = row.checked_sub(1).map_or(0, |before| self.ends.get(before));
        (start..self.ends.get(row)).map(|it| self.codes.get(it as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_keep_their_rows_over_many_chunks() {
        let lists: Vec<Vec<u32>> = (0..CHUNK_ROWS as u32 + 5000)
            .map(|row| match row {
                0..1000 => Vec::new(),
                1000..50_000 => (0..row % 3).map(|it| it + row % 7).collect(),
                _ => (0..row % 5).map(|it| it * 1000 + row).collect(),
            })
            .collect();
        let mut column = ListColumn::default();
        for some in lists.chunks(999) {
            let lengths: Vec<u32> = some.iter().map(|it| it.len() as u32).collect();
            column.extend(&lengths, &some.concat());
        }
        for (row, list) in (0_u32..).zip(&lists) {
            assert_eq!(column.get(row).collect::<Vec<u32>>(), *list, "row {row}");
        }
        assert_eq!(column.get(lists.len() as u32).count(), 0);
    }
}
