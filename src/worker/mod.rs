//! What runs in the workers: messages in, messages out, and the reading of files. All thought is
//! in `service` and `reader`.
//!
//! A worker's first words are that it is ready. What was sent before is kept by the few lines of
//! JavaScript that start the program, and arrives after.

mod wire;
pub mod reader;
#[cfg(feature = "engine")]
pub mod engine;
