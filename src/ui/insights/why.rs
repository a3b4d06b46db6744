//! Why an insight is flagged, in words: what was, what is usual, and how they were compared.

use super::{card::expected, controls::level};
use crate::{
    model::{
        insight::{Insight, Why},
        time::MINUTE,
    },
    ui::{
        format::{counted, duration, fill, grouped, instant, share_percent, short_arn},
        widget::{Plain, plain},
        words::Words,
    },
};

/// Moments that are told one by one.
const MOMENTS: usize = 5;

/// A count that need not be whole.
pub(crate) fn figure(number: f64) -> String {
    match number {
        it if it <= 0.0 => "0".to_owned(),
        it if it < 0.05 => "<0.1".to_owned(),
        it if it < 9.95 => format!("{it:.1}").trim_end_matches(".0").to_owned(),
        it => grouped(it.round() as u64),
    }
}

/// How many times more.
fn times(part: f64, whole: f64) -> String {
    format!("{}x", figure(part / whole))
}

/// Names and what is told of each, in the order of reading.
fn facts(insight: &Insight, words: Words) -> Vec<(&'static str, String)> {
    let count = insight.insight.count as f64;
    let lasts = duration(insight.range.len_millis(), words.language);
    let of_time = |count: String| fill(words.why_in_time(), &[("n", &count), ("time", &lasts)]);
    let hourly = figure(insight.baseline.average() * 60.0);
    let typical = insight.baseline.average() * insight.insight.minutes;
    let mut facts = Vec::new();
    match &insight.why {
        Why::Rate { window_minutes, record, season } => {
            let window = f64::from(*window_minutes);
            let length = duration(i64::from(*window_minutes) * MINUTE, words.language);
            facts.push((words.why_actual(), of_time(grouped(insight.insight.count))));
            facts.push((words.why_typical(), of_time(figure(typical))));
            if typical > 0.0 {
                facts.push((words.why_ratio(), times(count, typical)));
            }
            // A long burst is compared by the windows that the record is of.
            let largest = count * (window / insight.insight.minutes.max(1.0)).min(1.0);
            let told = [("n", grouped(u64::from(*record))), ("time", length.clone())];
            let told = told.each_ref().map(|it| (it.0, it.1.as_str()));
            facts.push((
                words.why_record(),
                if *record == 0 {
                    fill(words.why_record_none(), &told)
                } else {
                    let times = times(largest, f64::from(*record));
                    format!("{times}: {}", fill(words.why_record_of(), &told))
                },
            ));
            let season = if *season { words.why_season() } else { words.why_season_not() };
            facts.push((words.why_window(), format!("{length}, {season}")));
        },
        Why::Share { errors, calls, expected_share } => {
            let share = *errors as f64 / (*calls).max(1) as f64;
            let failed = [
                ("errors", grouped(*errors)),
                ("calls", grouped(*calls)),
                ("share", share_percent(share)),
            ];
            let failed = failed.each_ref().map(|it| (it.0, it.1.as_str()));
            facts.push((words.why_actual(), fill(words.why_failed(), &failed)));
            facts.push((words.why_typical(), share_percent(*expected_share)));
            if *expected_share > 0.0 {
                facts.push((words.why_ratio(), times(share, *expected_share)));
            }
        },
        Why::Beats { period_millis, at_millis, last_seen_millis, next_due_millis } => {
            facts.push((words.why_period(), duration(*period_millis, words.language)));
            let mut moments: Vec<String> =
                at_millis.iter().take(MOMENTS).map(|it| instant(*it)).collect();
            if at_millis.len() > MOMENTS {
                let rest = (at_millis.len() - MOMENTS) as u64;
                moments.push(counted(words.strip_others(), rest));
            }
            facts.push((words.why_moments(), moments.join(", ")));
            facts.extend(last_seen_millis.map(|it| (words.why_last_seen(), instant(it))));
            facts.push((words.why_next_due(), instant(*next_due_millis)));
        },
        Why::Silence { expected } => {
            facts.push((words.why_actual(), of_time("0".to_owned())));
            facts.push((words.why_typical(), of_time(figure(*expected))));
        },
        Why::New { field, value, active_hours } => {
            facts.push((words.why_new(), format!("{} {}", field.name(), short_arn(value))));
            let hours = counted(words.why_active_hours(), u64::from(*active_hours));
            facts.push((words.why_known_for(), hours));
        },
    }
    facts.push((words.why_chance(), expected(insight.e, words)));
    facts.push((words.cut_levels(), level(insight.level, words).to_owned()));
    if insight.baseline.minutes > 0.0 {
        let millis = (insight.baseline.minutes * MINUTE as f64) as i64;
        let (n, time) = (grouped(insight.baseline.count), duration(millis, words.language));
        let told = [("n", n.as_str()), ("time", &time), ("hourly", &hourly)];
        facts.push((words.why_baseline(), fill(words.why_baseline_of(), &told)));
    }
    facts
}

/// All facts, as a list of names and values.
pub(crate) fn why(insight: &Insight, words: Words) -> Plain {
    let facts = facts(insight, words)
        .into_iter()
        .flat_map(|(name, told)| [plain("dt", "").text(name), plain("dd", "").text(told)]);
    plain("section", "why")
        .testid("insight-why")
        .with(plain("h4", "").text(words.why_title()))
        .with(plain("dl", "").with_all(facts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::insight::{Level, Measure},
        state::Language,
        ui::insights::sentence::tests::incident,
    };

    fn told(insight: &Insight) -> String {
        let lines = facts(insight, Words { language: Language::English });
        lines.into_iter().map(|(name, told)| format!("{name}: {told}\n")).collect()
    }

    #[test]
    fn a_burst_is_explained_by_its_numbers() {
        let insight = &incident(Level::Api, Measure::Calls, &[]).insights[0];
        expect_test::expect![[r#"
            Actual: 1,170 in 4 minutes
            Typical: 0.2 in 4 minutes
            Ratio: 7,313x
            Record: 84x: at most 14 in 5 minutes at other times
            Window: 5 minutes, whatever the hour and the day
            Model estimate: By chance, less than one of a billion logs like this one would show it.
            Found by: API
            Baseline: 40 in 17 hours before it, 2.4 an hour
        "#]]
        .assert_eq(&told(insight));
    }

    #[test]
    fn errors_are_explained_by_their_share() {
        let mut incident = incident(Level::ApiError, Measure::Errors, &[]);
        let insight = &mut incident.insights[0];
        insight.why = Why::Share { errors: 30, calls: 40, expected_share: 0.05 };
        let told = told(insight);
        assert!(
            told.starts_with("Actual: 30 of 40 calls failed (75%)\nTypical: 5.0%\nRatio: 15x"),
            "{told}"
        );
    }

    #[test]
    fn what_never_was_has_no_ratio() {
        let mut incident = incident(Level::Api, Measure::Calls, &[]);
        let insight = &mut incident.insights[0];
        insight.baseline.count = 0;
        insight.why = Why::Rate { window_minutes: 5, record: 0, season: true };
        let told = told(insight);
        assert!(told.contains("Typical: 0 in 4 minutes\nRecord: none in 5 minutes"), "{told}");
    }
}
