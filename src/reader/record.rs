//! One CloudTrail record: its fields as they stand in the text, not yet decoded.
//!
//! Every field may be missing, null or of the wrong type: what can be read as text is kept, the
//! rest is passed over. Of a key that stands twice the last one counts, as everywhere in JSON.

use memchr::memchr;

use crate::model::field::Field;

use super::{
    identity::{ATTRIBUTES, IDENTITY, ISSUER, Identities, SESSION},
    json::{Raw, Scan, Scanner},
    others,
    resources::{self, Resource},
};

pub(super) const FIELDS: usize = Field::ALL.len();

/// A set of fields: a bit for each.
pub(super) type Fields = u64;
const _: () = assert!(FIELDS <= Fields::BITS as usize, "let `Fields` be wider");

pub(super) const fn set_of(fields: &[Field]) -> Fields {
    let (mut set, mut at) = (0, 0);
    while at < fields.len() {
        set |= 1 << fields[at] as usize;
        at += 1;
    }
    set
}

/// Members without a column that only CloudTrail's records have.
const USER_IDENTITY: u8 = 1;
const REQUEST_PARAMETERS: u8 = 2;
const INSIGHT_DETAILS: u8 = 4;

/// What every CloudTrail record has some of.
const TELLING: Fields = set_of(&[
    Field::EventVersion,
    Field::EventTime,
    Field::EventName,
    Field::EventSource,
    Field::EventId,
    Field::EventType,
    Field::EventCategory,
    Field::SourceIpAddress,
    Field::RecipientAccountId,
]);

const TLS: Fields = set_of(&[Field::TlsVersion, Field::TlsCipherSuite, Field::TlsHost]);

#[derive(Debug)]
pub(super) struct Record<'a> {
    values: [Raw<'a>; FIELDS],
    /// The fields that have a value.
    present: Fields,
    /// Those of this record and of some before it.
    pub(super) identities: Identities<'a>,
    pub(super) resources: Vec<Resource<'a>>,
    /// `responseElements.ConsoleLogin` of a sign-in.
    pub(super) console_login: Option<Raw<'a>>,
    /// Which members it has that only CloudTrail's records have, and are no columns.
    signs: u8,
    /// Whether it has members that are none of CloudTrail's.
    has_strangers: bool,
    /// Whether it has anything that CloudTrail's records have.
    known: bool,
    /// The fields that it has under their own names.
    named: Fields,
    /// What it is, if it is a record of another system.
    foreign: Option<&'static str>,
    /// Whether another record stands in it as a text, of which this may be no more than an index.
    wraps: bool,
    /// Whether another record stands in it as it is.
    is_envelope: bool,
    /// Whether it has names as the columns of tables have them.
    is_row: bool,
}

/// What stands under other names in Insight and Aggregated records, and in Insight records of Lake's;
/// it fills what is missing.
#[derive(Default)]
struct Elsewhere<'a> {
    event_source: Option<Raw<'a>>,
    event_name: Option<Raw<'a>>,
    event_id: Option<Raw<'a>>,
    account_id: Option<Raw<'a>>,
    window_start: Option<Raw<'a>>,
    /// Where `responseElements` begins.
    response: Option<usize>,
}

fn values_of<'a>(
    values: &[Raw<'a>; FIELDS],
    mut fields: Fields,
) -> impl Iterator<Item = (usize, Raw<'a>)> {
    std::iter::from_fn(move || {
        let at = fields.trailing_zeros() as usize;
        fields &= fields.checked_sub(1)?;
        Some((at, values[at]))
    })
}

