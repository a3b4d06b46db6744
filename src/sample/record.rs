//! Writes one record, with its fields in the order in which CloudTrail writes them.

use super::api::{Api, Form, Words};
use super::dice::Dice;
use super::fill::{Filling, fill};
use super::identity::Caller;
use super::text;

/// How a call ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Fine,
    Denied,
    Throttled,
    /// What the call asks for is not there.
    Missing,
    /// A failed sign-in: a message without a code.
    WrongPassword,
    Failed {
        code: &'static str,
        message: &'static str,
    },
}

/// One call, ready to be recorded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call<'a> {
    pub(super) caller: &'a Caller,
    /// The account of the caller's calls, by its number.
    pub(super) account: &'a str,
    pub(super) region: &'a str,
    pub(super) api: &'a Api,
    pub(super) millis: i64,
    pub(super) words: Words<'a>,
    pub(super) ending: Ending,
}

/// Writes the record as one JSON object.
pub(super) fn record(out: &mut Vec<u8>, call: &Call<'_>, dice: &mut Dice) {
    let Call { caller, api, .. } = call;
    let filling = Filling {
        account: call.account,
        region: call.region,
        millis: call.millis,
        draw: dice.next(),
        words: call.words,
    };
    let object = |out: &mut Vec<u8>, name: &str, template: &str| {
        raw(out, name);
        fill(out, template, &filling);
    };
    out.extend_from_slice(b"{\"eventVersion\":\"");
    out.extend_from_slice(api.event_version().as_bytes());
    out.extend_from_slice(b"\",\"userIdentity\":");
    out.extend_from_slice(&caller.identity);
    out.extend_from_slice(b",\"eventTime\":\"");
    text::moment(out, call.millis);
    out.extend_from_slice(b"\",\"eventSource\":\"");
    out.extend_from_slice(api.service.as_bytes());
    out.extend_from_slice(b".amazonaws.com\",\"eventName\":\"");
    out.extend_from_slice(api.name.as_bytes());
    string(out, "\",\"awsRegion\":", call.region);
    string(out, ",\"sourceIPAddress\":", &caller.address);
    string(out, ",\"userAgent\":", &caller.agent);
    failure(out, call, &filling);
    object(out, "requestParameters", api.request);
    let answers = api.form != Form::ServiceEvent
        && matches!(call.ending, Ending::Fine | Ending::WrongPassword);
    object(out, "responseElements", if answers { api.response } else { "null" });
    if api.service == "s3" {
        s3_addition(out, call, dice);
    } else if !api.additional.is_empty() {
        object(out, "additionalEventData", api.additional);
    }
    if api.form == Form::Call {
        raw(out, "requestID");
        out.push(b'"');
        if api.service == "s3" {
            text::s3_request_id(out, dice);
        } else {
            text::uuid(out, dice);
        }
        out.push(b'"');
    }
    id(out, "eventID", dice);
    flag(out, "readOnly", api.read_only);
    if !api.resources.is_empty() && call.ending != Ending::Missing {
        object(out, "resources", api.resources);
    }
    out.extend_from_slice(match api.form {
        Form::Call => b",\"eventType\":\"AwsApiCall\"",
        Form::SignIn => b",\"eventType\":\"AwsConsoleSignIn\"",
        Form::ServiceEvent => b",\"eventType\":\"AwsServiceEvent\"",
    });
    flag(out, "managementEvent", !api.data);
    string(out, ",\"recipientAccountId\":", call.account);
    if caller.is_shared {
        id(out, "sharedEventID", dice);
    }
    if api.form == Form::ServiceEvent {
        object(out, "serviceEventDetails", api.response);
    }
    if caller.through_endpoint {
        string(out, ",\"vpcEndpointId\":", "vpce-0a4c17e29b83d5f60");
        string(out, ",\"vpcEndpointAccountId\":", call.account);
    }
    string(out, ",\"eventCategory\":", if api.data { "Data" } else { "Management" });
    if !caller.is_service && api.form != Form::ServiceEvent {
        tls(out, call);
    }
    if caller.from_console && api.form == Form::Call {
        out.extend_from_slice(b",\"sessionCredentialFromConsole\":\"true\"");
    }
    out.push(b'}');
}

fn raw(out: &mut Vec<u8>, name: &str) {
    out.extend_from_slice(b",\"");
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":");
}

fn string(out: &mut Vec<u8>, before: &str, value: &str) {
    out.extend_from_slice(before.as_bytes());
    text::quoted(out, value);
}

fn flag(out: &mut Vec<u8>, name: &str, value: bool) {
    raw(out, name);
    out.extend_from_slice(if value { b"true" } else { b"false" });
}

fn id(out: &mut Vec<u8>, name: &str, dice: &mut Dice) {
    raw(out, name);
    out.push(b'"');
    text::uuid(out, dice);
    out.push(b'"');
}

