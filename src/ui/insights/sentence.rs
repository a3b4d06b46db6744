//! An incident in words, and as a filter. Both speak of the same events: who clicks finds as many
//! as the sentence says.

use crate::{
    model::{
        derived::service,
        field::Field,
        filter::edit::term,
        insight::{Incident, Insight, Measure, Tier, TitleKind, Why},
        outcome::Outcome,
        time::TimeRange,
    },
    ui::{
        format::{duration, fill, grouped, short_arn, span, visible},
        words::Words,
    },
};

/// What an incident is called.
pub(crate) fn title(kind: TitleKind, words: Words) -> &'static str {
    match kind {
        TitleKind::Burst => words.title_burst(),
        TitleKind::Provisioning => words.title_provisioning(),
        TitleKind::Limits => words.title_limits(),
        TitleKind::IamBurst => words.title_iam(),
        TitleKind::Probing => words.title_probing(),
        TitleKind::Errors => words.title_errors(),
        TitleKind::Gap => words.title_gap(),
        TitleKind::Late => words.title_late(),
        TitleKind::Extra => words.title_extra(),
        TitleKind::Silence => words.title_silence(),
        TitleKind::New => words.title_new(),
    }
}

/// How much an incident asks to be looked at.
pub(crate) fn tier(tier: Tier, words: Words) -> &'static str {
    match tier {
        Tier::Info => words.tier_info(),
        Tier::Low => words.tier_low(),
        Tier::Medium => words.tier_medium(),
        Tier::High => words.tier_high(),
        Tier::Critical => words.tier_critical(),
    }
}

/// What an incident's leading series is about.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Subject {
    /// The principal, if one stands behind it.
    principal: Option<String>,
    /// The API's name, if it is one API.
    event_name: Option<String>,
    /// Events of just these.
    count: u64,
}

/// The value of a field in an insight, with how many events have it there.
fn part<'a>(insight: &'a Insight, field: Field, wanted: Option<&str>) -> Option<(&'a str, u64)> {
    let attribution = insight.attributions.iter().find(|it| it.field == field)?;
    let mut parts = attribution.values.iter();
    let part = match wanted {
        Some(wanted) => parts.find(|it| it.value == wanted),
        // Only where every event has it may the sentence speak of this value alone.
        None => parts.find(|it| it.inside == insight.insight.count),
    };
    part.map(|it| (it.value.as_str(), it.inside))
}

fn subject(incident: &Incident, insight: &Insight) -> Subject {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let mut count = insight.insight.count;
    let mut principal = some(&insight.key.principal);
    if let (None, Some(main)) = (&principal, &incident.principal)
        && let Some((_, inside)) = part(insight, Field::Principal, Some(main))
    {
        principal = Some(main.clone());
        count = inside;
    }
    let only_name = || part(insight, Field::EventName, None).and_then(|it| some(it.0));
    let event_name = some(&insight.key.event_name).or_else(only_name);
    Subject { principal, event_name, count }
}

/// `s3:GetObject`, or `s3` where it is more than one API.
fn api(insight: &Insight, event_name: Option<&str>) -> String {
    let service = service(&insight.key.event_source);
    match event_name {
        Some(name) if service.is_empty() => name.to_owned(),
        Some(name) => format!("{service}:{name}"),
        None => service.to_owned(),
    }
}

/// What happened, and how it is otherwise.
pub(crate) fn sentence(incident: &Incident, words: Words) -> String {
    let Some(insight) = incident.insights.first() else { return String::new() };
    let Subject { principal, event_name, count } = subject(incident, insight);
    if let Some(told) = absence(incident, insight, words) {
        return told;
    }
    let template = match (insight.measure, principal.is_some()) {
        (Measure::Calls, true) => words.sentence_calls(),
        (Measure::Calls, false) => words.sentence_calls_all(),
        (Measure::Errors, true) => words.sentence_errors(),
        (Measure::Errors, false) => words.sentence_errors_all(),
    };
    let what = api(insight, event_name.as_deref());
    let happened = fill(
        template,
        &[
            ("who", &short_arn(principal.as_deref().unwrap_or_default())),
            ("count", &grouped(count)),
            ("what", &what),
            ("time", &duration(insight.range.len_millis(), words.language)),
            ("span", &span(insight.range)),
        ],
    );
    // The rest is what lies outside of the whole incident, which may be longer than what leads it.
    let is_all = incident.range == insight.range;
    let rest = match (incident.chart.record, is_all) {
        (0, true) => words.sentence_rest_none(),
        (0, false) => words.sentence_outside_none(),
        (_, true) => words.sentence_rest(),
        (_, false) => words.sentence_outside(),
    };
    let rest = fill(
        rest,
        &[
            ("span", &span(incident.range)),
            ("record", &grouped(u64::from(incident.chart.record))),
            ("step", &duration(incident.chart.step_millis, words.language)),
        ],
    );
    format!("{happened} {rest}")
}

