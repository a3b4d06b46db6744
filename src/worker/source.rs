//! The bytes of a file, read from any place without having all of them.

use std::io::{Error, Read, Result, Seek, SeekFrom};

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{Blob, FileReaderSync};

/// Read at once, so that walking over small members does not ask the browser for each.
const WINDOW_BYTES: u64 = 1 << 20;

/// A `Blob` as a source: reads wait for the browser, which workers may.
pub(super) struct BlobSource {
    blob: Blob,
    len: u64,
    at: u64,
    window: Vec<u8>,
    window_at: u64,
}

impl BlobSource {
    pub(super) fn new(blob: &Blob) -> BlobSource {
        BlobSource {
            blob: blob.clone(),
            len: blob.size() as u64,
            at: 0,
            window: Vec::new(),
            window_at: 0,
        }
    }

    fn fetch(&mut self) -> Result<()> {
        let end = (self.at + WINDOW_BYTES).min(self.len);
        let read = || {
            let part = self.blob.slice_with_f64_and_f64(self.at as f64, end as f64)?;
            FileReaderSync::new()?.read_as_array_buffer(&part)
        };
        let buffer: ArrayBuffer = read().map_err(|error| Error::other(super::reason(&error)))?;
        self.window = Uint8Array::new(buffer.unchecked_ref()).to_vec();
        self.window_at = self.at;
        Ok(())
    }
}

impl Read for BlobSource {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        if self.at >= self.len || into.is_empty() {
            return Ok(0);
        }
        let inside = self.at.checked_sub(self.window_at).map(|it| it as usize);
        if inside.is_none_or(|it| it >= self.window.len()) {
            self.fetch()?;
        }
        let rest = &self.window[(self.at - self.window_at) as usize..];
        let taken = rest.len().min(into.len());
        into[..taken].copy_from_slice(&rest[..taken]);
        self.at += taken as u64;
        Ok(taken)
    }
}

impl Seek for BlobSource {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let to = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.len.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = to.ok_or_else(|| Error::other("a place before the beginning was asked for"))?;
        Ok(self.at)
    }
}
