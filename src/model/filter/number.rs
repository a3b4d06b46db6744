//! Comparisons of values as numbers.

use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Operator {
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `=`, which is what `:` means too.
    Equal,
    /// `!=`
    NotEqual,
}

impl Operator {
    /// Whether the comparison holds for a value as it stands in a column. Text that is no finite
    /// number never matches, not even `!=`.
    pub fn holds(self, value: &str, number: Number) -> bool {
        let Some(value) = Number::parse(value) else { return false };
        match self {
            Operator::Less => value.get() < number.get(),
            Operator::LessOrEqual => value.get() <= number.get(),
            Operator::Greater => value.get() > number.get(),
            Operator::GreaterOrEqual => value.get() >= number.get(),
            Operator::Equal => value == number,
            Operator::NotEqual => value != number,
        }
    }
}

/// A finite number. Never `-0.0`, so that equal numbers have equal bits.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Number(f64);

impl Number {
    /// `None` for infinities and for what is no number.
    pub fn new(number: f64) -> Option<Number> {
        number.is_finite().then_some(Number(number + 0.0))
    }

    /// Reads `12`, `-0.5`, `1e6`.
    pub fn parse(text: &str) -> Option<Number> {
        text.parse().ok().and_then(Number::new)
    }

    /// The number itself.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Number) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_finite_and_zero_is_one_number() {
        assert_eq!(Number::parse("-0"), Number::parse("0.0"));
        assert_eq!([Number::parse("inf"), Number::parse("NaN"), Number::parse("1e999")], [None; 3]);
        assert_eq!(Number::parse("1e3").map(Number::get), Some(1000.0));
    }

    #[test]
    fn only_numbers_compare() {
        let five = Number::new(5.0).unwrap();
        assert!(Operator::GreaterOrEqual.holds("5", five) && Operator::Less.holds("-6.5", five));
        assert!(!Operator::Greater.holds("5", five) && !Operator::LessOrEqual.holds("10", five));
        assert!(!Operator::NotEqual.holds("abc", five) && Operator::NotEqual.holds("4", five));
    }
}
