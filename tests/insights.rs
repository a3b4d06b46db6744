//! What a log shows as unusual: drawn logs, a real one, and the limits of time.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::Path,
    rc::Rc,
};

use proptest::prelude::*;
use trailglass::{
    insights::{
        Counts, DIMENSIONS, Detector, Events, Group, Window, compare, coverage_of, detect, pair,
    },
    model::{
        field::Field,
        insight::{
            Agreement, Attribution, Incident, Insight, InsightKind, Level, Measure, Part,
            SeriesKey, Tested, Tier, TitleKind, Why,
        },
        time::{DAY, HOUR, MINUTE, iso, parse},
    },
};

const ACCOUNT: &str = "111122223333";
const REGION: &str = "eu-west-1";

#[derive(Clone, Debug)]
struct Event {
    millis: i64,
    account: String,
    region: String,
    source: String,
    name: String,
    principal: String,
    error: String,
}

impl Event {
    fn key(&self, level: Level) -> SeriesKey {
        let none = SeriesKey {
            account: self.account.clone(),
            event_source: self.source.clone(),
            ..SeriesKey::default()
        };
        let api = SeriesKey {
            region: self.region.clone(),
            event_name: self.name.clone(),
            ..none.clone()
        };
        let principal = self.principal.clone();
        match level {
            Level::Api => api,
            Level::PrincipalService => SeriesKey { principal, ..none },
            Level::PrincipalApi => SeriesKey { principal, event_name: self.name.clone(), ..none },
            Level::ApiError => SeriesKey { error_code: self.error.clone(), ..api },
        }
    }

    fn value(&self, field: Field) -> &str {
        match field {
            Field::Principal => &self.principal,
            Field::EventName => &self.name,
            Field::ErrorCode => &self.error,
            Field::AwsRegion => &self.region,
            _ => "",
        }
    }
}

struct Log(Vec<Event>);

impl Log {
    fn counts(&self) -> Rc<Counts> {
        let mut counts = Counting::default();
        self.0.iter().for_each(|it| counts.add(it));
        counts.finish()
    }

    fn detect(&self) -> (Tested, Vec<Incident>) {
        detect(&self.counts(), self, 0.5)
    }

    fn incidents(&self) -> Vec<Incident> {
        self.detect().1
    }
}

/// Counts events one by one, as the engine does it in bulk.
#[derive(Default)]
struct Counting {
    counts: Counts,
    texts: HashMap<String, u32>,
    groups: HashMap<Group, u32>,
}

impl Counting {
    fn text(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let counts = &mut self.counts;
        *self.texts.entry(text.to_owned()).or_insert_with(|| counts.text(text.to_owned()))
    }

    fn add(&mut self, event: &Event) {
        let group = Group {
            account: self.text(&event.account),
            region: self.text(&event.region),
            event_source: self.text(&event.source),
            event_name: self.text(&event.name),
            principal: self.text(&event.principal),
            error: self.text(&event.error),
        };
        let counts = &mut self.counts;
        let number = *self.groups.entry(group).or_insert_with(|| counts.group(group));
        counts.add(number, event.millis.div_euclid(MINUTE) as i32, 1);
    }

    fn finish(mut self) -> Rc<Counts> {
        self.counts.settle();
        Rc::new(self.counts)
    }
}

impl Events for Log {
    fn look_into(&self, windows: &[Window]) -> Vec<Vec<Attribution>> {
        let contents = |window: &Window| {
            let of_series = |it: &&Event| {
                (window.level != Level::ApiError || !it.error.is_empty())
                    && it.key(window.level) == window.key
                    && (window.measure == Measure::Calls || !it.error.is_empty())
            };
            let by = |field: Field| {
                let mut parts: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
                for event in self.0.iter().filter(of_series) {
                    let part = parts.entry(event.value(field)).or_default();
                    if window.range.contains(event.millis) {
                        part.0 += 1;
                    } else {
                        part.1 += 1;
                    }
                }
                let values = parts
                    .into_iter()
                    .filter(|(_, (inside, _))| *inside > 0)
                    .map(|(value, (inside, outside))| Part {
                        value: value.to_owned(),
                        inside,
                        outside,
                    })
                    .collect();
                Attribution { field, values }
            };
            DIMENSIONS.into_iter().map(by).collect()
        };
        windows.iter().map(contents).collect()
    }
}

/// Draws a log. Each line is: from, to, every how many minutes, how many calls then, principal,
/// service, API, and an error code if the calls fail.
fn draw(table: &str) -> Log {
    let mut events = Vec::new();
    for line in table.lines().filter(|it| !it.trim().is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let moment = |at: usize| parse(words[at]).expect(line);
        let number = |at: usize| words[at].parse::<i64>().expect(line);
        let (mut millis, end) = (moment(0), moment(1));
        while millis < end {
            for call in 0..number(3) {
                events.push(Event {
                    millis: millis + call * 7 % MINUTE,
                    account: ACCOUNT.to_owned(),
                    region: REGION.to_owned(),
                    source: format!("{}.amazonaws.com", words[5]),
                    name: words[6].to_owned(),
                    principal: words[4].to_owned(),
                    error: words.get(7).copied().unwrap_or_default().to_owned(),
                });
            }
            millis += number(2) * MINUTE;
        }
    }
    Log(events)
}

/// An ordinary week under whatever a test adds.
const WEEK: &str = "
2024-05-01T00:00 2024-05-08T00:00  10   2 arn:role/ci      ec2 DescribeInstances
2024-05-01T00:03 2024-05-08T00:00  15   1 arn:role/app     s3  GetObject
2024-05-01T00:00 2024-05-08T00:00 360   8 arn:role/backup  s3  PutObject
2024-05-01T00:05 2024-05-08T00:00  60   1 arn:role/audit   s3  GetBucketAcl AccessDenied";

fn week_and(more: &str) -> Log {
    draw(&format!("{WEEK}\n{more}"))
}

fn range(incident: &Incident) -> (String, String) {
    (iso(incident.range.start_millis), iso(incident.range.end_millis))
}

fn span(start: &str, end: &str) -> (String, String) {
    (format!("2024-05-{start}:00Z"), format!("2024-05-{end}:00Z"))
}

