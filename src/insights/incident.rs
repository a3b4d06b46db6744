//! Many series that left their baselines for one reason, folded into one line for a person.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    burst::{Burst, MERGE_GAP_MINUTES},
    chart::chart,
    coverage::Coverage,
    detector::millis,
    series::Series,
    title,
};
use crate::model::{
    field::Field,
    insight::{Attribution, Incident, Insight, Level, Measure, Part, Rate, SeriesKey},
};

/// How many values an attribution tells.
const MOST_VALUES: usize = 10;
/// A principal that made this share of the excess stands for an insight.
const DOMINANT: f64 = 0.5;
/// An insight may lead in place of the most surprising one when it has this share of its
/// surprise, and of its calls.
const LEAD_E: f64 = 0.7;
const LEAD_COUNT: f64 = 0.8;

/// A burst with what was found in it.
#[derive(Debug)]
pub(super) struct Found<'a> {
    pub(super) series: &'a Series,
    pub(super) measure: Measure,
    pub(super) burst: Burst,
    pub(super) q: f64,
    pub(super) attributions: Vec<Attribution>,
}

impl Found<'_> {
    pub(super) fn key(&self) -> &SeriesKey {
        &self.series.key
    }

    /// The values of one field in the burst.
    pub(super) fn parts(&self, field: Field) -> &[Part] {
        self.attributions.iter().find(|it| it.field == field).map_or(&[], |it| &it.values)
    }

    /// What a value has above its own rate in the rest of the series.
    fn excess(&self, part: &Part) -> f64 {
        part.inside as f64 - self.expected(part.outside as f64)
    }

    fn expected(&self, outside: f64) -> f64 {
        let minutes = (self.burst.end - self.burst.start) as f64;
        outside * minutes / (self.burst.baseline_minutes as f64).max(minutes)
    }

    /// How clearly a value is above its own rate, as a likelihood ratio.
    fn contrast(&self, part: &Part) -> f64 {
        let inside = part.inside as f64;
        let expected = self.expected(part.outside as f64 + 0.5);
        if inside <= 0.0 || expected <= 0.0 {
            return -expected;
        }
        let gain = 2.0 * (inside * (inside / expected).ln() - (inside - expected));
        gain.copysign(inside - expected)
    }

    /// Who made most of the excess, if one did.
    fn principal(&self) -> Option<&str> {
        if self.series.level == Level::PrincipalService {
            return Some(&self.key().principal);
        }
        let parts = self.parts(Field::Principal);
        let total: f64 = parts.iter().map(|part| self.excess(part).max(0.0)).sum();
        let most = parts.iter().max_by(|a, b| {
            self.excess(a).total_cmp(&self.excess(b)).then_with(|| b.value.cmp(&a.value))
        })?;
        let dominant = self.excess(most) > 0.0 && self.excess(most) >= DOMINANT * total;
        (dominant && !most.value.is_empty()).then_some(&most.value)
    }

    fn near(&self, other: &Found<'_>) -> bool {
        self.burst.start - other.burst.end <= MERGE_GAP_MINUTES
            && other.burst.start - self.burst.end <= MERGE_GAP_MINUTES
    }
}

/// Folds findings into incidents, the most surprising first. `found` must be in a settled order,
/// the most surprising first; `first_seen` has the first minute of every principal.
pub(super) fn fold(
    mut found: Vec<Found<'_>>,
    log: &Coverage,
    first_seen: &BTreeMap<&str, i64>,
) -> Vec<Incident> {
    let principals: Vec<Option<String>> =
        found.iter().map(|it| it.principal().map(str::to_owned)).collect();
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, group) in together(&found, &principals).into_iter().enumerate() {
        groups.entry(group).or_default().push(place);
    }
    // What has no attributions any more is not asked for them: title and tier come first.
    let mut incidents: Vec<Incident> = Vec::new();
    for mut places in groups.into_values() {
        let lead = lead(&found, &places);
        places.retain(|it| *it != lead);
        places.insert(0, lead);
        let members: Vec<&Found<'_>> = places.iter().map(|it| &found[*it]).collect();
        let principal =
            places.iter().find_map(|it| principals[*it].clone()).filter(|it| !it.is_empty());
        let e = members.iter().map(|it| it.burst.e).fold(f64::MIN, f64::max);
        let start = members.iter().map(|it| it.burst.start).min().unwrap_or_default();
        let end = members.iter().map(|it| it.burst.end).max().unwrap_or_default();
        let is_new = principal.as_deref().is_some_and(|it| {
            first_seen.get(it).is_some_and(|first| *first >= start)
                && start - log.extent().0 > MERGE_GAP_MINUTES
        });
        let accounts: BTreeSet<&str> = members.iter().map(|it| it.key().account.as_str()).collect();
        let mut incident = Incident {
            id: id(members[0]),
            title_kind: title::title_kind(&members),
            tier: title::tier(e, &members, principal.as_deref(), is_new),
            e,
            range: millis((start, end)),
            principal,
            accounts: accounts.into_iter().map(str::to_owned).collect(),
            regions: regions(&members),
            insights: Vec::new(),
            chart: chart(&members[0].series.cells, members[0].measure, (start, end), log),
        };
        incident.insights = places.into_iter().map(|it| insight(&mut found[it])).collect();
        incidents.push(incident);
    }
    incidents.sort_by(|a, b| {
        let start = |it: &Incident| it.range.start_millis;
        b.e.total_cmp(&a.e).then_with(|| start(a).cmp(&start(b))).then_with(|| a.id.cmp(&b.id))
    });
    incidents
}

