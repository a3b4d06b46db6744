//! What a reader hands to the engine: the events of a group of files, as columns.
//!
//! Repeated texts are written once, in a dictionary of the batch; a column holds codes in the
//! smallest type that fits. The engine maps the codes to its own. Everything travels as one
//! buffer ([`Batch::to_bytes`]), which is moved between workers, not copied.

use serde::{Deserialize, Serialize};

use crate::model::{
    field::{Field, Kind, Origin},
    problem::Problem,
    question::FileId,
};

/// The events of some files, in the order of the files and of their records.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    /// What became of each file of the group, in order.
    pub files: Vec<FileResult>,
    /// How many events there are: the length of every column.
    pub rows: u32,
    /// Milliseconds, little-endian `i64`; [`NO_TIME`] where an event has none.
    #[serde(with = "serde_bytes")]
    pub times: Vec<u8>,
    /// Where each record begins in what its file unpacks to: little-endian `u32`.
    #[serde(with = "serde_bytes")]
    pub offsets: Vec<u8>,
    /// A hash of each record's text without the blanks between its tokens: little-endian `u64`.
    /// Two records of one eventID with equal hashes are one event.
    #[serde(with = "serde_bytes")]
    pub hashes: Vec<u8>,
    /// Every stored text field ([`text_fields`]), in that order.
    pub texts: Vec<TextColumn>,
    /// Every field of ids ([`id_fields`]), in that order.
    pub ids: Vec<IdColumn>,
    /// Every field of lists ([`list_fields`]), in that order.
    pub lists: Vec<ListColumn>,
    /// The records of CloudTrail Insights, as they stand in their files: of what they say no column
    /// is made. They are few.
    pub insight_records: Vec<String>,
    /// What could not be read, in the order of the files.
    pub problems: Vec<Problem>,
}

/// The time of an event that has none.
pub const NO_TIME: i64 = i64::MIN;

/// What became of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileResult {
    /// The number that the page gave the file.
    pub file: FileId,
    /// Whether it counts as read.
    pub status: FileStatus,
    /// How many of the batch's rows are of this file; they follow those of the file before it.
    pub rows: u32,
    /// Records that could not be kept.
    pub rejected: u32,
    /// As the file is.
    pub compressed_bytes: u64,
    /// As it unpacks to.
    pub json_bytes: u64,
}

/// How a file counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileStatus {
    /// Events were read, perhaps not all: then a problem says how far.
    Read,
    /// Holds no events by design.
    Skipped,
    /// Should have been read and could not.
    Failed,
    /// Is an archive: the files in it count, it does not.
    Container,
}

/// Codes into a dictionary. Code 0 is "missing"; code `n` is the dictionary's entry `n - 1`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TextColumn {
    /// The distinct values.
    pub dictionary: Dictionary,
    /// One for each row.
    pub codes: Codes,
}

/// Distinct texts, one after the other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Dictionary {
    /// The texts.
    pub text: String,
    /// Where each entry ends in `text`.
    pub ends: Vec<u32>,
}

impl Dictionary {
    /// How many distinct texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The texts, in the order of their codes.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let entry = &self.text[start..*end as usize];
            start = *end as usize;
            entry
        })
    }
}

