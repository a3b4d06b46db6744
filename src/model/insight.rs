//! What is unusual in a log: departures from a baseline, folded into incidents.

use serde::{Deserialize, Serialize};

use super::{field::Field, question::Selection, time::TimeRange};

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
    /// Most surprising first.
    pub incidents: Vec<Incident>,
}

impl InsightsReport {
    /// How many incidents a person is shown before asking for more: ten, or two for each day.
    pub fn shown_first(&self) -> usize {
        let two_a_day = (2.0 * self.tested.covered_days).ceil() as usize;
        two_a_day.max(10).min(self.incidents.len())
    }
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
}

/// What a series of counts is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// Account, region, service and event name.
    Api,
    /// Account, principal and service.
    PrincipalService,
}

impl Level {
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Api => "api",
            Level::PrincipalService => "principal-service",
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

/// One series that left its baseline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Insight {
    pub level: Level,
    pub measure: Measure,
    pub key: SeriesKey,
    pub range: TimeRange,
    pub e: f64,
    /// The share of false ones to expect among the series of this level that are as surprising
    /// (Benjamini and Hochberg); a label, not a gate.
    pub q: f64,
    /// The series outside of `range`, over the time that the log covers.
    pub baseline: Rate,
    pub insight: Rate,
    /// Who and what the calls were, most telling value first.
    pub attributions: Vec<Attribution>,
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

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    pub start_millis: i64,
    pub step_millis: i64,
    pub counts: Vec<u32>,
    /// The largest count of the series in one step outside the incident.
    pub record: u32,
}
