//! Files that were given, kept as long as their events: records are read from them again.

use web_sys::{Blob, File};

use crate::{
    model::{estimate::Estimate, member::Coding, question::FileId},
    protocol::reading::FileToRead,
};

/// A file that was given, or that lies in an archive that was; kept as long as its events.
#[derive(Clone)]
pub(super) struct Given {
    pub(super) path: String,
    pub(super) bytes: u64,
    pub(super) handle: Handle,
    pub(super) coding: Coding,
    /// How many archives it lies in.
    pub(super) depth: u8,
    /// How many files in it are known, if it is an archive.
    pub(super) members: u32,
    /// The rest of the archive was left when its load was stopped.
    pub(super) left: bool,
}

/// Where the bytes of a file are to be had.
#[derive(Clone)]
pub(super) enum Handle {
    File(File),
    /// A part of an archive, from byte to byte. Cut off when it is read: an archive may have a
    /// million parts.
    Part(Blob, f64, f64),
}

impl Given {
    /// A file as it was dropped.
    pub(super) fn whole(path: String, file: File) -> Given {
        Given {
            path,
            bytes: file.size() as u64,
            handle: Handle::File(file),
            coding: Coding::Plain,
            depth: 0,
            members: 0,
            left: false,
        }
    }

    /// What is likely to be in it.
    pub(super) fn estimate(&self) -> Estimate {
        Estimate::of_file(&self.path, self.bytes, self.coding)
    }

    /// What a reader is told of it.
    pub(super) fn to_read(&self, file: FileId) -> FileToRead {
        FileToRead {
            file,
            path: self.path.clone(),
            bytes: self.bytes,
            coding: self.coding,
            depth: self.depth,
        }
    }

    /// What a reader is given.
    pub(super) fn blob(&self) -> Option<Blob> {
        match &self.handle {
            Handle::File(file) => Some(file.clone().into()),
            Handle::Part(blob, start, end) => blob.slice_with_f64_and_f64(*start, *end).ok(),
        }
    }
}
