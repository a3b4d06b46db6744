//! Whatever a file is packed with, into memory that is used again for the next file.
//!
//! What comes out before a fault is kept. Limits hold while inflating, so that a small file cannot
//! fill the memory.

mod gzip;
mod stream;
mod streams;

pub(super) use stream::{Packing, Summed, fill, stream, stream_of};

use flate2::{Crc, Decompress};

use super::archive::{self, Entry, Method};
use crate::model::{limits::Limits, member::Coding, problem::ProblemKind};
use gzip::{Inflated, gunzip, member};

/// How much may come out before its ratio is looked at.
pub(super) const UNSUSPICIOUS: u64 = 64 << 20;

/// More layers of packing than this are not taken off.
const MOST_LAYERS: u8 = 3;

/// The most that stays allocated between files.
const KEPT_BYTES: usize = 64 << 20;

/// What a file holds, and what was wrong with its wrapping.
#[derive(Debug)]
pub(super) struct Unpacked<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) trouble: Option<Trouble>,
}

/// Why the bytes of a file are not all there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) kind: ProblemKind,
    pub(super) cause: &'static str,
    /// Where in the file as it was given.
    pub(super) byte: u64,
}

#[derive(Debug)]
pub(super) struct Unpacker {
    limits: Limits,
    inflate: Decompress,
    out: Space,
    /// Holds the outer layer of a file that was packed twice.
    spare: Space,
}

pub(super) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

impl Unpacker {
    pub(super) fn new(limits: Limits) -> Unpacker {
        Unpacker {
            limits: addressable(limits),
            inflate: Decompress::new(false),
            out: Space::default(),
            spare: Space::default(),
        }
    }

    pub(super) fn set_limits(&mut self, limits: Limits) {
        self.limits = addressable(limits);
    }

    /// The content of a file; bytes that are not packed are given back as they are.
    pub(super) fn unpack<'a>(&'a mut self, bytes: &'a [u8], coding: Coding) -> Unpacked<'a> {
        self.out.start();
        self.spare.start();
        let (mut trouble, mut layers);
        if let Coding::ZipEntry { packed_bytes, sum } = coding {
            let Some(entry) = archive::entry(bytes, packed_bytes) else {
                let cause = "it is not where the archive says";
                let trouble = Trouble { kind: ProblemKind::CorruptGzip, cause, byte: 0 };
                return Unpacked { bytes: &[], trouble: Some(trouble) };
            };
            (trouble, layers) = (self.entry(&entry, sum).err(), 0);
        } else {
            let packing = Packing::of(bytes);
            if packing == Packing::None {
                return cut(bytes, self.limits);
            }
            (trouble, layers) = (self.layer(packing, bytes).err(), 1);
        }
        loop {
            let packing = Packing::of(self.out.filled());
            if packing == Packing::None || layers == MOST_LAYERS {
                return Unpacked { bytes: self.out.filled(), trouble };
            }
            std::mem::swap(&mut self.out, &mut self.spare);
            self.out.start();
            let packed = std::mem::take(&mut self.spare);
            let inner = self.layer(packing, packed.filled());
            self.spare = packed;
            // The outer position is the one that can be found in the file.
            trouble = trouble.or(inner.err().map(|it| Trouble { byte: 0, ..it }));
            layers += 1;
        }
    }

    /// Takes one layer of packing off.
    fn layer(&mut self, packing: Packing, packed: &[u8]) -> Result<(), Trouble> {
        match packing {
            Packing::None => self.out.append(packed, self.limits),
            Packing::Gzip => gunzip(&mut self.inflate, packed, &mut self.out, self.limits),
            Packing::Zstd | Packing::Bzip2 => {
                stream::drain(stream(packed), packed.len(), &mut self.out, self.limits)
            },
        }
    }

    fn entry(&mut self, entry: &Entry<'_>, sum: u32) -> Result<(), Trouble> {
        let whole = match entry.method {
            Method::Stored => self.layer(Packing::None, entry.packed),
            Method::Zstd => self.layer(Packing::Zstd, entry.packed),
            Method::Bzip2 => self.layer(Packing::Bzip2, entry.packed),
            Method::Deflate => {
                // There is no trailer to say how much it is.
                let room = gzip::first_room(gzip::usual_len(entry.packed), self.limits);
                if !self.out.reserve(room) {
                    let cause = "there is no memory for it";
                    return Err(Trouble { kind: ProblemKind::TooLarge, cause, byte: 0 });
                }
                let inflated = member(&mut self.inflate, entry.packed, &mut self.out, self.limits);
                match inflated? {
                    Inflated::Whole(_) => Ok(()),
                    Inflated::Enough => return Ok(()),
                }
            },
            Method::Other(_) => {
                let cause =
                    "it is packed in the archive in a way that is not read; unpack the archive";
                Err(Trouble { kind: ProblemKind::Unsupported, cause, byte: 0 })
            },
        };
        whole?;
        let byte = entry.packed.len() as u64;
        if entry.short {
            let cause = "the archive breaks off inside it";
            return Err(Trouble { kind: ProblemKind::TruncatedGzip, cause, byte });
        }
        let mut found = Crc::new();
        found.update(self.out.filled());
        if found.sum() != sum {
            let cause = "its checksum is wrong";
            return Err(Trouble { kind: ProblemKind::CorruptGzip, cause, byte });
        }
        Ok(())
    }
}

/// What places in a file can count.
fn addressable(limits: Limits) -> Limits {
    Limits { json_bytes: limits.json_bytes.min(u64::from(u32::MAX)), ..limits }
}

fn cut(bytes: &[u8], limits: Limits) -> Unpacked<'_> {
    let limit = usize::try_from(limits.json_bytes).unwrap_or(usize::MAX);
    if bytes.len() <= limit {
        return Unpacked { bytes, trouble: None };
    }
    let cause = "it holds more than the limit for one file";
    let trouble = Trouble { kind: ProblemKind::TooLarge, cause, byte: limits.json_bytes };
    Unpacked { bytes: &bytes[..limit], trouble: Some(trouble) }
}

/// Bytes that stay initialised, so that they need not be cleared for each file.
#[derive(Debug, Default)]
struct Space {
    bytes: Vec<u8>,
    len: usize,
}

impl Space {
    fn start(&mut self) {
        self.len = 0;
        if self.bytes.len() > KEPT_BYTES {
            self.bytes = Vec::new();
        }
    }

    fn filled(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// Makes room for `bytes` in all; false when there is no memory for them.
    fn reserve(&mut self, bytes: usize) -> bool {
        let missing = bytes.saturating_sub(self.bytes.len());
        if self.bytes.try_reserve_exact(missing).is_err() {
            return false;
        }
        self.bytes.resize(self.bytes.len() + missing, 0);
        true
    }

    /// Takes bytes in as they are, as far as the limits allow.
    fn append(&mut self, bytes: &[u8], limits: Limits) -> Result<(), Trouble> {
        let Unpacked { bytes, trouble } = cut(bytes, limits);
        if !self.reserve(self.len + bytes.len()) {
            let cause = "there is no memory for it";
            return Err(Trouble { kind: ProblemKind::TooLarge, cause, byte: 0 });
        }
        self.bytes[self.len..self.len + bytes.len()].copy_from_slice(bytes);
        self.len += bytes.len();
        trouble.map_or(Ok(()), Err)
    }
}
