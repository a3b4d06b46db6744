//! Plain values that cross every border: no Polars, no Leptos, no browser.
//!
//! Start with [`field`], the table of everything that can be filtered, counted and shown.

pub mod time;
pub mod field;
pub mod outcome;
pub mod derived;
pub mod filter;
pub mod problem;
pub mod member;
pub mod limits;
pub mod report;
pub mod bytes;
pub mod id;
mod shared;
pub mod cell;
pub mod question;
pub mod note;
pub mod repeat;
pub mod insight;
pub mod cut;
pub mod view;
pub mod path;
pub mod estimate;
pub mod survey;
pub mod ledger;
pub mod coverage;
pub mod integrity;
