//! The engine's answers, on logs drawn as tables and against a plain oracle.

#![cfg(feature = "engine")]
#![expect(clippy::unwrap_used, reason = "a test may stop here")]

mod support;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use support::{answer, engine, selection, table, take, trail};
use trailglass::{
    engine::{
        CountWork, Engine, FacetWork, GroupWork, HistogramWork, InsightsWork, LookWork, PageWork,
    },
    model::{
        cell::Cell,
        derived,
        field::Field,
        insight::{Agreement, InsightsQuery, InsightsReport},
        question::{
            CountQuery, EventKey, Facet, FacetQuery, FileId, Group, GroupColumn, GroupQuery,
            Histogram, HistogramQuery, HistogramShape, Look, LookQuery, Page, PageQuery, PageShape,
            Sort,
        },
        time::{MINUTE, TimeRange, parse},
    },
};

const DAY: &str = "
    09:00:00 alice   signin:ConsoleLogin   10.0.0.1      -
    09:05:00 alice   iam:CreateAccessKey   10.0.0.1      -
    09:06:00 root    cloudtrail:StopLogging 6.6.6.6      AccessDenied
    09:07:00 backup  s3:PutObject          AWS-Internal  -              arn=arn:aws:s3:::b/one,arn:aws:s3:::b
    09:07:00 backup  s3:PutObject          AWS-Internal  SlowDown       arn=arn:aws:s3:::b/two
    -        backup  s3:GetObject          -             NoSuchKey
";

fn count(engine: &mut Engine, filter: &str) -> u64 {
    let query = CountQuery { selection: selection(filter) };
    let work = CountWork::new(engine, &query);
    answer(engine, work).unwrap().events
}

fn page(engine: &mut Engine, filter: &str, shape: PageShape) -> Page {
    let work = PageWork::new(engine, PageQuery { selection: selection(filter), shape });
    answer(engine, work).unwrap()
}

fn facet(engine: &mut Engine, filter: &str, field: Field) -> Facet {
    let query =
        FacetQuery { selection: selection(filter), field, limit: 10, containing: String::new() };
    let work = FacetWork::new(engine, query);
    answer(engine, work).unwrap()
}

fn histogram(engine: &mut Engine, filter: &str, shape: HistogramShape) -> Histogram {
    let work = HistogramWork::new(engine, HistogramQuery { selection: selection(filter), shape });
    answer(engine, work).unwrap()
}

fn group(engine: &mut Engine, filter: &str, by: &[Field], sort: &[(GroupColumn, bool)]) -> Group {
    let query = GroupQuery {
        selection: selection(filter),
        by: by.to_vec(),
        sort: sort.to_vec(),
        offset: 0,
        limit: 100,
    };
    let work = GroupWork::new(engine, query);
    answer(engine, work).unwrap()
}

fn look_query(filter: &str) -> LookQuery {
    LookQuery {
        selection: selection(filter),
        histogram: HistogramShape { buckets: 60, split: Some(Field::Outcome), span: None },
        facets: vec![(Field::Service, 10), (Field::Principal, 10), (Field::ResourceArn, 10)],
        page: PageShape::default(),
        generation: 0,
    }
}

#[track_caller]
fn check_rows(drawn: &str, filter: &str, columns: &[Field], expect: Expect) {
    let shape = PageShape { columns: columns.to_vec(), ..PageShape::default() };
    expect.assert_eq(&table(&page(&mut engine(&trail(drawn)), filter, shape).rows));
}

