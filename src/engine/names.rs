//! Which events are known, by their names: the eventID and the account that received it.

use hashbrown::{HashTable, hash_table};

use crate::model::{
    field::Field,
    id::{Id, MISSING},
};

use super::{
    ids::bytes_of,
    table::{Slot, Table, slot},
};

/// So many names are looked up before the first of them is needed: their places fit the caches.
pub(crate) const ASKED_AHEAD: usize = 128;

/// More names than these are not made room for before they come: 80 MB.
const MOST_EXPECTED: u64 = 14 << 20;

/// Which rows are known by which name.
#[derive(Default)]
pub(crate) struct Names {
    keys: Keys,
    /// What stands for an id without a letter, which names nothing.
    empty: Id,
    /// The first row of each name.
    rows: HashTable<u32>,
    /// The other rows of a name, by name and text: a log whose ids were blacked out has one name.
    others: HashTable<u32>,
}

pub(crate) enum Known {
    New,
    /// The same text, in this row.
    Same(u32),
    /// The same name with another text, first in this row.
    Other(u32),
}

impl Names {
    /// Whoever does not know the secret cannot write millions of names that all have one place.
    pub(crate) fn new(secret: u64) -> Names {
        Names { keys: Keys { secret }, empty: bytes_of(""), ..Names::default() }
    }

    /// Makes room for so many names in all: to arrange them anew on the way takes as long as to
    /// look all of them up.
    pub(crate) fn expect(&mut self, table: &Table, names: u64) {
        let more = (names.min(MOST_EXPECTED) as usize).saturating_sub(self.rows.len());
        let (keys, ids) = (self.keys, &table.ids[event_id_slot()]);
        let accounts = table.codes(Field::RecipientAccountId);
        let key_of = |row: &u32| keys.of(ids.get(*row), accounts.get(*row));
        // Where there is no memory for it, they grow as they come.
        self.rows.try_reserve(more, key_of).ok();
    }

    /// Looks names up for nothing but to have their places at hand: millions of names lie all over the
    /// memory, which a short loop waits for many at a time, and a long one for one after the other.
    #[inline]
    pub(crate) fn ask_ahead(&self, ids: &[Id], accounts: &[u32]) {
        let keys = self.keys;
        let known = |(id, account): &(&Id, &u32)| {
            self.rows.find(keys.of(**id, **account), |_| false).is_some()
        };
        std::hint::black_box(ids.iter().zip(accounts).filter(known).count());
    }

    /// Looks up an event that is the table's next row unless it is known, and keeps its name.
    #[inline]
    pub(crate) fn meet(
        &mut self,
        table: &Table,
        id_at: usize,
        id: Id,
        account: u32,
        hash: u64,
    ) -> Known {
        if id == MISSING || id == self.empty {
            return Known::New;
        }
        let (keys, ids) = (self.keys, &table.ids[id_at]);
        let account_of = |row: u32| table.codes(Field::RecipientAccountId).get(row);
        let named = |row: &u32| ids.get(*row) == id && account_of(*row) == account;
        let key_of = |row: &u32| keys.of(ids.get(*row), account_of(*row));
        let key = keys.of(id, account);
        let first = match self.rows.entry(key, named, key_of) {
            hash_table::Entry::Vacant(slot) => {
                slot.insert(table.rows);
                return Known::New;
            },
            hash_table::Entry::Occupied(first) => *first.get(),
        };
        if table.hashes.get(first) == hash {
            return Known::Same(first);
        }
        let key_of = |row: &u32| mix(key_of(row) ^ mix(table.hashes.get(*row) ^ keys.secret));
        let same = |row: &u32| table.hashes.get(*row) == hash && named(row);
        match self.others.entry(mix(key ^ mix(hash ^ keys.secret)), same, key_of) {
            hash_table::Entry::Vacant(slot) => {
                slot.insert(table.rows);
                Known::Other(first)
            },
            hash_table::Entry::Occupied(row) => Known::Same(*row.get()),
        }
    }

    /// The row of the event of that name; of several the first in the table.
    pub(crate) fn row(&self, table: &Table, account: &str, event_id: &str) -> Option<u32> {
        let accounts = table.text(Field::RecipientAccountId);
        let code = match account {
            "" => 0,
            _ => accounts.dictionary.find(account)?,
        };
        let (id, ids) = (bytes_of(event_id), &table.ids[event_id_slot()]);
        let named = |row: &u32| ids.get(*row) == id && accounts.codes.get(*row) == code;
        self.rows.find(self.keys.of(id, code), named).copied()
    }
}

/// Where names are looked for.
#[derive(Clone, Copy, Default)]
struct Keys {
    secret: u64,
}

impl Keys {
    /// All goes through products of 64 bits: WebAssembly has no longer ones, which xxHash takes.
    #[inline]
    fn of(self, id: Id, account: u32) -> u64 {
        let number = u128::from_le_bytes(id);
        let (low, high) = (number as u64, (number >> 64) as u64);
        mix(low ^ mix(high ^ mix(u64::from(account) ^ self.secret)))
    }
}

/// Every bit of what comes out depends on every bit of what goes in, and nothing is lost.
#[inline]
fn mix(number: u64) -> u64 {
    const ODD: u64 = 0xd6e8_feb8_6659_fd93;
    let number = (number ^ number >> 32).wrapping_mul(ODD);
    let number = (number ^ number >> 32).wrapping_mul(ODD);
    number ^ number >> 32
}

pub(crate) fn event_id_slot() -> usize {
    match slot(Field::EventId) {
        Slot::Id(at) => at,
        _ => 0,
    }
}
