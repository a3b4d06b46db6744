//! The logs against the digests that name them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    chain::Chain,
    findings::{About, Findings},
    timeline::Timeline,
};
use crate::model::{
    integrity::{
        LogFact, NamedLog, Sha256,
        report::{FindingKind, Proof, Reason, Verdict},
    },
    path::{PathFacts, PathKind, is_tail},
    time::{MINUTE, TimeRange},
};

/// The name of a file, by which it is known wherever it was moved: its random part is its own. A
/// browser may have unpacked it, so the ending does not count.
pub(super) fn name(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.strip_suffix(".gz").unwrap_or(name)
}

/// Whether a file may lie where the digest says, as far as its path tells.
pub(super) fn may_lie_at(path: &str, object: &str) -> bool {
    let packed = |it: &'_ str| it.strip_suffix(".gz").unwrap_or(it).to_owned();
    is_tail(&packed(path), &packed(object))
}

/// Where a log is named.
#[derive(Clone, Copy)]
struct Named<'a> {
    log: &'a NamedLog,
    chain: usize,
    node: usize,
    /// What the digest's word is worth; `None` when it was changed.
    proof: Option<Proof>,
}

/// Judges every log that was given, and every log that a digest names. Of the `unreadable` files
/// it is told elsewhere what is to be told; they are not missing.
pub(super) fn judge(
    logs: &[LogFact],
    unreadable: &BTreeSet<String>,
    chains: &[Chain],
    timelines: &[Timeline],
    findings: &mut Findings,
) {
    let mut by_name: BTreeMap<&str, Vec<Named<'_>>> = BTreeMap::new();
    let mut by_hash: BTreeMap<Sha256, Named<'_>> = BTreeMap::new();
    let mut kinds: BTreeSet<Option<PathKind>> = BTreeSet::new();
    for (at, chain) in chains.iter().enumerate() {
        for (node, it) in chain.nodes.iter().enumerate() {
            for log in &it.fact.digest.logs {
                let named = Named { log, chain: at, node, proof: it.proof() };
                by_name.entry(name(&log.object)).or_default().push(named);
                kinds.insert(PathFacts::of(&log.object).kind);
                if let Some(hash) = log.sha256.filter(|_| named.proof.is_some()) {
                    let known = by_hash.entry(hash).or_insert(named);
                    if known.proof < named.proof {
                        *known = named;
                    }
                }
            }
        }
    }
    let unlisted = Unlisted { chains, timelines, kinds: &kinds };
    let mut found: BTreeSet<&str> = unreadable.iter().map(String::as_str).collect();
    // A folder may be dropped twice.
    let mut seen = BTreeSet::new();
    for log in logs.iter().filter(|it| seen.insert((it.path.as_str(), it.sha256))) {
        let own = name(&log.path);
        if let Some(named) = by_name.get(own) {
            found.insert(own);
            of_named(log, named, chains, findings);
        } else if let Some(named) = by_hash.get(&log.sha256) {
            // Renamed: its content is known.
            found.insert(name(&named.log.object));
            intact(log, named, chains, findings);
        } else {
            unlisted.judge(log, findings);
        }
    }
    for (name, named) in &by_name {
        let trusted = named.iter().find(|it| it.proof.is_some());
        if let Some(named) = trusted.filter(|_| !found.contains(name)) {
            missing(named, chains, findings);
        }
    }
}

