use super::*;
use crate::{
    model::{
        filter::Filter,
        insight::{Agreement, Attribution, Chart, InsightKind, Level, Part, Rate, SeriesKey, Why},
        time::{MINUTE, TimeRange, parse},
    },
    state::Language,
};

const ARN: &str = "arn:aws:iam::342082656213:user/FalsimentisRoot";

pub(crate) fn incident(level: Level, measure: Measure, parts: &[(&str, u64)]) -> Incident {
    let start = parse("2021-07-30T16:32").unwrap();
    let range = TimeRange::between(start, start + 4 * MINUTE);
    let values = parts.iter().map(|(value, inside)| Part {
        value: (*value).to_owned(),
        inside: *inside,
        outside: 0,
    });
    let api = level == Level::Api;
    let insight = Insight {
        level,
        kind: InsightKind::CallRate,
        measure,
        open: false,
        agreement: Agreement::Ours,
        why: Why::Rate { window_minutes: 5, record: 14, season: false },
        records: Vec::new(),
        key: SeriesKey {
            account: String::new(),
            region: String::new(),
            event_source: "s3.amazonaws.com".to_owned(),
            event_name: if api { "GetObject".to_owned() } else { String::new() },
            principal: if api { String::new() } else { ARN.to_owned() },
            error_code: String::new(),
        },
        range,
        e: 12.0,
        q: 0.0,
        baseline: Rate { count: 40, minutes: 1000.0 },
        insight: Rate { count: 1170, minutes: 4.0 },
        attributions: vec![Attribution {
            field: if api { Field::Principal } else { Field::EventName },
            values: values.collect(),
        }],
    };
    Incident {
        id: "x".to_owned(),
        title_kind: TitleKind::Burst,
        tier: Tier::High,
        e: 12.0,
        range,
        principal: Some(ARN.to_owned()),
        accounts: vec![],
        regions: vec![],
        insights: vec![insight],
        chart: Chart {
            start_millis: start,
            step_millis: 5 * MINUTE,
            counts: vec![1],
            record: 14,
            ..Chart::default()
        },
    }
}

fn told(incident: &Incident, language: Language) -> String {
    sentence(incident, Words { language })
}

#[test]
fn a_burst_is_told_in_both_languages() {
    let incident = incident(Level::Api, Measure::Calls, &[(ARN, 1168)]);
    assert_eq!(
        told(&incident, Language::English),
        "user/FalsimentisRoot made 1,168 s3:GetObject calls in 4 minutes (2021-07-30 16:32–16:36). \
         The rest of the log has at most 14 in 5 minutes."
    );
    assert_eq!(
        told(&incident, Language::Korean),
        "user/FalsimentisRoot: 4분 동안 s3:GetObject 호출 1,168건 (2021-07-30 16:32–16:36). \
         나머지 로그에서는 5분 동안 최대 14건입니다."
    );
    assert_eq!(
        filter(&incident, &incident.insights[0]),
        format!("eventSource:s3.amazonaws.com eventName:GetObject principal:{ARN}")
    );
}

#[test]
fn one_api_is_named_only_if_it_is_all() {
    let all = incident(Level::PrincipalService, Measure::Errors, &[("GetObject", 1170)]);
    assert!(
        told(&all, Language::English)
            .starts_with("user/FalsimentisRoot: 1,170 s3:GetObject calls failed")
    );
    let most = incident(Level::PrincipalService, Measure::Errors, &[("GetObject", 1169)]);
    assert!(
        told(&most, Language::English).starts_with("user/FalsimentisRoot: 1,170 s3 calls failed")
    );
    let filter = filter(&most, &most.insights[0]);
    assert!(filter.ends_with("-outcome:success") && Filter::parse(&filter).is_ok());
}

#[test]
fn nobody_is_named_where_nobody_stands_out() {
    let mut incident = incident(Level::Api, Measure::Calls, &[]);
    incident.chart.record = 0;
    assert_eq!(
        told(&incident, Language::English),
        "1,170 s3:GetObject calls were made in 4 minutes (2021-07-30 16:32–16:36). The rest of the log has none."
    );
    // What leads an incident may be a part of it.
    incident.range.end_millis += 30 * MINUTE;
    assert!(
        told(&incident, Language::English)
            .ends_with("Outside of 2021-07-30 16:32–17:06 the log has none.")
    );
    incident.insights.clear();
    assert_eq!(told(&incident, Language::English), "");
}

#[test]
fn an_error_code_is_part_of_what_is_found() {
    let found = |code: &str| {
        let mut incident = incident(Level::Api, Measure::Errors, &[]);
        incident.insights[0].key.error_code = code.to_owned();
        filter(&incident, &incident.insights[0])
    };
    let api = "eventSource:s3.amazonaws.com eventName:GetObject";
    assert_eq!(found(""), format!("{api} -outcome:success"));
    assert_eq!(found("AccessDenied"), format!("{api} errorCode:AccessDenied"));
    assert_eq!(found("denied"), format!("{api} outcome:denied -errorCode:*"));
    for text in [found(""), found("AccessDenied"), found("denied")] {
        Filter::parse(&text).unwrap();
    }
}

#[test]
fn what_did_not_come_is_told_with_how_it_comes_otherwise() {
    let told = |why: Why, kind: TitleKind| {
        let mut incident = incident(Level::PrincipalApi, Measure::Calls, &[]);
        incident.title_kind = kind;
        incident.insights[0].key.event_name = "CreateSnapshot".to_owned();
        incident.insights[0].why = why;
        let words = Words { language: Language::English };
        (sentence(&incident, words), focus_range(&incident.insights[0]).is_some())
    };
    let beats = Why::Beats {
        period_millis: 60 * MINUTE,
        at_millis: vec![0; 58],
        last_seen_millis: None,
        next_due_millis: 0,
    };
    assert_eq!(
        told(beats, TitleKind::Gap),
        ("s3:CreateSnapshot by user/FalsimentisRoot comes every 1 hour, and did not come 58 times (2021-07-30 16:32–16:36).".to_owned(), false)
    );
    let new = Why::New { field: Field::AwsRegion, value: "ap-east-1".to_owned(), active_hours: 40 };
    assert_eq!(
        told(new, TitleKind::New),
        ("user/FalsimentisRoot used awsRegion ap-east-1 for the first time (2021-07-30 16:32–16:36), after 40 hours with other activity.".to_owned(), true)
    );
}
