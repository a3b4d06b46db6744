//! The order in which rows are shown: newest first, ties by account, eventID and file, events
//! without a time last. The same in every load, whatever order the files came in.

use std::cmp::Ordering;

use crate::{
    model::{field::Field, question::FileId},
    reader::batch::NO_TIME,
};

use super::table::{Slot, Table, slot};

/// Takes the rows from `sorted.len()` to `rows` into an order that holds those before.
pub(crate) fn extend(table: &Table, sorted: &[u32], rows: u32) -> Vec<u32> {
    let compare = |a: &u32, b: &u32| compare(table, *a, *b);
    let mut new: Vec<u32> = (sorted.len() as u32..rows).collect();
    // Files come nearly in order of time: a stable merge sort takes the runs as they are.
    new.sort_by(compare);
    let mut merged = Vec::with_capacity(rows as usize);
    let (mut old, mut new) = (sorted.iter().peekable(), new.iter().peekable());
    while let (Some(a), Some(b)) = (old.peek(), new.peek()) {
        let from_old = compare(a, b) != Ordering::Greater;
        let next = if from_old { old.next() } else { new.next() };
        merged.extend(next);
    }
    merged.extend(old);
    merged.extend(new);
    merged
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
    let both_uuids = ids.others.is_empty();
    // Sixteen bytes sort as their hexadecimal text does.
    let by_id = match (ids.bytes.get(a), ids.bytes.get(b)) {
        (x, y) if both_uuids && x != [0; 16] && y != [0; 16] => x.cmp(&y),
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
