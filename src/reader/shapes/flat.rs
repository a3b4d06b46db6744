//! Columns of shapes that have no records: where in one the values of each go, by its name. What is
//! made of them is a record as CloudTrail would have written it ([`super::builder`]).

use std::borrow::Cow;

use crate::model::field::{Field, Origin};

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
    ("insighteventsource", "insightDetails.eventSource"),
    ("insighteventname", "insightDetails.eventName"),
    ("insighterrorcode", "insightDetails.errorCode"),
    ("insighttype", "insightDetails.insightType"),
    ("insightstate", "insightDetails.state"),
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
    "insighteventname",
    "insighteventsource",
    "eventprovider",
    "cloudregion",
];

/// Splunk's name of the time.
pub(super) const TIME: &str = "_time";

/// Columns that hold a whole record.
const WHOLE: &[&str] = &["eventjson", "cloudtrailevent", "eventoriginal", "raw", "message"];

/// Paths that hold objects or lists; other tools print them in their own ways.
pub(super) const OBJECTS: &[&str] = &[
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

pub(super) const FLAGS: &[&str] = &["readOnly", "managementEvent"];

/// More columns than any tool gives to an event; the work grows with their square.
pub(super) const MOST_COLUMNS: usize = 1000;

/// Where the values of a column go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::reader) struct Column {
    /// Names, from the outermost object inwards.
    pub(super) path: Vec<Cow<'static, str>>,
}

impl Column {
    /// The place that a name stands for.
    pub(super) fn of(name: &[u8]) -> Column {
        match known(name) {
            Some(path) => Column { path: path.split('.').map(Cow::Borrowed).collect() },
            None => Column::unknown(name),
        }
    }

    /// Where its path begins.
    pub(super) fn name(&self) -> &str {
        self.path.first().map_or("", |it| it)
    }

    pub(super) fn unknown(name: &[u8]) -> Column {
        Column { path: vec![Cow::Owned(String::from_utf8_lossy(name).into_owned())] }
    }

    /// The places of all columns of a table; of two that are one the second keeps its own name.
    pub(super) fn all<'n>(names: impl Iterator<Item = &'n [u8]>) -> Vec<Column> {
        let mut columns: Vec<Column> = Vec::new();
        for name in names {
            columns.push(Column::of(name).beside(&columns, name));
        }
        // Splunk's own time, where the event's own was not asked for. By itself it tells nothing.
        if columns.iter().any(Column::tells)
            && !columns.iter().any(|it| it.path == ["eventTime"])
            && let Some(column) = columns.iter_mut().find(|it| it.path == [TIME])
        {
            *column = Column::of(b"eventTime");
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

    pub(super) fn add(&mut self, name: &[u8]) {
        let plain = plain(name);
        match name.starts_with(b"aws.cloudtrail.") {
            true => self.own += 2,
            false if plain.starts_with("useridentity") || OWN.contains(&&*plain) => self.own += 1,
            // What other tools call the time says nothing.
            false if plain.is_empty() || matches!(name, b"@timestamp" | b"_time") => {},
            false => {
                let is_own = || OBJECTS.iter().any(|it| it.eq_ignore_ascii_case(&plain));
                self.others += usize::from(field(&plain).is_none() && !is_own());
            },
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

/// Whether a name is one that only the columns of tables have, and a record's member has not.
pub(super) fn is_column(name: &[u8]) -> bool {
    let is_path = || field(&plain(name)).is_some_and(|it| it.contains('.'));
    name == TIME.as_bytes() || name.contains(&b'.') && !name.starts_with(b"aws.") && is_path()
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
