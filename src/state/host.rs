//! What the page needs from its browser. `platform` gives it, tests fake it.

use futures::future::LocalBoxFuture;
use leptos::ev::{DragEvent, Event};

use crate::{
    model::{
        integrity::report::ChainReport,
        path::PathFilter,
        problem::Problem,
        question::{Place, Selection},
    },
    protocol::{failure::Failure, reading::RecordForm},
};

use super::{Preferences, command::HistoryMode};

/// A form in which the filtered events are taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportForm {
    /// The columns of the table, guarded against formulas.
    Csv,
    /// The whole records, one a line.
    JsonLines,
}

/// The browser, as far as the page's parts need it.
pub trait Host {
    /// Takes in everything that was dropped, folders with all that is in them. The page itself
    /// listens for drops on the whole window and has called `prevent_default`.
    fn open_dropped(&self, event: &DragEvent);
    /// Takes in what an `<input type="file">` was given, and empties it, so that the same files
    /// can be picked again.
    fn open_input(&self, event: &Event);
    /// Makes the sample organisation's logs and takes them in.
    fn open_sample(&self);
    /// Puts the load down, or takes it up again. What readers are at is finished.
    fn pause_load(&self, pause: bool);
    /// Puts the load down and asks what of it is read: see [`App::choice`](super::App::choice).
    /// While folders are walked, at the end of that.
    fn ask_what_to_read(&self);
    /// Answers: reads this part, and leaves the rest out.
    fn read_chosen(&self, filter: PathFilter);
    /// Takes the question back. A load that began with it ends, one that is too much for memory
    /// stays put down, any other goes on.
    fn close_choice(&self);
    /// Takes these files in once more, as they were given before.
    fn read_again(&self, paths: &[String]);
    /// Stops the load; what has arrived stays.
    fn cancel_load(&self);
    /// Forgets everything: the engine is ended and started afresh.
    fn close(&self);
    /// Ends an engine that is stuck in a question, starts another and reads the files again.
    fn restart_engine(&self);
    /// The text of one event, read again from its file; with the path of the file.
    fn record(
        &self,
        place: Place,
        form: RecordForm,
    ) -> LocalBoxFuture<'static, Result<Record, Failure>>;
    /// Writes the matching events into a file that the browser saves; the number of events.
    fn export(
        &self,
        selection: Selection,
        form: ExportForm,
    ) -> LocalBoxFuture<'static, Result<u64, Failure>>;
    /// Reads all files again and checks them against the digests among them. Dropping the future
    /// stops it.
    fn check_chain(&self) -> LocalBoxFuture<'static, Result<ChainReport, Failure>>;
    /// Saves a text that is at hand, as a file of that name.
    fn save_text(&self, name: &str, media_type: &str, text: String);
    /// Paints an SVG, which may name colours of the style as `var(--name)`, and saves it as PNG.
    fn save_picture(&self, name: &str, svg: String, wide: f64, tall: f64);
    /// Puts a text into the clipboard.
    fn copy_text(&self, text: &str);
    /// Puts the print of the view behind the `#` of the address.
    fn show_in_url(&self, print: &str, history: HistoryMode);
    /// Keeps them for the next visit, and dresses the document: `lang`, and `data-theme` (`light`,
    /// `dark`, or none as the system has it) on `<html>`.
    fn keep_preferences(&self, preferences: Preferences);
    /// Keeps the print of what is muted for the next visit.
    fn keep_mutes(&self, print: &str);
    /// Milliseconds since 1970.
    fn now_millis(&self) -> f64;
    /// Reloads the page, to take up a new build.
    fn reload(&self);
    /// Scrolls an element into view, if it exists.
    fn reveal(&self, element_id: &str);
    /// Puts the keyboard on an element, if it exists.
    fn focus(&self, element_id: &str);
}

/// One record as it stands in its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The file, with its folders.
    pub path: String,
    /// The record, byte for byte.
    pub text: String,
    /// Bytes that were no text were replaced.
    pub problem: Option<Problem>,
}
