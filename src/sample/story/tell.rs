//! Makes the records of the story.

use super::theft;
use super::{
    BACKUP_DISABLED, BULK_BUCKET, BULK_DOWNLOADS, BULK_FROM, BULK_SECONDS, DELETED_BUCKET,
    DELETED_OBJECTS, DELETER_SESSION, DELETION_FROM, OPENED_BUCKET, PLANTED_USER, ROOT_FROM,
    STOLEN_KEY, STOLEN_USER, STORM_ERRORS, STORM_FROM, STORM_MINUTES, TERMINATED_INSTANCE,
    TERMINATION_FROM, TERMINATOR, THEFT_FROM, THIEF_ADDRESS, THIEF_AGENT,
};
use crate::model::time::{MINUTE, SECOND};
use crate::sample::api::{Api, Words, read, write};
use crate::sample::catalogue::{
    CONSOLE_LOGIN, CONSOLE_LOGIN_WITHOUT_MFA, DELETE_OBJECT, DESCRIBE_INSTANCES, DISABLE_RULE,
    GET_BUCKET_POLICY, GET_CALLER_IDENTITY, GET_OBJECT, GET_PARAMETER, LIST_BUCKETS, LIST_OBJECTS,
    PUT_BUCKET_POLICY, UPDATE_SERVICE,
};
use crate::sample::identity::{self, Caller, RoleSession};
use crate::sample::machines;
use crate::sample::organisation::{
    ACCOUNTS, ADMINS, ANALYSTS, EU_WEST, OFFICES, PROD, US_EAST, pipelines, workloads,
};
use crate::sample::people::BROWSER;
use crate::sample::record::Ending;
use crate::sample::stage::Stage;

/// How many calls the thief makes with the stolen key.
pub(crate) const THEFT_CALLS: u64 = theft::STEPS.len() as u64;
const ROOT_CALLS: u64 = 6;
const TERMINATION_CALLS: u64 = 5;
/// Each of the storm's two deployments proves who it is and changes the service.
const DEPLOYMENT_CALLS: u64 = 4;
/// Besides the downloads.
const PLANTED_USER_CALLS: u64 = 3;

/// How many records the whole story has.
pub(crate) const EVENTS: u64 = ROOT_CALLS
    + TERMINATION_CALLS
    + 1
    + DELETED_OBJECTS
    + DEPLOYMENT_CALLS
    + STORM_ERRORS
    + 1
    + THEFT_CALLS
    + PLANTED_USER_CALLS
    + BULK_DOWNLOADS;

/// Makes the records of a scene that begins at a moment.
type Scene = fn(&mut Stage, i64);

/// Makes all records of the scenes that begin in this minute of the log.
pub(crate) fn tell(stage: &mut Stage, start_millis: i64, minute: u64) {
    const TOLD: [(i64, Scene); 7] = [
        (ROOT_FROM, open_to_the_world),
        (TERMINATION_FROM, end_an_instance),
        (DELETION_FROM, delete_invoices),
        (STORM_FROM, break_a_deployment),
        (BACKUP_DISABLED, disable_the_backup),
        (THEFT_FROM, look_around),
        (BULK_FROM, download),
    ];
    for (from, scene) in TOLD {
        if (from / MINUTE).unsigned_abs() == minute {
            scene(stage, start_millis.saturating_add(from));
        }
    }
}

const PROD_ID: &str = ACCOUNTS[PROD].id;

