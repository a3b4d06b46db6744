//! The readers: bytes of every kind in, rows and problems out. Every shape of file has its tests in
//! `reader/shapes.rs`, every odd record in `reader/records.rs`.

#[path = "reader/records.rs"]
mod records;
#[path = "reader/shapes.rs"]
mod shapes;

use std::{
    collections::BTreeMap,
    io::Write,
    path::{Path, PathBuf},
};

use expect_test::{Expect, expect};
use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;
use trailglass::{
    model::{
        field::Field,
        id::{self, MISSING},
        limits::Limits,
        member::Coding,
        question::FileId,
        time,
    },
    reader::{
        Input, Reader,
        batch::{
            Batch, Codes, FileStatus, ListColumn, NO_TIME, id_fields, list_fields, text_fields,
        },
        lines_at, record_at, records_at,
    },
    state::Language,
    ui::told::told,
};

type Row = BTreeMap<&'static str, String>;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    packed(bytes, Compression::fast())
}

fn packed(bytes: &[u8], level: Compression) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}

fn read(bytes: &[u8]) -> Batch {
    let mut reader = Reader::new(Limits::default());
    reader.read(Input { file: FileId(7), path: "a/b.json.gz", bytes });
    let batch = reader.finish();
    assert_eq!(Batch::from_bytes(&batch.to_bytes()).as_ref(), Some(&batch));
    assert_eq!(batch.files.len(), 1);
    assert_eq!(batch.files[0].rows, batch.rows);
    batch
}

fn eights(bytes: &[u8]) -> Vec<u64> {
    bytes.chunks_exact(8).map(|it| u64::from_le_bytes(it.try_into().expect("eight"))).collect()
}

fn offsets(batch: &Batch) -> Vec<u32> {
    batch
        .offsets
        .chunks_exact(4)
        .map(|it| u32::from_le_bytes(it.try_into().expect("four")))
        .collect()
}

fn codes(codes: &Codes, rows: usize) -> Vec<usize> {
    let mut all = Vec::new();
    codes.for_each(rows, |it| all.push(it as usize));
    assert_eq!(all.len(), rows);
    all
}

/// The rows as they would be shown: every value by the name of its field.
fn rows(batch: &Batch) -> Vec<Row> {
    let count = batch.rows as usize;
    let mut rows = vec![Row::new(); count];
    let times = eights(&batch.times);
    assert_eq!(
        (times.len(), offsets(batch).len(), eights(&batch.hashes).len()),
        (count, count, count)
    );
    for (row, millis) in rows.iter_mut().zip(&times) {
        let millis = *millis as i64;
        let text = if millis == NO_TIME { "none".to_owned() } else { time::iso(millis) };
        row.insert(Field::EventTime.name(), text);
    }
    for (field, column) in text_fields().zip(&batch.texts) {
        let words: Vec<&str> = column.dictionary.iter().collect();
        for (row, code) in rows.iter_mut().zip(codes(&column.codes, count)) {
            if code > 0 {
                row.insert(field.name(), words[code - 1].to_owned());
            }
        }
    }
    for (field, column) in id_fields().zip(&batch.ids) {
        assert_eq!(column.packed.len(), 16 * count);
        for (row, packed) in rows.iter_mut().zip(column.packed.as_chunks().0) {
            if *packed != MISSING {
                row.insert(field.name(), id::with_text(*packed, |it| it.replace('-', "")));
            }
        }
        for (row, text) in &column.others {
            rows[*row as usize].insert(field.name(), format!("{text:?}"));
        }
    }
    for (field, column) in list_fields().zip(&batch.lists) {
        for (row, list) in rows.iter_mut().zip(lists(column, count)) {
            if !list.is_empty() {
                row.insert(field.name(), format!("{list:?}"));
            }
        }
    }
    rows
}

fn lists(column: &ListColumn, rows: usize) -> Vec<Vec<&str>> {
    let words: Vec<&str> = column.dictionary.iter().collect();
    let mut items = codes(&column.codes, column.items as usize).into_iter();
    let lengths = codes(&column.lengths, rows);
    lengths.iter().map(|len| items.by_ref().take(*len).map(|it| words[it - 1]).collect()).collect()
}

/// What became of the file, then its problems, one a line.
fn story(batch: &Batch) -> String {
    let file = batch.files[0];
    let mut text = format!("{:?}: {} kept, {} rejected\n", file.status, file.rows, file.rejected);
    for it in &batch.problems {
        let place = match (it.record, it.byte) {
            (Some(record), Some(byte)) => format!(" record {record} byte {byte}"),
            (None, Some(byte)) => format!(" byte {byte}"),
            _ => String::new(),
        };
        text += &format!("{}{place}: {}\n", it.kind.as_str(), it.message);
    }
    text
}

fn check(bytes: &[u8], wanted: Expect) {
    let batch = read(bytes);
    let mut text = story(&batch);
    for row in rows(&batch) {
        let values: Vec<String> = row.iter().map(|(name, it)| format!("{name}={it}")).collect();
        text += &format!("{}\n", values.join(" | "));
    }
    wanted.assert_eq(&text);
}

fn check_story(bytes: &[u8], wanted: Expect) {
    wanted.assert_eq(&story(&read(bytes)));
}

/// Only these fields of each row.
fn check_fields(bytes: &[u8], fields: &[Field], wanted: Expect) {
    let batch = read(bytes);
    let mut text = story(&batch);
    for row in rows(&batch) {
        let value = |it: &Field| row.get(it.name()).map_or("-", String::as_str).to_owned();
        text += &format!("{}\n", fields.iter().map(value).collect::<Vec<_>>().join(" | "));
    }
    wanted.assert_eq(&text);
}

const KINDS: &str = include_str!("fixtures/reader/kinds.json");
const ODD: &str = include_str!("fixtures/reader/odd.json");

const TWO: &str = r#"{"Records":[{"eventVersion":"1.08","eventName":"One"},{"eventVersion":"1.08","eventName":"Two"}]}"#;

fn names(bytes: &[u8]) -> Vec<String> {
    rows(&read(bytes)).iter().map(|it| it["eventName"].clone()).collect()
}

// Records

