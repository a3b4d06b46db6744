//! What was loaded, drawn: the ledger is made once for each state of the data, and then cut.

use crate::model::{
    coverage::{
        BY_THE_HOUR_MILLIS, CoverageMap, CoverageQuery, MOST_CELLS, MOST_COLUMNS, MOST_HOLES,
    },
    ledger::{Coverage, Hole, Ledger, Step as Width},
    time::{HOUR, TimeRange},
};

use super::{STEP_CHUNKS, Step, Work};
use crate::engine::{Engine, Error, ledger::Making};

/// [`CoverageQuery`].
pub struct CoverageWork {
    query: CoverageQuery,
    making: Making,
}

impl CoverageWork {
    pub fn new(engine: &Engine, query: CoverageQuery) -> CoverageWork {
        CoverageWork { query, making: Making::new(engine, &engine.snapshot) }
    }
}

impl Work for CoverageWork {
    type Answer = CoverageMap;

    fn step(&mut self, engine: &mut Engine) -> Result<Step<CoverageMap>, Error> {
        let Some(made) = self.making.step(engine, STEP_CHUNKS) else {
            let (done, of) = self.making.progress();
            return Ok(Step::More { done, of });
        };
        let (ledger, coverage) = &*made;
        Ok(Step::Done(draw(ledger, coverage, &self.query)))
    }
}

fn draw(ledger: &Ledger, coverage: &Coverage, query: &CoverageQuery) -> CoverageMap {
    let (range, step, is_cut) = window(ledger, query.range);
    let (start_millis, columns) = step.cells(range);
    let limit = (MOST_CELLS / columns.max(1) as usize).max(1);
    let rows = ledger.some_rows(coverage, range, step, query.offset as usize, limit);
    let mut holes: Vec<Hole> = ledger.holes(coverage);
    holes.retain(|it| {
        it.range.start_millis < range.end_millis && range.start_millis < it.range.end_millis
    });
    // The sort keeps the order by account, region and time among holes of one length.
    holes.sort_by_key(|it| std::cmp::Reverse(it.range.len_millis()));
    let hole_count = holes.len() as u32;
    holes.truncate(MOST_HOLES);
    let events = rows.iter().flat_map(|it| &it.cells).map(|it| it.events);
    CoverageMap {
        start_millis,
        step,
        columns: columns as u32,
        most_events: events.max().unwrap_or(0),
        rows,
        offset: query.offset,
        total: ledger.row_count() as u32,
        holes,
        hole_count,
        is_incomplete: ledger.is_incomplete(),
        is_cut,
    }
}

/// The time that is drawn, how wide a cell of it is, and whether that is less than was asked for.
fn window(ledger: &Ledger, wanted: Option<TimeRange>) -> (TimeRange, Width, bool) {
    let none = TimeRange { start_millis: 0, end_millis: 0 };
    let range = wanted.or_else(|| ledger.extent()).unwrap_or(none);
    let step = if range.len_millis() <= BY_THE_HOUR_MILLIS { Width::Hour } else { Width::Day };
    if step.cells(range).1 <= MOST_COLUMNS {
        return (range, step, false);
    }
    (densest(ledger, range, MOST_COLUMNS * step.millis()), step, true)
}

/// The stretch of a time in which most is known: one wrong clock must not hide all the rest.
fn densest(ledger: &Ledger, range: TimeRange, len_millis: i64) -> TimeRange {
    let hours: Vec<(i64, u64)> = ledger
        .known_hours()
        .into_iter()
        .map(|(number, count)| (i64::from(number) * HOUR, u64::from(count)))
        .filter(|it| range.contains(it.0))
        .collect();
    let (mut first, mut inside) = (0, 0);
    let (mut best, mut most) = (range.start_millis, 0);
    for (millis, count) in &hours {
        inside += count;
        while hours[first].0 <= millis - len_millis {
            inside -= hours[first].1;
            first += 1;
        }
        if inside > most {
            (best, most) = (hours[first].0, inside);
        }
    }
    // The rest of the stretch lies where it is still inside of what was asked for.
    let start_millis = best.min(range.end_millis - len_millis).max(range.start_millis);
    TimeRange { start_millis, end_millis: start_millis + len_millis }
}
