//! The head of a facet: its name, how many values, what else can be done.

use leptos::prelude::*;

use crate::{
    model::{field::Field, question::Facet},
    state::{command::Command, questions::columns},
    ui::{
        context::page,
        format::{compact, fill},
        widget::{Icon, Menu, MenuItem, Shape},
    },
};

/// Unfolds and folds; its menu groups by the field or shows it as a column.
#[component]
pub(crate) fn FacetHead(
    /// Whose values.
    field: Field,
    /// Whether they are shown.
    open: Memo<bool>,
    /// Their counts, once there are some.
    facet: Memo<Option<Facet>>,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let toggle = move |_| {
        page.screen.open_facets.update(|it| match it.iter().position(|it| *it == field) {
            Some(at) => {
                it.remove(at);
            },
            None => it.push(field),
        });
    };
    let shape = move || {
        let shape = if open.get() { Shape::Down } else { Shape::Right };
        view! { <Icon shape /> }
    };
    let distinct = move || {
        let count = facet.with(|it| it.as_ref().map(|it| it.distinct))?;
        Some(view! { <span class="facet-distinct">{compact(count)}</span> })
    };
    let add_column = move || {
        let mut shown = page.app.view.with_untracked(|it| columns(it).to_vec());
        if !shown.contains(&field) {
            shown.push(field);
        }
        page.send(Command::Columns(shown));
    };
    view! {
        <header class="facet-head">
            <h3>
                <button
                    type="button"
                    class="facet-toggle"
                    aria-expanded=move || open.get().to_string()
                    on:click=toggle
                >
                    {shape}
                    <span class="facet-name">{field.name()}</span>
                    {distinct}
                </button>
            </h3>
            <Menu label=words.facet_menu() shape=Shape::More class="facet-menu">
                <p class="menu-note">{fill(words.facet_menu(), &[("field", field.name())])}</p>
                <MenuItem
                    label=words.group_by_this()
                    shape=Shape::Group
                    testid="group-by"
                    act=move || page.send(Command::GroupBy(vec![field]))
                />
                <MenuItem label=words.add_column() shape=Shape::Columns act=add_column />
            </Menu>
        </header>
    }
}
