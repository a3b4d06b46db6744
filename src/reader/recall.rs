//! Single records of a file, read again: a batch keeps only where each one begins.

use std::borrow::Cow;

use crate::model::{
    limits::Limits,
    member::Coding,
    problem::{Problem, ProblemKind},
};

use super::{
    shapes::{self, Table},
    sniff::{Looks, looks},
    strict::write_strict,
    text,
    unpack::Unpacker,
};

/// The record that begins at `offset` of what the file unpacks to, as it stands there: out of its
/// string, if another tool packed it into one, and as JSON, if the file is a table. Bytes that are
/// no UTF-8 are replaced.
///
/// Fails when no record begins there, which means that the file is not the one that was read.
pub fn record_at(
    path: &str,
    bytes: &[u8],
    coding: Coding,
    offset: u32,
    limits: Limits,
) -> Result<String, Problem> {
    let mut records = records_at(path, bytes, coding, &[offset], limits)?;
    records.pop().ok_or_else(|| changed(path, offset))
}

/// The same for many records of one file, in the order of the offsets.
pub fn records_at(
    path: &str,
    bytes: &[u8],
    coding: Coding,
    offsets: &[u32],
    limits: Limits,
) -> Result<Vec<String>, Problem> {
    each(path, bytes, coding, offsets, limits, |record| {
        String::from_utf8_lossy(record).into_owned()
    })
}

/// The same as strict JSON without blanks between the tokens, so that each record is one line that
/// every program reads, whatever of JSON's rules it breaks.
pub fn lines_at(
    path: &str,
    bytes: &[u8],
    coding: Coding,
    offsets: &[u32],
    limits: Limits,
) -> Result<Vec<String>, Problem> {
    let mut line = Vec::new();
    each(path, bytes, coding, offsets, limits, |record| {
        line.clear();
        write_strict(record, &mut line);
        String::from_utf8_lossy(&line).into_owned()
    })
}

fn each(
    path: &str,
    bytes: &[u8],
    coding: Coding,
    offsets: &[u32],
    limits: Limits,
    mut print: impl FnMut(&[u8]) -> String,
) -> Result<Vec<String>, Problem> {
    let mut unpacker = Unpacker::new(limits);
    let mut space = Vec::new();
    let content = text::utf8(unpacker.unpack(bytes, coding).bytes, &mut space);
    let table = if looks(content) == Looks::Table { Table::of(content) } else { None };
    let record = |offset: u32| match &table {
        Some(table) => table.record_at(content, offset as usize).map(Cow::Owned),
        None => shapes::record_at(content, offset as usize),
    };
    offsets
        .iter()
        .map(|offset| record(*offset).map(|it| print(&it)).ok_or_else(|| changed(path, *offset)))
        .collect()
}

fn changed(path: &str, offset: u32) -> Problem {
    let message =
        "No record is where one was read before: the file has changed since. Drop it again.";
    Problem::new(path, ProblemKind::Unreadable, message).at_byte(u64::from(offset))
}
