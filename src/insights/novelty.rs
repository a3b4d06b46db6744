//! What a principal, or an account, did for the first time.
//!
//! Who does something new every day is no news; who did the same for hundreds of hours is, the more
//! so if nobody else does it either.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    coverage::Covered,
    series::{Counts, Seen, Text},
};
use crate::model::{field::Field, insight::Level};

/// A principal must have been active in so many hours before.
const FEWEST_HOURS: usize = 20;
const HISTORY_MINUTES: i64 = 7 * 1440;
/// News are everyday: so much more is demanded, as a power of ten.
const NO_NEWS: f64 = 1.0;

/// A first sight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Novelty {
    pub(super) account: Text,
    /// 0 if it is new for the account.
    pub(super) principal: Text,
    pub(super) field: Field,
    pub(super) value: Text,
    /// The service of a new API.
    pub(super) event_source: Text,
    pub(super) minute: i64,
    pub(super) e: f64,
    /// Hours with activity before.
    pub(super) hours: usize,
}

/// What is known of a principal (or of an account as a whole).
#[derive(Default)]
struct Actor {
    hours: BTreeSet<i32>,
    /// By field, how many values were seen in one hour only.
    single: BTreeMap<Field, usize>,
}

type Value = (Field, Text, Text);

/// The first sights of the log with `e` of at least `least`.
pub(super) fn novelties(counts: &Counts, covered: &Covered, least: f64) -> Vec<Novelty> {
    let mut actors: BTreeMap<(Text, Text), Actor> = BTreeMap::new();
    for it in &counts.level(Level::PrincipalService).series {
        for actor in [it.key.principal, 0] {
            let hours = &mut actors.entry((it.key.account, actor)).or_default().hours;
            let mut last = i32::MIN;
            for cell in &it.cells {
                let hour = cell.minute.div_euclid(60);
                if hour != last {
                    hours.insert(hour);
                    last = hour;
                }
            }
        }
    }
    let sights = sights(counts);
    let mut users: BTreeMap<(Text, Value), usize> = BTreeMap::new();
    for (account, principal, value, seen) in &sights {
        if let Some(actor) = actors.get_mut(&(*account, *principal)) {
            *actor.single.entry(value.0).or_default() += usize::from(is_single(*seen));
            *users.entry((*account, *value)).or_default() += usize::from(*principal != 0);
        }
    }
    let mut principals: BTreeMap<Text, usize> = BTreeMap::new();
    for (account, _) in actors.keys().filter(|it| it.1 != 0) {
        *principals.entry(*account).or_default() += 1;
    }
    let history = HISTORY_MINUTES.min(covered.whole.total() / 5);
    let after = covered.whole.extent().0 + history;
    let mut found = Vec::new();
    for (account, principal, value, seen) in sights {
        let Some(actor) = actors.get(&(account, principal)) else { continue };
        let first = i64::from(seen.first);
        if first < after {
            continue;
        }
        let hours = actor.hours.range(..seen.first.div_euclid(60)).count();
        if hours < FEWEST_HOURS {
            continue;
        }
        let own = usize::from(is_single(seen));
        let single = actor.single.get(&value.0).copied().unwrap_or(0) - own;
        let all = principals.get(&account).copied().unwrap_or(0) as f64;
        let others = if principal == 0 {
            0.0
        } else {
            let others = users.get(&(account, value)).map_or(0, |it| it - 1) as f64;
            -((others + 0.5) / (all + 1.0)).log10()
        };
        let e = others - (single as f64 + 0.5).log10() - NO_NEWS;
        // An account has no peers here: that it never did so in so many hours must do.
        let e = if principal == 0 { e + ((hours + 1) as f64).log10() } else { e };
        if e >= least {
            let (field, event_source, value) = value;
            let minute = first;
            found.push(Novelty {
                account,
                principal,
                field,
                value,
                event_source,
                minute,
                e,
                hours,
            });
        }
    }
    found
}

fn is_single(seen: Seen) -> bool {
    seen.first.div_euclid(60) == seen.last.div_euclid(60)
}

/// All that was seen: account, principal, value, and when. APIs and services are known from their
/// counts.
fn sights(counts: &Counts) -> Vec<(Text, Text, Value, Seen)> {
    let mut all: Vec<(Text, Text, Value, Seen)> = counts
        .sights
        .iter()
        .map(|(it, seen)| (it.account, it.principal, (it.field, 0, it.value), *seen))
        .collect();
    let mut services: BTreeMap<(Text, Text), Seen> = BTreeMap::new();
    for it in &counts.level(Level::PrincipalApi).series {
        let (Some(first), Some(last)) = (it.cells.first(), it.cells.last()) else { continue };
        let seen = Seen { first: first.minute, last: last.minute };
        let value = (Field::EventName, it.key.event_source, it.key.event_name);
        all.push((it.key.account, it.key.principal, value, seen));
        let service = services.entry((it.key.account, it.key.event_source)).or_insert(seen);
        service.first = service.first.min(seen.first);
        service.last = service.last.max(seen.last);
    }
    for ((account, service), seen) in services {
        all.push((account, 0, (Field::EventSource, 0, service), seen));
    }
    all
}
