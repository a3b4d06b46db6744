//! A filter made ready to run: what can be decided once for each distinct value is decided here,
//! what is left is a look-up for each row.

use std::rc::Rc;

use crate::{
    model::{
        derived::derive,
        field::{Field, Kind},
        filter::{Filter, Pattern},
        id::{self, Id, MISSING},
        question::Selection,
        time::TimeRange,
    },
    reader::batch::NO_TIME,
};

use super::{
    mask::{self, CHUNK_WORDS},
    table::{Slot, Table, slot},
};

/// Which codes of a dictionary are chosen, by code.
type Chosen = Rc<Vec<bool>>;

enum Node {
    Const(bool),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Text(usize, Chosen),
    List(usize, Chosen),
    /// Chosen by file number.
    File(Chosen),
    /// Half-open; an event without a time is in no span.
    Time(TimeRange),
    TimeText(Pattern),
    Id(usize, IdTest),
}

enum IdTest {
    /// Is one text: this packed, or one that is kept as text.
    Is {
        id: Option<Id>,
        pattern: Pattern,
    },
    Exists,
    Matches(Pattern),
    /// Holds the pattern; of the UUIDs perhaps none can.
    Holds {
        pattern: Pattern,
        uuids: bool,
    },
}

/// A selection that can be run over chunks of the table.
pub(crate) struct Scan {
    node: Node,
}

impl Scan {
    pub(crate) fn new(table: &Table, selection: &Selection) -> Scan {
        let node = compile(table, &selection.filter);
        let node = match selection.range {
            Some(range) => simplify_and(vec![Node::Time(range), node]),
            None => node,
        };
        Scan { node }
    }

    /// The rows of a chunk that match, among its first `rows`.
    pub(crate) fn run(&self, table: &Table, chunk: usize, rows: usize) -> Vec<u64> {
        let mut bits = vec![0; CHUNK_WORDS];
        run(&self.node, table, chunk, rows, &mut bits);
        bits
    }
}

fn compile(table: &Table, filter: &Filter) -> Node {
    match filter {
        Filter::All => Node::Const(true),
        Filter::And(parts) => simplify_and(parts.iter().map(|it| compile(table, it)).collect()),
        Filter::Or(parts) => simplify_or(parts.iter().map(|it| compile(table, it)).collect()),
        Filter::Not(part) => match compile(table, part) {
            Node::Const(it) => Node::Const(!it),
            node => Node::Not(Box::new(node)),
        },
        Filter::Match { field, pattern } => {
            let test = |value: &str| pattern.matches(value);
            match slot(*field) {
                Slot::Id(at) => Node::Id(at, id_test(pattern)),
                Slot::Time if pattern.is_any() => {
                    Node::Time(TimeRange { start_millis: NO_TIME + 1, end_millis: i64::MAX })
                },
                Slot::Time => Node::TimeText(pattern.clone()),
                _ => values(table, *field, test),
            }
        },
        Filter::Word(pattern) => word(table, pattern),
        Filter::Time { start_millis, end_millis } => Node::Time(TimeRange {
            start_millis: (*start_millis).max(NO_TIME + 1),
            end_millis: *end_millis,
        }),
        Filter::Compare { field, operator, number } => {
            values(table, *field, |value| operator.holds(value, *number))
        },
    }
}

fn id_test(pattern: &Pattern) -> IdTest {
    if pattern.is_any() {
        return IdTest::Exists;
    }
    let pattern = pattern.clone();
    let Some(literal) = pattern.as_literal() else { return IdTest::Matches(pattern) };
    // Patterns ignore case: of what is packed UUIDs are in lower case, and all else in upper case.
    let upper = literal.to_ascii_uppercase();
    let id = id::pack(literal.as_bytes()).or_else(|| id::pack(upper.as_bytes()));
    IdTest::Is { id, pattern }
}

