//! The program of a reader's worker.

#[cfg(target_arch = "wasm32")]
fn main() {
    use trailglass::{sample, worker::reader};

    console_error_panic_hook::set_once();
    reader::run(|seed, events| {
        let plan = sample::Plan { seed, events, ..sample::Plan::default() };
        Box::new(sample::files(&plan).map(|it| (it.path, it.json)))
    });
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
