use super::*;

fn schedule(readers: usize, sizes: &[u64]) -> Schedule {
    let mut it = Schedule::new(readers);
    for size in sizes {
        it.add(*size);
    }
    for reader in 0..readers {
        it.ready(reader, 0.0);
    }
    it
}

/// Deals to the reader and reads and merges until nothing is left; the files in order.
fn read_all(it: &mut Schedule, reader: usize) -> Vec<u32> {
    let mut files = Vec::new();
    while let Some(group) = it.deal(reader, 0.0) {
        files.extend(group.files.iter().map(|it| it.0));
        it.read(reader, group.number);
        it.merged(group.number);
    }
    files
}

#[test]
fn groups_are_bounded_by_files_and_bytes() {
    let mut it = schedule(1, &[1; 2000]);
    assert_eq!(it.deal(0, 0.0).unwrap().files.len(), GROUP_FILES);
    let mut it = schedule(1, &[10 << 20, 10 << 20, 100 << 20, 1]);
    let sizes: Vec<usize> = std::iter::from_fn(|| {
        let group = it.deal(0, 0.0)?;
        it.merged(group.number);
        Some(group.files.len())
    })
    .collect();
    assert_eq!(sizes, [1, 1, 1, 1]);
    assert!(it.is_over());
}

#[test]
fn few_files_are_shared_among_all_readers() {
    let mut it = schedule(2, &[4 << 20; 8]);
    let first = it.deal(0, 0.0).unwrap();
    let second = it.deal(1, 0.0).unwrap();
    assert_eq!((first.files.len(), second.files.len()), (2, 1));
}

#[test]
fn two_groups_wait_at_a_reader_until_the_engine_has_one() {
    let mut it = schedule(1, &[GROUP_BYTES; 4]);
    let first = it.deal(0, 0.0).unwrap();
    assert!(it.deal(0, 0.0).is_some());
    assert_eq!(it.deal(0, 0.0), None);
    it.read(0, first.number);
    assert_eq!(it.deal(0, 0.0), None, "read, but the engine is slow");
    it.merged(first.number);
    assert!(it.deal(0, 0.0).is_some());
}

#[test]
fn one_more_group_waits_where_files_are_small() {
    let mut it = schedule(1, &[1; 4 * GROUP_FILES]);
    let dealt = std::iter::from_fn(|| it.deal(0, 0.0)).count();
    assert_eq!(dealt, 3);
}

#[test]
fn a_file_that_kills_is_found_alone_and_nothing_else_is_lost() {
    let mut it = schedule(1, &[1; 100]);
    let killer = 7;
    let mut read = Vec::new();
    let mut lost = Vec::new();
    let mut desk: VecDeque<Group> = VecDeque::new();
    loop {
        while let Some(group) = it.deal(0, 0.0) {
            desk.push_back(group);
        }
        let Some(group) = desk.pop_front() else { break };
        if group.files.contains(&FileId(killer)) {
            lost.extend(it.reader_died(0));
            desk.clear();
            it.ready(0, 0.0);
        } else {
            it.read(0, group.number);
            it.merged(group.number);
            read.extend(group.files.iter().map(|it| it.0));
        }
    }
    read.sort_unstable();
    let wanted: Vec<u32> = (0..100).filter(|it| *it != killer).collect();
    assert_eq!((read, lost), (wanted, vec![FileId(killer)]));
    assert!(it.is_over());
    assert_eq!((it.totals().files_done, it.totals().files), (100, 100));
}

#[test]
fn what_was_sent_before_the_death_is_not_read_twice() {
    let mut it = schedule(1, &[GROUP_BYTES, GROUP_BYTES, GROUP_BYTES]);
    let first = it.deal(0, 0.0).unwrap();
    it.deal(0, 0.0).unwrap();
    it.read(0, first.number);
    assert_eq!(it.reader_died(0), None);
    it.merged(first.number);
    assert_eq!(read_all(&mut it, 0), [1, 2]);
}

#[test]
fn after_the_engines_death_all_is_read_again_but_what_kills() {
    let mut it = schedule(1, &[1, 2, 3]);
    it.deal(0, 0.0).unwrap();
    it.reader_died(0);
    it.deal(0, 0.0).unwrap();
    assert_eq!(it.reader_died(0), Some(FileId(0)));
    read_all(&mut it, 0);
    it.engine_died();
    assert_eq!(it.totals(), Totals { files: 2, bytes: 5, ..Totals::default() });
    assert_eq!(read_all(&mut it, 0), [1, 2]);
    it.merged(0);
    assert!(it.is_over());
}

#[test]
fn what_is_not_wanted_is_left_out_and_stays_out() {
    let mut it = schedule(1, &[1; 100]);
    let first = it.deal(0, 0.0).unwrap().files.len();
    // The reader dies: its files wait again, one by one.
    it.reader_died(0);
    it.add_left_out(7);
    assert_eq!(it.waiting().len(), 100);
    assert_eq!(it.keep_only(|file| file.0 % 10 == 3).len(), 90);
    let wanted: Vec<u32> = (0..100).filter(|it| it % 10 == 3).collect();
    assert!(first > 13);
    assert_eq!((it.totals().files, it.totals().bytes), (10, 10));
    assert_eq!(read_all(&mut it, 0), wanted);
    assert!(it.is_over());
    it.engine_died();
    assert_eq!(read_all(&mut it, 0), wanted, "also for the next engine");
}

