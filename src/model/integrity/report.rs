//! What the check of a digest chain came to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::time::TimeRange;

/// What is said of a file. The words are exact: they are what can be defended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Verdict {
    /// The content is what a digest says.
    Intact,
    /// The content is not what a digest says.
    Changed,
    /// A digest names it, and it was not given.
    Missing,
    /// It was given, and none of the digests that should name it does.
    Unlisted,
    /// Nothing can be said, for a reason that is given.
    Unchecked,
}

impl Verdict {
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Intact => "content intact",
            Verdict::Changed => "changed",
            Verdict::Missing => "missing",
            Verdict::Unlisted => "in no digest",
            Verdict::Unchecked => "cannot be checked here",
        }
    }
}

/// What "content intact" rests on, from weak to strong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Proof {
    /// A digest that cannot be checked itself.
    Digest,
    /// A digest whose hash stands in the next one, which cannot be checked itself or whose hash
    /// stands in the one after it, and so on.
    Chain,
    /// A digest that CloudTrail signed, with one of the keys that were dropped.
    Signature,
}

macro_rules! kinds {
    ($( $(#[$doc:meta])* $variant:ident $name:literal $verdict:ident; )*) => {
        /// What was found, most alarming first.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum FindingKind { $( $(#[$doc])* $variant ),* }

        impl FindingKind {
            pub const ALL: &[FindingKind] = &[$( FindingKind::$variant ),*];

            /// As the page's `data-kind` and exports spell it.
            pub fn as_str(self) -> &'static str {
                match self { $( FindingKind::$variant => $name ),* }
            }

            /// What it says of the file.
            pub fn verdict(self) -> Verdict {
                match self { $( FindingKind::$variant => Verdict::$verdict ),* }
            }
        }
    };
}

kinds! {
    /// A log's content is not what its digest says.
    LogChanged "log-changed" Changed;
    /// A digest is not what the next one says, or its signature does not fit.
    DigestChanged "digest-changed" Changed;
    /// One digest or several in a row are not there.
    DigestMissing "digest-missing" Missing;
    /// A digest names a log that is not there.
    LogMissing "log-missing" Missing;
    /// A log is there that no digest of its time names.
    LogUnlisted "log-unlisted" Unlisted;
    /// A trail began a new chain: of the time before it there is no digest.
    ChainRestarted "chain-restarted" Unchecked;
    /// Linked digests with time between them.
    HoursWithoutDigest "hours-without-digest" Unchecked;
    /// A digest file that cannot be read as one.
    DigestUnreadable "digest-unreadable" Unchecked;
    /// A key that digests name is in no list of keys that was dropped.
    KeyMissing "key-missing" Unchecked;
    /// A list of keys could not be read.
    KeysUnreadable "keys-unreadable" Unchecked;
    /// A digest that cannot be checked.
    DigestUnchecked "digest-unchecked" Unchecked;
    /// A log that cannot be checked.
    LogUnchecked "log-unchecked" Unchecked;
    /// The chain goes on before the first digest that was dropped.
    StartsEarlier "starts-earlier" Unchecked;
    /// A digest that lies elsewhere than it says.
    DigestMoved "digest-moved" Intact;
    /// A log that lies elsewhere than its digest says.
    LogMoved "log-moved" Intact;
}

/// Why something cannot be checked here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reason {
    Newest,
    LastOfChain,
    NextMissing,
    NextUnreadable,
    NextChanged,
    DigestChanged,
    DigestMissing,
    DigestUnreadable,
    BetweenChains,
    BetweenDigests,
    OtherHash,
    NoDigests,
    BeforeFirst,
    AfterLast,
    NoTime,
    OtherKind,
}

