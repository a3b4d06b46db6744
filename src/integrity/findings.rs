//! Collects what is told, with its counts.

use std::collections::BTreeMap;

use super::chain::ChainKey;
use crate::model::{
    integrity::report::{
        ChainReport, ChainSummary, Finding, FindingKind, MOST_LISTED, Proof, Reason, Verdict,
    },
    time::TimeRange,
};

/// What a finding is about, before it is known what it is.
#[derive(Clone, Debug, Default)]
pub(super) struct About {
    path: Option<String>,
    object: Option<String>,
    account: String,
    region: String,
    range: Option<TimeRange>,
    files: u32,
}

impl About {
    /// No file in particular.
    pub(super) fn nothing() -> About {
        About::default()
    }

    /// A file that was given.
    pub(super) fn file(path: &str, object: Option<&str>) -> About {
        let object = object.map(str::to_owned);
        About { path: Some(path.to_owned()), object, files: 1, ..About::default() }
    }

    /// A file that was not given.
    pub(super) fn object(object: &str) -> About {
        About { object: Some(object.to_owned()), files: 1, ..About::default() }
    }

    pub(super) fn of(self, account: &str, region: &str) -> About {
        About { account: account.to_owned(), region: region.to_owned(), ..self }
    }

    pub(super) fn of_chain(self, key: &ChainKey) -> About {
        self.of(&key.account, &key.region)
    }

    pub(super) fn at(self, range: Option<TimeRange>) -> About {
        About { range, ..self }
    }

    pub(super) fn counting(self, files: u32) -> About {
        About { files, ..self }
    }

    pub(super) fn saying(self, kind: FindingKind, message: String) -> Finding {
        let About { path, object, account, region, range, files } = self;
        Finding { kind, path, object, account, region, range, files, reason: None, message }
    }

    pub(super) fn because(self, kind: FindingKind, reason: Reason) -> Finding {
        let message = format!("Cannot be checked here because {}.", reason.as_str());
        Finding { reason: Some(reason), ..self.saying(kind, message) }
    }
}

/// The report in the making.
#[derive(Debug, Default)]
pub(super) struct Findings {
    report: ChainReport,
    by_kind: BTreeMap<FindingKind, Vec<Finding>>,
}

impl Findings {
    pub(super) fn push(&mut self, finding: Finding) {
        self.by_kind.entry(finding.kind).or_default().push(finding);
    }

    pub(super) fn add_log(&mut self, verdict: Verdict) {
        self.report.logs.add(verdict, 1);
    }

    pub(super) fn add_proof(&mut self, proof: Proof) {
        *self.report.logs_by_proof.entry(proof).or_default() += 1;
    }

    pub(super) fn add_digests(&mut self, verdict: Verdict, files: u64) {
        self.report.digests.add(verdict, files);
    }

    pub(super) fn add_chain(&mut self, chain: ChainSummary) {
        self.report.chains.push(chain);
    }

    pub(super) fn finish(self, has_keys: bool) -> ChainReport {
        let Findings { mut report, by_kind } = self;
        report.has_keys = has_keys;
        for (kind, mut findings) in by_kind {
            report.counts.insert(kind, findings.len() as u64);
            findings.sort_by_cached_key(|it| {
                let start = it.range.map(|it| it.start_millis);
                let place = (it.account.clone(), it.region.clone());
                (start, place, it.path.clone(), it.object.clone(), it.message.clone())
            });
            findings.truncate(MOST_LISTED);
            report.findings.append(&mut findings);
        }
        report
    }
}
