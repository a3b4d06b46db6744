//! An object: a trail's file `{"Records": […]}`, whatever stands beside the list; a lone record; a
//! digest; or something else.

use super::{Foreign, Reading, array};
use crate::reader::{
    json::{Scan, Scanner},
    record::is_known_key,
};

/// What an object turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    List,
    Record,
    Digest,
    Foreign(Foreign),
}

/// Takes the object whose brace is next.
pub(super) fn read(reading: &mut Reading<'_, '_>) -> Scan<()> {
    let start = reading.scanner.at;
    let mut kind = Kind::Foreign(Foreign::Unknown);
    let mut scanner = Scanner::new(reading.scanner.bytes, start);
    // Stops at the first key that tells a record, which is then read from its beginning.
    let walked = scanner.object(|scanner, key| match key {
        b"Records" if scanner.peek()? == b'[' => {
            kind = Kind::List;
            reading.found.trail = true;
            reading.scanner.at = scanner.at;
            let list = array::read(reading);
            scanner.at = reading.scanner.at;
            list
        },
        b"digestStartTime" | b"digestEndTime" | b"logFiles" if kind != Kind::List => {
            kind = Kind::Digest;
            scanner.skip()
        },
        _ if is_known_key(key) && !matches!(kind, Kind::List | Kind::Digest) => {
            kind = Kind::Record;
            scanner.wrong()
        },
        _ => {
            if let (Kind::Foreign(Foreign::Unknown), Some(what)) = (kind, known_form(key)) {
                kind = Kind::Foreign(Foreign::Known(what));
            }
            scanner.skip()
        },
    });
    reading.scanner.at = scanner.at;
    match kind {
        Kind::Record => {
            reading.scanner.at = start;
            return reading.record();
        },
        Kind::Digest => reading.found.digest = true,
        Kind::Foreign(foreign) if walked.is_ok() => {
            reading.found.foreign = Some(foreign);
            reading.found.foreigners += 1;
        },
        Kind::Foreign(_) => {},
        Kind::List => {},
    }
    walked
}

/// Forms of other tools that hold records, by a key that gives them away.
fn known_form(key: &[u8]) -> Option<&'static str> {
    Some(match key {
        b"Events" => "the output of lookup-events",
        b"events" | b"logEvents" => "events of CloudWatch Logs",
        b"detail-type" => "an event of EventBridge",
        b"QueryResultRows" => "the result of a CloudTrail Lake query",
        b"_source" | b"hits" => "an export of Elasticsearch or OpenSearch",
        b"_raw" | b"result" => "an export of Splunk",
        b"metadata" | b"class_uid" => "an event in OCSF, as Security Lake writes them",
        _ => return None,
    })
}
