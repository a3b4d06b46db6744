//! Events counted by one or two fields.

mod controls;
mod table;

use leptos::prelude::*;

use crate::ui::{context::page, failure::Failure, widget::Empty};
use controls::{GroupFields, GroupPages};
use table::GroupTable;

/// The part of the page with the groups.
#[component]
pub(crate) fn Groups() -> impl IntoView {
    let page = page();
    let words = page.words;
    let asked = page.asked.groups;
    let body = move || {
        asked.answer.with(|it| match it {
            None => view! { <div class="skeleton"></div> }.into_any(),
            Some(Err(reason)) => view! { <Failure reason=reason.clone() /> }.into_any(),
            Some(Ok(group)) if group.total == 0 => {
                view! { <Empty title=words.groups_empty() /> }.into_any()
            },
            Some(Ok(group)) => view! { <GroupTable group=group.clone() /> }.into_any(),
        })
    };
    view! {
        <div class="groups" data-testid="groups" class:is-waiting=move || asked.waiting.get()>
            <div class="groups-head">
                <GroupFields />
                <GroupPages />
            </div>
            <div class="groups-body" tabindex="0" role="region" aria-label=words.groups_label()>{body}</div>
        </div>
    }
}
