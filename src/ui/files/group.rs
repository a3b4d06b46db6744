//! Lines of one kind, with how many there are and "more".

use std::{collections::BTreeMap, sync::Arc};

use leptos::prelude::*;

use crate::ui::{
    context::{Page, page},
    format::{fill, grouped},
    widget::{Plain, button, plain},
};

/// Lines that are shown before "more".
const SHOWN: usize = 50;
/// Lines with each "more".
const MORE: usize = 500;
/// So many lines that say the same are told once.
const SAME: usize = 4;
/// Names of those that are shown before "more".
const NAMES: usize = 5;

/// A file or whatever else a line is about, and what is said of it.
pub(crate) type Line = (String, String);

/// All lines.
pub(crate) type Lines = Arc<dyn Fn() -> Vec<Line> + Send + Sync>;

/// Lines of one kind.
pub(crate) struct Group {
    /// What the kind is called; its last part is the count.
    pub(crate) head: Plain,
    /// What it means and what to do, if that is to be said.
    pub(crate) advice: Option<&'static str>,
    /// What can be done about all of them, if there is something.
    pub(crate) act: Option<AnyView>,
    /// How many there are; not all of them need be listed.
    pub(crate) count: u64,
    /// The lines' `data-testid`.
    pub(crate) testid: &'static str,
    /// The lines' `data-kind`.
    pub(crate) kind: &'static str,
    pub(crate) lines: Lines,
}

impl Group {
    /// As a part of a view.
    pub(crate) fn view(self) -> AnyView {
        let page = page();
        let Group { head, advice, act, count, testid, kind, lines } = self;
        let shown = move || {
            let lines = lines();
            let are_all = lines.len() as u64 >= count;
            let (bundles, rest) = bundles(lines);
            let list = plain("div", "problem-list");
            let of_bundles = bundles.into_iter().enumerate().map(|(at, (said, names))| {
                let number = plain("span", "tab-count").text(grouped(names.len() as u64));
                let number = are_all.then_some(number);
                let said = plain("p", "problem-message").text(said).with_all(number);
                let names = names.into_iter().map(|it| (it, String::new())).collect();
                let list = Paged { page, testid, kind, at: at + 1, first: NAMES, lines: names };
                plain("div", "problem-bundle").with(said).with_view(list.view()).view()
            });
            let list = of_bundles.fold(list, Plain::with_view);
            let rest = Paged { page, testid, kind, at: 0, first: SHOWN, lines: rest };
            if rest.lines.is_empty() { list } else { list.with_view(rest.view()) }.view()
        };
        let group = plain("section", "problem-group")
            .with(head.with(plain("span", "tab-count").text(grouped(count))))
            .with_all(advice.map(|it| plain("p", "").text(it)));
        act.into_iter().fold(group, Plain::with_view).with_view(shown.into_any()).view()
    }
}

/// What many lines say, each with what it is said of, in the order of the first of each; and the
/// other lines.
fn bundles(lines: Vec<Line>) -> (Vec<(String, Vec<String>)>, Vec<Line>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, said) in lines.iter().filter(|it| !it.0.is_empty()) {
        *counts.entry(said).or_default() += 1;
    }
    let is_many = |it: &Line| !it.0.is_empty() && counts.get(it.1.as_str()) >= Some(&SAME);
    let many: Vec<bool> = lines.iter().map(is_many).collect();
    let mut bundles: Vec<(String, Vec<String>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut rest = Vec::new();
    for (line, is_many) in lines.into_iter().zip(many) {
        if !is_many {
            rest.push(line);
            continue;
        }
        let (what, said) = line;
        let at = *places.entry(said).or_insert_with_key(|said| {
            bundles.push((said.clone(), Vec::new()));
            bundles.len() - 1
        });
        bundles[at].1.push(what);
    }
    (bundles, rest)
}

/// A list that shows its first lines, and more when asked to.
struct Paged {
    page: Page,
    testid: &'static str,
    kind: &'static str,
    /// Which list of the group it is.
    at: usize,
    /// Lines that are shown at first.
    first: usize,
    lines: Vec<Line>,
}

impl Paged {
    fn view(self) -> AnyView {
        let Paged { page, testid, kind, at, first, lines } = self;
        let limit = RwSignal::new(first);
        let new = format!("{testid}-{kind}-{at}-new");
        let shown = move || {
            let so_many = limit.get();
            let line = |(at, (what, said)): (usize, &Line)| {
                let of_one =
                    if what.is_empty() || said.is_empty() { "problem is-one" } else { "problem" };
                let parts = [("problem-path", what), ("problem-message", said)];
                let parts = parts.into_iter().filter(|it| !it.1.is_empty());
                let line = plain("li", of_one)
                    .testid(testid)
                    .kind(kind)
                    .with_all(parts.map(|(class, text)| plain("span", class).text(text.clone())));
                if at > 0 && at + MORE == so_many { line.target(new.clone()) } else { line }
            };
            let list = lines.iter().take(so_many).enumerate().map(line);
            let list = plain("ul", "").with_all(list);
            let rest = lines.len().saturating_sub(so_many);
            if rest == 0 {
                return list.view();
            }
            let label = fill(page.words.problems_more(), &[("n", &grouped(rest.min(MORE) as u64))]);
            let new = new.clone();
            let more = button("button is-small", None, None, label, move || {
                limit.update(|it| *it += MORE);
                let new = new.clone();
                // The button goes away: on from the first line that it brought.
                request_animation_frame(move || page.app.host().focus(&new));
            });
            plain("div", "problem-list").with_view(list.view()).with_view(more).view()
        };
        shown.into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_many_files_have_in_common_is_said_once() {
        let line = |what: &str, said: &str| (what.to_owned(), said.to_owned());
        let mut lines = vec![line("a", "x"), line("", "z"), line("b", "y"), line("", "z")];
        lines.extend(["c", "d", "e"].map(|it| line(it, "x")));
        lines.extend([line("", "z"), line("", "z")]);
        let (some, rest) = bundles(lines);
        let names = ["a", "c", "d", "e"].map(str::to_owned).to_vec();
        assert_eq!(some, [("x".to_owned(), names)]);
        let rest: Vec<&str> = rest.iter().map(|it| it.1.as_str()).collect();
        assert_eq!(rest, ["z", "y", "z", "z", "z"], "what is of no file is no name");
    }
}
