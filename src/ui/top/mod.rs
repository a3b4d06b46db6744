//! The bar at the top: the mark, the filter, what can be taken in and away, settings.

mod bar;
mod filter_box;
mod filter_error;
mod menus;
mod confirm;
mod help;

pub(crate) use bar::TopBar;
pub(crate) use confirm::Confirm;
pub(crate) use filter_error::in_words;
pub(crate) use help::Help;
pub(crate) use menus::choose;
