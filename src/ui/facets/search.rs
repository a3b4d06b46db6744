//! Values of a facet that hold a text.

use leptos::prelude::*;

use super::{facet::ambiguous_names, value::FacetValueButton};
use crate::{
    model::{field::Field, question::FacetValue},
    state::questions::facet_search,
    ui::{context::page, failure::Failure},
};

/// The values found, most frequent first.
#[component]
pub(crate) fn FacetSearch(
    /// Whose values.
    field: Field,
    /// What they hold.
    text: RwSignal<String>,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let trimmed = Signal::derive(move || text.with(|it| it.trim().to_owned()));
    let found = facet_search(page.app, page.asked.selection, field, trimmed);
    let values: Memo<Vec<FacetValue>> =
        Memo::new(move |_| found.with(|it| it.values.clone()).unwrap_or_default());
    let total = Memo::new(move |_| found.with(|it| it.total).unwrap_or(0));
    let ambiguous = Memo::new(move |_| values.with(|it| ambiguous_names(it)));
    let names = move || values.with(|it| it.iter().map(|it| it.value.clone()).collect::<Vec<_>>());
    let none = move || {
        let answered = found.with(|it| it.values.is_empty()).unwrap_or(false);
        answered.then(|| view! { <p class="facet-note">{words.facet_nothing_found()}</p> })
    };
    let failure = move || found.failure().map(|reason| view! { <Failure reason /> });
    view! {
        <ul class="facet-values" class:is-waiting=move || found.waiting.get()>
            <For each=names key=String::clone let:value>
                <FacetValueButton field value values total ambiguous />
            </For>
        </ul>
        {none}
        {failure}
    }
}
