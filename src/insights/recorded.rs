//! The insights that CloudTrail itself wrote: parsed, paired, and compared with ours.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::{
    insight::{Agreement, Incident, InsightKind, Level, Recorded, RecordedAttribution, SeriesKey},
    time::{MINUTE, parse},
};

/// Ours and theirs are of the same thing when they are this close.
const NEAR_MILLIS: i64 = 15 * MINUTE;
/// A record whose other half is missing is taken to last so long.
const USUAL_MILLIS: i64 = 5 * MINUTE;

/// Parses Insight records, JSON, each of a trail (with `sharedEventID` and `insightDetails`) or of
/// a Lake data store (the same under `eventJson`, as text or object, or with `insightDetails` as
/// text), and joins Start and End. What is no Insight record is left out. By start.
pub fn pair<'a>(records: impl IntoIterator<Item = &'a str>) -> Vec<Recorded> {
    let mut pairs: BTreeMap<(String, String, String), Recorded> = BTreeMap::new();
    let mut halves: Vec<Half> = records.into_iter().filter_map(read).collect();
    // An End knows more than its Start, and is read later.
    halves.sort_by(|a, b| (a.is_end, a.millis, &a.text).cmp(&(b.is_end, b.millis, &b.text)));
    for half in halves {
        let mut it = half.recorded;
        // The parts of one insight share an identifier; two accounts may share it too.
        let name = (it.key.account.clone(), it.key.region.clone(), it.shared_id.clone());
        let time = if half.is_end { &mut it.end_millis } else { &mut it.start_millis };
        *time = half.millis;
        it.records = vec![half.text];
        match pairs.get_mut(&name) {
            None => {
                pairs.insert(name, it);
            },
            Some(known) => {
                if known.records.contains(&it.records[0]) {
                    continue;
                }
                it.start_millis = it.start_millis.or(known.start_millis);
                it.baseline_minutes = it.baseline_minutes.or(known.baseline_minutes);
                if it.attributions.is_empty() {
                    it.attributions = std::mem::take(&mut known.attributions);
                }
                it.records.splice(0..0, std::mem::take(&mut known.records));
                *known = it;
            },
        }
    }
    let mut all: Vec<Recorded> = pairs.into_values().collect();
    for it in &mut all {
        // An End alone says how long it was.
        if let (None, Some(end)) = (it.start_millis, it.end_millis) {
            it.start_millis = Some(end - (it.insight_minutes * MINUTE as f64) as i64);
        }
    }
    all.sort_by_key(|it| (it.start_millis, it.shared_id.clone()));
    all
}

struct Half {
    is_end: bool,
    millis: Option<i64>,
    recorded: Recorded,
    text: String,
}

fn read(text: &str) -> Option<Half> {
    let outer: Value = serde_json::from_str(text).ok()?;
    let record = inner(&outer, "eventJson").unwrap_or(outer);
    let details = inner(&record, "insightDetails")?;
    let string = |value: &Value, name: &str| {
        value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let kind = match details.get("insightType")?.as_str()? {
        "ApiCallRateInsight" => InsightKind::CallRate,
        "ApiErrorRateInsight" => InsightKind::ErrorRate,
        _ => return None,
    };
    let context = details.get("insightContext");
    let statistics = context.and_then(|it| it.get("statistics"));
    let number = |path: &str| statistics.and_then(|it| it.pointer(path)).and_then(Value::as_f64);
    let named = |name: &str| {
        let account = string(&record, name);
        (!account.is_empty()).then_some(account)
    };
    let attributions = context.and_then(|it| it.get("attributions")).and_then(Value::as_array);
    let recorded = Recorded {
        shared_id: named("sharedEventID").or_else(|| named("sharedEventId"))?,
        kind,
        key: SeriesKey {
            account: named("recipientAccountId").unwrap_or_default(),
            region: string(&record, "awsRegion"),
            event_source: string(&details, "eventSource"),
            event_name: string(&details, "eventName"),
            error_code: string(&details, "errorCode"),
            principal: String::new(),
        },
        category: string(&details, "sourceEventCategory"),
        start_millis: None,
        end_millis: None,
        baseline_average: number("/baseline/average").unwrap_or(0.0),
        insight_average: number("/insight/average").unwrap_or(0.0),
        baseline_minutes: number("/baselineDuration"),
        insight_minutes: number("/insightDuration").unwrap_or(0.0),
        attributions: attributions.into_iter().flatten().map(attribution).collect(),
        agreement: Agreement::Theirs,
        incident: None,
        records: Vec::new(),
    };
    Some(Half {
        is_end: string(&details, "state") == "End",
        millis: parse(&string(&record, "eventTime")),
        recorded,
        text: text.to_owned(),
    })
}

/// A member that is an object, or the text of one.
fn inner(value: &Value, name: &str) -> Option<Value> {
    match value.get(name)? {
        Value::String(text) => serde_json::from_str(text).ok(),
        object @ Value::Object(_) => Some(object.clone()),
        _ => None,
    }
}

fn attribution(value: &Value) -> RecordedAttribution {
    let values = |name: &str| {
        let list = value.get(name).and_then(Value::as_array);
        let pair = |it: &Value| {
            Some((it.get("value")?.as_str()?.to_owned(), it.get("average")?.as_f64()?))
        };
        list.into_iter().flatten().filter_map(pair).collect()
    };
    RecordedAttribution {
        attribute: value.get("attribute").and_then(Value::as_str).unwrap_or_default().to_owned(),
        insight: values("insight"),
        baseline: values("baseline"),
    }
}

/// Marks what ours and theirs agree on: the same API (and error code) of the same account and
/// region, at nearly the same time.
pub fn compare(incidents: &mut [Incident], recorded: &mut [Recorded]) {
    for it in recorded {
        let Some(start) = it.start_millis.or(it.end_millis) else { continue };
        let end = it.end_millis.unwrap_or(start + USUAL_MILLIS);
        for incident in incidents.iter_mut() {
            for insight in &mut incident.insights {
                let level = match it.kind {
                    InsightKind::ErrorRate => Level::ApiError,
                    _ => Level::Api,
                };
                let same = insight.level == level
                    && insight.kind == it.kind
                    && SeriesKey { principal: String::new(), ..insight.key.clone() } == it.key;
                let near = insight.range.start_millis < end + NEAR_MILLIS
                    && start < insight.range.end_millis + NEAR_MILLIS;
                if same && near {
                    insight.agreement = Agreement::Both;
                    it.agreement = Agreement::Both;
                    it.incident.get_or_insert_with(|| incident.id.clone());
                }
            }
        }
    }
}
