//! The log as minute counts, for the detector. Only rows that came in since the last time are
//! counted; what is counted is kept.

use std::{
    hash::{BuildHasherDefault, Hasher},
    rc::Rc,
};

use hashbrown::HashMap;

use crate::{
    insights::{Counts, Group, Sight, Text},
    model::{
        derived::{address_block, derive},
        field::Field,
        outcome::Outcome,
        time::MINUTE,
    },
    reader::batch::NO_TIME,
};

use super::{
    column::CHUNK_BITS,
    mask::for_each_bit,
    scan::{Scan, calls},
    table::Table,
};

/// A row that is in no group.
pub(crate) const NO_GROUP: u32 = u32::MAX;

/// What calls are counted apart by. The outcome stands in where a failed call has no error code.
pub(crate) const PARTS: [Field; 7] = [
    Field::RecipientAccountId,
    Field::AwsRegion,
    Field::EventSource,
    Field::EventName,
    Field::Principal,
    Field::ErrorCode,
    Field::Outcome,
];
/// What is noted for being new: for these, of a principal.
const SIGHTS: [Field; 3] = [Field::AwsRegion, Field::SourceIpAddress, Field::UserAgent];

pub(crate) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Mix>>;

/// Mixes small numbers, which is all that is looked up here, once for each row.
#[derive(Default)]
pub(crate) struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|it| self.write_u64(u64::from(*it)));
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(23) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_usize(&mut self, value: usize) {
        self.write_u64(value as u64);
    }
}

/// The counts of the rows so far.
#[derive(Default)]
pub(crate) struct Counted {
    /// The first row that is not counted.
    pub(crate) rows: u32,
    counts: Rc<Counts>,
    /// Codes of the table by [`PARTS`], in the order of their numbers.
    groups: Vec<[u32; PARTS.len()]>,
    numbers: Map<[u32; PARTS.len()], u32>,
    /// The group of each row.
    of_row: Vec<u32>,
    /// First and last minute by account, principal, place in [`SIGHTS`] and code.
    sights: Map<[u32; 4], (i32, i32)>,
    /// The number of each text that is in the counts.
    texts: Map<String, Text>,
}

impl Counted {
    /// Counts the next rows, up to row `rows`, at most a chunk of them; whether some remain.
    pub(crate) fn add(&mut self, table: &Table, scan: &Counting, rows: u32) -> bool {
        if self.rows >= rows {
            return false;
        }
        let chunk = (self.rows >> CHUNK_BITS) as usize;
        let first = (chunk << CHUNK_BITS) as u32;
        let past = rows.min(first + (1 << CHUNK_BITS));
        let bits = scan.calls.run(table, chunk, (past - first) as usize);
        let parts = PARTS.map(|it| table.codes(it).chunk(chunk));
        let seen = SIGHTS.map(|it| table.codes(it).chunk(chunk));
        let times = table.times.chunk(chunk);
        self.of_row.resize(past as usize, NO_GROUP);
        // Group and minute of each row: sorted, they are counted in one go.
        let mut cells: Vec<(u32, i32)> = Vec::with_capacity((past - self.rows) as usize);
        let mut last = ([u32::MAX; PARTS.len()], NO_GROUP);
        for_each_bit(&bits, |row| {
            if first + (row as u32) < self.rows || times[row] == NO_TIME {
                return;
            }
            let mut codes = parts.map(|it| it.get(row));
            if Some(codes[6]) == scan.success {
                (codes[5], codes[6]) = (0, 0);
            }
            if codes != last.0 {
                last = (codes, self.group(table, codes));
            }
            let minute = minute(times[row]);
            self.of_row[first as usize + row] = last.1;
            cells.push((last.1, minute));
            for (at, codes_of) in seen.iter().enumerate() {
                let key = [codes[0], codes[4], at as u32, codes_of.get(row)];
                let span = self.sights.entry(key).or_insert((minute, minute));
                *span = (span.0.min(minute), span.1.max(minute));
            }
        });
        cells.sort_unstable();
        let counts = Rc::make_mut(&mut self.counts);
        for run in cells.chunk_by(|a, b| a == b) {
            counts.add(run[0].0, run[0].1, run.len() as u32);
        }
        self.rows = past;
        past < rows
    }

