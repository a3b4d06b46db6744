//! From text to [`Filter`], in one pass from left to right.

use std::ops::Range;

use super::{
    Filter, FilterError, FilterErrorKind,
    FilterErrorKind::{
        BadNumber, BadTime, JsonPath, MissingOperand, MissingValue, NotComparable, OnlyOr, TooDeep,
        UnclosedParenthesis, UnclosedQuote, UnexpectedParenthesis, UnknownField,
    },
    Number, Operator, Pattern,
};
use crate::model::{
    field::{Field, Kind},
    time::Partial,
};

/// One condition, with the place of its text; that includes its NOT or `-`.
pub(super) struct Operand {
    pub(super) span: Range<usize>,
    pub(super) filter: Filter,
}

/// Parentheses in parentheses: more would endanger the stack of whoever walks the filter.
const DEEPEST: usize = 100;

type Result<T> = std::result::Result<T, FilterError>;

/// The conditions of a text: AND inside of a list, OR between the lists. There is at least one list.
pub(super) fn branches(text: &str) -> Result<Vec<Vec<Operand>>> {
    let mut parser = Parser { text, at: 0 };
    let branches = parser.expression(0)?;
    // An expression ends at the end or at a parenthesis that it did not open.
    if parser.at < text.len() {
        return error(parser.at..parser.at + 1, UnexpectedParenthesis);
    }
    Ok(branches)
}

pub(super) fn join(branches: Vec<Vec<Operand>>) -> Filter {
    let all_of =
        |list: Vec<Operand>| Filter::all_of(list.into_iter().map(|it| it.filter).collect());
    Filter::any_of(branches.into_iter().map(all_of).collect())
}

fn error<T>(span: Range<usize>, kind: FilterErrorKind) -> Result<T> {
    Err(FilterError { start: span.start, end: span.end, kind })
}

/// What compares a field with a value, longest spelling first.
const OPERATORS: &[(&str, Operator)] = &[
    (":", Operator::Equal),
    ("==", Operator::Equal),
    ("=", Operator::Equal),
    ("!=", Operator::NotEqual),
    (">=", Operator::GreaterOrEqual),
    (">", Operator::Greater),
    ("<=", Operator::LessOrEqual),
    ("<", Operator::Less),
];

fn leading_operator(text: &str) -> Option<(&'static str, Operator)> {
    OPERATORS.iter().copied().find(|(spelling, _)| text.starts_with(spelling))
}

/// Whether a word or an unquoted value ends before this character.
pub(super) fn is_end(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')')
}

/// The field and the operator that a condition begins with.
struct Head {
    field: Field,
    operator: Operator,
    span: Range<usize>,
}

