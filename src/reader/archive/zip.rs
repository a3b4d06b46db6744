//! Zip: the list of its entries stands at its end, with the place of each. Only that list is read;
//! an entry is packed by itself, so each is read alone.

use std::io::{Read, SeekFrom};

use super::{ArchiveTrouble, Found, MOST_MEMBERS, Source, shown_path};
use crate::model::{
    member::{Coding, Member},
    path::is_shadow,
    problem::ProblemKind,
};

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
const END_64: &[u8] = b"PK\x06\x06";
const LOCATOR_64: &[u8] = b"PK\x06\x07";
/// Stands before the first entry of an archive that was split and put together again.
const SPANNED: &[u8] = b"PK\x07\x08";

const LOCAL_BYTES: usize = 30;
const CENTRAL_BYTES: usize = 46;
const END_BYTES: usize = 22;
const LOCATOR_64_BYTES: usize = 20;
/// The end may be followed by a comment.
const MOST_COMMENT: u64 = 65_535;
/// A list of entries of more bytes than this is no list.
const MOST_LIST: u64 = 1 << 30;

pub(super) fn looks_like(bytes: &[u8]) -> bool {
    [LOCAL, END, SPANNED].iter().any(|it| bytes.starts_with(it))
}

/// How programs begin, one of which may stand before an archive and unpack it. No log begins so: only
/// of these it is worth to look at the end.
const PROGRAMS: &[&[u8]] = &[b"MZ", b"\x7fELF", b"#!"];