/// For each finding the group that it belongs to. Findings that overlap within 15 minutes are
/// together when they have the same principal; the same series (errors that are the calls of a
/// burst); or the same service of an account, if one of them is nobody's work in particular (an
/// outage that every caller sees is one incident).
fn together(found: &[Found<'_>], principals: &[Option<String>]) -> Vec<usize> {
    let mut group: Vec<usize> = (0..found.len()).collect();
    for a in 0..found.len() {
        for b in 0..a {
            if found[a].near(&found[b])
                && is_one_cause((&found[a], &principals[a]), (&found[b], &principals[b]))
            {
                let (of_a, of_b) = (root(&group, a), root(&group, b));
                group[of_a.max(of_b)] = of_a.min(of_b);
            }
        }
    }
    (0..found.len()).map(|it| root(&group, it)).collect()
}

fn root(group: &[usize], mut place: usize) -> usize {
    while group[place] != place {
        place = group[place];
    }
    place
}

fn is_one_cause(
    (a, of_a): (&Found<'_>, &Option<String>),
    (b, of_b): (&Found<'_>, &Option<String>),
) -> bool {
    let same_account = a.key().account == b.key().account;
    match (of_a, of_b) {
        // A service of AWS has the same name in every account, and is not one actor there.
        (Some(x), Some(y)) if x == y => same_account || !title::is_aws_service(x),
        (Some(_), Some(_)) => a.series.level == b.series.level && a.key() == b.key(),
        _ => same_account && a.key().event_source == b.key().event_source,
    }
}

/// Which finding names the incident: the most surprising one, or one that tells the same more
/// exactly. Errors tell more than the calls that they are, an API more than a service.
fn lead(found: &[Found<'_>], places: &[usize]) -> usize {
    let best = places[0];
    let (e, count) = (found[best].burst.e, found[best].burst.count as f64);
    let exact = |place: &usize| {
        let Found { series, measure, .. } = &found[*place];
        (*measure == Measure::Errors, series.level == Level::Api, std::cmp::Reverse(*place))
    };
    places
        .iter()
        .copied()
        .filter(|it| {
            let Burst { e: other_e, count: other_count, .. } = found[*it].burst;
            let same_service = found[*it].key().event_source == found[best].key().event_source;
            let comparable =
                (LEAD_COUNT..=1.0 / LEAD_COUNT).contains(&(other_count as f64 / count));
            same_service && other_e >= LEAD_E * e && comparable
        })
        .max_by_key(exact)
        .unwrap_or(best)
}

fn regions(members: &[&Found<'_>]) -> Vec<String> {
    let mut regions = BTreeSet::new();
    for member in members {
        if !member.key().region.is_empty() {
            regions.insert(member.key().region.as_str());
        }
        let parts = member.parts(Field::AwsRegion).iter();
        regions.extend(parts.filter(|it| it.inside > 0).map(|it| it.value.as_str()));
    }
    regions.into_iter().filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

fn insight(found: &mut Found<'_>) -> Insight {
    let mut attributions = std::mem::take(&mut found.attributions);
    for attribution in &mut attributions {
        let contrasts = |part: &Part| found.contrast(part);
        attribution.values.sort_by(|a, b| {
            contrasts(b).total_cmp(&contrasts(a)).then_with(|| a.value.cmp(&b.value))
        });
        attribution.values.truncate(MOST_VALUES);
    }
    let Burst { start, end, e, count, baseline_count, baseline_minutes } = found.burst;
    Insight {
        level: found.series.level,
        measure: found.measure,
        key: found.series.key.clone(),
        range: millis((start, end)),
        e,
        q: found.q,
        baseline: Rate { count: baseline_count, minutes: baseline_minutes as f64 },
        insight: Rate { count, minutes: (end - start) as f64 },
        attributions,
    }
}

/// FNV-1a of what was counted, of the series and of the start: the same after a reload.
fn id(lead: &Found<'_>) -> String {
    let SeriesKey { account, region, event_source, event_name, principal } = lead.key();
    let measure = match lead.measure {
        Measure::Calls => "calls",
        Measure::Errors => "errors",
    };
    let start = lead.burst.start.to_string();
    let level = lead.series.level.as_str();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for text in [measure, level, account, region, event_source, event_name, principal, &start] {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}
