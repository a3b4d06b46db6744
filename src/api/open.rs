//! Files in, their report, and out again.

use futures::future::{Either, select};
use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{AbortSignal, File};

use super::{answers, error::Error, function::add};
use crate::{
    platform::{Browser, Source, TellProgress, end_of},
    protocol::failure::Failure,
};

pub(super) fn offer(object: &Object, browser: &Browser) {
    add(object, browser, "open", open);
    add(object, browser, "report", |browser, _, _| async move {
        Ok(answers::report(&browser.report().await?))
    });
    add(object, browser, "close", |browser, _, _| async move {
        browser.close();
        browser.ready().await.map_err(Error::internal)?;
        Ok(JsValue::UNDEFINED)
    });
}

async fn open(browser: Browser, files: JsValue, options: JsValue) -> Result<JsValue, Error> {
    let files = files_of(&files)?;
    let signal = signal_of(&options)?;
    let opening = browser.open(Source::Files(files), progress_of(&options)?);
    let id = opening.id;
    if signal.as_ref().is_some_and(AbortSignal::aborted) {
        browser.cancel(Some(id));
    }
    let (aborting, aborted) = futures::channel::oneshot::channel();
    let abort = {
        let (browser, aborting) = (browser.clone(), std::cell::Cell::new(Some(aborting)));
        Closure::<dyn Fn()>::new(move || {
            let runs = browser.cancel(Some(id));
            if let Some(aborting) = aborting.take() {
                aborting.send(runs).ok();
            }
        })
    };
    let listener: &Function = abort.as_ref().unchecked_ref();
    if let Some(signal) = &signal {
        signal.add_event_listener_with_callback("abort", listener).ok();
    }
    // What an abort leaves of a load is counted at its end, which comes at once: wait for it, so
    // that the report is true when the caller hears of the end.
    let end = match select(Box::pin(end_of(opening.done)), aborted).await {
        Either::Left((end, _)) => end,
        Either::Right((Ok(false), _)) => Err(Failure::Cancelled),
        Either::Right((_, end)) => end.await,
    };
    if let Some(signal) = &signal {
        signal.remove_event_listener_with_callback("abort", listener).ok();
    }
    Ok(answers::report(&end?))
}

/// `File`s, or pairs of a path and a `File`.
fn files_of(files: &JsValue) -> Result<Vec<(Option<String>, File)>, Error> {
    let wrong =
        || Error::bad_argument("open takes a list of File objects, or of {path, file} pairs");
    if files.is_string() {
        return Err(wrong());
    }
    let list = js_sys::try_iter(files).ok().flatten().ok_or_else(wrong)?;
    list.map(|item| {
        let item = item.map_err(|_| wrong())?;
        if let Some(file) = item.dyn_ref::<File>() {
            return Ok((None, file.clone()));
        }
        let part = |name: &str| Reflect::get(&item, &name.into()).unwrap_or_default();
        match (part("path").as_string(), part("file").dyn_into::<File>()) {
            (Some(path), Ok(file)) => Ok((Some(path.trim_start_matches('/').to_owned()), file)),
            _ => Err(wrong()),
        }
    })
    .collect()
}

fn option(options: &JsValue, name: &str) -> JsValue {
    if options.is_object() {
        Reflect::get(options, &name.into()).unwrap_or_default()
    } else {
        JsValue::UNDEFINED
    }
}

fn signal_of(options: &JsValue) -> Result<Option<AbortSignal>, Error> {
    let signal = option(options, "signal");
    if signal.is_undefined() || signal.is_null() {
        return Ok(None);
    }
    let signal =
        signal.dyn_into().map_err(|_| Error::bad_argument("signal must be an AbortSignal"))?;
    Ok(Some(signal))
}

fn progress_of(options: &JsValue) -> Result<Option<TellProgress>, Error> {
    let tell = option(options, "onProgress");
    if tell.is_undefined() || tell.is_null() {
        return Ok(None);
    }
    let tell: Function =
        tell.dyn_into().map_err(|_| Error::bad_argument("onProgress must be a function"))?;
    Ok(Some(Box::new(move |progress| {
        // What a caller's function throws is the caller's.
        tell.call1(&JsValue::NULL, &answers::progress(&progress)).ok();
    })))
}
