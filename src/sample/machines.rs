//! What runs by itself: workloads, pipelines, and AWS's own services.

use super::api::Words;
use super::catalogue::{
    ASSUME_ROLE, ASSUME_ROLE_WITH_WEB_IDENTITY, CREATE_LOG_STREAM, DECRYPT, DESCRIBE_INSTANCES,
    EC2_READS, GENERATE_DATA_KEY, GET_BUCKET_ACL, GET_OBJECT, GET_PARAMETER, GET_SECRET_VALUE,
    HEAD_OBJECT, IAM_READS, PUT_OBJECT, ROTATE_KEY, RUN_INSTANCES, S3_READS, TERMINATE_INSTANCES,
};
use super::dice::mix;
use super::identity::{self, Caller, RoleSession};
use super::organisation::{
    ACCOUNTS, PROD, Pipeline, Runs, SECURITY, SERVICES, STAGING, US_EAST, Workload,
};
use super::record::Ending;
use super::stage::Stage;
use crate::model::time::{HOUR, SECOND};

const CONTAINER_AGENT: &str = "aws-sdk-java/2.30.27 md/io#async md/http#NettyNio ua/2.1 os/Linux#6.1.128-136.201.amzn2023.x86_64 lang/java#21.0.6 md/OpenJDK_64-Bit_Server_VM#21.0.6+7-LTS md/vendor#Amazon.com_Inc. exec-env/AWS_ECS_FARGATE";
const FUNCTION_AGENT: &str = "aws-sdk-nodejs/3.750.0 ua/2.1 os/linux#5.10.234-225.895.amzn2.aarch64 lang/js md/nodejs#22.12.0 exec-env/AWS_Lambda_nodejs22.x";
const INSTANCE_AGENT: &str = "Boto3/1.36.24 md/Botocore#1.36.24 ua/2.0 os/linux#6.1.128-136.201.amzn2023.x86_64 md/arch#x86_64 lang/python#3.11.11 md/pyimpl#CPython Botocore/1.36.24";

/// A workload serves some requests.
pub(super) fn serve(stage: &mut Stage, workloads: &[Workload], millis: i64) {
    let Some(workload) = workloads.get(stage.dice.place(workloads.len())) else { return };
    let member = stage.dice.below(5);
    let caller = instance_of(workload, member, millis);
    let calls = stage.dice.between(3, 12);
    let words = Words { bucket: workload.bucket, key: workload.folder, target: &workload.target };
    let mut now = millis;
    for _ in 0..calls {
        if !stage.has_room() {
            return;
        }
        now += stage.dice.between(0, 8) as i64 * SECOND;
        let api = match stage.dice.below(100) {
            0..34 => &GET_OBJECT,
            34..52 => &PUT_OBJECT,
            52..72 => &DECRYPT,
            72..84 => &GET_PARAMETER,
            84..90 => &GET_SECRET_VALUE,
            90..95 => &CREATE_LOG_STREAM,
            _ => &HEAD_OBJECT,
        };
        let ending = match stage.dice.below(1000) {
            0..9 if api.data && api.read_only => Ending::Missing,
            9..12 if !api.data => Ending::Throttled,
            _ => Ending::Fine,
        };
        stage.call(&caller, workload.region, api, now, words, ending);
    }
}

