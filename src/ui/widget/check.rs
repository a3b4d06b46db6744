//! A box to tick.

use leptos::prelude::*;

use super::Plain;

/// A box, what it is of, and in small what is to be known of that.
pub(crate) struct Check {
    pub(crate) testid: &'static str,
    /// Its `data-value`.
    pub(crate) value: Option<String>,
    pub(crate) name: Plain,
    pub(crate) note: Box<dyn Fn() -> String + Send + Sync>,
    pub(crate) is_on: Box<dyn Fn() -> bool + Send + Sync>,
    /// Ticks it, or takes the tick away.
    pub(crate) toggle: Box<dyn Fn()>,
}

impl Check {
    /// As a part of a view: of one type, as everything that is [`Plain`].
    pub(crate) fn view(self) -> AnyView {
        let Check { testid, value, name, note, is_on, toggle } = self;
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    data-testid=testid
                    data-value=value
                    prop:checked=is_on
                    on:change=move |_| toggle()
                />
                {name.view()}
                <span class="quiet">{note}</span>
            </label>
        }
        .into_any()
    }
}
