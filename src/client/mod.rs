//! The page's end of the protocol: a question in, a typed future out. Carries bytes and does not
//! know how far away the engine is; dropping a future takes its question back.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use futures::channel::oneshot;

use crate::{
    model::question::FileId,
    protocol::{
        Announce, BUILD, Call, CallId, DataStatus, FromEngine, Reply, ToEngine, failure::Failure,
    },
};

/// Takes messages to the engine.
pub trait Transport {
    fn post(&self, bytes: Vec<u8>);
}

/// What the engine says without being asked.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    Ready,
    /// A worker of another build answered: out of a stale cache.
    WrongBuild,
    Merged {
        group: u32,
        archives: Vec<FileId>,
        status: DataStatus,
    },
    Progress {
        done: u64,
        of: u64,
    },
    /// How many questions are under way changed.
    Waiting(usize),
}

type Listener = Box<dyn Fn(News)>;

/// Asks the engine. Clones share one engine.
#[derive(Clone)]
pub struct Client {
    inner: Rc<Inner>,
}

struct Inner {
    transport: RefCell<Option<Box<dyn Transport>>>,
    /// Asked before the engine said that it listens; posted when it does.
    early: RefCell<Vec<Vec<u8>>>,
    ready: Cell<bool>,
    next: Cell<u32>,
    pending: RefCell<BTreeMap<CallId, Pending>>,
    listener: RefCell<Option<Listener>>,
}

struct Pending {
    name: &'static str,
    answer: oneshot::Sender<Result<Reply, Failure>>,
}

impl Client {
    /// A client without an engine: questions wait until one is [connected](Client::connect).
    pub fn new() -> Client {
        Client {
            inner: Rc::new(Inner {
                transport: RefCell::default(),
                early: RefCell::default(),
                ready: Cell::new(false),
                next: Cell::new(0),
                pending: RefCell::default(),
                listener: RefCell::default(),
            }),
        }
    }

    /// Speaks with this engine from now on; posting begins when it says that it is ready.
    pub fn connect(&self, transport: impl Transport + 'static) {
        self.inner.ready.set(false);
        *self.inner.transport.borrow_mut() = Some(Box::new(transport));
    }

    /// Is told whatever the engine says without being asked. There is one listener.
    pub fn listen(&self, listener: impl Fn(News) + 'static) {
        *self.inner.listener.borrow_mut() = Some(Box::new(listener));
    }

    /// Asks the engine. Dropping the future before it is answered takes the question back.
    pub async fn call<C: Call>(&self, call: C) -> Result<C::Answer, Failure> {
        let id = CallId(self.inner.next.replace(self.inner.next.get().wrapping_add(1)));
        let (answer, answered) = oneshot::channel();
        self.inner.pending.borrow_mut().insert(id, Pending { name: C::NAME, answer });
        self.tell_waiting();
        let _taken_back_on_drop = TakeBack { client: self, id };
        self.post(&ToEngine::Ask { id, request: call.into_request() });
        let reply = answered
            .await
            .unwrap_or_else(|_closed| Err(Failure::EngineStopped { doing: C::NAME.to_owned() }))?;
        C::from_reply(reply).ok_or(Failure::Mismatch)
    }

    /// Tells the engine of files that will be read. There is no answer.
    pub fn announce(&self, files: Announce) {
        self.post(&ToEngine::Announce(files));
    }

    /// How many questions are under way.
    pub fn waiting(&self) -> usize {
        self.inner.pending.borrow().len()
    }

    /// The engine died: all that waited for it fails, and is named.
    pub fn engine_stopped(&self) -> Vec<&'static str> {
        self.give_up(|name| Failure::EngineStopped { doing: name.to_owned() })
    }

    /// The engine was ended with all that it held: what waited for it is answered by none.
    pub fn engine_closed(&self) {
        self.give_up(|_| Failure::Closed);
    }

    fn give_up(&self, failure: impl Fn(&'static str) -> Failure) -> Vec<&'static str> {
        self.inner.ready.set(false);
        self.inner.early.borrow_mut().clear();
        *self.inner.transport.borrow_mut() = None;
        let lost = std::mem::take(&mut *self.inner.pending.borrow_mut());
        let names = lost.values().map(|it| it.name).collect();
        for pending in lost.into_values() {
            pending.answer.send(Err(failure(pending.name))).ok();
        }
        self.tell_waiting();
        names
    }

    /// Takes in what the engine posted.
    pub fn receive(&self, bytes: &[u8]) {
        let Ok(message) = postcard::from_bytes(bytes) else {
            // Not even the envelope fits: the worker is of another build.
            self.tell(News::WrongBuild);
            return;
        };
        match message {
            FromEngine::Ready { build } if build != BUILD => self.tell(News::WrongBuild),
            FromEngine::Ready { .. } => {
                self.inner.ready.set(true);
                for bytes in self.inner.early.take() {
                    self.post_bytes(bytes);
                }
                self.tell(News::Ready);
            },
            FromEngine::Answer { id, result } => {
                let pending = self.inner.pending.borrow_mut().remove(&id);
                if let Some(pending) = pending {
                    self.tell_waiting();
                    pending.answer.send(result).ok();
                }
            },
            FromEngine::Progress { done, of, .. } => self.tell(News::Progress { done, of }),
            FromEngine::Merged { group, archives, status } => {
                self.tell(News::Merged { group, archives, status });
            },
        }
    }

    fn post(&self, message: &ToEngine) {
        let Ok(bytes) = postcard::to_stdvec(message) else { return };
        if self.inner.ready.get() {
            self.post_bytes(bytes);
        } else {
            self.inner.early.borrow_mut().push(bytes);
        }
    }

    fn post_bytes(&self, bytes: Vec<u8>) {
        if let Some(transport) = self.inner.transport.borrow().as_ref() {
            transport.post(bytes);
        }
    }

    fn tell(&self, news: News) {
        if let Some(listener) = self.inner.listener.borrow().as_ref() {
            listener(news);
        }
    }

    fn tell_waiting(&self) {
        self.tell(News::Waiting(self.waiting()));
    }
}

impl Default for Client {
    fn default() -> Client {
        Client::new()
    }
}

struct TakeBack<'a> {
    client: &'a Client,
    id: CallId,
}

impl Drop for TakeBack<'_> {
    fn drop(&mut self) {
        let waiting = self.client.inner.pending.borrow_mut().remove(&self.id);
        if waiting.is_some() {
            self.client.post(&ToEngine::Cancel { id: self.id });
            self.client.tell_waiting();
        }
    }
}
