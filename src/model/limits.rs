//! How much is unpacked before reading stops: against bombs, and for a person to set.

use serde::{Deserialize, Serialize};

/// What a load may unpack to. Archives in one another are limited by
/// [`MOST_NESTED`](super::member::MOST_NESTED).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes a file may hold once unpacked; more is cut off. At most 4 GiB less one counts.
    pub json_bytes: u64,
    /// Past 64 MiB, how many bytes may come out of each byte that went in: no log is that dull.
    /// A quarter of it for what does not even begin like a log.
    pub ratio: u64,
    /// Bytes that all files of a load may hold once unpacked; no more files are read then.
    pub load_bytes: u64,
}

impl Limits {
    /// What a person may choose from. A worker cannot hold more than the largest in one piece.
    pub const JSON_BYTES: [u64; 4] = [250_000_000, 500_000_000, 1_000_000_000, 2_000_000_000];
    /// What a person may choose from.
    pub const RATIOS: [u64; 4] = [100, 300, 1_000, 10_000];
    /// What a person may choose from.
    pub const LOAD_BYTES: [u64; 4] =
        [16_000_000_000, 64_000_000_000, 250_000_000_000, 1_000_000_000_000];

    /// The limits of a file that messages of readers speak of, each at its next step, the same
    /// where there is none; both limits where a message speaks of neither.
    pub fn raised_for<'a>(self, messages: impl Iterator<Item = &'a str>) -> Limits {
        let (mut size, mut ratio) = (false, false);
        for message in messages {
            let is_size = message.contains("the limit for one file");
            let is_ratio = message.contains("times its size");
            size |= is_size || !is_ratio;
            ratio |= is_ratio || !is_size;
        }
        let raised = self.raised();
        Limits {
            json_bytes: if size { raised.json_bytes } else { self.json_bytes },
            ratio: if ratio { raised.ratio } else { self.ratio },
            ..self
        }
    }

    fn raised(self) -> Limits {
        let next = |steps: &[u64], now: u64| steps.iter().copied().find(|it| *it > now);
        Limits {
            json_bytes: next(&Limits::JSON_BYTES, self.json_bytes).unwrap_or(self.json_bytes),
            ratio: next(&Limits::RATIOS, self.ratio).unwrap_or(self.ratio),
            ..self
        }
    }

    /// As it is kept.
    pub fn print(self) -> String {
        format!("{} {} {}", self.json_bytes, self.ratio, self.load_bytes)
    }

    /// Reads what [`Limits::print`] wrote; the defaults where that is something else.
    pub fn parse(text: &str) -> Limits {
        let numbers: Vec<u64> = text.split(' ').filter_map(|it| it.parse().ok()).collect();
        match numbers[..] {
            [json_bytes, ratio, load_bytes]
                // A test cannot wait for the end of what anyone would choose.
                if cfg!(feature = "traps")
                    || Limits::JSON_BYTES.contains(&json_bytes)
                        && Limits::RATIOS.contains(&ratio)
                        && Limits::LOAD_BYTES.contains(&load_bytes) =>
            {
                Limits { json_bytes, ratio, load_bytes }
            },
            _ => Limits::default(),
        }
    }
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { json_bytes: 1_000_000_000, ratio: 300, load_bytes: 64_000_000_000 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_kept_and_raised_step_by_step() {
        let limits = Limits::default();
        assert_eq!(Limits::parse(&limits.print()), limits);
        let raised = limits.raised();
        assert_eq!((raised.json_bytes, raised.ratio), (2_000_000_000, 1_000));
        assert_eq!(Limits::parse(&raised.print()), raised);
        assert_eq!(raised.raised().raised().raised().ratio, 10_000);
        let check = |messages: &[&str], wanted: (bool, bool)| {
            let some = limits.raised_for(messages.iter().copied());
            let is_raised = (some.json_bytes > limits.json_bytes, some.ratio > limits.ratio);
            assert_eq!(is_raised, wanted, "{messages:?}");
        };
        let (size, ratio) = ("more than the limit for one file", "more times its size than");
        check(&[size], (true, false));
        check(&[ratio, ratio], (false, true));
        check(&[size, ratio], (true, true));
        check(&[ratio, "there is no memory for it"], (true, true));
        for junk in ["", "1 2 3", "250000000 300", "x"] {
            assert_eq!(Limits::parse(junk), limits, "{junk}");
        }
    }
}
