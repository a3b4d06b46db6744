//! Archives: their members are told to the page, which deals them out like any other file.

use std::{cell::Cell, io::Write};

use flate2::{Compression, write::GzEncoder};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::Blob;

use super::{source::BlobSource, wire};
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
/// Unpacked bytes that are held before the browser is given them.
const HELD_BYTES: usize = 8 << 20;
/// Unpacked bytes that one reader has the browser keep as they are. A browser that may not write to
/// the disk keeps some 2 GB in all, for all pages; what comes later is packed again, which takes about
/// as long as to read it does, and as much room as it took in the archive.
const KEPT_BYTES: u64 = if cfg!(feature = "traps") { 1 << 20 } else { 128 << 20 };
/// Members and other work are let out so often.
const PAUSE_MILLIS: f64 = 100.0;
/// Members that take no time between two looks at the clock.
const HANDFUL: u32 = 16;

thread_local! {
    /// What was given to the browser. It is kept for as long as the reader lives, or longer.
    static GIVEN_BYTES: Cell<u64> = const { Cell::new(0) };
}

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

/// Members that are not told yet. Those that were unpacked are parts of what the browser holds and,
/// behind that, of what is held here.
#[derive(Default)]
struct Packet {
    members: Vec<Member>,
    /// `Blob`s, which the browser may keep on the disk.
    given: Array,
    given_bytes: u64,
    held: Vec<u8>,
    /// Where the bytes of the next file begin.
    next: u64,
    /// Some bytes of that file are here.
    begun: bool,
    /// Packs that file.
    packer: Option<GzEncoder<Vec<u8>>>,
    /// The browser did not take some of the bytes.
    refused: bool,
}

impl Packet {
    fn len(&self) -> u64 {
        self.given_bytes + self.held.len() as u64
    }

    /// The next bytes of a file.
    fn take(&mut self, bytes: &[u8]) {
        if !std::mem::replace(&mut self.begun, true) {
            let room =
                GIVEN_BYTES.get() + self.held.len() as u64 + bytes.len() as u64 <= KEPT_BYTES;
            let packs = !room && !archive::is_packed(bytes);
            self.packer = packs.then(|| GzEncoder::new(Vec::new(), Compression::fast()));
        }
        match &mut self.packer {
            // Memory takes all.
            Some(packer) => drop(packer.write_all(bytes)),
            None => self.held.extend_from_slice(bytes),
        }
        if self.held.len() >= HELD_BYTES {
            self.give();
        }
    }

    /// The file is at its end.
    fn end(&mut self, path: String) {
        self.begun = false;
        let packed = self.packer.take().and_then(|it| it.finish().ok());
        self.held.extend(packed.unwrap_or_default());
        let (start, end) = (self.next, self.len());
        self.next = end;
        self.members.push(Member { path, start, end, coding: Coding::Plain });
    }

    fn give(&mut self) {
        if self.held.is_empty() {
            return;
        }
        GIVEN_BYTES.set(GIVEN_BYTES.get() + self.held.len() as u64);
        let parts = Array::of1(&Uint8Array::from(self.held.as_slice()));
        match Blob::new_with_u8_array_sequence(&parts) {
            Ok(blob) => drop(self.given.push(&blob)),
            Err(_) => self.refused = true,
        }
        self.given_bytes = self.len();
        self.held.clear();
    }

    /// The bytes of its members, if they were unpacked; an error where the browser refuses them.
    fn blob(&mut self) -> Result<Option<Blob>, ()> {
        self.give();
        if self.refused {
            return Err(());
        }
        let blob = || Blob::new_with_blob_sequence(&self.given).map_err(drop);
        (self.given.length() > 0).then(blob).transpose()
    }
}

impl Teller {
    fn take(&mut self, found: Found<'_>) {
        let packet = &mut self.packet;
        match found {
            Found::Part(member) => packet.members.push(member),
            Found::Bytes(bytes) => {
                packet.take(bytes);
                self.full |= packet.refused;
            },
            Found::File(path) => {
                packet.end(path);
                if packet.len() >= HELD_BYTES as u64 {
                    self.send();
                }
            },
            Found::Nothing => (),
        }
        if self.packet.members.len() >= TOLD {
            self.send();
        }
    }

    /// Tells what there is, unless a file is not at its end.
    fn send(&mut self) {
        if self.packet.members.is_empty() || self.packet.begun {
            return;
        }
        let mut packet = std::mem::take(&mut self.packet);
        match packet.blob() {
            Ok(blob) => self.tell(packet.members, blob, None),
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
        self.packet.begun = false;
        self.send();
        if self.told > 0 || end == End::Stopped {
            self.tell(Vec::new(), None, Some(end));
        }
        (self.told as usize, self.full)
    }
}
