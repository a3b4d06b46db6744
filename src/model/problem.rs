//! Bad input is data: what could not be read, where, and what to do about it.

use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($( $(#[$doc:meta])* $variant:ident $name:literal; )*) => {
        /// What was wrong with a file or a record.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum ProblemKind { $( $(#[$doc])* $variant ),* }

        impl ProblemKind {
            pub const ALL: &[ProblemKind] = &[$( ProblemKind::$variant ),*];

            /// Whether nothing is wrong: the file holds no events by design.
            pub fn is_by_design(self) -> bool {
                matches!(self, ProblemKind::Empty | ProblemKind::Digest)
            }

            /// As the API and the page's `data-kind` spell it.
            pub fn as_str(self) -> &'static str {
                match self { $( ProblemKind::$variant => $name ),* }
            }
        }
    };
}

kinds! {
    /// No bytes, or no records in it by design.
    Empty "empty";
    /// Something else: an image, a text, JSON of another kind.
    NotCloudTrail "not-cloudtrail";
    /// A digest file of CloudTrail, or a list of the keys that prove them: no events.
    Digest "digest";
    /// Gzip that ends before its end.
    TruncatedGzip "truncated-gzip";
    /// Gzip whose bytes are wrong.
    CorruptGzip "corrupt-gzip";
    /// JSON that breaks off or is wrong.
    BadJson "bad-json";
    /// One record that could not be kept, or that contradicts another.
    BadRecord "bad-record";
    /// More than the page can hold, or a bomb.
    TooLarge "too-large";
    /// A form that is known, but not read.
    Unsupported "unsupported";
    /// The browser gave no bytes, or the reader died on the file.
    Unreadable "unreadable";
    /// The person stopped the load, or left files out of it.
    Cancelled "cancelled";
    /// The engine has no room for more.
    Memory "memory";
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The file as it was dropped, with its folders; empty where a problem is of no one file.
    pub path: String,
    pub kind: ProblemKind,
    /// English, for a person: what happened, what was kept, what to do.
    pub message: String,
    /// The record in the file, from 0.
    pub record: Option<u32>,
    /// Where in the file, or in what it unpacks to.
    pub byte: Option<u64>,
}

impl Problem {
    pub fn new(path: impl Into<String>, kind: ProblemKind, message: impl Into<String>) -> Problem {
        Problem { path: path.into(), kind, message: message.into(), record: None, byte: None }
    }

    pub fn at_byte(self, byte: u64) -> Problem {
        Problem { byte: Some(byte), ..self }
    }

    pub fn at_record(self, record: u32) -> Problem {
        Problem { record: Some(record), ..self }
    }
}
