//! The engine's questions, natively, on the sample organisation: `cargo bench --features engine`.
//! Also the same count of values by a plain loop over codes, as the engine does it, and by a
//! Polars group-by, as it could. Prints milliseconds; asserts nothing.

#![expect(clippy::print_stdout, reason = "that is what a benchmark is for")]
#![expect(clippy::unwrap_used, reason = "a benchmark may stop here")]
#![expect(clippy::disallowed_methods, reason = "this runs on no browser")]

use std::time::Instant;

use polars::prelude::*;
use trailglass::{
    engine::{Engine, GroupWork, InsightsWork, LookWork, Step, Work},
    model::{
        field::{FACETS, Field},
        filter::Filter,
        insight::InsightsQuery,
        limits::Limits,
        question::{FileId, GroupQuery, HistogramShape, LookQuery, PageShape, Selection},
    },
    reader::{Input, Reader},
    sample::{Plan, files},
};

fn main() {
    let events = std::env::var("EVENTS").ok().and_then(|it| it.parse().ok()).unwrap_or(500_000);
    let mut engine = Engine::default();
    let mut reader = Reader::new(Limits::default());
    let (mut json, mut read, mut merge) = (0, 0.0, 0.0);
    let plan = Plan { events, per_file: 1000, ..Plan::default() };
    for (number, group) in files(&plan).collect::<Vec<_>>().chunks(8).enumerate() {
        let first = FileId(number as u32 * 8);
        engine.announce(first, group.iter().map(|it| it.path.clone()).collect());
        json += group.iter().map(|it| it.json.len()).sum::<usize>();
        let (batch, millis) = timed(|| {
            for (at, file) in (first.0..).zip(group) {
                reader.read(Input { file: FileId(at), path: &file.path, bytes: &file.json });
            }
            reader.finish()
        });
        read += millis;
        merge += timed(|| engine.take(&batch)).1;
    }
    let settle = timed(|| engine.settle()).1;
    let rows = engine.snapshot().rows;
    println!("{rows} events, {} MB of JSON", json >> 20);
    println!("read {read:.0} ms, merge {merge:.0} ms, settle {settle:.0} ms");

    for filter in
        ["", "service:s3", "eventName:Get* -outcome:success", "lambda", "10.0. OR principal:*ci*"]
    {
        let question = look(filter);
        let work = LookWork::new(&engine, question);
        println!("look {filter:?}: {:.1} ms", timed(|| answer(&mut engine, work)).1);
    }
    for by in [vec![Field::EventName], vec![Field::Principal, Field::SourceIpAddress]] {
        let name = by.iter().map(|it| it.name()).collect::<Vec<_>>().join(" × ");
        let query = GroupQuery {
            selection: Selection::default(),
            by,
            sort: Vec::new(),
            offset: 0,
            limit: 100,
        };
        let work = GroupWork::new(&engine, query);
        println!("group by {name}: {:.1} ms", timed(|| answer(&mut engine, work)).1);
    }
    let query = InsightsQuery { selection: Selection::default(), threshold: 0.5, generation: 0 };
    let work = InsightsWork::new(&engine, query);
    println!("insights: {:.1} ms", timed(|| answer(&mut engine, work)).1);
    loop_and_group_by(rows as usize);
}

/// Counting 200 values of one column both ways.
fn loop_and_group_by(rows: usize) {
    let codes: Vec<u32> = (0..rows as u32).map(|it| it.wrapping_mul(2_654_435_761) % 200).collect();
    let small: Vec<u8> = codes.iter().map(|it| *it as u8).collect();
    let (_, by_loop) = timed(|| {
        let mut counts = vec![0_u32; 200];
        small.iter().for_each(|it| counts[usize::from(*it)] += 1);
        std::hint::black_box(counts)
    });
    let frame = DataFrame::new(vec![Column::new("code".into(), codes)]).unwrap();
    let (_, by_polars) = timed(|| {
        frame.clone().lazy().group_by([col("code")]).agg([len().alias("n")]).collect().unwrap()
    });
    println!(
        "value counts: loop {by_loop:.2} ms, Polars {by_polars:.2} ms, ratio {:.0}",
        by_polars / by_loop
    );
}

fn look(filter: &str) -> LookQuery {
    LookQuery {
        selection: Selection { filter: Filter::parse(filter).unwrap(), range: None },
        histogram: HistogramShape { buckets: 120, split: Some(Field::Outcome), span: None },
        facets: FACETS.iter().take(12).map(|it| (*it, 10)).collect(),
        page: PageShape::default(),
        generation: 0,
    }
}

fn answer<W: Work>(engine: &mut Engine, mut work: W) -> W::Answer {
    loop {
        if let Step::Done(answer) = work.step(engine).unwrap() {
            return answer;
        }
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed().as_secs_f64() * 1000.0)
}
