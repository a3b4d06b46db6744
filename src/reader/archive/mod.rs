//! Archives: files that hold files. None is unpacked whole: a zip or a tar is a list of parts of its
//! bytes, each of which is read like a file that was dropped; a tar that is packed is walked through
//! once, a piece at a time.

mod budget;
mod packed;
mod tape;
mod tar;
mod within;
mod zip;

pub(super) use zip::{Entry, Method, entry, read_header};

use std::io::{Read, Seek};

use crate::model::{
    limits::Limits,
    member::{Coding, Member},
    problem::ProblemKind,
};

use super::unpack;
use budget::Budget;
use tape::Lying;
use within::Within;

/// Bytes that can be read from any place: a file of the browser, or a slice.
pub trait Source: Read + Seek {}

impl<S: Read + Seek> Source for S {}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    Zip,
    Tar,
}

/// What opening an archive comes by.
#[derive(Debug)]
pub enum Found<'a> {
    /// A file whose bytes lie in the archive as they are.
    Part(Member),
    /// The next bytes of a file, as they were unpacked.
    Bytes(&'a [u8]),
    /// The file whose bytes came since the last one ended, none if it is empty. As
    /// [`Member::path`], the path may be empty.
    File(String),
    /// Bytes that are passed over. It only tells that some time went by.
    Nothing,
}

/// Why an archive is not read whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveTrouble {
    pub kind: ProblemKind,
    /// For a person, as the end of "The archive was not read whole: …".
    pub cause: String,
    /// Where in the archive, as it was given.
    pub byte: u64,
}

impl ArchiveTrouble {
    fn new(kind: ProblemKind, cause: impl Into<String>, byte: u64) -> ArchiveTrouble {
        ArchiveTrouble { kind, cause: cause.into(), byte }
    }

    fn unreadable(error: &std::io::Error, byte: u64) -> ArchiveTrouble {
        ArchiveTrouble::new(ProblemKind::Unreadable, error.to_string(), byte)
    }
}

/// More members than this are not listed: an archive can claim any number of them.
pub(super) const MOST_MEMBERS: usize = 2_000_000;

/// A header of tar, by which it is known.
const TAR_BYTES: usize = 512;

/// Whether it is an archive, seen from its beginning. What is packed more than twice is not looked
/// through: it turns out when it is read.
pub fn is_archive(source: &mut impl Source, coding: Coding) -> bool {
    if coding == Coding::Plain && zip::unpacks_itself(source) {
        return true;
    }
    // A beginning that cannot be unpacked is no archive's.
    source.rewind().and_then(|()| packed::begin(source, coding)).is_ok_and(|it| it.kind().is_some())
}

/// Goes through an archive, and gives whatever it comes by to `take`; goes on as long as `take` says
/// so, and waits for it, so that it can let other work in.
///
/// What was given before a fault stays given; the fault says where it was met, in bytes of the
/// archive as it was given.
pub async fn open(
    mut source: impl Source,
    coding: Coding,
    limits: Limits,
    mut take: impl AsyncFnMut(Found<'_>) -> bool,
) -> Result<(), ArchiveTrouble> {
    let unreadable = |error: std::io::Error| ArchiveTrouble::unreadable(&error, 0);
    let mut bytes = match Within::of(&mut source, coding).map_err(unreadable)? {
        Some(bytes) => bytes,
        // An entry that is packed.
        None => {
            source.rewind().map_err(unreadable)?;
            return packed::walk(source, coding, limits, &mut take).await;
        },
    };
    let mut head = Vec::new();
    // A file that cannot be read any more is no archive without files.
    bytes.by_ref().take(TAR_BYTES as u64).read_to_end(&mut head).map_err(unreadable)?;
    bytes.rewind().map_err(unreadable)?;
    let start = bytes.start();
    let mut take = async |found: Found<'_>| match found {
        Found::Part(it) => {
            let (start, end) = (it.start.saturating_add(start), it.end.saturating_add(start));
            take(Found::Part(Member { start, end, ..it })).await
        },
        other => take(other).await,
    };
    let mut unpacks_itself = || coding == Coding::Plain && zip::unpacks_itself(&mut bytes);
    let kind = bare(&head).or_else(|| unpacks_itself().then_some(Container::Zip));
    match kind {
        Some(Container::Zip) => zip::list(&mut bytes, &mut take).await,
        Some(Container::Tar) => {
            let mut tape = Lying::new(&mut bytes, Budget::new(limits)).map_err(unreadable)?;
            let at_end = tar::members(&mut tape, &mut take).await?;
            match coding {
                Coding::ZipEntry { sum, .. } if at_end => bytes.check(sum, &mut take).await,
                _ => Ok(()),
            }
        },
        None => {
            source.rewind().map_err(unreadable)?;
            packed::walk(source, coding, limits, &mut take).await
        },
    }
}

/// Whether the bytes begin what could hardly be packed more.
pub fn is_packed(bytes: &[u8]) -> bool {
    unpack::Packing::of(bytes) != unpack::Packing::None || bare(bytes) == Some(Container::Zip)
}

/// Whether all of a file, as it was unpacked, is an archive of no files that does not begin like one.
pub(super) fn is_empty_archive(bytes: &[u8]) -> bool {
    tar::is_empty(bytes)
}

/// Whether a file that is no archive by its beginning unpacks itself.
pub(super) fn unpacks_itself(bytes: &[u8]) -> bool {
    zip::unpacks_itself(&mut std::io::Cursor::new(bytes))
}

/// What kind of archive the bytes are, as they stand.
pub(super) fn bare(bytes: &[u8]) -> Option<Container> {
    if zip::looks_like(bytes) {
        Some(Container::Zip)
    } else if tar::looks_like(bytes) {
        Some(Container::Tar)
    } else {
        None
    }
}

/// A member's path as it is shown: text, with `/` between folders and none before the first.
fn shown_path(name: &[u8]) -> String {
    let path = String::from_utf8_lossy(name).replace('\\', "/");
    let outside = path.split_inclusive('/').take_while(|it| matches!(*it, "/" | "./" | "../"));
    let start: usize = outside.map(str::len).sum();
    path[start..].to_owned()
}
