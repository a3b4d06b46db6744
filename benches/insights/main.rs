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
mod ours;
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
    if std::env::args().any(|it| it == "quick") {
        quick(seeds);
        return;
    }
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

fn quick(seeds: &[u64]) {
    use score::Planted;
    use trailglass::model::insight::{InsightKind as K, Level as L};
    let mut rows: std::collections::BTreeMap<String, Spread> = Default::default();
    let mut add = |n: &str, v: f64| rows.entry(n.to_owned()).or_default().add(v);
    let show = std::env::var("SHOW").unwrap_or_default();
    let n: usize = std::env::var("N").ok().and_then(|v| v.parse().ok()).unwrap_or(4);
    for seed in &seeds[..n] {
        // bursts
        let (clean, jobs) = organisation(*seed);
        let mut log = clean.clone();
        let planted = inject::bursts(&mut log, *seed);
        #[allow(clippy::disallowed_methods)]
        let t = std::time::Instant::now();
        let found = ours::find(&log, 0.4);
        add("t0 seconds", t.elapsed().as_secs_f64());
        let pick = |f: &dyn Fn(&ours::Finding) -> bool| {
            found.findings.iter().filter(|x| f(x)).map(|x| x.detection).collect::<Vec<_>>()
        };
        for (name, d) in [
            ("a api", pick(&|x| x.level == L::Api && x.kind == K::CallRate)),
            ("b psvc", pick(&|x| x.level == L::PrincipalService && x.kind == K::CallRate)),
            ("c papi", pick(&|x| x.level == L::PrincipalApi && x.kind == K::CallRate)),
            ("d calls", pick(&|x| x.kind == K::CallRate)),
            ("e errors", pick(&|x| x.kind == K::ErrorRate)),
            ("f gaps", pick(&|x| x.kind == K::Gap)),
            ("g silence", pick(&|x| x.kind == K::Silence)),
            ("h new", pick(&|x| x.kind == K::FirstSeen)),
            ("i all", pick(&|_| true)),
        ] {
            let s = Scores::of(&planted, &d);
            for th in [0.0, 0.5, 1.0] {
                add(&format!("{name} f/d@{th}"), s.false_a_day(th));
                add(&format!("{name} R3@{th}"), s.recall(&planted, th, is_large));
            }
            add(&format!("{name} R3@1/d"), s.recall(&planted, s.threshold(1.0), is_large));
        }
        if show == "a" && *seed == 1 {
            for f in &found.findings {
                if f.detection.score >= 0.5
                    && f.detection.start >= 10080
                    && !planted.iter().any(|p| p.is_found(&f.detection))
                {
                    println!(
                        "{:.2} {:?} {:?} {} {:?} {}+{}",
                        f.detection.score,
                        f.level,
                        f.kind,
                        log.principals[f.detection.principal as usize],
                        f.detection.api.map(|a| &log.apis[a as usize]),
                        f.detection.start,
                        f.detection.end - f.detection.start
                    );
                }
            }
        }
        // mixed
        let mut log = clean.clone();
        let planted = inject::mixed_bursts(&mut log, *seed);
        let found = ours::find(&log, 0.4);
        let pick = |f: &dyn Fn(&ours::Finding) -> bool| {
            found.findings.iter().filter(|x| f(x)).map(|x| x.detection).collect::<Vec<_>>()
        };
        for (name, d) in [
            ("m api", pick(&|x| x.level == L::Api && x.kind == K::CallRate)),
            ("m psvc", pick(&|x| x.level == L::PrincipalService && x.kind == K::CallRate)),
            ("m all", pick(&|_| true)),
        ] {
            let s = Scores::of(&planted, &d);
            for th in [0.0, 0.5, 1.0] {
                add(&format!("{name} f/d@{th}"), s.false_a_day(th));
                add(
                    &format!("{name} R20@{th}"),
                    s.recall(&planted, th, |b| (20..40).contains(&b.calls)),
                );
                add(&format!("{name} R0@{th}"), s.recall(&planted, th, |b| b.calls < 20));
                add(&format!("{name} R40@{th}"), s.recall(&planted, th, |b| b.calls >= 40));
            }
            let t = s.threshold(1.5);
            add(
                &format!("{name} R20@1.5/d"),
                s.recall(&planted, t, |b| (20..40).contains(&b.calls)),
            );
        }
        if std::env::var("SHORT").is_ok() {
            continue;
        }
        // rises
        let mut log = clean.clone();
        let planted = inject::rises(&mut log, *seed);
        let found = ours::find(&log, 0.4);
        let d: Vec<_> = found
            .findings
            .iter()
            .filter(|x| x.kind == K::ErrorRate && x.level == L::ApiError)
            .map(|x| x.detection)
            .collect();
        let s = Scores::of(&planted, &d);
        for th in [0.0, 0.3, 0.5, 1.0] {
            add(&format!("r f/d@{th}"), s.false_a_day(th));
            add(&format!("r R5@{th}"), s.recall(&planted, th, |b| b.errors >= 5));
            add(&format!("r P@{th}"), s.precision(th));
        }
        let d: Vec<_> =
            found.findings.iter().filter(|x| x.kind == K::ErrorRate).map(|x| x.detection).collect();
        let s = Scores::of(&planted, &d);
        for th in [0.5] {
            add(&format!("r all f/d@{th}"), s.false_a_day(th));
            add(&format!("r all P@{th}"), s.precision(th));
        }
        if show == "r" && *seed <= 2 {
            for f in &found.findings {
                if f.kind == K::ErrorRate && f.detection.score >= 0.5 {
                    println!(
                        "{} {:.2} {:?} {} {:?} {}+{}",
                        planted.iter().any(|p| p.is_found(&f.detection)),
                        f.detection.score,
                        f.level,
                        log.principals[f.detection.principal as usize],
                        f.detection.api.map(|a| &log.apis[a as usize]),
                        f.detection.start,
                        f.detection.end - f.detection.start
                    );
                }
            }
            for (p, f) in planted.iter().zip(&s.found) {
                if p.errors >= 5 {
                    println!("rise {} errors share {} {:?}", p.errors, p.share, f);
                }
            }
        }
        // gaps
        let mut log = clean.clone();
        let (planted, hole) = inject::missed(&mut log, &jobs, *seed);
        let found = ours::find(&log, 0.4);
        let d: Vec<_> =
            found.findings.iter().filter(|x| x.kind == K::Gap).map(|x| x.detection).collect();
        let s = Scores::of(&planted, &d);
        for th in [0.0, 0.5, 1.0] {
            add(&format!("u f/d@{th}"), s.false_a_day(th));
            for (n, lo, hi) in [("1", 1, 1), ("2", 2, 2), ("3+", 3, 10)] {
                add(
                    &format!("u R{n}@{th}"),
                    s.recall(&planted, th, |b| (lo..=hi).contains(&b.beats)),
                );
            }
        }
        add(
            "u in hole",
            found
                .findings
                .iter()
                .filter(|x| {
                    matches!(x.kind, K::Gap | K::Silence)
                        && x.detection.start >= hole.0
                        && x.detection.end <= hole.1
                })
                .count() as f64,
        );
        if show == "u" && *seed <= 3 {
            for f in &found.findings {
                if f.kind == K::Gap && f.detection.score >= 0.5 {
                    println!(
                        "{} {:.2} {} {}+{}",
                        planted.iter().any(|p| p.is_found(&f.detection)),
                        f.detection.score,
                        log.principals[f.detection.principal as usize],
                        f.detection.start,
                        f.detection.end - f.detection.start
                    );
                }
            }
            for (p, f) in planted.iter().zip(&s.found) {
                println!(
                    "missed {} {} {} {:?}",
                    log.principals[p.principal as usize],
                    p.beats,
                    p.end - p.start,
                    f
                );
            }
        }
    }
    for (n, s) in &rows {
        println!("{n:16} {}", s.show(3));
    }
}
