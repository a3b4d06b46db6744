//! The view behind the `#` of the address, and the way back.

use std::cell::RefCell;

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::time::{sleep, window};
use crate::{
    model::view::View,
    state::{App, command::HistoryMode},
};

/// How long nothing new must be shown before an address that rests is written, in milliseconds:
/// browsers refuse more than some hundred changes in half a minute.
const REST_MILLIS: i32 = 200;

thread_local! {
    /// The address that is written when it rests, and how often there was one.
    static RESTING: RefCell<(u64, Option<String>)> = const { RefCell::new((0, None)) };
}

/// The text behind the `#`.
pub(super) fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// Back, Forward and a changed address show their view.
pub(super) fn follow(app: App) {
    let read = Closure::<dyn Fn()>::new(move || {
        let view = View::parse(&hash());
        if view != app.view.get_untracked() {
            app.view.set(view);
        }
    })
    .into_js_value();
    for event in ["popstate", "hashchange"] {
        window().add_event_listener_with_callback(event, read.unchecked_ref()).ok();
    }
}

/// Shows a view's print. Browsers refuse steps of the history that come too fast: then the step
/// before is overwritten, and if that is refused too, the address lags behind until the next act.
pub(super) fn show(print: &str, mode: HistoryMode) {
    if mode == HistoryMode::Rest {
        return rest(print);
    }
    let resting = RESTING.with_borrow_mut(|it| it.1.take());
    if let Some(before) = resting.filter(|_| mode == HistoryMode::Push) {
        write(&before, HistoryMode::Replace);
    }
    write(print, mode);
}

/// Writes an address if no other comes for a moment.
fn rest(print: &str) {
    let number = RESTING.with_borrow_mut(|it| {
        *it = (it.0 + 1, Some(print.to_owned()));
        it.0
    });
    spawn_local(async move {
        sleep(REST_MILLIS).await;
        let rested = RESTING.with_borrow_mut(|it| it.1.take_if(|_| it.0 == number));
        if let Some(print) = rested {
            write(&print, HistoryMode::Replace);
        }
    });
}

fn write(print: &str, mode: HistoryMode) {
    let Ok(history) = window().history() else { return };
    let location = window().location();
    let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    let address = if print.is_empty() { here } else { format!("{here}#{print}") };
    if mode == HistoryMode::Push
        && history.push_state_with_url(&JsValue::NULL, "", Some(&address)).is_ok()
    {
        return;
    }
    history.replace_state_with_url(&JsValue::NULL, "", Some(&address)).ok();
}
