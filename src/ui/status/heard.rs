//! How loads go, for those who do not see it.

use leptos::prelude::*;

use crate::{
    model::report::Report,
    ui::{
        context::page,
        format::{counted, fill},
        words::Words,
    },
};

/// What came of everything so far, and how many more files were left out than before; nothing
/// before there was something.
fn ended(report: &Report, left_out_before: u64, words: Words) -> String {
    if report.files.found == 0 && report.problems.is_empty() {
        return String::new();
    }
    let events = counted(words.heard_events(), report.events.kept);
    let files = counted(words.heard_files(), report.files.read);
    let problems = counted(words.heard_problems(), report.faults());
    let values = [("events", events.as_str()), ("files", &files), ("problems", &problems)];
    let mut text = fill(words.heard_ended(), &values);
    let left_out = report.left_out().unwrap_or(0).saturating_sub(left_out_before);
    if left_out > 0 {
        text.push(' ');
        text.push_str(&counted(words.heard_left_out(), left_out));
    }
    text
}

/// Says when a load begins, is put down, goes on and ends. It is always there, since what comes
/// together with its text is often not heard.
#[component]
pub(crate) fn Heard() -> impl IntoView {
    let page = page();
    let words = page.words;
    let load = page.app.load;
    // How far a load is moves often: that is not said.
    let rests = Memo::new(move |_| load.with(|it| it.is_running().then(|| it.is_paused())));
    // The text, and the files that were left out of what was told so far.
    let told = Memo::new(move |before: Option<&(String, u64)>| {
        let left_out = before.map_or(0, |it| it.1);
        match rests.get() {
            Some(false) => (words.heard_started().to_owned(), left_out),
            Some(true) => (words.heard_paused().to_owned(), left_out),
            None => {
                page.app.report.with(|it| (ended(it, left_out, words), it.left_out().unwrap_or(0)))
            },
        }
    });
    view! {
        <p class="only-heard" role="status" aria-live="polite" data-testid="heard">
            {move || told.get().0}
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::problem::{Problem, ProblemKind},
        state::Language,
    };

    #[test]
    fn the_end_of_a_load_is_told_in_a_sentence() {
        let words = Words { language: Language::English };
        let mut report = Report::default();
        assert_eq!(ended(&report, 0, words), "");
        report.files.found = 3_000;
        report.files.read = 1;
        report.files.skipped = 2_999;
        report.events.kept = 1_234;
        report.problems = vec![Problem::new("", ProblemKind::Cancelled, "")];
        assert_eq!(
            ended(&report, 0, words),
            "Loading ended: 1,234 events kept, 1 file read, 1 problem. 2,999 files were not read."
        );
        assert!(ended(&report, 2_999, words).ends_with("1 problem."), "that was told before");
    }
}
