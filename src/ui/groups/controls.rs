//! By which fields, and which page of the groups.

use leptos::prelude::*;

use crate::{
    model::field::{Field, Kind},
    state::{command::Command, questions::grouped_by, screen::GROUP_PAGE},
    ui::{
        context::page,
        format::{counted, fill, grouped},
        widget::{Icon, Shape},
    },
};

/// Grouping by what is different for each event tells nothing.
fn can_group(field: Field) -> bool {
    !matches!(field.kind(), Kind::Time | Kind::Id)
}

/// Chooses the fields.
#[component]
pub(crate) fn GroupFields() -> impl IntoView {
    let page = page();
    let words = page.words;
    let by = Memo::new(move |_| page.app.view.with(grouped_by));
    let first = Memo::new(move |_| by.with(|it| it.first().copied()));
    let second = Memo::new(move |_| by.with(|it| it.get(1).copied()));
    let options = move |chosen: Memo<Option<Field>>| {
        let fields = Field::ALL.iter().copied().filter(|it| can_group(*it));
        let option = move |field: Field| {
            view! {
                <option value=field.name() prop:selected=move || chosen.get() == Some(field)>
                    {field.name()}
                </option>
            }
        };
        fields.map(option).collect_view()
    };
    let choose = move |place: usize, name: &str| {
        let mut next = by.get_untracked();
        match Field::parse(name) {
            Some(field) if place < next.len() => next[place] = field,
            Some(field) => next.push(field),
            None => next.truncate(1),
        }
        next.dedup();
        page.screen.group_offset.set(0);
        page.send(Command::GroupBy(next));
    };
    view! {
        <label class="select">
            <span>{words.group_first()}</span>
            <select data-testid="group-first" on:change:target=move |event| choose(0, &event.target().value())>
                {options(first)}
            </select>
        </label>
        <label class="select">
            <span>{words.group_second()}</span>
            <select data-testid="group-second" on:change:target=move |event| choose(1, &event.target().value())>
                <option value="" prop:selected=move || second.get().is_none()>{words.group_none()}</option>
                {options(second)}
            </select>
        </label>
    }
}

/// How many groups there are, and the way to the next ones.
#[component]
pub(crate) fn GroupPages() -> impl IntoView {
    let page = page();
    let words = page.words;
    let offset = page.screen.group_offset;
    let total = Memo::new(move |_| page.asked.groups.with(|it| it.total).unwrap_or(0));
    let limit = u64::from(GROUP_PAGE);
    let is_last = Memo::new(move |_| offset.get() + limit >= total.get());
    let position = move || {
        let last = (offset.get() + limit).min(total.get());
        fill(
            words.position(),
            &[
                ("first", &grouped((offset.get() + 1).min(last))),
                ("last", &grouped(last)),
                ("total", &counted(words.groups_n(), total.get())),
            ],
        )
    };
    view! {
        <div class="pages">
            <span class="quiet">{position}</span>
            <button
                type="button"
                class="button is-icon is-small"
                aria-label=words.previous_page()
                disabled=move || offset.get() == 0
                on:click=move |_| offset.update(|it| *it = it.saturating_sub(limit))
            >
                <Icon shape=Shape::Left />
            </button>
            <button
                type="button"
                class="button is-icon is-small"
                aria-label=words.next_page()
                disabled=move || is_last.get()
                on:click=move |_| offset.update(|it| *it += limit)
            >
                <Icon shape=Shape::Right />
            </button>
        </div>
    }
}
