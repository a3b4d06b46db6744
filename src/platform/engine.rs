//! The engine's worker: started with the page, started again when it dies.

use std::{
    cell::{Cell, OnceCell, RefCell},
    rc::Rc,
};

use futures::channel::oneshot;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{MessagePort, Worker};

use super::{
    Inner,
    link::{Link, Program},
    running::Stop,
    time,
};
use crate::{
    client::{News, Transport},
    model::question::FileId,
    protocol::DataStatus,
    state::EngineState,
};

/// So many deaths without a quiet time between them are the end.
const MOST_DEATHS: u32 = 3;
/// Alive for so long after a load, an engine is past what killed the one before.
const QUIET_MILLIS: f64 = 30_000.0;
/// Calls of the loader itself: not what a person was doing.
const HOUSEWORK: &[&str] = &["note", "settle", "report"];

#[derive(Default)]
pub(super) struct Engine {
    link: RefCell<Option<Link>>,
    program: OnceCell<Program>,
    /// Listens, and the page is not waiting for anything that was asked before.
    ready: Cell<bool>,
    /// Cannot run here; nothing more is tried until everything is closed.
    pub(super) failed: Cell<bool>,
    /// Readers' ends of channels, until there is an engine to give them to.
    ports: RefCell<Vec<MessagePort>>,
    deaths: Cell<u32>,
    /// Of the newest word of the engine.
    pub(super) memory_bytes: Cell<u64>,
    /// When a load last ended.
    pub(super) calm_millis: Cell<f64>,
    waiting: RefCell<Vec<oneshot::Sender<Result<(), String>>>>,
}

struct Post(Worker);

impl Transport for Post {
    fn post(&self, bytes: Vec<u8>) {
        let buffer = Uint8Array::from(bytes.as_slice()).buffer();
        self.0.post_message_with_transfer(&buffer, &Array::of1(&buffer)).ok();
    }
}

impl Inner {
    /// Starts the engine for the first time, when its program is here.
    pub(super) async fn boot_engine(self: Rc<Inner>) {
        match Program::load("engine").await {
            Ok(program) => {
                self.engine.program.set(program).ok();
                self.start_engine();
            },
            Err(message) => self.engine_failed(&message),
        }
    }

    /// Resolves when the engine answers.
    pub(super) async fn engine_ready(&self) -> Result<(), String> {
        if self.engine.ready.get() {
            return Ok(());
        }
        if let EngineState::Failed { message } = self.app().engine.get_untracked() {
            return Err(message);
        }
        let (tell, told) = oneshot::channel();
        self.engine.waiting.borrow_mut().push(tell);
        told.await.unwrap_or_else(|_| Err("the page was closed".to_owned()))
    }

    /// Gives the engine its end of the channel to a reader.
    pub(super) fn give_port(&self, port: MessagePort) {
        match &*self.engine.link.borrow() {
            Some(link) if self.engine.ready.get() => link.give(&port),
            _ => self.engine.ports.borrow_mut().push(port),
        }
    }

    /// Ends the engine without a word; the client is still to be told why.
    pub(super) fn end_engine(&self) {
        self.engine.ready.set(false);
        self.engine.memory_bytes.set(0);
        self.engine.ports.borrow_mut().clear();
        self.engine.link.borrow_mut().take();
    }

    pub(super) fn start_engine(self: &Rc<Inner>) {
        let Some(program) = self.engine.program.get() else { return };
        let (hears, fails) = (Rc::downgrade(self), Rc::downgrade(self));
        let started = Link::start(
            program,
            "engine",
            move |data| {
                if let Some(inner) = hears.upgrade()
                    && let Some(buffer) = data.dyn_ref::<ArrayBuffer>()
                {
                    inner.client.receive(&Uint8Array::new(buffer).to_vec());
                }
            },
            move |message| {
                if let Some(inner) = fails.upgrade() {
                    leptos::task::spawn_local(async move { inner.engine_died(&message) });
                }
            },
        );
        match started {
            Ok(link) => {
                self.client.connect(Post(link.worker()));
                *self.engine.link.borrow_mut() = Some(link);
            },
            Err(message) => self.engine_failed(&message),
        }
    }

