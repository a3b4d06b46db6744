//! A column of ids.

use xxhash_rust::xxh3::xxh3_128;

use crate::model::id::{self, Id, MISSING};

use super::column::{CHUNK_BITS, CHUNK_ROWS, FixedColumn};

/// An id a row, in sixteen bytes: packed, or the hash of one that is kept as text.
#[derive(Default)]
pub(crate) struct IdColumn {
    bytes: FixedColumn<Id>,
    /// The ids that cannot be packed, by row.
    texts: std::collections::BTreeMap<u32, String>,
    /// Whether some were packed that are no UUIDs.
    others: bool,
}

impl IdColumn {
    #[inline]
    pub(crate) fn push(&mut self, id: Id) {
        self.others |= !id::is_uuid(id);
        self.bytes.push(id);
    }

    /// Keeps the text of a row whose bytes are its hash ([`bytes_of`]).
    pub(crate) fn keep(&mut self, row: u32, text: &str) {
        self.texts.insert(row, text.to_owned());
    }

    pub(crate) fn get(&self, row: u32) -> Id {
        self.bytes.get(row)
    }

    /// The rows of a chunk.
    pub(crate) fn chunk(&self, chunk: usize) -> &[Id] {
        self.bytes.chunk(chunk)
    }

    /// Whether every id is a packed UUID or missing: those sort as their texts do.
    pub(crate) fn only_uuids(&self) -> bool {
        !self.others && self.texts.is_empty()
    }

    /// The rows of a chunk whose ids are kept as text, with these.
    pub(crate) fn texts_in(&self, chunk: usize) -> impl Iterator<Item = (usize, &str)> {
        let first = (chunk << CHUNK_BITS) as u32;
        let rows = self.texts.range(first..first.saturating_add(CHUNK_ROWS as u32));
        rows.map(move |(row, text)| ((row - first) as usize, text.as_str()))
    }

    /// Whether the id of a row is kept as text.
    pub(crate) fn is_text(&self, row: u32) -> bool {
        !self.texts.is_empty() && self.texts.contains_key(&row)
    }

    /// Calls `read` with the id of a row, unless it has none.
    pub(crate) fn with_text<T>(&self, row: u32, read: impl FnOnce(&str) -> T) -> Option<T> {
        let id = self.get(row);
        if id == MISSING {
            return None;
        }
        let text = if self.texts.is_empty() { None } else { self.texts.get(&row) };
        Some(match text {
            Some(text) => read(text),
            None => id::with_text(id, read),
        })
    }

    pub(crate) fn text(&self, row: u32) -> Option<String> {
        self.with_text(row, str::to_owned)
    }
}

/// The bytes that stand for an id: packed if it can be, else its hash.
pub(crate) fn bytes_of(text: &str) -> Id {
    id::pack(text.as_bytes()).unwrap_or_else(|| xxh3_128(text.as_bytes()).to_le_bytes())
}
