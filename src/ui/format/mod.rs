//! Numbers, times and spans as text. Pure: what they are given, they write.

use std::borrow::Cow;

mod duration;
mod moment;
mod number;
mod visible;

pub(crate) use duration::{clock, duration, elapsed};
pub(crate) use moment::{day, instant, span, time_of_day};
pub(crate) use number::{about, bytes, compact, grouped, percent, plural, share_percent};
pub(crate) use visible::{visible, visible_lines};

/// Puts values into the places `{name}` of a template, as they are shown. A place without a value
/// stays as it is.
pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let value = after.split_once('}').and_then(|(name, tail)| {
            values.iter().find(|(it, _)| *it == name).map(|(_, value)| (*value, tail))
        });
        match value {
            Some((value, tail)) => {
                filled.push_str(&visible(value));
                rest = tail;
            },
            None => {
                filled.push('{');
                rest = after;
            },
        }
    }
    filled.push_str(rest);
    filled
}

/// A number in the place `{n}` of the words for it, `one|many`.
pub(crate) fn counted(words: &'static str, number: u64) -> String {
    fill(plural(words, number), &[("n", &grouped(number))])
}

/// The part of an ARN that a person reads: what follows the account, the path of a role or user
/// left out; other text whole. As it is shown.
pub(crate) fn short_arn(arn: &str) -> Cow<'_, str> {
    match name_of(arn) {
        Cow::Borrowed(name) => visible(name),
        Cow::Owned(name) => visible(&name).into_owned().into(),
    }
}

fn name_of(arn: &str) -> Cow<'_, str> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", _, service, _, _, name] = parts[..] else { return arn.into() };
    let segments: Vec<&str> = name.split('/').collect();
    match segments[..] {
        _ if name.is_empty() => arn.into(),
        [kind @ ("role" | "user"), _, .., last] if service == "iam" && segments.len() > 2 => {
            format!("{kind}/…/{last}").into()
        },
        _ => name.into(),
    }
}

/// The end of an ARN's account, to tell two of one name apart; `None` for other text.
pub(crate) fn account_end(arn: &str) -> Option<&str> {
    let account = arn.strip_prefix("arn:")?.split(':').nth(3)?;
    account.get(account.len().checked_sub(4)?..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_take_their_values_as_they_are() {
        assert_eq!(fill("{n} of {m}", &[("m", "{n}"), ("n", "1")]), "1 of {n}");
        assert_eq!(fill("a {nope} b {", &[]), "a {nope} b {");
    }

    #[test]
    fn an_arn_is_cut_to_its_name() {
        assert_eq!(
            short_arn("arn:aws:iam::123456789012:user/FalsimentisRoot"),
            "user/FalsimentisRoot"
        );
        assert_eq!(short_arn("arn:aws:s3:::bucket/key:x"), "bucket/key:x");
        assert_eq!(short_arn("ec2.amazonaws.com"), "ec2.amazonaws.com");
        assert_eq!(
            short_arn("arn:aws:iam::1:role/aws-reserved/sso.amazonaws.com/Admin"),
            "role/…/Admin"
        );
        assert_eq!(short_arn("arn:aws:sts::1:assumed-role/Admin/me"), "assumed-role/Admin/me");
        assert_eq!(short_arn("arn:aws:iam::1:"), "arn:aws:iam::1:");
        assert_eq!(account_end("arn:aws:iam::123456789012:user/a"), Some("9012"));
        assert_eq!(account_end("arn:aws:s3:::bucket"), None);
    }
}
