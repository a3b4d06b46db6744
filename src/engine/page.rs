//! A window of the rows that match, in any order.

use std::collections::HashMap;

use polars::prelude::*;

use crate::model::{
    derived::derive,
    field::Field,
    question::{Page, PageShape, Sort},
};

use super::{
    Error,
    mask::Mask,
    table::{Slot, Table, slot},
};
use crate::reader::batch::NO_TIME;

/// Bytes that a row takes while it is sorted.
const SORT_BYTES: u64 = 48;

/// What a page is cut from.
pub(crate) struct Source<'a> {
    pub(crate) table: &'a Table,
    pub(crate) mask: &'a Mask,
    /// All rows in the order of [`super::order`].
    pub(crate) order: &'a [u32],
    /// Memory that may still be used.
    pub(crate) free_bytes: u64,
}

impl Source<'_> {
    pub(crate) fn page(&self, shape: &PageShape) -> Result<Page, Error> {
        let ids = self.rows(shape)?;
        let row = |id: &u32| shape.columns.iter().map(|it| self.table.cell(*id, *it)).collect();
        Ok(Page {
            total: self.mask.count,
            offset: shape.offset,
            columns: shape.columns.clone(),
            rows: ids.iter().map(row).collect(),
            ids,
        })
    }

    fn rows(&self, shape: &PageShape) -> Result<Vec<u32>, Error> {
        let left = self.mask.count.saturating_sub(shape.offset);
        let limit = left.min(u64::from(shape.limit)) as usize;
        if limit == 0 {
            return Ok(Vec::new());
        }
        // Before the end of some rows, so not past the address space.
        let offset = shape.offset as usize;
        match shape.sort.as_slice() {
            [] | [Sort { field: Field::EventTime, descending: true }] => {
                Ok(self.newest_first(offset, limit))
            },
            [Sort { field, descending }] if self.is_coded(*field) => {
                Ok(self.by_value(*field, *descending, offset, limit))
            },
            sort => self.by_columns(sort, offset, limit),
        }
    }

    fn newest_first(&self, offset: usize, limit: usize) -> Vec<u32> {
        if self.mask.count == u64::from(self.mask.rows) {
            return self.order.iter().copied().skip(offset).take(limit).collect();
        }
        let matching = self.order.iter().copied().filter(|row| self.mask.has(*row));
        matching.skip(offset).take(limit).collect()
    }

    fn is_coded(&self, field: Field) -> bool {
        matches!(slot(field), Slot::Text(_) | Slot::Derived(_) | Slot::File)
    }

    /// Counts the rows of each value, so that only the values that reach into the window are
    /// collected: nothing is sorted but the values.
    fn by_value(&self, field: Field, descending: bool, offset: usize, limit: usize) -> Vec<u32> {
        let mut keys = Keys::new(self.table, field);
        let mut counts: Vec<usize> = Vec::new();
        for chunk in 0..self.mask.chunks() {
            self.mask.for_each_in(chunk, |row| {
                let key = keys.of(row);
                if counts.len() <= key {
                    counts.resize(key + 1, 0);
                }
                counts[key] += 1;
            });
        }
        let ranked = keys.ranked(counts.len(), descending);
        // Where each key's rows begin in the window, for the keys that reach into it.
        let mut wanted: HashMap<usize, (usize, usize)> = HashMap::new();
        let mut start = 0;
        let mut buckets = Vec::new();
        for key in ranked {
            let end = start + counts[key];
            if start < offset + limit && offset < end {
                let (skip, until) =
                    (offset.saturating_sub(start), (offset + limit).min(end) - start);
                wanted.insert(key, (buckets.len(), until));
                buckets.push((skip, Vec::new()));
            }
            start = end;
        }
        for row in self.order.iter().copied().filter(|row| self.mask.has(*row)) {
            if let Some((bucket, until)) = wanted.get(&keys.of(row))
                && buckets[*bucket].1.len() < *until
            {
                buckets[*bucket].1.push(row);
            }
        }
        buckets.into_iter().flat_map(|(skip, rows)| rows.into_iter().skip(skip)).collect()
    }

    /// Any number of columns, by Polars.
    fn by_columns(&self, sort: &[Sort], offset: usize, limit: usize) -> Result<Vec<u32>, Error> {
        let needed_bytes = self.mask.count * (SORT_BYTES + 16 * sort.len() as u64);
        if needed_bytes > self.free_bytes {
            return Err(Error::OutOfMemory { needed_bytes, free_bytes: self.free_bytes });
        }
        let rows: Vec<u32> = self.order.iter().copied().filter(|row| self.mask.has(*row)).collect();
        let mut columns = vec![Column::new("row".into(), &rows)];
        let mut by = Vec::new();
        let mut descending = Vec::new();
        for (index, sort) in sort.iter().enumerate() {
            for column in self.sort_keys(sort.field, &rows, index) {
                by.push(col(column.name().clone()));
                descending.push(sort.descending);
                columns.push(column);
            }
        }
        let options = SortMultipleOptions::default()
            .with_order_descending_multi(descending)
            .with_nulls_last(true)
            // Rows come in the usual order, and ties stay in it.
            .with_maintain_order(true);
        let sorted = DataFrame::new(columns)?
            .lazy()
            .sort_by_exprs(by, options)
            .slice(offset as i64, limit as u32)
            .select([col("row")])
            .collect()?;
        let rows = sorted.column("row")?.u32()?;
        Ok(rows.into_no_null_iter().collect())
    }

    /// Numbers that sort as the field's values do; `None` where a row has none.
    fn sort_keys(&self, field: Field, rows: &[u32], index: usize) -> Vec<Column> {
        let name = |part: &str| PlSmallStr::from(format!("key {index} {part}"));
        match slot(field) {
            Slot::Time => {
                let times = rows
                    .iter()
                    .map(|it| Some(self.table.times.get(*it)).filter(|it| *it != NO_TIME));
                vec![Column::new(name("time"), times.collect::<Vec<Option<i64>>>())]
            },
            Slot::Id(at) => {
                let texts = rows.iter().map(|it| self.table.ids[at].text(*it));
                vec![Column::new(name("id"), texts.collect::<Vec<Option<String>>>())]
            },
            _ => {
                let mut keys = Keys::new(self.table, field);
                let of: Vec<usize> = rows.iter().map(|row| keys.of(*row)).collect();
                let mut ranks = vec![None; of.iter().max().map_or(1, |it| it + 1)];
                for (rank, key) in keys.ranked(ranks.len(), false).into_iter().enumerate() {
                    if key != 0 {
                        ranks[key] = Some(rank as u32);
                    }
                }
                let column: Vec<Option<u32>> = of.into_iter().map(|key| ranks[key]).collect();
                vec![Column::new(name("rank"), column)]
            },
        }
    }
}

