//! Events that came more than once, by the two files that hold them.

use leptos::{ev, html, prelude::*};

use super::{
    compare::compared,
    pages::{Window, pages},
};
use crate::{
    model::{
        field::Field,
        filter::edit::term,
        repeat::{FilePair, FilePairs, Repeat, Repeats},
    },
    state::{
        command::Command,
        repeats::{PAIR_PAGE, REPEAT_PAGE},
    },
    ui::{
        context::{Page, page},
        failure::Failure,
        focus::hand_on,
        format::{fill, grouped, instant},
        widget::{Icon, Shape, button, plain},
        words::Words,
    },
};

/// Folded, with their number; nothing where nothing came twice.
#[component]
pub(crate) fn Duplicates() -> impl IntoView {
    let page = page();
    let words = page.words;
    let pairs = page.asked.repeats.pairs;
    let count = Memo::new(move |_| {
        let count = pairs.with(|it| it.duplicates.saturating_add(it.contradictions));
        count.unwrap_or_default()
    });
    let is_there = Memo::new(move |_| count.get() > 0);
    let head = move || {
        let count = plain("span", "tab-count").text(grouped(count.get()));
        plain("h2", "").text(words.repeats_title()).with(count).view()
    };
    let body = move || pairs.with(|it| drawn(page, it));
    let folded = move || {
        plain("details", "repeats")
            .testid("duplicates")
            .with(plain("summary", "").with_view(head.into_any()))
            .with_view(body.into_any())
            .view()
    };
    move || is_there.get().then(folded)
}

/// What turns pages, and is made anew with each of them.
const PAGES: &str = ".repeats .list-pages";

/// What is unfolded.
fn drawn(page: Page, found: &FilePairs) -> AnyView {
    let words = page.words;
    let asked = page.asked.repeats;
    let numbers = [("n", grouped(found.duplicates)), ("pairs", grouped(found.total))];
    let numbers = numbers.each_ref().map(|(name, number)| (*name, number.as_str()));
    let lead = fill(words.repeats_lead(), &numbers);
    let differ = (found.contradictions > 0)
        .then(|| fill(words.repeats_differ(), &[("n", &grouped(found.contradictions))]));
    let save = move || page.app.save_file_pairs();
    let save = button("button is-small", Some("duplicates-csv"), None, words.save_csv(), save);
    let heads = [words.repeats_files(), words.repeats_same(), words.repeats_different()];
    let window = Window {
        offset: asked.offset.get_untracked(),
        shown: found.pairs.len(),
        total: found.total,
        size: PAIR_PAGE,
    };
    hand_on(page, PAGES, &["pairs", "tab-panel"]);
    let list = plain("ul", "pairs").label(words.repeats_label()).target("pairs");
    let list = found.pairs.iter().fold(list, |list, it| list.with_view(pair(page, it)));
    plain("div", "repeats-body")
        .with(plain("p", "quiet").text(lead))
        .with_all(differ.map(|it| plain("p", "").text(it)))
        .with(plain("div", "").with_view(save))
        .with(plain("div", "pair-heads").with_all(heads.map(|it| plain("span", "").text(it))))
        .with(list)
        .with_all(pages(window, words.repeats_pairs(), move |it| asked.offset.set(it)))
        .view()
}

/// What the two files are to each other: of records that differ both are kept.
pub(super) fn roles(differ: bool, words: Words) -> [&'static str; 2] {
    if differ {
        [words.repeats_both_first(), words.repeats_both_second()]
    } else {
        [words.repeats_first(), words.repeats_second()]
    }
}

