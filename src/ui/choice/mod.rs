//! What of a load is read, as a person chooses it.

mod names;
mod days;

use std::sync::Arc;

use leptos::{ev::SubmitEvent, prelude::*};

use crate::{
    model::{estimate::Estimate, path::PathFilter},
    state::choice::{Choice, Reason},
    ui::{
        context::{Page, page},
        focus::{HOME, hand_on},
        format::{about, bytes, counted, fill, grouped, plural},
        widget::{Check, Dialog, button, plain},
        words::Words,
    },
};
use days::Days;
use names::{ACCOUNTS, Names, REGIONS};

/// `3,872 files, 8 MB, about 30,000 events, about 20 MB of memory`.
pub(crate) fn amount(estimate: Estimate, words: Words) -> String {
    let values = [
        ("files", grouped(estimate.files)),
        ("bytes", bytes(estimate.bytes)),
        ("events", about_events(estimate.events, words)),
        // Of nothing not even what an engine needs for itself.
        ("memory", bytes(if estimate.files == 0 { 0 } else { estimate.memory_bytes() })),
    ];
    let values = values.each_ref().map(|(name, text)| (*name, text.as_str()));
    fill(plural(words.amount(), estimate.files), &values)
}

/// `about 9,600 events`.
fn about_events(events: u64, words: Words) -> String {
    fill(plural(words.about_events(), events), &[("n", &about(events))])
}

/// The question, where it waits for an answer.
#[component]
pub(crate) fn ChoiceDialog() -> impl IntoView {
    let page = page();
    let words = page.words;
    let choice = page.app.choice;
    let open = Memo::new(move |_| choice.with(Option::is_some));
    let reason = Memo::new(move |_| choice.with(|it| it.as_ref().map(|it| it.reason)));
    let close_label =
        Signal::derive(move || reason.get().map_or(words.close(), |it| close_word(it, words)));
    view! {
        <Dialog
            title=words.choice_title()
            close_label
            open
            close=Callback::new(move |()| page.app.host().close_choice())
        >
            {move || choice.get().map(|choice| view! { <Form choice /> })}
        </Dialog>
    }
}

/// What closing the question does: it ends a load that waits for the answer before it reads.
fn close_word(reason: Reason, words: Words) -> &'static str {
    match reason {
        Reason::First => words.choice_stop(),
        Reason::TooMuch | Reason::Asked => words.close(),
    }
}

/// What there is, what of it is chosen, and what to do.
#[component]
fn Form(
    /// What a person chooses from.
    choice: Choice,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    hand_on(page, ".dialog", HOME);
    let draft = RwSignal::new(choice.filter.clone());
    let survey = Arc::clone(&choice.survey);
    let of_chosen = Arc::clone(&survey);
    let chosen = Memo::new(move |_| draft.with(|it| of_chosen.chosen(it)));
    let room = bytes(choice.room_bytes);
    let lead = match choice.reason {
        Reason::First => counted(words.choice_lead_first(), survey.all.files),
        Reason::Asked => words.choice_lead_asked().to_owned(),
        Reason::TooMuch if choice.filter.range.is_some() => {
            fill(words.choice_lead_newest(), &[("memory", &room)])
        },
        Reason::TooMuch => fill(words.choice_lead_too_much(), &[("memory", &room)]),
    };
    let close = close_word(choice.reason, words);
    let all_fits = choice.fits(survey.all);
    let fits = Memo::new(move |_| choice.fits(chosen.get()));
    let warning = move || {
        let text = fill(words.choice_warning(), &[("memory", &room)]);
        (!fits.get()).then(|| view! { <p class="choice-warning" role="status">{text}</p> })
    };
    let read = move |filter: PathFilter| page.app.host().read_chosen(filter);
    let read_all = if all_fits { words.choice_read_all() } else { words.choice_read_full() };
    let found = fill(words.choice_found(), &[("amount", &amount(survey.all, words))]);
    let of_chosen =
        move || fill(words.choice_chosen(), &[("amount", &amount(chosen.get(), words))]);
    // As a form: Enter in a field reads what is chosen.
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if chosen.with_untracked(|it| it.files > 0) {
            read(draft.get_untracked());
        }
    };
    view! {
        <form class="choice-form" novalidate=true on:submit=submit>
        <p>{lead}</p>
        <p class="quiet">{found}</p>
        <div class="choice-names">
            <Names dimension=ACCOUNTS survey=Arc::clone(&survey) draft />
            <Names dimension=REGIONS survey=Arc::clone(&survey) draft />
        </div>
        <Days survey=Arc::clone(&survey) draft />
        {unnamed(page, survey.unnamed(), draft)}
        <div class="choice-foot">
            <p aria-live="polite" data-testid="choice-amount">{of_chosen}</p>
            {warning}
            <div class="choice-buttons">
                <button
                    type="submit"
                    class="button is-primary"
                    data-testid="choice-read"
                    autofocus=true
                    disabled=move || chosen.with(|it| it.files == 0)
                >
                    {words.choice_read()}
                </button>
                {button("button", Some("choice-all"), None, read_all, move || read(PathFilter::default()))}
                {button("button", Some("choice-cancel"), None, close, move || {
                    page.app.host().close_choice();
                })}
            </div>
        </div>
        </form>
    }
}

/// Files whose paths do not tell what they are of; nothing where there are none.
fn unnamed(page: Page, unnamed: Estimate, draft: RwSignal<PathFilter>) -> Option<AnyView> {
    let check = || Check {
        testid: "choice-unnamed",
        value: None,
        name: plain("span", "").text(page.words.choice_unnamed()),
        note: Box::new(move || names::count(unnamed, page.words)),
        is_on: Box::new(move || draft.with(|it| !it.named_only)),
        toggle: Box::new(move || draft.update(|it| it.named_only = !it.named_only)),
    };
    (unnamed.files > 0).then(|| check().view())
}
