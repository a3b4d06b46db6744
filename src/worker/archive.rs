//! Archives: their members are told to the page, which deals them out like any other file.

use wasm_bindgen::JsValue;
use web_sys::Blob;

use super::{packet::Packet, source::BlobSource, wire};
use crate::{
    model::{
        limits::Limits,
        member::{Coding, MOST_NESTED, Member},
        problem::ProblemKind,
        question::FileId,
    },
    protocol::reading::{End, FileToRead, FromReader},
    reader::archive::{self, ArchiveTrouble, Found},
};

/// Members in one message.
const TOLD: usize = 2_048;
/// Members and other work are let out so often.
const PAUSE_MILLIS: f64 = 100.0;
/// Members that take no time between two looks at the clock.
const HANDFUL: u32 = 16;

/// Whether a file is an archive, told from its beginning.
pub(super) fn is_archive(blob: &Blob, coding: Coding) -> bool {
    archive::is_archive(&mut BlobSource::new(blob), coding)
}

/// Tells all members to the page: how many, and what was wrong. Now and then `pause` lets other work
/// in, and says whether to go on.
pub(super) async fn open(
    file: &FileToRead,
    blob: &Blob,
    limits: Limits,
    mut pause: impl AsyncFnMut() -> bool,
) -> (usize, Option<ArchiveTrouble>) {
    if file.depth >= MOST_NESTED {
        let cause = format!("it lies in {MOST_NESTED} other archives; unpack those first");
        let trouble = ArchiveTrouble { kind: ProblemKind::Unsupported, cause, byte: 0 };
        return (0, Some(trouble));
    }
    let mut teller = Teller { file: file.file, told: 0, packet: Packet::default(), full: false };
    let (mut paused_millis, mut handful, mut stopped) = (wire::now_millis(), 0, false);
    let opened = archive::open(BlobSource::new(blob), file.coding, limits, async |found| {
        handful += 1;
        let is_quick = matches!(found, Found::Part(_));
        teller.take(found);
        if teller.full {
            return false;
        }
        if is_quick && handful % HANDFUL != 0 || wire::now_millis() - paused_millis < PAUSE_MILLIS {
            return true;
        }
        teller.send();
        stopped = !pause().await;
        paused_millis = wire::now_millis();
        !stopped
    });
    let mut trouble = opened.await.err();
    if stopped {
        let cause = "the load was stopped before its end was reached".to_owned();
        trouble = Some(ArchiveTrouble { kind: ProblemKind::Cancelled, cause, byte: 0 });
    }
    let (told, full) = teller.end(if stopped { End::Stopped } else { End::Whole });
    if full {
        let cause = "the browser has no room for what it unpacks to".to_owned();
        trouble = Some(ArchiveTrouble { kind: ProblemKind::Memory, cause, byte: 0 });
    }
    (told, trouble)
}

/// Tells the page what an archive holds, and nothing of where it lies. Now and then `pause` says
/// whether to go on.
pub(super) async fn look(
    request: u32,
    file: &FileToRead,
    blob: &Blob,
    limits: Limits,
    mut pause: impl AsyncFnMut() -> bool,
) {
    let say = |members: &mut Vec<Member>| {
        let inside = FromReader::Inside { request, members: std::mem::take(members) };
        super::reader::say(&inside);
    };
    let (mut members, mut bytes, mut paused_millis) = (Vec::new(), 0, wire::now_millis());
    if file.depth < MOST_NESTED && is_archive(blob, file.coding) {
        let opened = archive::open(BlobSource::new(blob), file.coding, limits, async |found| {
            match found {
                Found::Part(member) => members.push(member),
                Found::Bytes(some) => bytes += some.len() as u64,
                Found::File(path) => {
                    let end = std::mem::take(&mut bytes);
                    members.push(Member { path, start: 0, end, coding: Coding::Plain });
                },
                Found::Nothing => (),
            }
            if members.len() < TOLD && wire::now_millis() - paused_millis < PAUSE_MILLIS {
                return true;
            }
            say(&mut members);
            paused_millis = wire::now_millis();
            pause().await
        });
        // What is wrong with it is told when it is read.
        opened.await.ok();
        say(&mut members);
    }
    super::reader::say(&FromReader::Looked { request });
}

/// Tells members in portions.
struct Teller {
    file: FileId,
    told: u32,
    packet: Packet,
    /// The browser takes no more bytes.
    full: bool,
}

impl Teller {
    fn take(&mut self, found: Found<'_>) {
        let fits = match found {
            Found::Part(_) => self.packet.fits(true),
            Found::Bytes(_) | Found::File(_) => self.packet.fits(false),
            Found::Nothing => true,
        };
        if !fits {
            self.send();
        }
        let packet = &mut self.packet;
        match found {
            Found::Part(member) => packet.part(member),
            Found::Bytes(bytes) => {
                packet.take(bytes);
                self.full |= packet.is_refused();
            },
            Found::File(path) => {
                packet.end(path);
                if packet.is_large() {
                    self.send();
                }
            },
            Found::Nothing => (),
        }
        if self.packet.count() >= TOLD {
            self.send();
        }
    }

    /// Tells what there is, unless a file is not at its end.
    fn send(&mut self) {
        if self.packet.count() == 0 || self.packet.is_open() {
            return;
        }
        match std::mem::take(&mut self.packet).close() {
            Ok((members, blob)) => self.tell(members, blob, None),
            Err(()) => self.full = true,
        }
    }

    fn tell(&mut self, members: Vec<Member>, blob: Option<Blob>, last: Option<End>) {
        let (file, first) = (self.file, self.told);
        self.told += members.len() as u32;
        let message = FromReader::Members { file, first, members, last };
        if let Ok(message) = postcard::to_stdvec(&message) {
            wire::post_beside(&message, &blob.map_or(JsValue::NULL, JsValue::from));
        }
    }

    /// The last word, if there was any: how many were told, and whether all were taken. Of a file
    /// that was broken off nothing is.
    fn end(mut self, end: End) -> (usize, bool) {
        self.packet.break_off();
        self.send();
        if self.told > 0 || end == End::Stopped {
            self.tell(Vec::new(), None, Some(end));
        }
        (self.told as usize, self.full)
    }
}
