//! The digests of one trail in one region, and what they prove of one another.

use std::collections::{BTreeMap, BTreeSet};

use super::{logs::name, signature::Signature};
use crate::model::{
    integrity::{
        DigestFact,
        report::{Proof, Reason},
    },
    path::PathFacts,
    time::TimeRange,
};

/// Whose digests.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ChainKey {
    pub(super) account: String,
    pub(super) region: String,
    pub(super) trail: String,
    pub(super) home_region: String,
}

impl ChainKey {
    /// From where the digest lay in S3. Its bucket does not count: a trail can change it.
    pub(super) fn of(fact: &DigestFact) -> ChainKey {
        let facts = PathFacts::of(&fact.digest.object);
        let text = |it: Option<&str>| it.unwrap_or_default().to_owned();
        ChainKey {
            account: text(facts.account.or(Some(&fact.digest.account))),
            region: text(facts.region),
            trail: text(facts.trail),
            home_region: text(facts.home_region),
        }
    }
}

/// What is known of a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Intact(Proof),
    /// Not what that digest recorded.
    Changed {
        by: usize,
        how: How,
    },
    Unchecked(Reason),
}

/// What does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Hash,
    Signature,
}

/// A digest. The same file dropped twice is one; two contents under one name are two.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) fact: DigestFact,
    pub(super) state: State,
    /// What the signature in the next digest proves.
    pub(super) signature: Option<Signature>,
}

impl Node {
    pub(super) fn name(&self) -> &str {
        name(&self.fact.digest.object)
    }

    pub(super) fn range(&self) -> TimeRange {
        self.fact.digest.range
    }

    pub(super) fn is_changed(&self) -> bool {
        matches!(self.state, State::Changed { .. })
    }

    /// What its word is worth to its logs; `None` for nothing.
    pub(super) fn proof(&self) -> Option<Proof> {
        match self.state {
            State::Intact(proof) => Some(proof),
            State::Unchecked(_) => Some(Proof::Digest),
            State::Changed { .. } => None,
        }
    }
}

/// One digest names another as the one before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) older: usize,
    pub(super) newer: usize,
    pub(super) signature: Option<Signature>,
}

/// One digest has one next one, and a few more where there are versions of it. Without a limit,
/// versions made up for it would cost their number squared.
const MOST_LINKS: u32 = 16;

/// All digests of a trail in a region, by time.
#[derive(Debug)]
pub(super) struct Chain {
    pub(super) key: ChainKey,
    pub(super) nodes: Vec<Node>,
    pub(super) links: Vec<Link>,
}

impl Chain {
    pub(super) fn new(key: ChainKey, mut facts: Vec<DigestFact>) -> Chain {
        let order = |it: &DigestFact| {
            let TimeRange { start_millis, end_millis } = it.digest.range;
            (end_millis, start_millis, it.digest.object.clone(), it.sha256, it.path.clone())
        };
        facts.sort_by_cached_key(order);
        let same = |a: &mut DigestFact, b: &mut DigestFact| {
            a.sha256 == b.sha256 && a.digest.object == b.digest.object
        };
        facts.dedup_by(same);
        let node = |fact| Node { fact, state: State::Unchecked(Reason::Newest), signature: None };
        let nodes: Vec<Node> = facts.into_iter().map(node).collect();
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, node) in nodes.iter().enumerate() {
            by_name.entry(node.name()).or_default().push(at);
        }
        let mut links = Vec::new();
        let mut count = vec![0; nodes.len()];
        for (newer, node) in nodes.iter().enumerate() {
            let previous = node.fact.digest.previous.as_ref().map(|it| name(&it.object));
            for older in previous.and_then(|it| by_name.get(it)).into_iter().flatten() {
                if *older != newer && count[*older] < MOST_LINKS {
                    count[*older] += 1;
                    links.push(Link { older: *older, newer, signature: None });
                }
            }
        }
        Chain { key, nodes, links }
    }

    /// Judges each digest, the newest first, since each is vouched for by the one after it. All
    /// links must have been checked. `unreadable` are the names of files that are there but cannot
    /// be read as digests.
    pub(super) fn judge(&mut self, unreadable: &BTreeSet<String>) {
        let mut links: BTreeMap<usize, Vec<Link>> = BTreeMap::new();
        for link in &self.links {
            links.entry(link.older).or_default().push(*link);
        }
        for at in (0..self.nodes.len()).rev() {
            let outcomes = links.get(&at).into_iter().flatten().map(|it| (self.outcome(it), it));
            let best = outcomes.max_by_key(|(state, _)| match state {
                State::Intact(Proof::Signature) => 3,
                State::Changed { .. } => 2,
                State::Intact(_) => 1,
                State::Unchecked(_) => 0,
            });
            let (state, signature) = match best {
                Some((state, link)) => (state, link.signature),
                None => (State::Unchecked(self.why_unlinked(at, unreadable)), None),
            };
            self.nodes[at].state = state;
            self.nodes[at].signature = signature;
        }
    }

    /// What one digest proves of the one before it.
    fn outcome(&self, link: &Link) -> State {
        let (older, newer) = (&self.nodes[link.older], &self.nodes[link.newer]);
        // Only CloudTrail can make a signature that fits: it holds whatever became of the file
        // that it stands in.
        if link.signature == Some(Signature::Valid) {
            return State::Intact(Proof::Signature);
        }
        if newer.is_changed() {
            return State::Unchecked(Reason::NextChanged);
        }
        let recorded = newer.fact.digest.previous.as_ref().and_then(|it| it.sha256);
        match recorded.map(|it| it == older.fact.sha256) {
            Some(false) => State::Changed { by: link.newer, how: How::Hash },
            _ if link.signature == Some(Signature::Invalid) => {
                State::Changed { by: link.newer, how: How::Signature }
            },
            Some(true) => State::Intact(Proof::Chain),
            None => State::Unchecked(Reason::OtherHash),
        }
    }

    fn why_unlinked(&self, at: usize, unreadable: &BTreeSet<String>) -> Reason {
        let (node, end) = (&self.nodes[at], self.nodes[at].range().end_millis);
        let later = self.nodes.iter().skip(at + 1);
        let next =
            later.filter(|it| it.name() != node.name()).find(|it| it.range().end_millis > end);
        let Some(next) = next else { return Reason::Newest };
        match next.fact.digest.previous.as_ref().map(|it| name(&it.object)) {
            _ if next.is_changed() => Reason::NextChanged,
            None => Reason::LastOfChain,
            Some(between) if unreadable.contains(between) => Reason::NextUnreadable,
            Some(_) => Reason::NextMissing,
        }
    }

    /// One digest for each name, the most trustworthy, by time.
    pub(super) fn line(&self) -> Vec<usize> {
        let mut best: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let known = best.entry(node.name()).or_insert(at);
            if self.nodes[*known].proof() < node.proof() {
                *known = at;
            }
        }
        let mut line: Vec<usize> = best.into_values().collect();
        line.sort_unstable();
        line
    }
}
