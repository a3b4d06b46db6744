//! What somebody does all the time is no news, also if it is another API each time.

use std::collections::BTreeMap;

use super::incident::Found;
use crate::model::insight::InsightKind;

/// More episodes of errors than this are a habit of their principal.
const MOST_EPISODES: usize = 10;
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
    for it in found.iter() {
        if let Some(who) = who(it) {
            spans.entry(who).or_default().push((it.burst.start, it.burst.end));
        }
    }
    for spans in spans.values_mut() {
        spans.sort_unstable();
        spans.dedup_by(|next, kept| {
            let same = next.0 - kept.1 <= EPISODE_GAP_MINUTES;
            if same {
                kept.1 = kept.1.max(next.1);
            }
            same
        });
    }
    found.retain(|it| {
        who(it).and_then(|who| spans.get(&who)).is_none_or(|it| it.len() <= MOST_EPISODES)
    });
}
