//! The head of a facet: its name, how many values, what else can be done.

use leptos::prelude::*;

use crate::{
    model::{field::Field, question::Facet},
    state::{command::Command, questions::columns, screen::FACET_LIMIT},
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
    /// Whether values are searched.
    searching: RwSignal<bool>,
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
    let many = Memo::new(move |_| {
        facet.with(|it| it.as_ref().is_some_and(|it| it.distinct > u64::from(FACET_LIMIT)))
    });
    let search_label = fill(words.facet_search(), &[("field", field.name())]);
    let search = move || {
        let label = search_label.clone();
        (open.get() && (many.get() || searching.get())).then(|| {
            view! {
                <button
                    type="button"
                    class="button is-icon is-small"
                    aria-label=label.clone()
                    title=label
                    aria-pressed=move || searching.get().to_string()
                    on:click=move |_| searching.update(|it| *it = !*it)
                >
                    <Icon shape=Shape::Search />
                </button>
            }
        })
    };
    let menu_label = fill(words.facet_menu(), &[("field", field.name())]);
    let note = menu_label.clone();
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
            {search}
            <Menu label=menu_label shape=Shape::More class="facet-menu">
                <p class="menu-note">{note.clone()}</p>
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
