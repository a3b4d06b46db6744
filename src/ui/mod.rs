//! Components: they read signals and send commands. One folder a part of the screen.
//!
//! Start at [`root`]. [`widget`] knows nothing of CloudTrail, [`mod@format`], [`words`] and [`told`] hold
//! all text; maths that is not trivial stands beside its component in a file without signals.

#![expect(unreachable_pub, reason = "the component macro makes public items of private ones")]

mod words;
pub mod told;
mod format;
mod context;
mod keys;
mod focus;
mod widget;
pub mod root;
mod top;
mod start;
mod status;
mod choice;
mod failure;
mod workspace;
mod histogram;
mod facets;
mod events;
mod detail;
mod groups;
mod insights;
mod files;
