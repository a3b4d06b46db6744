//! What is unusual: a strip over time, and each incident as a sentence that unfolds.

mod sentence;
mod strip;
mod controls;
mod plot;
mod chart;
mod why;
mod contrast;
mod series;
mod records;
mod picture;
mod muted;
mod recorded;
mod details;
mod card;
mod list;
mod keys;

pub(crate) use keys::{step, unfold};
pub(crate) use list::Insights;
pub(crate) use sentence::title;
