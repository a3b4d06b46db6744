//! The check of the digest chain, which a person starts.

use std::sync::Arc;

use futures::future::abortable;
use leptos::prelude::*;

use super::{App, load::Load};
use crate::{model::integrity::report::ChainReport, protocol::failure::Failure};

/// How far the check is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Chain {
    /// Nobody asked for it, or the files are others now.
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
    Done(Arc<ChainReport>),
    /// Why nothing came of it.
    Failed(Failure),
}

impl Chain {
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
            self.chain.set(end.map_or_else(Chain::Failed, |it| Chain::Done(Arc::new(it))));
        });
    }

    /// Stops the check, and forgets what came of one.
    pub fn forget_chain(self) {
        if let Some(stop) = self.chain_stop.try_update_value(Option::take).flatten() {
            stop.abort();
        }
        self.chain.set(Chain::None);
    }
}
