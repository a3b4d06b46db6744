//! Where the filter is typed.

use leptos::{ev::KeyboardEvent, prelude::*};

use super::filter_error::FilterErrorNote;
use crate::{
    state::command::Command,
    ui::{
        context::page,
        widget::{Icon, Shape},
    },
};

/// The filter, and below it what is wrong with it.
#[component]
pub(crate) fn FilterBox() -> impl IntoView {
    let page = page();
    let words = page.words;
    let text = Memo::new(move |_| page.app.view.with(|it| it.filter.clone()));
    let is_wrong = move || page.asked.filter_error.with(Option::is_some);
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        // While a syllable is being put together, Enter ends the syllable.
        "Enter" if !event.is_composing() => {
            page.send(Command::Filter(text.get_untracked()));
        },
        "Escape" => {
            event.prevent_default();
            if let Some(input) = page.filter_input.get_untracked() {
                input.blur().ok();
            }
        },
        _ => {},
    };
    let clear = move || {
        let button = view! {
            <button
                type="button"
                class="filter-clear"
                aria-label=words.clear_filter()
                title=words.clear_filter()
                on:click=move |_| {
                    page.send(Command::Filter(String::new()));
                    if let Some(input) = page.filter_input.get_untracked() {
                        input.focus().ok();
                    }
                }
            >
                <Icon shape=Shape::Close />
            </button>
        };
        (!text.with(String::is_empty)).then_some(button)
    };
    view! {
        <div class="filter" class:is-wrong=is_wrong role="search">
            <Icon shape=Shape::Search />
            <input
                node_ref=page.filter_input
                class="filter-input"
                type="text"
                data-testid="filter"
                aria-label=words.filter()
                aria-invalid=move || is_wrong().to_string()
                aria-describedby="filter-error"
                placeholder=words.filter_hint()
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                prop:value=move || text.get()
                on:input:target=move |event| {
                    page.send(Command::TypeFilter(event.target().value()));
                }
                on:keydown=on_key
            />
            {clear}
            <kbd class="filter-key" aria-hidden="true">"/"</kbd>
            <div id="filter-error" class="filter-error-place">
                <FilterErrorNote />
            </div>
        </div>
    }
}
