//! The sample organisation: the same bytes always, records as CloudTrail writes them, and the
//! story's facts as its filters tell them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde_json::Value;
use trailglass::model::derived;
use trailglass::model::field::Field;
use trailglass::model::filter::Filter;
use trailglass::model::outcome::{Signs, outcome};
use trailglass::model::time::{self, DAY};
use trailglass::sample::story::{self, SCENES};
use trailglass::sample::{Plan, TrailFile, files};

/// A record with the place where it lies.
struct Event {
    record: Value,
    millis: i64,
    file: usize,
    raw: String,
}

/// All records of a plan, second copies included.
fn events(plan: &Plan) -> Vec<Event> {
    let mut all = Vec::new();
    for (file, it) in files(plan).enumerate() {
        let json: BTreeMap<String, Vec<Box<serde_json::value::RawValue>>> =
            serde_json::from_slice(&it.json).unwrap_or_else(|error| panic!("{}: {error}", it.path));
        assert_eq!(json.len(), 1);
        for raw in &json["Records"] {
            let record: Value = serde_json::from_str(raw.get()).expect("a record is JSON");
            let millis = time::parse(text(&record, "eventTime")).expect("a record has a time");
            all.push(Event { record, millis, file, raw: raw.get().to_owned() });
        }
    }
    all
}

/// The first of each pair of copies.
fn distinct(events: &[Event]) -> Vec<&Event> {
    let mut seen = BTreeSet::new();
    events.iter().filter(|event| seen.insert(text(&event.record, "eventID"))).collect()
}

/// The text at a dotted path; nothing if there is none.
fn text<'a>(record: &'a Value, path: &str) -> &'a str {
    let found = path.split('.').try_fold(record, |value, name| value.get(name));
    found.and_then(Value::as_str).unwrap_or_default()
}

/// The values of a field, as far as the story's filters and this test need them.
fn values(record: &Value, field: Field) -> Vec<String> {
    let one = |path: &str| text(record, path).to_owned();
    let value = match field {
        Field::Principal => {
            let issuer = one("userIdentity.sessionContext.sessionIssuer.arn");
            if issuer.is_empty() { one("userIdentity.arn") } else { issuer }
        },
        Field::Session => one("userIdentity.principalId")
            .split_once(':')
            .map(|it| it.1.to_owned())
            .unwrap_or_default(),
        Field::Outcome => {
            let code = one("errorCode");
            let message = one("errorMessage");
            let signs = Signs {
                event_name: text(record, "eventName"),
                event_type: text(record, "eventType"),
                error_code: Some(&code),
                error_message: Some(&message),
                console_login: Some(text(record, "responseElements.ConsoleLogin")),
            };
            outcome(signs).as_str().to_owned()
        },
        Field::Service => derived::service(text(record, "eventSource")).to_owned(),
        _ => one(field.name()),
    };
    if value.is_empty() { Vec::new() } else { vec![value] }
}

fn matches(filter: &Filter, record: &Value) -> bool {
    match filter {
        Filter::All => true,
        Filter::And(list) => list.iter().all(|it| matches(it, record)),
        Filter::Or(list) => list.iter().any(|it| matches(it, record)),
        Filter::Not(it) => !matches(it, record),
        Filter::Match { field, pattern } => {
            values(record, *field).iter().any(|it| pattern.matches(it))
        },
        _ => panic!("the story's filters are simpler than {filter:?}"),
    }
}

fn small() -> Plan {
    Plan { events: 8000, ..Plan::default() }
}

/// The records of a log of middling size, read once for all tests.
fn middling() -> &'static [Event] {
    static EVENTS: OnceLock<Vec<Event>> = OnceLock::new();
    EVENTS.get_or_init(|| events(&Plan { events: 20_000, ..Plan::default() }))
}

