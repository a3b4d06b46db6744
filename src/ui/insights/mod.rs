//! What is unusual, each as a sentence with a small chart.

mod sentence;
mod card;
mod series;
mod list;

pub(crate) use list::Insights;
pub(crate) use sentence::title;
