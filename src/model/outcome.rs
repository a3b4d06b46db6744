//! One honest field for how a call ended. Other tools know only "AccessDenied or not", and so
//! count throttled, missing and failed calls as successes.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Outcome {
    Success,
    Denied,
    Throttled,
    NotFound,
    Invalid,
    Error,
}

impl Outcome {
    /// In the order in which charts stack them.
    pub const ALL: [Outcome; 6] = [
        Outcome::Success,
        Outcome::Denied,
        Outcome::Throttled,
        Outcome::NotFound,
        Outcome::Invalid,
        Outcome::Error,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Success => "success",
            Outcome::Denied => "denied",
            Outcome::Throttled => "throttled",
            Outcome::NotFound => "not-found",
            Outcome::Invalid => "invalid",
            Outcome::Error => "error",
        }
    }
}

/// What a record says about its end.
#[derive(Clone, Copy, Debug, Default)]
pub struct Signs<'a> {
    pub event_name: &'a str,
    pub event_type: &'a str,
    pub error_code: Option<&'a str>,
    pub error_message: Option<&'a str>,
    /// `responseElements.ConsoleLogin` of a sign-in.
    pub console_login: Option<&'a str>,
}

/// Spellings of error codes, first match wins; a `*` stands for anything. EC2 puts [`SIDES`] before
/// them.
const CODES: &[(Outcome, &[&str])] = &[
    (Outcome::Denied, &["*AccessDenied*", "*Unauthorized*", "*Forbidden*"]),
    (Outcome::Throttled, &["*Throttl*", "RequestLimitExceeded", "TooManyRequests*", "SlowDown"]),
    (Outcome::NotFound, &["NoSuch*", "*NotFound*"]),
    (Outcome::Invalid, &["*Invalid*", "*Validation*", "*Malformed*"]),
];

/// Whose fault EC2 says that it is.
const SIDES: &[&str] = &["Client.", "Server."];

/// How the call ended. A sign-in says so in its answer, not in an error code, and so do services
/// that write only a message.
pub fn outcome(signs: Signs<'_>) -> Outcome {
    let error_code = signs.error_code.filter(|it| !it.is_empty());
    let only_message = error_code.is_none() && signs.error_message.is_some_and(|it| !it.is_empty());
    if signs.console_login == Some("Failure") {
        return Outcome::Denied;
    }
    if only_message {
        let sign_in = signs.event_name == "ConsoleLogin" || signs.event_type == "AwsConsoleSignIn";
        return if sign_in { Outcome::Denied } else { Outcome::Error };
    }
    let Some(code) = error_code else { return Outcome::Success };
    let code = SIDES.iter().find_map(|it| code.strip_prefix(it)).unwrap_or(code);
    let fits = |patterns: &[&str]| patterns.iter().any(|pattern| matches(pattern, code));
    CODES.iter().find(|(_, patterns)| fits(patterns)).map_or(Outcome::Error, |(it, _)| *it)
}

fn matches(pattern: &str, code: &str) -> bool {
    let inner = pattern.trim_matches('*');
    match (pattern.starts_with('*'), pattern.ends_with('*')) {
        (true, true) => code.contains(inner),
        (false, true) => code.starts_with(inner),
        (true, false) => code.ends_with(inner),
        (false, false) => code == inner,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_failure() {
        let check = |code: &str, wanted: Outcome| {
            assert_eq!(
                outcome(Signs { error_code: Some(code), ..Signs::default() }),
                wanted,
                "{code}"
            );
        };
        check("AccessDenied", Outcome::Denied);
        check("AccessDeniedException", Outcome::Denied);
        check("Client.UnauthorizedOperation", Outcome::Denied);
        check("VpceAccessDenied", Outcome::Denied);
        check("403 Forbidden", Outcome::Denied);
        check("ThrottlingException", Outcome::Throttled);
        check("Client.RequestLimitExceeded", Outcome::Throttled);
        check("Client.TooManyRequestsException", Outcome::Throttled);
        check("Server.SlowDown", Outcome::Throttled);
        check("RequestLimitExceeded", Outcome::Throttled);
        check("SlowDown", Outcome::Throttled);
        check("NoSuchBucket", Outcome::NotFound);
        check("ResourceNotFoundException", Outcome::NotFound);
        check("Client.NoSuchVersion", Outcome::NotFound);
        check("Client.InvalidParameterValue", Outcome::Invalid);
        check("ValidationException", Outcome::Invalid);
        check("InternalFailure", Outcome::Error);
        check("Server.InternalError", Outcome::Error);
        check("", Outcome::Success);
    }

    #[test]
    fn a_failed_sign_in_is_denied_without_an_error_code() {
        let signs = Signs {
            event_name: "ConsoleLogin",
            event_type: "AwsConsoleSignIn",
            ..Signs::default()
        };
        assert_eq!(outcome(Signs { console_login: Some("Failure"), ..signs }), Outcome::Denied);
        assert_eq!(
            outcome(Signs { error_message: Some("Failed authentication"), ..signs }),
            Outcome::Denied
        );
        assert_eq!(outcome(Signs { console_login: Some("Success"), ..signs }), Outcome::Success);
        let other = Signs { event_name: "Publish", ..Signs::default() };
        assert_eq!(outcome(Signs { error_message: Some("broken"), ..other }), Outcome::Error);
    }
}
