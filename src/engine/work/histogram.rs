//! Counts over time.

use crate::{
    model::{
        question::{Histogram, HistogramQuery, HistogramShape, Selection},
        time::TimeRange,
    },
    reader::batch::NO_TIME,
};

use super::{STEP_CHUNKS, Select, Step, Work};
use crate::engine::{
    Engine, Error,
    facet::FacetCount,
    histogram::{Bars, HistogramCount},
    mask::{self, Mask},
    scan,
};

/// The histogram of a selection.
pub(super) struct Bin {
    pub(super) shape: HistogramShape,
    pub(super) count: Option<HistogramCount>,
    pub(super) chunk: usize,
}

impl Bin {
    pub(super) fn new(shape: HistogramShape) -> Bin {
        Bin { shape, count: None, chunk: 0 }
    }

    /// The bars, once they are all filled. Without a span of its own the histogram covers
    /// `span`, and without that the events that match.
    pub(super) fn step(
        &mut self,
        engine: &Engine,
        mask: &Mask,
        selection: &Selection,
        span: Option<TimeRange>,
    ) -> Option<Histogram> {
        let table = &engine.table;
        if self.count.is_none() {
            let span =
                self.shape.span.or(selection.range).or(span).or_else(|| extent(engine, mask))?;
            let totals = self.shape.split.map(|field| {
                let mut totals = FacetCount::new(table, field);
                (0..mask.chunks()).for_each(|chunk| totals.add(table, mask, chunk));
                totals
            });
            let only_calls = !scan::counts_all_categories(selection);
            let calls = only_calls.then(|| scan::calls(table));
            let bars = Bars::cover(span, self.shape.buckets);
            self.count = Some(HistogramCount::new(table, bars, &self.shape, totals, calls));
        }
        let end = (self.chunk + STEP_CHUNKS).min(mask.chunks());
        if let Some(count) = &mut self.count {
            (self.chunk..end).for_each(|chunk| count.add(table, mask, chunk));
        }
        self.chunk = end;
        if end < mask.chunks() {
            return None;
        }
        Some(self.count.take().map_or_else(Histogram::default, HistogramCount::finish))
    }
}

/// From the first matching event to past the last.
fn extent(engine: &Engine, mask: &Mask) -> Option<TimeRange> {
    let mut span: Option<TimeRange> = None;
    for chunk in 0..mask.chunks() {
        let times = engine.table.times.chunk(chunk);
        mask::for_each_bit(mask.chunk(chunk), |row| {
            let millis = times[row];
            if millis != NO_TIME {
                let held =
                    span.unwrap_or(TimeRange { start_millis: millis, end_millis: millis + 1 });
                span = Some(TimeRange {
                    start_millis: held.start_millis.min(millis),
                    end_millis: held.end_millis.max(millis + 1),
                });
            }
        });
    }
    span
}

/// [`HistogramQuery`].
pub struct HistogramWork {
    select: Select,
    bin: Bin,
}

impl HistogramWork {
    pub fn new(engine: &Engine, query: HistogramQuery) -> HistogramWork {
        HistogramWork { select: Select::new(engine, &query.selection), bin: Bin::new(query.shape) }
    }
}

impl Work for HistogramWork {
    type Answer = Histogram;

    fn step(&mut self, engine: &mut Engine) -> Result<Step<Histogram>, Error> {
        let Some(mask) = self.select.step(engine) else { return Ok(self.select.more(2)) };
        if mask.count == 0 {
            return Ok(Step::Done(Histogram { step_millis: 1000, ..Histogram::default() }));
        }
        let of = mask.chunks() as u64;
        Ok(match self.bin.step(engine, &mask, &self.select.selection, None) {
            Some(histogram) => Step::Done(histogram),
            None if self.bin.count.is_none() => Step::Done(Histogram::default()),
            None => Step::More { done: of + self.bin.chunk as u64, of: 2 * of },
        })
    }
}
