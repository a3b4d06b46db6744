//! The bar itself.

use leptos::prelude::*;

use super::{
    filter_box::FilterBox,
    menus::{AddMenu, ExportMenu, SettingsMenu},
};
use crate::ui::{
    context::page,
    widget::{Icon, Shape},
};

/// The bar at the top.
#[component]
pub(crate) fn TopBar() -> impl IntoView {
    let page = page();
    let words = page.words;
    let has_data = page.has_data();
    let filter = move || has_data.get().then(|| view! { <FilterBox /> });
    let export = move || has_data.get().then(|| view! { <ExportMenu /> });
    view! {
        <header class="top">
            <div class="brand">
                <Mark />
                <span class="brand-name">"Trailglass"</span>
            </div>
            <div class="top-middle">{filter}</div>
            <div class="top-acts">
                <span class="privacy" title=words.point_verify()>
                    <Icon shape=Shape::Lock />
                    <span class="privacy-text">{words.privacy_line()}</span>
                </span>
                <AddMenu />
                {export}
                <SettingsMenu />
                <button
                    type="button"
                    class="button is-icon"
                    aria-label=words.help()
                    title=words.help()
                    on:click=move |_| page.screen.help.set(true)
                >
                    <Icon shape=Shape::Help />
                </button>
            </div>
        </header>
    }
}

/// The mark: a trail of bars seen through a glass.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path class="mark-bars" d="M6 14v-3M9.5 14V8M13 14v-5"></path>
            <path class="mark-glass" d="M10 18a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM15.8 15.8 21.5 21.5"></path>
        </svg>
    }
}
