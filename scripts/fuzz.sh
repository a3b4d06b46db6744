#!/usr/bin/env bash
# Feeds the readers with bytes that nobody would write: scripts/fuzz.sh [seconds a target] [target …].
# Begins from the tests' fixtures; what is found goes to fuzz/artifacts, and then, made small, to the
# fixtures. Needs cargo-fuzz, and a compiler that takes its sanitizers: RUSTC_BOOTSTRAP says yes to them.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(ls fuzz/fuzz_targets | sed 's/\.rs$//')
export RUSTC_BOOTSTRAP=1
for target in "${targets[@]}"; do
  mkdir -p "fuzz/corpus/$target"
  cargo fuzz run "$target" "fuzz/corpus/$target" tests/fixtures/reader/shapes -- \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=20000
done
