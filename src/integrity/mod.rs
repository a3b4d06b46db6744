//! Whether the logs are as CloudTrail delivered them, by its digest files. Pure: no browser, no
//! clock, and no cryptography of our own.
//!
//! Every hour, for each trail and region, CloudTrail writes a digest file: the SHA-256 of each log
//! of the hour, that of the digest before, and that one's signature. So each digest vouches for
//! its logs, and each digest for the one before it; the newest is vouched for by a signature that
//! lies with the object in S3, which a downloaded folder does not hold.
//!
//! Readers make a [`Fact`] of each file ([`fact_of`]), in any order and on any number of workers;
//! [`Verification`] puts them together. Hashes are those of unpacked contents, logs and digests
//! alike: that is what CloudTrail hashes, so a log that a browser unpacked can be checked as well.
//!
//! AWS's own validator follows each digest to the one that it names, and from a missing one it goes
//! on with the newest that is left. So it reports one missing digest where several in a row are
//! gone. Here the time between two digests is counted as well.

mod parse;
mod signature;
mod chain;
mod timeline;
mod logs;
mod findings;
mod verification;

use sha2::Digest as _;

use crate::model::{
    coverage::{DigestCoverage, DigestSpan},
    integrity::{Digest, DigestFact, Fact, LogFact, Sha256, report::ChainReport},
    path::{PathFacts, PathKind},
};

pub use parse::{BadFile, digest, public_keys};
pub use signature::string_to_sign;
pub use verification::Verification;

/// Hashes what a file unpacks to.
pub fn sha256(content: &[u8]) -> Sha256 {
    Sha256(sha2::Sha256::digest(content).into())
}

/// What a file says, from what it unpacks to. Any bytes do: what is no digest and no list of keys
/// is taken as a log, and only hashed.
pub fn fact_of(path: &str, content: &[u8]) -> Fact {
    fact_with(path, content, sha256(content))
}

/// The same where the hash is known already, say from the browser's own implementation.
pub fn fact_with(path: &str, content: &[u8], sha256: Sha256) -> Fact {
    let path = path.to_owned();
    match parse::looks_like(content) {
        parse::Looks::Keys => match public_keys(content) {
            Ok(keys) => Fact::Keys { path, keys },
            Err(BadFile { why }) => Fact::BadKeys { path, why },
        },
        looks => {
            let named_so = PathFacts::of(&path).kind == Some(PathKind::Digest);
            if looks != parse::Looks::Digest && !named_so {
                return Fact::Log(LogFact { path, sha256 });
            }
            match digest(content) {
                Ok(digest) => Fact::Digest(Box::new(DigestFact { path, sha256, digest })),
                Err(BadFile { why }) => Fact::BadDigest { path, sha256, why },
            }
        },
    }
}

/// Checks everything at once. The order of the facts changes nothing.
pub fn verify(facts: impl IntoIterator<Item = Fact>) -> ChainReport {
    let mut verification = Verification::new(facts);
    while verification.step(usize::MAX) {}
    verification.finish()
}

/// The logs that digests name and that are none of the files given, by their names alone, without
/// a hash: what a coverage ledger wants to know. Each once, in order.
pub fn missing_logs<'a>(
    digests: impl IntoIterator<Item = &'a Digest>,
    paths: impl IntoIterator<Item = &'a str>,
) -> Vec<&'a str> {
    let given: std::collections::BTreeSet<&str> = paths.into_iter().map(logs::name).collect();
    let named = digests.into_iter().flat_map(|it| &it.logs);
    let mut missing: Vec<&str> =
        named.map(|it| it.object.as_str()).filter(|it| !given.contains(logs::name(it))).collect();
    missing.sort_unstable();
    missing.dedup();
    missing
}

/// Which time digests cover, and which logs lack by their word: what the coverage ledger wants to
/// know. Files that could not be read were given all the same.
pub fn coverage(facts: &[Fact]) -> DigestCoverage {
    let digests = || {
        facts.iter().filter_map(|it| match it {
            Fact::Digest(it) => Some(&it.digest),
            _ => None,
        })
    };
    let span = |it: &Digest| {
        let facts = PathFacts::of(&it.object);
        let account = facts.account.unwrap_or(&it.account).to_owned();
        let region = facts.region.unwrap_or_default().to_owned();
        DigestSpan { account, region, range: it.range }
    };
    let missing = missing_logs(digests(), facts.iter().map(Fact::path));
    DigestCoverage {
        spans: digests().map(span).collect(),
        missing: missing.into_iter().map(str::to_owned).collect(),
    }
}

/// Files of which nothing was found on a longer stretch are no logs.
const LOG_HEAD_BYTES: usize = 64 << 10;

/// Whether a file that is no digest may be a log: by its name, or by the words in its beginning.
/// Of a picture beside the logs nothing need be said.
pub fn may_be_log(path: &str, content: &[u8]) -> bool {
    let head = &content[..content.len().min(LOG_HEAD_BYTES)];
    let words = ["\"Records\"", "\"eventTime\"", "\"eventName\""];
    PathFacts::of(path).stamp_millis.is_some()
        || words.iter().any(|it| memchr::memmem::find(head, it.as_bytes()).is_some())
}
