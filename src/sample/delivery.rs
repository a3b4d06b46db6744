//! Lays records into files and files into folders, as CloudTrail delivers them.

use std::collections::VecDeque;

use super::TrailFile;
use super::dice::mix;
use super::organisation::{ACCOUNTS, ORGANISATION, REGIONS};
use super::text;
use crate::model::time::{self, MINUTE};

/// Files begin so; the records follow, with commas between.
const OPENING: &[u8] = b"{\"Records\":[";
const CLOSING: &[u8] = b"]}";

/// One region of one account: it fills one file at a time.
#[derive(Debug, Default)]
struct Trail {
    json: Vec<u8>,
    records: u32,
    newest_millis: i64,
    /// Records that the next file delivers a second time, with their times.
    again: Vec<(i64, Vec<u8>)>,
}

/// All trails of the organisation, and the files that are full.
#[derive(Debug)]
pub(super) struct Delivery {
    trails: Vec<Trail>,
    per_file: u32,
    seed: u64,
    delivered: u64,
    ready: VecDeque<TrailFile>,
}

impl Delivery {
    pub(super) fn new(per_file: u32, seed: u64) -> Delivery {
        let mut trails = Vec::new();
        trails.resize_with(ACCOUNTS.len() * REGIONS.len(), Trail::default);
        Delivery { trails, per_file: per_file.max(1), seed, delivered: 0, ready: VecDeque::new() }
    }

    /// The next file that is full.
    pub(super) fn take(&mut self) -> Option<TrailFile> {
        self.ready.pop_front()
    }

    /// Adds the record that `write` writes; `twice` has the trail's next file hold it once more.
    pub(super) fn add(
        &mut self,
        account: usize,
        region: usize,
        millis: i64,
        twice: bool,
        write: impl FnOnce(&mut Vec<u8>),
    ) {
        let at = account * REGIONS.len() + region;
        let Some(trail) = self.trails.get_mut(at) else { return };
        if trail.json.is_empty() {
            trail.json.reserve(self.per_file.min(256) as usize * 1400);
        }
        trail.json.extend_from_slice(if trail.records == 0 { OPENING } else { b"," });
        let from = trail.json.len();
        write(&mut trail.json);
        if twice {
            trail.again.push((millis, trail.json[from..].to_vec()));
        }
        trail.newest_millis = trail.newest_millis.max(millis);
        trail.records += 1;
        if trail.records >= self.per_file {
            self.deliver(at);
        }
    }

    /// Delivers whatever lies in the trails, as happens at midnight.
    pub(super) fn deliver_all(&mut self) {
        for at in 0..self.trails.len() {
            self.deliver(at);
        }
    }

    /// Are there records that no file holds yet?
    pub(super) fn has_rest(&self) -> bool {
        self.trails.iter().any(|trail| trail.records > 0)
    }

    fn deliver(&mut self, at: usize) {
        let Some(trail) = self.trails.get_mut(at).filter(|it| it.records > 0) else { return };
        let Trail { mut json, newest_millis, again, .. } = std::mem::take(trail);
        json.extend_from_slice(CLOSING);
        let path = self.path(at, newest_millis);
        self.ready.push_back(TrailFile { path, json });
        for (millis, record) in again {
            // The second copy counts as a record of its own, but has no third.
            self.add(at / REGIONS.len(), at % REGIONS.len(), millis, false, |json| {
                json.extend_from_slice(&record);
            });
        }
    }

    /// Files are stamped with the five-minute mark after their newest record.
    fn path(&mut self, at: usize, newest_millis: i64) -> String {
        let account = ACCOUNTS[at / REGIONS.len()].id;
        let region = REGIONS[at % REGIONS.len()];
        let stamp = (newest_millis.div_euclid(5 * MINUTE) + 1) * 5 * MINUTE;
        let civil = time::civil(stamp);
        let mut path = Vec::with_capacity(160);
        for part in ["AWSLogs/", ORGANISATION, "/", account, "/CloudTrail/", region, "/"] {
            path.extend_from_slice(part.as_bytes());
        }
        text::date(&mut path, civil, b"/");
        for part in ["/", account, "_CloudTrail_", region, "_"] {
            path.extend_from_slice(part.as_bytes());
        }
        text::date(&mut path, civil, b"");
        path.push(b'T');
        text::decimal(&mut path, civil.hour.unsigned_abs(), 2);
        text::decimal(&mut path, civil.minute.unsigned_abs(), 2);
        path.extend_from_slice(b"Z_");
        self.delivered += 1;
        let mut word = mix(self.seed, self.delivered);
        for place in 0..16 {
            const LETTERS: &[u8; 62] =
                b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
            path.push(LETTERS[(word % 62) as usize]);
            word = if place == 8 { mix(self.delivered, self.seed ^ 1) } else { word / 62 };
        }
        path.extend_from_slice(b".json");
        String::from_utf8(path).unwrap_or_default()
    }
}
