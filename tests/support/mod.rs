//! Logs drawn as tables, for tests.

#![expect(clippy::unwrap_used, reason = "a test may stop here")]
#![allow(dead_code, clippy::allow_attributes, reason = "each test file uses a part of this")]

use trailglass::{
    engine::{Engine, Error, Step, Work},
    model::{
        cell::Cell,
        filter::Filter,
        limits::Limits,
        question::{FileId, Selection},
    },
    reader::{Input, Reader},
};

/// One trail file for each block of lines; blocks are split by an empty line. Columns:
///
/// ```text
/// 09:05:00 alice  iam:CreateAccessKey  10.0.0.1  AccessDenied  id=a1 account=222 …
/// ```
///
/// `-` stands for "missing". What follows as `key=value` goes into the record as it is.
pub(crate) fn trail(drawn: &str) -> Vec<(String, String)> {
    let blocks = drawn.split("\n\n").filter(|it| !it.trim().is_empty());
    blocks.enumerate().map(|(at, block)| (format!("file-{at}.json"), file(block, at))).collect()
}

fn file(block: &str, file: usize) -> String {
    let lines = block.lines().map(str::trim).filter(|it| !it.is_empty());
    let records: Vec<String> = lines.enumerate().map(|(at, line)| record(line, file, at)).collect();
    format!("{{\"Records\":[{}]}}", records.join(","))
}

fn record(line: &str, file: usize, at: usize) -> String {
    let mut words = line.split_whitespace();
    let mut word = || words.next().filter(|it| *it != "-");
    let (time, who, action, from, error) = (word(), word(), word(), word(), word());
    let mut record = serde_json::Map::new();
    let mut set = |key: &str, value: serde_json::Value| record.insert(key.to_owned(), value);
    if let Some(time) = time {
        let day = if time.contains('T') { "" } else { "2026-03-02T" };
        set("eventTime", format!("{day}{time}Z").into());
    }
    if let Some(who) = who {
        set(
            "userIdentity",
            serde_json::json!({"type": "IAMUser", "userName": who,
            "arn": format!("arn:aws:iam::111111111111:user/{who}")}),
        );
    }
    let (service, name) = action.and_then(|it| it.split_once(':')).unwrap_or(("s3", "GetObject"));
    set("eventSource", format!("{service}.amazonaws.com").into());
    set("eventName", name.into());
    from.map(|it| set("sourceIPAddress", it.into()));
    error.map(|it| set("errorCode", it.into()));
    set("eventID", format!("00000000-0000-0000-{file:04}-{at:012}").into());
    set("recipientAccountId", "111111111111".into());
    set("awsRegion", "eu-west-1".into());
    for (key, value) in words.filter_map(|it| it.split_once('=')) {
        match key {
            "arn" => {
                let arns: Vec<_> =
                    value.split(',').map(|it| serde_json::json!({"ARN": it})).collect();
                record.insert("resources".to_owned(), arns.into());
            },
            _ => {
                let key = if key == "id" { "eventID" } else { key };
                record.insert(key.to_owned(), value.into());
            },
        }
    }
    serde_json::Value::Object(record).to_string()
}

/// An engine that has read these files, each as a batch of its own, in this order.
pub(crate) fn engine(files: &[(String, String)]) -> Engine {
    let mut engine = Engine::default();
    let paths = files.iter().map(|it| it.0.clone()).collect();
    engine.announce(FileId(0), paths);
    let order: Vec<usize> = (0..files.len()).collect();
    take(&mut engine, files, &order);
    engine.settle();
    engine
}

/// Reads the files of these numbers in this order.
pub(crate) fn take(engine: &mut Engine, files: &[(String, String)], order: &[usize]) {
    let mut reader = Reader::new(Limits::default());
    for at in order {
        let (path, text) = &files[*at];
        let file = FileId(*at as u32);
        reader.read(Input { file, path, bytes: text.as_bytes() });
        engine.take(&reader.finish());
    }
}

pub(crate) fn selection(filter: &str) -> Selection {
    Selection { filter: Filter::parse(filter).unwrap(), range: None }
}

/// All of a question at once.
pub(crate) fn answer<W: Work>(engine: &mut Engine, mut work: W) -> Result<W::Answer, Error> {
    loop {
        if let Step::Done(answer) = work.step(engine)? {
            return Ok(answer);
        }
    }
}

/// Rows as lines, cells split by two blanks.
pub(crate) fn table(rows: &[Vec<Cell>]) -> String {
    let text = |it: &Cell| match it {
        Cell::Missing => "-".to_owned(),
        it => it.text(),
    };
    let line = |row: &Vec<Cell>| row.iter().map(text).collect::<Vec<String>>().join("  ") + "\n";
    rows.iter().map(line).collect()
}