/// Whether it is a program with an archive behind it.
pub(super) fn unpacks_itself(source: &mut impl Source) -> bool {
    let mut start = Vec::new();
    let read = source.rewind().and_then(|()| Read::take(&mut *source, 4).read_to_end(&mut start));
    let is_program = read.is_ok() && PROGRAMS.iter().any(|it| start.starts_with(it));
    is_program
        && directory(source).is_ok_and(|it| {
            let list = part(source, it.start, it.bytes.min(CENTRAL.len() as u64));
            list.is_ok_and(|list| list == CENTRAL)
        })
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

/// Where the list of entries lies.
#[derive(Clone, Copy, Debug)]
struct Directory {
    start: u64,
    bytes: u64,
    /// Bytes before the archive itself, as in a program that unpacks itself.
    before: u64,
}

/// Gives all entries that can be read to `take`, in the order of the archive's list.
pub(super) async fn list(
    source: &mut impl Source,
    take: &mut impl AsyncFnMut(Found<'_>) -> bool,
) -> Result<(), ArchiveTrouble> {
    let directory = directory(source)?;
    let list = part(source, directory.start, directory.bytes)?;
    let (members, trouble) = entries(&list, directory);
    let is_second = directory.before > 0 && part(source, 0, LOCAL.len() as u64)? == LOCAL;
    let first = is_second.then(|| {
        let cause = "another archive stands before it, whose files are not read; take them apart";
        ArchiveTrouble::new(ProblemKind::Unsupported, cause, 0)
    });
    for member in members {
        if !take(Found::Part(member)).await {
            return Ok(());
        }
    }
    trouble.or(first).map_or(Ok(()), Err)
}

fn part(source: &mut impl Source, start: u64, bytes: u64) -> Result<Vec<u8>, ArchiveTrouble> {
    let mut read = Vec::new();
    let done = source
        .seek(SeekFrom::Start(start))
        .and_then(|_| Read::take(source, bytes).read_to_end(&mut read));
    done.map_err(|error| ArchiveTrouble::unreadable(&error, start))?;
    Ok(read)
}

fn directory(source: &mut impl Source) -> Result<Directory, ArchiveTrouble> {
    let len =
        source.seek(SeekFrom::End(0)).map_err(|error| ArchiveTrouble::unreadable(&error, 0))?;
    let tail_bytes = len.min(END_BYTES as u64 + MOST_COMMENT + LOCATOR_64_BYTES as u64);
    let tail_at = len - tail_bytes;
    let tail = part(source, tail_at, tail_bytes)?;
    let cut = || {
        let cause = "the list of its entries, which stands at its end, is missing: it is cut short";
        ArchiveTrouble::new(ProblemKind::TruncatedGzip, cause, len)
    };
    // The last one whose comment reaches just to the end; a comment may hold the mark too.
    let mut ends = memchr::memmem::rfind_iter(&tail, END);
    let end = ends
        .find(|at| {
            let comment = u16_at(&tail, at + 20).map(usize::from);
            comment.is_some_and(|it| at + END_BYTES + it <= tail.len())
        })
        .ok_or_else(cut)?;
    let (bytes, start) = (u32_at(&tail, end + 12), u32_at(&tail, end + 16));
    let (Some(bytes), Some(start)) = (bytes, start) else { return Err(cut()) };
    if u16_at(&tail, end + 4).is_some_and(|it| it != 0 && it != u16::MAX) {
        let cause = "it is one part of an archive that was split; put the parts together first";
        return Err(ArchiveTrouble::new(ProblemKind::Unsupported, cause, tail_at + end as u64));
    }
    let end_at = tail_at + end as u64;
    let (start, bytes, list_end) = match large(source, &tail, end)? {
        Some((start, bytes, at)) => (start, bytes, at),
        None => (u64::from(start), u64::from(bytes), end_at),
    };
    let real = list_end.checked_sub(bytes).filter(|it| *it >= start && bytes <= MOST_LIST);
    let real = real.ok_or_else(cut)?;
    Ok(Directory { start: real, bytes, before: real - start })
}

/// What an archive past 4 GiB, or of more than 65,535 entries, says: place, size and end of the list.
fn large(
    source: &mut impl Source,
    tail: &[u8],
    end: usize,
) -> Result<Option<(u64, u64, u64)>, ArchiveTrouble> {
    let Some(locator) = end.checked_sub(LOCATOR_64_BYTES) else { return Ok(None) };
    if !tail[locator..].starts_with(LOCATOR_64) {
        return Ok(None);
    }
    let Some(at) = u64_at(tail, locator + 8) else { return Ok(None) };
    let record = part(source, at, 56)?;
    let both = (u64_at(&record, 48), u64_at(&record, 40));
    match both {
        (Some(start), Some(bytes)) if record.starts_with(END_64) => Ok(Some((start, bytes, at))),
        _ => Ok(None),
    }
}

fn entries(list: &[u8], directory: Directory) -> (Vec<Member>, Option<ArchiveTrouble>) {
    let mut members = Vec::new();
    let mut trouble = None;
    let mut rest = list;
    let mut encrypted = 0_u32;
    while !rest.is_empty() {
        let Some((entry, len)) = central(rest) else {
            let cause = "the list of its entries is damaged";
            let byte = directory.start + (list.len() - rest.len()) as u64;
            trouble = Some(ArchiveTrouble::new(ProblemKind::CorruptGzip, cause, byte));
            break;
        };
        rest = &rest[len..];
        if members.len() >= MOST_MEMBERS {
            let cause = format!("it lists more than {MOST_MEMBERS} files");
            trouble = Some(ArchiveTrouble::new(ProblemKind::TooLarge, cause, directory.start));
            break;
        }
        encrypted += u32::from(entry.encrypted);
        if entry.encrypted || entry.path.ends_with('/') || is_shadow(&entry.path) {
            continue;
        }
        members.push(Member {
            path: entry.path,
            start: entry.at.saturating_add(directory.before),
            end: 0,
            coding: Coding::ZipEntry { packed_bytes: entry.packed_bytes, sum: entry.sum },
        });
    }
    let overlapping = bound(&mut members, directory.start);
    let of_entries = |kind, cause| Some(ArchiveTrouble::new(kind, cause, directory.start));
    let second = if encrypted > 0 {
        let cause =
            format!("{encrypted} of its files are encrypted; unpack it with its password first");
        of_entries(ProblemKind::Unsupported, cause)
    } else if overlapping > 0 {
        let cause = format!("{overlapping} of its files lie over one another, as in a bomb");
        of_entries(ProblemKind::TooLarge, cause)
    } else {
        None
    };
    (members, trouble.or(second))
}

/// Ends each entry where the next begins: its local header may be longer than the list tells.
/// Leaves out those that reach into the next, and says how many.
fn bound(members: &mut Vec<Member>, end: u64) -> usize {
    let mut starts: Vec<u64> = members.iter().map(|it| it.start).collect();
    starts.sort_unstable();
    let before = members.len();
    members.retain_mut(|member| {
        let next = starts.partition_point(|it| *it <= member.start);
        let Coding::ZipEntry { packed_bytes, .. } = member.coding else { return false };
        let shared = next >= 2 && starts[next - 2] == member.start;
        member.end = starts.get(next).copied().unwrap_or(end).min(end);
        let room = member.end.saturating_sub(member.start);
        !shared && room >= packed_bytes.saturating_add(LOCAL_BYTES as u64)
    });
    before - members.len()
}

/// An entry of the list.
struct Listed {
    path: String,
    at: u64,
    packed_bytes: u64,
    sum: u32,
    encrypted: bool,
}

/// The entry that begins here, and how many bytes it takes.
fn central(bytes: &[u8]) -> Option<(Listed, usize)> {
    if !bytes.starts_with(CENTRAL) {
        return None;
    }
    let (flags, sum) = (u16_at(bytes, 8)?, u32_at(bytes, 16)?);
    let [packed, unpacked, at] = [20, 24, 42].map(|it| u32_at(bytes, it));
    let (packed, unpacked, at) = (packed?, unpacked?, at?);
    let [name, extra, comment] = [28, 30, 32].map(|it| u16_at(bytes, it).map(usize::from));
    let (name, extra, comment) = (name?, extra?, comment?);
    let name_end = CENTRAL_BYTES + name;
    let (name, extra) =
        (bytes.get(CENTRAL_BYTES..name_end)?, bytes.get(name_end..name_end + extra)?);
    let len = name_end + extra.len() + comment;
    bytes.get(..len)?;
    let mut large = large_numbers(extra);
    // Of the three only those stand in the extra field that did not fit, in this order.
    let mut fit = |number: u32| match number {
        u32::MAX => large.next().unwrap_or(u64::from(u32::MAX)),
        number => u64::from(number),
    };
    let (_, packed_bytes, at) = (fit(unpacked), fit(packed), fit(at));
    let encrypted = flags & 1 == 1;
    let listed = Listed { path: shown_path(name), at, packed_bytes, sum, encrypted };
    Some((listed, len))
}

/// The numbers of the extra field for large archives.
fn large_numbers(mut extra: &[u8]) -> impl Iterator<Item = u64> {
    let mut field: &[u8] = &[];
    while let (Some(id), Some(len)) = (u16_at(extra, 0), u16_at(extra, 2)) {
        let Some(body) = extra.get(4..4 + usize::from(len)) else { break };
        if id == 1 {
            field = body;
            break;
        }
        extra = &extra[4 + usize::from(len)..];
    }
    field.as_chunks::<8>().0.iter().map(|it| u64::from_le_bytes(*it))
}

/// How an entry is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reader) enum Method {
    Stored,
    Deflate,
    Bzip2,
    Zstd,
    Other(u16),
}

/// An entry as it stands in the archive.
#[derive(Debug)]
pub(in crate::reader) struct Entry<'a> {
    pub(in crate::reader) method: Method,
    pub(in crate::reader) packed: &'a [u8],
    /// Fewer packed bytes are there than there should be.
    pub(in crate::reader) short: bool,
}

