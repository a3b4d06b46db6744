#!/usr/bin/env bash
# Serves a folder (dist/ if none is named) on 127.0.0.1; PORT is 8080 if nothing else is said.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/cache.sh
[ -r "$CACHE/env" ] && . "$CACHE/env"
program="$CACHE/bin/trailglass-serve"
if ! [ "$program" -nt scripts/serve.rs ]; then
  mkdir -p "$CACHE/bin"
  rustc --edition 2024 -O -o "$program.$$" scripts/serve.rs
  mv "$program.$$" "$program"
fi
exec "$program" "${1:-dist}"
