//! People at work: they sign in, look around, sometimes change something.

use super::api::Words;
use super::catalogue::{
    ASSUME_ROLE_WITH_SAML, CONSOLE_LOGIN, GET_CALLER_IDENTITY, GET_ROLE_CREDENTIALS,
    TERMINATE_INSTANCES, USER_AUTHENTICATION,
};
use super::fill::access_key;
use super::identity::{self, Caller, RoleSession};
use super::organisation::{
    ACCOUNTS, ANALYSTS, OFFICES, PROD, Person, SANDBOX, SECURITY, SERVICES, STAGING, US_EAST,
};
use super::record::Ending;
use super::stage::Stage;
use crate::model::time::{MINUTE, SECOND};

/// How busy an hour of local time is, from midnight on.
const HOURS: [u64; 24] =
    [1, 0, 0, 0, 0, 0, 1, 4, 25, 80, 100, 92, 45, 80, 98, 95, 85, 55, 22, 9, 6, 5, 4, 2];

pub(super) const BROWSER: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36";
const COMMAND_LINE: &str = "aws-cli/2.24.10 md/awscrt#0.23.8 ua/2.0 os/macos#24.3.0 md/arch#arm64 lang/python#3.12.9 md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/prompt#off";

/// How busy an office is at an hour of UTC; weekends are quiet.
pub(super) fn busy(office: usize, day: u64, hour: u64) -> u64 {
    let local = hour + OFFICES[office].offset;
    // An office with an offset above 12 lies west of Greenwich: its day began yesterday.
    let west = u64::from(OFFICES[office].offset > 12);
    let day = (day + 7 + local / 24 - west) % 7;
    let weight = HOURS[(local % 24) as usize] * 10;
    if day < 5 { weight } else { weight / 25 }
}

/// One person's work of some minutes, at an hour of UTC on a day of the week.
pub(super) fn work(stage: &mut Stage, people: &[Person], (day, hour): (u64, u64), millis: i64) {
    let Some(person) = somebody(stage, people, (day, hour)) else { return };
    let account = match stage.dice.below(100) {
        _ if person.is_security && stage.dice.per_mille(600) => SECURITY,
        0..48 => PROD,
        48..76 => STAGING,
        76..96 => SANDBOX,
        _ => SECURITY,
    };
    let regions = ACCOUNTS[account].regions;
    let home = OFFICES[person.office].region;
    let region = if regions.contains(&home) && stage.dice.per_mille(650) {
        home
    } else {
        regions[stage.dice.place(regions.len())]
    };
    let in_console = stage.dice.per_mille(550);
    let (caller, mut now) = sign_in(stage, person, account, region, in_console, millis);
    let calls = stage.dice.skewed(14);
    let interest = person.interests[usize::from(stage.dice.per_mille(300))];
    let target = SERVICES[stage.dice.place(SERVICES.len())];
    let buckets = ACCOUNTS[account].buckets;
    let bucket = buckets[stage.dice.place(buckets.len())];
    for _ in 0..calls {
        if !stage.has_room() {
            return;
        }
        now += stage.dice.between(1, 24) as i64 * SECOND;
        let changes = !interest.writes.is_empty() && stage.dice.per_mille(90);
        let list = if changes { interest.writes } else { interest.reads };
        let api = &list[stage.dice.place(list.len())];
        let ending = match stage.dice.below(1000) {
            0..22 => Ending::Denied,
            22..30 if api.service == "iam" || api.service == "s3" => Ending::Missing,
            30..34 => Ending::Throttled,
            _ => Ending::Fine,
        };
        stage.call(&caller, region, api, now, Words { bucket, key: "exports/", target }, ending);
    }
    let may_end = !person.is_security && person.permissions != ANALYSTS;
    if account == SANDBOX && may_end && stage.dice.per_mille(250) {
        let words = Words::default();
        stage.call(&caller, region, &TERMINATE_INSTANCES, now + SECOND, words, Ending::Fine);
    }
}

