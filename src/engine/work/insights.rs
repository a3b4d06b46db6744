//! What is unusual: counted, detected, looked into, and picked by a filter.

use std::rc::Rc;

use crate::{
    insights::Detector,
    model::{
        field::Field,
        insight::{Incident, InsightsQuery, InsightsReport},
        question::Selection,
    },
};

use super::{Select, Step, Work};
use crate::engine::{
    Detected, Engine, Error, Snapshot,
    counts::{Contents, MinuteCounter, RowSeries},
    mask::{self, Mask},
};

/// [`InsightsQuery`].
pub struct InsightsWork {
    query: InsightsQuery,
    snapshot: Snapshot,
    stage: Stage,
    select: Option<Select>,
}

enum Stage {
    Count { counter: MinuteCounter, chunk: usize },
    Detect { detector: Detector, rows: RowSeries },
    LookInto { detector: Detector, rows: RowSeries, contents: Contents, chunk: usize },
    Pick,
}

/// Series of one step of the detector.
const STEP_SERIES: usize = 2_000;

impl InsightsWork {
    pub fn new(engine: &Engine, query: InsightsQuery) -> InsightsWork {
        let snapshot = engine.snapshot.clone();
        let known = engine
            .detected
            .as_ref()
            .is_some_and(|it| it.number == snapshot.number && it.threshold == query.threshold);
        let stage = if known {
            Stage::Pick
        } else {
            Stage::Count { counter: MinuteCounter::new(&engine.table), chunk: 0 }
        };
        InsightsWork { query, snapshot, stage, select: None }
    }

    fn detect(&mut self, engine: &mut Engine) -> Step<()> {
        let (table, rows_of) = (&engine.table, self.snapshot.rows);
        let chunks = mask::chunks(rows_of);
        match std::mem::replace(&mut self.stage, Stage::Pick) {
            Stage::Count { mut counter, chunk } if chunk < chunks => {
                counter.add(table, chunk, mask::rows_in(rows_of, chunk));
                self.stage = Stage::Count { counter, chunk: chunk + 1 };
                Step::More { done: chunk as u64, of: 3 * chunks as u64 }
            },
            Stage::Count { counter, .. } => {
                let (series, rows) = counter.finish(table);
                let detector = Detector::new(series, self.query.threshold);
                self.stage = Stage::Detect { detector, rows };
                Step::More { done: 1, of: 3 }
            },
            Stage::Detect { mut detector, rows } => {
                if detector.step(STEP_SERIES) {
                    let done = 1000 + (detector.progress() * 1000.0) as u64;
                    self.stage = Stage::Detect { detector, rows };
                    return Step::More { done, of: 3000 };
                }
                let contents = Contents::new(&rows, detector.windows());
                self.stage = Stage::LookInto { detector, rows, contents, chunk: 0 };
                Step::More { done: 2, of: 3 }
            },
            Stage::LookInto { detector, rows, mut contents, chunk } if chunk < chunks => {
                contents.add(table, &rows, chunk, mask::rows_in(rows_of, chunk));
                self.stage = Stage::LookInto { detector, rows, contents, chunk: chunk + 1 };
                Step::More { done: (2 * chunks + chunk) as u64, of: 3 * chunks as u64 }
            },
            Stage::LookInto { detector, rows, contents, .. } => {
                let found = detector.finish(contents.finish(table, &rows));
                engine.detected = Some(Detected {
                    number: self.snapshot.number,
                    threshold: self.query.threshold,
                    found: Rc::new(found),
                });
                Step::Done(())
            },
            Stage::Pick => Step::Done(()),
        }
    }
}

impl Work for InsightsWork {
    type Answer = InsightsReport;

    fn step(&mut self, engine: &mut Engine) -> Result<Step<InsightsReport>, Error> {
        if let Step::More { done, of } = self.detect(engine) {
            return Ok(Step::More { done, of });
        }
        let Some(found) = engine.detected.as_ref().map(|it| Rc::clone(&it.found)) else {
            // A later question with another threshold came between: begin again.
            *self = InsightsWork::new(engine, self.query.clone());
            return Ok(Step::More { done: 0, of: 3 });
        };
        let (tested, incidents) = (&found.0, &found.1);
        if self.query.selection == Selection::default() {
            return Ok(Step::Done(InsightsReport {
                tested: tested.clone(),
                incidents: incidents.clone(),
            }));
        }
        let select = self.select.get_or_insert_with(|| Select::new(engine, &self.query.selection));
        let Some(mask) = select.step(engine) else { return Ok(select.more(1)) };
        let picked = incidents.iter().filter(|it| has_event(engine, &self.snapshot, &mask, it));
        Ok(Step::Done(InsightsReport {
            tested: tested.clone(),
            incidents: picked.cloned().collect(),
        }))
    }
}

/// Whether an event of the selection is one of the incident's leading series, in its time.
fn has_event(engine: &Engine, snapshot: &Snapshot, mask: &Mask, incident: &Incident) -> bool {
    let table = &engine.table;
    let newer = |row: &u32| table.times.get(*row) >= incident.range.end_millis;
    let start = snapshot.order.partition_point(newer);
    let is = |row: u32, field: Field, wanted: &str| {
        wanted.is_empty() || table.text(field).get(row) == Some(wanted)
    };
    snapshot.order[start..]
        .iter()
        .copied()
        .take_while(|row| table.times.get(*row) >= incident.range.start_millis)
        .filter(|row| mask.has(*row))
        .any(|row| {
            incident.insights.iter().any(|insight| {
                is(row, Field::RecipientAccountId, &insight.key.account)
                    && is(row, Field::EventSource, &insight.key.event_source)
                    && is(row, Field::EventName, &insight.key.event_name)
                    && is(row, Field::AwsRegion, &insight.key.region)
                    && is(row, Field::Principal, &insight.key.principal)
            })
        })
}
