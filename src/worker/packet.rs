//! Members of an archive on their way to the page, and the bytes that they were unpacked to, which
//! are given to the browser.

use std::{cell::Cell, io::Write};

use flate2::{Compression, write::GzEncoder};
use js_sys::{Array, Uint8Array};
use web_sys::Blob;

use crate::{
    model::member::{Coding, Member},
    reader::archive::is_packed,
};

/// Unpacked bytes that are held before the browser is given them.
const HELD_BYTES: usize = 8 << 20;
/// Unpacked bytes that one reader has the browser keep as they are. A browser that may not write to
/// the disk keeps some 2 GB in all, for all pages; what comes later is packed again, which takes about
/// as long as to read it does, and as much room as it took in the archive.
const KEPT_BYTES: u64 = if cfg!(feature = "traps") { 1 << 20 } else { 128 << 20 };

thread_local! {
    /// What was given to the browser. It is kept for as long as the reader lives, or longer.
    static GIVEN_BYTES: Cell<u64> = const { Cell::new(0) };
}

/// Members that are not told yet. Those that were unpacked are parts of what the browser holds and,
/// behind that, of what is held here.
#[derive(Default)]
pub(super) struct Packet {
    members: Vec<Member>,
    /// They are parts of the archive, and not of what was unpacked. All of one packet are either.
    lies: bool,
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
    pub(super) fn count(&self) -> usize {
        self.members.len()
    }

    /// Whether it should be told.
    pub(super) fn is_large(&self) -> bool {
        self.len() >= HELD_BYTES as u64
    }

    /// Whether a file in it is not at its end.
    pub(super) fn is_open(&self) -> bool {
        self.begun
    }

    /// Whether the browser took less than it was given.
    pub(super) fn is_refused(&self) -> bool {
        self.refused
    }

    /// Whether members that are parts of the archive, or that were unpacked, can be in it.
    pub(super) fn fits(&self, lies: bool) -> bool {
        self.members.is_empty() || self.lies == lies
    }

    /// A member that is a part of the archive.
    pub(super) fn part(&mut self, member: Member) {
        self.lies = true;
        self.members.push(member);
    }

    fn len(&self) -> u64 {
        self.given_bytes + self.held.len() as u64
    }

    /// The next bytes of a file.
    pub(super) fn take(&mut self, bytes: &[u8]) {
        if !std::mem::replace(&mut self.begun, true) {
            let room =
                GIVEN_BYTES.get() + self.held.len() as u64 + bytes.len() as u64 <= KEPT_BYTES;
            let packs = !room && !is_packed(bytes);
            self.packer = packs.then(|| GzEncoder::new(Vec::new(), Compression::fast()));
        }
        match &mut self.packer {
            Some(packer) => {
                // Memory takes all.
                drop(packer.write_all(bytes));
                self.held.append(packer.get_mut());
            },
            None => self.held.extend_from_slice(bytes),
        }
        if self.held.len() >= HELD_BYTES {
            self.give();
        }
    }

    /// The file is at its end.
    pub(super) fn end(&mut self, path: String) {
        (self.begun, self.lies) = (false, false);
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

    /// Of the file that was begun no more comes: it is none.
    pub(super) fn break_off(&mut self) {
        self.begun = false;
    }

    /// Its members, and their bytes if they were unpacked; an error where the browser refuses them.
    pub(super) fn close(mut self) -> Result<(Vec<Member>, Option<Blob>), ()> {
        self.give();
        if self.refused {
            return Err(());
        }
        let blob = || Blob::new_with_blob_sequence(&self.given).map_err(drop);
        let blob = (self.given.length() > 0).then(blob).transpose()?;
        Ok((self.members, blob))
    }
}
