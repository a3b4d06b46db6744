//! Why a question was not answered.

use serde::{Deserialize, Serialize};

/// Crosses the worker boundary, so it owns its text. The page words it for people; `Display` is
/// the English that the JavaScript API rejects with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Failure {
    /// The question makes no sense: no fields to group by, too many rows at once.
    #[error("{message}")]
    BadArgument { message: String },
    /// There is no such event, or it was closed.
    #[error("{what}")]
    NotFound { what: String },
    /// The answer would need more memory than is left.
    #[error(
        "this needs about {needed_bytes} bytes of memory and {free_bytes} are left; narrow the filter or the time range"
    )]
    OutOfMemory { needed_bytes: u64, free_bytes: u64 },
    /// Polars or the table refused.
    #[error("the analysis failed: {message}")]
    Engine { message: String },
    /// The worker died over this question.
    #[error("the analysis worker stopped during \"{doing}\"; a new one is reading the files again")]
    EngineStopped { doing: String },
    /// A file could not be read again.
    #[error("{message}")]
    Unreadable { message: String },
    /// Taken back by the one who asked.
    #[error("cancelled")]
    Cancelled,
    /// All that it was about was closed.
    #[error("everything was closed before this was answered")]
    Closed,
    /// The two ends do not fit: a fault of the program.
    #[error("the answer did not fit the question; reload the page")]
    Mismatch,
}

impl Failure {
    /// The `name` of the `Error` that the JavaScript API rejects with.
    pub fn api_name(&self) -> &'static str {
        match self {
            Failure::BadArgument { .. } => "BadArgument",
            Failure::NotFound { .. } | Failure::Unreadable { .. } => "NotFound",
            Failure::OutOfMemory { .. } => "OutOfMemory",
            Failure::Cancelled | Failure::Closed => "Cancelled",
            Failure::Engine { .. } | Failure::EngineStopped { .. } | Failure::Mismatch => {
                "Internal"
            },
        }
    }
}
