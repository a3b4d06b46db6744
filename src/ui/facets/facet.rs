//! One facet: a head that unfolds, its values, a search among them.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::{
    chosen::listed,
    head::FacetHead,
    search::FacetSearch,
    value::{FacetValueButton, MissingButton},
};
use crate::{
    model::{
        field::Field,
        question::{Facet, FacetValue},
    },
    state::screen::FACET_LIMIT,
    ui::{
        context::page,
        format::{counted, fill, short_arn},
    },
};

/// One facet.
#[component]
pub(crate) fn FacetBlock(
    /// Whose values.
    field: Field,
    /// Its place among all facets.
    place: usize,
) -> impl IntoView {
    let page = page();
    let filled = Memo::new(move |_| page.screen.filled_facets.with(|it| *it > place));
    let open = Memo::new(move |_| page.screen.open_facets.with(|it| it.contains(&field)));
    let facet: Memo<Option<Facet>> = Memo::new(move |_| {
        let find = |facets: &[Facet]| facets.iter().find(|it| it.field == field).cloned();
        page.asked.look.with(|it| find(&it.facets)).flatten()
    });
    let searching = RwSignal::new(false);
    view! {
        <section class="facet" data-testid="facet" data-field=field.name()>
            <FacetHead field open facet searching />
            {move || open.get().then(|| match filled.get() {
                true => view! { <FacetBody field facet searching /> }.into_any(),
                false => view! { <p class="facet-note is-skeleton">" "</p> }.into_any(),
            })}
        </section>
    }
}

/// The short names that stand for more than one value.
pub(super) fn ambiguous_names(values: &[FacetValue]) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let short = values.iter().map(|it| short_arn(&it.value).into_owned());
    short.filter(|it| !seen.insert(it.clone())).collect()
}

/// The values of an open facet.
#[component]
fn FacetBody(
    /// Whose values.
    field: Field,
    /// Their counts, once there are some.
    facet: Memo<Option<Facet>>,
    /// Whether values are searched.
    searching: RwSignal<bool>,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let text = RwSignal::new(String::new());
    let values = Memo::new(move |before: Option<&Vec<FacetValue>>| {
        let filter = page.asked.selection.with(|it| it.filter.clone());
        let before = before.map_or(&[][..], Vec::as_slice);
        facet.with(|it| {
            let counted = it.as_ref().map_or(&[][..], |it| it.values.as_slice());
            listed(counted, &filter, field, before)
        })
    });
    let total = Memo::new(move |_| facet.with(|it| it.as_ref().map_or(0, |it| it.total)));
    let ambiguous = Memo::new(move |_| values.with(|it| ambiguous_names(it)));
    let names = move || values.with(|it| it.iter().map(|it| it.value.clone()).collect::<Vec<_>>());
    let is_empty = move || {
        let none =
            facet.with(|it| it.as_ref().is_some_and(|it| it.distinct == 0 && it.missing == 0));
        (none && values.with(Vec::is_empty))
            .then(|| view! { <p class="facet-note">{words.facet_empty()}</p> })
    };
    let not_yet = move || {
        facet.with(Option::is_none).then(|| view! { <p class="facet-note is-skeleton">" "</p> })
    };
    let listing = move || {
        if !searching.get() || text.with(|it| it.trim().is_empty()) {
            view! {
                <ul class="facet-values">
                    <For each=names key=String::clone let:value>
                        <FacetValueButton field value values total ambiguous />
                    </For>
                    <MissingButton field facet />
                </ul>
                {is_empty}
                {not_yet}
                <More field facet />
            }
            .into_any()
        } else {
            view! { <FacetSearch field text /> }.into_any()
        }
    };
    let search = move || {
        searching.get().then(|| {
            let input = NodeRef::<leptos::html::Input>::new();
            input.on_load(|it| {
                it.focus().ok();
            });
            view! {
                <input
                    node_ref=input
                    type="search"
                    class="facet-search"
                    aria-label=fill(words.facet_search(), &[("field", field.name())])
                    placeholder=words.facet_search_short()
                    prop:value=move || text.get()
                    on:input:target=move |event| text.set(event.target().value())
                />
            }
        })
    };
    view! { <div class="facet-body">{search}{listing}</div> }
}

/// Shows more or fewer values.
#[component]
fn More(
    /// Whose values.
    field: Field,
    /// Their counts.
    facet: Memo<Option<Facet>>,
) -> impl IntoView {
    /// Values after each click.
    const STEPS: [u32; 4] = [FACET_LIMIT, 50, 200, 1000];
    let page = page();
    let words = page.words;
    let limits = page.screen.facet_limits;
    let limit =
        Memo::new(move |_| limits.with(|it| it.get(&field).copied().unwrap_or(FACET_LIMIT)));
    let distinct = Memo::new(move |_| facet.with(|it| it.as_ref().map_or(0, |it| it.distinct)));
    let more = move || {
        let next = STEPS.into_iter().find(|it| *it > limit.get())?;
        (distinct.get() > u64::from(limit.get())).then(|| {
            let count = counted(words.facet_distinct(), distinct.get());
            let click = move |_| {
                limits.update(|it| {
                    it.insert(field, next);
                });
            };
            view! {
                <button type="button" class="link" title=count on:click=click>
                    {words.facet_more()}
                </button>
            }
        })
    };
    let less = move || {
        (limit.get() > FACET_LIMIT).then(|| {
            let click = move |_| {
                limits.update(|it| {
                    it.remove(&field);
                });
            };
            view! { <button type="button" class="link" on:click=click>{words.facet_less()}</button> }
        })
    };
    view! { <div class="facet-more">{more}{less}</div> }
}
