//! Joins the protocol to the engine: the only place that knows both. Bytes in, bytes out; the
//! worker around it only carries them.
//!
//! Start reading at [`Server::step`].

use std::collections::VecDeque;

use crate::{
    engine::{self, Engine, Work},
    model::{
        coverage::{CoverageMap, CoverageQuery},
        insight::{InsightsQuery, InsightsReport},
        note::Note,
        question::{
            Count, CountQuery, Facet, FacetQuery, FindQuery, Found, Group, GroupQuery, Histogram,
            HistogramQuery, Look, LookQuery, Page, PageQuery, Place, PlaceQuery, Places,
            PlacesQuery,
        },
        repeat::{FilePairs, FilePairsQuery, Repeats, RepeatsQuery},
        report::Report,
    },
    protocol::{
        Announce, BUILD, CallId, DataStatus, Digests, Done, FromEngine, Reply, ReportQuery,
        Request, Service, Settle, ToEngine, Trap, dispatch,
        failure::Failure,
        task::{Step, Task},
    },
    reader::batch::{Batch, FileResult, FileStatus},
};

/// The data moves on at most this often while files arrive.
const SETTLE_MILLIS: f64 = 500.0;
/// And so seldom that showing it takes a tenth of the engine's time: the more there is, the longer
/// a look at it takes, and whoever loads millions of events waits for the end of it.
const SETTLE_SHARE: f64 = 9.0;
/// But not more seldom than this.
const SETTLE_MOST_MILLIS: f64 = 4_000.0;
/// Work longer than this tells how far it is.
const PROGRESS_MILLIS: f64 = 100.0;

/// What a server reads off its worker.
#[derive(Clone, Copy, Debug)]
pub struct Gauges {
    /// Bytes of linear memory in use.
    pub memory_bytes: fn() -> u64,
    /// A clock that never goes back, in milliseconds.
    pub now_millis: fn() -> f64,
    /// Another number each time, that nobody can foretell.
    pub random: fn() -> u64,
}

/// The engine with its inbox.
pub struct Server {
    engine: Engine,
    gauges: Gauges,
    asked: VecDeque<(CallId, Request)>,
    running: Option<Running>,
    /// By their groups. They come by other channels than the page's words, so one may be here
    /// before its files were announced: it waits.
    batches: VecDeque<(u32, Batch)>,
    settled_millis: f64,
    /// How long questions were answered, and the data made ready for them, since it was settled.
    shown_millis: f64,
    /// Questions and batches take turns, so that neither starves.
    batch_next: bool,
}

struct Running {
    id: CallId,
    task: Task<Engine, Reply>,
    told_millis: f64,
}

/// What a step came to.
#[derive(Debug, Default)]
pub struct Progress {
    /// To be posted to the page, in order.
    pub messages: Vec<Vec<u8>>,
    /// There is more to do: call again, after the browser had its turn.
    pub more: bool,
}

impl Server {
    /// An empty engine.
    pub fn new(gauges: Gauges) -> Server {
        Server {
            engine: Engine::new((gauges.random)()),
            gauges,
            asked: VecDeque::new(),
            running: None,
            batches: VecDeque::new(),
            settled_millis: f64::NEG_INFINITY,
            shown_millis: 0.0,
            batch_next: false,
        }
    }

    /// The first message of a worker.
    pub fn ready() -> Vec<u8> {
        encode(&FromEngine::Ready { build: BUILD.to_owned() })
    }

    /// Puts a message of the page into the inbox. One that does not decode is of another build;
    /// the page was told the build by [`Server::ready`] and does not ask.
    pub fn receive(&mut self, bytes: &[u8]) {
        match postcard::from_bytes(bytes) {
            Ok(ToEngine::Ask { id, request }) => self.asked.push_back((id, request)),
            Ok(ToEngine::Announce(Announce { first, paths, events })) => {
                self.engine.announce(first, paths);
                self.engine.expect(events);
            },
            Ok(ToEngine::Cancel { id }) => {
                self.asked.retain(|it| it.0 != id);
                self.running.take_if(|it| it.id == id);
            },
            Err(_) => (),
        }
    }