struct Parser<'a> {
    text: &'a str,
    /// Always between two characters.
    at: usize,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// Steps over `wanted`, if it is next, and tells where it stood.
    fn eat(&mut self, wanted: &str) -> Option<Range<usize>> {
        let start = self.at;
        self.rest().starts_with(wanted).then(|| {
            self.at += wanted.len();
            start..self.at
        })
    }

    /// Like `eat`, for one of these words on its own.
    fn eat_word(&mut self, words: &[&'static str]) -> Option<(&'static str, Range<usize>)> {
        let is_alone = |rest: &str| rest.chars().next().is_none_or(|c| is_end(c) || c == '"');
        let is_next = |word: &str| self.rest().strip_prefix(word).is_some_and(is_alone);
        let word = words.iter().copied().find(|it| is_next(it))?;
        self.eat(word).map(|span| (word, span))
    }

    /// Whether nothing more can follow inside of this pair of parentheses.
    fn is_over(&self) -> bool {
        self.rest().is_empty() || self.rest().starts_with(')')
    }

    fn expression(&mut self, depth: usize) -> Result<Vec<Vec<Operand>>> {
        let mut branches = Vec::new();
        let mut branch: Vec<Operand> = Vec::new();
        // The AND or OR that still lacks its right side.
        let mut open = None;
        loop {
            self.skip_blanks();
            if self.is_over() {
                break;
            }
            if let Some((word, span)) = self.eat_word(&["AND", "OR"]) {
                if let Some((word, span)) = open {
                    return missing_operand(word, span);
                }
                if branch.is_empty() {
                    return missing_operand(word, span);
                }
                if word == "OR" {
                    branches.push(std::mem::take(&mut branch));
                }
                open = Some((word, span));
            } else {
                branch.push(self.operand(depth)?);
                open = None;
            }
        }
        if let Some((word, span)) = open {
            return missing_operand(word, span);
        }
        branches.push(branch);
        Ok(branches)
    }

    fn operand(&mut self, depth: usize) -> Result<Operand> {
        let start = self.at;
        let mut negated = false;
        while let Some((word, span)) = self.negation() {
            negated = !negated;
            // A minus belongs to what it touches; a NOT looks further.
            if word == "NOT" {
                self.skip_blanks();
            }
            let here = self.at;
            let bare = self.rest().starts_with(char::is_whitespace);
            if self.is_over() || bare || self.eat_word(&["AND", "OR"]).is_some() {
                self.at = here;
                return missing_operand(word, span);
            }
        }
        let filter = match self.eat("(") {
            Some(open) => self.group(open, depth + 1)?,
            None => self.condition()?,
        };
        let filter = if negated { filter.negated() } else { filter };
        Ok(Operand { span: start..self.at, filter })
    }

    fn negation(&mut self) -> Option<(&'static str, Range<usize>)> {
        self.eat("-").map(|span| ("-", span)).or_else(|| self.eat_word(&["NOT"]))
    }

    fn group(&mut self, open: Range<usize>, depth: usize) -> Result<Filter> {
        if depth > DEEPEST {
            return error(open, TooDeep);
        }
        let branches = self.expression(depth)?;
        let Some(close) = self.eat(")") else { return error(open, UnclosedParenthesis) };
        if branches.iter().all(Vec::is_empty) {
            return error(close, UnexpectedParenthesis);
        }
        Ok(join(branches))
    }

    /// A field with a value, or a word.
    fn condition(&mut self) -> Result<Filter> {
        let Some(head) = self.head()? else {
            let (raw, _) = self.value()?;
            let pattern = Pattern::new(&raw);
            let says_nothing = pattern.is_any() || pattern.as_literal() == Some("");
            return Ok(if says_nothing { Filter::All } else { Filter::Word(pattern) });
        };
        let takes_list = matches!(head.operator, Operator::Equal | Operator::NotEqual);
        if takes_list && let Some(open) = self.eat("(") {
            return self.list(&head, open);
        }
        if self.rest().chars().next().is_none_or(is_end) {
            return missing_value(&head);
        }
        let (raw, span) = self.value()?;
        meaning(&head, raw, span)
    }

    /// Steps over `field:`, if that is what comes next.
    fn head(&mut self) -> Result<Option<Head>> {
        let rest = self.rest();
        let is_sign = |c: char| {
            c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '[' | ']' | '*' | '$')
        };
        let name = &rest[..rest.find(|c| !is_sign(c)).unwrap_or(rest.len())];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '$')) {
            return Ok(None);
        }
        let after = &rest[name.len()..];
        let known = Field::parse(name);
        let Some((skipped, spelling, operator)) = operator_after(after, known.is_some()) else {
            return Ok(None);
        };
        let token = &rest[..rest.find(is_end).unwrap_or(rest.len())];
        if known.is_none() && is_text_with_colons(token, name) {
            return Ok(None);
        }
        let start = self.at;
        let Some(field) = known else {
            let (span, name) = (start..start + name.len(), name.to_owned());
            let is_path = name.contains(['.', '[']);
            let nearest = Field::nearest(&name).to_owned();
            return error(
                span,
                if is_path { JsonPath { name } } else { UnknownField { name, nearest } },
            );
        };
        self.at += name.len() + skipped + spelling.len();
        let span = start..self.at;
        if spelling != ":" {
            self.skip_blanks();
        }
        Ok(Some(Head { field, operator, span }))
    }

    /// A word, phrase or value in the spelling of [`Pattern::new`]: to the next blank or
    /// parenthesis, or if it begins with a quote, to the end of the quotes and what touches them.
    fn value(&mut self) -> Result<(String, Range<usize>)> {
        let start = self.at;
        let quoted = self.rest().starts_with('"');
        let mut raw = String::new();
        while let Some(next) = self.rest().chars().next().filter(|c| !is_end(*c)) {
            if quoted && next == '"' {
                let Some(len) = quote_len(self.rest()) else {
                    return error(self.at..self.text.len(), UnclosedQuote);
                };
                raw.push_str(&self.rest()[1..len - 1]);
                self.at += len;
            } else {
                let rest = self.rest();
                let end = rest.find(|c| is_end(c) || (quoted && c == '"')).unwrap_or(rest.len());
                raw.push_str(&rest[..end]);
                self.at += end;
            }
        }
        Ok((raw, start..self.at))
    }

    /// The values after `field:(`.
    fn list(&mut self, head: &Head, open: Range<usize>) -> Result<Filter> {
        let one = Head { operator: Operator::Equal, field: head.field, span: head.span.clone() };
        let mut values = Vec::new();
        let mut waiting = None;
        loop {
            self.skip_blanks();
            if let Some(close) = self.eat(")") {
                if let Some((word, span)) = waiting {
                    return missing_operand(word, span);
                }
                if values.is_empty() {
                    let span = head.span.start..close.end;
                    return error(span, MissingValue { field: head.field.name().to_owned() });
                }
                let any = Filter::any_of(values);
                return Ok(if head.operator == Operator::NotEqual { any.negated() } else { any });
            }
            if self.rest().is_empty() {
                return error(open, UnclosedParenthesis);
            }
            if let Some(span) = self.eat("(") {
                return error(span, UnexpectedParenthesis);
            }
            if let Some((word, span)) = self.negation().or_else(|| self.eat_word(&["AND"])) {
                return error(span, OnlyOr { operator: word.to_owned() });
            }
            if let Some((word, span)) = self.eat_word(&["OR"]) {
                if values.is_empty() || waiting.is_some() {
                    return missing_operand(word, span);
                }
                waiting = Some((word, span));
                continue;
            }
            let (raw, span) = self.value()?;
            values.push(meaning(&one, raw, span)?);
            waiting = None;
        }
    }
}