impl Reason {
    /// What follows "cannot be checked here because".
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::Newest => {
                "no later digest of its trail is here, and its own signature is kept with the \
                 object in S3, not in the file"
            },
            Reason::LastOfChain => {
                "it is the last digest before a new chain, and its signature is kept with the \
                 object in S3, not in the file"
            },
            Reason::NextMissing => "the digest after it is missing",
            Reason::NextUnreadable => "the digest after it cannot be read",
            Reason::NextChanged => "the digest after it was changed",
            Reason::DigestChanged => "the digest of its time was changed",
            Reason::DigestMissing => "the digest of its time is missing",
            Reason::DigestUnreadable => "the digest of its time cannot be read",
            Reason::BetweenChains => {
                "it was delivered between two chains of digests, when the trail was not validated"
            },
            Reason::BetweenDigests => "the digests before and after it leave its time out",
            Reason::OtherHash => "what the digest holds is no SHA-256 hash",
            Reason::NoDigests => "no digest of its account and region was dropped",
            Reason::BeforeFirst => "it is older than the digests that were dropped",
            Reason::AfterLast => "it is newer than the digests that were dropped",
            Reason::NoTime => {
                "no digest names it, and its own name tells no account, region or time"
            },
            Reason::OtherKind => "the digests that were dropped name no files of its kind",
        }
    }
}

/// One thing to tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub kind: FindingKind,
    /// The file as it was dropped, if there is one.
    pub path: Option<String>,
    /// Where the file lay in S3, as a digest says.
    pub object: Option<String>,
    pub account: String,
    pub region: String,
    /// The time that it is about: of a digest what it covers, of a log when it was delivered.
    pub range: Option<TimeRange>,
    /// How many files it is about: more than one for digests that are missing in a row.
    pub files: u32,
    /// Why not, where something cannot be checked.
    pub reason: Option<Reason>,
    /// English, for a person.
    pub message: String,
}

/// How many files of a kind are what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerdictCounts {
    pub intact: u64,
    pub changed: u64,
    pub missing: u64,
    pub unlisted: u64,
    pub unchecked: u64,
}

impl VerdictCounts {
    /// Adds files with a verdict.
    pub fn add(&mut self, verdict: Verdict, files: u64) {
        *match verdict {
            Verdict::Intact => &mut self.intact,
            Verdict::Changed => &mut self.changed,
            Verdict::Missing => &mut self.missing,
            Verdict::Unlisted => &mut self.unlisted,
            Verdict::Unchecked => &mut self.unchecked,
        } += files;
    }

    /// Files that were given: all but the missing.
    pub fn given(&self) -> u64 {
        self.intact + self.changed + self.unlisted + self.unchecked
    }
}

/// The digests of one trail in one region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainSummary {
    pub account: String,
    pub region: String,
    /// Empty where the digests' names do not tell.
    pub trail: String,
    pub home_region: String,
    /// From the start of the first digest to the end of the last.
    pub range: TimeRange,
    pub digests: VerdictCounts,
    /// Digests whose signature was checked and fits.
    pub signed: u64,
}

/// The digest chains of everything that was dropped. "Intact" is of contents: a dropped folder
/// does not tell which bucket it came from, so locations are not checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainReport {
    pub logs: VerdictCounts,
    pub digests: VerdictCounts,
    /// What the intact logs rest on.
    pub logs_by_proof: BTreeMap<Proof, u64>,
    /// Whether a readable list of keys was dropped.
    pub has_keys: bool,
    pub chains: Vec<ChainSummary>,
    /// How often each kind was found, those among them that are not listed.
    pub counts: BTreeMap<FindingKind, u64>,
    /// Most alarming first, then by time and path; of each kind at most [`MOST_LISTED`].
    pub findings: Vec<Finding>,
}

/// Nobody reads more of one kind.
pub const MOST_LISTED: usize = 1_000;

impl ChainReport {
    /// Whether everything that can be checked is as it should be. Not that everything was checked.
    pub fn is_clean(&self) -> bool {
        let alarming = [Verdict::Changed, Verdict::Missing, Verdict::Unlisted];
        self.counts.keys().all(|it| !alarming.contains(&it.verdict()))
    }
}
