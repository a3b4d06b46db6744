//! The page without data: where to drop, what it does, what a link waits for.

mod drop_zone;
mod ended;
mod waiting;
mod points;

use leptos::prelude::*;

use crate::{model::view::View, ui::context::page};
use drop_zone::DropZone;
use ended::Ended;
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
    view! {
        <div class="start">
            {head}
            <Ended />
            <DropZone />
            <Points />
        </div>
    }
}
