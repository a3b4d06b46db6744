//! Rust futures as JavaScript functions.

use std::future::Future;

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::{JsValue, closure::Closure};
use wasm_bindgen_futures::future_to_promise;

use super::error::Error;
use crate::platform::Browser;

/// Adds a function of at most two arguments, which returns a promise.
pub(super) fn add<F>(
    object: &Object,
    browser: &Browser,
    name: &str,
    call: impl Fn(Browser, JsValue, JsValue) -> F + 'static,
) where
    F: Future<Output = Result<JsValue, Error>> + 'static,
{
    let browser = browser.clone();
    let function = Closure::<dyn Fn(JsValue, JsValue) -> Promise>::new(move |first, second| {
        let answer = call(browser.clone(), first, second);
        future_to_promise(async move { answer.await.map_err(JsValue::from) })
    });
    Reflect::set(object, &name.into(), &function.into_js_value()).ok();
}
