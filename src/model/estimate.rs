//! How much some files are, judged before anything is read: events and memory, by their paths and
//! sizes.
//!
//! The ratios are those of real logs. Of 3,872 files of one bucket (7.96 MB, 30,477 events) and 55
//! of another (0.43 MB, 2,900 events), a file of `b` gzip bytes holds about `(b - 900) / 145`
//! events: the first event of a file costs its whole dictionary. That gives 31,000 and 2,600. Not
//! packed, an event has 1,454 and 1,262 bytes. They are of two small buckets: what is shown is
//! "about".

use super::{
    member::Coding,
    path::{PathFacts, PathKind},
};

/// Linear memory past which the engine takes no more events in; the rest is for questions.
pub const BUDGET_BYTES: u64 = 2_560 << 20;

/// What the first event of a packed file costs beyond the bytes of an event.
const FIRST_PACKED_BYTES: u64 = 900;
/// A further event in a packed file.
const PACKED_BYTES: u64 = 145;
/// An event as JSON.
const JSON_BYTES: u64 = 1_400;
/// An event as a row of a table: what the engine may take, and about what it does (BENCHMARKS.md).
const ROW_BYTES: u64 = 250;
/// An engine that holds nothing: what its program and a few dictionaries need; not measured.
const EMPTY_ENGINE_BYTES: u64 = 12 << 20;

/// What some files come to. All but `files` and `bytes` is "about".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Estimate {
    pub files: u64,
    /// As the files are.
    pub bytes: u64,
    /// Before duplicates are dropped, of which real buckets hold up to a fifth.
    pub events: u64,
}

impl Estimate {
    /// Of one file.
    pub fn of_file(path: &str, bytes: u64, coding: Coding) -> Estimate {
        Estimate::of(path, &PathFacts::of(path), bytes, coding)
    }

    /// Of one file whose path was read.
    pub(super) fn of(path: &str, facts: &PathFacts<'_>, bytes: u64, coding: Coding) -> Estimate {
        Estimate { files: 1, bytes, events: events(path, facts.kind, bytes, coding) }
    }

    /// Linear memory of an engine that holds this and nothing else.
    pub fn memory_bytes(self) -> u64 {
        EMPTY_ENGINE_BYTES + self.events.saturating_mul(ROW_BYTES)
    }

    /// Of both together.
    pub fn and(self, other: Estimate) -> Estimate {
        Estimate {
            files: self.files + other.files,
            bytes: self.bytes.saturating_add(other.bytes),
            events: self.events.saturating_add(other.events),
        }
    }

    /// What is left without the other.
    pub fn without(self, other: Estimate) -> Estimate {
        Estimate {
            files: self.files.saturating_sub(other.files),
            bytes: self.bytes.saturating_sub(other.bytes),
            events: self.events.saturating_sub(other.events),
        }
    }
}

fn events(path: &str, kind: Option<PathKind>, bytes: u64, coding: Coding) -> u64 {
    let ends = |end: &str| {
        let at = path.len().saturating_sub(end.len());
        path.get(at..).is_some_and(|it| it.eq_ignore_ascii_case(end))
    };
    if bytes == 0 || kind == Some(PathKind::Digest) {
        return 0;
    }
    // Anything else that is not text is taken to be packed about as well as gzip does it, and so is
    // text in a zip.
    let is_text = [".json", ".jsonl", ".ndjson", ".csv", ".txt", ".log"].into_iter().any(ends);
    if is_text && coding == Coding::Plain {
        return (bytes / JSON_BYTES).max(1);
    }
    (bytes.saturating_sub(FIRST_PACKED_BYTES) / PACKED_BYTES).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bucket_that_the_ratios_come_from_is_estimated_well() {
        // Its files in seven classes of size, as they were counted.
        let classes = [
            (384, 772),
            (1439, 1_396),
            (1032, 1_704),
            (330, 2_595),
            (591, 3_720),
            (90, 6_274),
            (6, 45_000),
        ];
        let name = "111122223333_CloudTrail_us-east-1_20210730T0000Z_a.json.gz";
        let of_file = |bytes| Estimate::of_file(name, bytes, Coding::Plain);
        let of_class = |(files, bytes)| std::iter::repeat_n(of_file(bytes), files);
        let all = classes.into_iter().flat_map(of_class).fold(Estimate::default(), Estimate::and);
        assert_eq!(all.files, 3_872);
        assert!((27_000..34_000).contains(&all.events), "{all:?}");
        assert!((19_000_000..22_000_000).contains(&all.memory_bytes()));
    }

    #[test]
    fn digests_hold_no_events_and_text_is_not_packed() {
        let events = |path: &str, bytes| Estimate::of_file(path, bytes, Coding::Plain).events;
        let digest =
            "111122223333_CloudTrail-Digest_us-east-1_t_us-east-1_20210730T150131Z.json.gz";
        assert_eq!(events(digest, 2_000), 0);
        assert_eq!(events("a.JSON", 1_400_000), 1_000);
        assert_eq!(events("a.json.gz", 145_900), 1_000);
        assert_eq!(events("a.json.gz", 700), 1);
        assert_eq!(events("a.json.gz", 0), 0);
        assert_eq!(events("ü", 1_000), 1);
        assert_eq!(events("a.zip", u64::MAX), (u64::MAX - 900) / 145);
        let entry = Coding::ZipEntry { packed_bytes: 145_800, sum: 0 };
        assert_eq!(Estimate::of_file("a.json", 145_900, entry).events, 1_000);
    }
}
