//! How unlikely a large value is: upper tails of the distributions that counts follow.
//!
//! All as `-log10` of the chance and computed in logarithms, since a burst of a few thousand calls
//! is far below the smallest double. Checked against reference values of 50 digits to 1e-10. The
//! kept crates (statrs, puruspe) give the chance itself, which is 0 for such bursts.

use std::f64::consts::{LN_10, TAU};

/// Below this dispersion a count is as good as Poisson.
const POISSON_DISPERSION: f64 = 1.02;

/// `-log10 P(Y >= y)` for a count with mean `mean` and variance `dispersion * mean`: negative
/// binomial, or Poisson where the dispersion is hardly above 1. 0 where there is no such
/// distribution (a mean that is not above 0).
pub fn count(y: u64, mean: f64, dispersion: f64) -> f64 {
    if y == 0 || mean.is_nan() || mean <= 0.0 || dispersion.is_nan() {
        return 0.0;
    }
    let ln = if dispersion <= POISSON_DISPERSION {
        ln_gamma_share(y as f64, mean)
    } else {
        let size = mean / (dispersion - 1.0);
        ln_beta_share(1.0 - 1.0 / dispersion, y as f64, size)
    };
    surprise(ln)
}

/// `-log10 P(T > t)` of Student's distribution with `freedom` degrees of freedom.
pub fn student(t: f64, freedom: f64) -> f64 {
    if t.is_nan() || freedom.is_nan() || freedom <= 0.0 {
        return 0.0;
    }
    let both = ln_beta_share(freedom / (freedom + t * t), freedom / 2.0, 0.5);
    let half = both - std::f64::consts::LN_2;
    surprise(if t >= 0.0 { half } else { (-half.exp()).ln_1p() })
}

/// `-log10 P(K >= k)` of `n` trials whose probability is drawn from a beta distribution with the
/// parameters `a` and `b`.
pub fn beta_binomial(k: u64, n: u64, a: f64, b: f64) -> f64 {
    let proper = a > 0.0 && b > 0.0;
    if k == 0 || k > n || !proper {
        return 0.0;
    }
    let (first, of) = (k as f64, n as f64);
    let choose = ln_gamma(of + 1.0) - ln_gamma(first + 1.0) - ln_gamma(of - first + 1.0);
    let ln_first = choose + ln_beta(first + a, of - first + b) - ln_beta(a, b);
    let (mut term, mut sum) = (1.0, 1.0);
    let mut j = first;
    while j < of {
        term *= (of - j) / (j + 1.0) * (j + a) / (of - j - 1.0 + b);
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
        j += 1.0;
    }
    surprise(ln_first + sum.ln())
}

fn surprise(ln_chance: f64) -> f64 {
    if ln_chance.is_nan() { 0.0 } else { (-ln_chance / LN_10).max(0.0) }
}

/// The logarithm of the regularised incomplete beta function I_x(a, b), for 0 < x <= 1.
fn ln_beta_share(x: f64, a: f64, b: f64) -> f64 {
    if x >= 1.0 {
        return 0.0;
    }
    let ln_front = a * x.ln() + b * (-x).ln_1p() - ln_beta(a, b);
    if x < (a + 1.0) / (a + b + 2.0) {
        ln_front - a.ln() + fraction(x, a, b).ln()
    } else {
        // Here the value is near 1, and its complement is what can be computed well.
        let rest = (ln_front - b.ln() + fraction(1.0 - x, b, a).ln()).exp();
        (-rest.min(1.0)).ln_1p()
    }
}

/// The continued fraction of the incomplete beta function, by the method of Lentz.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    // Far more than is ever needed: it takes about the square root of the larger argument.
    const MOST_TERMS: u32 = 20_000;
    let solid = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / solid(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for term in 1..MOST_TERMS {
        let m = f64::from(term);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / solid(1.0 + even * d);
        c = solid(1.0 + even / c);
        value *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / solid(1.0 + odd * d);
        c = solid(1.0 + odd / c);
        value *= d * c;
        if (d * c - 1.0).abs() < 1e-15 {
            break;
        }
    }
    value
}