#[test]
fn a_stop_leaves_out_what_no_reader_was_given() {
    let mut it = schedule(2, &[GROUP_BYTES; 6]);
    let first = it.deal(0, 0.0).unwrap();
    let second = it.deal(1, 0.0).unwrap();
    it.read(0, first.number);
    assert_eq!(it.stop().len(), 4);
    assert_eq!(it.stop().len(), 0);
    assert!(!it.is_over());
    it.merged(first.number);
    it.merged(second.number);
    assert!(it.is_over());
    assert_eq!((it.totals().files, it.totals().files_done), (2, 2));
    it.engine_died();
    assert_eq!(read_all(&mut it, 0), [0, 1]);
}

#[test]
fn without_readers_all_is_left_out_that_the_engine_was_not_given() {
    let mut it = schedule(2, &[GROUP_BYTES; 6]);
    let first = it.deal(0, 0.0).unwrap();
    it.deal(1, 0.0).unwrap();
    it.read(0, first.number);
    assert_eq!(it.abandon().len(), 5);
    it.merged(first.number);
    assert!(it.is_over());
}

#[test]
fn silence_counts_only_while_something_is_owed() {
    let mut it = schedule(2, &[1, 100 << 20]);
    let group = it.deal(0, 1000.0).unwrap();
    assert!(it.silent(10_900.0).is_empty());
    assert_eq!(it.silent(11_100.0), [0]);
    it.heard(0, 11_000.0);
    assert!(it.silent(20_900.0).is_empty());
    it.read(0, group.number);
    assert!(it.silent(99_000.0).is_empty());
    it.deal(1, 0.0).unwrap();
    assert!(it.silent(11_000.0).is_empty(), "a large file may take longer");
    it.forgive(100_000.0);
    assert!(it.silent(109_000.0).is_empty());
    assert_eq!(it.silent(999_000.0), [1]);
}

#[test]
fn progress_counts_what_is_under_way() {
    let mut it = schedule(1, &[60, 40]);
    let group = it.deal(0, 0.0).unwrap();
    it.reading(0, group.number, 60, 5);
    let wanted = Totals { files_done: 0, files: 2, bytes_done: 60, bytes: 100, events: 5 };
    assert_eq!(it.totals(), wanted);
    it.reading(0, group.number, 100, 9);
    it.read(0, group.number);
    let wanted = Totals { files_done: 2, files: 2, bytes_done: 100, bytes: 100, events: 9 };
    assert_eq!(it.totals(), wanted);
}

#[test]
fn a_load_waits_for_the_members_of_an_archive_and_counts_them_instead_of_it() {
    // The engine's word comes first, or the reader's.
    for engine_first in [true, false] {
        let mut it = schedule(1, &[100]);
        let group = it.deal(0, 0.0).unwrap().number;
        let archive = FileId(0);
        if engine_first {
            it.merged(group);
            it.archives_met(&[archive]);
            assert!(!it.is_over(), "its members are not here yet");
        }
        it.unwrap(archive);
        it.add(60);
        // Once the engine has heard of an archive no reader goes through it any more.
        assert_eq!(it.is_growing(), !engine_first);
        it.archive_listed(archive);
        assert!(!it.is_growing());
        if !engine_first {
            it.merged(group);
            it.archives_met(&[archive]);
        }
        assert_eq!(read_all(&mut it, 0), [1]);
        assert!(it.is_over());
        assert_eq!((it.totals().files, it.totals().bytes), (1, 60));
    }
}

#[test]
fn an_archive_that_is_listed_again_after_a_death_changes_nothing() {
    let mut it = schedule(1, &[100, 1]);
    let archive = FileId(0);
    it.deal(0, 0.0).unwrap();
    it.unwrap(archive);
    it.add(60);
    it.archive_listed(archive);
    // The reader dies over another file of the group, so the archive is listed once more.
    assert_eq!(it.reader_died(0), None);
    it.ready(0, 0.0);
    let again = it.deal(0, 0.0).unwrap();
    assert_eq!(again.files, [archive]);
    it.unwrap(archive);
    it.archive_listed(archive);
    it.merged(again.number);
    it.archives_met(&[archive]);
    assert_eq!(read_all(&mut it, 0), [1, 2]);
    assert!(it.is_over(), "nothing more is waited for");
    let whole = Totals { files_done: 2, files: 2, bytes_done: 61, bytes: 61, events: 0 };
    assert_eq!(it.totals(), whole);

    // Nor does the engine's death: the members are known, and are read again.
    it.engine_died();
    it.ready(0, 0.0);
    assert_eq!(read_all(&mut it, 0), [0, 1, 2]);
    it.archives_met(&[archive]);
    assert!(it.is_over());
    assert_eq!(it.totals(), whole);
}
