//! Measures the detector on a synthetic organisation: what it finds of what was put in, and how
//! often it cries wolf, beside four rivals. `make bench-insights`, or `cargo bench --bench insights
//! -- development` for the seeds on which constants may be chosen.
//!
//! Generator (`organisation`), injector (`inject`), rivals, scoring and seeds were committed before
//! the detector was tuned, and are not to be changed with it.

#![expect(clippy::print_stdout, reason = "that is what a benchmark is for")]

mod dice;
mod inject;
mod log;
mod organisation;
mod rivals;
mod score;
mod seeds;

use inject::History;
use organisation::organisation;
use rivals::{Rival, WINDOW};
use score::{Callers, Detection, Scores, Spread, is_large, is_large_with};

fn main() {
    let development = std::env::args().any(|it| it == "development");
    let seeds: &[u64] = if development { &seeds::DEVELOPMENT } else { &seeds::HELD_OUT };
    println!("{} seeds: {seeds:?}", if development { "development" } else { "held-out" });
    planted(seeds);
    hardness(seeds);
}

/// How much of each kind is put in and taken out.
fn planted(seeds: &[u64]) {
    for seed in seeds {
        let (log, jobs) = organisation(*seed);
        let mixed = inject::mixed_bursts(&mut log.clone(), *seed);
        let rises = inject::rises(&mut log.clone(), *seed);
        let (missed, hole) = inject::missed(&mut log.clone(), &jobs, *seed);
        println!(
            "seed {seed}: {} bursts of many APIs, {} of 20 to 39 calls; {} rises, {} of 5 errors or \
             more; {} jobs miss beats, {} of them 3 or more; nothing from minute {} to {}",
            mixed.len(),
            mixed.iter().filter(|it| (20..40).contains(&it.calls)).count(),
            rises.len(),
            rises.iter().filter(|it| it.errors >= 5).count(),
            missed.len(),
            missed.iter().filter(|it| it.beats >= 3).count(),
            hole.0,
            hole.1,
        );
    }
}

/// What the log is like, and how the rivals fare: the benchmark must not be easier than it was.
fn hardness(seeds: &[u64]) {
    let mut rows: Vec<[Spread; 8]> = vec![Default::default(); Rival::ALL.len()];
    for seed in seeds {
        let (mut log, _) = organisation(*seed);
        println!(
            "seed {seed}: {} calls, {} cells, {} APIs, {} principals",
            log.calls(),
            log.cells.len(),
            log.by_api().len(),
            log.principals.len()
        );
        let planted = inject::bursts(&mut log, *seed);
        let callers = Callers::of(&log);
        let series = log.by_api();
        for (rival, row) in Rival::ALL.into_iter().zip(&mut rows) {
            let mut detections = Vec::new();
            for (api, minutes) in &series {
                for (start, score) in rival.scores(minutes) {
                    let end = start + WINDOW;
                    // What is below any budget need not be looked at.
                    if score < rival.threshold() / 2.0 {
                        continue;
                    }
                    let principal = callers.most(*api, start, end);
                    detections.push(Detection { api: Some(*api), principal, start, end, score });
                }
            }
            let scores = Scores::of(&planted, &detections);
            let usual = rival.threshold();
            let one = scores.threshold(1.0);
            let figures = [
                scores.false_a_day(usual),
                scores.recall(&planted, usual, |_| true),
                scores.recall(&planted, usual, is_large),
                scores.precision(usual),
                scores.recall(&planted, scores.threshold(0.25), is_large),
                scores.recall(&planted, one, is_large),
                scores.recall(&planted, scores.threshold(3.0), is_large),
                scores.recall(&planted, one, |it| is_large_with(it, History::Established)),
            ];
            for (spread, figure) in row.iter_mut().zip(figures) {
                spread.add(figure);
            }
        }
    }
    println!(
        "| method | false/day | recall | >= 3x | precision | .25/day | 1/day | 3/day | est. |"
    );
    for (rival, row) in Rival::ALL.into_iter().zip(&rows) {
        let cells: Vec<String> = row.iter().map(|it| it.show(2)).collect();
        println!("| {} | {} |", rival.name(), cells.join(" | "));
    }
}
