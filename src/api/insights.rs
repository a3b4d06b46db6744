//! What is unusual, as people's scripts read it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{
    derived,
    insight::{self, Level, Measure, TitleKind},
    time,
};

/// How the detector looks at a series.
const BASELINE: &str = "the rest of the log, before and after";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Report {
    tested: Tested,
    incidents: Vec<Incident>,
    /// Insight records that lay in the files: not told yet.
    recorded: [(); 0],
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
    attributions: Vec<Attribution>,
    /// As CloudTrail would write it: not made yet.
    record: [(); 0],
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

pub(super) fn report(report: &insight::InsightsReport, elapsed_ms: f64) -> Report {
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
        incidents: report.incidents.iter().map(incident).collect(),
        recorded: [],
    }
}

fn incident(it: &insight::Incident) -> Incident {
    let errors = it.insights.first().is_some_and(|it| it.measure == Measure::Errors);
    Incident {
        id: it.id.clone(),
        title: title(it),
        title_kind: it.title_kind.as_str(),
        kind: if errors { "error-rate" } else { "call-rate" },
        tier: it.tier.as_str(),
        e: finite(it.e),
        start: time::iso(it.range.start_millis),
        end: Some(time::iso(it.range.end_millis)),
        principal: it.principal.clone(),
        accounts: it.accounts.clone(),
        regions: it.regions.clone(),
        insights: it.insights.iter().map(one).collect(),
    }
}

fn one(it: &insight::Insight) -> Insight {
    let parts = [
        ("recipientAccountId", &it.key.account),
        ("awsRegion", &it.key.region),
        ("eventSource", &it.key.event_source),
        ("eventName", &it.key.event_name),
        ("principal", &it.key.principal),
    ];
    Insight {
        level: it.level.as_str(),
        key: parts
            .into_iter()
            .filter(|it| !it.1.is_empty())
            .map(|(name, it)| (name, it.clone()))
            .collect(),
        kind: match it.measure {
            Measure::Calls => "ApiCallRateInsight",
            Measure::Errors => "ApiErrorRateInsight",
        },
        start: time::iso(it.range.start_millis),
        end: Some(time::iso(it.range.end_millis)),
        e: finite(it.e),
        q: finite(it.q),
        agreement: "ours",
        baseline: Baseline {
            average: finite(it.baseline.average()),
            minutes: finite(it.baseline.minutes),
        },
        insight: Counted {
            average: finite(it.insight.average()),
            minutes: finite(it.insight.minutes),
            count: it.insight.count,
        },
        attributions: it.attributions.iter().map(attribution).collect(),
        record: [],
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

/// Who, how often, what, and how often before; in English.
fn title(it: &insight::Incident) -> String {
    let Some(lead) = it.insights.first() else { return "Unusual activity".to_owned() };
    let who = it.principal.as_deref().map_or("Several principals", short);
    let service = derived::service(&lead.key.event_source);
    let what = match lead.level {
        Level::Api => format!("{service} {}", lead.key.event_name),
        Level::PrincipalService => service.to_owned(),
    };
    let (count, minutes) = (lead.insight.count, lead.insight.minutes.round().max(1.0));
    let noun = match it.title_kind {
        TitleKind::Burst => "calls of",
        TitleKind::Provisioning => "calls that make resources in",
        TitleKind::Limits => "calls beyond the limits of",
        TitleKind::IamBurst => "calls that change or read permissions in",
        TitleKind::Probing => "denied calls that try what is allowed in",
        TitleKind::Errors => "failed calls of",
    };
    let before = lead.baseline.average() * minutes;
    let usual = if before < 0.05 {
        "hardly ever happens otherwise".to_owned()
    } else {
        format!("{before:.1} are usual")
    };
    format!("{who}: {count} {noun} {what} in {minutes} min; {usual}")
}

/// The last part of an ARN.
fn short(principal: &str) -> &str {
    principal.rsplit(['/', ':']).next().filter(|it| !it.is_empty()).unwrap_or(principal)
}

/// JSON has no infinity.
fn finite(number: f64) -> f64 {
    if number.is_finite() { number } else { 0.0 }
}
