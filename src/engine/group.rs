//! Counts by one or two fields: Polars, slice by slice, and once more over the slices' sums.

use std::{cmp::Ordering, collections::HashMap};

use polars::prelude::*;

use crate::{
    model::{
        derived::derive,
        field::Field,
        outcome::Outcome,
        question::{Group, GroupColumn, GroupQuery, GroupRow},
        time,
    },
    reader::batch::NO_TIME,
};

use super::{
    Error, index,
    mask::Mask,
    table::{Slot, Table, slot},
};

/// Bytes that a row takes while it is grouped.
const ROW_BYTES: u64 = 64;

/// Counts, chunk after chunk.
pub(crate) struct GroupCount {
    query: GroupQuery,
    keys: Vec<KeyTexts>,
    sums: Vec<DataFrame>,
    success: u32,
}

/// Texts of keys that no dictionary holds: derived values, times, ids.
#[derive(Default)]
struct KeyTexts {
    codes: HashMap<String, u32>,
    texts: Vec<String>,
}

impl KeyTexts {
    fn code(&mut self, text: &str) -> u32 {
        if let Some(code) = self.codes.get(text) {
            return *code;
        }
        self.texts.push(text.to_owned());
        let code = self.texts.len() as u32;
        self.codes.insert(text.to_owned(), code);
        code
    }
}

impl GroupCount {
    pub(crate) fn new(
        table: &Table,
        query: GroupQuery,
        matching: u64,
        free_bytes: u64,
    ) -> Result<GroupCount, Error> {
        if query.by.is_empty() || query.by.len() > 2 {
            let message = format!("group by one or two fields, not {}", query.by.len());
            return Err(Error::BadArgument { message });
        }
        let rare = |it: &Field| matches!(slot(*it), Slot::Id(_) | Slot::Time);
        let wide = if query.by.iter().any(rare) { 160 } else { 0 };
        let needed_bytes = matching * (ROW_BYTES + wide);
        if needed_bytes > free_bytes {
            return Err(Error::OutOfMemory { needed_bytes, free_bytes });
        }
        let success = table.text(Field::Outcome).dictionary.find(Outcome::Success.as_str());
        let keys = query.by.iter().map(|_| KeyTexts::default()).collect();
        Ok(GroupCount { query, keys, sums: Vec::new(), success: success.unwrap_or(0) })
    }

    /// Adds the matching rows of one chunk: one row for each group and principal.
    pub(crate) fn add(&mut self, table: &Table, mask: &Mask, chunk: usize) -> Result<(), Error> {
        let mut rows = Vec::new();
        mask.for_each_in(chunk, |row| rows.push(row));
        let mut keys: Vec<Vec<u32>> = vec![Vec::with_capacity(rows.len()); self.query.by.len()];
        let mut of = Vec::with_capacity(rows.len());
        let mut firsts = Vec::new();
        let mut seconds = Vec::new();
        for row in rows {
            codes(table, self.query.by[0], row, &mut self.keys[0], &mut firsts);
            match self.query.by.get(1) {
                Some(field) => codes(table, *field, row, &mut self.keys[1], &mut seconds),
                None => seconds = vec![0],
            }
            for first in &firsts {
                for second in &seconds {
                    keys[0].push(*first);
                    if let Some(keys) = keys.get_mut(1) {
                        keys.push(*second);
                    }
                    of.push(row);
                }
            }
        }
        let principals = table.codes(Field::Principal);
        let outcomes = table.codes(Field::Outcome);
        let time = |row: &u32| Some(table.times.get(*row)).filter(|it| *it != NO_TIME);
        let failed = |row: &u32| u32::from(outcomes.get(*row) != self.success);
        let mut columns: Vec<Column> = keys
            .into_iter()
            .enumerate()
            .map(|(index, codes)| Column::new(key_name(index), codes))
            .collect();
        columns.push(Column::new(
            "principal".into(),
            of.iter().map(|it| principals.get(*it)).collect::<Vec<u32>>(),
        ));
        columns.push(Column::new("time".into(), of.iter().map(time).collect::<Vec<Option<i64>>>()));
        columns.push(Column::new("failed".into(), of.iter().map(failed).collect::<Vec<u32>>()));
        let mut by = self.by();
        by.push(col("principal"));
        let sums = DataFrame::new(columns)?.lazy().group_by(by).agg([
            len().cast(DataType::UInt32).alias("count"),
            col("time").min().alias("first"),
            col("time").max().alias("last"),
            col("failed").sum().alias("failed"),
        ]);
        self.sums.push(sums.collect()?);
        Ok(())
    }

    fn by(&self) -> Vec<Expr> {
        (0..self.query.by.len()).map(|it| col(key_name(it))).collect()
    }

    /// The groups, sorted and cut.
    pub(crate) fn finish(mut self, table: &Table) -> Result<Group, Error> {
        let by = self.by();
        let mut sums = std::mem::take(&mut self.sums).into_iter();
        let Some(mut all) = sums.next() else {
            return Ok(Group { by: self.query.by, total: 0, rows: Vec::new() });
        };
        for next in sums {
            all.vstack_mut(&next)?;
        }
        let groups = all
            .lazy()
            .group_by(by)
            .agg([
                col("count").sum(),
                col("principal")
                    .filter(col("principal").neq(lit(0_u32)))
                    .n_unique()
                    .alias("principals"),
                col("first").min(),
                col("last").max(),
                col("failed").sum(),
            ])
            .collect()?;
        let rows = self.rows(table, &groups)?;
        let total = rows.len() as u64;
        let rows = self.cut(rows);
        Ok(Group { by: self.query.by, total, rows })
    }

