//! The program of the engine's worker.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    trailglass::worker::engine::run();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
