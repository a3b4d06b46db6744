//! Files that come once more: what stood before is replaced in everything that is counted.

#![cfg(feature = "engine")]

mod support;

use support::{engine, take, trail};
use trailglass::{
    engine::Engine,
    model::{
        limits::Limits,
        note::{Absent, Note},
        problem::ProblemKind,
        question::FileId,
        repeat::FilePairsQuery,
        report::Report,
    },
    reader::{Reader, archive::ArchiveTrouble},
};

/// Four files with an event each, in a folder.
fn files() -> Vec<(String, String)> {
    let drawn = ["09:00:00 alice", "09:01:00 bob", "09:02:00 carol", "09:03:00 dan"].join("\n\n");
    let files = trail(&drawn).into_iter();
    files.map(|(path, text)| (format!("logs/{path}"), text)).collect()
}

fn unchosen(files: &[u32]) -> Note {
    let absent = Absent {
        files: files.iter().copied().map(FileId).collect(),
        unexplored: Vec::new(),
        kind: ProblemKind::Cancelled,
        why: "left out, as you chose.".to_owned(),
        by_choice: true,
    };
    Note { absent: Some(absent), ..Note::default() }
}

/// Files by what became of them, problems that should be looked at, and what all problems say.
fn told(report: &Report) -> ((u64, u64, u64, u64), u64, Vec<&str>) {
    let it = report.files;
    let said = report.problems.iter().map(|it| it.message.as_str()).collect();
    ((it.found, it.read, it.skipped, it.failed), report.faults(), said)
}

#[test]
fn what_was_left_out_is_settled_by_being_read() {
    let files = files();
    let mut loaded = Engine::default();
    let paths: Vec<String> = files.iter().map(|it| it.0.clone()).collect();
    loaded.announce(FileId(0), paths.clone());
    take(&mut loaded, &files, &[0]);
    loaded.note(unchosen(&[1, 2, 3]));
    let report = loaded.report();
    assert_eq!(told(&report), ((4, 1, 3, 0), 0, vec!["3 files were left out, as you chose."]));
    // Another choice of the same folder reads one more.
    loaded.announce(FileId(4), paths.clone());
    let twice: Vec<_> = files.iter().chain(&files).cloned().collect();
    take(&mut loaded, &twice, &[5]);
    loaded.note(unchosen(&[4, 6, 7]));
    let report = loaded.report();
    let now = "2 files were left out, as you chose.";
    assert_eq!(told(&report), ((4, 2, 2, 0), 0, vec![now]));
    // At last all of it. The first file comes twice in full, and counts so.
    let thrice: Vec<_> = twice.iter().chain(&files).cloned().collect();
    loaded.announce(FileId(8), paths.clone());
    take(&mut loaded, &thrice, &[8, 9, 10, 11]);
    assert_eq!(told(&loaded.report()), ((6, 6, 0, 0), 0, vec![]));

    // An engine that takes over for another hears of everything in another order.
    let mut next = Engine::default();
    next.announce(FileId(0), thrice.iter().map(|it| it.0.clone()).collect());
    take(&mut next, &thrice, &[11, 10, 9, 8, 5, 0]);
    [unchosen(&[1, 2, 3]), unchosen(&[4, 6, 7])].into_iter().for_each(|it| next.note(it));
    assert_eq!(told(&next.report()), told(&loaded.report()));
}

#[test]
fn a_file_that_is_read_again_counts_once() {
    let mut files = vec![trail("09:00:00 alice\n09:01:00 bob\n09:02:00 carol").remove(0)];
    let whole = files[0].clone();
    // Cut off after its first two records, and after its first.
    for keeps in ["carol", "bob"] {
        let cut = whole.1.find(keeps).unwrap();
        files.insert(0, (whole.0.clone(), whole.1[..cut].to_owned()));
    }
    let mut loaded = engine(&files[..1]);
    assert_eq!((loaded.report().files.read, loaded.report().problems.len()), (1, 1));
    for at in 1..3 {
        loaded.announce(FileId(at), vec![whole.0.clone()]);
        take(&mut loaded, &files, &[at as usize]);
        if at == 1 {
            // A bare name may be of another file, of which something is missing too.
            assert_eq!(loaded.report().problems.len(), 2);
        }
        loaded.note(Note { again: vec![FileId(at - 1)], ..Note::default() });
    }
    let report = loaded.report();
    assert_eq!(told(&report), ((1, 1, 0, 0), 0, vec![]));
    let events = report.events;
    assert_eq!((events.read, events.kept, events.duplicates, events.rejected), (3, 3, 0, 0));
    assert_eq!(report.bytes.json, whole.1.len() as u64);
    let pairs = loaded.file_pairs(&FilePairsQuery { offset: 0, limit: 9 }).unwrap();
    assert_eq!((pairs.total, pairs.duplicates), (0, 0));
}

#[test]
fn an_archive_that_is_read_again_is_no_file() {
    let files = files();
    let archive = || vec!["logs/all.tar".to_owned()];
    let open = |loaded: &mut Engine, file: u32, members: u32, kind: Option<ProblemKind>| {
        loaded.announce(FileId(file), archive());
        let mut reader = Reader::new(Limits::default());
        let trouble = kind.map(|kind| ArchiveTrouble { kind, cause: String::new(), byte: 9 });
        reader.opened(FileId(file), &archive()[0], members as usize, trouble);
        loaded.take(&reader.finish());
        // Its members are files of their own.
        for at in (file..).skip(1).take(members as usize) {
            loaded.announce(FileId(at), vec![files[0].0.clone()]);
            let before = files.iter().cycle().take(at as usize);
            take(loaded, &before.chain(&files[..1]).cloned().collect::<Vec<_>>(), &[at as usize]);
        }
        loaded.settle();
    };
    let mut left = Engine::default();
    left.announce(FileId(0), archive());
    left.note(unchosen(&[0]));
    let mut firsts = vec![((0, 0, 1, 0), left)];
    for (files, members, kind) in [
        ((0, 0, 0, 1), 0, ProblemKind::TooLarge),
        ((0, 0, 1, 0), 0, ProblemKind::Cancelled),
        ((0, 1, 0, 0), 1, ProblemKind::TruncatedGzip),
    ] {
        let mut loaded = Engine::default();
        open(&mut loaded, 0, members, Some(kind));
        firsts.push((files, loaded));
    }
    for ((_, read, skipped, failed), mut loaded) in firsts {
        let report = loaded.report();
        assert_eq!((told(&report).0, report.problems.len()), ((1, read, skipped, failed), 1));
        open(&mut loaded, 2, 1, None);
        // What was whole in a part of it is there twice.
        let report = loaded.report();
        assert_eq!(told(&report), ((1 + read, 1 + read, 0, 0), 0, vec![]));
        assert_eq!((report.events.kept, report.events.duplicates), (1, read));
    }
}

#[test]
fn a_folder_that_was_not_looked_through_is_settled_by_another_drop() {
    let mut loaded = Engine::default();
    let mut stopped = unchosen(&[]);
    let absent = stopped.absent.as_mut().unwrap();
    absent.unexplored = vec!["logs".to_owned(), "more".to_owned()];
    absent.why = "not read.".to_owned();
    loaded.note(stopped);
    assert_eq!(told(&loaded.report()).2, ["Files that were not found yet were not read."]);
    for (name, left) in [("other", 1), ("logs", 1), ("more", 0)] {
        loaded.note(Note { explored: vec![name.to_owned()], ..Note::default() });
        assert_eq!(loaded.report().problems.len(), left, "{name}");
    }
}
