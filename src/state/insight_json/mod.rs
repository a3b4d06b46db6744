//! What is unusual, as people's scripts and the files that they save read it: the same shapes for
//! both.

mod title;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{insight, time};

use title::title;

/// How the detector looks at a series.
const BASELINE: &str = "the rest of the log, before and after";

/// Everything that was found.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    tested: Tested,
    incidents: Vec<Incident>,
    /// Insight records that lay in the files, paired.
    recorded: Vec<Recorded>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Tested {
    series: u64,
    levels: Vec<&'static str>,
    covered_days: f64,
    missing_days: f64,
    baseline: &'static str,
    elapsed_ms: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Incident {
    id: String,
    title: String,
    title_kind: &'static str,
    kind: &'static str,
    tier: &'static str,
    e: f64,
    start: String,
    end: Option<String>,
    principal: Option<String>,
    accounts: Vec<String>,
    regions: Vec<String>,
    insights: Vec<Insight>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Insight {
    level: &'static str,
    key: BTreeMap<&'static str, String>,
    #[serde(rename = "type")]
    kind: &'static str,
    start: String,
    end: Option<String>,
    e: f64,
    q: f64,
    agreement: &'static str,
    baseline: Baseline,
    insight: Counted,
    why: Why,
    attributions: Vec<Attribution>,
    /// As CloudTrail would write it.
    record: Vec<serde_json::Value>,
}

#[derive(Serialize)]
#[serde(tag = "of", rename_all = "kebab-case", rename_all_fields = "camelCase")]
enum Why {
    Rate { window_minutes: u32, record: u32, season: bool },
    Share { errors: u64, calls: u64, expected_share: f64 },
    Beats { period_minutes: f64, at: Vec<String>, last_seen: Option<String>, next_due: String },
    Silence { expected: f64 },
    New { field: &'static str, value: String, active_hours: u32 },
}

/// What CloudTrail itself found.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Recorded {
    #[serde(rename = "sharedEventID")]
    shared_id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    key: BTreeMap<&'static str, String>,
    category: String,
    start: Option<String>,
    end: Option<String>,
    baseline: Rate,
    insight: Rate,
    attributions: Vec<RecordedAttribution>,
    agreement: &'static str,
    /// The id of the incident that agrees.
    incident: Option<String>,
    record: Vec<serde_json::Value>,
}

#[derive(Serialize)]
struct Rate {
    average: f64,
    minutes: Option<f64>,
}

#[derive(Serialize)]
struct RecordedAttribution {
    attribute: String,
    insight: Vec<Average>,
    baseline: Vec<Average>,
}

#[derive(Serialize)]
struct Average {
    value: String,
    average: f64,
}

/// The counts around an incident, for a chart.
#[derive(Serialize)]
pub struct Series {
    start: String,
    /// Seconds.
    step: f64,
    counts: Vec<u32>,
    band: Vec<[f64; 2]>,
    record: u32,
    holes: Vec<[String; 2]>,
}

#[derive(Serialize)]
struct Baseline {
    average: f64,
    minutes: f64,
}

#[derive(Serialize)]
struct Counted {
    average: f64,
    minutes: f64,
    count: u64,
}

#[derive(Serialize)]
struct Attribution {
    dimension: &'static str,
    values: Vec<Part>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    value: String,
    insight: u64,
    baseline: u64,
    is_new: bool,
}

/// All of it, and how long it took to be told.
pub fn report(report: &insight::InsightsReport, elapsed_ms: f64) -> Report {
    let tested = &report.tested;
    Report {
        tested: Tested {
            series: tested.series,
            levels: tested.levels.iter().map(|it| it.as_str()).collect(),
            covered_days: finite(tested.covered_days),
            missing_days: finite(tested.missing_days),
            baseline: BASELINE,
            elapsed_ms,
        },
        incidents: report.incidents.iter().map(|it| incident(it)).collect(),
        recorded: report.recorded.iter().map(recorded).collect(),
    }
}

/// Incidents as a file to save.
pub fn file<'a>(incidents: impl IntoIterator<Item = &'a insight::Incident>) -> String {
    #[derive(Serialize)]
    struct File {
        incidents: Vec<Incident>,
    }
    let file = File { incidents: incidents.into_iter().map(incident).collect() };
    serde_json::to_string_pretty(&file).unwrap_or_default()
}

fn incident(it: &insight::Incident) -> Incident {
    let lead = it.insights.first();
    Incident {
        id: it.id.clone(),
        title: title(it),
        title_kind: it.title_kind.as_str(),
        kind: lead.map_or("call-rate", |it| it.kind.as_str()),
        tier: it.tier.as_str(),
        e: finite(it.e),
        start: time::iso(it.range.start_millis),
        end: it.end_millis().map(time::iso),
        principal: it.principal.clone(),
        accounts: it.accounts.clone(),
        regions: it.regions.clone(),
        insights: it.insights.iter().map(one).collect(),
    }
}

fn one(it: &insight::Insight) -> Insight {
    Insight {
        level: it.level.as_str(),
        key: key(&it.key),
        kind: it.kind.type_name(),
        start: time::iso(it.range.start_millis),
        end: (!it.open).then(|| time::iso(it.range.end_millis)),
        e: finite(it.e),
        q: finite(it.q),
        agreement: it.agreement.as_str(),
        baseline: Baseline {
            average: finite(it.baseline.average()),
            minutes: finite(it.baseline.minutes),
        },
        insight: Counted {
            average: finite(it.insight.average()),
            minutes: finite(it.insight.minutes),
            count: it.insight.count,
        },
        why: why(&it.why),
        attributions: it.attributions.iter().map(attribution).collect(),
        record: records(&it.records),
    }
}

fn key(key: &insight::SeriesKey) -> BTreeMap<&'static str, String> {
    let parts = [
        ("recipientAccountId", &key.account),
        ("awsRegion", &key.region),
        ("eventSource", &key.event_source),
        ("eventName", &key.event_name),
        ("errorCode", &key.error_code),
        ("principal", &key.principal),
    ];
    let some = parts.into_iter().filter(|it| !it.1.is_empty());
    some.map(|(name, it)| (name, it.clone())).collect()
}

