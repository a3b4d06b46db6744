//! The chart of an incident as a picture that stands alone: an SVG with its colours by the names
//! of the style's own, which the browser's side looks up before it paints.

use super::{
    card::marked,
    plot::{HEIGHT, Scale, band, bars, line, whole},
    strip::placed,
};
use crate::{
    model::{insight::Incident, time::DAY},
    ui::{
        format::{compact, day, time_of_day},
        histogram::ticks,
    },
};

pub(crate) const WIDE: f64 = 1200.0;
pub(crate) const TALL: f64 = 420.0;
const LEFT: f64 = 60.0;
const TOP: f64 = 56.0;
const LOW: f64 = 40.0;

/// Text as markup shows it, whatever it is.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            // What XML has no place for.
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

fn label(x: f64, y: f64, anchor: &str, text: &str) -> String {
    let text = escaped(text);
    format!(
        "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"var(--text-soft)\">{text}</text>"
    )
}

/// The picture, under a title.
pub(crate) fn picture(incident: &Incident, title: &str, log: bool) -> String {
    let chart = &incident.chart;
    let (scale, whole) = (Scale::of(chart, log), whole(chart));
    let picked = marked(chart, incident.range);
    let (wide, tall) = (WIDE - LEFT - 20.0, TALL - TOP - LOW);
    let (x, y) = (wide / chart.counts.len().max(1) as f64, tall / HEIGHT);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDE}\" height=\"{TALL}\" \
         font-family=\"sans-serif\" font-size=\"13\">\
         <rect width=\"{WIDE}\" height=\"{TALL}\" fill=\"var(--surface)\"/>\
         <text x=\"20\" y=\"32\" font-size=\"16\" fill=\"var(--text)\">{}</text>",
        escaped(title)
    );
    let mut block = |left: f64, width: f64, colour: &str| {
        let (left, width) = (LEFT + left * wide, (width * wide).max(2.0));
        svg.push_str(&format!(
            "<rect x=\"{left:.1}\" y=\"{TOP}\" width=\"{width:.1}\" height=\"{tall}\" fill=\"var({colour})\"/>"
        ));
    };
    for hole in &chart.holes {
        let (left, width) = placed(whole, *hole);
        block(left, width, "--bad-soft");
    }
    let (left, width) = placed(whole, incident.range);
    block(left, width, "--accent-soft");
    let record =
        if chart.record > 0 { line(chart, f64::from(chart.record), scale) } else { String::new() };
    let paths = [
        (band(chart, scale), "fill=\"var(--line-strong)\" opacity=\"0.45\""),
        (bars(&chart.calls, &(0..0), false, scale), "fill=\"var(--line-strong)\""),
        (bars(&chart.counts, &picked, false, scale), "fill=\"var(--outcome-success)\""),
        (bars(&chart.counts, &picked, true, scale), "fill=\"var(--outcome-denied)\""),
        (
            record,
            "fill=\"none\" stroke=\"var(--text-soft)\" stroke-dasharray=\"6 4\" vector-effect=\"non-scaling-stroke\"",
        ),
    ];
    for (path, look) in paths {
        svg.push_str(&format!(
            "<path transform=\"translate({LEFT} {TOP}) scale({x:.4} {y:.4})\" d=\"{path}\" {look}/>"
        ));
    }
    for count in scale.labels() {
        let at = TOP + tall * (1.0 - scale.share(count as f64));
        svg.push_str(&label(LEFT - 8.0, at + 4.0, "end", &compact(count)));
    }
    for millis in ticks(whole, 8) {
        let moment = if millis % DAY == 0 { day(millis) } else { time_of_day(millis) };
        let (left, _) = placed(whole, crate::model::time::TimeRange::between(millis, millis));
        svg.push_str(&label(LEFT + left * wide, TALL - LOW + 20.0, "start", &moment));
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::insight::{Level, Measure},
        ui::insights::sentence::tests::incident,
    };

    #[test]
    fn what_a_log_says_is_no_markup() {
        let incident = incident(Level::Api, Measure::Calls, &[]);
        let svg = picture(&incident, "<script>\"&\u{1}</script>", false);
        assert!(
            svg.contains("&lt;script&gt;&quot;&amp; &lt;/script&gt;") && !svg.contains("<script")
        );
    }
}
