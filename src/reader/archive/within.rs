//! The bytes of a file that stand as they are, wherever that is: a whole file, or an entry of a zip
//! that is stored in it.

use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom};

use super::{
    ArchiveTrouble, Found, Method, Source, read_header,
    tape::{PIECE_BYTES, pieces},
};
use crate::{
    model::{member::Coding, problem::ProblemKind},
    reader::unpack::Summed,
};

/// A part of a source, which is read as if it were all of it.
pub(super) struct Within<'a, S> {
    source: &'a mut S,
    start: u64,
    len: u64,
    at: u64,
}

impl<'a, S: Source> Within<'a, S> {
    /// The bytes of a file; `None` of an entry that is packed.
    pub(super) fn of(source: &'a mut S, coding: Coding) -> Result<Option<Within<'a, S>>> {
        let len = source.seek(SeekFrom::End(0))?;
        source.rewind()?;
        let Coding::ZipEntry { packed_bytes, .. } = coding else {
            return Ok(Some(Within { source, start: 0, len, at: 0 }));
        };
        if read_header(source)? != Method::Stored {
            return Ok(None);
        }
        let start = source.stream_position()?;
        let len = packed_bytes.min(len.saturating_sub(start));
        Ok(Some(Within { source, start, len, at: 0 }))
    }

    /// Reads what was only leapt over, to see whether it has this checksum. `take` is told that time
    /// goes by.
    pub(super) async fn check(
        &mut self,
        sum: u32,
        take: &mut impl AsyncFnMut(Found<'_>) -> bool,
    ) -> std::result::Result<(), ArchiveTrouble> {
        let end = self.len;
        self.rewind().map_err(|error| ArchiveTrouble::unreadable(&error, 0))?;
        let mut piece = vec![0; PIECE_BYTES];
        let mut summed = Summed::new(self, sum);
        let pass = async |_: &[u8]| take(Found::Nothing).await;
        let read = pieces(&mut summed, &mut piece, pass).await;
        read.map(|_| ()).map_err(|error| match error.kind() {
            ErrorKind::InvalidData => {
                let cause = "its checksum is wrong, so something in it was changed";
                ArchiveTrouble::new(ProblemKind::CorruptGzip, cause, end)
            },
            _ => ArchiveTrouble::unreadable(&error, 0),
        })
    }

    /// Where it begins in the source.
    pub(super) fn start(&self) -> u64 {
        self.start
    }
}

impl<S: Source> Read for Within<'_, S> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let most = self.len.saturating_sub(self.at).min(into.len() as u64) as usize;
        let read = self.source.read(&mut into[..most])?;
        self.at += read as u64;
        Ok(read)
    }
}

impl<S: Source> Seek for Within<'_, S> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let to = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.len.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        let outside = || Error::other("a place before the beginning was asked for");
        self.at = to.ok_or_else(outside)?;
        self.source.seek(SeekFrom::Start(self.start.saturating_add(self.at)))?;
        Ok(self.at)
    }
}
