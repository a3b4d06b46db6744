//! Gzip, of any number of members, into memory that is used again for the next file.
//!
//! What comes out before a fault is kept. Limits hold while inflating, so that a small file cannot
//! fill the memory.

use flate2::{Crc, Decompress, FlushDecompress, Status};

use crate::model::problem::ProblemKind;

use super::{
    sniff::{Looks, looks},
    text::is_utf16,
};

/// How much a file may unpack to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes a file may hold once unpacked; more is cut off. At most 4 GiB less one counts.
    pub json_bytes: u64,
    /// Past 64 MiB, how many bytes may come out of each byte that went in: no log is that dull.
    /// A quarter of it for what does not even begin like a log.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { json_bytes: 1 << 30, ratio: 300 }
    }
}

/// How much may come out before its ratio is looked at.
const UNSUSPICIOUS: u64 = 64 << 20;

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
        let json_bytes = limits.json_bytes.min(u64::from(u32::MAX));
        Unpacker {
            limits: Limits { json_bytes, ..limits },
            inflate: Decompress::new(false),
            out: Space::default(),
            spare: Space::default(),
        }
    }

    /// The content of a file; bytes that are not packed are given back as they are.
    pub(super) fn unpack<'a>(&'a mut self, bytes: &'a [u8]) -> Unpacked<'a> {
        self.out.start();
        self.spare.start();
        if !is_gzip(bytes) {
            return cut(bytes, self.limits);
        }
        let mut trouble = gunzip(&mut self.inflate, bytes, &mut self.out, self.limits).err();
        if is_gzip(self.out.filled()) {
            std::mem::swap(&mut self.out, &mut self.spare);
            let inner = gunzip(&mut self.inflate, self.spare.filled(), &mut self.out, self.limits);
            // The outer position is the one that can be found in the file.
            trouble = trouble.or(inner.err().map(|it| Trouble { byte: 0, ..it }));
        }
        Unpacked { bytes: self.out.filled(), trouble }
    }
}

fn cut(bytes: &[u8], limits: Limits) -> Unpacked<'_> {
    let limit = usize::try_from(limits.json_bytes).unwrap_or(usize::MAX);
    if bytes.len() <= limit {
        return Unpacked { bytes, trouble: None };
    }
    let cause = "it holds more than the page can read of one file";
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
}

fn gunzip(
    inflate: &mut Decompress,
    packed: &[u8],
    out: &mut Space,
    limits: Limits,
) -> Result<(), Trouble> {
    let limit = usize::try_from(limits.json_bytes).unwrap_or(usize::MAX);
    let trouble = |kind, cause, at: usize| Trouble { kind, cause, byte: at as u64 };
    let truncated = || trouble(ProblemKind::TruncatedGzip, "it ends before its end", packed.len());
    let first_room = expected_len(packed).min(UNSUSPICIOUS as usize).min(limit);
    if !out.reserve(first_room) {
        return Err(trouble(ProblemKind::TooLarge, "there is no memory for it", 0));
    }
    let mut at = 0;
    loop {
        let Header::Ends(body) = header(&packed[at..]) else {
            let short = header(&packed[at..]) == Header::Short;
            let wrong = trouble(ProblemKind::CorruptGzip, "its header is wrong", at);
            return Err(if short { truncated() } else { wrong });
        };
        at += body;
        let start = out.len;
        inflate.reset(false);
        loop {
            let (taken, made) = (inflate.total_in() as usize, inflate.total_out() as usize);
            let end = out.bytes.len().min(limit);
            let flush = FlushDecompress::None;
            let status =
                inflate.decompress(&packed[at + taken..], &mut out.bytes[start + made..end], flush);
            let taken = inflate.total_in() as usize;
            out.len = start + inflate.total_out() as usize;
            match status {
                Ok(Status::StreamEnd) => break,
                Err(_) => {
                    let cause = "its bytes are wrong";
                    return Err(trouble(ProblemKind::CorruptGzip, cause, at + taken));
                },
                Ok(Status::Ok | Status::BufError) => {},
            }
            if out.len < end {
                // There was room and it was not used: nothing more can be made of the bytes.
                return Err(truncated());
            }
            if out.len >= UNSUSPICIOUS as usize {
                let ratio = out.len as u64 / (at + taken).max(1) as u64;
                let promising = promising(out.filled());
                if ratio > if promising { limits.ratio } else { limits.ratio / 4 } {
                    let cause = "it unpacks to far more than any log would";
                    return Err(trouble(ProblemKind::TooLarge, cause, at + taken));
                }
                if !promising {
                    // Whoever looks at the bytes will see it again, and say what they are.
                    return Ok(());
                }
            }
            if out.len == limit {
                let cause = "it unpacks to more than the page can read of one file";
                return Err(trouble(ProblemKind::TooLarge, cause, at + taken));
            }
            if !out.reserve((out.len * 2).max(1 << 16).min(limit)) {
                return Err(trouble(
                    ProblemKind::TooLarge,
                    "there is no memory for it",
                    at + taken,
                ));
            }
        }
        at += inflate.total_in() as usize;
        let Some(trailer) = packed.get(at..at + 8) else { return Err(truncated()) };
        let mut crc = Crc::new();
        crc.update(&out.bytes[start..out.len]);
        let sum = [crc.sum(), (out.len - start) as u32].map(u32::to_le_bytes).concat();
        if sum != trailer {
            return Err(trouble(ProblemKind::CorruptGzip, "its checksum is wrong", at));
        }
        at += 8;
        if packed[at..].iter().all(|it| *it == 0) {
            return Ok(());
        }
        if !is_gzip(&packed[at..]) {
            let cause = "something that is no gzip follows its end";
            return Err(trouble(ProblemKind::CorruptGzip, cause, at));
        }
    }
}

/// Whether bytes that begin so are worth inflating to the end.
fn promising(start: &[u8]) -> bool {
    let log = || matches!(looks(start), Looks::Json(_) | Looks::Table | Looks::Empty);
    is_gzip(start) || is_utf16(start) || log()
}

/// What to make room for at first: what the trailer says, if it can be true.
fn expected_len(packed: &[u8]) -> usize {
    let guess = packed.len().saturating_mul(8);
    let Some(trailer) = packed.last_chunk::<4>() else { return guess };
    let said = u32::from_le_bytes(*trailer) as usize;
    // One byte more, so that the end is met without asking for room.
    if said < packed.len().saturating_mul(64) { said.max(packed.len()) + 1 } else { guess }
}

#[derive(Debug, PartialEq)]
enum Header {
    /// The member's data begins here.
    Ends(usize),
    Short,
    Wrong,
}

fn header(member: &[u8]) -> Header {
    match member {
        [0x1f, 0x8b, 8, flags, ..] => {
            end_of_header(member, *flags).map_or(Header::Short, Header::Ends)
        },
        [0x1f, 0x8b, _, ..] => Header::Wrong,
        _ => Header::Short,
    }
}

/// Where the header ends; `None` when it goes on past the bytes that are there.
fn end_of_header(member: &[u8], flags: u8) -> Option<usize> {
    let mut at = 10;
    if flags & 4 != 0 {
        let len = member.get(at..at + 2)?;
        at += 2 + usize::from(u16::from_le_bytes([len[0], len[1]]));
    }
    // A file name, then a comment.
    for flag in [8, 16] {
        if flags & flag != 0 {
            at += memchr::memchr(0, member.get(at..)?)? + 1;
        }
    }
    if flags & 2 != 0 {
        at += 2;
    }
    (at <= member.len()).then_some(at)
}