    /// The engine trapped: a new one reads the files again. The question that it died over is not
    /// asked again from here.
    pub(super) fn engine_died(self: &Rc<Inner>, message: &str) {
        if self.engine.failed.get() {
            return;
        }
        let was_ready = self.engine.ready.get();
        let quiet_millis = time::now_millis() - self.engine.calm_millis.get();
        let quiet = !self.is_loading() && quiet_millis > QUIET_MILLIS;
        self.engine.deaths.set(if quiet { 1 } else { self.engine.deaths.get() + 1 });
        if !was_ready || self.engine.deaths.get() >= MOST_DEATHS {
            self.engine_failed(message);
        } else {
            self.renew_engine();
        }
    }

    /// Ends an engine that is stuck, as a person asked, or gives one that failed another chance.
    pub(super) fn restart_engine(self: &Rc<Inner>) {
        self.forgive_engine();
        self.renew_engine();
    }

    fn renew_engine(self: &Rc<Inner>) {
        self.end_engine();
        let names = self.client.engine_stopped();
        let doing = names.iter().find(|it| !HOUSEWORK.contains(it)).copied();
        let doing = doing.unwrap_or(if self.is_loading() { "load" } else { "" });
        self.app().engine.set(EngineState::Restarted { doing: doing.to_owned() });
        self.end_readers();
        self.start_engine();
        self.start_readers();
        self.read_everything_again();
    }

    /// There is no engine, and there will be none until everything is closed.
    fn engine_failed(self: &Rc<Inner>, message: &str) {
        self.engine.failed.set(true);
        self.end_engine();
        self.client.engine_stopped();
        self.end_readers();
        self.app().engine.set(EngineState::Failed { message: message.to_owned() });
        for waiting in self.engine.waiting.take() {
            waiting.send(Err(message.to_owned())).ok();
        }
        self.wake_load();
    }

    /// Forgets that engines died.
    pub(super) fn forgive_engine(&self) {
        self.engine.failed.set(false);
        self.engine.deaths.set(0);
    }

    /// What the engine says without being asked.
    pub(super) fn news(self: &Rc<Inner>, news: News) {
        let Some(app) = self.app.get() else { return };
        match news {
            News::Ready => self.engine_is_ready(),
            News::WrongBuild => {
                self.engine_failed("parts of two versions of this page met; reload it");
            },
            News::Merged { group, archives, status } => self.merged(group, &archives, status),
            News::Waiting(count) => app.waiting.set(count),
            News::Progress { .. } => (),
        }
    }

    fn engine_is_ready(&self) {
        self.engine.ready.set(true);
        if let Some(link) = &*self.engine.link.borrow() {
            for port in self.engine.ports.take() {
                link.give(&port);
            }
        }
        let engine = self.app().engine;
        if engine.get_untracked() == EngineState::Starting {
            engine.set(EngineState::Ready);
        }
        for waiting in self.engine.waiting.take() {
            waiting.send(Ok(())).ok();
        }
    }

    fn merged(self: &Rc<Inner>, group: u32, archives: &[FileId], status: DataStatus) {
        {
            let mut schedule = self.load.schedule.borrow_mut();
            schedule.merged(group);
            schedule.archives_met(archives);
        }
        self.engine.memory_bytes.set(status.memory_bytes);
        self.show_data(status);
        if status.full {
            self.stop_load(Stop::Full);
        }
        self.pump();
        self.wake_load();
    }

    /// Memory moves with every batch; the page looks again only when the data did.
    pub(super) fn show_data(&self, status: DataStatus) {
        let data = self.app().data;
        let known = data.get_untracked();
        if (known.generation, known.full) != (status.generation, status.full) {
            data.set(status);
        }
    }
}
