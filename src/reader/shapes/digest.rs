//! What the check of a trail's digests needs: digest files of CloudTrail, which name log files, and
//! the lists of public keys that `aws cloudtrail list-public-keys` prints. Neither holds events.

use super::{Reading, Took, object::Member};
use crate::reader::json::Scan;

pub(super) fn looks_like(key: &[u8], first: u8) -> bool {
    match key {
        b"digestStartTime" | b"digestEndTime" | b"logFiles" => true,
        b"PublicKeyList" => first == b'[',
        _ => false,
    }
}

pub(super) fn read(reading: &mut Reading<'_, '_>, member: Member<'_>) -> Scan<Took> {
    reading.scanner.at = member.object;
    reading.scanner.skip()?;
    reading.found.eventless = Some(match member.key {
        b"PublicKeyList" => "a list of public keys: it proves digest files and holds no events",
        _ => "a digest file: it names log files and holds no events",
    });
    Ok(Took::Object)
}
