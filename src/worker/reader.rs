//! A reader's worker: takes groups of files, hands batches to the engine, reads records again.
//!
//! The bytes of the next group are fetched while this one is parsed: opening files costs more than
//! reading them, so a group is one `Blob`.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, MessageEvent, MessagePort};

use super::{
    archive, check,
    check::Check,
    fetch::{GROUP_BYTES, bytes_of, fetch, records, whole},
    reason, wire,
};
use crate::{
    model::{limits::Limits, member::Coding},
    protocol::reading::{FileToRead, FromReader, Pace, RecordForm, ToReader},
    reader::{Input, Reader},
};

/// No further group is fetched when those that wait have so many bytes.
const AHEAD_BYTES: u64 = 1 << 20;
/// A sign of life after so many files, or so long.
const SIGN_FILES: usize = 50;
const SIGN_MILLIS: f64 = 200.0;
/// How soon an archive that rests is gone on with after the word.
const REST_MILLIS: i32 = 100;

/// Makes the files of a sample: of a seed, about so many events; path and bytes.
pub type MakeSample = fn(seed: u64, events: u64) -> Box<dyn Iterator<Item = (String, Vec<u8>)>>;

struct Desk {
    jobs: RefCell<VecDeque<Job>>,
    busy: Cell<bool>,
    engine: RefCell<Option<MessagePort>>,
    reader: RefCell<Reader>,
    limits: Cell<Limits>,
    pace: Cell<Pace>,
    /// Counts the times that nobody wanted to look into archives any more.
    looks: Cell<u32>,
    /// The check of digests that this reader makes, until its last facts are here.
    check: RefCell<Option<Check>>,
    make_sample: MakeSample,
}

enum Job {
    Read {
        group: u32,
        files: Vec<FileToRead>,
        handles: Vec<Blob>,
        fetched: Option<Promise>,
    },
    Records {
        request: u32,
        path: String,
        coding: Coding,
        offsets: Vec<u32>,
        form: RecordForm,
        file: Blob,
    },
    Look {
        request: u32,
        file: FileToRead,
        handle: Blob,
        /// [`Desk::looks`] when it was asked for.
        looks: u32,
    },
    Sample {
        request: u32,
        seed: u64,
        events: u64,
    },
    Facts {
        request: u32,
        files: Vec<FileToRead>,
        handles: Vec<Blob>,
    },
    Verify(Box<Check>),
}

/// Starts to listen, and tells the page.
pub fn run(make_sample: MakeSample) {
    let desk = Rc::new(Desk {
        jobs: RefCell::default(),
        busy: Cell::new(false),
        engine: RefCell::default(),
        reader: RefCell::new(Reader::new(Limits::default())),
        limits: Cell::default(),
        pace: Cell::default(),
        looks: Cell::default(),
        check: RefCell::default(),
        make_sample,
    });
    wire::listen(move |event| desk.hear(&event));
    say(&FromReader::Ready);
}

impl Desk {
    /// The port to the engine, or an order with files beside it.
    fn hear(self: &Rc<Desk>, event: &MessageEvent) {
        if let Some(port) = event.ports().get(0).dyn_ref::<MessagePort>() {
            *self.engine.borrow_mut() = Some(port.clone());
            return;
        }
        let message: Array = event.data().unchecked_into();
        let Some(order) = wire::bytes(&message.get(0)) else { return };
        let handles: Vec<Blob> =
            message.get(1).unchecked_into::<Array>().iter().map(JsCast::unchecked_into).collect();
        let Ok(order) = postcard::from_bytes(&order) else { return };
        let job = match order {
            ToReader::Limits(limits) => return self.limits.set(limits),
            ToReader::Pace(pace) => return self.pace.set(pace),
            ToReader::Read { group, files } => Job::Read { group, files, handles, fetched: None },
            ToReader::Records { request, path, coding, offsets, form } => {
                let Some(file) = handles.into_iter().next() else { return };
                Job::Records { request, path, coding, offsets, form, file }
            },
            ToReader::Look { request, file } => {
                let Some(handle) = handles.into_iter().next() else { return };
                Job::Look { request, file, handle, looks: self.looks.get() }
            },
            ToReader::LookNoMore => return self.looks.update(|it| it.wrapping_add(1)),
            ToReader::Sample { request, seed, events } => Job::Sample { request, seed, events },
            ToReader::Facts { request, files } => Job::Facts { request, files, handles },
            ToReader::Verify { request, lost, last } => {
                let facts = message.get(1).unchecked_into::<Array>().get(0);
                let mut check = self.check.borrow_mut();
                let mut current = check.take().unwrap_or_default().of(request);
                current.take(&wire::bytes(&facts).unwrap_or_default(), lost);
                if !last {
                    *check = Some(current);
                    return;
                }
                Job::Verify(Box::new(current))
            },
            ToReader::Forget { request } => {
                self.check.borrow_mut().take_if(|it| it.is_of(request));
                self.jobs
                    .borrow_mut()
                    .retain(|it| !matches!(it, Job::Verify(check) if check.is_of(request)));
                return;
            },
            ToReader::Trap => return trap(),
        };
        let mut jobs = self.jobs.borrow_mut();
        // Someone waits for a record; nobody waits for one group.
        if matches!(job, Job::Records { .. }) {
            jobs.push_front(job)
        } else {
            jobs.push_back(job)
        }
        drop(jobs);
        if !self.busy.replace(true) {
            let desk = Rc::clone(self);
            spawn_local(async move { desk.work().await });
        }
    }

