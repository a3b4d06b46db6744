//! Counting, paging and facets.

use crate::model::question::{
    Count, CountQuery, Facet, FacetQuery, FileId, MAX_ROWS, Page, PageQuery, PageShape, Places,
    PlacesQuery,
};

use super::{Select, Step, Work};
use crate::engine::{Engine, Error, Snapshot, facet::FacetCount, mask::Mask, page::Source};

pub(in crate::engine) fn check_rows(limit: u32) -> Result<(), Error> {
    if limit > MAX_ROWS {
        let message = format!("at most {MAX_ROWS} rows at once, not {limit}; ask page by page");
        return Err(Error::BadArgument { message });
    }
    Ok(())
}

pub(super) fn page(
    engine: &Engine,
    snapshot: &Snapshot,
    mask: &Mask,
    shape: &PageShape,
) -> Result<Page, Error> {
    check_rows(shape.limit)?;
    let source = Source {
        table: &engine.table,
        mask,
        order: &snapshot.order,
        free_bytes: engine.free_bytes(),
    };
    source.page(shape)
}

/// [`CountQuery`].
pub struct CountWork {
    select: Select,
}

impl CountWork {
    pub fn new(engine: &Engine, query: &CountQuery) -> CountWork {
        CountWork { select: Select::new(engine, &query.selection) }
    }
}

impl Work for CountWork {
    type Answer = Count;

    fn step(&mut self, engine: &mut Engine) -> Result<Step<Count>, Error> {
        Ok(match self.select.step(engine) {
            None => self.select.more(1),
            Some(mask) => Step::Done(Count { events: mask.count }),
        })
    }
}

/// [`PageQuery`].
pub struct PageWork {
    select: Select,
    shape: PageShape,
}

impl PageWork {
    pub fn new(engine: &Engine, query: PageQuery) -> PageWork {
        PageWork { select: Select::new(engine, &query.selection), shape: query.shape }
    }
}

impl Work for PageWork {
    type Answer = Page;

    fn step(&mut self, engine: &mut Engine) -> Result<Step<Page>, Error> {
        let Some(mask) = self.select.step(engine) else { return Ok(self.select.more(1)) };
        Ok(Step::Done(page(engine, &self.select.snapshot, &mask, &self.shape)?))
    }
}

/// [`FacetQuery`].
pub struct FacetWork {
    select: Select,
    query: FacetQuery,
}

impl FacetWork {
    pub fn new(engine: &Engine, query: FacetQuery) -> FacetWork {
        FacetWork { select: Select::new(engine, &query.selection), query }
    }
}

impl Work for FacetWork {
    type Answer = Facet;

    fn step(&mut self, engine: &mut Engine) -> Result<Step<Facet>, Error> {
        let Some(mask) = self.select.step(engine) else { return Ok(self.select.more(1)) };
        let mut count = FacetCount::new(&engine.table, self.query.field);
        (0..mask.chunks()).for_each(|chunk| count.add(&engine.table, &mask, chunk));
        let FacetQuery { limit, containing, .. } = &self.query;
        Ok(Step::Done(count.finish(&engine.table, mask.count, *limit, containing)))
    }
}

/// [`PlacesQuery`].
pub struct PlacesWork {
    select: Select,
}

impl PlacesWork {
    pub fn new(engine: &Engine, query: &PlacesQuery) -> PlacesWork {
        PlacesWork { select: Select::new(engine, &query.selection) }
    }
}

impl Work for PlacesWork {
    type Answer = Places;

    fn step(&mut self, engine: &mut Engine) -> Result<Step<Places>, Error> {
        let Some(mask) = self.select.step(engine) else { return Ok(self.select.more(1)) };
        let table = &engine.table;
        let mut by_file: std::collections::BTreeMap<u32, Vec<u32>> =
            std::collections::BTreeMap::new();
        for chunk in 0..mask.chunks() {
            mask.for_each_in(chunk, |row| {
                by_file.entry(table.files.get(row)).or_default().push(table.offsets.get(row));
            });
        }
        let mut files: Vec<(FileId, Vec<u32>)> = by_file
            .into_iter()
            .map(|(file, mut offsets)| {
                offsets.sort_unstable();
                (FileId(file), offsets)
            })
            .collect();
        files.sort_by(|a, b| table.path(a.0).cmp(table.path(b.0)).then(a.0.cmp(&b.0)));
        Ok(Step::Done(Places { files }))
    }
}
