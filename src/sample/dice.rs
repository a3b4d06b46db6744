//! Chance that is the same on every platform: SplitMix64, whole numbers only.

/// The step of SplitMix64: 2^64 divided by the golden ratio, made odd.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A SplitMix64 generator: one 64-bit counter and a mixing function. It is not for secrets; it is
/// chosen because it is five lines long, passes the usual tests of randomness and has no state
/// that could differ between native code and WebAssembly.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Dice {
        Dice(mix(seed, STEP))
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        finish(self.0)
    }

    /// A number from 0 up to, but without, `end`; 0 if `end` is 0.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True this many times in a thousand.
    pub(super) fn per_mille(&mut self, times: u64) -> bool {
        self.below(1000) < times
    }

    /// A place in a list of this length.
    pub(super) fn place(&mut self, len: usize) -> usize {
        self.below(len as u64) as usize
    }

    /// A size that is mostly near `usual`, sometimes several times it: a product of four rolls, as
    /// a log-normal size is, but without a logarithm.
    pub(super) fn skewed(&mut self, usual: u64) -> u64 {
        let product = (0..4).fold(usual * 16, |size, _| size * (55 + self.below(100)) / 100);
        (product / 16).max(1)
    }
}

/// A number that two others always give, and that looks like neither.
pub(super) fn mix(a: u64, b: u64) -> u64 {
    finish(finish(a.wrapping_add(STEP)).wrapping_add(b).wrapping_add(STEP))
}

fn finish(mut word: u64) -> u64 {
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_stays_in_its_bounds_and_is_reached() {
        let mut dice = Dice::new(7);
        let mut seen = [0_u32; 6];
        for _ in 0..6000 {
            seen[dice.below(6) as usize] += 1;
        }
        assert!(seen.iter().all(|times| (850..1150).contains(times)), "{seen:?}");
        assert_eq!(dice.below(0), 0);
        assert!((0..1000).all(|_| (3..=5).contains(&dice.between(3, 5))));
    }

    #[test]
    fn skewed_sizes_have_a_long_tail() {
        let mut dice = Dice::new(1);
        let sizes: Vec<u64> = (0..2000).map(|_| dice.skewed(20)).collect();
        let large = sizes.iter().filter(|size| **size > 40).count();
        assert!((20..400).contains(&large), "{large}");
        assert!(sizes.iter().all(|size| (1..=120).contains(size)));
    }
}
