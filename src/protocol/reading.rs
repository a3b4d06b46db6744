//! What passes between the page and a reader. The files themselves travel beside the message, as
//! the browser's `File` objects; a reader's batches go to the engine, not to the page.

use serde::{Deserialize, Serialize};

use crate::model::{
    integrity::report::ChainReport,
    limits::Limits,
    member::{Coding, Member},
    problem::Problem,
    question::FileId,
};

/// From the page to a reader. Files travel as `Blob`s, since a part of one is read like a whole one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToReader {
    /// From now on unpack no more than this.
    Limits(Limits),
    /// Go through archives so from now on.
    Pace(Pace),
    /// Read these and send one batch to the engine. Beside it: an array of `File`s, in order.
    Read { group: u32, files: Vec<FileToRead> },
    /// Tell which files are in this one, if it is an archive, and read nothing. Beside it: the `File`.
    Look { request: u32, file: FileToRead },
    /// Nobody waits for what was to be looked into so far.
    LookNoMore,
    /// Give back records of one file, byte for byte or one a line. Beside it: the `File`.
    Records { request: u32, path: String, coding: Coding, offsets: Vec<u32>, form: RecordForm },
    /// Make the sample organisation's files.
    Sample { request: u32, seed: u64, events: u64 },
    /// Tell what each of these says to the check of the digest chain. Beside it: the files.
    Facts { request: u32, files: Vec<FileToRead> },
    /// Take facts in, which come beside it; the check begins with the last of them. The `lost`
    /// files were given and ended their reader.
    Verify { request: u32, lost: Vec<String>, last: bool },
    /// The check is no longer wanted.
    Forget { request: u32 },
    /// Die, where the build allows it.
    Trap,
}

/// What a reader does with an archive that it goes through, which can take minutes. A file is read
/// in one go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pace {
    #[default]
    Go,
    /// Wait until another word comes.
    Rest,
    /// Leave what was not found yet.
    Stop,
}

/// How an archive came to its last file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum End {
    /// There are no more, or none that can be had.
    Whole,
    /// Its load was stopped.
    Stopped,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecordForm {
    /// As they stand in the file.
    Verbatim,
    /// As strict JSON without line breaks, one a line.
    Lines,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileToRead {
    pub file: FileId,
    pub path: String,
    pub bytes: u64,
    pub coding: Coding,
    /// How many archives it lies in.
    pub depth: u8,
}

/// From a reader to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromReader {
    /// The reader listens from now on. Sent once, first.
    Ready,
    /// A sign of life: so many files of the group are read.
    Reading {
        group: u32,
        files: u32,
        bytes: u64,
        events: u32,
    },
    /// The group's batch was sent to the engine.
    Read {
        group: u32,
        /// What its files unpacked to.
        json_bytes: u64,
    },
    /// Files inside an archive, `first` of them having been told before. They are parts of the
    /// archive, or of a `Blob` beside the message where the archive is packed as a whole.
    Members {
        file: FileId,
        first: u32,
        members: Vec<Member>,
        /// No more come.
        last: Option<End>,
    },
    /// More files of an archive that is only looked into. Where each lies means nothing.
    Inside {
        request: u32,
        members: Vec<Member>,
    },
    /// All that could be seen was told.
    Looked {
        request: u32,
    },
    Records {
        request: u32,
        result: Result<Vec<String>, Problem>,
    },
    /// One of the sample's files; its bytes travel beside the message.
    SampleFile {
        request: u32,
        path: String,
    },
    SampleDone {
        request: u32,
    },
    /// What files say; the facts travel beside the message, for whoever makes the check.
    Facts {
        request: u32,
    },
    /// So many signatures are checked.
    Verifying {
        request: u32,
        done: u64,
        of: u64,
    },
    /// What came of the check. Beside it: what the engine wants to know of the digests.
    Verified {
        request: u32,
        report: Box<ChainReport>,
    },
}