    fn rows(&self, table: &Table, groups: &DataFrame) -> Result<Vec<GroupRow>, Error> {
        let keys = (0..self.query.by.len()).map(|it| groups.column(&key_name(it))?.u32());
        let keys: Vec<&UInt32Chunked> = keys.collect::<PolarsResult<_>>()?;
        let (count, principals) =
            (groups.column("count")?.u32()?, groups.column("principals")?.u32()?);
        let (first, last) = (groups.column("first")?.i64()?, groups.column("last")?.i64()?);
        let failed = groups.column("failed")?.u32()?;
        let row = |at: usize| {
            let key = |(index, codes): (usize, &&UInt32Chunked)| {
                self.text(table, index, codes.get(at).unwrap_or(0)).map(str::to_owned)
            };
            let count = u64::from(count.get(at).unwrap_or(0));
            GroupRow {
                by: keys.iter().enumerate().map(key).collect(),
                count,
                principals: u64::from(principals.get(at).unwrap_or(0)),
                first_millis: first.get(at),
                last_millis: last.get(at),
                error_share: f64::from(failed.get(at).unwrap_or(0)) / count.max(1) as f64,
            }
        };
        Ok((0..groups.height()).map(row).collect())
    }

    fn text<'a>(&'a self, table: &'a Table, index: usize, code: u32) -> Option<&'a str> {
        match slot(self.query.by[index]) {
            Slot::Text(at) => table.texts[at].dictionary.get(code),
            Slot::List(at) => table.lists[at].dictionary.get(code),
            Slot::File => table.paths.get((code as usize).checked_sub(1)?).map(String::as_str),
            Slot::Derived(_) | Slot::Time | Slot::Id(_) => {
                self.keys[index].texts.get((code as usize).checked_sub(1)?).map(String::as_str)
            },
        }
    }

    fn cut(&self, mut rows: Vec<GroupRow>) -> Vec<GroupRow> {
        let compare = |a: &GroupRow, b: &GroupRow| {
            let sorted = self
                .query
                .sort
                .iter()
                .map(|(column, descending)| by_column(a, b, *column, *descending));
            let by_sort = sorted.fold(Ordering::Equal, Ordering::then);
            let by_count = b.count.cmp(&a.count);
            by_sort
                .then(by_count)
                .then_with(|| a.by.iter().map(missing_last).cmp(b.by.iter().map(missing_last)))
        };
        let (offset, limit) = (index(self.query.offset), self.query.limit as usize);
        let end = offset.saturating_add(limit);
        if end < rows.len() {
            rows.select_nth_unstable_by(end, compare);
            rows.truncate(end);
        }
        rows.sort_unstable_by(compare);
        rows.drain(..offset.min(rows.len()));
        rows
    }
}

/// Missing values come last in both directions.
fn by_column(a: &GroupRow, b: &GroupRow, column: GroupColumn, descending: bool) -> Ordering {
    let turn = |it: Ordering| if descending { it.reverse() } else { it };
    fn optional<T: Ord>(
        a: Option<T>,
        b: Option<T>,
        turn: impl Fn(Ordering) -> Ordering,
    ) -> Ordering {
        match (a, b) {
            (Some(a), Some(b)) => turn(a.cmp(&b)),
            (a, b) => a.is_none().cmp(&b.is_none()),
        }
    }
    match column {
        GroupColumn::By(index) => {
            let key = |row: &GroupRow| row.by.get(usize::from(index)).cloned().flatten();
            optional(key(a), key(b), turn)
        },
        GroupColumn::Count => turn(a.count.cmp(&b.count)),
        GroupColumn::Principals => turn(a.principals.cmp(&b.principals)),
        GroupColumn::First => optional(a.first_millis, b.first_millis, turn),
        GroupColumn::Last => optional(a.last_millis, b.last_millis, turn),
        GroupColumn::ErrorShare => turn(a.error_share.total_cmp(&b.error_share)),
    }
}

fn missing_last(key: &Option<String>) -> (bool, &str) {
    (key.is_none(), key.as_deref().unwrap_or_default())
}

fn key_name(index: usize) -> PlSmallStr {
    PlSmallStr::from(if index == 0 { "key 0" } else { "key 1" })
}

/// The codes of a row: one, or one for each value of a list; 0 is "missing".
fn codes(table: &Table, field: Field, row: u32, texts: &mut KeyTexts, into: &mut Vec<u32>) {
    into.clear();
    match slot(field) {
        Slot::Text(at) => into.push(table.texts[at].codes.get(row)),
        Slot::List(at) => {
            into.extend(table.lists[at].get(row));
            if into.is_empty() {
                into.push(0);
            }
        },
        Slot::File => into.push(table.path_code(table.files.get(row)) + 1),
        Slot::Derived(at) => {
            let derived = table.texts[at].get(row).and_then(|it| derive(field, it));
            into.push(derived.map_or(0, |it| texts.code(it)));
        },
        Slot::Time => into.push(match table.times.get(row) {
            NO_TIME => 0,
            millis => texts.code(&time::iso(millis)),
        }),
        Slot::Id(at) => into.push(table.ids[at].with_text(row, |it| texts.code(it)).unwrap_or(0)),
    }
}
