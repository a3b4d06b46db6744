//! Which values a facet lists: those that were counted, and those that the filter names, which a
//! filter may have taken away. Without them there would be nothing to click a second time.

use crate::model::{field::Field, filter::Filter, question::FacetValue};

/// The values of a field that the filter picks or leaves out by name, in lower case.
fn named(filter: &Filter, field: Field, into: &mut Vec<String>) {
    match filter {
        Filter::And(list) | Filter::Or(list) => list.iter().for_each(|it| named(it, field, into)),
        Filter::Not(inner) => named(inner, field, into),
        Filter::Match { field: it, pattern } if *it == field => {
            into.extend(pattern.as_literal().map(str::to_owned));
        },
        _ => {},
    }
}

/// The counted values, and before them those of the filter that were not counted. `before` is the
/// list as it was: it knows how values are spelled that are gone now.
pub(crate) fn listed(
    counted: &[FacetValue],
    filter: &Filter,
    field: Field,
    before: &[FacetValue],
) -> Vec<FacetValue> {
    let mut names = Vec::new();
    named(filter, field, &mut names);
    let same = |value: &FacetValue, name: &str| value.value.to_lowercase() == name;
    names.retain(|name| !counted.iter().any(|it| same(it, name)));
    names.sort();
    names.dedup();
    let gone = names.into_iter().map(|name| {
        let spelled = before.iter().find(|it| same(it, &name)).map(|it| it.value.clone());
        FacetValue { value: spelled.unwrap_or(name), count: 0 }
    });
    gone.chain(counted.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(value: &str, count: u64) -> FacetValue {
        FacetValue { value: value.to_owned(), count }
    }

    #[test]
    fn a_value_that_the_filter_took_away_can_still_be_clicked() {
        let before = [value("AccessDenied", 7), value("NoSuchKey", 2)];
        let filter = Filter::parse("-errorCode:AccessDenied s3").unwrap();
        let check = |field: Field, wanted: &[FacetValue]| {
            assert_eq!(listed(&[value("NoSuchKey", 2)], &filter, field, &before), wanted);
        };
        check(Field::ErrorCode, &[value("AccessDenied", 0), value("NoSuchKey", 2)]);
        check(Field::EventName, &[value("NoSuchKey", 2)]);
    }

    #[test]
    fn a_value_is_listed_once() {
        let counted = [value("S3", 7)];
        let filter = Filter::parse("service:(s3 OR S3 OR i*)").unwrap();
        assert_eq!(listed(&counted, &filter, Field::Service, &[]), counted);
    }
}
