//! Every shape in which files hold CloudTrail's records, each by a fixture in `fixtures/reader/shapes`.
//! Most hold the same two events, so most rows must be those of the trail's file.

use super::*;

macro_rules! fixtures {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../fixtures/reader/shapes/", $name)).as_bytes())),*]
    };
}

/// Shapes that hold each record whole, as the trail has it.
const WHOLE: &[(&str, &[u8])] = &fixtures![
    "trail.json",
    "array.json",
    "lines.jsonl",
    "cloudwatch-export.log",
    "lookup-events.json",
    "lookup-events-texts.json",
    "filter-log-events.json",
    "filter-log-events.txt",
    "subscription.json",
    "eventbridge.jsonl",
    "lake.json",
    "lake.csv",
    "logs-insights.json",
    "logs-insights-objects.json",
    "s3-select.jsonl",
    "splunk.json",
    "splunk.jsonl",
    "splunk.csv",
    "splunk-collector.jsonl",
    "splunk-rows.json",
    "elastic.json",
    "elastic-fields.json",
    "elastic-msearch.json",
    "elastic-bulk.jsonl",
    "elasticdump.jsonl",
    "opensearch.json",
];

/// Shapes that hold columns, out of which records are put together.
const FLAT: &[(&str, &[u8])] = &fixtures![
    "event-history.csv",
    "athena.csv",
    "athena-unload.jsonl",
    "lake-columns.json",
    "elastic-ecs.jsonl",
    "splunk-columns.jsonl"
];

/// Records of other kinds, in trail files.
const KINDS_OF_EVENTS: &[(&str, &[u8])] = &fixtures![
    "insights.json",
    "lake-insights.json",
    "network-activity.json",
    "aggregated.json",
    "digest.json",
    "result_sign.json"
];

/// What property tests and fuzzing found.
const FOUND: &[(&str, &[u8])] =
    &fixtures!["found/string-like-a-header.json", "found/prefix-like-a-header.log"];

fn fixture(name: &str) -> &'static [u8] {
    let all = WHOLE.iter().chain(FLAT).chain(KINDS_OF_EVENTS);
    all.copied().find(|it| it.0 == name).expect("is listed").1
}

fn all() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    WHOLE.iter().chain(FLAT).chain(KINDS_OF_EVENTS).copied()
}

/// The records of a file, read again.
fn recalled(bytes: &[u8]) -> Vec<String> {
    let offsets = offsets(&read(bytes));
    records_at("again", bytes, Coding::Plain, &offsets, Limits::default())
        .expect("they are still there")
}

fn parsed(record: &str) -> serde_json::Value {
    serde_json::from_str(record).unwrap_or_else(|error| panic!("{error}: {record}"))
}

fn utf16(text: &str, mark: bool, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = if mark { "\u{feff}" } else { "" };
    mark.encode_utf16().chain(text.encode_utf16()).flat_map(unit).collect()
}

/// Every file in the ways in which it may come: packed, with a mark, in another encoding.
fn guises(bytes: &[u8]) -> Vec<Vec<u8>> {
    let text = std::str::from_utf8(bytes).expect("fixtures are UTF-8");
    vec![
        bytes.to_vec(),
        gzip(bytes),
        gzip(&gzip(bytes)),
        [b"\xef\xbb\xbf", bytes].concat(),
        text.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes(),
        utf16(text, true, u16::to_le_bytes),
        utf16(text, true, u16::to_be_bytes),
        utf16(text, false, u16::to_le_bytes),
        gzip(&utf16(text, false, u16::to_be_bytes)),
    ]
}