/// What did not come, came at a wrong time, or came for the first time.
fn absence(incident: &Incident, insight: &Insight, words: Words) -> Option<String> {
    let Subject { principal, event_name, .. } = subject(incident, insight);
    let who = principal.as_deref().map_or(words.everyone().into(), short_arn);
    let what = api(insight, event_name.as_deref());
    let (template, more) = match &insight.why {
        Why::Beats { period_millis, at_millis, .. } => {
            let template = match incident.title_kind {
                TitleKind::Late => words.sentence_late(),
                TitleKind::Extra => words.sentence_extra(),
                _ => words.sentence_gap(),
            };
            let period = duration(*period_millis, words.language);
            (template, vec![("period", period), ("n", grouped(at_millis.len() as u64))])
        },
        Why::Silence { expected } => {
            (words.sentence_silence(), vec![("n", grouped(expected.round() as u64))])
        },
        Why::New { field, value, active_hours } => {
            let told = [("field", field.name().to_owned()), ("value", short_arn(value).into())];
            let hours = ("n", grouped(u64::from(*active_hours)));
            (words.sentence_new(), told.into_iter().chain([hours]).collect())
        },
        Why::Rate { .. } | Why::Share { .. } => return None,
    };
    let (time, span) = (duration(insight.range.len_millis(), words.language), span(insight.range));
    let mut parts = vec![("who", &*who), ("what", &what), ("time", &time), ("span", &span)];
    parts.extend(more.iter().map(|(name, text)| (*name, text.as_str())));
    Some(fill(template, &parts))
}

/// The span to look at; all of the log where it is what did not come that is told of.
pub(crate) fn focus_range(insight: &Insight) -> Option<TimeRange> {
    match insight.why {
        Why::Beats { .. } | Why::Silence { .. } => None,
        Why::Rate { .. } | Why::Share { .. } | Why::New { .. } => Some(insight.range),
    }
}

/// The filter that finds an insight's events.
pub(crate) fn filter(incident: &Incident, insight: &Insight) -> String {
    let Subject { principal, event_name, .. } = subject(incident, insight);
    let key = &insight.key;
    let parts = [
        (Field::RecipientAccountId, key.account.as_str()),
        (Field::AwsRegion, key.region.as_str()),
        (Field::EventSource, key.event_source.as_str()),
        (Field::EventName, event_name.as_deref().unwrap_or_default()),
        (Field::Principal, principal.as_deref().unwrap_or_default()),
    ];
    let some = parts.into_iter().filter(|(_, value)| !value.is_empty());
    let mut terms: Vec<String> = some.map(|(field, value)| term(field, value)).collect();
    if let Why::New { field, value, .. } = &insight.why {
        terms.push(term(*field, value));
    }
    match key.error_code.as_str() {
        "" if insight.measure == Measure::Errors => terms.push("-outcome:success".to_owned()),
        "" => (),
        // The outcome stands in where a failed call has no error code.
        code if Outcome::ALL.iter().any(|it| it.as_str() == code) => {
            terms.extend([term(Field::Outcome, code), "-errorCode:*".to_owned()]);
        },
        code => terms.push(term(Field::ErrorCode, code)),
    }
    terms.join(" ")
}

/// One series in a line: what it is of.
pub(crate) fn series_name(incident: &Incident, insight: &Insight, words: Words) -> String {
    let Subject { principal, event_name, .. } = subject(incident, insight);
    let measure = match insight.measure {
        Measure::Calls => words.measure_calls(),
        Measure::Errors => words.measure_errors(),
    };
    let mut text = format!("{} · {measure}", api(insight, event_name.as_deref()));
    let principal = principal.as_deref().map(short_arn).unwrap_or_default();
    for part in [&*principal, &insight.key.region, &insight.key.error_code] {
        if !part.is_empty() {
            text.push_str(&format!(" · {part}"));
        }
    }
    visible(&text).into_owned()
}

#[cfg(test)]
pub(crate) mod tests;
