//! Records of shapes that have none: columns by name become the JSON object that CloudTrail would
//! have written of them. A column that is not known stays, under its own name.

use std::borrow::Cow;

use super::athena;
use crate::{
    model::{
        field::{Field, Origin},
        time,
    },
    reader::{
        escape::write_string,
        json::{Form, Raw, Scanner, minify},
    },
};

/// Other names of what records hold, without capitals and signs, and the path in the record.
const ALIASES: &[(&str, &str)] = &[
    // Event history's downloads, and the entries of lookup-events.
    ("username", "userIdentity.userName"),
    ("awsaccesskey", "userIdentity.accessKeyId"),
    ("accesskeyid", "userIdentity.accessKeyId"),
    ("resourcetype", "resources.type"),
    ("resourcename", "resources.ARN"),
    ("resources", "resources"),
    // Columns of Athena and Lake that are objects in a record.
    ("useridentity", "userIdentity"),
    ("requestparameters", "requestParameters"),
    ("responseelements", "responseElements"),
    ("additionaleventdata", "additionalEventData"),
    ("serviceeventdetails", "serviceEventDetails"),
    ("tlsdetails", "tlsDetails"),
    ("addendum", "addendum"),
    ("insightdetails", "insightDetails"),
    ("eventcontext", "eventContext"),
    ("edgedevicedetails", "edgeDeviceDetails"),
    // The Elastic Common Schema.
    ("eventaction", "eventName"),
    ("eventprovider", "eventSource"),
    ("cloudregion", "awsRegion"),
    ("cloudaccountid", "recipientAccountId"),
    ("sourceaddress", "sourceIPAddress"),
    ("useragentoriginal", "userAgent"),
    ("userid", "userIdentity.principalId"),
    (
        "useridentitysessioncontextmfaauthenticated",
        "userIdentity.sessionContext.attributes.mfaAuthenticated",
    ),
    (
        "useridentitysessioncontextcreationdate",
        "userIdentity.sessionContext.attributes.creationDate",
    ),
];

/// Names, without capitals and signs, of which other systems do not have two.
const OWN: &[&str] = &[
    "eventversion",
    "eventtime",
    "eventsource",
    "eventname",
    "eventid",
    "awsregion",
    "sourceipaddress",
    "recipientaccountid",
    "requestparameters",
    "responseelements",
    "eventprovider",
    "cloudregion",
];

/// Columns that hold a whole record.
const WHOLE: &[&str] = &["eventjson", "cloudtrailevent", "eventoriginal", "raw", "message"];

/// Paths that hold objects or lists; other tools print them in their own ways.
const OBJECTS: &[&str] = &[
    "userIdentity",
    "resources",
    "requestParameters",
    "responseElements",
    "additionalEventData",
    "serviceEventDetails",
    "tlsDetails",
    "addendum",
    "insightDetails",
    "eventContext",
    "edgeDeviceDetails",
];

/// Those of them that hold whatever a service likes.
pub(super) const FREE: &[&str] = &[
    "requestParameters",
    "responseElements",
    "additionalEventData",
    "serviceEventDetails",
    "eventContext",
];

const FLAGS: &[&str] = &["readOnly", "managementEvent"];

/// More columns than any tool gives to an event; the work grows with their square.
pub(super) const MOST_COLUMNS: usize = 1000;

/// Where the values of a column go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::reader) struct Column {
    /// Names, from the outermost object inwards.
    path: Vec<Cow<'static, str>>,
}

impl Column {
    /// The place that a name stands for.
    pub(super) fn of(name: &[u8]) -> Column {
        match known(name) {
            Some(path) => Column { path: path.split('.').map(Cow::Borrowed).collect() },
            None => Column::unknown(name),
        }
    }

    fn unknown(name: &[u8]) -> Column {
        Column { path: vec![Cow::Owned(String::from_utf8_lossy(name).into_owned())] }
    }

