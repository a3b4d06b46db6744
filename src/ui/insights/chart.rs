//! The chart of an incident's leading series.

use leptos::prelude::*;

use super::{
    card::marked,
    picture::{TALL, WIDE, picture},
    plot::{HEIGHT, Scale, band, bars, line, whole},
    sentence::sentence,
    strip::{axis, placed},
};
use crate::{
    model::{
        insight::{Chart, Incident, Measure, Why},
        time::TimeRange,
    },
    ui::{
        context::page,
        format::{compact, duration, fill, grouped, instant, span},
        widget::{Plain, button, plain},
        words::Words,
    },
};

/// Which sign is what; only for what is drawn.
fn legend(incident: &Incident, words: Words) -> Plain {
    let chart = &incident.chart;
    let lead = incident.insights.first();
    let is_errors = lead.is_some_and(|it| it.measure == Measure::Errors);
    let counted = if is_errors { words.measure_errors() } else { words.measure_calls() };
    let record = fill(words.chart_record(), &[("n", &grouped(u64::from(chart.record)))]);
    let beats = lead.is_some_and(|it| matches!(it.why, Why::Beats { .. }));
    let entries = [
        ("is-marked", words.chart_incident().to_owned(), true),
        ("is-usual", counted.to_owned(), true),
        ("is-calls", words.measure_calls().to_owned(), !chart.calls.is_empty()),
        ("is-band", words.chart_band().to_owned(), !chart.band.is_empty()),
        ("is-record", record, chart.record > 0),
        ("is-missed", words.chart_missed().to_owned(), beats),
        ("is-hole", words.strip_hole().to_owned(), !chart.holes.is_empty()),
    ];
    let entry = |(class, text, _): (&str, String, bool)| {
        plain("li", "").with(plain("i", format!("plot-key {class}"))).text(text)
    };
    plain("ul", "plot-legend").with_all(entries.into_iter().filter(|it| it.2).map(entry))
}

/// The same as a table, for those who do not see the chart.
fn table(incident: &Incident, words: Words) -> Plain {
    let chart = &incident.chart;
    let picked = marked(chart, incident.range);
    let head =
        [words.chart_time(), words.chart_count(), words.chart_expected(), words.chart_incident()];
    let head = plain("tr", "").with_all(head.map(|it| plain("th", "").text(it)));
    let number = |it: f64| format!("{it:.1}").trim_end_matches(".0").to_owned();
    let row = |(at, count): (usize, &u32)| {
        let start = chart.start_millis + chart.step_millis * at as i64;
        let band = chart.band.get(at).map(|it| format!("{}–{}", number(it.0), number(it.1)));
        let mark = if picked.contains(&at) { "✓" } else { "" };
        let cells =
            [instant(start), grouped(u64::from(*count)), band.unwrap_or_default(), mark.to_owned()];
        plain("tr", "").with_all(cells.map(|it| plain("td", "").text(it)))
    };
    let rows = chart.counts.iter().enumerate().map(row);
    plain("details", "plot-table").with(plain("summary", "").text(words.chart_as_table())).with(
        plain("table", "")
            .with(plain("thead", "").with(head))
            .with(plain("tbody", "").with_all(rows)),
    )
}

/// When the beats of a periodic job came, filled, and where one was missed, late or not due, hollow.
fn beats(incident: &Incident) -> Vec<Plain> {
    let chart = &incident.chart;
    let Some(Why::Beats { at_millis, .. }) = incident.insights.first().map(|it| &it.why) else {
        return Vec::new();
    };
    let whole = whole(chart);
    let at = |millis: i64, class: &'static str| {
        let (left, _) = placed(whole, TimeRange { start_millis: millis, end_millis: millis });
        plain("i", class).placed_at(left)
    };
    let came = chart.counts.iter().enumerate().filter(|it| *it.1 > 0);
    let middle =
        |at: usize| chart.start_millis + chart.step_millis * at as i64 + chart.step_millis / 2;
    let mut beats: Vec<Plain> = came.map(|(bar, _)| at(middle(bar), "beat")).collect();
    let seen = at_millis.iter().filter(|it| whole.contains(**it));
    beats.extend(seen.map(|it| at(*it, "beat is-missed")));
    beats
}

