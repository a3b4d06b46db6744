//! Archives that are packed as a whole. Such bytes can only be read from the beginning, so each
//! member is handed out as it comes by.

use std::{cell::Cell, io::Read, rc::Rc};

use super::{ArchiveTrouble, Container, MOST_MEMBERS, TAR_BYTES, bare, shown_path, tar};
use crate::{
    model::{limits::Limits, member::Coding, path::is_shadow, problem::ProblemKind},
    reader::unpack::{self, UNSUSPICIOUS},
};

/// Unpacks an archive, and gives each file in it to `take`, with its path inside. Goes on as long
/// as `take` says so.
///
/// What was given before a fault stays given; the fault says where it was met, in bytes of the
/// archive as it is packed.
pub fn walk(
    source: impl Read,
    coding: Coding,
    limits: Limits,
    mut take: impl FnMut(String, Vec<u8>) -> bool,
) -> Result<(), ArchiveTrouble> {
    let packed = Rc::new(Cell::new(0));
    let counted = Counted { source, bytes: Rc::clone(&packed) };
    let mut budget = Budget { packed, unpacked: 0, limits };
    let stream = unpack::stream_of(counted, coding)
        .map_err(|error| ArchiveTrouble::unreadable(&error, 0))?;
    // As many layers as an ordinary file may have.
    let mut stream = unpack::stream(unpack::stream(stream));
    let mut head = vec![0; TAR_BYTES];
    let filled = unpack::fill(&mut stream, &mut head);
    head.truncate(filled);
    match bare(&head) {
        Some(Container::Tar) => members(&head[..], stream, &mut budget, &mut take),
        // Its list stands at its end, so it is handed on whole, under the same name, and taken
        // apart there.
        Some(_) => {
            let mut whole = head;
            let read = stream.take(limits.json_bytes).read_to_end(&mut whole);
            budget.spend(whole.len() as u64)?;
            take(String::new(), whole);
            read.map(|_| ()).map_err(|error| tar::broken(&error, 0))
        },
        None => Ok(()),
    }
}

fn members(
    head: &[u8],
    rest: impl Read,
    budget: &mut Budget,
    take: &mut impl FnMut(String, Vec<u8>) -> bool,
) -> Result<(), ArchiveTrouble> {
    let mut large = None;
    let rest = each(head.chain(rest), budget, &mut large, take);
    let Some(Large { path, byte, others }) = large else { return rest };
    let mut cause = match others {
        0 => format!("{path} in it is larger than the limit for one file"),
        _ => format!("{path} and {others} more in it are larger than the limit for one file"),
    };
    if let Err(trouble) = rest {
        cause = format!("{cause}, and {}", trouble.cause);
    }
    Err(ArchiveTrouble::new(ProblemKind::TooLarge, cause, byte))
}

/// Members that are passed over, as they are too large: the first, and how many more.
struct Large {
    path: String,
    byte: u64,
    others: usize,
}

fn each(
    tar: impl Read,
    budget: &mut Budget,
    large: &mut Option<Large>,
    take: &mut impl FnMut(String, Vec<u8>) -> bool,
) -> Result<(), ArchiveTrouble> {
    let mut archive = ::tar::Archive::new(tar);
    let entries = archive.entries().map_err(|error| tar::broken(&error, 0))?;
    let mut given = 0;
    for entry in entries {
        let mut entry = entry.map_err(|error| tar::broken(&error, 0))?;
        let path = shown_path(&entry.path_bytes());
        if !entry.header().entry_type().is_file() || is_shadow(&path) {
            continue;
        }
        let byte = entry.raw_file_position();
        if given >= MOST_MEMBERS {
            let cause = format!("it holds more than {MOST_MEMBERS} files");
            return Err(ArchiveTrouble::new(ProblemKind::TooLarge, cause, byte));
        }
        given += 1;
        if entry.size() > budget.limits.json_bytes {
            match large {
                Some(first) => first.others += 1,
                None => *large = Some(Large { path, byte, others: 0 }),
            }
            pass_over(&mut entry, budget).map_err(|error| tar::broken(&error, byte))??;
            continue;
        }
        let mut bytes = Vec::new();
        let read = entry.read_to_end(&mut bytes);
        budget.spend(bytes.len() as u64)?;
        // A member that is cut short is read as far as it goes, like any file.
        if !take(path, bytes) {
            return Ok(());
        }
        read.map_err(|error| tar::broken(&error, byte))?;
    }
    Ok(())
}

/// Unpacks to the end of a member, piece by piece, to come to what is behind it.
fn pass_over(
    entry: &mut impl Read,
    budget: &mut Budget,
) -> std::io::Result<Result<(), ArchiveTrouble>> {
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        let read = entry.read(&mut piece)?;
        let spent = budget.spend(read as u64);
        if read == 0 || spent.is_err() {
            return Ok(spent);
        }
    }
}

const PIECE_BYTES: usize = 1 << 16;

/// What came out of an archive, beside what went in.
struct Budget {
    packed: Rc<Cell<u64>>,
    unpacked: u64,
    limits: Limits,
}

impl Budget {
    fn spend(&mut self, bytes: u64) -> Result<(), ArchiveTrouble> {
        self.unpacked += bytes;
        let packed = self.packed.get();
        let suspicious =
            self.unpacked > UNSUSPICIOUS && self.unpacked / packed.max(1) > self.limits.ratio;
        let cause = if suspicious {
            "it unpacks to more times its size than any logs would"
        } else if self.unpacked > self.limits.load_bytes {
            "it unpacks to more than the limit for a load"
        } else {
            return Ok(());
        };
        Err(ArchiveTrouble::new(ProblemKind::TooLarge, cause, packed))
    }
}

/// Counts what is read.
struct Counted<R> {
    source: R,
    bytes: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.source.read(into)?;
        self.bytes.set(self.bytes.get() + read as u64);
        Ok(read)
    }
}
