//! Trailglass turns a folder of AWS CloudTrail logs into answers, inside the browser.
//!
//! # From above
//!
//! One crate, three programs (`src/bin`), one static folder:
//!
//! * **app** is the page: Leptos, small, paints before anything else is there.
//! * **engine** is one worker that owns all events and answers questions: Polars, large.
//! * **reader** is a pool of workers that turn files into batches of columns.
//!
//! ```text
//! drop ─▶ page: walk folders, deal out groups ─▶ reader × N: sniff, inflate, parse, encode
//!                 ▲                                                   │ one buffer a group
//!                 └── progress, problems ◀── engine: merge, dedupe ◀──┘
//! URL ⇄ View ─▶ one question ─▶ engine ─▶ one answer ─▶ signals ─▶ screen
//! ```
//!
//! Start reading at `engine::Engine` for the answers, [`reader::Reader`] for the input, and
//! [`state::App`] for the page. The programs are thin: nearly all of this is tested by plain
//! `cargo test`, without a browser.
//!
//! # Modules, lowest first
//!
//! | layer | is | may name |
//! |---|---|---|
//! | [`model`] | plain values: fields, filters, questions and answers | – |
//! | [`reader`] | bytes to batches of columns | model |
//! | [`insights`] | statistics: counts to incidents | model |
//! | [`integrity`] | CloudTrail's digest files: whether logs are as they were delivered | model |
//! | [`protocol`] | every call between the programs, declared once | model |
//! | `engine` | the table and its questions; Polars | model, reader, insights |
//! | `service` | joins protocol and engine: inbox, steps, cancellation | protocol, engine, insights, reader, model |
//! | [`client`] | the page's end: a question in, a typed future out | protocol, model |
//! | [`state`] | what the page shows, as signals, without DOM | client, protocol, model |
//! | `platform` | the page's browser: files, workers, history, storage | state, client, protocol, model |
//! | `api` | `window.trailglass` | state, client, platform, protocol, model |
//! | [`sample`] | a believable organisation's logs, from a seed | model |
//! | `worker` | the workers' browser | service, reader, integrity, protocol, model |
//! | [`ui`] | components; `ui::widget` knows nothing of CloudTrail | state, platform, protocol, model |
//!
//! # Invariants, each with the test that holds it
//!
//! * No layer names one that is not in its row, and nothing below `platform` names a browser:
//!   `tests/architecture.rs`, `layers_only_look_down`.
//! * Code that is exported to JavaScript stands in `src/bin` only, since it lands in every
//!   program: `exports_to_javascript_stand_in_the_programs`.
//! * Colours and sizes stand in `style/tokens.css` only: `colours_stand_in_the_tokens`.
//! * Effects, which write outside of the signals, are few: `effects_are_few`.
//! * What is chosen of a drop is what is read of it: `model::survey`,
//!   `what_is_chosen_is_what_will_be_read`.
//! * What one screen shows comes from one state of the data, also while files arrive:
//!   `tests/engine.rs`, `the_parts_of_a_look_agree`.
//! * A load is the same whatever order its files come in: `tests/engine.rs`,
//!   `the_order_of_files_changes_nothing`. So is what is told of duplicates: `tests/repeats.rs`,
//!   `pairs_are_those_of_a_plain_look_in_any_order_of_files`.
//! * What was left out or failed counts once when its path is read again, in whatever order the two
//!   come: `tests/again.rs`, `what_was_left_out_is_settled_by_being_read`.
//! * What is not seen in a text of a log is written out where the text is shown, and nowhere else:
//!   `tests/browser/private.test.mjs`.
//! * Bytes may come in any portions: `tests/archives.rs`,
//!   `however_the_bytes_of_an_archive_come_its_files_are_the_same`.
//! * The place that a row keeps leads back to its record, whatever shape the file is of:
//!   `tests/reader/shapes.rs`, `reading_then_printing_a_record_gives_its_bytes_back`.
//! * What is unusual does not depend on the order or the portions in which files come:
//!   `tests/insights.rs`, `incremental_equals_full`.
//! * Nothing leaves the browser: `tests/browser/private.test.mjs`.
//!
//! # Why it is built so
//!
//! * **Filters are look-ups, not Polars expressions.** A text column is codes into a dictionary; a
//!   predicate is decided once for each distinct text and then read off by code, 64 rows to a word
//!   of a bit mask. Facets and histograms are increments over the same codes. Groups and sorts by
//!   several columns, where a plain loop would be a worse Polars, are Polars (lazy).
//! * **Raw records are not kept.** The page keeps the `File` handles, the table keeps file and byte
//!   of each record, and a reader reads one again when a person opens it.
//! * **No shared memory.** Static hosts cannot send the headers that `SharedArrayBuffer` needs;
//!   many workers over many files do as well.
//! * **Workers start from `blob:` URLs**, since only so do they inherit the page's
//!   Content-Security-Policy.

pub mod model;
pub mod reader;
pub mod insights;
pub mod integrity;
pub mod protocol;
#[cfg(feature = "engine")]
pub mod engine;
#[cfg(feature = "engine")]
pub mod service;
pub mod client;
pub mod state;
#[cfg(target_arch = "wasm32")]
pub mod platform;
#[cfg(target_arch = "wasm32")]
pub mod api;
pub mod sample;
#[cfg(target_arch = "wasm32")]
pub mod worker;
pub mod ui;
