//! How often each value of a field occurs among the matching events.
//!
//! A plain loop over the codes: an increment a row, which a group-by over the same codes does not
//! come near (`benches/` keeps both).

use std::collections::HashMap;

use crate::model::{
    derived::derive,
    field::Field,
    filter::Pattern,
    id::{self, Id, MISSING},
    question::{Facet, FacetValue},
};

use super::{
    column::CHUNK_BITS,
    dictionary::Dictionary,
    ids::IdColumn,
    mask::Mask,
    table::{Slot, Table, slot},
};
use crate::reader::batch::NO_TIME;

/// Counts the values of one field, chunk after chunk.
pub(crate) struct FacetCount {
    field: Field,
    /// By code, or by that of the file's path.
    counts: Vec<u32>,
    missing: u64,
    /// Of fields whose values are nearly all different.
    rare: HashMap<Rare, u32>,
}

/// A value of a field whose values are nearly all different.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Rare {
    Id(Id, Option<u32>),
    Time(i64),
}

impl Rare {
    /// The id of a row of a chunk.
    pub(crate) fn of_id(column: &IdColumn, id: Id, chunk: usize, row: usize) -> Rare {
        let number = ((chunk << CHUNK_BITS) + row) as u32;
        Rare::Id(id, column.is_text(number).then_some(number))
    }
}

impl FacetCount {
    pub(crate) fn new(table: &Table, field: Field) -> FacetCount {
        let codes = match slot(field) {
            Slot::Text(at) | Slot::Derived(at) => table.texts[at].dictionary.codes(),
            Slot::List(at) => table.lists[at].dictionary.codes(),
            Slot::File => table.paths.len(),
            Slot::Time | Slot::Id(_) => 0,
        };
        FacetCount { field, counts: vec![0; codes], missing: 0, rare: HashMap::new() }
    }

    /// Adds the matching rows of one chunk.
    pub(crate) fn add(&mut self, table: &Table, mask: &Mask, chunk: usize) {
        let rows = mask.rows_in(chunk);
        let bits = mask.chunk(chunk);
        match slot(self.field) {
            Slot::Text(at) | Slot::Derived(at) => {
                table.texts[at].codes.chunk(chunk).count(rows, bits, &mut self.counts);
            },
            Slot::List(at) => {
                let lists = table.lists[at].chunk(chunk);
                super::mask::for_each_bit(bits, |row| {
                    let mut codes = lists.get(row).peekable();
                    self.missing += u64::from(codes.peek().is_none());
                    codes.for_each(|code| self.counts[code as usize] += 1);
                });
            },
            Slot::File => {
                let files = table.files.chunk(chunk);
                // A duplicate that came in since may have moved a row to a file that is newer
                // than this count.
                self.counts.resize(table.paths.len().max(self.counts.len()), 0);
                super::mask::for_each_bit(bits, |row| {
                    self.counts[table.path_code(files[row]) as usize] += 1;
                });
            },
            Slot::Time => {
                let times = table.times.chunk(chunk);
                super::mask::for_each_bit(bits, |row| match times[row] {
                    NO_TIME => self.missing += 1,
                    millis => *self.rare.entry(Rare::Time(millis)).or_default() += 1,
                });
            },
            Slot::Id(at) => {
                let column = &table.ids[at];
                let ids = column.chunk(chunk);
                super::mask::for_each_bit(bits, |row| {
                    if ids[row] == MISSING {
                        self.missing += 1;
                        return;
                    }
                    let rare = Rare::of_id(column, ids[row], chunk, row);
                    *self.rare.entry(rare).or_default() += 1;
                });
            },
        }
    }

    /// Of a field whose values are nearly all different the most frequent, and which of them each
    /// value is that is among them.
    pub(crate) fn into_most_frequent(
        self,
        table: &Table,
        limit: usize,
    ) -> (Vec<String>, HashMap<Rare, u32>) {
        let texts = rare_texts(table, self.field, &self.rare);
        let counted = texts.iter().map(|(text, count)| (text.as_str(), *count)).collect();
        let names: Vec<String> = top(counted, limit, "").into_iter().map(|it| it.value).collect();
        let number = |rare: &Rare| {
            let text = rare_text(table, self.field, rare);
            names.iter().position(|it| *it == text).map(|it| it as u32)
        };
        let numbers = self.rare.keys().filter_map(|it| Some((*it, number(it)?))).collect();
        (names, numbers)
    }