/// Codes in the smallest type that fits all of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Codes {
    /// The same code in every row.
    Constant(u32),
    /// One byte each.
    U8(#[serde(with = "serde_bytes")] Vec<u8>),
    /// Little-endian.
    U16(#[serde(with = "serde_bytes")] Vec<u8>),
    /// Little-endian.
    U32(#[serde(with = "serde_bytes")] Vec<u8>),
}

impl Default for Codes {
    fn default() -> Codes {
        Codes::Constant(0)
    }
}

impl Codes {
    /// The codes in the smallest form that holds them.
    pub fn pack(codes: &[u32]) -> Codes {
        let Some(first) = codes.first() else { return Codes::Constant(0) };
        if codes.iter().all(|it| it == first) {
            return Codes::Constant(*first);
        }
        match codes.iter().max().copied().unwrap_or(0) {
            0..=0xff => Codes::U8(codes.iter().map(|it| *it as u8).collect()),
            0x100..=0xffff => {
                let codes: Vec<[u8; 2]> =
                    codes.iter().map(|it| (*it as u16).to_le_bytes()).collect();
                Codes::U16(codes.into_flattened())
            },
            _ => {
                let codes: Vec<[u8; 4]> = codes.iter().map(|it| it.to_le_bytes()).collect();
                Codes::U32(codes.into_flattened())
            },
        }
    }

    fn byte_len(&self) -> usize {
        match self {
            Codes::Constant(_) => 8,
            Codes::U8(bytes) | Codes::U16(bytes) | Codes::U32(bytes) => bytes.len() + 8,
        }
    }

    /// Calls `each` with the code of every one of `rows` rows.
    pub fn for_each(&self, rows: usize, mut each: impl FnMut(u32)) {
        match self {
            Codes::Constant(code) => (0..rows).for_each(|_| each(*code)),
            Codes::U8(bytes) => bytes.iter().for_each(|it| each(u32::from(*it))),
            Codes::U16(bytes) => {
                bytes
                    .chunks_exact(2)
                    .for_each(|it| each(u32::from(u16::from_le_bytes([it[0], it[1]]))));
            },
            Codes::U32(bytes) => bytes
                .chunks_exact(4)
                .for_each(|it| each(u32::from_le_bytes([it[0], it[1], it[2], it[3]]))),
        }
    }
}

/// Ids as 16 bytes a row ([`crate::model::id`]); what cannot be packed stands as text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct IdColumn {
    /// Zeros where the id is missing or is a text.
    #[serde(with = "serde_bytes")]
    pub packed: Vec<u8>,
    /// Row and text of the ids that are not packed, by row.
    pub others: Vec<(u32, String)>,
}

/// Any number of codes a row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListColumn {
    /// The distinct values.
    pub dictionary: Dictionary,
    /// How many codes each row has.
    pub lengths: Codes,
    /// The codes of all rows, one after the other, without repeats within a row.
    pub codes: Codes,
    /// How many codes there are in all.
    pub items: u32,
}

impl Batch {
    /// As it travels between workers.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Room for all of it at once; growing would copy every byte several times.
        postcard::to_extend(self, Vec::with_capacity(self.expected_bytes())).unwrap_or_default()
    }

    fn expected_bytes(&self) -> usize {
        let dictionary = |it: &Dictionary| it.text.len() + it.ends.len() * 4;
        let texts = self.texts.iter().map(|it| dictionary(&it.dictionary) + it.codes.byte_len());
        let lists = self
            .lists
            .iter()
            .map(|it| dictionary(&it.dictionary) + it.lengths.byte_len() + it.codes.byte_len() + 8);
        let ids = self.ids.iter().map(|it| it.packed.len() + it.others.len() * 32 + 8);
        let rows = self.times.len() + self.offsets.len() + self.hashes.len();
        1024 + rows + self.files.len() * 32 + texts.chain(lists).chain(ids).sum::<usize>()
    }

    /// What [`Batch::to_bytes`] wrote; `None` for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Batch> {
        postcard::from_bytes(bytes).ok()
    }
}

/// The fields that batches hold as [`TextColumn`]s.
pub fn text_fields() -> impl Iterator<Item = Field> {
    stored(&[Kind::Text, Kind::Bool])
}

/// The fields that batches hold as [`IdColumn`]s.
pub fn id_fields() -> impl Iterator<Item = Field> {
    stored(&[Kind::Id])
}

/// The fields that batches hold as [`ListColumn`]s.
pub fn list_fields() -> impl Iterator<Item = Field> {
    stored(&[Kind::List])
}

fn stored(kinds: &'static [Kind]) -> impl Iterator<Item = Field> {
    Field::ALL
        .iter()
        .copied()
        .filter(|it| it.origin() == Origin::Column && kinds.contains(&it.kind()))
}
