//! All facts together, in steps: signatures take time, the rest does not.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    chain::{Chain, ChainKey, How, Node, State},
    findings::{About, Findings},
    logs,
    signature::{Keys, Signature},
    timeline::{Gap, GapKind, Timeline},
};
use crate::model::{
    integrity::{
        DigestFact, Fact, LogFact, Sha256,
        report::{ChainReport, ChainSummary, FindingKind, Proof, Verdict, VerdictCounts},
    },
    path::{PathFacts, PathKind},
    time::iso,
};

/// A file that should be a digest and cannot be read.
#[derive(Debug)]
struct BadDigest {
    path: String,
    sha256: Sha256,
    why: String,
}

/// A file that could not be read to its end.
#[derive(Debug)]
struct Unread {
    path: String,
    why: String,
}

/// The check of everything that was dropped.
#[derive(Debug)]
pub struct Verification {
    logs: Vec<LogFact>,
    chains: Vec<Chain>,
    bad: Vec<BadDigest>,
    unread: Vec<Unread>,
    keys: Keys,
    findings: Findings,
    /// Signatures checked, of all chains one after the other.
    done: usize,
    total: usize,
}

impl Verification {
    /// Sorts the facts; the order in which they come changes nothing.
    pub fn new(facts: impl IntoIterator<Item = Fact>) -> Verification {
        let (mut logs, mut bad, mut unread) = (Vec::new(), Vec::new(), Vec::new());
        let mut keys = Keys::default();
        let mut findings = Findings::default();
        let mut chains: BTreeMap<ChainKey, Vec<DigestFact>> = BTreeMap::new();
        let unreadable = |path: &str, why: &str| {
            let message = format!("The list of public keys cannot be read: {why}.");
            About::file(path, None).saying(FindingKind::KeysUnreadable, message)
        };
        for fact in facts {
            match fact {
                Fact::Log(it) => logs.push(it),
                Fact::Digest(it) => chains.entry(ChainKey::of(&it)).or_default().push(*it),
                Fact::BadDigest { path, sha256, why } => bad.push(BadDigest { path, sha256, why }),
                Fact::Keys { path, keys: some } => {
                    for fingerprint in keys.add(some) {
                        let why = format!("{fingerprint} is no RSA key of 1,024 to 8,192 bits");
                        findings.push(unreadable(&path, &why));
                    }
                },
                Fact::Unread { path, why } => unread.push(Unread { path, why }),
                Fact::BadKeys { path, why } => findings.push(unreadable(&path, &why)),
            }
        }
        let chains: Vec<Chain> = chains.into_iter().map(|it| Chain::new(it.0, it.1)).collect();
        let total = chains.iter().map(|it| it.links.len()).sum();
        Verification { logs, chains, bad, unread, keys, findings, done: 0, total }
    }

    /// Signatures checked, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.done, self.total)
    }

    /// Checks at most so many signatures; whether some are left.
    pub fn step(&mut self, signatures: usize) -> bool {
        let (mut left, mut skip) = (signatures, self.done);
        for chain in &mut self.chains {
            let Chain { nodes, links, .. } = chain;
            let start = skip.min(links.len());
            skip -= start;
            for link in links.iter_mut().skip(start) {
                if left == 0 {
                    return true;
                }
                let signature = nodes[link.newer].fact.digest.previous_signature.as_deref();
                let older = &nodes[link.older].fact;
                link.signature = Some(self.keys.check(&older.digest, older.sha256, signature));
                left -= 1;
                self.done += 1;
            }
        }
        self.done < self.total
    }

    /// The report. Signatures that were not checked count as not there.
    pub fn finish(mut self) -> ChainReport {
        let bad = self.bad.iter().map(|it| &it.path).chain(self.unread.iter().map(|it| &it.path));
        let unreadable: BTreeSet<String> = bad.map(|it| logs::name(it).to_owned()).collect();
        let mut timelines = Vec::new();
        for chain in &mut self.chains {
            chain.judge(&unreadable);
            timelines.push(Timeline::of(chain, &unreadable));
        }
        let mut findings = std::mem::take(&mut self.findings);
        for (chain, timeline) in self.chains.iter().zip(&timelines) {
            let summary = tell_chain(chain, timeline, &mut findings);
            findings.add_chain(summary);
        }
        self.tell_unreadable(&mut findings);
        self.tell_unread(&mut findings);
        self.tell_keys(&mut findings);
        logs::judge(&self.logs, &unreadable, &self.chains, &timelines, &mut findings);
        findings.finish(self.keys.any)
    }

    fn tell_unreadable(&self, findings: &mut Findings) {
        let mut recorded: BTreeMap<&str, BTreeSet<Sha256>> = BTreeMap::new();
        for node in self.chains.iter().flat_map(|it| &it.nodes).filter(|it| it.proof().is_some()) {
            if let Some(previous) = &node.fact.digest.previous {
                recorded.entry(logs::name(&previous.object)).or_default().extend(previous.sha256);
            }
        }
        for BadDigest { path, sha256, why } in &self.bad {
            let facts = PathFacts::of(path);
            let about = About::file(path, None)
                .of(facts.account.unwrap_or_default(), facts.region.unwrap_or_default())
                .at(facts.digest_hour());
            let hashes = recorded.get(logs::name(path));
            if hashes.is_some_and(|it| !it.is_empty() && !it.contains(sha256)) {
                findings.add_digests(Verdict::Changed, 1);
                let message = format!(
                    "Changed: it is not what the next digest recorded, and cannot be read: {why}."
                );
                findings.push(about.saying(FindingKind::DigestChanged, message));
            } else {
                findings.add_digests(Verdict::Unchecked, 1);
                let message = format!("Cannot be checked here because it is no digest: {why}.");
                findings.push(about.saying(FindingKind::DigestUnreadable, message));
            }
        }
    }

    /// What could not be read is neither changed nor missing.
    fn tell_unread(&self, findings: &mut Findings) {
        for Unread { path, why } in &self.unread {
            let facts = PathFacts::of(path);
            let about = About::file(path, None)
                .of(facts.account.unwrap_or_default(), facts.region.unwrap_or_default())
                .at(facts.digest_hour());
            let kind = if facts.kind == Some(PathKind::Digest) {
                findings.add_digests(Verdict::Unchecked, 1);
                FindingKind::DigestUnreadable
            } else {
                findings.add_log(Verdict::Unchecked);
                FindingKind::LogUnchecked
            };
            let message = format!("Cannot be checked here because it could not be read: {why}.");
            findings.push(about.saying(kind, message));
        }
    }

    /// Each key that lacks, once.
    fn tell_keys(&self, findings: &mut Findings) {
        let mut lacking: BTreeMap<(String, &str, &str), u32> = BTreeMap::new();
        for chain in &self.chains {
            let nodes = chain.nodes.iter();
            for node in nodes.filter(|it| it.signature == Some(Signature::KeyMissing)) {
                let fingerprint = node.fact.digest.key_fingerprint.to_ascii_lowercase();
                let key = (fingerprint, chain.key.account.as_str(), chain.key.region.as_str());
                *lacking.entry(key).or_default() += 1;
            }
        }
        for ((fingerprint, account, region), digests) in lacking {
            let message = format!(
                "The signatures of {} cannot be checked here because the public key {fingerprint} \
                 is not in the list of keys. Lists are of one region: drop that of {region}.",
                count(digests, "digest")
            );
            let about = About::nothing().of(account, region).counting(digests);
            findings.push(about.saying(FindingKind::KeyMissing, message));
        }
    }
}

