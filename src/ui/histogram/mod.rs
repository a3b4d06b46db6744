//! Events over time: bars stacked by outcome, a brush to zoom, the incidents above.

mod scale;
mod bars;
mod brush;
mod head;
mod marks;
mod timeline;

pub(crate) use scale::{round_up, ticks};
pub(crate) use timeline::Timeline;
