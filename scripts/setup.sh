#!/usr/bin/env bash
# Installs whatever is missing to build and test Trailglass, and nothing twice.
#
#   scripts/setup.sh build   toolchain with wasm32, wasm-bindgen, Trunk
#   scripts/setup.sh test    the same, and Node with the browsers and packages of the browser tests
#   scripts/setup.sh bench   the same, and what loads are compared with
#
# The ordinary way (rustup) comes first. Where rustup is absent or reaches no server, Debian's
# own Rust is installed and its standard library is built for wasm32 from Debian's sources.
# What was decided is written to $CACHE/env, which scripts/with-env.sh reads.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/cache.sh

TRUNK_VERSION=0.21.14
CARGO_FUZZ_VERSION=0.13.2
NODE_VERSION=20.18.0
WASM=wasm32-unknown-unknown

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

apt_install() {
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if ! have apt-get; then
    say "please install: ${missing[*]}"; exit 1
  fi
  say "installing ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# What cargo needs to link native code.
ensure_linker() { have cc || apt_install build-essential; [ -e /etc/ssl/certs/ca-certificates.crt ] || apt_install ca-certificates; }

rustup_has_wasm() {
  have rustup || return 1
  [ -e "$(rustc --print sysroot)/lib/rustlib/$WASM" ] || timeout 300 rustup target add $WASM >/dev/null 2>&1
}

# Debian's Rust has no wasm32 library; it is compiled once from the sources of the same version.
debian_rust() {
  apt_install rustc-web cargo-web rust-web-src rust-web-clippy rustfmt-web lld-19
  local lib=/usr/lib/rustlib/$WASM/lib version
  version=$(/usr/bin/rustc --version)
  [ "$(cat "$lib/.built-by" 2>/dev/null)" = "$version" ] && return 0
  say "building the standard library for $WASM (about two minutes)"
  local work; work=$(mktemp -d)
  mkdir "$work/src"; : > "$work/src/lib.rs"
  printf '[package]\nname = "wasm_std"\nversion = "0.0.0"\nedition = "2021"\n' > "$work/Cargo.toml"
  (
    cd "$work"
    PATH=/usr/bin:$PATH RUSTC_BOOTSTRAP=1 RUSTFLAGS="-Cembed-bitcode=yes" CARGO_TARGET_DIR="$work/target" \
      /usr/bin/cargo build -q -Z build-std=std,panic_abort,test --target $WASM --release
  )
  as_root mkdir -p "$lib"
  for rlib in "$work/target/$WASM/release/deps/"*.rlib; do
    case $rlib in *libwasm_std-*) ;; *) as_root cp "$rlib" "$lib/" ;; esac
  done
  printf '%s' "$version" | as_root tee "$lib/.built-by" >/dev/null
  rm -rf "$work"
}

choose_toolchain() {
  ensure_linker
  local env="$CACHE/env"
  if rustup_has_wasm || { ! have rustup && have rustc && [ -e "$(rustc --print sysroot)/lib/rustlib/$WASM" ] && ! [ "$(command -v rustc)" = /usr/bin/rustc ]; }; then
    printf 'export PATH="%s/bin:$PATH"\n' "$CACHE" > "$env.new"
  else
    debian_rust
    {
      printf 'export PATH="%s/bin:/usr/bin:$PATH"\n' "$CACHE"
      printf 'export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-19\n'
      # A RUSTC or toolchain choice of rustup would lead past Debian's compiler.
      printf 'unset RUSTC RUSTUP_TOOLCHAIN\n'
    } > "$env.new"
  fi
  printf 'export CARGO_TARGET_DIR="%s/target"\n' "$CACHE" >> "$env.new"
  cmp -s "$env.new" "$env" && rm "$env.new" || mv "$env.new" "$env"
  . "$env"
}

# Compiled with few optimizations: these tools run for seconds and compile for minutes.
cargo_tool() { # name, version, how the tool prints it
  local name=$1 version=$2 binary=$3
  "$CACHE/bin/$binary" --version 2>/dev/null | grep -qF "$version" && return 0
  say "compiling $name $version"
  # The tool's own lock file can name a version that a mirror does not hold yet: then without it.
  install_tool "$name" "$version" --locked || install_tool "$name" "$version"
}

install_tool() {
  CARGO_TARGET_DIR="$CACHE/tools-target" CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off \
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=0 \
    cargo install -q --force "$1" --version "$2" --root "$CACHE" "${@:3}"
}

wasm_bindgen_version() { awk '/^name = "wasm-bindgen"$/ { getline; gsub(/"/, "", $3); print $3 }' Cargo.lock; }

# Installs what a package.json lists, once.
npm_packages() {
  local into=$1 list=$2 stamp="$1/.installed"
  [ "$(cat "$stamp" 2>/dev/null)" = "$(cat "$list")" ] && return 0
  say "installing npm packages for $(basename "$into")"
  mkdir -p "$into" && cp "$list" "$into/package.json"
  (cd "$into" && npm install --silent --no-audit --no-fund --ignore-scripts >/dev/null)
  cat "$list" > "$stamp"
}

# The browser tests' driver needs a newer Node than Debian 12 has; npm holds Node itself as packages.
ensure_node() {
  have node && have npm || apt_install nodejs npm
  node_is_new && return 0
  local machine; case $(uname -m) in aarch64|arm64) machine=arm64 ;; *) machine=x64 ;; esac
  local package="node-linux-$machine" home="$CACHE/node-runtime"
  say "installing Node $NODE_VERSION"
  mkdir -p "$home" "$CACHE/bin"
  (cd "$home" && npm install --silent --no-audit --no-fund --ignore-scripts --no-save "$package@$NODE_VERSION" >/dev/null)
  ln -sf "$home/node_modules/$package/bin/node" "$CACHE/bin/node"
  hash -r
  node_is_new || { say "Node $NODE_VERSION could not be installed; please install Node 20 or newer"; exit 1; }
}

node_is_new() { [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; }

for_build() {
  choose_toolchain
  cargo_tool wasm-bindgen-cli "$(wasm_bindgen_version)" wasm-bindgen
  cargo_tool trunk "$TRUNK_VERSION" trunk
}

for_test() {
  for_build
  have c++ || apt_install build-essential
  cargo_tool cargo-fuzz "$CARGO_FUZZ_VERSION" cargo-fuzz
  ensure_node
  npm_packages "$CACHE/node" tests/browser/package.json
  have chromium || have google-chrome || have chromium-browser || apt_install chromium
  have fc-list && [ -n "$(fc-list 2>/dev/null | head -1)" ] || apt_install fonts-dejavu-core
}

for_bench() {
  for_test
  npm_packages "$CACHE/rivals" tests/browser/rivals/package.json
}

mkdir -p "$CACHE"
case "${1:-build}" in
  build) for_build ;;
  test) for_test ;;
  bench) for_bench ;;
  *) echo "usage: scripts/setup.sh build|test|bench" >&2; exit 2 ;;
esac
