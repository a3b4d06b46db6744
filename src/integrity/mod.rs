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
    integrity::{DigestFact, Fact, LogFact, Sha256, report::ChainReport},
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
    digests: impl IntoIterator<Item = &'a crate::model::integrity::Digest>,
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
