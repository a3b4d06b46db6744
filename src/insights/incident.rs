//! Many series that left their baselines for one reason, folded into one line for a person.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    attribute,
    burst::MERGE_GAP_MINUTES,
    chart::{along, chart},
    coverage::Covered,
    detector::{Pools, TESTS, millis},
    edge::Burst,
    record,
    series::{Counts, Group},
    title,
};
use crate::model::{
    field::Field,
    insight::{
        Agreement, Attribution, Chart, Incident, Insight, InsightKind, Level, Measure, Part, Rate,
        SeriesKey, TitleKind, Why,
    },
};

/// A principal that made this share of the excess stands for an insight.
const DOMINANT: f64 = 0.5;
/// An insight may lead in place of the most surprising one when it has this share of its
/// surprise, and of its calls.
const LEAD_E: f64 = 0.7;
const LEAD_COUNT: f64 = 0.8;

/// One thing that is unusual about one series.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) level: Level,
    pub(super) measure: Measure,
    pub(super) kind: InsightKind,
    /// What it is called, if that does not depend on what is in it.
    pub(super) title: Option<TitleKind>,
    pub(super) key: Group,
    pub(super) names: SeriesKey,
    pub(super) burst: Burst,
    pub(super) why: Why,
    pub(super) open: bool,
    pub(super) q: f64,
    pub(super) attributions: Vec<Attribution>,
}

impl Default for Found {
    fn default() -> Found {
        Found {
            level: Level::Api,
            measure: Measure::Calls,
            kind: InsightKind::CallRate,
            title: None,
            key: Group::default(),
            names: SeriesKey::default(),
            burst: Burst::default(),
            why: Why::Silence { expected: 0.0 },
            open: false,
            q: 1.0,
            attributions: Vec::new(),
        }
    }
}

impl Found {
    /// The values of one field in the burst.
    pub(super) fn parts(&self, field: Field) -> &[Part] {
        self.attributions.iter().find(|it| it.field == field).map_or(&[], |it| &it.values)
    }

    /// Who made most of the excess, if one did.
    pub(super) fn principal(&self) -> Option<&str> {
        if !self.names.principal.is_empty() {
            return Some(&self.names.principal);
        }
        let parts = self.parts(Field::Principal);
        let excess = |part: &Part| attribute::excess(&self.burst, part);
        let total: f64 = parts.iter().map(|part| excess(part).max(0.0)).sum();
        let most = parts
            .iter()
            .max_by(|a, b| excess(a).total_cmp(&excess(b)).then_with(|| b.value.cmp(&a.value)))?;
        let dominant = excess(most) > 0.0 && excess(most) >= DOMINANT * total;
        (dominant && !most.value.is_empty()).then_some(&most.value)
    }

    fn near(&self, other: &Found) -> bool {
        self.burst.start - other.burst.end <= MERGE_GAP_MINUTES
            && other.burst.start - self.burst.end <= MERGE_GAP_MINUTES
    }
}

