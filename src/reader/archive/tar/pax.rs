//! What a header of pax says of the next member: numbers and names that its own header has no room for.

/// Of all that may be said, what is needed to find and name files.
#[derive(Debug, Default)]
pub(super) struct Pax {
    pub(super) path: Option<Vec<u8>>,
    pub(super) size: Option<u64>,
    /// The member has holes.
    pub(super) sparse: bool,
    /// Its map of holes stands before its data, not here.
    pub(super) map_ahead: bool,
    pub(super) real_size: Option<u64>,
    /// Numbers in turn: where data is, and how much.
    pub(super) map: Vec<Option<u64>>,
    /// The path is the one of a file with holes; the other is made up.
    path_is_real: bool,
}

impl Pax {
    /// Takes in records, each with its length before it. What is no record ends them.
    pub(super) fn take_in(&mut self, mut records: &[u8]) {
        while let Some((key, value, rest)) = record(records) {
            records = rest;
            self.say(key, value);
        }
    }

    fn say(&mut self, key: &[u8], value: &[u8]) {
        let key = if let Some(sparse) = key.strip_prefix(b"GNU.sparse.") {
            self.sparse = true;
            sparse
        } else {
            match key {
                b"path" if !self.path_is_real => self.path = Some(value.to_vec()),
                b"size" => self.size = number(value),
                _ => (),
            }
            return;
        };
        match key {
            b"name" => {
                self.path = Some(value.to_vec());
                self.path_is_real = true;
            },
            b"major" => self.map_ahead = number(value) == Some(1),
            b"size" | b"realsize" => self.real_size = number(value),
            b"map" => self.map = value.split(|it| *it == b',').map(number).collect(),
            b"offset" | b"numbytes" => self.map.push(number(value)),
            _ => (),
        }
    }
}

/// The first record: its key, its value, and what follows.
fn record(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let blank = bytes.iter().position(|it| *it == b' ')?;
    let len = usize::try_from(number(&bytes[..blank])?).ok()?;
    let body = bytes.get(blank + 1..len)?.strip_suffix(b"\n")?;
    let equals = body.iter().position(|it| *it == b'=')?;
    Some((&body[..equals], &body[equals + 1..], &bytes[len..]))
}

pub(super) fn number(digits: &[u8]) -> Option<u64> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}