/// The operator after a name, with the number of blanks before it. People write blanks around `>=`
/// as in SQL, but a name that is none takes them only if the operator stands alone.
fn operator_after(after: &str, is_field: bool) -> Option<(usize, &'static str, Operator)> {
    let trimmed = after.trim_start();
    let skipped = after.len() - trimmed.len();
    let (spelling, operator) = leading_operator(trimmed)?;
    let is_alone = || trimmed[spelling.len()..].starts_with(char::is_whitespace);
    let belongs = skipped == 0 || (spelling != ":" && (is_field || is_alone()));
    belongs.then_some((skipped, spelling, operator))
}

/// ARNs, addresses and links hold colons and mean themselves.
fn is_text_with_colons(token: &str, before: &str) -> bool {
    let after = token.strip_prefix(before).unwrap_or_default();
    let is_arn = before.eq_ignore_ascii_case("arn") && after.starts_with(':');
    // Also cut short by a wildcard or with the length of a network: `fd00:1:*`, `fd00::/8`.
    let in_address = |c: char| c.is_ascii_hexdigit() || matches!(c, ':' | '.' | '/' | '*');
    let is_address = token.matches(':').nth(1).is_some() && token.chars().all(in_address);
    is_arn || is_address || after.starts_with("://")
}

/// The length of the quoted text that `text` begins with, quotes included.
fn quote_len(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            b'"' if !escaped => return Some(at + 1),
            b'\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    None
}

/// What a condition on a field says; `raw` is in the spelling of [`Pattern::new`].
fn meaning(head: &Head, raw: String, span: Range<usize>) -> Result<Filter> {
    let Head { field, operator, .. } = *head;
    let is_order = !matches!(operator, Operator::Equal | Operator::NotEqual);
    let equal = if field.kind() == Kind::Time && (is_order || raw != "*") {
        let Some(span_of_time) = time_span(operator, &raw) else {
            return error(span, BadTime { text: raw });
        };
        span_of_time
    } else if is_order {
        if matches!(field.kind(), Kind::Bool | Kind::Id) {
            return error(head.span.clone(), NotComparable { field: field.name().to_owned() });
        }
        match Number::parse(&raw) {
            Some(number) => Filter::Compare { field, operator, number },
            None => return error(span, BadNumber { text: raw }),
        }
    } else {
        Filter::Match { field, pattern: Pattern::new(&raw) }
    };
    Ok(if operator == Operator::NotEqual { equal.negated() } else { equal })
}

/// The written moment lasts for as long as it says: a day, a minute, a second. "After" is from its
/// end, "until" includes it.
fn time_span(operator: Operator, text: &str) -> Option<Filter> {
    let Partial { start_millis: start, len_millis } = Partial::parse(text)?;
    let end = start.saturating_add(len_millis);
    let (start_millis, end_millis) = match operator {
        Operator::Equal | Operator::NotEqual => (start, end),
        Operator::Greater => (end, i64::MAX),
        Operator::GreaterOrEqual => (start, i64::MAX),
        Operator::Less => (i64::MIN, start),
        Operator::LessOrEqual => (i64::MIN, end),
    };
    Some(Filter::Time { start_millis, end_millis })
}

fn missing_operand<T>(operator: &str, span: Range<usize>) -> Result<T> {
    error(span, MissingOperand { operator: operator.to_owned() })
}

fn missing_value<T>(head: &Head) -> Result<T> {
    error(head.span.clone(), MissingValue { field: head.field.name().to_owned() })
}

#[cfg(test)]
mod tests;