    async fn work(&self) {
        while let Some(job) = self.next(|_| true) {
            match job {
                Job::Read { group, files, handles, fetched } => {
                    self.read(group, &files, &handles, fetched).await;
                },
                aside => self.work_aside(aside).await,
            }
        }
        self.busy.set(false);
    }

    /// Does whatever is not reading for the engine.
    async fn work_aside(&self, job: Job) {
        match job {
            Job::Read { .. } => (),
            records @ Job::Records { .. } => self.find(records).await,
            Job::Look { request, file, handle, looks } => {
                // Whatever the pace is: whoever asks waits for the answer while all else rests.
                let go_on = async || {
                    wire::breathe().await;
                    self.find_records().await;
                    self.looks.get() == looks
                };
                if self.looks.get() == looks {
                    archive::look(request, &file, &handle, self.limits.get(), go_on).await;
                }
            },
            Job::Sample { request, seed, events } => {
                for (path, bytes) in (self.make_sample)(seed, events) {
                    let message = FromReader::SampleFile { request, path };
                    if let Ok(message) = postcard::to_stdvec(&message) {
                        wire::post_with(&message, &bytes);
                    }
                }
                say(&FromReader::SampleDone { request });
            },
            Job::Facts { request, files, handles } => {
                self.reader.borrow_mut().set_limits(self.limits.get());
                let facts = check::facts(&self.reader, &files, &handles).await;
                say_with(&FromReader::Facts { request }, &facts);
            },
            Job::Verify(mut check) => {
                if check.step() {
                    // Behind whatever else is to be done; a word to forget it is heard here.
                    self.jobs.borrow_mut().push_back(Job::Verify(check));
                    wire::breathe().await;
                }
            },
        }
    }

    /// Finds all records that someone waits for.
    async fn find_records(&self) {
        while let Some(job) = self.next(|it| matches!(it, Job::Records { .. })) {
            self.find(job).await;
        }
    }

    /// Finds records.
    async fn find(&self, job: Job) {
        let Job::Records { request, path, coding, offsets, form, file } = job else { return };
        let limits = self.limits.get();
        let result = records(&path, coding, &offsets, form, &file, limits).await;
        say(&FromReader::Records { request, result });
    }

    /// Lets others in while an archive is gone through, for as long as that rests; whether to go on.
    async fn pause(&self, mut alive: impl FnMut()) -> bool {
        loop {
            alive();
            wire::breathe().await;
            while let Some(job) = self.next(|it| !matches!(it, Job::Read { .. })) {
                self.work_aside(job).await;
                alive();
            }
            match self.pace.get() {
                Pace::Go => return true,
                Pace::Stop => return false,
                Pace::Rest => wire::sleep(REST_MILLIS).await,
            }
        }
    }

    /// The first job in line that is wanted.
    fn next(&self, is_wanted: impl Fn(&Job) -> bool) -> Option<Job> {
        let mut jobs = self.jobs.borrow_mut();
        let at = jobs.iter().position(is_wanted)?;
        jobs.remove(at)
    }

    /// Begins to fetch the bytes of the groups that come next. Where files are small the browser
    /// takes longer to open them than a reader to read them, and opens several groups at once.
    fn fetch_ahead(&self) {
        let mut ahead = 0;
        for job in self.jobs.borrow_mut().iter_mut() {
            let Job::Read { files, handles, fetched, .. } = job else { return };
            ahead += files.iter().map(|it| it.bytes).sum::<u64>();
            if fetched.is_none() {
                *fetched = fetch(files, handles);
            }
            if ahead > AHEAD_BYTES {
                return;
            }
        }
    }

