//! The APIs of the sample with the JSON of their records: a table.

use super::api::{Api, Form, read, write};

const OBJECT: &str = r#"[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::$b/$k"},{"accountId":"$A","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::$b"}]"#;
const PREFIX: &str = r#"[{"type":"AWS::S3::Object","ARNPrefix":"arn:aws:s3:::$b/"},{"accountId":"$A","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::$b"}]"#;
const BUCKET: &str = r#"[{"accountId":"$A","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::$b"}]"#;
const KMS_KEY: &str =
    r#"[{"accountId":"$A","type":"AWS::KMS::Key","ARN":"arn:aws:kms:$R:$A:key/$q"}]"#;
const ROLE: &str =
    r#"[{"accountId":"$A","type":"AWS::IAM::Role","ARN":"arn:aws:iam::$A:role/$t"}]"#;
const PARAMETER: &str = r#"[{"accountId":"$A","ARN":"arn:aws:ssm:$R:$A:parameter/$t"}]"#;
const IMAGE_REPOSITORY: &str = r#"[{"accountId":"$A","ARN":"arn:aws:ecr:$R:$A:repository/$t"}]"#;

const IN_BUCKET: &str = r#"{"bucketName":"$b","Host":"$b.s3.$R.amazonaws.com"}"#;
const OF_OBJECT: &str = r#"{"bucketName":"$b","Host":"$b.s3.$R.amazonaws.com","key":"$k"}"#;
const INSTANCE: &str = r#"{"instancesSet":{"items":[{"instanceId":"$i"}]}}"#;
const SESSION: &str = r#"{"credentials":{"accessKeyId":"$a","sessionToken":"IQoJb3JpZ2luX2VjE$H$H$H","expiration":"$x"},"assumedRoleUser":{"assumedRoleId":"AROA2EXAMPLE$h:$t-session","arn":"arn:aws:sts::$A:assumed-role/$t/$t-session"}}"#;

pub(super) const GET_OBJECT: Api = read("s3", "GetObject", OF_OBJECT).data().on(OBJECT);
pub(super) const HEAD_OBJECT: Api = read("s3", "HeadObject", OF_OBJECT).data().on(OBJECT);
pub(super) const PUT_OBJECT: Api = write(
    "s3",
    "PutObject",
    r#"{"bucketName":"$b","Host":"$b.s3.$R.amazonaws.com","key":"$k","x-amz-server-side-encryption":"aws:kms"}"#,
    r#"{"x-amz-server-side-encryption":"aws:kms","x-amz-server-side-encryption-aws-kms-key-id":"arn:aws:kms:$R:$A:key/$q","x-amz-server-side-encryption-bucket-key-enabled":"true"}"#,
)
.data()
.on(OBJECT);
pub(super) const DELETE_OBJECT: Api =
    write("s3", "DeleteObject", OF_OBJECT, "null").data().on(OBJECT);
