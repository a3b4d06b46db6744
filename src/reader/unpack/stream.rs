//! Packed bytes as a stream: for what cannot be had whole, and for the packings that are rare.

use std::io::{BufReader, Cursor, Error, ErrorKind, Read};

use flate2::Crc;

use super::{Space, Trouble, UNSUSPICIOUS, streams::Streams};
use crate::{
    model::{limits::Limits, member::Coding, problem::ProblemKind},
    reader::archive::{self, Method},
};

/// What bytes are packed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reader) enum Packing {
    None,
    Gzip,
    Zstd,
    Bzip2,
}

impl Packing {
    /// By the mark at the beginning.
    pub(in crate::reader) fn of(bytes: &[u8]) -> Packing {
        match bytes {
            [0x1f, 0x8b, ..] => Packing::Gzip,
            // A frame, or one that holds nothing of the content and is passed over.
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Packing::Zstd,
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..] => {
                Packing::Bzip2
            },
            _ => Packing::None,
        }
    }
}

/// So many bytes tell what the rest is packed with.
const MARK_BYTES: usize = 10;

/// The same bytes without the outermost layer of packing.
pub(in crate::reader) fn stream<'a>(mut packed: impl Read + 'a) -> Box<dyn Read + 'a> {
    // Not by the first read alone, which may give a single byte.
    let mut mark = vec![0; MARK_BYTES];
    let filled = fill(&mut packed, &mut mark);
    mark.truncate(filled);
    let packing = Packing::of(&mark);
    let packed = BufReader::with_capacity(1 << 18, Cursor::new(mark).chain(packed));
    match packing {
        Packing::None => Box::new(packed),
        _ => Box::new(Streams::new(packing, packed)),
    }
}

/// The bytes of a file, which may be an entry of a zip, without the outermost layer of packing.
pub(in crate::reader) fn stream_of<'a>(
    mut source: impl Read + 'a,
    coding: Coding,
) -> std::io::Result<Box<dyn Read + 'a>> {
    let Coding::ZipEntry { packed_bytes, sum } = coding else { return Ok(stream(source)) };
    let header = archive::read_header(&mut source)?;
    let packed = source.take(packed_bytes);
    Ok(match header {
        Method::Stored => stream(Summed::new(packed, sum)),
        Method::Deflate => Box::new(Summed::new(flate2::read::DeflateDecoder::new(packed), sum)),
        Method::Bzip2 | Method::Zstd => Box::new(Summed::new(stream(packed), sum)),
        Method::Other(_) => stream(packed),
    })
}

/// Bytes that have a checksum, which is looked at where they end.
pub(in crate::reader) struct Summed<R> {
    source: R,
    found: Crc,
    sum: u32,
}

impl<R> Summed<R> {
    pub(in crate::reader) fn new(source: R, sum: u32) -> Summed<R> {
        Summed { source, found: Crc::new(), sum }
    }
}

impl<R: Read> Read for Summed<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.source.read(into)?;
        self.found.update(&into[..read]);
        if read == 0 && !into.is_empty() && self.found.sum() != self.sum {
            return Err(Error::new(ErrorKind::InvalidData, "its checksum is wrong"));
        }
        Ok(read)
    }
}

/// As many bytes as there are, up to the length of `into`.
pub(in crate::reader) fn fill(stream: &mut impl Read, into: &mut [u8]) -> usize {
    let mut filled = 0;
    while filled < into.len() {
        match stream.read(&mut into[filled..]) {
            Ok(0) | Err(_) => break,
            Ok(read) => filled += read,
        }
    }
    filled
}

/// Unpacks a stream to its end.
pub(super) fn drain(
    mut stream: Box<dyn Read + '_>,
    packed_len: usize,
    out: &mut Space,
    limits: Limits,
) -> Result<(), Trouble> {
    let limit = usize::try_from(limits.json_bytes).unwrap_or(usize::MAX);
    let trouble = |kind, cause| Trouble { kind, cause, byte: packed_len as u64 };
    loop {
        if out.len == out.bytes.len() && !out.reserve((out.len * 2).max(1 << 16).min(limit)) {
            return Err(trouble(ProblemKind::TooLarge, "there is no memory for it"));
        }
        let end = out.bytes.len().min(limit);
        if out.len >= end {
            let cause = "it unpacks to more than the limit for one file";
            return Err(trouble(ProblemKind::TooLarge, cause));
        }
        match stream.read(&mut out.bytes[out.len..end]) {
            Ok(0) => return Ok(()),
            Ok(read) => out.len += read,
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                return Err(trouble(ProblemKind::TruncatedGzip, "it ends before its end"));
            },
            Err(_) => return Err(trouble(ProblemKind::CorruptGzip, "its bytes are wrong")),
        }
        let ratio = out.len as u64 / packed_len.max(1) as u64;
        if out.len as u64 >= UNSUSPICIOUS && ratio > limits.ratio {
            let cause = "it unpacks to more times its size than any log would";
            return Err(trouble(ProblemKind::TooLarge, cause));
        }
    }
}
