//! The bytes of a tar on the way from its beginning to its end: where they lie in a file as they are,
//! or as they come out of their packing.

use std::{
    io::{Error, ErrorKind, Read, Result, SeekFrom},
    rc::Rc,
};

use super::{ArchiveTrouble, Found, Source, budget::Budget};

/// Bytes that are handed out at once.
pub(super) const PIECE_BYTES: usize = 1 << 18;

pub(super) trait Tape: Read {
    fn budget(&self) -> &Budget;

    /// Where the next so many bytes lie in the archive, as far as they are there: begin and end.
    fn part(&self, _bytes: u64) -> Option<(u64, u64)> {
        None
    }

    /// Passes over so many bytes without reading them; false if it cannot. An error if they are not
    /// there.
    fn leap(&mut self, _bytes: u64) -> Result<bool> {
        Ok(false)
    }

    /// How far it is, in bytes of the archive as it was given.
    fn byte(&self) -> u64 {
        self.budget().packed()
    }
}

/// A tar that is not packed.
pub(super) struct Lying<'a, S> {
    source: &'a mut S,
    at: u64,
    len: u64,
    budget: Budget,
}

impl<'a, S: Source> Lying<'a, S> {
    /// All of the source.
    pub(super) fn new(source: &'a mut S, budget: Budget) -> Result<Lying<'a, S>> {
        let len = source.seek(SeekFrom::End(0))?;
        source.rewind()?;
        Ok(Lying { source, at: 0, len, budget })
    }

    fn reach(&mut self, at: u64) {
        self.at = at;
        self.budget.set_packed(at);
    }
}

impl<S: Source> Read for Lying<'_, S> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let read = self.source.read(into).inspect_err(|_| self.budget.set_failed())?;
        self.reach(self.at.saturating_add(read as u64));
        Ok(read)
    }
}

impl<S: Source> Tape for Lying<'_, S> {
    fn budget(&self) -> &Budget {
        &self.budget
    }

    fn part(&self, bytes: u64) -> Option<(u64, u64)> {
        Some((self.at, self.at.saturating_add(bytes).min(self.len.max(self.at))))
    }

    fn leap(&mut self, bytes: u64) -> Result<bool> {
        let to = self.at.checked_add(bytes).filter(|it| *it <= self.len);
        let Some(to) = to else {
            self.reach(self.len);
            return Err(ErrorKind::UnexpectedEof.into());
        };
        self.source.seek(SeekFrom::Start(to)).inspect_err(|_| self.budget.set_failed())?;
        self.reach(to);
        Ok(true)
    }
}

/// A tar that comes out of its packing.
pub(super) struct Passing<R> {
    pub(super) source: R,
    pub(super) budget: Rc<Budget>,
}

impl<R: Read> Read for Passing<R> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        self.source.read(into)
    }
}

impl<R: Read> Tape for Passing<R> {
    fn budget(&self) -> &Budget {
        &self.budget
    }
}

/// As many bytes as there are, up to the length of `into`.
pub(super) fn fill(source: &mut impl Read, into: &mut [u8]) -> Result<usize> {
    let mut filled = 0;
    while filled < into.len() {
        match source.read(&mut into[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => (),
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Reads to the end, a piece at a time; whether that is where it ended, and not by `take`'s wish.
pub(super) async fn pieces(
    source: &mut impl Read,
    piece: &mut [u8],
    mut take: impl AsyncFnMut(&[u8]) -> bool,
) -> Result<bool> {
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

/// Passes over so many bytes, which are there; whether `take` wishes to go on.
pub(super) async fn pass(
    tape: &mut impl Tape,
    bytes: u64,
    piece: &mut [u8],
    take: &mut impl AsyncFnMut(Found<'_>) -> bool,
) -> Result<bool> {
    if tape.leap(bytes)? {
        return Ok(true);
    }
    let mut left = bytes;
    while left > 0 {
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(piece.len());
        let read = tape.read(&mut piece[..most])?;
        if read == 0 {
            return Err(Error::from(ErrorKind::UnexpectedEof));
        }
        left -= read as u64;
        if !take(Found::Nothing).await {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What an error means that was met while reading from a tape.
pub(super) fn broken(tape: &impl Tape, error: &Error) -> ArchiveTrouble {
    tape.budget().broken(error)
}
