//! A whole screen from one state of the data.

use std::rc::Rc;

use crate::model::{
    field::Field,
    question::{Facet, Histogram, HistogramShape, Look, LookQuery, Selection},
};

use super::{STEP_CHUNKS, Select, Step, Work, histogram::Bin, rows::page};
use crate::engine::{Engine, Error, facet::FacetCount, mask::Mask};

/// The parts of a look that stay when only the page of rows changes.
pub(in crate::engine) struct KnownParts {
    number: u64,
    selection: Selection,
    shape: HistogramShape,
    wanted: Vec<(Field, u32)>,
    parts: Rc<(Histogram, Vec<Facet>)>,
}

/// [`LookQuery`].
pub struct LookWork {
    select: Select,
    query: LookQuery,
    counts: Vec<FacetCount>,
    chunk: usize,
    facets: Option<Vec<Facet>>,
    bin: Bin,
}

impl LookWork {
    pub fn new(engine: &Engine, query: LookQuery) -> LookWork {
        LookWork {
            select: Select::new(engine, &query.selection),
            counts: query
                .facets
                .iter()
                .map(|(field, _)| FacetCount::new(&engine.table, *field))
                .collect(),
            chunk: 0,
            facets: None,
            bin: Bin::new(query.histogram.clone()),
            query,
        }
    }

    fn known(&self, engine: &Engine) -> Option<Rc<(Histogram, Vec<Facet>)>> {
        let known = engine.parts.as_ref()?;
        let same = known.number == self.select.snapshot.number
            && known.selection == self.query.selection
            && known.shape == self.query.histogram
            && known.wanted == self.query.facets;
        same.then(|| Rc::clone(&known.parts))
    }

    fn count(&mut self, engine: &Engine, mask: &Mask) -> bool {
        let end = (self.chunk + STEP_CHUNKS).min(mask.chunks());
        for chunk in self.chunk..end {
            self.counts.iter_mut().for_each(|it| it.add(&engine.table, mask, chunk));
        }
        self.chunk = end;
        end == mask.chunks()
    }

    fn answer(
        &self,
        engine: &Engine,
        mask: &Mask,
        parts: &(Histogram, Vec<Facet>),
    ) -> Result<Look, Error> {
        let snapshot = &self.select.snapshot;
        Ok(Look {
            generation: snapshot.number,
            total: mask.count,
            loaded: u64::from(snapshot.rows),
            histogram: parts.0.clone(),
            facets: parts.1.clone(),
            page: page(engine, snapshot, mask, &self.query.page)?,
        })
    }
}

impl Work for LookWork {
    type Answer = Look;

    fn step(&mut self, engine: &mut Engine) -> Result<Step<Look>, Error> {
        let Some(mask) = self.select.step(engine) else { return Ok(self.select.more(3)) };
        if let Some(parts) = self.known(engine) {
            return Ok(Step::Done(self.answer(engine, &mask, &parts)?));
        }
        let of = mask.chunks() as u64;
        if self.facets.is_none() {
            if !self.count(engine, &mask) {
                return Ok(Step::More { done: of + self.chunk as u64, of: 3 * of });
            }
            let limits = self.query.facets.iter().map(|it| it.1);
            let counts = std::mem::take(&mut self.counts).into_iter().zip(limits);
            let finish = |(count, limit): (FacetCount, u32)| {
                count.finish(&engine.table, mask.count, limit, "")
            };
            self.facets = Some(counts.map(finish).collect());
        }
        let span = self.select.snapshot.span;
        let histogram = match self.bin.step(engine, &mask, &self.query.selection, span) {
            Some(histogram) => histogram,
            None if self.bin.count.is_none() => Histogram::default(),
            None => return Ok(Step::More { done: 2 * of + self.bin.chunk as u64, of: 3 * of }),
        };
        let parts = Rc::new((histogram, self.facets.take().unwrap_or_default()));
        engine.parts = Some(KnownParts {
            number: self.select.snapshot.number,
            selection: self.query.selection.clone(),
            shape: self.query.histogram.clone(),
            wanted: self.query.facets.clone(),
            parts: Rc::clone(&parts),
        });
        Ok(Step::Done(self.answer(engine, &mask, &parts)?))
    }
}