/// Folds findings into incidents, the most surprising first. `found` must be in a settled order,
/// the most surprising first.
pub(super) fn fold(
    mut found: Vec<Found>,
    counts: &Counts,
    covered: &Covered,
    pools: &Pools,
) -> Vec<Incident> {
    let principals: Vec<Option<String>> =
        found.iter().map(|it| it.principal().map(str::to_owned)).collect();
    let first_seen = first_seen(counts);
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, group) in together(&found, &principals).into_iter().enumerate() {
        groups.entry(group).or_default().push(place);
    }
    let mut incidents: Vec<Incident> = Vec::new();
    for mut places in groups.into_values() {
        let lead = lead(&found, &places);
        places.retain(|it| *it != lead);
        places.insert(0, lead);
        let members: Vec<&Found> = places.iter().map(|it| &found[*it]).collect();
        let principal =
            places.iter().find_map(|it| principals[*it].clone()).filter(|it| !it.is_empty());
        let e = members.iter().map(|it| it.burst.e).fold(f64::MIN, f64::max);
        let start = members.iter().map(|it| it.burst.start).min().unwrap_or_default();
        let end = members.iter().map(|it| it.burst.end).max().unwrap_or_default();
        let is_new = principal.as_deref().is_some_and(|it| {
            first_seen.get(it).is_some_and(|first| *first >= start)
                && start - covered.whole.extent().0 > MERGE_GAP_MINUTES
        });
        let accounts: BTreeSet<&str> = members.iter().map(|it| it.names.account.as_str()).collect();
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
            chart: chart_of(members[0], (start, end), counts, covered, pools),
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

fn chart_of(
    lead: &Found,
    span: (i64, i64),
    counts: &Counts,
    covered: &Covered,
    pools: &Pools,
) -> Chart {
    let test = TESTS.iter().position(|it| *it == (lead.level, lead.measure)).unwrap_or(0);
    let series = counts.level(lead.level).find(&lead.key);
    let minutes = series.map(|it| it.minutes(lead.measure)).unwrap_or_default();
    let mut chart = chart(&minutes, covered.under(&lead.key), &pools[test], span, &covered.whole);
    if lead.measure == Measure::Errors {
        let all = match lead.level {
            Level::ApiError => counts.level(Level::Api).find(&Group { error: 0, ..lead.key }),
            _ => series,
        };
        chart.calls = along(&chart, &all.map(|it| it.minutes(Measure::Calls)).unwrap_or_default());
    }
    chart
}

/// The first minute of every principal.
fn first_seen(counts: &Counts) -> BTreeMap<&str, i64> {
    let mut first: BTreeMap<&str, i64> = BTreeMap::new();
    for series in &counts.level(Level::PrincipalService).series {
        let principal = counts.name(series.key.principal);
        if let (false, Some(cell)) = (principal.is_empty(), series.cells.first()) {
            let entry = first.entry(principal).or_insert(i64::from(cell.minute));
            *entry = (*entry).min(i64::from(cell.minute));
        }
    }
    first
}

/// For each finding the group that it belongs to. Findings that overlap within 15 minutes are
/// together when they have the same principal; the same series (errors that are the calls of a
/// burst); or the same service of an account, if one of them is nobody's work in particular (an
/// outage that every caller sees is one incident).
fn together(found: &[Found], principals: &[Option<String>]) -> Vec<usize> {
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
    (a, of_a): (&Found, &Option<String>),
    (b, of_b): (&Found, &Option<String>),
) -> bool {
    let same_account = a.names.account == b.names.account;
    match (of_a, of_b) {
        // A service of AWS has the same name in every account, and is not one actor there.
        (Some(x), Some(y)) if x == y => same_account || !title::is_aws_service(x),
        (Some(_), Some(_)) => {
            let api = |it: &Found| Group { error: 0, ..it.key };
            a.level != Level::PrincipalService && api(a) == api(b)
        },
        _ => {
            let region = &a.names.region;
            let same_region = !region.is_empty() && *region == b.names.region;
            let news = a.kind == InsightKind::FirstSeen || b.kind == InsightKind::FirstSeen;
            same_account && (a.names.event_source == b.names.event_source || (news && same_region))
        },
    }
}

/// Which finding names the incident: the most surprising one, or one that tells the same more
/// exactly. What was done tells more than that it is new; errors tell more than the calls that they
/// are, an API more than a service.
fn lead(found: &[Found], places: &[usize]) -> usize {
    let best = places.iter().copied().find(|it| is_rate(&found[*it])).unwrap_or(places[0]);
    let (e, count) = (found[best].burst.e, found[best].burst.count as f64);
    let exact = |place: &usize| {
        let it = &found[*place];
        let level = match it.level {
            Level::ApiError => 3,
            Level::Api => 2,
            Level::PrincipalApi => 1,
            Level::PrincipalService => 0,
        };
        (it.measure == Measure::Errors, level, std::cmp::Reverse(*place))
    };
    places
        .iter()
        .copied()
        .filter(|it| {
            let Burst { e: other_e, count: other_count, .. } = found[*it].burst;
            let alike = found[*it].names.event_source == found[best].names.event_source
                && is_rate(&found[*it]) == is_rate(&found[best]);
            let comparable =
                (LEAD_COUNT..=1.0 / LEAD_COUNT).contains(&(other_count as f64 / count));
            alike && other_e >= LEAD_E * e && comparable
        })
        .max_by_key(exact)
        .unwrap_or(best)
}

fn is_rate(found: &Found) -> bool {
    matches!(found.kind, InsightKind::CallRate | InsightKind::ErrorRate)
}

fn regions(members: &[&Found]) -> Vec<String> {
    let mut regions = BTreeSet::new();
    for member in members {
        regions.insert(member.names.region.as_str());
        let parts = member.parts(Field::AwsRegion).iter();
        regions.extend(parts.filter(|it| it.inside > 0).map(|it| it.value.as_str()));
    }
    regions.into_iter().filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

fn insight(found: &mut Found) -> Insight {
    let attributions = std::mem::take(&mut found.attributions);
    let records = if is_rate(found) { record::write(found, &attributions) } else { Vec::new() };
    let Burst { start, end, e, count, baseline_count, baseline_minutes, .. } = found.burst;
    Insight {
        level: found.level,
        kind: found.kind,
        measure: found.measure,
        key: found.names.clone(),
        range: millis((start, end)),
        open: found.open,
        e,
        q: found.q,
        agreement: Agreement::Ours,
        baseline: Rate { count: baseline_count, minutes: baseline_minutes as f64 },
        insight: Rate { count, minutes: (end - start) as f64 },
        why: found.why.clone(),
        attributions: attribute::rank(attributions, &found.burst),
        records,
    }
}

/// FNV-1a of what was counted, of the series and of the start: the same after a reload.
pub(super) fn id(lead: &Found) -> String {
    let SeriesKey { account, region, event_source, event_name, principal, error_code } =
        &lead.names;
    let start = lead.burst.start.to_string();
    let (kind, level) = (lead.kind.as_str(), lead.level.as_str());
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for text in
        [kind, level, account, region, event_source, event_name, principal, error_code, &start]
    {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}