/// The rows of which a value of the field passes the test.
fn values(table: &Table, field: Field, test: impl Fn(&str) -> bool) -> Node {
    match slot(field) {
        Slot::Text(at) => {
            let dictionary = &table.texts[at].dictionary;
            let value = |code: u32| dictionary.get(code);
            chosen(
                dictionary.codes(),
                |code| value(code).is_some_and(&test),
                |it| Node::Text(at, it),
            )
        },
        Slot::Derived(at) => {
            let dictionary = &table.texts[at].dictionary;
            let value = |code: u32| dictionary.get(code).and_then(|it| derive(field, it));
            chosen(
                dictionary.codes(),
                |code| value(code).is_some_and(&test),
                |it| Node::Text(at, it),
            )
        },
        Slot::List(at) => {
            let dictionary = &table.lists[at].dictionary;
            let value = |code: u32| dictionary.get(code);
            chosen(
                dictionary.codes(),
                |code| value(code).is_some_and(&test),
                |it| Node::List(at, it),
            )
        },
        Slot::File => {
            let path = |file: u32| table.paths.get(file as usize);
            chosen(table.paths.len(), |file| path(file).is_some_and(|it| test(it)), Node::File)
        },
        Slot::Time | Slot::Id(_) => Node::Const(false),
    }
}

fn chosen(codes: usize, test: impl Fn(u32) -> bool, node: impl FnOnce(Chosen) -> Node) -> Node {
    let chosen: Vec<bool> = (0..codes as u32).map(test).collect();
    if chosen.contains(&true) { node(Rc::new(chosen)) } else { Node::Const(false) }
}

/// A bare word is looked for in every text column.
fn word(table: &Table, pattern: &Pattern) -> Node {
    let fields = Field::ALL.iter().copied().filter(|it| it.is_searched_by_words());
    let nodes = fields.map(|field| match slot(field) {
        Slot::Id(at) => {
            // Writing out millions of UUIDs is slow: only a word of hexadecimal digits is in one.
            let hex = |it: &str| it.bytes().all(|c| c.is_ascii_hexdigit() || c == b'-');
            let uuids = pattern.as_literal().is_none_or(hex);
            match uuids || !table.ids[at].only_uuids() {
                true => Node::Id(at, IdTest::Holds { pattern: pattern.clone(), uuids }),
                false => Node::Const(false),
            }
        },
        _ => values(table, field, |value| pattern.found_in(value)),
    });
    simplify_or(nodes.collect())
}

fn simplify_and(nodes: Vec<Node>) -> Node {
    if nodes.iter().any(|it| matches!(it, Node::Const(false))) {
        return Node::Const(false);
    }
    let mut left: Vec<Node> =
        nodes.into_iter().filter(|it| !matches!(it, Node::Const(true))).collect();
    match left.len() {
        0 => Node::Const(true),
        1 => left.remove(0),
        _ => Node::And(left),
    }
}

fn simplify_or(nodes: Vec<Node>) -> Node {
    if nodes.iter().any(|it| matches!(it, Node::Const(true))) {
        return Node::Const(true);
    }
    let mut left: Vec<Node> =
        nodes.into_iter().filter(|it| !matches!(it, Node::Const(false))).collect();
    match left.len() {
        0 => Node::Const(false),
        1 => left.remove(0),
        _ => Node::Or(left),
    }
}

