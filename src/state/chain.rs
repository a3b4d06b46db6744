//! The check of the digest chain, which a person starts.

use std::sync::Arc;

use futures::future::abortable;
use leptos::prelude::*;

use super::{App, load::Load};
use crate::{
    model::{
        integrity::report::{ChainReport, VerdictCounts},
        report::Report,
    },
    protocol::failure::Failure,
};

/// How far the check is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Chain {
    /// Nobody asked for it.
    #[default]
    None,
    /// Files are read again: so many bytes of so many.
    Reading {
        /// Bytes that were read.
        done: u64,
        /// Bytes of all files.
        of: u64,
    },
    /// Signatures are checked: so many of so many.
    Checking {
        /// Signatures that were checked.
        done: u64,
        /// All that can be.
        of: u64,
    },
    /// What came of it.
    Done(Checked),
    /// Why nothing came of it.
    Failed(Failure),
}

/// What came of a check, and how many files there were then.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    pub report: Arc<ChainReport>,
    /// Files that were found by then: what comes later was not checked.
    pub files: u64,
}

impl Chain {
    /// Logs and digests that were changed or that are missing.
    pub fn faults(&self) -> u64 {
        let Chain::Done(Checked { report, .. }) = self else { return 0 };
        let of = |it: VerdictCounts| it.changed.saturating_add(it.missing);
        of(report.logs).saturating_add(of(report.digests))
    }

    /// Whether it is under way.
    pub fn is_running(&self) -> bool {
        matches!(self, Chain::Reading { .. } | Chain::Checking { .. })
    }
}

impl App {
    /// Begins the check of all digests and logs that were given, once they are all in; one runs at a
    /// time.
    pub fn check_chain(self) {
        let loads = self.load.with_untracked(Load::is_running);
        if loads || self.chain.with_untracked(Chain::is_running) {
            return;
        }
        self.chain.set(Chain::Reading { done: 0, of: 0 });
        let (check, abort) = abortable(self.host().check_chain());
        self.chain_stop.set_value(Some(abort));
        self.fetching.update(|it| *it += 1);
        leptos::task::spawn_local(async move {
            let end = check.await;
            self.fetching.update(|it| *it -= 1);
            // One that was stopped says nothing: another may run by now.
            let Ok(end) = end else { return };
            self.checks.update(|it| *it += 1);
            let files = self.report.with_untracked(|it| it.files.found);
            let done = |it| Chain::Done(Checked { report: Arc::new(it), files });
            self.chain.set(end.map_or_else(Chain::Failed, done));
        });
    }

    /// More files come: a check that is under way would not be of all of them. What came of one
    /// before stays, and tells that it is older.
    pub fn files_are_added(self) {
        if self.chain.with_untracked(Chain::is_running) {
            self.forget_chain();
        }
    }

    /// What a person should look at: problems, and what a check of the digests found.
    pub fn faults(self) -> u64 {
        self.report.with(Report::faults).saturating_add(self.chain.with(Chain::faults))
    }

    /// Stops the check, and forgets what came of one.
    pub fn forget_chain(self) {
        if let Some(stop) = self.chain_stop.try_update_value(Option::take).flatten() {
            stop.abort();
        }
        self.chain.set(Chain::None);
    }
}
