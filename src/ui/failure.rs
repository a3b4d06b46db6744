//! What went wrong, in words.

use leptos::prelude::*;

use super::{
    context::page,
    format::{bytes, fill},
    told::told,
    words::Words,
};
use crate::protocol::failure::Failure as Reason;

/// What happened, what was kept, what to do.
pub(crate) fn explain(reason: &Reason, words: Words) -> String {
    let with = |template: &str, message: &str| fill(template, &[("message", message)]);
    match reason {
        Reason::BadArgument { message } => with(words.failed_bad_argument(), message),
        Reason::NotFound { what } => with(words.failed_not_found(), what),
        Reason::OutOfMemory { needed_bytes, free_bytes } => fill(
            words.failed_memory(),
            &[("needed", &bytes(*needed_bytes)), ("free", &bytes(*free_bytes))],
        ),
        Reason::Engine { message } => with(words.failed_engine(), message),
        Reason::EngineStopped { .. } => words.failed_stopped().to_owned(),
        Reason::Unreadable { message } => told(message, words.language).into_owned(),
        Reason::Cancelled | Reason::Closed => words.failed_cancelled().to_owned(),
        Reason::Mismatch => words.failed_mismatch().to_owned(),
    }
}

/// A question that got no answer, where the answer would be.
#[component]
pub(crate) fn Failure(
    /// Why.
    reason: Reason,
) -> impl IntoView {
    let words = page().words;
    view! {
        <div class="failure" role="alert">
            <p class="failure-title">{words.failed_title()}</p>
            <p>{explain(&reason, words)}</p>
        </div>
    }
}
