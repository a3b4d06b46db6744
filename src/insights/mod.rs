//! Statistics: counts in, incidents out. Pure: no Polars, no browser, no clock.
//!
//! The way of a burst: the engine counts the log into [`Series`] (calls and errors, minute by
//! minute). [`Detector`] compares every window of every series with the rest of that series
//! (`burst`, on the tail of `tail`, over the time that `coverage` says the log holds), asks the
//! engine who and what stands behind the few that stick out ([`Window`]), and folds them into
//! incidents (`incident`, named by `title`, drawn by `chart`).
//!
//! Start reading at [`Detector`].

pub mod tail;
mod coverage;
mod series;
mod burst;
mod detector;
mod incident;
mod title;
mod chart;

pub use detector::{Detector, detect};
pub use series::{DIMENSIONS, Events, MinuteCount, Series, Window};
