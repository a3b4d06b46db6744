//! What is going on: notices, the load, and what came of it.

mod notices;
mod progress;
mod summary;
mod heard;

pub(crate) use heard::Heard;
pub(crate) use notices::Notices;
pub(crate) use progress::ProgressBar;
pub(crate) use summary::Summary;
