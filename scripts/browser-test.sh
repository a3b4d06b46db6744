#!/usr/bin/env bash
# The page in a real browser, on what scripts/build.sh left in dist/ and dist-traps/.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/cache.sh
cargo build --quiet --release --example sample-logs
export SAMPLE_LOGS="${CARGO_TARGET_DIR:-target}/release/examples/sample-logs"
export TRAILGLASS_NODE="$CACHE/node" DIST="$PWD/dist" DIST_TRAPS="$PWD/dist-traps"
exec node --test --test-concurrency=1 tests/browser/*.test.mjs