/// One of the copies in which a workload runs. Its credentials are renewed every six hours.
pub(super) fn instance_of(workload: &Workload, member: u64, millis: i64) -> Caller {
    let account = &ACCOUNTS[workload.account];
    let since_millis = millis - millis.rem_euclid(6 * HOUR) + member as i64 * 97 * SECOND;
    let since_millis = since_millis.min(millis);
    let word = mix(since_millis.unsigned_abs(), workload.role.len() as u64);
    let private = format!("10.{}.{}.{}", workload.account, word % 64, 10 + member * 7);
    let (session, agent, address, through_endpoint) = match workload.runs {
        Runs::Container => {
            (format!("{word:016x}{:016x}", mix(word, 1)), CONTAINER_AGENT, private, true)
        },
        Runs::Function => {
            (workload.role.clone(), FUNCTION_AGENT, account.gateway.to_owned(), false)
        },
        Runs::Instance => {
            let instance = mix(workload.role.len() as u64 + 40, member);
            (format!("i-0{instance:016x}"), INSTANCE_AGENT, private, true)
        },
    };
    let role = RoleSession {
        account: account.id,
        path: "/",
        role: &workload.role,
        session: &session,
        since_millis,
        with_mfa: false,
        invoked_by: "",
        delivered: if workload.runs == Runs::Instance { "2.0" } else { "" },
    };
    Caller {
        arn: role.arn(),
        identity: role.json(),
        account: workload.account,
        address,
        agent: agent.to_owned(),
        through_endpoint,
        ..Caller::default()
    }
}

/// A pipeline runs once.
pub(super) fn run(stage: &mut Stage, pipelines: &[Pipeline], millis: i64) {
    let Some(pipeline) = pipelines.get(stage.dice.place(pipelines.len())) else { return };
    let caller = begin_run(stage, pipeline, millis);
    let words = Words { bucket: pipeline.bucket, key: "releases/", target: pipeline.target };
    let calls = stage.dice.skewed(26);
    let mut now = millis + 3 * SECOND;
    for step in 0..calls {
        if !stage.has_room() {
            return;
        }
        now += stage.dice.between(0, 5) as i64 * SECOND;
        let last = pipeline.steps.len() as u64;
        let at = if pipeline.in_order { step * last / calls } else { stage.dice.below(last) };
        let ending = match stage.dice.below(1000) {
            0..6 => Ending::Throttled,
            6..10 => Ending::Denied,
            _ => Ending::Fine,
        };
        stage.call(&caller, pipeline.region, &pipeline.steps[at as usize], now, words, ending);
    }
}

/// The runner proves who it is, and gets the pipeline's role.
pub(super) fn begin_run(stage: &mut Stage, pipeline: &Pipeline, millis: i64) -> Caller {
    let id = ACCOUNTS[pipeline.account].id;
    let subject = format!("repo:{}:ref:refs/heads/main", pipeline.repository);
    let runner = Caller {
        identity: identity::web_identity(id, &subject),
        account: pipeline.account,
        address: format!("192.0.2.{}", 128 + stage.dice.below(64)),
        agent: pipeline.agent.to_owned(),
        ..Caller::default()
    };
    let words = Words { target: &pipeline.role, ..Words::default() };
    let api = &ASSUME_ROLE_WITH_WEB_IDENTITY;
    stage.call(&runner, pipeline.region, api, millis, words, Ending::Fine);
    let role = RoleSession {
        account: id,
        path: "/",
        role: &pipeline.role,
        session: "GitHubActions",
        since_millis: millis,
        with_mfa: false,
        invoked_by: "",
        delivered: "",
    };
    Caller { arn: role.arn(), identity: role.json(), ..runner }
}

