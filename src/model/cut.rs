//! Which of the incidents that were found are listed. Part of the view, so its print is a promise.

use std::collections::BTreeSet;

use super::{
    derived::is_read,
    field::Field,
    insight::{Incident, Insight, Level},
};

/// Which incidents are listed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cut {
    /// How surprising one must be, in tenths of [`Insight::e`].
    pub tenths: u8,
    /// Levels whose series are left out.
    pub without: BTreeSet<Level>,
    /// Incidents that are reads alone are left out.
    pub without_reads: bool,
}

impl Cut {
    /// The fewest and the most that a person can ask for, in tenths.
    pub const FEWEST: u8 = 50;
    pub const MOST: u8 = 0;

    /// How surprising one must be, as [`Insight::e`].
    pub fn least(&self) -> f64 {
        f64::from(self.tenths) / 10.0
    }

    /// Whether an incident is listed: one of its series is surprising enough and of a level that
    /// is not left out.
    pub fn lists(&self, incident: &Incident) -> bool {
        let least = self.least();
        let told = |it: &Insight| it.e >= least && !self.without.contains(&it.level);
        incident.insights.iter().any(told)
            && !(self.without_reads && incident.insights.iter().all(is_of_reads))
    }

    /// As addresses spell it, the default as nothing: `1.2`, `0.5,-api-error,-reads`.
    pub fn print(&self) -> String {
        if *self == Cut::default() {
            return String::new();
        }
        let mut text = format!("{}.{}", self.tenths / 10, self.tenths % 10);
        for level in &self.without {
            text.push_str(",-");
            text.push_str(level.as_str());
        }
        if self.without_reads {
            text.push_str(",-reads");
        }
        text
    }

    /// What is missing or wrong is as in the default, each part by itself.
    pub fn parse(text: &str) -> Cut {
        let mut cut = Cut::default();
        for part in text.split(',') {
            match part.strip_prefix('-') {
                Some("reads") => cut.without_reads = true,
                Some(name) => {
                    cut.without.extend(Level::ALL.into_iter().find(|it| it.as_str() == name));
                },
                None => {
                    let tenths = part.parse().map_or(-1.0, |it: f64| (it * 10.0).round());
                    if (f64::from(Cut::MOST)..=f64::from(Cut::FEWEST)).contains(&tenths) {
                        cut.tenths = tenths as u8;
                    }
                },
            }
        }
        cut
    }
}

/// Whether all calls of a series, as far as their names are told, are reads.
fn is_of_reads(insight: &Insight) -> bool {
    if !insight.key.event_name.is_empty() {
        return is_read(&insight.key.event_name);
    }
    let names = insight.attributions.iter().find(|it| it.field == Field::EventName);
    names.is_some_and(|it| it.values.iter().all(|part| is_read(&part.value)))
}

impl Default for Cut {
    fn default() -> Cut {
        Cut { tenths: 5, without: BTreeSet::new(), without_reads: false }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::model::{
        insight::{Agreement, Chart, InsightKind, Measure, Rate, SeriesKey, Tier, TitleKind, Why},
        time::TimeRange,
    };

    /// An incident of one series: who called which API of S3, at which minute.
    pub(crate) fn incident(e: f64, principal: &str, event_name: &str, minute: i64) -> Incident {
        let range = TimeRange::between(minute * 60_000, (minute + 5) * 60_000);
        let insight = Insight {
            level: Level::PrincipalApi,
            kind: InsightKind::CallRate,
            measure: Measure::Calls,
            key: SeriesKey {
                event_source: "s3.amazonaws.com".to_owned(),
                event_name: event_name.to_owned(),
                principal: principal.to_owned(),
                ..SeriesKey::default()
            },
            range,
            open: false,
            e,
            q: 0.0,
            agreement: Agreement::Ours,
            baseline: Rate { count: 1, minutes: 1000.0 },
            insight: Rate { count: 100, minutes: 5.0 },
            why: Why::Rate { window_minutes: 5, record: 1, season: false },
            attributions: Vec::new(),
            records: Vec::new(),
        };
        Incident {
            id: format!("{principal} {event_name} {minute}"),
            title_kind: TitleKind::Burst,
            tier: Tier::Low,
            e,
            range,
            principal: None,
            accounts: Vec::new(),
            regions: Vec::new(),
            insights: vec![insight],
            chart: Chart::default(),
        }
    }

    #[test]
    fn an_incident_is_listed_by_the_series_that_are_not_left_out() {
        let mut it = incident(1.2, "a", "GetObject", 0);
        let lists = |text: &str, it: &Incident| Cut::parse(text).lists(it);
        assert!(lists("1.2", &it) && !lists("1.3", &it));
        assert!(!lists("0,-principal-api", &it) && !lists("0,-reads", &it));
        let put = Insight {
            level: Level::Api,
            e: 0.7,
            ..incident(0.0, "a", "PutObject", 0).insights.remove(0)
        };
        it.insights.push(put);
        assert!(lists("0,-reads", &it), "not all of it is reads");
        assert!(lists("0.7,-principal-api", &it) && !lists("0.8,-principal-api", &it));
    }

    #[test]
    fn an_address_holds_it() {
        let cut = Cut {
            tenths: 12,
            without: [Level::ApiError, Level::Api].into_iter().collect(),
            without_reads: true,
        };
        assert_eq!(cut.print(), "1.2,-api,-api-error,-reads");
        assert_eq!(Cut::parse(&cut.print()), cut);
        assert_eq!(Cut::default().print(), "");
    }

    #[test]
    fn junk_is_the_default_part_by_part() {
        for text in ["", "x", "-1,5.1,NaN,inf", "-nope,-", "99999999999"] {
            assert_eq!(Cut::parse(text), Cut::default(), "{text}");
        }
        assert_eq!(Cut::parse("x,3,-reads").print(), "3.0,-reads");
    }
}
