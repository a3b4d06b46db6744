//! Lines below the bar that say what a person should know.

use leptos::prelude::*;

use crate::{
    state::{EngineState, Export, load::Load},
    ui::{
        context::page,
        failure::explain,
        format::{counted, fill},
        widget::{Icon, Shape},
    },
};

/// A line that stays until what it tells is over, or until it is dismissed.
#[component]
fn Notice(
    /// `info`, `good`, `warning` or `bad`: the class of its colour.
    tone: &'static str,
    /// What it says.
    #[prop(into)]
    text: String,
    /// A button: its words and what it does.
    #[prop(optional)]
    act: Option<(&'static str, Callback<()>)>,
) -> impl IntoView {
    let role = if tone == "bad" || tone == "warning" { "alert" } else { "status" };
    let button = act.map(|(label, act)| {
        view! {
            <button type="button" class="button is-small" on:click=move |_| act.run(())>{label}</button>
        }
    });
    view! {
        <div class=format!("notice is-{tone}") role=role>
            <Icon shape=if tone == "good" { Shape::Check } else { Shape::Warning } />
            <p>{text}</p>
            {button}
        </div>
    }
}

/// Everything there is to say now.
#[component]
pub(crate) fn Notices() -> impl IntoView {
    let page = page();
    let app = page.app;
    let words = page.words;
    let at_work = Memo::new(move |_| app.load.with(Load::is_running));
    let engine = move || match app.engine.get() {
        EngineState::Starting | EngineState::Ready => None,
        EngineState::Restarted { doing } => {
            let text = match at_work.get() {
                true => words.engine_restarted(),
                false => words.engine_read_again(),
            };
            let text = fill(text, &[("doing", &doing)]);
            let act =
                (words.dismiss(), Callback::new(move |()| app.engine.set(EngineState::Ready)));
            Some(view! { <Notice tone="warning" text act /> })
        },
        EngineState::Failed { message } => {
            let text = fill(words.engine_failed(), &[("message", &message)]);
            let act = (words.update_now(), Callback::new(move |()| app.host().reload()));
            Some(view! { <Notice tone="bad" text act /> })
        },
    };
    let full = Memo::new(move |_| app.data.with(|it| it.full));
    let full =
        move || full.get().then(|| view! { <Notice tone="warning" text=words.data_full() /> });
    let nothing = move || {
        let names = app.nothing_in.get()?;
        let act = (words.dismiss(), Callback::new(move |()| app.nothing_in.set(None)));
        let text = match names.is_empty() {
            true => words.nothing_in_it().to_owned(),
            false => fill(words.nothing_in(), &[("names", &names.join(", "))]),
        };
        Some(view! { <Notice tone="warning" text act /> })
    };
    let update = move || {
        let act = (words.update_now(), Callback::new(move |()| app.host().reload()));
        app.update_ready
            .get()
            .then(|| view! { <Notice tone="info" text=words.update_ready() act /> })
    };
    let export = move || {
        let over = (words.dismiss(), Callback::new(move |()| app.export.set(Export::None)));
        match app.export.get() {
            Export::None => None,
            Export::Running => {
                Some(view! { <Notice tone="info" text=words.exporting() /> }.into_any())
            },
            Export::Done(events) => {
                let text = counted(words.exported(), events);
                Some(view! { <Notice tone="good" text act=over /> }.into_any())
            },
            Export::Failed(reason) => {
                let text = explain(&reason, words);
                Some(view! { <Notice tone="bad" text act=over /> }.into_any())
            },
        }
    };
    view! { <div class="notices">{engine}{full}{nothing}{update}{export}</div> }
}
