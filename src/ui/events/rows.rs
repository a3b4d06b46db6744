//! From scrolling to rows. Browsers cap the height of an element, so past a number of rows a place
//! on the scroll bar is a share of all rows, and only wheel and keys go row by row. No signals, no
//! DOM.

use std::ops::Range;

/// Height of a row in pixels; the style has it too.
pub(crate) const ROW_PX: f64 = 26.0;

/// Height of the line of column names in pixels.
pub(crate) const HEAD_PX: f64 = 28.0;

/// No element is made higher; browsers differ in what they can do, and this all can.
const MAX_PX: f64 = 8_000_000.0;

/// Rows that exist above and below those that are seen.
const OVERSCAN: u64 = 8;

/// A table of so many rows in a window of so many pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Window {
    /// All rows.
    pub(crate) total: u64,
    /// What is seen of them.
    pub(crate) height_px: f64,
}

impl Window {
    /// Whether pixels are shares of all rows.
    pub(crate) fn is_capped(self) -> bool {
        self.total as f64 * ROW_PX > MAX_PX
    }

    /// Height of the element that holds all rows.
    pub(crate) fn content_px(self) -> f64 {
        (self.total as f64 * ROW_PX).min(MAX_PX)
    }

    /// Rows that fit.
    pub(crate) fn rows(self) -> f64 {
        (self.height_px / ROW_PX).max(1.0)
    }

    /// The row at the upper edge when the last one is at the lower.
    pub(crate) fn last_top(self) -> f64 {
        (self.total as f64 - self.height_px / ROW_PX).max(0.0)
    }

    fn scroll_range(self) -> f64 {
        (self.content_px() - self.height_px).max(1.0)
    }

    /// The row at the upper edge for a place of the scroll bar.
    pub(crate) fn top_at(self, scroll_px: f64) -> f64 {
        let top = if self.is_capped() {
            scroll_px / self.scroll_range() * self.last_top()
        } else {
            scroll_px / ROW_PX
        };
        top.clamp(0.0, self.last_top())
    }

    /// The place of the scroll bar for a row at the upper edge.
    pub(crate) fn scroll_at(self, top_row: f64) -> f64 {
        let top_row = top_row.clamp(0.0, self.last_top());
        if self.is_capped() {
            top_row / self.last_top().max(1.0) * self.scroll_range()
        } else {
            top_row * ROW_PX
        }
    }

    /// The rows that must exist: those that are seen and a few around them.
    pub(crate) fn rows_in_window(self, top_row: f64) -> Range<u64> {
        let top_row = top_row.clamp(0.0, self.last_top());
        let first = (top_row as u64).saturating_sub(OVERSCAN);
        let last = (top_row + self.height_px / ROW_PX).ceil() as u64 + OVERSCAN;
        first..last.min(self.total)
    }

    /// The row at the upper edge that brings a row into sight, moving no more than is needed.
    pub(crate) fn top_to_see(self, top_row: f64, row: u64) -> f64 {
        let row = row as f64;
        // The row below must be seen whole.
        let lowest = row + 1.0 - self.height_px / ROW_PX;
        top_row.min(row).max(lowest).clamp(0.0, self.last_top())
    }
}

/// Which rows of a fetched page are drawn, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Drawn {
    /// Places in the page.
    pub(crate) from_page: Range<usize>,
    /// The row that the first of them is drawn at.
    pub(crate) at_row: u64,
    /// Whether they are not the rows that belong there: the right ones are on their way.
    pub(crate) stale: bool,
}

/// The rows of a page that lie in the window. When none does, the page's rows stand in for those
/// that are on their way, so that nothing flashes.
pub(crate) fn drawn(wanted: Range<u64>, page_offset: u64, page_rows: usize) -> Drawn {
    let page = page_offset..page_offset + page_rows as u64;
    let first = wanted.start.max(page.start);
    let last = wanted.end.min(page.end);
    if first < last {
        let from_page = (first - page.start) as usize..(last - page.start) as usize;
        return Drawn { from_page, at_row: first, stale: false };
    }
    let len = (wanted.end.saturating_sub(wanted.start) as usize).min(page_rows);
    Drawn { from_page: 0..len, at_row: wanted.start, stale: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEW: Window = Window { total: 1000, height_px: 520.0 };
    const MANY: Window = Window { total: 2_000_000, height_px: 520.0 };

    #[test]
    fn few_rows_scroll_pixel_by_pixel() {
        assert!(!FEW.is_capped());
        assert!((FEW.content_px() - 26_000.0).abs() < 1e-9);
        assert_eq!(FEW.rows_in_window(0.0), 0..28);
        assert_eq!(FEW.rows_in_window(100.5), 92..129);
        assert!((FEW.top_at(260.0) - 10.0).abs() < 1e-9);
        assert!((FEW.scroll_at(10.0) - 260.0).abs() < 1e-9);
    }

    #[test]
    fn the_last_of_millions_of_rows_is_reached() {
        assert!(MANY.is_capped());
        let end = MANY.content_px() - MANY.height_px;
        assert!((MANY.top_at(end) - 1_999_980.0).abs() < 1e-6);
        assert_eq!(MANY.rows_in_window(MANY.top_at(end)).end, 2_000_000);
        assert!((MANY.top_at(end + 99.0) - 1_999_980.0).abs() < 1e-6);
        assert!(MANY.top_at(0.0).abs() < 1e-9);
        for top in [0.0, 1.0, 777_777.25, 1_999_980.0] {
            assert!((MANY.top_at(MANY.scroll_at(top)) - top).abs() < 1e-6, "{top}");
        }
    }

    #[test]
    fn no_rows_and_one_row_are_no_special_case() {
        let none = Window { total: 0, height_px: 520.0 };
        assert_eq!(none.rows_in_window(5.0), 0..0);
        assert!(none.top_at(100.0).abs() < 1e-9 && none.scroll_at(3.0).abs() < 1e-9);
        let one = Window { total: 1, height_px: 520.0 };
        assert_eq!(one.rows_in_window(0.0), 0..1);
    }

    #[test]
    fn a_row_comes_into_sight_by_the_shortest_way() {
        let see = |top: f64, row: u64| FEW.top_to_see(top, row);
        assert!((see(100.0, 110) - 100.0).abs() < 1e-9);
        assert!((see(100.0, 50) - 50.0).abs() < 1e-9);
        assert!((see(100.0, 120) - 101.0).abs() < 1e-9);
        assert!((see(0.0, 999) - 980.0).abs() < 1e-9);
    }

    #[test]
    fn old_rows_stand_in_until_the_right_ones_are_there() {
        let right = Drawn { from_page: 32..69, at_row: 92, stale: false };
        assert_eq!(drawn(92..129, 60, 240), right);
        let partly = Drawn { from_page: 220..240, at_row: 280, stale: false };
        assert_eq!(drawn(280..320, 60, 240), partly);
        let stale = Drawn { from_page: 0..40, at_row: 9000, stale: true };
        assert_eq!(drawn(9000..9040, 60, 240), stale);
        assert_eq!(drawn(0..0, 0, 0), Drawn { from_page: 0..0, at_row: 0, stale: true });
    }
}
