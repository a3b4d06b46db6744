//! One event: what it says at a glance, its whole record as a tree, and as it stands in its file.

mod json;
mod lines;
mod glance;
mod tree;
mod raw;
mod panel;

pub(crate) use json::Json;
pub(crate) use panel::Detail;
pub(crate) use raw::Raw;