/// `errorCode` and `errorMessage`, in the spelling of the service.
fn failure(out: &mut Vec<u8>, call: &Call<'_>, filling: &Filling<'_>) {
    let Api { service, name, .. } = call.api;
    let mut both = |code: &str, message: &str| {
        if !code.is_empty() {
            string(out, ",\"errorCode\":", code);
        }
        string(out, ",\"errorMessage\":", message);
    };
    match call.ending {
        Ending::Fine => {},
        Ending::WrongPassword => both("", "Failed authentication"),
        Ending::Failed { code, message } => both(code, message),
        Ending::Throttled if *service == "ec2" => {
            both("Client.RequestLimitExceeded", "Request limit exceeded.");
        },
        Ending::Throttled => both("ThrottlingException", "Rate exceeded"),
        Ending::Missing => match (*service, call.api.data) {
            ("s3", true) => both("NoSuchKey", "The specified key does not exist."),
            ("s3", false) => both("NoSuchBucket", "The specified bucket does not exist"),
            ("iam", _) => both("NoSuchEntityException", "The role cannot be found."),
            _ => both("ResourceNotFoundException", "Requested resource not found"),
        },
        Ending::Denied => {
            let code = match *service {
                "ec2" => "Client.UnauthorizedOperation",
                "lambda" | "ecs" | "logs" | "ecr" | "rds" | "guardduty" => "AccessDeniedException",
                _ => "AccessDenied",
            };
            string(out, ",\"errorCode\":", code);
            let action =
                format!("{service}:{}", name.trim_end_matches(|c: char| c.is_ascii_digit()));
            let arn = &call.caller.arn;
            string(
                out,
                ",\"errorMessage\":",
                &format!("User: {arn} is not authorized to perform: {action} on resource: "),
            );
            out.pop();
            fill(out, resource(call), filling);
            text::escaped(out, " because no identity-based policy allows the ");
            text::escaped(out, &action);
            text::escaped(out, " action");
            out.push(b'"');
        },
    }
}

/// What a call that was denied was about, as a template.
fn resource(call: &Call<'_>) -> &'static str {
    match (call.api.service, call.api.data) {
        ("s3", true) => "arn:aws:s3:::$b/$k",
        ("s3", false) if !call.words.bucket.is_empty() => "arn:aws:s3:::$b",
        ("ssm", _) => "arn:aws:ssm:$R:$A:parameter/$t",
        ("sts", _) => "arn:aws:iam::$A:role/$t",
        ("kms", _) => "arn:aws:kms:$R:$A:key/$q",
        ("cloudtrail", _) => "arn:aws:cloudtrail:us-east-1:777788889999:trail/moonjar-org",
        _ => "*",
    }
}

/// The additional data of S3: signature, sizes, and the long request id.
fn s3_addition(out: &mut Vec<u8>, call: &Call<'_>, dice: &mut Dice) {
    let moved = if call.ending == Ending::Fine { 400 + dice.below(1 << 20) } else { 0 };
    let sends = !call.api.read_only;
    raw(out, "additionalEventData");
    out.extend_from_slice(b"{\"SignatureVersion\":\"SigV4\",\"CipherSuite\":\"TLS_AES_128_GCM_SHA256\",\"bytesTransferredIn\":");
    text::decimal(out, if sends { moved } else { 0 }, 1);
    if call.api.data {
        out.extend_from_slice(b",\"SSEApplied\":\"SSE_KMS\"");
    }
    out.extend_from_slice(b",\"AuthenticationMethod\":\"AuthHeader\",\"x-amz-id-2\":\"");
    text::s3_extended_id(out, dice);
    out.extend_from_slice(b"\",\"bytesTransferredOut\":");
    text::decimal(out, if sends { 0 } else { moved }, 1);
    out.push(b'}');
}

fn tls(out: &mut Vec<u8>, call: &Call<'_>) {
    let api = call.api;
    raw(out, "tlsDetails");
    out.extend_from_slice(b"{\"tlsVersion\":\"TLSv1.3\",\"cipherSuite\":\"TLS_AES_128_GCM_SHA256\",\"clientProvidedHostHeader\":\"");
    if api.service == "s3" && !call.words.bucket.is_empty() && api.name != "ListBuckets" {
        text::escaped(out, call.words.bucket);
        out.push(b'.');
    }
    out.extend_from_slice(api.service.as_bytes());
    if !api.is_global() {
        out.push(b'.');
        out.extend_from_slice(call.region.as_bytes());
    }
    out.extend_from_slice(b".amazonaws.com\"");
    if matches!(api.event_version(), "1.11") {
        out.extend_from_slice(b",\"keyExchange\":\"X25519MLKEM768\"");
    }
    out.push(b'}');
}
