//! The figures of a load.

use leptos::prelude::*;

use crate::{
    model::report::Report,
    state::load::Load,
    ui::{
        context::page,
        format::{bytes, elapsed, grouped, instant},
        words::Words,
    },
};

/// Every figure with its name; `coming` files were found since the report.
fn figures(report: &Report, coming: u64, words: Words) -> Vec<(&'static str, String)> {
    let Report { files, events, bytes: size, .. } = report;
    let mut figures = vec![
        (words.files_found(), grouped(files.found + coming)),
        (words.files_read(), grouped(files.read)),
        (words.files_skipped(), grouped(files.skipped)),
        (words.files_failed(), grouped(files.failed)),
        (words.events_read(), grouped(events.read)),
        (words.events_kept(), grouped(events.kept)),
        (words.events_duplicates(), grouped(events.duplicates)),
        (words.events_rejected(), grouped(events.rejected)),
        (words.bytes_compressed(), bytes(size.compressed)),
        (words.bytes_json(), bytes(size.json)),
        (words.load_time(), elapsed(report.elapsed_millis, words.language)),
        (words.memory_used(), bytes(report.memory_bytes)),
    ];
    if let Some(range) = report.time_range {
        figures.push((words.group_first_seen(), format!("{} UTC", instant(range.start_millis))));
        figures.push((words.group_last_seen(), format!("{} UTC", instant(range.end_millis))));
    }
    figures
}

/// The figures of everything that was taken in.
#[component]
pub(crate) fn Figures() -> impl IntoView {
    let page = page();
    let words = page.words;
    let coming = Memo::new(move |before: Option<&u64>| {
        page.app.load.with(Load::found).or(before.copied()).unwrap_or(0)
    });
    let list = move || {
        let figures = page.app.report.with(|it| figures(it, coming.get(), words));
        let one = |(name, value): (&'static str, String)| {
            view! { <div class="figure-box"><dt>{name}</dt><dd>{value}</dd></div> }
        };
        figures.into_iter().map(one).collect_view()
    };
    view! { <dl class="figures">{list}</dl> }
}
