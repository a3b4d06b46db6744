//! Files inside archives: each is a part of the archive's bytes, and is read like any other file.

use serde::{Deserialize, Serialize};

/// How the bytes of a file stand where they are read from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Coding {
    /// As they are; what they are packed with is seen by looking at them.
    #[default]
    Plain,
    /// An entry of a zip archive: its local header, which says how it is packed, and then so many
    /// packed bytes. The header alone does not always know how many, nor the checksum (CRC-32) of
    /// what they unpack to.
    ZipEntry { packed_bytes: u64, sum: u32 },
}

/// A file inside an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Inside the archive, with `/` between its folders. Empty: it is the archive itself, less the
    /// packing around it.
    pub path: String,
    /// Where its bytes begin in the archive.
    pub start: u64,
    /// Where they end.
    pub end: u64,
    pub coding: Coding,
}

/// How many archives may lie in one another; what lies deeper is named, not read.
pub const MOST_NESTED: u8 = 3;
