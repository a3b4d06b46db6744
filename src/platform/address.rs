//! The view behind the `#` of the address, and the way back.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::time::window;
use crate::{
    model::view::View,
    state::{App, command::HistoryMode},
};

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
