//! The program of the page.

#[cfg(target_arch = "wasm32")]
fn main() {
    use leptos::prelude::*;
    use trailglass::{api, platform::Browser, ui::root::Root};

    console_error_panic_hook::set_once();
    mount_to_body(|| {
        let browser = Browser::start();
        api::offer(&browser);
        provide_context(browser.app());
        view! { <Root /> }
    });
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
