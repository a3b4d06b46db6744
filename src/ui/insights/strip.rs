//! Incidents over the whole log: a row for each principal, or service, of those that are listed.

use std::{collections::BTreeMap, sync::Arc};

use leptos::prelude::*;

use super::{
    card::{element_id, tier_shape},
    recorded::{name, when},
    sentence::{tier, title},
};
use crate::{
    model::{
        derived::service,
        insight::{Agreement, Incident, Recorded, Tested},
        time::{DAY, TimeRange},
    },
    state::command::Command,
    ui::{
        context::{Page, page},
        format::{account_end, counted, day, short_arn, span, time_of_day, visible},
        histogram::ticks,
        widget::{Plain, plain},
        words::Words,
    },
};

/// Rows; what has none of its own is in the last.
const ROWS: usize = 8;
/// Moments on the axis, at most.
const TICKS: usize = 8;

/// Where a span begins and how wide it is, as shares of the whole.
pub(crate) fn placed(whole: TimeRange, range: TimeRange) -> (f64, f64) {
    let len = whole.len_millis().max(1) as f64;
    let at = |millis: i64| ((millis - whole.start_millis) as f64 / len).clamp(0.0, 1.0);
    let (start, end) = (at(range.start_millis), at(range.end_millis));
    (start, (end - start).max(0.0))
}

/// Who is behind an incident; else the service that it is of.
fn actor(incident: &Incident) -> String {
    match (&incident.principal, incident.insights.first()) {
        (Some(principal), _) => principal.clone(),
        (None, Some(lead)) => service(&lead.key.event_source).to_owned(),
        (None, None) => String::new(),
    }
}

/// Incidents by who is behind them, the most surprising first; those past the last row together,
/// under no name.
fn rows(incidents: &[Arc<Incident>]) -> Vec<(String, Vec<Arc<Incident>>)> {
    let mut order: Vec<String> = Vec::new();
    let mut by: BTreeMap<String, Vec<Arc<Incident>>> = BTreeMap::new();
    for it in incidents {
        let actor = actor(it);
        let row = by.entry(actor.clone()).or_default();
        if row.is_empty() {
            order.push(actor);
        }
        row.push(Arc::clone(it));
    }
    let keep = if order.len() > ROWS { ROWS - 1 } else { ROWS };
    let others: Vec<String> = order.split_off(keep.min(order.len()));
    let mut rows: Vec<_> =
        order.into_iter().filter_map(|it| by.remove(&it).map(|row| (it, row))).collect();
    let rest: Vec<_> = others.iter().filter_map(|it| by.remove(it)).flatten().collect();
    if !rest.is_empty() {
        rows.push((String::new(), rest));
    }
    rows
}

/// What a row is called: with the end of its account where another is called the same.
fn called(actor: &str, all: &[String]) -> String {
    let short = short_arn(actor);
    let is_one_of_two = all.iter().any(|it| it != actor && short_arn(it) == short);
    match account_end(actor).filter(|_| is_one_of_two) {
        Some(end) => format!("{short} …{}", visible(end)),
        None => short.into_owned(),
    }
}

/// One incident: its shape at its beginning, a line as long as it lasts.
fn mark(page: Page, whole: TimeRange, incident: &Incident) -> AnyView {
    let words = page.words;
    let (left, width) = placed(whole, incident.range);
    let said = format!(
        "{}: {}, {}",
        tier(incident.tier, words),
        title(incident.title_kind, words),
        span(incident.range)
    );
    let (id, open) = (incident.id.clone(), incident.id.clone());
    let unfold = move |_| {
        page.send(Command::Unfold(Some(id.clone())));
        page.app.host().focus(&element_id(&id));
    };
    view! {
        <button
            type="button"
            class=format!("strip-mark is-{}", incident.tier.as_str())
            class:is-open=move || page.app.view.with(|it| it.incident.as_ref() == Some(&open))
            data-testid="strip-mark"
            data-id=incident.id.clone()
            tabindex="-1"
            aria-label=said.clone()
            title=said
            style:left=format!("{:.3}%", left * 100.0)
            style:width=format!("{:.3}%", width * 100.0)
            on:click=unfold
        >
            <svg class="icon is-filled" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                <path d=tier_shape(incident.tier)></path>
            </svg>
        </button>
    }
    .into_any()
}

fn row(name: String, whole_name: &str, lane: Plain) -> Plain {
    plain("div", "strip-row")
        .with(plain("span", "strip-name").title(whole_name).text(name))
        .with(lane)
}

/// Moments below a drawing. Midnights are written as days.
pub(crate) fn axis(whole: TimeRange) -> Plain {
    let tick = |millis: i64| {
        let is_day = millis % DAY == 0;
        let text = if is_day { day(millis) } else { time_of_day(millis) };
        let (left, _) = placed(whole, TimeRange { start_millis: millis, end_millis: millis });
        plain("span", if is_day { "tick is-day" } else { "tick" }).placed_at(left).text(text)
    };
    plain("div", "axis").with_all(ticks(whole, TICKS).into_iter().map(tick))
}

