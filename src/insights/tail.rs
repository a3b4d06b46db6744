//! How unlikely a large count is: the upper tail of the negative binomial distribution.
//!
//! All in logarithms, since a burst of a few thousand calls is far below the smallest double.

/// `-log10 P(Y >= y)` for a count with mean `mean` and variance `dispersion * mean`.
///
/// 0 for arguments that make no distribution (`mean` not above 0, `dispersion` not above 1).
pub(super) fn surprise(y: u64, mean: f64, dispersion: f64) -> f64 {
    if y == 0 || mean.is_nan() || mean <= 0.0 || dispersion.is_nan() || dispersion <= 1.0 {
        return 0.0;
    }
    let size = mean / (dispersion - 1.0);
    let ln = ln_beta_share(1.0 - 1.0 / dispersion, y as f64, size);
    (-ln / std::f64::consts::LN_10).max(0.0)
}

/// The logarithm of the regularised incomplete beta function I_x(a, b), for 0 < x < 1.
fn ln_beta_share(x: f64, a: f64, b: f64) -> f64 {
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
    (x - 0.5) * x.ln() - x + 0.5 * std::f64::consts::TAU.ln() + series - product.ln()
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
    fn surprise_is_right() {
        close(surprise(3, 0.0026, 6.5), 3.500789616673088);
        close(surprise(5, 0.3, 6.5), 1.719979702205339);
        close(surprise(20, 0.01, 6.5), 4.765353824558374);
        close(surprise(1168, 0.0026, 6.5), 90.31994207590332);
        close(surprise(30, 20.0, 6.5), 0.7390433930703234);
        close(surprise(664, 427.0, 6.5), 4.372594690267154);
        close(surprise(3320, 427.0, 6.5), 145.3499932486008);
        close(surprise(10, 20.0, 6.5), 0.08151299634163533);
        close(surprise(200000, 1.5, 6.5), 14513.91700410539);
        close(surprise(15, 0.2, 2.0), 5.899899530545677);
    }

    #[test]
    fn nonsense_is_no_surprise() {
        assert_eq!(surprise(0, 1.0, 6.5), 0.0);
        assert_eq!(surprise(5, 0.0, 6.5), 0.0);
        assert_eq!(surprise(5, f64::NAN, 6.5), 0.0);
        assert_eq!(surprise(5, 1.0, 1.0), 0.0);
    }
}
