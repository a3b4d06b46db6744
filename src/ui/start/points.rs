//! Three short lines on what the page does.

use leptos::prelude::*;

use crate::ui::{
    context::page,
    widget::{Icon, Shape},
};

/// What it does, and how to check that it keeps quiet.
#[component]
pub(crate) fn Points() -> impl IntoView {
    let words = page().words;
    let point = |shape, title: &'static str, text: &'static str, more: Option<&'static str>| {
        view! {
            <li class="point">
                <Icon shape />
                <div>
                    <h2 class="point-title">{title}</h2>
                    <p>{text}</p>
                    {more.map(|it| view! { <p class="quiet">{it}</p> })}
                </div>
            </li>
        }
    };
    view! {
        <ul class="points">
            {point(Shape::Search, words.point_look_title(), words.point_look(), None)}
            {point(Shape::Spark, words.point_unusual_title(), words.point_unusual(), None)}
            {point(
                Shape::Lock,
                words.point_private_title(),
                words.point_private(),
                Some(words.point_verify()),
            )}
        </ul>
    }
}
