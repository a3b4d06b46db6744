//! The order in which rows are shown: newest first, ties by account, eventID and file, events
//! without a time last. The same in every load, whatever order the files came in.

use std::cmp::Ordering;

use crate::{
    model::{field::Field, id::MISSING, question::FileId},
    reader::batch::NO_TIME,
};

use super::table::{Slot, Table, slot};

/// So many rows are sorted by keys of their own: 2 MB of them.
const RUN_ROWS: usize = 1 << 16;

/// Takes the rows from `sorted.len()` to `rows` into an order that holds those before, and those of
/// them anew that moved: their ties go by another file now.
pub(crate) fn extend(table: &Table, sorted: &[u32], rows: u32) -> Vec<u32> {
    let compare = |a: &u32, b: &u32| compare(table, *a, *b);
    let mut has_moved = Vec::new();
    for row in table.moved.iter().filter(|row| (**row as usize) < sorted.len()) {
        has_moved.resize(sorted.len(), false);
        has_moved[*row as usize] = true;
    }
    let is_new =
        |row: u32| has_moved.get(row as usize).copied().unwrap_or(row as usize >= sorted.len());
    let mut new: Vec<u32> = (0..rows).filter(|row| is_new(*row)).collect();
    new.chunks_mut(RUN_ROWS).for_each(|it| sort_run(table, it));
    // A stable merge sort takes runs that are in order as they are.
    new.sort_by(compare);
    let mut merged = Vec::with_capacity(rows as usize);
    let mut old = sorted.iter().filter(|row| !is_new(**row)).peekable();
    let mut new = new.iter().peekable();
    while let (Some(a), Some(b)) = (old.peek(), new.peek()) {
        let from_old = compare(a, b) != Ordering::Greater;
        let next = if from_old { old.next() } else { new.next() };
        merged.extend(next);
    }
    merged.extend(old);
    merged.extend(new);
    merged
}

/// What decides in nearly every case, side by side: the columns of rows that are near in time lie
/// far apart.
struct Key {
    time: i64,
    account: u32,
    /// The beginning of a UUID; 0 where the id may be none.
    id: u64,
    row: u32,
}

fn sort_run(table: &Table, rows: &mut [u32]) {
    let Slot::Id(at) = slot(Field::EventId) else { return };
    let (accounts, ids) = (table.codes(Field::RecipientAccountId), &table.ids[at]);
    let are_uuids = ids.only_uuids();
    let key = |row: &u32| {
        let [id @ .., _, _, _, _, _, _, _, _] = ids.get(*row);
        Key {
            time: table.times.get(*row),
            account: accounts.get(*row),
            id: if are_uuids { u64::from_be_bytes(id) } else { 0 },
            row: *row,
        }
    };
    let mut keys: Vec<Key> = rows.iter().map(key).collect();
    keys.sort_by(|a, b| {
        let by_time = b.time.cmp(&a.time);
        by_time.then_with(|| {
            let decides = a.account == b.account && a.id != b.id && a.id != 0 && b.id != 0;
            if decides { a.id.cmp(&b.id) } else { compare_names(table, a.row, b.row) }
        })
    });
    rows.iter_mut().zip(keys).for_each(|(row, key)| *row = key.row);
}

/// Which of two rows is shown first.
pub(crate) fn compare(table: &Table, a: u32, b: u32) -> Ordering {
    // `NO_TIME` is the smallest of all times, so it comes last by itself.
    const { assert!(NO_TIME == i64::MIN) };
    table.times.get(b).cmp(&table.times.get(a)).then_with(|| compare_names(table, a, b))
}

fn compare_names(table: &Table, a: u32, b: u32) -> Ordering {
    let account = table.text(Field::RecipientAccountId);
    let accounts = (account.codes.get(a), account.codes.get(b));
    if accounts.0 != accounts.1 {
        // Missing comes last.
        let key = |code: u32| (code == 0, account.dictionary.get(code));
        return key(accounts.0).cmp(&key(accounts.1));
    }
    let Slot::Id(at) = slot(Field::EventId) else { return a.cmp(&b) };
    let ids = &table.ids[at];
    let both_uuids = ids.only_uuids();
    // Sixteen bytes sort as their hexadecimal text does.
    let by_id = match (ids.get(a), ids.get(b)) {
        (x, y) if both_uuids && x != MISSING && y != MISSING => x.cmp(&y),
        _ => {
            let key = |row: u32| ids.text(row).map_or((true, None), |it| (false, Some(it)));
            key(a).cmp(&key(b))
        },
    };
    by_id
        .then_with(|| {
            let path = |row: u32| table.path(FileId(table.files.get(row)));
            path(a).cmp(path(b))
        })
        .then_with(|| table.offsets.get(a).cmp(&table.offsets.get(b)))
        .then_with(|| a.cmp(&b))
}
