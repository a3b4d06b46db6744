//! Lines of one kind, with how many there are and "more".

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hasher},
    sync::Arc,
};

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

/// What a line will be made of. There may be a hundred thousand, of which a few are shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    /// Which one of all.
    pub(crate) at: u32,
    /// The same for those of which the same is said.
    pub(crate) said: u64,
    /// It is about a file.
    pub(crate) is_named: bool,
}

impl Item {
    /// The one at `at`, of which `said` is said, whatever words that will be put in.
    pub(crate) fn new(at: usize, said: impl std::hash::Hash, is_named: bool) -> Item {
        let mut hasher = DefaultHasher::new();
        said.hash(&mut hasher);
        Item { at: u32::try_from(at).unwrap_or(u32::MAX), said: hasher.finish(), is_named }
    }
}

/// Makes the line of an item; nothing where it is gone meanwhile.
pub(crate) type MakeLine = Arc<dyn Fn(u32) -> Option<Line> + Send + Sync>;

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
    pub(crate) items: Arc<dyn Fn() -> Vec<Item> + Send + Sync>,
    pub(crate) line: MakeLine,
}

impl Group {
    /// As a part of a view.
    pub(crate) fn view(self) -> AnyView {
        let page = page();
        let Group { head, advice, act, count, testid, kind, items, line } = self;
        let shown = move || {
            let items = items();
            let are_all = items.len() as u64 >= count;
            let (bundles, rest) = bundles(&items);
            let list = plain("div", "problem-list");
            let paged = |at: usize, says: bool, first: usize, lines: Vec<u32>| {
                let line = Arc::clone(&line);
                Paged { page, testid, kind, at, says, first, lines, line }.view()
            };
            let of_bundles = bundles.into_iter().enumerate().map(|(at, lines)| {
                let number = plain("span", "tab-count").text(grouped(lines.len() as u64));
                let number = are_all.then_some(number);
                let said = lines.first().and_then(|it| line(*it)).map(|it| it.1);
                let said = said.unwrap_or_default();
                let said = plain("p", "problem-message").text(said).with_all(number);
                let list = paged(at + 1, false, NAMES, lines);
                plain("div", "problem-bundle").with(said).with_view(list).view()
            });
            let list = of_bundles.fold(list, Plain::with_view);
            if rest.is_empty() { list } else { list.with_view(paged(0, true, SHOWN, rest)) }.view()
        };
        let group = plain("section", "problem-group")
            .with(head.with(plain("span", "tab-count").text(grouped(count))))
            .with_all(advice.map(|it| plain("p", "").text(it)));
        act.into_iter().fold(group, Plain::with_view).with_view(shown.into_any()).view()
    }
}

/// Of what many say the same, in the order of the first of each; and the others.
fn bundles(items: &[Item]) -> (Vec<Vec<u32>>, Vec<u32>) {
    let mut counts: HashMap<u64, usize> = HashMap::new();
    for item in items.iter().filter(|it| it.is_named) {
        *counts.entry(item.said).or_default() += 1;
    }
    let (mut bundles, mut rest) = (Vec::new(), Vec::new());
    let mut places: HashMap<u64, usize> = HashMap::new();
    for item in items {
        if !item.is_named || counts.get(&item.said) < Some(&SAME) {
            rest.push(item.at);
            continue;
        }
        let at = *places.entry(item.said).or_insert_with(|| {
            bundles.push(Vec::new());
            bundles.len() - 1
        });
        bundles[at].push(item.at);
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
    /// Whether each line says what is said, not only of what.
    says: bool,
    /// Lines that are shown at first.
    first: usize,
    lines: Vec<u32>,
    line: MakeLine,
}

impl Paged {
    fn view(self) -> AnyView {
        let Paged { page, testid, kind, at, says, first, lines, line: make } = self;
        let limit = RwSignal::new(first);
        let new = format!("{testid}-{kind}-{at}-new");
        let shown = move || {
            let so_many = limit.get();
            let line = |(at, line): (usize, &u32)| {
                let (what, said) = make(*line)?;
                let said = if says { said } else { String::new() };
                let of_one =
                    if what.is_empty() || said.is_empty() { "problem is-one" } else { "problem" };
                let parts = [("problem-path", what), ("problem-message", said)];
                let parts = parts.into_iter().filter(|it| !it.1.is_empty());
                let line = plain("li", of_one)
                    .testid(testid)
                    .kind(kind)
                    .with_all(parts.map(|(class, text)| plain("span", class).text(text)));
                let is_new = at > 0 && at + MORE == so_many;
                Some(if is_new { line.target(new.clone()) } else { line })
            };
            let list = lines.iter().take(so_many).enumerate().filter_map(line);
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
        let items = ["ax", "-z", "by", "-z", "cx", "dx", "ex", "-z", "-z"].into_iter();
        let item = |(at, it): (usize, &str)| Item::new(at, &it[1..], !it.starts_with('-'));
        let (some, rest) = bundles(&items.enumerate().map(item).collect::<Vec<_>>());
        assert_eq!(some, [[0, 4, 5, 6]]);
        assert_eq!(rest, [1, 2, 3, 7, 8], "what is of no file is no name");
    }
}
