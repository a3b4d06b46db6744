//! What must hold of the readers whatever the bytes are. The readers are compiled from their source,
//! so that nothing else of the page is.

#[path = "../../src/model/mod.rs"]
pub mod model;
#[path = "../../src/reader/mod.rs"]
pub mod reader;
#[path = "../../src/integrity/mod.rs"]
pub mod integrity;

use model::{limits::Limits, member::Coding, question::FileId};
use reader::{
    Input, Reader,
    archive::{Container, Listing, list_tar, list_zip, sniff, walk},
    batch::{Batch, FileStatus},
    lines_at, records_at,
};

/// Small, so that a run finds bombs too.
const LIMITS: Limits = Limits { json_bytes: 1 << 22, ratio: 300, load_bytes: u64::MAX };

/// Reads the bytes as a file, and each of its records again.
pub fn check(bytes: &[u8]) {
    let mut reader = Reader::new(LIMITS);
    if let Some(container) = reader.read(Input { file: FileId(1), path: "fuzz", bytes }) {
        return open(container, bytes);
    }
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
    let records = records_at("fuzz", bytes, Coding::Plain, &offsets, LIMITS).expect("each is still there");
    assert!(records.iter().all(|it| it.starts_with('{')));
    let lines = lines_at("fuzz", bytes, Coding::Plain, &offsets, LIMITS).expect("each is still there");
    assert!(lines.iter().all(|it| !it.contains('\n')));
}

/// Reads the bytes as they are, and as what follows the beginning of a shape.
pub fn within(beginning: &[u8], bytes: &[u8]) {
    check(bytes);
    check(&[beginning, bytes].concat());
}

/// Lists an archive, and reads what is in it.
fn open(container: Container, bytes: &[u8]) {
    let mut source = std::io::Cursor::new(bytes);
    sniff(&mut source);
    let listing = match container {
        Container::Zip => list_zip(&mut source),
        Container::Tar => list_tar(&mut source),
        Container::Packed => {
            walk(source, Coding::Plain, LIMITS, |_, bytes| bytes.len() < LIMITS.json_bytes as usize)
                .ok();
            Listing::default()
        },
    };
    for member in listing.members.into_iter().take(100) {
        let part = &bytes[member.start as usize..member.end as usize];
        let mut reader = Reader::new(LIMITS);
        reader.read_as(Input { file: FileId(2), path: &member.path, bytes: part }, member.coding);
        reader.finish();
    }
}