/// FNV-1a over all paths and bytes.
fn fingerprint(files: impl Iterator<Item = TrailFile>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for file in files {
        for byte in file.path.bytes().chain(file.json) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let hash = fingerprint(files(&small()));
    // Change this number when the sample is meant to change.
    assert_eq!(hash, 0xd0aa_452f_0ea3_8a73, "the sample changed: {hash:#018x}");
    assert_ne!(hash, fingerprint(files(&Plan { seed: 2, ..small() })));
}

#[test]
fn a_plan_gets_the_records_that_it_asks_for() {
    for wanted in [6000, 8000, 50_000] {
        let plan = Plan { events: wanted, ..Plan::default() };
        let records = |file: TrailFile| {
            String::from_utf8(file.json).unwrap().matches("{\"eventVersion\":").count() as u64
        };
        assert_eq!(files(&plan).map(records).sum::<u64>(), wanted);
    }
    // What is planted is there even when less is asked for.
    let least = events(&Plan { events: 0, ..Plan::default() });
    assert!((4000..6000).contains(&least.len()), "{}", least.len());
}

#[test]
fn files_lie_where_cloudtrail_lays_them() {
    let plan = small();
    let mut paths = BTreeSet::new();
    for file in files(&plan) {
        let parts: Vec<&str> = file.path.split('/').collect();
        let ["AWSLogs", _, account, "CloudTrail", region, year, month, day, name] = parts[..]
        else {
            panic!("{}", file.path);
        };
        let stamp = format!("{account}_CloudTrail_{region}_{year}{month}{day}T");
        assert!(name.starts_with(&stamp), "{}", file.path);
        assert_eq!(name.len(), stamp.len() + "0005Z_0123456789abcdef.json".len(), "{name}");
        assert!(paths.insert(file.path.clone()), "{} comes twice", file.path);
        let json: Value = serde_json::from_slice(&file.json).unwrap();
        let records = json["Records"].as_array().unwrap();
        assert!(!records.is_empty() && records.len() <= plan.per_file as usize);
        let delivered = format!(
            "{year}-{month}-{day}T{}:{}",
            &name[stamp.len()..][..2],
            &name[stamp.len() + 2..][..2]
        );
        for record in records {
            assert_eq!(text(record, "recipientAccountId"), account);
            assert_eq!(text(record, "awsRegion"), region);
            assert!(time::parse(text(record, "eventTime")) < time::parse(&delivered));
        }
    }
}

#[test]
fn records_have_what_cloudtrail_records_have() {
    let mut types = BTreeSet::new();
    let (mut categories, mut outcomes) = (BTreeSet::new(), BTreeSet::new());
    for Event { record, millis, .. } in middling() {
        for name in [
            "eventVersion",
            "eventTime",
            "eventSource",
            "eventName",
            "awsRegion",
            "sourceIPAddress",
            "userAgent",
            "eventType",
            "recipientAccountId",
            "eventCategory",
        ] {
            assert!(!text(record, name).is_empty(), "{name}: {record}");
        }
        for name in ["requestParameters", "responseElements"] {
            assert!(record[name].is_object() || record.get(name) == Some(&Value::Null), "{record}");
        }
        assert_eq!(text(record, "eventID").len(), 36);
        assert!(record["readOnly"].is_boolean());
        assert_eq!(record["managementEvent"], text(record, "eventCategory") == "Management");
        assert!((Plan::default().start_millis..).contains(millis));
        if text(record, "eventCategory") == "Data" && text(record, "errorCode").is_empty() {
            let resource = &record["resources"][0];
            let arn = resource.get("ARN").or_else(|| resource.get("ARNPrefix")).unwrap();
            assert!(arn.as_str().unwrap().starts_with("arn:aws:s3:::moonjar-"), "{record}");
        }
        types.insert(text(record, "userIdentity.type").to_owned());
        categories.insert(text(record, "eventCategory").to_owned());
        outcomes.extend(values(record, Field::Outcome));
    }
    let types: Vec<&str> = types.iter().map(String::as_str).collect();
    assert_eq!(
        types,
        [
            "",
            "AWSAccount",
            "AWSService",
            "AssumedRole",
            "IAMUser",
            "IdentityCenterUser",
            "Root",
            "SAMLUser",
            "WebIdentityUser"
        ]
    );
    assert_eq!(categories.len(), 2);
    assert_eq!(outcomes.len(), 5, "{outcomes:?}");
}

#[test]
fn only_second_copies_share_an_event_id() {
    let events = middling();
    let mut first: BTreeMap<&str, &Event> = BTreeMap::new();
    let mut copies = 0;
    for event in events {
        let Some(before) = first.insert(text(&event.record, "eventID"), event) else { continue };
        assert_eq!(before.raw, event.raw);
        assert_ne!(before.file, event.file);
        copies += 1;
    }
    assert!((100..200).contains(&copies), "{copies} of {}", events.len());
}

#[test]
fn the_log_fills_its_days() {
    for days in [7, 30] {
        let plan = Plan { days, events: 20_000, ..Plan::default() };
        let events = events(&plan);
        let first = events.iter().map(|it| it.millis).min().unwrap();
        let last = events.iter().map(|it| it.millis).max().unwrap();
        let end = plan.start_millis + i64::from(days) * DAY;
        assert!(plan.start_millis <= first && first < plan.start_millis + DAY / 24);
        assert!(end - DAY / 24 <= last && last < end, "{}", time::iso(last));
    }
}

#[test]
fn the_story_is_there_once_in_every_log() {
    let plans = [
        Plan::default(),
        Plan { seed: 7, ..small() },
        Plan { days: 21, events: 30_000, per_file: 7, ..Plan::default() },
    ];
    for plan in plans {
        let events = events(&plan);
        let events = distinct(&events);
        for scene in SCENES {
            let filter = Filter::parse(scene.filter).unwrap();
            let found: Vec<_> = events.iter().filter(|it| matches(&filter, &it.record)).collect();
            assert_eq!(found.len() as u64, scene.events, "{}: {plan:?}", scene.filter);
            for event in found {
                let inside = scene.range(&plan).contains(event.millis);
                assert!(inside, "{} at {}", scene.title, time::iso(event.millis));
            }
        }
    }
}

#[test]
fn the_storys_names_are_those_of_its_records() {
    let events = distinct(middling());
    let with = |part: &str| events.iter().filter(|it| it.raw.contains(part)).count() as u64;
    assert_eq!(with(story::TERMINATED_INSTANCE), 3);
    let of_thief = |it: &&&Event| text(&it.record, "sourceIPAddress") == story::THIEF_ADDRESS;
    let by_thief: Vec<_> = events.iter().filter(of_thief).collect();
    assert!(by_thief.iter().all(|it| text(&it.record, "userAgent") == story::THIEF_AGENT));
    assert_eq!(by_thief.len() as u64, with("kali"));
    let deleted: BTreeSet<String> = events
        .iter()
        .filter(|it| text(&it.record, "eventName") == "DeleteObject")
        .map(|it| it.record["resources"][0]["ARN"].to_string())
        .collect();
    assert_eq!(deleted.len() as u64, story::DELETED_OBJECTS);
    assert!(deleted.iter().all(|it| it.contains(story::DELETED_BUCKET)));
    assert_eq!(
        events
            .iter()
            .filter(|it| values(&it.record, Field::Session) == [story::DELETER_SESSION]
                && text(&it.record, "eventName") == "DeleteObject")
            .count(),
        12
    );
    let downloaded: BTreeSet<&str> = events
        .iter()
        .filter(|it| text(&it.record, "userIdentity.arn") == story::PLANTED_USER)
        .map(|it| text(&it.record, "requestParameters.key"))
        .collect();
    // Those that name no object count as one more.
    assert_eq!(downloaded.len() as u64, story::BULK_DOWNLOADS + 1);
}

#[test]
fn nothing_in_the_background_outshines_the_story() {
    let events = events(&Plan::default());
    let mut minutes: BTreeMap<(i64, String, String), u64> = BTreeMap::new();
    for event in distinct(&events) {
        let principal = values(&event.record, Field::Principal).concat();
        let name = text(&event.record, "eventName").to_owned();
        *minutes.entry((event.millis / (5 * time::MINUTE), principal, name)).or_default() += 1;
    }
    for ((window, principal, name), count) in minutes {
        let planted = principal == story::PLANTED_USER || principal == story::STORM_ROLE;
        assert!(planted || count < 60, "{count} {name} by {principal} in window {window}");
    }
}