#[test]
fn an_even_log_raises_nothing() {
    let (tested, incidents) = draw(WEEK).detect();
    assert_eq!(incidents, []);
    assert_eq!(tested.series, 4 + 4 + 4 + 1);
    assert_eq!(tested.levels, Level::ALL);
    assert!((tested.covered_days - 7.0).abs() < 0.01 && tested.missing_days == 0.0);
}

#[test]
fn no_log_and_one_event_raise_nothing() {
    assert_eq!(draw("").detect(), (Tested::default(), Vec::new()));
    let one = draw("2024-05-01T00:00 2024-05-01T00:01 1 1 arn:role/ci ec2 RunInstances").detect();
    assert_eq!((one.0.series, one.1), (3, Vec::new()));
}

#[test]
fn one_burst_is_one_incident_from_minute_to_minute() {
    let log = week_and("2024-05-04T13:58 2024-05-04T14:04 1 20 arn:user/eve kms Decrypt");
    let incidents = log.incidents();
    assert_eq!(incidents.len(), 1);
    let it = &incidents[0];
    assert_eq!(range(it), span("04T13:58", "04T14:04"));
    assert_eq!(it.title_kind, TitleKind::Burst);
    assert_eq!(it.principal.as_deref(), Some("arn:user/eve"));
    assert_eq!(
        (it.accounts.as_slice(), it.regions.as_slice()),
        (&[ACCOUNT.to_owned()][..], &[REGION.to_owned()][..])
    );
    // The API, the principal at the service, its single API, and that the service is new here, as
    // one; the API says most.
    assert_eq!(it.insights.len(), 4);
    assert_eq!((it.insights[0].level, it.insights[0].measure), (Level::Api, Measure::Calls));
    assert_eq!(it.insights[0].insight.count, 120);
    assert_eq!((it.insights[0].insight.average(), it.insights[0].baseline.count), (20.0, 0));
    let principals = &it.insights[0].attributions[0];
    assert_eq!(principals.field, Field::Principal);
    assert_eq!(
        principals.values[0],
        Part { value: "arn:user/eve".into(), inside: 120, outside: 0 }
    );
    assert!(it.insights[0].q < 0.1, "{}", it.insights[0].q);
    assert!((50..=60).contains(&it.chart.counts.len()));
    assert_eq!((it.chart.counts.iter().sum::<u32>(), it.chart.record), (120, 0));
}

#[test]
fn what_recurs_is_ordinary() {
    let every_day = "2024-05-01T02:00 2024-05-08T00:00 1440 90 arn:role/batch glue StartJobRun";
    assert_eq!(week_and(every_day).incidents(), []);
}

#[test]
fn two_attacks_do_not_excuse_each_other() {
    let log = week_and(
        "2024-05-03T09:00 2024-05-03T09:02 1 40 arn:user/eve s3 DeleteObject
         2024-05-06T21:30 2024-05-06T21:32 1 40 arn:user/eve s3 DeleteObject",
    );
    let mut found: Vec<_> = log.incidents().iter().map(range).collect();
    found.sort();
    assert_eq!(found, [span("03T09:00", "03T09:02"), span("06T21:30", "06T21:32")]);
}

#[test]
fn a_long_plateau_is_one_incident_and_no_recurrence_of_itself() {
    let log = week_and("2024-05-07T10:00 2024-05-07T16:00 1 5 arn:user/eve ec2 DescribeImages");
    let incidents = log.incidents();
    assert_eq!(incidents.len(), 1);
    assert_eq!(range(&incidents[0]), span("07T10:00", "07T16:00"));
}

#[test]
fn an_error_storm_is_one_incident_that_speaks_of_errors() {
    let log = week_and(
        "2024-05-05T08:10 2024-05-05T08:20 1 15 arn:role/app dynamodb PutItem ResourceNotFoundException",
    );
    let incidents = log.incidents();
    assert_eq!(incidents.len(), 1);
    assert_eq!(incidents[0].title_kind, TitleKind::Errors);
    assert_eq!(incidents[0].insights[0].measure, Measure::Errors);
    // The errors are the calls: both are told, at every level, once; and the service is new here.
    assert_eq!(incidents[0].insights.len(), 6);
    assert_eq!(range(&incidents[0]), span("05T08:10", "05T08:20"));
}

#[test]
fn a_storm_that_many_callers_see_is_one_incident() {
    let roles: Vec<String> = (0..8)
        .map(|n| {
            format!(
                "2024-05-05T08:10 2024-05-05T08:20 1 4 arn:role/app{n} kms Sign ThrottlingException"
            )
        })
        .collect();
    let incidents = week_and(&roles.join("\n")).incidents();
    assert_eq!(incidents.len(), 1);
    assert_eq!((incidents[0].title_kind, incidents[0].insights.len()), (TitleKind::Limits, 19));
}

#[test]
fn errors_alone_are_seen_where_calls_are_many() {
    let log = week_and(
        "2024-05-01T00:00 2024-05-08T00:00 1 30 arn:role/web sqs ReceiveMessage
         2024-05-05T08:10 2024-05-05T08:15 1 12 arn:role/web sqs ReceiveMessage OverLimit",
    );
    let incidents = log.incidents();
    assert_eq!(incidents.len(), 1);
    assert!(incidents[0].insights.iter().all(|it| it.measure == Measure::Errors));
}

