#!/usr/bin/env bash
# Trunk's last step: makes one build of the files in its staging folder. Joins the styles, gives
# the build an id made of all its bytes, and writes id and hashes where the placeholders stand.
set -euo pipefail
cd "$TRUNK_STAGING_DIR"

# Tokens first, then what stands on them; the same order on every machine.
style="$TRUNK_SOURCE_DIR/style"
{
  for first in tokens base; do [ -f "$style/$first.css" ] && cat "$style/$first.css"; done
  find "$style" -name '*.css' ! -path "$style/tokens.css" ! -path "$style/base.css" 2>/dev/null |
    LC_ALL=C sort | while read -r sheet; do cat "$sheet"; done
} > style.css || true

# Trunk leaves the link of the main program when it injects nothing.
sed -i '/data-trunk/d' index.html

files() { find . -type f ! -name '*.map' | LC_ALL=C sort | sed 's|^\./||'; }
sha() { printf 'sha256-%s' "$(sha256sum "$1" | cut -d' ' -f1 | tr a-f A-F | basenc --base16 -d | base64 -w0)"; }

build=$(files | while read -r file; do sha256sum "$file"; done | sha256sum | cut -c1-16)
sed -i "s/@BUILD@/$build/g" index.html boot.js sw.js
for name in app reader engine; do
  if [ -f "$name.js" ]; then sed -i "s|@HASH:$name.js@|$(sha "$name.js")|" boot.js; fi
done

list=$(files | grep -vx -e index.html -e sw.js | while read -r file; do printf '["%s","%s"],' "$file" "$(sha "$file")"; done)
sed -i "s|/\*@FILES@\*/|$list|" sw.js
if grep -l '@BUILD@\|@HASH:\|@FILES@' index.html boot.js sw.js; then echo "a placeholder was left" >&2; exit 1; fi
printf '%s\n' "$build" > build.txt