    /// Reads a group into one batch for the engine.
    async fn read(
        &self,
        group: u32,
        files: &[FileToRead],
        handles: &[Blob],
        fetched: Option<Promise>,
    ) {
        self.reader.borrow_mut().set_limits(self.limits.get());
        let mut signs =
            Signs { group, files: 0, bytes: 0, said_files: 0, said_millis: wire::now_millis() };
        let fetched = fetched.or_else(|| fetch(files, handles));
        self.fetch_ahead();
        let whole = whole(files, fetched).await;
        self.fetch_ahead();
        if let Some(whole) = whole {
            let mut rest = whole.as_slice();
            for (file, handle) in files.iter().zip(handles) {
                let (bytes, after) = rest.split_at(file.bytes as usize);
                rest = after;
                self.parse(file, handle, bytes, &mut signs).await;
                signs.one_more(file.bytes, self.rows());
            }
        } else {
            for (file, handle) in files.iter().zip(handles) {
                // What may not fit into memory is looked at before it is taken whole.
                if file.bytes > GROUP_BYTES && archive::is_archive(handle, file.coding) {
                    self.open_archive(file, handle, &mut signs).await;
                    signs.one_more(file.bytes, self.rows());
                    continue;
                }
                match bytes_of(handle, self.limits.get()).await {
                    Ok(bytes) => self.parse(file, handle, &bytes, &mut signs).await,
                    Err(error) => {
                        let mut reader = self.reader.borrow_mut();
                        let in_archive = file.depth > 0;
                        reader.unreadable(file.file, &file.path, &reason(&error), in_archive);
                    },
                }
                signs.one_more(file.bytes, self.rows());
            }
        }
        let batch = self.reader.borrow_mut().finish();
        let json_bytes = batch.files.iter().map(|it| it.json_bytes).sum();
        signs.say(batch.rows);
        let bytes = wire::buffer(&batch.to_bytes());
        if let Some(engine) = self.engine.borrow().as_ref() {
            let message = Array::of2(&JsValue::from(group), &bytes);
            engine.post_message_with_transferable(&message, &Array::of1(&bytes)).ok();
        }
        say(&FromReader::Read { group, json_bytes });
    }

    async fn parse(&self, file: &FileToRead, handle: &Blob, bytes: &[u8], signs: &mut Signs) {
        #[cfg(feature = "traps")]
        if file.path.contains("trap-reader") {
            trap();
        }
        let input = Input { file: file.file, path: &file.path, bytes };
        let is_archive = self.reader.borrow_mut().read_as(input, file.coding);
        if is_archive {
            self.open_archive(file, handle, signs).await;
        }
    }

    async fn open_archive(&self, file: &FileToRead, handle: &Blob, signs: &mut Signs) {
        let rows = self.rows();
        let pause = async || self.pause(|| signs.say(rows)).await;
        let (members, trouble) = archive::open(file, handle, self.limits.get(), pause).await;
        self.reader.borrow_mut().opened(file.file, &file.path, members, trouble);
    }

    fn rows(&self) -> u32 {
        self.reader.borrow().rows()
    }
}

/// Tells the page now and then how far a group is.
struct Signs {
    group: u32,
    files: u32,
    bytes: u64,
    said_files: u32,
    said_millis: f64,
}

impl Signs {
    fn one_more(&mut self, bytes: u64, rows: u32) {
        self.files += 1;
        self.bytes += bytes;
        let now = wire::now_millis();
        if (self.files - self.said_files) as usize >= SIGN_FILES
            || now - self.said_millis >= SIGN_MILLIS
        {
            self.said_millis = now;
            self.say(rows);
        }
    }

    fn say(&mut self, rows: u32) {
        self.said_files = self.files;
        let (group, files, bytes) = (self.group, self.files, self.bytes);
        say(&FromReader::Reading { group, files, bytes, events: rows });
    }
}

/// Says something with bytes beside it.
pub(super) fn say_with(message: &FromReader, beside: &[u8]) {
    if let Ok(bytes) = postcard::to_stdvec(message) {
        wire::post_with(&bytes, beside);
    }
}

pub(super) fn say(message: &FromReader) {
    if let Ok(bytes) = postcard::to_stdvec(message) {
        wire::post(&bytes);
    }
}

/// Dies, where the build allows it.
fn trap() {
    #[cfg(feature = "traps")]
    core::arch::wasm32::unreachable();
}
