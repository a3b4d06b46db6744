//! Archives: files that hold files, in one another, cut short, lying, and far too large.
//!
//! `deal` does what the page does: it lists an archive, and reads each member as a file of its own.

use std::io::{Cursor, Read, Seek, SeekFrom, Write};

use expect_test::{Expect, expect};
use flate2::{
    Compression,
    write::{DeflateEncoder, GzEncoder},
};
use futures::FutureExt;
use proptest::prelude::*;
use trailglass::{
    model::{
        limits::Limits,
        member::{Coding, MOST_NESTED},
        question::FileId,
    },
    reader::{
        Input, Reader,
        archive::{ArchiveTrouble, Found, Source, is_archive, open},
        batch::FileStatus,
        record_at,
    },
};

fn log(name: &str) -> Vec<u8> {
    format!(r#"{{"Records":[{{"eventName":"{name}","eventID":"{name}"}}]}}"#).into_bytes()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(bytes).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn tar(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    for (path, bytes) in files {
        let mut header = ::tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append_data(&mut header, path, &bytes[..]).expect("memory takes all");
    }
    builder.into_inner().expect("memory takes all")
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    sum.sum()
}

/// A zip as it is written everywhere; `large` says every number as archives past 4 GiB do.
#[derive(Clone, Copy, Default)]
struct Zip {
    large: bool,
    /// Sizes stand behind the data, not before it.
    streamed: bool,
    method: u16,
    flags: u16,
}

impl Zip {
    fn of(self, files: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let (mut out, mut list) = (Vec::new(), Vec::new());
        for (path, bytes) in files {
            let packed = match self.method {
                8 => deflate(bytes),
                12 => bzip2(bytes),
                93 => zstd(bytes),
                _ => bytes.clone(),
            };
            let at = out.len() as u32;
            let flags = self.flags | if self.streamed { 8 } else { 0 };
            let said = if self.streamed { 0 } else { packed.len() as u32 };
            out.extend(b"PK\x03\x04");
            out.extend([20, flags, self.method, 0, 0].map(u16::to_le_bytes).concat());
            let sum = crc32(bytes);
            let said_sum = if self.streamed { 0 } else { sum };
            out.extend([said_sum, said, bytes.len() as u32].map(u32::to_le_bytes).concat());
            // The local extra field is longer than the one in the list, as some programs write it.
            out.extend([path.len() as u16, 4].map(u16::to_le_bytes).concat());
            out.extend(path.as_bytes());
            out.extend([0xca, 0xfe, 0, 0]);
            out.extend(&packed);
            if self.streamed {
                out.extend(b"PK\x07\x08");
                out.extend(
                    [sum, packed.len() as u32, bytes.len() as u32].map(u32::to_le_bytes).concat(),
                );
            }
            let sizes = [packed.len() as u32, bytes.len() as u32];
            let large = [bytes.len() as u64, packed.len() as u64, u64::from(at)];
            let large: Vec<u8> = if self.large {
                let body = large.map(u64::to_le_bytes).concat();
                [&[1, 0, body.len() as u8, 0][..], &body].concat()
            } else {
                Vec::new()
            };
            let fit = |number: u32| if self.large { u32::MAX } else { number };
            list.extend(b"PK\x01\x02");
            list.extend([20, 20, flags, self.method, 0, 0].map(u16::to_le_bytes).concat());
            list.extend([sum, fit(sizes[0]), fit(sizes[1])].map(u32::to_le_bytes).concat());
            list.extend(
                [path.len() as u16, large.len() as u16, 0, 0, 0].map(u16::to_le_bytes).concat(),
            );
            list.extend([0, fit(at)].map(u32::to_le_bytes).concat());
            list.extend(path.as_bytes());
            list.extend(&large);
        }
        let (start, len) = (out.len(), list.len());
        out.extend(&list);
        if self.large {
            let end = out.len() as u64;
            out.extend(b"PK\x06\x06");
            out.extend(44_u64.to_le_bytes());
            out.extend([0; 12]);
            let count = files.len() as u64;
            out.extend([count, count, len as u64, start as u64].map(u64::to_le_bytes).concat());
            out.extend(b"PK\x06\x07\0\0\0\0");
            out.extend(end.to_le_bytes());
            out.extend([1, 0, 0, 0]);
        }
        let fit = |number: usize| if self.large { u32::MAX } else { number as u32 };
        out.extend(b"PK\x05\x06\0\0\0\0");
        out.extend([files.len() as u16; 2].map(u16::to_le_bytes).concat());
        out.extend([fit(len), fit(start)].map(u32::to_le_bytes).concat());
        out.extend([0, 0]);
        out
    }
}

fn zip(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    Zip { method: 8, ..Zip::default() }.of(files)
}

/// Everything that is in a file, as the page would come to know it: a line for each file that
/// holds events or trouble.
fn deal(path: &str, bytes: &[u8]) -> Vec<String> {
    let mut told = Vec::new();
    deal_into(&mut told, path, bytes, Coding::Plain, 0);
    told
}

