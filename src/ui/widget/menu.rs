//! A button that unfolds a list of acts.

use leptos::{ev::KeyboardEvent, prelude::*};

use super::{Icon, Shape};

/// Told by a [`Menu`] to what is in it: acts close it.
#[derive(Clone, Copy)]
struct OpenMenu {
    open: RwSignal<bool>,
    button: NodeRef<leptos::html::Button>,
}

impl OpenMenu {
    /// Folds it, and puts the keyboard on its button: where it is would go away.
    fn close(self) {
        if let Some(button) = self.button.get_untracked() {
            button.focus().ok();
        }
        self.open.set(false);
    }
}

/// A button and what it unfolds. Escape, a click beside it and each act close it.
#[component]
pub(crate) fn Menu(
    /// What the button is called.
    #[prop(into)]
    label: String,
    /// What stands in the button.
    shape: Shape,
    /// Whether the label is shown beside the icon; else it is only read aloud.
    #[prop(optional)]
    labelled: bool,
    /// A further class of the whole.
    #[prop(optional)]
    class: &'static str,
    /// What it unfolds.
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let button = NodeRef::<leptos::html::Button>::new();
    let menu = OpenMenu { open, button };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.stop_propagation();
            menu.close();
        }
    };
    let children = StoredValue::new(children);
    let panel = move || {
        open.get().then(|| {
            provide_context(menu);
            view! {
                <div class="menu-backdrop" on:click=move |_| open.set(false)></div>
                <div class="menu-panel">{children.with_value(|it| it())}</div>
            }
        })
    };
    let text = labelled.then(|| label.clone());
    view! {
        <div class=format!("menu {class}") on:keydown=on_key>
            <button
                node_ref=button
                type="button"
                class="button"
                class:is-icon=!labelled
                aria-label=label.clone()
                title=label
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|it| *it = !*it)
            >
                <Icon shape />
                {text.map(|it| view! { <span class="button-text">{it}</span> })}
            </button>
            {panel}
        </div>
    }
}

/// One act of a [`Menu`].
#[component]
pub(crate) fn MenuItem(
    /// What it does, in words.
    #[prop(into)]
    label: String,
    /// A picture before the words.
    #[prop(optional)]
    shape: Option<Shape>,
    /// Whether it is what is chosen now.
    #[prop(optional, into)]
    chosen: Option<Signal<bool>>,
    /// For tests.
    #[prop(optional)]
    testid: Option<&'static str>,
    /// Does it.
    act: impl Fn() + 'static,
) -> impl IntoView {
    let menu = use_context::<OpenMenu>();
    let on_click = move |_| {
        if let Some(menu) = menu {
            menu.close();
        }
        act();
    };
    let mark = move || match chosen {
        Some(chosen) => chosen.get().then(|| view! { <Icon shape=Shape::Check /> }).into_any(),
        None => shape.map(|shape| view! { <Icon shape /> }).into_any(),
    };
    view! {
        <button
            type="button"
            class="menu-item"
            data-testid=testid
            aria-pressed=move || chosen.map(|it| it.get().to_string())
            on:click=on_click
        >
            <span class="menu-mark">{mark}</span>
            {label}
        </button>
    }
}
