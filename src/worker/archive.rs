//! Archives: their members are told to the page, which deals them out like any other file.

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
    protocol::reading::{FileToRead, FromReader},
    reader::archive::{self, ArchiveTrouble, Container, list_tar, list_zip, sniff, walk},
};

/// Members in one message.
const TOLD: usize = 2_048;
/// Bytes of unpacked members in one `Blob`.
const PACKET_BYTES: usize = 8 << 20;
/// A sign of life so often.
const SIGN_MILLIS: f64 = 200.0;

/// What kind of archive a file is, told from its beginning.
pub(super) fn kind(blob: &Blob, coding: Coding) -> Option<Container> {
    (coding == Coding::Plain).then(|| sniff(&mut BlobSource::new(blob))).flatten()
}

/// Tells all members to the page: how many, and what was wrong. `alive` is called now and then.
pub(super) fn open(
    file: &FileToRead,
    blob: &Blob,
    container: Container,
    limits: Limits,
    alive: impl FnMut(),
) -> (usize, Option<ArchiveTrouble>) {
    if file.depth >= MOST_NESTED {
        let cause = format!("it lies in {MOST_NESTED} other archives; unpack those first");
        let trouble = ArchiveTrouble { kind: ProblemKind::Unsupported, cause, byte: 0 };
        return (0, Some(trouble));
    }
    let mut teller = Teller { file: file.file, told: 0, packet: Packet::default() };
    let mut source = BlobSource::new(blob);
    let trouble = match container {
        Container::Zip => teller.list(list_zip(&mut source)),
        Container::Tar => teller.list(list_tar(&mut source)),
        Container::Packed => teller.walk(source, file.coding, limits, alive),
    };
    (teller.end(), trouble)
}

/// Tells members in portions.
struct Teller {
    file: FileId,
    told: u32,
    packet: Packet,
}

/// Members that were unpacked and are not told yet.
#[derive(Default)]
struct Packet {
    members: Vec<Member>,
    bytes: Vec<u8>,
}

impl Teller {
    fn list(&mut self, listing: archive::Listing) -> Option<ArchiveTrouble> {
        for some in listing.members.chunks(TOLD) {
            self.tell(some.to_vec(), None, false);
        }
        listing.trouble
    }

    fn walk(
        &mut self,
        source: BlobSource,
        coding: Coding,
        limits: Limits,
        mut alive: impl FnMut(),
    ) -> Option<ArchiveTrouble> {
        let mut signed_millis = wire::now_millis();
        let walked = walk(source, coding, limits, |path, bytes| {
            let start = self.packet.bytes.len() as u64;
            let end = start + bytes.len() as u64;
            self.packet.members.push(Member { path, start, end, coding: Coding::Plain });
            self.packet.bytes.extend_from_slice(&bytes);
            if self.packet.bytes.len() >= PACKET_BYTES || self.packet.members.len() >= TOLD {
                self.send_packet();
            }
            if wire::now_millis() - signed_millis > SIGN_MILLIS {
                signed_millis = wire::now_millis();
                alive();
            }
            true
        });
        self.send_packet();
        walked.err()
    }

    fn send_packet(&mut self) {
        let Packet { members, bytes } = std::mem::take(&mut self.packet);
        if members.is_empty() {
            return;
        }
        let parts = Array::of1(&Uint8Array::from(bytes.as_slice()));
        if let Ok(blob) = Blob::new_with_u8_array_sequence(&parts) {
            self.tell(members, Some(blob), false);
        }
    }

    fn tell(&mut self, members: Vec<Member>, blob: Option<Blob>, last: bool) {
        let (file, first) = (self.file, self.told);
        self.told += members.len() as u32;
        let message = FromReader::Members { file, first, members, last };
        if let Ok(message) = postcard::to_stdvec(&message) {
            wire::post_beside(&message, &blob.map_or(JsValue::NULL, JsValue::from));
        }
    }

    /// The last word, if there was any.
    fn end(mut self) -> usize {
        if self.told > 0 {
            self.tell(Vec::new(), None, true);
        }
        self.told as usize
    }
}