/// Who is likely to work at this hour.
fn somebody<'a>(
    stage: &mut Stage,
    people: &'a [Person],
    (day, hour): (u64, u64),
) -> Option<&'a Person> {
    let weight = |person: &Person| busy(person.office, day, hour);
    let all: u64 = people.iter().map(weight).sum();
    let mut at = stage.dice.below(all);
    people.iter().find(|person| {
        let weight = weight(person);
        let found = at < weight;
        at = at.saturating_sub(weight);
        found
    })
}

/// The records of signing in, and who calls from then on.
fn sign_in(
    stage: &mut Stage,
    person: &Person,
    account: usize,
    region: usize,
    in_console: bool,
    millis: i64,
) -> (Caller, i64) {
    let id = ACCOUNTS[account].id;
    let agent = if in_console { BROWSER } else { COMMAND_LINE };
    let mut caller = Caller {
        account,
        address: person.address.clone(),
        agent: agent.to_owned(),
        from_console: in_console,
        ..Caller::default()
    };
    let mut now = millis;
    if person.permissions.is_empty() {
        caller.arn = identity::user_arn(id, &person.name);
        let words = Words { target: &person.name, ..Words::default() };
        if in_console {
            caller.identity = identity::iam_user(id, &person.name, "", None);
            stage.call(&caller, US_EAST, &CONSOLE_LOGIN, now, words, Ending::Fine);
            now += 5 * SECOND;
        }
        let key = some_key(stage, if in_console { b"ASIA" } else { b"AKIA" }, person);
        caller.identity = identity::iam_user(id, &person.name, &key, in_console.then_some(millis));
        return (caller, now);
    }
    let email = format!("{}@moonjar.example", person.name);
    let words = Words { target: &email, ..Words::default() };
    let portal = Caller {
        identity: identity::identity_center(ACCOUNTS[SECURITY].id, &person.name),
        account: SECURITY,
        ..caller.clone()
    };
    if stage.dice.per_mille(350) {
        stage.call(&portal, US_EAST, &USER_AUTHENTICATION, now, words, Ending::Fine);
        now += 9 * SECOND;
    }
    let role = Words { target: person.permissions, ..Words::default() };
    if !in_console {
        let portal = Caller { from_console: false, account, ..portal };
        stage.call(&portal, US_EAST, &GET_ROLE_CREDENTIALS, now, role, Ending::Fine);
    } else if stage.dice.per_mille(600) {
        let saml =
            Caller { identity: identity::saml(&email), from_console: false, ..caller.clone() };
        stage.call(&saml, US_EAST, &ASSUME_ROLE_WITH_SAML, now, role, Ending::Fine);
    }
    let session = RoleSession {
        account: id,
        path: "/aws-reserved/sso.amazonaws.com/ap-northeast-2/",
        role: person.permissions,
        session: &email,
        since_millis: now,
        with_mfa: false,
        invoked_by: "",
        delivered: "",
    };
    caller.arn = session.arn();
    caller.identity = session.json();
    if in_console {
        stage.call(&caller, US_EAST, &CONSOLE_LOGIN, now + 2 * SECOND, words, Ending::Fine);
    } else if stage.dice.per_mille(300) {
        stage.call(&caller, region, &GET_CALLER_IDENTITY, now + SECOND, words, Ending::Fine);
    }
    (caller, (now + 4 * SECOND).min(millis + MINUTE))
}

/// A key of a person: a long-lived one is always the same.
fn some_key(stage: &mut Stage, prefix: &[u8], person: &Person) -> String {
    let lasting = person.name.bytes().fold(7, |sum, byte| super::dice::mix(sum, u64::from(byte)));
    let draw = if prefix == b"AKIA" { lasting } else { stage.dice.next() };
    let mut key = Vec::new();
    access_key(&mut key, prefix, draw);
    String::from_utf8(key).unwrap_or_default()
}