type Inside = Vec<(String, Vec<u8>, Coding)>;

/// The files of an archive, and what was wrong with it. `bytes` are those of the source.
fn opened(
    source: impl Source,
    bytes: &[u8],
    coding: Coding,
    limits: Limits,
) -> (Inside, Option<ArchiveTrouble>) {
    let (mut inside, mut next) = (Vec::new(), Vec::new());
    let done = open(source, coding, limits, async |found: Found<'_>| {
        match found {
            Found::Part(it) => {
                let part = &bytes[it.start as usize..it.end as usize];
                inside.push((it.path, part.to_vec(), it.coding));
            },
            Found::Bytes(some) => next.extend_from_slice(some),
            Found::File(path) => inside.push((path, std::mem::take(&mut next), Coding::Plain)),
            Found::Nothing => (),
        }
        true
    });
    let trouble = done.now_or_never().expect("nothing is waited for").err();
    (inside, trouble)
}

fn looks_like_archive(bytes: &[u8]) -> bool {
    is_archive(&mut Cursor::new(bytes), Coding::Plain)
}

fn deal_into(told: &mut Vec<String>, path: &str, bytes: &[u8], coding: Coding, depth: u8) {
    let mut reader = Reader::new(Limits::default());
    let is_archive = reader.read_as(Input { file: FileId(0), path, bytes }, coding);
    let mut inside = Vec::new();
    if is_archive {
        if depth >= MOST_NESTED {
            told.push(format!("{path}: too deep"));
            return;
        }
        let trouble;
        (inside, trouble) = opened(Cursor::new(bytes), bytes, coding, Limits::default());
        reader.opened(FileId(0), path, inside.len(), trouble);
    }
    let batch = reader.finish();
    for problem in &batch.problems {
        told.push(format!("{path}: {} {}", problem.kind.as_str(), problem.message));
    }
    if batch.files[0].status == FileStatus::Read {
        let at = u32::from_le_bytes(batch.offsets[..4].try_into().expect("four"));
        let record = record_at(path, bytes, coding, at, Limits::default()).expect("it is there");
        told.push(format!("{path}: {record}"));
    }
    for (inner, bytes, coding) in inside {
        let depth = depth + u8::from(!inner.is_empty());
        let path = if inner.is_empty() { path.to_owned() } else { format!("{path}/{inner}") };
        deal_into(told, &path, &bytes, coding, depth);
    }
}

fn check(path: &str, bytes: &[u8], wanted: Expect) {
    wanted.assert_eq(&(deal(path, bytes).join("\n") + "\n"));
}