#[test]
fn every_kind_of_record_is_told_who_how_and_what() {
    let fields = [
        Field::EventTime,
        Field::EventName,
        Field::Principal,
        Field::Session,
        Field::Outcome,
        Field::Category,
    ];
    check_fields(
        KINDS.as_bytes(),
        &fields,
        expect![[r#"
        Read: 14 kept, 0 rejected
        2024-03-01T10:00:00Z | PutObject | arn:aws:iam::111122223333:user/ada | - | success | Data
        2024-03-01T10:00:01Z | TerminateInstances | arn:aws:iam::111122223333:role/jobs/worker | i-0abc | denied | Management
        2024-03-01T10:00:02Z | Decrypt | cloudtrail.amazonaws.com | - | success | Management
        2024-03-01T10:00:03Z | RotateKey | AWS Internal | - | success | Management
        2024-03-01T10:00:04Z | Scale | autoscaling.amazonaws.com | - | success | Management
        2024-03-01T10:00:05Z | AssumeRole | 999988887777:AWSAccount | build-7 | success | Management
        2024-03-01T10:00:06Z | AssumeRoleWithSAML | grace | - | success | Management
        2024-03-01T10:00:07Z | GetObject | arn:aws:iam::111122223333:user/ada | bob | success | Management
        2024-03-01T10:00:08Z | ConsoleLogin | 111122223333:IAMUser | - | denied | Management
        2024-03-01T10:00:09Z | ConsoleLogin | arn:aws:iam::111122223333:root | - | success | Management
        2024-03-01T10:00:10Z | LookupEvents | 111122223333:IdentityCenterUser | - | denied | NetworkActivity
        2014-03-01T10:00:11Z | GetObject | Unknown | - | success | Data
        2024-03-01T10:01:00Z | PutObject | - | - | success | Insight
        2024-03-01T10:05:00Z | - | - | - | success | Aggregated
    "#]],
    );
}

#[test]
fn every_field_of_a_record_is_kept() {
    check(
        KINDS.as_bytes(),
        expect![[r#"
        Read: 14 kept, 0 rejected
        awsRegion=eu-west-1 | category=Data | eventCategory=Data | eventID=00000000000040008000000000000001 | eventName=PutObject | eventSource=s3.amazonaws.com | eventTime=2024-03-01T10:00:00Z | eventVersion=1.08 | managementEvent=false | outcome=success | principal=arn:aws:iam::111122223333:user/ada | readOnly=false | recipientAccountId=111122223333 | resources.ARN=["arn:aws:s3:::ledger/", "arn:aws:s3:::ledger"] | resources.accountId=["111122223333"] | resources.type=["AWS::S3::Object", "AWS::S3::Bucket"] | tlsDetails.cipherSuite=TLS_AES_128_GCM_SHA256 | tlsDetails.clientProvidedHostHeader=ledger.s3.eu-west-1.amazonaws.com | tlsDetails.tlsVersion=TLSv1.3 | userIdentity.accessKeyId=AKIAEXAMPLE | userIdentity.accountId=111122223333 | userIdentity.arn=arn:aws:iam::111122223333:user/ada | userIdentity.principalId=AIDAEXAMPLE | userIdentity.sessionContext.attributes.creationDate=2024-03-01T09:00:00Z | userIdentity.sessionContext.attributes.mfaAuthenticated=false | userIdentity.type=IAMUser | userIdentity.userName=ada
        category=Management | errorCode=Client.UnauthorizedOperation | errorMessage=You are not "allowed" to do this — ask. | eventID=00000000000040008000000000000002 | eventName=TerminateInstances | eventSource=ec2.amazonaws.com | eventTime=2024-03-01T10:00:01Z | eventVersion=1.09 | managementEvent=true | outcome=denied | principal=arn:aws:iam::111122223333:role/jobs/worker | recipientAccountId=111122223333 | session=i-0abc | userIdentity.accessKeyId=ASIAEXAMPLE | userIdentity.accountId=111122223333 | userIdentity.arn=arn:aws:sts::111122223333:assumed-role/worker/i-0abc | userIdentity.principalId=AROAEXAMPLE:i-0abc | userIdentity.sessionContext.attributes.creationDate=2024-03-01T09:00:00Z | userIdentity.sessionContext.attributes.mfaAuthenticated=false | userIdentity.sessionContext.ec2RoleDelivery=2.0 | userIdentity.sessionContext.sessionIssuer.accountId=111122223333 | userIdentity.sessionContext.sessionIssuer.arn=arn:aws:iam::111122223333:role/jobs/worker | userIdentity.sessionContext.sessionIssuer.principalId=AROAEXAMPLE | userIdentity.sessionContext.sessionIssuer.type=Role | userIdentity.sessionContext.sessionIssuer.userName=worker | userIdentity.sessionContext.sourceIdentity=ada | userIdentity.type=AssumedRole
        category=Management | eventID=00000000000040008000000000000003 | eventName=Decrypt | eventSource=kms.amazonaws.com | eventTime=2024-03-01T10:00:02Z | eventType=AwsApiCall | eventVersion=1.08 | managementEvent=true | outcome=success | principal=cloudtrail.amazonaws.com | userIdentity.invokedBy=cloudtrail.amazonaws.com | userIdentity.type=AWSService
        category=Management | eventID=00000000000040008000000000000004 | eventName=RotateKey | eventSource=kms.amazonaws.com | eventTime=2024-03-01T10:00:03Z | eventType=AwsServiceEvent | eventVersion=1.08 | outcome=success | principal=AWS Internal | userIdentity.accountId=111122223333 | userIdentity.invokedBy=AWS Internal
        category=Management | eventID=00000000000040008000000000000005 | eventName=Scale | eventSource=autoscaling.amazonaws.com | eventTime=2024-03-01T10:00:04Z | eventType=AwsServiceEvent | eventVersion=1.05 | outcome=success | principal=autoscaling.amazonaws.com
        category=Management | eventID=00000000000040008000000000000006 | eventName=AssumeRole | eventSource=sts.amazonaws.com | eventTime=2024-03-01T10:00:05Z | eventVersion=1.08 | outcome=success | principal=999988887777:AWSAccount | session=build-7 | userIdentity.accountId=999988887777 | userIdentity.principalId=AROAFAR:build-7 | userIdentity.type=AWSAccount
        category=Management | eventID=00000000000040008000000000000007 | eventName=AssumeRoleWithSAML | eventSource=sts.amazonaws.com | eventTime=2024-03-01T10:00:06Z | eventVersion=1.08 | outcome=success | principal=grace | userIdentity.identityProvider=q= | userIdentity.principalId=q=:grace | userIdentity.type=SAMLUser | userIdentity.userName=grace
        category=Management | eventID=00000000000040008000000000000008 | eventName=GetObject | eventSource=s3.amazonaws.com | eventTime=2024-03-01T10:00:07Z | eventVersion=1.08 | outcome=success | principal=arn:aws:iam::111122223333:user/ada | session=bob | userIdentity.accountId=111122223333 | userIdentity.arn=arn:aws:sts::111122223333:federated-user/bob | userIdentity.principalId=111122223333:bob | userIdentity.sessionContext.sessionIssuer.arn=arn:aws:iam::111122223333:user/ada | userIdentity.sessionContext.sessionIssuer.type=IAMUser | userIdentity.type=FederatedUser
        category=Management | errorMessage=No username found in supplied account | eventID=00000000000040008000000000000009 | eventName=ConsoleLogin | eventSource=signin.amazonaws.com | eventTime=2024-03-01T10:00:08Z | eventType=AwsConsoleSignIn | eventVersion=1.08 | outcome=denied | principal=111122223333:IAMUser | userIdentity.accessKeyId= | userIdentity.accountId=111122223333 | userIdentity.principalId= | userIdentity.type=IAMUser | userIdentity.userName=HIDDEN_DUE_TO_SECURITY_REASONS
        category=Management | eventID=0000000000004000800000000000000a | eventName=ConsoleLogin | eventSource=signin.amazonaws.com | eventTime=2024-03-01T10:00:09Z | eventType=AwsConsoleSignIn | eventVersion=1.08 | outcome=success | principal=arn:aws:iam::111122223333:root | userIdentity.accountId=111122223333 | userIdentity.arn=arn:aws:iam::111122223333:root | userIdentity.principalId=111122223333 | userIdentity.type=Root
        category=NetworkActivity | errorCode=VpceAccessDenied | eventID=0000000000004000800000000000000b | eventName=LookupEvents | eventSource=cloudtrail.amazonaws.com | eventTime=2024-03-01T10:00:10Z | eventType=AwsVpceEvent | eventVersion=1.09 | outcome=denied | principal=111122223333:IdentityCenterUser | userIdentity.accountId=111122223333 | userIdentity.credentialId=c | userIdentity.type=IdentityCenterUser | vpcEndpointAccountId=111122223333 | vpcEndpointId=vpce-1
        category=Data | eventID=0000000000004000800000000000000c | eventName=GetObject | eventSource=s3.amazonaws.com | eventTime=2014-03-01T10:00:11Z | eventVersion=1.02 | outcome=success | principal=Unknown | resources.ARN=["arn:aws:s3:::b/k"] | resources.type=["AWS::S3::Object"] | userIdentity.type=Unknown
        awsRegion=eu-west-1 | category=Insight | eventID=0000000000004000800000000000000d | eventName=PutObject | eventSource=s3.amazonaws.com | eventTime=2024-03-01T10:01:00Z | eventType=AwsCloudTrailInsight | eventVersion=1.08 | outcome=success | recipientAccountId=111122223333 | sharedEventID=s-1
        awsRegion=eu-west-1 | category=Aggregated | eventCategory=Aggregated | eventID=0000000000004000800000000000000e | eventSource=s3.amazonaws.com | eventTime=2024-03-01T10:05:00Z | eventType=AwsAggregatedEvent | eventVersion=1.0 | outcome=success | recipientAccountId=111122223333
    "#]],
    );
}

#[test]
fn odd_records_are_kept_with_what_they_have_and_no_records_are_named() {
    check(
        ODD.as_bytes(),
        expect![[r#"
            Read: 5 kept, 8 rejected
            bad-record record 4 byte 869: Record 5 was left out: it is no object.
            bad-record record 5 byte 872: Record 6 was left out: it is no object.
            bad-record record 6 byte 880: Record 7 was left out: it is no object.
            bad-record record 7 byte 886: Record 8 was left out: it has nothing that a CloudTrail record has.
            bad-record record 8 byte 915: Record 9 was left out: it has nothing that a CloudTrail record has.
            bad-record record 9 byte 921: Record 10 was left out: it has nothing that a CloudTrail record has.
            bad-record record 10 byte 995: Record 11 was left out: its JSON is wrong.
            bad-record record 11 byte 1043: Record 12 was left out: its JSON is wrong.
            bad-record byte 307: 1 event has no readable time. It is kept, but in no span of time and in no chart.
            category=Management | errorCode={"code":7} | eventID="12345678901234567890" | eventName=["Put",{"a":"b c"}] | eventTime=2024-03-01T10:00:00Z | eventVersion=1.08 | outcome=error | readOnly=true
            category=Management | eventID="ABCDEF00-0000-4000-8000-000000000001" | eventName=A/B 😀 � | eventTime=none | eventVersion=1.08 | outcome=success | principal=true | readOnly=false | resources.ARN=["arn:one"] | userIdentity.arn=true
            category=Management | eventName=Last | eventTime=none | outcome=success | resources.ARN=["arn:a", "arn:b", "7"]
            category=Management | eventName=ConsoleLogin | eventTime=none | outcome=success
            category=Management | eventName=Last of all | eventTime=2024-03-01T10:00:00Z | outcome=success
        "#]],
    );
}

#[test]
fn a_record_nested_deeper_than_any_stack_is_read() {
    let depth = 300_000;
    let deep = |open: &str, close: &str| {
        let nest = format!("{}1{}", open.repeat(depth), close.repeat(depth));
        format!(
            r#"{{"Records":[{{"eventName":"Deep","requestParameters":{nest},"userIdentity":{{"arn":{nest}}}}},{{"eventName":"Next"}}]}}"#
        )
    };
    assert_eq!(names(deep("[", "]").as_bytes()), ["Deep", "Next"]);
    assert_eq!(names(deep(r#"{"a":"#, "}").as_bytes()), ["Deep", "Next"]);
    assert_eq!(names(deep(r#"[{"a":["#, "]}]").as_bytes()), ["Deep", "Next"]);
}

#[test]
fn bytes_that_are_no_utf8_are_replaced() {
    let json = b"{\"Records\":[{\"eventName\":\"a\xffb\",\"eventID\":\"\xc3\"},{\"eventName\":\"a\xef\xbf\xbdb\"},{\"eventName\":\"c\"}]}";
    check(
        json,
        expect![[r#"
            Read: 3 kept, 0 rejected
            bad-record byte 12: 2 values of this file are no UTF-8. The events were kept, with � for what could not be read. If another program saved the file, take the one that it was made of.
            category=Management | eventID="�" | eventName=a�b | eventTime=none | outcome=success
            category=Management | eventName=a�b | eventTime=none | outcome=success
            category=Management | eventName=c | eventTime=none | outcome=success
        "#]],
    );
}

// Wrappings

#[test]
fn gzip_of_several_members_is_read_whole() {
    let parts = TWO.as_bytes().chunks(20).flat_map(gzip).collect::<Vec<u8>>();
    assert_eq!(names(&parts), ["One", "Two"]);
    let whole_files = [gzip(TWO.as_bytes()), gzip(TWO.as_bytes())].concat();
    assert_eq!(names(&whole_files), ["One", "Two", "One", "Two"]);
    assert_eq!(names(&gzip(&gzip(TWO.as_bytes()))), ["One", "Two"]);
}

#[test]
fn what_follows_the_end_of_gzip_is_reported_unless_it_is_zeros() {
    let padded = [gzip(TWO.as_bytes()), vec![0; 512]].concat();
    check_story(
        &padded,
        expect![[r#"
        Read: 2 kept, 0 rejected
    "#]],
    );
    let soiled = [gzip(TWO.as_bytes()), b"rest".to_vec()].concat();
    check_story(
        &soiled,
        expect![[r#"
            Read: 2 kept, 0 rejected
            corrupt-gzip byte 79: The file is damaged: something that is no gzip follows its end. The 2 events before that were kept. Fetch the file again from where it came.
        "#]],
    );
}

#[test]
fn gzip_that_is_cut_or_wrong_gives_what_came_before() {
    let mut long = String::from(r#"{"Records":["#);
    for at in 0..2000 {
        long += &format!(r#"{{"eventName":"Event{at}","eventID":"{}"}},"#, at * 7919 % 1000);
    }
    let packed = gzip(format!("{}]}}", long.trim_end_matches(',')).as_bytes());
    check_story(
        &packed[..packed.len() / 2],
        expect![[r#"
            Read: 1021 kept, 0 rejected
            truncated-gzip byte 8469: The file is cut short: it ends before its end. The 1021 events before that were kept. Fetch the file again from where it came.
        "#]],
    );
    check_story(
        &packed[..packed.len() - 3],
        expect![[r#"
            Read: 2000 kept, 0 rejected
            truncated-gzip byte 16936: The file is cut short: it ends before its end. The 2000 events before that were kept. Fetch the file again from where it came.
        "#]],
    );
    check_story(
        &packed[..8],
        expect![[r#"
            Failed: 0 kept, 0 rejected
            truncated-gzip byte 8: The file is cut short: it ends before its end. No event could be saved. Fetch the file again from where it came.
        "#]],
    );
    let mut wrong = packed.clone();
    wrong[packed.len() / 2..][..40].fill(0xff);
    let batch = read(&wrong);
    assert_eq!(batch.problems.last().unwrap().kind.as_str(), "corrupt-gzip");
    let mut sum = packed;
    let at = sum.len() - 6;
    sum[at] ^= 1;
    check_story(
        &sum,
        expect![[r#"
            Read: 2000 kept, 0 rejected
            corrupt-gzip byte 16931: The file is damaged: its checksum is wrong. The 2000 events before that were kept. Fetch the file again from where it came.
        "#]],
    );
}

#[test]
fn a_bomb_is_given_up_early() {
    let zeros = vec![0; 1 << 20];
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    for _ in 0..400 {
        encoder.write_all(&zeros).unwrap();
    }
    let batch = read(&encoder.finish().unwrap());
    assert_eq!(batch.problems[0].kind.as_str(), "too-large");
    assert!(batch.files[0].json_bytes < 150 << 20, "{}", batch.files[0].json_bytes);

    let no_text = [
        vec![1; 257],
        (0..70 << 20).map(|it: u32| (it.wrapping_mul(2_654_435_761) >> 27) as u8).collect(),
    ];
    let batch = read(&gzip(&no_text.concat()));
    assert_eq!(batch.problems[0].kind.as_str(), "not-cloudtrail");
    assert_eq!(batch.files[0].json_bytes, 64 << 20);

    let limits = Limits { json_bytes: TWO.len() as u64 - 10, ..Limits::default() };
    for bytes in [TWO.as_bytes().to_vec(), gzip(TWO.as_bytes())] {
        let mut reader = Reader::new(limits);
        reader.read(Input { file: FileId(0), path: "big", bytes: &bytes });
        let batch = reader.finish();
        assert_eq!((batch.rows, batch.problems[0].kind.as_str()), (1, "too-large"));
    }
}

#[test]
fn a_limit_that_is_raised_lets_the_rest_be_read() {
    let mut reader = Reader::new(Limits::default());
    let mut rows = |bytes: &[u8], limits| {
        reader.set_limits(limits);
        reader.read(Input { file: FileId(0), path: "big", bytes });
        let batch = reader.finish();
        // The page raises the limits that the messages speak of.
        let messages = batch.problems.iter().map(|it| it.message.as_str());
        let raised = Limits::default().raised_for(messages);
        let is_raised = (raised.json_bytes > 1_000_000_000, raised.ratio > 300);
        let kinds = batch.problems.iter().map(|it| it.kind.as_str()).collect::<Vec<_>>();
        (batch.rows, kinds, is_raised)
    };
    let limits = Limits::default();
    let two = gzip(TWO.as_bytes());
    let short = Limits { json_bytes: TWO.len() as u64 - 10, ..limits };
    assert_eq!(rows(&two, short), (1, vec!["too-large"], (true, false)));
    assert_eq!(rows(&two, limits), (2, vec![], (false, false)));
    // A log that is nearly all spaces.
    let (head, tail) = TWO.split_at(TWO.rfind(']').unwrap());
    let dull = format!("{head}{}{tail}", " ".repeat(70 << 20));
    let dull = packed(dull.as_bytes(), Compression::default());
    assert_eq!(rows(&dull, limits), (2, vec!["too-large"], (false, true)));
    assert_eq!(rows(&dull, Limits { ratio: 10_000, ..limits }), (2, vec![], (false, false)));
}

// Shapes

#[test]
fn the_same_records_in_every_shape() {
    let [one, two] =
        [r#"{"eventVersion":"1.08","eventName":"One"}"#, r#"{"eventName":"Two","eventID":"2"}"#];
    for text in [
        format!(r#"{{"Records":[{one},{two}]}}"#),
        format!(
            r#"  {{ "NextToken" : null , "x":{{"Records":[1]}}, "Records" : [ {one} , {two} ] , "y":1 }}  "#
        ),
        format!("\u{feff}{{\"Records\":[{one},{two}]}}"),
        format!("[{one},\n{two}]"),
        format!("{one}\n{two}\n"),
        format!("{one}{two}"),
        format!("{one},\n{two}"),
        format!("{{\"Records\":[{one}]}}\n{{\"Records\":[{two}]}}"),
    ] {
        assert_eq!(names(text.as_bytes()), ["One", "Two"], "{text}");
        assert_eq!(names(&gzip(text.as_bytes())), ["One", "Two"], "{text}");
        assert_eq!(story(&read(text.as_bytes())), "Read: 2 kept, 0 rejected\n", "{text}");
    }
    assert_eq!(names(one.as_bytes()), ["One"]);
}

#[test]
fn json_that_breaks_keeps_the_events_before() {
    check_story(
        &TWO.as_bytes()[..TWO.len() - 20],
        expect![[r#"
            Read: 1 kept, 0 rejected
            bad-json record 1 byte 77: The JSON breaks off at byte 77, after 1 record. The event before that was kept. Fetch the file again from where it came.
        "#]],
    );
    check_story(
        &TWO.as_bytes()[..14],
        expect![[r#"
            Failed: 0 kept, 0 rejected
            bad-json record 0 byte 14: The JSON breaks off at byte 14, after 0 records. No event could be saved. Fetch the file again from where it came.
        "#]],
    );
    check_story(
        TWO.replace("},{", "};{").as_bytes(),
        expect![[r#"
            Read: 1 kept, 0 rejected
            bad-json record 1 byte 53: The JSON is wrong at byte 53, after 1 record. The event before that was kept. Fetch the file again from where it came.
        "#]],
    );
    check_story(
        format!("{TWO} and more").as_bytes(),
        expect![[r#"
            Read: 2 kept, 0 rejected
            bad-json record 2 byte 98: The JSON is wrong at byte 98, after 2 records. The 2 events before that were kept. Fetch the file again from where it came.
        "#]],
    );
    check_story(
        b"{\"eventName\":\"One\"}\n{\"eventName\":\"Tw\n{\"eventName\":\"Three\"}\n",
        expect![[r#"
            Read: 2 kept, 1 rejected
            bad-record record 1 byte 39: Record 2 was left out: its JSON is wrong.
        "#]],
    );
}

#[test]
fn what_holds_no_events_says_what_it_is() {
    let mut told = String::new();
    for bytes in [
        &b""[..],
        b" \n",
        b"{\"Records\":[]}",
        b"[]",
        b"{\"awsAccountId\":\"1\",\"digestStartTime\":\"2024\",\"logFiles\":[{\"s3Object\":\"x\"}]}",
        b"{}",
        b"{\"Records\":null}",
        b"{\"Records\":{\"eventName\":\"x\"}}",
        b"{\"name\":\"package\",\"version\":\"1\"}",
        b"{\"ResultSet\":{\"Rows\":[]}}",
        b"eventname,calls\nGetUser,7\n",
        b"{\"QueryResultRows\":[[{\"eventName\":\"GetUser\"},{\"calls\":\"7\"}]]}",
        b"[1,2]",
        b"[{\"name\":\"x\"}]",
        b"{\"Records\":[{\"eventSource\":5},{\"name\":\"x\"}]} {\"other\":1}",
        b"{\\rtf1 letter}",
        b"hello",
        b"Event name,Event time,User name\nPutObject,2024,ada\n",
        b"\x89PNG\r\n\x1a\n",
        b"PAR1rest",
        b"%PDF-1.7",
        b"\xff\xfeh\0i\0",
        b"eventName,message\n",
        b"time;message\n1;no JSON\n",
        b"<html></html>",
        b"\0\x01\x02\x03",
        b"\x1f\x8b\x07\x00",
    ] {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(24)]).into_owned();
        told += &format!("{head:?} {}", story(&read(bytes)));
    }
    told += &format!("gzip of nothing {}", story(&read(&gzip(b""))));
    expect![[r#"
        "" Skipped: 0 kept, 0 rejected
        empty: The file is empty.
        " \n" Skipped: 0 kept, 0 rejected
        empty: The file is empty.
        "{\"Records\":[]}" Skipped: 0 kept, 0 rejected
        empty: The file holds no events: its list of records is empty.
        "[]" Skipped: 0 kept, 0 rejected
        empty: The file holds no events: its list of records is empty.
        "{\"awsAccountId\":\"1\",\"dig" Skipped: 0 kept, 0 rejected
        digest: This is a digest file: it names log files and holds no events.
        "{}" Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        "{\"Records\":null}" Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        "{\"Records\":{\"eventName\":" Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        "{\"name\":\"package\",\"versi" Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        "{\"ResultSet\":{\"Rows\":[]}" Failed: 0 kept, 0 rejected
        unsupported: This looks like the output of Athena's get-query-results, which is not read. Drop the files of the trail's bucket, or a file with one CloudTrail record a line.
        "eventname,calls\nGetUser," Failed: 0 kept, 0 rejected
        unsupported: This looks like a table with neither the time nor the ID of an event, such as counts by name, which is not read. Drop the files of the trail's bucket, or a file with one CloudTrail record a line.
        "{\"QueryResultRows\":[[{\"e" Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        "[1,2]" Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        "[{\"name\":\"x\"}]" Failed: 0 kept, 0 rejected
        not-cloudtrail: This is JSON, but has no list of CloudTrail records. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        "{\"Records\":[{\"eventSourc" Read: 1 kept, 1 rejected
        bad-record record 1 byte 30: Record 2 was left out: it has nothing that a CloudTrail record has.
        bad-record: Beside the events there was 1 object without a CloudTrail record.
        "{\\rtf1 letter}" Failed: 0 kept, 0 rejected
        not-cloudtrail byte 1: This is no JSON, or no CloudTrail log. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        "hello" Failed: 0 kept, 0 rejected
        not-cloudtrail: This is no CloudTrail log that can be read: it is text that is no JSON and no CSV of events. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        "Event name,Event time,Us" Read: 1 kept, 0 rejected
        bad-record byte 32: 1 event has no readable time. It is kept, but in no span of time and in no chart.
        "�PNG\r\n\u{1a}\n" Failed: 0 kept, 0 rejected
        not-cloudtrail: This is no CloudTrail log that can be read: it is a PNG image. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        "PAR1rest" Failed: 0 kept, 0 rejected
        unsupported: This is no CloudTrail log that can be read: it is a Parquet file. Export the events as JSON or CSV, or drop the files of the trail's bucket.
        "%PDF-1.7" Failed: 0 kept, 0 rejected
        not-cloudtrail: This is no CloudTrail log that can be read: it is a PDF document. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        "��h\0i\0" Failed: 0 kept, 0 rejected
        not-cloudtrail: This is no CloudTrail log that can be read: it is text that is no JSON and no CSV of events. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        "eventName,message\n" Skipped: 0 kept, 0 rejected
        empty: The file holds no events: its list of records is empty.
        "time;message\n1;no JSON\n" Failed: 0 kept, 0 rejected
        not-cloudtrail: This is no CloudTrail log that can be read: it is text that is no JSON and no CSV of events. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        "<html></html>" Failed: 0 kept, 0 rejected
        not-cloudtrail: This is no CloudTrail log that can be read: it is XML or HTML. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        "\0\u{1}\u{2}\u{3}" Failed: 0 kept, 0 rejected
        not-cloudtrail: This is no CloudTrail log that can be read: it is no text. Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.
        "\u{1f}�\u{7}\0" Failed: 0 kept, 0 rejected
        corrupt-gzip byte 0: The file is damaged: its header is wrong. No event could be saved. Fetch the file again from where it came.
        gzip of nothing Skipped: 0 kept, 0 rejected
        empty: The file is empty.
    "#]].assert_eq(&told);
}

#[test]
fn problems_of_one_file_are_listed_up_to_a_number() {
    let text = format!(r#"{{"Records":[{}{{"eventName":"x"}}]}}"#, "1,".repeat(5000));
    let batch = read(text.as_bytes());
    assert_eq!((batch.rows, batch.files[0].rejected, batch.problems.len()), (1, 5000, 21));
    expect!["4980 more records of this file were left out."].assert_eq(&batch.problems[20].message);
}

// Records again

#[test]
fn a_record_is_given_back_byte_for_byte() {
    for bytes in [
        KINDS.as_bytes().to_vec(),
        gzip(KINDS.as_bytes()),
        [b"\xef\xbb\xbf", KINDS.as_bytes()].concat(),
    ] {
        let offsets = offsets(&read(&bytes));
        let records = records_at("k", &bytes, Coding::Plain, &offsets, Limits::default()).unwrap();
        assert_eq!(records.len(), 14);
        let mut from = 0;
        for (record, offset) in records.iter().zip(&offsets) {
            from += KINDS[from..].find(record.as_str()).expect("stands in the file, in this order");
            assert!(record.starts_with('{') && record.ends_with('}'), "{record}");
            assert_eq!(
                &record_at("k", &bytes, Coding::Plain, *offset, Limits::default()).unwrap(),
                record
            );
        }
        for line in lines_at("k", &bytes, Coding::Plain, &offsets, Limits::default()).unwrap() {
            assert!(!line.contains('\n'));
            serde_json::from_str::<serde_json::Value>(&line).unwrap();
        }
        let problem = record_at("k", &bytes, Coding::Plain, 5, Limits::default()).unwrap_err();
        assert_eq!((problem.kind.as_str(), problem.path.as_str()), ("unreadable", "k"));
    }
}

#[test]
fn records_that_break_the_rules_of_json_come_back_as_strict_json() {
    let told = |inside: &str| {
        let record = format!(r#"{{"eventName":"One","eventID":"1",{inside}}}"#);
        let bytes = format!(r#"{{"Records":[{record}]}}"#).into_bytes();
        let offsets = offsets(&read(&bytes));
        let limits = Limits::default();
        let texts = records_at("x", &bytes, Coding::Plain, &offsets, limits).expect("it is there");
        assert_eq!(texts, [record]);
        let lines = lines_at("x", &bytes, Coding::Plain, &offsets, limits);
        let line = lines.expect("it is there").remove(0);
        assert!(!line.contains('\n'));
        serde_json::from_str::<serde_json::Value>(&line).unwrap_or_else(|it| panic!("{it} {line}"));
        line[30..line.len() - 1].to_owned()
    };
    let mut table = String::new();
    for inside in [
        "\"a\":\"one\ntwo\tthree\u{1}\"",
        "\"k\ney\": [ 1 , { } ]",
        r#""a":"\q \x41 \u12 \u00e9 \" \\ \/""#,
        "\"a\":\"ends\\\n\"",
        r#""a":[007,1-2,-,1.,1e,1e+,-0,0.5e-7,12345678901234567890,1E5]"#,
    ] {
        table += &format!("{}\n", told(inside));
    }
    expect![[r#"
        1","a":"one\ntwo\tthree\u0001"
        1","k\ney":[1,{}]
        1","a":"\\q \\x41 \\u12 \u00e9 \" \\ \/"
        1","a":"ends\\\n"
        1","a":["007","1-2","-","1.","1e","1e+",-0,0.5e-7,12345678901234567890,1E5]
    "#]]
    .assert_eq(&table);
}

#[test]
fn a_reader_starts_anew_after_each_batch() {
    let mut reader = Reader::new(Limits::default());
    let one = |reader: &mut Reader| {
        reader.read(Input { file: FileId(1), path: "one", bytes: KINDS.as_bytes() });
        reader.read(Input { file: FileId(2), path: "two", bytes: &gzip(ODD.as_bytes()) });
        reader.unreadable(FileId(3), "three", "gone", false);
        reader.read(Input { file: FileId(4), path: "four", bytes: b"x" });
        assert_eq!(reader.rows(), 19);
        reader.finish()
    };
    let first = one(&mut reader);
    assert_eq!(first.files.iter().map(|it| it.rows).collect::<Vec<_>>(), [14, 5, 0, 0]);
    assert_eq!(one(&mut reader), first);
    assert_eq!(reader.finish(), Reader::new(Limits::default()).finish());
}

// Properties

/// JSON values as records hold them, with odd ones among them.
fn value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<u32>().prop_map(|it| (f64::from(it) / 7.0).into()),
        "[a-z{}\\[\\]:,\" \\\\\n\u{e9}\u{1f600}]{0,12}".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::vec((key(), inner), 0..4)
                .prop_map(|it| serde_json::Value::Object(it.into_iter().collect())),
        ]
    })
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "eventName",
            "eventTime",
            "eventID",
            "errorCode",
            "readOnly",
            "userIdentity",
            "arn",
            "type",
            "sessionContext",
            "sessionIssuer",
            "resources",
            "ARN",
            "responseElements",
            "tlsDetails",
        ])
        .prop_map(str::to_owned),
        "[a-z\"\\\\]{0,3}",
    ]
}

fn file() -> impl Strategy<Value = serde_json::Value> {
    let record = prop::collection::vec((key(), value()), 0..8).prop_map(|it| {
        let mut record: serde_json::Map<_, _> = it.into_iter().collect();
        record.insert("eventVersion".to_owned(), "1.08".into());
        record.insert("awsRegion".to_owned(), "eu-west-1".into());
        serde_json::Value::Object(record)
    });
    prop::collection::vec(record, 1..5).prop_map(|it| serde_json::json!({ "Records": it }))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn blanks_between_tokens_change_nothing(file in file()) {
        let dense = read(serde_json::to_string(&file).unwrap().as_bytes());
        let pretty_text = serde_json::to_string_pretty(&file).unwrap();
        let pretty = read(pretty_text.as_bytes());
        prop_assert_eq!(&dense.hashes, &pretty.hashes);
        prop_assert_eq!(rows(&dense), rows(&pretty));
        let records = file["Records"].as_array().unwrap();
        prop_assert_eq!(dense.rows as usize, records.len());
        let lines = lines_at("p", pretty_text.as_bytes(), Coding::Plain, &offsets(&pretty), Limits::default()).unwrap();
        for (line, record) in lines.iter().zip(records) {
            prop_assert_eq!(line, &serde_json::to_string(record).unwrap());
        }
        for (row, record) in rows(&dense).iter().zip(records) {
            if let Some(name) = record.get("eventName").and_then(|it| it.as_str()) {
                prop_assert_eq!(&row["eventName"], name);
            }
        }
    }

    #[test]
    fn a_cut_keeps_the_rows_before_it(file in file(), at in 0.0..1.0_f64, packed in any::<bool>()) {
        let text = serde_json::to_string(&file).unwrap();
        let bytes = if packed { gzip(text.as_bytes()) } else { text.into_bytes() };
        let all = rows(&read(&bytes));
        let cut = read(&bytes[..(bytes.len() as f64 * at) as usize]);
        prop_assert_eq!(&rows(&cut)[..], &all[..cut.rows as usize]);
        let status = cut.files[0].status;
        prop_assert_eq!(status == FileStatus::Read, cut.rows > 0);
        prop_assert!(!cut.problems.is_empty());
    }

    #[test]
    fn no_bytes_make_it_panic(file in file(), changes in prop::collection::vec((any::<u16>(), any::<u8>()), 1..6), packed in any::<bool>()) {
        let text = serde_json::to_string_pretty(&file).unwrap();
        let mut bytes = if packed { gzip(text.as_bytes()) } else { text.into_bytes() };
        for (at, byte) in changes {
            let at = usize::from(at) % bytes.len();
            bytes[at] = byte;
        }
        let batch = read(&bytes);
        rows(&batch);
        prop_assert!(records_at("p", &bytes, Coding::Plain, &offsets(&batch), Limits::default()).is_ok());
        for line in lines_at("p", &bytes, Coding::Plain, &offsets(&batch), Limits::default()).unwrap() {
            prop_assert!(serde_json::from_str::<serde::de::IgnoredAny>(&line).is_ok(), "{}", line);
        }
    }

    #[test]
    fn random_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..300), head in prop::sample::select(vec!["", "{", "[", "{\"Records\":[", "\x1f", "{\"Records\":[{\""])) {
        rows(&read(&[head.as_bytes(), &bytes].concat()));
    }
}

// Real logs, where they are at hand

fn real(folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(folder);
    let (mut left, mut files) = (vec![root], Vec::new());
    while let Some(path) = left.pop() {
        if let Ok(entries) = std::fs::read_dir(&path) {
            left.extend(entries.flatten().map(|it| it.path()));
        } else if let Ok(bytes) = std::fs::read(&path) {
            files.push((path, bytes));
        }
    }
    files.sort();
    files
}

#[test]
fn a_real_bucket_is_read_whole() {
    let files = real("sans-504");
    if files.is_empty() {
        return;
    }
    let mut reader = Reader::new(Limits::default());
    for (at, (path, bytes)) in files.iter().enumerate() {
        reader.read(Input { file: FileId(at as u32), path: path.to_str().unwrap(), bytes });
    }
    let batch = reader.finish();
    assert_eq!((batch.files.len(), batch.rows, batch.problems.len()), (3872, 30_477, 0));
    let rows = rows(&batch);
    let count = |field: Field, value: &str| {
        rows.iter().filter(|it| it.get(field.name()).is_some_and(|it| it == value)).count()
    };
    expect![[r#"
        15079 PutObject, 10014 AccessDenied, 10016 denied, 16574 Data, 0 without principal, from 2021-07-28T15:28:12Z to 2021-08-02T09:50:03Z
    "#]].assert_eq(&format!(
        "{} PutObject, {} AccessDenied, {} denied, {} Data, {} without principal, from {} to {}\n",
        count(Field::EventName, "PutObject"),
        count(Field::ErrorCode, "AccessDenied"),
        count(Field::Outcome, "denied"),
        count(Field::Category, "Data"),
        rows.iter().filter(|it| !it.contains_key("principal")).count(),
        rows.iter().map(|it| &it["eventTime"]).min().unwrap(),
        rows.iter().map(|it| &it["eventTime"]).max().unwrap(),
    ));
}

#[test]
fn other_real_logs_are_read() {
    let mut told = String::new();
    for folder in ["invictus", "boogy", "opensearch", "insights-records"] {
        for (path, bytes) in real(folder) {
            if folder != "invictus" && path.extension().is_some_and(|it| it == "json") {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                told += &format!("{name} {}", story(&read(&bytes)));
            } else if path.extension().is_some_and(|it| it == "json") {
                assert_eq!(read(&bytes).problems, []);
            }
        }
    }
    if !told.is_empty() {
        expect![[r#"
            cloudtrail.json Read: 1679 kept, 0 rejected
            create-key-pair.json Read: 1 kept, 0 rejected
            ec2-start-instance.json Read: 1 kept, 0 rejected
            ec2-stop-instance.json Read: 1 kept, 0 rejected
            AddUserToGroup.json Read: 1 kept, 0 rejected
            CreateRole.json Read: 1 kept, 0 rejected
            CreateUser.json Read: 1 kept, 0 rejected
            raw-sample.json Read: 1 kept, 0 rejected
            samples-large.json Read: 2 kept, 0 rejected
            bad-json record 2 byte 3053: The JSON is wrong at byte 3053, after 2 records. The 2 events before that were kept. Fetch the file again from where it came.
            samples.json Read: 50 kept, 0 rejected
            02_aws-docs-examples_End_ApiCallRateInsight_Insight.json Read: 1 kept, 0 rejected
            03_aws-docs-examples_Start_ApiCallRateInsight_Insight.json Read: 1 kept, 0 rejected
            04_aws-docs-examples_End_ApiErrorRateInsight_Insight.json Read: 1 kept, 0 rejected
            06_aws-docs-examples_Start_ApiCallRateInsight_Insight.json Read: 1 kept, 0 rejected
            08_aws-docs-examples_Start_ApiErrorRateInsight_Insight.json Read: 1 kept, 0 rejected
            15_awsdocs-cloudtrail-user-guide_Start_ApiCallRateInsight_Insight.json Read: 1 kept, 0 rejected
        "#]].assert_eq(&told);
    }
}

/// Three words of English in a row are a sentence that `ui/told.rs` forgot.
#[test]
fn readers_say_nothing_that_the_page_cannot_say_in_korean() {
    let event = r#"{"eventVersion":"1.08","eventTime":"2024-05-01T10:00:00Z","eventName":"A","eventSource":"s3.amazonaws.com"}"#;
    let whole = gzip(format!("{{\"Records\":[{event}]}}").as_bytes());
    let mut wrong_sum = whole.clone();
    let at = wrong_sum.len() - 6;
    wrong_sum[at] ^= 1;
    let mut inputs: Vec<Vec<u8>> = [
        "",
        "x y z",
        "<html>",
        "[]",
        "{\"Records\":[]}",
        "[1,{\"a\":2}]",
        "{\"a\":1}",
        "a,b\n1,2\n",
        "%PDF",
        "PAR1",
        "PK",
        "MZ",
        "SQLite format 3\0",
        "7z\u{bc}",
        "Rar!\u{1a}\u{7}",
        "{\"Records\":[5,{}]}",
        "{\"eventType\":\"Delivery\",\"mail\":{}}",
        "{\"metadata\":{},\"class_uid\":6003}",
        "{\"ResultSet\":{}}",
        "{\"PublicKeyList\":[]}",
        "{\"digestStartTime\":\"2024-05-01T10:00:00Z\",\"logFiles\":[]}",
        "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventVersion\":\"2.1\"}]}",
        "name,count\na,1\n",
        "eventTime,user\n2024-05-01T10:00:00Z,jo\n",
    ]
    .map(|it| it.as_bytes().to_vec())
    .to_vec();
    inputs.push(format!("{{\"Records\":[{event},").into_bytes());
    inputs.push(format!("{{\"Records\":[{event},?]}}").into_bytes());
    inputs.push(format!("{{\"Records\":[{event},7]}}").into_bytes());
    inputs.push(
        format!("{{\"Records\":[{}]}}", event.replace("2024-05-01T10", "never")).into_bytes(),
    );
    inputs.push(b"{\"Records\":[{\"eventVersion\":\"1\",\"eventName\":\"\xff\",\"eventTime\":\"2024-05-01T10:00:00Z\"}]}".to_vec());
    inputs.push(whole[..whole.len() - 20].to_vec());
    inputs.push(wrong_sum);
    inputs.push([&whole[..], b"rest"].concat());
    inputs.push(gzip(&gzip(&gzip(&gzip(event.as_bytes())))));
    inputs.push(b"\x1f\x8b\x07".to_vec());
    let mut reader = Reader::new(Limits::default());
    for (at, bytes) in inputs.iter().enumerate() {
        reader.read(Input { file: FileId(at as u32), path: "a", bytes });
    }
    let problems = reader.finish().problems;
    assert!(problems.len() >= 20, "{}", problems.len());
    let forgotten: Vec<String> = problems
        .iter()
        .map(|it| told(&it.message, Language::Korean).into_owned())
        .filter(|it| {
            let is_english = |it: &&str| it.bytes().all(|it| it.is_ascii_lowercase());
            let words: Vec<&str> = it.split_whitespace().collect();
            words.windows(3).any(|it| it.iter().all(is_english))
        })
        .collect();
    assert!(forgotten.is_empty(), "{forgotten:#?}");
}