/// Two files; a click lists the events that they share.
fn pair(page: Page, pair: &FilePair) -> AnyView {
    let words = page.words;
    let asked = page.asked.repeats;
    let key = (pair.first, pair.second);
    let is_open = Memo::new(move |_| asked.pair.get().is_some_and(|it| it.0 == key));
    let open = move || {
        asked.event.set(None);
        asked.pair.update(|it| *it = if is_open.get_untracked() { None } else { Some((key, 0)) });
    };
    let path = |name: &'static str, path: &str| {
        plain("span", "pair-path")
            .with(plain("span", "quiet").text(name))
            .with(plain("span", "mono").text(path))
            .view()
    };
    let [first, second] = roles(pair.contradictions > 0, words);
    let files = (
        view! { <Icon shape=Shape::Right /> },
        path(first, &pair.first_path),
        path(second, &pair.second_path),
    );
    let count = |count: u64| plain("span", "pair-count").text(grouped(count));
    let events = move || is_open.get().then(|| events(page));
    plain("li", "pair")
        .testid("duplicate-pair")
        .with_view(unfold("pair-files", is_open, words.repeats_show(), files.into_any(), open))
        .with(count(pair.duplicates))
        .with(count(pair.contradictions))
        .with_view(events.into_any())
        .view()
}

/// A button that unfolds something.
fn unfold(
    class: &'static str,
    is_open: Memo<bool>,
    title: &'static str,
    child: AnyView,
    act: impl Fn() + 'static,
) -> AnyView {
    html::button()
        .r#type("button")
        .class(class)
        .attr("title", title)
        .attr("aria-expanded", move || is_open.get().to_string())
        .on(ev::click, move |_| act())
        .child(child)
        .into_any()
}

/// The events of the pair that is open.
fn events(page: Page) -> AnyView {
    let words = page.words;
    let asked = page.asked.repeats;
    let body = move || {
        asked.events.answer.with(|it| match it {
            None => plain("div", "skeleton").view(),
            Some(Err(reason)) => view! { <Failure reason=reason.clone() /> }.into_any(),
            Some(Ok(Repeats { total, repeats })) => {
                let offset = asked.pair.get_untracked().map_or(0, |it| it.1);
                let window =
                    Window { offset, shown: repeats.len(), total: *total, size: REPEAT_PAGE };
                let to = move |offset| {
                    asked.event.set(None);
                    asked.pair.update(|it| *it = it.map(|(pair, _)| (pair, offset)));
                };
                hand_on(page, PAGES, &["pair-events", "pairs", "tab-panel"]);
                let list = plain("ul", "pair-events").target("pair-events");
                let list = repeats.iter().fold(list, |list, it| list.with_view(event(page, it)));
                plain("div", "")
                    .with(list)
                    .with_all(pages(window, words.repeats_events(), to))
                    .view()
            },
        })
    };
    plain("div", "pair-body").with_view(body.into_any()).view()
}

/// One event; a click compares its two records.
fn event(page: Page, repeat: &Repeat) -> AnyView {
    let words = page.words;
    let asked = page.asked.repeats;
    let (this, that) = (repeat.clone(), repeat.clone());
    let is_open = Memo::new(move |_| asked.event.with(|it| it.as_ref() == Some(&this)));
    let open = move || {
        let wanted = (!is_open.get_untracked()).then(|| that.clone());
        asked.event.set(wanted);
    };
    let Repeat { time_millis, event_name, key, differs, .. } = repeat;
    let time = time_millis.map(instant).unwrap_or_default();
    let filter = term(Field::EventId, &key.event_id);
    let find = move || {
        let filter = filter.clone();
        page.send(Command::Focus { filter, range: None, incident: None });
    };
    let sign = if *differs { words.repeats_different() } else { words.repeats_same() };
    let records = move || is_open.get().then(compared);
    plain("li", "pair-event")
        .testid("duplicate")
        .kind(if *differs { "different" } else { "same" })
        .with(plain("span", "mono").text(time))
        .with(plain("span", "").text(event_name.clone()))
        .with_view(button("link", None, Some(words.repeats_find()), key.event_id.clone(), find))
        .with(plain("span", if *differs { "is-bad" } else { "quiet" }).text(sign))
        .with_view(unfold(
            "button is-small",
            is_open,
            words.repeats_compare(),
            words.repeats_compare().into_any(),
            open,
        ))
        .with_view(records.into_any())
        .view()
}
