//! What a person chose for all visits: kept in the browser, worn by the document.

use web_sys::Storage;

use super::time::window;
use crate::model::limits::Limits;
use crate::state::{Language, Preferences, Theme};

const LANGUAGE: &str = "trailglass.language";
const THEME: &str = "trailglass.theme";
const LIMITS: &str = "trailglass.limits";
const CHOOSE_FIRST: &str = "trailglass.chooseFirst";
const MUTES: &str = "trailglass.mutes";

/// Absent where the person forbade it.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// What was chosen; where nothing was, the browser's language.
pub(super) fn kept() -> Preferences {
    let item = |key: &str| storage().and_then(|it| it.get_item(key).ok().flatten());
    let language = item(LANGUAGE).or_else(|| window().navigator().language()).unwrap_or_default();
    let language = if language.starts_with("ko") { Language::Korean } else { Language::English };
    let theme = match item(THEME).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    };
    let choose_first = item(CHOOSE_FIRST).as_deref() == Some("yes");
    let limits = Limits::parse(&item(LIMITS).unwrap_or_default());
    Preferences { language, theme, choose_first, limits }
}

/// Keeps a choice for the next visit.
pub(super) fn keep(preferences: Preferences) {
    if let Some(storage) = storage() {
        storage.set_item(LANGUAGE, language(preferences.language)).ok();
        storage.set_item(THEME, theme(preferences.theme).unwrap_or("system")).ok();
        storage.set_item(LIMITS, &preferences.limits.print()).ok();
        storage.set_item(CHOOSE_FIRST, if preferences.choose_first { "yes" } else { "no" }).ok();
    }
    dress(preferences);
}

/// The print of what was muted.
pub(super) fn kept_mutes() -> String {
    storage().and_then(|it| it.get_item(MUTES).ok().flatten()).unwrap_or_default()
}

/// Keeps the print of what is muted for the next visit.
pub(super) fn keep_mutes(print: &str) {
    if let Some(storage) = storage() {
        storage.set_item(MUTES, print).ok();
    }
}

/// Puts the choice on `<html>`, where the styles and screen readers look for it.
pub(super) fn dress(preferences: Preferences) {
    let Some(root) = window().document().and_then(|it| it.document_element()) else { return };
    root.set_attribute("lang", language(preferences.language)).ok();
    match theme(preferences.theme) {
        Some(theme) => root.set_attribute("data-theme", theme).ok(),
        None => root.remove_attribute("data-theme").ok(),
    };
}

fn language(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::Korean => "ko",
    }
}

fn theme(theme: Theme) -> Option<&'static str> {
    match theme {
        Theme::System => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    }
}
