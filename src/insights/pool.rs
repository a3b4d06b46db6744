//! What the series of a level have in common: a series that is too short to know itself is taken
//! to be like the others.

use super::{
    extreme::Extremes,
    scale::{Scale, Sums},
    tail,
};

/// A series with fewer episodes than this does not know itself.
const KNOWN_EPISODES: f64 = 10.0;
/// With fewer series than this the pool does not know either, and these are assumed.
const FEWEST_SERIES: usize = 5;
const USUAL_DISPERSION: (f64, f64) = (1.386_294, 0.7);
const USUAL_SIZE: (f64, f64) = (0.7, 0.5);
const USUAL_HEAVINESS: f64 = 0.5;
/// How many of its largest events a series must show to be worth as much as the pool.
const HEAVINESS_WEIGHT: f64 = 100.0;
/// Which of the heavinesses is taken for all.
const HEAVINESS_QUANTILE: f64 = 0.6;
/// How many events the usual record is worth beside those of a series.
const RECORD_WEIGHT: f64 = 0.5;
/// No tail is lighter than this.
const LIGHTEST: f64 = 0.02;
/// How many episodes the pool is worth beside those of the series.
const POOL_WEIGHT: f64 = 5.0;
/// The pool's dispersion is taken from above its middle.
const POOL_DEVIATIONS: f64 = 0.7;
/// Weights of the pool in the mean and in the variance of sizes.
const SIZE_WEIGHT: f64 = 0.5;
const SIZE_FREEDOM: f64 = 4.0;
/// Where at least half of the windows are active, one in so many is independent of the others.
const DEPENDENT: f64 = 6.0;

/// What the series of one level have in common at one length of windows.
#[derive(Clone, Debug, Default)]
pub(super) struct Pool {
    ln_dispersions: Vec<f64>,
    mean_sizes: Vec<f64>,
    size_variances: Vec<f64>,
    heavinesses: Vec<f64>,
    fit: Fit,
}

#[derive(Clone, Copy, Debug)]
struct Fit {
    /// Mean and standard deviation of the logarithms of the dispersions.
    dispersion: (f64, f64),
    /// Mean of the mean logarithms of sizes, and a high one of their variances.
    size: (f64, f64),
    /// A high heaviness of tails.
    heaviness: f64,
}

impl Default for Fit {
    fn default() -> Fit {
        Fit { dispersion: USUAL_DISPERSION, size: USUAL_SIZE, heaviness: USUAL_HEAVINESS }
    }
}

impl Pool {
    /// Learns from a series.
    pub(super) fn add(&mut self, scale: &Scale<'_>) {
        let sums = scale.all();
        if sums.episodes < KNOWN_EPISODES {
            return;
        }
        let mean = sums.logs / sums.active;
        let nothing = (i64::MIN, i64::MIN);
        self.heavinesses.push(Extremes::of(scale).heaviness(nothing).0);
        self.ln_dispersions.push(sums.dispersion().ln());
        self.mean_sizes.push(mean);
        self.size_variances.push((sums.log_squares / sums.active - mean * mean).max(0.0));
    }

    /// To be called when all series were added.
    pub(super) fn fit(&mut self) {
        if self.ln_dispersions.len() < FEWEST_SERIES {
            return;
        }
        let n = self.ln_dispersions.len() as f64;
        let mean = self.ln_dispersions.iter().sum::<f64>() / n;
        let squares: f64 = self.ln_dispersions.iter().map(|it| (it - mean).powi(2)).sum();
        let at = self.size_variances.len() * 3 / 4;
        let heavy = (self.heavinesses.len() as f64 * HEAVINESS_QUANTILE) as usize;
        let (_, high, _) = self.size_variances.select_nth_unstable_by(at, f64::total_cmp);
        let (_, heaviness, _) = self.heavinesses.select_nth_unstable_by(heavy, f64::total_cmp);
        self.fit = Fit {
            dispersion: (mean, (squares / n).sqrt()),
            size: (self.mean_sizes.iter().sum::<f64>() / n, high.max(0.05)),
            heaviness: heaviness.max(0.05),
        };
    }

    /// The dispersion of a series: its own as far as it has episodes, else that of the pool.
    pub(super) fn dispersion(&self, own: &Sums) -> f64 {
        let (mean, deviation) = self.fit.dispersion;
        let common = mean + POOL_DEVIATIONS * deviation;
        let episodes = own.episodes;
        let ln =
            (episodes * own.dispersion().ln() + POOL_WEIGHT * common) / (episodes + POOL_WEIGHT);
        ln.exp()
    }

    /// The heaviness of a series' tail, from its own and how many events that is from.
    pub(super) fn heaviness(&self, (own, events): (f64, f64)) -> f64 {
        let sum = own * events + self.fit.heaviness * HEAVINESS_WEIGHT;
        (sum / (events + HEAVINESS_WEIGHT)).max(LIGHTEST)
    }

    /// The record that a series is taken to have: its own, raised to what is usual as long as it
    /// was active hardly ever.
    pub(super) fn record(&self, own: f64, episodes: f64) -> f64 {
        let (mean, variance) = self.fit.size;
        let usual = (mean + variance.sqrt()).exp();
        let ln = (episodes * (own + 0.5).ln() + RECORD_WEIGHT * (usual + 0.5).ln())
            / (episodes + RECORD_WEIGHT);
        own.max(ln.exp() - 0.5)
    }

    /// How surprising the size of a window is: how often windows are active, times how often an
    /// active one is as large, from the predictive distribution of the logarithms of sizes.
    pub(super) fn size_surprise(&self, rest: &Sums, count: f64, season: f64) -> f64 {
        let (common_mean, common_variance) = self.fit.size;
        let active = rest.active;
        let share = ((active + 0.5) / (rest.exposure + 1.0)).min(1.0);
        let independent = active.min((2.0 * rest.episodes).max(active / DEPENDENT));
        let (mean, squares) = if active > 0.0 {
            let mean = rest.logs / active;
            (mean, (rest.log_squares - rest.logs * mean).max(0.0) * independent / active)
        } else {
            (0.0, 0.0)
        };
        let weight = SIZE_WEIGHT + independent;
        let centre = (SIZE_WEIGHT * common_mean + independent * mean) / weight;
        let freedom = SIZE_FREEDOM + independent / 2.0;
        let scale = SIZE_FREEDOM * common_variance + squares / 2.0;
        // In a dense series the size is that of the season.
        let dense = active * 2.0 > rest.exposure;
        let size = if dense { count / season } else { count };
        let t = ((size - 0.5).max(0.5).ln() - centre)
            / (scale * (weight + 1.0) / (freedom * weight)).sqrt();
        tail::student(t, 2.0 * freedom) - share.log10()
    }
}
