//! What is planted in the sample, as data: a test, a tour of the page or a manual can cite it.
//!
//! The scenes lie at fixed distances from the start of the log and hold the same events whatever
//! the plan's seed, number of events and days: each is there exactly once.

pub(super) mod tell;
mod theft;

use super::Plan;
use crate::model::time::{DAY, HOUR, MINUTE, SECOND, TimeRange};

/// The user of a nightly report whose access key is stolen.
pub const STOLEN_USER: &str = "arn:aws:iam::111122223333:user/svc-report-export";
/// The stolen key. Like all keys of the sample it ends with EXAMPLE, so that it is nobody's.
pub const STOLEN_KEY: &str = "AKIA2MOONJARXEXAMPLE";
/// Where the thief calls from; nobody else ever does.
pub const THIEF_ADDRESS: &str = "198.51.100.77";
/// What the thief calls with.
pub const THIEF_AGENT: &str =
    "aws-cli/1.22.34 Python/3.10.6 Linux/6.5.0-kali3-amd64 botocore/1.23.34";
/// The user that the thief makes.
pub const PLANTED_USER: &str = "arn:aws:iam::111122223333:user/svc-backup-sync";
/// How many objects that user downloads.
pub const BULK_DOWNLOADS: u64 = 1900;
/// The bucket they come from.
pub const BULK_BUCKET: &str = "moonjar-customer-data";

/// Who ends the instance of production.
pub const TERMINATOR: &str = "arn:aws:iam::111122223333:user/jiho.park";
/// The instance.
pub const TERMINATED_INSTANCE: &str = "i-0c4f1e7a9b2d83561";

/// The session of the role that deletes the invoices.
pub const DELETER_SESSION: &str = "soyeon.lee@moonjar.example";
/// The bucket that loses them.
pub const DELETED_BUCKET: &str = "moonjar-finance-archive";
/// How many objects are deleted: no other is, in the whole log.
pub const DELETED_OBJECTS: u64 = 12;

/// The role whose deployment is broken.
pub const STORM_ROLE: &str = "arn:aws:iam::111122223333:role/checkout-api";
/// How many of its calls are denied.
pub const STORM_ERRORS: u64 = 800;

/// The role of the hourly backup.
pub const BACKUP_ROLE: &str = "hourly-backup";
/// How often it runs, at five minutes past each hour, before it stops.
pub const BACKUP_RUNS: u64 = 4 * 24 + 14;

/// The bucket that root opens to the world.
pub const OPENED_BUCKET: &str = "moonjar-web-assets";

/// Something that happened, and the filter that finds all of it and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scene {
    /// One English sentence.
    pub title: &'static str,
    /// In the filter language.
    pub filter: &'static str,
    /// How many events the filter matches in the whole log.
    pub events: u64,
    /// When it begins, in milliseconds after the start of the log.
    pub from_millis: i64,
    /// When it is over, in milliseconds after the start of the log: all its events are earlier.
    pub to_millis: i64,
}

impl Scene {
    /// When it happens in the log of a plan.
    pub fn range(&self, plan: &Plan) -> TimeRange {
        TimeRange {
            start_millis: plan.start_millis.saturating_add(self.from_millis),
            end_millis: plan.start_millis.saturating_add(self.to_millis),
        }
    }
}

/// A moment on a day, the first being 1, as milliseconds after the start of the log.
const fn on(day: i64, hour: i64, minute: i64, second: i64) -> i64 {
    (day - 1) * DAY + hour * HOUR + minute * MINUTE + second * SECOND
}

pub(super) const ROOT_FROM: i64 = on(2, 8, 14, 37);
pub(super) const TERMINATION_FROM: i64 = on(3, 7, 39, 52);
pub(super) const DELETION_FROM: i64 = on(4, 10, 3, 11);
pub(super) const STORM_FROM: i64 = on(4, 17, 20, 0);
pub(super) const STORM_MINUTES: i64 = 20;
pub(super) const BACKUP_DISABLED: i64 = on(5, 13, 41, 27);
pub(super) const THEFT_FROM: i64 = on(6, 3, 12, 8);
pub(super) const BULK_FROM: i64 = on(6, 3, 31, 5);
pub(super) const BULK_SECONDS: i64 = 238;

/// All scenes, in the order of time.
pub const SCENES: &[Scene] = &[
    Scene {
        title: "The root user signs in without MFA and works in the console",
        filter: "userIdentity.type:Root",
        events: 6,
        from_millis: ROOT_FROM,
        to_millis: ROOT_FROM + 10 * MINUTE,
    },
    Scene {
        title: "Root opens a bucket to the world",
        filter: "eventName:PutBucketPolicy",
        events: 1,
        from_millis: ROOT_FROM,
        to_millis: ROOT_FROM + 10 * MINUTE,
    },
    Scene {
        title: "A person ends an instance of production, after lifting its protection",
        filter: "eventName:TerminateInstances principal:arn:aws:iam::111122223333:user/jiho.park outcome:success",
        events: 1,
        from_millis: TERMINATION_FROM,
        to_millis: TERMINATION_FROM + 5 * MINUTE,
    },
    Scene {
        title: "Invoices are deleted from the finance archive",
        filter: "eventName:DeleteObject",
        events: DELETED_OBJECTS,
        from_millis: DELETION_FROM,
        to_millis: DELETION_FROM + 3 * MINUTE,
    },
    Scene {
        title: "A broken deployment is denied a parameter again and again",
        filter: "eventName:GetParameter outcome:denied principal:arn:aws:iam::111122223333:role/checkout-api",
        events: STORM_ERRORS,
        from_millis: STORM_FROM,
        to_millis: STORM_FROM + STORM_MINUTES * MINUTE,
    },
    Scene {
        title: "The hourly backup runs, until its schedule is disabled",
        filter: "eventName:CreateSnapshot principal:*role/service-role/hourly-backup",
        events: BACKUP_RUNS * 4,
        from_millis: 5 * MINUTE,
        to_millis: on(5, 13, 6, 0),
    },
    Scene {
        title: "Somebody disables the schedule of the hourly backup",
        filter: "eventName:DisableRule",
        events: 1,
        from_millis: BACKUP_DISABLED,
        to_millis: BACKUP_DISABLED + MINUTE,
    },
    Scene {
        title: "A stolen key looks around from an address never seen before",
        filter: "userIdentity.accessKeyId:AKIA2MOONJARXEXAMPLE sourceIPAddress:198.51.100.77",
        events: tell::THEFT_CALLS,
        from_millis: THEFT_FROM,
        to_millis: BULK_FROM,
    },
    Scene {
        title: "It makes a user of its own",
        filter: "eventName:CreateUser",
        events: 1,
        from_millis: THEFT_FROM,
        to_millis: BULK_FROM,
    },
    Scene {
        title: "It tries to stop the trail, and may not",
        filter: "eventName:StopLogging outcome:denied",
        events: 1,
        from_millis: THEFT_FROM,
        to_millis: BULK_FROM,
    },
    Scene {
        title: "The new user downloads the customers' data",
        filter: "eventName:GetObject principal:arn:aws:iam::111122223333:user/svc-backup-sync",
        events: BULK_DOWNLOADS,
        from_millis: BULK_FROM,
        to_millis: BULK_FROM + 4 * MINUTE,
    },
];
