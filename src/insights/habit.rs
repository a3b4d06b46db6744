//! What somebody does all the time is no news, also if it is another API each time.

use std::collections::BTreeMap;

use super::incident::Found;
use crate::model::insight::{InsightKind, Level};

/// More episodes of errors than this are a habit of their principal…
const MOST_EPISODES: usize = 20;
/// …and more than this where each breaks several things at once, as a run of a pipeline does.
const MOST_BROKEN_RUNS: usize = 3;
const SEVERAL: usize = 3;
const EPISODE_GAP_MINUTES: i64 = 60;

/// Takes out the errors of those who make some all the time: a pipeline of which one run in twenty
/// breaks, each time in another place.
pub(super) fn forget(found: &mut Vec<Found>) {
    let who = |it: &Found| {
        let errors = it.kind == InsightKind::ErrorRate;
        let principal = it.principal().filter(|it| errors && !it.is_empty())?;
        Some((it.names.account.clone(), principal.to_owned()))
    };
    let mut spans: BTreeMap<(String, String), Vec<(i64, i64)>> = BTreeMap::new();
    let mut series: BTreeMap<(String, String), usize> = BTreeMap::new();
    for it in found.iter() {
        if let Some(who) = who(it) {
            *series.entry(who.clone()).or_default() += usize::from(it.level == Level::ApiError);
            spans.entry(who).or_default().push((it.burst.start, it.burst.end));
        }
    }
    let is_habit = |who: &(String, String)| {
        let episodes = spans.get(who).map_or(0, |it| episodes(it.clone()));
        let broken = series.get(who).copied().unwrap_or(0) >= SEVERAL * episodes;
        episodes > MOST_EPISODES || (episodes > MOST_BROKEN_RUNS && broken)
    };
    let habits: BTreeMap<&(String, String), bool> =
        spans.keys().map(|who| (who, is_habit(who))).collect();
    found.retain(|it| who(it).and_then(|who| habits.get(&who).copied()) != Some(true));
}

fn episodes(mut spans: Vec<(i64, i64)>) -> usize {
    spans.sort_unstable();
    let (mut count, mut end) = (0, i64::MIN / 2);
    for (from, to) in spans {
        if from - end > EPISODE_GAP_MINUTES {
            count += 1;
        }
        end = end.max(to);
    }
    count
}
