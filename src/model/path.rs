//! What the path of a file says before the file is opened: whose log it is, of which region and
//! time, and of what kind. S3 keys of CloudTrail are read wherever they are cut off: with a prefix
//! before them, from the middle of the folders on, or as a bare file name.
//!
//! A path is a claim, not a fact: what is inside decides. The region is the one that delivered the
//! file, which can differ from the `awsRegion` of its events, and the time is that of delivery,
//! minutes after the events.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::time::{DAY, HOUR, MINUTE, SECOND, TimeRange, midnight};

/// What CloudTrail puts into a file, as its key says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PathKind {
    /// Management and data events.
    Log,
    /// Hashes of the log files of an hour.
    Digest,
    /// Insight events.
    Insight,
    /// Network activity events of VPC endpoints.
    NetworkActivity,
    /// Events that were summed up.
    Aggregated,
    /// What CloudTrail Lake exports.
    Lake,
}

impl PathKind {
    /// From the word that stands in folders and file names.
    fn of(word: &str) -> Option<PathKind> {
        let rest = strip_prefix_ignoring_case(word, "CloudTrail")?;
        let kinds = [
            ("", PathKind::Log),
            ("-Digest", PathKind::Digest),
            ("-Insight", PathKind::Insight),
            ("-NetworkActivity", PathKind::NetworkActivity),
            ("-Aggregated", PathKind::Aggregated),
            ("-Lake", PathKind::Lake),
        ];
        kinds.iter().find(|it| it.0.eq_ignore_ascii_case(rest)).map(|it| it.1)
    }
}

/// What a path says; `None` where it says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PathFacts<'a> {
    /// The last part of the path.
    pub name: &'a str,
    pub kind: Option<PathKind>,
    /// Twelve digits.
    pub account: Option<&'a str>,
    pub region: Option<&'a str>,
    /// `o-…`, where an organisation's trail delivered the file.
    pub organisation: Option<&'a str>,
    /// When the file was delivered; for a digest, the end of the hour that it covers.
    pub stamp_millis: Option<i64>,
    /// Midnight of the day, from the stamp or else from the folders.
    pub day_millis: Option<i64>,
    /// The trail's name, which only digests carry.
    pub trail: Option<&'a str>,
    /// Where the trail was made, which only digests carry.
    pub home_region: Option<&'a str>,
    /// A digest that CloudTrail made up for later.
    pub backfill: bool,
}

