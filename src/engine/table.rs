//! All events, as columns. Rows are only ever added; a row's number is the event's id.

use std::{borrow::Cow, sync::LazyLock};

use crate::{
    model::{
        cell::Cell,
        derived::derive,
        field::{Field, Kind, Origin},
        question::{EventKey, FileId},
        time,
    },
    reader::batch::{NO_TIME, id_fields, list_fields, text_fields},
};

use super::column::{CodeColumn, FixedColumn, ListColumn, TextColumn};

/// Which column holds a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Time,
    /// A text column, and the field to derive from its values where that is not the field itself.
    Text(usize),
    Derived(usize),
    Id(usize),
    List(usize),
    File,
}

#[derive(Default)]
pub(crate) struct Table {
    pub(crate) rows: u32,
    pub(crate) times: FixedColumn<i64>,
    pub(crate) texts: Vec<TextColumn>,
    pub(crate) lists: Vec<ListColumn>,
    pub(crate) ids: Vec<IdColumn>,
    /// The file of each row.
    pub(crate) files: FixedColumn<u32>,
    /// Where each record begins in what its file unpacks to.
    pub(crate) offsets: FixedColumn<u32>,
    /// The hash of each record's text.
    pub(crate) hashes: FixedColumn<u64>,
    /// Paths by file number.
    pub(crate) paths: Vec<String>,
}

/// Ids as 16 bytes: a UUID, or the hash of an id that is none; zeros are "missing".
#[derive(Default)]
pub(crate) struct IdColumn {
    pub(crate) bytes: FixedColumn<[u8; 16]>,
    /// The ids that are no UUIDs, by row.
    pub(crate) others: std::collections::BTreeMap<u32, String>,
}

impl IdColumn {
    pub(crate) fn text(&self, row: u32) -> Option<Cow<'_, str>> {
        let bytes = self.bytes.get(row);
        if bytes == [0; 16] {
            return None;
        }
        let other = self.others.get(&row);
        Some(other.map_or_else(|| Cow::Owned(uuid_text(bytes)), |it| Cow::Borrowed(it.as_str())))
    }
}