    fn group(&mut self, table: &Table, codes: [u32; PARTS.len()]) -> u32 {
        if let Some(number) = self.numbers.get(&codes) {
            return *number;
        }
        let text = |at: usize| table.text(PARTS[at]).dictionary.get(codes[at]).unwrap_or_default();
        let error = if codes[5] == 0 { text(6) } else { text(5) };
        let group = Group {
            account: self.text(text(0)),
            region: self.text(text(1)),
            event_source: self.text(text(2)),
            event_name: self.text(text(3)),
            principal: self.text(text(4)),
            error: self.text(error),
        };
        let number = Rc::make_mut(&mut self.counts).group(group);
        self.numbers.insert(codes, number);
        self.groups.push(codes);
        number
    }

    fn text(&mut self, text: &str) -> Text {
        if text.is_empty() {
            return 0;
        }
        if let Some(known) = self.texts.get(text) {
            return *known;
        }
        let number = Rc::make_mut(&mut self.counts).text(text.to_owned());
        self.texts.insert(text.to_owned(), number);
        number
    }

    /// The counts in order, to be looked at.
    pub(crate) fn settled(&mut self, table: &Table) -> Rc<Counts> {
        let mut sights: Vec<([u32; 4], (i32, i32))> =
            self.sights.iter().map(|(key, span)| (*key, *span)).collect();
        sights.sort_unstable();
        for ([account, principal, at, code], (first, last)) in sights {
            let name = |field: Field, code: u32| {
                table.text(field).dictionary.get(code).unwrap_or_default()
            };
            let field = SIGHTS[at as usize];
            let value = name(field, code);
            let (field, value) = match field {
                Field::SourceIpAddress => (field, address_block(value)),
                Field::UserAgent => {
                    (Field::Agent, derive(Field::Agent, value).unwrap_or_default().to_owned())
                },
                _ => (field, value.to_owned()),
            };
            if value.is_empty() {
                continue;
            }
            let account = self.text(name(Field::RecipientAccountId, account));
            let principal = self.text(name(Field::Principal, principal));
            let value = self.text(&value);
            let counts = Rc::make_mut(&mut self.counts);
            counts.see(Sight { account, principal, field, value }, first, last);
            if field == Field::AwsRegion {
                counts.see(Sight { account, principal: 0, field, value }, first, last);
            }
        }
        Rc::make_mut(&mut self.counts).settle();
        Rc::clone(&self.counts)
    }

    /// The group of each row; [`NO_GROUP`] for what is no call.
    pub(crate) fn of_rows(&self, first: usize, len: usize) -> &[u32] {
        &self.of_row[first..first + len]
    }

    /// Each group with its texts, in the order of the numbers.
    pub(crate) fn groups<'a>(
        &'a self,
        table: &'a Table,
    ) -> impl Iterator<Item = [&'a str; PARTS.len()]> {
        self.groups.iter().map(|codes| {
            let mut at = 0;
            codes.map(|code| {
                let text = table.text(PARTS[at]).dictionary.get(code).unwrap_or_default();
                at += 1;
                text
            })
        })
    }
}

/// Which rows are calls, decided once for all chunks.
pub(crate) struct Counting {
    calls: Scan,
    success: Option<u32>,
}

impl Counting {
    pub(crate) fn new(table: &Table) -> Counting {
        let success = table.text(Field::Outcome).dictionary.find(Outcome::Success.as_str());
        Counting { calls: calls(table), success }
    }
}

/// Minutes since 1970; times that no log has are moved to the nearest that fits.
fn minute(millis: i64) -> i32 {
    let minute = millis.div_euclid(MINUTE);
    minute.clamp(i64::from(i32::MIN) / 2, i64::from(i32::MAX) / 2) as i32
}
