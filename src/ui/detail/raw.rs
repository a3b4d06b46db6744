//! The record as it stands in its file, byte for byte.

use leptos::prelude::*;

/// Only text: nothing of a log is ever markup.
#[component]
pub(crate) fn Raw(
    /// The record.
    text: String,
) -> impl IntoView {
    view! { <pre class="raw" data-testid="detail-raw" tabindex="0">{text}</pre> }
}
