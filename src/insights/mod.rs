//! Statistics: counts in, incidents out. Pure: no Polars, no browser, no clock.
//!
//! The way of a burst: the engine counts the log into [`Counts`] (calls and errors, minute by
//! minute, at four levels). [`Detector`] compares every window of every series with the rest of
//! that series (`scale`, over the time that `coverage` says the log holds, by the hour and day of
//! `season`), learns from all series of a level what a short one cannot know (`pool`), and asks
//! three things of a window (`burst`, with the tails of [`tail`] and the records of `extreme`).
//! Errors are compared with their calls (`share`), jobs with their beats (`beat`), busy series with
//! their silences (`silence`), principals with their past (`novelty`); all of it is `find`. Errors
//! are then weighed against those of the whole log, which may be full of their like (`habit`): a
//! caller that fails wherever it goes (`run`), calls on top that fail (`storm`), or an API. What
//! still stands out is looked into ([`Window`]), folded into incidents (`incident`, `attribute`,
//! named by `title`, drawn by `chart`, written out by `record`), and compared with what CloudTrail
//! itself found ([`pair`], [`compare`]).
//!
//! Start reading at [`Detector`].

pub mod tail;
mod coverage;
mod season;
mod series;
mod scale;
mod extreme;
mod pool;
mod burst;
mod edge;
mod share;
mod beat;
mod silence;
mod novelty;
mod find;
mod detector;
mod label;
mod attribute;
mod habit;
mod run;
mod storm;
mod incident;
mod title;
mod chart;
mod record;
mod recorded;

pub use coverage::coverage_of;
pub use detector::{Detector, detect};
pub use recorded::{compare, pair};
pub use series::{Counts, DIMENSIONS, Events, Group, Sight, Text, Window};
