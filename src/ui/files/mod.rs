//! What was read, and what could not be.

mod figures;
mod problems;

use leptos::prelude::*;

use figures::Figures;
pub(crate) use problems::Problems;

use crate::ui::context::page;

/// The part of the page with the files.
#[component]
pub(crate) fn Files() -> impl IntoView {
    let words = page().words;
    view! {
        <div class="files" tabindex="0" role="region" aria-label=words.files_title()>
            <h2>{words.files_title()}</h2>
            <Figures />
            <h2>{words.problems_title()}</h2>
            <Problems />
        </div>
    }
}