impl<'a> PathFacts<'a> {
    /// Reads a path with `/` or `\` between its parts. The file's name is believed before its
    /// folders, since files are sorted into other folders more often than they are renamed.
    pub fn of(path: &'a str) -> PathFacts<'a> {
        let mut parts = parts_from_the_end(path);
        let mut facts =
            PathFacts { name: parts.next().unwrap_or_default(), ..PathFacts::default() };
        facts.read_name(facts.name);
        // From the file outwards, so that the innermost folder is believed.
        let (mut day, mut month) = (None, None);
        for part in parts {
            let value = part.split_once('=').map_or(part, |it| it.1);
            facts.read_folder(value);
            if facts.day_millis.is_none() {
                if let (Some(year), Some(month), Some(day)) = (number(value, 4), month, day) {
                    facts.day_millis = midnight(year, month, day);
                }
                (day, month) = (month, number(value, 2));
            }
        }
        facts
    }

    /// The time that a digest covers, as far as its name tells: the hour before its stamp.
    pub fn digest_hour(&self) -> Option<TimeRange> {
        let end_millis = self.stamp_millis.filter(|_| self.kind == Some(PathKind::Digest))?;
        Some(TimeRange { start_millis: end_millis - HOUR, end_millis })
    }

    /// Whether account, region and day are all named.
    pub fn names_all(&self) -> bool {
        self.account.is_some() && self.region.is_some() && self.delivered_millis().is_some()
    }

    /// When the file was delivered, as exactly as the path tells.
    pub fn delivered_millis(&self) -> Option<i64> {
        self.stamp_millis.or(self.day_millis)
    }

    /// `account_kind_region_…`: file names, and log streams that CloudWatch exports as folders.
    fn read_name(&mut self, name: &'a str) -> bool {
        let Some((account, rest)) = name.split_once('_').filter(|it| is_account(it.0)) else {
            return false;
        };
        let (word, rest) = rest.split_once('_').unwrap_or((rest, ""));
        let Some(kind) = PathKind::of(word) else { return false };
        let (region, rest) = rest.split_once('_').unwrap_or((rest, ""));
        self.account = self.account.or(Some(account));
        self.kind = self.kind.or(Some(kind));
        if is_region(region) {
            self.region = self.region.or(Some(region));
        }
        if let Some(stamp) = Stamp::find(rest) {
            self.stamp_millis = self.stamp_millis.or(Some(stamp.millis));
            self.day_millis = self.day_millis.or(Some(stamp.millis.div_euclid(DAY) * DAY));
            if kind == PathKind::Digest {
                let trail = rest[..stamp.start].trim_end_matches('_');
                let (trail, home) = trail.rsplit_once('_').unwrap_or((trail, ""));
                self.trail = Some(trail).filter(|it| !it.is_empty());
                self.home_region = Some(home).filter(|it| is_region(it));
                self.backfill = rest[stamp.end..].starts_with("_backfill");
            }
        }
        true
    }

    fn read_folder(&mut self, part: &'a str) {
        if self.account.is_none() && is_account(part) {
            self.account = Some(part);
        } else if self.organisation.is_none() && is_organisation(part) {
            self.organisation = Some(part);
        } else if self.region.is_none() && is_region(part) {
            self.region = Some(part);
        } else if self.kind.is_none()
            && let Some(kind) = PathKind::of(part)
        {
            self.kind = Some(kind);
        } else if self.kind.is_none() {
            self.read_name(part);
        }
    }
}

/// Which files to read at all, judged by their paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathFilter {
    /// `None` for all.
    pub accounts: Option<BTreeSet<String>>,
    /// `None` for all.
    pub regions: Option<BTreeSet<String>>,
    /// When the wanted events happened.
    pub range: Option<TimeRange>,
    /// Whether to leave out a file whose path does not name its account, its region and its day.
    pub named_only: bool,
}

/// Files of a time are looked for so much later too: events are delivered within minutes, and a
/// digest at the end of its hour.
pub const DELIVERY_MILLIS: i64 = HOUR;

impl PathFilter {
    /// Whether to read the file. A path that does not tell is let through unless a person said
    /// otherwise: leaving a file out that could have been meant would be a silent loss.
    pub fn accepts(&self, facts: &PathFacts<'_>) -> bool {
        self.accepts_place(facts.account, facts.region) && self.accepts_of_place(facts)
    }

    /// Whether any file of such an account and region may be read.
    pub fn accepts_place(&self, account: Option<&str>, region: Option<&str>) -> bool {
        let among = |wanted: &Option<BTreeSet<String>>, value: Option<&str>| match (wanted, value) {
            (Some(wanted), Some(value)) => wanted.contains(value),
            _ => true,
        };
        among(&self.accounts, account) && among(&self.regions, region)
    }

    /// Whether to read the file, if its account and region are.
    pub fn accepts_of_place(&self, facts: &PathFacts<'_>) -> bool {
        self.range.is_none_or(|range| is_delivered_in(facts, range))
            && (facts.names_all() || !self.named_only)
    }
}

fn is_delivered_in(facts: &PathFacts<'_>, range: TimeRange) -> bool {
    let delivered = match (facts.stamp_millis, facts.day_millis) {
        (Some(stamp), _) => TimeRange { start_millis: stamp, end_millis: stamp + MINUTE },
        (None, Some(day)) => TimeRange { start_millis: day, end_millis: day + DAY },
        (None, None) => return true,
    };
    delivered.start_millis < range.end_millis.saturating_add(DELIVERY_MILLIS)
        && range.start_millis < delivered.end_millis
}

