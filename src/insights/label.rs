//! The share of false ones to expect among what is as surprising (Benjamini and Hochberg).

use std::collections::BTreeMap;

use super::{
    incident::Found,
    series::{Counts, Group},
};
use crate::model::insight::Level;

/// Labels each finding. A series has the chance of its most surprising window; the series of a
/// level are tested together.
pub(super) fn label(found: &mut [Found], counts: &Counts) {
    let mut best: BTreeMap<(Level, Group), f64> = BTreeMap::new();
    for it in found.iter() {
        let chance = 10_f64.powf(-it.burst.e).min(1.0);
        let entry = best.entry((it.level, it.key)).or_insert(chance);
        *entry = entry.min(chance);
    }
    let mut q: BTreeMap<(Level, Group), f64> = BTreeMap::new();
    for level in Level::ALL {
        let tested = counts.level(level).series.len() as f64;
        let of_level = best.iter().filter(|(key, _)| key.0 == level);
        let mut chances: Vec<(f64, Group)> = of_level.map(|(key, it)| (*it, key.1)).collect();
        chances.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut lowest = 1.0_f64;
        for (rank, (chance, key)) in chances.iter().enumerate().rev() {
            lowest = lowest.min(chance * tested / (rank + 1) as f64);
            q.insert((level, *key), lowest);
        }
    }
    for it in found {
        it.q = q.get(&(it.level, it.key)).copied().unwrap_or(1.0);
    }
}
