//! Records of shapes that have none: columns become the JSON object that CloudTrail would have
//! written of them. One that is not known stays, under its own name.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use super::{
    athena,
    flat::{Column, FLAGS, MOST_COLUMNS, OBJECTS, Signs, TIME},
};
use crate::{
    model::time,
    reader::{
        escape::write_string,
        json::{Form, Raw, Scanner, minify},
    },
};

/// A list of more values than this stays one value: no event has so many resources.
const MOST_ITEMS: usize = 10_000;

/// A record while it is made.
#[derive(Debug, Default)]
pub(super) struct Builder<'c> {
    members: Vec<(Cow<'c, Column>, Vec<u8>)>,
    /// Which members a path begins with the same name as, where it is made by names.
    by_name: HashMap<String, Vec<usize>>,
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
            let same = self.by_name.get(column.name()).into_iter().flatten();
            same.map(|at| &self.members[*at].0.path)
                .any(|it| it.starts_with(&column.path) || column.path.starts_with(it))
        };
        let column = if taken(&column) { Column::unknown(name) } else { column };
        // Of two members of one name the first one counts.
        if taken(&column) {
            return;
        }
        let value = match value.form {
            Form::Json => value.decode().into_owned(),
            _ => value_of(&column, &value.decode()),
        };
        self.by_name.entry(column.name().to_owned()).or_default().push(self.members.len());
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
        let event_time = [Cow::Borrowed("eventTime")];
        let has_time = self.members.iter().any(|it| it.0.path == event_time);
        let mut members = Vec::with_capacity(self.members.len());
        for (column, value) in &self.members {
            let is_time = column.path == [TIME] && !has_time;
            let path = if is_time { event_time.as_slice() } else { column.path.as_slice() };
            members.push((path, value.as_slice()));
        }
        let mut json = Vec::new();
        write_object(&members, &mut json);
        Some(json)
    }
}

type Part<'a> = (&'a [Cow<'static, str>], &'a [u8]);

/// Members that share the first name of their path become one object.
fn write_object(parts: &[Part<'_>], json: &mut Vec<u8>) {
    let mut written: HashSet<&str> = HashSet::new();
    json.push(b'{');
    for (path, value) in parts {
        let Some((name, rest)) = path.split_first() else { continue };
        if !written.insert(name) {
            continue;
        }
        json.extend_from_slice(if written.len() > 1 { b"," } else { b"" });
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
        if name == "resources" {
            write_list(&inner, json);
        } else {
            write_object(&inner, json);
        }
    }
    json.push(b'}');
}

/// Columns with as many values each become so many objects; of others it is not known which of
/// their values belong together.
fn write_list(parts: &[Part<'_>], json: &mut Vec<u8>) {
    let columns: Vec<Vec<&[u8]>> = parts.iter().map(|it| items(it.1)).collect();
    let count = columns.first().map_or(0, Vec::len);
    let mut objects: Vec<Vec<Part<'_>>> = Vec::new();
    if columns.iter().all(|it| it.len() == count) {
        objects.resize(count, Vec::new());
        for (part, items) in parts.iter().zip(&columns) {
            objects.iter_mut().zip(items).for_each(|(object, it)| object.push((part.0, it)));
        }
    } else {
        let each = parts.iter().zip(&columns);
        objects.extend(each.flat_map(|(part, items)| items.iter().map(|it| vec![(part.0, *it)])));
    }
    json.push(b'[');
    for (at, object) in objects.iter().enumerate() {
        json.extend_from_slice(if at > 0 { b"," } else { b"" });
        write_object(object, json);
    }
    json.push(b']');
}

/// The values of a list, or the only one.
fn items(value: &[u8]) -> Vec<&[u8]> {
    let mut scanner = Scanner::new(value, 0);
    let (mut items, mut first) = (Vec::new(), true);
    if value.first() != Some(&b'[') {
        return vec![value];
    }
    while let Ok(true) = scanner.item(&mut first) {
        let start = scanner.at;
        if scanner.skip().is_err() {
            return vec![value];
        }
        items.push(&value[start..scanner.at]);
        if items.len() > MOST_ITEMS {
            return vec![value];
        }
    }
    items
}

fn value_of(column: &Column, text: &[u8]) -> Vec<u8> {
    let mut value = Vec::with_capacity(text.len() + 2);
    let breaks = || memchr::memchr_iter(b'\n', text).count();
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
        // Splunk puts the values of one event on lines of their own.
        [name, _] if name == "resources" && (1..MOST_ITEMS).contains(&breaks()) => {
            for line in text.split(|it| *it == b'\n') {
                value.push(if value.is_empty() { b'[' } else { b',' });
                write_string(line.trim_ascii(), &mut value);
            }
            value.push(b']');
            return value;
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
