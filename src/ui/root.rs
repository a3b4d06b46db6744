//! The whole page.

use leptos::{ev::MouseEvent, html::Main, prelude::*};

use super::{
    choice::ChoiceDialog,
    context::{Page, page},
    keys,
    start::Start,
    status::{Heard, Notices, ProgressBar, Summary},
    top::{Confirm, Help, TopBar},
    words::Words,
    workspace::Workspace,
};
use crate::state::{App, load::Load, questions::Questions, screen::Screen};

/// The page. Reads [`App`] from the context.
#[component]
pub fn Root() -> impl IntoView {
    let app = expect_context::<App>();
    let screen = Screen::new();
    screen.wanted_row.set(app.view.with_untracked(|it| (it.row > 0).then_some(it.row)));
    let asked = Questions::new(app, screen);
    let language = Memo::new(move |_| app.preferences.with(|it| it.language));
    // Another language makes the page anew, so that words need not be signals.
    move || {
        provide_context(Page {
            app,
            screen,
            asked,
            words: Words { language: language.get() },
            file_input: NodeRef::new(),
            folder_input: NodeRef::new(),
            table: NodeRef::new(),
            filter_input: NodeRef::new(),
        });
        view! { <Shell /> }
    }
}

/// What is there in every state: the bar, notices, the hidden inputs, and one of start and work.
#[component]
fn Shell() -> impl IntoView {
    let page = page();
    let words = page.words;
    let content = NodeRef::<Main>::new();
    let dropping = RwSignal::new(false);
    keys::listen(page, dropping);
    let has_data = page.has_data();
    // The place for the events is made while their folder is walked: when they come, every core is
    // at work, and the page must not be held.
    let at_work = Memo::new(move |_| has_data.get() || page.app.load.with(Load::is_running));
    let body = move || {
        if at_work.get() {
            view! { <Workspace /> }.into_any()
        } else {
            view! { <Start /> }.into_any()
        }
    };
    let drop_sign = move || {
        dropping.get().then(|| view! { <div class="drop-sign"><p>{words.drop_release()}</p></div> })
    };
    view! {
        <div class="page" class:has-data=move || at_work.get()>
            <a class="skip-link" href="#content" on:click=move |event| skip(&event, content)>{words.skip_to_content()}</a>
            <TopBar />
            <Notices />
            <ProgressBar />
            <main node_ref=content class="content" id="content" tabindex="-1">{body}</main>
            <Summary />
            <Inputs />
            <Help />
            <ChoiceDialog />
            <Confirm />
            <Said />
            <Heard />
            {drop_sign}
        </div>
    }
}

/// The address is the view, so a link inside the page must not touch it.
fn skip(event: &MouseEvent, content: NodeRef<Main>) {
    event.prevent_default();
    if let Some(content) = content.get_untracked() {
        content.focus().ok();
    }
}

/// What was said last. It fades by itself: the style does that.
#[component]
fn Said() -> impl IntoView {
    let said = page().screen.said;
    let last = move || {
        let (count, text) = said.get();
        (count > 0).then_some((count, text))
    };
    view! {
        <div class="said" role="status" aria-live="polite">
            <For each=last key=|it| it.0 let:it>
                <p>{it.1}</p>
            </For>
        </div>
    }
}

/// The inputs behind every "choose" button. They exist once, so that they can be found.
#[component]
fn Inputs() -> impl IntoView {
    let page = page();
    let words = page.words;
    view! {
        <div class="only-heard">
            <input
                node_ref=page.file_input
                type="file"
                multiple
                tabindex="-1"
                aria-label=words.choose_files()
                data-testid="file-input"
                on:change=move |event| page.app.host().open_input(&event)
            />
            <input
                node_ref=page.folder_input
                type="file"
                multiple
                prop:webkitdirectory=true
                tabindex="-1"
                aria-label=words.choose_folder()
                data-testid="folder-input"
                on:change=move |event| page.app.host().open_input(&event)
            />
        </div>
    }
}
