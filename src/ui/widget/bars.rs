//! A small chart of counts.

use std::ops::Range;

use leptos::prelude::*;

const HEIGHT: f64 = 24.0;

/// The bars whose place is in `picked`, or all others, as one path; each bar is one wide, the
/// tallest of all `counts` is [`HEIGHT`] tall.
fn path(counts: &[u32], marked: &Range<usize>, inside: bool) -> String {
    let tallest = f64::from(counts.iter().copied().max().unwrap_or(0).max(1));
    let bars = counts.iter().enumerate();
    let bars = bars.filter(|(at, count)| **count > 0 && marked.contains(at) == inside);
    bars.map(|(at, count)| {
        // What is there is seen, however little it is.
        let tall = (f64::from(*count) / tallest * HEIGHT).max(1.0);
        format!("M{at} {HEIGHT}v-{tall:.1}h.8v{tall:.1}z")
    })
    .collect()
}

/// Bars side by side, some of them marked.
#[component]
pub(crate) fn Bars(
    /// What they count, oldest first.
    counts: Vec<u32>,
    /// Which of them are marked.
    marked: Range<usize>,
    /// What the chart says, for those who do not see it.
    label: String,
) -> impl IntoView {
    view! {
        <svg
            class="bars"
            role="img"
            aria-label=label
            viewBox=format!("0 0 {} {HEIGHT}", counts.len().max(1))
            preserveAspectRatio="none"
        >
            <path class="bars-usual" d=path(&counts, &marked, false)></path>
            <path class="bars-marked" d=path(&counts, &marked, true)></path>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_and_other_bars_share_a_scale() {
        let counts = [0, 6, 24, 12];
        assert_eq!(path(&counts, &(2..3), true), "M2 24v-24.0h.8v24.0z");
        assert_eq!(path(&counts, &(2..3), false), "M1 24v-6.0h.8v6.0zM3 24v-12.0h.8v12.0z");
        assert_eq!(path(&[], &(0..0), true), "");
    }
}