    /// The places of all columns of a table; of two that are one the second keeps its own name.
    pub(super) fn all<'n>(names: impl Iterator<Item = &'n [u8]>) -> Vec<Column> {
        let mut columns: Vec<Column> = Vec::new();
        for name in names {
            columns.push(Column::of(name).beside(&columns, name));
        }
        // Splunk's time, where the event's own was not asked for. By itself it tells nothing.
        let time = || vec![Cow::Borrowed("eventTime")];
        if columns.iter().any(Column::tells)
            && !columns.iter().any(|it| it.path == time())
            && let Some(column) = columns.iter_mut().find(|it| it.path == ["_time"])
        {
            column.path = time();
        }
        columns
    }

    fn beside(self, others: &[Column], name: &[u8]) -> Column {
        let clashes = |column: &Column| {
            others
                .iter()
                .any(|it| it.path.starts_with(&column.path) || column.path.starts_with(&it.path))
        };
        let own = String::from_utf8_lossy(name);
        // By its own name, or else by its name and number: a thousand columns may have one name.
        let mut column = self;
        let mut number = others.len();
        let mut other = own.clone().into_owned();
        while clashes(&column) {
            column = Column::unknown(other.as_bytes());
            number += 1;
            other = format!("{own} ({number})");
        }
        column
    }

    /// Whether a table that has this column may be one of events.
    pub(super) fn tells(&self) -> bool {
        let [name] = self.path.as_slice() else { return false };
        ["eventTime", "eventName", "eventSource", "eventID", "eventVersion"].contains(&&**name)
    }

    /// Whether its values tell one event from others.
    pub(super) fn is_of_event(&self) -> bool {
        matches!(self.path.as_slice(), [name] if ["eventTime", "eventID"].contains(&&**name))
    }
}

/// How far the names of columns tell that CloudTrail's events stand under them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs {
    own: usize,
    others: usize,
}

impl Signs {
    pub(super) fn of<'n>(names: impl Iterator<Item = &'n [u8]>) -> Signs {
        let mut signs = Signs::default();
        names.for_each(|it| signs.add(it));
        signs
    }

    fn add(&mut self, name: &[u8]) {
        let plain = plain(name);
        match name.starts_with(b"aws.cloudtrail.") {
            true => self.own += 2,
            false if plain.starts_with("useridentity") || OWN.contains(&&*plain) => self.own += 1,
            // What other tools call the time says nothing.
            false if plain.is_empty() || matches!(name, b"@timestamp" | b"_time") => {},
            false => self.others += usize::from(field(&plain).is_none()),
        }
    }

    /// Two names tell it, or one and no other.
    pub(super) fn are_enough(self) -> bool {
        self.own >= 2 || self.own == 1 && self.others == 0
    }
}

/// Whether a column of that name may hold whole records.
pub(super) fn holds_record(name: &[u8]) -> bool {
    let name = plain(name);
    WHOLE.contains(&name.as_str())
}

/// Where in a record the values of a column of that name go.
pub(super) fn known(name: &[u8]) -> Option<&'static str> {
    if name == b"@timestamp" {
        return Some("eventTime");
    }
    let own = name.strip_prefix(b"aws.cloudtrail.").unwrap_or(name);
    let own = own.strip_prefix(b"flattened.").unwrap_or(own);
    // Elastic's `event.type` and `event.category` are not CloudTrail's, and its name of a user may
    // be that of a role.
    let elastic = [&b"event.type"[..], b"event.category", b"user.name"];
    if elastic.contains(&own) {
        return None;
    }
    let plain = plain(own);
    if let Some((_, path)) = ALIASES.iter().find(|it| it.0 == plain) {
        return Some(path);
    }
    field(&plain)
}

/// The name of a field that a column's name is but for capitals and signs.
fn field(plain: &str) -> Option<&'static str> {
    let columns = Field::ALL.iter().filter(|it| it.origin() == Origin::Column && !is_derived(**it));
    columns.map(|it| it.name()).find(|it| same(it, plain))
}

fn is_derived(field: Field) -> bool {
    matches!(field, Field::Principal | Field::Session | Field::Outcome | Field::Category)
}

/// A name without capitals and signs: tools write `Event ID`, `event_id` and `eventID`.
fn plain(name: &[u8]) -> String {
    let letters = name.iter().filter(|it| it.is_ascii_alphanumeric());
    letters.map(|it| char::from(it.to_ascii_lowercase())).collect()
}

fn same(name: &str, plain: &str) -> bool {
    let letters = name.bytes().filter(|it| *it != b'.').map(|it| it.to_ascii_lowercase());
    letters.eq(plain.bytes())
}

/// A record while it is made.
#[derive(Debug, Default)]
pub(super) struct Builder<'c> {
    members: Vec<(Cow<'c, Column>, Vec<u8>)>,
    /// Of the names, where it is made by those.
    signs: Signs,
}

