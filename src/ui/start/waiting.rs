//! A link was opened: it holds a view, and waits for the data.

use leptos::prelude::*;

use crate::ui::{
    context::page,
    format::{fill, span, visible},
    top::in_words,
};

/// Shows what the link asks, and which data it needs.
#[component]
pub(crate) fn LinkWaits() -> impl IntoView {
    let page = page();
    let words = page.words;
    let filter = move || {
        let text = page.app.view.with(|it| it.filter.clone());
        if text.is_empty() { words.link_nothing().to_owned() } else { visible(&text).into_owned() }
    };
    let wrong = move || {
        let error = page.asked.filter_error.get()?;
        Some(view! {
            <p class="filter-error" data-testid="filter-error">{in_words(&error.kind, words)}</p>
        })
    };
    let range = move || {
        let range = page.app.view.with(|it| it.range)?;
        let text = span(range);
        let enough = fill(words.link_drop_range(), &[("range", &text)]);
        Some(view! {
            <dt>{words.link_range()}</dt>
            <dd>{text}" UTC"</dd>
            <dd class="quiet">{enough}</dd>
        })
    };
    let event = move || {
        let key = page.app.view.with(|it| it.event.clone())?;
        Some(view! {
            <dt>{words.link_event()}</dt>
            <dd class="mono">{visible(&key.event_id).into_owned()}</dd>
        })
    };
    view! {
        <section class="link-waits" data-testid="waiting">
            <h1>{words.link_waits_title()}</h1>
            <p class="lead">{words.link_waits()}</p>
            <dl>
                <dt>{words.filter()}</dt>
                <dd class="mono">{filter}</dd>
                {wrong}
                {range}
                {event}
            </dl>
        </section>
    }
}
