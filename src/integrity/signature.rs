//! Signatures of digests: RSA, PKCS#1 v1.5, SHA-256.
//!
//! The `rsa` crate carries an advisory of a timing side channel (RUSTSEC-2023-0071, "Marvin"). It
//! leaks of private keys while decrypting or signing; here signatures are verified with public
//! keys, nothing is secret, and the advisory does not matter.

use rsa::{PublicKey as RsaKey, pkcs1::DecodeRsaPublicKey, pkcs1v15::Pkcs1v15Sign};
use sha2::Digest as _;
use std::collections::BTreeMap;

use crate::model::integrity::{Digest, PublicKey, Sha256, from_hex};

/// What the signature of a digest proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signature {
    /// CloudTrail signed this digest, if the key is CloudTrail's.
    Valid,
    Invalid,
    /// No list of keys was dropped.
    NoKeys,
    /// The lists that were dropped lack the key.
    KeyMissing,
    /// There is no signature, or none of the one kind that CloudTrail makes.
    None,
}

/// The keys that were dropped, by fingerprint.
#[derive(Debug, Default)]
pub(super) struct Keys {
    keys: BTreeMap<String, Vec<RsaKey>>,
    /// Whether a list was dropped, even of no key.
    pub(super) any: bool,
}

impl Keys {
    /// Takes in a list; gives back the fingerprints of those that are no keys.
    pub(super) fn add(&mut self, keys: Vec<PublicKey>) -> Vec<String> {
        self.any = true;
        let mut bad = Vec::new();
        for key in keys {
            match RsaKey::from_pkcs1_der(&key.der) {
                Ok(read) => self.keys.entry(key.fingerprint).or_default().push(read),
                Err(_) => bad.push(key.fingerprint),
            }
        }
        bad
    }

    /// Checks a digest by the signature that the next digest holds of it.
    pub(super) fn check(
        &self,
        digest: &Digest,
        sha256: Sha256,
        signature: Option<&str>,
    ) -> Signature {
        if !self.any {
            return Signature::NoKeys;
        }
        let is_known = digest.signature_algorithm.eq_ignore_ascii_case("SHA256withRSA");
        let Some(signature) = signature.filter(|_| is_known) else { return Signature::None };
        let Some(keys) = self.keys.get(&digest.key_fingerprint.to_ascii_lowercase()) else {
            return Signature::KeyMissing;
        };
        let Some(signature) = from_hex(signature) else { return Signature::Invalid };
        let signed = sha2::Sha256::digest(string_to_sign(digest, sha256).as_bytes());
        let fits = |key: &RsaKey| {
            key.verify(Pkcs1v15Sign::new::<sha2::Sha256>(), &signed, &signature).is_ok()
        };
        if keys.iter().any(fits) { Signature::Valid } else { Signature::Invalid }
    }
}

/// What CloudTrail signs of a digest. In the first digest of a chain the word `null` stands for
/// the signature of the one before.
pub fn string_to_sign(digest: &Digest, sha256: Sha256) -> String {
    let Digest { end_text, bucket, object, .. } = digest;
    let previous = digest.previous_signature.as_deref().unwrap_or("null");
    format!("{end_text}\n{bucket}/{object}\n{sha256}\n{previous}")
}
