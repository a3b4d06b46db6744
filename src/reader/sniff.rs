//! What bytes look like: decided by content, never by name.

use crate::model::problem::ProblemKind;

/// What the content of a file, once unpacked, is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looks {
    /// Nothing but blanks.
    Empty,
    /// Begins as an object or an array does, at this byte.
    Json(usize),
    /// Something that is not read.
    Other { kind: ProblemKind, what: &'static str, advice: &'static str },
}

const REPACK: &str = "Unpack it and drop the files that are in it.";
const DROP_LOGS: &str =
    "Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.";
const AS_JSON: &str = "Export the events as JSON, or drop the files of the trail's bucket.";

type Magic = (&'static [u8], ProblemKind, &'static str, &'static str);

/// How files of known kinds begin.
const MAGIC: &[Magic] = &[
    (b"\xfd7zXZ\0", ProblemKind::Unsupported, "packed with xz", REPACK),
    (b"7z\xbc\xaf\x27\x1c", ProblemKind::Unsupported, "a 7-Zip archive", REPACK),
    (b"\x1f\x8b", ProblemKind::Unsupported, "packed more than three times", REPACK),
    (b"PAR1", ProblemKind::Unsupported, "a Parquet file", AS_JSON),
    (b"Obj\x01", ProblemKind::Unsupported, "an Avro file", AS_JSON),
    (b"ORC", ProblemKind::Unsupported, "an ORC file", AS_JSON),
    (b"\xff\xfe", ProblemKind::Unsupported, "text in UTF-16", "Save it as UTF-8."),
    (b"\xfe\xff", ProblemKind::Unsupported, "text in UTF-16", "Save it as UTF-8."),
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
    if matches!(marked[first], b'{' | b'[') {
        return Looks::Json(bytes.len() - marked.len() + first);
    }
    if marked[first] == b'<' {
        return Looks::Other {
            kind: ProblemKind::NotCloudTrail,
            what: "XML or HTML",
            advice: DROP_LOGS,
        };
    }
    let (kind, what, advice) = match &marked[first..marked.len().min(first + 4096)] {
        head if !is_text(head) => (ProblemKind::NotCloudTrail, "no text", DROP_LOGS),
        head if is_csv_of_events(head) => (ProblemKind::Unsupported, "a CSV of events", AS_JSON),
        _ => (ProblemKind::NotCloudTrail, "text that is no JSON", DROP_LOGS),
    };
    Looks::Other { kind, what, advice }
}

fn is_text(head: &[u8]) -> bool {
    let odd = head.iter().filter(|it| **it < 0x20 && !it.is_ascii_whitespace()).count();
    let cut = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    odd == 0 && (cut || head.iter().filter(|it| **it >= 0x80).count() * 10 < head.len())
}

/// Whether the first line names columns as Event history, Lake and Athena do.
fn is_csv_of_events(head: &[u8]) -> bool {
    let line = head.split(|it| *it == b'\n').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line).to_lowercase().replace([' ', '_'], "");
    line.contains(',') && ["eventname", "eventtime", "eventjson"].iter().any(|it| line.contains(it))
}