    /// Puts a reader's batch into the inbox.
    pub fn take_batch(&mut self, group: u32, bytes: &[u8]) {
        // Both ends are of one build, so a batch always decodes; an empty one is counted as such.
        self.batches.push_back((group, Batch::from_bytes(bytes).unwrap_or_default()));
    }

    /// Does about 50 ms of work.
    pub fn step(&mut self) -> Progress {
        let now_millis = (self.gauges.now_millis)();
        let mut messages = Vec::new();
        let question_waits = self.running.is_some() || !self.asked.is_empty();
        let batch = self.ready_batch().filter(|_| self.batch_next || !question_waits);
        if let Some((group, batch)) = batch.and_then(|at| self.batches.remove(at)) {
            self.merge(group, &batch, now_millis, &mut messages);
            self.batch_next = false;
        } else if question_waits {
            self.answer(now_millis, &mut messages);
            self.shown_millis += (self.gauges.now_millis)() - now_millis;
            self.batch_next = true;
        }
        let question_waits = self.running.is_some() || !self.asked.is_empty();
        Progress { messages, more: question_waits || self.ready_batch().is_some() }
    }

    /// The first batch whose files are announced: without their paths nothing could tell which of
    /// two equal records is kept.
    fn ready_batch(&self) -> Option<usize> {
        self.batches.iter().position(|it| self.engine.is_announced(&it.1))
    }

    fn merge(&mut self, group: u32, batch: &Batch, now_millis: f64, messages: &mut Vec<Vec<u8>>) {
        self.engine.set_memory_bytes((self.gauges.memory_bytes)());
        let is_archive = |it: &&FileResult| it.status == FileStatus::Container;
        let archives = batch.files.iter().filter(is_archive).map(|it| it.file).collect();
        self.engine.take(batch);
        let pause = (self.shown_millis * SETTLE_SHARE).clamp(SETTLE_MILLIS, SETTLE_MOST_MILLIS);
        if now_millis - self.settled_millis >= pause {
            let began_millis = (self.gauges.now_millis)();
            self.engine.settle();
            self.settled_millis = now_millis;
            self.shown_millis = (self.gauges.now_millis)() - began_millis;
        }
        let status = status(&self.engine);
        messages.push(encode(&FromEngine::Merged { group, archives, status }));
    }

    fn answer(&mut self, now_millis: f64, messages: &mut Vec<Vec<u8>>) {
        if self.running.is_none()
            && let Some((id, request)) = self.asked.pop_front()
        {
            self.engine.set_memory_bytes((self.gauges.memory_bytes)());
            let task = dispatch(&mut self.engine, request);
            self.running = Some(Running { id, task, told_millis: now_millis });
        }
        let Some(Running { id, task, mut told_millis }) = self.running.take() else { return };
        let (step, rest) = match task {
            Task::Done(result) => (Step::Done(result), None),
            Task::Steps(mut step) => (step(&mut self.engine), Some(step)),
        };
        match (step, rest) {
            (Step::More { done, of }, Some(step)) => {
                if now_millis - told_millis >= PROGRESS_MILLIS {
                    told_millis = now_millis;
                    messages.push(encode(&FromEngine::Progress { id, done, of }));
                }
                self.running = Some(Running { id, task: Task::Steps(step), told_millis });
            },
            (Step::Done(result), _) => messages.push(encode(&FromEngine::Answer { id, result })),
            // Only a task in steps says that there is more.
            (Step::More { .. }, None) => (),
        }
    }
}

fn encode(message: &FromEngine) -> Vec<u8> {
    postcard::to_stdvec(message).unwrap_or_default()
}

fn status(engine: &Engine) -> DataStatus {
    let snapshot = engine.snapshot();
    DataStatus {
        generation: snapshot.number,
        events: u64::from(snapshot.rows),
        range: snapshot.span,
        memory_bytes: engine.memory_bytes(),
        full: engine.is_full(),
    }
}

