#!/bin/sh
# Gets what the browser tests run in: Chromium without its windows, which shows the same pages in a third of the time, or
# else the whole of it. It asks apt if it is run by root, and says what to install where there is none.
[ -n "$PLAYBOOK_CHROMIUM" ] && exit 0
whole="chromium chromium-browser google-chrome"
has() {
  for name in "$@"; do command -v "$name" >/dev/null 2>&1 && return 0; done
  return 1
}
get() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends --no-remove "$1" >/dev/null 2>&1
}
has chromium-headless-shell && exit 0
if [ "$(id -u)" = 0 ] && has apt-get; then
  echo "installing Chromium for the browser tests ..."
  has $whole || apt-get update -qq >/dev/null 2>&1
  get chromium-headless-shell && exit 0
  has $whole || get chromium
fi
has $whole && exit 0
echo "The browser tests are skipped: install Chromium (on Debian: apt-get install chromium-headless-shell), or name it in PLAYBOOK_CHROMIUM."
