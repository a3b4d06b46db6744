//! Records of other systems that use some of CloudTrail's names: notifications nearly all of them,
//! others one.

use crate::model::field::Field;

use super::{
    json::{Form, Raw},
    record::{Fields, Record, set_of},
};

const EVENT_TYPE: Fields = set_of(&[Field::EventType]);
const EVENT_NAME: Fields = set_of(&[Field::EventName]);

/// Fields that other systems do not have two of, or not without those that tell them.
const OWN: Fields = set_of(&[
    Field::EventVersion,
    Field::EventTime,
    Field::EventSource,
    Field::EventName,
    Field::EventId,
    Field::AwsRegion,
    Field::SourceIpAddress,
    Field::RecipientAccountId,
    Field::ManagementEvent,
    Field::SharedEventId,
    Field::VpcEndpointId,
]);

/// What a record is one of that has too little of CloudTrail's.
pub(super) const ONE_NAME: &str =
    "events of another system, which share no more than a name with CloudTrail's";

/// Whether a record has enough of CloudTrail's names to be one of its wherever it stands: two, or
/// one and no others.
pub(super) fn is_sure(record: &Record<'_>) -> bool {
    let own = record.own(OWN);
    own >= 2
        || match own + u32::from(has_own_type(record)) {
            0 => false,
            1 => !record.has_strangers(),
            _ => true,
        }
}

fn has_own_type(record: &Record<'_>) -> bool {
    let of_type = record.get(Field::EventType);
    of_type.is_some_and(|it| it.bytes.starts_with(b"Aws") || it.bytes == b"ActivityLog")
}

/// What a record is one of, if another system wrote it.
pub(super) fn of(record: &Record<'_>) -> Option<&'static str> {
    if record.get(Field::EventSource).is_some_and(|it| it.bytes.starts_with(b"aws:")) {
        return Some("notifications of a service, as queues and functions get them");
    }
    match record.telling() {
        EVENT_TYPE if record.get(Field::EventType)?.bytes.contains(&b'.') => {
            Some("events of another system, such as Okta's")
        },
        EVENT_NAME if is_pair(record.get(Field::EventName)?) => {
            Some("events of Azure's activity log")
        },
        _ => None,
    }
}

/// Whether it is a value beside its translation.
fn is_pair(value: Raw<'_>) -> bool {
    value.form == Form::Json && memchr::memmem::find(value.bytes, b"\"value\"").is_some()
}
