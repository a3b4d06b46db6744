//! Records that came more than once: what is kept of them, and which files they are in.
//!
//! A duplicate keeps the number of the row that stands for it, so that the pair of its files stays
//! right when a smaller place takes the row over.

use std::collections::{BTreeMap, HashMap};

use crate::{
    model::{
        field::Field,
        problem::{Problem, ProblemKind},
        question::FileId,
        repeat::{self, FilePair, FilePairs, FilePairsQuery, Repeat, RepeatsQuery},
    },
    reader::batch::NO_TIME,
};

use super::{column::FixedColumn, index, replaced::Replaced, table::Table};

/// A record that left no row: 12 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Duplicate {
    /// The row of its event.
    pub(crate) row: u32,
    pub(crate) file: FileId,
    pub(crate) offset: u32,
}

#[derive(Default)]
pub(crate) struct Repeats {
    pub(crate) duplicates: FixedColumn<Duplicate>,
    /// Rows of one name with different texts: the first that came, with each of the others.
    pub(crate) contradictions: Vec<(u32, u32)>,
}

/// Two rows of one name with different texts; the first lies at the smallest place of the name.
struct Contradiction {
    first: u32,
    second: u32,
}

/// What two files share.
#[derive(Clone, Copy, Default)]
struct Shared {
    duplicates: u64,
    contradictions: u64,
}

/// Whether a record of the second file, that stands as one of the first, stands so only since a
/// file was read again.
fn is_read_again(table: &Table, replaced: &Replaced, first: FileId, second: FileId) -> bool {
    let of_one = || table.path(first) == table.path(second);
    !replaced.is_empty() && (replaced.has(second) || (replaced.has(first) && of_one()))
}

impl Repeats {
    /// How many records of each file left no row.
    pub(crate) fn duplicates_by_file(&self, table: &Table, replaced: &Replaced) -> Vec<u32> {
        let mut counts = vec![0_u32; table.paths.len()];
        for duplicate in self.duplicates.iter() {
            if is_read_again(table, replaced, table.place(duplicate.row).0, duplicate.file) {
                continue;
            }
            if let Some(count) = counts.get_mut(duplicate.file.0 as usize) {
                *count = count.saturating_add(1);
            }
        }
        counts
    }

    /// How many records left no row since their file was read again: those are no duplicates.
    pub(crate) fn read_again(&self, table: &Table, replaced: &Replaced) -> u64 {
        if replaced.is_empty() {
            return 0;
        }
        let pairs = self.duplicates.iter().map(|it| (table.place(it.row).0, it.file));
        pairs.filter(|it| is_read_again(table, replaced, it.0, it.1)).count() as u64
    }

    pub(crate) fn file_pairs(
        &self,
        table: &Table,
        replaced: &Replaced,
        query: &FilePairsQuery,
    ) -> FilePairs {
        let mut shared = self.shared(table);
        shared.retain(|pair, shared| {
            if is_read_again(table, replaced, pair.0, pair.1) {
                shared.duplicates = 0;
            }
            shared.duplicates + shared.contradictions > 0
        });
        let sum = |of: fn(&Shared) -> u64| shared.values().map(of).sum();
        let (duplicates, contradictions) = (sum(|it| it.duplicates), sum(|it| it.contradictions));
        let mut pairs: Vec<((FileId, FileId), Shared)> = shared.into_iter().collect();
        pairs.sort_by(|(a, x), (b, y)| {
            let most = |it: &Shared| (it.contradictions, it.duplicates);
            let order = |it: &(FileId, FileId)| (table.order(it.0, 0), table.order(it.1, 0));
            most(y).cmp(&most(x)).then_with(|| order(a).cmp(&order(b)))
        });
        let total = pairs.len() as u64;
        let window = pairs.into_iter().skip(index(query.offset)).take(query.limit as usize);
        let told = |((first, second), shared): ((FileId, FileId), Shared)| FilePair {
            first,
            first_path: table.path(first).to_owned(),
            second,
            second_path: table.path(second).to_owned(),
            duplicates: shared.duplicates,
            contradictions: shared.contradictions,
        };
        FilePairs { duplicates, contradictions, total, pairs: window.map(told).collect() }
    }

