//! Archives that are packed as a whole. Such bytes can only be read from the beginning, so each
//! member is handed out as it comes by, a piece at a time.

use std::{cell::Cell, io::Read, rc::Rc};

use super::{ArchiveTrouble, Container, Found, MOST_MEMBERS, TAR_BYTES, bare, shown_path, tar};
use crate::{
    model::{limits::Limits, member::Coding, path::is_shadow, problem::ProblemKind},
    reader::unpack::{self, UNSUSPICIOUS},
};

/// Bytes that are handed out at once.
const PIECE_BYTES: usize = 1 << 18;

/// A file without the packing around it.
pub(super) struct Bare<'a> {
    head: Vec<u8>,
    rest: Box<dyn Read + 'a>,
}

/// Takes off as many layers as an ordinary file may have, as far as that can be told from the first
/// bytes.
pub(super) fn begin<'a>(source: impl Read + 'a, coding: Coding) -> std::io::Result<Bare<'a>> {
    let mut rest = unpack::stream(unpack::stream(unpack::stream_of(source, coding)?));
    let mut head = vec![0; TAR_BYTES];
    let filled = unpack::fill(&mut rest, &mut head);
    head.truncate(filled);
    Ok(Bare { head, rest })
}

impl Bare<'_> {
    pub(super) fn kind(&self) -> Option<Container> {
        bare(&self.head)
    }
}

