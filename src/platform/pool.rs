//! The readers: as many as there are cores, replaced when they die.

use std::{
    cell::{Cell, OnceCell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use futures::{
    channel::{mpsc, oneshot},
    future::{Either, select},
    pin_mut,
};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, File, MessageChannel};

use super::{
    Inner,
    check::Checks,
    given::Given,
    link::{Link, Program},
    look::Looks,
    time,
};
use crate::{
    model::{limits::Limits, problem::Problem, question::FileId},
    protocol::{
        failure::Failure,
        reading::{FromReader, Pace, RecordForm, ToReader},
    },
    state::schedule::Group,
};

/// What a person can do about a record that does not come.
const TRY_AGAIN: &str = "Look at the event again; if that does not help, drop the file again.";
/// A reader that gives back no record for so long is dead.
const RECORDS_MILLIS: i32 = 30_000;
/// So many readers that died before they said a word: none will ever live.
const MOST_STILLBORN: u32 = 12;

pub(super) struct Pool {
    program: OnceCell<Program>,
    links: RefCell<Vec<Link>>,
    size: usize,
    stillborn: Cell<u32>,
    /// No reader lives in this browser.
    pub(super) broken: Cell<bool>,
    /// What readers were told last.
    pace: Cell<Pace>,
    next_request: Cell<u32>,
    records: RefCell<BTreeMap<u32, Asked>>,
    sample: RefCell<Option<Sampling>>,
    pub(super) checks: Checks,
    pub(super) looks: Looks,
}

struct Asked {
    reader: usize,
    answer: oneshot::Sender<Result<Vec<String>, Problem>>,
}

struct Sampling {
    request: u32,
    reader: usize,
    files: mpsc::UnboundedSender<(String, ArrayBuffer)>,
}

impl Pool {
    /// For so many readers.
    pub(super) fn new(size: usize) -> Pool {
        Pool {
            program: OnceCell::new(),
            links: RefCell::default(),
            size,
            stillborn: Cell::new(0),
            broken: Cell::new(false),
            pace: Cell::default(),
            next_request: Cell::new(0),
            records: RefCell::default(),
            sample: RefCell::default(),
            checks: Checks::default(),
            looks: Looks::default(),
        }
    }

    pub(super) fn request(&self) -> u32 {
        self.next_request.replace(self.next_request.get().wrapping_add(1))
    }

    pub(super) fn post(&self, reader: usize, order: &ToReader, files: &Array) -> bool {
        self.links.borrow().get(reader).is_some_and(|it| tell(it, order, files))
    }

    /// Tells all readers what they may unpack from now on.
    pub(super) fn limit(&self, limits: Limits) {
        self.tell_all(&ToReader::Limits(limits));
    }

    /// Tells all readers how to go through archives from now on.
    pub(super) fn pace(&self, pace: Pace) {
        if self.pace.replace(pace) != pace {
            self.tell_all(&ToReader::Pace(pace));
        }
    }

    pub(super) fn tell_all(&self, order: &ToReader) {
        for link in self.links.borrow().iter() {
            tell(link, order, &Array::new());
        }
    }

    /// The reader with the fewest records to find, files to check and archives to look into.
    pub(super) fn idlest(&self) -> usize {
        let asked = self.records.borrow();
        let owed = |reader: &usize| {
            let records = asked.values().filter(|it| it.reader == *reader).count();
            records + self.checks.owed(*reader) + self.looks.owed(*reader)
        };
        (0..self.size).min_by_key(owed).unwrap_or(0)
    }

    /// Whatever this reader owed will not come.
    fn give_up(&self, reader: usize) {
        self.records.borrow_mut().retain(|_, it| it.reader != reader);
        self.sample.borrow_mut().take_if(|it| it.reader == reader);
        self.checks.give_up(reader);
        self.looks.give_up(|it| it == reader);
    }
}

impl Inner {
    /// Starts the readers for the first time, when their program is here.
    pub(super) async fn boot_readers(self: Rc<Inner>) {
        match Program::load("reader").await {
            Ok(program) => {
                self.pool.program.set(program).ok();
                self.start_readers();
            },
            Err(_) => self.no_readers(),
        }
    }

    pub(super) fn start_readers(self: &Rc<Inner>) {
        for reader in 0..self.pool.size {
            let Some(link) = self.start_reader(reader) else { return };
            self.pool.links.borrow_mut().push(link);
        }
        self.pump();
    }

    pub(super) fn end_readers(&self) {
        self.pool.links.borrow_mut().clear();
        self.pool.records.borrow_mut().clear();
        self.pool.sample.borrow_mut().take();
        self.pool.checks.give_up_all();
        self.pool.looks.give_up(|_| true);
    }

    fn start_reader(self: &Rc<Inner>, reader: usize) -> Option<Link> {
        let program = self.pool.program.get()?;
        let (hears, fails) = (Rc::downgrade(self), Rc::downgrade(self));
        let started = Link::start(
            program,
            &format!("reader-{reader}"),
            move |data| {
                if let Some(inner) = hears.upgrade() {
                    inner.reader_said(reader, &data);
                }
            },
            move |_| {
                if let Some(inner) = fails.upgrade() {
                    leptos::task::spawn_local(async move { inner.replace_reader(reader) });
                }
            },
        );
        let (Ok(link), Ok(channel)) = (started, MessageChannel::new()) else {
            self.no_readers();
            return None;
        };
        link.give(&channel.port2());
        let limits = self.app().preferences.with_untracked(|it| it.limits);
        tell(&link, &ToReader::Limits(limits), &Array::new());
        tell(&link, &ToReader::Pace(self.pool.pace.get()), &Array::new());
        self.give_port(channel.port1());
        Some(link)
    }

    /// A dead reader's place is taken by a new one; its files are dealt again.
    pub(super) fn replace_reader(self: &Rc<Inner>, reader: usize) {
        self.pool.give_up(reader);
        self.pool.stillborn.set(self.pool.stillborn.get() + 1);
        if self.pool.stillborn.get() > MOST_STILLBORN {
            self.no_readers();
            return;
        }
        let lost = self.load.schedule.borrow_mut().reader_died(reader);
        if let Some(file) = lost {
            self.lost(file);
        }
        let Some(fresh) = self.start_reader(reader) else { return };
        if let Some(link) = self.pool.links.borrow_mut().get_mut(reader) {
            *link = fresh;
        }
        self.pump();
        self.wake_load();
    }

    fn reader_said(self: &Rc<Inner>, reader: usize, data: &JsValue) {
        let both = data.dyn_ref::<Array>();
        let head = both.map_or_else(|| data.clone(), |it| it.get(0));
        let Some(head) = head.dyn_ref::<ArrayBuffer>() else { return };
        let Ok(message) = postcard::from_bytes(&Uint8Array::new(head).to_vec()) else { return };
        let now = time::now_millis();
        let mut schedule = self.load.schedule.borrow_mut();
        schedule.heard(reader, now);
        match message {
            FromReader::Ready => {
                schedule.ready(reader, now);
                self.pool.stillborn.set(0);
            },
            FromReader::Reading { group, bytes, events, .. } => {
                schedule.reading(reader, group, bytes, u64::from(events));
            },
            FromReader::Read { group, json_bytes } => {
                schedule.read(reader, group);
                drop(schedule);
                self.unpacked(json_bytes);
            },
            FromReader::Members { file, first, members, last } => {
                let packed = both.map(|it| it.get(1)).and_then(|it| it.dyn_into::<Blob>().ok());
                drop(schedule);
                self.add_members(file, first, members, packed);
                if let Some(end) = last {
                    self.archive_listed(file, end);
                }
                self.wake_load();
            },
            FromReader::Inside { request, members } => self.pool.looks.seen(request, members),
            FromReader::Looked { request } => self.pool.looks.done(request),
            FromReader::Records { request, result } => {
                if let Some(asked) = self.pool.records.borrow_mut().remove(&request) {
                    asked.answer.send(result).ok();
                }
            },
            FromReader::SampleFile { request, path } => {
                let bytes = both.map(|it| it.get(1)).and_then(|it| it.dyn_into().ok());
                if let (Some(sampling), Some(bytes)) = (&*self.pool.sample.borrow(), bytes)
                    && sampling.request == request
                {
                    sampling.files.unbounded_send((path, bytes)).ok();
                }
            },
            FromReader::SampleDone { request } => {
                self.pool.sample.borrow_mut().take_if(|it| it.request == request);
            },
            FromReader::Facts { request } => {
                if let Some(facts) = both.and_then(|it| it.get(1).dyn_into().ok()) {
                    self.pool.checks.facts_came(request, facts);
                }
            },
            FromReader::Verifying { request, done, of } => {
                drop(schedule);
                self.verifying(request, done, of);
            },
            FromReader::Verified { request, report } => {
                drop(schedule);
                self.verified(request, *report, both.and_then(|it| it.get(1).dyn_into().ok()));
            },
        }
    }

    /// Hands a group to a reader.
    pub(super) fn send_group(&self, reader: usize, group: Group) {
        let given = self.load.files.borrow();
        let given = |file: &FileId| given.get(file.0 as usize);
        let handles: Array = group.files.iter().filter_map(given).filter_map(Given::blob).collect();
        let files = group.files.iter().filter_map(|file| Some(given(file)?.to_read(*file)));
        let order = ToReader::Read { group: group.number, files: files.collect() };
        self.pool.post(reader, &order, &handles);
    }

    /// How many readers are up.
    pub(super) fn readers(&self) -> usize {
        self.pool.links.borrow().len()
    }

    /// Records of one file, read again.
    pub(super) async fn records(
        self: &Rc<Inner>,
        file: FileId,
        offsets: Vec<u32>,
        form: RecordForm,
    ) -> Result<Vec<String>, Failure> {
        let given = self
            .load
            .files
            .borrow()
            .get(file.0 as usize)
            .and_then(|it| Some((it.path.clone(), it.coding, it.blob()?)));
        let Some((path, coding, handle)) = given else {
            return Err(Failure::NotFound { what: "the file of this event was closed".to_owned() });
        };
        let epoch = self.load.epoch.get();
        let (request, reader) = (self.pool.request(), self.pool.idlest());
        let (answer, answered) = oneshot::channel();
        self.pool.records.borrow_mut().insert(request, Asked { reader, answer });
        let order = ToReader::Records { request, path: path.clone(), coding, offsets, form };
        self.pool.post(reader, &order, &Array::of1(&handle));
        let patience = time::sleep(RECORDS_MILLIS);
        pin_mut!(patience);
        let result = match select(answered, patience).await {
            Either::Left((Ok(result), _)) => result.map_err(|it| it.message),
            Either::Left((Err(_), _)) if epoch != self.load.epoch.get() => {
                return Err(Failure::Closed);
            },
            Either::Left((Err(_), _)) => Err(format!("The reader stopped at {path}. {TRY_AGAIN}")),
            Either::Right(_) => {
                self.replace_reader(reader);
                Err(format!("To read {path} again took too long. {TRY_AGAIN}"))
            },
        };
        result.map_err(|message| Failure::Unreadable { message })
    }

    /// Has the sample made; its files come one by one until the stream ends.
    pub(super) fn make_sample(
        &self,
        seed: u64,
        events: u64,
    ) -> mpsc::UnboundedReceiver<(String, ArrayBuffer)> {
        let (files, made) = mpsc::unbounded();
        let (request, reader) = (self.pool.request(), 0);
        if self.pool.post(reader, &ToReader::Sample { request, seed, events }, &Array::new()) {
            *self.pool.sample.borrow_mut() = Some(Sampling { request, reader, files });
        }
        made
    }

    /// Ends a reader, where the build allows it.
    #[cfg(feature = "traps")]
    pub(super) fn trap_reader(&self) {
        self.pool.post(0, &ToReader::Trap, &Array::new());
    }
}

/// Sends an order with files beside it; whether that could be done.
fn tell(link: &Link, order: &ToReader, files: &Array) -> bool {
    let Ok(bytes) = postcard::to_stdvec(order) else { return false };
    let buffer = Uint8Array::from(bytes.as_slice()).buffer();
    link.post(&Array::of2(&buffer, files), &Array::of1(&buffer));
    true
}

/// A file made in the page.
pub(super) fn make_file(path: &str, bytes: &ArrayBuffer) -> Option<File> {
    let name = path.rsplit('/').next().unwrap_or(path);
    File::new_with_buffer_source_sequence(&Array::of1(bytes), name).ok()
}