    pub(crate) fn between(&self, table: &Table, query: &RepeatsQuery) -> repeat::Repeats {
        let RepeatsQuery { first, second, offset, limit } = *query;
        let duplicates = self.duplicates.iter().filter(|it| it.file == second);
        let duplicates = duplicates.map(|it| (false, it.offset, it.row));
        let contradictions = self.contradictions(table).into_iter();
        let contradictions = contradictions.filter_map(|it| {
            let (file, offset) = table.place(it.second);
            (file == second).then_some((true, offset, it.first))
        });
        let both = contradictions.chain(duplicates).filter(|it| table.place(it.2).0 == first);
        let mut all: Vec<(bool, u32, u32)> = both.collect();
        all.sort_unstable_by_key(|(differs, offset, row)| (!differs, *offset, *row));
        let window = all.iter().skip(index(offset)).take(limit as usize);
        let told = |(differs, second_byte, row): &(bool, u32, u32)| Repeat {
            time_millis: Some(table.times.get(*row)).filter(|it| *it != NO_TIME),
            event_name: table.text(Field::EventName).get(*row).unwrap_or_default().to_owned(),
            key: table.key(*row),
            differs: *differs,
            first_byte: table.place(*row).1,
            second_byte: *second_byte,
        };
        repeat::Repeats { total: all.len() as u64, repeats: window.map(told).collect() }
    }

    /// What is told of the records that contradict others: one for each pair of files.
    pub(crate) fn problems(&self, table: &Table) -> Vec<Problem> {
        let mut pairs: BTreeMap<(&str, FileId, &str, FileId), (u64, u32)> = BTreeMap::new();
        for Contradiction { first, second } in self.contradictions(table) {
            let ((first, _), (second, byte)) = (table.place(first), table.place(second));
            let pair = (table.path(second), second, table.path(first), first);
            let (count, least) = pairs.entry(pair).or_insert((0, byte));
            *count += 1;
            *least = byte.min(*least);
        }
        let told = |((path, _, other, _), (count, byte))| {
            let what = match count {
                1 => "A record has the same eventID and account as one".to_owned(),
                count => format!("{count} records have the same eventIDs and accounts as records"),
            };
            let message = format!("{what} in {other}, but different text; both are kept.");
            Problem::new(path, ProblemKind::BadRecord, message).at_byte(u64::from(byte))
        };
        pairs.into_iter().map(told).collect()
    }

    fn shared(&self, table: &Table) -> HashMap<(FileId, FileId), Shared> {
        let mut shared: HashMap<(FileId, FileId), Shared> = HashMap::new();
        // Files are often delivered twice as a whole, and their records lie together.
        let mut run = ((FileId(0), FileId(0)), 0);
        for duplicate in self.duplicates.iter() {
            let pair = (table.place(duplicate.row).0, duplicate.file);
            if pair != run.0 && run.1 > 0 {
                shared.entry(run.0).or_default().duplicates += run.1;
                run.1 = 0;
            }
            run = (pair, run.1 + 1);
        }
        if run.1 > 0 {
            shared.entry(run.0).or_default().duplicates += run.1;
        }
        for Contradiction { first, second } in self.contradictions(table) {
            let pair = (table.place(first).0, table.place(second).0);
            shared.entry(pair).or_default().contradictions += 1;
        }
        shared
    }

    /// Of each name with several texts: the row at the smallest place, with each of the others. The
    /// same in whatever order the rows came.
    fn contradictions(&self, table: &Table) -> Vec<Contradiction> {
        let order = |row: u32| {
            let (file, offset) = table.place(row);
            table.order(file, offset)
        };
        let mut rows = self.contradictions.clone();
        rows.sort_unstable();
        let mut all = Vec::with_capacity(rows.len());
        for of_name in rows.chunk_by(|a, b| a.0 == b.0) {
            let of_name: Vec<u32> = of_name.iter().map(|it| it.1).chain([of_name[0].0]).collect();
            let least = of_name.iter().copied().min_by_key(|row| order(*row));
            let Some(first) = least else { continue };
            let others = of_name.iter().filter(|row| **row != first);
            all.extend(others.map(|second| Contradiction { first, second: *second }));
        }
        all
    }
}
