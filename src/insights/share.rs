//! Whether calls fail more often than they do: errors given the calls around them.
//!
//! The share of errors of an API is drawn anew in each window around the share of the rest of the
//! log; how far it strays is learnt from the series and pooled. So errors that merely follow more
//! calls are no surprise.

use super::{coverage::Coverage, scale::Scale, season::Season, tail};

/// Fewer errors in a window are not looked at, nor a share that is hardly above the usual.
const SUPPORT: f64 = 3.0;
pub(super) const WORTH_RATIO: f64 = 1.3;
/// An API needs so many calls to tell the pool something.
const KNOWN_CALLS: f64 = 50.0;
/// How alike the calls of a window are, where a series cannot tell.
const USUAL_LIKENESS: f64 = 0.06;
const LIKENESS_WEIGHT: f64 = 10.0;
const MOST_WINDOWS: f64 = 200.0;
/// The lengths of windows, in minutes.
pub(super) const LENGTHS: [i64; 2] = [5, 60];

/// The share of errors that is usual over all APIs, and how many calls that is worth.
#[derive(Clone, Copy, Debug)]
pub(super) struct Usual {
    share: f64,
    weight: f64,
}

impl Usual {
    /// From errors and calls of each API.
    pub(super) fn of(apis: impl Iterator<Item = (f64, f64)>) -> Usual {
        let shares: Vec<f64> =
            apis.filter(|it| it.1 >= KNOWN_CALLS).map(|(errors, calls)| errors / calls).collect();
        if shares.len() < 5 {
            return Usual { share: 0.02, weight: 2.0 };
        }
        let n = shares.len() as f64;
        let share = (shares.iter().sum::<f64>() / n).clamp(1e-4, 0.5);
        let variance = shares.iter().map(|it| (it - share).powi(2)).sum::<f64>() / n;
        let weight = (share * (1.0 - share) / variance.max(1e-9) - 1.0).clamp(0.5, 20.0);
        Usual { share, weight }
    }

    /// The share of errors to expect of who was seen to fail so often.
    pub(super) fn of_who_fails(self, errors: f64, calls: f64) -> f64 {
        (errors + self.weight * self.share) / (calls + self.weight)
    }
}

/// A window with more errors than its calls lead to expect.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rise {
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) e: f64,
    pub(super) errors: u64,
    pub(super) calls: u64,
    pub(super) expected_share: f64,
}

/// One window: errors, calls, first minute.
struct Cell {
    start: i64,
    errors: f64,
    calls: f64,
}

/// How surprising the share of errors is in each window that has enough, with `e` of at least
/// `least`. Both series are ascending; the calls hold the errors.
pub(super) fn rises(
    errors: &[(i64, u32)],
    calls: &[(i64, u32)],
    coverage: &Coverage,
    usual: Usual,
    least: f64,
) -> Vec<Rise> {
    let mut found = Vec::new();
    for length in LENGTHS {
        let calls = Scale::new(calls, length, coverage, &Season::NONE);
        let errors = Scale::new(errors, length, coverage, &Season::NONE);
        let mut failed = errors.windows.iter().peekable();
        let cells: Vec<Cell> = calls
            .windows
            .iter()
            .map(|it| {
                while failed.next_if(|other| other.start < it.start).is_some() {}
                let here = failed.next_if(|other| other.start == it.start);
                Cell { start: it.start, errors: here.map_or(0.0, |it| it.count), calls: it.count }
            })
            .collect();
        look(&cells, length, calls.guard, usual, least, &mut found);
    }
    found.sort_unstable_by_key(|it| (it.start, it.end));
    found
}

fn look(cells: &[Cell], length: i64, guard: i64, usual: Usual, least: f64, found: &mut Vec<Rise>) {
    let windows = cells.len() as f64;
    let all = Sums::of(cells);
    let price = windows.max(1.0).log10() + (LENGTHS.len() as f64).log10();
    for cell in cells {
        if cell.errors < SUPPORT {
            continue;
        }
        let first = cells.partition_point(|it| it.start < cell.start - guard);
        let past = cells.partition_point(|it| it.start <= cell.start + guard);
        let rest = all.without(&Sums::of(&cells[first..past]));
        let Sums { errors, calls, .. } = rest;
        let share = usual.of_who_fails(errors, calls);
        if cell.errors / cell.calls <= WORTH_RATIO * share {
            continue;
        }
        let likeness = rest.likeness();
        let weight = (calls + usual.weight).min(1.0 / likeness - 1.0);
        let surprise = tail::beta_binomial(
            cell.errors as u64,
            cell.calls as u64,
            share * weight,
            (1.0 - share) * weight,
        );
        let e = surprise - price;
        if e >= least {
            found.push(Rise {
                start: cell.start,
                end: cell.start + length,
                e,
                errors: cell.errors as u64,
                calls: cell.calls as u64,
                expected_share: share,
            });
        }
    }
}

/// Sums over windows, from which the spread of their shares is known.
#[derive(Clone, Copy, Default)]
struct Sums {
    windows: f64,
    errors: f64,
    calls: f64,
    error_squares: f64,
    call_squares: f64,
    products: f64,
}

impl Sums {
    fn of(cells: &[Cell]) -> Sums {
        let mut sums = Sums::default();
        for it in cells {
            sums.windows += 1.0;
            sums.errors += it.errors;
            sums.calls += it.calls;
            sums.error_squares += it.errors * it.errors;
            sums.call_squares += it.calls * it.calls;
            sums.products += it.errors * it.calls;
        }
        sums
    }

    fn without(&self, other: &Sums) -> Sums {
        Sums {
            windows: self.windows - other.windows,
            errors: self.errors - other.errors,
            calls: self.calls - other.calls,
            error_squares: self.error_squares - other.error_squares,
            call_squares: self.call_squares - other.call_squares,
            products: self.products - other.products,
        }
    }

    /// How alike the calls of one window are: 0 if each fails by itself, 1 if all do or none.
    fn likeness(&self) -> f64 {
        let share = self.errors / self.calls.max(1.0);
        let spread =
            self.error_squares - 2.0 * share * self.products + share * share * self.call_squares;
        let expected = self.calls * share * (1.0 - share);
        let size = if self.calls > 0.0 { self.call_squares / self.calls } else { 0.0 };
        let own = if expected > 0.0 && size > 1.0 {
            ((spread / expected - 1.0) / (size - 1.0)).clamp(1e-4, 0.9)
        } else {
            USUAL_LIKENESS
        };
        let weight = self.windows.clamp(0.0, MOST_WINDOWS);
        let ln = (weight * own.ln() + LIKENESS_WEIGHT * USUAL_LIKENESS.ln())
            / (weight + LIKENESS_WEIGHT);
        ln.exp()
    }
}
