//! The page's browser: workers, files, the address, storage, saving. Nothing here decides what the
//! page shows; it gives `state` what it needs (see [`crate::state::host::Host`]).
//!
//! Start reading at [`Browser::start`]; [`load`] takes files in.

mod time;
mod link;
mod engine;
mod pool;
mod given;
mod running;
mod load;
mod deal;
mod choice;
mod look;
mod check;
mod intake;
mod walk;
mod address;
mod preferences;
mod document;
mod save;
mod picture;
mod export;
mod host;

use std::{
    cell::{Cell, OnceCell},
    rc::Rc,
};

use futures::channel::oneshot;
use leptos::{prelude::*, task::spawn_local};

pub use intake::Source;
pub use load::{Opening, TellProgress};

use crate::{
    client::Client,
    model::{estimate::BUDGET_BYTES, question::Place, report::Report, view::View},
    protocol::{ReportQuery, failure::Failure, reading::RecordForm},
    state::{App, EngineState, host::Record, load::Load, mute},
};
use engine::Engine;
use load::Loads;
use pool::Pool;
use running::Asks;

/// Readers beyond this wait for the one engine.
const MOST_READERS: usize = 8;

/// A handle to everything the page has of its browser. Clones share it.
#[derive(Clone)]
pub struct Browser {
    inner: Rc<Inner>,
}

struct Inner {
    client: Client,
    app: OnceCell<App>,
    engine: Engine,
    pool: Pool,
    load: Loads,
    readers: usize,
    /// Memory that the engine may take in events.
    budget_bytes: Cell<u64>,
}

impl Inner {
    fn app(&self) -> App {
        match self.app.get() {
            Some(app) => *app,
            // Set before the first worker starts.
            None => unreachable!("the page has begun"),
        }
    }
}

impl Browser {
    /// Starts the workers and makes the page's state. Called once, by the program of the page.
    pub fn start() -> Browser {
        let readers = cores().clamp(1, MOST_READERS);
        let inner = Rc::new(Inner {
            client: Client::new(),
            app: OnceCell::new(),
            engine: Engine::default(),
            pool: Pool::new(readers),
            load: Loads::new(readers),
            readers,
            budget_bytes: Cell::new(BUDGET_BYTES),
        });
        let browser = Browser { inner };
        let view = View::parse(&address::hash());
        let host = Rc::new(browser.clone());
        let preferences = preferences::kept();
        let app = App::new(browser.inner.client.clone(), host, view, preferences);
        browser.inner.app.set(app).ok();
        preferences::dress(preferences);
        app.mutes.set(mute::parse(&preferences::kept_mutes()));
        address::follow(app);
        document::follow(app);
        document::offer_update(app);
        let hears = Rc::downgrade(&browser.inner);
        browser.inner.client.listen(move |news| {
            if let Some(inner) = hears.upgrade() {
                inner.news(news);
            }
        });
        spawn_local(Rc::clone(&browser.inner).boot_engine());
        spawn_local(Rc::clone(&browser.inner).boot_readers());
        browser
    }

    /// What the page shows.
    pub fn app(&self) -> App {
        self.inner.app()
    }

    /// The way to the engine.
    pub fn client(&self) -> Client {
        self.inner.client.clone()
    }

    /// Resolves when the engine answers; the error says why it never will.
    pub async fn ready(&self) -> Result<(), String> {
        self.inner.engine_ready().await
    }

    /// Takes all these files in, after those that were given before. Nobody is asked.
    pub fn open(&self, source: Source, tell: Option<TellProgress>) -> Opening {
        self.inner.open(source, Asks::Never, tell)
    }

    /// Takes in what a person gave, who may choose what of it is read.
    fn open_given(&self, source: Source) {
        let first = self.app().preferences.with_untracked(|it| it.choose_first);
        let asks = if first { Asks::First } else { Asks::WhenTooMuch };
        drop(self.inner.open(source, asks, None));
    }

    /// Stops one load, or all of them; what has arrived stays. Whether a load that runs was
    /// stopped: one that only waits ends at once for who asked for it, and tells what it left out
    /// when its turn comes.
    pub fn cancel(&self, load: Option<u32>) -> bool {
        self.inner.cancel(load)
    }

    /// Everything taken in since the start or the last close.
    pub async fn report(&self) -> Result<Report, Failure> {
        let report = self.inner.client.call(ReportQuery).await?;
        Ok(self.inner.with_elapsed(report))
    }

    /// Forgets everything: the engine is ended and started afresh.
    pub fn close(&self) {
        let inner = &self.inner;
        let app = inner.app();
        app.forget_chain();
        inner.load.forget(inner.readers);
        inner.end_engine();
        inner.client.engine_closed();
        inner.end_readers();
        inner.forgive_engine();
        inner.pool.broken.set(false);
        app.engine.set(EngineState::Starting);
        app.data.set(Default::default());
        app.report.set(Report::default());
        app.load.set(Load::Idle);
        app.choice.set(None);
        app.queue.set(Vec::new());
        app.nothing_in.set(None);
        inner.wake_load();
        inner.start_engine();
        inner.start_readers();
    }

    /// The text of one event, read again from its file.
    pub async fn record(&self, place: Place, form: RecordForm) -> Result<Record, Failure> {
        let texts = self.inner.records(place.file, vec![place.byte], form).await?;
        let path =
            self.inner.load.files.borrow().get(place.file.0 as usize).map(|it| it.path.clone());
        match (texts.into_iter().next(), path) {
            (Some(text), Some(path)) => Ok(Record { path, text, problem: None }),
            _ => Err(Failure::NotFound { what: "the event's file was closed".to_owned() }),
        }
    }

    /// Ends a worker, to see it come back.
    #[cfg(feature = "traps")]
    pub fn trap_reader(&self) {
        self.inner.trap_reader();
    }

    /// Lets the engine take less, to see what is done about too much.
    #[cfg(feature = "traps")]
    pub fn set_budget(&self, bytes: u64) {
        self.inner.budget_bytes.set(bytes);
    }
}

impl Inner {
    /// Waits for the readers; whether there are any.
    async fn readers_up(&self, is_wanted: impl Fn() -> bool) -> bool {
        for _ in 0..600 {
            if self.readers() == self.readers {
                return true;
            }
            if !is_wanted() {
                return false;
            }
            time::sleep(50).await;
        }
        false
    }
}

fn cores() -> usize {
    time::window().navigator().hardware_concurrency() as usize
}

/// A load's end; one that waited is dropped when everything is closed.
pub async fn end_of(
    opening: oneshot::Receiver<Result<Report, Failure>>,
) -> Result<Report, Failure> {
    opening.await.unwrap_or(Err(Failure::Closed))
}