/// Bars, and behind them what is expected, what the record is, where the incident is and where
/// nothing is known.
pub(crate) fn chart(incident: &Incident) -> AnyView {
    let page = page();
    let words = page.words;
    let log = RwSignal::new(false);
    let it = &incident.chart;
    let whole = whole(it);
    let behind = |class: &'static str, range: TimeRange| {
        let (left, width) = placed(whole, range);
        plain("i", class).placed(left, width)
    };
    let holes = it.holes.iter().map(|range| behind("plot-hole", *range).title(span(*range)));
    let label = fill(
        words.chart_said(),
        &[
            ("span", &span(whole)),
            ("n", &grouped(u64::from(it.counts.iter().copied().max().unwrap_or(0)))),
            ("record", &grouped(u64::from(it.record))),
        ],
    );
    let step = duration(it.step_millis, words.language);
    let toggle = move |text: &'static str, wanted: bool| {
        view! {
            <button
                type="button"
                class="segment"
                aria-pressed=move || (log.get() == wanted).to_string()
                on:click=move |_| log.set(wanted)
            >
                {text}
            </button>
        }
    };
    let drawn = {
        let (chart, picked) = (it.clone(), marked(it, incident.range));
        move || svg(&chart, &picked, Scale::of(&chart, log.get()), label.clone())
    };
    let labels = {
        let chart = it.clone();
        move || {
            let scale = Scale::of(&chart, log.get());
            let label = |it: u64| {
                let top = format!("{:.2}%", 100.0 * (1.0 - scale.share(it as f64)));
                view! { <span class="plot-label" style:top=top>{compact(it)}</span> }
            };
            scale.labels().into_iter().map(label).collect_view()
        }
    };
    let area = plain("div", "plot-area")
        .with_all(holes)
        .with(behind("plot-span", incident.range))
        .with_view(drawn.into_any())
        .with_all(beats(incident))
        .with_view(labels.into_any());
    let png = {
        let incident = incident.clone();
        let title = sentence(&incident, words);
        move || {
            let svg = picture(&incident, &title, log.get_untracked());
            page.app.host().save_picture("insight.png", svg, WIDE, TALL);
        }
    };
    let scales = view! {
        <div class="segments" role="group" aria-label=words.chart_scale()>
            {toggle(words.chart_linear(), false)}
            {toggle(words.chart_log(), true)}
        </div>
    };
    plain("div", "plot")
        .testid("insight-chart")
        .with(
            plain("div", "plot-head")
                .with(legend(incident, words))
                .with(plain("span", "quiet").text(fill(words.timeline_step(), &[("step", &step)])))
                .with_view(scales.into_any())
                .with_view(button(
                    "button is-small",
                    Some("insight-png"),
                    None,
                    words.chart_png(),
                    png,
                )),
        )
        .with(area)
        .with(axis(whole))
        .with(table(incident, words))
        .view()
}

fn svg(
    chart: &Chart,
    picked: &std::ops::Range<usize>,
    scale: Scale,
    label: String,
) -> impl IntoView + use<> {
    let record =
        if chart.record > 0 { line(chart, f64::from(chart.record), scale) } else { String::new() };
    let calls = bars(&chart.calls, &(0..0), false, scale);
    view! {
        <svg
            class="plot-bars"
            role="img"
            aria-label=label
            viewBox=format!("0 0 {} {HEIGHT}", chart.counts.len().max(1))
            preserveAspectRatio="none"
        >
            <path class="plot-band" d=band(chart, scale)></path>
            <path class="plot-calls" d=calls></path>
            <path class="bars-usual" d=bars(&chart.counts, picked, false, scale)></path>
            <path class="bars-marked" d=bars(&chart.counts, picked, true, scale)></path>
            <path class="plot-record" d=record></path>
        </svg>
    }
}
