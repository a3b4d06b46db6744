//! Digest files and lists of public keys, as JSON.

use base64ct::{Base64, Encoding};
use serde::Deserialize;

use crate::model::{
    integrity::{Digest, NamedLog, PreviousDigest, PublicKey, Sha256},
    time::{self, TimeRange},
};

/// Why a file is no digest or no list of keys.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct BadFile {
    pub why: String,
}

impl From<serde_json::Error> for BadFile {
    fn from(err: serde_json::Error) -> BadFile {
        BadFile { why: err.to_string() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looks {
    Digest,
    Keys,
    Other,
}

/// The fields of both kinds of file come in no sure order, but the first one is near the start.
const HEAD_BYTES: usize = 2_048;

/// Judges by the first bytes: no log is read twice for this.
pub(super) fn looks_like(content: &[u8]) -> Looks {
    let head = &content[..content.len().min(HEAD_BYTES)];
    let has = |name: &str| memchr::memmem::find(head, name.as_bytes()).is_some();
    if !head.trim_ascii_start().starts_with(b"{") && !head.starts_with(b"\xef\xbb\xbf") {
        Looks::Other
    } else if has("\"PublicKeyList\"") {
        Looks::Keys
    } else if !has("\"Records\"") && (has("\"digestS3Object\"") || has("\"digestEndTime\"")) {
        Looks::Digest
    } else {
        Looks::Other
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawDigest {
    #[serde(default)]
    aws_account_id: Option<String>,
    digest_start_time: String,
    digest_end_time: String,
    #[serde(rename = "digestS3Bucket")]
    bucket: String,
    #[serde(rename = "digestS3Object")]
    object: String,
    #[serde(default)]
    digest_public_key_fingerprint: Option<String>,
    #[serde(default)]
    digest_signature_algorithm: Option<String>,
    #[serde(default)]
    newest_event_time: Option<String>,
    #[serde(default)]
    oldest_event_time: Option<String>,
    #[serde(default, rename = "previousDigestS3Bucket")]
    previous_bucket: Option<String>,
    #[serde(default, rename = "previousDigestS3Object")]
    previous_object: Option<String>,
    #[serde(default)]
    previous_digest_hash_value: Option<String>,
    #[serde(default)]
    previous_digest_hash_algorithm: Option<String>,
    #[serde(default)]
    previous_digest_signature: Option<String>,
    #[serde(default)]
    log_files: Option<Vec<RawLog>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawLog {
    #[serde(default, rename = "s3Bucket")]
    bucket: Option<String>,
    #[serde(rename = "s3Object")]
    object: String,
    #[serde(default)]
    hash_value: Option<String>,
    #[serde(default)]
    hash_algorithm: Option<String>,
    #[serde(default)]
    newest_event_time: Option<String>,
    #[serde(default)]
    oldest_event_time: Option<String>,
}

/// A digest file, from what it unpacks to.
pub fn digest(content: &[u8]) -> Result<Digest, BadFile> {
    let raw: RawDigest = serde_json::from_slice(without_bom(content))?;
    let moment = |text: &str| {
        time::parse(text).ok_or_else(|| BadFile { why: format!("{text:?} is no time") })
    };
    let range = TimeRange {
        start_millis: moment(&raw.digest_start_time)?,
        end_millis: moment(&raw.digest_end_time)?,
    };
    if range.len_millis() < 0 {
        return Err(BadFile { why: "it ends before it starts".to_owned() });
    }
    let previous_hash = hash(raw.previous_digest_hash_value, raw.previous_digest_hash_algorithm);
    let previous = raw.previous_object.map(|object| PreviousDigest {
        bucket: raw.previous_bucket.unwrap_or_default(),
        object,
        sha256: previous_hash,
    });
    let optional = |text: Option<String>| text.and_then(|it| time::parse(&it));
    let logs = raw.log_files.unwrap_or_default().into_iter().map(|it| NamedLog {
        bucket: it.bucket.unwrap_or_default(),
        object: it.object,
        sha256: hash(it.hash_value, it.hash_algorithm),
        newest_event_millis: optional(it.newest_event_time),
        oldest_event_millis: optional(it.oldest_event_time),
    });
    Ok(Digest {
        account: raw.aws_account_id.unwrap_or_default(),
        range,
        end_text: raw.digest_end_time,
        bucket: raw.bucket,
        object: raw.object,
        key_fingerprint: raw.digest_public_key_fingerprint.unwrap_or_default(),
        signature_algorithm: raw.digest_signature_algorithm.unwrap_or_default(),
        newest_event_millis: optional(raw.newest_event_time),
        oldest_event_millis: optional(raw.oldest_event_time),
        previous,
        previous_signature: raw.previous_digest_signature,
        logs: logs.collect(),
    })
}

fn hash(value: Option<String>, algorithm: Option<String>) -> Option<Sha256> {
    // Without a word on the algorithm, the length decides.
    let known = algorithm.is_none_or(|it| it.eq_ignore_ascii_case("SHA-256"));
    value.filter(|_| known).and_then(|it| Sha256::from_hex(&it))
}

#[derive(Deserialize)]
struct RawKeys {
    #[serde(rename = "PublicKeyList")]
    keys: Vec<RawKey>,
}

#[derive(Deserialize)]
struct RawKey {
    #[serde(rename = "Value")]
    value: String,
    #[serde(rename = "Fingerprint")]
    fingerprint: String,
}

/// The output of `aws cloudtrail list-public-keys`: keys as Base64 of PKCS#1 in DER.
pub fn public_keys(content: &[u8]) -> Result<Vec<PublicKey>, BadFile> {
    let raw: RawKeys = serde_json::from_slice(without_bom(content))?;
    let keys = raw.keys.into_iter().map(|it| {
        let text: String = it.value.split_ascii_whitespace().collect();
        let der = Base64::decode_vec(&text).map_err(|err| BadFile {
            why: format!("the key {} is no Base64: {err}", it.fingerprint),
        })?;
        Ok(PublicKey { fingerprint: it.fingerprint.to_ascii_lowercase(), der })
    });
    keys.collect()
}

fn without_bom(content: &[u8]) -> &[u8] {
    content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content)
}
