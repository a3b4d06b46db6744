//! Lines of one kind, with how many there are and "more".

use std::sync::Arc;

use leptos::prelude::*;

use crate::ui::{
    context::page,
    format::{fill, grouped},
    widget::{Plain, button, plain},
};

/// Lines that are shown before "more".
const SHOWN: usize = 50;
/// Lines with each "more".
const MORE: usize = 500;

/// The first so many lines: a file or whatever else a line is about, and what is said of it.
pub(crate) type Lines = Arc<dyn Fn(usize) -> Vec<(String, String)> + Send + Sync>;

/// Lines of one kind.
pub(crate) struct Group {
    /// What the kind is called; its last part is the count.
    pub(crate) head: Plain,
    /// What it means and what to do, if that is to be said.
    pub(crate) advice: Option<&'static str>,
    /// What can be done about all of them, if there is something.
    pub(crate) act: Option<AnyView>,
    /// How many there are.
    pub(crate) count: u64,
    /// How many of them are listed.
    pub(crate) listed: usize,
    /// The lines' `data-testid`.
    pub(crate) testid: &'static str,
    /// The lines' `data-kind`.
    pub(crate) kind: &'static str,
    pub(crate) lines: Lines,
}

impl Group {
    /// As a part of a view.
    pub(crate) fn view(self) -> AnyView {
        let words = page().words;
        let Group { head, advice, act, count, listed, testid, kind, lines } = self;
        let limit = RwSignal::new(SHOWN);
        let line = move |(what, said): (String, String)| {
            plain("li", "problem")
                .testid(testid)
                .kind(kind)
                .with(plain("span", "problem-path").text(what))
                .with(plain("span", "problem-message").text(said))
        };
        let shown = move || {
            let list = plain("ul", "").with_all(lines(limit.get()).into_iter().map(line));
            let rest = listed.saturating_sub(limit.get());
            if rest == 0 {
                return list.view();
            }
            let label = fill(words.problems_more(), &[("n", &grouped(rest.min(MORE) as u64))]);
            let more = button("button is-small", None, None, label, move || {
                limit.update(|it| *it += MORE);
            });
            plain("div", "problem-list").with_view(list.view()).with_view(more).view()
        };
        let group = plain("section", "problem-group")
            .with(head.with(plain("span", "tab-count").text(grouped(count))))
            .with_all(advice.map(|it| plain("p", "").text(it)));
        act.into_iter().fold(group, Plain::with_view).with_view(shown.into_any()).view()
    }
}