/// A small number for each different value of a field; 0 is "missing".
struct Keys<'a> {
    table: &'a Table,
    field: Field,
    /// Of derived fields: the number of each derived value, and what they are.
    derived: HashMap<&'a str, usize>,
    texts: Vec<&'a str>,
    by_code: Vec<Option<usize>>,
}

impl<'a> Keys<'a> {
    fn new(table: &'a Table, field: Field) -> Keys<'a> {
        Keys { table, field, derived: HashMap::new(), texts: Vec::new(), by_code: Vec::new() }
    }

    fn of(&mut self, row: u32) -> usize {
        match slot(self.field) {
            Slot::Text(at) => self.table.texts[at].codes.get(row) as usize,
            Slot::List(at) => self.table.lists[at].get(row).next().map_or(0, |it| it as usize),
            Slot::File => self.table.path_code(self.table.files.get(row)) as usize + 1,
            Slot::Derived(at) => {
                let code = self.table.texts[at].codes.get(row) as usize;
                if self.by_code.len() <= code {
                    self.by_code.resize(code + 1, None);
                }
                if let Some(key) = self.by_code[code] {
                    return key;
                }
                let value = self.table.texts[at].dictionary.get(code as u32);
                let key = value.and_then(|it| derive(self.field, it)).map_or(0, |it| {
                    *self.derived.entry(it).or_insert_with(|| {
                        self.texts.push(it);
                        self.texts.len()
                    })
                });
                self.by_code[code] = Some(key);
                key
            },
            Slot::Time | Slot::Id(_) => 0,
        }
    }

    fn text(&self, key: usize) -> &str {
        let text = match slot(self.field) {
            Slot::Text(at) => self.table.texts[at].dictionary.get(key as u32),
            Slot::List(at) => self.table.lists[at].dictionary.get(key as u32),
            Slot::File => self.table.paths.get(key.wrapping_sub(1)).map(String::as_str),
            Slot::Derived(_) => self.texts.get(key.wrapping_sub(1)).copied(),
            Slot::Time | Slot::Id(_) => None,
        };
        text.unwrap_or_default()
    }

    /// Keys below `len` in the order of their values, "missing" last in both directions.
    fn ranked(&self, len: usize, descending: bool) -> Vec<usize> {
        let mut keys: Vec<usize> = (1..len).collect();
        keys.sort_unstable_by(|a, b| {
            let ascending = self.text(*a).cmp(self.text(*b)).then(a.cmp(b));
            if descending { ascending.reverse() } else { ascending }
        });
        keys.extend((len > 0).then_some(0));
        keys
    }
}