/// A role that fails now and then, each time at another API, among calls that do not.
fn breaks(days: &[u32]) -> String {
    let calls = (1..=7).map(|day| {
        format!(
            "2024-05-01T00:00 2024-05-08T00:00 20 4 arn:role/deploy lambda Update{day}
             2024-05-01T00:00 2024-05-08T00:00 20 4 arn:role/web lambda Read{day}"
        )
    });
    let errors = days.iter().map(|day| {
        format!(
            "2024-05-0{day}T09:1{day} 2024-05-0{day}T09:1{} 1 4 arn:role/deploy lambda Update{day} InvalidRequest",
            day + 2
        )
    });
    calls.chain(errors).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_fails_every_other_day_is_no_news_and_what_fails_twice_is() {
    let told = |days: &[u32]| {
        let incidents = draw(&breaks(days)).incidents();
        let errors = incidents.iter().filter(|it| it.insights[0].measure == Measure::Errors);
        errors.map(|it| it.range.start_millis / DAY).collect::<BTreeSet<_>>().len()
    };
    assert_eq!((told(&[4]), told(&[3, 6])), (1, 2));
    assert_eq!(told(&[2, 3, 5, 7]), 0);
}

/// The days of May on which errors are told.
fn days_of_errors(log: &Log) -> BTreeSet<i64> {
    let first = parse("2024-05-01T00:00").expect("a day") / DAY;
    let incidents = log.incidents();
    let insights = incidents.iter().flat_map(|it| &it.insights);
    let errors = insights.filter(|it| it.measure == Measure::Errors);
    errors.map(|it| it.range.start_millis / DAY - first + 1).collect()
}

/// A role that deploys every three hours at eight APIs. On some days a run breaks and fails at all
/// of them, on others at half of them and with more calls. On others the eighth API fails by itself.
fn deploys(a_little: &[u32], a_lot: &[u32], alone: &[u32]) -> Log {
    let mut lines = Vec::new();
    for api in 1..=8 {
        let calls = format!("2024-05-08T00:00 180 9 arn:role/deploy lambda Update{api}");
        lines.push(format!("2024-05-01T00:00 {calls}"));
        let mut fails = |days: &[u32], errors: u32| {
            lines.extend(days.iter().map(|day| {
                format!(
                    "2024-05-0{day}T09:00 2024-05-0{day}T09:01 1 {errors} arn:role/deploy lambda Update{api} InvalidRequest"
                )
            }));
        };
        fails(a_little, 4);
        if api >= 5 {
            fails(a_lot, 25);
        }
        if api == 8 {
            fails(alone, 25);
        }
    }
    week_and(&lines.join("\n"))
}

#[test]
fn runs_that_break_now_and_then_are_no_news_and_an_api_that_fails_is() {
    assert_eq!(days_of_errors(&deploys(&[], &[6], &[])), BTreeSet::from([6]));
    assert_eq!(days_of_errors(&deploys(&[2, 3], &[6], &[])), BTreeSet::new());
    assert_eq!(days_of_errors(&deploys(&[2, 3], &[], &[5])), BTreeSet::from([5]));
}

/// Services that are called as often every minute. On some days calls are retried in a storm, each
/// time at another service; on some days half of the calls of one fail.
fn services(storms: &[u32], half: &[u32]) -> Log {
    let mut lines = Vec::new();
    for (number, day) in storms.iter().enumerate() {
        let service = format!("arn:role/web{number} sqs Send{number}");
        lines.push(format!("2024-05-01T00:00 2024-05-08T00:00 1 2 {service}"));
        let (from, to) = (format!("2024-05-0{day}T09:00"), format!("2024-05-0{day}T09:05"));
        lines.push(format!("{from} {to} 1 {} {service} ThrottlingException", 18 + number));
    }
    let service = "arn:role/web sqs Receive";
    let mut from = "2024-05-01T00:00".to_owned();
    for day in half {
        let (start, end) = (format!("2024-05-0{day}T13:00"), format!("2024-05-0{day}T13:10"));
        lines.push(format!("{from} {start} 1 8 {service}"));
        lines.push(format!("{start} {end} 1 4 {service}"));
        lines.push(format!("{start} {end} 1 4 {service} InternalFailure"));
        from = end;
    }
    lines.push(format!("{from} 2024-05-08T00:00 1 8 {service}"));
    week_and(&lines.join("\n"))
}

#[test]
fn storms_of_retries_are_told_as_calls_where_they_are_a_habit() {
    assert_eq!(days_of_errors(&services(&[3], &[])), BTreeSet::from([3]));
    let log = services(&[2, 4, 6], &[5]);
    assert_eq!(days_of_errors(&log), BTreeSet::from([5]));
    let storms = log.incidents().into_iter().filter(|it| it.kind() == InsightKind::CallRate);
    assert_eq!(storms.count(), 3);
}

#[test]
fn who_comes_seldom_and_with_many_calls_is_no_storm() {
    let visits = "2024-05-01T11:00 2024-05-08T00:00 480 14 arn:user/kim kms Sign";
    let fails = "2024-05-05T14:00 2024-05-05T14:01 1 16 arn:user/kim kms Sign DisabledException";
    let mut log = services(&[2, 4, 6], &[]);
    log.0.extend(draw(&format!("{visits}\n{fails}")).0);
    assert_eq!(days_of_errors(&log), BTreeSet::from([5]));
}

#[test]
fn who_always_fails_does_not_fail_more_often_by_coming_with_more_calls() {
    let log = |visits: &[(u32, u32)]| {
        let visit = |(day, calls): &(u32, u32)| {
            format!(
                "2024-05-0{day}T09:00 2024-05-0{day}T09:02 1 {calls} arn:role/scan iam GetRole AccessDenied"
            )
        };
        let calls = "2024-05-01T00:00 2024-05-08T00:00 1 9 arn:role/web iam GetRole".to_owned();
        let lines: Vec<String> = visits.iter().map(visit).chain([calls]).collect();
        week_and(&lines.join("\n"))
    };
    assert_eq!(days_of_errors(&log(&[(6, 60)])), BTreeSet::from([6]));
    assert_eq!(days_of_errors(&log(&[(4, 6), (6, 60)])), BTreeSet::from([6]));
    assert_eq!(days_of_errors(&log(&[(2, 6), (4, 6), (6, 60)])), BTreeSet::new());
}

#[test]
fn a_handful_of_errors_is_not_told() {
    let log = |errors: u32| {
        week_and(&format!(
            "2024-05-05T08:11 2024-05-05T08:12 1 {errors} arn:role/app kms Sign AccessDenied"
        ))
    };
    assert_eq!(days_of_errors(&log(4)), BTreeSet::new());
    assert_eq!(days_of_errors(&log(12)), BTreeSet::from([5]));
}

#[test]
fn a_quiet_users_burst_in_a_busy_api_is_found_at_the_principal() {
    let log = week_and(
        "2024-05-01T00:00 2024-05-08T00:00 1 40 arn:role/web s3 HeadObject
         2024-05-05T08:11 2024-05-05T08:14 1 15 arn:user/eve s3 HeadObject",
    );
    let incidents = log.incidents();
    assert_eq!(incidents.len(), 1);
    assert_eq!(incidents[0].principal.as_deref(), Some("arn:user/eve"));
    assert_eq!(incidents[0].insights[0].level, Level::PrincipalService);
    assert_eq!(range(&incidents[0]), span("05T08:11", "05T08:14"));
}

#[test]
fn many_calls_of_a_few_each_are_a_burst_of_iam_actions() {
    let names = [
        "CreateUser",
        "AttachUserPolicy",
        "CreateAccessKey",
        "PutUserPolicy",
        "GetUser",
        "ListRoles",
        "ListUsers",
        "GetRole",
        "CreateRole",
        "AttachRolePolicy",
        "ListPolicies",
        "GetPolicy",
    ];
    let lines: Vec<String> = names
        .iter()
        .map(|name| format!("2024-05-05T08:11 2024-05-05T08:13 1 2 arn:user/eve iam {name}"))
        .collect();
    let incidents = week_and(&lines.join("\n")).incidents();
    assert_eq!(incidents.len(), 1);
    assert_eq!(incidents[0].title_kind, TitleKind::IamBurst);
    assert_eq!(incidents[0].insights[0].level, Level::PrincipalService);
    assert!(incidents[0].tier >= Tier::High);
}

#[test]
fn titles_say_what_kind_of_thing_it_is() {
    let kind = |more: &str| {
        let incidents = week_and(more).incidents();
        assert_eq!(incidents.len(), 1, "{more}");
        incidents[0].title_kind
    };
    assert_eq!(
        kind("2024-05-05T08:11 2024-05-05T08:13 1 20 arn:user/eve ec2 RunInstances"),
        TitleKind::Provisioning,
    );
    assert_eq!(
        kind(
            "2024-05-05T08:11 2024-05-05T08:13 1 20 arn:user/eve ec2 RunInstances VcpuLimitExceeded"
        ),
        TitleKind::Limits,
    );
    let probed: Vec<String> =
        ["ListUsers", "ListRoles", "GetUser", "ListKeys", "GetPolicy", "ListGroups"]
            .iter()
            .map(|name| {
                format!(
                    "2024-05-05T08:11 2024-05-05T08:13 1 5 arn:user/eve iam {name} AccessDenied"
                )
            })
            .collect();
    assert_eq!(kind(&probed.join("\n")), TitleKind::Probing);
}

#[test]
fn two_people_at_the_same_time_are_two_incidents() {
    let log = week_and(
        "2024-05-05T08:11 2024-05-05T08:14 1 15 arn:user/eve s3 HeadObject
         2024-05-05T08:11 2024-05-05T08:14 1 15 arn:user/bob ec2 RunInstances",
    );
    assert_eq!(log.incidents().len(), 2);
}

#[test]
fn one_hour_of_log_is_compared_within_itself() {
    let log = draw(
        "2024-05-01T10:00 2024-05-01T11:00 2  3 arn:role/ci  ec2 DescribeInstances
         2024-05-01T10:01 2024-05-01T11:00 3  1 arn:role/app s3  GetObject
         2024-05-01T10:41 2024-05-01T10:43 1 60 arn:user/eve s3  GetObject",
    );
    let (tested, incidents) = log.detect();
    assert!(tested.covered_days < 0.05);
    assert_eq!(incidents.len(), 1);
    assert_eq!(range(&incidents[0]), span("01T10:41", "01T10:43"));
    assert!(incidents[0].e >= 1.0);
    assert!(incidents[0].chart.counts.len() <= 60);
}

#[test]
fn days_that_are_not_in_the_log_are_not_silence() {
    // Two days are missing; the log says so, and its resuming is no burst.
    let log = draw(
        "2024-05-01T00:00 2024-05-03T00:00 1 4 arn:role/web sqs SendMessage
         2024-05-05T00:00 2024-05-07T00:00 1 4 arn:role/web sqs SendMessage",
    );
    let (tested, incidents) = log.detect();
    assert_eq!(incidents, []);
    assert!((tested.covered_days - 4.0).abs() < 0.01 && (tested.missing_days - 2.0).abs() < 0.01);
}

#[test]
fn an_event_of_a_wrong_clock_changes_nothing_else() {
    let log = |wrong: &str| {
        draw(&format!(
            "2024-05-01T00:20 2024-05-01T08:00 60 6 arn:role/ci ec2 DescribeInstances
             {wrong}"
        ))
    };
    let (tested, incidents) = log("").detect();
    for year in ["1970", "2000", "2031", "2999", "9999"] {
        let line = format!("{year}-01-01T00:00 {year}-01-01T00:01 1 1 arn:role/ci s3 GetObject");
        let (with, found) = log(&line).detect();
        assert_eq!((found.len(), with.missing_days), (incidents.len(), 0.0), "{year}");
        assert!((with.covered_days - tested.covered_days).abs() < 0.01, "{year}");
    }
}

#[test]
fn a_threshold_takes_away_and_changes_nothing_else() {
    let log = week_and(
        "2024-05-05T08:11 2024-05-05T08:14 1 40 arn:user/eve s3 HeadObject
         2024-05-06T08:11 2024-05-06T08:14 1  7 arn:user/bob ec2 RunInstances",
    );
    let all = log.incidents();
    assert_eq!(all.len(), 2);
    assert!(all[0].e > all[1].e);
    let between = (all[0].e + all[1].e) / 2.0;
    let some = detect(&log.counts(), &log, between).1;
    assert_eq!((some.len(), &some[0].id), (1, &all[0].id));
}

#[test]
fn a_lower_threshold_tells_all_that_a_higher_one_does() {
    // A console that fails a little each time, once more of it than it calls.
    let log = week_and(
        "2024-05-01T09:00 2024-05-08T00:00 300 20 arn:root s3 GetBucketAcl
         2024-05-05T19:57 2024-05-05T19:58 1 18 arn:root s3 GetBucketAcl
         2024-05-05T19:57 2024-05-05T19:58 1  7 arn:root s3 GetBucketPolicy NoSuchBucketPolicy
         2024-05-05T20:08 2024-05-05T20:09 1 14 arn:root s3 GetBucketAcl
         2024-05-05T20:08 2024-05-05T20:09 1  4 arn:root s3 GetBucketPolicy NoSuchBucketPolicy
         2024-05-05T20:30 2024-05-05T20:31 1 30 arn:root s3 GetBucketAcl
         2024-05-05T20:30 2024-05-05T20:31 1  8 arn:root s3 GetBucketPolicy NoSuchBucketPolicy",
    );
    // Where something between two is told too they may become one; what is told of stays.
    let told = |log: &Log, threshold: f64| -> BTreeSet<String> {
        let incidents = detect(&log.counts(), log, threshold).1;
        let insights = incidents.iter().flat_map(|it| &it.insights);
        let name = |it: &Insight| format!("{:?} {:?} {:?}", it.level, it.measure, it.key);
        insights.filter(|it| it.e >= 0.5).map(name).collect()
    };
    let all = [0.5, 0.0, -0.5, -1.0, -2.0].map(|it| told(&log, it));
    assert!(!all[0].is_empty());
    assert!(all.iter().all(|it| *it == all[0]), "{all:#?}");
}

#[test]
fn the_order_of_the_series_and_the_size_of_the_steps_change_nothing() {
    let log = week_and(
        "2024-05-05T08:11 2024-05-05T08:14 1 40 arn:user/eve s3 HeadObject
         2024-05-05T08:12 2024-05-05T08:15 1 40 arn:user/eve s3 DeleteObject
         2024-05-05T08:12 2024-05-05T08:15 1 40 arn:user/bob ec2 StopInstances
         2024-05-06T08:11 2024-05-06T08:14 1  9 arn:user/bob ec2 RunInstances AccessDenied",
    );
    let expected = log.detect();
    assert_eq!(expected.1.len(), 3);
    let mut random = Random(7);
    for steps in [1, 3, 1000] {
        let mut events = log.0.clone();
        for at in (1..events.len()).rev() {
            events.swap(at, random.below(at as u64 + 1) as usize);
        }
        let counts = Log(events).counts();
        let coverage = coverage_of(&counts);
        let mut detector = Detector::new(counts, &coverage, 0.5);
        let mut last = 0.0;
        while detector.step(steps) {
            assert!((last..=1.0).contains(&detector.progress()));
            last = detector.progress();
        }
        let contents = log.look_into(&detector.windows());
        assert_eq!(detector.finish(contents), expected);
    }
}

#[test]
fn windows_that_nobody_looked_into_are_still_told() {
    let log = week_and("2024-05-05T08:11 2024-05-05T08:14 1 40 arn:user/eve s3 HeadObject");
    let counts = log.counts();
    let coverage = coverage_of(&counts);
    let mut detector = Detector::new(counts, &coverage, 0.5);
    while detector.step(2) {}
    let (_, incidents) = detector.finish(Vec::new());
    assert_eq!(incidents.len(), 1);
    assert_eq!(incidents[0].principal.as_deref(), Some("arn:user/eve"));
}

#[test]
fn absurd_times_and_counts_are_survived() {
    let far = i32::MAX / 2;
    let dense: Vec<(i32, u32)> = (0..50_000).map(|at| (at, u32::MAX)).collect();
    for cells in
        [&[(-far, 9), (far, 9)][..], &[(0, u32::MAX), (1, u32::MAX), (50_000, 1)], &dense, &[]]
    {
        let mut counts = Counts::default();
        let error = counts.text("Broken".to_owned());
        for error in [0, error] {
            let group = counts.group(Group { error, ..Group::default() });
            cells.iter().for_each(|(minute, calls)| counts.add(group, *minute, *calls));
        }
        counts.settle();
        for incident in detect(&Rc::new(counts), &Log(Vec::new()), -1.0).1 {
            assert!(incident.e.is_finite());
        }
    }
}

/// A series of one API with Poisson counts over eight days and a burst near their end; another
/// series says that the log goes on.
fn published(per_minute: f64, run: u32, burst_minutes: i32, burst: u32, error: bool) -> Rc<Counts> {
    let mut counts = Counts::default();
    let [source, name, code] =
        ["service.amazonaws.com", "Call", "Fault"].map(|it| counts.text(it.to_owned()));
    let key = Group { event_source: source, event_name: name, ..Group::default() };
    let clock = counts.group(Group { event_source: source, ..Group::default() });
    let calls = counts.group(Group { error: if error { code } else { 0 }, ..key });
    let mut random = Random(1);
    for minute in 0..11_500 {
        if minute % 10 == 0 {
            counts.add(clock, minute, 1);
        }
        counts.add(calls, minute, run * random.poisson(per_minute / f64::from(run)));
        if (11_336..11_336 + burst_minutes).contains(&minute) {
            counts.add(calls, minute, burst);
        }
    }
    counts.settle();
    Rc::new(counts)
}

/// Examples that AWS publishes, with baselines of Poisson counts that have the stated averages, or
/// of the single calls that these tell of.
#[test]
fn published_examples_are_found() {
    let check = |name: &str, counts: Rc<Counts>, burst_minutes: i64, least: f64| {
        let incidents = detect(&counts, &Log(Vec::new()), 0.0).1;
        let of_name = |it: &&Incident| it.insights.iter().any(|it| it.key.event_name == "Call");
        let found: Vec<&Incident> = incidents.iter().filter(of_name).collect();
        assert_eq!(found.len(), 1, "{name}");
        println!("{name}: e {:.2}", found[0].e);
        assert!(found[0].e >= least, "{name}: {}", found[0].e);
        let (start, end) =
            (found[0].range.start_millis / MINUTE, found[0].range.end_millis / MINUTE);
        assert!((start - 11_336).abs() <= 1, "{name}: {start}");
        assert!((end - 11_336 - burst_minutes).abs() <= 1, "{name}: {end}");
    };
    check("UpdateInstanceInformation", published(85.4, 1, 5, 579, false), 5, 0.5);
    check("UpdateInstanceAssociationStatus", published(1.76, 1, 8, 49, false), 8, 0.5);
    check("GetRolePolicy", published(0.0017, 1, 1, 18, true), 1, 0.5);
    check("DeleteBucket", published(0.0, 1, 3, 100, false), 3, 0.5);
    check("RunInstances", published(0.01, 1, 4, 50, false), 4, 0.5);
    check("SendCommand", published(0.0442, 1, 5, 3, false), 5, 0.5);
    check("PutObject InvalidRequest", published(0.0, 1, 5, 2, true), 5, 0.0);
    check("CompleteLifecycleAction", published(9.8e-5, 1, 1, 5, false), 1, 0.0);
}

#[test]
fn what_comes_in_runs_anyway_is_no_burst() {
    // SendCommand again, where its ordinary calls come eight at a time.
    let incidents = detect(&published(0.0442, 8, 5, 3, false), &Log(Vec::new()), 0.5).1;
    assert_eq!(incidents.iter().filter(|it| it.kind() == InsightKind::CallRate).count(), 0);
}

/// What a test asks an incident for.
trait Kind {
    fn kind(&self) -> InsightKind;
}

impl Kind for Incident {
    fn kind(&self) -> InsightKind {
        self.insights[0].kind
    }
}

#[test]
fn missed_beats_are_a_gap_and_holes_are_not() {
    let hourly = "2024-05-01T00:07 2024-05-05T03:00 60 2 arn:role/sync dynamodb Scan
                  2024-05-05T06:07 2024-05-08T00:00 60 2 arn:role/sync dynamodb Scan";
    let incidents = week_and(hourly).incidents();
    let gaps: Vec<&Incident> =
        incidents.iter().filter(|it| it.kind() == InsightKind::Gap).collect();
    assert_eq!((gaps.len(), incidents.len()), (1, 1));
    assert_eq!(gaps[0].title_kind, TitleKind::Gap);
    assert_eq!(gaps[0].principal.as_deref(), Some("arn:role/sync"));
    let Why::Beats { period_millis, at_millis, last_seen_millis, .. } = &gaps[0].insights[0].why
    else {
        panic!("{:?}", gaps[0].insights[0].why)
    };
    assert_eq!(*period_millis, HOUR);
    let due: Vec<String> = at_millis.iter().map(|it| iso(*it)).collect();
    assert_eq!(due, ["2024-05-05T03:07:00Z", "2024-05-05T04:07:00Z", "2024-05-05T05:07:00Z"]);
    assert_eq!(last_seen_millis.map(iso).as_deref(), Some("2024-05-05T02:07:00Z"));

    // The same beats are missing, and so is everything else.
    let log = week_and("2024-05-01T00:07 2024-05-08T00:00 60 2 arn:role/sync dynamodb Scan");
    let hole = (parse("2024-05-05T03:00").unwrap(), parse("2024-05-05T06:00").unwrap());
    let log =
        Log(log.0.into_iter().filter(|it| it.millis < hole.0 || it.millis >= hole.1).collect());
    assert_eq!(log.incidents().len(), 0);
}

#[test]
fn a_job_that_died_is_missed_to_the_end_of_the_log() {
    let log = week_and("2024-05-01T00:07 2024-05-07T12:00 60 2 arn:role/sync dynamodb Scan");
    let incidents = log.incidents();
    assert_eq!(incidents.len(), 1);
    assert!(incidents[0].insights[0].open && incidents[0].insights[0].kind == InsightKind::Gap);
    assert_eq!(range(&incidents[0]).0, "2024-05-07T12:07:00Z");
}

#[test]
fn a_job_that_comes_late_or_between_its_times_is_told() {
    let late = week_and(
        "2024-05-01T00:07 2024-05-05T03:00 60 2 arn:role/sync dynamodb Scan
         2024-05-05T03:25 2024-05-05T03:26 60 2 arn:role/sync dynamodb Scan
         2024-05-05T04:07 2024-05-08T00:00 60 2 arn:role/sync dynamodb Scan",
    );
    let incidents = late.incidents();
    assert_eq!(incidents.len(), 1);
    assert_eq!(incidents[0].title_kind, TitleKind::Late);
    assert_eq!(range(&incidents[0]), span("05T03:07", "05T03:26"));
    let extra = week_and(
        "2024-05-01T00:07 2024-05-08T00:00 60 2 arn:role/sync dynamodb Scan
         2024-05-05T03:37 2024-05-05T05:00 60 2 arn:role/sync dynamodb Scan",
    );
    let incidents = extra.incidents();
    assert_eq!(incidents.len(), 1);
    assert_eq!(
        (incidents[0].title_kind, incidents[0].kind()),
        (TitleKind::Extra, InsightKind::Gap)
    );
}

#[test]
fn a_busy_series_that_falls_silent_is_told_and_a_quiet_one_is_not() {
    // Calls at no fixed times: about one in two minutes, but none for nine hours.
    let log = |every: u64, from: &str, to: &str| {
        let mut log = draw(WEEK);
        let mut random = Random(5);
        let (first, hole) = (log.0[0].clone(), (parse(from).unwrap(), parse(to).unwrap()));
        let start = parse("2024-05-01T00:00").unwrap();
        for minute in 0..7 * 1440 {
            let millis = start + minute * MINUTE;
            if random.below(every) == 0 && !(hole.0..hole.1).contains(&millis) {
                let name = "PublishBatch".to_owned();
                log.0.push(Event { millis, name, source: "sns".to_owned(), ..first.clone() });
            }
        }
        log
    };
    let incidents = log(2, "2024-05-05T03:00", "2024-05-05T12:00").incidents();
    assert_eq!(incidents.len(), 1);
    assert_eq!(incidents[0].kind(), InsightKind::Silence);
    assert!(matches!(incidents[0].insights[0].why, Why::Silence { expected } if expected > 200.0));
    assert_eq!(log(200, "2024-05-05T03:00", "2024-05-05T12:00").incidents(), []);
}

#[test]
fn what_a_role_never_did_before_is_told_once() {
    let others: Vec<String> = (0..30)
        .map(|n| {
            format!("2024-05-01T00:{n:02} 2024-05-08T00:00 60 1 arn:role/r{n} sqs SendMessage")
        })
        .collect();
    let log = week_and(&format!(
        "{}\n2024-05-06T10:20 2024-05-06T10:21 1 1 arn:role/r7 iam CreateAccessKey",
        others.join("\n")
    ));
    let incidents = log.incidents();
    assert_eq!(incidents.len(), 1);
    assert_eq!(incidents[0].title_kind, TitleKind::New);
    assert_eq!(incidents[0].principal.as_deref(), Some("arn:role/r7"));
    let told: Vec<&Why> = incidents[0].insights.iter().map(|it| &it.why).collect();
    let is = |wanted: &str| {
        told.iter().any(|it| matches!(it, Why::New { value, .. } if value == wanted))
    };
    assert!(is("CreateAccessKey"), "{told:?}");
    // Who does something new every hour is no news.
    let explorer: Vec<String> = (0..120)
        .map(|n| {
            let (day, hour) = (1 + n / 24, n % 24);
            format!(
                "2024-05-0{day}T{hour:02}:30 2024-05-0{day}T{hour:02}:31 1 1 arn:user/x ec2 Get{n}"
            )
        })
        .collect();
    assert_eq!(
        week_and(&format!("{}\n{}", others.join("\n"), explorer.join("\n"))).incidents(),
        []
    );
}

#[test]
fn insights_are_written_as_cloudtrail_writes_them() {
    let log = week_and(
        "2024-05-07T13:58 2024-05-07T14:04 1 20 arn:aws:iam::111122223333:role/x/Admin kms Decrypt",
    );
    let incident = &log.incidents()[0];
    let records = &incident.insights[0].records;
    assert_eq!(records.len(), 2);
    let end: serde_json::Value = serde_json::from_str(&records[1]).unwrap();
    let at = |path: &str| end.pointer(path).unwrap_or_else(|| panic!("{path}")).clone();
    assert_eq!(at("/eventTime"), "2024-05-07T14:04:00Z");
    assert_eq!(at("/eventType"), "AwsCloudTrailInsight");
    assert_eq!(at("/insightDetails/state"), "End");
    assert_eq!(at("/insightDetails/insightType"), "ApiCallRateInsight");
    let statistics = "/insightDetails/insightContext/statistics";
    assert_eq!(at(&format!("{statistics}/insight/average")), 20.0);
    assert_eq!(at(&format!("{statistics}/insightDuration")), 6);
    assert_eq!(at(&format!("{statistics}/baseline/average")), 0.0);
    let attributions = "/insightDetails/insightContext/attributions";
    assert_eq!(at(&format!("{attributions}/0/attribute")), "userIdentityArn");
    let who = at(&format!("{attributions}/0/insight/0/value"));
    assert_eq!(who, "arn:aws:sts::111122223333:assumed-role/Admin");
    assert_eq!(at(&format!("{attributions}/2/insight/0/value")), "null");
    // What was written is read again, and agrees with what it was written from.
    let mut recorded = pair(records.iter().map(String::as_str));
    assert_eq!(recorded.len(), 1);
    assert_eq!(recorded[0].start_millis, Some(incident.range.start_millis));
    let mut incidents = log.incidents();
    compare(&mut incidents, &mut recorded);
    assert_eq!(recorded[0].agreement, Agreement::Both);
    assert_eq!(recorded[0].incident.as_deref(), Some(incident.id.as_str()));
    assert_eq!(incidents[0].insights[0].agreement, Agreement::Both);
}

#[test]
fn records_of_a_lake_are_read_too_and_those_without_a_twin_stay_alone() {
    let inner = r#"{"insightType":"ApiCallRateInsight","state":"Start","eventSource":"a","eventName":"B","insightContext":{"statistics":{"baseline":{"average":1},"insight":{"average":9},"insightDuration":5}}}"#;
    let lake = serde_json::json!({
        "eventTime": "2024-05-07T13:58:00Z", "sharedEventId": "x", "recipientAccountId": "1",
        "awsRegion": "r", "insightDetails": inner,
    });
    let mut recorded =
        pair([lake.to_string().as_str(), "{}", "no JSON", r#"{"insightDetails":7}"#]);
    assert_eq!(recorded.len(), 1);
    assert_eq!((recorded[0].insight_average, recorded[0].end_millis), (9.0, None));
    compare(&mut [], &mut recorded);
    assert_eq!(recorded[0].agreement, Agreement::Theirs);
}

/// The records that AWS publishes, if they lie beside the project.
#[test]
fn the_records_of_aws_parse_and_pair() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/insights-records");
    let Ok(files) = std::fs::read_dir(folder) else { return };
    let texts: Vec<String> =
        files.map(|it| std::fs::read_to_string(it.unwrap().path()).unwrap()).collect();
    let recorded = pair(texts.iter().map(String::as_str));
    let records: usize = recorded.iter().map(|it| it.records.len()).sum();
    assert_eq!(records, texts.len(), "none is lost");
    assert!(recorded.iter().all(|it| it.start_millis.is_some() && !it.key.event_name.is_empty()));
    let put = recorded.iter().find(|it| it.key.error_code == "InvalidRequest").unwrap();
    assert_eq!((put.kind, put.category.as_str()), (InsightKind::ErrorRate, "Data"));
    assert_eq!(put.attributions[0].attribute, "userIdentityArn");
    assert!(put.attributions[0].insight[0].1 > put.baseline_average);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Files come in any order and in any portions: what is found is the same as of all at once.
    #[test]
    fn incremental_equals_full(seed in 0_u64..1000, portions in 2_usize..6) {
        let log = week_and(
            "2024-05-05T08:11 2024-05-05T08:14 1 40 arn:user/eve s3 HeadObject
             2024-05-06T08:11 2024-05-06T08:14 1  9 arn:user/bob ec2 RunInstances AccessDenied
             2024-05-01T00:07 2024-05-07T12:00 60 2 arn:role/sync dynamodb Scan",
        );
        let expected = detect(&log.counts(), &log, 0.0);
        let mut random = Random(seed);
        let mut events = log.0.clone();
        // Whole files of half a day, shuffled.
        events.sort_by_key(|it| it.millis);
        let mut files: Vec<&[Event]> =
            events.chunk_by(|a, b| a.millis / (DAY / 2) == b.millis / (DAY / 2)).collect();
        for at in (1..files.len()).rev() {
            files.swap(at, random.below(at as u64 + 1) as usize);
        }
        let mut counting = Counting::default();
        for portion in files.chunks(files.len().div_ceil(portions)) {
            portion.iter().copied().flatten().for_each(|it| counting.add(it));
            counting.counts.settle();
        }
        prop_assert_eq!(detect(&counting.finish(), &log, 0.0), expected);
    }
}

/// A stand-in for chance that is the same in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, past: u64) -> u64 {
        self.next() % past
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn poisson(&mut self, mean: f64) -> u32 {
        let (mut left, mut count) = ((-mean).exp(), 0);
        let mut product = self.unit();
        while product > left && left > 0.0 {
            count += 1;
            product *= self.unit();
            left = (-mean).exp();
        }
        count
    }
}

/// A log of many series: the work grows with its minutes, not with their square.
#[test]
fn a_large_log_takes_no_time() {
    let mut random = Random(3);
    let minutes = (28 * DAY / MINUTE) as u64;
    let mut counts = Counts::default();
    let texts: Vec<u32> = (0..4_000).map(|n| counts.text(format!("text{n}"))).collect();
    let mut cells = 0;
    for n in 0..20_000_usize {
        // A few dense groups and a long tail of sparse ones, 200,000 cells in all.
        let group = counts.group(Group {
            account: texts[0],
            region: texts[n % 8],
            event_source: texts[n % 90],
            event_name: texts[n % 4_000],
            principal: texts[n / 20],
            error: if n % 10 == 0 { texts[n % 7] } else { 0 },
        });
        let mut times: Vec<u64> =
            (0..if n < 12 { 9_000 } else { 5 }).map(|_| random.below(minutes)).collect();
        times.sort_unstable();
        cells += times.len();
        times.iter().for_each(|it| counts.add(group, *it as i32, 1 + random.below(6) as u32));
    }
    #[expect(clippy::disallowed_methods, reason = "a native test of how long it takes")]
    let now = std::time::Instant::now;
    let start = now();
    counts.settle();
    println!("settled {:?}", start.elapsed());
    let coverage = coverage_of(&counts);
    let mut detector = Detector::new(Rc::new(counts), &coverage, 0.5);
    let (mut longest, mut last) = (std::time::Duration::ZERO, now());
    while detector.step(40_000) {
        longest = longest.max(last.elapsed());
        last = now();
    }
    println!("stepped {:?}, longest {longest:?}", start.elapsed());
    let (tested, incidents) = detector.finish(Vec::new());
    let took = start.elapsed();
    println!("{cells} cells, {} series, {} incidents: {took:?}", tested.series, incidents.len());
    assert_eq!(tested.levels, Level::ALL);
    // About a second where nothing else runs; tests run where much else does.
    let limit = if cfg!(debug_assertions) { 120 } else { 10 };
    assert!(took.as_secs() < limit, "{took:?}");
}

/// A real bucket folder, if it lies beside the project.
fn sans() -> Option<Log> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/sans-504");
    if !folder.is_dir() {
        return None;
    }
    let mut files = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).ok()? {
            let path = entry.ok()?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "gz") {
                files.push(path);
            }
        }
    }
    let mut events: HashMap<(String, String), Event> = HashMap::new();
    for file in files {
        let file = flate2::read::MultiGzDecoder::new(std::fs::File::open(file).ok()?);
        let json: serde_json::Value =
            serde_json::from_reader(std::io::BufReader::new(file)).ok()?;
        for record in json["Records"].as_array()? {
            let text = |path: &str| record.pointer(path).and_then(|it| it.as_str());
            let account = text("/recipientAccountId").unwrap_or_default().to_owned();
            let kind = text("/userIdentity/type").unwrap_or_default();
            let issuer = text("/userIdentity/sessionContext/sessionIssuer/arn");
            let principal = issuer
                .filter(|_| kind == "AssumedRole")
                .or_else(|| text("/userIdentity/arn"))
                .or_else(|| text("/userIdentity/invokedBy"));
            let own = || format!("{}:{kind}", text("/userIdentity/accountId").unwrap_or_default());
            let id = (text("/eventID")?.to_owned(), account.clone());
            events.entry(id).or_insert_with(|| Event {
                millis: text("/eventTime").and_then(parse).unwrap_or_default(),
                account,
                region: text("/awsRegion").unwrap_or_default().to_owned(),
                source: text("/eventSource").unwrap_or_default().to_owned(),
                name: text("/eventName").unwrap_or_default().to_owned(),
                principal: principal.map_or_else(own, str::to_owned),
                error: text("/errorCode").unwrap_or_default().to_owned(),
            });
        }
    }
    let mut events: Vec<_> = events.into_iter().collect();
    events.sort_by(|(a, _), (b, _)| a.cmp(b));
    Some(Log(events.into_iter().map(|(_, event)| event).collect()))
}