fn of_named(log: &LogFact, named: &[Named<'_>], chains: &[Chain], findings: &mut Findings) {
    let trusted = named.iter().filter(|it| it.proof.is_some());
    let fitting = trusted.clone().filter(|it| it.log.sha256 == Some(log.sha256));
    if let Some(named) = fitting.max_by_key(|it| it.proof) {
        intact(log, named, chains, findings);
        return;
    }
    let Some(named) = trusted.max_by_key(|it| it.proof).or(named.first()) else { return };
    let (finding, digest) = (finding(log, named, chains), digest_name(named, chains));
    if named.proof.is_none() {
        findings.add_log(Verdict::Unchecked);
        findings.push(finding.because(FindingKind::LogUnchecked, Reason::DigestChanged));
    } else if named.log.sha256.is_none() {
        findings.add_log(Verdict::Unchecked);
        findings.push(finding.because(FindingKind::LogUnchecked, Reason::OtherHash));
    } else {
        findings.add_log(Verdict::Changed);
        let message = format!("Changed: its content is not what the digest {digest} recorded.");
        findings.push(finding.saying(FindingKind::LogChanged, message));
    }
}

fn intact(log: &LogFact, named: &Named<'_>, chains: &[Chain], findings: &mut Findings) {
    findings.add_log(Verdict::Intact);
    findings.add_proof(named.proof.unwrap_or(Proof::Digest));
    if !may_lie_at(&log.path, &named.log.object) {
        let message =
            format!("Content intact, location not checked: in S3 it lay at {}.", named.log.object);
        findings.push(finding(log, named, chains).saying(FindingKind::LogMoved, message));
    }
}

fn missing(named: &Named<'_>, chains: &[Chain], findings: &mut Findings) {
    findings.add_log(Verdict::Missing);
    let key = &chains[named.chain].key;
    let digest = digest_name(named, chains);
    let message =
        format!("Missing: the digest {digest} names it, and it is not among the files given.");
    let about = About::object(&named.log.object)
        .of(&key.account, &key.region)
        .at(delivered(&named.log.object));
    findings.push(about.saying(FindingKind::LogMissing, message));
}

fn finding(log: &LogFact, named: &Named<'_>, chains: &[Chain]) -> About {
    let key = &chains[named.chain].key;
    About::file(&log.path, Some(&named.log.object))
        .of(&key.account, &key.region)
        .at(delivered(&named.log.object))
}

fn digest_name<'a>(named: &Named<'_>, chains: &'a [Chain]) -> &'a str {
    chains[named.chain].nodes[named.node].name()
}

fn delivered(path: &str) -> Option<TimeRange> {
    let start_millis = PathFacts::of(path).stamp_millis?;
    Some(TimeRange { start_millis, end_millis: start_millis + MINUTE })
}

/// Logs that no digest names.
struct Unlisted<'a> {
    chains: &'a [Chain],
    timelines: &'a [Timeline],
    kinds: &'a BTreeSet<Option<PathKind>>,
}

impl Unlisted<'_> {
    fn judge(&self, log: &LogFact, findings: &mut Findings) {
        let facts = PathFacts::of(&log.path);
        let (account, region) =
            (facts.account.unwrap_or_default(), facts.region.unwrap_or_default());
        let about = About::file(&log.path, None).of(account, region).at(delivered(&log.path));
        if let Some(reason) = self.reason(&facts) {
            findings.add_log(Verdict::Unchecked);
            findings.push(about.because(FindingKind::LogUnchecked, reason));
            return;
        }
        findings.add_log(Verdict::Unlisted);
        let message = "In no digest: those of its time are here, and none names it. It was added, \
                       or it is of a trail that is not validated.";
        findings.push(about.saying(FindingKind::LogUnlisted, message.to_owned()));
    }

    /// Why nothing can be said; `None` when a digest should have named it.
    fn reason(&self, facts: &PathFacts<'_>) -> Option<Reason> {
        let (Some(account), Some(region), Some(stamp)) =
            (facts.account, facts.region, facts.stamp_millis)
        else {
            return Some(Reason::NoTime);
        };
        let here = self
            .chains
            .iter()
            .zip(self.timelines)
            .filter(|(chain, _)| chain.key.account == account && chain.key.region == region);
        let reasons: Vec<Option<Reason>> =
            here.map(|(_, timeline)| timeline.why_unlisted(stamp)).collect();
        let is_end = |it: &Reason| matches!(it, Reason::BeforeFirst | Reason::AfterLast);
        if reasons.is_empty() {
            return Some(Reason::NoDigests);
        }
        if !self.kinds.contains(&facts.kind) && facts.kind != Some(PathKind::Log) {
            return Some(Reason::OtherKind);
        }
        // Of several trails, one whose digest is lost may have named it; one that had not begun
        // yet can not.
        let lost = reasons.iter().flatten().find(|it| !is_end(it));
        lost.copied().or_else(|| reasons.iter().copied().min()?)
    }
}
