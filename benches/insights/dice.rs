//! Chance that is the same in every run: SplitMix64 and the distributions that the organisation
//! needs.

/// A stream of chance from a seed.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The stream `name` of a seed; streams of one seed are independent of each other.
    pub fn new(seed: u64, name: &str) -> Dice {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for byte in name.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Dice(hash)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// 0 to below 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// 0 to below `past`.
    pub fn below(&mut self, past: usize) -> usize {
        ((self.unit() * past as f64) as usize).min(past.saturating_sub(1))
    }

    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    pub fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
        median * (sigma * self.normal()).exp()
    }

    /// A log-normal count, at least 1.
    pub fn size(&mut self, median: f64, sigma: f64) -> u32 {
        (self.log_normal(median, sigma).round() as u32).max(1)
    }

    pub fn exponential(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.unit()).ln()
    }

    pub fn poisson(&mut self, mean: f64) -> u32 {
        if mean <= 0.0 {
            return 0;
        }
        if mean > 60.0 {
            return (mean + mean.sqrt() * self.normal()).round().max(0.0) as u32;
        }
        let (limit, mut product, mut count) = ((-mean).exp(), self.unit(), 0);
        while product > limit {
            count += 1;
            product *= self.unit();
        }
        count
    }

    pub fn binomial(&mut self, of: u32, probability: f64) -> u32 {
        (0..of).filter(|_| self.chance(probability)).count() as u32
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// A place of a list whose `n`th entry has the weight `1 / (n + 1)^power`.
    pub fn zipf(&mut self, len: usize, power: f64) -> usize {
        let total: f64 = (1..=len).map(|n| (n as f64).powf(-power)).sum();
        let mut left = self.unit() * total;
        for n in 0..len {
            left -= ((n + 1) as f64).powf(-power);
            if left <= 0.0 {
                return n;
            }
        }
        len.saturating_sub(1)
    }

    /// `count` different entries, in any order.
    pub fn sample<T: Copy>(&mut self, from: &[T], count: usize) -> Vec<T> {
        let mut left = from.to_vec();
        for at in 0..count.min(left.len()) {
            let other = at + self.below(left.len() - at);
            left.swap(at, other);
        }
        left.truncate(count);
        left
    }
}
