//! Identities that were met in a file. Three of four events are by who made one of the few before
//! them, and their `userIdentity` is the same to the byte: a third of what is read of a record. It is
//! compared, not read again, and its codes are those that its columns have already.

use super::{
    json::Raw,
    record::{Fields, set_of},
};
use crate::model::{bytes::same, field::Field};

// Of an object that stands twice nothing of the first counts.

pub(super) const ISSUER: Fields = set_of(&[
    Field::IssuerType,
    Field::IssuerArn,
    Field::IssuerPrincipalId,
    Field::IssuerAccountId,
    Field::IssuerUserName,
]);

pub(super) const ATTRIBUTES: Fields =
    set_of(&[Field::MfaAuthenticated, Field::SessionCreationDate]);

pub(super) const SESSION: Fields =
    ISSUER | ATTRIBUTES | set_of(&[Field::SourceIdentity, Field::Ec2RoleDelivery]);

/// Those of `userIdentity`.
pub(super) const IDENTITY: Fields = SESSION
    | set_of(&[
        Field::IdentityType,
        Field::IdentityArn,
        Field::IdentityPrincipalId,
        Field::IdentityAccountId,
        Field::IdentityUserName,
        Field::IdentityAccessKeyId,
        Field::IdentityInvokedBy,
        Field::IdentityProvider,
        Field::IdentityCredentialId,
    ]);

/// So many are kept: more are compared in vain as often as they are found.
const KEPT: usize = 8;

/// The identities that were met last.
#[derive(Debug, Default)]
pub(super) struct Identities<'a> {
    known: Vec<Identity<'a>>,
    /// Which one is forgotten next.
    oldest: usize,
    /// Which one the record has that was read last.
    current: Option<usize>,
}

/// A `userIdentity`.
#[derive(Debug, Default)]
struct Identity<'a> {
    text: &'a [u8],
    /// Its fields that have a value, by number.
    values: Vec<(u8, Raw<'a>)>,
    /// Text columns with what they hold of it; `None` until they were asked, or if they cannot tell.
    codes: Option<Vec<(u8, u32)>>,
}

impl<'a> Identities<'a> {
    /// The record has none, or none that is kept.
    pub(super) fn none(&mut self) {
        self.current = None;
    }

    /// The identity that these bytes begin with, if it was met: its length and its values.
    pub(super) fn find(&mut self, bytes: &'a [u8]) -> Option<(usize, &[(u8, Raw<'a>)])> {
        let begins = |it: &Identity<'_>| {
            bytes.get(..it.text.len()).is_some_and(|start| same(start, it.text))
        };
        self.current = self.known.iter().position(begins);
        let known = &self.known[self.current?];
        Some((known.text.len(), &known.values))
    }

    /// Keeps an identity that was read.
    pub(super) fn keep(&mut self, text: &'a [u8], values: impl Iterator<Item = (u8, Raw<'a>)>) {
        if self.known.len() < KEPT {
            self.oldest = self.known.len();
            self.known.push(Identity::default());
        }
        let identity = &mut self.known[self.oldest];
        (identity.text, identity.codes) = (text, None);
        identity.values.clear();
        identity.values.extend(values);
        self.current = Some(self.oldest);
        self.oldest = (self.oldest + 1) % KEPT;
    }

    /// What the columns hold of the record's identity, if they said.
    pub(super) fn codes(&self) -> Option<&[(u8, u32)]> {
        self.known[self.current?].codes.as_deref()
    }

    /// Notes what the columns hold of the record's identity.
    pub(super) fn note(&mut self, codes: Option<Vec<(u8, u32)>>) {
        if let Some(current) = self.current {
            self.known[current].codes = codes;
        }
    }

    /// Whether the columns were not asked yet.
    pub(super) fn is_new(&self) -> bool {
        self.current.is_some_and(|it| self.known[it].codes.is_none())
    }
}
