//! Exports of Elasticsearch and OpenSearch: answers `{"hits": {"hits": [{"_source": {…}}]}}`, also
//! several, `{"responses": […]}`; a hit a line as elasticdump writes them; the lines of a bulk, or
//! documents alone. A document has the record as a string in
//! `event.original` or `message`, or as an object in `aws.cloudtrail`; where a pipeline kept none
//! of these, it is put together from the fields of the Elastic Common Schema.

use super::{Reading, Took, array, embedded, nested, object, object::Member};
use crate::reader::json::{Raw, Scan, Scanner};

pub(super) fn looks_like(key: &[u8], first: u8) -> bool {
    match key {
        b"hits" => matches!(first, b'{' | b'['),
        b"responses" => first == b'[',
        b"_source" | b"fields" | b"rawResponse" | b"aws" | b"index" | b"create" => first == b'{',
        b"event" => matches!(first, b'{' | b'"'),
        b"event.original" => matches!(first, b'"' | b'['),
        _ => key.starts_with(CLOUDTRAIL),
    }
}

const CLOUDTRAIL: &[u8] = b"aws.cloudtrail";

pub(super) fn read(reading: &mut Reading<'_, '_>, member: Member<'_>) -> Scan<Took> {
    match member.key {
        b"index" | b"create" => {
            reading.scanner.at = member.object;
            match is_action(&mut reading.scanner)? {
                true => Ok(Took::Object),
                false => document(reading, member.object),
            }
        },
        b"hits" | b"responses" if member.first == b'[' => {
            array::read(reading)?;
            Ok(Took::Value)
        },
        b"hits" | b"rawResponse" | b"fields" => object::inner(reading),
        b"_source" => {
            if !object::read(reading)? {
                return Ok(Took::Nothing);
            }
            // The same fields may follow once more, as `fields`.
            reading.scanner.at = member.object;
            reading.scanner.skip()?;
            Ok(Took::Object)
        },
        _ => document(reading, member.object),
    }
}

/// Whether the object is no document, but says what is to be done with the one on the next line:
/// `{"index": {"_index": "logs", "_id": "1"}}`.
fn is_action(scanner: &mut Scanner<'_>) -> Scan<bool> {
    let (mut first, mut members, mut is_action) = (true, 0, true);
    while scanner.member(&mut first)?.is_some() {
        members += 1;
        let mut first = true;
        if scanner.peek()? != b'{' {
            is_action = false;
            scanner.skip()?;
            continue;
        }
        while let Some(key) = scanner.member(&mut first)? {
            is_action &= key.starts_with(b"_") || matches!(&*key, b"routing" | b"require_alias");
            scanner.skip()?;
        }
    }
    Ok(is_action && members == 1)
}

/// What a document has of a record.
#[derive(Default)]
struct Document<'a> {
    /// The record as a string, and where that is.
    original: Option<(Raw<'a>, usize)>,
    message: Option<(Raw<'a>, usize)>,
    /// Where an object is that may be the record.
    cloudtrail: Option<usize>,
    /// The same in what is sent to Splunk's collector.
    event: Option<usize>,
    /// Whether any field is one of CloudTrail's.
    of_cloudtrail: bool,
}

fn document(reading: &mut Reading<'_, '_>, start: usize) -> Scan<Took> {
    let mut scanner = Scanner::new(reading.scanner.bytes, start);
    let mut document = Document::default();
    let mut first = true;
    while let Some(key) = scanner.member(&mut first)? {
        let (head, at) = (scanner.peek()?, scanner.at);
        document.of_cloudtrail |= key.starts_with(CLOUDTRAIL);
        match (&*key, head) {
            (b"event", b'{') => {
                document.event = Some(at);
                within(&mut scanner, b"original", |value, at| {
                    document.original = Some((value, at))
                })?;
            },
            (b"event.original" | b"event", b'"') => {
                document.original = Some((scanner.string()?, at))
            },
            (b"event.original", b'[') => {
                let mut first = true;
                while scanner.item(&mut first)? {
                    let at = scanner.at;
                    match scanner.peek()? {
                        b'"' => document.original = Some((scanner.string()?, at)),
                        _ => scanner.skip()?,
                    }
                }
            },
            (b"message", b'"') => document.message = Some((scanner.string()?, at)),
            (b"aws.cloudtrail", b'{') => {
                document.cloudtrail = Some(at);
                scanner.skip()?;
            },
            (b"aws", b'{') => {
                let mut first = true;
                while let Some(key) = scanner.member(&mut first)? {
                    scanner.peek()?;
                    if *key == *b"cloudtrail" {
                        document.cloudtrail = Some(scanner.at);
                        document.of_cloudtrail = true;
                    }
                    scanner.skip()?;
                }
            },
            _ => scanner.skip()?,
        }
    }
    let end = scanner.at;
    let taken = take(reading, &document, start)?;
    reading.scanner.at = end;
    Ok(if taken { Took::Object } else { Took::NoObject })
}

fn take(reading: &mut Reading<'_, '_>, document: &Document<'_>, start: usize) -> Scan<bool> {
    for (text, at) in [document.original, document.message].into_iter().flatten() {
        if embedded::take(reading, text, at) {
            return Ok(true);
        }
    }
    let objects = [(document.cloudtrail, true), (document.event, false)];
    for (at, of_cloudtrail) in objects.into_iter().filter_map(|it| it.0.map(|at| (at, it.1))) {
        reading.scanner.at = at;
        let is_object = reading.scanner.bytes.get(at) == Some(&b'{');
        if is_object && reading.within(of_cloudtrail, Reading::record)? {
            return Ok(true);
        }
    }
    reading.scanner.at = start;
    Ok(document.of_cloudtrail && reading.within(true, nested::object)?)
}

/// Walks over an object and gives the strings under one key.
fn within<'a>(
    scanner: &mut Scanner<'a>,
    wanted: &[u8],
    mut found: impl FnMut(Raw<'a>, usize),
) -> Scan<()> {
    let mut first = true;
    while let Some(key) = scanner.member(&mut first)? {
        let (head, at) = (scanner.peek()?, scanner.at);
        if *key == *wanted && head == b'"' {
            found(scanner.string()?, at);
        } else {
            scanner.skip()?;
        }
    }
    Ok(())
}