/// Whether it is what macOS or Windows puts beside the files of a person: never a log.
pub fn is_shadow(path: &str) -> bool {
    let mut names = path.rsplit('/');
    let file = names.next().unwrap_or_default();
    let named = ["Thumbs.db", "desktop.ini", ".DS_Store"].contains(&file);
    named || file.starts_with("._") || names.any(|it| it == "__MACOSX")
}

/// Whether a path ends in a key, or a key in a path, at the border of a part: then the one is
/// the other, cut off somewhere.
pub fn is_tail(path: &str, key: &str) -> bool {
    let (mut left, mut right) = (parts_from_the_end(path), parts_from_the_end(key));
    loop {
        match (left.next(), right.next()) {
            (Some(a), Some(b)) if a == b => {},
            (Some(_), Some(_)) => return false,
            _ => return true,
        }
    }
}

fn parts_from_the_end(path: &str) -> impl Iterator<Item = &str> {
    let mut cuts = memchr::memrchr2_iter(b'/', b'\\', path.as_bytes());
    let mut end = Some(path.len());
    std::iter::from_fn(move || {
        let cut = cuts.next();
        let part = path.get(cut.map_or(0, |it| it + 1)..end?);
        end = cut;
        part
    })
}

/// `20210730T1635Z`, or with seconds.
struct Stamp {
    millis: i64,
    start: usize,
    end: usize,
}

impl Stamp {
    /// The last one in the text: a trail's name may look like one too.
    fn find(text: &str) -> Option<Stamp> {
        text.rmatch_indices('Z').find_map(|(end, _)| {
            [13, 15].into_iter().find_map(|len| {
                let start = end.checked_sub(len)?;
                let millis = Stamp::millis(text.get(start..end)?)?;
                let free = !text[..start].ends_with(|it: char| it.is_ascii_digit());
                free.then_some(Stamp { millis, start, end: end + 1 })
            })
        })
    }

    fn millis(text: &str) -> Option<i64> {
        let (date, time) = text.split_once('T').filter(|it| it.0.len() == 8)?;
        let part = |text: &str, from: usize, len: usize| number(text.get(from..from + len)?, len);
        let midnight = midnight(part(date, 0, 4)?, part(date, 4, 2)?, part(date, 6, 2)?)?;
        let (hour, minute) = (part(time, 0, 2)?, part(time, 2, 2)?);
        let second = if time.len() == 6 { part(time, 4, 2)? } else { 0 };
        let exists = hour < 24 && minute < 60 && second < 60;
        exists.then_some(midnight + hour * HOUR + minute * MINUTE + second * SECOND)
    }
}

/// A number of just so many digits.
fn number(text: &str, digits: usize) -> Option<i64> {
    let fits = text.len() == digits && text.bytes().all(|it| it.is_ascii_digit());
    fits.then(|| text.bytes().fold(0, |sum, it| sum * 10 + i64::from(it - b'0')))
}

fn is_account(text: &str) -> bool {
    number(text, 12).is_some()
}

fn is_organisation(text: &str) -> bool {
    let letters = text.strip_prefix("o-").unwrap_or_default();
    (10..=32).contains(&letters.len()) && letters.bytes().all(|it| it.is_ascii_alphanumeric())
}

/// `us-east-1`, `us-gov-west-1`, `ap-southeast-2`: words, then a number. No list of regions, since
/// there are new ones every year.
pub(super) fn is_region(text: &str) -> bool {
    let Some((words, last)) = text.rsplit_once('-') else { return false };
    let is_word = |it: &str| it.len() >= 2 && it.bytes().all(|it| it.is_ascii_lowercase());
    text.len() <= 24
        && (1..=2).contains(&last.len())
        && last.bytes().all(|it| it.is_ascii_digit())
        && words.contains('-')
        && words.split('-').all(is_word)
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, tail) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(tail)
}

#[cfg(test)]
mod tests;
