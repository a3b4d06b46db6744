//! What is unusual: counted, detected, looked into, and picked by a filter.

use std::{rc::Rc, sync::Arc};

use crate::{
    insights::{Detector, compare, pair},
    model::{
        field::Field,
        insight::{Incident, InsightsQuery, InsightsReport},
        question::Selection,
    },
};

use super::{STEP_CHUNKS, Select, Step, Work};
use crate::engine::{
    Detected, Engine, Error, Snapshot,
    contents::Contents,
    counts::Counting,
    ledger::Making,
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
    Count { counting: Counting },
    Cover { making: Making },
    Detect { detector: Detector },
    LookInto { detector: Detector, contents: Contents, chunk: usize },
    Pick,
}

/// Minutes of series in one step of the detector: about 50 ms.
const STEP_MINUTES: usize = 40_000;
/// Everything is looked for that anybody asks for with a slider; who asks for less is shown less.
const LEAST: f64 = 0.0;

impl InsightsWork {
    pub fn new(engine: &Engine, query: InsightsQuery) -> InsightsWork {
        let snapshot = engine.snapshot.clone();
        let known = engine
            .detected
            .as_ref()
            .is_some_and(|it| it.number == snapshot.number && it.threshold <= query.threshold);
        let stage = if known {
            Stage::Pick
        } else {
            Stage::Count { counting: Counting::new(&engine.table) }
        };
        InsightsWork { query, snapshot, stage, select: None }
    }

    fn detect(&mut self, engine: &mut Engine) -> Step<()> {
        let rows = self.snapshot.rows;
        let Engine { table, counted, insight_records, detected, .. } = engine;
        let chunks = mask::chunks(rows);
        let least = self.query.threshold.min(LEAST);
        match std::mem::replace(&mut self.stage, Stage::Pick) {
            Stage::Count { counting } => {
                if counted.add(table, &counting, rows) {
                    self.stage = Stage::Count { counting };
                    let done = 1000 * u64::from(counted.rows) / u64::from(rows.max(1));
                    return Step::More { done, of: 3000 };
                }
                let making = Making::new(engine, &self.snapshot);
                self.stage = Stage::Cover { making };
                Step::More { done: 1, of: 3 }
            },
            Stage::Cover { mut making } => {
                if let Some(made) = making.step(engine, STEP_CHUNKS) {
                    let counts = engine.counted.settled(&engine.table);
                    let detector = Detector::new(counts, &made.1, least);
                    self.stage = Stage::Detect { detector };
                } else {
                    self.stage = Stage::Cover { making };
                }
                Step::More { done: 1, of: 3 }
            },
            Stage::Detect { mut detector } => {
                if detector.step(STEP_MINUTES) {
                    let done = 1000 + (detector.progress() * 1000.0) as u64;
                    self.stage = Stage::Detect { detector };
                    return Step::More { done, of: 3000 };
                }
                let contents = Contents::new(table, counted, detector.windows());
                self.stage = Stage::LookInto { detector, contents, chunk: 0 };
                Step::More { done: 2, of: 3 }
            },
            Stage::LookInto { detector, mut contents, chunk } if chunk < chunks => {
                contents.add(table, counted, chunk, mask::rows_in(rows, chunk));
                self.stage = Stage::LookInto { detector, contents, chunk: chunk + 1 };
                Step::More { done: (2 * chunks + chunk) as u64, of: 3 * chunks as u64 }
            },
            Stage::LookInto { detector, contents, .. } => {
                let (tested, mut incidents) = detector.finish(contents.finish(table, counted));
                let mut recorded = pair(insight_records.iter().map(String::as_str));
                compare(&mut incidents, &mut recorded);
                *detected = Some(Detected {
                    number: self.snapshot.number,
                    threshold: least,
                    found: Rc::new(InsightsReport {
                        tested,
                        incidents: incidents.into_iter().map(Arc::new).collect(),
                        recorded,
                    }),
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
            // The data moved on in between: begin again.
            *self = InsightsWork::new(engine, self.query.clone());
            return Ok(Step::More { done: 0, of: 3 });
        };
        let all = self.query.selection == Selection::default();
        let mask = if all {
            None
        } else {
            let selection = &self.query.selection;
            let select = self.select.get_or_insert_with(|| Select::new(engine, selection));
            match select.step(engine) {
                Some(mask) => Some(mask),
                None => return Ok(select.more(1)),
            }
        };
        let picked = found.incidents.iter().filter(|it| {
            let loud = it.e >= self.query.threshold;
            loud && mask.as_ref().is_none_or(|mask| has_event(engine, &self.snapshot, mask, it))
        });
        Ok(Step::Done(InsightsReport {
            tested: found.tested.clone(),
            incidents: picked.cloned().collect(),
            recorded: found.recorded.clone(),
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
                    // The outcome stands in where a failed call has no code.
                    && (is(row, Field::ErrorCode, &insight.key.error_code)
                        || is(row, Field::Outcome, &insight.key.error_code))
            })
        })
}
