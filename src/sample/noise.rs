//! The failures of every week: a scanner without rights, a forgotten script, mistyped passwords.

use super::api::Words;
use super::catalogue::{
    ASSUME_ROLE, CONSOLE_LOGIN_FAILED, CONTAINER_READS, DATABASE_READS, EC2_READS, IAM_READS,
    LAMBDA_READS, LIST_OBJECTS, SECURITY_READS,
};
use super::identity::{self, Caller, RoleSession};
use super::organisation::{ACCOUNTS, PROD, Person, SERVICES, US_EAST};
use super::people::BROWSER;
use super::record::Ending;
use super::stage::Stage;
use crate::model::time::SECOND;

/// The account of the company that scans for weaknesses.
const SCANNER_ACCOUNT: &str = "999988887777";
const SCANNER_ADDRESS: &str = "198.51.100.23";

pub(super) fn disturb(stage: &mut Stage, people: &[Person], millis: i64) {
    match stage.dice.below(100) {
        0..62 => scan(stage, millis),
        62..92 => forgotten_script(stage, millis),
        _ => mistype(stage, people, millis),
    }
}

/// A scanner from another company takes the role it was given, and is denied a part of what it asks.
fn scan(stage: &mut Stage, millis: i64) {
    let account = stage.dice.place(ACCOUNTS.len());
    let id = ACCOUNTS[account].id;
    let outside = Caller {
        identity: identity::foreign(SCANNER_ACCOUNT, "skywatch"),
        account,
        address: SCANNER_ADDRESS.to_owned(),
        agent: "Skywatch/4.2 Boto3/1.36.3".to_owned(),
        is_shared: true,
        ..Caller::default()
    };
    let words = Words { bucket: "", key: "", target: "SkywatchScanner" };
    stage.call(&outside, US_EAST, &ASSUME_ROLE, millis, words, Ending::Fine);
    let session = RoleSession {
        account: id,
        path: "/",
        role: "SkywatchScanner",
        session: "skywatch-posture",
        since_millis: millis,
        with_mfa: false,
        invoked_by: "",
        delivered: "",
    };
    let (arn, identity) = (session.arn(), session.json());
    let caller = Caller { arn, identity, is_shared: false, ..outside };
    let regions = ACCOUNTS[account].regions;
    let region = regions[stage.dice.place(regions.len())];
    let lists =
        [EC2_READS, IAM_READS, LAMBDA_READS, DATABASE_READS, CONTAINER_READS, SECURITY_READS];
    let target = SERVICES[stage.dice.place(SERVICES.len())];
    let words = Words { bucket: ACCOUNTS[account].buckets[0], key: "", target };
    for step in 0..stage.dice.skewed(9) {
        let list = lists[stage.dice.place(lists.len())];
        let api = &list[stage.dice.place(list.len())];
        let ending = if stage.dice.per_mille(280) { Ending::Denied } else { Ending::Fine };
        stage.call(&caller, region, api, millis + step as i64 * 2 * SECOND, words, ending);
    }
}

/// A script that nobody looks after asks for a bucket that is gone.
fn forgotten_script(stage: &mut Stage, millis: i64) {
    let id = ACCOUNTS[PROD].id;
    let caller = Caller {
        arn: identity::user_arn(id, "legacy-sync"),
        identity: identity::iam_user(id, "legacy-sync", "AKIA4QZT2MKVLEXAMPLE", None),
        account: PROD,
        address: ACCOUNTS[PROD].gateway.to_owned(),
        agent: "aws-cli/1.18.69 Python/3.8.10 Linux/5.4.0-204-generic botocore/1.16.19".to_owned(),
        ..Caller::default()
    };
    let words = Words { bucket: "moonjar-old-exports", key: "", target: "" };
    let ending =
        Ending::Failed { code: "NoSuchBucket", message: "The specified bucket does not exist" };
    stage.call(&caller, US_EAST, &LIST_OBJECTS, millis, words, ending);
}

/// Somebody mistypes their password, or their name.
fn mistype(stage: &mut Stage, people: &[Person], millis: i64) {
    let Some(person) = people.get(stage.dice.place(people.len())) else { return };
    let id = ACCOUNTS[PROD].id;
    let has_user = person.permissions.is_empty();
    let identity = if has_user {
        identity::iam_user(id, &person.name, "", None)
    } else {
        identity::hidden_user(id)
    };
    let caller = Caller {
        identity,
        account: PROD,
        address: person.address.clone(),
        agent: BROWSER.to_owned(),
        ..Caller::default()
    };
    let words = Words { target: &person.name, ..Words::default() };
    stage.call(&caller, US_EAST, &CONSOLE_LOGIN_FAILED, millis, words, Ending::WrongPassword);
}
