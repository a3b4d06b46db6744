//! All events, as columns. Rows are only ever added; a row's number is the event's id.

use std::sync::LazyLock;

use hashbrown::{HashTable, hash_table::Entry};
use xxhash_rust::xxh3::xxh3_64;

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

use super::{
    column::{CodeColumn, FixedColumn, TextColumn},
    ids::IdColumn,
    lists::ListColumn,
};

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
    /// Rows whose place is another since all were last put in order.
    pub(crate) moved: Vec<u32>,
    /// The hash of each record's text.
    pub(crate) hashes: FixedColumn<u64>,
    /// Paths by file number.
    pub(crate) paths: Vec<String>,
    /// By file number the first file of that path: the same path is one value, however often it
    /// was given.
    path_codes: Vec<u32>,
    codes_by_path: HashTable<u32>,
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

    /// Files `first`, `first + 1`, … have these paths.
    pub(crate) fn announce(&mut self, first: FileId, paths: Vec<String>) {
        let first = first.0 as usize;
        let end = self.paths.len().max(first + paths.len());
        self.paths.resize(end, String::new());
        self.path_codes.extend(self.path_codes.len() as u32..end as u32);
        for (at, path) in (first..).zip(paths) {
            self.paths[at] = path;
            let Table { paths, path_codes, codes_by_path, .. } = self;
            let hash = |file: u32| xxh3_64(paths[file as usize].as_bytes());
            let is_same = |file: &u32| paths[*file as usize] == paths[at];
            let entry = codes_by_path.entry(hash(at as u32), is_same, |file| hash(*file));
            path_codes[at] = match entry {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(free) => *free.insert(at as u32).get(),
            };
        }
    }

    /// The code of the path of a file: below the number of files, and the same for the same path.
    pub(crate) fn path_code(&self, file: u32) -> u32 {
        self.path_codes.get(file as usize).copied().unwrap_or(file)
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
            Slot::Id(at) => self.ids[at].text(row).map_or(Cell::Missing, Cell::Text),
            Slot::List(at) => {
                let column = &self.lists[at];
                let texts = column.get(row).filter_map(|it| column.dictionary.get(it));
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
