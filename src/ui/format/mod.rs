//! Numbers, times and spans as text. Pure: what they are given, they write.

mod duration;
mod moment;
mod number;

pub(crate) use duration::{clock, duration};
pub(crate) use moment::{day, instant, span, time_of_day};
pub(crate) use number::{bytes, compact, grouped, percent, share_percent};

/// Puts values into the places `{name}` of a template. A place without a value stays as it is.
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
                filled.push_str(value);
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

/// The part of an ARN that a person reads: what follows the account; other text whole.
pub(crate) fn short_arn(arn: &str) -> &str {
    match arn.splitn(6, ':').collect::<Vec<_>>().as_slice() {
        ["arn", _, _, _, _, name] if !name.is_empty() => name,
        _ => arn,
    }
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
    }
}