/// `8-4-4-4-12` in lower case.
pub(crate) fn uuid_text(bytes: [u8; 16]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// The 16 bytes that stand for an id: its own if it is a UUID in lower case, else its hash.
pub(crate) fn id_bytes(text: &str) -> [u8; 16] {
    // Zeros stand for "missing".
    let uuid = parse_uuid(text).filter(|it| *it != [0; 16]);
    uuid.unwrap_or_else(|| xxhash_rust::xxh3::xxh3_128(text.as_bytes()).to_le_bytes())
}

fn parse_uuid(text: &str) -> Option<[u8; 16]> {
    if text.len() != 36 {
        return None;
    }
    let mut bytes = [0; 16];
    let mut nibbles = 0;
    for (at, c) in text.bytes().enumerate() {
        let value = match (at, c) {
            (8 | 13 | 18 | 23, b'-') => continue,
            (8 | 13 | 18 | 23, _) => return None,
            (_, b'0'..=b'9') => c - b'0',
            (_, b'a'..=b'f') => c - b'a' + 10,
            _ => return None,
        };
        bytes[nibbles / 2] = bytes[nibbles / 2] << 4 | value;
        nibbles += 1;
    }
    Some(bytes)
}

impl Table {
    pub(crate) fn new() -> Table {
        Table {
            texts: text_fields().map(|_| TextColumn::default()).collect(),
            lists: list_fields().map(|_| ListColumn::default()).collect(),
            ids: id_fields().map(|_| IdColumn::default()).collect(),
            ..Table::default()
        }
    }

    pub(crate) fn text(&self, field: Field) -> &TextColumn {
        match slot(field) {
            Slot::Text(at) | Slot::Derived(at) => &self.texts[at],
            // Asked for by name in this module's neighbours only, with text fields.
            _ => &self.texts[0],
        }
    }

    pub(crate) fn codes(&self, field: Field) -> &CodeColumn {
        &self.text(field).codes
    }

    pub(crate) fn path(&self, file: FileId) -> &str {
        self.paths.get(file.0 as usize).map_or("", String::as_str)
    }

    /// Where the record of a row lies.
    pub(crate) fn place(&self, row: u32) -> (FileId, u32) {
        (FileId(self.files.get(row)), self.offsets.get(row))
    }

    /// The order of places: of equal records the one with the smallest place is kept.
    pub(crate) fn order(&self, file: FileId, offset: u32) -> (&str, FileId, u32) {
        (self.path(file), file, offset)
    }

    /// The lasting name of an event.
    pub(crate) fn key(&self, row: u32) -> EventKey {
        EventKey {
            account: self.cell(row, Field::RecipientAccountId).text(),
            event_id: self.cell(row, Field::EventId).text(),
        }
    }

    /// One value of one event.
    pub(crate) fn cell(&self, row: u32, field: Field) -> Cell {
        match slot(field) {
            Slot::Time => match self.times.get(row) {
                NO_TIME => Cell::Missing,
                millis => Cell::Time(millis),
            },
            Slot::Text(at) => match (self.texts[at].get(row), field.kind()) {
                (None, _) => Cell::Missing,
                (Some("true"), Kind::Bool) => Cell::Bool(true),
                (Some("false"), Kind::Bool) => Cell::Bool(false),
                (Some(text), _) => Cell::Text(text.to_owned()),
            },
            Slot::Derived(at) => {
                let derived = self.texts[at].get(row).and_then(|it| derive(field, it));
                derived.map_or(Cell::Missing, |it| Cell::Text(it.to_owned()))
            },
            Slot::Id(at) => {
                self.ids[at].text(row).map_or(Cell::Missing, |it| Cell::Text(it.into_owned()))
            },
            Slot::List(at) => {
                let column = &self.lists[at];
                let texts = column.get(row).iter().filter_map(|it| column.dictionary.get(*it));
                match texts.map(str::to_owned).collect::<Vec<String>>() {
                    texts if texts.is_empty() => Cell::Missing,
                    texts => Cell::List(texts),
                }
            },
            Slot::File => Cell::Text(self.path(FileId(self.files.get(row))).to_owned()),
        }
    }

    /// The time of a row as text, as filters see it.
    pub(crate) fn time_text(&self, row: u32) -> Option<String> {
        match self.times.get(row) {
            NO_TIME => None,
            millis => Some(time::iso(millis)),
        }
    }
}

/// Where the values of a field lie.
pub(crate) fn slot(field: Field) -> Slot {
    SLOTS[field as usize]
}

static SLOTS: LazyLock<Vec<Slot>> =
    LazyLock::new(|| Field::ALL.iter().map(|it| find(*it)).collect());

fn find(field: Field) -> Slot {
    fn at(mut fields: impl Iterator<Item = Field>, wanted: Field) -> usize {
        fields.position(|it| it == wanted).unwrap_or_default()
    }
    match (field.origin(), field.kind()) {
        (Origin::File, _) => Slot::File,
        (Origin::Of(parent), _) => Slot::Derived(at(text_fields(), parent)),
        (Origin::Column, Kind::Time) => Slot::Time,
        (Origin::Column, Kind::Text | Kind::Bool) => Slot::Text(at(text_fields(), field)),
        (Origin::Column, Kind::Id) => Slot::Id(at(id_fields(), field)),
        (Origin::Column, Kind::List) => Slot::List(at(list_fields(), field)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_its_own_bytes_or_a_hash() {
        let uuid = "7ec7f858-0775-423c-8eeb-d866ca706aaa";
        assert_eq!(uuid_text(id_bytes(uuid)), uuid);
        assert_ne!(id_bytes(&uuid.to_uppercase()), id_bytes(uuid));
        assert_ne!(id_bytes("EXAMPLE-1"), id_bytes("EXAMPLE-2"));
    }

    #[test]
    fn every_field_has_its_column() {
        let mut texts: Vec<Slot> = Field::ALL
            .iter()
            .filter(|it| it.origin() == Origin::Column)
            .map(|it| slot(*it))
            .collect();
        let all = texts.len();
        texts.dedup();
        assert_eq!(texts.len(), all);
    }
}