    /// The counts by code, or by that of the file's path.
    pub(crate) fn into_counts(self) -> Vec<u32> {
        self.counts
    }

    /// The most frequent values that hold a text.
    pub(crate) fn finish(self, table: &Table, total: u64, limit: u32, containing: &str) -> Facet {
        let field = self.field;
        let mut missing = self.missing;
        let values: Vec<(String, u32)>;
        let counted: Vec<(&str, u32)> = match slot(field) {
            Slot::Text(at) => {
                missing = u64::from(self.counts[0]);
                texts(&table.texts[at].dictionary, &self.counts)
            },
            Slot::List(at) => texts(&table.lists[at].dictionary, &self.counts),
            Slot::Derived(at) => {
                let (counted, without) = derived(&table.texts[at].dictionary, &self.counts, field);
                missing = without;
                counted
            },
            Slot::File => {
                let files = table.paths.iter().zip(&self.counts).filter(|it| *it.1 > 0);
                files.map(|(path, count)| (path.as_str(), *count)).collect()
            },
            Slot::Time | Slot::Id(_) => {
                values = rare_texts(table, field, &self.rare);
                values.iter().map(|(text, count)| (text.as_str(), *count)).collect()
            },
        };
        let distinct = counted.len() as u64;
        let values = top(counted, limit as usize, containing);
        Facet { field, total, distinct, missing, values }
    }
}

fn texts<'a>(dictionary: &'a Dictionary, counts: &[u32]) -> Vec<(&'a str, u32)> {
    let seen = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    seen.filter_map(|(code, count)| Some((dictionary.get(code as u32)?, *count))).collect()
}

/// Several values derive to one.
fn derived<'a>(
    dictionary: &'a Dictionary,
    counts: &[u32],
    field: Field,
) -> (Vec<(&'a str, u32)>, u64) {
    let mut sums: HashMap<&str, u32> = HashMap::new();
    let mut missing = u64::from(counts[0]);
    for (value, count) in texts(dictionary, counts) {
        match derive(field, value) {
            Some(derived) => *sums.entry(derived).or_default() += count,
            None => missing += u64::from(count),
        }
    }
    (sums.into_iter().collect(), missing)
}

fn rare_texts(table: &Table, field: Field, counts: &HashMap<Rare, u32>) -> Vec<(String, u32)> {
    let mut sums: HashMap<String, u32> = HashMap::new();
    #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order, top() sorts")]
    for (rare, count) in counts {
        *sums.entry(rare_text(table, field, rare)).or_default() += count;
    }
    sums.into_iter().collect()
}

fn rare_text(table: &Table, field: Field, rare: &Rare) -> String {
    match (rare, slot(field)) {
        (Rare::Time(millis), _) => crate::model::time::iso(*millis),
        (Rare::Id(_, Some(row)), Slot::Id(at)) => table.ids[at].text(*row).unwrap_or_default(),
        (Rare::Id(bytes, _), _) => id::with_text(*bytes, str::to_owned),
    }
}

/// The largest counts first, then by value.
fn top(mut counted: Vec<(&str, u32)>, limit: usize, containing: &str) -> Vec<FacetValue> {
    if !containing.is_empty() {
        let pattern = Pattern::literal(containing);
        counted.retain(|(value, _)| pattern.found_in(value));
    }
    let compare = |a: &(&str, u32), b: &(&str, u32)| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0));
    if limit < counted.len() {
        counted.select_nth_unstable_by(limit, compare);
        counted.truncate(limit);
    }
    counted.sort_unstable_by(compare);
    let value = |(value, count): (&str, u32)| FacetValue {
        value: value.to_owned(),
        count: u64::from(count),
    };
    counted.into_iter().map(value).collect()
}