impl From<engine::Error> for Failure {
    fn from(err: engine::Error) -> Failure {
        match err {
            engine::Error::BadArgument { message } => Failure::BadArgument { message },
            engine::Error::NoSuchEvent { .. } => Failure::NotFound { what: err.to_string() },
            engine::Error::OutOfMemory { needed_bytes, free_bytes } => {
                Failure::OutOfMemory { needed_bytes, free_bytes }
            },
            engine::Error::Polars { message } => Failure::Engine { message },
        }
    }
}

/// A work of the engine as a task of the protocol.
fn task<W: Work + 'static>(mut work: W) -> Task<Engine, W::Answer> {
    Task::steps(move |engine| match work.step(engine) {
        Ok(engine::Step::More { done, of }) => Step::More { done, of },
        Ok(engine::Step::Done(answer)) => Step::Done(Ok(answer)),
        Err(err) => Step::Done(Err(err.into())),
    })
}

impl Service for Engine {
    fn look(&mut self, ask: LookQuery) -> Task<Engine, Look> {
        task(engine::LookWork::new(self, ask))
    }

    fn count(&mut self, ask: CountQuery) -> Task<Engine, Count> {
        task(engine::CountWork::new(self, &ask))
    }

    fn histogram(&mut self, ask: HistogramQuery) -> Task<Engine, Histogram> {
        task(engine::HistogramWork::new(self, ask))
    }

    fn facet(&mut self, ask: FacetQuery) -> Task<Engine, Facet> {
        task(engine::FacetWork::new(self, ask))
    }

    fn page(&mut self, ask: PageQuery) -> Task<Engine, Page> {
        task(engine::PageWork::new(self, ask))
    }

    fn group(&mut self, ask: GroupQuery) -> Task<Engine, Group> {
        task(engine::GroupWork::new(self, ask))
    }

    fn insights(&mut self, ask: InsightsQuery) -> Task<Engine, InsightsReport> {
        task(engine::InsightsWork::new(self, ask))
    }

    fn coverage(&mut self, ask: CoverageQuery) -> Task<Engine, CoverageMap> {
        task(engine::CoverageWork::new(self, ask))
    }

    fn place(&mut self, ask: PlaceQuery) -> Task<Engine, Place> {
        Task::Done(Engine::place(self, ask.id).map_err(Failure::from))
    }

    fn places(&mut self, ask: PlacesQuery) -> Task<Engine, Places> {
        task(engine::PlacesWork::new(self, &ask))
    }

    fn file_pairs(&mut self, ask: FilePairsQuery) -> Task<Engine, FilePairs> {
        Task::Done(Engine::file_pairs(self, &ask).map_err(Failure::from))
    }

    fn repeats(&mut self, ask: RepeatsQuery) -> Task<Engine, Repeats> {
        Task::Done(Engine::repeats(self, &ask).map_err(Failure::from))
    }

    fn find(&mut self, ask: FindQuery) -> Task<Engine, Found> {
        Task::Done(Ok(Found { id: Engine::find(self, &ask.key) }))
    }

    fn report(&mut self, _: ReportQuery) -> Task<Engine, Report> {
        Task::Done(Ok(Engine::report(self)))
    }

    fn note(&mut self, ask: Note) -> Task<Engine, Done> {
        Engine::note(self, ask);
        Task::Done(Ok(Done))
    }

    fn digests(&mut self, ask: Digests) -> Task<Engine, Done> {
        // Both ends are of one build, so it always decodes.
        Engine::know_digests(self, postcard::from_bytes(&ask.bytes).unwrap_or_default());
        Task::Done(Ok(Done))
    }

    fn settle(&mut self, _: Settle) -> Task<Engine, DataStatus> {
        Engine::settle(self);
        Task::Done(Ok(status(self)))
    }

    fn trap(&mut self, _: Trap) -> Task<Engine, Done> {
        #[cfg(feature = "traps")]
        {
            #[expect(clippy::panic, reason = "asked for by a test")]
            let stop = || panic!("asked to by a test");
            stop()
        }
        #[cfg(not(feature = "traps"))]
        Task::Done(Err(Failure::BadArgument { message: "this build has no trap".to_owned() }))
    }
}
