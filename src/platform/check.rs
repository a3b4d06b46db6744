//! The check of the digest chain: all readers read all files again and say what each says; one
//! reader is given all of that and makes the check. What passes through the page it does not read.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    rc::{Rc, Weak},
};

use futures::{
    StreamExt,
    channel::oneshot,
    future::{Either, select},
    pin_mut, stream,
};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use leptos::prelude::*;
use web_sys::Blob;

use super::{Inner, time};
use crate::{
    model::{integrity::report::ChainReport, question::FileId},
    protocol::{
        Digests,
        failure::Failure,
        reading::{FileToRead, ToReader},
    },
    state::chain::Chain,
};

/// Files of one order, and their bytes: larger ones come alone.
const ORDER_FILES: usize = 128;
const ORDER_BYTES: u64 = 8 << 20;
/// A reader is given so long for an order, and more for many bytes.
const PATIENCE_MILLIS: u64 = 60_000;
const BYTES_A_MILLI: u64 = 2_000;

/// What readers owe to a check.
#[derive(Default)]
pub(super) struct Checks {
    facts: RefCell<BTreeMap<u32, (usize, oneshot::Sender<ArrayBuffer>)>>,
    report: RefCell<Option<Awaited>>,
}

struct Awaited {
    request: u32,
    reader: usize,
    answer: oneshot::Sender<(ChainReport, Vec<u8>)>,
}

impl Checks {
    pub(super) fn owed(&self, reader: usize) -> usize {
        self.facts.borrow().values().filter(|it| it.0 == reader).count()
    }

    /// Whatever this reader owed will not come.
    pub(super) fn give_up(&self, reader: usize) {
        self.facts.borrow_mut().retain(|_, it| it.0 != reader);
        self.report.borrow_mut().take_if(|it| it.reader == reader);
    }

    pub(super) fn give_up_all(&self) {
        self.facts.borrow_mut().clear();
        self.report.borrow_mut().take();
    }

    pub(super) fn facts_came(&self, request: u32, facts: ArrayBuffer) {
        if let Some((_, answer)) = self.facts.borrow_mut().remove(&request) {
            answer.send(facts).ok();
        }
    }

    pub(super) fn is_current(&self, request: u32) -> bool {
        self.report.borrow().as_ref().is_some_and(|it| it.request == request)
    }

    pub(super) fn report_came(&self, request: u32, report: ChainReport, digests: Vec<u8>) {
        let awaited = self.report.borrow_mut().take_if(|it| it.request == request);
        if let Some(awaited) = awaited {
            awaited.answer.send((report, digests)).ok();
        }
    }
}

/// Has the check forgotten when it is stopped.
struct Stop {
    inner: Weak<Inner>,
    reader: usize,
    request: u32,
}

impl Drop for Stop {
    fn drop(&mut self) {
        let Some(inner) = self.inner.upgrade() else { return };
        // Another check may have begun by now.
        inner.pool.checks.report.borrow_mut().take_if(|it| it.request == self.request);
        inner.pool.post(self.reader, &ToReader::Forget { request: self.request }, &Array::new());
    }
}

/// What one order came to: its bytes, and its facts or the paths of its files.
type Read = (u64, Result<ArrayBuffer, Vec<String>>);

impl Inner {
    /// Makes the whole check. Dropping the future stops it.
    pub(super) async fn check_chain(self: Rc<Inner>) -> Result<ChainReport, Failure> {
        let (request, reader) = (self.pool.request(), 0);
        let (answer, answered) = oneshot::channel();
        let _stopped_on_drop = Stop { inner: Rc::downgrade(&self), reader, request };
        *self.pool.checks.report.borrow_mut() = Some(Awaited { request, reader, answer });
        let orders = self.orders();
        let of: u64 = orders.iter().flatten().map(|it| it.0.bytes).sum();
        let mut done = 0;
        let mut read = stream::iter(orders)
            .map(|order| self.facts(order))
            .buffer_unordered(2 * self.readers().max(1));
        while let Some((bytes, facts)) = read.next().await {
            let (facts, lost) = match facts {
                Ok(facts) => (Array::of1(&facts), Vec::new()),
                Err(lost) => (Array::new(), lost),
            };
            self.pool.post(reader, &ToReader::Verify { request, lost, last: false }, &facts);
            done += bytes;
            self.app().chain.set(Chain::Reading { done, of });
        }
        drop(read);
        let last = ToReader::Verify { request, lost: Vec::new(), last: true };
        self.pool.post(reader, &last, &Array::new());
        let stopped =
            |_| Failure::Engine { message: "the reader that made the check stopped".to_owned() };
        let (report, bytes) = answered.await.map_err(stopped)?;
        self.client.call(Digests { bytes }).await?;
        Ok(report)
    }

    /// Every file that is no archive, a handful together.
    fn orders(&self) -> Vec<Vec<(FileToRead, Option<Blob>)>> {
        let mut orders: Vec<Vec<(FileToRead, Option<Blob>)>> = Vec::new();
        let mut held = ORDER_BYTES;
        for (at, it) in (0..).zip(self.load.files.borrow().iter()) {
            if it.members > 0 {
                continue;
            }
            let is_full = orders.last().is_none_or(|it| it.len() >= ORDER_FILES);
            if is_full || held + it.bytes > ORDER_BYTES {
                orders.push(Vec::new());
                held = 0;
            }
            held += it.bytes;
            if let Some(order) = orders.last_mut() {
                order.push((it.to_read(FileId(at)), it.blob()));
            }
        }
        orders
    }

    async fn facts(self: &Rc<Inner>, order: Vec<(FileToRead, Option<Blob>)>) -> Read {
        let (files, handles): (Vec<FileToRead>, Vec<Option<Blob>>) = order.into_iter().unzip();
        let bytes = files.iter().map(|it| it.bytes).sum();
        let paths = files.iter().map(|it| it.path.clone()).collect();
        let handles: Array = handles.into_iter().flatten().collect();
        let (request, reader) = (self.pool.request(), self.pool.idlest());
        let (answer, answered) = oneshot::channel();
        self.pool.checks.facts.borrow_mut().insert(request, (reader, answer));
        self.pool.post(reader, &ToReader::Facts { request, files }, &handles);
        let millis = PATIENCE_MILLIS + bytes / BYTES_A_MILLI;
        let patience = time::sleep(i32::try_from(millis).unwrap_or(i32::MAX));
        pin_mut!(patience);
        match select(answered, patience).await {
            Either::Left((Ok(facts), _)) => (bytes, Ok(facts)),
            Either::Left((Err(_), _)) => (bytes, Err(paths)),
            Either::Right(_) => {
                self.replace_reader(reader);
                (bytes, Err(paths))
            },
        }
    }

    /// Signatures are being checked.
    pub(super) fn verifying(&self, request: u32, done: u64, of: u64) {
        if self.pool.checks.is_current(request) {
            self.app().chain.set(Chain::Checking { done, of });
        }
    }

    /// The check is made.
    pub(super) fn verified(&self, request: u32, report: ChainReport, digests: Option<ArrayBuffer>) {
        let digests = digests.map(|it| Uint8Array::new(&it).to_vec()).unwrap_or_default();
        self.pool.checks.report_came(request, report, digests);
    }
}
