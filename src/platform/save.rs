//! Files out: downloads and the clipboard.

use js_sys::{Array, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::time::{sleep, window};

/// How long the browser may take to begin a download.
const KEPT_MILLIS: i32 = 60_000;
/// Text that is gathered before it becomes a blob, which the browser may keep on disk.
const PART_BYTES: usize = 4 << 20;

/// A file that grows by text, mostly outside of the page's memory.
pub(super) struct Writer {
    parts: Array,
    text: String,
}

impl Writer {
    pub(super) fn new() -> Writer {
        Writer { parts: Array::new(), text: String::new() }
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        if self.text.len() > PART_BYTES {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let part = Array::of1(&JsValue::from(text));
        if let Ok(blob) = Blob::new_with_str_sequence(&part) {
            self.parts.push(&blob);
        }
    }

    /// Has the browser save it under that name.
    pub(super) fn save(mut self, name: &str, media_type: &str) -> Result<(), String> {
        self.flush();
        let options = BlobPropertyBag::new();
        options.set_type(media_type);
        let failed = |_| "the browser has no room for the file".to_owned();
        let blob =
            Blob::new_with_blob_sequence_and_options(&self.parts, &options).map_err(failed)?;
        let url = Url::create_object_url_with_blob(&blob).map_err(failed)?;
        download(&url, name)?;
        spawn_local(async move {
            sleep(KEPT_MILLIS).await;
            Url::revoke_object_url(&url).ok();
        });
        Ok(())
    }
}

/// Has the browser save what an address holds.
pub(super) fn download(url: &str, name: &str) -> Result<(), String> {
    let link = window().document().and_then(|it| it.create_element("a").ok());
    let Some(link) = link.and_then(|it| it.dyn_into::<HtmlAnchorElement>().ok()) else {
        return Err("the page is closing".to_owned());
    };
    link.set_href(url);
    link.set_download(name);
    link.click();
    Ok(())
}

/// Puts a text into the clipboard, where the browser allows it.
pub(super) fn copy(text: &str) {
    let navigator = window().navigator();
    // Absent on pages without https.
    if Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|it| it.is_object()) {
        let written = navigator.clipboard().write_text(text);
        spawn_local(async move {
            wasm_bindgen_futures::JsFuture::from(written).await.ok();
        });
    }
}
