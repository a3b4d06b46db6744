//! What bytes look like: decided by content, never by name.

use super::shapes;
use crate::model::problem::ProblemKind;

/// What the content of a file, once unpacked, is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looks {
    /// Nothing but blanks.
    Empty,
    /// JSON from this byte on, or lines that hold some.
    Json(usize),
    /// Lines of cells, whose first line names columns of events.
    Table,
    /// Something that is not read.
    Other { kind: ProblemKind, what: &'static str, advice: &'static str },
}

const REPACK: &str = "Unpack it and drop the files that are in it.";
/// What to do about a file that is something else.
pub(super) const DROP_LOGS: &str =
    "Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.";
const AS_JSON: &str = "Export the events as JSON or CSV, or drop the files of the trail's bucket.";

type Magic = (&'static [u8], ProblemKind, &'static str, &'static str);

/// How files of known kinds begin.
const MAGIC: &[Magic] = &[
    (b"\xfd7zXZ\0", ProblemKind::Unsupported, "packed with xz", REPACK),
    (b"7z\xbc\xaf\x27\x1c", ProblemKind::Unsupported, "a 7-Zip archive", REPACK),
    (b"Rar!\x1a\x07", ProblemKind::Unsupported, "a RAR archive", REPACK),
    (b"\x1f\x8b", ProblemKind::Unsupported, "packed more than three times", REPACK),
    (b"PAR1", ProblemKind::Unsupported, "a Parquet file", AS_JSON),
    (b"Obj\x01", ProblemKind::Unsupported, "an Avro file", AS_JSON),
    (b"ORC", ProblemKind::Unsupported, "an ORC file", AS_JSON),
    (b"\x89PNG", ProblemKind::NotCloudTrail, "a PNG image", DROP_LOGS),
    (b"\xff\xd8\xff", ProblemKind::NotCloudTrail, "a JPEG image", DROP_LOGS),
    (b"GIF8", ProblemKind::NotCloudTrail, "a GIF image", DROP_LOGS),
    (b"RIFF", ProblemKind::NotCloudTrail, "an image, sound or film", DROP_LOGS),
    (b"%PDF", ProblemKind::NotCloudTrail, "a PDF document", DROP_LOGS),
    (b"SQLite format 3\0", ProblemKind::NotCloudTrail, "a SQLite database", DROP_LOGS),
    (b"\x7fELF", ProblemKind::NotCloudTrail, "a program", DROP_LOGS),
    (b"MZ", ProblemKind::NotCloudTrail, "a program", DROP_LOGS),
];

/// The mark that some editors put before UTF-8.
pub(super) const BOM: &[u8] = b"\xef\xbb\xbf";

pub(super) fn looks(bytes: &[u8]) -> Looks {
    if let Some((_, kind, what, advice)) = MAGIC.iter().find(|it| bytes.starts_with(it.0)) {
        return Looks::Other { kind: *kind, what, advice };
    }
    let marked = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let Some(first) = marked.iter().position(|it| !it.is_ascii_whitespace()) else {
        return Looks::Empty;
    };
    let start = bytes.len() - marked.len() + first;
    let text = &bytes[start..];
    if matches!(text[0], b'{' | b'[') {
        return Looks::Json(start);
    }
    let other = |kind, what, advice| Looks::Other { kind, what, advice };
    if !is_text(&text[..text.len().min(4096)]) {
        return other(ProblemKind::NotCloudTrail, "no text", DROP_LOGS);
    }
    if text.starts_with(b"\"{") || shapes::after_prefix(text).is_some() {
        return Looks::Json(start);
    }
    if shapes::is_table(bytes) {
        return Looks::Table;
    }
    if text[0] == b'<' {
        return other(ProblemKind::NotCloudTrail, "XML or HTML", DROP_LOGS);
    }
    if let Some(lines) = shapes::after_header(text) {
        return Looks::Json(start + lines);
    }
    other(ProblemKind::NotCloudTrail, "text that is no JSON and no CSV of events", DROP_LOGS)
}

fn is_text(head: &[u8]) -> bool {
    let odd = head.iter().filter(|it| **it < 0x20 && !it.is_ascii_whitespace()).count();
    let cut = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    odd == 0 && (cut || head.iter().filter(|it| **it >= 0x80).count() * 10 < head.len())
}
