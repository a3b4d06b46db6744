#!/usr/bin/env bash
# Feeds the readers with bytes that nobody would write.
#
#   scripts/fuzz.sh                       all targets for a minute together, as CI does
#   scripts/fuzz.sh SECONDS [TARGET …]    so long each target
#   scripts/fuzz.sh --keep                keeps the smallest inputs that reach all that runs reached
#
# Begins from fuzz/seeds and the tests' fixtures. What is found goes to fuzz/artifacts, and then,
# made small, to the fixtures. Without a sanitizer: the readers have no unsafe code of their own.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/cache.sh
targets=()
mapfile -t targets < <(ls fuzz/fuzz_targets | sed 's/\.rs$//')
keep=false seconds=$((60 / ${#targets[@]}))
case "${1:-}" in
  "") ;;
  --keep) keep=true ;;
  *) seconds=$1; shift; [ $# -eq 0 ] || targets=("$@") ;;
esac

# A compiler that is not of the nightly kind is told to take what cargo-fuzz asks for.
export RUSTC_BOOTSTRAP=1
export CARGO_TARGET_DIR="$CACHE/fuzz/target"
host=$(rustc -vV | sed -n 's/^host: //p')
log="$CACHE/fuzz/log"
mkdir -p "$CACHE/fuzz" fuzz/artifacts
cargo fuzz build --sanitizer none > "$log" 2>&1 || { cat "$log"; exit 1; }

for target in "${targets[@]}"; do
  corpus="$CACHE/fuzz/corpus/$target" program="$CARGO_TARGET_DIR/$host/release/$target"
  mkdir -p "$corpus"
  [ ! -f "fuzz/seeds/$target.tar.gz" ] || tar -xzf "fuzz/seeds/$target.tar.gz" -C "$corpus"
  if $keep; then
    small=$(mktemp -d)
    "$program" -merge=1 -max_len=2000 "$small" "$corpus" tests/fixtures/reader/shapes > "$log" 2>&1
    mkdir -p fuzz/seeds
    # Short inputs first: a run of seconds does not get through thousands.
    (cd "$small" && find . -type f -printf '%s %f\n' | sort -n | sed -n 1,400p | cut -d' ' -f2 |
      tar -cf - --owner=0 --group=0 --mtime=@0 --sort=name -T -) | gzip -9n > "fuzz/seeds/$target.tar.gz"
    rm -r "$small"
    continue
  fi
  if ! "$program" "$corpus" tests/fixtures/reader/shapes -artifact_prefix="fuzz/artifacts/$target-" \
    -max_total_time="$seconds" -timeout=25 -rss_limit_mb=1024 -max_len=20000 > "$log" 2>&1; then
    tail -40 "$log"
    echo "fuzzing $target found something: see fuzz/artifacts" >&2
    exit 1
  fi
  echo "$target: $(sed -n 's/^Done \([0-9]* runs\).*/\1/p' "$log")"
done
