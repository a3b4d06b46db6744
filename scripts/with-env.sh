#!/usr/bin/env bash
# Runs a command with the toolchain that scripts/setup.sh chose.
set -euo pipefail
. "$(dirname "$0")/cache.sh"
[ -r "$CACHE/env" ] && . "$CACHE/env"
exec "$@"
