//! Four textbook detectors, each over windows of 5 minutes of one series, with the same floor of
//! three calls as ours.

use trailglass::insights::tail;

use super::log::{DAY, MINUTES, Minutes};

/// Minutes of a window.
pub const WINDOW: u32 = 5;
const WINDOWS: usize = (MINUTES / WINDOW) as usize;
const WEEK: usize = (7 * DAY / WINDOW) as usize;
const FLOOR: u32 = 3;
/// Windows of an hour.
const HOUR: usize = 12;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rival {
    /// As AWS describes it: mean and standard deviation of the 7 days before.
    Mean,
    /// Iglewicz and Hoaglin: median and median absolute deviation of the whole series.
    Mad,
    /// The predictive distribution of a Poisson count with a Jeffreys prior, of the 7 days before.
    GammaPoisson,
    /// Quasi-Poisson of all before, past outbreaks weighted down, tail of the negative binomial.
    Farrington,
}

impl Rival {
    pub const ALL: [Rival; 4] = [Rival::Mean, Rival::Mad, Rival::GammaPoisson, Rival::Farrington];

    pub fn name(self) -> &'static str {
        match self {
            Rival::Mean => "7-day mean + 3 sd, as AWS describes it",
            Rival::Mad => "MAD, modified z >= 3.5",
            Rival::GammaPoisson => "Gamma-Poisson, p < 1e-6",
            Rival::Farrington => "Farrington, p < 1e-6",
        }
    }

    /// The score from which on it alarms, where nobody tunes it.
    pub fn threshold(self) -> f64 {
        match self {
            Rival::Mean => 3.0,
            Rival::Mad => 3.5,
            Rival::GammaPoisson | Rival::Farrington => 6.0,
        }
    }

    /// First minute and score of every window with at least three calls.
    pub fn scores(self, minutes: &Minutes) -> Vec<(u32, f64)> {
        let windows = windows(minutes);
        let score: Box<dyn Fn(usize, u32) -> f64> = match self {
            Rival::Mean => mean(&windows),
            Rival::Mad => mad(&windows),
            Rival::GammaPoisson => gamma_poisson(&windows),
            Rival::Farrington => farrington(&windows),
        };
        windows
            .iter()
            .filter(|it| it.1 >= FLOOR)
            .map(|(at, count)| (*at as u32 * WINDOW, score(*at, *count)))
            .collect()
    }
}

/// Windows with calls, ascending.
fn windows(minutes: &Minutes) -> Vec<(usize, u32)> {
    let mut windows: Vec<(usize, u32)> = Vec::new();
    for (minute, calls) in minutes {
        let at = (minute / WINDOW) as usize;
        match windows.last_mut() {
            Some(last) if last.0 == at => last.1 += calls,
            _ => windows.push((at, *calls)),
        }
    }
    windows
}

/// Sums of count and of squared count over the windows from `from` to before `to`.
fn sums(windows: &[(usize, u32)]) -> impl Fn(usize, usize) -> (f64, f64) + use<> {
    let at: Vec<usize> = windows.iter().map(|it| it.0).collect();
    let mut before = vec![(0.0, 0.0)];
    for (_, count) in windows {
        let (sum, squares) = before[before.len() - 1];
        let count = f64::from(*count);
        before.push((sum + count, squares + count * count));
    }
    move |from, to| {
        let (low, high) = (at.partition_point(|it| *it < from), at.partition_point(|it| *it < to));
        (before[high].0 - before[low].0, before[high].1 - before[low].1)
    }
}

fn mean(windows: &[(usize, u32)]) -> Box<dyn Fn(usize, u32) -> f64> {
    let sums = sums(windows);
    Box::new(move |at, count| {
        let from = at.saturating_sub(WEEK);
        let n = (at - from).max(1) as f64;
        let (sum, squares) = sums(from, at);
        let mean = sum / n;
        let deviation = (squares / n - mean * mean).max(0.0).sqrt();
        (f64::from(count) - mean) / deviation.max(1e-6)
    })
}

fn mad(windows: &[(usize, u32)]) -> Box<dyn Fn(usize, u32) -> f64> {
    let mut counts = vec![0.0; WINDOWS];
    for (at, count) in windows {
        counts[*at] = f64::from(*count);
    }
    let median = |values: &mut Vec<f64>| {
        values.sort_unstable_by(f64::total_cmp);
        values[values.len() / 2]
    };
    let middle = median(&mut counts.clone());
    let mut far: Vec<f64> = counts.iter().map(|it| (it - middle).abs()).collect();
    let average = far.iter().sum::<f64>() / far.len() as f64;
    let mad = median(&mut far);
    // Where more than half are equal, they propose the mean absolute deviation.
    let scale = if mad > 0.0 { mad / 0.6745 } else { 1.253_314 * average };
    Box::new(move |_, count| (f64::from(count) - middle) / scale.max(1e-6))
}

fn gamma_poisson(windows: &[(usize, u32)]) -> Box<dyn Fn(usize, u32) -> f64> {
    let sums = sums(windows);
    Box::new(move |at, count| {
        let from = at.saturating_sub(WEEK);
        let n = (at - from).max(1) as f64;
        let (sum, _) = sums(from, at);
        // Negative binomial of size sum + 1/2 and probability n / (n + 1).
        tail::count(u64::from(count), (sum + 0.5) / n, 1.0 + 1.0 / n)
    })
}

fn farrington(windows: &[(usize, u32)]) -> Box<dyn Fn(usize, u32) -> f64> {
    let plain = sums(windows);
    // Anscombe residuals of the whole series; past outbreaks count less, unless they are many.
    let n = WINDOWS as f64;
    let (sum, squares) = plain(0, WINDOWS);
    let mean = (sum / n).max(1e-9);
    let dispersion = ((squares - sum * sum / n) / (n - 1.0) / mean).max(1.0);
    let residual = |count: f64| {
        1.5 * (count.powf(2.0 / 3.0) - mean.powf(2.0 / 3.0))
            / (mean.powf(1.0 / 6.0) * dispersion.sqrt())
    };
    let far: Vec<usize> =
        windows.iter().filter(|it| residual(f64::from(it.1)) > 2.58).map(|it| it.0).collect();
    let episodes = 1 + far.windows(2).filter(|pair| pair[1] - pair[0] > 6).count();
    let weighted: Vec<(usize, u32)> = if episodes <= 3 {
        windows.iter().filter(|it| !far.contains(&it.0)).copied().collect()
    } else {
        windows.to_vec()
    };
    let sums = sums(&weighted);
    Box::new(move |at, count| {
        let to = at.saturating_sub(HOUR);
        if to < HOUR {
            return 0.0;
        }
        let n = to as f64;
        let (sum, squares) = sums(0, to);
        let mean = sum / n;
        let variance = (squares - sum * mean) / (n - 1.0);
        let dispersion = if mean > 0.0 { (variance / mean).max(1.0) } else { 1.0 };
        tail::count(u64::from(count), mean.max(0.5 / n), dispersion)
    })
}