/// The logarithm of the regularised lower incomplete gamma function P(a, x), for a and x above 0.
fn ln_gamma_share(a: f64, x: f64) -> f64 {
    const MOST_TERMS: u32 = 100_000;
    let ln_front = a * x.ln() - x - ln_gamma(a + 1.0);
    let (mut term, mut sum) = (1.0, 1.0);
    if x < a + 1.0 {
        for n in 1..MOST_TERMS {
            term *= x / (a + f64::from(n));
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        return ln_front + f64::ln(sum);
    }
    // The upper share as a continued fraction, from the bottom up: here it converges fast.
    let steps = 60 + (40.0 * a.sqrt()) as u32;
    let bottom =
        (1..steps).rev().map(f64::from).fold(x + 1.0 - a + 2.0 * f64::from(steps), |below, n| {
            x + 1.0 - a + 2.0 * (n - 1.0) - n * (n - a) / below
        });
    let upper = (ln_front + a.ln() - bottom.ln()).exp();
    (-upper.min(1.0)).ln_1p()
}

fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// The logarithm of the gamma function for `x > 0`: Stirling's series, after moving small
/// arguments up to where it is exact to the last digits.
fn ln_gamma(x: f64) -> f64 {
    let (mut x, mut product) = (x, 1.0_f64);
    while x < 12.0 {
        product *= x;
        x += 1.0;
    }
    let step = 1.0 / (x * x);
    let series = [1.0 / 156.0, -691.0 / 360_360.0, 1.0 / 1188.0, -1.0 / 1680.0, 1.0 / 1260.0]
        .iter()
        .chain(&[-1.0 / 360.0, 1.0 / 12.0])
        .fold(0.0, |sum, term| sum * step + term)
        / x;
    (x - 0.5) * x.ln() - x + 0.5 * TAU.ln() + series - product.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(ours: f64, exact: f64) {
        assert!((ours - exact).abs() <= 1e-10 * exact.abs().max(1.0), "{ours} is not {exact}");
    }

    #[test]
    fn ln_gamma_is_right() {
        close(ln_gamma(0.0005), 7.600614057276321);
        close(ln_gamma(0.3), 1.095797994818076);
        close(ln_gamma(1.0), 0.0);
        close(ln_gamma(2.5), 0.2846828704729192);
        close(ln_gamma(11.9), 17.25847745059552);
        close(ln_gamma(12.0), 17.50230784587389);
        close(ln_gamma(171.5), 709.1431630309282);
        close(ln_gamma(1000000.25), 12815508.02302516);
    }

    #[test]
    fn counts_are_right() {
        close(count(3, 0.0026, 6.5), 3.50078961667309);
        close(count(5, 0.3, 6.5), 1.71997970220534);
        close(count(20, 0.01, 6.5), 4.76535382455837);
        close(count(1168, 0.0026, 6.5), 90.3199420759033);
        close(count(30, 20.0, 6.5), 0.739043393070323);
        close(count(3320, 427.0, 6.5), 145.349993248601);
        close(count(10, 20.0, 6.5), 0.0815129963416353);
        close(count(200000, 1.5, 6.5), 14513.9170041054);
        close(count(15, 0.2, 2.0), 5.89989953054568);
        close(count(4, 0.001, 40.0), 4.30560143484952);
        close(count(50, 3.0, 1.05), 35.8008883972535);
        close(count(3, 0.0026, 1.0), 8.53407802565612);
        close(count(15, 0.22, 1.0), 22.0696961511302);
        close(count(90, 0.22, 1.0), 197.448388115838);
        close(count(30, 20.0, 1.0), 1.66118073268604);
        close(count(12, 20.0, 1.0), 0.00938894014629515);
        close(count(700, 427.0, 1.0), 33.1219220926407);
        close(count(427, 427.0, 1.0), 0.295475881723889);
        close(count(2, 2.9, 1.0), 0.104903882173939);
        close(count(1, 30.0, 1.0), 4.063964019098603e-14);
    }

    #[test]
    fn students_tail_is_right() {
        close(student(0.0, 5.0), std::f64::consts::LOG10_2);
        close(student(1.5, 8.0), 1.06549323676301);
        close(student(6.0, 9.5), 4.08940241758966);
        close(student(40.0, 8.0), 10.0760900502253);
        close(student(-2.0, 12.0), 0.0151701392240337);
        close(student(3.1, 4000.0), 3.01129315476127);
        close(student(25.0, 300.0), 74.9066408871797);
    }

    #[test]
    fn shares_are_right() {
        close(beta_binomial(3, 10, 0.2, 20.0), 2.47178212532162);
        close(beta_binomial(50, 60, 0.3, 9.7), 7.24638439053108);
        close(beta_binomial(1, 5, 0.5, 0.5), 0.122682656304076);
        close(beta_binomial(400, 4000, 2.0, 90.0), 3.07832843562074);
        close(beta_binomial(7, 7, 0.01, 15.0), 7.90170481121514);
    }

    #[test]
    fn nonsense_is_no_surprise() {
        assert_eq!(count(0, 1.0, 6.5), 0.0);
        assert_eq!(count(5, 0.0, 6.5), 0.0);
        assert_eq!(count(5, f64::NAN, 6.5), 0.0);
        assert_eq!(student(f64::NAN, 3.0), 0.0);
        assert_eq!(beta_binomial(5, 3, 1.0, 1.0), 0.0);
        assert_eq!(beta_binomial(2, 3, 0.0, 1.0), 0.0);
    }
}
