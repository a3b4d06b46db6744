//! What the parts of the page ask of their browser.

use std::rc::Rc;

use futures::future::LocalBoxFuture;
use js_sys::Array;
use leptos::{
    ev::{DragEvent, Event},
    prelude::Set,
    task::spawn_local,
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::{
    Browser, address, document,
    intake::{Source, files_of},
    picture, preferences, save,
    time::window,
};
use crate::{
    model::{
        integrity::report::ChainReport,
        path::PathFilter,
        question::{Place, Selection},
    },
    protocol::{failure::Failure, reading::RecordForm},
    state::{
        Preferences,
        command::HistoryMode,
        host::{ExportForm, Host, Record},
    },
};

/// The sample is the same at every visit.
const SAMPLE: Source = Source::Sample { seed: 1, events: 50_000 };

impl Host for Browser {
    fn open_dropped(&self, event: &DragEvent) {
        let Some(data) = event.data_transfer() else { return };
        let source = Source::of_drop(&data);
        if !matches!(&source, Source::Dropped { roots, files } if roots.is_empty() && files.is_empty())
        {
            self.open_given(source);
        }
    }

    fn open_input(&self, event: &Event) {
        let input = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        let files = input.files().map(|it| files_of(&Array::from(&it))).unwrap_or_default();
        input.set_value("");
        if files.is_empty() {
            self.app().nothing_in.set(Some(Vec::new()));
        } else {
            let files = files.into_iter().map(|it| (None, it)).collect();
            self.open_given(Source::Files(files));
        }
    }

    fn open_sample(&self) {
        drop(self.open(SAMPLE, None));
    }

    fn pause_load(&self, pause: bool) {
        self.inner.pause_load(pause);
    }

    fn ask_what_to_read(&self) {
        let inner = Rc::clone(&self.inner);
        spawn_local(async move { inner.ask_what_to_read().await });
    }

    fn read_chosen(&self, filter: PathFilter) {
        let inner = Rc::clone(&self.inner);
        spawn_local(async move { inner.read_chosen(filter).await });
    }

    fn close_choice(&self) {
        self.inner.close_choice();
    }

    fn read_again(&self, paths: &[String]) {
        let files = self.inner.files_of(paths);
        if !files.is_empty() {
            drop(self.open(Source::Again(files), None));
        }
    }

    fn cancel_load(&self) {
        self.cancel(None);
    }

    fn close(&self) {
        Browser::close(self);
    }

    fn restart_engine(&self) {
        self.inner.restart_engine();
    }

    fn record(
        &self,
        place: Place,
        form: RecordForm,
    ) -> LocalBoxFuture<'static, Result<Record, Failure>> {
        let browser = self.clone();
        Box::pin(async move { Browser::record(&browser, place, form).await })
    }

    fn export(
        &self,
        selection: Selection,
        form: ExportForm,
    ) -> LocalBoxFuture<'static, Result<u64, Failure>> {
        Box::pin(Rc::clone(&self.inner).export(selection, form))
    }

    fn check_chain(&self) -> LocalBoxFuture<'static, Result<ChainReport, Failure>> {
        Box::pin(Rc::clone(&self.inner).check_chain())
    }

    fn save_text(&self, name: &str, media_type: &str, text: String) {
        let mut writer = save::Writer::new();
        writer.push(&text);
        writer.save(name, media_type).ok();
    }

    fn save_picture(&self, name: &str, svg: String, wide: f64, tall: f64) {
        let name = name.to_owned();
        spawn_local(async move {
            picture::save(&name, &svg, wide, tall).await.ok();
        });
    }

    fn copy_text(&self, text: &str) {
        save::copy(text);
    }

    fn show_in_url(&self, print: &str, history: HistoryMode) {
        address::show(print, history);
    }

    fn keep_preferences(&self, preferences: Preferences) {
        preferences::keep(preferences);
        self.inner.pool.limit(preferences.limits);
    }

    fn keep_mutes(&self, print: &str) {
        preferences::keep_mutes(print);
    }

    fn now_millis(&self) -> f64 {
        js_sys::Date::now()
    }

    fn reload(&self) {
        document::reload();
    }

    fn reveal(&self, element_id: &str) {
        let element = window().document().and_then(|it| it.get_element_by_id(element_id));
        if let Some(element) = element {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }

    fn focus(&self, element_id: &str) {
        let element = window().document().and_then(|it| it.get_element_by_id(element_id));
        if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            element.focus().ok();
        }
    }
}
