//! A reader's worker: takes groups of files, hands batches to the engine, reads records again.
//!
//! The bytes of the next group are fetched while this one is parsed: opening files costs more than
//! reading them, so a group is one `Blob`.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

use js_sys::{Array, ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, MessageEvent, MessagePort};

use super::{archive, check, check::Check, reason, wire};
use crate::{
    model::{
        limits::Limits,
        member::Coding,
        problem::{Problem, ProblemKind},
    },
    protocol::reading::{FileToRead, FromReader, RecordForm, ToReader},
    reader::{Input, Reader, archive::Container, lines_at, records_at},
};

/// Larger groups are read file by file.
const GROUP_BYTES: u64 = 16 << 20;
/// No further group is fetched when those that wait have so many bytes.
const AHEAD_BYTES: u64 = 1 << 20;
/// More than that is never asked for at once: a vector holds 2 GiB, and the reader has 4 for everything.
const MOST_BYTES: u64 = 2_020 << 20;
/// A sign of life after so many files, or so long.
const SIGN_FILES: usize = 50;
const SIGN_MILLIS: f64 = 200.0;

/// Makes the files of a sample: of a seed, about so many events; path and bytes.
pub type MakeSample = fn(seed: u64, events: u64) -> Box<dyn Iterator<Item = (String, Vec<u8>)>>;

struct Desk {
    jobs: RefCell<VecDeque<Job>>,
    busy: Cell<bool>,
    engine: RefCell<Option<MessagePort>>,
    reader: RefCell<Reader>,
    limits: Cell<Limits>,
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
            ToReader::Read { group, files } => Job::Read { group, files, handles, fetched: None },
            ToReader::Records { request, path, coding, offsets, form } => {
                let Some(file) = handles.into_iter().next() else { return };
                Job::Records { request, path, coding, offsets, form, file }
            },
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
        while let Some(job) = self.next() {
            match job {
                Job::Read { group, files, handles, fetched } => {
                    self.read(group, &files, &handles, fetched).await;
                },
                Job::Records { request, path, coding, offsets, form, file } => {
                    let limits = self.limits.get();
                    let result = records(&path, coding, &offsets, form, &file, limits).await;
                    say(&FromReader::Records { request, result });
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
        self.busy.set(false);
    }

    fn next(&self) -> Option<Job> {
        self.jobs.borrow_mut().pop_front()
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
                self.parse(file, handle, bytes, &mut signs);
                signs.one_more(file.bytes, self.rows());
            }
        } else {
            for (file, handle) in files.iter().zip(handles) {
                // What may not fit into memory is looked at before it is taken whole.
                let large = file.bytes > GROUP_BYTES;
                let container = large.then(|| archive::kind(handle, file.coding)).flatten();
                if let Some(container) = container {
                    self.open_archive(file, handle, container, &mut signs);
                    signs.one_more(file.bytes, self.rows());
                    continue;
                }
                match bytes_of(handle, self.limits.get()).await {
                    Ok(bytes) => self.parse(file, handle, &bytes, &mut signs),
                    Err(error) => {
                        let mut reader = self.reader.borrow_mut();
                        reader.unreadable(file.file, &file.path, &reason(&error));
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

    fn parse(&self, file: &FileToRead, handle: &Blob, bytes: &[u8], signs: &mut Signs) {
        #[cfg(feature = "traps")]
        if file.path.contains("trap-reader") {
            trap();
        }
        let input = Input { file: file.file, path: &file.path, bytes };
        let container = self.reader.borrow_mut().read_as(input, file.coding);
        if let Some(container) = container {
            self.open_archive(file, handle, container, signs);
        }
    }

    fn open_archive(
        &self,
        file: &FileToRead,
        handle: &Blob,
        container: Container,
        signs: &mut Signs,
    ) {
        let rows = self.rows();
        let (members, trouble) =
            archive::open(file, handle, container, self.limits.get(), || signs.say(rows));
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

/// The bytes of all files, one after the other; `None` where they must be read one by one.
pub(super) async fn whole(files: &[FileToRead], fetched: Option<Promise>) -> Option<Vec<u8>> {
    let whole = JsFuture::from(fetched?).await.ok()?;
    let expected: u64 = files.iter().map(|it| it.bytes).sum();
    Some(to_vec(&whole)).filter(|it| it.len() as u64 == expected)
}

/// The bytes of all files as one buffer, where that is allowed and worth it.
pub(super) fn fetch(files: &[FileToRead], handles: &[Blob]) -> Option<Promise> {
    let bytes: u64 = files.iter().map(|it| it.bytes).sum();
    if files.len() < 2 || bytes > GROUP_BYTES || files.len() != handles.len() {
        return None;
    }
    let parts: Array = handles.iter().collect();
    let promise = Blob::new_with_blob_sequence(&parts).ok()?.array_buffer();
    // A failure is looked at when the group's turn comes; until then it is not unhandled.
    let looked_at = promise.clone();
    spawn_local(async move {
        JsFuture::from(looked_at).await.ok();
    });
    Some(promise)
}

async fn records(
    path: &str,
    coding: Coding,
    offsets: &[u32],
    form: RecordForm,
    file: &Blob,
    limits: Limits,
) -> Result<Vec<String>, Problem> {
    let bytes = bytes_of(file, limits).await.map_err(|error| {
        let message = format!(
            "The browser could not read the file again: {}. Drop it again.",
            reason(&error)
        );
        Problem::new(path, ProblemKind::Unreadable, message)
    })?;
    match form {
        RecordForm::Verbatim => records_at(path, &bytes, coding, offsets, limits),
        RecordForm::Lines => lines_at(path, &bytes, coding, offsets, limits),
    }
}

/// The bytes of a file: of one that is larger than what it may unpack to no more than tells that it
/// is, and never more than memory holds.
async fn bytes_of(file: &Blob, limits: Limits) -> Result<Vec<u8>, JsValue> {
    let most = limits.json_bytes.saturating_add(GROUP_BYTES).min(MOST_BYTES) as f64;
    let whole = if file.size() <= most {
        file.array_buffer()
    } else {
        file.slice_with_f64_and_f64(0.0, most)?.array_buffer()
    };
    JsFuture::from(whole).await.map(|it| to_vec(&it))
}

pub(super) fn to_vec(buffer: &JsValue) -> Vec<u8> {
    Uint8Array::new(buffer.unchecked_ref::<ArrayBuffer>()).to_vec()
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
