//! Whether logs are as CloudTrail delivered them: the facts that readers gather file by file
//! ([`Fact`]), and what follows from all of them ([`report`]).

pub mod report;

use std::fmt;

use serde::{Deserialize, Serialize};

use super::time::TimeRange;

/// A SHA-256 hash.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Sha256(pub [u8; 32]);

impl Sha256 {
    /// From 64 hexadecimal digits of either case.
    pub fn from_hex(text: &str) -> Option<Sha256> {
        from_hex(text)?.try_into().ok().map(Sha256)
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|it| write!(to, "{it:02x}"))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{self}")
    }
}

/// Bytes from hexadecimal digits of either case; `None` for anything else.
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |it: &u8| (*it as char).to_digit(16).and_then(|it| u8::try_from(it).ok());
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let bytes = pairs.iter().map(|[high, low]| Some(digit(high)? << 4 | digit(low)?));
    if rest.is_empty() { bytes.collect() } else { None }
}

/// What one file says. Each is made from that file alone, so that many readers can make them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fact {
    /// A log, or any other file that a digest may name.
    Log(LogFact),
    Digest(Box<DigestFact>),
    /// A file that should be a digest and cannot be read as one.
    BadDigest {
        path: String,
        sha256: Sha256,
        why: String,
    },
    /// The output of `aws cloudtrail list-public-keys`.
    Keys {
        path: String,
        keys: Vec<PublicKey>,
    },
    /// A file that should be such an output and cannot be read as one.
    BadKeys {
        path: String,
        why: String,
    },
    /// A file whose bytes could not be had, or not all of them.
    Unread {
        path: String,
        why: String,
    },
}

impl Fact {
    /// The file, as it was dropped.
    pub fn path(&self) -> &str {
        match self {
            Fact::Log(it) => &it.path,
            Fact::Digest(it) => &it.path,
            Fact::BadDigest { path, .. }
            | Fact::Keys { path, .. }
            | Fact::BadKeys { path, .. }
            | Fact::Unread { path, .. } => path,
        }
    }
}

/// A log file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogFact {
    pub path: String,
    /// Of what the file unpacks to: that is what a digest holds.
    pub sha256: Sha256,
}

/// A digest file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestFact {
    pub path: String,
    /// Of what the file unpacks to: that is what the next digest holds.
    pub sha256: Sha256,
    pub digest: Digest,
}

/// What a digest file says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    pub account: String,
    /// The time that it covers.
    pub range: TimeRange,
    /// The end as the file spells it: that text is signed.
    pub end_text: String,
    pub bucket: String,
    pub object: String,
    /// Names the key that this digest was signed with.
    pub key_fingerprint: String,
    pub signature_algorithm: String,
    pub newest_event_millis: Option<i64>,
    /// `None` when there was no event.
    pub oldest_event_millis: Option<i64>,
    /// `None` in the first digest of a chain.
    pub previous: Option<PreviousDigest>,
    /// The previous digest's signature, as the file spells it: that text is signed again.
    pub previous_signature: Option<String>,
    pub logs: Vec<NamedLog>,
}

/// What a digest says of the one before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousDigest {
    pub bucket: String,
    pub object: String,
    /// `None` where it is no SHA-256.
    pub sha256: Option<Sha256>,
}

/// What a digest says of a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedLog {
    pub bucket: String,
    pub object: String,
    /// `None` where it is no SHA-256.
    pub sha256: Option<Sha256>,
    pub newest_event_millis: Option<i64>,
    pub oldest_event_millis: Option<i64>,
}

/// A key of CloudTrail's. That it is CloudTrail's is the word of whoever dropped it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PublicKey {
    /// As digests name it.
    pub fingerprint: String,
    /// PKCS#1.
    pub der: Vec<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_read_in_either_case_and_nothing_else_is() {
        let text = "97fb791cf91ffc440d274f8190dbdd9aa09c34432aba82739df18b6d3c13df2d";
        assert_eq!(Sha256::from_hex(text).unwrap().to_string(), text);
        assert_eq!(Sha256::from_hex(&text.to_uppercase()).unwrap().to_string(), text);
        for odd in ["", "9", &text[1..], &text[2..], &text.replace('9', "g"), "üüüü"] {
            assert_eq!(Sha256::from_hex(odd), None, "{odd}");
        }
        assert_eq!(from_hex("00fF"), Some(vec![0, 255]));
    }
}
