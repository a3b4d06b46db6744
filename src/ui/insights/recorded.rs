//! What CloudTrail Insights itself wrote into the log, and is not in the list beside ours.

use std::collections::BTreeSet;

use crate::{
    model::{
        derived::service,
        insight::{Agreement, InsightKind, Recorded},
        time::{MINUTE, TimeRange},
    },
    ui::{
        format::{fill, grouped, short_arn, span},
        insights::{records::records, why::figure},
        widget::{Plain, plain},
        words::Words,
    },
};

/// A record whose other half is missing is drawn so long.
const USUAL_MILLIS: i64 = 5 * MINUTE;

/// When it was, as far as its records tell.
pub(crate) fn when(it: &Recorded) -> Option<TimeRange> {
    let start = it.start_millis.or(it.end_millis)?;
    let end = it.end_millis.unwrap_or(start + USUAL_MILLIS);
    Some(TimeRange::between(start, end))
}

/// What it is about: `ssm:SendCommand · calls`.
pub(crate) fn name(it: &Recorded, words: Words) -> String {
    let measure = match it.kind {
        InsightKind::ErrorRate => words.measure_errors(),
        _ => words.measure_calls(),
    };
    let mut name = format!("{}:{} · {measure}", service(&it.key.event_source), it.key.event_name);
    for part in [&it.key.error_code, &it.key.region, &it.key.account] {
        if !part.is_empty() {
            name.push_str(" · ");
            name.push_str(part);
        }
    }
    name
}

/// The values that it names first, of each attribute.
fn values(it: &Recorded) -> String {
    let first = it.attributions.iter().filter_map(|it| it.insight.first());
    first.map(|(value, _)| short_arn(value).into_owned()).collect::<Vec<_>>().join(" · ")
}

fn line(it: &Recorded, words: Words) -> Plain {
    let state = match it.agreement {
        Agreement::Both => words.recorded_below(),
        _ => words.recorded_theirs(),
    };
    let numbers = [("now", figure(it.insight_average)), ("else", figure(it.baseline_average))];
    let numbers = fill(words.recorded_rates(), &numbers.each_ref().map(|it| (it.0, it.1.as_str())));
    plain("li", "recorded-line")
        .testid("recorded")
        .kind(it.agreement.as_str())
        .with(plain("b", "").text(name(it, words)))
        .with(plain("span", "chip").text(state))
        .with_all(when(it).map(|it| plain("span", "quiet").text(span(it))))
        .with(plain("span", "quiet").text(numbers))
        .with(plain("span", "quiet mono").text(values(it)))
        .with_all(records(words.recorded_records(), &it.records))
}

/// Those that no listed incident agrees with; nothing where there are none.
pub(crate) fn unlisted(
    recorded: &[Recorded],
    listed: &BTreeSet<&str>,
    words: Words,
) -> Option<Plain> {
    let is_listed = |it: &&Recorded| it.incident.as_deref().is_some_and(|it| listed.contains(it));
    let rest: Vec<&Recorded> = recorded.iter().filter(|it| !is_listed(it)).collect();
    let both = grouped((recorded.len() - rest.len()) as u64);
    let told =
        fill(words.recorded_count(), &[("n", &grouped(recorded.len() as u64)), ("both", &both)]);
    (!recorded.is_empty()).then(|| {
        plain("section", "recorded")
            .with(plain("h3", "").text(words.recorded_title()))
            .with(plain("p", "quiet").text(told))
            .with(plain("ul", "").with_all(rest.into_iter().map(|it| line(it, words))))
    })
}
