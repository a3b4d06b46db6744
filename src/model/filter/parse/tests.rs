use std::fmt::Write as _;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::model::time::iso;

/// A filter on one line: `&`, `|` and `!` with all parentheses, words in quotes.
fn sketch(filter: &Filter) -> String {
    let list = |list: &[Filter], sign: &str| {
        format!("({})", list.iter().map(sketch).collect::<Vec<_>>().join(sign))
    };
    match filter {
        Filter::All => "all".to_owned(),
        Filter::And(items) => list(items, " & "),
        Filter::Or(items) => list(items, " | "),
        Filter::Not(inner) => format!("!{}", sketch(inner)),
        Filter::Match { field, pattern } => format!("{}:{pattern}", field.name()),
        Filter::Word(pattern) => format!("{:?}", pattern.to_string()),
        Filter::Time { start_millis, end_millis } => {
            let end = |millis: i64| match millis {
                i64::MIN | i64::MAX => String::new(),
                _ => iso(millis),
            };
            format!("[{}..{}]", end(*start_millis), end(*end_millis))
        },
        Filter::Compare { field, operator, number } => {
            format!("{} {operator:?} {}", field.name(), number.get())
        },
    }
}

fn check(texts: &[&str], expected: Expect) {
    let mut table = String::new();
    for text in texts {
        let filter = Filter::parse(text).map_or_else(|it| format!("ERROR {it}"), |it| sketch(&it));
        writeln!(table, "{text:<44} {filter}").unwrap();
    }
    expected.assert_eq(&table);
}

