//! Days to choose from: two dates, and a chart of what there is.

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use leptos::prelude::*;

use crate::{
    model::{
        estimate::Estimate,
        path::PathFilter,
        survey::Survey,
        time::{DAY, TimeRange, parse},
    },
    ui::{
        context::page,
        format::{day, fill},
        widget::Bars,
    },
};

/// Bars are of several days where there are more.
const MOST_BARS: i64 = 120;

/// The first and the last day; nothing where paths tell none.
#[component]
pub(super) fn Days(
    /// What there is.
    survey: Arc<Survey>,
    /// What is chosen.
    draft: RwSignal<PathFilter>,
) -> impl IntoView {
    let words = page().words;
    let days = survey.days(&PathFilter::default());
    let (first, last) = (*days.keys().next()?, *days.keys().next_back()?);
    let all = TimeRange { start_millis: first, end_millis: last + DAY };
    let range = Memo::new(move |_| draft.with(|it| it.range.unwrap_or(all)));
    let set = move |range: TimeRange| draft.update(|it| it.range = (range != all).then_some(range));
    let date =
        move |label: &'static str, testid: &'static str, at: fn(TimeRange) -> i64, moved: Move| {
            // A field that was cleared stays so while it is typed into, and stands for no bound.
            let cleared = RwSignal::new(false);
            let shown = Memo::new(move |before: Option<&String>| match before {
                Some(before) if cleared.get() => before.clone(),
                _ => day(at(range.get())),
            });
            let typed = move |text: String| {
                let wanted = if text.is_empty() { Some(at(all)) } else { parse(&text) };
                cleared.set(text.is_empty());
                if let Some(wanted) = wanted {
                    set(moved(range.get_untracked(), wanted.clamp(first, last)));
                }
            };
            view! {
                <label class="choice-date">
                    <span>{label}</span>
                    <input
                        type="date"
                        data-testid=testid
                        min=day(first)
                        max=day(last)
                        prop:value=move || shown.get()
                        on:change:target=move |event| typed(event.target().value())
                        on:blur=move |_| cleared.set(false)
                    />
                </label>
            }
        };
    let chart = move || {
        let of_others = draft.with(|it| PathFilter { range: None, ..it.clone() });
        let (counts, marked) = bars(&survey.days(&of_others), all, range.get());
        let (from, to) = (day(first), day(last));
        let label = fill(words.choice_chart(), &[("first", &from), ("last", &to)]);
        view! { <Bars counts marked label /> }
    };
    Some(view! {
        <fieldset class="choice-group choice-days">
            <legend>{words.choice_days()}</legend>
            <div class="choice-dates">
                {date(words.choice_from(), "choice-from", |it| it.start_millis, from)}
                {date(words.choice_to(), "choice-to", |it| it.end_millis - DAY, to)}
            </div>
            {chart}
            <p class="quiet">{words.choice_days_note()}</p>
        </fieldset>
    })
}

/// How a range is changed by a date that was set.
type Move = fn(TimeRange, i64) -> TimeRange;

fn from(range: TimeRange, day: i64) -> TimeRange {
    TimeRange { start_millis: day, end_millis: range.end_millis.max(day + DAY) }
}

fn to(range: TimeRange, day: i64) -> TimeRange {
    TimeRange { start_millis: range.start_millis.min(day), end_millis: day + DAY }
}

/// Events by day, or by several days, and which of the bars lie in the chosen range.
fn bars(
    days: &BTreeMap<i64, Estimate>,
    all: TimeRange,
    chosen: TimeRange,
) -> (Vec<u32>, Range<usize>) {
    let count = all.len_millis() / DAY;
    let step = ((count + MOST_BARS - 1) / MOST_BARS).max(1) * DAY;
    let at = |millis: i64| ((millis - all.start_millis) / step) as usize;
    let mut counts = vec![0_u32; at(all.end_millis - 1) + 1];
    for (day, of) in days {
        if let Some(bar) = counts.get_mut(at(*day)) {
            *bar = bar.saturating_add(u32::try_from(of.events).unwrap_or(u32::MAX));
        }
    }
    (counts, at(chosen.start_millis)..at(chosen.end_millis - 1) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(start: i64, end: i64) -> TimeRange {
        TimeRange { start_millis: start * DAY, end_millis: end * DAY }
    }

    #[test]
    fn a_bar_is_a_day_or_as_many_as_are_needed() {
        let events = |events| Estimate { events, ..Estimate::default() };
        let days = BTreeMap::from([(10 * DAY, events(7)), (12 * DAY, events(9))]);
        assert_eq!(bars(&days, range(10, 13), range(12, 13)), (vec![7, 0, 9], 2..3));
        let years = BTreeMap::from([(0, events(1)), (DAY, events(2)), (999 * DAY, events(4))]);
        let (counts, marked) = bars(&years, range(0, 1000), range(0, 1000));
        assert_eq!((counts.len(), counts[0], counts[111]), (112, 3, 4));
        assert_eq!(marked, 0..112);
    }

    #[test]
    fn one_date_pushes_the_other() {
        assert_eq!(from(range(1, 3), 5 * DAY), range(5, 6));
        assert_eq!(to(range(4, 9), 2 * DAY), range(2, 3));
        assert_eq!(to(range(4, 9), 6 * DAY), range(4, 7));
    }
}