impl<'a> Record<'a> {
    pub(super) fn new() -> Record<'a> {
        Record {
            values: [Raw::default(); FIELDS],
            present: 0,
            identities: Identities::default(),
            resources: Vec::new(),
            console_login: None,
            signs: 0,
            has_strangers: false,
            known: false,
            named: 0,
            foreign: None,
            wraps: false,
            is_envelope: false,
            is_row: false,
        }
    }

    /// Whether it is a record, where a list of CloudTrail's own says that there are some.
    pub(super) fn is_known(&self) -> bool {
        self.known
    }

    /// Whether it is one wherever it stands: other systems write one of CloudTrail's names, too.
    pub(super) fn is_sure(&self) -> bool {
        self.known && others::is_sure(self)
    }

    /// Those of its fields that tell a record of CloudTrail, and 0 beside a surer sign.
    pub(super) fn telling(&self) -> Fields {
        if self.signs > 0 { 0 } else { self.present & TELLING }
    }

    /// How many of some fields, under their own names, and of the other members that tell, it has.
    pub(super) fn own(&self, fields: Fields) -> u32 {
        self.signs.count_ones() + (self.named & fields).count_ones()
    }

    /// Whether it has members that are none of CloudTrail's.
    pub(super) fn has_strangers(&self) -> bool {
        self.has_strangers
    }

    /// What records of another system it is one of.
    pub(super) fn foreign(&self) -> Option<&'static str> {
        self.foreign
    }

    /// Whether a text in it looks to be the record itself.
    pub(super) fn wraps(&self) -> bool {
        self.wraps
    }

    /// Whether it may be the row of a table, with names such as `userIdentity.arn`.
    pub(super) fn is_row(&self) -> bool {
        self.is_row
    }

    pub(super) fn get(&self, field: Field) -> Option<Raw<'a>> {
        let at = field as usize;
        (self.present >> at & 1 == 1).then(|| self.values[at])
    }

    /// The fields that have a value, without some, in the order of the table of fields.
    pub(super) fn values(&self, without: Fields) -> impl Iterator<Item = (usize, Raw<'a>)> {
        values_of(&self.values, self.present & !without)
    }

    fn set(&mut self, field: Field, value: Option<Raw<'a>>) {
        let at = field as usize;
        match value {
            Some(value) => {
                self.values[at] = value;
                self.present |= 1 << at;
            },
            None => self.present &= !(1 << at),
        }
    }

    fn set_if_missing(&mut self, field: Field, value: Option<Raw<'a>>) {
        if self.present >> (field as usize) & 1 == 0 {
            self.set(field, value);
        }
    }

    /// Takes the object that begins next, in place of what was here before.
    pub(super) fn read(&mut self, scanner: &mut Scanner<'a>) -> Scan<()> {
        self.present = 0;
        self.identities.none();
        self.resources.clear();
        self.console_login = None;
        (self.signs, self.has_strangers) = (0, false);
        (self.wraps, self.is_envelope, self.is_row) = (false, false, false);
        let mut elsewhere = Elsewhere::default();
        scanner.object(|scanner, key| self.member(scanner, key, &mut elsewhere))?;
        // Before it is filled up: other things have an `eventId` and an `accountId` too.
        self.foreign = others::of(self);
        self.known = self.foreign.is_none() && (self.signs > 0 || self.telling() != 0);
        self.known &= !self.is_envelope;
        self.named = self.present;
        self.set_if_missing(Field::EventSource, elsewhere.event_source);
        self.set_if_missing(Field::EventName, elsewhere.event_name);
        self.set_if_missing(Field::EventId, elsewhere.event_id);
        self.set_if_missing(Field::RecipientAccountId, elsewhere.account_id);
        self.set_if_missing(Field::EventTime, elsewhere.window_start);
        let sign_in = self.get(Field::EventName).is_some_and(|it| it.bytes == b"ConsoleLogin");
        if let (true, Some(at)) = (sign_in, elsewhere.response) {
            let mut response = Scanner::new(scanner.bytes, at);
            response.object_or_skip(|scanner, key| match key {
                b"ConsoleLogin" => scanner.text().map(|it| self.console_login = it),
                _ => scanner.skip(),
            })?;
        }
        Ok(())
    }

    fn member(
        &mut self,
        scanner: &mut Scanner<'a>,
        key: &[u8],
        elsewhere: &mut Elsewhere<'a>,
    ) -> Scan<()> {
        let field = match key {
            b"eventVersion" => Field::EventVersion,
            b"eventTime" => Field::EventTime,
            b"eventSource" => Field::EventSource,
            b"eventName" => Field::EventName,
            b"awsRegion" => Field::AwsRegion,
            b"sourceIPAddress" => Field::SourceIpAddress,
            b"userAgent" => Field::UserAgent,
            b"errorCode" => Field::ErrorCode,
            b"errorMessage" => Field::ErrorMessage,
            b"requestID" => Field::RequestId,
            b"eventID" => Field::EventId,
            b"eventType" => Field::EventType,
            b"apiVersion" => Field::ApiVersion,
            b"managementEvent" => Field::ManagementEvent,
            b"readOnly" => Field::ReadOnly,
            b"recipientAccountId" => Field::RecipientAccountId,
            b"sharedEventID" => Field::SharedEventId,
            b"vpcEndpointId" => Field::VpcEndpointId,
            b"vpcEndpointAccountId" => Field::VpcEndpointAccountId,
            b"eventCategory" => Field::EventCategory,
            b"sessionCredentialFromConsole" => Field::SessionFromConsole,
            b"userIdentity" => {
                self.signs |= USER_IDENTITY;
                return self.user_identity(scanner);
            },
            b"resources" => return resources::read(scanner, &mut self.resources),
            b"responseElements" => {
                scanner.peek()?;
                elsewhere.response = Some(scanner.at);
                return scanner.skip();
            },
            b"tlsDetails" => {
                self.present &= !TLS;
                return scanner.object_or_skip(|scanner, key| match key {
                    b"tlsVersion" => self.text(scanner, Field::TlsVersion),
                    b"cipherSuite" => self.text(scanner, Field::TlsCipherSuite),
                    b"clientProvidedHostHeader" => self.text(scanner, Field::TlsHost),
                    _ => scanner.skip(),
                });
            },
            b"addendum" => {
                self.set(Field::AddendumReason, None);
                return scanner.object_or_skip(|scanner, key| match key {
                    b"reason" => self.text(scanner, Field::AddendumReason),
                    _ => scanner.skip(),
                });
            },
            b"insightDetails" => {
                self.signs |= INSIGHT_DETAILS;
                return scanner.object_or_skip(|scanner, key| match key {
                    b"eventSource" => scanner.text().map(|it| elsewhere.event_source = it),
                    b"eventName" => scanner.text().map(|it| elsewhere.event_name = it),
                    _ => scanner.skip(),
                });
            },
            b"timeWindow" => {
                return scanner.object_or_skip(|scanner, key| match key {
                    b"windowStart" => scanner.text().map(|it| elsewhere.window_start = it),
                    _ => scanner.skip(),
                });
            },
            b"eventId" => return scanner.text().map(|it| elsewhere.event_id = it),
            b"accountId" => return scanner.text().map(|it| elsewhere.account_id = it),
            b"requestParameters" => {
                self.signs |= REQUEST_PARAMETERS;
                return scanner.skip();
            },
            b"_raw" | b"CloudTrailEvent" | b"eventJson" | b"@message" => {
                let first = scanner.peek()?;
                self.wraps |= first == b'"';
                // The record stands there as it is, and is met as that.
                self.is_envelope |= key == b"@message" && first == b'{';
                return scanner.skip();
            },
            b"insightEventSource" => {
                self.signs |= INSIGHT_DETAILS;
                return scanner.text().map(|it| elsewhere.event_source = it);
            },
            b"insightEventName" => {
                self.signs |= INSIGHT_DETAILS;
                return scanner.text().map(|it| elsewhere.event_name = it);
            },
            _ => {
                self.has_strangers = true;
                self.is_row |= key == b"_time" || memchr(b'.', key).is_some();
                return scanner.skip();
            },
        };
        self.text(scanner, field)
    }

    fn text(&mut self, scanner: &mut Scanner<'a>, field: Field) -> Scan<()> {
        let value = scanner.text()?;
        self.set(field, value);
        Ok(())
    }

    fn user_identity(&mut self, scanner: &mut Scanner<'a>) -> Scan<()> {
        self.present &= !IDENTITY;
        self.identities.none();
        if scanner.peek()? != b'{' {
            return scanner.skip();
        }
        let (start, blanks) = (scanner.at, scanner.blanks);
        if let Some((len, values)) = self.identities.find(&scanner.bytes[start..]) {
            for (field, value) in values {
                self.values[usize::from(*field)] = *value;
                self.present |= 1 << field;
            }
            scanner.at += len;
            return Ok(());
        }
        scanner.blanks = false;
        scanner.object(|scanner, key| self.identity(scanner, key))?;
        // Blanks count for the record's hash, and who has no type may be told by other fields.
        if !scanner.blanks && self.get(Field::IdentityType).is_some_and(|it| !it.bytes.is_empty()) {
            let text = &scanner.bytes[start..scanner.at];
            let values = values_of(&self.values, self.present & IDENTITY);
            self.identities.keep(text, values.map(|(field, value)| (field as u8, value)));
        }
        scanner.blanks |= blanks;
        Ok(())
    }

    fn identity(&mut self, scanner: &mut Scanner<'a>, key: &[u8]) -> Scan<()> {
        let field = match key {
            b"type" => Field::IdentityType,
            b"arn" => Field::IdentityArn,
            b"principalId" => Field::IdentityPrincipalId,
            b"accountId" => Field::IdentityAccountId,
            b"userName" => Field::IdentityUserName,
            b"accessKeyId" => Field::IdentityAccessKeyId,
            b"invokedBy" => Field::IdentityInvokedBy,
            b"identityProvider" => Field::IdentityProvider,
            b"credentialId" => Field::IdentityCredentialId,
            b"sessionContext" => {
                self.present &= !SESSION;
                return scanner.object_or_skip(|scanner, key| self.session_context(scanner, key));
            },
            _ => return scanner.skip(),
        };
        self.text(scanner, field)
    }

    fn session_context(&mut self, scanner: &mut Scanner<'a>, key: &[u8]) -> Scan<()> {
        match key {
            b"sessionIssuer" => {
                self.present &= !ISSUER;
                scanner.object_or_skip(|scanner, key| match key {
                    b"type" => self.text(scanner, Field::IssuerType),
                    b"arn" => self.text(scanner, Field::IssuerArn),
                    b"principalId" => self.text(scanner, Field::IssuerPrincipalId),
                    b"accountId" => self.text(scanner, Field::IssuerAccountId),
                    b"userName" => self.text(scanner, Field::IssuerUserName),
                    _ => scanner.skip(),
                })
            },
            b"attributes" => {
                self.present &= !ATTRIBUTES;
                scanner.object_or_skip(|scanner, key| match key {
                    b"mfaAuthenticated" => self.text(scanner, Field::MfaAuthenticated),
                    b"creationDate" => self.text(scanner, Field::SessionCreationDate),
                    _ => scanner.skip(),
                })
            },
            b"sourceIdentity" => self.text(scanner, Field::SourceIdentity),
            b"ec2RoleDelivery" => self.text(scanner, Field::Ec2RoleDelivery),
            _ => scanner.skip(),
        }
    }
}
