//! Archives that are packed as a whole. Such bytes can only be read from the beginning, so each
//! member is handed out as it comes by.

use std::{cell::Cell, io::Read, rc::Rc};

use super::{ArchiveTrouble, Container, MOST_MEMBERS, TAR_BYTES, bare, is_shadow, shown_path, tar};
use crate::{
    model::{limits::Limits, member::Coding, problem::ProblemKind},
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
    let mut unpacked = 0;
    let mut take = |path: String, bytes: Vec<u8>| {
        unpacked += bytes.len() as u64;
        let suspicious = unpacked > UNSUSPICIOUS && unpacked / packed.get().max(1) > limits.ratio;
        if suspicious { Err(bomb(packed.get())) } else { Ok(take(path, bytes)) }
    };
    let stream = unpack::stream_of(counted, coding)
        .map_err(|error| ArchiveTrouble::unreadable(&error, 0))?;
    // As many layers as an ordinary file may have.
    let mut stream = unpack::stream(unpack::stream(stream));
    let mut head = vec![0; TAR_BYTES];
    let filled = unpack::fill(&mut stream, &mut head);
    head.truncate(filled);
    match bare(&head) {
        Some(Container::Tar) => members(&head[..], stream, limits, &mut take),
        // Its list stands at its end, so it is handed on whole, under the same name, and taken
        // apart there.
        Some(_) => {
            let mut whole = head;
            let read = stream.take(limits.json_bytes).read_to_end(&mut whole);
            take(String::new(), whole)?;
            read.map(|_| ()).map_err(|error| tar::broken(&error, 0))
        },
        None => Ok(()),
    }
}

fn members(
    head: &[u8],
    rest: impl Read,
    limits: Limits,
    take: &mut impl FnMut(String, Vec<u8>) -> Result<bool, ArchiveTrouble>,
) -> Result<(), ArchiveTrouble> {
    let mut archive = ::tar::Archive::new(head.chain(rest));
    let entries = archive.entries().map_err(|error| tar::broken(&error, 0))?;
    let mut given = 0;
    for entry in entries {
        let mut entry = entry.map_err(|error| tar::broken(&error, 0))?;
        let path = shown_path(&entry.path_bytes());
        if !entry.header().entry_type().is_file() || is_shadow(&path) {
            continue;
        }
        let at = entry.raw_file_position();
        if entry.size() > limits.json_bytes || given >= MOST_MEMBERS {
            let cause = format!("{path} in it is larger than the limit for one file");
            return Err(ArchiveTrouble::new(ProblemKind::TooLarge, cause, at));
        }
        given += 1;
        let mut bytes = Vec::new();
        let read = entry.read_to_end(&mut bytes);
        // A member that is cut short is read as far as it goes, like any file.
        if !take(path, bytes)? {
            return Ok(());
        }
        read.map_err(|error| tar::broken(&error, at))?;
    }
    Ok(())
}

fn bomb(byte: u64) -> ArchiveTrouble {
    let cause = "it unpacks to more times its size than any logs would";
    ArchiveTrouble::new(ProblemKind::TooLarge, cause, byte)
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
