#!/bin/sh
# Gets what our search is compared with into .cache/search: Pagefind, MiniSearch and FlexSearch, by npm, in the versions of
# package.json.
here="$(dirname "$0")"
place="$here/../../.cache/search"
cmp -s "$here/package.json" "$place/got.json" && exit 0
mkdir -p "$place" && cp "$here/package.json" "$place/package.json"
if command -v npm >/dev/null 2>&1 && (cd "$place" && npm install --silent --ignore-scripts --no-package-lock --no-audit --no-fund >/dev/null 2>&1); then
  cp "$here/package.json" "$place/got.json" && exit 0
fi
echo "Only our search and Material's are measured: install Node.js and npm (on Debian: apt-get install npm) and run benchmarks/search/get_engines.sh again."
exit 1
