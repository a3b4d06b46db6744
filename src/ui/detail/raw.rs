//! The record as it stands in its file, byte for byte; only what is not seen is written out.

use leptos::prelude::*;

use crate::ui::format::visible_lines;

/// Only text: nothing of a log is ever markup.
#[component]
pub(crate) fn Raw(
    /// The record.
    text: String,
) -> impl IntoView {
    view! { <pre class="raw" data-testid="detail-raw" tabindex="0">{visible_lines(&text).into_owned()}</pre> }
}
