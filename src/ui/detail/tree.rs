//! The whole record as a tree.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::{
    json::Json,
    lines::{Line, Shown, foldable, lines},
};
use crate::{
    model::field::Field,
    ui::{
        context::page,
        format::{fill, grouped, visible},
        widget::{Icon, Shape},
    },
};

/// Lines that are made before anyone asks for all: a record can hold a whole policy document.
const FIRST_LINES: usize = 400;

/// The record, one value a line.
#[component]
pub(crate) fn Tree(
    /// The record.
    record: Json,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let turned = RwSignal::new(BTreeSet::<String>::new());
    let everything = RwSignal::new(false);
    let paths = StoredValue::new(foldable(&record));
    let all = Memo::new(move |_| turned.with(|it| lines(&record, it)));
    let turn_all = move |open: bool| {
        let differs = |(path, opens): &(String, bool)| (*opens != open).then(|| path.clone());
        turned.set(paths.with_value(|it| it.iter().filter_map(differs).collect()));
    };
    let seen = move || {
        let count = if everything.get() { usize::MAX } else { FIRST_LINES };
        all.with(|it| it.iter().take(count).cloned().collect::<Vec<_>>())
    };
    let more = move || {
        let count = all.with(Vec::len);
        (!everything.get() && count > FIRST_LINES).then(|| {
            let label = fill(words.show_all_lines(), &[("n", &grouped(count as u64))]);
            view! {
                <button type="button" class="button is-small" on:click=move |_| everything.set(true)>
                    {label}
                </button>
            }
        })
    };
    view! {
        <div class="tree-tools">
            <button type="button" class="link" on:click=move |_| turn_all(true)>{words.expand_all()}</button>
            <button type="button" class="link" on:click=move |_| turn_all(false)>{words.collapse_all()}</button>
        </div>
        <ul class="tree">
            <For each=seen key=|it| (it.path.clone(), it.open) let:line>
                <TreeLine line turned />
            </For>
        </ul>
        {more}
    }
}

/// One value of the record.
#[component]
fn TreeLine(
    /// What it shows.
    line: Line,
    /// The paths that are not as they were at first.
    turned: RwSignal<BTreeSet<String>>,
) -> impl IntoView {
    let words = page().words;
    let Line { depth, name, path, shown, open, field } = line;
    let toggle = move |_| {
        turned.update(|it| {
            if !it.remove(&path) {
                it.insert(path.clone());
            }
        });
    };
    let has_parts = matches!(shown, Shown::List(1..) | Shown::Object(1..));
    let fold = has_parts.then(|| {
        let template = if open { words.fold() } else { words.unfold() };
        let shape = if open { Shape::Down } else { Shape::Right };
        view! {
            <button
                type="button"
                class="tree-fold"
                aria-expanded=open.to_string()
                aria-label=fill(template, &[("name", &name)])
                on:click=toggle
            >
                <Icon shape />
            </button>
        }
    });
    let value = match shown {
        Shown::Leaf(text, kind) => view! {
            <span class=format!("tree-value is-{kind}")>{visible(&text).into_owned()}</span>
            <LeafTools field text />
        }
        .into_any(),
        Shown::List(1) => counted(words.items_1(), 1),
        Shown::List(count) => counted(words.items_n(), count),
        Shown::Object(1) => counted(words.fields_1(), 1),
        Shown::Object(count) => counted(words.fields_n(), count),
    };
    view! {
        <li class="tree-line" style:padding-left=format!("calc({depth} * var(--tree-step))")>
            {fold}
            <span class="tree-name">{visible(&name).into_owned()}</span>
            {value}
        </li>
    }
}

fn counted(template: &str, count: usize) -> AnyView {
    view! { <span class="tree-count">{fill(template, &[("n", &grouped(count as u64))])}</span> }
        .into_any()
}

/// What can be done with a value of the record.
#[component]
fn LeafTools(
    /// The field that a filter calls it by.
    field: Option<Field>,
    /// The value.
    text: String,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let (only, not) = (text.clone(), text.clone());
    let picks = field.map(|field| {
        view! {
            <button
                type="button"
                class="cell-tool"
                aria-label=format!("{}: {}", words.only_this(), field.name())
                title=words.only_this()
                on:click=move |_| page.only(field, Some(only.clone()))
            >
                <Icon shape=Shape::Plus />
            </button>
            <button
                type="button"
                class="cell-tool"
                aria-label=format!("{}: {}", words.not_this(), field.name())
                title=words.not_this()
                on:click=move |_| page.without(field, Some(not.clone()))
            >
                <Icon shape=Shape::Minus />
            </button>
        }
    });
    view! {
        <span class="line-tools">
            {picks}
            <button
                type="button"
                class="cell-tool"
                aria-label=words.copy_value()
                title=words.copy_value()
                on:click=move |_| page.copy(&text)
            >
                <Icon shape=Shape::Copy />
            </button>
        </span>
    }
}
