//! Jobs that run by the clock, to the second.

use super::api::{Api, Words};
use super::catalogue::{
    CREATE_SNAPSHOT, DESCRIBE_INSTANCE_STATUS, DESCRIBE_SNAPSHOTS, DESCRIBE_TARGET_HEALTH,
    GET_OBJECT, LIST_OBJECTS, PUT_OBJECT,
};
use super::identity::{self, Caller, RoleSession};
use super::organisation::{ACCOUNTS, EU_WEST, PROD, US_EAST};
use super::record::Ending;
use super::stage::Stage;
use super::story;
use crate::model::time::{MINUTE, SECOND};

/// A job: its calls follow each other by one second.
#[derive(Debug)]
struct Job {
    /// Minutes from one run to the next.
    every: u64,
    /// The minute of its first run, counted from the start of the log.
    first: u64,
    /// The minute from which it runs no more.
    until: u64,
    region: usize,
    bucket: &'static str,
    target: &'static str,
    calls: &'static [Api],
}

const HEALTH: Job = Job {
    every: 15,
    first: 0,
    until: u64::MAX,
    region: US_EAST,
    bucket: "",
    target: "checkout-api",
    calls: &[DESCRIBE_INSTANCE_STATUS, DESCRIBE_TARGET_HEALTH],
};
/// Stops in the middle of the week: the story tells why.
const BACKUP: Job = Job {
    every: 60,
    first: 5,
    until: story::BACKUP_RUNS * 60,
    region: EU_WEST,
    bucket: "",
    target: "",
    calls: &[
        CREATE_SNAPSHOT,
        CREATE_SNAPSHOT,
        CREATE_SNAPSHOT,
        CREATE_SNAPSHOT,
        DESCRIBE_SNAPSHOTS,
    ],
};
const REPORT: Job = Job {
    every: 24 * 60,
    first: 2 * 60 + 30,
    until: u64::MAX,
    region: US_EAST,
    bucket: "moonjar-reports",
    target: "",
    calls: &[LIST_OBJECTS, GET_OBJECT, GET_OBJECT, GET_OBJECT, GET_OBJECT, PUT_OBJECT, PUT_OBJECT],
};

impl Job {
    fn runs_at(&self, minute: u64) -> bool {
        minute >= self.first
            && minute < self.until
            && (minute - self.first).is_multiple_of(self.every)
    }
}

/// How many records the jobs make in a log of so many minutes.
pub(super) fn count(minutes: u64) -> u64 {
    let calls = |job: &Job| {
        let runs = (0..minutes).filter(|minute| job.runs_at(*minute)).count();
        (runs * job.calls.len()) as u64
    };
    [HEALTH, BACKUP, REPORT].iter().map(calls).sum()
}

/// Runs the jobs of one minute of the log.
pub(super) fn run(stage: &mut Stage, minute: u64, millis: i64) {
    for job in [HEALTH, BACKUP, REPORT] {
        if !job.runs_at(minute) {
            continue;
        }
        let caller = if job.every == REPORT.every {
            report_user()
        } else {
            let role =
                if job.every == HEALTH.every { "uptime-monitor" } else { story::BACKUP_ROLE };
            function(role, millis)
        };
        let words = Words { bucket: job.bucket, key: "daily/", target: job.target };
        for (at, api) in job.calls.iter().enumerate() {
            stage.call(&caller, job.region, api, millis + at as i64 * SECOND, words, Ending::Fine);
        }
    }
}

fn function(role: &str, millis: i64) -> Caller {
    let session = RoleSession {
        account: ACCOUNTS[PROD].id,
        path: "/service-role/",
        role,
        session: role,
        since_millis: millis - MINUTE,
        with_mfa: false,
        invoked_by: "",
        delivered: "",
    };
    Caller {
        arn: session.arn(),
        identity: session.json(),
        account: PROD,
        address: ACCOUNTS[PROD].gateway.to_owned(),
        agent: "Boto3/1.36.3 md/Botocore#1.36.3 ua/2.0 os/linux md/arch#aarch64 lang/python#3.13.2 exec-env/AWS_Lambda_python3.13 Botocore/1.36.3".to_owned(),
        ..Caller::default()
    }
}

/// The user of the nightly report, at its usual place. Its key is the one that gets stolen.
fn report_user() -> Caller {
    let id = ACCOUNTS[PROD].id;
    Caller {
        arn: story::STOLEN_USER.to_owned(),
        identity: identity::iam_user(id, "svc-report-export", story::STOLEN_KEY, None),
        account: PROD,
        address: ACCOUNTS[PROD].gateway.to_owned(),
        agent: "Boto3/1.34.162 md/Botocore#1.34.162 ua/2.0 os/linux#5.10.233-223.887.amzn2.x86_64 md/arch#x86_64 lang/python#3.11.9 md/pyimpl#CPython Botocore/1.34.162".to_owned(),
        ..Caller::default()
    }
}
