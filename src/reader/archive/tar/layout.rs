//! Files with holes: a tar holds only what is between them, and says where that belongs. The holes
//! are given as zeros, as a file system does.

use std::{
    io::{ErrorKind, Read, Result},
    result,
};

use ::tar::{GnuExtSparseHeader, GnuSparseHeader, Header};

use super::{
    TAR_BYTES,
    pax::{Pax, number},
};
use crate::{
    model::problem::ProblemKind,
    reader::archive::{
        ArchiveTrouble,
        tape::{Tape, broken, fill},
    },
};

/// A map of more parts than this is of no log.
const MOST_PARTS: usize = 1 << 13;

/// Where the bytes of a member belong that follow in the archive.
#[derive(Debug, PartialEq)]
pub(super) struct Layout {
    /// Where in the file, and how many; in order.
    parts: Vec<(u64, u64)>,
    len: u64,
}

impl Layout {
    /// That of a file without holes.
    pub(super) fn whole(size: u64) -> Layout {
        Layout { parts: vec![(0, size)], len: size }
    }

    pub(super) fn is_whole(&self) -> bool {
        matches!(self.parts[..], [(0, size)] if size == self.len)
    }

    /// How long the file is.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// `None` when it cannot be so: parts in disorder, or other than the bytes that follow.
    fn of(parts: Vec<(u64, u64)>, len: u64, size: u64) -> Option<Layout> {
        let (mut reached, mut sum) = (0, 0_u64);
        for (at, bytes) in &parts {
            if *at < reached {
                return None;
            }
            reached = at.checked_add(*bytes)?;
            sum = sum.checked_add(*bytes)?;
        }
        (reached <= len && sum == size).then_some(Layout { parts, len })
    }

    /// As the header of an old GNU tar says, and those that follow it.
    pub(super) fn of_gnu(
        tape: &mut impl Tape,
        header: &Header,
        size: u64,
    ) -> result::Result<Option<Layout>, ArchiveTrouble> {
        let Some(gnu) = header.as_gnu() else { return Ok(None) };
        let Ok(len) = gnu.real_size() else { return Ok(None) };
        let mut parts = Vec::new();
        let mut is_right = add(&mut parts, &gnu.sparse);
        let mut more = gnu.is_extended();
        while more && is_right {
            let (mut next, before) = (GnuExtSparseHeader::new(), parts.len());
            block(tape, next.as_mut_bytes())?;
            is_right = add(&mut parts, next.sparse()) && parts.len() > before;
            more = next.is_extended();
        }
        Ok(is_right.then(|| Layout::of(parts, len, size)).flatten())
    }

    /// As a header of pax says, or what stands before the data, which is then read and taken off the
    /// size.
    pub(super) fn of_pax(
        tape: &mut impl Tape,
        pax: &Pax,
        size: &mut u64,
    ) -> result::Result<Option<Layout>, ArchiveTrouble> {
        if !pax.sparse {
            return Ok(Some(Layout::whole(*size)));
        }
        let Some(len) = pax.real_size else { return Ok(None) };
        let map = if pax.map_ahead { map_ahead(tape, size)? } else { Some(pax.map.clone()) };
        let Some(map) = map else { return Ok(None) };
        let (pairs, rest) = map.as_chunks::<2>();
        let parts: Option<Vec<(u64, u64)>> =
            pairs.iter().map(|[at, bytes]| Some(((*at)?, (*bytes)?))).collect();
        Ok(parts.filter(|_| rest.is_empty()).and_then(|it| Layout::of(it, len, *size)))
    }
}

/// Adds the parts that headers list; false when they cannot be read, or are too many.
fn add(parts: &mut Vec<(u64, u64)>, listed: &[GnuSparseHeader]) -> bool {
    for it in listed.iter().filter(|it| !it.is_empty()) {
        let (Ok(at), Ok(bytes)) = (it.offset(), it.length()) else { return false };
        if parts.len() >= MOST_PARTS {
            return false;
        }
        parts.push((at, bytes));
    }
    true
}

/// A map in lines: how many parts, and two numbers of each. It fills whole blocks.
fn map_ahead(
    tape: &mut impl Tape,
    size: &mut u64,
) -> result::Result<Option<Vec<Option<u64>>>, ArchiveTrouble> {
    let (mut text, mut lines) = (Vec::new(), 0);
    // A number takes at most 21 bytes with the end of its line.
    while text.len() < MOST_PARTS * 2 * 21 {
        let mut next = [0; TAR_BYTES];
        let Some(less) = size.checked_sub(TAR_BYTES as u64) else { return Ok(None) };
        block(tape, &mut next)?;
        *size = less;
        lines += next.iter().filter(|it| **it == b'\n').count();
        // How many there are stands in the first line, which is short.
        if lines == 0 {
            return Ok(None);
        }
        text.extend(next);
        let mut numbers = text.split(|it| *it == b'\n').map(number);
        let parts = numbers.next().flatten().and_then(|it| usize::try_from(it).ok());
        let Some(parts) = parts.filter(|it| *it <= MOST_PARTS) else { return Ok(None) };
        if lines > parts * 2 {
            return Ok(Some(numbers.take(parts * 2).collect()));
        }
    }
    Ok(None)
}

fn block(tape: &mut impl Tape, into: &mut [u8; TAR_BYTES]) -> result::Result<(), ArchiveTrouble> {
    match fill(tape, into) {
        Ok(filled) if filled < TAR_BYTES => {
            let cause = "it breaks off inside a header";
            Err(ArchiveTrouble::new(ProblemKind::TruncatedGzip, cause, tape.byte()))
        },
        Ok(_) => Ok(()),
        Err(error) => Err(broken(tape, &error)),
    }
}

/// The content of a member, with zeros for its holes.
pub(super) struct Content<'a, T> {
    tape: &'a mut T,
    parts: std::vec::IntoIter<(u64, u64)>,
    /// What is given next: zeros up to a place, then bytes up to another.
    zeros: u64,
    bytes: u64,
    len: u64,
    at: u64,
}

impl<'a, T: Tape> Content<'a, T> {
    pub(super) fn new(tape: &'a mut T, layout: Layout) -> Content<'a, T> {
        let parts = layout.parts.into_iter();
        Content { tape, parts, zeros: 0, bytes: 0, len: layout.len, at: 0 }
    }
}

impl<T: Tape> Read for Content<'_, T> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        while self.at >= self.bytes && self.at < self.len {
            match self.parts.next() {
                Some((at, bytes)) => (self.zeros, self.bytes) = (at, at.saturating_add(bytes)),
                None => (self.zeros, self.bytes) = (self.len, self.len),
            }
        }
        let is_hole = self.at < self.zeros;
        let end = if is_hole { self.zeros } else { self.bytes };
        let most = usize::try_from(end - self.at).unwrap_or(usize::MAX).min(into.len());
        if most == 0 {
            return Ok(0);
        }
        let read = if is_hole {
            self.tape.budget().spend(most as u64)?;
            into[..most].fill(0);
            most
        } else {
            self.tape.read(&mut into[..most])?
        };
        if read == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        self.at += read as u64;
        Ok(read)
    }
}
