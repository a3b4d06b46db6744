//! What the page knows of files that no reader tells of.

use serde::{Deserialize, Serialize};

use super::{
    problem::{Problem, ProblemKind},
    question::FileId,
};

/// Files that will not come, or that come once more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// How many were never announced, since the browser names them and does not give them. They
    /// count as found, and as lost.
    pub withheld: u64,
    /// Files that were announced and will not come.
    pub absent: Option<Absent>,
    pub problems: Vec<Problem>,
    /// The file that these problems are of; where it is told here that it is lost, the only one.
    pub of: Option<FileId>,
    /// Whether that file is lost.
    pub is_lost: bool,
    /// Files that are read once more, under new numbers: what is found then stands.
    pub again: Vec<FileId>,
    /// Names of what was dropped and looked through to its end.
    pub explored: Vec<String>,
}

/// Files that were announced and will not come, and why: one problem with their number, for as
/// long as they are not read after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absent {
    pub files: Vec<FileId>,
    /// Names of what was dropped and not looked through to its end: it may hold more.
    pub unexplored: Vec<String>,
    /// If it is [`ProblemKind::Cancelled`] they count as skipped, else as failed.
    pub kind: ProblemKind,
    /// The end of a sentence that begins with their number.
    pub why: String,
    /// A person did not choose them.
    pub by_choice: bool,
}