/// A service of AWS does its work in some account.
pub(super) fn tend(stage: &mut Stage, millis: i64) {
    let account = [PROD, PROD, PROD, STAGING, SECURITY, 3][stage.dice.place(6)];
    let regions = ACCOUNTS[account].regions;
    let region = regions[stage.dice.place(regions.len())];
    let target = SERVICES[stage.dice.place(SERVICES.len())];
    let bucket = ACCOUNTS[account].buckets[0];
    let words = Words { bucket, key: "AWSLogs/", target };
    let now = millis;
    match stage.dice.below(100) {
        0..26 => {
            let words = Words { bucket: "moonjar-org-trail", ..words };
            let caller = service(account, "cloudtrail.amazonaws.com", true);
            stage.call(&caller, region, &GET_BUCKET_ACL, now, words, Ending::Fine);
            stage.call(&caller, region, &GENERATE_DATA_KEY, now + SECOND, words, Ending::Fine);
        },
        26..42 => {
            let name = ["dynamodb.amazonaws.com", "sqs.amazonaws.com"][stage.dice.place(2)];
            let caller = service(account, name, false);
            stage.call(&caller, region, &DECRYPT, now, words, Ending::Fine);
        },
        42..62 => {
            let caller = service(account, "lambda.amazonaws.com", false);
            stage.call(&caller, region, &ASSUME_ROLE, now, words, Ending::Fine);
        },
        62..74 => {
            let name = ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"][stage.dice.place(2)];
            let caller = service(account, name, false);
            stage.call(&caller, region, &ASSUME_ROLE, now, words, Ending::Fine);
        },
        74..88 => look_around(stage, account, region, words, now),
        88..93 => scale(stage, account, region, now),
        93..99 => {
            let words = Words { bucket: "moonjar-access-logs", ..words };
            let caller = service(SECURITY, "delivery.logs.amazonaws.com", true);
            stage.call(&caller, US_EAST, &PUT_OBJECT, now, words, Ending::Fine);
        },
        _ => {
            let caller = Caller {
                identity: identity::untyped(ACCOUNTS[account].id),
                ..service(account, "AWS Internal", false)
            };
            stage.call(&caller, region, &ROTATE_KEY, now, words, Ending::Fine);
        },
    }
}

/// AWS Config and GuardDuty read what there is.
fn look_around(stage: &mut Stage, account: usize, region: usize, words: Words<'_>, millis: i64) {
    let (service, role) = match stage.dice.below(3) {
        0 => ("guardduty.amazonaws.com", "AWSServiceRoleForAmazonGuardDuty"),
        _ => ("config.amazonaws.com", "AWSServiceRoleForConfig"),
    };
    let caller = linked(account, service, role, millis);
    let lists = [EC2_READS, S3_READS, IAM_READS];
    let list = lists[stage.dice.place(lists.len())];
    for step in 0..stage.dice.between(2, 7) {
        // HeadObject is the last of the reads of S3, and none of theirs.
        let api = &list[stage.dice.place(list.len() - 1)];
        stage.call(&caller, region, api, millis + step as i64 * SECOND, words, Ending::Fine);
    }
}

/// Auto Scaling starts or ends an instance.
fn scale(stage: &mut Stage, account: usize, region: usize, millis: i64) {
    let account = if account == SECURITY { PROD } else { account };
    let role = "AWSServiceRoleForAutoScaling";
    let caller = linked(account, "autoscaling.amazonaws.com", role, millis);
    let words = Words::default();
    stage.call(&caller, region, &DESCRIBE_INSTANCES, millis, words, Ending::Fine);
    let api = if stage.dice.per_mille(500) { &RUN_INSTANCES } else { &TERMINATE_INSTANCES };
    stage.call(&caller, region, api, millis + 2 * SECOND, words, Ending::Fine);
}

/// A service that calls as itself.
fn service(account: usize, name: &str, is_shared: bool) -> Caller {
    Caller {
        identity: identity::service(name),
        account,
        address: name.to_owned(),
        agent: name.to_owned(),
        is_service: true,
        is_shared,
        ..Caller::default()
    }
}

/// A service that calls by its own role in the account.
fn linked(account: usize, name: &str, role: &str, millis: i64) -> Caller {
    let folder = format!("/aws-service-role/{name}/");
    let session = RoleSession {
        account: ACCOUNTS[account].id,
        path: &folder,
        role,
        session: role.trim_start_matches("AWSServiceRoleFor"),
        since_millis: millis,
        with_mfa: false,
        invoked_by: name,
        delivered: "",
    };
    let (arn, identity) = (session.arn(), session.json());
    Caller { arn, identity, ..service(account, name, false) }
}
