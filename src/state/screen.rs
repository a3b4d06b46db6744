//! What a screen shows that no address holds: how far it is scrolled, what is unfolded.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::model::{
    field::{FACETS, Field},
    question::EventKey,
};

/// Facets that are open before anyone touches one.
const OPEN_FACETS: usize = 12;

/// Values that a facet shows before "more".
pub const FACET_LIMIT: u32 = 10;

/// Groups on one page of their table.
pub const GROUP_PAGE: u32 = 200;

/// Rows that are fetched at once; a screen shows fewer.
pub const PAGE_ROWS: u32 = 240;

/// The offset of a fetched page moves in steps, so that scrolling by a row asks nothing new.
const PAGE_STEP: u64 = 60;

/// What a person is to confirm, since it forgets all data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// The sample takes the place of the data.
    Sample,
    /// The data is forgotten.
    Forget,
}

/// A handle: copies share everything.
#[derive(Clone, Copy)]
pub struct Screen {
    /// The row at the upper edge of the table; its fraction is the part that is scrolled out.
    pub top_row: RwSignal<f64>,
    /// How far the table's element is scrolled, in pixels: not the same as `top_row` times a row's
    /// height where there are too many rows for an element's height.
    pub scroll_px: RwSignal<f64>,
    /// Height of the rows that are seen, in pixels.
    pub height_px: RwSignal<f64>,
    /// The row that the keyboard is on.
    pub cursor: RwSignal<Option<u64>>,
    /// Facets that are unfolded, in the order in which they are shown.
    pub open_facets: RwSignal<Vec<Field>>,
    /// So many facets are filled. The first answer fills one after the other, so that the page is
    /// never held for long.
    pub filled_facets: RwSignal<usize>,
    /// Facets that show more values than [`FACET_LIMIT`].
    pub facet_limits: RwSignal<BTreeMap<Field, u32>>,
    /// The column whose edge is being dragged, and its width in pixels.
    pub dragged: RwSignal<Option<(Field, f64)>>,
    /// The row that the address asks for, until the table is there or a person scrolls.
    pub wanted_row: RwSignal<Option<u64>>,
    /// The first row of the coverage map that is shown.
    pub coverage_offset: RwSignal<u32>,
    /// The first group that is shown.
    pub group_offset: RwSignal<u64>,
    /// The event that was opened by a click, with its row in the engine: nothing need be looked up.
    pub opened: RwSignal<Option<(EventKey, u32)>>,
    /// Whether the record is shown as its raw text.
    pub raw: RwSignal<bool>,
    /// Whether the facets are shown where there is no room beside the table.
    pub facets_shown: RwSignal<bool>,
    /// Whether the help is open.
    pub help: RwSignal<bool>,
    /// What is to be confirmed.
    pub asking: RwSignal<Option<Asking>>,
    /// What was said last, shown for a moment and read aloud; with how often something was said.
    pub said: RwSignal<(u32, String)>,
}

impl Screen {
    /// As the page begins.
    pub fn new() -> Screen {
        Screen {
            top_row: RwSignal::new(0.0),
            scroll_px: RwSignal::new(0.0),
            height_px: RwSignal::new(600.0),
            cursor: RwSignal::new(None),
            open_facets: RwSignal::new(FACETS[..OPEN_FACETS].to_vec()),
            filled_facets: RwSignal::new(0),
            facet_limits: RwSignal::new(BTreeMap::new()),
            dragged: RwSignal::new(None),
            wanted_row: RwSignal::new(None),
            coverage_offset: RwSignal::new(0),
            group_offset: RwSignal::new(0),
            opened: RwSignal::new(None),
            raw: RwSignal::new(false),
            facets_shown: RwSignal::new(false),
            help: RwSignal::new(false),
            asking: RwSignal::new(None),
            said: RwSignal::new((0, String::new())),
        }
    }

    /// Tells in passing that something was done.
    pub fn say(self, text: &str) {
        self.said.update(|(count, said)| {
            *count = count.wrapping_add(1);
            text.clone_into(said);
        });
    }
}

impl Default for Screen {
    fn default() -> Screen {
        Screen::new()
    }
}

/// Where the page of rows begins that holds this row and enough before and after it.
pub fn page_offset(top_row: f64) -> u64 {
    let step = (top_row.max(0.0) as u64) / PAGE_STEP;
    step.saturating_sub(1) * PAGE_STEP
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_holds_what_is_on_screen() {
        for top in [0.0, 1.5, 59.9, 60.0, 119.0, 1_999_999.0] {
            let offset = page_offset(top);
            assert!(offset as f64 <= top, "{top}");
            // A tall screen shows 100 rows.
            assert!(offset + u64::from(PAGE_ROWS) >= top as u64 + 100, "{top}");
        }
        assert_eq!(page_offset(-5.0), 0);
        assert_eq!(page_offset(130.0), 60);
    }
}
