//! Archives: files that hold files. None is unpacked whole: a zip or a tar is a list of parts of its
//! bytes, each of which is read like a file that was dropped; a tar that is packed is walked through
//! once, a member at a time.

mod packed;
mod tar;
mod zip;

pub use packed::walk;
pub use tar::list as list_tar;
pub use zip::list as list_zip;
pub(super) use zip::{Entry, Method, entry, read_header};

use std::io::{Read, Seek, SeekFrom};

use crate::model::{member::Member, problem::ProblemKind};

use super::unpack::{self, Packing};

/// Bytes that can be read from any place: a file of the browser, or a slice.
pub trait Source: Read + Seek {}

impl<S: Read + Seek> Source for S {}

/// A kind of archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    Zip,
    Tar,
    /// An archive that is packed as a whole: `.tar.gz`, `.zip.gz`.
    Packed,
}

/// What an archive holds, and what was wrong with it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// In the order of the archive.
    pub members: Vec<Member>,
    /// Why some of it could not be had; the members that are listed can.
    pub trouble: Option<ArchiveTrouble>,
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

/// How much of a file must be seen to know whether it is an archive.
const HEAD_BYTES: u64 = 64 << 10;
/// A header of tar, by which it is known.
const TAR_BYTES: usize = 512;

/// What kind of archive begins so, looking through one layer of packing.
pub fn sniff(source: &mut impl Source) -> Option<Container> {
    let mut head = Vec::new();
    source.seek(SeekFrom::Start(0)).ok()?;
    source.take(HEAD_BYTES).read_to_end(&mut head).ok()?;
    let plain = bare(&head);
    if plain.is_some() || Packing::of(&head) == Packing::None {
        return plain;
    }
    let mut inner = Vec::new();
    // A head is cut short by nature.
    unpack::stream(&head[..]).take(TAR_BYTES as u64).read_to_end(&mut inner).ok();
    bare(&inner).map(|_| Container::Packed)
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