#[test]
fn every_container_gives_the_files_in_it() {
    let files = [("a/one.json", log("One")), ("a/two.json.gz", gzip(&log("Two")))];
    let wanted = |name: &str| {
        vec![
            format!(r#"{name}/a/one.json: {{"eventName":"One","eventID":"One"}}"#),
            format!(r#"{name}/a/two.json.gz: {{"eventName":"Two","eventID":"Two"}}"#),
        ]
    };
    let methods = [0, 8, 12, 93].map(|method| Zip { method, ..Zip::default() });
    for it in methods {
        for it in [it, Zip { large: true, ..it }, Zip { streamed: true, ..it }] {
            let what = (it.method, it.large, it.streamed);
            assert_eq!(deal("x", &it.of(&files)), wanted("x"), "{what:?}");
            // Something may stand before the archive, as in a program that unpacks itself.
            let before = [b"PK\x07\x08 and more".to_vec(), it.of(&files)].concat();
            if !it.large {
                assert_eq!(deal("x", &before), wanted("x"), "{what:?}");
            }
        }
    }
    let tar = tar(&files);
    for packed in [tar.clone(), gzip(&tar), bzip2(&tar), zstd(&tar), zip(&[])] {
        let told = deal("x", &packed);
        if packed == zip(&[]) {
            assert_eq!(told, ["x: empty The archive holds no files."]);
        } else {
            assert_eq!(told, wanted("x"));
        }
        assert!(looks_like_archive(&packed));
    }
    for plain in [log("One"), gzip(&log("One")), bzip2(&log("One")), zstd(&log("One"))] {
        assert!(!looks_like_archive(&plain));
        assert_eq!(deal("x", &plain), [r#"x: {"eventName":"One","eventID":"One"}"#]);
    }
}

#[test]
fn archives_lie_in_one_another_three_deep_and_no_deeper() {
    let one = [("one.json.gz", gzip(&log("One")))];
    check(
        "day.zip",
        &zip(&[
            ("b.tar.gz", gzip(&tar(&[("c.zip", zip(&one))]))),
            ("d.zip", Zip::default().of(&one)),
        ]),
        expect![[r#"
            day.zip/b.tar.gz/c.zip/one.json.gz: {"eventName":"One","eventID":"One"}
            day.zip/d.zip/one.json.gz: {"eventName":"One","eventID":"One"}
        "#]],
    );
    check(
        "a.zip.gz",
        &gzip(&zip(&one)),
        expect![[r#"
            a.zip.gz/one.json.gz: {"eventName":"One","eventID":"One"}
        "#]],
    );
    let deep = zip(&[("1.zip", zip(&[("2.zip", zip(&[("3.zip", zip(&one))]))]))]);
    check(
        "0.zip",
        &deep,
        expect![[r#"
            0.zip/1.zip/2.zip/3.zip: too deep
        "#]],
    );
}

/// What opening an archive comes by, a word for each; `most` of it is taken.
fn steps(bytes: &[u8], coding: Coding, most: usize) -> (Vec<String>, Option<ArchiveTrouble>) {
    let mut steps = Vec::new();
    let done = open(Cursor::new(bytes), coding, Limits::default(), async |found: Found<'_>| {
        steps.push(match found {
            Found::Part(it) => format!("part {}", it.path),
            Found::Bytes(_) => "bytes".to_owned(),
            Found::File(path) => format!("file {path}"),
            Found::Nothing => "nothing".to_owned(),
        });
        steps.len() < most
    });
    let trouble = done.now_or_never().expect("nothing is waited for").err();
    (steps, trouble)
}

#[test]
fn an_archive_that_is_stored_in_another_is_not_unpacked() {
    let files = [("one.json", log("One")), ("two.json", log("Two"))];
    for inner in [zip(&files), tar(&files)] {
        let entry = |method| {
            let outer = Zip { method, ..Zip::default() }.of(&[("inner", inner.clone())]);
            let (inside, trouble) =
                opened(Cursor::new(&outer), &outer, Coding::Plain, Limits::default());
            assert_eq!(trouble, None);
            inside.into_iter().next().expect("one entry")
        };
        let (_, bytes, coding) = entry(0);
        assert!(is_archive(&mut Cursor::new(&bytes), coding));
        // Of a tar the checksum is looked at then, as of what is read by way of its entry.
        let (mut all, _) = steps(&bytes, coding, 9);
        all.retain(|it| it != "nothing");
        assert_eq!(all, ["part one.json", "part two.json"]);
        let (_, bytes, coding) = entry(8);
        assert!(is_archive(&mut Cursor::new(&bytes), coding));
        assert_eq!(steps(&bytes, coding, 9).0[0], "bytes");
    }
}

/// A file that was taken away after its length was seen.
struct Gone;

impl Read for Gone {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Err(std::io::Error::other("it is gone"))
    }
}

impl Seek for Gone {
    fn seek(&mut self, _: SeekFrom) -> std::io::Result<u64> {
        Ok(0)
    }
}

#[test]
fn an_archive_that_cannot_be_read_any_more_is_not_taken_for_an_empty_one() {
    for coding in [Coding::Plain, Coding::ZipEntry { packed_bytes: 9, sum: 0 }] {
        let (inside, trouble) = opened(Gone, &[], coding, Limits::default());
        let trouble = trouble.map(|it| (it.kind.as_str(), it.cause));
        assert_eq!((inside.len(), trouble), (0, Some(("unreadable", "it is gone".to_owned()))));
    }
}

#[test]
fn an_archive_is_left_when_no_more_of_it_is_wanted() {
    let large = vec![b'x'; 1 << 20];
    let files = [("one.json", log("One")), ("large", large), ("two.json", log("Two"))];
    let stopped = |archive: &[u8], most| steps(archive, Coding::Plain, most);
    for archive in [zip(&files), tar(&files)] {
        assert_eq!(stopped(&archive, 1), (vec!["part one.json".to_owned()], None));
    }
    // A file that is broken off so is none: its content would be taken for changed.
    let wanted = ["bytes", "file one.json", "bytes"].map(str::to_owned);
    assert_eq!(stopped(&gzip(&tar(&files)), 3), (wanted.to_vec(), None));
    assert_eq!(stopped(&gzip(&zip(&files)), 1), (vec!["bytes".to_owned()], None));
}

#[test]
fn what_is_cut_or_wrong_is_told_and_the_rest_is_read() {
    let files = [("one.json", log("One")), ("two.json", log("Two"))];
    let whole = zip(&files);
    check(
        "cut.zip",
        &whole[..whole.len() - 30],
        expect![[r#"
            cut.zip: truncated-gzip The archive was not read whole: the list of its entries, which stands at its end, is missing: it is cut short. No file in it could be read.
        "#]],
    );
    let mut damaged = whole.clone();
    let second = memchr::memmem::rfind(&damaged, b"PK\x01\x02").expect("the list's second entry");
    damaged[second] = b'X';
    check(
        "damaged.zip",
        &damaged,
        expect![[r#"
            damaged.zip: corrupt-gzip The archive was not read whole: the list of its entries is damaged. One file in it is read.
            damaged.zip/one.json: {"eventName":"One","eventID":"One"}
        "#]],
    );
    check(
        "secret.zip",
        &Zip { flags: 1, ..Zip::default() }.of(&files),
        expect![[r#"
            secret.zip: unsupported The archive was not read whole: 2 of its files are encrypted; unpack it with its password first. No file in it could be read.
        "#]],
    );
    let tar = tar(&files);
    check(
        "cut.tar",
        &tar[..1024 + 512 + 20],
        expect![[r#"
            cut.tar: truncated-gzip The archive was not read whole: it breaks off inside its last file. 2 files in it are read.
            cut.tar/one.json: {"eventName":"One","eventID":"One"}
            cut.tar/two.json: bad-json The JSON breaks off at byte 20, after 0 records. No event could be saved. Fetch the file again from where it came.
        "#]],
    );
    let packed = gzip(&tar);
    let cut = &packed[..packed.len() - 60];
    let told = deal("cut.tar.gz", cut);
    assert!(told[0].contains("was not read whole: it breaks off"), "{told:?}");
    // The place is one in the file that a person has, not in what it unpacks to.
    let (_, trouble) = opened(Cursor::new(cut), cut, Coding::Plain, Limits::default());
    assert_eq!(trouble.expect("it is cut").byte, cut.len() as u64);
}

#[test]
fn archives_behind_one_another_are_read_to_the_last() {
    let one = tar(&[("one.json", log("One"))]);
    let two = tar(&[("two.json", log("Two"))]);
    let zeros = vec![0; 700 * 512];
    let wanted = [
        r#"x/one.json: {"eventName":"One","eventID":"One"}"#,
        r#"x/two.json: {"eventName":"Two","eventID":"Two"}"#,
    ];
    let both = [&one[..], &zeros, &two, &zeros[..9999]].concat();
    assert_eq!(deal("x", &both), wanted);
    for pack in [gzip, bzip2, zstd] {
        assert_eq!(deal("x", &pack(&both)), wanted);
        // `cat a.tgz b.tgz`, and zeros as a tape has them.
        let packed = [pack(&one), pack(&zeros), pack(&two), vec![0; 999]].concat();
        assert_eq!(deal("x", &packed), wanted);
    }
    // The list of a zip stands at its end, and says nothing of another before it.
    let zips = [zip(&[("one.json", log("One"))]), zip(&[("two.json", log("Two"))])].concat();
    let told = deal("x", &zips);
    assert!(told[0].starts_with("x: unsupported ") && told[0].contains("another archive stands"));
    assert_eq!(told[1..], wanted[1..]);
    // What follows and is nothing that is read is not passed over silently.
    let (text, told) = (b"and more".repeat(99), |cause: &str| {
        let told = format!("x: corrupt-gzip The archive was not read whole: {cause}.");
        vec![format!("{told} One file in it is read."), wanted[0].to_owned()]
    });
    let no_tar = told("something that is no tar follows its end");
    let followed = [&one[..], &text].concat();
    assert_eq!(deal("x", &followed), no_tar);
    for pack in [gzip, bzip2, zstd] {
        assert_eq!(deal("x", &pack(&followed)), no_tar);
        let damaged = told("it is damaged (something else follows its end)");
        assert_eq!(deal("x", &[pack(&one), text.clone()].concat()), damaged);
    }
}

#[test]
fn a_tar_that_is_cut_anywhere_says_so() {
    let long = "folder/".repeat(20) + "two.json";
    let files = [("one.json", log("One")), (&long[..], log("Two")), ("three.json", log("Three"))];
    let whole = tar(&files);
    let marked = whole.len() - 512;
    assert!(whole[marked - 512..].iter().all(|it| *it == 0), "it ends with two blocks of zeros");
    for end in (512..whole.len()).step_by(64) {
        for bytes in [whole[..end].to_vec(), gzip(&whole[..end]), zstd(&whole[..end])] {
            let (_, trouble) =
                opened(Cursor::new(&bytes), &bytes, Coding::Plain, Limits::default());
            let kind = trouble.map(|it| it.kind.as_str());
            assert_eq!(kind, (end < marked).then_some("truncated-gzip"), "at {end}");
        }
    }
    let border = &whole[..1024];
    check(
        "cut.tar",
        border,
        expect![[r#"
            cut.tar: truncated-gzip The archive was not read whole: it has no mark at its end, so it may be cut short. One file in it is read.
            cut.tar/one.json: {"eventName":"One","eventID":"One"}
        "#]],
    );
    check(
        "cut.tar.gz",
        &gzip(&whole[..1000]),
        expect![[r#"
            cut.tar.gz: truncated-gzip The archive was not read whole: it breaks off behind its last file, so it may be cut short. One file in it is read.
            cut.tar.gz/one.json: {"eventName":"One","eventID":"One"}
        "#]],
    );
}

/// As GNU tar writes files with holes, in each of its ways.
const SPARSE: [&[u8]; 4] = [
    include_bytes!("fixtures/reader/archives/sparse-gnu.tar.gz"),
    include_bytes!("fixtures/reader/archives/sparse-pax-0.0.tar.gz"),
    include_bytes!("fixtures/reader/archives/sparse-pax-0.1.tar.gz"),
    include_bytes!("fixtures/reader/archives/sparse-pax-1.0.tar.gz"),
];

fn gunzip(packed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(packed).read_to_end(&mut bytes).expect("it is whole");
    bytes
}

#[test]
fn a_file_with_holes_is_what_a_file_system_makes_of_it() {
    // Thirty lines, far apart.
    let mut wanted = vec![0; 30 * 16_384 + 5_000];
    for at in 0..30 {
        let line = format!("{{\"eventName\":\"E{at}\",\"eventID\":\"{at}\"}}\n");
        wanted[at * 16_384..][..line.len()].copy_from_slice(line.as_bytes());
    }
    for packed in SPARSE {
        for bytes in [packed.to_vec(), gunzip(packed)] {
            let (inside, trouble) =
                opened(Cursor::new(&bytes), &bytes, Coding::Plain, Limits::default());
            assert_eq!(trouble, None);
            let names: Vec<&str> = inside.iter().map(|it| &it.0[..]).collect();
            assert_eq!(names, ["holes.json", "after.json"]);
            assert!(
                inside[0].1 == wanted
                    && inside[1].1 == br#"{"Records":[{"eventName":"After","eventID":"a"}]}"#
            );
            // Holes count as what comes out does.
            let limits = Limits { json_bytes: 490_000, ..Limits::default() };
            let (inside, trouble) = opened(Cursor::new(&bytes), &bytes, Coding::Plain, limits);
            assert_eq!((inside.len(), trouble.map(|it| it.kind.as_str())), (1, Some("too-large")));
            let limits = Limits { load_bytes: 300_000, ..Limits::default() };
            let (_, trouble) = opened(Cursor::new(&bytes), &bytes, Coding::Plain, limits);
            assert_eq!(trouble.map(|it| it.kind.as_str()), Some("too-large"));
        }
    }
}

#[test]
fn a_byte_that_was_changed_in_a_zip_is_told() {
    let files = [("one.json", log("One")), ("two.json", log("Two"))];
    let changed = |bytes: &[u8], text: &[u8]| {
        let mut bytes = bytes.to_vec();
        let at = memchr::memmem::find(&bytes, text).expect("it is there");
        bytes[at] ^= 1;
        bytes
    };
    check(
        "x.zip",
        &changed(&Zip::default().of(&files), b"One\",\"eventID"),
        expect![[r#"
            x.zip/one.json: corrupt-gzip The file is damaged: its checksum is wrong. The event before that was kept. Fetch the file again from where it came.
            x.zip/one.json: {"eventName":"Nne","eventID":"One"}
            x.zip/two.json: {"eventName":"Two","eventID":"Two"}
        "#]],
    );
    // Whatever it is packed with, and wherever the sum stands besides the list.
    for method in [0, 8, 12, 93] {
        for streamed in [false, true] {
            let mut bytes = Zip { method, streamed, ..Zip::default() }.of(&files);
            let list = memchr::memmem::find(&bytes, b"PK\x01\x02").expect("it has a list");
            bytes[list + 16] ^= 1;
            let told = deal("x", &bytes);
            assert!(told[0].starts_with("x/one.json: corrupt-gzip "), "{method} {told:?}");
            assert_eq!(told.len(), 3, "{told:?}");
        }
    }
    // So are archives in it, whose files are not read by way of the entry.
    let inner = tar(&[("one.json", log("One")), ("text.txt", vec![b' '; 99_999])]);
    for inner in [inner.clone(), zstd(&inner)] {
        for method in [0, 8, 12, 93] {
            let whole = Zip { method, ..Zip::default() }.of(&[("in.tar", inner.clone())]);
            assert!(!deal("x", &whole).join(" ").contains("corrupt"), "{method}");
            let mut bytes = whole.clone();
            let list = memchr::memmem::rfind(&bytes, b"PK\x01\x02").expect("it has a list");
            bytes[list + 16] ^= 1;
            let told = deal("x", &bytes);
            assert!(told[0].starts_with("x/in.tar: corrupt-gzip The archive was not"), "{told:?}");
            assert!(told[0].contains("its checksum is wrong"), "{told:?}");
            assert!(told.len() > 1, "what was read before is kept: {told:?}");
        }
    }
}

#[test]
fn what_kind_of_file_it_is_is_told_whatever_it_is() {
    let empty = vec![0; 10_240];
    for bytes in [tar(&[]), empty.clone(), gzip(&empty), zip(&[])] {
        let path = if bytes == zip(&[]) { "x.zip" } else { "x.tar" };
        let told = deal(path, &bytes);
        assert_eq!(told, [format!("{path}: empty The archive holds no files.")]);
    }
    // Zeros are what a damaged disk leaves, too.
    for zeros in [100, 512, 10_000, 1 << 20] {
        assert!(deal("x", &vec![0; zeros])[0].starts_with("x: not-cloudtrail "));
    }
    check(
        "x.rar",
        b"Rar!\x1a\x07\x01\0 and whatever it is",
        expect![[r#"
            x.rar: unsupported This is no CloudTrail log that can be read: it is a RAR archive. Unpack it and drop the files that are in it.
        "#]],
    );
}

#[test]
fn zstd_is_zstd_wherever_it_is_cut_and_whatever_is_passed_over() {
    let lines: String = (0..200).map(|it| format!("{{\"eventName\":\"E{it}\"}}\n")).collect();
    let whole = zstd(lines.as_bytes());
    let skipped = b"\x53\x2a\x4d\x18\x04\0\0\0abcd";
    let wanted = [r#"x: {"eventName":"E0"}"#];
    for parts in [[&skipped[..], &whole], [&whole, skipped], [&skipped.repeat(3), &whole]] {
        assert_eq!(deal("x", &parts.concat()), wanted);
    }
    let bytes = [&skipped[..], &whole].concat();
    for end in 4..bytes.len() {
        let told = deal("x", &bytes[..end]);
        let is_told = told[0].starts_with("x: truncated-gzip The file is cut short: it ends");
        // Where the part that is passed over ends, nothing is missing.
        let is_told = is_told || end == skipped.len() && told[0].starts_with("x: empty ");
        assert!(is_told, "at {end}: {told:?}");
    }
}

#[test]
fn a_zip_behind_a_program_is_read() {
    let files = zip(&[("one.json", log("One"))]);
    for start in ["MZ\x01\0 a program", "\x7fELF a program", "#!/bin/sh\nexec unzip $0\n"] {
        let start = start.as_bytes().repeat(3000);
        let bytes = [&start[..], &files].concat();
        assert!(looks_like_archive(&bytes));
        assert_eq!(deal("x", &bytes), [r#"x/one.json: {"eventName":"One","eventID":"One"}"#]);
        assert!(!looks_like_archive(&start));
        assert!(deal("x", &start)[0].starts_with("x: not-cloudtrail "));
    }
    // Nothing else is looked at from its end.
    let text = [&b"{} "[..], &files].concat();
    assert!(!looks_like_archive(&text));
}

#[test]
fn bombs_are_named_and_do_no_harm() {
    // Entries that lie over one another: one kernel of data, listed many times.
    let zeros = vec![0; 1 << 16];
    let mut bomb = zip(&[("a", zeros.clone()), ("b", zeros)]);
    let list = memchr::memmem::rfind_iter(&bomb, b"PK\x01\x02").collect::<Vec<_>>();
    let first = bomb[list[1] + 42..list[1] + 46].to_vec();
    bomb.splice(list[0] + 42..list[0] + 46, first);
    check(
        "bomb.zip",
        &bomb,
        expect![[r#"
            bomb.zip: too-large The archive was not read whole: 2 of its files lie over one another, as in a bomb. No file in it could be read.
        "#]],
    );
    // A tar of one enormous file of zeros, packed to next to nothing.
    let mut header = ::tar::Header::new_gnu();
    header.set_path("zeros.json").expect("it is short");
    header.set_size(2 << 30);
    header.set_cksum();
    check(
        "bomb.tar.gz",
        &gzip(&[&header.as_bytes()[..], &[0; 4096]].concat()),
        expect![[r#"
            bomb.tar.gz: too-large The archive was not read whole: zeros.json in it is larger than the limit for one file, and it breaks off inside its last file. No file in it could be read.
        "#]],
    );
    // A file of a hole that is larger than anything, of which the archive has nothing but the place.
    let mut hole = ::tar::Header::new_gnu();
    hole.set_path("hole").expect("it is short");
    hole.set_entry_type(::tar::EntryType::GNUSparse);
    let gnu = hole.as_gnu_mut().expect("it was made so");
    gnu.sparse[0].set_offset(1 << 50);
    gnu.sparse[0].set_length(0);
    gnu.set_real_size(1 << 50);
    hole.set_size(0);
    hole.set_cksum();
    check(
        "hole.tar.gz",
        &gzip(&[&hole.as_bytes()[..], &tar(&[("one.json", log("One"))])].concat()),
        expect![[r#"
            hole.tar.gz: too-large The archive was not read whole: hole in it is larger than the limit for one file. One file in it is read.
            hole.tar.gz/one.json: {"eventName":"One","eventID":"One"}
        "#]],
    );
    // Headers that say without end what the next one is, and holes that are listed without end.
    let mut says = ::tar::Header::new_ustar();
    says.set_path("says").expect("it is short");
    says.set_entry_type(::tar::EntryType::XHeader);
    says.set_size(0);
    says.set_cksum();
    hole.as_gnu_mut().expect("it was made so").set_is_extended(true);
    hole.set_cksum();
    let mut more = ::tar::GnuExtSparseHeader::new();
    more.set_is_extended(true);
    for (name, first, next, cause) in [
        ("says.tar", says.as_bytes(), says.as_bytes(), "a header in it is wrong"),
        (
            "hole.tar",
            hole.as_bytes(),
            more.as_bytes(),
            "where the holes of hole are is said wrongly",
        ),
    ] {
        let endless = [&first[..], &next.repeat(100_000), &tar(&[("one.json", log("One"))])];
        let told = deal(name, &gzip(&endless.concat()));
        let cause = format!("{cause}. No file in it could be read.");
        assert!(told.len() == 1 && told[0].ends_with(&cause), "{told:?}");
    }
    // The same of a folder, which is nothing that anyone would read.
    let mut folder = ::tar::Header::new_gnu();
    folder.set_path("folder").expect("it is short");
    folder.set_entry_type(::tar::EntryType::Directory);
    folder.set_size(80 << 20);
    folder.set_cksum();
    let folder = [&folder.as_bytes()[..], &vec![0; 80 << 20]].concat();
    check(
        "bomb.tar.gz",
        &gzip(&[folder, tar(&[("one.json", log("One"))])].concat()),
        expect![[r#"
            bomb.tar.gz/one.json: {"eventName":"One","eventID":"One"}
        "#]],
    );
}

#[test]
fn a_log_whose_text_holds_the_sum_of_a_tar_header_is_no_tar() {
    let start = r#"{"Records":[{"eventName":"One","eventID":""#;
    let mut log = format!("{start}{}\"}}]}}", "x".repeat(600)).into_bytes();
    let sum: u32 = log[..512]
        .iter()
        .enumerate()
        .map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u32::from(*byte) })
        .sum();
    log[148..156].copy_from_slice(format!("{sum:08o}").as_bytes());
    assert!(!looks_like_archive(&log));
    let told = deal("x", &log);
    assert!(told[0].starts_with(r#"x: {"eventName":"One""#), "{told:?}");
    // A name as long as its field can be.
    let long = "n".repeat(100);
    assert_eq!(deal("x", &tar(&[(&long, self::log("One"))])).len(), 1);
}

#[test]
fn names_are_only_text() {
    let files = [
        ("../../etc/passwd", log("One")),
        ("C:\\logs\\two.json", log("Two")),
        ("__MACOSX/._x", vec![1]),
    ];
    check(
        "odd.zip",
        &zip(&files),
        expect![[r#"
            odd.zip/etc/passwd: {"eventName":"One","eventID":"One"}
            odd.zip/C:/logs/two.json: {"eventName":"Two","eventID":"Two"}
        "#]],
    );
}

#[test]
fn what_macos_puts_beside_files_is_no_file() {
    let files = [
        ("logs/one.json", log("One")),
        ("logs/._one.json", b"\0\x05\x16\x07".to_vec()),
        ("._logs", b"\0\x05\x16\x07".to_vec()),
        ("./._logs", b"\0\x05\x16\x07".to_vec()),
        ("logs/__MACOSX/one.json", b"\0\x05\x16\x07".to_vec()),
        (".DS_Store", vec![1]),
        ("logs/.DS_Store", vec![1]),
        (".hidden/two.json", log("Two")),
    ];
    for archive in [zip(&files), tar(&files), gzip(&tar(&files))] {
        check(
            "x",
            &archive,
            expect![[r#"
                x/logs/one.json: {"eventName":"One","eventID":"One"}
                x/.hidden/two.json: {"eventName":"Two","eventID":"Two"}
            "#]],
        );
    }
}

#[test]
fn a_member_that_is_too_large_is_named_and_those_behind_it_are_read() {
    let limits = Limits { json_bytes: 1000, ratio: 100, ..Limits::default() };
    let told = |files: &[(&str, Vec<u8>)]| {
        let packed = gzip(&tar(files));
        let (inside, trouble) = opened(Cursor::new(&packed), &packed, Coding::Plain, limits);
        let told: Vec<String> = inside.into_iter().map(|it| it.0).collect();
        (told.join(" "), trouble.map(|it| (it.kind.as_str(), it.cause)))
    };
    let too_large = |cause: &str| Some(("too-large", cause.to_owned()));
    let (one, two, large) = (("one", log("One")), ("two", log("Two")), vec![b'x'; 1001]);
    assert_eq!(
        told(&[one.clone(), ("large", large.clone()), two.clone()]),
        ("one two".to_owned(), too_large("large in it is larger than the limit for one file"))
    );
    assert_eq!(
        told(&[("large", large.clone()), one.clone(), ("larger", large), two.clone()]),
        (
            "one two".to_owned(),
            too_large("large and 1 more in it are larger than the limit for one file")
        )
    );
    // What is behind a bomb is not worth unpacking it.
    assert_eq!(
        told(&[one, ("bomb", vec![0; 80 << 20]), two]),
        (
            "one".to_owned(),
            too_large(
                "bomb in it is larger than the limit for one file, and it unpacks to more times its size than any logs would"
            )
        )
    );
}

/// A source that gives a few bytes at a time, of these lengths in turn.
struct Drip<'a> {
    source: Cursor<&'a [u8]>,
    lengths: &'a [usize],
    reads: usize,
}

impl<'a> Drip<'a> {
    fn new(bytes: &'a [u8], lengths: &'a [usize]) -> Drip<'a> {
        Drip { source: Cursor::new(bytes), lengths, reads: 0 }
    }
}

impl Read for Drip<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let length = self.lengths[self.reads % self.lengths.len()].min(into.len());
        self.reads += 1;
        self.source.read(&mut into[..length])
    }
}

impl Seek for Drip<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.source.seek(to)
    }
}

/// Lengths of reads; very short ones are what finds faults.
fn lengths() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(prop_oneof![1..=4_usize, 1..=64_usize], 1..6)
}

/// A log in every shape that there is a fixture of.
fn shapes() -> Vec<(String, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/reader/shapes");
    let entries = std::fs::read_dir(folder).expect("fixtures").map(|it| it.expect("entry").path());
    let mut files: Vec<(String, Vec<u8>)> = entries
        .filter(|it| it.is_file())
        .map(|it| {
            let name = it.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read(&it).expect("a file"))
        })
        .collect();
    files.sort();
    assert!(files.len() > 20);
    files
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn however_the_bytes_of_an_archive_come_its_files_are_the_same(
        lengths in lengths(),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let files = shapes();
        let named: Vec<(&str, Vec<u8>)> =
            files.iter().step_by(4).map(|(path, bytes)| (path.as_str(), bytes.clone())).collect();
        let tar = tar(&named);
        let streamed = Zip { streamed: true, method: 8, ..Zip::default() };
        let archives = [
            zip(&named),
            streamed.of(&named),
            Zip { large: true, ..Zip::default() }.of(&named),
            tar.clone(),
            gzip(&tar),
            bzip2(&tar),
            zstd(&tar),
            gzip(&zstd(&tar)),
            gzip(&zip(&named)),
            gzip(&[&tar[..], &[0; 5120], &tar].concat()),
            SPARSE[0].to_vec(),
            gunzip(SPARSE[3]),
        ];
        for (at, mut bytes) in archives.into_iter().enumerate() {
            if let Some(cut) = &cut {
                bytes.truncate(bytes.len().min(700) + cut.index(bytes.len()));
            }
            let files = |lengths: &[usize]| {
                opened(Drip::new(&bytes, lengths), &bytes, Coding::Plain, Limits::default())
            };
            prop_assert_eq!(files(&lengths), files(&[usize::MAX]), "archive {}", at);
        }
    }

    #[test]
    fn however_a_packed_log_is_split_into_parts_its_rows_are_the_same(
        lengths in lengths(),
    ) {
        let read = |bytes: &[u8]| {
            let mut reader = Reader::new(Limits::default());
            reader.read(Input { file: FileId(0), path: "x", bytes });
            let mut batch = reader.finish();
            batch.files.iter_mut().for_each(|it| it.compressed_bytes = 0);
            batch
        };
        for (name, bytes) in shapes().into_iter().step_by(3) {
            let mut parts = Vec::new();
            let (mut rest, mut lengths) = (&bytes[..], lengths.iter().cycle());
            while !rest.is_empty() {
                let (part, after) = rest.split_at(rest.len().min(*lengths.next().expect("cycles")));
                parts.push(part);
                rest = after;
            }
            let whole = read(&bytes);
            for pack in [gzip, zstd] {
                let packed: Vec<u8> = parts.iter().flat_map(|it| pack(it)).collect();
                prop_assert_eq!(&read(&packed), &whole, "{}", name);
                prop_assert_eq!(&read(&gzip(&packed)), &whole, "{}, packed again", name);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever is changed in an archive, reading it ends, and says something.
    #[test]
    fn a_changed_archive_is_read_or_told(
        which in 0..6_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let files = [("one.json", log("One")), ("two.json.gz", gzip(&log("Two")))];
        let tar = tar(&files);
        let mut bytes = match which {
            0 => zip(&files),
            1 => Zip { large: true, ..Zip::default() }.of(&files),
            2 => Zip { streamed: true, method: 93, ..Zip::default() }.of(&files),
            3 => tar,
            4 => gzip(&tar),
            _ => zip(&[("in.zip", zip(&files))]),
        };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        prop_assert!(!deal("x", &bytes).is_empty());
        looks_like_archive(&bytes);
    }
}
