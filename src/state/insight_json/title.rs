//! What an incident is called, in English.

use crate::model::{
    derived,
    insight::{self, TitleKind},
    time,
};

/// Who, how often, what, and how often before; in English.
pub(super) fn title(it: &insight::Incident) -> String {
    let Some(lead) = it.insights.first() else { return "Unusual activity".to_owned() };
    let who = it.principal.as_deref().map_or("Several principals", short);
    let service = derived::service(&lead.key.event_source);
    let what = if lead.key.event_name.is_empty() {
        service.to_owned()
    } else {
        format!("{service} {}", lead.key.event_name)
    };
    if let Some(title) = other(lead, who, &what) {
        return title;
    }
    let (count, minutes) = (lead.insight.count, lead.insight.minutes.round().max(1.0));
    let noun = match it.title_kind {
        TitleKind::Burst => "calls of",
        TitleKind::Provisioning => "calls that make resources in",
        TitleKind::Limits => "calls beyond the limits of",
        TitleKind::IamBurst => "calls that change or read permissions in",
        TitleKind::Probing => "denied calls that try what is allowed in",
        TitleKind::Errors => "failed calls of",
        _ => "events of",
    };
    let before = lead.baseline.average() * minutes;
    let usual = if before < 0.05 {
        "hardly ever happens otherwise".to_owned()
    } else {
        format!("{before:.1} are usual")
    };
    format!("{who}: {count} {noun} {what} in {minutes} min; {usual}")
}

/// What is no burst.
fn other(lead: &insight::Insight, who: &str, what: &str) -> Option<String> {
    let minutes = lead.insight.minutes.round();
    match &lead.why {
        insight::Why::Beats { period_millis, at_millis, .. } => {
            let (count, period) = (at_millis.len(), period_millis / time::MINUTE);
            let missed = lead.insight.count == 0;
            let fault = if missed { "missed" } else { "came at the wrong time for" };
            Some(format!("{who}: {what} runs every {period} min and {fault} {count} beats"))
        },
        insight::Why::Silence { expected } => {
            Some(format!("{what} is silent for {minutes} min; {expected:.0} calls are usual"))
        },
        insight::Why::New { field, value, active_hours } => Some(format!(
            "{who}: {} {value} is new after {active_hours} active hours",
            field.name()
        )),
        insight::Why::Rate { .. } | insight::Why::Share { .. } => None,
    }
}

/// The last part of an ARN.
fn short(principal: &str) -> &str {
    principal.rsplit(['/', ':']).next().filter(|it| !it.is_empty()).unwrap_or(principal)
}
