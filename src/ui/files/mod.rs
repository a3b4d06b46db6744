//! What was read, and what could not be.

mod figures;
mod group;
mod problems;
mod limits;
mod coverage;
mod heat;
mod holes;
mod chain;
mod findings;
mod pages;
mod repeats;
mod compare;
mod difference;

use leptos::prelude::*;

pub(crate) use chain::DigestChain;
use coverage::Coverage;
use figures::Figures;
use limits::LimitSettings;
pub(crate) use problems::Problems;
use problems::SaveProblems;
use repeats::Duplicates;

use crate::ui::context::page;

/// The part of the page with the files.
#[component]
pub(crate) fn Files() -> impl IntoView {
    let words = page().words;
    view! {
        <div class="files" tabindex="0" role="region" aria-label=words.files_title()>
            <h2>{words.files_title()}</h2>
            <Figures />
            <Coverage />
            <Duplicates />
            <DigestChain />
            <div class="files-head">
                <h2 id="problems-title" tabindex="-1">{words.problems_title()}</h2>
                <SaveProblems />
            </div>
            <Problems />
            <LimitSettings />
        </div>
    }
}
