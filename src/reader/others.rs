//! Records of other systems that use some of CloudTrail's names: notifications nearly all of them,
//! others one.

use crate::model::field::Field;

use super::{
    json::{Form, Raw},
    record::{Fields, Record, set_of},
};

const EVENT_TYPE: Fields = set_of(&[Field::EventType]);
const EVENT_NAME: Fields = set_of(&[Field::EventName]);

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
