//! What the values of each field are, and how often; clicks choose among them.

mod chosen;
mod facet;
mod head;
mod search;
mod value;

use leptos::prelude::*;

use crate::{model::field::FACETS, ui::context::page};
use facet::FacetBlock;

/// All facets, one below the other.
#[component]
pub(crate) fn Facets() -> impl IntoView {
    let page = page();
    let words = page.words;
    view! {
        <aside
            class="facets"
            aria-label=words.facets()
            class:is-waiting=move || page.is_waiting()
        >
            {FACETS.iter().map(|field| view! { <FacetBlock field=*field /> }).collect_view()}
        </aside>
    }
}
