#!/usr/bin/env bash
# Format, lints, native tests and documentation, the cheapest first.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo fmt --check
cargo clippy --quiet --all-targets --features engine -- -D warnings
cargo test --quiet --features engine
RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps --document-private-items --features engine --lib
