//! Batches into the table: codes of a batch become codes of the engine, duplicates leave no row.
//!
//! Two records are one event when eventID and recipientAccountId are the same and their texts are
//! too. Of equals the one with the smallest path and place stays, so that the table is the same
//! whatever order the readers finish in. A different text under the same name is an event of its
//! own, and is reported.

use crate::{
    model::{field::Field, id::Id, question::FileId},
    reader::batch::{Batch, Codes, Dictionary, FileStatus, NO_TIME},
};

use super::{
    ids::bytes_of,
    names::{self, Known, Names},
    repeats::{Duplicate, Repeats},
    table::{Slot, Table, slot},
};

/// Appends a batch to the table.
pub(crate) fn merge(table: &mut Table, names: &mut Names, repeats: &mut Repeats, batch: &Batch) {
    let rows = batch.rows as usize;
    let id_at = names::event_id_slot();
    let account_at = text_slot(Field::RecipientAccountId);
    let accounts = match batch.texts.get(account_at) {
        Some(column) => {
            let map = learn(&mut table.texts[account_at].dictionary, &column.dictionary);
            unpack(&column.codes, rows, &map)
        },
        None => vec![0; rows],
    };
    let files = files_of_rows(batch);
    let mut kept = vec![false; rows];
    let ids: Vec<Id> = (0..rows).map(|row| event_id(batch, id_at, row)).collect();
    for (row, id) in ids.iter().copied().enumerate() {
        if row % names::ASKED_AHEAD == 0 {
            let some = row..rows.min(row + names::ASKED_AHEAD);
            names.ask_ahead(&ids[some.clone()], &accounts[some]);
        }
        let (hash, offset, account) = (hash_at(batch, row), offset_at(batch, row), accounts[row]);
        let file = files.get(row).copied().unwrap_or(FileId(0));
        match names.meet(table, id_at, id, account, hash) {
            Known::Same(row) => {
                repeats.duplicates.push(keep_smallest(table, row, file, offset));
                continue;
            },
            Known::Other(first) => repeats.contradictions.push((first, table.rows)),
            Known::New => (),
        }
        kept[row] = true;
        table.rows += 1;
        table.files.push(file.0);
        table.offsets.push(offset);
        table.hashes.push(hash);
        table.times.push(time_at(batch, row));
        table.texts[account_at].codes.push(account);
        table.ids[id_at].push(id);
    }
    append_texts(table, batch, &kept, account_at);
    append_ids(table, batch, &kept, id_at);
    append_lists(table, batch, &kept);
}

/// The table's row stays with the smaller of two places; the other is the duplicate.
fn keep_smallest(table: &mut Table, row: u32, file: FileId, offset: u32) -> Duplicate {
    let (held_file, held_offset) = table.place(row);
    if table.order(file, offset) > table.order(held_file, held_offset) {
        return Duplicate { row, file, offset };
    }
    table.files.set(row, file.0);
    table.offsets.set(row, offset);
    table.moved.push(row);
    Duplicate { row, file: held_file, offset: held_offset }
}

fn append_texts(table: &mut Table, batch: &Batch, kept: &[bool], account_at: usize) {
    let mut codes = Vec::with_capacity(kept.len());
    for (at, column) in table.texts.iter_mut().enumerate() {
        if at == account_at {
            continue;
        }
        codes.clear();
        if let Some(given) = batch.texts.get(at) {
            let map = learn(&mut column.dictionary, &given.dictionary);
            unpack_into(&mut codes, &given.codes, kept.len(), &map);
            retain(&mut codes, kept);
        } else {
            codes.resize(kept.iter().filter(|it| **it).count(), 0);
        }
        column.codes.extend(&codes);
    }
}

/// Leaves the codes of those rows that are kept.
fn retain(codes: &mut Vec<u32>, kept: &[bool]) {
    if kept.contains(&false) {
        let mut rows = kept.iter();
        codes.retain(|_| rows.next().copied().unwrap_or(false));
    }
}

