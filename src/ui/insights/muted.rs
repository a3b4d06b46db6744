//! What a person calls normal: said on an incident, undone in a list.

use leptos::prelude::*;

use crate::{
    model::insight::Incident,
    state::mute::Mute,
    ui::{
        context::page,
        format::{counted, fill, instant, short_arn},
        widget::{Plain, button, plain},
        words::Words,
    },
};

/// Who and what: `user/backup · s3:GetObject`.
fn subject(mute: &Mute, words: Words) -> String {
    let who = if mute.principal.is_empty() {
        words.everyone().to_owned()
    } else {
        short_arn(&mute.principal).into_owned()
    };
    format!("{who} · {}", mute.api())
}

/// A form that mutes what an incident is about, at any time or from its beginning on.
pub(crate) fn mute_form(incident: &Incident) -> Plain {
    let page = page();
    let words = page.words;
    let mute = Mute::of(incident);
    let start = incident.range.start_millis;
    let reason = RwSignal::new(String::new());
    let act = |from_millis: Option<i64>| {
        let mute = mute.clone();
        move || {
            let reason = reason.get_untracked().trim().to_owned();
            let mute = Mute { from_millis, reason, ..mute.clone() };
            page.app.mute(|all| all.push(mute));
            page.screen.say(words.mute_said());
        }
    };
    let input = view! {
        <input
            type="text"
            class="mute-reason"
            data-testid="mute-reason"
            aria-label=words.mute_reason()
            placeholder=words.mute_reason()
            prop:value=move || reason.get()
            on:input:target=move |event| reason.set(event.target().value())
        />
    };
    let always = button("button is-small", Some("mute"), None, words.mute_always(), act(None));
    let from =
        button("button is-small", Some("mute-from"), None, words.mute_from(), act(Some(start)));
    let what = fill(words.mute_what(), &[("what", &subject(&mute, words))]);
    plain("details", "mute")
        .with(plain("summary", "").text(words.mute_title()))
        .with(plain("p", "quiet").text(what))
        .with(
            plain("div", "incident-acts")
                .with_view(input.into_any())
                .with_view(always)
                .with_view(from),
        )
}

/// All that is muted, and how many incidents that leaves out; nothing where nothing is.
pub(crate) fn muted_list(left_out: usize, mutes: &[Mute]) -> Option<AnyView> {
    let page = page();
    let words = page.words;
    let line = |(at, mute): (usize, &Mute)| {
        let from = mute.from_millis.map(|it| fill(words.mute_since(), &[("time", &instant(it))]));
        let told: Vec<String> =
            from.into_iter().chain(Some(mute.reason.clone()).filter(|it| !it.is_empty())).collect();
        let undo = move || {
            page.app.mute(|all| {
                if at < all.len() {
                    all.remove(at);
                }
            });
        };
        plain("li", "muted-line")
            .testid("muted-line")
            .with(plain("span", "mono").title(mute.principal.as_str()).text(subject(mute, words)))
            .with(plain("span", "quiet").text(told.join(" · ")))
            .with_view(button("link", Some("unmute"), None, words.mute_undo(), undo))
    };
    (!mutes.is_empty()).then(|| {
        let count = counted(words.mute_count(), left_out as u64);
        plain("details", "muted")
            .testid("muted")
            .with(plain("summary", "").text(count))
            .with(plain("ul", "").with_all(mutes.iter().enumerate().map(line)))
            .view()
    })
}
