//! Widths of columns.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::{model::field::Field, ui::context::Page};

/// No column is narrower.
pub(crate) const MIN_PX: f64 = 56.0;

/// Width of a column that nobody dragged, by what it holds.
fn usual(field: Field) -> f64 {
    match field {
        Field::EventTime => 176.0,
        Field::EventName => 204.0,
        Field::EventSource => 184.0,
        Field::Principal | Field::IdentityArn | Field::ResourceArn | Field::File => 248.0,
        Field::SourceIpAddress | Field::RecipientAccountId => 140.0,
        Field::AwsRegion => 132.0,
        Field::Outcome | Field::Service | Field::Verb | Field::ReadOnly => 100.0,
        Field::EventId | Field::RequestId | Field::UserAgent | Field::ErrorMessage => 280.0,
        _ => 160.0,
    }
}

/// No column is wider, whatever an address says.
const MAX_PX: f64 = 4_000.0;

/// The widths that hold now: those of the view, and that of the edge being dragged.
pub(crate) fn widths(page: Page) -> BTreeMap<Field, f64> {
    let kept = page.app.view.with(|it| it.widths.clone());
    let mut widths: BTreeMap<_, _> =
        kept.into_iter().map(|(field, px)| (field, f64::from(px))).collect();
    widths.extend(page.screen.dragged.get());
    widths
}

/// Width of a column in pixels.
pub(crate) fn width(field: Field, dragged: &BTreeMap<Field, f64>) -> f64 {
    dragged.get(&field).copied().unwrap_or_else(|| usual(field)).clamp(MIN_PX, MAX_PX)
}

/// The columns as a grid's style; the last takes what is left.
pub(crate) fn template(columns: &[Field], dragged: &BTreeMap<Field, f64>) -> String {
    let last = columns.len().saturating_sub(1);
    let one = |(at, field): (usize, &Field)| {
        let px = width(*field, dragged);
        if at == last { format!("minmax({px:.0}px, 1fr)") } else { format!("{px:.0}px") }
    };
    columns.iter().enumerate().map(one).collect::<Vec<_>>().join(" ")
}

/// Where a column begins, in pixels.
pub(crate) fn left(columns: &[Field], at: usize, dragged: &BTreeMap<Field, f64>) -> f64 {
    columns.iter().take(at).map(|it| width(*it, dragged)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_column_takes_what_is_left() {
        let columns = [Field::EventTime, Field::EventName, Field::Outcome];
        let dragged = BTreeMap::from([(Field::EventName, 20.0), (Field::EventTime, 160.4)]);
        assert_eq!(template(&columns, &dragged), "160px 56px minmax(100px, 1fr)");
        assert!((left(&columns, 2, &dragged) - 216.4).abs() < 1e-9);
        assert_eq!(template(&[], &dragged), "");
    }
}
