//! What is packed in several streams one behind the other, as tools that work in parts, or `cat`, write
//! it.

use std::io::{BufRead, Error, ErrorKind, Read};

use super::Packing;

/// Packed streams, one behind the other; zeros may follow the last.
pub(super) struct Streams<R> {
    packing: Packing,
    /// What no stream is reading.
    rest: Option<R>,
    inner: Option<Inner<R>>,
    /// What is wrong; it stays so, also for whoever asks again.
    fault: Option<(ErrorKind, String)>,
}

enum Inner<R> {
    Gzip(Box<flate2::bufread::GzDecoder<R>>),
    Bzip2(bzip2::bufread::BzDecoder<R>),
    Zstd(Frame<R>),
}

impl<R: BufRead> Streams<R> {
    pub(super) fn new(packing: Packing, packed: R) -> Streams<R> {
        Streams { packing, rest: Some(packed), inner: None, fault: None }
    }

    /// Goes on with the next stream; false at the end.
    fn next(&mut self) -> std::io::Result<bool> {
        let Some(rest) = &mut self.rest else { return Ok(false) };
        let begins = loop {
            let some = rest.fill_buf()?;
            let zeros = some.iter().take_while(|it| **it == 0).count();
            match some.get(zeros) {
                _ if some.is_empty() => return Ok(false),
                None => rest.consume(zeros),
                Some(first) => {
                    let begins = match self.packing {
                        Packing::Gzip => *first == 0x1f,
                        Packing::Bzip2 => *first == b'B',
                        _ => matches!(first, 0x28 | 0x50..=0x5f),
                    };
                    rest.consume(zeros);
                    break begins;
                },
            }
        };
        if !begins {
            return Err(Error::new(ErrorKind::InvalidData, "something else follows its end"));
        }
        self.inner = self.rest.take().map(|rest| match self.packing {
            Packing::Gzip => Inner::Gzip(Box::new(flate2::bufread::GzDecoder::new(rest))),
            Packing::Bzip2 => Inner::Bzip2(bzip2::bufread::BzDecoder::new(rest)),
            _ => Inner::Zstd(Frame { packed: rest, decoder: None, skipped: false }),
        });
        Ok(true)
    }

    fn read_on(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        loop {
            if self.inner.is_none() && !self.next()? {
                return Ok(0);
            }
            let read = match &mut self.inner {
                Some(Inner::Gzip(it)) => it.read(into)?,
                Some(Inner::Bzip2(it)) => it.read(into)?,
                Some(Inner::Zstd(it)) => it.read(into)?,
                None => 0,
            };
            if read > 0 || into.is_empty() {
                return Ok(read);
            }
            self.rest = self.inner.take().map(|it| match it {
                Inner::Gzip(it) => it.into_inner(),
                Inner::Bzip2(it) => it.into_inner(),
                Inner::Zstd(it) => it.packed,
            });
        }
    }
}

impl<R: BufRead> Read for Streams<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if let Some((kind, what)) = &self.fault {
            return Err(Error::new(*kind, what.clone()));
        }
        self.read_on(into).inspect_err(|error| {
            self.fault = Some((error.kind(), error.to_string()));
        })
    }
}

/// One frame of zstd.
struct Frame<R> {
    packed: R,
    decoder: Option<Box<ruzstd::decoding::FrameDecoder>>,
    /// It was one that is passed over.
    skipped: bool,
}

impl<R: BufRead> Frame<R> {
    fn begin(&mut self) -> std::io::Result<()> {
        use ruzstd::decoding::{
            FrameDecoder,
            errors::{FrameDecoderError::ReadFrameHeaderError, ReadFrameHeaderError::SkipFrame},
        };
        let mut decoder = Box::new(FrameDecoder::new());
        match decoder.reset(&mut self.packed) {
            Ok(()) => self.decoder = Some(decoder),
            Err(ReadFrameHeaderError(SkipFrame { length, .. })) => {
                let mut passed = (&mut self.packed).take(u64::from(length));
                if std::io::copy(&mut passed, &mut std::io::sink())? < u64::from(length) {
                    return Err(ErrorKind::UnexpectedEof.into());
                }
                self.skipped = true;
            },
            Err(error) => return Err(of_zstd(error)),
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Frame<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        use ruzstd::decoding::BlockDecodingStrategy;
        loop {
            if self.skipped {
                return Ok(0);
            }
            let Some(decoder) = &mut self.decoder else {
                self.begin()?;
                continue;
            };
            if decoder.can_collect() == 0 && !decoder.is_finished() {
                let wanted = BlockDecodingStrategy::UptoBytes(into.len());
                decoder.decode_blocks(&mut self.packed, wanted).map_err(of_zstd)?;
            }
            let read = decoder.read(into)?;
            if read > 0 || into.is_empty() || decoder.is_finished() {
                return Ok(read);
            }
        }
    }
}

/// An error of zstd, which tells an end that comes too soon only far inside.
fn of_zstd(error: ruzstd::decoding::errors::FrameDecoderError) -> Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(it) = cause {
        if let Some(it) = it.downcast_ref::<Error>() {
            return Error::new(it.kind(), it.to_string());
        }
        cause = it.source();
    }
    Error::new(ErrorKind::InvalidData, error.to_string())
}
