//! A window over the page.

use leptos::prelude::*;

use super::{Icon, Shape};

/// The browser's own dialog: it keeps the focus inside and closes at Escape.
#[component]
pub(crate) fn Dialog(
    /// What it is about.
    title: &'static str,
    /// What its close button is called.
    close_label: &'static str,
    /// Whether it is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// Takes it away.
    close: Callback<()>,
    /// What is in it.
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    let body = move || {
        let dialog = NodeRef::<leptos::html::Dialog>::new();
        dialog.on_load(|it| {
            it.show_modal().ok();
        });
        view! {
            <dialog
                class="dialog"
                node_ref=dialog
                aria-labelledby="dialog-title"
                on:close=move |_| close.run(())
            >
                <header class="dialog-head">
                    <h2 id="dialog-title">{title}</h2>
                    <button
                        type="button"
                        class="button is-icon"
                        aria-label=close_label
                        on:click=move |_| close.run(())
                    >
                        <Icon shape=Shape::Close />
                    </button>
                </header>
                <div class="dialog-body">{children.with_value(|it| it())}</div>
            </dialog>
        }
    };
    move || open.get().then(body)
}
