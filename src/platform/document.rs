//! The document around the page: its title, its busy mark, the offer of a new build.

use js_sys::{Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::{link::boot, time::window};
use crate::state::{App, load::Load};

const NAME: &str = "Trailglass";

/// Keeps title and busy mark true; the placeholder of the static page goes.
pub(super) fn follow(app: App) {
    let Some(document) = window().document() else { return };
    if let Some(placeholder) = document.get_element_by_id("boot") {
        placeholder.remove();
    }
    let title = Memo::new(move |_| title(app));
    let busy = Memo::new(move |_| app.busy());
    Effect::new(move |_| {
        let Some(document) = window().document() else { return };
        document.set_title(&title.get());
        if let Some(body) = document.body() {
            body.set_attribute("data-busy", &busy.get().to_string()).ok();
        }
    });
}

/// How far a load is, else what is looked at.
fn title(app: App) -> String {
    let percent = app.load.with(|it| match it {
        Load::Reading(it) if it.bytes_total > 0 => Some(it.bytes_done * 100 / it.bytes_total),
        _ => None,
    });
    if let Some(percent) = percent {
        return format!("{percent} % · {NAME}");
    }
    let filter = app.view.with(|it| it.filter.trim().chars().take(80).collect::<String>());
    if filter.is_empty() { NAME.to_owned() } else { format!("{filter} · {NAME}") }
}

/// Tells when a newer build was fetched whole.
pub(super) fn offer_update(app: App) {
    let boot = boot();
    let told = Closure::<dyn Fn()>::new(move || app.update_ready.set(true)).into_js_value();
    Reflect::set(&boot, &"onupdate".into(), &told).ok();
    let known = Reflect::get(&boot, &"updateReady".into()).ok().and_then(|it| it.as_bool());
    if known == Some(true) {
        app.update_ready.set(true);
    }
}

/// Reloads the page, with the newer build if there is one.
pub(super) fn reload() {
    let reload = Reflect::get(&boot(), &"reload".into()).ok();
    match reload.as_ref().and_then(JsValue::dyn_ref::<Function>) {
        Some(reload) => drop(reload.call0(&JsValue::NULL)),
        None => drop(window().location().reload()),
    }
}
