//! What runs in the workers: messages in, messages out, and the reading of files. All thought is
//! in `service` and `reader`.
//!
//! A worker's first words are that it is ready. What was sent before is kept by the few lines of
//! JavaScript that start the program, and arrives after.

mod wire;
mod source;
mod fetch;
mod packet;
mod archive;
mod check;
pub mod reader;
#[cfg(feature = "engine")]
pub mod engine;

use wasm_bindgen::JsValue;

/// What the browser says, as text.
fn reason(error: &JsValue) -> String {
    let message = js_sys::Reflect::get(error, &"message".into()).ok().and_then(|it| it.as_string());
    let message = message.unwrap_or_else(|| "no reason was given".to_owned());
    message.trim_end_matches('.').to_owned()
}
