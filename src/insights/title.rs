//! What an incident is called, and how much it asks to be looked at.

use std::collections::BTreeSet;

use super::incident::Found;
use crate::model::{
    derived,
    field::Field,
    insight::{Measure, Part, Tier, TitleKind},
};

/// Names of calls that make resources, `*` for anything; the exceptions below them make nothing
/// that lasts, and are made in numbers by every program.
const MAKES: &[&str] =
    &["RunInstances", "RunTask", "Create*", "Launch*", "Allocate*", "Provision*"];
const MAKES_NOT: &[&str] =
    &["CreateLogStream", "CreateGrant", "CreateTags", "CreateSession", "CreateMultipartUpload"];
const LIMITS: &[&str] = &[
    "*Throttl*",
    "RequestLimitExceeded",
    "TooManyRequests*",
    "SlowDown",
    "*LimitExceeded*",
    "*QuotaExceeded*",
];
const DENIED: &[&str] = &["*AccessDenied*", "*Unauthorized*", "*Forbidden*"];
/// So many different APIs denied look like someone trying what is allowed.
const PROBED_APIS: usize = 5;

/// Services whose settings decide who may do what, and what is watched.
const GUARDED: &[&str] = &["iam", "sts", "kms", "cloudtrail", "organizations", "guardduty"];
/// Leading words of the everyday calls of keys and roles, and of some that change nothing either.
const EVERYDAY: &[&str] =
    &["Batch", "Simulate", "Verify", "Decode", "Test", "Assume", "Decrypt", "Encrypt", "Generate"];

/// `members` are the findings of one incident, the leading one first.
pub(super) fn title_kind(members: &[&Found]) -> TitleKind {
    let lead = members[0];
    if let Some(title) = lead.title {
        return title;
    }
    if lead.measure == Measure::Errors {
        let is_of = |patterns: &[&str]| {
            matches(&lead.names.error_code, patterns, &[])
                || mostly(lead.parts(Field::ErrorCode), patterns, &[])
        };
        if is_of(LIMITS) {
            TitleKind::Limits
        } else if is_of(DENIED) && denied_apis(members) >= PROBED_APIS {
            TitleKind::Probing
        } else {
            TitleKind::Errors
        }
    } else if derived::service(&lead.names.event_source) == "iam" {
        TitleKind::IamBurst
    } else if makes(lead) {
        TitleKind::Provisioning
    } else {
        TitleKind::Burst
    }
}

/// From the surprise, one step up for what is dangerous, one down for what AWS itself does.
pub(super) fn tier(
    e: f64,
    members: &[&Found],
    principal: Option<&str>,
    principal_is_new: bool,
) -> Tier {
    const TIERS: [Tier; 5] = [Tier::Info, Tier::Low, Tier::Medium, Tier::High, Tier::Critical];
    let surprise = [0.5, 1.0, 2.0, 4.0].iter().filter(|least| e >= **least).count();
    let is_root = principal.is_some_and(|it| it.ends_with(":root"));
    let dangerous = principal_is_new || is_root || members.iter().any(|it| changes_guard(it));
    let by_aws = principal.is_some_and(is_aws_service);
    let step = (surprise + usize::from(dangerous)).saturating_sub(usize::from(by_aws));
    TIERS[step.min(TIERS.len() - 1)]
}

/// Whether a principal is a service of AWS, which acts in every account by itself.
pub(super) fn is_aws_service(principal: &str) -> bool {
    principal.ends_with(".amazonaws.com") || principal.ends_with(".amazonaws.com.cn")
}

fn makes(found: &Found) -> bool {
    if found.names.event_name.is_empty() {
        mostly(found.parts(Field::EventName), MAKES, MAKES_NOT)
    } else {
        matches(&found.names.event_name, MAKES, MAKES_NOT)
    }
}

/// Whether at least half of the events have such a value.
fn mostly(parts: &[Part], patterns: &[&str], exceptions: &[&str]) -> bool {
    let all: u64 = parts.iter().map(|it| it.inside).sum();
    let such: u64 = parts
        .iter()
        .filter(|it| matches(&it.value, patterns, exceptions))
        .map(|it| it.inside)
        .sum();
    all > 0 && such * 2 >= all
}

fn denied_apis(members: &[&Found]) -> usize {
    let mut apis = BTreeSet::new();
    for member in members {
        let denied = matches(&member.names.error_code, DENIED, &[])
            || mostly(member.parts(Field::ErrorCode), DENIED, &[]);
        if member.measure != Measure::Errors || !denied {
            continue;
        }
        let source = member.names.event_source.as_str();
        if !member.names.event_name.is_empty() {
            apis.insert((source, member.names.event_name.as_str()));
        }
        let names = member.parts(Field::EventName).iter();
        apis.extend(names.filter(|it| it.inside > 0).map(|it| (source, it.value.as_str())));
    }
    apis.len()
}

fn changes_guard(found: &Found) -> bool {
    let is_change = |name: &str| {
        let harmless = derived::is_read(name) || EVERYDAY.contains(&derived::verb(name));
        !name.is_empty() && !harmless
    };
    let name = &found.names.event_name;
    let parts = found.parts(Field::EventName).iter();
    GUARDED.contains(&derived::service(&found.names.event_source))
        && (is_change(name) || parts.clone().any(|it| it.inside > 0 && is_change(&it.value)))
}

fn matches(text: &str, patterns: &[&str], exceptions: &[&str]) -> bool {
    let one = |pattern: &&str| {
        let bare = pattern.trim_matches('*');
        match (pattern.starts_with('*'), pattern.ends_with('*')) {
            (true, true) => text.contains(bare),
            (true, false) => text.ends_with(bare),
            (false, true) => text.starts_with(bare),
            (false, false) => text == bare,
        }
    };
    patterns.iter().any(one) && !exceptions.iter().any(one)
}
