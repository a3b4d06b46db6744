//! Tar: headers and contents in turn. Walking from header to header finds every member without
//! reading what is between.

use std::io::SeekFrom;

use super::{ArchiveTrouble, Found, MOST_MEMBERS, Source, TAR_BYTES, shown_path};
use crate::model::{
    member::{Coding, Member},
    path::is_shadow,
    problem::ProblemKind,
};

/// Where a header holds a name.
const NAME_BYTES: usize = 100;

/// A header whose sum is right, and whose first field is a name filled up with zeros: among many
/// logs there is one whose text happens to hold the right sum.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let Some(header) = bytes.get(..TAR_BYTES) else { return false };
    let name = &header[..NAME_BYTES];
    let len = name.iter().position(|it| *it == 0).unwrap_or(NAME_BYTES);
    let is_filled_up = name[len..].iter().all(|it| *it == 0);
    let is_marked = &header[257..262] == b"ustar";
    if len == 0 || !is_filled_up || (len == NAME_BYTES && !is_marked) {
        return false;
    }
    let sum: u32 = header
        .iter()
        .enumerate()
        // The sum counts its own place as blanks.
        .map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u32::from(*byte) })
        .sum();
    let digits = header[148..156].iter().filter(|it| (b'0'..=b'7').contains(it));
    let said = digits.fold(0_u32, |sum, it| sum.wrapping_mul(8) + u32::from(it - b'0'));
    said == sum
}

/// Gives all members that are files to `take`, in the order of the archive.
pub(super) async fn list(
    source: &mut impl Source,
    take: &mut impl AsyncFnMut(Found<'_>) -> bool,
) -> Result<(), ArchiveTrouble> {
    let unreadable = |error: std::io::Error| ArchiveTrouble::unreadable(&error, 0);
    let len = source.seek(SeekFrom::End(0)).map_err(unreadable)?;
    source.rewind().map_err(unreadable)?;
    let mut archive = ::tar::Archive::new(source);
    let entries = archive.entries_with_seek().map_err(unreadable)?;
    let (mut reached, mut given) = (0, 0);
    for entry in entries {
        let entry = entry.map_err(|error| broken(&error, reached))?;
        if entry.header().entry_type().is_gnu_sparse() {
            // Its size is that of what it says there would be, not of what is in the archive.
            continue;
        }
        let (start, size) = (entry.raw_file_position(), entry.size());
        reached = start.saturating_add(size);
        let path = shown_path(&entry.path_bytes());
        if !entry.header().entry_type().is_file() || is_shadow(&path) {
            continue;
        }
        if given >= MOST_MEMBERS {
            let cause = format!("it lists more than {MOST_MEMBERS} files");
            return Err(ArchiveTrouble::new(ProblemKind::TooLarge, cause, start));
        }
        given += 1;
        let member = Member { path, start, end: reached.min(len), coding: Coding::Plain };
        if !take(Found::Part(member)).await {
            return Ok(());
        }
    }
    if reached > len {
        let cause = "it breaks off inside its last file";
        return Err(ArchiveTrouble::new(ProblemKind::TruncatedGzip, cause, len));
    }
    Ok(())
}

pub(super) fn broken(error: &std::io::Error, byte: u64) -> ArchiveTrouble {
    let (kind, what) = match error.kind() {
        std::io::ErrorKind::UnexpectedEof => (ProblemKind::TruncatedGzip, "it breaks off"),
        _ => (ProblemKind::CorruptGzip, "a header in it is wrong"),
    };
    ArchiveTrouble::new(kind, format!("{what} ({error})"), byte)
}
