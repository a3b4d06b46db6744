#!/usr/bin/env bash
# Load and questions in headless Chromium: prints a table, writes bench-results.json.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/cache.sh
cargo build --quiet --release --example sample-logs
export SAMPLE_LOGS="${CARGO_TARGET_DIR:-target}/release/examples/sample-logs"
export TRAILGLASS_NODE="$CACHE/node" TRAILGLASS_RIVALS="$CACHE/rivals" DIST="$PWD/dist"
exec node tests/browser/bench.mjs
