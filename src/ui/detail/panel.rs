//! The panel beside the table.

use leptos::prelude::*;

use super::{glance::Glance, json::Json, raw::Raw, tree::Tree};
use crate::{
    state::{command::Command, host::Record, load::Load},
    ui::{
        context::page,
        events::moves,
        failure::Failure,
        format::visible,
        told::told,
        widget::{Icon, Shape},
    },
};

/// The event that is open.
#[component]
pub(crate) fn Detail() -> impl IntoView {
    let page = page();
    let words = page.words;
    let asked = page.asked.record;
    let body = move || {
        asked.answer.with(|it| match it {
            None => {
                let loading = page.app.load.with(Load::is_running);
                let text = if loading { words.detail_waiting() } else { words.detail_loading() };
                view! { <p class="detail-wait quiet">{text}</p> }.into_any()
            },
            Some(Err(reason)) => view! { <Failure reason=reason.clone() /> }.into_any(),
            Some(Ok(record)) => view! { <RecordView record=record.clone() /> }.into_any(),
        })
    };
    let button = move |label: &'static str, shape: Shape, act: Callback<()>| {
        view! {
            <button
                type="button"
                class="button is-icon is-small"
                aria-label=label
                title=label
                on:click=move |_| act.run(())
            >
                <Icon shape />
            </button>
        }
    };
    view! {
        <aside
            class="detail"
            data-testid="detail"
            aria-label=words.detail()
            class:is-waiting=move || asked.waiting.get()
        >
            <header class="detail-head">
                <h2>{words.detail()}</h2>
                <FormSwitch />
                <span class="spacer"></span>
                {button(words.previous_event(), Shape::Up, Callback::new(move |()| moves::step(page, -1)))}
                {button(words.next_event(), Shape::Down, Callback::new(move |()| moves::step(page, 1)))}
                {button(words.close(), Shape::Close, Callback::new(move |()| page.send(Command::Open(None))))}
            </header>
            <div class="detail-body" tabindex="0">{body}</div>
        </aside>
    }
}

/// Tree or raw text.
#[component]
fn FormSwitch() -> impl IntoView {
    let page = page();
    let words = page.words;
    let raw = page.screen.raw;
    let button = move |label: &'static str, wanted: bool, testid: &'static str| {
        view! {
            <button
                type="button"
                class="segment"
                data-testid=testid
                aria-pressed=move || (raw.get() == wanted).to_string()
                on:click=move |_| raw.set(wanted)
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="segments" role="group">
            {button(words.detail_tree(), false, "detail-tree-tab")}
            {button(words.detail_raw(), true, "detail-raw-tab")}
        </div>
    }
}

/// The record in the form that was chosen, its file, and what can be taken away.
#[component]
fn RecordView(
    /// The record.
    record: Record,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let Record { path, text, problem } = record;
    let json = Json::parse(&text);
    let glance = json.clone().map(|record| view! { <Glance record /> });
    let problem = problem
        .map(|it| view! { <p class="notice is-warning">{visible(&told(&it.message, words.language)).into_owned()}</p> });
    let (copied, saved) = (text.clone(), text.clone());
    let form = move || {
        if page.screen.raw.get() {
            return view! { <Raw text=text.clone() /> }.into_any();
        }
        match json.clone() {
            Some(record) => view! { <Tree record /> }.into_any(),
            None => view! {
                <p class="quiet">{words.detail_not_json()}</p>
                <Raw text=text.clone() />
            }
            .into_any(),
        }
    };
    let save = move |_| {
        page.app.host().save_text("event.json", "application/json", saved.clone());
    };
    view! {
        {glance}
        {problem}
        <div class="detail-acts">
            <button type="button" class="button is-small" on:click=move |_| page.copy(&copied)>
                <Icon shape=Shape::Copy />
                {words.copy_record()}
            </button>
            <button type="button" class="button is-small" on:click=save>
                <Icon shape=Shape::Download />
                {words.save_record()}
            </button>
        </div>
        <p class="detail-file">
            <span class="quiet">{words.detail_file()}</span>
            " "
            <span class="mono" data-testid="detail-file">{visible(&path).into_owned()}</span>
        </p>
        {form}
    }
}
