#!/bin/sh
# Gets axe-core, which judges how accessible the pages are, into .cache/axe: by npm, with apt as root where npm is missing.
version=4.14.1
place="$(dirname "$0")/../../.cache/axe"
grep -qs "axe v$version" "$place/axe.min.js" && exit 0
if ! command -v npm >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing npm to get axe-core for the browser tests ..."
  apt-get update -qq >/dev/null 2>&1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends npm >/dev/null 2>&1
fi
mkdir -p "$place"
if command -v npm >/dev/null 2>&1 && npm pack --silent --pack-destination "$place" "axe-core@$version" >/dev/null 2>&1; then
  tar -xzf "$place/axe-core-$version.tgz" -C "$place" --strip-components=1 package/axe.min.js && rm "$place/axe-core-$version.tgz" && exit 0
fi
echo "The tests of accessibility are skipped: install npm (on Debian: apt-get install npm) and run tests/browser/get_axe.sh again."
