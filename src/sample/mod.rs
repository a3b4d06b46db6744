//! A believable organisation's trail, made up from a seed: what the page loads when a person has
//! no logs at hand, and what benchmarks read.
//!
//! [`files`] gives the trail files of a shop called Moonjar with four accounts: people at work,
//! deployments, jobs, workloads, AWS's own services, the failures of an ordinary week — and in it
//! [`story`], a few things worth finding, each there exactly once. The same plan gives the same
//! bytes on every platform: chance is whole numbers only (`dice`).
//!
//! Start reading at `Files`: it goes through the log minute by minute, and each kind of activity
//! (`people`, `machines`, `noise`, `jobs`) makes as many calls on the `stage` as its
//! `budget` has due. `record` writes them by the templates of the `catalogue`, `delivery`
//! lays them into files.

use crate::model::time::{DAY, MINUTE};

mod api;
mod budget;
mod catalogue;
mod delivery;
mod dice;
mod fill;
mod identity;
mod jobs;
mod machines;
mod noise;
mod organisation;
mod people;
mod record;
mod stage;
pub mod story;
mod text;

use budget::{Budget, calendar};
use delivery::Delivery;
use dice::Dice;
use organisation::{OFFICES, Person, Pipeline, Workload};
use stage::Stage;

/// What to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Another seed is another week of the same organisation.
    pub seed: u64,
    /// How many records all files hold together, with the about 1 % that are delivered twice. The
    /// story and the jobs have about 5,000: there are never fewer. More events are more people,
    /// workloads and pipelines.
    pub events: u64,
    /// How many days the log is long, at least 7.
    pub days: u32,
    /// The first moment of the log. The story is told best if this is midnight (UTC) on a Monday.
    pub start_millis: i64,
    /// How many records a file holds at most, at least 1. All trails deliver at midnight what they
    /// have, so many files hold fewer.
    pub per_file: u32,
}

/// 2026-03-02T00:00:00Z, a Monday.
const MONDAY: i64 = 1_772_409_600_000;
const MIN_DAYS: u32 = 7;
/// A century: enough for anybody, and no sum of milliseconds overflows.
const MAX_DAYS: u32 = 36_525;

impl Default for Plan {
    fn default() -> Plan {
        Plan { seed: 1, events: 50_000, days: MIN_DAYS, start_millis: MONDAY, per_file: 120 }
    }
}

/// One file of the bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrailFile {
    /// `AWSLogs/<organisation>/<account>/CloudTrail/<region>/YYYY/MM/DD/<name>.json`
    pub path: String,
    /// `{"Records":[…]}` on one line.
    pub json: Vec<u8>,
}

/// The files of a plan, in the order of their delivery. They are made one after the other as they
/// are asked for, so a log of any size needs only the memory of the files being filled.
pub fn files(plan: &Plan) -> impl Iterator<Item = TrailFile> + use<> {
    Files::new(plan)
}

/// A kind of activity with the number of its records.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Services,
    Workloads,
    Pipelines,
    People,
    Noise,
}

/// Kinds with their shares of what the story and the jobs leave, in percent.
const SHARES: [(Kind, u64); 5] = [
    (Kind::Services, 22),
    (Kind::Workloads, 38),
    (Kind::Pipelines, 18),
    (Kind::People, 20),
    (Kind::Noise, 2),
];

/// How busy a shop with customers in Korea and Europe is at each hour of UTC.
const CUSTOMERS: [u64; 24] = [
    70, 80, 92, 102, 100, 96, 96, 98, 104, 114, 126, 134, 130, 116, 104, 100, 104, 114, 118, 106,
    90, 74, 62, 62,
];

#[derive(Debug)]
struct Files {
    stage: Stage,
    start_millis: i64,
    minute: u64,
    minutes: u64,
    budgets: Vec<(Kind, Budget)>,
    people: Vec<Person>,
    workloads: Vec<Workload>,
    pipelines: Vec<Pipeline>,
}

impl Files {
    fn new(plan: &Plan) -> Files {
        let days = plan.days.clamp(MIN_DAYS, MAX_DAYS);
        // Years 1 to 9999 are what the text form can hold, so stay well inside.
        let start_millis = plan.start_millis.clamp(-50_000_000_000_000, 200_000_000_000_000);
        let minutes = u64::from(days) * 24 * 60;
        let planted = story::tell::EVENTS + jobs::count(minutes);
        let background = plan.events.saturating_sub(planted);
        let mut given = 0;
        let mut percent = 0;
        let budget = |(kind, share): (Kind, u64)| {
            percent += share;
            // The last kind gets what rounding left.
            let until = (u128::from(background) * u128::from(percent) / 100) as u64;
            let total = until - given;
            given = until;
            let weight = |day, hour| weight(kind, day, hour);
            (kind, Budget::new(total, start_millis, days, plan.seed ^ share, weight))
        };
        let end_millis = start_millis + i64::from(days) * DAY;
        let delivery = Delivery::new(plan.per_file, plan.seed);
        Files {
            stage: Stage::new(Dice::new(plan.seed), delivery, end_millis),
            start_millis,
            minute: 0,
            minutes,
            budgets: SHARES.into_iter().map(budget).collect(),
            people: organisation::people(plan.events),
            workloads: organisation::workloads(plan.events),
            pipelines: organisation::pipelines(plan.events),
        }
    }

    /// Makes all calls that begin in the next minute.
    fn next_minute(&mut self) {
        let Files { stage, minute, start_millis, .. } = self;
        let start = *start_millis + *minute as i64 * MINUTE;
        let now = calendar(start);
        stage.plant();
        jobs::run(stage, *minute, start);
        story::tell::tell(stage, *start_millis, *minute);
        for (kind, budget) in &mut self.budgets {
            while budget.due(*minute) > 0 {
                let millis = start + stage.dice.below(60) as i64 * 1000;
                stage.begin(budget.rest());
                match kind {
                    Kind::Services => machines::tend(stage, millis),
                    Kind::Workloads => machines::serve(stage, &self.workloads, millis),
                    Kind::Pipelines => machines::run(stage, &self.pipelines, millis),
                    Kind::People => people::work(stage, &self.people, now, millis),
                    Kind::Noise => noise::disturb(stage, &self.people, millis),
                }
                // An activity that makes nothing must not be asked for ever.
                budget.made(stage.made().max(1));
            }
        }
        *minute += 1;
        if minute.is_multiple_of(24 * 60) || *minute == self.minutes {
            stage.delivery.deliver_all();
        }
    }
}

/// How busy a kind is on a day of the week, Monday being 0, at an hour of UTC.
fn weight(kind: Kind, day: u64, hour: u64) -> u64 {
    let at_work = || (0..OFFICES.len()).map(|office| people::busy(office, day, hour)).sum::<u64>();
    match kind {
        Kind::Services | Kind::Noise => 100,
        Kind::Workloads => CUSTOMERS.get(hour as usize).copied().unwrap_or(100),
        Kind::Pipelines => 60 + at_work(),
        Kind::People => 6 + at_work(),
    }
}

impl Iterator for Files {
    type Item = TrailFile;

    fn next(&mut self) -> Option<TrailFile> {
        loop {
            if let Some(file) = self.stage.delivery.take() {
                return Some(file);
            }
            if self.minute < self.minutes {
                self.next_minute();
            } else if self.stage.delivery.has_rest() {
                self.stage.delivery.deliver_all();
            } else {
                return None;
            }
        }
    }
}
