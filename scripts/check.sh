#!/usr/bin/env bash
# Format, lints, native tests and documentation, the cheapest first.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo fmt --check
cargo clippy --quiet --all-targets --features engine -- -D warnings
cargo test --quiet --features engine
# The map links to private items too: they are documented here, for those who read the code.
RUSTDOCFLAGS="-D warnings -A rustdoc::private_intra_doc_links" cargo doc --quiet --no-deps --document-private-items --features engine --lib
