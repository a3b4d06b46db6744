//! What paths and sizes say of a real bucket, if one lies beside the project.

use std::{fs, path::Path};

use trailglass::model::{
    ledger::{FileState, Ledger, Step},
    path::{PathFacts, PathFilter, PathKind},
    survey::Survey,
    time::{DAY, TimeRange},
};

/// Paths below a folder with sizes; none where there is no such folder.
fn real(folder: &str) -> Vec<(String, u64)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let (mut left, mut files) = (vec![root.join(folder)], Vec::new());
    while let Some(path) = left.pop() {
        if let Ok(entries) = fs::read_dir(&path) {
            left.extend(entries.flatten().map(|it| it.path()));
        } else if let (Ok(data), Ok(name)) = (path.metadata(), path.strip_prefix(&root)) {
            files.push((name.to_string_lossy().into_owned(), data.len()));
        }
    }
    files.retain(|it| it.0.ends_with(".json.gz"));
    files.sort();
    files
}

#[test]
fn a_real_bucket_is_judged_before_it_is_read() {
    let files = real("sans-504");
    if files.is_empty() {
        return;
    }
    let survey = Survey::of(files.iter().map(|it| (it.0.as_str(), it.1)));
    // Counted by reading it: 30,477 events.
    assert_eq!((survey.all.files, survey.all.bytes), (3_872, 7_955_677));
    assert!((27_000..34_000).contains(&survey.all.events), "{:?}", survey.all);
    let all = PathFilter::default();
    assert_eq!((survey.accounts(&all).len(), survey.regions(&all).len()), (1, 13));
    assert_eq!(survey.unnamed().files, 0);

    let days = survey.days(&PathFilter::default());
    let newest = *days.keys().next_back().unwrap_or(&0);
    let budget = (12 << 20) + days[&newest].events * 250;
    assert_eq!(
        survey.newest_days(budget),
        Some(TimeRange { start_millis: newest, end_millis: newest + DAY })
    );

    let mut ledger = Ledger::default();
    for (path, _) in &files {
        let facts = PathFacts::of(path);
        assert_eq!(facts.kind, Some(PathKind::Log), "{path}");
        assert!(facts.stamp_millis.is_some(), "{path}");
        ledger.add_file(&facts, FileState::Read, 0);
    }
    let range = ledger.extent().unwrap_or(TimeRange { start_millis: 0, end_millis: 0 });
    let rows = ledger.rows(&ledger.coverage(), range, Step::Day);
    assert_eq!(rows.len(), 13);
    let cells = rows.iter().flat_map(|it| &it.cells);
    assert_eq!(cells.map(|it| u64::from(it.files)).sum::<u64>(), 3_872);
}
