//! How much is unpacked, for a person to set.

use leptos::prelude::*;

use crate::{
    model::limits::Limits,
    ui::{
        context::page,
        format::{bytes, grouped},
        widget::button,
    },
};

/// One limit: what it may be, and where it stands.
#[derive(Clone, Copy)]
struct Setting {
    testid: &'static str,
    steps: &'static [u64],
    print: fn(u64) -> String,
    of: fn(&mut Limits) -> &mut u64,
}

const SETTINGS: [Setting; 3] = [
    Setting {
        testid: "limit-file",
        steps: &Limits::JSON_BYTES,
        print: bytes,
        of: |it| &mut it.json_bytes,
    },
    Setting {
        testid: "limit-ratio",
        steps: &Limits::RATIOS,
        print: |it| format!("{}×", grouped(it)),
        of: |it| &mut it.ratio,
    },
    Setting {
        testid: "limit-load",
        steps: &Limits::LOAD_BYTES,
        print: bytes,
        of: |it| &mut it.load_bytes,
    },
];

/// The limits; they hold for what is read from now on, and are kept for the next visit.
#[component]
pub(super) fn LimitSettings() -> impl IntoView {
    let page = page();
    let words = page.words;
    let names = [words.limit_file(), words.limit_ratio(), words.limit_load()];
    let setting = move |(name, Setting { testid, steps, print, of }): (&'static str, Setting)| {
        let now = move || page.app.preferences.with(|it| *of(&mut { it.limits }));
        let choose = move |text: String| {
            if let Ok(wanted) = text.parse() {
                page.app.prefer(|it| *of(&mut it.limits) = wanted);
            }
        };
        let step = move |step: u64| {
            view! {
                <option value=step.to_string() prop:selected=move || now() == step>
                    {print(step)}
                </option>
            }
        };
        view! {
            <label class="select">
                <span>{name}</span>
                <select
                    data-testid=testid
                    on:change:target=move |event| choose(event.target().value())
                >
                    {steps.iter().copied().map(step).collect_view()}
                </select>
            </label>
        }
    };
    let is_other =
        Memo::new(move |_| page.app.preferences.with(|it| it.limits != Limits::default()));
    let reset = move || page.app.prefer(|it| it.limits = Limits::default());
    let reset = move || {
        let label = words.limits_reset();
        is_other.get().then(|| button("button is-small", Some("limits-reset"), None, label, reset))
    };
    view! {
        <h2>{words.limits_title()}</h2>
        <p class="quiet">{words.limits_lead()}</p>
        <div class="limits">{names.into_iter().zip(SETTINGS).map(setting).collect_view()}{reset}</div>
    }
}
