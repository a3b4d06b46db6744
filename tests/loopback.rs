//! Client and engine in one thread, through the real bytes: no browser here.

#![cfg(feature = "engine")]

mod support;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures::{FutureExt, executor::block_on, future::poll_immediate};
use support::{selection, trail};
use trailglass::{
    client::{Client, News, Transport},
    model::{
        coverage::{CoverageQuery, DigestCoverage, DigestSpan},
        field::Field,
        ledger::HourState,
        limits::Limits,
        note::{Absent, Note},
        problem::{Problem, ProblemKind},
        question::{
            CountQuery, FileId, GroupQuery, HistogramShape, LookQuery, PageShape, PlaceQuery,
        },
        report::Report,
        time::{HOUR, TimeRange, parse},
    },
    protocol::{Announce, Digests, ReportQuery, Settle, failure::Failure},
    reader::{Input, Reader},
    service::{Gauges, Server},
};

thread_local! {
    /// Every step takes place 200 ms after the one before it.
    static NOW_MILLIS: Cell<f64> = const { Cell::new(0.0) };
}

/// A worker that works when it is told to.
#[derive(Clone)]
struct Worker {
    server: Rc<RefCell<Server>>,
}

impl Transport for Worker {
    fn post(&self, bytes: Vec<u8>) {
        self.server.borrow_mut().receive(&bytes);
    }
}

impl Worker {
    fn start(client: &Client) -> Worker {
        let worker = Worker {
            server: Rc::new(RefCell::new(Server::new(Gauges {
                memory_bytes: || 1 << 20,
                now_millis: || NOW_MILLIS.get(),
                random: || 7,
            }))),
        };
        client.connect(worker.clone());
        client.receive(&Server::ready());
        worker
    }

    /// One step; whether there is more to do.
    fn step(&self, client: &Client) -> bool {
        NOW_MILLIS.set(NOW_MILLIS.get() + 200.0);
        let progress = self.server.borrow_mut().step();
        progress.messages.iter().for_each(|it| client.receive(it));
        progress.more
    }

    fn rest(&self, client: &Client) {
        while self.step(client) {}
    }

    fn announce(&self, client: &Client, files: &[(String, String)]) {
        let paths = files.iter().map(|it| it.0.clone()).collect();
        client.announce(Announce { first: FileId(0), paths, events: 2 });
    }

    fn read(&self, client: &Client, files: &[(String, String)]) {
        self.announce(client, files);
        self.take(files, &(0..files.len()).collect::<Vec<usize>>());
    }

    /// Reads these files.
    fn take(&self, files: &[(String, String)], numbers: &[usize]) {
        let mut reader = Reader::new(Limits::default());
        for at in numbers {
            let (path, text) = &files[*at];
            reader.read(Input { file: FileId(*at as u32), path, bytes: text.as_bytes() });
        }
        self.server.borrow_mut().take_batch(7, &reader.finish().to_bytes());
    }
}

const LOG: &str = "
    09:00:00 alice  s3:GetObject   10.0.0.1  -
    09:05:00 bob    s3:PutObject   10.0.0.2  AccessDenied
";

fn look(generation: u64) -> LookQuery {
    LookQuery {
        selection: selection(""),
        histogram: HistogramShape { buckets: 10, split: None, span: None },
        facets: vec![(Field::EventName, 5)],
        page: PageShape::default(),
        generation,
    }
}

#[test]
fn a_question_goes_through_the_real_bytes() {
    let client = Client::new();
    let early = client.call(CountQuery { selection: selection("service:s3") });
    let worker = Worker::start(&client);
    worker.read(&client, &trail(LOG));
    worker.rest(&client);
    let mut early = Box::pin(early);
    assert!(early.as_mut().now_or_never().is_none());
    worker.rest(&client);
    assert_eq!(block_on(early).unwrap().events, 2);
}