#[test]
fn operators_bind_as_the_language_says() {
    check(
        &[
            "",
            " \t\u{a0} ",
            "a b",
            "a AND b OR c d OR e",
            "NOT a OR b",
            "-a b",
            "-(a OR b) c",
            "NOT NOT a",
            "--a",
            "-NOT -a",
            "a(b)c",
            "a AND(b OR c)AND NOT(d)",
            "((a b) c) OR (d OR e)",
            "and or not",
            "\"AND\" \"OR\"",
            "*",
            "-*",
            "a * \"\"",
        ],
        expect![[r#"
                                                         all
             	                                           all
            a b                                          ("a" & "b")
            a AND b OR c d OR e                          (("a" & "b") | ("c" & "d") | "e")
            NOT a OR b                                   (!"a" | "b")
            -a b                                         (!"a" & "b")
            -(a OR b) c                                  (!("a" | "b") & "c")
            NOT NOT a                                    "a"
            --a                                          "a"
            -NOT -a                                      !"a"
            a(b)c                                        ("a" & "b" & "c")
            a AND(b OR c)AND NOT(d)                      ("a" & ("b" | "c") & !"d")
            ((a b) c) OR (d OR e)                        (("a" & "b" & "c") | "d" | "e")
            and or not                                   ("and" & "or" & "not")
            "AND" "OR"                                   ("and" & "or")
            *                                            all
            -*                                           !all
            a * ""                                       "a"
        "#]],
    );
}

#[test]
fn values_run_to_the_next_blank_or_parenthesis() {
    check(
        &[
            "eventName:Get*",
            "EVENTNAME=GetObject",
            "eventname==GetObject",
            "errorCode = AccessDenied",
            "errorCode!=AccessDenied",
            "-errorCode:AccessDenied",
            "errorCode:*",
            "NOT errorCode:*",
            "userAgent:aws-cli/2.*",
            "principal:arn:aws:iam::123456789012:user/Bob",
            "sourceIPAddress:2600:1f18::1",
            "userIdentity.accessKeyId:AKIA1 x",
            "(eventName:A)eventName:B",
            "errorMessage:\"*not authorized (really)*\"",
            r#"errorMessage:"say \"no\" \\ \* \x*""#,
            r"principal:CORP\bob\*\\*",
            r#"file:\"x\""#,
            r#"eventName:"Get"*"#,
            "errorMessage:\"\"",
            "principal:홍길동*",
            "userAgent:a=b>=c:d",
            "eventName:-x",
            "apiVersion>=2012 apiVersion != 3 recipientAccountId<1e3",
            "eventVersion > -1.5",
            "readOnly:true",
        ],
        expect![[r#"
            eventName:Get*                               eventName:get*
            EVENTNAME=GetObject                          eventName:getobject
            eventname==GetObject                         eventName:getobject
            errorCode = AccessDenied                     errorCode:accessdenied
            errorCode!=AccessDenied                      !errorCode:accessdenied
            -errorCode:AccessDenied                      !errorCode:accessdenied
            errorCode:*                                  errorCode:*
            NOT errorCode:*                              !errorCode:*
            userAgent:aws-cli/2.*                        userAgent:aws-cli/2.*
            principal:arn:aws:iam::123456789012:user/Bob principal:arn:aws:iam::123456789012:user/bob
            sourceIPAddress:2600:1f18::1                 sourceIPAddress:2600:1f18::1
            userIdentity.accessKeyId:AKIA1 x             (userIdentity.accessKeyId:akia1 & "x")
            (eventName:A)eventName:B                     (eventName:a & eventName:b)
            errorMessage:"*not authorized (really)*"     errorMessage:*not authorized (really)*
            errorMessage:"say \"no\" \\ \* \x*"          errorMessage:say \"no\" \\ \* \\x*
            principal:CORP\bob\*\\*                      principal:corp\\bob\*\\*
            file:\"x\"                                   file:\"x\"
            eventName:"Get"*                             eventName:get*
            errorMessage:""                              errorMessage:
            principal:홍길동*                               principal:홍길동*
            userAgent:a=b>=c:d                           userAgent:a=b>=c:d
            eventName:-x                                 eventName:-x
            apiVersion>=2012 apiVersion != 3 recipientAccountId<1e3 (apiVersion GreaterOrEqual 2012 & !apiVersion:3 & recipientAccountId Less 1000)
            eventVersion > -1.5                          eventVersion Greater -1.5
            readOnly:true                                readOnly:true
        "#]],
    );
}

#[test]
fn words_may_hold_colons() {
    check(
        &[
            "arn:aws:iam::123:user/x",
            "ARN:aws:iam::*:role/x",
            "-arn:aws:s3:::bucket",
            "fd00::1",
            "fd00::/8",
            "2600:1f18:*",
            "https://example.com/?a=b",
            "12:30",
            ":x",
            ">= 5",
            "\"eventName:x\"",
            "\"access denied\" deny*bucket",
            r#""a \"b\"""#,
            "한글:값",
        ],
        expect![[r#"
            arn:aws:iam::123:user/x                      "arn:aws:iam::123:user/x"
            ARN:aws:iam::*:role/x                        "arn:aws:iam::*:role/x"
            -arn:aws:s3:::bucket                         !"arn:aws:s3:::bucket"
            fd00::1                                      "fd00::1"
            fd00::/8                                     "fd00::/8"
            2600:1f18:*                                  "2600:1f18:*"
            https://example.com/?a=b                     "https://example.com/?a=b"
            12:30                                        "12:30"
            :x                                           ":x"
            >= 5                                         (">=" & "5")
            "eventName:x"                                "eventname:x"
            "access denied" deny*bucket                  ("access denied" & "deny*bucket")
            "a \"b\""                                    "a \\\"b\\\""
            한글:값                                         "한글:값"
        "#]],
    );
}

#[test]
fn times_last_as_long_as_they_are_written() {
    check(
        &[
            "eventTime:2021-07-30",
            "eventTime!=2021-07-30",
            "eventTime>2021-07-30",
            "eventTime>=2021-07-30",
            "eventTime<2021-07-30",
            "eventTime<=2021-07-30",
            "eventTime>=2021-07-30T16:00",
            "eventTime > 2021-07-30T16:00",
            "eventTime<=2021-07-30T16:00:05Z",
            "eventTime:\"2021-07-30 16\"",
            "eventTime:2021-07-30T16:05:09+02:00",
            "eventTime:(2021-07-30 OR 2021-08-01)",
            "eventTime:*",
        ],
        expect![[r#"
            eventTime:2021-07-30                         [2021-07-30T00:00:00Z..2021-07-31T00:00:00Z]
            eventTime!=2021-07-30                        ![2021-07-30T00:00:00Z..2021-07-31T00:00:00Z]
            eventTime>2021-07-30                         [2021-07-31T00:00:00Z..]
            eventTime>=2021-07-30                        [2021-07-30T00:00:00Z..]
            eventTime<2021-07-30                         [..2021-07-30T00:00:00Z]
            eventTime<=2021-07-30                        [..2021-07-31T00:00:00Z]
            eventTime>=2021-07-30T16:00                  [2021-07-30T16:00:00Z..]
            eventTime > 2021-07-30T16:00                 [2021-07-30T16:01:00Z..]
            eventTime<=2021-07-30T16:00:05Z              [..2021-07-30T16:00:06Z]
            eventTime:"2021-07-30 16"                    [2021-07-30T16:00:00Z..2021-07-30T17:00:00Z]
            eventTime:2021-07-30T16:05:09+02:00          [2021-07-30T14:05:09Z..2021-07-30T14:05:10Z]
            eventTime:(2021-07-30 OR 2021-08-01)         ([2021-07-30T00:00:00Z..2021-07-31T00:00:00Z] | [2021-08-01T00:00:00Z..2021-08-02T00:00:00Z])
            eventTime:*                                  eventTime:*
        "#]],
    );
}

#[test]
fn a_field_takes_a_list_of_values() {
    check(
        &[
            "eventName:(a OR b \"c d\")",
            "eventName!=(a b) x",
            "-eventName:( a )",
            "eventName:(Get* \"OR\")",
        ],
        expect![[r#"
            eventName:(a OR b "c d")                     (eventName:a | eventName:b | eventName:c d)
            eventName!=(a b) x                           (!(eventName:a | eventName:b) & "x")
            -eventName:( a )                             !eventName:a
            eventName:(Get* "OR")                        (eventName:get* | eventName:or)
        "#]],
    );
}

/// The place of the trouble is underlined.
#[test]
fn errors_say_where_and_what_to_do() {
    let texts = [
        "evntName:x",
        "a user = b",
        "s3:GetObject",
        "x requestParameters.bucketName:y",
        "resources[*].ARN:y",
        "eventName:",
        "a eventName: b",
        "(eventName:)",
        "errorCode >= ",
        "eventName>(a)",
        "eventName:()",
        "eventTime>yesterday",
        "eventTime:2021-07*",
        "eventTime>=*",
        "a apiVersion>new",
        "apiVersion<inf",
        "readOnly>1",
        "eventID<=5",
        "a \"한글",
        "eventName:\"a\\\"",
        "a (b (c)",
        "eventName:(a b",
        "a ) b",
        "a ()",
        "eventName:(a (b))",
        "OR a",
        "a AND OR b",
        "a OR",
        "(a OR )",
        "NOT",
        "a - b",
        "-OR",
        "eventName:(a OR)",
        "eventName:(OR a)",
        "eventName:(a NOT b)",
        "eventName:(a AND b)",
        "eventName:(a -b)",
    ];
    let mut table = String::new();
    for text in texts {
        let it = Filter::parse(text).expect_err(text);
        let before = text[..it.start].chars().count();
        let marks = "^".repeat(text[it.start..it.end].chars().count());
        writeln!(table, "{text}\n{}{marks} {it}", " ".repeat(before)).unwrap();
    }
    expect![[r#"
        evntName:x
        ^^^^^^^^ there is no field `evntName`; did you mean `eventName`? To search for the text itself, put it in quotes
        a user = b
          ^^^^ there is no field `user`; did you mean `userAgent`? To search for the text itself, put it in quotes
        s3:GetObject
        ^^ there is no field `s3`; did you mean `userIdentity.arn`? To search for the text itself, put it in quotes
        x requestParameters.bucketName:y
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `requestParameters.bucketName` is not a column; filter by a column of the table, since paths into a record's JSON are not understood yet
        resources[*].ARN:y
        ^^^^^^^^^^^^^^^^ `resources[*].ARN` is not a column; filter by a column of the table, since paths into a record's JSON are not understood yet
        eventName:
        ^^^^^^^^^^ `eventName` lacks its value; write one right after the sign, without a blank, or `eventName:*` for any value
        a eventName: b
          ^^^^^^^^^^ `eventName` lacks its value; write one right after the sign, without a blank, or `eventName:*` for any value
        (eventName:)
         ^^^^^^^^^^ `eventName` lacks its value; write one right after the sign, without a blank, or `eventName:*` for any value
        errorCode >= 
        ^^^^^^^^^^^^ `errorCode` lacks its value; write one right after the sign, without a blank, or `errorCode:*` for any value
        eventName>(a)
        ^^^^^^^^^^ `eventName` lacks its value; write one right after the sign, without a blank, or `eventName:*` for any value
        eventName:()
        ^^^^^^^^^^^^ `eventName` lacks its value; write one right after the sign, without a blank, or `eventName:*` for any value
        eventTime>yesterday
                  ^^^^^^^^^ `yesterday` is not a time; write it like 2021-07-30, 2021-07-30T16:05 or 2021-07-30T16:05:09Z
        eventTime:2021-07*
                  ^^^^^^^^ `2021-07*` is not a time; write it like 2021-07-30, 2021-07-30T16:05 or 2021-07-30T16:05:09Z
        eventTime>=*
                   ^ `*` is not a time; write it like 2021-07-30, 2021-07-30T16:05 or 2021-07-30T16:05:09Z
        a apiVersion>new
                     ^^^ `new` is not a number; `<` and `>` compare numbers, and eventTime with times
        apiVersion<inf
                   ^^^ `inf` is not a number; `<` and `>` compare numbers, and eventTime with times
        readOnly>1
        ^^^^^^^^^ values of `readOnly` are neither larger nor smaller than others; write `readOnly:value` instead
        eventID<=5
        ^^^^^^^^^ values of `eventID` are neither larger nor smaller than others; write `eventID:value` instead
        a "한글
          ^^^ this quote is not closed; add a `"` at its end, or write `\"` for the sign itself
        eventName:"a\"
                  ^^^^ this quote is not closed; add a `"` at its end, or write `\"` for the sign itself
        a (b (c)
          ^ this parenthesis is not closed; add a `)`, or put the text in quotes
        eventName:(a b
                  ^ this parenthesis is not closed; add a `)`, or put the text in quotes
        a ) b
          ^ this parenthesis does not belong here; take it away, or put the text in quotes
        a ()
           ^ this parenthesis does not belong here; take it away, or put the text in quotes
        eventName:(a (b))
                     ^ this parenthesis does not belong here; take it away, or put the text in quotes
        OR a
        ^^ `OR` needs a condition to work on; add one, or put `OR` in quotes to search for it
        a AND OR b
          ^^^ `AND` needs a condition to work on; add one, or put `AND` in quotes to search for it
        a OR
          ^^ `OR` needs a condition to work on; add one, or put `OR` in quotes to search for it
        (a OR )
           ^^ `OR` needs a condition to work on; add one, or put `OR` in quotes to search for it
        NOT
        ^^^ `NOT` needs a condition to work on; add one, or put `NOT` in quotes to search for it
        a - b
          ^ `-` needs a condition to work on; add one, or put `-` in quotes to search for it
        -OR
        ^ `-` needs a condition to work on; add one, or put `-` in quotes to search for it
        eventName:(a OR)
                     ^^ `OR` needs a condition to work on; add one, or put `OR` in quotes to search for it
        eventName:(OR a)
                   ^^ `OR` needs a condition to work on; add one, or put `OR` in quotes to search for it
        eventName:(a NOT b)
                     ^^^ only OR can stand between the values of one field; give `NOT` its own condition outside the parentheses, or put the value in quotes
        eventName:(a AND b)
                     ^^^ only OR can stand between the values of one field; give `AND` its own condition outside the parentheses, or put the value in quotes
        eventName:(a -b)
                     ^ only OR can stand between the values of one field; give `-` its own condition outside the parentheses, or put the value in quotes
    "#]].assert_eq(&table);
}

#[test]
fn deep_nesting_is_refused_and_no_stack_overflows() {
    let nested = |depth: usize| format!("{}a{}", "NOT (".repeat(depth), ")".repeat(depth));
    assert_eq!(Filter::parse(&nested(DEEPEST)).map(|it| sketch(&it)), Ok("\"a\"".to_owned()));
    for open in ["(", "-(", "NOT (", "a OR (b "] {
        let kind = Filter::parse(&open.repeat(100_000)).map_err(|it| it.kind);
        assert_eq!(kind, Err(TooDeep), "{open}");
    }
    let long = Filter::parse(&"-".repeat(100_000));
    assert_eq!(long.map_err(|it| it.kind), Err(MissingOperand { operator: "-".to_owned() }));
}

#[test]
fn a_filter_knows_the_fields_that_it_names() {
    let names = |text: &str, field| Filter::parse(text).unwrap().names(field);
    assert!(names("a OR (b -category:Insight)", Field::Category));
    assert!(
        names("category:*", Field::Category) && names("eventTime>2021-01-01", Field::EventTime)
    );
    assert!(names("x apiVersion>5", Field::ApiVersion));
    assert!(!names("category -eventCategory:Insight", Field::Category));
}

/// Text that looks like a filter more often than chance allows.
fn filterish() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "eventName",
        "eventTime",
        "errorCode",
        ":",
        ":",
        "=",
        ">=",
        "!=",
        "<",
        " ",
        " ",
        "(",
        ")",
        "-",
        "\"",
        "\\",
        "*",
        "AND",
        "OR",
        "NOT",
        "a",
        "b.c",
        "arn:",
        "2021-07-30",
        "5",
        "한",
        "\u{3000}",
    ]);
    let bit = prop_oneof![4 => bits.prop_map(str::to_owned), 1 => any::<String>()];
    prop::collection::vec(bit, 0..24).prop_map(|it| it.concat())
}

proptest! {
    #[test]
    fn any_text_is_a_filter_or_an_error_inside_of_it(text in filterish()) {
        match Filter::parse(&text) {
            Ok(filter) => {
                let bytes = postcard::to_stdvec(&filter).unwrap();
                prop_assert_eq!(postcard::from_bytes::<Filter>(&bytes).unwrap(), filter);
            },
            Err(it) => {
                prop_assert!(text.get(it.start..it.end).is_some(), "{:?}", it);
                prop_assert!(!it.to_string().is_empty());
            },
        }
    }

    #[test]
    fn a_filter_in_parentheses_means_the_same(text in filterish()) {
        if let Ok(filter) = Filter::parse(&text) && !text.trim().is_empty() {
            prop_assert_eq!(Filter::parse(&format!("({text})")), Ok(filter.clone()));
            prop_assert_eq!(Filter::parse(&format!("-(-({text}))")), Ok(filter));
        }
    }
}
