//! Which columns the table has.

use leptos::prelude::*;

use crate::{
    model::field::{DEFAULT_COLUMNS, Field},
    state::{command::Command, questions::columns},
    ui::{
        context::page,
        widget::{Menu, MenuItem, Shape},
    },
};

/// The columns after a field was switched on or off; the last one stays.
fn toggled(shown: &[Field], field: Field) -> Vec<Field> {
    let mut next = shown.to_vec();
    match next.iter().position(|it| *it == field) {
        Some(_) if next.len() == 1 => {},
        Some(at) => {
            next.remove(at);
        },
        None => next.push(field),
    }
    // The default is written as nothing, so that addresses stay short.
    if next == DEFAULT_COLUMNS { Vec::new() } else { next }
}

/// A list of all fields, the shown ones marked.
#[component]
pub(crate) fn ColumnsMenu() -> impl IntoView {
    let page = page();
    let words = page.words;
    let item = move |field: Field| {
        let chosen = Signal::derive(move || page.app.view.with(|it| columns(it).contains(&field)));
        let act = move || {
            let next = page.app.view.with_untracked(|it| toggled(columns(it), field));
            page.send(Command::Columns(next));
        };
        view! { <MenuItem label=field.name() chosen act /> }
    };
    view! {
        <Menu label=words.columns() shape=Shape::Columns labelled=true class="menu-columns">
            <MenuItem
                label=words.columns_default()
                act=move || page.send(Command::Columns(Vec::new()))
            />
            <hr />
            <div class="menu-scroll">{Field::ALL.iter().copied().map(item).collect_view()}</div>
        </Menu>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_go_and_come_and_one_stays() {
        assert_eq!(toggled(&[Field::EventName], Field::EventName), [Field::EventName]);
        let two = toggled(&[Field::EventName], Field::File);
        assert_eq!(two, [Field::EventName, Field::File]);
        assert_eq!(toggled(&two, Field::EventName), [Field::File]);
        let without = &DEFAULT_COLUMNS[..DEFAULT_COLUMNS.len() - 1];
        assert_eq!(toggled(without, DEFAULT_COLUMNS[DEFAULT_COLUMNS.len() - 1]), []);
    }
}
