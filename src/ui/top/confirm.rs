//! What forgets all data is asked about first: nothing brings it back but another drop.

use leptos::prelude::*;

use crate::{
    state::{command::Command, screen::Asking},
    ui::{
        context::{Page, page},
        focus::{HOME, focus_soon},
        widget::Dialog,
    },
};

/// Forgets all data and what was unfolded over it.
fn forget(page: Page) {
    page.screen.opened.set(None);
    page.screen.top_row.set(0.0);
    page.screen.filled_facets.set(0);
    page.screen.cursor.set(None);
    page.send(Command::Reset);
    page.app.host().close();
}

/// The question, where there is one.
#[component]
pub(crate) fn Confirm() -> impl IntoView {
    let page = page();
    let words = page.words;
    let asking = page.screen.asking;
    let open = Memo::new(move |_| asking.with(Option::is_some));
    let body = move || {
        asking.get().map(|what| {
            let (text, yes, no) = match what {
                Asking::Sample => (words.confirm_sample(), words.sample_instead(), words.keep_data()),
                Asking::Forget => (words.confirm_forget(), words.forget(), words.keep()),
            };
            let act = move |_| {
                asking.set(None);
                forget(page);
                if what == Asking::Sample {
                    page.app.host().open_sample();
                }
                focus_soon(page, HOME);
            };
            view! {
                <p>{text}</p>
                <div class="dialog-buttons">
                    <button type="button" class="button is-primary" data-testid="confirm" on:click=act>
                        {yes}
                    </button>
                    <button
                        type="button"
                        class="button"
                        data-testid="confirm-keep"
                        autofocus=true
                        on:click=move |_| asking.set(None)
                    >
                        {no}
                    </button>
                </div>
            }
        })
    };
    view! {
        <Dialog
            title=words.confirm_title()
            close_label=words.keep_data()
            open
            close=Callback::new(move |()| asking.set(None))
        >
            {body}
        </Dialog>
    }
}
