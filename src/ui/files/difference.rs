//! Where two records differ.

use std::collections::BTreeMap;

use crate::ui::detail::Json;

/// A value that is not the same in both: its path, and the two values; `None` where there is none.
pub(crate) type Difference = (String, Option<String>, Option<String>);

/// All values that differ, by path.
pub(crate) fn differences(first: &Json, second: &Json) -> Vec<Difference> {
    let mut both: BTreeMap<String, [Option<String>; 2]> = BTreeMap::new();
    for (side, json) in [first, second].into_iter().enumerate() {
        let mut values = Vec::new();
        leaves(json, String::new(), &mut values);
        for (path, value) in values {
            // Of a name that stands twice the last counts, as it does in the columns.
            both.entry(path).or_default()[side] = Some(value);
        }
    }
    let differ = both.into_iter().filter(|(_, [first, second])| first != second);
    differ.map(|(path, [first, second])| (path, first, second)).collect()
}

/// The values without parts, with their paths as a filter names them.
fn leaves(json: &Json, path: String, values: &mut Vec<(String, String)>) {
    match json {
        Json::Plain(text) => values.push((path, text.clone())),
        Json::Text(text) => values.push((path, format!("\"{text}\""))),
        Json::List(items) if items.is_empty() => values.push((path, "[]".to_owned())),
        Json::List(items) => {
            for (at, item) in items.iter().enumerate() {
                leaves(item, format!("{path}[{at}]"), values);
            }
        },
        Json::Object(members) if members.is_empty() => values.push((path, "{}".to_owned())),
        Json::Object(members) => {
            for (name, member) in members {
                let dot = if path.is_empty() { "" } else { "." };
                leaves(member, format!("{path}{dot}{name}"), values);
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(first: &str, second: &str, expected: &[(&str, Option<&str>, Option<&str>)]) {
        let (first, second) = (Json::parse(first).unwrap(), Json::parse(second).unwrap());
        let found = differences(&first, &second);
        let found: Vec<(&str, Option<&str>, Option<&str>)> =
            found.iter().map(|it| (&*it.0, it.1.as_deref(), it.2.as_deref())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn values_that_differ_are_told_by_their_paths() {
        check(r#"{"a":1,"b":"x"}"#, r#"{"b":"x", "a":1}"#, &[]);
        check(r#"{"a":"1"}"#, r#"{"a":1}"#, &[("a", Some("\"1\""), Some("1"))]);
        check(
            r#"{"a":{"b":[1,2],"c":null}}"#,
            r#"{"a":{"b":[1,3,4]}}"#,
            &[
                ("a.b[1]", Some("2"), Some("3")),
                ("a.b[2]", None, Some("4")),
                ("a.c", Some("null"), None),
            ],
        );
        check(r#"{"a":{}}"#, r#"{"a":[]}"#, &[("a", Some("{}"), Some("[]"))]);
    }
}
