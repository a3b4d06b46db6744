//! What became of a load that brought no event.

use leptos::prelude::*;

use crate::{
    state::load::Load,
    ui::{
        context::page,
        files::{DigestChain, Problems},
        focus::{HOME, focus_if_lost},
        format::{counted, fill, grouped, plural},
    },
};

/// Says that nothing was found or that the load was cancelled; nothing before there was a load.
#[component]
pub(super) fn Ended() -> impl IntoView {
    let page = page();
    let words = page.words;
    let counts = Memo::new(move |_| {
        let is_idle = page.app.load.with(|it| *it == Load::Idle);
        let counts = page.app.report.with(|it| (it.files.found, it.left_out(), it.faults() > 0));
        (is_idle && counts != (0, None, false)).then_some(counts)
    });
    let said = move |found: u64, left_out: Option<u64>, is_wrong: bool| {
        let others = found.saturating_sub(left_out.unwrap_or(0));
        let title = match left_out {
            Some(_) if others == 0 => words.cancelled_title(),
            _ => words.no_events_title(),
        };
        let text = match left_out {
            None if found == 0 => words.nothing_opened().to_owned(),
            None => fill(plural(words.no_events(), found), &[("files", &grouped(found))]),
            Some(0) => words.cancelled_early().to_owned(),
            Some(files) => counted(words.cancelled_files(), files),
        };
        // That files were left out is said above; what else there was is listed.
        let listed = others > 0 || is_wrong && left_out.is_none();
        let problems = listed.then(|| view! { <Problems is_answer=true /> });
        focus_if_lost(page, HOME);
        view! {
            <section class="start-refused" role="alert" data-testid="ended">
                <h2 id="start-said" tabindex="-1">{title}</h2>
                <p>{text}</p>
                {problems}
            </section>
            // Digests alone tell which logs are missing.
            <div class="start-chain"><DigestChain /></div>
        }
    };
    move || counts.get().map(|(found, left_out, is_wrong)| said(found, left_out, is_wrong))
}