/// Passes over the local header of an entry; how the bytes that follow are packed.
pub(in crate::reader) fn read_header(source: &mut impl Read) -> std::io::Result<Method> {
    let mut header = [0; LOCAL_BYTES];
    source.read_exact(&mut header)?;
    let [name, extra] = [26, 28].map(|at| u16_at(&header, at).unwrap_or(0));
    std::io::copy(&mut source.take(u64::from(name) + u64::from(extra)), &mut std::io::sink())?;
    Ok(method(&header))
}

fn method(header: &[u8]) -> Method {
    match u16_at(header, 8) {
        Some(0) => Method::Stored,
        Some(8) => Method::Deflate,
        Some(12) => Method::Bzip2,
        Some(93) => Method::Zstd,
        other => Method::Other(other.unwrap_or(u16::MAX)),
    }
}

/// Takes an entry apart, from its local header on.
pub(in crate::reader) fn entry(bytes: &[u8], packed_bytes: u64) -> Option<Entry<'_>> {
    if !bytes.starts_with(LOCAL) {
        return None;
    }
    let method = method(bytes.get(..LOCAL_BYTES)?);
    let start = LOCAL_BYTES + usize::from(u16_at(bytes, 26)?) + usize::from(u16_at(bytes, 28)?);
    let rest = bytes.get(start..)?;
    let wanted = usize::try_from(packed_bytes).unwrap_or(usize::MAX);
    let packed = &rest[..wanted.min(rest.len())];
    Some(Entry { method, packed, short: packed.len() < wanted })
}
