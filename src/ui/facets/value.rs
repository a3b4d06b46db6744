//! One value of a facet. A click: only it; again: not it; again: neither.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::{
    model::{
        field::Field,
        filter::edit::{self, Chosen},
        question::{Facet, FacetValue},
    },
    state::command::Command,
    ui::{
        context::{Page, page},
        format::{account_end, grouped, percent, short_arn, visible},
        widget::{Icon, Shape},
    },
};

/// What the filter says about a value.
fn chosen(page: Page, field: Field, value: Option<String>) -> Memo<Chosen> {
    Memo::new(move |_| page.app.view.with(|it| edit::chosen(&it.filter, field, value.as_deref())))
}

/// A line with a name, a count, its share and a bar as long as it.
#[component]
pub(crate) fn ValueLine(
    /// Whose value.
    field: Field,
    /// `None`: the events that have none.
    value: Option<String>,
    /// Events that have it.
    #[prop(into)]
    count: Signal<u64>,
    /// Events that match.
    #[prop(into)]
    total: Signal<u64>,
    /// Whether another value in the list is short for the same name.
    #[prop(into)]
    ambiguous: Signal<bool>,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let state = chosen(page, field, value.clone());
    let name = value.clone().unwrap_or_else(|| words.no_value().to_owned());
    let whole = visible(&name).into_owned();
    let said = move || match state.get() {
        Chosen::No => None,
        Chosen::Only => Some(view! { <span class="only-heard">{words.value_only()}</span> }),
        Chosen::Not => Some(view! { <span class="only-heard">{words.value_not()}</span> }),
    };
    let shown = Memo::new(move |_| match (account_end(&name), ambiguous.get()) {
        (Some(end), true) => format!("{} …{}", short_arn(&name), visible(end)),
        _ => short_arn(&name).into_owned(),
    });
    let mark = move || match state.get() {
        Chosen::No => None,
        Chosen::Only => Some(view! { <Icon shape=Shape::Check /> }),
        Chosen::Not => Some(view! { <Icon shape=Shape::Minus /> }),
    };
    let width = move || match total.get() {
        0 => "0%".to_owned(),
        total => format!("{:.2}%", count.get() as f64 * 100.0 / total as f64),
    };
    let is_missing = value.is_none();
    let clicked = value.clone();
    view! {
        <button
            type="button"
            class="facet-value"
            class:is-only=move || state.get() == Chosen::Only
            class:is-not=move || state.get() == Chosen::Not
            class:is-missing=is_missing
            data-testid=if is_missing { "facet-missing" } else { "facet-value" }
            data-value=value.unwrap_or_default()
            data-count=move || count.get().to_string()
            aria-pressed=move || match state.get() {
                Chosen::No => "false",
                Chosen::Only => "true",
                Chosen::Not => "mixed",
            }
            title=whole
            on:click=move |_| page.send(Command::CycleValue { field, value: clicked.clone() })
        >
            <i class="facet-bar" style:width=width></i>
            <span class="facet-mark">{mark}</span>
            <span class="facet-text">{move || shown.get()}</span>
            <span class="facet-count">{move || grouped(count.get())}</span>
            <span class="facet-percent">{move || percent(count.get(), total.get())}</span>
            {said}
        </button>
    }
}

/// One value; its line stays while its count changes, so the focus stays too.
#[component]
pub(crate) fn FacetValueButton(
    /// Whose value.
    field: Field,
    /// Which.
    value: String,
    /// The counts of all.
    values: Memo<Vec<FacetValue>>,
    /// Events that match.
    total: Memo<u64>,
    /// The short names that stand for more than one value.
    ambiguous: Memo<BTreeSet<String>>,
) -> impl IntoView {
    let wanted = value.clone();
    let count = Memo::new(move |_| {
        values.with(|it| it.iter().find(|it| it.value == wanted).map_or(0, |it| it.count))
    });
    let short = short_arn(&value).into_owned();
    let ambiguous = Signal::derive(move || ambiguous.with(|it| it.contains(&short)));
    view! { <li><ValueLine field value=Some(value) count total ambiguous /></li> }
}

/// The events without the field, where there are some or the filter speaks of them.
#[component]
pub(crate) fn MissingButton(
    /// Whose absence.
    field: Field,
    /// The counts.
    facet: Memo<Option<Facet>>,
) -> impl IntoView {
    let page = page();
    let state = chosen(page, field, None);
    let count = Memo::new(move |_| facet.with(|it| it.as_ref().map_or(0, |it| it.missing)));
    let total = Memo::new(move |_| facet.with(|it| it.as_ref().map_or(0, |it| it.total)));
    let shown = Memo::new(move |_| count.get() > 0 || state.get() != Chosen::No);
    move || {
        shown
            .get()
            .then(|| view! { <li><ValueLine field value=None count total ambiguous=false /></li> })
    }
}
