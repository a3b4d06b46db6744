//! An incident unfolded: its chart, why it is flagged, who and what and where, and what can be
//! done with it.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    chart::chart, contrast::contrast, muted::mute_form, records::records, sentence::filter,
    series::series, why::why,
};
use crate::{
    model::{
        field::Field,
        filter::edit::term,
        insight::{Incident, Insight},
        time::{MINUTE, TimeRange},
    },
    state::command::Command,
    ui::{
        context::{Page, page},
        widget::{button, plain},
    },
};

/// The time of an insight, and a minute before and after.
fn around(range: TimeRange) -> TimeRange {
    TimeRange { start_millis: range.start_millis - MINUTE, end_millis: range.end_millis + MINUTE }
}

/// All that the same principal did, or all of the service where there is no one behind it.
fn neighbours(incident: &Incident, insight: &Insight) -> String {
    let account = (Field::RecipientAccountId, insight.key.account.as_str());
    let who = match &incident.principal {
        Some(principal) => (Field::Principal, principal.as_str()),
        None => (Field::EventSource, insight.key.event_source.as_str()),
    };
    let some = [account, who].into_iter().filter(|it| !it.1.is_empty());
    some.map(|(field, value)| term(field, value)).collect::<Vec<_>>().join(" ")
}

/// Buttons that show the events of a series.
fn events(page: Page, incident: &Incident, insight: &Insight) -> Vec<AnyView> {
    let words = page.words;
    let range = Some(around(insight.range));
    let (wide, narrow) = (neighbours(incident, insight), filter(incident, insight));
    let focus = |filter: String| {
        let id = incident.id.clone();
        move || {
            page.send(Command::Focus { filter: filter.clone(), range, incident: Some(id.clone()) });
        }
    };
    vec![
        button(
            "button is-small",
            Some("insight-around"),
            Some(words.events_around_hint()),
            words.events_around(),
            focus(wide),
        ),
        button(
            "button is-small",
            Some("insight-api"),
            None,
            words.events_only_api(),
            focus(narrow),
        ),
    ]
}

/// All that is known of an incident.
pub(crate) fn details(incident: &Arc<Incident>) -> AnyView {
    let page = page();
    let words = page.words;
    let picked = RwSignal::new(0_usize);
    let told = {
        let incident = Arc::clone(incident);
        move || {
            let insight = incident.insights.get(picked.get())?;
            let acts = events(page, &incident, insight);
            let acts =
                acts.into_iter().fold(plain("div", "incident-acts"), |it, act| it.with_view(act));
            let both = plain("div", "details-columns")
                .with(why(insight, words))
                .with_all(contrast(insight));
            Some(
                plain("div", "details-told")
                    .with(acts)
                    .with(both)
                    .with_all(records(words.records_title(), &insight.records))
                    .view(),
            )
        }
    };
    let list = (incident.insights.len() > 1).then(|| series(incident, picked));
    let mut all = plain("div", "details").testid("insight-body").with_view(chart(incident));
    if let Some(list) = list {
        all = all.with_view(list);
    }
    all.with_view(told.into_any()).with(mute_form(incident)).view()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{
            filter::Filter,
            insight::{Level, Measure},
        },
        ui::insights::sentence::tests::incident,
    };

    #[test]
    fn neighbours_are_of_the_principal_or_of_the_service() {
        let mut it = incident(Level::Api, Measure::Calls, &[]);
        it.insights[0].key.account = "1".to_owned();
        let text = neighbours(&it, &it.insights[0]);
        assert_eq!(
            text,
            "recipientAccountId:1 principal:arn:aws:iam::342082656213:user/FalsimentisRoot"
        );
        assert!(Filter::parse(&text).is_ok());
        it.principal = None;
        assert_eq!(
            neighbours(&it, &it.insights[0]),
            "recipientAccountId:1 eventSource:s3.amazonaws.com"
        );
    }
}