impl<'c> Builder<'c> {
    /// Adds a value by the name of its column.
    pub(super) fn put(&mut self, name: &[u8], text: &[u8]) {
        self.put_raw(name, Raw { bytes: text, form: Form::Plain });
    }

    /// The same of a value as it stands in JSON.
    pub(super) fn put_raw(&mut self, name: &[u8], value: Raw<'_>) {
        if self.members.len() == MOST_COLUMNS {
            return;
        }
        self.signs.add(name);
        let column = Column::of(name);
        let taken = |column: &Column| {
            self.members.iter().any(|it| {
                it.0.path.starts_with(&column.path) || column.path.starts_with(&it.0.path)
            })
        };
        let column = if taken(&column) { Column::unknown(name) } else { column };
        let value = match value.form {
            Form::Json => value.decode().into_owned(),
            _ => value_of(&column, &value.decode()),
        };
        self.members.push((Cow::Owned(column), value));
    }

    /// Adds a value of a column that is known.
    pub(super) fn put_column(&mut self, column: &'c Column, text: &[u8]) {
        self.members.push((Cow::Borrowed(column), value_of(column, text)));
    }

    /// Whether the names tell an event of CloudTrail's.
    pub(super) fn is_of_cloudtrail(&self) -> bool {
        self.signs.are_enough()
    }

    /// Whether what was put into it tells one event from others; rows of a query may be counts.
    pub(super) fn is_of_event(&self) -> bool {
        self.members.iter().any(|it| it.0.is_of_event())
    }

    /// The record as JSON; `None` when nothing was put into it.
    pub(super) fn finish(&self) -> Option<Vec<u8>> {
        if self.members.is_empty() {
            return None;
        }
        let members: Vec<Part<'_>> =
            self.members.iter().map(|it| (it.0.path.as_slice(), it.1.as_slice())).collect();
        let mut json = Vec::new();
        write_object(&members, &mut json);
        Some(json)
    }
}

type Part<'a> = (&'a [Cow<'static, str>], &'a [u8]);

/// Members that share the first name of their path become one object.
fn write_object(parts: &[Part<'_>], json: &mut Vec<u8>) {
    let mut written: Vec<&str> = Vec::new();
    json.push(b'{');
    for (path, value) in parts {
        let Some((name, rest)) = path.split_first() else { continue };
        if written.contains(&&**name) {
            continue;
        }
        if !written.is_empty() {
            json.push(b',');
        }
        written.push(name);
        write_string(name.as_bytes(), json);
        json.push(b':');
        if rest.is_empty() {
            json.extend_from_slice(value);
            continue;
        }
        let inner: Vec<Part<'_>> = parts
            .iter()
            .filter(|it| it.0.first() == Some(name))
            .map(|it| (&it.0[1..], it.1))
            .collect();
        // The only list among the columns.
        let list = name == "resources";
        if list {
            json.push(b'[');
        }
        write_object(&inner, json);
        if list {
            json.push(b']');
        }
    }
    json.push(b'}');
}

fn value_of(column: &Column, text: &[u8]) -> Vec<u8> {
    let mut value = Vec::with_capacity(text.len() + 2);
    match column.path.as_slice() {
        [name] if OBJECTS.contains(&&**name) => {
            if is_json(text) {
                minify(text, &mut value);
                return value;
            }
            if let Some(json) = athena::to_json(name, text) {
                return json;
            }
        },
        [name] if FLAGS.contains(&&**name) => {
            for flag in [&b"true"[..], b"false"] {
                if text.eq_ignore_ascii_case(flag) {
                    return flag.to_vec();
                }
            }
        },
        [name] if name == "eventTime" => {
            let own = std::str::from_utf8(text).unwrap_or_default();
            if let (None, Some(millis)) = (time::parse(own), time::parse_any(own)) {
                write_string(time::iso(millis).as_bytes(), &mut value);
                return value;
            }
        },
        _ => {},
    }
    write_string(text, &mut value);
    value
}

/// Whether the text is an object or a list as JSON writes them, and nothing more.
fn is_json(text: &[u8]) -> bool {
    let mut scanner = Scanner::new(text, 0);
    matches!(scanner.peek(), Ok(b'{' | b'['))
        && scanner.skip().is_ok()
        && text[scanner.at..].iter().all(u8::is_ascii_whitespace)
}
