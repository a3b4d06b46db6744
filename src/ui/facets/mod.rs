//! What the values of each field are, and how often; clicks choose among them.

mod chosen;
mod facet;
mod head;
mod search;
mod value;

use leptos::prelude::*;

use crate::{
    model::field::{FACETS, Field},
    ui::context::{Page, page},
};
use facet::FacetBlock;

/// Facets that the first answer fills in one frame.
const AT_ONCE: usize = 2;

/// All facets, one below the other.
#[component]
pub(crate) fn Facets() -> impl IntoView {
    let page = page();
    let words = page.words;
    let answered = Memo::new(move |_| page.asked.look.with(|_| ()).is_some());
    let fill = move || {
        if answered.get() && page.screen.filled_facets.get_untracked() == 0 {
            page.app.fetching.update(|it| *it += 1);
            fill_next(page);
        }
    };
    // In a frame of their own: a drop makes the whole workspace at once.
    let is_made = RwSignal::new(false);
    request_animation_frame(move || {
        is_made.try_set(true);
    });
    let blocks = move || {
        let one = |(place, field): (usize, &Field)| view! { <FacetBlock field=*field place /> };
        is_made.get().then(|| FACETS.iter().enumerate().map(one).collect_view())
    };
    view! {
        <aside
            class="facets"
            aria-label=words.facets()
            class:is-waiting=move || page.is_waiting()
        >
            {blocks}
            {fill}
        </aside>
    }
}

/// Fills some facets with each frame until all are filled; the page counts as busy so long.
fn fill_next(page: Page) {
    request_animation_frame(move || {
        page.screen.filled_facets.update(|it| *it = (*it + AT_ONCE).min(FACETS.len()));
        if page.screen.filled_facets.get_untracked() < FACETS.len() {
            fill_next(page);
        } else {
            page.app.fetching.update(|it| *it = it.saturating_sub(1));
        }
    });
}
