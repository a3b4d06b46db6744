//! Who, what and where: the values that an insight has and the rest of its series has not.

use super::edge::Burst;
use crate::model::insight::{Attribution, Part};

/// How many values an attribution tells.
const MOST_VALUES: usize = 10;
/// Values that hold this share of the excess explain it.
const EXPLAINED: f64 = 0.8;

/// What a value has above its own rate in the rest of the series.
pub(super) fn excess(burst: &Burst, part: &Part) -> f64 {
    part.inside as f64 - expected(burst, part.outside as f64)
}

fn expected(burst: &Burst, outside: f64) -> f64 {
    let minutes = (burst.end - burst.start) as f64;
    outside * minutes / (burst.other_minutes as f64).max(minutes)
}

/// How clearly a value is above its own rate, as a likelihood ratio.
fn contrast(burst: &Burst, part: &Part) -> f64 {
    let inside = part.inside as f64;
    let expected = expected(burst, part.outside as f64 + 0.5);
    if inside <= 0.0 || expected <= 0.0 {
        return -expected;
    }
    let gain = 2.0 * (inside * (inside / expected).ln() - (inside - expected));
    gain.copysign(inside - expected)
}

/// Ranks the values of each field by contrast, and the fields by how few values explain the
/// excess, then by how unlike the rest of the series they are.
pub(super) fn rank(mut attributions: Vec<Attribution>, burst: &Burst) -> Vec<Attribution> {
    for it in &mut attributions {
        it.values.retain(|part| part.inside > 0);
        it.values.sort_by(|a, b| {
            contrast(burst, b).total_cmp(&contrast(burst, a)).then_with(|| a.value.cmp(&b.value))
        });
    }
    attributions.sort_by_cached_key(|it| {
        let unlike = unlikeness(&it.values);
        // In thousandths, so that the order of the fields decides between equals.
        (needed(&it.values, burst), -(unlike * 1000.0).round() as i64)
    });
    attributions.iter_mut().for_each(|it| it.values.truncate(MOST_VALUES));
    attributions
}

/// The smallest number of values that explain the excess.
fn needed(values: &[Part], burst: &Burst) -> usize {
    let mut excesses: Vec<f64> = values.iter().map(|it| excess(burst, it).max(0.0)).collect();
    excesses.sort_by(|a, b| b.total_cmp(a));
    let enough = EXPLAINED * excesses.iter().sum::<f64>();
    let mut sum = 0.0;
    excesses
        .iter()
        .take_while(|it| {
            let open = sum < enough;
            sum += **it;
            open
        })
        .count()
}

/// How much is learnt about where a call is from by its value (Kullback and Leibler), in nats.
fn unlikeness(values: &[Part]) -> f64 {
    let inside: u64 = values.iter().map(|it| it.inside).sum();
    let outside: u64 = values.iter().map(|it| it.outside).sum();
    let kinds = values.len() as f64;
    let of = |part: &Part| {
        let p = part.inside as f64 / inside.max(1) as f64;
        let q = (part.outside as f64 + 0.5) / (outside as f64 + 0.5 * (kinds + 1.0));
        if p > 0.0 { p * (p / q).ln() } else { 0.0 }
    };
    values.iter().map(of).sum()
}
