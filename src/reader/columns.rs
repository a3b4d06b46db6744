//! Records in, columns of a batch out.

use hashbrown::HashTable;
use xxhash_rust::xxh3::xxh3_64;

use crate::model::{
    field::{Field, Kind},
    time,
};

use super::{
    batch::{Batch, id_fields, list_fields, text_fields},
    batch::{Codes, Dictionary, IdColumn, ListColumn, NO_TIME, TextColumn},
    derive,
    json::{Form, Raw},
    record::{FIELDS, Record, Resource},
};

/// The type of the records of CloudTrail Insights; of one batch so many are kept at most.
const INSIGHT: &[u8] = b"AwsCloudTrailInsight";
const MOST_INSIGHT_RECORDS: usize = 10_000;

/// The columns of a batch while it grows.
#[derive(Debug)]
pub(super) struct Columns {
    /// Where the values of each field go.
    places: [Place; FIELDS],
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
}

/// Values that were no UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lossy {
    pub(super) values: u32,
    /// Where the record of the first of them begins; while it grows, its row.
    pub(super) first: u32,
}

impl Lossy {
    /// One more, in a row that is not before those that were met.
    fn add(lossy: &mut Option<Lossy>, row: u32) {
        lossy.get_or_insert(Lossy { values: 0, first: row }).values += 1;
    }
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
        Columns {
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
        }
    }

    /// What was no UTF-8 since this was last asked.
    pub(super) fn take_lossy(&mut self) -> Option<Lossy> {
        let words = self.texts.iter_mut().map(|it| &mut it.words);
        let words = words.chain(self.lists.iter_mut().map(|it| &mut it.words));
        let rows = words.filter_map(|it| it.lossy.take()).chain(self.lossy.take());
        let lossy =
            rows.reduce(|a, b| Lossy { values: a.values + b.values, first: a.first.min(b.first) })?;
        let at = lossy.first as usize * 4;
        let offset = self.offsets.get(at..at + 4).and_then(|it| it.try_into().ok());
        Some(Lossy { first: offset.map_or(0, u32::from_le_bytes), ..lossy })
    }

    pub(super) fn rows(&self) -> u32 {
        self.rows
    }

    /// Adds a record that begins at byte `offset` of its file.
    pub(super) fn push(&mut self, record: &Record<'_>, offset: u32, hash: u64) {
        let row = self.rows;
        for (field, value) in record.values() {
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
        if let Some(principal) = derive::principal(record) {
            self.put(row, Field::Principal, &principal);
        }
        if let Some(session) = derive::session(record) {
            self.put(row, Field::Session, &session);
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

    /// The columns as a batch without files and problems; starts anew.
    pub(super) fn finish(&mut self) -> Batch {
        let rows = std::mem::take(&mut self.rows);
        self.last_time = (Vec::new(), NO_TIME);
        let fill = |mut ids: IdColumn| {
            ids.uuids.resize(rows as usize * 16, 0);
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
            let millis = std::str::from_utf8(&text.decode()).ok().and_then(time::parse);
            self.last_time.0.clear();
            self.last_time.0.extend_from_slice(text.bytes);
            self.last_time.1 = millis.unwrap_or(NO_TIME);
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
    column.uuids.resize(row as usize * 16, 0);
    // Zeros stand for "missing", so the UUID of zeros is kept as text.
    match uuid(value.bytes).filter(|it| *it != [0; 16]) {
        Some(uuid) => column.uuids.extend_from_slice(&uuid),
        None => {
            let text = value.decode();
            if std::str::from_utf8(&text).is_err() {
                Lossy::add(lossy, row);
            }
            column.others.push((row, String::from_utf8_lossy(&text).into_owned()));
        },
    }
}

/// What each byte is worth as a hexadecimal digit in lower case; 16 and more: it is none.
const HEX: [u8; 256] = {
    let mut table = [0xff; 256];
    let mut digit = 0;
    while digit < 16 {
        table[b"0123456789abcdef"[digit] as usize] = digit as u8;
        digit += 1;
    }
    table
};

/// The 16 bytes of a UUID in lower case, written 8-4-4-4-12.
fn uuid(text: &[u8]) -> Option<[u8; 16]> {
    let text: &[u8; 36] = text.try_into().ok()?;
    let dashes = [8, 13, 18, 23];
    if dashes.iter().any(|at| text[*at] != b'-') {
        return None;
    }
    const PAIRS: [usize; 16] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
    let mut wrong = 0;
    let bytes = PAIRS.map(|at| {
        let (high, low) = (HEX[usize::from(text[at])], HEX[usize::from(text[at + 1])]);
        wrong |= high | low;
        high << 4 | low & 15
    });
    (wrong < 16).then_some(bytes)
}

/// A text column while it grows.
#[derive(Debug, Default)]
struct Texts {
    words: Words,
    /// One for each row up to the last that has a value.
    codes: Vec<u32>,
}

impl Texts {
    fn put_raw(&mut self, row: u32, value: Raw<'_>) {
        match value.form {
            Form::Plain => self.put(row, value.bytes),
            _ => self.put(row, &value.decode()),
        }
    }

    fn put(&mut self, row: u32, text: &[u8]) {
        self.codes.resize(row as usize, 0);
        let code = self.words.code(text, row);
        self.codes.push(code);
    }

    fn finish(&mut self, rows: u32) -> TextColumn {
        let codes = if self.codes.is_empty() {
            Codes::Constant(0)
        } else {
            self.codes.resize(rows as usize, 0);
            Codes::pack(&self.codes)
        };
        self.codes.clear();
        TextColumn { dictionary: self.words.finish(), codes }
    }
}

/// A list column while it grows.
#[derive(Debug, Default)]
struct Lists {
    words: Words,
    /// One for each row up to the last that has any.
    lengths: Vec<u32>,
    codes: Vec<u32>,
}

impl Lists {
    fn put<'a>(&mut self, row: u32, values: impl Iterator<Item = Raw<'a>>) {
        self.lengths.resize(row as usize, 0);
        let start = self.codes.len();
        for value in values {
            let code = self.words.code(&value.decode(), row);
            if code != 0 && !self.codes[start..].contains(&code) {
                self.codes.push(code);
            }
        }
        self.lengths.push((self.codes.len() - start) as u32);
    }

    fn finish(&mut self, rows: u32) -> ListColumn {
        self.lengths.resize(rows as usize, 0);
        let column = ListColumn {
            dictionary: self.words.finish(),
            lengths: Codes::pack(&self.lengths),
            codes: Codes::pack(&self.codes),
            items: self.codes.len() as u32,
        };
        self.lengths.clear();
        self.codes.clear();
        column
    }
}

/// A dictionary while it grows: text to code, 0 being none.
#[derive(Debug, Default)]
struct Words {
    dictionary: Dictionary,
    /// The codes, found by the hash of their text.
    table: HashTable<u32>,
    hashes: Vec<u64>,
    /// The code given last: values often stand in runs.
    last: u32,
    lossy: Option<Lossy>,
}

impl Words {
    /// The code of a text that stands in that row.
    fn code(&mut self, text: &[u8], row: u32) -> u32 {
        if self.last != 0 && word(&self.dictionary, self.last) == text {
            return self.last;
        }
        self.last = self.find_or_add(text, row);
        self.last
    }

    fn find_or_add(&mut self, text: &[u8], row: u32) -> u32 {
        let hash = xxh3_64(text);
        let Words { dictionary, table, hashes, .. } = self;
        if let Some(code) = table.find(hash, |it| word(dictionary, *it) == text) {
            return *code;
        }
        let Ok(valid) = std::str::from_utf8(text) else {
            Lossy::add(&mut self.lossy, row);
            // What replaces the bytes that are no UTF-8 may be in the dictionary already.
            return self.find_or_add(String::from_utf8_lossy(text).as_bytes(), row);
        };
        let Ok(end) = u32::try_from(dictionary.text.len() + valid.len()) else { return 0 };
        dictionary.text.push_str(valid);
        dictionary.ends.push(end);
        hashes.push(hash);
        let code = dictionary.ends.len() as u32;
        table.insert_unique(hash, code, |it| hashes[*it as usize - 1]);
        code
    }

    fn finish(&mut self) -> Dictionary {
        self.table.clear();
        self.hashes.clear();
        self.last = 0;
        std::mem::take(&mut self.dictionary)
    }
}

/// The text of a code that is not 0.
fn word(dictionary: &Dictionary, code: u32) -> &[u8] {
    let at = code as usize - 1;
    let start = if at == 0 { 0 } else { dictionary.ends[at - 1] as usize };
    &dictionary.text.as_bytes()[start..dictionary.ends[at] as usize]
}
