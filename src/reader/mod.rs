//! Bytes in, batches of columns out. Knows no browser, no clock, no threads.
//!
//! Start at [`Reader::read`]: a file is unpacked ([`unpack`]), made UTF-8 ([`text`]), looked at
//! ([`sniff`]), walked through by its shape ([`shapes`]), and each record ([`record`]) goes to the columns ([`columns`]). Bad
//! input never stops a load: what can be read is kept, the rest becomes a problem ([`verdict`]).

pub mod batch;
pub mod archive;
mod unpack;
mod text;
mod sniff;
mod shapes;
mod json;
mod strict;
mod escape;
mod csv;
mod record;
mod resources;
mod others;
mod identity;
mod derive;
mod hash;
mod columns;
mod words;
mod verdict;
mod recall;

pub use recall::{lines_at, record_at, records_at};

use crate::model::{
    limits::Limits,
    member::Coding,
    problem::{Problem, ProblemKind},
    question::FileId,
};

use archive::ArchiveTrouble;
use batch::{Batch, FileResult, FileStatus};
use columns::Columns;
use hash::Hasher;
use shapes::Found;
use sniff::{Looks, looks};
use unpack::Unpacker;

/// A file to read.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The number that the page gave it.
    pub file: FileId,
    /// As it was dropped, with its folders; says nothing of what is inside.
    pub path: &'a str,
    /// The whole file, packed or not.
    pub bytes: &'a [u8],
}

/// Reads files into a batch. Its memory is used again for the files and batches that follow.
#[derive(Debug)]
pub struct Reader {
    unpacker: Unpacker,
    /// What was written in UTF-16.
    utf8: Vec<u8>,
    columns: Columns,
    hasher: Hasher,
    files: Vec<FileResult>,
    problems: Vec<Problem>,
}

impl Reader {
    /// A reader with an empty batch.
    pub fn new(limits: Limits) -> Reader {
        Reader {
            unpacker: Unpacker::new(limits),
            utf8: Vec::new(),
            columns: Columns::new(),
            hasher: Hasher::default(),
            files: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Sets the limits of the files that follow.
    pub fn set_limits(&mut self, limits: Limits) {
        self.unpacker.set_limits(limits);
    }

    /// Adds the events of a file to the batch; true for an archive. Whatever the bytes are, this
    /// returns.
    ///
    /// Of an archive nothing is added; it is for the caller to open it ([`archive::open`]), and to say
    /// what came of it ([`Reader::opened`]).
    pub fn read(&mut self, input: Input<'_>) -> bool {
        self.read_as(input, Coding::Plain)
    }

    /// The same of a file that is a part of an archive.
    pub fn read_as(&mut self, input: Input<'_>, coding: Coding) -> bool {
        let is_archive = archive::bare(input.bytes).is_some();
        if coding == Coding::Plain && (is_archive || archive::unpacks_itself(input.bytes)) {
            return true;
        }
        let rows_before = self.columns.rows();
        let unpacked = self.unpacker.unpack(input.bytes, coding);
        let is_whole = unpacked.trouble.is_none();
        if archive::bare(unpacked.bytes).is_some()
            || is_whole && archive::is_empty_archive(unpacked.bytes)
        {
            return true;
        }
        let content = text::utf8(unpacked.bytes, &mut self.utf8);
        let looks = looks(content);
        let found = match looks {
            Looks::Json(start) => shapes::read(content, start, &mut self.columns, &mut self.hasher),
            Looks::Table => shapes::read_table(content, &mut self.columns, &mut self.hasher),
            _ => Found::default(),
        };
        let unread = self.columns.take_unread();
        let (status, problems) =
            verdict::judge(input.path, content, looks, unpacked.trouble, &found, unread);
        self.problems.extend(problems);
        self.files.push(FileResult {
            file: input.file,
            status,
            rows: self.columns.rows() - rows_before,
            rejected: found.rejected,
            compressed_bytes: input.bytes.len() as u64,
            json_bytes: content.len() as u64,
        });
        false
    }

    /// What a file unpacks to, as far as it does; the error says why nothing can be made of it.
    pub fn content<'a>(
        &'a mut self,
        bytes: &'a [u8],
        coding: Coding,
    ) -> Result<&'a [u8], &'static str> {
        let unpacked = self.unpacker.unpack(bytes, coding);
        let given_up = [ProblemKind::TooLarge, ProblemKind::Unsupported];
        match unpacked.trouble {
            Some(trouble) if given_up.contains(&trouble.kind) => Err(trouble.cause),
            // What is torn or damaged is not what was delivered: its hash will tell.
            _ => Ok(unpacked.bytes),
        }
    }

    /// Notes an archive whose members, so many, are files of their own from now on.
    pub fn opened(
        &mut self,
        file: FileId,
        path: &str,
        members: usize,
        trouble: Option<ArchiveTrouble>,
    ) {
        let status = match (members, &trouble) {
            (0, Some(trouble)) if trouble.kind != ProblemKind::Cancelled => FileStatus::Failed,
            (0, _) => FileStatus::Skipped,
            _ => FileStatus::Container,
        };
        self.problems.extend(verdict::of_archive(path, members, trouble));
        self.files.push(FileResult {
            file,
            status,
            rows: 0,
            rejected: 0,
            compressed_bytes: 0,
            json_bytes: 0,
        });
    }

    /// Notes a file whose bytes could not be had.
    pub fn unreadable(&mut self, file: FileId, path: &str, message: &str, in_archive: bool) {
        let advice = match in_archive {
            false => "Drop it again.",
            true => "Drop the archive again; if that does not help, unpack it first.",
        };
        let message = format!("The browser could not read the file: {message}. {advice}");
        self.problems.push(Problem::new(path, ProblemKind::Unreadable, message));
        self.files.push(FileResult {
            file,
            status: FileStatus::Failed,
            rows: 0,
            rejected: 0,
            compressed_bytes: 0,
            json_bytes: 0,
        });
    }

    /// How many events the batch has so far.
    pub fn rows(&self) -> u32 {
        self.columns.rows()
    }

    /// The batch, complete; what is read next begins a new one.
    pub fn finish(&mut self) -> Batch {
        Batch {
            files: std::mem::take(&mut self.files),
            problems: std::mem::take(&mut self.problems),
            ..self.columns.finish()
        }
    }
}
