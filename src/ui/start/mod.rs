//! The page without data: where to drop, what it does, what a link waits for.

mod drop_zone;
mod waiting;
mod points;

use leptos::prelude::*;

use crate::{
    model::view::View,
    state::load::Load,
    ui::{
        context::page,
        files::Problems,
        format::{fill, grouped, plural},
    },
};
use drop_zone::DropZone;
use points::Points;
use waiting::LinkWaits;

/// The page without data.
#[component]
pub(crate) fn Start() -> impl IntoView {
    let page = page();
    let words = page.words;
    let holds_view = Memo::new(move |_| page.app.view.with(|it| *it != View::default()));
    let head = move || {
        if holds_view.get() {
            view! { <LinkWaits /> }.into_any()
        } else {
            view! {
                <div class="start-head">
                    <h1>{words.start_title()}</h1>
                    <p class="lead">{words.start_lead()}</p>
                </div>
            }
            .into_any()
        }
    };
    let nothing_found = Memo::new(move |_| {
        let idle = page.app.load.with(|it| *it == Load::Idle);
        idle && page.app.report.with(|it| it.files.found > 0)
    });
    let refused = move || {
        nothing_found.get().then(|| {
            let found = page.app.report.with(|it| it.files.found);
            let told = plural(words.no_events(), found);
            view! {
                <section class="start-refused" role="alert">
                    <h2>{words.no_events_title()}</h2>
                    <p>{fill(told, &[("files", &grouped(found))])}</p>
                    <Problems />
                </section>
            }
        })
    };
    view! {
        <div class="start">
            {head}
            {refused}
            <DropZone />
            <Points />
        </div>
    }
}
