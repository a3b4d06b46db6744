//! Accounts or regions to choose from.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use leptos::prelude::*;

use super::about_events;
use crate::{
    model::{estimate::Estimate, path::PathFilter, survey::Survey},
    state::choice::{set_all, toggle},
    ui::{
        context::page,
        format::{fill, grouped, plural},
        widget::{Check, button, plain},
        words::Words,
    },
};

/// More names than this are searched.
const SEARCHED: usize = 10;

/// One of the things that paths are chosen by.
#[derive(Clone, Copy)]
pub(super) struct Dimension {
    title: fn(Words) -> &'static str,
    testid: &'static str,
    /// How much each name comes to, by what else is chosen.
    counts: for<'a> fn(&'a Survey, &PathFilter) -> BTreeMap<&'a str, Estimate>,
    wanted: fn(&PathFilter) -> &Option<BTreeSet<String>>,
    wanted_mut: fn(&mut PathFilter) -> &mut Option<BTreeSet<String>>,
}

pub(super) const ACCOUNTS: Dimension = Dimension {
    title: Words::choice_accounts,
    testid: "choice-account",
    counts: Survey::accounts,
    wanted: |it| &it.accounts,
    wanted_mut: |it| &mut it.accounts,
};

pub(super) const REGIONS: Dimension = Dimension {
    title: Words::choice_regions,
    testid: "choice-region",
    counts: Survey::regions,
    wanted: |it| &it.regions,
    wanted_mut: |it| &mut it.regions,
};

/// `1,204 files, about 9,600 events`.
pub(super) fn count(estimate: Estimate, words: Words) -> String {
    let (files, events) = (grouped(estimate.files), about_events(estimate.events, words));
    let template = plural(words.choice_count(), estimate.files);
    fill(template, &[("files", &files), ("events", &events)])
}

/// The names, each with what it comes to; nothing where paths tell none.
#[component]
pub(super) fn Names(
    /// What they are names of.
    dimension: Dimension,
    /// What there is.
    survey: Arc<Survey>,
    /// What is chosen.
    draft: RwSignal<PathFilter>,
) -> impl IntoView {
    let words = page().words;
    let names = (dimension.counts)(&survey, &PathFilter::default());
    let all: Arc<[String]> = names.into_keys().map(str::to_owned).collect();
    let counts = Memo::new(move |_| {
        let owned = |(name, of): (&str, Estimate)| (name.to_owned(), of);
        draft.with(|it| (dimension.counts)(&survey, it).into_iter().map(owned).collect())
    });
    if all.is_empty() {
        return None;
    }
    let title = (dimension.title)(words);
    let search = RwSignal::new(String::new());
    let is_shown = move |name: &str| search.with(|it| name.contains(it.trim()));
    let set_shown = {
        let all = Arc::clone(&all);
        move |on: bool| {
            let shown: Vec<String> = all.iter().filter(|it| is_shown(it)).cloned().collect();
            draft.update(|it| set_all((dimension.wanted_mut)(it), &shown, on, &all));
        }
    };
    let set_none = set_shown.clone();
    let searched = (all.len() > SEARCHED).then(|| {
        view! {
            <input
                class="choice-search"
                type="search"
                aria-label=words.choice_search()
                placeholder=words.choice_search()
                on:input:target=move |event| search.set(event.target().value())
            />
        }
    });
    let names = all.to_vec();
    let line = move |name: String| {
        let (checked, toggled) = (name.clone(), name.clone());
        let (counted, shown) = (name.clone(), name.clone());
        let all = Arc::clone(&all);
        let of = move |it: &BTreeMap<String, Estimate>| it.get(&counted).copied();
        let check = Check {
            testid: dimension.testid,
            value: Some(name.clone()),
            name: plain("span", "mono").text(name),
            note: Box::new(move || count(counts.with(&of).unwrap_or_default(), words)),
            is_on: Box::new(move || {
                let is_in = |it: &Option<BTreeSet<String>>| {
                    it.as_ref().is_none_or(|it| it.contains(&checked))
                };
                draft.with(|it| is_in((dimension.wanted)(it)))
            }),
            toggle: Box::new(move || {
                draft.update(|it| toggle((dimension.wanted_mut)(it), &toggled, &all));
            }),
        };
        view! { <li hidden=move || !is_shown(&shown)>{check.view()}</li> }
    };
    Some(view! {
        <fieldset class="choice-group">
            <legend>{title}</legend>
            <div class="choice-tools">
                {searched}
                {button("link", None, None, words.choice_all(), move || set_shown(true))}
                {button("link", None, None, words.choice_none(), move || set_none(false))}
            </div>
            <ul class="choice-list">{names.into_iter().map(line).collect_view()}</ul>
        </fieldset>
    })
}