fn open_to_the_world(stage: &mut Stage, start: i64) {
    const SUMMARY: Api = read("iam", "GetAccountSummary", "null");
    const UNBLOCK: Api = write(
        "s3",
        "PutBucketPublicAccessBlock",
        r#"{"bucketName":"$b","Host":"$b.s3.$R.amazonaws.com","publicAccessBlock":"","PublicAccessBlockConfiguration":{"BlockPublicAcls":true,"IgnorePublicAcls":true,"BlockPublicPolicy":false,"RestrictPublicBuckets":false}}"#,
        "null",
    )
    .on(r#"[{"accountId":"$A","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::$b"}]"#);
    let mut caller = Caller {
        identity: identity::root(PROD_ID, None),
        arn: format!("arn:aws:iam::{PROD_ID}:root"),
        account: PROD,
        address: "203.0.113.201".to_owned(),
        agent: BROWSER.to_owned(),
        ..Caller::default()
    };
    let words = Words { bucket: OPENED_BUCKET, key: "", target: "" };
    stage.call(&caller, US_EAST, &CONSOLE_LOGIN_WITHOUT_MFA, start, words, Ending::Fine);
    caller.identity = identity::root(PROD_ID, Some(start));
    caller.from_console = true;
    let calls = [
        (12, SUMMARY),
        (48, LIST_BUCKETS),
        (95, GET_BUCKET_POLICY),
        (288, UNBLOCK),
        (392, PUT_BUCKET_POLICY),
    ];
    for (after, api) in calls {
        stage.call(&caller, US_EAST, &api, start + after * SECOND, words, Ending::Fine);
    }
}

fn end_an_instance(stage: &mut Stage, start: i64) {
    const INSTANCE: &str = r#"{"instancesSet":{"items":[{"instanceId":"$t"}]}}"#;
    const UNPROTECT: Api = write(
        "ec2",
        "ModifyInstanceAttribute",
        r#"{"instanceId":"$t","disableApiTermination":{"value":false}}"#,
        r#"{"requestId":"$h","_return":true}"#,
    );
    const TERMINATE: Api = write(
        "ec2",
        "TerminateInstances",
        INSTANCE,
        r#"{"requestId":"$h","instancesSet":{"items":[{"instanceId":"$t","currentState":{"code":32,"name":"shutting-down"},"previousState":{"code":16,"name":"running"}}]}}"#,
    );
    let user = TERMINATOR.rsplit('/').next().unwrap_or_default();
    let mut caller = Caller {
        identity: identity::iam_user(PROD_ID, user, "", None),
        arn: TERMINATOR.to_owned(),
        account: PROD,
        address: OFFICES[0].address.to_owned(),
        agent: BROWSER.to_owned(),
        ..Caller::default()
    };
    let words = Words { target: user, ..Words::default() };
    stage.call(&caller, US_EAST, &CONSOLE_LOGIN, start, words, Ending::Fine);
    caller.identity = identity::iam_user(PROD_ID, user, "ASIA2MOONJARZEXAMPLE", Some(start));
    caller.from_console = true;
    let protected = Ending::Failed {
        code: "Client.OperationNotPermitted",
        message: "The instance 'i-0c4f1e7a9b2d83561' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.",
    };
    let words = Words { target: TERMINATED_INSTANCE, ..Words::default() };
    for (after, api, ending) in [
        (31, DESCRIBE_INSTANCES, Ending::Fine),
        (74, TERMINATE, protected),
        (121, UNPROTECT, Ending::Fine),
        (146, TERMINATE, Ending::Fine),
    ] {
        stage.call(&caller, EU_WEST, &api, start + after * SECOND, words, ending);
    }
}

fn delete_invoices(stage: &mut Stage, start: i64) {
    let caller = person(ANALYSTS, DELETER_SESSION, OFFICES[0].address, start);
    let words = Words { bucket: DELETED_BUCKET, key: "", target: "" };
    stage.call(&caller, EU_WEST, &LIST_OBJECTS, start, words, Ending::Fine);
    for number in 0..DELETED_OBJECTS {
        let key =
            format!("invoices/2025/{:02}/statement-{}.pdf", number + 1, 20_250_100 + number * 100);
        let words = Words { key: &key, ..words };
        let now = start + (20 + 11 * number as i64) * SECOND;
        stage.call(&caller, EU_WEST, &DELETE_OBJECT, now, words, Ending::Fine);
    }
}

fn break_a_deployment(stage: &mut Stage, start: i64) {
    let words = Words { target: "checkout-api", ..Words::default() };
    if let Some(pipeline) = pipelines(0).first() {
        // The second deployment takes the first one back.
        for from in [start - 40 * SECOND, start + STORM_MINUTES * MINUTE - 15 * SECOND] {
            let caller = machines::begin_run(stage, pipeline, from);
            stage.call(&caller, US_EAST, &UPDATE_SERVICE, from + 12 * SECOND, words, Ending::Fine);
        }
    }
    let checkout = workloads(0);
    let Some(checkout) = checkout.first() else { return };
    let words = Words { target: "prod/checkout-api/payment-gateway", ..Words::default() };
    let copies: Vec<Caller> =
        (0..5).map(|member| machines::instance_of(checkout, member, start)).collect();
    for number in 0..STORM_ERRORS {
        // Evenly from the first to the last second, as a loop that tries again and again.
        let after = number as i64 * (STORM_MINUTES * 60 - 20) / STORM_ERRORS as i64;
        let caller = &copies[number as usize % copies.len()];
        let now = start + after * SECOND;
        stage.call(caller, US_EAST, &GET_PARAMETER, now, words, Ending::Denied);
    }
}

fn disable_the_backup(stage: &mut Stage, start: i64) {
    let address = OFFICES[1].address;
    let caller = person(ADMINS, "aoife.byrne@moonjar.example", address, start);
    let words = Words { target: "hourly-backup", ..Words::default() };
    stage.call(&caller, EU_WEST, &DISABLE_RULE, start, words, Ending::Fine);
}

fn look_around(stage: &mut Stage, start: i64) {
    let caller = thief(STOLEN_USER, STOLEN_KEY);
    for step in theft::STEPS {
        let words = Words { bucket: step.bucket, key: "", target: step.target };
        let ending = if step.is_denied { Ending::Denied } else { Ending::Fine };
        stage.call(&caller, step.region, &step.api, start + step.after * SECOND, words, ending);
    }
}

fn download(stage: &mut Stage, start: i64) {
    let caller = thief(PLANTED_USER, "AKIA2MOONJARYEXAMPLE");
    let words = Words { bucket: BULK_BUCKET, key: "", target: "" };
    let calls = [(-95, GET_CALLER_IDENTITY), (-40, LIST_OBJECTS), (-6, LIST_OBJECTS)];
    for (after, api) in calls {
        stage.call(&caller, US_EAST, &api, start + after * SECOND, words, Ending::Fine);
    }
    for number in 0..BULK_DOWNLOADS {
        let region = ["kr", "jp", "ie", "de", "us"][number as usize % 5];
        let key = format!("customers/{region}/2026-02/part-{:05}.parquet", number / 5);
        let words = Words { key: &key, ..words };
        let now = start + number as i64 * BULK_SECONDS / BULK_DOWNLOADS as i64 * SECOND;
        stage.call(&caller, US_EAST, &GET_OBJECT, now, words, Ending::Fine);
    }
}

fn thief(arn: &str, key: &str) -> Caller {
    let user = arn.rsplit('/').next().unwrap_or_default();
    Caller {
        identity: identity::iam_user(PROD_ID, user, key, None),
        arn: arn.to_owned(),
        account: PROD,
        address: THIEF_ADDRESS.to_owned(),
        agent: THIEF_AGENT.to_owned(),
        ..Caller::default()
    }
}

/// A person who came by single sign-on and works on the command line.
fn person(role: &str, session: &str, address: &str, millis: i64) -> Caller {
    let session = RoleSession {
        account: PROD_ID,
        path: "/aws-reserved/sso.amazonaws.com/ap-northeast-2/",
        role,
        session,
        since_millis: millis - 23 * MINUTE,
        with_mfa: false,
        invoked_by: "",
        delivered: "",
    };
    Caller {
        arn: session.arn(),
        identity: session.json(),
        account: PROD,
        address: address.to_owned(),
        agent: BROWSER.to_owned(),
        from_console: true,
        ..Caller::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::time::DAY;
    use crate::sample::delivery::Delivery;
    use crate::sample::dice::Dice;

    #[test]
    fn the_story_has_as_many_records_as_it_says() {
        let mut stage = Stage::new(Dice::new(1), Delivery::new(1000, 1), 7 * DAY);
        stage.plant();
        for minute in 0..7 * 24 * 60 {
            tell(&mut stage, 0, minute);
        }
        assert_eq!(stage.made(), EVENTS);
    }
}
