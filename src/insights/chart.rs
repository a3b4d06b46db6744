//! The small picture of an incident: the leading series around it, as bars.

use super::{coverage::Coverage, series::MinuteCount};
use crate::model::{
    insight::{Chart, Measure},
    time::{DAY, MINUTE},
};

const BARS: i64 = 60;
const DAY_MINUTES: i64 = DAY / MINUTE;
const STEPS_MINUTES: [i64; 12] = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, DAY_MINUTES];

/// Bars so wide that the incident fills at most about a third, and at least an hour is seen;
/// moved to where the log is, and fewer where the log is shorter.
pub(super) fn chart(
    cells: &[MinuteCount],
    measure: Measure,
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
    for cell in cells {
        let bar = down(cell.minute);
        let place = usize::try_from((bar - from) / step).ok().filter(|_| bar >= from);
        if let Some(count) = place.and_then(|at| counts.get_mut(at)) {
            *count = count.saturating_add(u32::try_from(cell.of(measure)).unwrap_or(u32::MAX));
        }
        if !(start..end).contains(&cell.minute) {
            outside = (bar, if outside.0 == bar { outside.1 } else { 0 } + cell.of(measure));
            record = record.max(outside.1);
        }
    }
    Chart {
        start_millis: from * MINUTE,
        step_millis: step * MINUTE,
        counts,
        record: u32::try_from(record).unwrap_or(u32::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(counts: &[(i64, u32)]) -> Vec<MinuteCount> {
        counts.iter().map(|&(minute, calls)| MinuteCount { minute, calls, errors: 0 }).collect()
    }

    fn log(start: i64, end: i64) -> Coverage {
        Coverage::of_minutes(&(start..end).collect::<Vec<_>>())
    }

    #[test]
    fn a_short_incident_stands_in_the_middle_of_an_hour() {
        let cells = cells(&[(100, 2), (900, 3), (1000, 50), (1001, 60), (1020, 4)]);
        let chart = chart(&cells, Measure::Calls, (1000, 1002), &log(0, 2000));
        assert_eq!((chart.start_millis, chart.step_millis), (971 * MINUTE, MINUTE));
        assert_eq!(chart.counts.len(), 60);
        assert_eq!((chart.counts[29], chart.counts[30], chart.counts[49]), (50, 60, 4));
        assert_eq!(chart.record, 4);
    }

    #[test]
    fn the_chart_stays_in_the_log() {
        let end = chart(&cells(&[(1999, 9)]), Measure::Calls, (1999, 2000), &log(0, 2000));
        assert_eq!((end.start_millis, end.counts[59]), (1940 * MINUTE, 9));
        let short = chart(&cells(&[(5, 9)]), Measure::Calls, (5, 6), &log(0, 20));
        assert_eq!((short.start_millis, short.counts.len(), short.counts[5]), (0, 20, 9));
        let long = chart(&cells(&[(5, 9)]), Measure::Calls, (0, 90_000), &log(0, 90_001));
        assert!(long.counts.len() <= 60 && long.counts[0] == 9);
    }
}
