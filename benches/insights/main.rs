//! Measures the detector on a synthetic organisation: what it finds of what was put in, and how
//! often it cries wolf, beside four rivals. `make bench-insights`, or with `SEEDS=development` for
//! the seeds on which constants may be chosen.
//!
//! Generator (`organisation`), injector (`inject`), rivals, scoring and seeds were committed before
//! the detector was tuned, and are not to be changed with it. `ours` and `report` came later.

#![expect(clippy::print_stdout, reason = "that is what a benchmark is for")]
#![expect(unreachable_pub, reason = "its modules are its own")]
#![expect(dead_code, reason = "what is put in is noted in full, also what no table shows")]

mod dice;
mod inject;
mod log;
mod organisation;
mod ours;
mod report;
mod rivals;
mod score;
mod seeds;

fn main() {
    let development = std::env::args().any(|it| it == "development");
    let seeds: &[u64] = if development { &seeds::DEVELOPMENT } else { &seeds::HELD_OUT };
    let few = std::env::args().find_map(|it| it.strip_prefix("first=")?.parse().ok());
    let seeds = &seeds[..few.unwrap_or(seeds.len()).min(seeds.len())];
    println!("{} seeds: {seeds:?}", if development { "development" } else { "held-out" });
    report::report(seeds);
}
