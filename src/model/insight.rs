//! What is unusual in a log: departures from a baseline, folded into incidents.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{field::Field, question::Selection, shared, time::TimeRange};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InsightsQuery {
    /// Picks incidents with a matching event; detection always looks at the whole log.
    pub selection: Selection,
    /// Only incidents at least this surprising, as [`Incident::e`].
    pub threshold: f64,
    /// As in a look: a higher number is a new question.
    pub generation: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InsightsReport {
    pub tested: Tested,
    /// Most surprising first. Shared, since they are large and kept in several lists.
    #[serde(with = "shared")]
    pub incidents: Vec<Arc<Incident>>,
    /// What CloudTrail itself found, as far as its records lay in the files; by start.
    pub recorded: Vec<Recorded>,
}

/// What was looked at, so that "nothing found" says something.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tested {
    /// Series of counts that were tested, over all levels.
    pub series: u64,
    pub levels: Vec<Level>,
    /// Time with events around it, in days.
    pub covered_days: f64,
    /// Holes in it, in days.
    pub missing_days: f64,
    /// From the first to past the last minute of the log.
    pub range: TimeRange,
    /// The longest holes in it, by time.
    pub holes: Vec<TimeRange>,
}

impl Tested {
    /// How many incidents a person is shown before asking for more: ten, or two for each day.
    pub fn shown_first(&self) -> usize {
        let two_a_day = (2.0 * self.covered_days).ceil() as usize;
        two_a_day.max(10)
    }
}

/// What a series of counts is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// Account, region, service and event name.
    Api,
    /// Account, principal and service.
    PrincipalService,
    /// Account, principal, service and event name.
    PrincipalApi,
    /// Account, region, service, event name and error code.
    ApiError,
}

impl Level {
    /// In the order of their numbers.
    pub const ALL: [Level; 4] =
        [Level::Api, Level::PrincipalService, Level::PrincipalApi, Level::ApiError];

    pub fn as_str(self) -> &'static str {
        match self {
            Level::Api => "api",
            Level::PrincipalService => "principal-service",
            Level::PrincipalApi => "principal-api",
            Level::ApiError => "api-error",
        }
    }
}

/// In which way a series is unlike itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum InsightKind {
    /// More calls than the rest of the log leads to expect.
    CallRate,
    /// More errors than its calls lead to expect.
    ErrorRate,
    /// A periodic job that missed beats, came late, or came between its beats.
    Gap,
    /// A busy series that fell silent.
    Silence,
    /// Something that its principal, or its account, never did before.
    FirstSeen,
}

impl InsightKind {
    /// As in `kind` of an incident.
    pub fn as_str(self) -> &'static str {
        match self {
            InsightKind::CallRate => "call-rate",
            InsightKind::ErrorRate => "error-rate",
            InsightKind::Gap => "gap",
            InsightKind::Silence => "silence",
            InsightKind::FirstSeen => "first-seen",
        }
    }

    /// As in `type` of an insight; the first two are CloudTrail's own words.
    pub fn type_name(self) -> &'static str {
        match self {
            InsightKind::CallRate => "ApiCallRateInsight",
            InsightKind::ErrorRate => "ApiErrorRateInsight",
            InsightKind::Gap => "Gap",
            InsightKind::Silence => "Silence",
            InsightKind::FirstSeen => "FirstSeen",
        }
    }
}

/// Who found an insight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Agreement {
    /// Trailglass alone.
    Ours,
    /// Trailglass and CloudTrail Insights.
    Both,
    /// CloudTrail Insights alone; only of [`Recorded`].
    Theirs,
}

impl Agreement {
    pub fn as_str(self) -> &'static str {
        match self {
            Agreement::Ours => "ours",
            Agreement::Both => "both",
            Agreement::Theirs => "theirs",
        }
    }
}

/// What was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Measure {
    Calls,
    /// Calls whose outcome is not `success`.
    Errors,
}

/// How much an incident asks to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Tier {
    Info,
    Low,
    Medium,
    High,
    Critical,
}

impl Tier {
    pub fn as_str(self) -> &'static str {
        match self {
            Tier::Info => "info",
            Tier::Low => "low",
            Tier::Medium => "medium",
            Tier::High => "high",
            Tier::Critical => "critical",
        }
    }
}

/// What an incident is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TitleKind {
    Burst,
    Provisioning,
    Limits,
    IamBurst,
    Probing,
    Errors,
    /// Missed beats of a periodic job.
    Gap,
    /// A periodic job that came late.
    Late,
    /// A periodic job that came between its beats.
    Extra,
    Silence,
    /// New for this principal, or for the account.
    New,
}

impl TitleKind {
    pub fn as_str(self) -> &'static str {
        match self {
            TitleKind::Burst => "burst",
            TitleKind::Provisioning => "provisioning",
            TitleKind::Limits => "limits",
            TitleKind::IamBurst => "iam-burst",
            TitleKind::Probing => "probing",
            TitleKind::Errors => "errors",
            TitleKind::Gap => "gap",
            TitleKind::Late => "late",
            TitleKind::Extra => "extra",
            TitleKind::Silence => "silence",
            TitleKind::New => "new",
        }
    }
}

/// What one series is of; empty text where the level has no such part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SeriesKey {
    pub account: String,
    pub region: String,
    pub event_source: String,
    pub event_name: String,
    pub principal: String,
    pub error_code: String,
}