#[test]
fn what_merges_is_told_and_settles() {
    let client = Client::new();
    let told: Rc<RefCell<Vec<News>>> = Rc::default();
    client.listen({
        let told = Rc::clone(&told);
        move |news| told.borrow_mut().push(news)
    });
    let worker = Worker::start(&client);
    let files = trail(LOG);
    worker.read(&client, &files);
    worker.rest(&client);
    let merged = told
        .borrow()
        .iter()
        .any(|it| matches!(it, News::Merged { group: 7, status, .. } if status.events == 2));
    assert!(merged, "{told:?}");
    let mut settled = Box::pin(client.call(Settle));
    let mut report = Box::pin(client.call(ReportQuery));
    assert!(settled.as_mut().now_or_never().is_none() && report.as_mut().now_or_never().is_none());
    worker.rest(&client);
    assert_eq!(block_on(settled).unwrap().generation, 1);
    let report = block_on(report).unwrap();
    assert_eq!((report.files.found, report.files.read, report.events.kept), (1, 1, 2));
}

#[test]
fn whatever_is_asked_meanwhile_a_batch_waits_for_the_paths_of_its_files() {
    // The second file holds the record of the first once more.
    let files = trail(
        "
        09:00:00 alice s3:GetObject 10.0.0.1 - id=a

        09:00:00 alice s3:GetObject 10.0.0.1 - id=a
        ",
    );
    // The batch of the second file comes before or after the page's word of it, behind a question.
    for early in [false, true] {
        let client = Client::new();
        let worker = Worker::start(&client);
        worker.announce(&client, &files[..1]);
        worker.take(&files, &[0]);
        worker.rest(&client);
        let mut asked = Box::pin(client.call(look(0)));
        assert!(asked.as_mut().now_or_never().is_none());
        if early {
            worker.take(&files, &[1]);
            worker.rest(&client);
        }
        let paths = vec![files[1].0.clone()];
        client.announce(Announce { first: FileId(1), paths, events: 1 });
        if !early {
            worker.take(&files, &[1]);
        }
        worker.rest(&client);
        let mut place = Box::pin(client.call(PlaceQuery { id: 0 }));
        let mut report = Box::pin(client.call(ReportQuery));
        assert!(
            place.as_mut().now_or_never().is_none() && report.as_mut().now_or_never().is_none()
        );
        worker.rest(&client);
        assert_eq!(block_on(place).unwrap().file, FileId(0), "early: {early}");
        assert_eq!(block_on(report).unwrap().events.duplicates, 1);
    }
}

#[test]
fn files_that_do_not_come_are_counted() {
    let client = Client::new();
    let worker = Worker::start(&client);
    let paths = (0..4).map(|it| format!("{it}.json")).collect();
    client.announce(Announce { first: FileId(0), paths, events: 2 });
    let torn = Problem::new("0.json", ProblemKind::BadJson, "torn");
    let absent = |files: &[u32], kind| Absent {
        files: files.iter().copied().map(FileId).collect(),
        unexplored: vec!["logs".to_owned()],
        kind,
        why: "left out.".to_owned(),
        by_choice: false,
    };
    let lost = Note {
        withheld: 2,
        absent: Some(absent(&[1, 2, 3], ProblemKind::Cancelled)),
        problems: vec![torn],
        of: Some(FileId(0)),
        is_lost: true,
        ..Note::default()
    };
    let explored = Note { explored: vec!["logs".to_owned()], ..Note::default() };
    let mut noted = [lost, explored].map(|it| Box::pin(client.call(it)));
    let mut report = Box::pin(client.call(ReportQuery));
    assert!(noted.iter_mut().all(|it| it.as_mut().now_or_never().is_none()));
    assert!(report.as_mut().now_or_never().is_none());
    worker.rest(&client);
    let Report { files, problems, .. } = block_on(report).unwrap();
    assert_eq!((files.found, files.read, files.skipped, files.failed), (6, 0, 3, 3));
    let problems: Vec<(&str, &str)> =
        problems.iter().map(|it| (it.path.as_str(), it.message.as_str())).collect();
    assert_eq!(problems, [("", "3 files were left out."), ("0.json", "torn")]);
}

