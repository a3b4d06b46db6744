//! The place that says "drop here". The whole window takes drops.

use leptos::prelude::*;

use crate::{
    state::load::Load,
    ui::{
        context::page,
        top::choose,
        widget::{Check, Icon, Shape, plain},
    },
};

/// A large frame with everything that brings data in.
#[component]
pub(crate) fn DropZone() -> impl IntoView {
    let page = page();
    let words = page.words;
    let loading = Memo::new(move |_| page.app.load.with(Load::is_running));
    let choose_first = Check {
        testid: "choose-first",
        value: None,
        name: plain("span", "").text(words.choose_first()),
        note: Box::new(String::new),
        is_on: Box::new(move || page.app.preferences.with(|it| it.choose_first)),
        toggle: Box::new(move || page.app.prefer(|it| it.choose_first = !it.choose_first)),
    };
    view! {
        <section
            class="drop-zone"
            id="drop-zone"
            tabindex="-1"
            aria-label=words.drop_here()
            data-testid="drop-zone"
            class:is-loading=move || loading.get()
        >
            <div class="drop-icon"><Icon shape=Shape::Folder /></div>
            <p class="drop-title">{words.drop_here()}</p>
            <p class="quiet">{words.drop_forms()}</p>
            <div class="drop-buttons">
                <button
                    type="button"
                    class="button is-primary"
                    on:click=move |_| choose(page.folder_input)
                >
                    {words.choose_folder()}
                </button>
                <button type="button" class="button" on:click=move |_| choose(page.file_input)>
                    {words.choose_files()}
                </button>
            </div>
            {choose_first.view()}
            <div class="drop-sample">
                <span class="quiet">{words.or_try()}</span>
                <button
                    type="button"
                    class="button is-small"
                    data-testid="sample"
                    disabled=move || loading.get()
                    on:click=move |_| page.app.host().open_sample()
                >
                    {words.load_sample()}
                </button>
            </div>
        </section>
    }
}
