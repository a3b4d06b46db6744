use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::model::filter::Pattern;

/// The text after each of three clicks on `eventName` `Get Object`.
fn check(text: &str, expected: Expect) {
    let mut seen = vec![text.to_owned()];
    for _ in 0..3 {
        seen.push(cycle(&seen[seen.len() - 1], Field::EventName, Some("A")));
    }
    expected.assert_eq(&seen[1..].join(" → "));
}

#[test]
fn a_click_goes_round() {
    check("", expect!["eventName:A → -eventName:A → "]);
    check("  ", expect!["eventName:A → -eventName:A → "]);
    check("x y", expect!["x y eventName:A → x y -eventName:A → x y"]);
    check("x OR y", expect!["(x OR y) eventName:A → (x OR y) -eventName:A → (x OR y)"]);
    check(
        "x AND NOT eventName:a AND y",
        expect!["x AND y → x AND y eventName:A → x AND y -eventName:A"],
    );
    check("x AND eventname=\"a\"", expect!["x AND -eventName:A → x → x eventName:A"]);
    check("p(eventName:A)q", expect!["p -eventName:A q → p q → p q eventName:A"]);
    check("eventName:A x eventName:a (eventName:A)", expect!["-eventName:A x → x → x eventName:A"]);
    check(
        "eventName:B -eventName:C*",
        expect![
            "eventName:B -eventName:C* eventName:A → eventName:B -eventName:C* -eventName:A → eventName:B -eventName:C*"
        ],
    );
    check(
        "x OR",
        expect![
            "x OR eventName:A → (x OR eventName:A) eventName:A → (x OR eventName:A) -eventName:A"
        ],
    );
    check(
        "\"x",
        expect![[
            r#""x eventName:A → "x eventName:A eventName:A → "x eventName:A eventName:A eventName:A"#
        ]],
    );
}

#[test]
fn a_missing_value_goes_round_from_its_absence() {
    let mut text = String::new();
    let mut seen = Vec::new();
    for _ in 0..3 {
        text = cycle(&text, Field::ErrorCode, None);
        seen.push((text.clone(), chosen(&text, Field::ErrorCode, None)));
    }
    let wanted = [("-errorCode:*", Chosen::Only), ("errorCode:*", Chosen::Not), ("", Chosen::No)];
    assert_eq!(seen, wanted.map(|(text, state)| (text.to_owned(), state)));
}

#[test]
fn only_switches_and_without_adds_up() {
    let only = |text, value| only(text, Field::EventName, value);
    let without = |text, value| without(text, Field::EventName, value);
    assert_eq!(only("x eventName:A y", Some("B c")), "x eventName:\"B c\" y");
    assert_eq!(only("x eventName:(A OR C) eventName:D", Some("B")), "x eventName:B");
    assert_eq!(only("eventName:Get* -eventName:B", Some("B")), "eventName:Get* eventName:B");
    assert_eq!(only("-eventName:*", Some("B")), "eventName:B");
    assert_eq!(only("eventName:A", None), "-eventName:*");
    assert_eq!(only("eventName:A", Some("a")), "eventName:a");
    assert_eq!(only("a OR b", Some("B")), "(a OR b) eventName:B");
    assert_eq!(without("eventName:A", Some("A")), "-eventName:A");
    assert_eq!(without("-eventName:A x", Some("B")), "-eventName:A x -eventName:B");
    assert_eq!(without("x", None), "x eventName:*");
    assert_eq!(without("-eventName:*", None), "eventName:*");
}

#[test]
fn a_term_is_quoted_only_when_it_must_be() {
    let name = |value| term(Field::Principal, value);
    assert_eq!(name("arn:aws:iam::1:user/b"), "principal:arn:aws:iam::1:user/b");
    assert_eq!(name("홍 길동"), "principal:\"홍 길동\"");
    assert_eq!(name("a\"*\\"), r#"principal:a\"\*\\"#);
    assert_eq!(name("f(x)"), "principal:\"f(x)\"");
    assert_eq!(name(""), "principal:\"\"");
}

#[test]
fn a_moment_is_a_value_too() {
    let moment = Some("2021-07-30T16:00:00Z");
    let text = cycle("x", Field::EventTime, moment);
    assert_eq!(text, "x eventTime:2021-07-30T16:00:00Z");
    assert_eq!(chosen(&text, Field::EventTime, moment), Chosen::Only);
    assert_eq!(chosen(&text, Field::EventTime, Some("no time")), Chosen::No);
}

fn field() -> impl Strategy<Value = Field> {
    let fields: Vec<Field> =
        Field::ALL.iter().copied().filter(|it| *it != Field::EventTime).collect();
    prop::sample::select(fields)
}

/// Any text, with the signs of the language more often than chance allows.
fn value() -> impl Strategy<Value = String> {
    let sign =
        prop::sample::select(vec!["\"", "\\", "*", " ", "(", ")", "-", ":", "OR", "한글", "a"]);
    prop_oneof![any::<String>(), prop::collection::vec(sign, 0..8).prop_map(|it| it.concat())]
}

fn filter() -> impl Strategy<Value = String> {
    let operand = prop::sample::select(vec![
        "word",
        "\"a phrase\"",
        "-awsRegion:x",
        "NOT (a OR b)",
        "(c d)",
        "file:(x OR y)",
        "arn:aws:x",
    ]);
    let joint = prop::sample::select(vec![" ", "  ", " AND ", " OR "]);
    prop::collection::vec((operand, joint), 0..5).prop_map(|list| {
        let mut text: String =
            list.iter().flat_map(|(operand, joint)| [*operand, *joint]).collect();
        let joint = list.last().map_or(0, |(_, joint)| joint.len());
        text.truncate(text.len() - joint);
        text
    })
}

proptest! {
    #[test]
    fn a_term_is_read_back_as_just_that_value(field in field(), value in value()) {
        let wanted = Filter::Match { field, pattern: Pattern::literal(&value) };
        prop_assert_eq!(Filter::parse(&term(field, &value)), Ok(wanted));
    }

    #[test]
    fn three_clicks_change_nothing(text in filter(), field in field(), value in prop::option::of(value())) {
        let value = value.as_deref();
        let before = Filter::parse(&text).unwrap();
        let one = cycle(&text, field, value);
        let two = cycle(&one, field, value);
        let three = cycle(&two, field, value);
        prop_assert_eq!(chosen(&one, field, value), Chosen::Only, "{}", one);
        prop_assert_eq!(chosen(&two, field, value), Chosen::Not, "{}", two);
        prop_assert_eq!(chosen(&three, field, value), Chosen::No, "{}", three);
        prop_assert_eq!(Filter::parse(&three), Ok(before), "{}", three);
        prop_assert_eq!(chosen(&only(&two, field, value), field, value), Chosen::Only);
        prop_assert_eq!(chosen(&without(&one, field, value), field, value), Chosen::Not);
    }

    #[test]
    fn clicks_on_any_text_end(text in any::<String>(), field in field(), value in value()) {
        let value = Some(value.as_str());
        cycle(&text, field, value);
        only(&text, field, value);
        without(&text, field, value);
    }
}
