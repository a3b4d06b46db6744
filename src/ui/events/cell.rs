//! One value in the table.

use leptos::prelude::*;

use crate::{
    model::{cell::Cell, field::Field},
    ui::format::{instant, short_arn, visible},
};

/// The text of a cell: times as people read them, ARNs cut to their names where a column is of
/// principals.
pub(crate) fn cell_text(field: Field, cell: &Cell) -> String {
    match (field, cell) {
        (_, Cell::Time(millis)) => instant(*millis),
        (Field::Principal, Cell::Text(arn)) => short_arn(arn).into_owned(),
        _ => visible(&cell.text()).into_owned(),
    }
}

/// How a value is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
struct Drawn {
    class: String,
    whole: String,
    text: String,
}

fn drawn(field: Field, cell: &Cell) -> Drawn {
    let whole = cell.text();
    let class = match (field, cell) {
        (_, Cell::Missing) => "cell is-missing".to_owned(),
        (Field::Outcome, _) => format!("cell is-outcome outcome-{whole}"),
        (_, Cell::Time(_) | Cell::Number(_)) => "cell is-number".to_owned(),
        _ => "cell".to_owned(),
    };
    let text =
        if matches!(cell, Cell::Missing) { "–".to_owned() } else { cell_text(field, cell) };
    Drawn { class, whole: visible(&whole).into_owned(), text }
}

/// One value.
#[component]
pub(crate) fn CellView(
    /// Whose value, and the value.
    cell: Memo<Option<(Field, Cell)>>,
    /// The pointer came.
    entered: impl Fn() + 'static,
) -> impl IntoView {
    let now = Memo::new(move |_| {
        cell.with(|it| it.as_ref().map(|(field, cell)| drawn(*field, cell)).unwrap_or_default())
    });
    view! {
        <div
            role="gridcell"
            class=move || now.with(|it| it.class.clone())
            title=move || now.with(|it| it.whole.clone())
            on:mouseenter=move |_| entered()
        >
            {move || now.with(|it| it.text.clone())}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn principals_are_shown_by_name_and_times_for_people() {
        let arn = Cell::Text("arn:aws:iam::1:role/Admin".to_owned());
        assert_eq!(cell_text(Field::Principal, &arn), "role/Admin");
        assert_eq!(cell_text(Field::IdentityArn, &arn), "arn:aws:iam::1:role/Admin");
        assert_eq!(cell_text(Field::EventTime, &Cell::Time(0)), "1970-01-01 00:00:00");
        let forged = Cell::Text("\u{202e}1.2.3.4".to_owned());
        assert_eq!(cell_text(Field::SourceIpAddress, &forged), "‹U+202E›1.2.3.4");
    }
}
