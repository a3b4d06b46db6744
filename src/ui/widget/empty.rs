//! What stands where nothing is.

use leptos::prelude::*;

/// A calm sentence in an empty place.
#[component]
pub(crate) fn Empty(
    /// What is not there.
    #[prop(into)]
    title: String,
    /// What can be done, or what it means.
    #[prop(optional, into)]
    hint: String,
    /// Buttons below.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title">{title}</p>
            {(!hint.is_empty()).then(|| view! { <p class="empty-hint">{hint}</p> })}
            {children.map(|it| it())}
        </div>
    }
}