/// What CloudTrail itself found, outlined; filled where an incident agrees.
fn theirs(whole: TimeRange, recorded: &[Recorded], words: Words) -> Option<Plain> {
    let bands = recorded.iter().filter_map(|it| {
        let range = when(it)?;
        let (left, width) = placed(whole, range);
        let said = format!("{}, {}", name(it, words), span(range));
        let class = match it.agreement {
            Agreement::Both => "strip-band is-both",
            _ => "strip-band",
        };
        Some(plain("i", class).placed(left, width).title(said))
    });
    let lane = plain("div", "strip-lane").with_all(bands);
    let name = words.recorded_title();
    (!recorded.is_empty()).then(|| row(name.to_owned(), name, lane))
}

/// The log, and what CloudTrail itself found where its records are of another time.
fn extent(recorded: &[Recorded], tested: &Tested) -> TimeRange {
    let log = Some(tested.range).filter(|it| it.len_millis() > 0);
    let both = |a: TimeRange, b: TimeRange| TimeRange {
        start_millis: a.start_millis.min(b.start_millis),
        end_millis: a.end_millis.max(b.end_millis),
    };
    recorded.iter().filter_map(when).chain(log).reduce(both).unwrap_or_default()
}

/// The strip.
pub(crate) fn strip(
    incidents: &[Arc<Incident>],
    recorded: &[Recorded],
    tested: &Tested,
) -> AnyView {
    let page = page();
    let words = page.words;
    let whole = extent(recorded, tested);
    let rows = rows(incidents);
    let actors: Vec<String> = rows.iter().map(|it| it.0.clone()).collect();
    let lines = rows.into_iter().map(|(actor, incidents)| {
        let name = if actor.is_empty() {
            counted(words.strip_others(), incidents.len() as u64)
        } else {
            called(&actor, &actors)
        };
        // The most surprising lies on top.
        let marks = incidents.iter().rev().map(|it| mark(page, whole, it));
        let lane = marks.fold(plain("div", "strip-lane"), Plain::with_view);
        row(name, &actor, lane)
    });
    let hole = |range: &TimeRange| {
        let (left, width) = placed(whole, *range);
        let title = format!("{} {}", words.strip_hole(), span(*range));
        plain("i", "strip-hole").placed(left, width).title(title)
    };
    let (left, width) = placed(whole, tested.range);
    let covered = plain("div", "strip-lane is-coverage")
        .with(plain("i", "strip-covered").placed(left, width))
        .with_all(tested.holes.iter().map(hole));
    plain("section", "strip")
        .testid("incident-strip")
        .label(words.strip_label())
        .with_all(lines)
        .with_all(theirs(whole, recorded, words))
        .with(row(words.strip_coverage().to_owned(), "", covered))
        .with(row(String::new(), "", axis(whole)))
        .view()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::insight::{Level, Measure},
        ui::insights::sentence::tests::incident,
    };

    fn by(principal: &str) -> Arc<Incident> {
        let some = Some(principal.to_owned()).filter(|it| !it.is_empty());
        Arc::new(Incident { principal: some, ..incident(Level::Api, Measure::Calls, &[]) })
    }

    #[test]
    fn each_actor_has_a_row_and_the_rest_share_one() {
        let few = rows(&[by("b"), by("a"), by("b"), by("")]);
        let names: Vec<_> = few.iter().map(|(name, row)| (name.as_str(), row.len())).collect();
        assert_eq!(names, [("b", 2), ("a", 1), ("s3", 1)]);
        let many: Vec<_> = (0..20).map(|it| by(&it.to_string())).collect();
        let many = rows(&many);
        assert_eq!(many.len(), ROWS);
        assert_eq!((many[ROWS - 1].0.as_str(), many[ROWS - 1].1.len()), ("", 20 - (ROWS - 1)));
    }

    #[test]
    fn two_of_one_name_are_told_apart_by_their_accounts() {
        let all = ["arn:aws:iam::111122223333:user/jo", "arn:aws:iam::444455556666:user/jo", "s3"]
            .map(str::to_owned);
        assert_eq!(called(&all[0], &all), "user/jo …3333");
        assert_eq!(called(&all[1], &all), "user/jo …6666");
        assert_eq!(called(&all[0], &all[..1]), "user/jo");
        assert_eq!(called(&all[2], &all), "s3");
    }

    #[test]
    fn a_span_is_cut_to_the_log() {
        let whole = TimeRange::between(100, 200);
        assert_eq!(placed(whole, TimeRange::between(125, 150)), (0.25, 0.25));
        assert_eq!(placed(whole, TimeRange::between(50, 300)), (0.0, 1.0));
        assert_eq!(placed(whole, TimeRange::between(300, 400)), (1.0, 0.0));
    }
}
