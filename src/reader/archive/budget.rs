//! What comes out of an archive beside what goes in: a small one must not fill the memory.

use std::{cell::Cell, io::Read, rc::Rc};

use super::ArchiveTrouble;
use crate::{
    model::{limits::Limits, problem::ProblemKind},
    reader::unpack::UNSUSPICIOUS,
};

#[derive(Debug)]
pub(super) struct Budget {
    packed: Cell<u64>,
    unpacked: Cell<u64>,
    limits: Limits,
    /// The file itself could not be read any more, whatever that is taken for further up.
    failed: Cell<bool>,
}

impl Budget {
    pub(super) fn new(limits: Limits) -> Budget {
        let (packed, unpacked, failed) = (Cell::new(0), Cell::new(0), Cell::new(false));
        Budget { packed, unpacked, limits, failed }
    }

    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    /// How far the archive is read, as it is packed: places in what it unpacks to cannot be found by
    /// anyone.
    pub(super) fn packed(&self) -> u64 {
        self.packed.get()
    }

    pub(super) fn set_packed(&self, bytes: u64) {
        self.packed.set(bytes);
    }

    /// Notes that the file itself could not be read.
    pub(super) fn set_failed(&self) {
        self.failed.set(true);
    }

    /// So many more bytes come out; an error when that is too much.
    pub(super) fn spend(&self, bytes: u64) -> std::io::Result<()> {
        self.unpacked.update(|it| it.saturating_add(bytes));
        self.exceeded().map_or(Ok(()), |trouble| Err(std::io::Error::other(trouble.cause)))
    }

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

    /// What an error means that was met on the way.
    pub(super) fn broken(&self, error: &std::io::Error) -> ArchiveTrouble {
        let packed = self.packed.get();
        if let Some(trouble) = self.exceeded() {
            return trouble;
        }
        if self.failed.get() {
            return ArchiveTrouble::unreadable(error, packed);
        }
        match error.kind() {
            std::io::ErrorKind::UnexpectedEof => {
                ArchiveTrouble::new(ProblemKind::TruncatedGzip, "it breaks off", packed)
            },
            _ => {
                let cause = format!("it is damaged ({error})");
                ArchiveTrouble::new(ProblemKind::CorruptGzip, cause, packed)
            },
        }
    }
}

/// Counts what goes in.
pub(super) struct Counted<R> {
    pub(super) source: R,
    pub(super) budget: Rc<Budget>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.source.read(into).inspect_err(|_| self.budget.set_failed())?;
        self.budget.packed.update(|it| it + read as u64);
        Ok(read)
    }
}

/// Counts what comes out, whatever it is of, and ends when that is too much.
pub(super) struct Spent<R> {
    pub(super) source: R,
    pub(super) budget: Rc<Budget>,
}

impl<R: Read> Read for Spent<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.source.read(into)?;
        self.budget.spend(read as u64)?;
        Ok(read)
    }
}