/// Unpacks an archive, and gives each file in it to `take`, a piece at a time.
pub(super) async fn walk(
    source: impl Read,
    coding: Coding,
    limits: Limits,
    take: &mut impl AsyncFnMut(Found<'_>) -> bool,
) -> Result<(), ArchiveTrouble> {
    let budget = Rc::new(Budget { packed: Cell::new(0), unpacked: Cell::new(0), limits });
    let counted = Counted { source, budget: Rc::clone(&budget) };
    let archive = begin(counted, coding).map_err(|error| ArchiveTrouble::unreadable(&error, 0))?;
    let kind = archive.kind();
    let rest = Spent { source: archive.rest, budget: Rc::clone(&budget) };
    let head = std::io::Cursor::new(archive.head);
    let whole = head.chain(rest);
    match kind {
        Some(Container::Tar) => members(whole, &budget, take).await,
        Some(Container::Zip) => handed_on(whole, &budget, take).await,
        None => Ok(()),
    }
}

/// A zip's list stands at its end, so it is handed on whole, under the same name, and taken apart
/// there.
async fn handed_on(
    zip: impl Read,
    budget: &Budget,
    take: &mut impl AsyncFnMut(Found<'_>) -> bool,
) -> Result<(), ArchiveTrouble> {
    let mut zip = zip.take(budget.limits.json_bytes);
    let mut piece = vec![0; PIECE_BYTES];
    let read = pieces(&mut zip, &mut piece, async |it| take(Found::Bytes(it)).await).await;
    if let Ok(false) = read {
        return Ok(());
    }
    take(Found::File(String::new())).await;
    read.map(|_| ()).map_err(|error| {
        budget.exceeded().unwrap_or_else(|| tar::broken(&error, budget.packed.get()))
    })
}

async fn members(
    tar: impl Read,
    budget: &Budget,
    take: &mut impl AsyncFnMut(Found<'_>) -> bool,
) -> Result<(), ArchiveTrouble> {
    let mut large = None;
    let done = each(tar, budget, &mut large, take).await;
    let done = done.map_err(|trouble| budget.exceeded().unwrap_or(trouble));
    let Some(Large { path, byte, others }) = large else { return done };
    let mut cause = match others {
        0 => format!("{path} in it is larger than the limit for one file"),
        _ => format!("{path} and {others} more in it are larger than the limit for one file"),
    };
    if let Err(trouble) = done {
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

async fn each(
    tar: impl Read,
    budget: &Budget,
    large: &mut Option<Large>,
    take: &mut impl AsyncFnMut(Found<'_>) -> bool,
) -> Result<(), ArchiveTrouble> {
    let mut archive = ::tar::Archive::new(tar);
    // How far it is read as it is packed: places in the tar itself cannot be found by anyone.
    let broken = |error: std::io::Error| tar::broken(&error, budget.packed.get());
    let entries = archive.entries().map_err(broken)?;
    let mut piece = vec![0; PIECE_BYTES];
    let mut given = 0;
    for entry in entries {
        let mut entry = entry.map_err(broken)?;
        let is_sparse = entry.header().entry_type().is_gnu_sparse();
        if is_sparse && entry.size() > 2 * entry.header().entry_size().unwrap_or(0) {
            // What is read of it are zeros that are not in the archive, and perhaps without an end.
            continue;
        }
        let byte = budget.packed.get();
        let path = shown_path(&entry.path_bytes());
        let is_log = entry.header().entry_type().is_file() && !is_shadow(&path);
        let is_large = is_log && entry.size() > budget.limits.json_bytes;
        if is_log && given >= MOST_MEMBERS {
            let cause = format!("it holds more than {MOST_MEMBERS} files");
            return Err(ArchiveTrouble::new(ProblemKind::TooLarge, cause, byte));
        }
        given += usize::from(is_log);
        match large {
            Some(first) if is_large => first.others += 1,
            None if is_large => *large = Some(Large { path: path.clone(), byte, others: 0 }),
            _ => (),
        }
        if !is_log || is_large {
            // To come to what is behind it.
            let pass = async |_: &[u8]| take(Found::Nothing).await;
            if !pieces(&mut entry, &mut piece, pass).await.map_err(broken)? {
                return Ok(());
            }
            continue;
        }
        let read = pieces(&mut entry, &mut piece, async |it| take(Found::Bytes(it)).await).await;
        if let Ok(false) = read {
            return Ok(());
        }
        // A member that is cut short is read as far as it goes, like any file.
        let more = take(Found::File(path)).await;
        read.map_err(broken)?;
        if !more {
            return Ok(());
        }
    }
    Ok(())
}

/// Reads to the end, a piece at a time; whether that is where it ended, and not by `take`'s wish.
async fn pieces(
    source: &mut impl Read,
    piece: &mut [u8],
    mut take: impl AsyncFnMut(&[u8]) -> bool,
) -> std::io::Result<bool> {
    loop {
        let read = source.read(piece)?;
        if read == 0 {
            return Ok(true);
        }
        if !take(&piece[..read]).await {
            return Ok(false);
        }
    }
}

/// What came out of an archive, beside what went in.
struct Budget {
    packed: Cell<u64>,
    unpacked: Cell<u64>,
    limits: Limits,
}

impl Budget {
    fn exceeded(&self) -> Option<ArchiveTrouble> {
        let (packed, unpacked) = (self.packed.get(), self.unpacked.get());
        let is_bomb = unpacked > UNSUSPICIOUS && unpacked / packed.max(1) > self.limits.ratio;
        let cause = if is_bomb {
            "it unpacks to more times its size than any logs would"
        } else if unpacked > self.limits.load_bytes {
            "it unpacks to more than the limit for a load"
        } else {
            return None;
        };
        Some(ArchiveTrouble::new(ProblemKind::TooLarge, cause, packed))
    }
}

/// Counts what goes in.
struct Counted<R> {
    source: R,
    budget: Rc<Budget>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.source.read(into)?;
        self.budget.packed.update(|it| it + read as u64);
        Ok(read)
    }
}

/// Counts what comes out, whatever it is of, and ends when that is too much.
struct Spent<R> {
    source: R,
    budget: Rc<Budget>,
}

impl<R: Read> Read for Spent<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.source.read(into)?;
        self.budget.unpacked.update(|it| it + read as u64);
        match self.budget.exceeded() {
            Some(trouble) => Err(std::io::Error::other(trouble.cause)),
            None => Ok(read),
        }
    }
}
