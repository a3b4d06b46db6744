//! Gzip, of any number of members.

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::{Space, Trouble, UNSUSPICIOUS, is_gzip};
use crate::{
    model::{limits::Limits, problem::ProblemKind},
    reader::{
        sniff::{Looks, looks},
        text::is_utf16,
    },
};

pub(super) fn gunzip(
    inflate: &mut Decompress,
    packed: &[u8],
    out: &mut Space,
    limits: Limits,
) -> Result<(), Trouble> {
    let trouble = |kind, cause, at: usize| Trouble { kind, cause, byte: at as u64 };
    let truncated = || trouble(ProblemKind::TruncatedGzip, "it ends before its end", packed.len());
    if !out.reserve(first_room(expected_len(packed), limits)) {
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
        match member(inflate, &packed[at..], out, limits) {
            Ok(Inflated::Whole(taken)) => at += taken,
            Ok(Inflated::Enough) => return Ok(()),
            Err(trouble) => return Err(Trouble { byte: trouble.byte + at as u64, ..trouble }),
        }
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

/// How one stream of deflate came to its end.
pub(super) enum Inflated {
    /// It took so many bytes.
    Whole(usize),
    /// What came out so far shows that the rest is of no use.
    Enough,
}

/// Inflates one stream, appending to `out`. Places in troubles are counted from its beginning.
pub(super) fn member(
    inflate: &mut Decompress,
    packed: &[u8],
    out: &mut Space,
    limits: Limits,
) -> Result<Inflated, Trouble> {
    let trouble = |kind, cause, at: usize| Trouble { kind, cause, byte: at as u64 };
    let start = out.len;
    let limit = usize::try_from(limits.json_bytes).unwrap_or(usize::MAX);
    inflate.reset(false);
    loop {
        let (taken, made) = (inflate.total_in() as usize, inflate.total_out() as usize);
        let end = out.bytes.len().min(limit);
        let flush = FlushDecompress::None;
        let status = inflate.decompress(&packed[taken..], &mut out.bytes[start + made..end], flush);
        let taken = inflate.total_in() as usize;
        out.len = start + inflate.total_out() as usize;
        match status {
            Ok(Status::StreamEnd) => return Ok(Inflated::Whole(taken)),
            Err(_) => {
                return Err(trouble(ProblemKind::CorruptGzip, "its bytes are wrong", taken));
            },
            Ok(Status::Ok | Status::BufError) => {},
        }
        if out.len < end {
            // There was room and it was not used: nothing more can be made of the bytes.
            let cause = "it ends before its end";
            return Err(trouble(ProblemKind::TruncatedGzip, cause, packed.len()));
        }
        if out.len >= UNSUSPICIOUS as usize {
            let ratio = out.len as u64 / taken.max(1) as u64;
            let promising = promising(out.filled());
            if ratio > if promising { limits.ratio } else { limits.ratio / 4 } {
                let cause = "it unpacks to more times its size than any log would";
                return Err(trouble(ProblemKind::TooLarge, cause, taken));
            }
            if !promising {
                // Whoever looks at the bytes will see it again, and say what they are.
                return Ok(Inflated::Enough);
            }
        }
        if out.len == limit {
            let cause = "it unpacks to more than the limit for one file";
            return Err(trouble(ProblemKind::TooLarge, cause, taken));
        }
        if !out.reserve((out.len * 2).max(1 << 16).min(limit)) {
            return Err(trouble(ProblemKind::TooLarge, "there is no memory for it", taken));
        }
    }
}

/// Whether bytes that begin so are worth inflating to the end.
fn promising(start: &[u8]) -> bool {
    let log = || matches!(looks(start), Looks::Json(_) | Looks::Table | Looks::Empty);
    is_gzip(start) || is_utf16(start) || log()
}

/// What to make room for at first: what is expected, as long as that is no great matter.
pub(super) fn first_room(expected: usize, limits: Limits) -> usize {
    let limit = usize::try_from(limits.json_bytes).unwrap_or(usize::MAX);
    expected.min(UNSUSPICIOUS as usize).min(limit)
}

/// What so many bytes of a log unpack to, most often.
pub(super) fn usual_len(packed: &[u8]) -> usize {
    packed.len().saturating_mul(8)
}

/// What a file unpacks to: what its trailer says, if that can be true.
fn expected_len(packed: &[u8]) -> usize {
    let guess = usual_len(packed);
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
