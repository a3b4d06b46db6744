//! Odd records, as the reference of CloudTrail's fields tells of them: what does the row say?

use super::*;

fn trail(records: &[&str]) -> Vec<u8> {
    format!(r#"{{"Records":[{}]}}"#, records.join(",")).into_bytes()
}

#[test]
fn any_field_may_be_missing_null_empty_or_of_another_type() {
    check(
        &trail(&[
            r#"{"eventVersion":"1.08"}"#,
            r#"{"eventVersion":"1.08","userIdentity":null,"eventTime":null,"eventName":null,"resources":null,"responseElements":null,"tlsDetails":null}"#,
            r#"{"eventVersion":"1.08","userIdentity":{},"eventName":"","errorCode":"","resources":[],"sourceIPAddress":"","userIdentity":{"sessionContext":{"sessionIssuer":{},"webIdFederationData":{}}}}"#,
            r#"{"eventVersion":"1.08","userIdentity":"ada","requestParameters":"bucket=x","tlsDetails":"TLSv1.2","resources":"arn:aws:s3:::x","addendum":"late"}"#,
            r#"{"eventVersion":["1.08"],"userIdentity":[{"type":"Root"}],"eventName":["GetUser","PutUser"],"readOnly":["true"],"eventTime":["2024-05-01T10:00:00Z"]}"#,
            r#"{"eventVersion":1.1,"eventName":{"a":1},"readOnly":"False","managementEvent":0,"eventTime":1714557600}"#,
            r#"{"eventVersion":"1.08","requestID":9007199254740993,"eventID":18446744073709551617,"recipientAccountId":123456789012,"apiVersion":1e400}"#,
        ]),
        expect![[r#"
            Read: 7 kept, 0 rejected
            bad-record byte 507: 1 event has no readable time. It is kept, but in no span of time and in no chart.
            category=Management | eventTime=none | eventVersion=1.08 | outcome=success
            category=Management | eventTime=none | eventVersion=1.08 | outcome=success
            category=Management | errorCode= | eventName= | eventTime=none | eventVersion=1.08 | outcome=success | sourceIPAddress=
            category=Management | eventTime=none | eventVersion=1.08 | outcome=success | resources.ARN=["arn:aws:s3:::x"]
            category=Management | eventName=["GetUser","PutUser"] | eventTime=none | eventVersion=["1.08"] | outcome=success
            category=Management | eventName={"a":1} | eventTime=2024-05-01T10:00:00Z | eventVersion=1.1 | outcome=success | readOnly=false
            apiVersion=1e400 | category=Management | eventID="18446744073709551617" | eventTime=none | eventVersion=1.08 | outcome=success | recipientAccountId=123456789012 | requestID=9007199254740993
        "#]],
    );
}

/// Every odd form that a value may take; `None` is "missing".
const FORMS: &[Option<&str>] = &[
    None,
    Some("null"),
    Some(r#""""#),
    Some(r#"" ""#),
    Some(r#""text""#),
    Some("7"),
    Some("-1.5e3"),
    Some("true"),
    Some("[]"),
    Some(r#"["a","b"]"#),
    Some("[null]"),
    Some("{}"),
    Some(r#"{"a":"b"}"#),
];

/// A record that has everything.
fn whole() -> serde_json::Value {
    serde_json::json!({
        "eventVersion": "1.08",
        "eventTime": "2024-05-01T10:00:00Z",
        "userIdentity": {
            "type": "AssumedRole",
            "principalId": "AROAEXAMPLE:ada",
            "arn": "arn:aws:sts::111122223333:assumed-role/deploy/ada",
            "accountId": "111122223333",
            "accessKeyId": "ASIAEXAMPLE",
            "userName": "ada",
            "invokedBy": "athena.amazonaws.com",
            "identityProvider": "accounts.google.com",
            "credentialId": "c",
            "onBehalfOf": {"userId": "u"},
            "sessionContext": {
                "sessionIssuer": {
                    "type": "Role",
                    "principalId": "AROAEXAMPLE",
                    "arn": "arn:aws:iam::111122223333:role/deploy",
                    "accountId": "111122223333",
                    "userName": "deploy",
                },
                "webIdFederationData": {"federatedProvider": "p"},
                "attributes": {"creationDate": "2024-05-01T09:00:00Z", "mfaAuthenticated": "true"},
                "sourceIdentity": "s",
                "ec2RoleDelivery": "2.0",
            },
        },
        "eventSource": "iam.amazonaws.com",
        "eventName": "CreateUser",
        "awsRegion": "us-east-1",
        "sourceIPAddress": "203.0.113.7",
        "userAgent": "tool/1.0",
        "errorCode": "AccessDenied",
        "errorMessage": "no",
        "requestParameters": {"userName": "bob"},
        "responseElements": {"user": {"userName": "bob"}},
        "additionalEventData": {"MFAUsed": "No"},
        "requestID": "00000000-0000-4000-8000-000000000001",
        "eventID": "00000000-0000-4000-8000-000000000002",
        "readOnly": false,
        "resources": [
            {"ARN": "arn:aws:iam::111122223333:user/bob", "accountId": "111122223333", "type": "AWS::IAM::User"},
        ],
        "eventType": "AwsApiCall",
        "apiVersion": "2010-05-08",
        "managementEvent": true,
        "recipientAccountId": "111122223333",
        "serviceEventDetails": {"a": "b"},
        "sharedEventID": "00000000-0000-4000-8000-000000000003",
        "vpcEndpointId": "vpce-1",
        "vpcEndpointAccountId": "111122223333",
        "eventCategory": "Management",
        "addendum": {"reason": "DELIVERY_DELAY"},
        "sessionCredentialFromConsole": "true",
        "eventContext": {"requestContext": {}},
        "edgeDeviceDetails": {"a": "b"},
        "tlsDetails": {"tlsVersion": "TLSv1.3", "cipherSuite": "c", "clientProvidedHostHeader": "h"},
        "insightDetails": null,
        "annotation": "note",
    })
}

/// The paths of all members, at any depth.
fn paths(value: &serde_json::Value, at: &str, all: &mut Vec<String>) {
    let members: Vec<(String, &serde_json::Value)> = match value {
        serde_json::Value::Object(members) => {
            members.iter().map(|(key, it)| (key.clone(), it)).collect()
        },
        serde_json::Value::Array(items) => {
            items.iter().enumerate().map(|(at, it)| (at.to_string(), it)).collect()
        },
        _ => return,
    };
    for (key, member) in members {
        let path = format!("{at}/{key}");
        paths(member, &path, all);
        all.push(path);
    }
}

/// The record of which the member at that path, and it alone, is of another form.
fn odd(path: &str, form: Option<&str>) -> String {
    let mut record = whole();
    let (parent, name) = path.rsplit_once('/').expect("a path");
    let parent = record.pointer_mut(parent).expect("it is there");
    match (form.map(parsed), parent) {
        (Some(form), parent) => {
            *parent.pointer_mut(&format!("/{name}")).expect("it is there") = form;
        },
        (None, serde_json::Value::Object(members)) => {
            members.remove(name).expect("it is there");
        },
        (None, serde_json::Value::Array(items)) => items.clear(),
        (None, _) => unreachable!("only these have members"),
    }
    record.to_string()
}

fn parsed(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("JSON")
}

/// What is worked out of a member of a record, past the columns that bear its name.
fn worked_out_of(name: &str) -> &'static [&'static str] {
    match name {
        "userIdentity" => &["principal", "session"],
        "errorCode" | "errorMessage" | "responseElements" => &["outcome"],
        "eventCategory" | "managementEvent" | "eventVersion" | "eventType" => &["category"],
        _ => &[],
    }
}

#[test]
fn a_member_of_an_odd_form_changes_nothing_but_what_it_says() {
    let usual = rows(&read(&trail(&[&whole().to_string()]))).remove(0);
    let mut all = Vec::new();
    paths(&whole(), "", &mut all);
    assert!(all.len() > 60);
    for path in &all {
        let name = path.trim_start_matches('/').replace("/0", "").replace('/', ".");
        let top = name.split('.').next().unwrap_or_default();
        for form in FORMS {
            let what = format!("{path}: {form:?}");
            let record = odd(path, *form);
            let bytes = trail(&[&record]);
            let batch = read(&bytes);
            let told = story(&batch);
            let timeless = told.contains("1 event has no readable time") && name == "eventTime";
            assert!(timeless || told == "Read: 1 kept, 0 rejected\n", "{what}: {told}");
            let again =
                record_at("x", &bytes, Coding::Plain, offsets(&batch)[0], Limits::default());
            assert_eq!(again, Ok(record), "{what}");
            let row = rows(&batch).remove(0);
            let columns = usual.keys().chain(row.keys());
            for column in columns.filter(|it| usual.get(*it) != row.get(*it)) {
                // What is no object any more has no members; what stands for an ARN is one.
                let own = **column == name || column.starts_with(&format!("{name}."));
                assert!(own || worked_out_of(top).contains(column), "{what} changes {column}");
            }
        }
    }
}

#[test]
fn what_a_row_says_of_each_odd_form() {
    let columns = [
        ("eventName", Field::EventName),
        ("eventTime", Field::EventTime),
        ("eventID", Field::EventId),
        ("readOnly", Field::ReadOnly),
        ("userIdentity", Field::Principal),
        ("resources", Field::ResourceArn),
        ("errorCode", Field::Outcome),
        ("eventCategory", Field::Category),
    ];
    let mut table = String::new();
    for form in FORMS {
        table += &format!("{}:", form.unwrap_or("missing"));
        for (name, field) in columns {
            let row = rows(&read(&trail(&[&odd(&format!("/{name}"), *form)]))).remove(0);
            table += &format!(" | {}", row.get(field.name()).map_or("-", String::as_str));
        }
        table.push('\n');
    }
    expect![[r#"
        missing: | - | none | - | - | - | - | error | Management
        null: | - | none | - | - | - | - | error | Management
        "": |  | none | "" | - | - | [""] | error | Management
        " ": |   | none | " " | - | - | [" "] | error |  
        "text": | text | none | "text" | - | - | ["text"] | error | text
        7: | 7 | none | "7" | - | - | ["7"] | error | 7
        -1.5e3: | -1500.0 | none | "-1500.0" | - | - | ["-1500.0"] | error | -1500.0
        true: | true | none | "true" | true | - | ["true"] | error | true
        []: | [] | none | "[]" | - | - | - | error | []
        ["a","b"]: | ["a","b"] | none | "[\"a\",\"b\"]" | - | - | ["a", "b"] | error | ["a","b"]
        [null]: | [null] | none | "[null]" | - | - | - | error | [null]
        {}: | {} | none | "{}" | - | - | - | error | {}
        {"a":"b"}: | {"a":"b"} | none | "{\"a\":\"b\"}" | - | - | - | error | {"a":"b"}
    "#]]
    .assert_eq(&table);
}

#[test]
fn of_a_key_that_stands_twice_the_last_counts() {
    check(
        &trail(&[
            r#"{"eventName":"First","eventName":"Last","userIdentity":{"type":"Root","arn":"arn:first","accountId":"1"},"userIdentity":{"type":"IAMUser"}}"#,
            r#"{"eventName":"x","tlsDetails":{"tlsVersion":"TLSv1.2"},"tlsDetails":{"cipherSuite":"c"},"errorCode":"AccessDenied","errorCode":null}"#,
            r#"{"eventName":"x","userIdentity":{"sessionContext":{"sessionIssuer":{"arn":"arn:first","type":"Role"},"sessionIssuer":{"arn":"arn:last"},"attributes":{"mfaAuthenticated":"true"},"attributes":{}}},"resources":[{"ARN":"arn:a"}],"resources":[]}"#,
        ]),
        expect![[r#"
            Read: 3 kept, 0 rejected
            category=Management | eventName=Last | eventTime=none | outcome=success | principal=IAMUser | userIdentity.type=IAMUser
            category=Management | eventName=x | eventTime=none | outcome=success | tlsDetails.cipherSuite=c
            category=Management | eventName=x | eventTime=none | outcome=success | principal=arn:last | userIdentity.sessionContext.sessionIssuer.arn=arn:last
        "#]],
    );
}

#[test]
fn every_version_is_read() {
    let versions = [
        "1.0", "1.01", "1.02", "1.03", "1.04", "1.05", "1.06", "1.07", "1.08", "1.09", "1.10",
        "1.11", "2.0", "next",
    ];
    let records: Vec<String> = versions
        .iter()
        .map(|it| format!(r#"{{"eventVersion":"{it}","eventName":"GetObject","eventSource":"s3.amazonaws.com"}}"#))
        .collect();
    let bytes = trail(&records.iter().map(String::as_str).collect::<Vec<_>>());
    let read: Vec<String> =
        rows(&read(&bytes)).iter().map(|it| it["eventVersion"].clone()).collect();
    assert_eq!(read, versions);
}

#[test]
fn records_that_do_not_say_their_category_are_put_into_one() {
    let fields = [
        Field::EventVersion,
        Field::EventType,
        Field::EventName,
        Field::Category,
        Field::EventTime,
    ];
    check_fields(
        &trail(&[
            r#"{"eventVersion":"1.05","eventName":"GetObject","resources":[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::b/k"}]}"#,
            r#"{"eventVersion":"1.05","eventName":"GetBucketAcl","resources":[{"type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::b"}]}"#,
            r#"{"eventVersion":"1.05","eventName":"Invoke","resources":[{"type":"AWS::Lambda::Function"}]}"#,
            r#"{"eventVersion":"1.05","eventName":"UpdateFunctionCode","resources":[{"type":"AWS::Lambda::Function"}]}"#,
            r#"{"eventVersion":"1.06","eventName":"GetItem","managementEvent":false}"#,
            r#"{"eventVersion":"1.06","eventName":"CreateTable","managementEvent":true}"#,
            r#"{"eventVersion":"1.09","eventName":"ListKeys","eventType":"AwsVpceEvent"}"#,
            r#"{"eventVersion":"1.09","eventName":"ListKeys","eventType":"AwsVpceEvents"}"#,
            r#"{"eventVersion":"1.07","eventType":"AwsCloudTrailInsight","insightDetails":{"eventName":"RunInstances","eventSource":"ec2.amazonaws.com"}}"#,
            r#"{"eventVersion":"1.0","eventType":"AwsAggregatedEvent","timeWindow":{"windowStart":"2024-05-01T10:05:00Z"}}"#,
            r#"{"eventVersion":"1.11","eventName":"Log","eventType":"ActivityLog","eventCategory":"ActivityAuditLog"}"#,
            r#"{"eventVersion":"1.11","eventName":"New","eventType":"AwsNeverSeen","eventCategory":"NeverSeen"}"#,
        ]),
        &fields,
        expect![[r#"
            Read: 12 kept, 0 rejected
            1.05 | - | GetObject | Data | none
            1.05 | - | GetBucketAcl | Management | none
            1.05 | - | Invoke | Data | none
            1.05 | - | UpdateFunctionCode | Management | none
            1.06 | - | GetItem | Data | none
            1.06 | - | CreateTable | Management | none
            1.09 | AwsVpceEvent | ListKeys | NetworkActivity | none
            1.09 | AwsVpceEvents | ListKeys | NetworkActivity | none
            1.07 | AwsCloudTrailInsight | RunInstances | Insight | none
            1.0 | AwsAggregatedEvent | - | Aggregated | 2024-05-01T10:05:00Z
            1.11 | ActivityLog | Log | ActivityAuditLog | none
            1.11 | AwsNeverSeen | New | NeverSeen | none
        "#]],
    );
}

#[test]
fn odd_addresses_regions_and_endpoints_are_kept_as_they_are() {
    let fields = [Field::SourceIpAddress, Field::AwsRegion, Field::VpcEndpointId, Field::UserAgent];
    check_fields(
        &trail(&[
            r#"{"eventName":"x","sourceIPAddress":"cloudtrail.amazonaws.com","awsRegion":"aws-global","vpcEndpointId":"AWS Internal","userAgent":"s3.amazonaws.com"}"#,
            r#"{"eventName":"x","sourceIPAddress":"AWS Internal/2","awsRegion":"us-gov-east-1","vpcEndpointId":"ec2.amazonaws.com","userAgent":"AWS Internal/3"}"#,
            r#"{"eventName":"x","sourceIPAddress":"2001:db8::7","awsRegion":"cn-northwest-1","userAgent":"[S3Console/0.4]"}"#,
            r#"{"eventName":"x","sourceIPAddress":"::ffff:203.0.113.7","awsRegion":"us-iso-east-1"}"#,
            r#"{"eventName":"x","sourceIPAddress":"203.0.113.7, 198.51.100.2","awsRegion":"mars-north-9"}"#,
        ]),
        &fields,
        expect![[r#"
            Read: 5 kept, 0 rejected
            cloudtrail.amazonaws.com | aws-global | AWS Internal | s3.amazonaws.com
            AWS Internal/2 | us-gov-east-1 | ec2.amazonaws.com | AWS Internal/3
            2001:db8::7 | cn-northwest-1 | - | [S3Console/0.4]
            ::ffff:203.0.113.7 | us-iso-east-1 | - | -
            203.0.113.7, 198.51.100.2 | mars-north-9 | - | -
        "#]],
    );
}

#[test]
fn every_type_of_identity_is_named_by_what_it_has() {
    let fields = [Field::IdentityType, Field::Principal, Field::Session, Field::IdentityUserName];
    check_fields(
        &trail(&[
            r#"{"eventName":"x","userIdentity":{"type":"Root","principalId":"111122223333","arn":"arn:aws:iam::111122223333:root","accountId":"111122223333","userName":"the-alias"}}"#,
            r#"{"eventName":"x","userIdentity":{"type":"Role","principalId":"AROAEXAMPLE","arn":"arn:aws:iam::111122223333:role/jobs"}}"#,
            r#"{"eventName":"x","userIdentity":{"type":"Directory","userName":"grace@example.com"}}"#,
            r#"{"eventName":"x","userIdentity":{"type":"WebIdentityUser","principalId":"accounts.google.com:app:user","userName":"user","identityProvider":"accounts.google.com"}}"#,
            r#"{"eventName":"x","userIdentity":{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"u","identityStoreArn":"arn:aws:identitystore::1:identitystore/d"},"credentialId":"c"}}"#,
            r#"{"eventName":"x","userIdentity":{"type":"Unknown"}}"#,
            r#"{"eventName":"x","userIdentity":{"type":"NeverSeen","invokedBy":"new.amazonaws.com","invokedByDelegate":{"accountId":"1"},"inScopeOf":{"sourceArn":"arn:x"}}}"#,
            r#"{"eventName":"x","eventType":"AwsServiceEvent","eventSource":"kms.amazonaws.com"}"#,
            r#"{"eventName":"x","eventType":"AwsServiceEvent","userIdentity":{"accountId":"111122223333","invokedBy":"AWS Internal"}}"#,
            r#"{"eventName":"x","userIdentity":{"type":"IAMUser","accessKeyId":"","userName":"HIDDEN_DUE_TO_SECURITY_REASONS","accountId":"111122223333"}}"#,
        ]),
        &fields,
        expect![[r#"
            Read: 10 kept, 0 rejected
            Root | arn:aws:iam::111122223333:root | - | the-alias
            Role | arn:aws:iam::111122223333:role/jobs | - | -
            Directory | grace@example.com | - | grace@example.com
            WebIdentityUser | user | - | user
            IdentityCenterUser | 111122223333:IdentityCenterUser | - | -
            Unknown | Unknown | - | -
            NeverSeen | new.amazonaws.com | - | -
            - | kms.amazonaws.com | - | -
            - | AWS Internal | - | -
            IAMUser | 111122223333:IAMUser | - | HIDDEN_DUE_TO_SECURITY_REASONS
        "#]],
    );
}

#[test]
fn resources_are_read_in_every_form() {
    let fields = [Field::ResourceArn, Field::ResourceType, Field::ResourceAccountId];
    check_fields(
        &trail(&[
            r#"{"eventName":"x","resources":[{"ARN":"arn:a","accountId":"1","type":"AWS::S3::Object"},{"ARNPrefix":"arn:b/","type":"AWS::S3::Object"}]}"#,
            r#"{"eventName":"x","resources":{"arn":"arn:lower"}}"#,
            r#"{"eventName":"x","resources":[{"resourceName":"ledger","resourceType":"AWS::S3::Bucket"},{"ResourceName":"b","ResourceType":"T"}]}"#,
            r#"{"eventName":"x","resources":["arn:text",{"ARN":null,"type":7},[],{}]}"#,
        ]),
        &fields,
        expect![[r#"
            Read: 4 kept, 0 rejected
            ["arn:a", "arn:b/"] | ["AWS::S3::Object"] | ["1"]
            ["arn:lower"] | - | -
            ["ledger", "b"] | ["AWS::S3::Bucket", "T"] | -
            ["arn:text"] | ["7"] | -
        "#]],
    );
}

/// Identities as they may stand in a file; most events have one that stood before.
const IDENTITIES: [&[u8]; 14] = [
    br#"{"type":"IAMUser","principalId":"AIDAEXAMPLE","arn":"arn:aws:iam::111122223333:user/eve","accountId":"111122223333","userName":"eve"}"#,
    br#"{"type":"AssumedRole","principalId":"AROAEXAMPLE:i-1","arn":"arn:aws:sts::111122223333:assumed-role/jobs/i-1","sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::111122223333:role/jobs"},"attributes":{"mfaAuthenticated":"false","creationDate":"2026-03-02T09:00:00Z"}}}"#,
    br#"{"type":"AssumedRole","principalId":"AROAEXAMPLE:i-2","sessionContext":{"attributes":{"mfaAuthenticated":"TRUE"}}}"#,
    br#"{"type":"AWSService","invokedBy":"config.amazonaws.com"}"#,
    br#"{"type":"AWSService"}"#,
    br#"{ "type": "AWSService", "invokedBy": "with.blanks.amazonaws.com" }"#,
    br#"{"type":"","accountId":"111122223333"}"#,
    br#"{"invokedBy":"nobody.amazonaws.com"}"#,
    br#"{"type":"Unknown","userName":"line\nbreak \ud83d\ude00 \ud800"}"#,
    b"{\"type\":\"Unknown\",\"userName\":\"no \xff text\"}",
    br#"{"type":"Unknown","arn":{"is":["no","text"]},"type":"Root"}"#,
    br#"{}"#,
    br#""eve""#,
    br#"null"#,
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_identity_that_was_met_is_read_as_if_it_were_new(
        picked in prop::collection::vec((0..IDENTITIES.len(), 0..3_u8), 1..60),
    ) {
        let record = |(identity, form): &(usize, u8)| -> Vec<u8> {
            let (identity, event) = (IDENTITIES[*identity], br#""eventName":"x","eventSource":"kms.amazonaws.com""#);
            match form {
                0 => [b"{", &event[..], b",\"userIdentity\":", identity, b"}"].concat(),
                1 => [b"{\"userIdentity\":", identity, b",\"eventType\":\"AwsServiceEvent\",", event, b"}"].concat(),
                // Of a key that stands twice the last one counts.
                _ => [b"{\"userIdentity\":", IDENTITIES[1], b",\"userIdentity\":", identity, b",", event, b"}"].concat(),
            }
        };
        let records: Vec<Vec<u8>> = picked.iter().map(record).collect();
        let file = |records: &[Vec<u8>]| read(&[&b"{\"Records\":["[..], &records.join(&b','), &b"]}"[..]].concat());
        let all = file(&records);
        let alone: Vec<Batch> = records.iter().map(|it| file(std::slice::from_ref(it))).collect();
        prop_assert_eq!(rows(&all), alone.iter().flat_map(rows).collect::<Vec<Row>>());
        prop_assert_eq!(eights(&all.hashes), alone.iter().flat_map(|it| eights(&it.hashes)).collect::<Vec<u64>>());
        // Each value that is no UTF-8 counts, also where it was met before.
        let replaced = |batch: &Batch| batch.problems.iter().map(|it| it.message.split(' ').find_map(|it| it.parse().ok()).unwrap_or(1)).sum::<u32>();
        prop_assert_eq!(replaced(&all), alone.iter().map(replaced).sum::<u32>());
    }
}

#[test]
fn blanks_in_an_identity_do_not_count_either() {
    let dense = r#"{"eventName":"x","userIdentity":{"type":"IAMUser","userName":"eve"}}"#;
    let loose = r#"{"eventName":"x","userIdentity":{"type": "IAMUser", "userName":"eve"}}"#;
    let hashes = eights(&read(&trail(&[dense, loose, loose])).hashes);
    assert_eq!(hashes, [hashes[0]; 3]);
}

#[test]
fn times_are_read_in_every_form_and_those_that_are_none_are_counted() {
    let fields = [Field::EventName, Field::EventTime];
    check_fields(
        &trail(&[
            r#"{"eventName":"Usual","eventTime":"2024-05-01T10:00:00Z"}"#,
            r#"{"eventName":"Athena","eventTime":"2024-05-01 10:00:00.000 UTC"}"#,
            r#"{"eventName":"Athena","eventTime":"2024-05-01 10:00:00 UTC"}"#,
            r#"{"eventName":"Kibana","eventTime":"Jul 30, 2021 @ 16:32:46.000"}"#,
            r#"{"eventName":"Seconds","eventTime":1714557600}"#,
            r#"{"eventName":"Milliseconds","eventTime":1714557600250}"#,
            r#"{"eventName":"Text","eventTime":"1714557600250"}"#,
            r#"{"eventName":"Missing"}"#,
            r#"{"eventName":"NoDay","eventTime":"2024-02-30 10:00:00.000 UTC"}"#,
            r#"{"eventName":"Small","eventTime":7}"#,
            r#"{"eventName":"List","eventTime":["2024-05-01T10:00:00Z"]}"#,
        ]),
        &fields,
        expect![[r#"
            Read: 11 kept, 0 rejected
            bad-record byte 435: 3 events have no readable time. They are kept, but in no span of time and in no chart.
            Usual | 2024-05-01T10:00:00Z
            Athena | 2024-05-01T10:00:00Z
            Athena | 2024-05-01T10:00:00Z
            Kibana | 2021-07-30T16:32:46Z
            Seconds | 2024-05-01T10:00:00Z
            Milliseconds | 2024-05-01T10:00:00.250Z
            Text | 2024-05-01T10:00:00.250Z
            Missing | none
            NoDay | none
            Small | none
            List | none
        "#]],
    );
    for csv in [
        "eventName,eventTime\nGetUser,2024-05-01 10:00:00.000 UTC\n",
        "\"@timestamp\",eventName\n\"May 1, 2024 @ 10:00:00.000\",GetUser\n",
        "eventName,eventTime\nGetUser,1714557600000\n",
        "eventName,eventTime\nGetUser,1714557600\n",
    ] {
        assert_eq!(rows(&read(csv.as_bytes()))[0]["eventTime"], "2024-05-01T10:00:00Z", "{csv}");
    }
    check_story(
        b"eventName,eventTime\nGetUser,yesterday\nGetUser,yesterday\n",
        expect![[r#"
            Read: 2 kept, 0 rejected
            bad-record byte 20: 2 events have no readable time. They are kept, but in no span of time and in no chart.
        "#]],
    );
}
