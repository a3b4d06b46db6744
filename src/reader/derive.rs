//! The columns that are worked out of a whole record: who, in which session, how it ended, and of
//! which category the event is.

use std::borrow::Cow;

use crate::model::{
    field::Field,
    outcome::{Outcome, Signs, outcome},
};

use super::{json::Raw, record::Record};

type Text<'a> = Option<Cow<'a, [u8]>>;

fn filled<'a>(record: &Record<'a>, field: Field) -> Text<'a> {
    record.get(field).filter(|it| !it.bytes.is_empty()).map(Raw::decode)
}

fn is(record: &Record<'_>, field: Field, value: &[u8]) -> bool {
    record.get(field).is_some_and(|it| it.bytes == value)
}

/// Who acted: for a session the role or user that issued it, so that all sessions of a role are
/// one; else the ARN, else the service, else the account and the kind of identity.
pub(super) fn principal<'a>(record: &Record<'a>) -> Text<'a> {
    let kind = filled(record, Field::IdentityType);
    if matches!(kind.as_deref(), None | Some(b"AssumedRole" | b"FederatedUser")) {
        let issuer = filled(record, Field::IssuerArn);
        if issuer.is_some() {
            return issuer;
        }
    }
    let named =
        filled(record, Field::IdentityArn).or_else(|| filled(record, Field::IdentityInvokedBy));
    if named.is_some() {
        return named;
    }
    let account = filled(record, Field::IdentityAccountId);
    match (account, kind) {
        (Some(account), Some(kind)) => Some(Cow::Owned([&*account, b":", &*kind].concat())),
        (Some(account), None) => Some(account),
        // Users of other identity providers have no account.
        (None, Some(kind)) => filled(record, Field::IdentityUserName)
            .or_else(|| filled(record, Field::IdentityPrincipalId))
            .or(Some(kind)),
        (None, None) if is(record, Field::EventType, b"AwsServiceEvent") => {
            filled(record, Field::EventSource)
        },
        (None, None) => None,
    }
}

/// The name that a role session was given: an instance, a person, a build.
pub(super) fn session<'a>(record: &Record<'a>) -> Text<'a> {
    let kind = record.get(Field::IdentityType).map_or(&b""[..], |it| it.bytes);
    let id = record.get(Field::IdentityPrincipalId).map_or(&b""[..], |it| it.bytes);
    let of_session = matches!(kind, b"AssumedRole" | b"FederatedUser");
    if (of_session || id.starts_with(b"AROA"))
        && let Some(id) = filled(record, Field::IdentityPrincipalId)
        && let Some(name) = after(id, b':')
    {
        return Some(name);
    }
    let arn = filled(record, Field::IdentityArn).filter(|it| it.starts_with(b"arn:"))?;
    // A partition follows `arn:`, so the service is the third part.
    let sts = arn.split(|it| *it == b':').nth(2) == Some(b"sts");
    let name_at = arn.iter().rposition(|it| *it == b'/')? + 1;
    (sts && name_at < arn.len()).then(|| cut(arn, name_at))
}

fn after(text: Cow<'_, [u8]>, mark: u8) -> Text<'_> {
    let at = memchr::memchr(mark, &text)? + 1;
    (at < text.len()).then(|| cut(text, at))
}

fn cut(text: Cow<'_, [u8]>, from: usize) -> Cow<'_, [u8]> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[from..]),
        Cow::Owned(text) => Cow::Owned(text[from..].to_vec()),
    }
}

/// How the call ended.
pub(super) fn ending(record: &Record<'_>) -> Outcome {
    let error_code = filled(record, Field::ErrorCode);
    let error_message = filled(record, Field::ErrorMessage);
    if error_code.is_none() && error_message.is_none() && record.console_login.is_none() {
        return Outcome::Success;
    }
    let event_name = filled(record, Field::EventName).unwrap_or_default();
    let event_type = filled(record, Field::EventType).unwrap_or_default();
    let console_login = record.console_login.map(Raw::decode);
    let (event_name, event_type) = (lossy(&event_name), lossy(&event_type));
    let error_code = error_code.as_deref().map(lossy);
    let error_message = error_message.as_deref().map(lossy);
    let console_login = console_login.as_deref().map(lossy);
    outcome(Signs {
        event_name: &event_name,
        event_type: &event_type,
        error_code: error_code.as_deref(),
        error_message: error_message.as_deref(),
        console_login: console_login.as_deref(),
    })
}

fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// Management, Data, NetworkActivity, Insight or Aggregated. Records before 1.07 do not say it,
/// so it is read from their type, from `managementEvent`, and last from what they act on.
pub(super) fn category<'a>(record: &Record<'a>) -> Cow<'a, [u8]> {
    if let Some(category) = filled(record, Field::EventCategory) {
        return category;
    }
    let kind = record.get(Field::EventType).map_or(&b""[..], |it| it.bytes);
    let management = record.get(Field::ManagementEvent).map(|it| it.bytes);
    Cow::Borrowed(match (kind, management) {
        (b"AwsCloudTrailInsight", _) => b"Insight",
        (b"AwsAggregatedEvent", _) => b"Aggregated",
        (kind, _) if kind.starts_with(b"AwsVpceEvent") => b"NetworkActivity",
        (_, Some(b"true")) => b"Management",
        (_, Some(b"false")) => b"Data",
        _ if acts_on_data(record) => b"Data",
        _ => b"Management",
    })
}

fn acts_on_data(record: &Record<'_>) -> bool {
    let invoke = is(record, Field::EventName, b"Invoke");
    record.resources.iter().any(|it| match it.kind.map(|it| it.bytes) {
        Some(b"AWS::S3::Object") => true,
        Some(b"AWS::Lambda::Function") => invoke,
        _ => false,
    })
}
