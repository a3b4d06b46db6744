#!/usr/bin/env bash
# Builds the page into dist/, in release mode.
#
#   scripts/build.sh                   dist/
#   scripts/build.sh --traps FOLDER    a build whose workers die when asked to, for browser tests
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/cache.sh
[ -r "$CACHE/env" ] && . "$CACHE/env"
export TRUNK_SKIP_VERSION_CHECK=true
# Trunk takes the word for a switch of its own, and refuses a plain 1.
unset NO_COLOR

case "${1:-}" in
  "") trunk build --release ;;
  --traps)
    page=index.traps.html
    trap 'rm -f "$page"' EXIT
    sed -e 's/data-cargo-features=""/data-cargo-features="traps"/' \
      -e 's/data-cargo-features="engine"/data-cargo-features="engine,traps"/' index.html > "$page"
    trunk build --release --dist "${2:-dist-traps}" --html-output index.html "$page"
    ;;
  *) echo "usage: scripts/build.sh [--traps FOLDER]" >&2; exit 2 ;;
esac
