//! Incidents above the bars, and the axis below them.

use leptos::prelude::*;

use super::scale::{Scale, ticks};
use crate::{
    model::time::{DAY, TimeRange},
    ui::{
        context::page,
        format::{day, fill, time_of_day},
        insights::title,
    },
};

/// Moments on the axis, at most.
const TICKS: usize = 8;

/// Where a span begins and how wide it is, in percent; `None` when nothing of it is seen.
pub(crate) fn placed(scale: Scale, range: TimeRange) -> Option<(f64, f64)> {
    let start = scale.place(range.start_millis).max(0.0);
    let end = scale.place(range.end_millis).min(1.0);
    (start < 1.0 && end > 0.0 && end > start).then_some((start * 100.0, (end - start) * 100.0))
}

/// What is unusual, as a line above its time. For the eye: the list of incidents says the same.
#[component]
pub(crate) fn IncidentMarks(
    /// The bars below.
    scale: Memo<Option<Scale>>,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let marks = move || {
        let scale = scale.get()?;
        let first = page.asked.insights.with(|it| it.tested.shown_first())?;
        page.asked.listing.with(|listing| {
            let placed = listing.shown.iter().take(first).filter_map(|it| {
                let (left, width) = placed(scale, it.range)?;
                let text = fill(words.incident_at(), &[("what", title(it.title_kind, words))]);
                Some(view! {
                    <i
                        class=format!("mark is-{}", it.tier.as_str())
                        title=text
                        style:left=format!("{left:.3}%")
                        style:width=format!("{width:.3}%")
                    ></i>
                })
            });
            Some(placed.collect_view())
        })
    };
    view! { <div class="marks" aria-hidden="true">{marks}</div> }
}

/// Moments below the bars. Midnights are written as days.
#[component]
pub(crate) fn Axis(
    /// The bars above.
    scale: Memo<Option<Scale>>,
) -> impl IntoView {
    let labels = move || {
        let scale = scale.get()?;
        let labels = ticks(scale.range(), TICKS).into_iter().map(|millis| {
            let is_day = millis % DAY == 0;
            let text = if is_day { day(millis) } else { time_of_day(millis) };
            view! {
                <span
                    class="tick"
                    class:is-day=is_day
                    style:left=format!("{:.3}%", scale.place(millis) * 100.0)
                >
                    {text}
                </span>
            }
        });
        Some(labels.collect_view())
    };
    view! { <div class="axis" aria-hidden="true">{labels}</div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_cut_to_what_is_seen() {
        let scale = Scale { start_millis: 0, step_millis: 10, bars: 10 };
        assert_eq!(placed(scale, TimeRange::between(-50, 50)), Some((0.0, 50.0)));
        assert_eq!(placed(scale, TimeRange::between(50, 500)), Some((50.0, 50.0)));
        assert_eq!(placed(scale, TimeRange::between(100, 500)), None);
        assert_eq!(placed(scale, TimeRange::between(-9, 0)), None);
    }
}
