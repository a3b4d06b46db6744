//! Records in, columns of a batch out.

use crate::model::{
    field::{Field, Kind},
    id, time,
};

use super::{
    batch::{Batch, IdColumn, NO_TIME, id_fields, list_fields, text_fields},
    derive,
    identity::IDENTITY,
    json::Raw,
    record::{FIELDS, Record},
    resources::Resource,
    words::{Lists, Lossy, Texts},
};

/// The type of the records of CloudTrail Insights; of one batch so many are kept at most.
const INSIGHT: &[u8] = b"AwsCloudTrailInsight";
const MOST_INSIGHT_RECORDS: usize = 10_000;

/// The columns of a batch while it grows.
#[derive(Debug)]
pub(super) struct Columns {
    /// Where the values of each field go.
    places: [Place; FIELDS],
    /// The text columns that hold nothing but what an identity says.
    of_identity: Vec<u8>,
    rows: u32,
    times: Vec<u8>,
    offsets: Vec<u8>,
    hashes: Vec<u8>,
    texts: Vec<Texts>,
    ids: Vec<IdColumn>,
    lists: Vec<Lists>,
    insight_records: Vec<String>,
    /// Most events share their second with the event before.
    last_time: (Vec<u8>, i64),
    lossy: Option<Lossy>,
    timeless: Option<Lossy>,
}

/// What of a file's records could not be read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Unread {
    pub(super) no_utf8: Option<Lossy>,
    /// Times that say something, and no time.
    pub(super) no_time: Option<Lossy>,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    Nowhere,
    Text(u8),
    /// Only `true` and `false` are kept.
    Bool(u8),
    Id(u8),
    List(u8),
}

impl Columns {
    pub(super) fn new() -> Columns {
        let mut places = [Place::Nowhere; FIELDS];
        let (mut texts, mut ids, mut lists) = (Vec::new(), Vec::new(), Vec::new());
        for field in text_fields() {
            let at = texts.len() as u8;
            let flag = field.kind() == Kind::Bool;
            places[field as usize] = if flag { Place::Bool(at) } else { Place::Text(at) };
            texts.push(Texts::default());
        }
        for field in id_fields() {
            places[field as usize] = Place::Id(ids.len() as u8);
            ids.push(IdColumn::default());
        }
        for field in list_fields() {
            places[field as usize] = Place::List(lists.len() as u8);
            lists.push(Lists::default());
        }
        let fields = (0..FIELDS).filter(|it| IDENTITY >> it & 1 == 1);
        let worked_out = [Field::Principal, Field::Session].map(|it| it as usize);
        let of_identity = fields.chain(worked_out).filter_map(|it| match places[it] {
            Place::Text(at) | Place::Bool(at) => Some(at),
            _ => None,
        });
        Columns {
            of_identity: of_identity.collect(),
            places,
            rows: 0,
            times: Vec::new(),
            offsets: Vec::new(),
            hashes: Vec::new(),
            texts,
            ids,
            lists,
            insight_records: Vec::new(),
            last_time: (Vec::new(), NO_TIME),
            lossy: None,
            timeless: None,
        }
    }

    /// What of the records that were kept since this was last asked could not be read.
    pub(super) fn take_unread(&mut self) -> Unread {
        let timeless = self.timeless.take();
        Unread { no_utf8: self.take_lossy(), no_time: timeless.map(|it| self.placed(it)) }
    }

    fn take_lossy(&mut self) -> Option<Lossy> {
        let words = self.texts.iter_mut().map(|it| &mut it.words);
        let words = words.chain(self.lists.iter_mut().map(|it| &mut it.words));
        let rows = words.filter_map(|it| it.lossy.take()).chain(self.lossy.take());
        let lossy =
            rows.reduce(|a, b| Lossy { values: a.values + b.values, first: a.first.min(b.first) })?;
        Some(self.placed(lossy))
    }

    /// With the place of the row, which is complete now.
    fn placed(&self, lossy: Lossy) -> Lossy {
        let at = lossy.first as usize * 4;
        let offset = self.offsets.get(at..at + 4).and_then(|it| it.try_into().ok());
        Lossy { first: offset.map_or(0, u32::from_le_bytes), ..lossy }
    }

    pub(super) fn rows(&self) -> u32 {
        self.rows
    }