#[test]
fn rows_are_newest_first_and_those_without_a_time_last() {
    use Field::{ErrorCode, EventName, EventTime, Outcome, ResourceArn};
    check_rows(
        DAY,
        "",
        &[EventTime, EventName, Outcome, ErrorCode, ResourceArn],
        expect![[r#"
        2026-03-02T09:07:00Z  PutObject  success  -  arn:aws:s3:::b/one arn:aws:s3:::b
        2026-03-02T09:07:00Z  PutObject  throttled  SlowDown  arn:aws:s3:::b/two
        2026-03-02T09:06:00Z  StopLogging  denied  AccessDenied  -
        2026-03-02T09:05:00Z  CreateAccessKey  success  -  -
        2026-03-02T09:00:00Z  ConsoleLogin  success  -  -
        -  GetObject  not-found  NoSuchKey  -
    "#]],
    );
}

#[test]
fn filters_pick_rows() {
    let mut engine = engine(&trail(DAY));
    for (filter, events) in [
        ("", 6),
        ("service:s3", 3),
        ("eventName:*object -errorCode:*", 1),
        ("principal:*user/ALICE", 2),
        ("-sourceIPAddress:10.0.0.1", 4),
        ("resources.ARN:arn:aws:s3:::b", 1),
        ("resources.ARN:*", 2),
        ("-resources.ARN:*", 4),
        ("alice OR 6.6.6.6", 3),
        ("eventTime>=2026-03-02T09:06", 3),
        ("eventTime:2026-03-02", 5),
        ("-eventTime:2026-03-02", 1),
        ("eventTime:*", 5),
        ("eventID:00000000-0000-0000-0000-000000000002", 1),
        ("0000-000000000002", 1),
        ("file:file-0.json", 6),
        ("verb:Put", 2),
        ("ipKind:private", 2),
        ("(outcome:denied OR outcome:throttled) service:s3", 1),
        ("nothing-like-it", 0),
    ] {
        assert_eq!(count(&mut engine, filter), events, "{filter}");
        let not = if filter.is_empty() { continue } else { format!("NOT ({filter})") };
        assert_eq!(count(&mut engine, &not), 6 - events, "{not}");
    }
}

#[test]
fn facets_count_events_once_for_each_value() {
    let mut engine = engine(&trail(DAY));
    let arns = facet(&mut engine, "", Field::ResourceArn);
    assert_eq!((arns.total, arns.distinct, arns.missing), (6, 3, 4));
    let services = facet(&mut engine, "", Field::Service);
    let values: Vec<String> =
        services.values.iter().map(|it| format!("{} {}", it.value, it.count)).collect();
    assert_eq!(values, ["s3 3", "cloudtrail 1", "iam 1", "signin 1"]);
    let errors = facet(&mut engine, "service:s3", Field::ErrorCode);
    assert_eq!((errors.total, errors.distinct, errors.missing), (3, 2, 1));
    assert_eq!(facet(&mut engine, "", Field::EventId).distinct, 6);
    assert_eq!(facet(&mut engine, "", Field::EventTime).missing, 1);
}

#[test]
fn pages_sort_by_any_column_with_missing_last() {
    let mut engine = engine(&trail(DAY));
    let mut sorted = |sort: &[(Field, bool)], column: Field| -> Vec<String> {
        let sort =
            sort.iter().map(|(field, descending)| Sort { field: *field, descending: *descending });
        let shape =
            PageShape { sort: sort.collect(), columns: vec![column], ..PageShape::default() };
        let cell = |row: Vec<Cell>| row.first().map(Cell::text).unwrap_or_default();
        page(&mut engine, "", shape).rows.into_iter().map(cell).collect()
    };
    assert_eq!(
        sorted(&[(Field::ErrorCode, false)], Field::ErrorCode),
        ["AccessDenied", "NoSuchKey", "SlowDown", "", "", ""]
    );
    assert_eq!(
        sorted(&[(Field::ErrorCode, true)], Field::ErrorCode),
        ["SlowDown", "NoSuchKey", "AccessDenied", "", "", ""]
    );
    assert_eq!(sorted(&[(Field::EventTime, false)], Field::EventName)[0], "ConsoleLogin");
    assert_eq!(sorted(&[(Field::EventTime, false)], Field::EventName)[5], "GetObject");
    assert_eq!(
        sorted(&[(Field::Service, false), (Field::EventName, true)], Field::EventName),
        ["StopLogging", "CreateAccessKey", "PutObject", "PutObject", "GetObject", "ConsoleLogin"]
    );
    assert_eq!(sorted(&[(Field::EventId, true)], Field::EventName)[0], "GetObject");
}

#[test]
fn past_the_end_there_are_no_rows_however_far() {
    let mut engine = engine(&trail(DAY));
    for sort in [
        vec![],
        vec![(Field::EventName, false)],
        vec![(Field::EventName, false), (Field::Outcome, true)],
    ] {
        let sort =
            sort.iter().map(|(field, descending)| Sort { field: *field, descending: *descending });
        let sort: Vec<Sort> = sort.collect();
        // The second is 0 to an engine whose addresses have 32 bits.
        for offset in [6, 1 << 32, u64::MAX] {
            let shape = PageShape { sort: sort.clone(), offset, ..PageShape::default() };
            let page = page(&mut engine, "", shape);
            assert_eq!((page.total, page.rows.len()), (6, 0), "{sort:?} {offset}");
        }
        let shape = PageShape { sort, offset: 5, ..PageShape::default() };
        assert_eq!(page(&mut engine, "", shape).rows.len(), 1);
    }
}

#[test]
fn a_histogram_adds_up_and_is_aligned() {
    let mut engine = engine(&trail(DAY));
    let shape = HistogramShape { buckets: 4, split: Some(Field::Outcome), span: None };
    let bars = histogram(&mut engine, "", shape);
    assert_eq!(
        (bars.start_millis, bars.step_millis),
        (parse("2026-03-02T09:00Z").unwrap(), 2 * MINUTE)
    );
    let series: Vec<String> =
        bars.series.iter().map(|it| format!("{:?} {:?}", it.value, it.counts)).collect();
    expect![[r#"
        [
            "Some(\"success\") [1, 0, 1, 1]",
            "Some(\"denied\") [0, 0, 0, 1]",
            "Some(\"not-found\") [0, 0, 0, 0]",
            "Some(\"throttled\") [0, 0, 0, 1]",
        ]
    "#]]
    .assert_debug_eq(&series);
}

#[test]
fn a_histogram_is_split_by_what_differs_in_nearly_every_event_too() {
    let line =
        |n: u32, id: &str| format!("09:{n:02}:00 alice s3:GetObject 10.0.0.1 - requestID={id}\n");
    // A UUID that stands in two events, a text that does, nine that stand in one, none at all.
    let uuid = "0a000000-0000-0000-0000-000000000001";
    let once = |n| line(n, &format!("0b000000-0000-0000-0000-{n:012}"));
    let mut lines: String = [line(0, uuid), line(1, uuid), line(2, "x-y"), line(3, "x-y")].concat();
    lines += &(4..13).map(once).collect::<String>();
    lines += "09:13:00 alice s3:GetObject 10.0.0.1 -\n";
    let mut engine = engine(&trail(&lines));
    let mut split = |field: Field| -> Vec<(Option<String>, u64)> {
        let shape = HistogramShape { buckets: 1, split: Some(field), span: None };
        let series = histogram(&mut engine, "", shape).series.into_iter();
        series.map(|it| (it.value, it.counts.iter().sum())).collect()
    };
    let ids = split(Field::RequestId);
    let named = |text: &str| Some(text.to_owned());
    assert_eq!(ids[..2], [(named(uuid), 2), (named("x-y"), 2)]);
    assert_eq!((ids.len(), &ids[10..]), (12, &[(named("…other"), 1), (None, 1)][..]));
    let times = split(Field::EventTime);
    assert_eq!(times[0], (named("2026-03-02T09:00:00Z"), 1));
    assert_eq!((times.len(), &times[10..]), (11, &[(named("…other"), 4)][..]));
}

#[test]
fn insight_records_are_events_but_no_calls() {
    let mut engine = engine(&trail(
        "
        09:00:00 alice s3:GetObject 10.0.0.1 -
        09:01:00 - s3:GetObject - - eventType=AwsCloudTrailInsight eventCategory=Insight
        ",
    ));
    let mut calls = |filter: &str| -> u64 {
        let shape = HistogramShape { buckets: 10, split: None, span: None };
        histogram(&mut engine, filter, shape).series.iter().flat_map(|it| it.counts.clone()).sum()
    };
    assert_eq!(calls(""), 1);
    assert_eq!(calls("category:Insight"), 1);
    assert_eq!(count(&mut engine, ""), 2);
}

#[test]
fn groups_count_principals_times_and_errors() {
    let mut engine = engine(&trail(DAY));
    let by_service = group(&mut engine, "", &[Field::Service], &[]);
    assert_eq!(by_service.total, 4);
    let s3 = &by_service.rows[0];
    assert_eq!((s3.by[0].as_deref(), s3.count, s3.principals), (Some("s3"), 3, 1));
    assert_eq!(s3.first_millis, parse("2026-03-02T09:07Z"));
    assert!((s3.error_share - 2.0 / 3.0).abs() < 1e-9);
    let by_both =
        group(&mut engine, "", &[Field::Service, Field::Outcome], &[(GroupColumn::By(1), false)]);
    let first = by_both.rows[0].by.iter().flatten().cloned().collect::<Vec<String>>();
    assert_eq!((first, by_both.total), (vec!["cloudtrail".to_owned(), "denied".to_owned()], 6));
    let by_arn = group(&mut engine, "", &[Field::ResourceArn], &[]);
    assert_eq!((by_arn.total, by_arn.rows[0].by[0].as_deref(), by_arn.rows[0].count), (4, None, 4));
}

#[test]
fn the_parts_of_a_look_agree() {
    let files = trail(DAY);
    let mut engine = engine(&files);
    for filter in ["", "service:s3", "outcome:denied", "nothing-like-it"] {
        let work = LookWork::new(&engine, look_query(filter));
        let look: Look = answer(&mut engine, work).unwrap();
        let without_time =
            count(&mut engine, &format!("({filter}) -eventTime:*").replace("()", ""));
        let bars: u64 = look.histogram.series.iter().flat_map(|it| it.counts.iter()).sum();
        assert_eq!(bars + without_time, look.total, "{filter}");
        assert_eq!(look.page.total, look.total, "{filter}");
        let services: u64 = look.facets[0].values.iter().map(|it| it.count).sum();
        assert_eq!(services, look.total, "{filter}");
    }
}

#[test]
fn a_look_that_runs_while_files_arrive_answers_from_one_state() {
    let files = trail(&format!("{DAY}\n\n{}", DAY.replace("09:", "10:")));
    let mut engine = Engine::default();
    engine.announce(FileId(0), files.iter().map(|it| it.0.clone()).collect());
    take(&mut engine, &files, &[0]);
    engine.settle();
    let work = LookWork::new(&engine, look_query(""));
    take(&mut engine, &files, &[1]);
    let look = answer(&mut engine, work).unwrap();
    assert_eq!((look.total, look.loaded, look.page.rows.len()), (6, 6, 6));
    engine.settle();
    assert_eq!(count(&mut engine, ""), 12);
}

#[test]
fn a_row_may_move_to_a_new_file_while_its_files_are_counted() {
    let mut files = trail(&format!("{DAY}\n\n{DAY}"));
    // The same records, so that the second file takes the rows over: its path is the smaller.
    files[1] = ("a-smaller-path.json".to_owned(), files[0].1.clone());
    let mut engine = Engine::default();
    engine.announce(FileId(0), vec![files[0].0.clone()]);
    take(&mut engine, &files, &[0]);
    engine.settle();
    let query = LookQuery { facets: vec![(Field::File, 10)], ..look_query("") };
    let work = LookWork::new(&engine, query);
    engine.announce(FileId(1), vec![files[1].0.clone()]);
    take(&mut engine, &files, &[1]);
    let look = answer(&mut engine, work).unwrap();
    assert_eq!(look.facets[0].values.iter().map(|it| it.count).sum::<u64>(), 6);
}

#[test]
fn a_duplicate_leaves_no_row_and_a_contradiction_stays() {
    let files = trail(
        "
        09:00:00 alice s3:GetObject 10.0.0.1 - id=0a000000-0000-0000-0000-000000000001
        09:01:00 alice s3:GetObject 10.0.0.1 - id=0a000000-0000-0000-0000-000000000002
        09:03:00 alice s3:GetObject 10.0.0.1 - id=EXAMPLE

        09:00:00 alice s3:GetObject 10.0.0.1 - id=0a000000-0000-0000-0000-000000000001
        09:01:00 mallory s3:GetObject 10.0.0.1 - id=0a000000-0000-0000-0000-000000000002
        09:03:00 alice s3:GetObject 10.0.0.1 - id=EXAMPLE
        09:00:00 alice s3:GetObject 10.0.0.1 - id=0a000000-0000-0000-0000-000000000001 recipientAccountId=222222222222
        ",
    );
    let report = engine(&files).report();
    assert_eq!((report.events.read, report.events.kept, report.events.duplicates), (7, 5, 2));
    assert_eq!(report.problems.len(), 1);
    assert!(report.problems[0].message.contains("file-0.json"), "{}", report.problems[0].message);
}

#[test]
fn ties_go_by_file_also_when_a_row_moves_to_another() {
    // Two texts of one name; the first comes once more.
    let files = trail(
        "
        09:00:00 bob   s3:GetObject 10.0.0.1 - id=a

        09:00:00 alice s3:GetObject 10.0.0.1 - id=a

        09:00:00 bob   s3:GetObject 10.0.0.1 - id=a
        ",
    );
    for order in [[0, 1, 2], [2, 1, 0]] {
        let mut engine = Engine::default();
        engine.announce(FileId(0), files.iter().map(|it| it.0.clone()).collect());
        for at in order {
            take(&mut engine, &files, &[at]);
            engine.settle();
        }
        let columns = vec![Field::IdentityUserName, Field::File];
        let page = page(&mut engine, "", PageShape { columns, ..PageShape::default() });
        assert_eq!(table(&page.rows), "bob  file-0.json\nalice  file-1.json\n", "{order:?}");
    }
}

#[test]
fn a_path_that_was_given_twice_is_one_value() {
    let mut files = trail(
        "
        09:00:00 alice s3:GetObject 10.0.0.1 - id=a
        09:03:00 alice s3:GetObject 10.0.0.1 - id=b

        09:01:00 alice s3:GetObject 10.0.0.1 - id=c

        09:02:00 alice s3:GetObject 10.0.0.1 - id=d
        09:04:00 alice s3:GetObject 10.0.0.1 - id=e
        ",
    );
    let (one, other) = ("x/a.json".to_owned(), "x/b.json".to_owned());
    (files[0].0, files[1].0, files[2].0) = (one.clone(), other.clone(), one.clone());
    let mut engine = engine(&files);
    let values = facet(&mut engine, "", Field::File);
    let counts: Vec<(String, u64)> =
        values.values.into_iter().map(|it| (it.value, it.count)).collect();
    assert_eq!((counts, values.distinct), (vec![(one.clone(), 4), (other.clone(), 1)], 2));
    let groups = group(&mut engine, "", &[Field::File], &[]);
    assert_eq!(
        (groups.total, groups.rows[0].by[0].clone(), groups.rows[0].count),
        (2, Some(one.clone()), 4)
    );
    let split = HistogramShape { buckets: 1, split: Some(Field::File), span: None };
    let series = histogram(&mut engine, "", split).series;
    let series: Vec<(Option<String>, u64)> =
        series.into_iter().map(|it| (it.value, it.counts[0])).collect();
    assert_eq!(series, [(Some(one), 4), (Some(other), 1)]);
    // Its rows are in the order of time, whichever of the two they lie in.
    let shape = PageShape {
        sort: vec![Sort { field: Field::File, descending: false }],
        columns: vec![Field::EventId],
        ..PageShape::default()
    };
    assert_eq!(table(&page(&mut engine, "", shape).rows), "e\nb\nd\na\nc\n");
}

#[test]
fn an_event_is_found_by_its_lasting_name() {
    let mut engine = engine(&trail(DAY));
    let newest = page(&mut engine, "eventName:StopLogging", PageShape::default()).ids[0];
    let place = engine.place(newest).unwrap();
    assert_eq!(place.key.event_id, "00000000-0000-0000-0000-000000000002");
    assert_eq!(engine.find(&place.key), Some(newest));
    assert_eq!(engine.find(&EventKey { account: "9".to_owned(), ..place.key }), None);
    assert!(engine.place(6).is_err());
}

#[test]
fn a_full_engine_refuses_more_and_stays_usable() {
    let files = trail(&format!("{DAY}\n\n{}", DAY.replace("09:", "10:")));
    let mut engine = Engine::default();
    engine.announce(FileId(0), files.iter().map(|it| it.0.clone()).collect());
    take(&mut engine, &files, &[0]);
    engine.set_memory_bytes(trailglass::model::estimate::BUDGET_BYTES);
    take(&mut engine, &files, &[1]);
    engine.settle();
    let report = engine.report();
    assert_eq!((report.files.found, report.files.read, report.files.failed), (2, 1, 1));
    assert_eq!(report.problems[0].path, "file-1.json");
    assert_eq!(count(&mut engine, "service:s3"), 3);
}

#[test]
fn a_burst_is_found_and_picked_by_a_filter() {
    let mut lines = String::new();
    for hour in 0..20 {
        lines += &format!("2026-03-02T{hour:02}:00:00 alice s3:GetObject 10.0.0.1 -\n");
    }
    for second in 0..59 {
        lines += &format!("2026-03-02T12:30:{second:02} mallory s3:GetObject 6.6.6.6 -\n");
    }
    let mut engine = engine(&trail(&lines));
    let mut incidents = |filter: &str| {
        let query = InsightsQuery { selection: selection(filter), threshold: 0.5, generation: 0 };
        let work = InsightsWork::new(&engine, query);
        answer(&mut engine, work).unwrap().incidents
    };
    let all = incidents("");
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].range.start_millis, parse("2026-03-02T12:30Z").unwrap());
    assert_eq!(all[0].principal.as_deref(), Some("arn:aws:iam::111111111111:user/mallory"));
    assert_eq!(incidents("sourceIPAddress:6.6.6.6"), all);
    assert_eq!(incidents("sourceIPAddress:10.0.0.1").len(), 0);
}

/// One event of a random log.
#[derive(Clone, Debug)]
struct Drawn {
    second: u8,
    who: Option<u8>,
    name: u8,
    error: Option<u8>,
    id: u8,
    arns: Vec<u8>,
}

const NAMES: [&str; 4] = ["s3:GetObject", "s3:PutObject", "iam:GetUser", "ec2:RunInstances"];
const ERRORS: [&str; 3] = ["AccessDenied", "NoSuchKey", "Throttling"];

fn drawn() -> impl Strategy<Value = Drawn> {
    let arns = proptest::collection::vec(0..4_u8, 0..3);
    let parts = (
        0..60_u8,
        proptest::option::of(0..4_u8),
        0..4_u8,
        proptest::option::of(0..3_u8),
        0..200_u8,
        arns,
    );
    parts.prop_map(|(second, who, name, error, id, arns)| Drawn {
        second,
        who,
        name,
        error,
        id,
        arns,
    })
}

impl Drawn {
    fn line(&self) -> String {
        let who = self.who.map_or_else(|| "-".to_owned(), |it| format!("user{it}"));
        let error = self.error.map_or("-", |it| ERRORS[usize::from(it)]);
        let arns: Vec<String> = self.arns.iter().map(|it| format!("arn:{it}")).collect();
        let arns = if arns.is_empty() { String::new() } else { format!("arn={}", arns.join(",")) };
        let name = NAMES[usize::from(self.name)];
        format!(
            "09:00:{:02} {who} {name} 10.0.0.{} {error} id={} {arns}",
            self.second,
            self.second % 5,
            self.event_id()
        )
    }

    /// Ids of each form: those that are packed, and some that look as if they could be.
    fn event_id(&self) -> String {
        let (form, number) = (self.id % 5, self.id / 5);
        let letters = [b'A' + number / 16, b'A' + number % 16];
        match form {
            0 => format!("00000000-0000-4000-8000-{number:012x}"),
            1 => format!("ABCDEFGHIJKLMN{}", letters.map(char::from).iter().collect::<String>()),
            // Its bytes are those of the form before.
            2 => format!("41424344-4546-4748-494a-4b4c4d4e{:02x}{:02x}", letters[0], letters[1]),
            3 => format!("ABCDEF{number}"),
            _ => format!("abcdefghijkl{number:04}"),
        }
    }

    fn values(&self, field: Field) -> Vec<String> {
        let (service, name) = NAMES[usize::from(self.name)].split_once(':').unwrap();
        match field {
            Field::EventName => vec![name.to_owned()],
            Field::Service => vec![service.to_owned()],
            Field::Verb => vec![derived::verb(name).to_owned()],
            Field::ErrorCode => {
                self.error.iter().map(|it| ERRORS[usize::from(*it)].to_owned()).collect()
            },
            Field::IdentityUserName => self.who.iter().map(|it| format!("user{it}")).collect(),
            Field::SourceIpAddress => vec![format!("10.0.0.{}", self.second % 5)],
            Field::EventId => vec![self.event_id()],
            Field::ResourceArn => self.arns.iter().map(|it| format!("arn:{it}")).collect(),
            _ => unreachable!("not drawn"),
        }
    }
}

/// A filter as a person means it.
#[derive(Clone, Debug)]
enum Meaning {
    Term(Field, &'static str),
    Not(Box<Meaning>),
    Both(Box<Meaning>, Box<Meaning>),
    Either(Box<Meaning>, Box<Meaning>),
}

impl Meaning {
    fn text(&self) -> String {
        match self {
            Meaning::Term(field, value) => format!("{}:{value}", field.name()),
            Meaning::Not(it) => format!("-({})", it.text()),
            Meaning::Both(a, b) => format!("({} {})", a.text(), b.text()),
            Meaning::Either(a, b) => format!("({} OR {})", a.text(), b.text()),
        }
    }

    fn holds(&self, event: &Drawn) -> bool {
        match self {
            Meaning::Term(field, value) => {
                let wanted = value.to_lowercase();
                let values = event.values(*field);
                values.iter().map(|it| it.to_lowercase()).any(|it| match wanted.strip_suffix('*') {
                    Some(start) => it.starts_with(start),
                    None => it == wanted,
                })
            },
            Meaning::Not(it) => !it.holds(event),
            Meaning::Both(a, b) => a.holds(event) && b.holds(event),
            Meaning::Either(a, b) => a.holds(event) || b.holds(event),
        }
    }
}

fn filters() -> impl Strategy<Value = Meaning> {
    let leaf = prop::sample::select(vec![
        Meaning::Term(Field::EventName, "getobject"),
        Meaning::Term(Field::EventName, "Get*"),
        Meaning::Term(Field::Service, "s3"),
        Meaning::Term(Field::Verb, "Run"),
        Meaning::Term(Field::ErrorCode, "*"),
        Meaning::Term(Field::ErrorCode, "AccessDenied"),
        Meaning::Term(Field::IdentityUserName, "user1"),
        Meaning::Term(Field::SourceIpAddress, "10.0.0.3"),
        Meaning::Term(Field::ResourceArn, "arn:2"),
        Meaning::Term(Field::EventId, "00000000-0000-4000-8000-000000000001"),
        Meaning::Term(Field::EventId, "abcdefghijklmnAB"),
        Meaning::Term(Field::EventId, "41424344-4546-4748-494A-4B4C4D4E4142"),
        Meaning::Term(Field::EventId, "abcdefghijkl*"),
    ]);
    leaf.prop_recursive(3, 12, 2, |inner| {
        let pair = (inner.clone().prop_map(Box::new), inner.clone().prop_map(Box::new));
        prop_oneof![
            inner.prop_map(|it| Meaning::Not(Box::new(it))),
            pair.clone().prop_map(|(a, b)| Meaning::Both(a, b)),
            pair.prop_map(|(a, b)| Meaning::Either(a, b)),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn counts_are_those_of_a_plain_loop(log in proptest::collection::vec(drawn(), 1..60), filter in filters()) {
        // Ids differ, so that nothing is a duplicate.
        let log: Vec<Drawn> = (0_u8..).zip(log).map(|(id, it)| Drawn { id, ..it }).collect();
        let text: Vec<String> = log.iter().map(Drawn::line).collect();
        let mut engine = engine(&trail(&text.join("\n")));
        let matching: Vec<&Drawn> = log.iter().filter(|it| filter.holds(it)).collect();
        let filter = filter.text();
        prop_assert_eq!(count(&mut engine, &filter), matching.len() as u64, "{}", filter);
        for field in [Field::EventName, Field::Service, Field::Verb, Field::ErrorCode, Field::ResourceArn, Field::EventId] {
            let facet = facet(&mut engine, &filter, field);
            let group = group(&mut engine, &filter, &[field], &[]);
            for value in &facet.values {
                let plain = matching.iter().filter(|it| it.values(field).contains(&value.value)).count() as u64;
                prop_assert_eq!(value.count, plain);
                let grouped = group.rows.iter().find(|it| it.by[0].as_ref() == Some(&value.value));
                prop_assert_eq!(grouped.map(|it| it.count), Some(plain));
            }
            let missing = matching.iter().filter(|it| it.values(field).is_empty()).count() as u64;
            prop_assert_eq!(facet.missing, missing);
        }
    }

    #[test]
    fn the_order_of_files_changes_nothing(log in proptest::collection::vec(drawn(), 1..40), seed in any::<u64>()) {
        let lines: Vec<String> = log.iter().map(Drawn::line).collect();
        let blocks: Vec<String> = lines.chunks(3).map(|it| it.join("\n")).collect();
        let files = trail(&blocks.join("\n\n"));
        let read = |order: &[usize]| {
            let mut engine = Engine::default();
            engine.announce(FileId(0), files.iter().map(|it| it.0.clone()).collect());
            for part in order.chunks(4) {
                take(&mut engine, &files, part);
                engine.settle();
            }
            let mut columns = Field::ALL.to_vec();
            columns.retain(|it| *it != Field::EventVersion);
            let shape = PageShape { columns, limit: 1000, ..PageShape::default() };
            let report = engine.report();
            (page(&mut engine, "", shape).rows, report.events)
        };
        let ordered: Vec<usize> = (0..files.len()).collect();
        let mut shuffled = ordered.clone();
        shuffled.sort_by_key(|at| (*at as u64 + 1).wrapping_mul(seed | 1));
        prop_assert_eq!(read(&ordered), read(&shuffled));
    }
}

#[test]
fn many_chunks_answer_as_one() {
    let rows = 150_000_u32;
    let line = |at: u32| {
        let second = at % 3600;
        format!(
            "2026-03-02T{:02}:{:02}:{:02} user{} {} 10.0.{}.{} -",
            at % 24,
            second / 60,
            second % 60,
            at % 300,
            NAMES[at as usize % 4],
            at % 7,
            at % 251
        )
    };
    let text: Vec<String> = (0..rows).map(line).collect();
    let blocks: Vec<String> = text.chunks(9_999).map(|it| it.join("\n")).collect();
    let mut engine = engine(&trail(&blocks.join("\n\n")));
    assert_eq!(count(&mut engine, ""), u64::from(rows));
    assert_eq!(count(&mut engine, "userIdentity.userName:user7"), u64::from(rows / 300));
    assert_eq!(facet(&mut engine, "service:s3", Field::IdentityUserName).distinct, 150);
    let last = PageShape { offset: u64::from(rows) - 1, limit: 1, ..PageShape::default() };
    let oldest = page(&mut engine, "", last).rows;
    assert_eq!(oldest[0][0].text(), "2026-03-02T00:00:00Z");
    let sorted = PageShape {
        sort: vec![Sort { field: Field::IdentityUserName, descending: false }],
        columns: vec![Field::IdentityUserName],
        offset: u64::from(rows / 300),
        limit: 1,
    };
    assert_eq!(page(&mut engine, "", sorted).rows[0][0].text(), "user1");
    let groups = group(&mut engine, "", &[Field::IdentityUserName], &[(GroupColumn::By(0), false)]);
    assert_eq!((groups.total, groups.rows[0].count, groups.rows[0].principals), (300, 500, 1));
    let hour = TimeRange {
        start_millis: parse("2026-03-02T05:00Z").unwrap(),
        end_millis: parse("2026-03-02T06:00Z").unwrap(),
    };
    let shape =
        HistogramShape { buckets: 60, split: Some(Field::IdentityUserName), span: Some(hour) };
    let bars = histogram(&mut engine, "", shape);
    assert_eq!((bars.series.len(), bars.step_millis), (11, MINUTE));
    assert_eq!(
        bars.series.iter().flat_map(|it| it.counts.iter()).sum::<u64>(),
        u64::from(rows / 24)
    );
}

fn insights(engine: &mut Engine, filter: &str, threshold: f64) -> InsightsReport {
    let query = InsightsQuery { selection: selection(filter), threshold, generation: 0 };
    let work = InsightsWork::new(engine, query);
    answer(engine, work).unwrap()
}

/// Two days of a job, and 40 calls of somebody new in two minutes; a file for each half day.
fn log_with_a_burst() -> Vec<(String, String)> {
    let mut files = vec![String::new(); 4];
    for minute in (0..2 * 24 * 60).step_by(10) {
        let (day, hour, minute) = (2 + minute / 1440, minute / 60 % 24, minute % 60);
        let file = &mut files[(day - 2) * 2 + hour / 12];
        file.push_str(&format!(
            "2026-03-{day:02}T{hour:02}:{minute:02}:00 sync s3:ListObjects 10.0.0.1 -\n"
        ));
    }
    for second in 0..40 {
        files[2].push_str(&format!(
            "2026-03-03T09:{:02}:{second:02} eve kms:Decrypt 6.6.6.6 - userAgent=aws-cli/2.15\n",
            20 + second % 2
        ));
    }
    trail(&files.join("\n"))
}

#[test]
fn a_burst_is_told_with_who_made_it_from_where_and_with_what() {
    let mut engine = engine(&log_with_a_burst());
    let report = insights(&mut engine, "", 0.5);
    assert_eq!((report.incidents.len(), report.tested.levels.len()), (1, 3));
    let incident = &report.incidents[0];
    assert_eq!(incident.principal.as_deref(), Some("arn:aws:iam::111111111111:user/eve"));
    let insight = &incident.insights[0];
    assert_eq!((insight.insight.count, insight.insight.minutes), (40, 2.0));
    let values = |field: Field| {
        let it = insight.attributions.iter().find(|it| it.field == field).unwrap();
        it.values.iter().map(|it| (it.value.as_str(), it.inside, it.outside)).collect::<Vec<_>>()
    };
    assert_eq!(values(Field::SourceIpAddress), [("6.6.6.6", 40, 0)]);
    assert_eq!(values(Field::Agent), [("aws-cli", 40, 0)]);
    assert_eq!(values(Field::EventName), [("Decrypt", 40, 0)]);
    assert_eq!(insight.records.len(), 2);
    // A filter picks incidents by their events; a threshold takes away.
    assert_eq!(insights(&mut engine, "eventName:Decrypt", 0.5).incidents, report.incidents);
    assert_eq!(insights(&mut engine, "eventName:ListObjects", 0.5).incidents, []);
    assert_eq!(insights(&mut engine, "", 1000.0).incidents, []);
    assert_eq!(insights(&mut engine, "", -1.0).incidents[0].id, incident.id);
}

#[test]
fn insights_of_files_that_come_one_by_one_are_those_of_all() {
    let files = log_with_a_burst();
    let expected = insights(&mut engine(&files), "", 0.0);
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]] {
        let mut engine = Engine::default();
        engine.announce(FileId(0), files.iter().map(|it| it.0.clone()).collect());
        for at in order {
            take(&mut engine, &files, &[at]);
            engine.settle();
            insights(&mut engine, "", 0.0);
        }
        assert_eq!(insights(&mut engine, "", 0.0), expected);
    }
}

#[test]
fn records_of_cloudtrail_insights_are_told_and_compared() {
    let mut files = log_with_a_burst();
    let ours = insights(&mut engine(&files), "", 0.5).incidents.remove(0);
    let records = format!("{{\"Records\":[{}]}}", ours.insights[0].records.join(","));
    files.push(("insights.json".to_owned(), records));
    let report = insights(&mut engine(&files), "", 0.5);
    assert_eq!(report.recorded.len(), 1);
    assert_eq!(report.recorded[0].incident.as_deref(), Some(ours.id.as_str()));
    assert_eq!(report.recorded[0].agreement, Agreement::Both);
    assert_eq!(report.incidents[0].insights[0].agreement, Agreement::Both);
    // They are no calls.
    assert_eq!(report.tested, insights(&mut engine(&log_with_a_burst()), "", 0.5).tested);
}