/// One cause, as one line for a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// The same after a reload: made of type, key and start.
    pub id: String,
    pub title_kind: TitleKind,
    pub tier: Tier,
    /// 10^-e such windows are to be expected by chance in the leading series. A model's figure.
    pub e: f64,
    /// From the first to past the last unusual minute.
    pub range: TimeRange,
    /// Who made most of the excess.
    pub principal: Option<String>,
    pub accounts: Vec<String>,
    pub regions: Vec<String>,
    /// The leading one first, then the most surprising.
    pub insights: Vec<Insight>,
    /// Counts of the leading series around the incident, for a small chart.
    pub chart: Chart,
}

impl Incident {
    /// When it was over; `None` of one that may go on past the log's end.
    pub fn end_millis(&self) -> Option<i64> {
        let end_millis = self.range.end_millis;
        let goes_on = self.insights.iter().any(|it| it.open && it.range.end_millis == end_millis);
        (!goes_on).then_some(end_millis)
    }
}

/// One series that left its baseline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Insight {
    pub level: Level,
    pub kind: InsightKind,
    /// What the counts are of. Of errors with an [`SeriesKey::error_code`] only those with it.
    pub measure: Measure,
    pub key: SeriesKey,
    pub range: TimeRange,
    /// It may go on: it lasts until where the log ends.
    pub open: bool,
    pub e: f64,
    /// The share of false ones to expect among the series of this level that are as surprising
    /// (Benjamini and Hochberg); a label, not a gate.
    pub q: f64,
    pub agreement: Agreement,
    /// The series in the 7 days before `range`, or as much as there is; where it has no past, at
    /// all other times that the log covers.
    pub baseline: Rate,
    pub insight: Rate,
    /// What made it stand out.
    pub why: Why,
    /// Who and what the calls were: the field that explains most with the fewest values first, and
    /// of each field the most telling value first.
    pub attributions: Vec<Attribution>,
    /// As CloudTrail would write it, JSON: Start, and End unless it is open. None for what it has
    /// no records of.
    pub records: Vec<String>,
}

/// What made an insight stand out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Why {
    /// The calls (or errors) of a window.
    Rate {
        /// Length of the window.
        window_minutes: u32,
        /// The largest count in such a window at other times.
        record: u32,
        /// Whether the hour and the day of the week were taken into account.
        season: bool,
    },
    /// The share of errors among the calls.
    Share { errors: u64, calls: u64, expected_share: f64 },
    /// Beats of a periodic job, in milliseconds.
    Beats {
        period_millis: i64,
        /// When the beats were due that did not come, or came late; when those came that were not
        /// due.
        at_millis: Vec<i64>,
        last_seen_millis: Option<i64>,
        /// The first beat due after the end of the log.
        next_due_millis: i64,
    },
    /// Calls that are expected in the silence.
    Silence { expected: f64 },
    /// A value never seen before for this principal, or for the account if none is in the key.
    New {
        field: Field,
        value: String,
        /// Different hours in which the principal was active before.
        active_hours: u32,
    },
}

/// An insight that CloudTrail itself wrote into the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// `sharedEventID`: the same in Start and End.
    pub shared_id: String,
    pub kind: InsightKind,
    pub key: SeriesKey,
    /// `Management` or `Data`; empty in old records.
    pub category: String,
    /// As far as its records tell.
    pub start_millis: Option<i64>,
    pub end_millis: Option<i64>,
    /// For each minute.
    pub baseline_average: f64,
    pub insight_average: f64,
    pub baseline_minutes: Option<f64>,
    pub insight_minutes: f64,
    pub attributions: Vec<RecordedAttribution>,
    pub agreement: Agreement,
    /// The incident that agrees.
    pub incident: Option<String>,
    /// The records themselves, JSON: Start, End, or both in this order.
    pub records: Vec<String>,
}

/// One of CloudTrail's two top-5 tables: value and average for each minute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordedAttribution {
    /// `userIdentityArn`, `userAgent` or `errorCode`.
    pub attribute: String,
    pub insight: Vec<(String, f64)>,
    pub baseline: Vec<(String, f64)>,
}

/// The events of one insight by the values of one field, against the rest of its series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    pub field: Field,
    pub values: Vec<Part>,
}

/// One value's share of an insight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Empty text stands for events without the field.
    pub value: String,
    /// Events of the series in the insight's time.
    pub inside: u64,
    /// Events of the series at all other times; 0 means that the value is new.
    pub outside: u64,
}

/// A count over a time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    pub count: u64,
    pub minutes: f64,
}

impl Rate {
    /// For each minute.
    pub fn average(self) -> f64 {
        if self.minutes > 0.0 { self.count as f64 / self.minutes } else { 0.0 }
    }
}

/// A series around an incident.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    pub start_millis: i64,
    pub step_millis: i64,
    pub counts: Vec<u32>,
    /// Of errors, all calls of the same APIs in each step; else empty.
    pub calls: Vec<u32>,
    /// For each step, where 90 in 100 ordinary counts lie.
    pub band: Vec<(f64, f64)>,
    /// The largest count of the series in one step outside the incident.
    pub record: u32,
    /// Spans in the chart that the log does not cover.
    pub holes: Vec<TimeRange>,
}
