//! The table of events: only the rows that are seen exist.

pub(crate) mod moves;
mod rows;
mod widths;
mod cell;
mod columns;
mod header;
mod row;
mod table;
mod tools;

pub(crate) use table::Events;
