//! `window.trailglass`: the page for scripts, for pages that embed it, and for tests.
//!
//! Start reading at [`offer`]. What the arguments must be is in [`arguments`], what the answers
//! look like in [`answers`]; `assets/trailglass.d.ts` documents both for those who call.

mod error;
mod function;
mod arguments;
mod answers;
mod questions;
mod open;

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

use crate::platform::Browser;
use error::Error;
#[cfg(feature = "traps")]
use function::add;

/// Puts `trailglass` onto the window. Its calls may come at once: they wait for the engine.
pub fn offer(browser: &Browser) {
    let object = Object::new();
    let set = |name: &str, value: &JsValue| Reflect::set(&object, &name.into(), value).ok();
    set("version", &env!("CARGO_PKG_VERSION").into());
    set("ready", &ready(browser));
    open::offer(&object, browser);
    questions::offer(&object, browser);
    #[cfg(feature = "traps")]
    offer_trap(&object, browser);
    Reflect::set(&js_sys::global(), &"trailglass".into(), &Object::freeze(&object)).ok();
}

fn ready(browser: &Browser) -> Promise {
    let browser = browser.clone();
    let promise = future_to_promise(async move {
        let ready = browser.ready().await;
        ready.map(|()| JsValue::UNDEFINED).map_err(|message| Error::internal(message).into())
    });
    // Nobody need look at it.
    let looked_at = promise.clone();
    leptos::task::spawn_local(async move {
        wasm_bindgen_futures::JsFuture::from(looked_at).await.ok();
    });
    promise
}

/// `trap("engine")` and `trap("reader")` end a worker, `trap(bytes)` lets the engine take no more
/// than that; only in builds for the tests that watch.
#[cfg(feature = "traps")]
fn offer_trap(object: &Object, browser: &Browser) {
    use crate::protocol::Trap;

    add(object, browser, "trap", |browser, which, _| async move {
        if let Some(bytes) = which.as_f64() {
            browser.set_budget(bytes as u64);
        } else if which.as_string().as_deref() == Some("reader") {
            browser.trap_reader();
        } else {
            browser.client().call(Trap).await?;
        }
        Ok(JsValue::UNDEFINED)
    });
}
