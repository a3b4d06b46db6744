//! A tree as lines: what of it is unfolded, one value a line.

use std::collections::BTreeSet;

use super::json::Json;
use crate::model::field::{Field, Kind};

/// What a line shows after its name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shown {
    /// A value without parts, with how it is coloured: `text` or `plain`.
    Leaf(String, &'static str),
    /// An array of so many items.
    List(usize),
    /// An object of so many members.
    Object(usize),
}

/// One line of a tree.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// How deep it lies.
    pub(crate) depth: usize,
    /// The member's name, or the number in its array.
    pub(crate) name: String,
    /// The way to it, the same in every tree.
    pub(crate) path: String,
    /// What it shows.
    pub(crate) shown: Shown,
    /// Whether its parts are below it.
    pub(crate) open: bool,
    /// The field that a filter calls this value by.
    pub(crate) field: Option<Field>,
}

/// Parts of a larger object are folded at first.
const FOLDED_PARTS: usize = 40;

/// Whether a value is unfolded before anyone touches it.
fn opens(depth: usize, parts: usize) -> bool {
    depth < 5 && parts <= FOLDED_PARTS
}

/// The lines that are seen. Paths in `turned` are folded where they would be open, and the other
/// way round.
pub(crate) fn lines(json: &Json, turned: &BTreeSet<String>) -> Vec<Line> {
    let mut lines = Vec::new();
    members(json, 0, "", "", turned, &mut lines);
    lines
}

/// Every path that has parts below it.
pub(crate) fn foldable(json: &Json) -> Vec<(String, bool)> {
    let mut all = Vec::new();
    collect(json, 0, "", &mut all);
    all
}

fn collect(json: &Json, depth: usize, path: &str, into: &mut Vec<(String, bool)>) {
    for (name, part) in parts(json) {
        let path = format!("{path}/{name}");
        let count = parts(part).len();
        if count > 0 {
            into.push((path.clone(), opens(depth, count)));
            collect(part, depth + 1, &path, into);
        }
    }
}

fn parts(json: &Json) -> Vec<(String, &Json)> {
    match json {
        Json::Object(members) => members.iter().map(|(name, it)| (name.clone(), it)).collect(),
        Json::List(items) => {
            items.iter().enumerate().map(|(at, it)| (at.to_string(), it)).collect()
        },
        Json::Plain(_) | Json::Text(_) => Vec::new(),
    }
}

/// `dotted` is the way as a field's name writes it: without places in arrays.
fn members(
    json: &Json,
    depth: usize,
    path: &str,
    dotted: &str,
    turned: &BTreeSet<String>,
    into: &mut Vec<Line>,
) {
    let in_list = matches!(json, Json::List(_));
    for (name, part) in parts(json) {
        let path = format!("{path}/{name}");
        let dotted = match (in_list, dotted.is_empty()) {
            (true, _) => dotted.to_owned(),
            (false, true) => name.clone(),
            (false, false) => format!("{dotted}.{name}"),
        };
        let count = parts(part).len();
        let open = count > 0 && (opens(depth, count) != turned.contains(&path));
        let (shown, field) = match part {
            Json::Text(text) => (Shown::Leaf(text.clone(), "text"), field_of(&dotted)),
            Json::Plain(text) => {
                let field = field_of(&dotted).filter(|_| text != "null");
                (Shown::Leaf(text.clone(), "plain"), field)
            },
            Json::List(_) => (Shown::List(count), None),
            Json::Object(_) => (Shown::Object(count), None),
        };
        into.push(Line { depth, name, path: path.clone(), shown, open, field });
        if open {
            members(part, depth + 1, &path, &dotted, turned, into);
        }
    }
}

/// A time is a single event's: picking it is of no use.
fn field_of(dotted: &str) -> Option<Field> {
    Field::parse(dotted).filter(|it| it.kind() != Kind::Time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Json {
        let text = r#"{"eventName":"PutObject","userIdentity":{"arn":"a:b"},"resources":[{"ARN":"x"}],"requestParameters":null,"empty":{}}"#;
        Json::parse(text).unwrap()
    }

    fn drawn(turned: &[&str]) -> Vec<String> {
        let turned = turned.iter().map(|it| (*it).to_owned()).collect();
        let draw = |it: Line| {
            let field = it.field.map_or("", Field::name);
            format!("{}{} {:?} {field}", "  ".repeat(it.depth), it.name, it.shown)
        };
        lines(&sample(), &turned).into_iter().map(draw).collect()
    }

    #[test]
    fn a_record_is_unfolded_line_by_line() {
        assert_eq!(
            drawn(&[]),
            [
                "eventName Leaf(\"PutObject\", \"text\") eventName",
                "userIdentity Object(1) ",
                "  arn Leaf(\"a:b\", \"text\") userIdentity.arn",
                "resources List(1) ",
                "  0 Object(1) ",
                "    ARN Leaf(\"x\", \"text\") resources.ARN",
                "requestParameters Leaf(\"null\", \"plain\") ",
                "empty Object(0) ",
            ]
        );
    }

    #[test]
    fn a_folded_value_hides_what_is_below() {
        assert_eq!(drawn(&["/resources", "/userIdentity"]).len(), 5);
    }

    #[test]
    fn everything_with_parts_can_be_folded() {
        let paths: Vec<String> = foldable(&sample()).into_iter().map(|it| it.0).collect();
        assert_eq!(paths, ["/userIdentity", "/resources", "/resources/0"]);
    }
}
