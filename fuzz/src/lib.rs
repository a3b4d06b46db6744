//! What must hold of the readers whatever the bytes are. The readers are compiled from their source,
//! so that nothing else of the page is.

#[path = "../../src/model/mod.rs"]
pub mod model;
#[path = "../../src/reader/mod.rs"]
pub mod reader;
#[path = "../../src/integrity/mod.rs"]
pub mod integrity;

use std::{
    pin::pin,
    task::{Context, Waker},
};

use model::{
    limits::Limits,
    member::{Coding, MOST_NESTED},
    question::FileId,
};
use reader::{
    Input, Reader,
    archive::{self, Found},
    batch::{Batch, FileStatus},
    lines_at, records_at,
};

/// Small, so that a run finds bombs too.
const LIMITS: Limits = Limits { json_bytes: 1 << 22, ratio: 300, load_bytes: u64::MAX };

/// Reads the bytes as a file, and each of its records again.
pub fn check(bytes: &[u8]) {
    let mut reader = Reader::new(LIMITS);
    if reader.read(Input { file: FileId(1), path: "fuzz", bytes }) {
        return open(bytes, Coding::Plain, 0);
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
    let is_strict = |it: &String| serde_json::from_str::<serde::de::IgnoredAny>(it).is_ok();
    // The checker has a limit to how deep it looks.
    assert!(lines.iter().all(|it| !it.contains('\n') && (is_strict(it) || is_deep(it))));
}

fn is_deep(json: &str) -> bool {
    json.bytes().filter(|it| matches!(it, b'{' | b'[')).count() > 100
}

/// Reads the bytes as they are, and as what follows the beginning of a shape.
pub fn within(beginning: &[u8], bytes: &[u8]) {
    check(bytes);
    check(&[beginning, bytes].concat());
}

/// Opens an archive, and reads what is in it, as deep as that lies.
fn open(bytes: &[u8], coding: Coding, depth: u8) {
    let mut source = std::io::Cursor::new(bytes);
    archive::is_archive(&mut source, coding);
    let (mut files, mut given, mut next) = (Vec::new(), 0, Vec::new());
    let opened = archive::open(source, coding, LIMITS, async |found: Found<'_>| {
        match found {
            Found::Part(it) => {
                let part = &bytes[it.start as usize..it.end as usize];
                files.push((it.path, part.to_vec(), it.coding));
            },
            Found::Bytes(some) => next.extend_from_slice(some),
            Found::File(path) => files.push((path, std::mem::take(&mut next), Coding::Plain)),
            Found::Nothing => (),
        }
        given += 1;
        next.len() < LIMITS.json_bytes as usize && files.len() < 100 && given < 10_000
    });
    // Nothing in it waits.
    let mut context = Context::from_waker(Waker::noop());
    assert!(pin!(opened).poll(&mut context).is_ready());
    for (path, bytes, coding) in files {
        let mut reader = Reader::new(LIMITS);
        if reader.read_as(Input { file: FileId(2), path: &path, bytes: &bytes }, coding)
            && depth < MOST_NESTED
        {
            open(&bytes, coding, depth + 1);
        }
        reader.finish();
    }
}
