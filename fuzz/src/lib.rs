//! What must hold of the readers whatever the bytes are. The readers are compiled from their source,
//! so that nothing else of the page is.

#[path = "../../src/model/mod.rs"]
pub mod model;
#[path = "../../src/reader/mod.rs"]
pub mod reader;

use model::question::FileId;
use reader::{Input, Limits, Reader, batch::Batch, batch::FileStatus, lines_at, records_at};

/// Small, so that a run finds bombs too.
const LIMITS: Limits = Limits { json_bytes: 1 << 22, ratio: 300 };

/// Reads the bytes as a file, and each of its records again.
pub fn check(bytes: &[u8]) {
    let mut reader = Reader::new(LIMITS);
    reader.read(Input { file: FileId(1), path: "fuzz", bytes });
    let batch = reader.finish();
    assert_eq!(Batch::from_bytes(&batch.to_bytes()).as_ref(), Some(&batch));
    let file = batch.files[0];
    assert_eq!(file.rows, batch.rows);
    assert_eq!(file.status == FileStatus::Read, file.rows > 0);
    // What is not read whole is told of.
    assert!(!batch.problems.is_empty() || file.rejected == 0 && file.rows > 0);
    let offsets: Vec<u32> = batch
        .offsets
        .chunks_exact(4)
        .map(|it| u32::from_le_bytes(it.try_into().expect("four bytes")))
        .collect();
    assert_eq!(offsets.len(), batch.rows as usize);
    let records = records_at("fuzz", bytes, &offsets, LIMITS).expect("each is still there");
    assert!(records.iter().all(|it| it.starts_with('{')));
    let lines = lines_at("fuzz", bytes, &offsets, LIMITS).expect("each is still there");
    assert!(lines.iter().all(|it| !it.contains('\n')));
}

/// Reads the bytes as they are, and as what follows the beginning of a shape.
pub fn within(beginning: &[u8], bytes: &[u8]) {
    check(bytes);
    check(&[beginning, bytes].concat());
}
