//! What is listed of the incidents that were found.

use std::sync::Arc;

use serde_json::{Value, json};

use super::mute::Mute;
use crate::model::{
    cut::Cut,
    insight::{Attribution, Incident, Insight},
    time::iso,
};

/// What is listed, and what is not though it was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// Most surprising first.
    pub shown: Vec<Arc<Incident>>,
    /// Left out since a person called them normal; most surprising first.
    pub muted: Vec<Arc<Incident>>,
}

/// Cuts what was found.
pub fn list(found: &[Arc<Incident>], cut: &Cut, mutes: &[Mute]) -> Listing {
    let listed = found.iter().filter(|it| cut.lists(it)).cloned();
    let (muted, shown) = listed.partition(|it| mutes.iter().any(|mute| mute.covers(it)));
    Listing { shown, muted }
}

/// Incidents as JSON, in the words of `window.trailglass.insights()`.
pub fn json<'a>(incidents: impl IntoIterator<Item = &'a Incident>) -> String {
    let all: Vec<Value> = incidents.into_iter().map(incident).collect();
    serde_json::to_string_pretty(&json!({ "incidents": all })).unwrap_or_default()
}

fn incident(it: &Incident) -> Value {
    json!({
        "id": it.id,
        "titleKind": it.title_kind.as_str(),
        "tier": it.tier.as_str(),
        "e": it.e,
        "start": iso(it.range.start_millis),
        "end": iso(it.range.end_millis),
        "principal": it.principal,
        "accounts": it.accounts,
        "regions": it.regions,
        "insights": it.insights.iter().map(insight).collect::<Vec<_>>(),
    })
}

fn insight(it: &Insight) -> Value {
    let records = it.records.iter().filter_map(|it| serde_json::from_str::<Value>(it).ok());
    json!({
        "level": it.level.as_str(),
        "type": it.kind.type_name(),
        "key": {
            "recipientAccountId": it.key.account,
            "awsRegion": it.key.region,
            "eventSource": it.key.event_source,
            "eventName": it.key.event_name,
            "errorCode": it.key.error_code,
            "principal": it.key.principal,
        },
        "start": iso(it.range.start_millis),
        "end": iso(it.range.end_millis),
        "e": it.e,
        "q": it.q,
        "agreement": it.agreement.as_str(),
        "baseline": { "average": it.baseline.average(), "minutes": it.baseline.minutes },
        "insight": {
            "average": it.insight.average(),
            "minutes": it.insight.minutes,
            "count": it.insight.count,
        },
        "attributions": it.attributions.iter().map(attribution).collect::<Vec<_>>(),
        "record": records.collect::<Vec<_>>(),
    })
}

fn attribution(it: &Attribution) -> Value {
    let values = it.values.iter().map(|it| {
        json!({ "value": it.value, "insight": it.inside, "baseline": it.outside, "isNew": it.outside == 0 })
    });
    json!({ "dimension": it.field.name(), "values": values.collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::cut::tests::incident;

    #[test]
    fn what_is_muted_is_told_apart_from_what_is_cut() {
        let found: Vec<Arc<Incident>> = [
            incident(9.0, "a", "GetObject", 0),
            incident(8.0, "a", "GetObject", 100),
            incident(7.0, "b", "GetObject", 0),
            incident(6.0, "a", "PutObject", 0),
            incident(0.1, "a", "GetObject", 300),
        ]
        .map(Arc::new)
        .to_vec();
        let told = |mutes: &[Mute]| {
            let Listing { shown, muted } = list(&found, &Cut::default(), mutes);
            let names = |list: Vec<Arc<Incident>>| list.iter().map(|it| it.e).collect::<Vec<_>>();
            (names(shown), names(muted))
        };
        assert_eq!(told(&[]), (vec![9.0, 8.0, 7.0, 6.0], vec![]));
        let mute = Mute::of(&found[0]);
        assert_eq!(told(std::slice::from_ref(&mute)), (vec![7.0, 6.0], vec![9.0, 8.0]));
        let from_millis = Some(found[1].range.start_millis);
        assert_eq!(told(&[Mute { from_millis, ..mute }]), (vec![9.0, 7.0, 6.0], vec![8.0]));
    }

    #[test]
    fn what_is_taken_away_is_json_whatever_the_log_says() {
        let mut odd = incident(f64::INFINITY, "=a\"\u{1}<b>", "X", 0);
        odd.insights[0].records = vec!["{\"a\": 1}".to_owned(), "{".to_owned()];
        let text = json([&odd]);
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["incidents"][0]["insights"][0]["key"]["principal"], "=a\"\u{1}<b>");
        assert_eq!(value["incidents"][0]["insights"][0]["record"], json!([{"a": 1}]));
    }
}
