//! What the check of a trail's digests needs: digest files of CloudTrail, which name log files, and
//! the lists of public keys that `aws cloudtrail list-public-keys` prints. None holds events, as the
//! `result_sign.json` does not that CloudTrail Lake puts beside the results of a query.

use super::{Reading, Took, object::Member};
use crate::reader::json::{Scan, Scanner};

const DIGEST: &str = "a digest file: it names log files and holds no events";
const KEYS: &str = "a list of public keys: it proves digest files and holds no events";
const SIGN_FILE: &str = "the sign file of a query of CloudTrail Lake (result_sign.json): it proves the \
                         files of its results and holds no events";

pub(super) fn looks_like(key: &[u8], first: u8) -> bool {
    match key {
        b"digestStartTime" | b"digestEndTime" | b"logFiles" => true,
        b"PublicKeyList" => first == b'[',
        b"queryCompleteTime" | b"hashSignature" => first == b'"',
        _ => false,
    }
}

pub(super) fn read(reading: &mut Reading<'_, '_>, member: Member<'_>) -> Scan<Took> {
    let what = match member.key {
        b"PublicKeyList" => KEYS,
        b"queryCompleteTime" | b"hashSignature" => {
            let mut scanner = Scanner::new(reading.scanner.bytes, member.object);
            if !names_files(&mut scanner)? {
                return Ok(Took::NoObject);
            }
            SIGN_FILE
        },
        _ => DIGEST,
    };
    reading.scanner.at = member.object;
    reading.scanner.skip()?;
    reading.found.eventless = Some(what);
    Ok(Took::Object)
}

/// Whether the object lists files of results, by their hashes.
fn names_files(scanner: &mut Scanner<'_>) -> Scan<bool> {
    let mut first = true;
    while let Some(key) = scanner.member(&mut first)? {
        if *key == *b"files" && scanner.peek()? == b'[' {
            return Ok(true);
        }
        scanner.skip()?;
    }
    Ok(false)
}
