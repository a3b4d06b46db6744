//! A window over the page.

use leptos::prelude::*;

use super::{Icon, Shape};

/// The browser's own dialog: it keeps the keyboard inside, closes at Escape, and gives the keyboard
/// back to where it was. It begins at what is marked `autofocus`.
#[component]
pub(crate) fn Dialog(
    /// What it is about.
    title: &'static str,
    /// What its close button is called.
    #[prop(into)]
    close_label: Signal<&'static str>,
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
        // Taken away without being closed it would leave the keyboard nowhere.
        on_cleanup(move || {
            if let Some(dialog) = dialog.get_untracked() {
                dialog.close();
            }
        });
        let closed = move |_| {
            if open.get_untracked() {
                close.run(());
            }
        };
        view! {
            <dialog class="dialog" node_ref=dialog aria-labelledby="dialog-title" on:close=closed>
                <header class="dialog-head">
                    <h2 id="dialog-title">{title}</h2>
                    <button
                        type="button"
                        class="button is-icon"
                        aria-label=move || close_label.get()
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