fn records(texts: &[String]) -> Vec<serde_json::Value> {
    texts.iter().filter_map(|it| serde_json::from_str(it).ok()).collect()
}

fn why(why: &insight::Why) -> Why {
    match why {
        insight::Why::Rate { window_minutes, record, season } => {
            Why::Rate { window_minutes: *window_minutes, record: *record, season: *season }
        },
        insight::Why::Share { errors, calls, expected_share } => {
            Why::Share { errors: *errors, calls: *calls, expected_share: finite(*expected_share) }
        },
        insight::Why::Beats { period_millis, at_millis, last_seen_millis, next_due_millis } => {
            Why::Beats {
                period_minutes: *period_millis as f64 / time::MINUTE as f64,
                at: at_millis.iter().map(|it| time::iso(*it)).collect(),
                last_seen: last_seen_millis.map(time::iso),
                next_due: time::iso(*next_due_millis),
            }
        },
        insight::Why::Silence { expected } => Why::Silence { expected: finite(*expected) },
        insight::Why::New { field, value, active_hours } => {
            Why::New { field: field.name(), value: value.clone(), active_hours: *active_hours }
        },
    }
}

fn recorded(it: &insight::Recorded) -> Recorded {
    let table = |values: &[(String, f64)]| {
        let one = |(value, average): &(String, f64)| Average {
            value: value.clone(),
            average: finite(*average),
        };
        values.iter().map(one).collect()
    };
    let attribution = |it: &insight::RecordedAttribution| RecordedAttribution {
        attribute: it.attribute.clone(),
        insight: table(&it.insight),
        baseline: table(&it.baseline),
    };
    Recorded {
        shared_id: it.shared_id.clone(),
        kind: it.kind.type_name(),
        key: key(&it.key),
        category: it.category.clone(),
        start: it.start_millis.map(time::iso),
        end: it.end_millis.map(time::iso),
        baseline: Rate { average: finite(it.baseline_average), minutes: it.baseline_minutes },
        insight: Rate { average: finite(it.insight_average), minutes: Some(it.insight_minutes) },
        attributions: it.attributions.iter().map(attribution).collect(),
        agreement: it.agreement.as_str(),
        incident: it.incident.clone(),
        record: records(&it.records),
    }
}

/// The chart of an incident.
pub fn series(it: &insight::Chart) -> Series {
    Series {
        start: time::iso(it.start_millis),
        step: it.step_millis as f64 / time::SECOND as f64,
        counts: it.counts.clone(),
        band: it.band.iter().map(|it| [finite(it.0), finite(it.1)]).collect(),
        record: it.record,
        holes: it
            .holes
            .iter()
            .map(|it| [time::iso(it.start_millis), time::iso(it.end_millis)])
            .collect(),
    }
}

fn attribution(it: &insight::Attribution) -> Attribution {
    let part = |it: &insight::Part| Part {
        value: it.value.clone(),
        insight: it.inside,
        baseline: it.outside,
        is_new: it.outside == 0,
    };
    Attribution { dimension: it.field.name(), values: it.values.iter().map(part).collect() }
}

/// JSON has no infinity.
fn finite(number: f64) -> f64 {
    if number.is_finite() { number } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::model::cut::tests::incident;

    #[test]
    fn what_is_saved_is_json_whatever_the_log_says() {
        let mut odd = incident(f64::INFINITY, "=a\"\u{1}<b>", "X", 0);
        odd.insights[0].records = vec!["{\"a\": 1}".to_owned(), "{".to_owned()];
        odd.insights[0].open = true;
        let value: Value = serde_json::from_str(&file([&odd])).unwrap();
        let told = &value["incidents"][0];
        assert_eq!(told["insights"][0]["key"]["principal"], "=a\"\u{1}<b>");
        assert_eq!(told["insights"][0]["record"], json!([{"a": 1}]));
        assert_eq!((&told["e"], &told["end"]), (&json!(0.0), &Value::Null));
    }
}
