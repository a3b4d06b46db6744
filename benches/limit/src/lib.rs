//! The least that must be done with a CloudTrail file: inflate it, and parse what people ask for,
//! borrowed from the text, with the usual crates. Nothing is kept: `make bench` compares a whole
//! load with this.
//!
//! Spoken to by numbers, without bindings: `room` gives a place for a file's bytes, `parse` takes
//! them from there and gives back how many records there were.

use std::{borrow::Cow, cell::RefCell};

use flate2::{Decompress, FlushDecompress, Status};
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Default)]
struct Places {
    packed: Vec<u8>,
    text: Vec<u8>,
}

thread_local! {
    static PLACES: RefCell<Places> = RefCell::default();
}

/// Serde borrows a text only behind a field of its own.
#[derive(Deserialize)]
#[expect(dead_code, reason = "parsed, and no more")]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "parsed, and no more")]
struct Identity<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Text<'a>>,
    #[serde(borrow)]
    arn: Option<Text<'a>>,
    #[serde(borrow)]
    principal_id: Option<Text<'a>>,
    #[serde(borrow)]
    account_id: Option<Text<'a>>,
    #[serde(borrow)]
    user_name: Option<Text<'a>>,
    #[serde(borrow)]
    access_key_id: Option<Text<'a>>,
    #[serde(borrow)]
    invoked_by: Option<Text<'a>>,
    #[serde(borrow)]
    session_context: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "parsed, and no more")]
struct Record<'a> {
    #[serde(borrow)]
    event_version: Option<Text<'a>>,
    #[serde(borrow)]
    user_identity: Option<Identity<'a>>,
    #[serde(borrow)]
    event_time: Option<Text<'a>>,
    #[serde(borrow)]
    event_source: Option<Text<'a>>,
    #[serde(borrow)]
    event_name: Option<Text<'a>>,
    #[serde(borrow)]
    aws_region: Option<Text<'a>>,
    #[serde(borrow, rename = "sourceIPAddress")]
    source_ip_address: Option<Text<'a>>,
    #[serde(borrow)]
    user_agent: Option<Text<'a>>,
    #[serde(borrow)]
    error_code: Option<Text<'a>>,
    #[serde(borrow)]
    error_message: Option<Text<'a>>,
    #[serde(borrow)]
    request_parameters: Option<&'a RawValue>,
    #[serde(borrow)]
    response_elements: Option<&'a RawValue>,
    #[serde(borrow, rename = "requestID")]
    request_id: Option<Text<'a>>,
    #[serde(borrow, rename = "eventID")]
    event_id: Option<Text<'a>>,
    read_only: Option<bool>,
    #[serde(borrow)]
    resources: Option<&'a RawValue>,
    #[serde(borrow)]
    event_type: Option<Text<'a>>,
    management_event: Option<bool>,
    #[serde(borrow)]
    recipient_account_id: Option<Text<'a>>,
    #[serde(borrow)]
    event_category: Option<Text<'a>>,
    #[serde(borrow)]
    tls_details: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow, rename = "Records")]
    records: Vec<Record<'a>>,
}

/// Where to write the bytes of a file of that length.
#[unsafe(no_mangle)]
pub extern "C" fn room(len: usize) -> *mut u8 {
    PLACES.with_borrow_mut(|it| {
        it.packed.resize(len, 0);
        it.packed.as_mut_ptr()
    })
}

/// How many records the file in the room holds; none if it is not one gzip member of a trail.
#[unsafe(no_mangle)]
pub extern "C" fn parse() -> u32 {
    PLACES.with_borrow_mut(|Places { packed, text }| {
        if !inflate(packed, text) {
            return 0;
        }
        match serde_json::from_slice::<File<'_>>(text) {
            Ok(file) => file.records.len() as u32,
            Err(_) => 0,
        }
    })
}

/// Bytes of the text that was parsed last.
#[unsafe(no_mangle)]
pub extern "C" fn text_len() -> usize {
    PLACES.with_borrow(|it| it.text.len())
}

/// A gzip file of one member, whose header has a name at most.
fn inflate(packed: &[u8], text: &mut Vec<u8>) -> bool {
    let Some((&[31, 139, 8, flags, ..], tail)) = packed.split_at_checked(10) else { return false };
    let Some(size) = packed.last_chunk::<4>() else { return false };
    let name = if flags & 8 == 0 { 0 } else { tail.iter().position(|it| *it == 0).unwrap_or(0) + 1 };
    text.clear();
    text.reserve(u32::from_le_bytes(*size) as usize);
    let mut inflate = Decompress::new(false);
    let done = inflate.decompress_vec(&tail[name..], text, FlushDecompress::Finish);
    matches!(done, Ok(Status::StreamEnd))
}
