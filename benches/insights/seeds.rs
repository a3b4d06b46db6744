//! Seeds, frozen before any detector was tuned. Constants are chosen on the development seeds
//! only; the held-out seeds are for the figures that are quoted.

pub const DEVELOPMENT: [u64; 10] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
pub const HELD_OUT: [u64; 10] = [101, 102, 103, 104, 105, 106, 107, 108, 109, 110];
