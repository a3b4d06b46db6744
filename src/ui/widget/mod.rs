//! Building blocks that know nothing of CloudTrail.

mod icon;
mod menu;
mod dialog;
mod bars;
mod empty;
mod plain;
mod check;

pub(crate) use bars::Bars;
pub(crate) use check::Check;
pub(crate) use dialog::Dialog;
pub(crate) use empty::Empty;
pub(crate) use icon::{Icon, Shape};
pub(crate) use menu::{Menu, MenuItem};
pub(crate) use plain::{Plain, button, plain};