fn run(node: &Node, table: &Table, chunk: usize, rows: usize, bits: &mut [u64]) {
    match node {
        Node::Const(all) => mask::fill(bits, rows, *all),
        Node::And(parts) => combine(parts, table, chunk, rows, bits, |a, b| a & b),
        Node::Or(parts) => combine(parts, table, chunk, rows, bits, |a, b| a | b),
        Node::Not(part) => {
            run(part, table, chunk, rows, bits);
            mask::invert(bits, rows);
        },
        Node::Text(at, chosen) => table.texts[*at].codes.chunk(chunk).choose(rows, chosen, bits),
        Node::List(at, chosen) => {
            let lists = table.lists[*at].chunk(chunk);
            let is_chosen = |code: u32| chosen.get(code as usize).copied().unwrap_or(false);
            set_where(bits, rows, |row| lists.get(row).any(is_chosen));
        },
        Node::File(chosen) => {
            let files = table.files.chunk(chunk);
            set_where(bits, rows, |row| chosen.get(files[row] as usize).copied().unwrap_or(false));
        },
        Node::Time(range) => {
            let times = table.times.chunk(chunk);
            set_where(bits, rows, |row| range.contains(times[row]));
        },
        Node::TimeText(pattern) => {
            let first = (chunk << super::column::CHUNK_BITS) as u32;
            set_where(bits, rows, |row| {
                table.time_text(first + row as u32).is_some_and(|it| pattern.matches(&it))
            });
        },
        Node::Id(at, test) => {
            let first = (chunk << super::column::CHUNK_BITS) as u32;
            let column = &table.ids[*at];
            let ids = column.chunk(chunk);
            match test {
                IdTest::Is { id, pattern } => {
                    set_where(bits, rows, |row| id.is_some_and(|it| ids[row] == it));
                    add_where(bits, rows, column.texts_in(chunk), |it| pattern.matches(it));
                },
                IdTest::Exists => set_where(bits, rows, |row| ids[row] != MISSING),
                IdTest::Matches(pattern) => set_where(bits, rows, |row| {
                    column.with_text(first + row as u32, |it| pattern.matches(it)) == Some(true)
                }),
                IdTest::Holds { pattern, uuids } => {
                    set_where(bits, rows, |row| {
                        (*uuids || !id::is_uuid(ids[row]))
                            && column.with_text(first + row as u32, |it| pattern.found_in(it))
                                == Some(true)
                    });
                    add_where(bits, rows, column.texts_in(chunk), |it| pattern.found_in(it));
                },
            }
        },
    }
}

fn combine(
    parts: &[Node],
    table: &Table,
    chunk: usize,
    rows: usize,
    bits: &mut [u64],
    join: impl Fn(u64, u64) -> u64,
) {
    let mut other = vec![0; CHUNK_WORDS];
    for (index, part) in parts.iter().enumerate() {
        if index == 0 {
            run(part, table, chunk, rows, bits);
            continue;
        }
        other.fill(0);
        run(part, table, chunk, rows, &mut other);
        bits.iter_mut().zip(&other).for_each(|(a, b)| *a = join(*a, *b));
    }
}

fn set_where(bits: &mut [u64], rows: usize, test: impl Fn(usize) -> bool) {
    for (index, word) in bits.iter_mut().enumerate() {
        let first = index * 64;
        let end = rows.min(first + 64);
        let mut picked = 0;
        for row in first..end {
            picked |= u64::from(test(row)) << (row - first);
        }
        *word = picked;
    }
}

/// Adds the rows whose texts pass the test.
fn add_where<'a>(
    bits: &mut [u64],
    rows: usize,
    texts: impl Iterator<Item = (usize, &'a str)>,
    test: impl Fn(&str) -> bool,
) {
    for (row, _) in texts.take_while(|it| it.0 < rows).filter(|it| test(it.1)) {
        bits[row / 64] |= 1 << (row % 64);
    }
}

/// Whether Insight and Aggregated records, which are no calls, count for this selection: only
/// where it asks for a category.
pub(crate) fn counts_all_categories(selection: &Selection) -> bool {
    selection.filter.names(Field::Category) || selection.filter.names(Field::EventCategory)
}

/// The rows that are calls.
pub(crate) fn calls(table: &Table) -> Scan {
    let kinds = |value: &str| value == "Insight" || value == "Aggregated";
    let node = match values(table, Field::Category, kinds) {
        Node::Const(it) => Node::Const(!it),
        node => Node::Not(Box::new(node)),
    };
    debug_assert!(Field::Category.kind() == Kind::Text);
    Scan { node }
}
