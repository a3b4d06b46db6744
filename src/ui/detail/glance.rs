//! What an event says at a glance: who did what, where, when, and how it ended.

use leptos::prelude::*;

use super::json::Json;
use crate::{
    model::{field::Field, time},
    ui::{
        context::page,
        format::{instant, short_arn, visible},
        widget::{Icon, Shape},
    },
};

/// The fields that are told first, where the record has them.
const FIRST: &[Field] = &[
    Field::EventTime,
    Field::EventSource,
    Field::IdentityArn,
    Field::IdentityType,
    Field::IdentityInvokedBy,
    Field::IdentityAccessKeyId,
    Field::SourceIpAddress,
    Field::UserAgent,
    Field::AwsRegion,
    Field::RecipientAccountId,
    Field::ErrorCode,
    Field::ErrorMessage,
];

/// The value of a field in a record; `None` if it has none.
pub(crate) fn value_of(record: &Json, field: Field) -> Option<String> {
    let path: Vec<&str> = field.name().split('.').collect();
    record.at(&path).and_then(Json::leaf).filter(|it| !it.is_empty()).map(str::to_owned)
}

/// The head of the panel: the event's name, and the fields that are told first.
#[component]
pub(crate) fn Glance(
    /// The record.
    record: Json,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let name = value_of(&record, Field::EventName).unwrap_or_default();
    let who = value_of(&record, Field::IdentityArn).map(|it| short_arn(&it).into_owned());
    let failed = value_of(&record, Field::ErrorCode);
    let line = move |field: Field| {
        let value = value_of(&record, field)?;
        let shown = match field {
            Field::EventTime => time::parse_any(&value)
                .map_or_else(|| visible(&value).into_owned(), |it| format!("{} UTC", instant(it))),
            _ => visible(&value).into_owned(),
        };
        let (only, not) = (value.clone(), value);
        let buttons = (field != Field::EventTime).then(|| {
            view! {
                <span class="line-tools">
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
                </span>
            }
        });
        Some(view! {
            <div class="glance-line">
                <dt>{field.name()}</dt>
                <dd class:is-bad=matches!(field, Field::ErrorCode | Field::ErrorMessage)>
                    {shown}
                    {buttons}
                </dd>
            </div>
        })
    };
    view! {
        <div class="glance">
            <p class="glance-title" class:is-bad=failed.is_some()>
                <b>{visible(&name).into_owned()}</b>
                {who.map(|it| view! { <span class="glance-who">{it}</span> })}
            </p>
            <dl>{FIRST.iter().filter_map(|it| line(*it)).collect_view()}</dl>
        </div>
    }
}
