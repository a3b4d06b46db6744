//! One line at the lower edge: what was loaded, and whether the page is at work.

use leptos::prelude::*;

use crate::{
    model::{report::Report, view::Tab},
    state::{EngineState, command::Command, load::Load},
    ui::{
        context::page,
        focus::{Places, focus_soon},
        format::{grouped, instant, plural},
    },
};

/// Where problems are told.
const PROBLEMS: Places = &["problems-title", "start-said"];

/// What was loaded.
#[component]
pub(crate) fn Summary() -> impl IntoView {
    let page = page();
    let words = page.words;
    let report = page.app.report;
    let has_any = Memo::new(move |_| {
        report.with(|it| it.files.found > 0) || page.app.data.with(|it| it.events > 0)
    });
    let figure = move |name: &'static str, read: fn(&Report) -> u64| {
        let number = Memo::new(move |_| report.with(read));
        let figure = move || grouped(number.get());
        view! { <span class="figure"><b>{figure}</b>" "{move || plural(name, number.get())}</span> }
    };
    let problems = move || {
        let number = page.app.faults();
        let some = number > 0;
        let show = move |_| {
            page.send(Command::Show(Tab::Files));
            let of_files = report.with_untracked(Report::faults) > 0;
            focus_soon(page, if some && !of_files { &["chain-said"] } else { PROBLEMS });
        };
        view! {
            <button
                type="button"
                class="figure is-link"
                class:is-bad=some
                on:click=show
            >
                <b>{grouped(number)}</b>" "{plural(words.sum_problems(), number)}
            </button>
        }
    };
    let range = move || {
        let range =
            report.with(|it| it.time_range).or_else(|| page.app.data.with(|it| it.range))?;
        let text = format!("{} – {}", instant(range.start_millis), instant(range.end_millis));
        Some(view! { <span class="figure is-range" title=words.sum_range()>{text}" UTC"</span> })
    };
    // While the first files come in there is nothing to report yet.
    let reported = Memo::new(move |_| report.with(|it| it.files.found > 0));
    let figures = move || {
        reported.get().then(|| {
            view! {
                {figure(words.sum_files(), |it| it.files.read)}
                {figure(words.sum_kept(), |it| it.events.kept)}
                {figure(words.sum_duplicates(), |it| it.events.duplicates)}
                {figure(words.sum_refused(), |it| it.events.rejected)}
                {problems}
            }
        })
    };
    let line = move || {
        has_any.get().then(|| {
            view! {
                <div class="summary" data-testid="summary" aria-label=words.summary() role="group">
                    {figures}
                    {range}
                </div>
            }
        })
    };
    view! { <footer class="status">{line}<EngineSign /></footer> }
}

/// Whether the engine is at rest, at work or not there yet.
#[component]
fn EngineSign() -> impl IntoView {
    let page = page();
    let words = page.words;
    let app = page.app;
    let state = Memo::new(move |_| match app.engine.get() {
        EngineState::Starting => "starting",
        EngineState::Failed { .. } => "failed",
        // While files come in it works without a pause: each change of the sign is a frame.
        _ if app.load.with(Load::is_at_work) => "working",
        _ if app.waiting.get() + app.fetching.get() > 0 => "working",
        _ if app.load.with(Load::is_paused) => "paused",
        _ => "ready",
    });
    let text = move || match state.get() {
        "starting" => words.engine_starting(),
        "working" => words.engine_working(),
        "failed" => words.failed_title(),
        "paused" => words.paused(),
        _ => words.engine_ready(),
    };
    view! { <span class="engine-sign" data-state=move || state.get()>{text}</span> }
}
