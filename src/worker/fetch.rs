//! The bytes of files, fetched from the browser, and records read from them again.

use js_sys::{Array, ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Blob;

use super::reason;
use crate::{
    model::{
        limits::Limits,
        member::Coding,
        problem::{Problem, ProblemKind},
    },
    protocol::reading::{FileToRead, RecordForm},
    reader::{lines_at, records_at},
};

/// Larger groups are read file by file.
pub(super) const GROUP_BYTES: u64 = 16 << 20;
/// More than that is never asked for at once: a vector holds 2 GiB, and the reader has 4 for everything.
const MOST_BYTES: u64 = 2_020 << 20;

/// The bytes of all files, one after the other; `None` where they must be read one by one.
pub(super) async fn whole(files: &[FileToRead], fetched: Option<Promise>) -> Option<Vec<u8>> {
    let whole = JsFuture::from(fetched?).await.ok()?;
    let expected: u64 = files.iter().map(|it| it.bytes).sum();
    Some(to_vec(&whole)).filter(|it| it.len() as u64 == expected)
}

/// The bytes of all files as one buffer, where that is allowed and worth it.
pub(super) fn fetch(files: &[FileToRead], handles: &[Blob]) -> Option<Promise> {
    let bytes: u64 = files.iter().map(|it| it.bytes).sum();
    if files.len() < 2 || bytes > GROUP_BYTES || files.len() != handles.len() {
        return None;
    }
    let parts: Array = handles.iter().collect();
    let promise = Blob::new_with_blob_sequence(&parts).ok()?.array_buffer();
    // A failure is looked at when the group's turn comes; until then it is not unhandled.
    let looked_at = promise.clone();
    spawn_local(async move {
        JsFuture::from(looked_at).await.ok();
    });
    Some(promise)
}

/// Records of a file, byte for byte or one a line.
pub(super) async fn records(
    path: &str,
    coding: Coding,
    offsets: &[u32],
    form: RecordForm,
    file: &Blob,
    limits: Limits,
) -> Result<Vec<String>, Problem> {
    let bytes = bytes_of(file, limits).await.map_err(|error| {
        let message = format!(
            "The browser could not read the file again: {}. Drop it again.",
            reason(&error)
        );
        Problem::new(path, ProblemKind::Unreadable, message)
    })?;
    match form {
        RecordForm::Verbatim => records_at(path, &bytes, coding, offsets, limits),
        RecordForm::Lines => lines_at(path, &bytes, coding, offsets, limits),
    }
}

/// The bytes of a file: of one that is larger than what it may unpack to no more than tells that it
/// is, and never more than memory holds.
pub(super) async fn bytes_of(file: &Blob, limits: Limits) -> Result<Vec<u8>, JsValue> {
    let most = limits.json_bytes.saturating_add(GROUP_BYTES).min(MOST_BYTES) as f64;
    let whole = if file.size() <= most {
        file.array_buffer()
    } else {
        file.slice_with_f64_and_f64(0.0, most)?.array_buffer()
    };
    JsFuture::from(whole).await.map(|it| to_vec(&it))
}

pub(super) fn to_vec(buffer: &JsValue) -> Vec<u8> {
    Uint8Array::new(buffer.unchecked_ref::<ArrayBuffer>()).to_vec()
}