pub(super) const LIST_OBJECTS: Api = read(
    "s3",
    "ListObjects",
    r#"{"list-type":"2","bucketName":"$b","Host":"$b.s3.$R.amazonaws.com","prefix":"","encoding-type":"url"}"#,
)
.data()
.on(PREFIX);
pub(super) const LIST_BUCKETS: Api = read("s3", "ListBuckets", r#"{"Host":"s3.$R.amazonaws.com"}"#);
pub(super) const GET_BUCKET_ACL: Api =
    read("s3", "GetBucketAcl", r#"{"bucketName":"$b","Host":"$b.s3.$R.amazonaws.com","acl":""}"#)
        .on(BUCKET);
pub(super) const GET_BUCKET_POLICY: Api = read(
    "s3",
    "GetBucketPolicy",
    r#"{"bucketName":"$b","Host":"$b.s3.$R.amazonaws.com","policy":""}"#,
)
.on(BUCKET);
pub(super) const PUT_BUCKET_POLICY: Api = write(
    "s3",
    "PutBucketPolicy",
    r#"{"bucketPolicy":{"Version":"2012-10-17","Statement":[{"Sid":"PartnerRead","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::$b/*"}]},"bucketName":"$b","Host":"$b.s3.$R.amazonaws.com","policy":""}"#,
    "null",
)
.on(BUCKET);

pub(super) const GENERATE_DATA_KEY: Api = read(
    "kms",
    "GenerateDataKey",
    r#"{"keyId":"arn:aws:kms:$R:$A:key/$q","encryptionContext":{"aws:s3:arn":"arn:aws:s3:::$b"},"keySpec":"AES_256"}"#,
)
.on(KMS_KEY);
pub(super) const DECRYPT: Api = read(
    "kms",
    "Decrypt",
    r#"{"encryptionContext":{"aws:s3:arn":"arn:aws:s3:::$b"},"encryptionAlgorithm":"SYMMETRIC_DEFAULT"}"#,
)
.on(KMS_KEY);
pub(super) const ROTATE_KEY: Api =
    write("kms", "RotateKey", "null", r#"{"keyId":"$q"}"#).on(KMS_KEY).form(Form::ServiceEvent);

pub(super) const GET_CALLER_IDENTITY: Api = read("sts", "GetCallerIdentity", "null");
pub(super) const ASSUME_ROLE: Api = read(
    "sts",
    "AssumeRole",
    r#"{"roleArn":"arn:aws:iam::$A:role/$t","roleSessionName":"$t-session","durationSeconds":3600}"#,
)
.answers(SESSION)
.on(ROLE);
pub(super) const ASSUME_ROLE_WITH_WEB_IDENTITY: Api = read(
    "sts",
    "AssumeRoleWithWebIdentity",
    r#"{"roleArn":"arn:aws:iam::$A:role/$t","roleSessionName":"GitHubActions","durationSeconds":3600}"#,
)
.answers(SESSION)
.on(ROLE);
pub(super) const ASSUME_ROLE_WITH_SAML: Api = read(
    "sts",
    "AssumeRoleWithSAML",
    r#"{"sAMLAssertionID":"_$H","roleSessionName":"$t","durationSeconds":28800,"roleArn":"arn:aws:iam::$A:role/aws-reserved/sso.amazonaws.com/$R/$t","principalArn":"arn:aws:iam::$A:saml-provider/AWSSSO_$h_DO_NOT_DELETE"}"#,
)
.answers(SESSION);

const LOGIN_TO: &str = r#"{"LoginTo":"https://$R.console.aws.amazon.com/console/home?region=$R","MobileVersion":"No","MFAUsed":"Yes","MFAIdentifier":"arn:aws:iam::$A:mfa/$t"}"#;
const LOGIN_TO_WITHOUT_MFA: &str = r#"{"LoginTo":"https://console.aws.amazon.com/console/home","MobileVersion":"No","MFAUsed":"No"}"#;
pub(super) const CONSOLE_LOGIN: Api =
    write("signin", "ConsoleLogin", "null", r#"{"ConsoleLogin":"Success"}"#)
        .form(Form::SignIn)
        .adds(LOGIN_TO);
pub(super) const CONSOLE_LOGIN_WITHOUT_MFA: Api = CONSOLE_LOGIN.adds(LOGIN_TO_WITHOUT_MFA);
pub(super) const CONSOLE_LOGIN_FAILED: Api =
    CONSOLE_LOGIN.answers(r#"{"ConsoleLogin":"Failure"}"#).adds(LOGIN_TO_WITHOUT_MFA);
pub(super) const USER_AUTHENTICATION: Api =
    write("signin", "UserAuthentication", "null", r#"{"UserAuthentication":"Success"}"#)
        .form(Form::ServiceEvent)
        .adds(r#"{"CredentialType":"PASSWORD","LoginTo":"https://moonjar.awsapps.com/start","UserName":"$t"}"#);
pub(super) const GET_ROLE_CREDENTIALS: Api =
    read("sso", "GetRoleCredentials", r#"{"role_name":"$t","account_id":"$A"}"#);

pub(super) const RUN_INSTANCES: Api = write(
    "ec2",
    "RunInstances",
    r#"{"instancesSet":{"items":[{"imageId":"$m","minCount":1,"maxCount":1}]},"instanceType":"m7g.large","subnetId":"$w","monitoring":{"enabled":false},"disableApiTermination":false,"clientToken":"fleet-$H"}"#,
    r#"{"requestId":"$h","reservationId":"r-0$H","ownerId":"$A","instancesSet":{"items":[{"instanceId":"$i","imageId":"$m","instanceState":{"code":0,"name":"pending"},"instanceType":"m7g.large","launchTime":$e}]}}"#,
);
pub(super) const TERMINATE_INSTANCES: Api = write(
    "ec2",
    "TerminateInstances",
    INSTANCE,
    r#"{"requestId":"$h","instancesSet":{"items":[{"instanceId":"$i","currentState":{"code":32,"name":"shutting-down"},"previousState":{"code":16,"name":"running"}}]}}"#,
);
pub(super) const CREATE_SNAPSHOT: Api = write(
    "ec2",
    "CreateSnapshot",
    r#"{"volumeId":"$v","description":"hourly backup $d","tagSpecificationSet":{"items":[{"resourceType":"snapshot","tags":[{"key":"job","value":"hourly-backup"}]}]}}"#,
    r#"{"requestId":"$h","snapshotId":"$s","volumeId":"$v","status":"pending","startTime":$e,"progress":"","ownerId":"$A","volumeSize":"200","encrypted":true}"#,
);
pub(super) const DESCRIBE_SNAPSHOTS: Api = read(
    "ec2",
    "DescribeSnapshots",
    r#"{"maxResults":500,"snapshotSet":{},"ownersSet":{"items":[{"owner":"self"}]},"filterSet":{"items":[{"name":"tag:job","valueSet":{"items":[{"value":"hourly-backup"}]}}]}}"#,
);
pub(super) const DESCRIBE_INSTANCES: Api =
    read("ec2", "DescribeInstances", r#"{"maxResults":1000,"instancesSet":{},"filterSet":{}}"#);
pub(super) const DESCRIBE_INSTANCE_STATUS: Api = read(
    "ec2",
    "DescribeInstanceStatus",
    r#"{"instancesSet":{},"filterSet":{},"includeAllInstances":false}"#,
);
pub(super) const DESCRIBE_TARGET_HEALTH: Api = read(
    "elasticloadbalancing",
    "DescribeTargetHealth",
    r#"{"targetGroupArn":"arn:aws:elasticloadbalancing:$R:$A:targetgroup/$t/$H"}"#,
);
pub(super) const GET_PARAMETER: Api =
    read("ssm", "GetParameter", r#"{"name":"/$t","withDecryption":true}"#).on(PARAMETER);
pub(super) const GET_SECRET_VALUE: Api =
    read("secretsmanager", "GetSecretValue", r#"{"secretId":"$t"}"#);
pub(super) const UPDATE_SERVICE: Api = write(
    "ecs",
    "UpdateService",
    r#"{"cluster":"moonjar-$R","service":"$t","taskDefinition":"$t:$n","forceNewDeployment":false}"#,
    r#"{"service":{"serviceArn":"arn:aws:ecs:$R:$A:service/moonjar-$R/$t","serviceName":"$t","status":"ACTIVE","desiredCount":6,"runningCount":6,"pendingCount":0,"launchType":"FARGATE","taskDefinition":"arn:aws:ecs:$R:$A:task-definition/$t:$n"}}"#,
);
pub(super) const DISABLE_RULE: Api =
    write("events", "DisableRule", r#"{"name":"$t","eventBusName":"default"}"#, "null");
pub(super) const CREATE_LOG_STREAM: Api = write(
    "logs",
    "CreateLogStream",
    r#"{"logGroupName":"/moonjar/$t","logStreamName":"$t/$H"}"#,
    "null",
);

pub(super) const EC2_READS: &[Api] = &[
    DESCRIBE_INSTANCES,
    DESCRIBE_INSTANCE_STATUS,
    read(
        "ec2",
        "DescribeSecurityGroups",
        r#"{"securityGroupSet":{},"securityGroupIdSet":{"items":[{"groupId":"$g"}]},"filterSet":{}}"#,
    ),
    read(
        "ec2",
        "DescribeVolumes",
        r#"{"maxResults":500,"volumeSet":{},"filterSet":{"items":[{"name":"attachment.instance-id","valueSet":{"items":[{"value":"$i"}]}}]}}"#,
    ),
    read("ec2", "DescribeVpcs", r#"{"vpcSet":{},"filterSet":{}}"#),
    read(
        "ec2",
        "DescribeSubnets",
        r#"{"subnetSet":{},"filterSet":{"items":[{"name":"vpc-id","valueSet":{"items":[{"value":"$p"}]}}]}}"#,
    ),
    read("ec2", "DescribeNetworkInterfaces", r#"{"networkInterfaceIdSet":{},"filterSet":{}}"#),
    read(
        "ec2",
        "DescribeImages",
        r#"{"imagesSet":{"items":[{"imageId":"$m"}]},"ownersSet":{},"filterSet":{}}"#,
    ),
    read(
        "ec2",
        "DescribeTags",
        r#"{"maxResults":1000,"filterSet":{"items":[{"name":"resource-id","valueSet":{"items":[{"value":"$i"}]}}]}}"#,
    ),
    read("ec2", "DescribeAddresses", r#"{"publicIpsSet":{},"filterSet":{},"allocationIdsSet":{}}"#),
    read("ec2", "DescribeRouteTables", r#"{"routeTableIdSet":{},"filterSet":{}}"#),
    read(
        "ec2",
        "DescribeLaunchTemplates",
        r#"{"DescribeLaunchTemplatesRequest":{"MaxResults":200}}"#,
    ),
];
pub(super) const EC2_WRITES: &[Api] = &[
    write(
        "ec2",
        "CreateTags",
        r#"{"resourcesSet":{"items":[{"resourceId":"$i"}]},"tagSet":{"items":[{"key":"담당","value":"결제팀 \"$t\""}]}}"#,
        r#"{"requestId":"$h","_return":true}"#,
    ),
    write(
        "ec2",
        "StopInstances",
        INSTANCE,
        r#"{"requestId":"$h","instancesSet":{"items":[{"instanceId":"$i","currentState":{"code":64,"name":"stopping"},"previousState":{"code":16,"name":"running"}}]}}"#,
    ),
    write(
        "ec2",
        "StartInstances",
        INSTANCE,
        r#"{"requestId":"$h","instancesSet":{"items":[{"instanceId":"$i","currentState":{"code":0,"name":"pending"},"previousState":{"code":80,"name":"stopped"}}]}}"#,
    ),
    write(
        "ec2",
        "AuthorizeSecurityGroupIngress",
        r#"{"groupId":"$g","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":443,"toPort":443,"groups":{},"ipRanges":{"items":[{"cidrIp":"10.$n.0.0/16"}]}}]}}"#,
        r#"{"requestId":"$h","_return":true}"#,
    ),
    write(
        "ec2",
        "ModifyInstanceAttribute",
        r#"{"instanceId":"$i","instanceType":{"value":"m7g.xlarge"}}"#,
        r#"{"requestId":"$h","_return":true}"#,
    ),
];
pub(super) const S3_READS: &[Api] = &[
    LIST_BUCKETS,
    LIST_OBJECTS,
    GET_BUCKET_ACL,
    GET_BUCKET_POLICY,
    read("s3", "GetBucketLocation", IN_BUCKET).on(BUCKET),
    read("s3", "GetBucketVersioning", IN_BUCKET).on(BUCKET),
    read("s3", "GetBucketTagging", IN_BUCKET).on(BUCKET),
    read("s3", "GetBucketEncryption", IN_BUCKET).on(BUCKET),
    read("s3", "GetBucketPublicAccessBlock", IN_BUCKET).on(BUCKET),
    HEAD_OBJECT,
];
pub(super) const S3_WRITES: &[Api] =
    &[write("s3", "PutBucketTagging", IN_BUCKET, "null").on(BUCKET), PUT_OBJECT];
pub(super) const IAM_READS: &[Api] = &[
    read("iam", "ListRoles", r#"{"maxItems":100}"#),
    read("iam", "GetRole", r#"{"roleName":"$t"}"#),
    read("iam", "ListUsers", "null"),
    read("iam", "ListAttachedRolePolicies", r#"{"roleName":"$t"}"#),
    read("iam", "ListRolePolicies", r#"{"roleName":"$t"}"#),
    read(
        "iam",
        "GetPolicyVersion",
        r#"{"policyArn":"arn:aws:iam::$A:policy/$t","versionId":"v$n"}"#,
    ),
    read("iam", "GetAccountSummary", "null"),
    read("iam", "ListPolicies", r#"{"scope":"Local","onlyAttached":false,"maxItems":200}"#),
];
pub(super) const IAM_WRITES: &[Api] = &[
    write(
        "iam",
        "PutRolePolicy",
        r#"{"roleName":"$t","policyName":"inline-$h","policyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::$b/*\"}]}"}"#,
        "null",
    ),
    write(
        "iam",
        "TagRole",
        r#"{"roleName":"$t","tags":[{"key":"team","value":"platform"}]}"#,
        "null",
    ),
];
pub(super) const LAMBDA_READS: &[Api] = &[
    read("lambda", "ListFunctions20150331", r#"{"maxItems":50}"#),
    read("lambda", "GetFunction20150331v2", r#"{"functionName":"$t"}"#),
    read("lambda", "GetFunctionConfiguration20150331v2", r#"{"functionName":"$t"}"#),
    read("lambda", "GetPolicy20150331v2", r#"{"functionName":"$t"}"#),
    read("logs", "DescribeLogGroups", r#"{"logGroupNamePrefix":"/aws/lambda/","limit":50}"#),
    read(
        "logs",
        "DescribeLogStreams",
        r#"{"logGroupName":"/aws/lambda/$t","orderBy":"LastEventTime","descending":true}"#,
    ),
    read(
        "logs",
        "StartQuery",
        r#"{"logGroupName":"/aws/lambda/$t","startTime":$e,"endTime":$e,"queryString":"fields @timestamp, @message"}"#,
    ),
    read("monitoring", "DescribeAlarms", r#"{"maxRecords":100}"#),
];
pub(super) const LAMBDA_WRITES: &[Api] = &[
    write(
        "lambda",
        "UpdateFunctionCode20150331v2",
        r#"{"functionName":"$t","s3Bucket":"$b","s3Key":"functions/$h.zip","publish":true,"dryRun":false}"#,
        r#"{"functionName":"$t","functionArn":"arn:aws:lambda:$R:$A:function:$t","runtime":"nodejs22.x","handler":"index.handler","codeSize":1048576,"timeout":30,"memorySize":512,"version":"$n","state":"Active"}"#,
    ),
    write(
        "lambda",
        "UpdateFunctionConfiguration20150331v2",
        r#"{"functionName":"$t","memorySize":1024}"#,
        r#"{"functionName":"$t","functionArn":"arn:aws:lambda:$R:$A:function:$t","memorySize":1024,"version":"$n"}"#,
    ),
];
pub(super) const DATABASE_READS: &[Api] = &[
    read("rds", "DescribeDBInstances", r#"{"maxRecords":100}"#),
    read("rds", "DescribeDBClusters", r#"{"maxRecords":100}"#),
    read("rds", "DescribeDBLogFiles", r#"{"dBInstanceIdentifier":"$t"}"#),
    read("rds", "DescribeEvents", r#"{"sourceType":"db-instance","duration":1440}"#),
    read(
        "monitoring",
        "GetMetricData",
        r#"{"startTime":"$c","endTime":"$x","scanBy":"TimestampDescending"}"#,
    ),
    read("dynamodb", "DescribeTable", r#"{"tableName":"$t"}"#),
    read("dynamodb", "ListTables", r#"{"limit":100}"#),
];
pub(super) const DATABASE_WRITES: &[Api] = &[
    write(
        "rds",
        "CreateDBSnapshot",
        r#"{"dBSnapshotIdentifier":"$t-$h","dBInstanceIdentifier":"$t"}"#,
        r#"{"dBSnapshotIdentifier":"$t-$h","status":"creating","engine":"postgres","allocatedStorage":200,"encrypted":true}"#,
    ),
    write(
        "dynamodb",
        "UpdateTable",
        r#"{"tableName":"$t","billingMode":"PAY_PER_REQUEST"}"#,
        r#"{"tableDescription":{"tableName":"$t","tableStatus":"UPDATING"}}"#,
    ),
];
pub(super) const CONTAINER_READS: &[Api] = &[
    read("ecs", "DescribeServices", r#"{"cluster":"moonjar-$R","services":["$t"]}"#),
    read("ecs", "ListTasks", r#"{"cluster":"moonjar-$R","serviceName":"$t"}"#),
    read("ecs", "DescribeTasks", r#"{"cluster":"moonjar-$R","tasks":["$H"]}"#),
    read("ecs", "DescribeTaskDefinition", r#"{"taskDefinition":"$t:$n"}"#),
    read("ecr", "DescribeImages", r#"{"repositoryName":"$t"}"#).on(IMAGE_REPOSITORY),
    read("eks", "DescribeCluster", r#"{"name":"moonjar-$R"}"#),
    read("cloudformation", "DescribeStacks", r#"{"stackName":"$t"}"#),
    read("elasticloadbalancing", "DescribeLoadBalancers", r#"{"pageSize":100}"#),
];
pub(super) const CONTAINER_WRITES: &[Api] = &[
    UPDATE_SERVICE,
    write(
        "ecs",
        "StopTask",
        r#"{"cluster":"moonjar-$R","task":"$H","reason":"restart"}"#,
        r#"{"task":{"taskArn":"arn:aws:ecs:$R:$A:task/moonjar-$R/$H","lastStatus":"RUNNING","desiredStatus":"STOPPED"}}"#,
    ),
    write(
        "autoscaling",
        "UpdateAutoScalingGroup",
        r#"{"autoScalingGroupName":"$t","desiredCapacity":$n}"#,
        "null",
    ),
];
pub(super) const SECURITY_READS: &[Api] = &[
    read("cloudtrail", "DescribeTrails", r#"{"trailNameList":[],"includeShadowTrails":true}"#),
    read(
        "cloudtrail",
        "GetTrailStatus",
        r#"{"name":"arn:aws:cloudtrail:us-east-1:777788889999:trail/moonjar-org"}"#,
    ),
    read(
        "cloudtrail",
        "LookupEvents",
        r#"{"maxResults":50,"lookupAttributes":[{"attributeKey":"EventName","attributeValue":"ConsoleLogin"}]}"#,
    ),
    read("guardduty", "ListFindings", r#"{"detectorId":"$H","maxResults":50}"#),
    read("guardduty", "GetFindings", r#"{"detectorId":"$H","findingIds":["$H"]}"#),
    read("securityhub", "GetFindings", r#"{"MaxResults":100}"#),
    read(
        "access-analyzer",
        "ListFindings",
        r#"{"analyzerArn":"arn:aws:access-analyzer:$R:$A:analyzer/org"}"#,
    ),
    read("config", "DescribeConfigRules", "null"),
    read("organizations", "ListAccounts", "null"),
];
pub(super) const COST_READS: &[Api] = &[
    read(
        "ce",
        "GetCostAndUsage",
        r#"{"granularity":"DAILY","metrics":["UnblendedCost"],"groupBy":[{"type":"DIMENSION","key":"SERVICE"}]}"#,
    ),
    read("ce", "GetCostForecast", r#"{"granularity":"MONTHLY","metric":"UNBLENDED_COST"}"#),
    read("health", "DescribeEventAggregates", r#"{"aggregateField":"eventTypeCategory"}"#),
];

/// A deployment of a container.
pub(super) const DEPLOYMENT: &[Api] = &[
    read("ecr", "GetAuthorizationToken", "null"),
    read(
        "ecr",
        "BatchCheckLayerAvailability",
        r#"{"repositoryName":"$t","layerDigests":["sha256:$H$H"]}"#,
    )
    .on(IMAGE_REPOSITORY),
    write(
        "ecr",
        "InitiateLayerUpload",
        r#"{"repositoryName":"$t"}"#,
        r#"{"uploadId":"$H","partSize":10485760}"#,
    )
    .on(IMAGE_REPOSITORY),
    write(
        "ecr",
        "UploadLayerPart",
        r#"{"repositoryName":"$t","uploadId":"$H","partFirstByte":0,"partLastByte":10485759}"#,
        r#"{"repositoryName":"$t","uploadId":"$H","lastByteReceived":10485759}"#,
    )
    .on(IMAGE_REPOSITORY),
    write(
        "ecr",
        "CompleteLayerUpload",
        r#"{"repositoryName":"$t","uploadId":"$H","layerDigests":["sha256:$H$H"]}"#,
        r#"{"repositoryName":"$t","layerDigest":"sha256:$H$H"}"#,
    )
    .on(IMAGE_REPOSITORY),
    write(
        "ecr",
        "PutImage",
        r#"{"repositoryName":"$t","imageTag":"$h"}"#,
        r#"{"image":{"registryId":"$A","repositoryName":"$t","imageId":{"imageTag":"$h"}}}"#,
    )
    .on(IMAGE_REPOSITORY),
    write(
        "ecs",
        "RegisterTaskDefinition",
        r#"{"family":"$t","networkMode":"awsvpc","cpu":"1024","memory":"2048"}"#,
        r#"{"taskDefinition":{"taskDefinitionArn":"arn:aws:ecs:$R:$A:task-definition/$t:$n","family":"$t","revision":$n,"status":"ACTIVE"}}"#,
    ),
    UPDATE_SERVICE,
    read("ecs", "DescribeServices", r#"{"cluster":"moonjar-$R","services":["$t"]}"#),
];
/// A plan and its application by an infrastructure tool.
pub(super) const INFRASTRUCTURE: &[Api] = &[
    read("iam", "GetRole", r#"{"roleName":"$t"}"#),
    read("iam", "ListRolePolicies", r#"{"roleName":"$t"}"#),
    read("iam", "ListAttachedRolePolicies", r#"{"roleName":"$t"}"#),
    read("ec2", "DescribeVpcs", r#"{"vpcSet":{"items":[{"vpcId":"$p"}]},"filterSet":{}}"#),
    read("ec2", "DescribeSubnets", r#"{"subnetSet":{"items":[{"subnetId":"$w"}]},"filterSet":{}}"#),
    read(
        "ec2",
        "DescribeSecurityGroups",
        r#"{"securityGroupSet":{},"securityGroupIdSet":{"items":[{"groupId":"$g"}]},"filterSet":{}}"#,
    ),
    read("kms", "DescribeKey", r#"{"keyId":"$q"}"#).on(KMS_KEY),
    read("kms", "GetKeyPolicy", r#"{"keyId":"$q","policyName":"default"}"#).on(KMS_KEY),
    read("ssm", "DescribeParameters", r#"{"maxResults":50}"#),
    read("s3", "GetBucketLogging", IN_BUCKET).on(BUCKET),
    read("s3", "GetBucketLifecycle", IN_BUCKET).on(BUCKET),
    read("s3", "GetBucketVersioning", IN_BUCKET).on(BUCKET),
    read("route53", "ListResourceRecordSets", r#"{"hostedZoneId":"Z0EXAMPLE$h"}"#),
    read("rds", "DescribeDBClusters", r#"{"dBClusterIdentifier":"$t"}"#),
    read("dynamodb", "DescribeTable", r#"{"tableName":"moonjar-terraform-locks"}"#),
    GET_OBJECT,
    write(
        "ec2",
        "CreateTags",
        r#"{"resourcesSet":{"items":[{"resourceId":"$g"}]},"tagSet":{"items":[{"key":"managed-by","value":"terraform"}]}}"#,
        r#"{"requestId":"$h","_return":true}"#,
    ),
    PUT_OBJECT,
];
/// A deployment of functions as a stack.
pub(super) const STACK: &[Api] = &[
    write(
        "cloudformation",
        "CreateChangeSet",
        r#"{"stackName":"$t","changeSetName":"release-$h","changeSetType":"UPDATE","capabilities":["CAPABILITY_IAM"]}"#,
        r#"{"id":"arn:aws:cloudformation:$R:$A:changeSet/release-$h","stackId":"arn:aws:cloudformation:$R:$A:stack/$t"}"#,
    ),
    read(
        "cloudformation",
        "DescribeChangeSet",
        r#"{"changeSetName":"release-$h","stackName":"$t"}"#,
    ),
    write(
        "cloudformation",
        "ExecuteChangeSet",
        r#"{"changeSetName":"release-$h","stackName":"$t"}"#,
        "null",
    ),
    read("cloudformation", "DescribeStackEvents", r#"{"stackName":"$t"}"#),
    read("cloudformation", "DescribeStacks", r#"{"stackName":"$t"}"#),
    PUT_OBJECT,
    write(
        "lambda",
        "PublishVersion20150331",
        r#"{"functionName":"$t"}"#,
        r#"{"functionName":"$t","version":"$n","functionArn":"arn:aws:lambda:$R:$A:function:$t:$n"}"#,
    ),
    write(
        "lambda",
        "UpdateFunctionCode20150331v2",
        r#"{"functionName":"$t","s3Bucket":"$b","s3Key":"functions/$h.zip","publish":false,"dryRun":false}"#,
        r#"{"functionName":"$t","functionArn":"arn:aws:lambda:$R:$A:function:$t","codeSize":1048576,"version":"$n","state":"Active"}"#,
    ),
];
/// A website copied into its bucket.
pub(super) const WEBSITE: &[Api] = &[
    LIST_OBJECTS,
    PUT_OBJECT,
    PUT_OBJECT,
    PUT_OBJECT,
    PUT_OBJECT,
    write(
        "cloudfront",
        "CreateInvalidation",
        r#"{"distributionId":"E2EXAMPLE$h","invalidationBatch":{"paths":{"quantity":1,"items":["/*"]},"callerReference":"$H"}}"#,
        r#"{"invalidation":{"id":"I$h","status":"InProgress"}}"#,
    ),
];
