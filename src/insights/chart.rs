//! The picture of an incident: the leading series around it, as bars, with what is expected.

use super::{
    burst::{LENGTHS, Subject},
    coverage::Coverage,
    detector::millis,
    pool::Pool,
};
use crate::model::{
    insight::Chart,
    time::{DAY, MINUTE},
};

const BARS: i64 = 60;
const DAY_MINUTES: i64 = DAY / MINUTE;
const STEPS_MINUTES: [i64; 12] = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, DAY_MINUTES];
/// 90 in 100 ordinary counts lie within so many deviations of the mean.
const BAND_DEVIATIONS: f64 = 1.645;

/// Bars so wide that the incident fills at most about a third, and at least an hour is seen;
/// moved to where the log is, and fewer where the log is shorter.
pub(super) fn chart(
    minutes: &[(i64, u32)],
    coverage: &Coverage,
    pools: &[Pool; LENGTHS.len()],
    (start, end): (i64, i64),
    log: &Coverage,
) -> Chart {
    let wanted = (3 * (end - start)).max(BARS);
    let step = STEPS_MINUTES
        .into_iter()
        .find(|step| step * BARS >= wanted)
        .unwrap_or_else(|| (wanted / BARS / DAY_MINUTES + 1) * DAY_MINUTES);
    let down = |minute: i64| minute.div_euclid(step) * step;
    let (log_first, log_past) = log.extent();
    let middle = start + (end - start) / 2;
    let latest = down(log_past - 1) + step - BARS * step;
    let from = down(middle - BARS / 2 * step).min(latest).max(down(log_first));
    let bars = ((down(log_past - 1) + step - from) / step).clamp(1, BARS);
    let mut counts = vec![0_u32; bars as usize];
    let mut record = 0_u64;
    let mut outside = (i64::MIN, 0_u64);
    let mut elsewhere = 0_u64;
    for (minute, count) in minutes {
        let bar = down(*minute);
        let place = usize::try_from((bar - from) / step).ok().filter(|_| bar >= from);
        if let Some(sum) = place.and_then(|at| counts.get_mut(at)) {
            *sum = sum.saturating_add(*count);
        }
        if !(start..end).contains(minute) {
            elsewhere += u64::from(*count);
            let sum = if outside.0 == bar { outside.1 } else { 0 } + u64::from(*count);
            outside = (bar, sum);
            record = record.max(sum);
        }
    }
    // The pool of the nearest length knows how far counts stray.
    let nearest = LENGTHS.iter().rposition(|it| *it <= step).unwrap_or(0);
    let subject = Subject::new(minutes, coverage);
    let dispersion = pools[nearest].dispersion(&subject.scale(nearest).all());
    let rest = (coverage.total() - coverage.minutes(start, end)).max(1) as f64;
    let rate = elsewhere as f64 / rest;
    let band = (0..bars).map(|bar| {
        let at = from + bar * step;
        let mean = rate * coverage.minutes(at, at + step) as f64 * subject.season.of(at, step);
        let far = BAND_DEVIATIONS * (dispersion * mean).sqrt();
        ((mean - far).max(0.0), mean + far)
    });
    let past = from + bars * step;
    let holes = log.holes().filter(|it| it.0 < past && from < it.1);
    Chart {
        start_millis: from * MINUTE,
        step_millis: step * MINUTE,
        counts,
        calls: Vec::new(),
        band: band.collect(),
        record: u32::try_from(record).unwrap_or(u32::MAX),
        holes: holes.map(|it| millis((it.0.max(from), it.1.min(past)))).collect(),
    }
}

/// Other counts in the steps of a chart.
pub(super) fn along(chart: &Chart, minutes: &[(i64, u32)]) -> Vec<u32> {
    let mut sums = vec![0_u32; chart.counts.len()];
    for (minute, count) in minutes {
        let bar = (minute * MINUTE - chart.start_millis).div_euclid(chart.step_millis.max(1));
        if let Some(sum) = usize::try_from(bar).ok().and_then(|it| sums.get_mut(it)) {
            *sum = sum.saturating_add(*count);
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(start: i64, end: i64) -> Coverage {
        Coverage::new(vec![(start, end)])
    }

    fn drawn(minutes: &[(i64, u32)], span: (i64, i64), log: &Coverage) -> Chart {
        chart(minutes, log, &Default::default(), span, log)
    }

    #[test]
    fn a_short_incident_stands_in_the_middle_of_an_hour() {
        let minutes = [(100, 2), (900, 3), (1000, 50), (1001, 60), (1020, 4)];
        let chart = drawn(&minutes, (1000, 1002), &log(0, 2000));
        assert_eq!((chart.start_millis, chart.step_millis), (971 * MINUTE, MINUTE));
        assert_eq!((chart.counts.len(), chart.band.len()), (60, 60));
        assert_eq!((chart.counts[29], chart.counts[30], chart.counts[49]), (50, 60, 4));
        assert_eq!(chart.record, 4);
        assert!(chart.band.iter().all(|it| it.0 == 0.0 && it.1 > 0.0 && it.1 < 4.0));
        assert_eq!(along(&chart, &minutes), chart.counts);
    }

    #[test]
    fn the_chart_stays_in_the_log() {
        let end = drawn(&[(1999, 9)], (1999, 2000), &log(0, 2000));
        assert_eq!((end.start_millis, end.counts[59]), (1940 * MINUTE, 9));
        let short = drawn(&[(5, 9)], (5, 6), &log(0, 20));
        assert_eq!((short.start_millis, short.counts.len(), short.counts[5]), (0, 20, 9));
        let long = drawn(&[(5, 9)], (0, 90_000), &log(0, 90_001));
        assert!(long.counts.len() <= 60 && long.counts[0] == 9);
    }

    #[test]
    fn holes_are_told_where_they_are_seen() {
        let log = Coverage::new(vec![(0, 1010), (1200, 3000)]);
        let chart = drawn(&[(1000, 9)], (1000, 1001), &log);
        assert_eq!(chart.holes, [millis((1010, 1030))]);
        assert_eq!(chart.band[59], (0.0, 0.0));
    }
}