fn tell_chain(chain: &Chain, timeline: &Timeline, findings: &mut Findings) -> ChainSummary {
    let mut digests = VerdictCounts::default();
    let mut signed = 0;
    for node in &chain.nodes {
        let verdict = tell_node(chain, node, findings);
        digests.add(verdict, 1);
        findings.add_digests(verdict, 1);
        signed += u64::from(node.state == State::Intact(Proof::Signature));
    }
    for gap in &timeline.gaps {
        let missing = tell_gap(chain, gap, findings);
        digests.add(Verdict::Missing, missing);
        findings.add_digests(Verdict::Missing, missing);
    }
    let ChainKey { account, region, trail, home_region } = chain.key.clone();
    let range = timeline.range;
    ChainSummary { account, region, trail, home_region, range, digests, signed }
}

fn tell_node(chain: &Chain, node: &Node, findings: &mut Findings) -> Verdict {
    let DigestFact { path, digest, .. } = &node.fact;
    let about =
        || About::file(path, Some(&digest.object)).of_chain(&chain.key).at(Some(node.range()));
    if !logs::may_lie_at(path, &digest.object) {
        let message =
            format!("It says that in S3 it lay at {}; locations are not checked.", digest.object);
        findings.push(about().saying(FindingKind::DigestMoved, message));
    }
    match node.state {
        State::Intact(_) => Verdict::Intact,
        State::Unchecked(reason) => {
            findings.push(about().because(FindingKind::DigestUnchecked, reason));
            Verdict::Unchecked
        },
        State::Changed { by, how } => {
            let next = chain.nodes[by].name();
            let message = match how {
                How::Hash => {
                    format!("Changed: its content is not what the next digest {next} recorded.")
                },
                How::Signature => format!(
                    "Changed: the signature that the next digest {next} holds of it does not fit \
                     it. One of the two was altered."
                ),
            };
            findings.push(about().saying(FindingKind::DigestChanged, message));
            Verdict::Changed
        },
    }
}

/// Gives back how many digests are missing.
fn tell_gap(chain: &Chain, gap: &Gap, findings: &mut Findings) -> u64 {
    let next = &chain.nodes[gap.next];
    let previous = next.fact.digest.previous.as_ref().map(|it| it.object.as_str());
    let (from, to) = (iso(gap.range.start_millis), iso(gap.range.end_millis));
    let about = previous.map_or_else(About::nothing, About::object);
    let about = about.of_chain(&chain.key).at(Some(gap.range));
    let (kind, message, digests) = match gap.kind {
        GapKind::Unreadable => return 0,
        GapKind::Missing { digests: 1 } => {
            let message =
                format!("Missing: the digest of {from} to {to}, which the next one names.");
            (FindingKind::DigestMissing, message, 1)
        },
        GapKind::Missing { digests } => {
            let message = format!("Missing: about {digests} digests in a row, of {from} to {to}.");
            (FindingKind::DigestMissing, message, digests)
        },
        GapKind::Restart => {
            let message = format!(
                "From {from} to {to} nothing can be checked: a new chain of digests begins then. \
                 CloudTrail begins one when logging or validation was switched off and on again."
            );
            (FindingKind::ChainRestarted, message, 0)
        },
        GapKind::Linked => {
            let message = format!(
                "No digest covers {from} to {to}, though the digests before and after are linked: \
                 none was taken out."
            );
            (FindingKind::HoursWithoutDigest, message, 0)
        },
        GapKind::Before => {
            let message = format!(
                "What was delivered before {to} cannot be checked here because the digests before \
                 this one were not dropped."
            );
            (FindingKind::StartsEarlier, message, 0)
        },
    };
    findings.push(about.counting(digests.max(1)).saying(kind, message));
    u64::from(digests)
}

fn count(number: u32, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
