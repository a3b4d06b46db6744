//! The page with data: facets, timeline, the parts in tabs, and the event that is open.

use leptos::{ev::KeyboardEvent, prelude::*};

use super::{
    context::page,
    detail::Detail,
    events::Events,
    facets::Facets,
    failure::Failure,
    files::Files,
    format::{fill, grouped, plural},
    groups::Groups,
    histogram::Timeline,
    insights::Insights,
    widget::{Icon, Shape},
};
use crate::{model::view::Tab, state::command::Command};

/// The page with data.
#[component]
pub(crate) fn Workspace() -> impl IntoView {
    let page = page();
    let words = page.words;
    let tab = Memo::new(move |_| page.app.view.with(|it| it.tab));
    let has_event = Memo::new(move |_| page.app.view.with(|it| it.event.is_some()));
    // A drop makes the whole workspace: the facets come with the first frame, this with the second.
    let is_made = RwSignal::new(false);
    request_animation_frame(move || {
        request_animation_frame(move || {
            is_made.try_set(true);
        });
    });
    let part = |tab: Tab| match tab {
        Tab::Events => view! { <Events /> }.into_any(),
        Tab::Groups => view! { <Groups /> }.into_any(),
        Tab::Insights => view! { <Insights /> }.into_any(),
        Tab::Files => view! { <Files /> }.into_any(),
    };
    let body = move || is_made.get().then(|| part(tab.get()));
    let failure = Memo::new(move |_| page.asked.look.failure());
    let failure = move || failure.get().map(|reason| view! { <Failure reason /> });
    let screen = page.screen;
    view! {
        <div
            class="workspace"
            class:has-event=move || has_event.get()
            class:shows-facets=move || screen.facets_shown.get()
        >
            <div class="facets-backdrop" on:click=move |_| screen.facets_shown.set(false)></div>
            <Facets />
            <div class="centre" class:is-waiting=move || page.is_waiting()>
                {failure}
                <Timeline />
                <div class="tab-row">
                    <button
                        type="button"
                        class="button is-small facets-button"
                        aria-expanded=move || screen.facets_shown.get().to_string()
                        on:click=move |_| screen.facets_shown.update(|it| *it = !*it)
                    >
                        <Icon shape=Shape::Sidebar />
                        {words.show_facets()}
                    </button>
                    <Tabs tab />
                    <Matching />
                </div>
                <div class="tab-body" role="tabpanel" id="tab-panel" tabindex="-1" aria-labelledby=move || tab_id(tab.get())>
                    {body}
                </div>
            </div>
            {move || has_event.get().then(|| view! { <Detail /> })}
        </div>
    }
}

fn tab_id(tab: Tab) -> String {
    format!("tab-{}", tab.as_str())
}

/// The parts of the page. Arrow keys move among them, as in every list of tabs.
#[component]
fn Tabs(
    /// The one that is open.
    tab: Memo<Tab>,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let buttons = Tab::ALL.map(|_| NodeRef::<leptos::html::Button>::new());
    let on_key = move |event: KeyboardEvent| {
        let at = Tab::ALL.iter().position(|it| *it == tab.get_untracked()).unwrap_or(0);
        let step = match event.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => Tab::ALL.len() - 1,
            _ => return,
        };
        event.prevent_default();
        let next = Tab::ALL[(at + step) % Tab::ALL.len()];
        page.send(Command::Show(next));
        if let Some(button) = buttons[(at + step) % Tab::ALL.len()].get_untracked() {
            button.focus().ok();
        }
    };
    let faults = Memo::new(move |_| page.app.faults());
    let one = move |(it, node_ref): (Tab, NodeRef<leptos::html::Button>)| {
        let name = match it {
            Tab::Events => words.tab_events(),
            Tab::Groups => words.tab_groups(),
            Tab::Insights => words.tab_insights(),
            Tab::Files => words.tab_files(),
        };
        let count = move || match it {
            Tab::Insights => {
                page.asked.insights.with(|_| page.asked.listing.with(|it| it.shown.len() as u64))
            },
            Tab::Files => Some(faults.get()).filter(|it| *it > 0),
            Tab::Events | Tab::Groups => None,
        };
        let count =
            move || count().map(|it| view! { <span class="tab-count">{grouped(it)}</span> });
        view! {
            <button
                node_ref=node_ref
                type="button"
                role="tab"
                class="tab"
                id=tab_id(it)
                data-tab=it.as_str()
                aria-controls="tab-panel"
                aria-selected=move || (tab.get() == it).to_string()
                tabindex=move || if tab.get() == it { "0" } else { "-1" }
                on:click=move |_| page.send(Command::Show(it))
            >
                <span>{name}</span>
                {count}
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=words.tabs() on:keydown=on_key>
            {Tab::ALL.into_iter().zip(buttons).map(one).collect_view()}
        </div>
    }
}

/// How many events match, of how many.
#[component]
fn Matching() -> impl IntoView {
    let page = page();
    let words = page.words;
    let numbers = Memo::new(move |_| page.look(|it| (it.total, it.loaded)));
    let text = move || {
        numbers.get().map(|(total, loaded)| {
            let of = fill(words.of_loaded(), &[("n", &grouped(loaded))]);
            let of = if total == loaded { String::new() } else { format!(" {of}") };
            let text = fill(plural(words.matching(), loaded), &[("of", &of)]);
            let (before, after) = text.split_once("{n}").unwrap_or(("", &text));
            view! {
                {before.to_owned()}
                <b data-testid="total" data-count=total.to_string()>{grouped(total)}</b>
                {after.to_owned()}
            }
        })
    };
    view! { <p class="matching" aria-live="polite">{text}</p> }
}
