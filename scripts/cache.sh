# Where compiled tools and cargo's target folder are kept: outside the checkout, so that a fresh
# clone does not compile Polars again. Sourced, not run.
CACHE="${TRAILGLASS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/trailglass}"
export CACHE
