//! Tar: headers and contents in turn. Walking from header to header finds every member without
//! reading what is between.

use std::io::SeekFrom;

use super::{ArchiveTrouble, Listing, MOST_MEMBERS, Source, TAR_BYTES, shown_path};
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

/// All members that are files.
pub fn list(source: &mut impl Source) -> Listing {
    let mut listing = Listing::default();
    let len = match source.seek(SeekFrom::End(0)).and_then(|len| {
        source.seek(SeekFrom::Start(0))?;
        Ok(len)
    }) {
        Ok(len) => len,
        Err(error) => {
            listing.trouble = Some(ArchiveTrouble::unreadable(&error, 0));
            return listing;
        },
    };
    let mut archive = tar::Archive::new(source);
    let entries = match archive.entries_with_seek() {
        Ok(entries) => entries,
        Err(error) => {
            listing.trouble = Some(ArchiveTrouble::unreadable(&error, 0));
            return listing;
        },
    };
    let mut reached = 0;
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                listing.trouble = Some(broken(&error, reached));
                break;
            },
        };
        let (start, size) = (entry.raw_file_position(), entry.size());
        reached = start.saturating_add(size);
        if !entry.header().entry_type().is_file() {
            continue;
        }
        if listing.members.len() >= MOST_MEMBERS {
            let cause = format!("it lists more than {MOST_MEMBERS} files");
            listing.trouble = Some(ArchiveTrouble::new(ProblemKind::TooLarge, cause, start));
            break;
        }
        let path = shown_path(&entry.path_bytes());
        if !is_shadow(&path) {
            let end = reached.min(len);
            listing.members.push(Member { path, start, end, coding: Coding::Plain });
        }
    }
    if listing.trouble.is_none() && reached > len {
        let cause = "it breaks off inside its last file";
        listing.trouble = Some(ArchiveTrouble::new(ProblemKind::TruncatedGzip, cause, len));
    }
    listing
}

pub(super) fn broken(error: &std::io::Error, byte: u64) -> ArchiveTrouble {
    let kind = match error.kind() {
        std::io::ErrorKind::UnexpectedEof => ProblemKind::TruncatedGzip,
        _ => ProblemKind::CorruptGzip,
    };
    ArchiveTrouble::new(kind, format!("a header in it is wrong ({error})"), byte)
}
