//! The clock and the event loop.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, Window};

/// The page holds the browser for no longer than this at a time.
const SLICE_MILLIS: f64 = 10.0;

/// The window; there is always one, since this is the page's program.
pub(super) fn window() -> Window {
    js_sys::global().unchecked_into()
}

/// Milliseconds since the page began; never goes back.
pub(super) fn now_millis() -> f64 {
    window().performance().map_or_else(js_sys::Date::now, |it| it.now())
}

/// Waits; a page in the background may be let wait longer.
pub(super) async fn sleep(millis: i32) {
    let promise = Promise::new(&mut |resolve: Function, _| {
        window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis).ok();
    });
    JsFuture::from(promise).await.ok();
}

/// Lets the browser do whatever waits, and comes back at once.
pub(super) async fn next_task() {
    let Ok(channel) = MessageChannel::new() else { return sleep(0).await };
    let promise = Promise::new(&mut |resolve: Function, _| {
        channel.port1().set_onmessage(Some(&resolve));
        channel.port2().post_message(&JsValue::NULL).ok();
    });
    JsFuture::from(promise).await.ok();
    channel.port1().close();
}

/// Keeps long work in slices.
pub(super) struct Breath {
    since_millis: f64,
}

impl Breath {
    pub(super) fn new() -> Breath {
        Breath { since_millis: now_millis() }
    }

    /// Whether it is time to let the browser have its turn.
    pub(super) fn is_due(&self) -> bool {
        now_millis() - self.since_millis > SLICE_MILLIS
    }

    /// Lets the browser have its turn.
    pub(super) async fn take(&mut self) {
        next_task().await;
        self.since_millis = now_millis();
    }
}