#[test]
fn the_bulk_download_of_a_real_log_comes_first() {
    let Some(log) = sans() else { return };
    assert_eq!(log.0.len(), 23_981);
    let (tested, incidents) = log.detect();
    println!("{tested:?}");
    for it in incidents.iter().take(15) {
        let (start, _) = range(it);
        let minutes = it.range.len_millis() / MINUTE;
        println!(
            "e {:6.2} {:?} {:?} {start} +{minutes} min {:?}",
            it.e, it.tier, it.title_kind, it.principal
        );
        for it in &it.insights {
            let key = &it.key;
            println!(
                "    e {:6.2} q {:.2} {:?} {} {} {} {}: {} in {} min, else {} in {:.0} min",
                it.e,
                it.q,
                it.measure,
                key.region,
                key.event_source,
                key.event_name,
                key.principal,
                it.insight.count,
                it.insight.minutes,
                it.baseline.count,
                it.baseline.minutes,
            );
        }
    }
    let first = &incidents[0];
    assert_eq!(first.principal.as_deref(), Some("arn:aws:iam::342082656213:user/FalsimentisRoot"));
    assert_eq!(
        range(first),
        ("2021-07-30T16:32:00Z".to_owned(), "2021-07-30T16:34:00Z".to_owned())
    );
    let named = |name: &str| first.insights.iter().find(|it| it.key.event_name == name).unwrap();
    assert_eq!(first.insights[0].key.event_name, "GetObject");
    assert_eq!((named("GetObject").insight.count, named("Decrypt").insight.count), (1168, 566));
    // 10,011 calls of log delivery are denied, evenly.
    assert!(incidents.len() <= 10, "{} lines to read", incidents.len());
    let denied = |it: &&Incident| it.principal.as_deref() == Some("delivery.logs.amazonaws.com");
    assert_eq!(incidents.iter().filter(denied).count(), 0);
    assert!(tested.series > 100 && (tested.covered_days - 4.4).abs() < 0.1);
    assert!(first.range.len_millis() < HOUR);
}
