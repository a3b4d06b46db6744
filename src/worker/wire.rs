//! Bytes and handles over message ports.

use js_sys::{Array, ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
#[cfg(feature = "engine")]
use web_sys::MessagePort;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// The worker itself.
pub(super) fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Hears whatever the page sends, for as long as the worker lives.
pub(super) fn listen(hear: impl Fn(MessageEvent) + 'static) {
    let hear = Closure::<dyn Fn(MessageEvent)>::new(hear).into_js_value();
    scope().set_onmessage(Some(hear.unchecked_ref()));
}

/// The same of a port; hearing starts it.
#[cfg(feature = "engine")]
pub(super) fn listen_to(port: &MessagePort, hear: impl Fn(MessageEvent) + 'static) {
    let hear = Closure::<dyn Fn(MessageEvent)>::new(hear).into_js_value();
    port.set_onmessage(Some(hear.unchecked_ref()));
}

/// A copy outside of this program's memory, to be given away whole.
pub(super) fn buffer(bytes: &[u8]) -> ArrayBuffer {
    Uint8Array::from(bytes).buffer()
}

/// Gives bytes to the page.
pub(super) fn post(bytes: &[u8]) {
    let buffer = buffer(bytes);
    scope().post_message_with_transfer(&buffer, &Array::of1(&buffer)).ok();
}

/// Gives bytes to the page, and others beside them.
pub(super) fn post_with(bytes: &[u8], beside: &[u8]) {
    let (bytes, beside) = (buffer(bytes), buffer(beside));
    let message = Array::of2(&bytes, &beside);
    scope().post_message_with_transfer(&message, &message).ok();
}

/// Gives bytes to the page, and something that is shared, not moved, beside them.
pub(super) fn post_beside(bytes: &[u8], beside: &JsValue) {
    let bytes = buffer(bytes);
    scope().post_message_with_transfer(&Array::of2(&bytes, beside), &Array::of1(&bytes)).ok();
}

/// The bytes of a message that is nothing else.
pub(super) fn bytes(message: &JsValue) -> Option<Vec<u8>> {
    message.dyn_ref::<ArrayBuffer>().map(|it| Uint8Array::new(it).to_vec())
}

/// Lets messages in that wait.
pub(super) async fn breathe() {
    sleep(0).await;
}

pub(super) async fn sleep(millis: i32) {
    let pause = Promise::new(&mut |resolve, _| {
        scope().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis).ok();
    });
    JsFuture::from(pause).await.ok();
}

/// Milliseconds since the worker began.
pub(super) fn now_millis() -> f64 {
    scope().performance().map_or(0.0, |it| it.now())
}