    /// Adds a record that begins at byte `offset` of its file.
    pub(super) fn push(&mut self, record: &mut Record<'_>, offset: u32, hash: u64) {
        let row = self.rows;
        let known = record.identities.codes();
        let left_out = if known.is_some() { IDENTITY } else { 0 };
        for (at, code) in known.unwrap_or_default() {
            self.texts[usize::from(*at)].put_code(row, *code);
        }
        for (field, value) in record.values(left_out) {
            match self.places[field] {
                Place::Text(at) => self.texts[usize::from(at)].put_raw(row, value),
                Place::Bool(at) => {
                    if let Some(flag) = truth(value.bytes) {
                        self.texts[usize::from(at)].put(row, flag);
                    }
                },
                Place::Id(at) => {
                    put_id(&mut self.ids[usize::from(at)], row, value, &mut self.lossy);
                },
                Place::List(_) | Place::Nowhere => {},
            }
        }
        if left_out == 0 {
            if let Some(principal) = derive::principal(record) {
                self.put(row, Field::Principal, &principal);
            }
            if let Some(session) = derive::session(record) {
                self.put(row, Field::Session, &session);
            }
        }
        if record.identities.is_new() {
            record.identities.note(self.codes_of_identity(row));
        }
        self.put(row, Field::Outcome, derive::ending(record).as_str().as_bytes());
        self.put(row, Field::Category, &derive::category(record));
        self.put_list(row, Field::ResourceArn, &record.resources, |it| it.arn);
        self.put_list(row, Field::ResourceType, &record.resources, |it| it.kind);
        self.put_list(row, Field::ResourceAccountId, &record.resources, |it| it.account_id);
        let time = self.time(record.get(Field::EventTime));
        self.times.extend_from_slice(&time.to_le_bytes());
        self.offsets.extend_from_slice(&offset.to_le_bytes());
        self.hashes.extend_from_slice(&hash.to_le_bytes());
        self.rows += 1;
    }

    /// What the columns hold of the identity in the row that grows. What is no UTF-8 is counted each
    /// time that it is met, so it is not remembered.
    fn codes_of_identity(&self, row: u32) -> Option<Vec<(u8, u32)>> {
        let mut codes = Vec::new();
        for at in &self.of_identity {
            let Texts { words, codes: column } = &self.texts[usize::from(*at)];
            if words.lossy.is_some() {
                return None;
            }
            codes.extend(column.get(row as usize).map(|code| (*at, *code)));
        }
        Some(codes)
    }

    /// The columns as a batch without files and problems; starts anew.
    pub(super) fn finish(&mut self) -> Batch {
        let rows = std::mem::take(&mut self.rows);
        self.last_time = (Vec::new(), NO_TIME);
        let fill = |mut ids: IdColumn| {
            ids.packed.resize(rows as usize * 16, 0);
            ids
        };
        Batch {
            files: Vec::new(),
            rows,
            times: std::mem::take(&mut self.times),
            offsets: std::mem::take(&mut self.offsets),
            hashes: std::mem::take(&mut self.hashes),
            texts: self.texts.iter_mut().map(|it| it.finish(rows)).collect(),
            ids: self.ids.iter_mut().map(|it| fill(std::mem::take(it))).collect(),
            lists: self.lists.iter_mut().map(|it| it.finish(rows)).collect(),
            insight_records: std::mem::take(&mut self.insight_records),
            problems: Vec::new(),
        }
    }

    /// Keeps the text of the record that was pushed last, if it is one of CloudTrail Insights.
    pub(super) fn keep_insight(&mut self, record: &Record<'_>, text: &[u8]) {
        let is = record.get(Field::EventType).is_some_and(|it| it.bytes == INSIGHT);
        if is && self.insight_records.len() < MOST_INSIGHT_RECORDS {
            self.insight_records.push(String::from_utf8_lossy(text).into_owned());
        }
    }

    fn put(&mut self, row: u32, field: Field, text: &[u8]) {
        if let Place::Text(at) = self.places[field as usize] {
            self.texts[usize::from(at)].put(row, text);
        }
    }

    fn put_list<'a>(
        &mut self,
        row: u32,
        field: Field,
        resources: &[Resource<'a>],
        part: impl Fn(&Resource<'a>) -> Option<Raw<'a>>,
    ) {
        if let Place::List(at) = self.places[field as usize]
            && !resources.is_empty()
        {
            self.lists[usize::from(at)].put(row, resources.iter().filter_map(part));
        }
    }

    fn time(&mut self, text: Option<Raw<'_>>) -> i64 {
        let Some(text) = text else { return NO_TIME };
        if self.last_time.0 != text.bytes {
            let millis = std::str::from_utf8(&text.decode()).ok().and_then(time::parse_any);
            self.last_time.0.clear();
            self.last_time.0.extend_from_slice(text.bytes);
            self.last_time.1 = millis.unwrap_or(NO_TIME);
        }
        if self.last_time.1 == NO_TIME {
            Lossy::add(&mut self.timeless, self.rows);
        }
        self.last_time.1
    }
}

fn truth(text: &[u8]) -> Option<&'static [u8]> {
    if text.eq_ignore_ascii_case(b"true") {
        return Some(b"true");
    }
    text.eq_ignore_ascii_case(b"false").then_some(b"false")
}

fn put_id(column: &mut IdColumn, row: u32, value: Raw<'_>, lossy: &mut Option<Lossy>) {
    column.packed.resize(row as usize * 16, 0);
    let text = value.decode();
    match id::pack(&text) {
        Some(id) => column.packed.extend_from_slice(&id),
        None => {
            if std::str::from_utf8(&text).is_err() {
                Lossy::add(lossy, row);
            }
            column.others.push((row, String::from_utf8_lossy(&text).into_owned()));
        },
    }
}
