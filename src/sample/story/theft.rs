//! What the thief does with the stolen key, step by step: a table.

use crate::sample::api::{Api, read, write};
use crate::sample::catalogue::{
    DESCRIBE_INSTANCES, GET_BUCKET_ACL, GET_CALLER_IDENTITY, LIST_BUCKETS,
};

#[derive(Debug)]
pub(super) struct Step {
    /// Seconds after the first step.
    pub(super) after: i64,
    pub(super) api: Api,
    /// A place in the list of regions.
    pub(super) region: usize,
    pub(super) is_denied: bool,
    pub(super) bucket: &'static str,
    pub(super) target: &'static str,
}

const fn step(after: i64, api: Api) -> Step {
    Step { after, api, region: 0, is_denied: false, bucket: "", target: "svc-report-export" }
}

impl Step {
    const fn denied(self) -> Step {
        Step { is_denied: true, ..self }
    }

    const fn region(self, region: usize) -> Step {
        Step { region, ..self }
    }

    const fn bucket(self, bucket: &'static str) -> Step {
        Step { bucket, ..self }
    }

    const fn about(self, target: &'static str) -> Step {
        Step { target, ..self }
    }
}

const LIST_USERS: Api = read("iam", "ListUsers", "null");
const LIST_ROLES: Api = read("iam", "ListRoles", "null");
const LIST_KEYS: Api = read("iam", "ListAccessKeys", r#"{"userName":"$t"}"#);
const LIST_POLICIES: Api = read("iam", "ListAttachedUserPolicies", r#"{"userName":"$t"}"#);
const AUTHORIZATION: Api = read("iam", "GetAccountAuthorizationDetails", "null");
const GROUPS: Api =
    read("ec2", "DescribeSecurityGroups", r#"{"securityGroupSet":{},"filterSet":{}}"#);
const DATABASES: Api = read("rds", "DescribeDBInstances", "null");
const SECRETS: Api = read("secretsmanager", "ListSecrets", "null");
const PARAMETERS: Api = read("ssm", "DescribeParameters", r#"{"maxResults":50}"#);
const FUNCTIONS: Api = read("lambda", "ListFunctions20150331", "null");
const TRAILS: Api =
    read("cloudtrail", "DescribeTrails", r#"{"trailNameList":[],"includeShadowTrails":true}"#);
const TRAIL_STATUS: Api = read("cloudtrail", "GetTrailStatus", TRAIL);
const STOP_LOGGING: Api = write("cloudtrail", "StopLogging", TRAIL, "null");
const TRAIL: &str = r#"{"name":"arn:aws:cloudtrail:us-east-1:777788889999:trail/moonjar-org"}"#;
const CREATE_USER: Api = write(
    "iam",
    "CreateUser",
    r#"{"userName":"$t"}"#,
    r#"{"user":{"path":"/","userName":"$t","userId":"AIDA2MOONJARYEXAMPLE7","arn":"arn:aws:iam::$A:user/$t","createDate":"$c"}}"#,
);
const CREATE_KEY: Api = write(
    "iam",
    "CreateAccessKey",
    r#"{"userName":"$t"}"#,
    r#"{"accessKey":{"userName":"$t","accessKeyId":"AKIA2MOONJARYEXAMPLE","status":"Active","createDate":"$c"}}"#,
);
const ATTACH_POLICY: Api = write(
    "iam",
    "AttachUserPolicy",
    r#"{"userName":"$t","policyArn":"arn:aws:iam::aws:policy/AmazonS3FullAccess"}"#,
    "null",
);

/// All steps, in the order of time.
pub(super) const STEPS: &[Step] = &[
    step(0, GET_CALLER_IDENTITY),
    step(21, LIST_BUCKETS),
    step(34, LIST_USERS),
    step(41, LIST_ROLES).denied(),
    step(47, LIST_KEYS),
    step(52, LIST_POLICIES),
    step(66, AUTHORIZATION).denied(),
    step(88, DESCRIBE_INSTANCES),
    step(91, DESCRIBE_INSTANCES).region(1),
    step(95, DESCRIBE_INSTANCES).region(2),
    step(104, GROUPS).denied(),
    step(119, DATABASES).denied(),
    step(127, DATABASES).denied().region(1),
    step(140, SECRETS).denied(),
    step(152, PARAMETERS).denied(),
    step(163, FUNCTIONS).denied(),
    step(181, GET_BUCKET_ACL).bucket("moonjar-customer-data"),
    step(186, GET_BUCKET_ACL).bucket("moonjar-finance-archive").denied(),
    step(190, GET_BUCKET_ACL).bucket("moonjar-orders-events"),
    step(232, TRAILS),
    step(240, TRAIL_STATUS).denied(),
    step(407, CREATE_USER).about("svc-backup-sync"),
    step(419, CREATE_KEY).about("svc-backup-sync"),
    step(433, ATTACH_POLICY).about("svc-backup-sync"),
    step(512, STOP_LOGGING).denied(),
];
