//! Questions as works that go in steps of some chunks, so that the worker can read its inbox in
//! between. Each begins with the rows that match, which the engine keeps for the next question.

mod rows;
mod histogram;
mod look;
mod group;
mod insights;
mod coverage;

use std::rc::Rc;

use crate::model::question::Selection;

use super::{Engine, Error, Selected, Snapshot, mask::Mask, scan::Scan};

pub use coverage::CoverageWork;
pub use group::GroupWork;
pub use histogram::HistogramWork;
pub use insights::InsightsWork;
pub use look::LookWork;
pub use rows::{CountWork, FacetWork, PageWork, PlacesWork};

pub(super) use look::KnownParts;
pub(super) use rows::check_rows;

/// Chunks of a step: about half a million rows.
const STEP_CHUNKS: usize = 8;
/// Selections whose rows are kept.
const KEPT_SELECTIONS: usize = 6;

/// How far a step came.
pub enum Step<T> {
    More { done: u64, of: u64 },
    Done(T),
}

/// A question that is being answered.
pub trait Work {
    type Answer;
    /// Goes on for a while. Not to be called after it is done.
    fn step(&mut self, engine: &mut Engine) -> Result<Step<Self::Answer>, Error>;
}

/// Finds the rows of a selection.
struct Select {
    selection: Selection,
    snapshot: Snapshot,
    scan: Option<Scan>,
    mask: Mask,
    chunk: usize,
    known: Option<Rc<Mask>>,
}

impl Select {
    fn new(engine: &Engine, selection: &Selection) -> Select {
        let snapshot = engine.snapshot.clone();
        let known = engine
            .selected
            .iter()
            .find(|it| it.number == snapshot.number && it.selection == *selection)
            .map(|it| Rc::clone(&it.mask));
        Select {
            selection: selection.clone(),
            mask: Mask::new(if known.is_some() { 0 } else { snapshot.rows }),
            snapshot,
            scan: None,
            chunk: 0,
            known,
        }
    }

    /// The rows, once they are all found.
    fn step(&mut self, engine: &mut Engine) -> Option<Rc<Mask>> {
        if let Some(known) = &self.known {
            return Some(Rc::clone(known));
        }
        let table = &engine.table;
        let scan = self.scan.get_or_insert_with(|| Scan::new(table, &self.selection));
        let end = (self.chunk + STEP_CHUNKS).min(self.mask.chunks());
        for chunk in self.chunk..end {
            let bits = scan.run(table, chunk, self.mask.rows_in(chunk));
            self.mask.set_chunk(chunk, &bits);
        }
        self.chunk = end;
        if end < self.mask.chunks() {
            return None;
        }
        let mask = Rc::new(std::mem::replace(&mut self.mask, Mask::new(0)));
        if engine.selected.len() >= KEPT_SELECTIONS {
            engine.selected.remove(0);
        }
        engine.selected.push(Selected {
            selection: self.selection.clone(),
            number: self.snapshot.number,
            mask: Rc::clone(&mask),
        });
        self.known = Some(Rc::clone(&mask));
        Some(mask)
    }

    fn more<T>(&self, of_works: u64) -> Step<T> {
        Step::More { done: self.chunk as u64, of: self.mask.chunks() as u64 * of_works }
    }
}