#[test]
fn the_trails_rows_come_out_of_every_shape() {
    check(
        fixture("trail.json"),
        expect![[r#"
        Read: 2 kept, 0 rejected
        awsRegion=eu-west-1 | category=Management | errorCode=AccessDenied | errorMessage=Access Denied | eventCategory=Management | eventID=00000000000040008000000000000001 | eventName=PutBucketPolicy | eventSource=s3.amazonaws.com | eventTime=2024-05-01T10:00:00Z | eventType=AwsApiCall | eventVersion=1.08 | managementEvent=true | outcome=denied | principal=arn:aws:iam::111122223333:role/deploy | readOnly=false | recipientAccountId=111122223333 | requestID="REQUESTONE" | resources.ARN=["arn:aws:s3:::ledger"] | resources.accountId=["111122223333"] | resources.type=["AWS::S3::Bucket"] | session=ada | sourceIPAddress=203.0.113.7 | tlsDetails.cipherSuite=TLS_AES_128_GCM_SHA256 | tlsDetails.clientProvidedHostHeader=s3.eu-west-1.amazonaws.com | tlsDetails.tlsVersion=TLSv1.3 | userAgent=tool/1.0 "nightly" – café, é | userIdentity.accessKeyId=ASIAEXAMPLEKEY | userIdentity.accountId=111122223333 | userIdentity.arn=arn:aws:sts::111122223333:assumed-role/deploy/ada | userIdentity.principalId=AROAEXAMPLEROLE:ada | userIdentity.sessionContext.attributes.creationDate=2024-05-01T09:00:00Z | userIdentity.sessionContext.attributes.mfaAuthenticated=false | userIdentity.sessionContext.sessionIssuer.accountId=111122223333 | userIdentity.sessionContext.sessionIssuer.arn=arn:aws:iam::111122223333:role/deploy | userIdentity.sessionContext.sessionIssuer.principalId=AROAEXAMPLEROLE | userIdentity.sessionContext.sessionIssuer.type=Role | userIdentity.sessionContext.sessionIssuer.userName=deploy | userIdentity.type=AssumedRole
        awsRegion=us-east-1 | category=Management | eventCategory=Management | eventID=00000000000040008000000000000002 | eventName=ConsoleLogin | eventSource=signin.amazonaws.com | eventTime=2024-05-01T10:00:05Z | eventType=AwsConsoleSignIn | eventVersion=1.08 | managementEvent=true | outcome=success | principal=arn:aws:iam::111122223333:user/grace | readOnly=false | recipientAccountId=111122223333 | sourceIPAddress=198.51.100.9 | userAgent=Browser/1.0 | userIdentity.accountId=111122223333 | userIdentity.arn=arn:aws:iam::111122223333:user/grace | userIdentity.principalId=AIDAEXAMPLEGRACE | userIdentity.type=IAMUser | userIdentity.userName=grace
    "#]],
    );
    let trail = fixture("trail.json");
    let (wanted, texts) = (rows(&read(trail)), recalled(trail));
    for (name, bytes) in WHOLE {
        for (at, guise) in guises(bytes).iter().enumerate() {
            let batch = read(guise);
            assert_eq!(story(&batch), "Read: 2 kept, 0 rejected\n", "{name}, guise {at}");
            assert_eq!(rows(&batch), wanted, "{name}, guise {at}");
            // So copies of an event are one event, whichever ways they came.
            assert_eq!(batch.hashes, read(trail).hashes, "{name}, guise {at}");
        }
        if matches!(*name, "array.json" | "opensearch.json") {
            // They stand there on many lines.
            let values = |texts: &[String]| texts.iter().map(|it| parsed(it)).collect::<Vec<_>>();
            assert_eq!(values(&recalled(bytes)), values(&texts), "{name}");
        } else {
            assert_eq!(recalled(bytes), texts, "{name}");
        }
    }
}

#[test]
fn a_subscription_by_way_of_firehose_is_gzip_in_gzip() {
    // Each message is packed, they are put together with nothing between, and packed once more.
    let text = std::str::from_utf8(fixture("subscription.json")).unwrap();
    let messages = text.split_inclusive("]}").flat_map(|it| gzip(it.as_bytes()));
    let delivered = messages.collect::<Vec<u8>>();
    for bytes in [gzip(&delivered), delivered] {
        assert_eq!(names(&bytes), ["PutBucketPolicy", "ConsoleLogin"]);
        assert_eq!(recalled(&bytes), recalled(fixture("trail.json")));
    }
}

#[test]
fn columns_without_a_record_become_one() {
    let mut told = String::new();
    for (name, bytes) in FLAT {
        let batch = read(bytes);
        told += &format!("{name} {}", story(&batch));
        for (row, record) in rows(&batch).iter().zip(recalled(bytes)) {
            let values: Vec<String> = row.iter().map(|(name, it)| format!("{name}={it}")).collect();
            told += &format!("{}\n{record}\n", values.join(" | "));
            if !name.starts_with("elastic") {
                parsed(&record);
            }
        }
        for guise in guises(bytes) {
            assert_eq!(rows(&read(&guise)), rows(&batch), "{name}");
            assert_eq!(read(&guise).hashes, batch.hashes, "{name}");
        }
    }
    expect![[r#"
        event-history.csv Read: 2 kept, 0 rejected
        awsRegion=eu-west-1 | category=Management | errorCode=AccessDenied | eventID=00000000000040008000000000000001 | eventName=PutBucketPolicy | eventSource=s3.amazonaws.com | eventTime=2024-05-01T10:00:00Z | outcome=denied | readOnly=false | requestID="REQUESTONE" | resources.ARN=["ledger"] | resources.type=["AWS::S3::Bucket"] | sourceIPAddress=203.0.113.7 | userAgent=tool/1.0 "nightly" – café, é | userIdentity.accessKeyId=ASIAEXAMPLEKEY | userIdentity.userName=ada
        {"userIdentity":{"userName":"ada","accessKeyId":"ASIAEXAMPLEKEY"},"eventTime":"2024-05-01T10:00:00Z","eventSource":"s3.amazonaws.com","eventName":"PutBucketPolicy","awsRegion":"eu-west-1","sourceIPAddress":"203.0.113.7","userAgent":"tool/1.0 \"nightly\" – café, é","errorCode":"AccessDenied","resources":[{"resourceType":"AWS::S3::Bucket","resourceName":"ledger"}],"requestID":"REQUESTONE","eventID":"00000000-0000-4000-8000-000000000001","readOnly":false}
        awsRegion=us-east-1 | category=Management | eventID=00000000000040008000000000000002 | eventName=ConsoleLogin | eventSource=signin.amazonaws.com | eventTime=2024-05-01T10:00:05Z | outcome=success | readOnly=false | sourceIPAddress=198.51.100.9 | userAgent=Browser/1.0 | userIdentity.userName=grace
        {"userIdentity":{"userName":"grace"},"eventTime":"2024-05-01T10:00:05Z","eventSource":"signin.amazonaws.com","eventName":"ConsoleLogin","awsRegion":"us-east-1","sourceIPAddress":"198.51.100.9","userAgent":"Browser/1.0","eventID":"00000000-0000-4000-8000-000000000002","readOnly":false}
        athena.csv Read: 2 kept, 0 rejected
        awsRegion=eu-west-1 | category=Management | errorCode=AccessDenied | errorMessage=Access Denied | eventCategory=Management | eventID=00000000000040008000000000000001 | eventName=PutBucketPolicy | eventSource=s3.amazonaws.com | eventTime=2024-05-01T10:00:00Z | eventType=AwsApiCall | eventVersion=1.08 | managementEvent=true | outcome=denied | principal=arn:aws:iam::111122223333:role/deploy | readOnly=false | recipientAccountId=111122223333 | requestID="REQUESTONE" | resources.ARN=["arn:aws:s3:::ledger"] | resources.accountId=["111122223333"] | resources.type=["AWS::S3::Bucket"] | session=ada | sourceIPAddress=203.0.113.7 | tlsDetails.cipherSuite=TLS_AES_128_GCM_SHA256 | tlsDetails.clientProvidedHostHeader=s3.eu-west-1.amazonaws.com | tlsDetails.tlsVersion=TLSv1.3 | userAgent=tool/1.0 "nightly" – café, é | userIdentity.accessKeyId=ASIAEXAMPLEKEY | userIdentity.accountId=111122223333 | userIdentity.arn=arn:aws:sts::111122223333:assumed-role/deploy/ada | userIdentity.principalId=AROAEXAMPLEROLE:ada | userIdentity.sessionContext.attributes.creationDate=2024-05-01T09:00:00Z | userIdentity.sessionContext.attributes.mfaAuthenticated=false | userIdentity.sessionContext.sessionIssuer.accountId=111122223333 | userIdentity.sessionContext.sessionIssuer.arn=arn:aws:iam::111122223333:role/deploy | userIdentity.sessionContext.sessionIssuer.principalId=AROAEXAMPLEROLE | userIdentity.sessionContext.sessionIssuer.type=Role | userIdentity.sessionContext.sessionIssuer.userName=deploy | userIdentity.type=AssumedRole
        {"eventVersion":"1.08","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLEROLE:ada","arn":"arn:aws:sts::111122223333:assumed-role/deploy/ada","accountId":"111122223333","accessKeyId":"ASIAEXAMPLEKEY","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAEXAMPLEROLE","arn":"arn:aws:iam::111122223333:role/deploy","accountId":"111122223333","userName":"deploy"},"attributes":{"creationDate":"2024-05-01T09:00:00Z","mfaAuthenticated":"false"}}},"eventTime":"2024-05-01T10:00:00Z","eventSource":"s3.amazonaws.com","eventName":"PutBucketPolicy","awsRegion":"eu-west-1","sourceIPAddress":"203.0.113.7","userAgent":"tool/1.0 \"nightly\" – café, é","errorCode":"AccessDenied","errorMessage":"Access Denied","requestParameters":{"bucketName":"ledger","bucketPolicy":{"Statement":[{"Effect":"Allow","Action":["s3:*"]}]},"size":9007199254740993},"requestID":"REQUESTONE","eventID":"00000000-0000-4000-8000-000000000001","resources":[{"accountId":"111122223333","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::ledger"}],"eventType":"AwsApiCall","readOnly":false,"managementEvent":true,"recipientAccountId":"111122223333","eventCategory":"Management","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":"s3.eu-west-1.amazonaws.com"},"region":"eu-west-1","day":"01"}
        awsRegion=us-east-1 | category=Management | eventCategory=Management | eventID=00000000000040008000000000000002 | eventName=ConsoleLogin | eventSource=signin.amazonaws.com | eventTime=2024-05-01T10:00:05Z | eventType=AwsConsoleSignIn | eventVersion=1.08 | managementEvent=true | outcome=success | principal=arn:aws:iam::111122223333:user/grace | readOnly=false | recipientAccountId=111122223333 | sourceIPAddress=198.51.100.9 | userAgent=Browser/1.0 | userIdentity.accountId=111122223333 | userIdentity.arn=arn:aws:iam::111122223333:user/grace | userIdentity.principalId=AIDAEXAMPLEGRACE | userIdentity.type=IAMUser | userIdentity.userName=grace
        {"eventVersion":"1.08","userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLEGRACE","arn":"arn:aws:iam::111122223333:user/grace","accountId":"111122223333","userName":"grace"},"eventTime":"2024-05-01T10:00:05Z","eventSource":"signin.amazonaws.com","eventName":"ConsoleLogin","awsRegion":"us-east-1","sourceIPAddress":"198.51.100.9","userAgent":"Browser/1.0","responseElements":{"ConsoleLogin":"Success"},"additionalEventData":{"LoginTo":"https://console.aws.amazon.com/","MobileVersion":"No","MFAUsed":"Yes"},"eventID":"00000000-0000-4000-8000-000000000002","eventType":"AwsConsoleSignIn","readOnly":false,"managementEvent":true,"recipientAccountId":"111122223333","eventCategory":"Management","region":"us-east-1","day":"01"}
        athena-unload.jsonl Read: 2 kept, 0 rejected
        awsRegion=eu-west-1 | category=Management | errorCode=AccessDenied | errorMessage=Access Denied | eventCategory=Management | eventID=00000000000040008000000000000001 | eventName=PutBucketPolicy | eventSource=s3.amazonaws.com | eventTime=2024-05-01T10:00:00Z | eventType=AwsApiCall | eventVersion=1.08 | managementEvent=true | outcome=denied | principal=arn:aws:iam::111122223333:role/deploy | readOnly=false | recipientAccountId=111122223333 | requestID="REQUESTONE" | resources.ARN=["arn:aws:s3:::ledger"] | resources.accountId=["111122223333"] | resources.type=["AWS::S3::Bucket"] | session=ada | sourceIPAddress=203.0.113.7 | tlsDetails.cipherSuite=TLS_AES_128_GCM_SHA256 | tlsDetails.clientProvidedHostHeader=s3.eu-west-1.amazonaws.com | tlsDetails.tlsVersion=TLSv1.3 | userAgent=tool/1.0 "nightly" – café, é | userIdentity.accessKeyId=ASIAEXAMPLEKEY | userIdentity.accountId=111122223333 | userIdentity.arn=arn:aws:sts::111122223333:assumed-role/deploy/ada | userIdentity.principalId=AROAEXAMPLEROLE:ada | userIdentity.sessionContext.attributes.creationDate=2024-05-01T09:00:00Z | userIdentity.sessionContext.attributes.mfaAuthenticated=false | userIdentity.sessionContext.sessionIssuer.accountId=111122223333 | userIdentity.sessionContext.sessionIssuer.arn=arn:aws:iam::111122223333:role/deploy | userIdentity.sessionContext.sessionIssuer.principalId=AROAEXAMPLEROLE | userIdentity.sessionContext.sessionIssuer.type=Role | userIdentity.sessionContext.sessionIssuer.userName=deploy | userIdentity.type=AssumedRole
        {"eventversion":"1.08","useridentity":{"type":"AssumedRole","principalid":"AROAEXAMPLEROLE:ada","arn":"arn:aws:sts::111122223333:assumed-role/deploy/ada","accountid":"111122223333","accesskeyid":"ASIAEXAMPLEKEY","sessioncontext":{"sessionissuer":{"type":"Role","principalid":"AROAEXAMPLEROLE","arn":"arn:aws:iam::111122223333:role/deploy","accountid":"111122223333","username":"deploy"},"attributes":{"creationdate":"2024-05-01T09:00:00Z","mfaauthenticated":"false"}}},"eventtime":"2024-05-01T10:00:00Z","eventsource":"s3.amazonaws.com","eventname":"PutBucketPolicy","awsregion":"eu-west-1","sourceipaddress":"203.0.113.7","useragent":"tool/1.0 \"nightly\" – café, é","errorcode":"AccessDenied","errormessage":"Access Denied","requestparameters":"{\"bucketName\":\"ledger\",\"bucketPolicy\":{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"s3:*\"]}]},\"size\":9007199254740993}","requestid":"REQUESTONE","eventid":"00000000-0000-4000-8000-000000000001","readonly":"false","resources":[{"accountid":"111122223333","type":"AWS::S3::Bucket","arn":"arn:aws:s3:::ledger"}],"eventtype":"AwsApiCall","managementevent":true,"recipientaccountid":"111122223333","eventcategory":"Management","tlsdetails":{"tlsversion":"TLSv1.3","ciphersuite":"TLS_AES_128_GCM_SHA256","clientprovidedhostheader":"s3.eu-west-1.amazonaws.com"}}
        awsRegion=us-east-1 | category=Management | eventCategory=Management | eventID=00000000000040008000000000000002 | eventName=ConsoleLogin | eventSource=signin.amazonaws.com | eventTime=2024-05-01T10:00:05Z | eventType=AwsConsoleSignIn | eventVersion=1.08 | managementEvent=true | outcome=success | principal=arn:aws:iam::111122223333:user/grace | readOnly=false | recipientAccountId=111122223333 | sourceIPAddress=198.51.100.9 | userAgent=Browser/1.0 | userIdentity.accountId=111122223333 | userIdentity.arn=arn:aws:iam::111122223333:user/grace | userIdentity.principalId=AIDAEXAMPLEGRACE | userIdentity.type=IAMUser | userIdentity.userName=grace
        {"eventversion":"1.08","useridentity":{"type":"IAMUser","principalid":"AIDAEXAMPLEGRACE","arn":"arn:aws:iam::111122223333:user/grace","accountid":"111122223333","username":"grace"},"eventtime":"2024-05-01T10:00:05Z","eventsource":"signin.amazonaws.com","eventname":"ConsoleLogin","awsregion":"us-east-1","sourceipaddress":"198.51.100.9","useragent":"Browser/1.0","responseelements":"{\"ConsoleLogin\":\"Success\"}","additionaleventdata":"{\"LoginTo\":\"https://console.aws.amazon.com/\",\"MobileVersion\":\"No\",\"MFAUsed\":\"Yes\"}","eventid":"00000000-0000-4000-8000-000000000002","readonly":"false","eventtype":"AwsConsoleSignIn","managementevent":true,"recipientaccountid":"111122223333","eventcategory":"Management"}
        lake-columns.json Read: 2 kept, 0 rejected
        awsRegion=eu-west-1 | category=Management | errorCode=AccessDenied | errorMessage=Access Denied | eventCategory=Management | eventID=00000000000040008000000000000001 | eventName=PutBucketPolicy | eventSource=s3.amazonaws.com | eventTime=2024-05-01T10:00:00Z | eventType=AwsApiCall | eventVersion=1.08 | managementEvent=true | outcome=denied | principal=arn:aws:iam::111122223333:role/deploy | readOnly=false | recipientAccountId=111122223333 | requestID="REQUESTONE" | session=ada | sourceIPAddress=203.0.113.7 | userAgent=tool/1.0 "nightly" – café, é | userIdentity.accessKeyId=ASIAEXAMPLEKEY | userIdentity.accountId=111122223333 | userIdentity.arn=arn:aws:sts::111122223333:assumed-role/deploy/ada | userIdentity.principalId=AROAEXAMPLEROLE:ada | userIdentity.sessionContext.attributes.creationDate=2024-05-01T09:00:00Z | userIdentity.sessionContext.attributes.mfaAuthenticated=false | userIdentity.sessionContext.sessionIssuer.accountId=111122223333 | userIdentity.sessionContext.sessionIssuer.arn=arn:aws:iam::111122223333:role/deploy | userIdentity.sessionContext.sessionIssuer.principalId=AROAEXAMPLEROLE | userIdentity.sessionContext.sessionIssuer.type=Role | userIdentity.sessionContext.sessionIssuer.userName=deploy | userIdentity.type=AssumedRole
        {"eventVersion":"1.08","eventTime":"2024-05-01T10:00:00Z","eventSource":"s3.amazonaws.com","eventName":"PutBucketPolicy","awsRegion":"eu-west-1","sourceIPAddress":"203.0.113.7","userAgent":"tool/1.0 \"nightly\" – café, é","errorCode":"AccessDenied","errorMessage":"Access Denied","requestID":"REQUESTONE","eventID":"00000000-0000-4000-8000-000000000001","readOnly":false,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111122223333","eventCategory":"Management","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLEROLE:ada","arn":"arn:aws:sts::111122223333:assumed-role/deploy/ada","accountId":"111122223333","accessKeyId":"ASIAEXAMPLEKEY","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAEXAMPLEROLE","arn":"arn:aws:iam::111122223333:role/deploy","accountId":"111122223333","userName":"deploy"},"attributes":{"creationDate":"2024-05-01T09:00:00Z","mfaAuthenticated":"false"}}}}
        awsRegion=us-east-1 | category=Management | eventCategory=Management | eventID=00000000000040008000000000000002 | eventName=ConsoleLogin | eventSource=signin.amazonaws.com | eventTime=2024-05-01T10:00:05Z | eventType=AwsConsoleSignIn | eventVersion=1.08 | managementEvent=true | outcome=success | principal=arn:aws:iam::111122223333:user/grace | readOnly=false | recipientAccountId=111122223333 | sourceIPAddress=198.51.100.9 | userAgent=Browser/1.0 | userIdentity.accountId=111122223333 | userIdentity.arn=arn:aws:iam::111122223333:user/grace | userIdentity.principalId=AIDAEXAMPLEGRACE | userIdentity.type=IAMUser | userIdentity.userName=grace
        {"eventVersion":"1.08","eventTime":"2024-05-01T10:00:05Z","eventSource":"signin.amazonaws.com","eventName":"ConsoleLogin","awsRegion":"us-east-1","sourceIPAddress":"198.51.100.9","userAgent":"Browser/1.0","eventID":"00000000-0000-4000-8000-000000000002","readOnly":false,"eventType":"AwsConsoleSignIn","managementEvent":true,"recipientAccountId":"111122223333","eventCategory":"Management","userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLEGRACE","arn":"arn:aws:iam::111122223333:user/grace","accountId":"111122223333","userName":"grace"}}
        elastic-ecs.jsonl Read: 2 kept, 0 rejected
        awsRegion=eu-west-1 | category=Management | errorCode=AccessDenied | errorMessage=Access Denied | eventCategory=Management | eventID=00000000000040008000000000000001 | eventName=PutBucketPolicy | eventSource=s3.amazonaws.com | eventTime=2024-05-01T10:00:00Z | eventType=AwsApiCall | eventVersion=1.08 | managementEvent=true | outcome=denied | principal=arn:aws:iam::111122223333:role/deploy | readOnly=false | recipientAccountId=111122223333 | requestID="REQUESTONE" | session=ada | sourceIPAddress=203.0.113.7 | userAgent=tool/1.0 "nightly" – café, é | userIdentity.accessKeyId=ASIAEXAMPLEKEY | userIdentity.arn=arn:aws:sts::111122223333:assumed-role/deploy/ada | userIdentity.principalId=AROAEXAMPLEROLE:ada | userIdentity.sessionContext.attributes.creationDate=2024-05-01T09:00:00Z | userIdentity.sessionContext.attributes.mfaAuthenticated=false | userIdentity.sessionContext.sessionIssuer.accountId=111122223333 | userIdentity.sessionContext.sessionIssuer.arn=arn:aws:iam::111122223333:role/deploy | userIdentity.sessionContext.sessionIssuer.principalId=AROAEXAMPLEROLE | userIdentity.sessionContext.sessionIssuer.type=Role | userIdentity.type=AssumedRole
        {"@timestamp":"2024-05-01T10:00:00.000Z","aws":{"cloudtrail":{"event_version":"1.08","event_type":"AwsApiCall","event_category":"Management","management_event":"true","read_only":false,"recipient_account_id":"111122223333","user_identity":{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/deploy/ada","access_key_id":"ASIAEXAMPLEKEY","session_context":{"mfa_authenticated":"false","creation_date":"2024-05-01T09:00:00Z","session_issuer":{"type":"Role","principal_id":"AROAEXAMPLEROLE","arn":"arn:aws:iam::111122223333:role/deploy","account_id":"111122223333"}}},"error_code":"AccessDenied","error_message":"Access Denied","request_id":"REQUESTONE","request_parameters":"{bucketName=ledger}","flattened":{"request_parameters":{"bucketName":"ledger"}}}},"cloud":{"account":{"id":"111122223333"},"region":"eu-west-1"},"event":{"action":"PutBucketPolicy","category":["iam"],"id":"00000000-0000-4000-8000-000000000001","kind":"event","outcome":"failure","provider":"s3.amazonaws.com","type":["info"]},"source":{"address":"203.0.113.7","ip":"203.0.113.7"},"user":{"id":"AROAEXAMPLEROLE:ada","name":"ada"},"user_agent":{"name":"Other","original":"tool/1.0 \"nightly\" – café, é"}}
        awsRegion=us-east-1 | category=Management | eventCategory=Management | eventID=00000000000040008000000000000002 | eventName=ConsoleLogin | eventSource=signin.amazonaws.com | eventTime=2024-05-01T10:00:05Z | eventType=AwsConsoleSignIn | eventVersion=1.08 | managementEvent=true | outcome=success | principal=arn:aws:iam::111122223333:user/grace | readOnly=false | recipientAccountId=111122223333 | sourceIPAddress=198.51.100.9 | userAgent=Browser/1.0 | userIdentity.arn=arn:aws:iam::111122223333:user/grace | userIdentity.principalId=AIDAEXAMPLEGRACE | userIdentity.type=IAMUser
        {"@timestamp":"2024-05-01T10:00:05.000Z","aws":{"cloudtrail":{"event_version":"1.08","event_type":"AwsConsoleSignIn","event_category":"Management","management_event":"true","read_only":false,"recipient_account_id":"111122223333","user_identity":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/grace"},"response_elements":"{ConsoleLogin=Success}"}},"cloud":{"account":{"id":"111122223333"},"region":"us-east-1"},"event":{"action":"ConsoleLogin","category":["iam"],"id":"00000000-0000-4000-8000-000000000002","kind":"event","outcome":"success","provider":"signin.amazonaws.com","type":["info"]},"source":{"address":"198.51.100.9","ip":"198.51.100.9"},"user":{"id":"AIDAEXAMPLEGRACE","name":"ada"},"user_agent":{"name":"Other","original":"Browser/1.0"}}
        splunk-columns.jsonl Read: 2 kept, 0 rejected
        awsRegion=eu-west-1 | category=Management | errorCode=AccessDenied | errorMessage=Access Denied | eventCategory=Management | eventID=00000000000040008000000000000001 | eventName=PutBucketPolicy | eventSource=s3.amazonaws.com | eventTime=2024-05-01T10:00:00Z | eventType=AwsApiCall | eventVersion=1.08 | managementEvent=true | outcome=denied | principal=arn:aws:iam::111122223333:role/deploy | readOnly=false | recipientAccountId=111122223333 | requestID="REQUESTONE" | resources.ARN=["arn:aws:s3:::ledger", "arn:aws:s3:::ledger/key"] | resources.accountId=["111122223333"] | resources.type=["AWS::S3::Bucket", "AWS::S3::Object"] | session=ada | sourceIPAddress=203.0.113.7 | tlsDetails.cipherSuite=TLS_AES_128_GCM_SHA256 | tlsDetails.clientProvidedHostHeader=s3.eu-west-1.amazonaws.com | tlsDetails.tlsVersion=TLSv1.3 | userAgent=tool/1.0 "nightly" – café, é | userIdentity.accessKeyId=ASIAEXAMPLEKEY | userIdentity.accountId=111122223333 | userIdentity.arn=arn:aws:sts::111122223333:assumed-role/deploy/ada | userIdentity.principalId=AROAEXAMPLEROLE:ada | userIdentity.sessionContext.attributes.creationDate=2024-05-01T09:00:00Z | userIdentity.sessionContext.attributes.mfaAuthenticated=false | userIdentity.sessionContext.sessionIssuer.accountId=111122223333 | userIdentity.sessionContext.sessionIssuer.arn=arn:aws:iam::111122223333:role/deploy | userIdentity.sessionContext.sessionIssuer.principalId=AROAEXAMPLEROLE | userIdentity.sessionContext.sessionIssuer.type=Role | userIdentity.sessionContext.sessionIssuer.userName=deploy | userIdentity.type=AssumedRole
        {"eventVersion":"1.08","userIdentity.type":"AssumedRole","userIdentity.principalId":"AROAEXAMPLEROLE:ada","userIdentity.arn":"arn:aws:sts::111122223333:assumed-role/deploy/ada","userIdentity.accountId":"111122223333","userIdentity.accessKeyId":"ASIAEXAMPLEKEY","userIdentity.sessionContext.sessionIssuer.type":"Role","userIdentity.sessionContext.sessionIssuer.principalId":"AROAEXAMPLEROLE","userIdentity.sessionContext.sessionIssuer.arn":"arn:aws:iam::111122223333:role/deploy","userIdentity.sessionContext.sessionIssuer.accountId":"111122223333","userIdentity.sessionContext.sessionIssuer.userName":"deploy","userIdentity.sessionContext.attributes.creationDate":"2024-05-01T09:00:00Z","userIdentity.sessionContext.attributes.mfaAuthenticated":"false","eventTime":"2024-05-01T10:00:00Z","eventSource":"s3.amazonaws.com","eventName":"PutBucketPolicy","awsRegion":"eu-west-1","sourceIPAddress":"203.0.113.7","userAgent":"tool/1.0 \"nightly\" – café, é","errorCode":"AccessDenied","errorMessage":"Access Denied","requestID":"REQUESTONE","eventID":"00000000-0000-4000-8000-000000000001","readOnly":"false","resources{}.accountId":"111122223333","resources{}.type":["AWS::S3::Bucket","AWS::S3::Object"],"resources{}.ARN":["arn:aws:s3:::ledger","arn:aws:s3:::ledger/key"],"eventType":"AwsApiCall","managementEvent":"true","recipientAccountId":"111122223333","eventCategory":"Management","tlsDetails.tlsVersion":"TLSv1.3","tlsDetails.cipherSuite":"TLS_AES_128_GCM_SHA256","tlsDetails.clientProvidedHostHeader":"s3.eu-west-1.amazonaws.com"}
        awsRegion=us-east-1 | category=Management | eventCategory=Management | eventID=00000000000040008000000000000002 | eventName=ConsoleLogin | eventSource=signin.amazonaws.com | eventTime=2024-05-01T10:00:05Z | eventType=AwsConsoleSignIn | eventVersion=1.08 | managementEvent=true | outcome=success | principal=arn:aws:iam::111122223333:user/grace | readOnly=false | recipientAccountId=111122223333 | sourceIPAddress=198.51.100.9 | userAgent=Browser/1.0 | userIdentity.accountId=111122223333 | userIdentity.arn=arn:aws:iam::111122223333:user/grace | userIdentity.principalId=AIDAEXAMPLEGRACE | userIdentity.type=IAMUser | userIdentity.userName=grace
        {"eventVersion":"1.08","userIdentity.type":"IAMUser","userIdentity.principalId":"AIDAEXAMPLEGRACE","userIdentity.arn":"arn:aws:iam::111122223333:user/grace","userIdentity.accountId":"111122223333","userIdentity.userName":"grace","eventSource":"signin.amazonaws.com","eventName":"ConsoleLogin","awsRegion":"us-east-1","sourceIPAddress":"198.51.100.9","userAgent":"Browser/1.0","eventID":"00000000-0000-4000-8000-000000000002","readOnly":"false","eventType":"AwsConsoleSignIn","managementEvent":"true","recipientAccountId":"111122223333","eventCategory":"Management","errorCode":"","_time":"2024-05-01T10:00:05Z"}
    "#]].assert_eq(&told);
}

#[test]
fn other_kinds_of_events_are_told_apart() {
    let mut told = String::new();
    for (name, bytes) in KINDS_OF_EVENTS {
        let batch = read(bytes);
        told += &format!("{name} {}", story(&batch));
        for row in rows(&batch) {
            let values: Vec<String> = row.iter().map(|(name, it)| format!("{name}={it}")).collect();
            told += &format!("  {}\n", values.join(" | "));
        }
        // What lookup-events prints of insights: the record inline.
        let listed = String::from_utf8_lossy(bytes).replace("\"Records\"", "\"Events\"");
        assert_eq!(rows(&read(listed.as_bytes())), rows(&batch));
    }
    expect![[r#"
        insights.json Read: 2 kept, 0 rejected
          awsRegion=eu-west-1 | category=Insight | eventCategory=Insight | eventID=000000000000400080000000000000f1 | eventName=PutBucketPolicy | eventSource=s3.amazonaws.com | eventTime=2024-05-01T11:00:00Z | eventType=AwsCloudTrailInsight | eventVersion=1.09 | outcome=success | recipientAccountId=111122223333 | sharedEventID=00000000-0000-4000-8000-0000000000f0
          awsRegion=eu-west-1 | category=Insight | eventCategory=Insight | eventID=000000000000400080000000000000f2 | eventName=PutBucketPolicy | eventSource=s3.amazonaws.com | eventTime=2024-05-01T11:05:00Z | eventType=AwsCloudTrailInsight | eventVersion=1.09 | outcome=success | recipientAccountId=111122223333 | sharedEventID=00000000-0000-4000-8000-0000000000f0
        lake-insights.json Read: 1 kept, 0 rejected
          awsRegion=eu-west-1 | category=Insight | eventCategory=Insight | eventID=000000000000400080000000000000f1 | eventName=PutBucketPolicy | eventSource=s3.amazonaws.com | eventTime=2024-05-01T11:00:00Z | eventType=AwsCloudTrailInsight | eventVersion=1.09 | outcome=success | recipientAccountId=111122223333 | sharedEventID=00000000-0000-4000-8000-0000000000f0
        network-activity.json Read: 2 kept, 0 rejected
          awsRegion=eu-west-1 | category=NetworkActivity | errorCode=VpceAccessDenied | errorMessage=The request was denied by the endpoint's policy | eventCategory=NetworkActivity | eventID=000000000000400080000000000000a0 | eventName=ListKeys | eventSource=kms.amazonaws.com | eventTime=2024-05-01T12:00:00Z | eventType=AwsVpceEvent | eventVersion=1.09 | outcome=denied | principal=999988887777:AWSAccount | recipientAccountId=111122223333 | requestID=000000000000400080000000000000b1 | sharedEventID=00000000-0000-4000-8000-0000000000c1 | sourceIPAddress=10.0.0.9 | userIdentity.accountId=999988887777 | userIdentity.principalId=AIDAEXAMPLEFAR | userIdentity.type=AWSAccount | vpcEndpointAccountId=111122223333 | vpcEndpointId=vpce-0example
          awsRegion=eu-west-1 | category=NetworkActivity | errorCode=VpceAccessDenied | errorMessage=The request was denied by the endpoint's policy | eventID=000000000000400080000000000000a1 | eventName=ListKeys | eventSource=kms.amazonaws.com | eventTime=2024-05-01T12:00:00Z | eventType=AwsVpceEvents | eventVersion=1.09 | outcome=denied | principal=999988887777:AWSAccount | recipientAccountId=111122223333 | requestID=000000000000400080000000000000b1 | sharedEventID=00000000-0000-4000-8000-0000000000c1 | sourceIPAddress=10.0.0.9 | userIdentity.accountId=999988887777 | userIdentity.principalId=AIDAEXAMPLEFAR | userIdentity.type=AWSAccount | vpcEndpointAccountId=111122223333 | vpcEndpointId=vpce-0example
        aggregated.json Read: 1 kept, 0 rejected
          awsRegion=eu-west-1 | category=Aggregated | eventCategory=Aggregated | eventID=000000000000400080000000000000d1 | eventSource=s3.amazonaws.com | eventTime=2024-05-01T10:05:00Z | eventType=AwsAggregatedEvent | eventVersion=1.0 | outcome=success | recipientAccountId=111122223333
        digest.json Skipped: 0 kept, 0 rejected
        digest: This is a digest file: it names log files and holds no events.
        result_sign.json Skipped: 0 kept, 0 rejected
        digest: This is the sign file of a query of CloudTrail Lake (result_sign.json): it proves the files of its results and holds no events.
    "#]].assert_eq(&told);
}

#[test]
fn csv_columns_may_stand_in_any_order_and_form() {
    let fields = [Field::EventTime, Field::EventName, Field::IdentityUserName, Field::ErrorMessage];
    let mut told = String::new();
    for text in [
        "Event name,User name,Event time\nGetUser,ada,2024-05-01T10:00:00Z\n",
        "\"event_time\";\"ERROR MESSAGE\";\"event_name\"\n2024-05-01 10:00:00.000;\"one\ntwo; \"\"three\"\"\";GetUser",
        "eventName\teventTime\r\nGetUser\t2024-05-01\r\n\r\nPutUser\t\r\n",
        "eventTime,eventName,extra\n2024-05-01,GetUser,x,more,\n,,\n2024-05-01,\"Torn\n2024-05-02,Next,\n",
        "eventName,eventTime\n",
        "eventName,eventName,eventTime\nFirst,Second,2024-05-01\n",
        "sep=;\r\nEvent name;Event time\r\nGetUser;2024-05-01\r\n",
        "CloudTrail events, of May\n\n\"Event name\",\"Event time\"\n\"GetUser\",\"2024-05-01\"\n",
        "calls,by\nevent name,user\nGetUser,ada\n",
        "insightEventName,insightEventSource,eventTime\nPutUser,iam.amazonaws.com,2024-05-01\n",
        "note,message\nfirst,\"{\"\"eventName\"\":\"\"Inside\"\"}\"\nsecond,none\n",
    ] {
        told += &format!("{text:?}\n{}", story(&read(text.as_bytes())));
        for (row, record) in rows(&read(text.as_bytes())).iter().zip(recalled(text.as_bytes())) {
            let value = |it: &Field| row.get(it.name()).map_or("-", String::as_str).to_owned();
            told += &format!("  {} {record}\n", fields.map(|it| value(&it)).join(" | "));
        }
    }
    expect![[r#"
        "Event name,User name,Event time\nGetUser,ada,2024-05-01T10:00:00Z\n"
        Read: 1 kept, 0 rejected
          2024-05-01T10:00:00Z | GetUser | ada | - {"eventName":"GetUser","userIdentity":{"userName":"ada"},"eventTime":"2024-05-01T10:00:00Z"}
        "\"event_time\";\"ERROR MESSAGE\";\"event_name\"\n2024-05-01 10:00:00.000;\"one\ntwo; \"\"three\"\"\";GetUser"
        Read: 1 kept, 0 rejected
          2024-05-01T10:00:00Z | GetUser | - | one
        two; "three" {"eventTime":"2024-05-01 10:00:00.000","errorMessage":"one\ntwo; \"three\"","eventName":"GetUser"}
        "eventName\teventTime\r\nGetUser\t2024-05-01\r\n\r\nPutUser\t\r\n"
        Read: 2 kept, 0 rejected
          2024-05-01T00:00:00Z | GetUser | - | - {"eventName":"GetUser","eventTime":"2024-05-01"}
          none | PutUser | - | - {"eventName":"PutUser"}
        "eventTime,eventName,extra\n2024-05-01,GetUser,x,more,\n,,\n2024-05-01,\"Torn\n2024-05-02,Next,\n"
        Read: 2 kept, 2 rejected
        bad-record record 1 byte 53: Record 2 was left out: it has nothing that a CloudTrail record has.
        bad-record record 2 byte 56: Record 3 was left out: its line has a quote without an end.
          2024-05-01T00:00:00Z | GetUser | - | - {"eventTime":"2024-05-01","eventName":"GetUser","extra":"x","column 4":"more"}
          2024-05-02T00:00:00Z | Next | - | - {"eventTime":"2024-05-02","eventName":"Next"}
        "eventName,eventTime\n"
        Skipped: 0 kept, 0 rejected
        empty: The file holds no events: its list of records is empty.
        "eventName,eventName,eventTime\nFirst,Second,2024-05-01\n"
        Read: 1 kept, 0 rejected
          2024-05-01T00:00:00Z | First | - | - {"eventName":"First","eventName (2)":"Second","eventTime":"2024-05-01"}
        "sep=;\r\nEvent name;Event time\r\nGetUser;2024-05-01\r\n"
        Read: 1 kept, 0 rejected
          2024-05-01T00:00:00Z | GetUser | - | - {"eventName":"GetUser","eventTime":"2024-05-01"}
        "CloudTrail events, of May\n\n\"Event name\",\"Event time\"\n\"GetUser\",\"2024-05-01\"\n"
        Read: 1 kept, 0 rejected
          2024-05-01T00:00:00Z | GetUser | - | - {"eventName":"GetUser","eventTime":"2024-05-01"}
        "calls,by\nevent name,user\nGetUser,ada\n"
        Failed: 0 kept, 0 rejected
        not-cloudtrail: This is no CloudTrail log that can be read: it is text that is no JSON and no CSV of events. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        "insightEventName,insightEventSource,eventTime\nPutUser,iam.amazonaws.com,2024-05-01\n"
        Read: 1 kept, 0 rejected
          2024-05-01T00:00:00Z | PutUser | - | - {"insightDetails":{"eventName":"PutUser","eventSource":"iam.amazonaws.com"},"eventTime":"2024-05-01"}
        "note,message\nfirst,\"{\"\"eventName\"\":\"\"Inside\"\"}\"\nsecond,none\n"
        Read: 1 kept, 1 rejected
        bad-record record 1 byte 48: Record 2 was left out: it has nothing that a CloudTrail record has.
          none | Inside | - | - {"eventName":"Inside"}
    "#]].assert_eq(&told);
}

#[test]
fn columns_of_splunk_are_read_wherever_they_stand() {
    let fields = [Field::EventTime, Field::EventName, Field::Principal, Field::ResourceArn];
    let row = r#"{"_time":"2024-05-01T10:00:00.000+00:00","eventName":"One","userIdentity.arn":"arn:aws:iam::111122223333:user/ada","resources{}.ARN":["arn:a","arn:b"],"resources{}.type":["T","U"]}"#;
    let unequal = row.replace(r#"["T","U"]"#, r#""T""#);
    let csv = "_time,eventName,userIdentity.arn,resources{}.ARN,resources{}.type\n2024-05-01T10:00:00.000+00:00,One,arn:aws:iam::111122223333:user/ada,\"arn:a\narn:b\",\"T\nU\"\n";
    let mut told = String::new();
    for text in [
        format!(r#"{{"preview":false,"results":[{row}]}}"#),
        format!(r#"[{row},{unequal}]"#),
        csv.to_owned(),
        // A whole record counts for more than columns do.
        r#"{"event.original":"{\"eventName\":\"Whole\"}","userIdentity.arn":"x","eventID":"1"}"#
            .to_owned(),
        // Splunk's time tells nothing by itself, nor do columns of others.
        r#"{"result":{"_time":"2024-05-01","userIdentity.arn":"x","count":"7"}}"#.to_owned(),
        r#"{"fields":["_time","count"],"rows":[["2024-05-01","7"]]}"#.to_owned(),
        r#"{"fields":["_raw"],"rows":[["no JSON"],7,[]]}"#.to_owned(),
    ] {
        let batch = read(text.as_bytes());
        told += &format!("{:.60}\n{}", text.escape_debug().to_string(), story(&batch));
        for (row, record) in rows(&batch).iter().zip(recalled(text.as_bytes())) {
            let value = |it: &Field| row.get(it.name()).map_or("-", String::as_str).to_owned();
            told += &format!("  {} {record}\n", fields.map(|it| value(&it)).join(" | "));
        }
    }
    expect![[r#"
        {\"preview\":false,\"results\":[{\"_time\":\"2024-05-01T10:0
        Read: 1 kept, 0 rejected
          2024-05-01T10:00:00Z | One | arn:aws:iam::111122223333:user/ada | ["arn:a", "arn:b"] {"_time":"2024-05-01T10:00:00.000+00:00","eventName":"One","userIdentity.arn":"arn:aws:iam::111122223333:user/ada","resources{}.ARN":["arn:a","arn:b"],"resources{}.type":["T","U"]}
        [{\"_time\":\"2024-05-01T10:00:00.000+00:00\",\"eventName\":
        Read: 2 kept, 0 rejected
          2024-05-01T10:00:00Z | One | arn:aws:iam::111122223333:user/ada | ["arn:a", "arn:b"] {"_time":"2024-05-01T10:00:00.000+00:00","eventName":"One","userIdentity.arn":"arn:aws:iam::111122223333:user/ada","resources{}.ARN":["arn:a","arn:b"],"resources{}.type":["T","U"]}
          2024-05-01T10:00:00Z | One | arn:aws:iam::111122223333:user/ada | ["arn:a", "arn:b"] {"_time":"2024-05-01T10:00:00.000+00:00","eventName":"One","userIdentity.arn":"arn:aws:iam::111122223333:user/ada","resources{}.ARN":["arn:a","arn:b"],"resources{}.type":"T"}
        _time,eventName,userIdentity.arn,resources{}.ARN,resources{}
        Read: 1 kept, 0 rejected
          2024-05-01T10:00:00Z | One | arn:aws:iam::111122223333:user/ada | ["arn:a", "arn:b"] {"eventTime":"2024-05-01T10:00:00.000+00:00","eventName":"One","userIdentity":{"arn":"arn:aws:iam::111122223333:user/ada"},"resources":[{"ARN":"arn:a","type":"T"},{"ARN":"arn:b","type":"U"}]}
        {\"event.original\":\"{\\\"eventName\\\":\\\"Whole\\\"}\",\"
        Read: 1 kept, 0 rejected
          none | Whole | - | - {"eventName":"Whole"}
        {\"result\":{\"_time\":\"2024-05-01\",\"userIdentity.arn\":\
        Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        {\"fields\":[\"_time\",\"count\"],\"rows\":[[\"2024-05-01\",
        Failed: 0 kept, 0 rejected
        unsupported: This looks like Splunk's rows without the column _raw, which is not read. Drop the files of the trail's bucket, or a file with one CloudTrail record a line.
        {\"fields\":[\"_raw\"],\"rows\":[[\"no JSON\"],7,[]]}
        Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
    "#]].assert_eq(&told);
}

#[test]
fn lines_between_records_are_told_from_bad_ones() {
    let record = r#"{"eventName":"One","eventID":"1"}"#;
    let mut told = String::new();
    for text in [
        format!("{record}\t1714557600000\n{record}\tx\ty"),
        format!("{record} 1714557600000\n{record}\n"),
        format!("{{\"index\":{{\"_id\":\"1\"}}}}\n{record}\n{{\"index\":7}}\n"),
        format!("{{\"create\":{{\"name\":\"x\"}}}}\n{record}\n"),
        "{\"weather\":1}\tx\n".repeat(20) + record + "\ty\n",
        format!("{{\"index\":{{\"name\":\"x\"}},\"event\":{{\"original\":{record:?}}}}}"),
        "eventTime,additionalEventData\n2024-05-01T10:00:00Z,{}\n".to_owned(),
        r#"{"total_rows":1,"rows":[["x"]]}"#.to_owned(),
        "{\"index\":{\"_id\":\"1\"}}\n".to_owned(),
        r#"{"_1":{"weather":"fine"}}"#.to_owned(),
        r#"[{"@timestamp":"2024-05-01","@message":{"weather":"fine"}}]"#.to_owned(),
    ] {
        told += &format!("{}\n{}", text.escape_debug(), story(&read(text.as_bytes())));
    }
    expect![[r#"
        {\"eventName\":\"One\",\"eventID\":\"1\"}\t1714557600000\n{\"eventName\":\"One\",\"eventID\":\"1\"}\tx\ty
        Read: 2 kept, 0 rejected
        {\"eventName\":\"One\",\"eventID\":\"1\"} 1714557600000\n{\"eventName\":\"One\",\"eventID\":\"1\"}\n
        Read: 2 kept, 1 rejected
        bad-record record 1 byte 34: Record 2 was left out: its JSON is wrong.
        {\"index\":{\"_id\":\"1\"}}\n{\"eventName\":\"One\",\"eventID\":\"1\"}\n{\"index\":7}\n
        Read: 1 kept, 0 rejected
        bad-record: Beside the events there was 1 object without a CloudTrail record.
        {\"create\":{\"name\":\"x\"}}\n{\"eventName\":\"One\",\"eventID\":\"1\"}\n
        Read: 1 kept, 0 rejected
        bad-record: Beside the events there was 1 object without a CloudTrail record.
        {\"weather\":1}\tx\n{\"weather\":1}\tx\n{\"weather\":1}\tx\n{\"weather\":1}\tx\n{\"weather\":1}\tx\n{\"weather\":1}\tx\n{\"weather\":1}\tx\n{\"weather\":1}\tx\n{\"weather\":1}\tx\n{\"weather\":1}\tx\n{\"weather\":1}\tx\n{\"weather\":1}\tx\n{\"weather\":1}\tx\n{\"weather\":1}\tx\n{\"weather\":1}\tx\n{\"weather\":1}\tx\n{\"weather\":1}\tx\n{\"weather\":1}\tx\n{\"weather\":1}\tx\n{\"weather\":1}\tx\n{\"eventName\":\"One\",\"eventID\":\"1\"}\ty\n
        Read: 1 kept, 0 rejected
        bad-record: Beside the events there were 20 objects without a CloudTrail record.
        {\"index\":{\"name\":\"x\"},\"event\":{\"original\":\"{\\\"eventName\\\":\\\"One\\\",\\\"eventID\\\":\\\"1\\\"}\"}}
        Read: 1 kept, 0 rejected
        eventTime,additionalEventData\n2024-05-01T10:00:00Z,{}\n
        Read: 1 kept, 0 rejected
        {\"total_rows\":1,\"rows\":[[\"x\"]]}
        Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        {\"index\":{\"_id\":\"1\"}}\n
        Skipped: 0 kept, 0 rejected
        empty: The file holds no events: its list of records is empty.
        {\"_1\":{\"weather\":\"fine\"}}
        Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        [{\"@timestamp\":\"2024-05-01\",\"@message\":{\"weather\":\"fine\"}}]
        Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
    "#]].assert_eq(&told);
}

#[test]
fn structs_of_athena_keep_what_can_be_read() {
    let mut told = String::new();
    for text in [
        "{type=IAMUser, arn=null, sessioncontext={attributes={mfaauthenticated=false}}}",
        "{}",
        "{username=a, b, c=d}",
        "{username=a {b}, type=x=y}",
        "[{arn=one, accountid=1}, {arn=two}]",
        "{type=IAMUser",
        "{type=IAMUser}}",
        "{=x}",
        "text",
        &format!("{}{}", "{a=".repeat(10_000), "}".repeat(10_000)),
    ] {
        let csv = format!("eventid,useridentity\nx,\"{text}\"\n");
        let record = recalled(csv.as_bytes()).remove(0);
        parsed(&record);
        told += &format!("{:.60}  {:.150}\n", text, &record[15..]);
    }
    expect![[r#"
        {type=IAMUser, arn=null, sessioncontext={attributes={mfaauth  "userIdentity":{"type":"IAMUser","arn":null,"sessionContext":{"attributes":{"mfaAuthenticated":"false"}}}}
        {}  "userIdentity":{}}
        {username=a, b, c=d}  "userIdentity":{"userName":"a, b","c":"d"}}
        {username=a {b}, type=x=y}  "userIdentity":{"userName":"a {b}","type":"x=y"}}
        [{arn=one, accountid=1}, {arn=two}]  "userIdentity":[{"arn":"one","accountId":"1"},{"arn":"two"}]}
        {type=IAMUser  "userIdentity":"{type=IAMUser"}
        {type=IAMUser}}  "userIdentity":"{type=IAMUser}}"}
        {=x}  "userIdentity":"{=x}"}
        text  "userIdentity":"text"}
        {a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a=  "userIdentity":"{a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a={a
    "#]].assert_eq(&told);
}

#[test]
fn torn_lines_lose_themselves_only() {
    let lines = String::from_utf8_lossy(fixture("lines.jsonl")).into_owned();
    let (one, two) = lines.trim_end().split_once('\n').unwrap();
    let torn = &one[..one.len() / 2];
    let mut told = String::new();
    for text in [
        format!("{one}\n{torn}\n{two}\n"),
        format!("{one}\r\n{torn}\r\n{two}\r\n"),
        format!(
            "2024-05-01T10:00:00.000Z {one}\n2024-05-01T10:00:01.000Z {torn}\n2024-05-01T10:00:02.000Z {two}\n"
        ),
        format!("{one}\n{two}\n{torn}"),
    ] {
        assert_eq!(names(text.as_bytes()), ["PutBucketPolicy", "ConsoleLogin"]);
        told += &story(&read(text.as_bytes()));
    }
    // A record as a string, cut as CloudWatch cuts long messages.
    let long =
        serde_json::json!({"events": [{"message": torn}, {"message": two}, {"message": "START"}]});
    told += &story(&read(long.to_string().as_bytes()));
    let lake = r#"{"QueryResultRows":[[{"eventID":"One"}],[{"eventID":}],7,[{"x":"y"}],[{"eventID":"Two"}]]}"#;
    told += &story(&read(lake.as_bytes()));
    // The fields beside a torn record tell enough of it.
    let ecs = r#"{"event":{"action":"GetUser","original":"{\"eventName\":"},"aws":{"cloudtrail":{"event_version":"1.08"}}}"#;
    told += &story(&read(format!("[{ecs},{{\"weather\":\"fine\"}}]").as_bytes()));
    expect![[r#"
        Read: 2 kept, 1 rejected
        bad-record record 1 byte 1988: Record 2 was left out: its JSON is wrong.
        Read: 2 kept, 1 rejected
        bad-record record 1 byte 1990: Record 2 was left out: its JSON is wrong.
        Read: 2 kept, 1 rejected
        bad-record record 1 byte 2063: Record 2 was left out: its JSON is wrong.
        Read: 2 kept, 0 rejected
        bad-json record 2 byte 2710: The JSON breaks off at byte 2710, after 2 records. The 2 events before that were kept. Fetch the file again from where it came.
        Read: 1 kept, 2 rejected
        bad-record record 0 byte 11: Record 1 was left out: its JSON is wrong.
        bad-record record 2 byte 1605: Record 3 was left out: it has nothing that a CloudTrail record has.
        Read: 2 kept, 3 rejected
        bad-record record 1 byte 52: Record 2 was left out: its JSON is wrong.
        bad-record record 2 byte 55: Record 3 was left out: it is no object.
        bad-record record 3 byte 57: Record 4 was left out: it has nothing that a CloudTrail record has.
        Read: 1 kept, 1 rejected
        bad-record record 1 byte 107: Record 2 was left out: it has nothing that a CloudTrail record has.
    "#]].assert_eq(&told);
}

#[test]
fn torn_lines_that_are_lists_lose_themselves_only() {
    let trail = |name: &str| format!(r#"{{"Records":[{{"eventName":"{name}"}}]}}"#);
    let message = |name: &str| {
        let record = serde_json::json!({ "eventName": name }).to_string();
        serde_json::json!({"messageType": "DATA_MESSAGE", "logEvents": [{"message": record}]})
            .to_string()
    };
    let list = |name: &str| format!(r#"[{{"eventName":"{name}"}}]"#);
    let timed = |name: &str| format!("2024-05-01T10:00:00.000Z {}", trail(name));
    let labelled = |name: &str| format!("[{name}] {}", trail(name));
    let forms: [&dyn Fn(&str) -> String; 5] = [&trail, &message, &list, &timed, &labelled];
    for form in forms {
        let (one, torn, three) = (form("One"), form("Torn"), form("Three"));
        for cut in 1..torn.len() {
            // As it happens where a writer dies, and starts anew.
            let text = format!("{one}\n{}\n{three}\n{one}\n", &torn[..cut]);
            let mut found = names(text.as_bytes());
            found.retain(|it| it != "Torn");
            assert_eq!(found, ["One", "Three", "One"], "{text}");
        }
    }
    // The list of a single file has lines inside that are no lists.
    let inside = "{\"Records\":[\n{\"eventName\":\"One\",\"resources\":[\n{\"ARN\":}\n{\"eventName\":\"Two\"}]}";
    check_story(
        inside.as_bytes(),
        expect![[r#"
        Failed: 0 kept, 0 rejected
        bad-json record 0 byte 53: The JSON is wrong at byte 53, after 0 records. No event could be saved. Fetch the file again from where it came.
    "#]],
    );
}

#[test]
fn text_before_the_json_is_passed_over() {
    let (one, two) = (r#"{"eventName":"One"}"#, r#"{"eventName":"Two"}"#);
    let mut told = String::new();
    for text in [
        format!("# exported by ada\n{one}\n{two}\n"),
        format!("# exported by ada\r\n# on Monday\r\n\r\n{one}\r\n{two}\r\n"),
        format!("exported {{by}} ada\n[{one},{two}]\n"),
        format!("Events:\n{{\n  \"Records\": [{one}, {two}]}}"),
        format!("# times\n2024-05-01T00:00:00Z {one}\n2024-05-01T00:00:01Z {two}\n"),
        format!("[2024-05-01T00:00:00Z] {one}\n[2024-05-01T00:00:01Z] {two}\n"),
        format!("[INFO] [main] {one}\n[WARN] late\n[INFO] [main] {two}\n"),
        format!("# times\n[2024-05-01] {one}\n[2024-05-01] {two}"),
        // Lists are lists.
        format!("[1] {one}\n[[1],[],{two}]\n"),
        format!("[]{one}[{two}]"),
        "# a list\n* {\"a\":1}\n".to_owned(),
        "# a list\n{\"a\":1}\n".to_owned(),
        "[x] {no}\n".to_owned(),
    ] {
        let names = rows(&read(text.as_bytes()))
            .iter()
            .map(|it| it["eventName"].clone())
            .collect::<Vec<_>>();
        told += &format!("{text:?}\n{names:?} {}", story(&read(text.as_bytes())));
        assert_eq!(recalled(text.as_bytes()).len(), names.len());
    }
    expect![[r##"
        "# exported by ada\n{\"eventName\":\"One\"}\n{\"eventName\":\"Two\"}\n"
        ["One", "Two"] Read: 2 kept, 0 rejected
        "# exported by ada\r\n# on Monday\r\n\r\n{\"eventName\":\"One\"}\r\n{\"eventName\":\"Two\"}\r\n"
        ["One", "Two"] Read: 2 kept, 0 rejected
        "exported {by} ada\n[{\"eventName\":\"One\"},{\"eventName\":\"Two\"}]\n"
        ["One", "Two"] Read: 2 kept, 0 rejected
        "Events:\n{\n  \"Records\": [{\"eventName\":\"One\"}, {\"eventName\":\"Two\"}]}"
        ["One", "Two"] Read: 2 kept, 0 rejected
        "# times\n2024-05-01T00:00:00Z {\"eventName\":\"One\"}\n2024-05-01T00:00:01Z {\"eventName\":\"Two\"}\n"
        ["One", "Two"] Read: 2 kept, 0 rejected
        "[2024-05-01T00:00:00Z] {\"eventName\":\"One\"}\n[2024-05-01T00:00:01Z] {\"eventName\":\"Two\"}\n"
        ["One", "Two"] Read: 2 kept, 0 rejected
        "[INFO] [main] {\"eventName\":\"One\"}\n[WARN] late\n[INFO] [main] {\"eventName\":\"Two\"}\n"
        ["One", "Two"] Read: 2 kept, 1 rejected
        bad-record record 1 byte 35: Record 2 was left out: its JSON is wrong.
        "# times\n[2024-05-01] {\"eventName\":\"One\"}\n[2024-05-01] {\"eventName\":\"Two\"}"
        ["One", "Two"] Read: 2 kept, 0 rejected
        "[1] {\"eventName\":\"One\"}\n[[1],[],{\"eventName\":\"Two\"}]\n"
        ["One", "Two"] Read: 2 kept, 1 rejected
        bad-record record 1 byte 26: Record 2 was left out: it is no object.
        "[]{\"eventName\":\"One\"}[{\"eventName\":\"Two\"}]"
        ["One", "Two"] Read: 2 kept, 0 rejected
        "# a list\n* {\"a\":1}\n"
        [] Failed: 0 kept, 0 rejected
        not-cloudtrail: This is no CloudTrail log that can be read: it is text that is no JSON and no CSV of events. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        "# a list\n{\"a\":1}\n"
        [] Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        "[x] {no}\n"
        [] Failed: 0 kept, 0 rejected
        bad-json record 0 byte 1: The JSON is wrong at byte 1, after 0 records. No event could be saved. Fetch the file again from where it came.
    "##]].assert_eq(&told);
}

#[test]
fn wrong_lines_end_a_file_only_where_none_is_right() {
    let record = r#"{"eventName":"One"}"#;
    let other = "{not JSON\n";
    let among = format!("{record}\n{}", other.repeat(40)).repeat(60);
    check_counts(&format!("{among}{record}\n"), 61, 2400);
    // After a thousand in a row no more is hoped for.
    check_counts(&format!("{record}\n{}{record}\n", other.repeat(1100)), 1, 1000);
}

#[test]
fn lines_without_an_end_are_not_looked_for_at_the_end_of_the_file_each_time() {
    // Each goes on to the end of the file, as a list or as an object does.
    for (torn, whole) in [
        ("{\"a\":[\n", "{\"eventName\":\"One\"}\n"),
        ("{\"a\":{\"b\":\n", "{\"eventName\":\"One\"}\n"),
        ("{\"Records\":[\n", "{\"Records\":[{\"eventName\":\"One\"}]}\n"),
        ("[{\"a\":x[\n", "[{\"a\":0,\"eventName\":\"One\",\"eventID\":\"1\"}]\n"),
    ] {
        let some = format!("{}{whole}", torn.repeat(900));
        let times = (4 << 20) / some.len();
        assert_eq!(read(some.repeat(times).as_bytes()).rows as usize, times, "{torn}");
    }
}

#[test]
fn rows_of_queries_are_told_from_lists_of_events_and_from_counts() {
    let one = r#"{"eventID":"1","eventName":"One","eventTime":"2024-05-01T10:00:00Z"}"#;
    let two = one.replace("One", "Two");
    let text = serde_json::to_string(one).unwrap();
    let mut told = String::new();
    for text in [
        // Several lists put together, as `jq -s` does it.
        format!("[[{one},{two}],[{one}]]"),
        format!(r#"{{"Records":[[{one},{two}],[{one}]]}}"#),
        // What the console of Logs Insights gives.
        format!(r#"[{{"@timestamp":"2024-05-01 10:00:00.000","@message":{text}}}]"#),
        format!(
            r#"[{{"@timestamp":"2024-05-01 10:00:00.000","eventName":"X","@message":{text}}}]"#
        ),
        // Lists of what holds records, not columns.
        format!(r#"[[{{"CloudTrailEvent":{text}}},{{"CloudTrailEvent":{text}}}],[]]"#),
        format!(r#"[[{{"Records":[{one}]}},{{"Records":[{two}]}}]]"#),
        // A wrong list loses itself only.
        format!(r#"[[{one},],[{two}]]"#),
        r#"{"results":[[{"field":"eventID","value":"1"},{"field":"errorCode","value":null}]]}"#
            .to_owned(),
        r#"{"results":[[{"field":"eventName","value":"One"},{"field":"count()","value":"7"}]]}"#
            .to_owned(),
        // Names that other programs write too.
        r#"{"eventid":"cowrie.login.failed","username":"root"}"#.to_owned(),
        format!(r#"{{"eventid":"1","eventname":"Column","eventjson":{text}}}"#),
        "_time,eventName\n2024-05-01T10:00:00.000+0000,One\n".to_owned(),
        "_time,eventTime,eventName\nx,2024-05-01T10:00:00Z,One\n".to_owned(),
        "message,eventName\nhello,One\n".to_owned(),
        "_time,count\n2024-05-01T10:00:00.000+0000,7\n".to_owned(),
        "_time,_raw\n2024-05-01T10:00:00.000+0000,GET /\n".to_owned(),
    ] {
        let batch = read(text.as_bytes());
        let events: Vec<String> = rows(&batch)
            .iter()
            .map(|it| {
                let value = |name: &str| it.get(name).cloned().unwrap_or_default();
                format!("{} {}", value("eventName"), value("eventTime"))
            })
            .collect();
        told += &format!("{:.40} {events:?} {}", text.escape_debug().to_string(), story(&batch));
    }
    expect![[r#"
        [[{\"eventID\":\"1\",\"eventName\":\"One ["One 2024-05-01T10:00:00Z", "Two 2024-05-01T10:00:00Z", "One 2024-05-01T10:00:00Z"] Read: 3 kept, 0 rejected
        {\"Records\":[[{\"eventID\":\"1\",\"even ["One 2024-05-01T10:00:00Z", "Two 2024-05-01T10:00:00Z", "One 2024-05-01T10:00:00Z"] Read: 3 kept, 0 rejected
        [{\"@timestamp\":\"2024-05-01 10:00:00.0 ["One 2024-05-01T10:00:00Z"] Read: 1 kept, 0 rejected
        [{\"@timestamp\":\"2024-05-01 10:00:00.0 ["One 2024-05-01T10:00:00Z"] Read: 1 kept, 0 rejected
        [[{\"CloudTrailEvent\":\"{\\\"eventID\\\ ["One 2024-05-01T10:00:00Z", "One 2024-05-01T10:00:00Z"] Read: 2 kept, 0 rejected
        [[{\"Records\":[{\"eventID\":\"1\",\"eve ["One 2024-05-01T10:00:00Z", "Two 2024-05-01T10:00:00Z"] Read: 2 kept, 0 rejected
        [[{\"eventID\":\"1\",\"eventName\":\"One ["One 2024-05-01T10:00:00Z", "Two 2024-05-01T10:00:00Z"] Read: 2 kept, 1 rejected
        bad-record record 1 byte 1: Record 2 was left out: its JSON is wrong.
        {\"results\":[[{\"field\":\"eventID\",\" [" none"] Read: 1 kept, 0 rejected
        {\"results\":[[{\"field\":\"eventName\", [] Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        {\"eventid\":\"cowrie.login.failed\",\"u [] Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        {\"eventid\":\"1\",\"eventname\":\"Colum ["One 2024-05-01T10:00:00Z"] Read: 1 kept, 0 rejected
        _time,eventName\n2024-05-01T10:00:00.000 ["One 2024-05-01T10:00:00Z"] Read: 1 kept, 0 rejected
        _time,eventTime,eventName\nx,2024-05-01T ["One 2024-05-01T10:00:00Z"] Read: 1 kept, 0 rejected
        message,eventName\nhello,One\n [] Failed: 0 kept, 0 rejected
        not-cloudtrail: This is a table without CloudTrail events. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        _time,count\n2024-05-01T10:00:00.000+000 [] Failed: 0 kept, 0 rejected
        not-cloudtrail: This is no CloudTrail log that can be read: it is text that is no JSON and no CSV of events. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        _time,_raw\n2024-05-01T10:00:00.000+0000 [] Failed: 0 kept, 0 rejected
        not-cloudtrail: This is no CloudTrail log that can be read: it is text that is no JSON and no CSV of events. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
    "#]].assert_eq(&told);
}

/// How many records there are and how many are left out.
fn check_counts(text: &str, kept: u32, rejected: u32) {
    let file = read(text.as_bytes()).files[0];
    assert_eq!((file.rows, file.rejected), (kept, rejected));
}

#[test]
fn what_is_beside_the_events_is_named() {
    let mut told = String::new();
    for text in [
        r#"{"messageType":"CONTROL_MESSAGE","logEvents":[{"message":"CWL CONTROL MESSAGE"}]}"#,
        r#"{"version":"0","detail-type":"GuardDuty Finding","source":"aws.guardduty","detail":{"severity":5}}"#,
        r#"{"Events":[]}"#,
        r#"{"events":[{"message":"no JSON"},{"message":"{\"a\":1}"}]}"#,
        r#"{"hits":{"hits":[{"_source":{"message":"hello"}}]}}"#,
        r#"{"QueryResultRows":[]}"#,
        r#"{"metadata":{"product":{"name":"CloudTrail"}},"class_uid":6003}"#,
        r#"{"event":{"original":"text"},"aws":{"s3":{}}}"#,
        "\"{\\\"eventName\\\":\\\"One\\\"}\"\n\"text\"\n",
        "127.0.0.1 GET / {\"a\":1}\n",
    ] {
        told += &format!("{text}\n{}", story(&read(text.as_bytes())));
    }
    expect![[r#"
        {"messageType":"CONTROL_MESSAGE","logEvents":[{"message":"CWL CONTROL MESSAGE"}]}
        Skipped: 0 kept, 0 rejected
        empty: The file holds no events: its list of records is empty.
        {"version":"0","detail-type":"GuardDuty Finding","source":"aws.guardduty","detail":{"severity":5}}
        Failed: 0 kept, 0 rejected
        unsupported: This looks like an event of EventBridge that is none of CloudTrail, which is not read. Drop the files of the trail's bucket, or a file with one CloudTrail record a line.
        {"Events":[]}
        Skipped: 0 kept, 0 rejected
        empty: The file holds no events: its list of records is empty.
        {"events":[{"message":"no JSON"},{"message":"{\"a\":1}"}]}
        Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        {"hits":{"hits":[{"_source":{"message":"hello"}}]}}
        Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        {"QueryResultRows":[]}
        Skipped: 0 kept, 0 rejected
        empty: The file holds no events: its list of records is empty.
        {"metadata":{"product":{"name":"CloudTrail"}},"class_uid":6003}
        Failed: 0 kept, 0 rejected
        unsupported: This looks like an event in OCSF, as Security Lake writes them, which is not read. Drop the files of the trail's bucket, or a file with one CloudTrail record a line.
        {"event":{"original":"text"},"aws":{"s3":{}}}
        Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        "{\"eventName\":\"One\"}"
        "text"

        Read: 1 kept, 1 rejected
        bad-record record 1 byte 26: Record 2 was left out: it is no object.
        127.0.0.1 GET / {"a":1}

        Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
    "#]].assert_eq(&told);
}

#[test]
fn lists_of_public_keys_and_sign_files_hold_no_events_by_design() {
    let keys = r#"{"PublicKeyList":[{"Value":"MIIBCgKC","ValidityStartTime":1714521600.0,"ValidityEndTime":"2024-06-01T00:00:00Z","Fingerprint":"8eba"}]}"#;
    check_story(
        keys.as_bytes(),
        expect![[r#"
        Skipped: 0 kept, 0 rejected
        digest: This is a list of public keys: it proves digest files and holds no events.
    "#]],
    );
    // One of its names alone tells nothing.
    check_story(
        br#"{"queryCompleteTime":"2024-05-01T10:06:30Z","rows":7}"#,
        expect![[r#"
        Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
    "#]],
    );
}

#[test]
fn records_of_other_systems_are_no_events() {
    let mut told = String::new();
    for text in [
        r#"{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1","eventTime":"2024-05-01T10:00:00Z","eventName":"ObjectCreated:Put","userIdentity":{"principalId":"AIDAEXAMPLE"},"requestParameters":{"sourceIPAddress":"203.0.113.7"},"s3":{"object":{"key":"k"}}}]}"#,
        r#"{"Records":[{"messageId":"1","body":"{}","eventSource":"aws:sqs"},{"messageId":"2","body":"{}","eventSource":"aws:sqs"}]}"#,
        r#"[{"eventType":"user.session.start","uuid":"1"},{"eventType":"user.session.end","uuid":"2"}]"#,
        r#"[{"caller":"ada","eventName":{"value":"EndRequest","localizedValue":"End request"}}]"#,
        "{\"eventType\":\"user.session.start\"}\n{\"eventType\":\"user.session.end\"}\n",
        // One name is in common with CloudTrail's.
        "{\"eventType\":\"Delivery\",\"mail\":{}}\n{\"eventType\":\"Bounce\",\"mail\":{}}\n",
        r#"[{"eventTime":"2024-05-01T10:00:00Z","user":"ada","action":"click"}]"#,
        r#"{"eventType":"MESSAGE","connectionId":"x","routeKey":"$default"}"#,
        r#"{"events":[{"message":"{\"eventTime\":\"2024-05-01T10:00:00Z\",\"user\":\"ada\"}"}]}"#,
        r#"[{"@timestamp":"2024-05-01","EventName":"click","Username":"ada"}]"#,
        r#"{"results":[[{"field":"@timestamp","value":"2024-05-01 10:00:00.000"},{"field":"@message","value":"START"}]]}"#,
        "eventTime,user,action\n2024-05-01T10:00:00Z,ada,click\n",
        "eventTime,username,message\n2024-05-01T10:00:00Z,ada,click\n",
        "@timestamp,event.action,host.name\n2024-05-01,logged-in,one\n",
        // So little is enough in a trail's own list, and two names are anywhere.
        r#"{"Records":[{"eventTime":"2024-05-01T10:00:00Z","user":"ada"},{"userIdentity":null,"new":1}]}"#,
        r#"[{"eventTime":"2024-05-01T10:00:00Z","eventName":"GetUser","user":"ada"},{"eventType":"AwsApiCall","awsRegion":"x","new":1}]"#,
        "eventTime,eventName,user\n2024-05-01T10:00:00Z,,ada\n",
        // Those beside CloudTrail's are left out.
        r#"{"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put"},{"eventSource":"s3.amazonaws.com","eventName":"PutObject"}]}"#,
        // Odd, but nobody else's.
        r#"[{"eventType":"AwsServiceEvent"},{"eventType":"new.type","eventName":"x"},{"eventName":{"a":1}},{"eventName":{"value":1},"awsRegion":"x","userIdentity":{}}]"#,
    ] {
        told += &format!("{text}\n{}", story(&read(text.as_bytes())));
    }
    expect![[r#"
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1","eventTime":"2024-05-01T10:00:00Z","eventName":"ObjectCreated:Put","userIdentity":{"principalId":"AIDAEXAMPLE"},"requestParameters":{"sourceIPAddress":"203.0.113.7"},"s3":{"object":{"key":"k"}}}]}
        Failed: 0 kept, 0 rejected
        not-cloudtrail: This holds notifications of a service, as queues and functions get them, and no CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        {"Records":[{"messageId":"1","body":"{}","eventSource":"aws:sqs"},{"messageId":"2","body":"{}","eventSource":"aws:sqs"}]}
        Failed: 0 kept, 0 rejected
        not-cloudtrail: This holds notifications of a service, as queues and functions get them, and no CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        [{"eventType":"user.session.start","uuid":"1"},{"eventType":"user.session.end","uuid":"2"}]
        Failed: 0 kept, 0 rejected
        not-cloudtrail: This holds events of another system, such as Okta's, and no CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        [{"caller":"ada","eventName":{"value":"EndRequest","localizedValue":"End request"}}]
        Failed: 0 kept, 0 rejected
        not-cloudtrail: This holds events of Azure's activity log, and no CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        {"eventType":"user.session.start"}
        {"eventType":"user.session.end"}

        Failed: 0 kept, 0 rejected
        not-cloudtrail: This holds events of another system, such as Okta's, and no CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        {"eventType":"Delivery","mail":{}}
        {"eventType":"Bounce","mail":{}}

        Failed: 0 kept, 0 rejected
        not-cloudtrail: This holds events of another system, which share no more than a name with CloudTrail's, and no CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        [{"eventTime":"2024-05-01T10:00:00Z","user":"ada","action":"click"}]
        Failed: 0 kept, 0 rejected
        not-cloudtrail: This holds events of another system, which share no more than a name with CloudTrail's, and no CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        {"eventType":"MESSAGE","connectionId":"x","routeKey":"$default"}
        Failed: 0 kept, 0 rejected
        not-cloudtrail: This holds events of another system, which share no more than a name with CloudTrail's, and no CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        {"events":[{"message":"{\"eventTime\":\"2024-05-01T10:00:00Z\",\"user\":\"ada\"}"}]}
        Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        [{"@timestamp":"2024-05-01","EventName":"click","Username":"ada"}]
        Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        {"results":[[{"field":"@timestamp","value":"2024-05-01 10:00:00.000"},{"field":"@message","value":"START"}]]}
        Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        eventTime,user,action
        2024-05-01T10:00:00Z,ada,click

        Failed: 0 kept, 0 rejected
        not-cloudtrail: This holds events of another system, which share no more than a name with CloudTrail's, and no CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        eventTime,username,message
        2024-05-01T10:00:00Z,ada,click

        Failed: 0 kept, 0 rejected
        not-cloudtrail: This is a table without CloudTrail events. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        @timestamp,event.action,host.name
        2024-05-01,logged-in,one

        Failed: 0 kept, 0 rejected
        not-cloudtrail: This holds events of another system, which share no more than a name with CloudTrail's, and no CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        {"Records":[{"eventTime":"2024-05-01T10:00:00Z","user":"ada"},{"userIdentity":null,"new":1}]}
        Read: 2 kept, 0 rejected
        [{"eventTime":"2024-05-01T10:00:00Z","eventName":"GetUser","user":"ada"},{"eventType":"AwsApiCall","awsRegion":"x","new":1}]
        Read: 2 kept, 0 rejected
        eventTime,eventName,user
        2024-05-01T10:00:00Z,,ada

        Read: 1 kept, 0 rejected
        {"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put"},{"eventSource":"s3.amazonaws.com","eventName":"PutObject"}]}
        Read: 1 kept, 1 rejected
        bad-record record 0 byte 12: Record 1 was left out: it has nothing that a CloudTrail record has.
        [{"eventType":"AwsServiceEvent"},{"eventType":"new.type","eventName":"x"},{"eventName":{"a":1}},{"eventName":{"value":1},"awsRegion":"x","userIdentity":{}}]
        Read: 4 kept, 0 rejected
    "#]].assert_eq(&told);
}

#[test]
fn envelopes_in_envelopes_end_somewhere() {
    for (open, close) in [
        (r#"{"detail":"#, "}"),
        (r#"{"hits":{"hits":["#, "]}}"),
        (r#"{"result":"#, "}"),
        (r#"{"Events":["#, "]}"),
        (r#"{"@message":"#, "}"),
        (r#"{"_1":"#, "}"),
        (r#"{"responses":["#, "]}"),
        (r#"{"index":"#, "}"),
        (r#"{"rows":["#, "]}"),
        ("[", "]"),
        (r#"{"aws":{"cloudtrail":"#, "}}"),
    ] {
        let text = format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
        assert_eq!(read(text.as_bytes()).rows, 0);
        // Torn, so that nothing closes.
        assert_eq!(read(open.repeat(10_000).as_bytes()).rows, 0);
    }
    let lookup = r#"{"Events":[{"CloudTrailEvent":"{\"detail\":{\"eventName\":\"Deep\"}}"}]}"#;
    let splunk = format!(
        r#"{{"result":{{"_raw":{}}}}}"#,
        serde_json::json!(r#"{"detail-type":"x","detail":{"eventName":"Deep"}}"#)
    );
    for text in [lookup, &splunk] {
        assert_eq!(names(text.as_bytes()), ["Deep"]);
        assert_eq!(recalled(text.as_bytes()), [r#"{"eventName":"Deep"}"#]);
    }
}

#[test]
fn large_files_and_large_records_are_read() {
    let big = format!(
        r#"{{"eventName":"Big","requestParameters":{{"a":"{}"}}}}"#,
        "x\\n".repeat(1 << 16)
    );
    assert!(big.len() > 256 * 1000 - 65_536);
    let lookup = serde_json::json!({"Events": [{"CloudTrailEvent": big.clone()}]}).to_string();
    let csv = format!("eventName,eventJson\nBig,\"{}\"\n", big.replace('"', "\"\""));
    for text in [format!(r#"{{"Records":[{big},{big}]}}"#), lookup, csv] {
        assert!(names(text.as_bytes()).iter().all(|it| it == "Big"));
        assert!(recalled(text.as_bytes()).iter().all(|it| *it == big));
    }
    let record = &recalled(fixture("trail.json"))[0];
    let count = (100 << 20) / record.len() + 1;
    let file = format!(r#"{{"Records":[{}{record}]}}"#, format!("{record},").repeat(count - 1));
    let batch = read(file.as_bytes());
    assert_eq!((batch.rows as usize, batch.problems.len()), (count, 0));
    let last = *offsets(&batch).last().unwrap();
    assert_eq!(
        &record_at("big", file.as_bytes(), Coding::Plain, last, Limits::default()).unwrap(),
        record
    );
}

#[test]
fn keys_that_stand_fifty_thousand_times_take_no_longer_than_others() {
    for member in [
        r#""EventName":"x""#,
        r#""eventName":null"#,
        r#""message":"x""#,
        r#""_raw":"x""#,
        r#""event":{}"#,
        r#""aws.cloudtrail.x":"y""#,
        r#""detail":{}"#,
        r#""Events":[]"#,
        r#""eventJson":"x""#,
        r#""eventid":"x""#,
        r#""@message":"x""#,
        r#""@message":{}"#,
        r#""index":{}"#,
        r#""rows":[]"#,
        r#""fields":["_raw"],"rows":[]"#,
        r#""_time":"x""#,
        r#""userIdentity.arn":"x""#,
        r#""hashSignature":"x""#,
    ] {
        let text = format!("{{{},{}}}", vec![member; 50_000].join(","), r#""last":1"#);
        let beside = format!(r#"{{"Records":[],{}}}"#, vec![member; 50_000].join(","));
        assert!(read(beside.as_bytes()).rows <= 1, "{member}");
        assert!(read(text.as_bytes()).rows <= 1, "{member}");
        let in_list = format!("[{text}]");
        assert!(read(in_list.as_bytes()).rows <= 1, "{member}");
    }
    let columns = vec!["eventTime"; 100_000].join(",");
    assert_eq!(read(format!("{columns}\n{columns}\n").as_bytes()).rows, 0);
    // As many columns as there may be, in each of many rows; and as many values in one.
    let members: String = (0..998).map(|at| format!(r#","a{at}":1"#)).collect();
    let row = format!(r#"{{"_time":"1","eventName":"x","eventID":"y"{members}}}"#) + "\n";
    assert_eq!(read(row.repeat(200).as_bytes()).rows, 200);
    let resources = format!("eventID,eventTime,resourceName\none,,\"{}\"\n", "\n".repeat(4 << 20));
    assert_eq!(read(resources.as_bytes()).rows, 1);
    let resources = format!(
        r#"{{"_time":"1","eventName":"x","eventID":"y","resourceType":[{}1]}}"#,
        "1,".repeat(1 << 20)
    );
    assert_eq!(read(resources.as_bytes()).rows, 1);
    let unnamed = ",".repeat(990);
    assert_eq!(read(format!("eventID{unnamed}\none{unnamed}\n").as_bytes()).rows, 1);
}

#[test]
fn records_of_insights_are_kept_whatever_they_are_packed_into() {
    let record = r#"{"eventVersion":"1.08","eventType":"AwsCloudTrailInsight","insightDetails":{"state":"Start"}}"#;
    for (at, text) in wrapped(&[record.to_owned()]).iter().enumerate() {
        assert_eq!(read(text.as_bytes()).insight_records, [record], "shape {at}: {text}");
    }
}

#[test]
fn what_was_once_misread_stays_found() {
    let mut told = String::new();
    for (name, bytes) in FOUND {
        let batch = read(bytes);
        assert_eq!(recalled(bytes).len() as u32, batch.rows);
        told += &format!("{name}: {}", story(&batch));
    }
    expect![[r#"
        found/string-like-a-header.json: Read: 1 kept, 0 rejected
        found/prefix-like-a-header.log: Read: 1 kept, 0 rejected
    "#]]
    .assert_eq(&told);
}

// Properties

/// A record as text, with what JSON may hold.
fn record() -> impl Strategy<Value = String> {
    (file(), any::<bool>()).prop_map(|(file, pretty)| {
        let record = &file["Records"][0];
        if pretty {
            serde_json::to_string_pretty(record).expect("values print")
        } else {
            record.to_string()
        }
    })
}

/// The records in every shape that holds them whole.
fn wrapped(records: &[String]) -> Vec<String> {
    let json = |text: &str| serde_json::Value::from(text).to_string();
    let each = |form: &dyn Fn(&str) -> String, between: &str| {
        records.iter().map(|it| form(it)).collect::<Vec<_>>().join(between)
    };
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    vec![
        format!(r#"{{"Records":[{}]}}"#, records.join(",")),
        format!("[{}]", records.join(" , ")),
        records.join("\n"),
        records.concat(),
        each(&|it| format!("2024-05-01T10:00:00.000Z {it}"), "\n"),
        format!(
            r#"{{"Events":[{}]}}"#,
            each(&|it| format!(r#"{{"EventId":"1","CloudTrailEvent":{}}}"#, json(it)), ",")
        ),
        format!("[{}]", each(&json, ",")),
        each(&json, "\n"),
        format!(r#"{{"events":[{}]}}"#, each(&|it| format!(r#"{{"message":{}}}"#, json(it)), ",")),
        each(
            &|it| {
                format!(
                    r#"{{"messageType":"DATA_MESSAGE","logEvents":[{{"message":{}}}]}}"#,
                    json(it)
                )
            },
            "",
        ),
        each(
            &|it| format!(r#"{{"detail-type":"AWS API Call via CloudTrail","detail":{it}}}"#),
            "\n",
        ),
        format!(
            r#"{{"QueryResultRows":[{}]}}"#,
            each(&|it| format!(r#"[{{"eventJson":{}}}]"#, json(it)), ",")
        ),
        each(&|it| format!(r#"{{"result":{{"_raw":{}}}}}"#, json(it)), "\n"),
        each(&|it| format!(r#"{{"event":{it},"host":"h"}}"#), "\n"),
        format!(
            r#"{{"hits":{{"hits":[{}]}}}}"#,
            each(&|it| format!(r#"{{"_source":{{"event":{{"original":{}}}}}}}"#, json(it)), ",")
        ),
        each(&|it| format!(r#"{{"_source":{{"aws":{{"cloudtrail":{it}}}}}}}"#), "\n"),
        format!("eventJson,eventName\r\n{}", each(&|it| format!("{},x\r\n", cell(it)), "")),
        format!("n,_raw\n{}", each(&|it| format!("1,{}\n", cell(it)), "")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_then_printing_a_record_gives_its_bytes_back(records in prop::collection::vec(record(), 1..4)) {
        for (at, text) in wrapped(&records).iter().enumerate() {
            let batch = read(text.as_bytes());
            prop_assert_eq!(batch.rows as usize, records.len(), "shape {}: {}", at, text);
            prop_assert_eq!(&recalled(text.as_bytes()), &records, "shape {}: {}", at, text);
        }
    }

    #[test]
    fn whatever_is_done_to_a_file_the_counts_add_up(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
        packed in any::<bool>(),
    ) {
        let fixtures: Vec<_> = all().chain(FOUND.iter().copied()).collect();
        let mut bytes = which.get(&fixtures).1.to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let bytes = if packed { gzip(&bytes) } else { bytes };
        let batch = read(&bytes);
        rows(&batch);
        let file = batch.files[0];
        prop_assert_eq!(file.status == FileStatus::Read, file.rows > 0);
        let listed = batch.problems.iter().filter(|it| it.record.is_some()).count() as u32;
        prop_assert!(listed <= file.rejected + 1);
        prop_assert!(file.rejected == 0 || !batch.problems.is_empty());
        for it in &batch.problems {
            prop_assert!(!it.message.is_empty() && it.path == "a/b.json.gz");
        }
        prop_assert_eq!(recalled(&bytes).len() as u32, batch.rows);
    }
}