#[test]
fn what_was_loaded_is_drawn_and_a_check_of_digests_adds_to_it() {
    let client = Client::new();
    let worker = Worker::start(&client);
    worker.read(&client, &trail(LOG));
    worker.rest(&client);
    let draw = |edition| {
        let mut map = Box::pin(client.call(CoverageQuery { range: None, offset: 0, edition }));
        assert!(map.as_mut().now_or_never().is_none());
        worker.rest(&client);
        block_on(map).unwrap()
    };
    let map = draw(1);
    assert_eq!((map.total, map.columns, map.most_events), (1, 1, 2));
    assert_eq!(map.rows[0].place.region, "eu-west-1");
    let nine = parse("2026-03-02T09:00").unwrap();
    let digests = DigestCoverage {
        spans: vec![DigestSpan {
            account: "111111111111".to_owned(),
            region: "eu-west-1".to_owned(),
            range: TimeRange { start_millis: nine, end_millis: nine + 2 * HOUR },
        }],
        missing: Vec::new(),
    };
    let bytes = postcard::to_stdvec(&digests).unwrap();
    let mut known = Box::pin(client.call(Digests { bytes }));
    assert!(known.as_mut().now_or_never().is_none());
    worker.rest(&client);
    assert!(block_on(known).is_ok());
    let states: Vec<HourState> = draw(2).rows[0].cells.iter().map(|it| it.state()).collect();
    assert_eq!(states, [HourState::Loaded, HourState::Silent]);
}

#[test]
fn a_dropped_question_is_taken_back() {
    let client = Client::new();
    let worker = Worker::start(&client);
    worker.read(&client, &trail(LOG));
    worker.rest(&client);
    let mut first = Box::pin(client.call(look(0)));
    assert!(block_on(poll_immediate(first.as_mut())).is_none());
    worker.step(&client);
    drop(first);
    let mut second = Box::pin(client.call(look(1)));
    assert!(block_on(poll_immediate(second.as_mut())).is_none());
    assert_eq!(client.waiting(), 1);
    worker.rest(&client);
    let look = block_on(second).unwrap();
    assert_eq!((look.total, look.facets[0].values.len(), client.waiting()), (2, 2, 0));
}

#[test]
fn refusals_are_typed() {
    let client = Client::new();
    let worker = Worker::start(&client);
    let mut missing = Box::pin(client.call(PlaceQuery { id: 3 }));
    let by = vec![Field::EventName; 3];
    let query = GroupQuery { selection: selection(""), by, sort: Vec::new(), offset: 0, limit: 10 };
    let mut group = Box::pin(client.call(query));
    assert!(missing.as_mut().now_or_never().is_none() && group.as_mut().now_or_never().is_none());
    worker.rest(&client);
    assert_eq!(block_on(missing).unwrap_err().api_name(), "NotFound");
    assert_eq!(block_on(group).unwrap_err().api_name(), "BadArgument");
}

#[test]
fn when_the_engine_dies_every_question_is_told_what_was_being_done() {
    let client = Client::new();
    let _worker = Worker::start(&client);
    let mut question = Box::pin(client.call(look(0)));
    assert!(question.as_mut().now_or_never().is_none());
    assert_eq!(client.engine_stopped(), ["look"]);
    let failure = block_on(question).unwrap_err();
    assert_eq!(failure, Failure::EngineStopped { doing: "look".to_owned() });
    let worker = Worker::start(&client);
    let mut again = Box::pin(client.call(look(0)));
    assert!(again.as_mut().now_or_never().is_none());
    worker.rest(&client);
    assert_eq!(block_on(again).unwrap().total, 0);
}

#[test]
fn what_is_asked_before_everything_is_closed_is_cancelled_and_what_comes_after_waits() {
    let client = Client::new();
    let _worker = Worker::start(&client);
    let ask = || Box::pin(client.call(CountQuery { selection: selection("") }));
    let mut before = ask();
    assert!(before.as_mut().now_or_never().is_none());
    client.engine_closed();
    let mut after = ask();
    assert!(after.as_mut().now_or_never().is_none());
    let failure = block_on(before).unwrap_err();
    assert_eq!((&failure, failure.api_name()), (&Failure::Closed, "Cancelled"));
    let worker = Worker::start(&client);
    worker.rest(&client);
    assert_eq!(block_on(after).unwrap().events, 0);
}

#[test]
fn a_worker_of_another_build_is_noticed() {
    let client = Client::new();
    let told: Rc<RefCell<Vec<News>>> = Rc::default();
    client.listen({
        let told = Rc::clone(&told);
        move |news| told.borrow_mut().push(news)
    });
    client.receive(&[0xff; 3]);
    assert_eq!(*told.borrow(), [News::WrongBuild]);
}
