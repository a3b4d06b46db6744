//! An insight as CloudTrail would write it: a Start and an End record.

use serde_json::{Value, json};

use super::incident::{Found, id};
use crate::model::{
    field::Field,
    insight::{Attribution, InsightKind, Part},
    time::{MINUTE, iso},
};

const EVENT_VERSION: &str = "1.09";
/// CloudTrail tells so many values of each attribute.
const MOST_VALUES: usize = 5;
/// A Start is written when the first minutes are known.
const FIRST_MINUTES: i64 = 5;

/// The records of a rate: Start, and End unless it may go on.
pub(super) fn write(found: &Found, attributions: &[Attribution]) -> Vec<String> {
    let mut states = vec!["Start"];
    if !found.open {
        states.push("End");
    }
    states.into_iter().map(|state| one(found, attributions, state)).collect()
}

fn one(found: &Found, attributions: &[Attribution], state: &str) -> String {
    let (key, burst) = (&found.names, &found.burst);
    let shared = id(found);
    let minutes = (burst.end - burst.start).max(1);
    let is_start = state == "Start";
    // What CloudTrail writes first is the rate of the first minutes; this writer knows the whole.
    let duration = if is_start { minutes.min(FIRST_MINUTES) } else { minutes };
    let moment = if is_start { burst.start } else { burst.end };
    let average = burst.count as f64 / minutes as f64;
    let baseline_minutes = (burst.baseline_minutes as f64).max(1.0);
    let mut details = json!({
        "state": state,
        "eventSource": key.event_source,
        "eventName": key.event_name,
        "insightType": found.kind.type_name(),
        "insightContext": {
            "statistics": {
                "baseline": { "average": burst.baseline_count as f64 / baseline_minutes },
                "insight": { "average": average },
                "insightDuration": duration,
                "baselineDuration": burst.baseline_minutes,
            },
            "attributions": tables(found, attributions),
        },
    });
    if let (false, Some(details)) = (key.error_code.is_empty(), details.as_object_mut()) {
        details.insert("errorCode".to_owned(), Value::from(key.error_code.as_str()));
    }
    json!({
        "eventVersion": EVENT_VERSION,
        "eventTime": iso(moment * MINUTE),
        "awsRegion": key.region,
        "eventID": uuid(&shared, state),
        "eventType": "AwsCloudTrailInsight",
        "recipientAccountId": key.account,
        "sharedEventID": uuid(&shared, "shared"),
        "insightDetails": details,
        "eventCategory": "Insight",
    })
    .to_string()
}

/// The two top-5 tables of each attribute, by average for each minute.
fn tables(found: &Found, attributions: &[Attribution]) -> Vec<Value> {
    let inside = (found.burst.end - found.burst.start).max(1) as f64;
    let outside = (found.burst.other_minutes as f64).max(1.0);
    let named = [
        ("userIdentityArn", Field::Principal),
        ("userAgent", Field::UserAgent),
        ("errorCode", Field::ErrorCode),
    ];
    let mut tables = Vec::new();
    for (name, field) in named {
        // Of errors the code is in the key.
        if field == Field::ErrorCode && found.kind == InsightKind::ErrorRate {
            continue;
        }
        let Some(attribution) = attributions.iter().find(|it| it.field == field) else { continue };
        let top = |count: fn(&Part) -> u64, minutes: f64| -> Vec<Value> {
            let mut parts: Vec<&Part> =
                attribution.values.iter().filter(|it| count(it) > 0).collect();
            parts.sort_by(|a, b| count(b).cmp(&count(a)).then_with(|| a.value.cmp(&b.value)));
            let value = |part: &&Part| json!({ "value": told(field, &part.value), "average": count(part) as f64 / minutes });
            parts.iter().take(MOST_VALUES).map(value).collect()
        };
        tables.push(json!({
            "attribute": name,
            "insight": top(|it| it.inside, inside),
            "baseline": top(|it| it.outside, outside),
        }));
    }
    tables
}

/// A value as CloudTrail writes it: "null" for no error, a role without the name of the session.
fn told(field: Field, value: &str) -> String {
    if value.is_empty() {
        return "null".to_owned();
    }
    let role = || {
        let rest = value.strip_prefix("arn:")?;
        let (partition, rest) = rest.split_once(":iam::")?;
        let (account, path) = rest.split_once(":role/")?;
        let name = path.rsplit('/').next()?;
        Some(format!("arn:{partition}:sts::{account}:assumed-role/{name}"))
    };
    role().filter(|_| field == Field::Principal).unwrap_or_else(|| value.to_owned())
}

/// An identifier that is the same after a reload.
fn uuid(shared: &str, what: &str) -> String {
    let mut hash = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    for byte in shared.bytes().chain([0]).chain(what.bytes()) {
        hash = (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
    }
    let hex = format!("{hash:032x}");
    let part = |from: usize, to: usize| &hex[from..to];
    format!("{}-{}-4{}-a{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}
