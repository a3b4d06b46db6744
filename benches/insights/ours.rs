//! Our detector, as the benchmark asks it.

use std::{
    collections::{BTreeMap, HashMap},
    rc::Rc,
};

use trailglass::{
    insights::{Counts, DIMENSIONS, Events, Group, Window, detect},
    model::{
        field::Field,
        insight::{Attribution, Incident, InsightKind, Level, Measure, Part},
        time::MINUTE,
    },
};

use super::{
    log::{Api, Cell, ERRORS, Log, Principal},
    score::Detection,
};

/// Minutes from 1970 to the Monday on which the log begins.
const EPOCH: i64 = 28_401_120;
const ACCOUNT: &str = "111122223333";

/// A minute of the log as milliseconds since 1970.
pub fn millis(minute: u32) -> i64 {
    (EPOCH + i64::from(minute)) * MINUTE
}

/// The log as the engine would count it.
pub fn counts(log: &Log) -> Counts {
    let mut counts = Counts::default();
    let account = counts.text(ACCOUNT.to_owned());
    let region = counts.text("eu-west-1".to_owned());
    let principals: Vec<u32> = log.principals.iter().map(|it| counts.text(it.clone())).collect();
    let mut services: HashMap<&str, u32> = HashMap::new();
    let mut apis = Vec::new();
    for (service, name) in &log.apis {
        let source =
            *services.entry(service).or_insert_with(|| counts.text(format!("{service}.aws")));
        apis.push((source, counts.text(format!("{service} {name}"))));
    }
    let code = |it: &&str, counts: &mut Counts| {
        if it.is_empty() { 0 } else { counts.text((*it).to_owned()) }
    };
    let errors: Vec<u32> = ERRORS.iter().map(|it| code(it, &mut counts)).collect();
    let (mut last, mut group) = (None, 0);
    for cell in &log.cells {
        if last != Some(cell.who) {
            last = Some(cell.who);
            let (event_source, event_name) = apis[cell.who.api as usize];
            let principal = principals[cell.who.principal as usize];
            let error = errors[cell.who.error as usize];
            group =
                counts.group(Group { account, region, event_source, event_name, principal, error });
        }
        counts.add(group, EPOCH as i32 + cell.minute as i32, cell.calls);
    }
    counts.settle();
    counts
}

/// What was found, with what the benchmark needs to know of it.
pub struct Finding {
    pub level: Level,
    pub kind: InsightKind,
    pub detection: Detection,
    pub calls: u64,
    /// The principals of the attribution, the most telling first.
    pub principals: Vec<Principal>,
}

pub struct Found {
    pub findings: Vec<Finding>,
    pub incidents: Vec<Incident>,
}

/// All that ours finds with a score of at least `least`.
pub fn find(log: &Log, least: f64) -> Found {
    let counts = Rc::new(counts(log));
    let (_, incidents) = detect(&counts, &Looker::new(log), least);
    let names: HashMap<&str, Principal> =
        log.principals.iter().enumerate().map(|(at, it)| (it.as_str(), at as Principal)).collect();
    let apis: HashMap<String, Api> = log
        .apis
        .iter()
        .enumerate()
        .map(|(at, it)| (format!("{} {}", it.0, it.1), at as Api))
        .collect();
    let mut findings = Vec::new();
    for incident in &incidents {
        for it in &incident.insights {
            let parts = it.attributions.iter().find(|it| it.field == Field::Principal);
            let principals: Vec<Principal> = parts
                .into_iter()
                .flat_map(|it| &it.values)
                .filter_map(|part| names.get(part.value.as_str()).copied())
                .collect();
            let own = names.get(it.key.principal.as_str()).copied();
            let principal = own.or(principals.first().copied()).unwrap_or_default();
            let of_api = matches!(it.level, Level::Api | Level::ApiError);
            let api = apis.get(&it.key.event_name).copied().filter(|_| of_api);
            let minute = |millis: i64| (millis / MINUTE - EPOCH).max(0) as u32;
            findings.push(Finding {
                level: it.level,
                kind: it.kind,
                detection: Detection {
                    api,
                    principal,
                    start: minute(it.range.start_millis),
                    end: minute(it.range.end_millis),
                    score: it.e,
                },
                calls: it.insight.count,
                principals,
            });
        }
    }
    Found { findings, incidents }
}

/// Looks at the cells again, as the engine looks at events.
struct Looker<'a> {
    log: &'a Log,
    by_service: BTreeMap<String, Vec<&'a Cell>>,
}

impl Looker<'_> {
    fn new(log: &Log) -> Looker<'_> {
        let mut by_service: BTreeMap<String, Vec<&Cell>> = BTreeMap::new();
        for cell in &log.cells {
            let service = &log.apis[cell.who.api as usize].0;
            if let Some(cells) = by_service.get_mut(service) {
                cells.push(cell);
            } else {
                by_service.insert(service.clone(), vec![cell]);
            }
        }
        Looker { log, by_service }
    }
}

impl Events for Looker<'_> {
    fn look_into(&self, windows: &[Window]) -> Vec<Vec<Attribution>> {
        windows.iter().map(|it| self.one(it)).collect()
    }
}

impl Looker<'_> {
    fn one(&self, window: &Window) -> Vec<Attribution> {
        let service = window.key.event_source.trim_end_matches(".aws");
        let Some(cells) = self.by_service.get(service) else { return Vec::new() };
        let key = &window.key;
        let mut parts: Vec<BTreeMap<&str, (u64, u64)>> = vec![BTreeMap::new(); DIMENSIONS.len()];
        for cell in cells {
            let api = &self.log.apis[cell.who.api as usize];
            let principal = &self.log.principals[cell.who.principal as usize];
            let error = ERRORS[cell.who.error as usize];
            let name = key.event_name.split(' ').nth(1).unwrap_or_default();
            let is = |wanted: &str, it: &str| wanted.is_empty() || wanted == it;
            if !is(name, &api.1) || !is(&key.principal, principal) || !is(&key.error_code, error) {
                continue;
            }
            if window.measure == Measure::Errors && error.is_empty() {
                continue;
            }
            let millis = (EPOCH + i64::from(cell.minute)) * MINUTE;
            for (field, parts) in DIMENSIONS.iter().zip(&mut parts) {
                let value = match field {
                    Field::Principal => principal,
                    Field::EventName => &api.1,
                    Field::ErrorCode => error,
                    _ => "",
                };
                let part = parts.entry(value).or_default();
                if window.range.contains(millis) {
                    part.0 += u64::from(cell.calls);
                } else {
                    part.1 += u64::from(cell.calls);
                }
            }
        }
        let attribution = |(field, parts): (&Field, BTreeMap<&str, (u64, u64)>)| Attribution {
            field: *field,
            values: parts
                .into_iter()
                .filter(|(_, it)| it.0 > 0)
                .map(|(value, it)| Part { value: value.to_owned(), inside: it.0, outside: it.1 })
                .collect(),
        };
        DIMENSIONS.iter().zip(parts).map(attribution).collect()
    }
}
