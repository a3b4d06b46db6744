//! The digest chain: what each file says, and what follows from all of it. Every reader makes
//! facts; one of them is given all facts and makes the check, a few signatures at a time.

use std::cell::RefCell;

use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::{
    fetch::{fetch, to_vec, whole},
    reader::{say, say_with},
    reason,
};
use crate::{
    integrity::{Verification, coverage, fact_of, may_be_log},
    model::{
        integrity::Fact,
        path::{PathFacts, PathKind},
    },
    protocol::reading::{FileToRead, FromReader},
    reader::Reader,
};

/// Signatures of one step: some tens of milliseconds.
const STEP_SIGNATURES: usize = 40;

/// What these files say, for the one who makes the check.
pub(super) async fn facts(
    reader: &RefCell<Reader>,
    files: &[FileToRead],
    handles: &[Blob],
) -> Vec<u8> {
    let whole = whole(files, fetch(files, handles)).await;
    let mut rest = whole.as_deref();
    let mut facts = Vec::new();
    for (file, handle) in files.iter().zip(handles) {
        let (bytes, after) = match rest.and_then(|it| it.split_at_checked(file.bytes as usize)) {
            Some((bytes, after)) => (Ok(bytes.to_vec()), Some(after)),
            None => (JsFuture::from(handle.array_buffer()).await.map(|it| to_vec(&it)), None),
        };
        rest = after;
        match bytes {
            Ok(bytes) => facts.extend(fact(&mut reader.borrow_mut(), file, &bytes)),
            Err(error) => {
                facts.push(Fact::Unread { path: file.path.clone(), why: reason(&error) });
            },
        }
    }
    postcard::to_stdvec(&facts).unwrap_or_default()
}

/// `None` for what is neither a log nor a digest nor a list of keys.
fn fact(reader: &mut Reader, file: &FileToRead, bytes: &[u8]) -> Option<Fact> {
    let path = file.path.as_str();
    match reader.content(bytes, file.coding) {
        Ok(content) => {
            let fact = fact_of(path, content);
            let is_said = !matches!(fact, Fact::Log(_)) || may_be_log(path, content);
            is_said.then_some(fact)
        },
        Err(why) => {
            let is_named = PathFacts::of(path).kind.is_some_and(|it| it != PathKind::Lake);
            is_named.then(|| Fact::Unread { path: path.to_owned(), why: why.to_owned() })
        },
    }
}

/// A check, from its first facts to its report.
#[derive(Default)]
pub(super) struct Check {
    request: u32,
    facts: Vec<Fact>,
    begun: Option<(Verification, Vec<u8>)>,
}

impl Check {
    /// This check; an older one gives way to it.
    pub(super) fn of(self, request: u32) -> Check {
        if self.is_of(request) { self } else { Check { request, ..Check::default() } }
    }

    pub(super) fn is_of(&self, request: u32) -> bool {
        self.request == request
    }

    /// Takes facts in, and files that ended their reader.
    pub(super) fn take(&mut self, facts: &[u8], lost: Vec<String>) {
        let facts: Vec<Fact> = postcard::from_bytes(facts).unwrap_or_default();
        self.facts.extend(facts);
        let why = "the reader stopped over it";
        self.facts.extend(lost.into_iter().map(|path| Fact::Unread { path, why: why.to_owned() }));
    }

    /// Goes on for a moment; whether there is more to do. The end is told to the page.
    pub(super) fn step(&mut self) -> bool {
        let request = self.request;
        let Some((verification, _)) = &mut self.begun else {
            let facts = std::mem::take(&mut self.facts);
            let digests = postcard::to_stdvec(&coverage(&facts)).unwrap_or_default();
            self.begun = Some((Verification::new(facts), digests));
            return true;
        };
        let more = verification.step(STEP_SIGNATURES);
        let (done, of) = verification.progress();
        say(&FromReader::Verifying { request, done: done as u64, of: of as u64 });
        if !more && let Some((verification, digests)) = self.begun.take() {
            let report = Box::new(verification.finish());
            say_with(&FromReader::Verified { request, report }, &digests);
        }
        more
    }
}