fn append_ids(table: &mut Table, batch: &Batch, kept: &[bool], id_at: usize) {
    let first = table.rows - kept.iter().filter(|it| **it).count() as u32;
    for (at, column) in table.ids.iter_mut().enumerate() {
        let kept_rows = kept.iter().enumerate().filter(|it| *it.1).map(|it| it.0);
        for (number, row) in (first..).zip(kept_rows) {
            if at != id_at {
                column.push(event_id(batch, at, row));
            }
            if let Some(text) = other_id(batch, at, row) {
                column.keep(number, text);
            }
        }
    }
}

fn append_lists(table: &mut Table, batch: &Batch, kept: &[bool]) {
    for (at, column) in table.lists.iter_mut().enumerate() {
        let (mut lengths, mut codes) = (Vec::with_capacity(kept.len()), Vec::new());
        if let Some(given) = batch.lists.get(at) {
            let map = learn(&mut column.dictionary, &given.dictionary);
            unpack_into(&mut codes, &given.codes, given.items as usize, &map);
            given.lengths.for_each(kept.len(), |len| lengths.push(len));
        }
        lengths.resize(kept.len(), 0);
        if kept.contains(&false) {
            let of_row = lengths.iter().zip(kept);
            let mut kept_codes =
                of_row.flat_map(|(len, kept)| std::iter::repeat_n(*kept, *len as usize));
            codes.retain(|_| kept_codes.next().unwrap_or(false));
            retain(&mut lengths, kept);
        }
        column.extend(&lengths, &codes);
    }
}

/// The table's code for each code of the batch.
fn learn(dictionary: &mut super::dictionary::Dictionary, given: &Dictionary) -> Vec<u32> {
    std::iter::once(0).chain(given.iter().map(|it| dictionary.insert(it))).collect()
}

fn unpack(codes: &Codes, rows: usize, map: &[u32]) -> Vec<u32> {
    let mut unpacked = Vec::with_capacity(rows);
    unpack_into(&mut unpacked, codes, rows, map);
    unpacked
}

fn unpack_into(unpacked: &mut Vec<u32>, codes: &Codes, rows: usize, map: &[u32]) {
    codes.for_each(rows, |code| unpacked.push(map.get(code as usize).copied().unwrap_or(0)));
    unpacked.resize(rows, 0);
}

fn files_of_rows(batch: &Batch) -> Vec<FileId> {
    let files = batch.files.iter().filter(|it| it.status == FileStatus::Read);
    files.flat_map(|it| std::iter::repeat_n(it.file, it.rows as usize)).collect()
}

fn event_id(batch: &Batch, at: usize, row: usize) -> Id {
    if let Some(text) = other_id(batch, at, row) {
        return bytes_of(text);
    }
    let bytes = batch.ids.get(at).and_then(|it| it.packed.get(row * 16..row * 16 + 16));
    bytes.and_then(|it| it.try_into().ok()).unwrap_or_default()
}

fn other_id(batch: &Batch, at: usize, row: usize) -> Option<&str> {
    let others = &batch.ids.get(at)?.others;
    let found = others.binary_search_by_key(&(row as u32), |it| it.0).ok()?;
    others.get(found).map(|it| it.1.as_str())
}

fn hash_at(batch: &Batch, row: usize) -> u64 {
    let bytes = batch.hashes.get(row * 8..row * 8 + 8).and_then(|it| it.try_into().ok());
    bytes.map_or(0, u64::from_le_bytes)
}

fn offset_at(batch: &Batch, row: usize) -> u32 {
    let bytes = batch.offsets.get(row * 4..row * 4 + 4).and_then(|it| it.try_into().ok());
    bytes.map_or(0, u32::from_le_bytes)
}

fn time_at(batch: &Batch, row: usize) -> i64 {
    let bytes = batch.times.get(row * 8..row * 8 + 8).and_then(|it| it.try_into().ok());
    bytes.map_or(NO_TIME, i64::from_le_bytes)
}

fn text_slot(field: Field) -> usize {
    match slot(field) {
        Slot::Text(at) => at,
        _ => 0,
    }
}
