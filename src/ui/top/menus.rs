//! What can be taken in, taken away and set.

use leptos::prelude::*;

use crate::{
    state::{Language, Theme, host::ExportForm, screen::Asking},
    ui::{
        context::page,
        format::counted,
        widget::{Menu, MenuItem, Shape},
    },
};

/// Asks the browser for files or a folder.
pub(crate) fn choose(input: NodeRef<leptos::html::Input>) {
    if let Some(input) = input.get_untracked() {
        input.click();
    }
}

/// Takes in more.
#[component]
pub(crate) fn AddMenu() -> impl IntoView {
    let page = page();
    let words = page.words;
    let has_data = page.has_data();
    let chooses = Signal::derive(move || page.app.preferences.with(|it| it.choose_first));
    let when_data = move || {
        has_data.get().then(|| {
            view! {
                <MenuItem label=words.load_sample() shape=Shape::Spark testid="sample" act=move || {
                    page.screen.asking.set(Some(Asking::Sample));
                } />
                <hr />
                <MenuItem label=words.forget_data() shape=Shape::Close testid="forget" act=move || {
                    page.screen.asking.set(Some(Asking::Forget));
                } />
                <MenuItem label=words.engine_stop() shape=Shape::Warning act=move || {
                    page.app.host().restart_engine();
                } />
            }
        })
    };
    view! {
        <Menu label=words.add_data() shape=Shape::Plus labelled=true class="menu-add">
            <MenuItem label=words.add_folder() shape=Shape::Folder act=move || choose(page.folder_input) />
            <MenuItem label=words.add_files() shape=Shape::File act=move || choose(page.file_input) />
            <MenuItem label=words.choose_first() chosen=chooses act=move || {
                page.app.prefer(|it| it.choose_first = !it.choose_first);
            } />
            {when_data}
        </Menu>
    }
}

/// Takes away what is selected.
#[component]
pub(crate) fn ExportMenu() -> impl IntoView {
    let page = page();
    let words = page.words;
    let export = move |form| page.app.export(page.asked.selection.get_untracked(), form);
    let what = move || {
        let total = page.look(|it| it.total).unwrap_or(0);
        counted(words.export_what(), total)
    };
    view! {
        <Menu label=words.export() shape=Shape::Download class="menu-export">
            <p class="menu-note">{what}</p>
            <MenuItem label=words.export_csv() shape=Shape::Columns act=move || export(ExportForm::Csv) />
            <MenuItem
                label=words.export_json_lines()
                shape=Shape::File
                act=move || export(ExportForm::JsonLines)
            />
        </Menu>
    }
}

/// Language and theme.
#[component]
pub(crate) fn SettingsMenu() -> impl IntoView {
    let page = page();
    let words = page.words;
    let preferences = page.app.preferences;
    let language = move |language: Language, name: &'static str| {
        let chosen = Signal::derive(move || preferences.with(|it| it.language == language));
        view! {
            <MenuItem label=name chosen act=move || page.app.prefer(|it| it.language = language) />
        }
    };
    let theme = move |theme: Theme, name: &'static str| {
        let chosen = Signal::derive(move || preferences.with(|it| it.theme == theme));
        view! { <MenuItem label=name chosen act=move || page.app.prefer(|it| it.theme = theme) /> }
    };
    view! {
        <Menu label=words.more_menu() shape=Shape::Contrast class="menu-settings">
            <p class="menu-note">{words.language()}</p>
            {language(Language::English, "English")}
            {language(Language::Korean, "한국어")}
            <hr />
            <p class="menu-note">{words.theme()}</p>
            {theme(Theme::System, words.theme_system())}
            {theme(Theme::Light, words.theme_light())}
            {theme(Theme::Dark, words.theme_dark())}
        </Menu>
    }
}
